"""When a candidate is reminded: once a day, at the hour they chose."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from drafts.domain.moments import first_instant

_DAY = dt.timedelta(days=1)
_LOOK_AHEAD = 3  # days; no zone ever left out two in a row


def next_reminder(after: dt.datetime, hour: int, zone: ZoneInfo) -> dt.datetime:
    """The first moment after `after` at which a day's clocks show `hour` (0 to 23), in UTC.

    Where clocks go forward over that hour it is the moment of the change; where they go back, only the first of the
    two. A day that a zone left out altogether (Samoa, December 30, 2011) has none. ValueError for a moment without a
    zone, and for an hour that no clock shows.
    """
    if after.tzinfo is None:
        raise ValueError("the moment must know its zone")
    day = after.astimezone(zone).date() - _DAY
    for _number in range(_LOOK_AHEAD + 2):
        moment = first_instant(dt.datetime.combine(day, dt.time(hour)), zone)
        if moment > after and _exists(day, zone):
            return moment
        day += _DAY
    raise AssertionError("a zone without days")


def _exists(day: dt.date, zone: ZoneInfo) -> bool:
    return first_instant(dt.datetime.combine(day, dt.time.min), zone).astimezone(zone).date() == day
