"""When people read work mail: working hours, days and public holidays where they are."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

import holidays

OPENS, CLOSES = dt.time(9), dt.time(17)  # local; 17:00 itself is outside (design section 7)
DEADLINE = dt.timedelta(hours=24)  # of real time after the interview's end (the article)
_LOOK_AHEAD = 60  # days; no country rests longer


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> holidays.HolidayBase | None:
    """The public holidays of "DE" or "US-CA" in one year; None for a country that is not known."""
    code, _, subdivision = country.partition("-")
    try:
        return holidays.country_holidays(code, subdiv=subdivision or None, years=year, language="en_US")
    except NotImplementedError:
        if subdivision:
            return _holidays(code, year)
        return None


def holiday_name(day: dt.date, country: str) -> str:
    """What public holiday this is in the country; empty where it is none, or the country is not known."""
    found = _holidays(country, day.year) if country else None
    return str(found.get(day, "")) if found is not None else ""


def is_working_day(day: dt.date, country: str) -> bool:
    """Monday to Friday, and no public holiday."""
    return day.weekday() < 5 and not holiday_name(day, country)


def is_working_time(local: dt.datetime, country: str) -> bool:
    """Whether people there are at work at this local moment."""
    return OPENS <= local.time().replace(tzinfo=None) < CLOSES and is_working_day(local.date(), country)


def next_working_moment(local: dt.datetime, country: str) -> dt.datetime:
    """The first moment from `local` on that is working time, in the same zone."""
    if is_working_time(local, country):
        return local
    day = local.date() if local.time() < OPENS else local.date() + dt.timedelta(days=1)
    for _ in range(_LOOK_AHEAD):
        if is_working_day(day, country):
            break
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, OPENS, tzinfo=local.tzinfo)
