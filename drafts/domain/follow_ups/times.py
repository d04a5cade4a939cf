"""When somebody is free, as it follows "I am free": "mon after 3" -> "on Monday after 3"."""

from __future__ import annotations

import calendar
import re

from drafts.domain.follow_ups.doubts import Read
from drafts.domain.follow_ups.phrases import phrase
from drafts.domain.kinds import Prompt
from drafts.domain.notes.points import Context

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WORDS = frozenset(
    """
    a about afternoon afternoons after again all almost also am an and any anytime around at before between but by
    daily day days december early earliest either end evening evenings every everyday except february first for from
    friday fridays half hour hours i'm in is january just last late later latest lunch lunchtime midday min minutes
    monday mondays morning mornings most moment monthly month next night nights noon not now november o'clock october
    of off on onwards or other past pm quarter rest saturday saturdays second september shift since soon sunday
    sundays the then third this thursday thursdays thru through thing till time times to today tomorrow tonight
    tuesday tuesdays until up wednesday wednesdays week weekday weekdays weekend weekends weeks when whenever whole
    within work working workday yesterday you
    one two three four five six seven eight nine ten eleven twelve st nd rd th a.m p.m eastern central pacific your my
    suits suit convenient time both anything best earlier uk gmt cet est pst et pt ct
    """.split()  # noqa: SIM905 # a list of words reads better so
) | {name.lower() for name in calendar.month_name if name}
# The blank's own words, or what they say again: "i'm free", "im off".
_FREE = re.compile(
    r"\b(?:because )?(?:i'?m|i am|i'?ll be|i will be|i have|am) (?:usually |always |mostly |normally )?"
    r"(?:free|available|off|around|open|at home)\b\s*|\A(?:free|available)\s+",
    re.I,
)
_ALL = re.compile(rf"\b(?:on )?({_DAY}),? (?:the )?(?:all|whole|full|entire) day\b", re.I)
_ALL_OF = re.compile(rf"\b(?:whole|full) day (?:on |of )?({_DAY})\b", re.I)
_AFTER = re.compile(r"\b(\w+) (?:at|the) (?=(?:morning|afternoon|evening)s?\b)", re.I)


def times(prompt: Prompt, typed: str, context: Context) -> Read:
    """Times as they follow "I am free"; whatever else they say is asked about."""
    text = _put(prompt, _FREE.sub("", typed.strip()), context)
    if text and not strangers(text):
        return Read(text)
    parts = re.split(r",\s*|\s(?=because|since|as I|but|so|cos|cuz)|[;()]|\s[-–]\s", _FREE.sub("", typed))
    known = [part for part in parts if part.strip() and not strangers(_put(prompt, part, context))]
    return Read("", "times", _put(prompt, ", ".join(known), context) if known else "")


def _put(prompt: Prompt, typed: str, context: Context) -> str:
    text = phrase(typed.strip(" ,.;"), context, "")
    text = _ALL_OF.sub(r"all day \1", _ALL.sub(r"all day \1", text)).strip(" ,.;")
    text = re.sub(rf"\ball day ({_DAY})", r"all day on \1", text)
    text = re.sub(r"\bthe (?=\d{1,2} ?(?:am|pm)\b)", "", text)
    text = re.sub(r"\b(after|before|until|from|to|at) the (?=\d{1,2}(?:[:.]\d\d)?(?: |,|\Z))", r"\1 ", text)
    text = re.sub(r"\A(?:the )?best (?:is|time is|would be) (?:on )?", "", text, flags=re.I)
    text = re.sub(r"\A(?=(?:mornings|afternoons|evenings)\b)", "in the ", text, flags=re.I)
    text = re.sub(r"\A(?=(?:lunchtime|lunch|noon|midday)\b)", "at ", text, flags=re.I)
    if re.match(rf"(?:{_DAY}(?! to\b)|weekdays|weekends|{_DAY}s)\b", text):
        return f"on {text}"
    return (
        text[:1].lower() + text[1:]
        if text[:1].isupper() and text.split()[0].lower() in _WORDS and not re.match(rf"{_DAY}|I\b", text)
        else text
    )


def strangers(text: str) -> list[str]:
    """The words that are no part of a time."""
    if re.search(r"\d{5}|\d{3,} \d", text):
        # A telephone number.
        return [text]
    words = re.findall(
        r"[^\W\d_][^\W\d_.'’]*", re.sub(r"\d{1,2}(?:[:.]\d\d)?(?:am|pm|h|ish|th|st|nd|rd)?\b", " ", text)
    )
    return [word for word in words if word.lower().rstrip(".") not in _WORDS]
