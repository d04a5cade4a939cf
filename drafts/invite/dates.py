"""Finds the dates in a text: "Tuesday, November 24, 2026", "Montag, den 14.12.", "11/24"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from drafts.domain.messages import Dated, Message, day_of_week
from drafts.domain.naming.lists import any_of
from drafts.domain.tokens import fold
from drafts.invite.lists import numbers, says_of


@dataclass(frozen=True, slots=True)
class Day:
    """A date as the text has it: `year` and `month` are 0 and `weekday` is -1 where it does not say them.

    `is_unsure`: it can be read as another day as well.
    """

    line: int
    end: int
    year: int
    month: int
    day: int
    weekday: int = -1
    is_unsure: bool = False


def names_when(lines: Sequence[str]) -> bool:
    """Whether the text names a day or a time, even vaguely: "Thursday at 3"."""
    text = " ".join(map(fold, lines))
    return bool(
        re.search(
            rf"\b(?:{any_of(numbers('weekdays', 0))}|tomorrow|tmrw|morgen|demain)\b|\d/\d{{1,2}} (?:at|@) \d",
            text,
        )
    ) or any(pattern.search(text) for pattern in day_patterns())


@cache
def day_patterns() -> tuple[re.Pattern[str], ...]:
    months, weekdays = any_of(numbers("months", 1)), any_of(numbers("weekdays", 0))
    week = rf"(?:\b(?P<weekday>{weekdays})\b[.,]?\s*(?:(?:the|den|dem|le|el|il|dia)\s+)?)?"
    year = r"(?:(?:,|\.|-|\s+(?:de|del|of))?\s*(?P<year>20\d\d)\b)?"
    ordinal = rf"(?:st|nd|rd|th)\b(?!\s*(?:of\s+)?(?:{months})\b)"
    named = rf"\b(?P<weekday>{weekdays})\b[.,]?\s*"
    patterns = (
        # "Thursday 3rd", "thurs coming the 3rd"
        rf"{named}(?:coming\s+)?(?:the\s+)?(?P<day>[0-3]?\d){ordinal}(?P<month>)(?P<year>)",
        # "Montag, den 14.12."
        rf"{named}(?:(?:den|dem|am)\s+)?(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?!\d)(?P<year>)",
        # "Wed 12/2"
        rf"{named}(?P<day>[0-3]?\d)(?P<mark>/)(?P<month>[0-3]?\d)(?P<year>)(?![\d/])",
        rf"{week}\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b",
        rf"{week}(?<![\d:])(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|[.ºo])?\s*(?:of\s+|de\s+|-)?(?P<name>{months})\b{year}",
        rf"{week}\b(?P<name>{months})\b\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!:\d){year}",
        rf"{week}(?<![\d/.])(?P<day>[0-3]?\d)(?P<mark>[./-])(?P<month>[0-3]?\d)(?P=mark)(?P<year>(?:20)?\d\d)\b",
    )
    return tuple(map(re.compile, patterns))


def days_in(lines: Sequence[str], month_first: bool) -> Iterator[Day]:
    """The possible days of the interview, in the order of the text."""
    for place, line in enumerate(lines):
        found = [match for pattern in day_patterns() for match in pattern.finditer(line)]
        for match in sorted(found, key=lambda match: match.start()):
            if not says_of("other_days").search(line, 0, match.start()):
                day = _day(match, place, month_first)
                if day:
                    yield day


def _day(match: re.Match[str], place: int, month_first: bool) -> Day | None:
    given = match.groupdict()
    month = numbers("months", 1)[given["name"]] if given.get("name") else int(given["month"] or 0)
    day, year = int(given["day"]), int(given["year"] or 0)
    year += 2000 if 0 < year < 100 else 0
    weekday = numbers("weekdays", 0).get(given["weekday"] or "", -1)
    unsure = False
    if given.get("mark") and given["mark"] != ".":
        # 11/24 is a month first; 3/4 can be either, and the weekday or the clock tells.
        turned = _exists(year, day, month) and (
            not _exists(year, month, day) or _weekday(year, day, month) == weekday
        )
        unsure = not turned and day <= 12 and day != month and _weekday(year, month, day) != weekday
        if turned or (unsure and month_first):
            day, month = month, day
    if month and not _exists(year or 2024, month, day):
        return None
    return Day(place, match.end(), year, month, day, weekday, unsure)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(dt.date(year, month, day))
    except ValueError:
        return False


def _weekday(year: int, month: int, day: int) -> int:
    return dt.date(year, month, day).weekday() if _exists(year, month, day) else -2


def date_of(day: Day, today: dt.date) -> tuple[dt.date | None, list[str]]:
    if day.year:
        date = dt.date(day.year, day.month, day.day)
        if day.weekday not in (-1, date.weekday()):
            return None, [
                Message(
                    "{date} is a {day}, and the mail names another weekday; fill in the date.",
                    date=_written(date),
                    day=day_of_week(date),
                )
            ]
        remark = Message(
            "The date can be read in two ways; {date} was taken. Please check it.", date=_written(date)
        )
        return date, [remark] if day.is_unsure else []
    if not day.month:
        coming = (today + dt.timedelta(days=count) for count in range(45))
        found = next((one for one in coming if (one.day, one.weekday()) == (day.day, day.weekday)), None)
        return found, [] if found else [
            Message("The mail names no month, and the weekday does not fit; fill in the date.")
        ]
    years = [year for year in range(today.year - 1, today.year + 2) if _exists(year, day.month, day.day)]
    near = sorted((dt.date(year, day.month, day.day) for year in years), key=lambda date: abs(date - today))
    fitting = [date for date in near if date.weekday() == day.weekday]
    if fitting and fitting[0] == near[0]:
        return fitting[0], []
    if day.weekday >= 0 and not fitting:
        return None, [
            Message(
                "{date} is not the weekday that the mail names; fill in the date.", date=without_year(near[0])
            )
        ]
    date = (fitting or near)[0]
    return date, [
        Message("The mail does not name the year; {year} was taken. Please check it.", year=date.year)
    ]


def _written(date: dt.date) -> Dated:
    return Dated(f"{date:%-d %B %Y}", date, "DATE_FORMAT")


def without_year(date: dt.date) -> Dated:
    return Dated(f"{date:%-d %B}", date, "MONTH_DAY_FORMAT")


def without_days(line: str) -> str:
    for pattern in day_patterns():
        line = pattern.sub(" ; ", line)
    return line
