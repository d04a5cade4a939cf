"""Wall times and the zones they are read in."""

from __future__ import annotations

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo, available_timezones


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def clock(moment: dt.datetime) -> str:
    """The time of day as Americans write it: "9:05 AM"."""
    return f"{moment.hour % 12 or 12}:{moment:%M} {'AM' if moment.hour < 12 else 'PM'}"


def local_moment(wall: dt.datetime, zone_name: str) -> dt.datetime:
    """A wall time as a moment in the zone; where clocks went back, the earlier of the two.

    Raises ValueError where clocks went forward over it: that time never was.
    """
    zone = ZoneInfo(zone_name)
    moment = wall.replace(tzinfo=zone, fold=0)
    if moment.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None, fold=0) != wall:
        raise ValueError
    return moment
