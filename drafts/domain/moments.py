"""Wall-clock times and time zones."""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

_SECOND = dt.timedelta(seconds=1)


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def clock(moment: dt.datetime) -> str:
    """The time of day as Americans write it: "9:05 AM"."""
    return f"{moment.hour % 12 or 12}:{moment:%M} {'AM' if moment.hour < 12 else 'PM'}"


def later(moment: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """The moment plus this much elapsed time, across clock changes, in the same zone."""
    return (moment.astimezone(dt.UTC) + by).astimezone(moment.tzinfo)


def clock_change(zone: dt.tzinfo, early: dt.datetime, late: dt.datetime) -> dt.datetime:
    """The first second after `early`, up to `late`, with a UTC offset other than that of `early`. All are in UTC.

    `early` and `late` must be whole seconds with different offsets.
    """
    offset = early.astimezone(zone).utcoffset()
    while late - early > _SECOND:
        middle = early + (late - early) // _SECOND // 2 * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            early = middle
        else:
            late = middle
    return late


def first_instant(wall: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The first moment, in UTC, at which clocks in the zone show a wall-clock time or skip it."""
    moment = wall.replace(tzinfo=zone).astimezone(dt.UTC)
    if _shown(moment, zone) == wall:
        return moment
    # The clock change is between these two; transitions are on whole seconds.
    before = wall.replace(microsecond=0, tzinfo=zone, fold=1).astimezone(dt.UTC)
    return clock_change(zone, before, moment.replace(microsecond=0))


def _shown(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def local_moment(wall: dt.datetime, zone_name: str) -> dt.datetime:
    """A wall-clock time as a moment in the zone; the earlier one if clocks went back and it happened twice.

    Raises ValueError if clocks skipped that time when they went forward.
    """
    zone = ZoneInfo(zone_name)
    moment = wall.replace(tzinfo=zone, fold=0)
    if moment.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None, fold=0) != wall:
        raise ValueError
    return moment
