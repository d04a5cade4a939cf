"""When to send a letter, based on working hours, days and public holidays where it will be read.

Moments are aware. Durations are computed in UTC, so that 24 hours are 24 hours even across a clock change.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from types import ModuleType
from zoneinfo import ZoneInfo

import holidays

from drafts.domain.files import PHRASEBOOK_DIR, read_toml
from drafts.domain.messages import Holiday, Message, day_of_month, day_of_week, listed, time_of_day
from drafts.domain.moments import first_instant

OPENS, CLOSES = dt.time(9), dt.time(17)  # local; 17:00 itself is outside (docs/send-window.md)
OPENS_AFTER = dt.timedelta(minutes=30)  # of elapsed time after the end (docs/sources.md, Advice on timing)
DEADLINE = dt.timedelta(hours=24)  # of elapsed time after the interview's end (the article)
EVENING = dt.timedelta(hours=2)  # after closing: still early
LOOK_AHEAD = dt.timedelta(days=60)  # longer than any country's holidays, and than any chart shows
WORDS = PHRASEBOOK_DIR / "sending.toml"

_DAY = dt.timedelta(days=1)
ENGLISH = "en_US"
_REMARK = re.compile(r"\s*\([^)]*\)")  # "(observed)", "(estimated)"

# Importing holidays.countries imports all 250 countries. This imports only the one that is needed.
if "holidays.countries" not in sys.modules:
    _countries = sys.modules["holidays.countries"] = ModuleType("holidays.countries")
    _countries.__path__ = [f"{folder}/countries" for folder in holidays.__path__]

Span = tuple[dt.datetime, dt.datetime]  # from the first moment up to, but excluding, the second


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """When people are at work, in local time: hours, days (Monday is 0) and the country whose holidays they have.

    `country` is like "DE" or "US-CA", or empty for no holidays. Raises ValueError if there is no working time at all.
    """

    opens: dt.time = OPENS
    closes: dt.time = CLOSES
    days: frozenset[int] = frozenset(range(5))
    country: str = ""

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("work must begin before it ends")
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValueError("at least one working day is needed, as numbers from 0 (Monday) to 6 (Sunday)")


MONDAY_TO_FRIDAY = WorkingWeek()


class Status(StrEnum):
    """`WAITING` before the window opens, `OPEN` up to and including the deadline, then `LATE`."""

    WAITING = "waiting"
    OPEN = "open"
    LATE = "late"


class Situation(StrEnum):
    """Why a moment is recommended; sending.toml has a text for each."""

    WORKING_NOW = "working_now"
    WORKING_LATER = "working_later"  # in working time, once the half hour is over
    WORKING_MORNING = "working_morning"  # the next time they are at work, within the 24 hours
    EVENING = "evening"  # shortly after a working day, because the next one is too late
    DAY_OFF = "day_off"  # in the daytime of a day off; the alternative is the next working morning
    LAST_RESORT = "last_resort"  # no better time is left before the deadline
    LATE_NOW = "late_now"
    LATE_NEXT = "late_next"


@dataclass(frozen=True, slots=True)
class SendPlan:
    """All moments are in the reader's zone. `alternative_at` is the next working morning, if a day off is
    recommended."""

    ended_at: dt.datetime
    opens_at: dt.datetime
    deadline_at: dt.datetime
    recommended_at: dt.datetime
    alternative_at: dt.datetime | None
    status: Status
    situation: Situation
    week: WorkingWeek
    now: dt.datetime

    @property
    def reason(self) -> Message:
        """The advice in words, which lists do not show."""
        return _reason(self)


# ---------------------------------------------------------------- the plan


def send_plan(ended_at: dt.datetime, zone: ZoneInfo | str, week: WorkingWeek, now: dt.datetime) -> SendPlan:
    """When to send the letters of an interview that ended at `ended_at`, seen from `now` (docs/send-window.md).

    Raises ValueError for a naive moment, and nothing else for the years 1970 to 2200.
    """
    if ended_at.tzinfo is None or now.tzinfo is None:
        raise ValueError("the interview's end and now must each know their zone")
    place = ZoneInfo(zone) if isinstance(zone, str) else zone
    ended_at, now = ended_at.astimezone(dt.UTC), now.astimezone(dt.UTC)
    opens_at, deadline_at = ended_at + OPENS_AFTER, ended_at + DEADLINE
    if now > deadline_at:
        status = Status.LATE
        situation, best = _late(now, place, week)
    else:
        status = Status.OPEN if now >= opens_at else Status.WAITING
        situation, best = _in_time(now, max(opens_at, now), deadline_at, place, week)
    local = best.astimezone(place)
    return SendPlan(
        ended_at=ended_at.astimezone(place),
        opens_at=opens_at.astimezone(place),
        deadline_at=deadline_at.astimezone(place),
        recommended_at=local,
        alternative_at=next_working_moment(local, week) if situation is Situation.DAY_OFF else None,
        status=status,
        situation=situation,
        week=week,
        now=now.astimezone(place),
    )


def _late(now: dt.datetime, zone: dt.tzinfo, week: WorkingWeek) -> tuple[Situation, dt.datetime]:
    best = next_working_moment(now.astimezone(zone), week).astimezone(dt.UTC)
    return (Situation.LATE_NOW if best == now else Situation.LATE_NEXT), best


def _in_time(
    now: dt.datetime, start: dt.datetime, deadline: dt.datetime, zone: dt.tzinfo, week: WorkingWeek
) -> tuple[Situation, dt.datetime]:
    """The best moment from `start` to the deadline, both included."""
    days = list(_days(start, deadline, zone))
    at_work = [day for day in days if is_working_day(day, week)]
    best = _first((_hours(day, zone, week) for day in at_work), start, deadline)
    if best == now:
        return Situation.WORKING_NOW, best
    if best:
        return (Situation.WORKING_LATER if best == start else Situation.WORKING_MORNING), best
    best = _first((_evening(day, zone, week) for day in at_work), start, deadline)
    if best:
        return Situation.EVENING, best
    best = _first((_hours(day, zone, week) for day in days if day not in at_work), start, deadline)
    if best:
        return Situation.DAY_OFF, best
    return Situation.LAST_RESORT, start


# ---------------------------------------------------------------- working time


@lru_cache(maxsize=256)
def _holidays(country: str, year: int, language: str = ENGLISH) -> holidays.HolidayBase | None:
    """The public holidays of "DE" or "US-CA" in one year; None for a country that is not known."""
    code, _, subdivision = country.partition("-")
    try:
        with warnings.catch_warnings():
            # For years whose movable holidays are not announced yet, only the fixed ones are known.
            warnings.simplefilter("ignore")
            return holidays.country_holidays(
                code, subdiv=subdivision or None, years=year, language=language, expand=False
            )
    except NotImplementedError:
        return _holidays(code, year, language) if subdivision else None


def country_parts(country: str) -> tuple[str, ...] | None:
    """The parts of a country ("DE") that have holidays of their own; None if the country's holidays are unknown."""
    found = _holidays(country, 2000)
    return None if found is None else tuple(found.subdivisions)


def holiday_name(day: dt.date, country: str) -> str:
    """The name of the public holiday on this day; empty if there is none or the country is unknown."""
    found = _holidays(country, day.year) if country else None
    name = str(found.get(day, "")).replace("; ", " and ") if found is not None else ""
    return Holiday(name, day, country) if name else ""


def holiday_in(holiday: Holiday, language: str) -> str:
    """The name of the holiday in this language, or else in English, without remarks such as "(observed)"."""
    found = _holidays(holiday.country, holiday.day.year)
    if found is None or language not in found.supported_languages:
        return holiday
    named = _holidays(holiday.country, holiday.day.year, language)
    return _REMARK.sub("", str(named.get(holiday.day, holiday))) if named is not None else holiday


def _named_holiday(day: dt.date, country: str) -> str:
    """The same without remarks, for a message."""
    name = _REMARK.sub("", holiday_name(day, country))
    return Holiday(name, day, country) if name else ""


def is_working_day(day: dt.date, week: WorkingWeek) -> bool:
    """Whether it is one of their working weekdays and not a public holiday."""
    return day.weekday() in week.days and not holiday_name(day, week.country)


def is_working_time(local: dt.datetime, week: WorkingWeek) -> bool:
    """Whether people in the moment's zone are at work at this moment."""
    zone, moment = _zone(local), local.astimezone(dt.UTC)
    spans = (_hours(day, zone, week) for day in _days(moment, moment, zone) if is_working_day(day, week))
    return any(opens <= moment < closes for opens, closes in spans)


def next_working_moment(local: dt.datetime, week: WorkingWeek) -> dt.datetime:
    """The first moment of working time at or after `local`, in the same zone.

    If holidays leave none within 60 days, the first one on a working weekday, holiday or not.
    """
    zone, start = _zone(local), local.astimezone(dt.UTC)

    def hours(*, with_holidays: bool) -> Iterator[Span]:
        for day in _days(start, start + LOOK_AHEAD, zone):
            if day.weekday() in week.days and (with_holidays or not holiday_name(day, week.country)):
                yield _hours(day, zone, week)

    found = _first(hours(with_holidays=False), start) or _first(hours(with_holidays=True), start) or start
    return local if found == start else found.astimezone(zone)


def working_spans(start: dt.datetime, end: dt.datetime, week: WorkingWeek) -> tuple[Span, ...]:
    """The working time between `start` and `end`, in the zone of `start`; at most 60 days."""
    zone, first = _zone(start), start.astimezone(dt.UTC)
    last = min(end.astimezone(dt.UTC), first + LOOK_AHEAD)
    found = []
    for day in _days(first, last, zone):
        if is_working_day(day, week):
            opens, closes = _hours(day, zone, week)
            opens, closes = max(opens, first), min(closes, last)
            if opens < closes:
                found.append((opens.astimezone(zone), closes.astimezone(zone)))
    return tuple(found)


def _zone(moment: dt.datetime) -> dt.tzinfo:
    if moment.tzinfo is None:
        raise ValueError("the moment must know its zone")
    return moment.tzinfo


def _first(spans: Iterable[Span], start: dt.datetime, last: dt.datetime | None = None) -> dt.datetime | None:
    """The earliest moment in sorted spans that is from `start` to `last`, both included."""
    for opens, closes in spans:
        moment = max(opens, start)
        if last is not None and moment > last:
            return None
        if moment < closes:
            return moment
    return None


def _days(start: dt.datetime, end: dt.datetime, zone: dt.tzinfo) -> Iterator[dt.date]:
    """The dates whose hours may overlap a range, plus one on either side for evenings and for clocks that go back."""
    day, last = start.astimezone(zone).date() - _DAY, end.astimezone(zone).date() + _DAY
    while day <= last:
        yield day
        day += _DAY


@lru_cache(maxsize=1024)
def _hours(day: dt.date, zone: dt.tzinfo, week: WorkingWeek) -> Span:
    """The day's working hours in UTC; empty if the clocks skipped all of them."""
    return first_instant(dt.datetime.combine(day, week.opens), zone), first_instant(
        dt.datetime.combine(day, week.closes), zone
    )


def _evening(day: dt.date, zone: dt.tzinfo, week: WorkingWeek) -> Span:
    closes = dt.datetime.combine(day, week.closes)
    return first_instant(closes, zone), first_instant(closes + EVENING, zone)


# ---------------------------------------------------------------- in words


@cache
def _words() -> dict[str, dict[str, str]]:
    return read_toml(WORDS)


def moment_words(moment: dt.datetime, now: dt.datetime) -> Message:
    """ "today at 9:00 AM", "tomorrow at 9:00 AM", "Monday at 9:00 AM" or "March 3 at 9:00 AM", in the reader's zone."""
    days = (moment.date() - now.date()).days
    key = {0: "today", 1: "tomorrow"}.get(days, "day" if 0 <= days < 7 else "date")
    return Message(
        _words()["moment"][key], day=day_of_week(moment), date=day_of_month(moment), time=time_of_day(moment)
    )


def _reason(plan: SendPlan) -> Message:
    """The advice in one or two sentences."""
    words, week, now, best = _words(), plan.week, plan.now, plan.recommended_at
    upcoming = next_working_moment(best, week)
    if plan.situation in (Situation.EVENING, Situation.DAY_OFF):
        away_from = best.date() + _DAY
    else:
        away_from = max(now.date(), plan.opens_at.date())
    away_for = _holidays_between(away_from, upcoming.date(), week)
    holiday = _named_holiday(best.date(), week.country)
    # Subtract in UTC: within one zone, Python ignores that a repeated hour happens twice.
    is_now = best.astimezone(dt.UTC) == now.astimezone(dt.UTC)
    values = {
        "when": Message(words["moment"]["now"]) if is_now else moment_words(best, now),
        "deadline": moment_words(plan.deadline_at, now),
        "next": Message(
            words["moment"]["after" if away_for else "next"],
            moment=moment_words(upcoming, now),
            holidays=listed(away_for),
        ),
        "day_off": Message(
            words["day_off"]["holiday" if holiday else "plain"], day=day_of_week(best), holiday=holiday
        ),
    }
    return Message(words["reason"][plan.situation], **values)


def _holidays_between(first: dt.date, last: dt.date, week: WorkingWeek) -> list[str]:
    """The holidays on working weekdays from `first` up to, but excluding, `last`; each once."""
    days = (first + _DAY * count for count in range(min((last - first).days, LOOK_AHEAD.days)))
    names = (_named_holiday(day, week.country) for day in days if day.weekday() in week.days)
    return list(dict.fromkeys(name for name in names if name))
