"""The day that people name when they say when one will hear: "2026-12-04", "next week", "in ten days", "by Friday"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from itertools import product

_DAYS = tuple(name.lower() for name in calendar.day_name)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_A_FEW = {"a": 1, "an": 1, "a couple of": 2, "a few": 3, **{word: at for at, word in enumerate(_NUMBERS, 1)}}
_MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if name}
_FRIDAY = 4
_MONTHS_OF_YEAR = 12
_COUNT = r"(\d{1,3}|" + "|".join(sorted(_A_FEW, key=len, reverse=True)) + ")"
_IN = re.compile(rf"(?:in|within)?\s*{_COUNT}\s*((?:business|working)\s+)?(day|week|month)s?(?:'? time)?")
# "another week", "another two weeks", "one more week", "a week more": as long as "in a week", but said later.
_COUNTED = re.compile(r"a|\d{1,3}|" + "|".join(_NUMBERS))
_ANOTHER = re.compile(r"^another (?=(\S+))")
_MORE = re.compile(r"(?<=\w) (?:more|longer)\b")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?([a-z]{3,9})\.?(?:,?\s+(\d{4}))?")
# With dots, as in German, the day comes first everywhere; with slashes, Americans put the month first.
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})(?:\. ?(\d{4}|\d{2}))?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}|\d{2}))?")
_LEADING = re.compile(
    r"^(?:by|on|before|until|till|around|about|sometime|probably|early|the|this coming|coming)\s+"
)


def named_day(text: str, said_on: dt.date, *, month_first: bool | None = None) -> dt.date | None:
    """The day meant by `text`, said on `said_on`; the last one where it leaves room. None where it names none.

    A day without a year is the next one of that name. `month_first` says how somebody writes "12/4"; None where that
    is not known and may be no date at all.
    """
    said = " ".join(text.lower().replace(",", " ").split()).strip(" .!")
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        pass
    while said != (shorter := _LEADING.sub("", said)):
        said = shorter
    try:
        if month_first is not None and (found := _SLASHED.fullmatch(said)):
            return _slashed(*found.groups(), said_on=said_on, month_first=month_first)
        return _in_words(_without_more(said), said_on)
    except (ValueError, OverflowError):
        # The 31st of a month that has none, or a year beyond the calendar.
        return None


def says_more_time(text: str) -> bool:
    """Whether it counts from a later moment than the first conversation: "another week", "two more weeks"."""
    said = " ".join(text.lower().split())
    return bool(re.search(r"\b(?:another|more|longer)\b", said))


def _without_more(said: str) -> str:
    """ "another week" as "a week", "another two weeks" and "two more weeks" as "two weeks"."""
    return _MORE.sub("", _ANOTHER.sub(lambda found: "" if _COUNTED.fullmatch(found[1]) else "a ", said))


def _slashed(first: str, second: str, year: str | None, *, said_on: dt.date, month_first: bool) -> dt.date:
    """ "12/4/2026"; in the other order where there is no such month, as in "12/24" written with the day first."""
    month, day = (int(first), int(second)) if month_first else (int(second), int(first))
    if month > _MONTHS_OF_YEAR:
        month, day = day, month
    return _next(day, month, f"20{year}"[-4:] if year else None, said_on)


# Clauses of notes: what is decided by a day stands beside it.
_CLAUSES = re.compile(r"[.;!?\n]+(?!\d)|,(?! ?\d{4})| and | but ")
_DECIDES = re.compile(
    r"\b(?:hear|decide[sd]?|deciding|decision|let (?:me|us|you) know|get back|gets back|answer|final list)\b",
    re.I,
)
# Said of the past, of somebody else's move, or too vaguely.
_NO_PROMISE = re.compile(
    r"\b(?:heard|decided|loved|enjoyed|i (?:will|would|can|must|should)|i'?ll)\b|\bor\b", re.I
)
_MOST_WORDS = 7  # of a day


def promised_day(note: str, said_on: dt.date) -> tuple[dt.date, str] | None:
    """The day by which they want to decide, as a note of an interview on `said_on` has it, and the words that say so.
    None where no clause names one."""
    for clause in _CLAUSES.split(note):
        if not _DECIDES.search(clause) or _NO_PROMISE.search(clause):
            continue
        words = clause.split()
        for start, count in product(range(len(words)), range(_MOST_WORDS, 0, -1)):
            said = words[start : start + count]
            if len(said) == count and (day := _promised(" ".join(said), said_on)):
                return day, clause.strip()
    return None


def _promised(said: str, said_on: dt.date) -> dt.date | None:
    # A number of days alone may be anything: "two weeks of training".
    if _IN.fullmatch(said.lower()) and not re.match(r"(?:in|within)\b", said, re.I):
        return None
    return named_day(said, said_on)


def _in_words(said: str, said_on: dt.date) -> dt.date | None:
    friday = said_on + dt.timedelta(days=(_FRIDAY - said_on.weekday()) % 7)
    fixed = {
        "today": said_on,
        "tomorrow": said_on + dt.timedelta(days=1),
        "this week": friday,
        "end of the week": friday,
        "end of this week": friday,
        "next week": friday + dt.timedelta(days=7),
        "end of next week": friday + dt.timedelta(days=7),
        "end of the month": _last_of_month(said_on),
        "end of this month": _last_of_month(said_on),
        "next month": _last_of_month(_last_of_month(said_on) + dt.timedelta(days=1)),
    }
    if said in fixed:
        return fixed[said]
    if found := _IN.fullmatch(said):
        count = int(found[1]) if found[1].isdigit() else _A_FEW[found[1]]
        if found[2] and found[3] == "day":
            return _weekdays_after(said_on, count)
        return said_on + dt.timedelta(days=count * {"day": 1, "week": 7, "month": 30}[found[3]])
    words = said.split()
    if words and words[-1] in _DAYS and words[:-1] in ([], ["next"], ["this"]):
        ahead = (_DAYS.index(words[-1]) - said_on.weekday() - 1) % 7 + 1
        is_later = words[0] == "next" and said_on.weekday() + ahead < 7
        return said_on + dt.timedelta(days=ahead + 7 * is_later)
    return _dated(said, said_on)


def _weekdays_after(day: dt.date, count: int) -> dt.date:
    """The `count`th day from Monday to Friday after `day`; holidays are not known here."""
    while count:
        day += dt.timedelta(days=1)
        count -= day.weekday() <= _FRIDAY
    return day


def _dated(said: str, said_on: dt.date) -> dt.date | None:
    """ "December 4", "4 Dec 2026", "4.12.2026"."""
    if found := _DOTTED.fullmatch(said):
        year = f"20{found[3]}"[-4:] if found[3] else None
        return _next(int(found[1]), int(found[2]), year, said_on)
    if found := _MONTH_DAY.fullmatch(said):
        month, day, year = found[1], found[2], found[3]
    elif found := _DAY_MONTH.fullmatch(said):
        day, month, year = found[1], found[2], found[3]
    else:
        return None
    number = _MONTHS.get(month[:3])
    if number is None or not calendar.month_name[number].lower().startswith(month.removesuffix("t")):
        return None
    return _next(int(day), number, year, said_on)


def _next(day: int, month: int, year: str | None, said_on: dt.date) -> dt.date:
    """The day in the year given, else the next one from `said_on` on."""
    this_year = dt.date(int(year) if year else said_on.year, month, day)
    if year or this_year >= said_on:
        return this_year
    return this_year.replace(year=this_year.year + 1)


def _last_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
