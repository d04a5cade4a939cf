"""Words of an answer that complete a sentence, or stand in quotation marks."""

from __future__ import annotations

import re

from drafts.domain.follow_ups.leads import with_the
from drafts.domain.follow_ups.mending import is_quality, with_names
from drafts.domain.follow_ups.tidying import tidied
from drafts.domain.grammar import join_list, trim
from drafts.domain.naming import indefinite
from drafts.domain.notes.phrases import listed
from drafts.domain.notes.points import Context

_CALENDAR = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "april",
    "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_PER = re.compile(r"(?<=\d)\s?(?:/|p/)\s?(hour|hr|h|day|week|wk|month|mo|year|yr|shift)\b", re.I)
_PER_WORDS = {
    "hour": "an hour", "hr": "an hour", "h": "an hour", "day": "a day", "week": "a week", "wk": "a week",
    "month": "a month", "mo": "a month", "year": "a year", "yr": "a year", "shift": "a shift",
}  # fmt: skip
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_DETERMINED = re.compile(r"(?:an?|the|your|our|my|this|that|some|any|no)\b", re.I)


def phrase(typed: str, context: Context, article: str = "") -> str:
    """Words that complete a sentence: "hourly rate" -> "the hourly rate", "$41.20/hr" -> "$41.20 an hour".

    `article`: "the" or "a" where the sentence needs one before a thing; "on" before a day of the week.
    """
    text = _PER.sub(lambda match: f" {_PER_WORDS[match[1].lower()]}", trim(typed))
    text = tidied(re.sub(r"\s*\+\s*", " and " if article else " plus ", text), context) or typed
    text = with_names(text, context.known, context.names[0])
    if article == "on":
        return f"on {text}" if _DAY.match(text) else text
    if article == "the" and is_quality(text):
        return ""
    if article == "the" and _DETERMINED.match(text) and "," in text and " and " not in text:
        return join_list([one if _DETERMINED.match(one) else with_the(one) for one in text.split(", ")])
    if not article or _DETERMINED.match(text):
        return text
    if article == "a":
        return f"{indefinite(text)} {text}"
    if measured := re.match(r"(\d+)[ -](month|week|day|year|hour|minute) (?=[a-z])", text):
        return f"a {measured[1]}-{measured[2]} {text[measured.end() :]}"
    items = re.split(r", | and ", listed(text))
    said = [with_the(item) for item in items]
    if any(one.startswith("the ") for one in said):
        # "van and the fuel card"
        said = [f"the {one}" if one.isalpha() and one.islower() and one[-1] != "s" else one for one in said]
    return join_list(said)


def quoted(typed: str) -> str:
    """Words to be put in quotation marks, without their own, and without what is said about them."""
    typed = _COMMENT.sub("", typed)
    text = _SAID.sub("", trim(typed.strip().strip("\"'“”‘’")).strip("\"'“”‘’"))
    text = re.sub(rf"\b({'|'.join(_CALENDAR)})\b", lambda match: match[1].capitalize(), text)
    return re.sub(r"\bi\b", "I", text)


# "2 years, not months", "since 2018. sorry, a typing mistake"
_COMMENT = re.compile(
    r"(?<=\w)[.,;]\s+(?:not|instead of|sorry|i(?:'m| am) (?:so |very )?sorry|it was|my mistake|a typo)\b.*\Z",
    re.I | re.S,
)
# Words about the mistake, and not of it: "i said monday", "it should be tuesday".
_SAID = re.compile(
    r"\A(?:i (?:said|wrote|put|typed|meant)|it (?:said|says)|(?:it )?should (?:be|say|have been)|meant|correct is"
    r"|actually|it'?s(?= \w+day\b))[\s:,]+(?=\S)",
    re.I,
)
