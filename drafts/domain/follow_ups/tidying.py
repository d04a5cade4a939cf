"""Tidies an answer typed in a hurry: capitals of abbreviations, names of days and months, and small words."""

from __future__ import annotations

import re

from drafts.domain.follow_ups.mending import mended
from drafts.domain.notes import clean
from drafts.domain.notes.points import Context
from drafts.domain.notes.reader import is_verb

# Abbreviations often typed in lowercase, and a few that are capitalized as in the interview's names.
_ABBREVIATED = {"ok": "OK", "lvl": "level", "phd": "PhD"} | {
    word.lower(): word
    for word in (
        "CV", "ICU", "HR", "ER", "ED", "OSHA", "NCLEX", "CPR", "BLS", "ACLS", "LCSW", "CDL", "HVAC", "PMP", "CPA",
        "CCRN", "CNA", "LPN", "ESL", "IEP", "MBA", "GED", "PTO", "NICU", "CEO", "CTO", "CFO", "GPA", "TSA", "USDA",
    )
}  # fmt: skip
_SHORT = re.compile(r"(?<![\w'@./$€£-])[a-z]{2,5}(?![\w'@/])")
_ITS = re.compile(
    r"\bits (?=(?:on|in|at|a|an|not|been|just|very|really|now|over|done|going|up|out|all)\b)", re.I
)
_MONTH_DAY = re.compile(r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.? (?=\d{1,2}\b)", re.I)
_MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "jun": "June", "jul": "July",
    "aug": "August", "sep": "September", "sept": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip
_DAYS = {
    "mon": "Monday", "tue": "Tuesday", "tues": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "thur": "Thursday",
    "thurs": "Thursday", "fri": "Friday", "sat": "Saturday", "sun": "Sunday",
}  # fmt: skip
_DAY_RANGE = re.compile(rf"\b({'|'.join(_DAYS)})\s?[-–]\s?({'|'.join(_DAYS)})\b", re.I)
# "my last module sat": not a verb at the end, or before a part of the day, unless its subject stands before it.
_WEEKEND_DAY = re.compile(
    r"(?<!\bI )(?<!\bwe )(?<!\bthey )(?<!\bhe )(?<!\bshe )(?<!\bthe )(?<!\band )\b(sat|sun)\.?"
    r"(?=\Z|[,;!?]| (?:morning|afternoon|evening|night|shift|am|pm|or|and)s?\b)",
    re.I,
)
_ON_WEEKEND_DAY = re.compile(
    r"\b((?!(?:on|last|this|next|every|each|by|until|till|or|and|from|to|I|we|they|he|she|you|the|a|for|since)\b)[a-z]+)"
    r" (sat|sun)\.?(?=\Z|[,;!?])"
)
_ILL = re.compile(r"(?:\A|(?<=, )|(?<=and )|(?<=so ))ill ([a-z]+)\b", re.I)
_SAME_DAY = re.compile(
    r"\b((?:rang|called|phoned|replied|answered|wrote|texted|emailed|came|went|back|job|done)(?: me| us)?) same "
    r"(?=(?:day|week|evening|afternoon|morning)\b)",
    re.I,
)
_RANKS = {"capt": "Captain", "sgt": "Sergeant", "lt": "Lieutenant", "prof": "Professor"}
_RANK = re.compile(r"\b(capt|sgt|lt|prof)\.? (?=[A-Z])", re.I)


def with_capitals(text: str, context: Context) -> str:
    """The text with lowercase abbreviations capitalized: "my cv"."""
    large = {word.lower(): word for name in context.names for word in name.split() if word.isupper()}
    return _SHORT.sub(lambda match: (large | _ABBREVIATED).get(match.group(), match.group()), text)


def tidied(remark: str, context: Context) -> str:
    """The remark with its text cleaned up and lowercase abbreviations capitalized."""
    text = with_capitals(remark, context)
    text = _MONTH_DAY.sub(lambda match: f"{_MONTHS[match[1].lower()]} ", text)
    text = _ON_WEEKEND_DAY.sub(lambda match: f"{match[1]} on {_DAYS[match[2].lower()]}", text)
    text = _WEEKEND_DAY.sub(lambda match: _DAYS[match[1].lower()], text)
    text = _DAY_RANGE.sub(lambda match: f"{_DAYS[match[1].lower()]} to {_DAYS[match[2].lower()]}", text)
    text = _ILL.sub(lambda match: f"I'll {match[1]}" if is_verb(match[1]) else match[0], text)
    text = re.sub(
        r"(?:\A|(?<=, ))(new|next|first|last|second) one (?=is|was)", r"the \1 one ", text, flags=re.I
    )
    text = re.sub(r"\blemme\b", "let me", text, flags=re.I)
    text = re.sub(r"\bintro (?=(?:you|me|him|her|them)\b)", "introduce ", text, flags=re.I)
    text = _SAME_DAY.sub(r"\1 the same ", text)
    text = _ITS.sub("it's ", text)
    text = re.sub(
        r"\b(dr|mr|mrs)\.? ([a-z]{3,})\b", lambda match: f"{match[1].title()}. {match[2].title()}", text
    )
    text = _RANK.sub(lambda match: f"{_RANKS[match[1].lower()]} ", text)
    text = re.sub(r"\Aother (?=\w+ \w)", "the other ", text, flags=re.I)
    return mended(clean.tidy(text, context.names))
