"""At which moments a candidate is reminded: once a day, at an hour of theirs, whatever the clocks do."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.domain.moments import known_zones
from drafts.domain.reminders import next_reminder

# Zone, hour, the moment after which, the next reminder; each with its offset.
TABLE = """
    before the hour         | Europe/Berlin       |  8 | 2026-11-30T07:59+01:00 | 2026-11-30T08:00+01:00
    at the hour itself      | Europe/Berlin       |  8 | 2026-11-30T08:00+01:00 | 2026-12-01T08:00+01:00
    after the hour          | Europe/Berlin       |  8 | 2026-11-30T20:00+01:00 | 2026-12-01T08:00+01:00
    midnight                | Europe/Berlin       |  0 | 2026-11-30T20:00+01:00 | 2026-12-01T00:00+01:00
    the last hour           | Europe/Berlin       | 23 | 2026-11-30T22:59+01:00 | 2026-11-30T23:00+01:00
    asked from elsewhere    | Asia/Tokyo          |  7 | 2026-11-30T23:00+01:00 | 2026-12-02T07:00+09:00
    half-hour zone          | Asia/Kolkata        |  9 | 2026-11-30T03:29+00:00 | 2026-11-30T09:00+05:30
    45 minutes off          | Asia/Kathmandu      |  9 | 2026-11-30T09:00+05:45 | 2026-12-01T09:00+05:45
    last zone of the date   | Pacific/Honolulu    |  8 | 2026-12-31T23:00-10:00 | 2027-01-01T08:00-10:00
    first zone of the date  | Pacific/Kiritimati  |  8 | 2026-12-31T23:00-10:00 | 2027-01-02T08:00+14:00
    the night clocks jump   | Europe/Berlin       |  8 | 2026-03-28T08:00+01:00 | 2026-03-29T08:00+02:00
    an hour that is skipped | Europe/Berlin       |  2 | 2026-03-28T12:00+01:00 | 2026-03-29T03:00+02:00
    once where it is skipped | Europe/Berlin      |  2 | 2026-03-29T03:00+02:00 | 2026-03-30T02:00+02:00
    the hour after the gap  | Europe/Berlin       |  3 | 2026-03-28T12:00+01:00 | 2026-03-29T03:00+02:00
    an hour shown twice     | Europe/Berlin       |  2 | 2026-10-24T12:00+02:00 | 2026-10-25T02:00+02:00
    only the first of two   | Europe/Berlin       |  2 | 2026-10-25T02:00+02:00 | 2026-10-26T02:00+01:00
    between the two         | Europe/Berlin       |  2 | 2026-10-25T02:30+02:00 | 2026-10-26T02:00+01:00
    within the second       | Europe/Berlin       |  2 | 2026-10-25T02:30+01:00 | 2026-10-26T02:00+01:00
    skipped in New York     | America/New_York    |  2 | 2026-03-07T12:00-05:00 | 2026-03-08T03:00-04:00
    midnight skipped        | Africa/Cairo        |  0 | 2026-04-23T12:00+02:00 | 2026-04-24T01:00+03:00
    half an hour skipped    | Australia/Lord_Howe |  2 | 2026-10-03T12:00+10:30 | 2026-10-04T02:30+11:00
    a day that never was    | Pacific/Apia        |  8 | 2011-12-29T08:00-10:00 | 2011-12-31T08:00+14:00
    midnight of that day    | Pacific/Apia        |  0 | 2011-12-29T00:00-10:00 | 2011-12-31T00:00+14:00
    a day lived twice       | Pacific/Kwajalein   |  8 | 1969-09-30T08:00+11:00 | 1969-10-01T08:00-12:00
    leap day                | Europe/London       |  6 | 2028-02-28T07:00+00:00 | 2028-02-29T06:00+00:00
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize(
    ("zone", "hour", "after", "expected"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_the_next_reminder(zone, hour, after, expected):
    found = next_reminder(dt.datetime.fromisoformat(after), int(hour), ZoneInfo(zone))
    assert found.astimezone(ZoneInfo(zone)).isoformat(timespec="minutes") == expected


@given(
    st.sampled_from(sorted(known_zones())),
    st.integers(0, 23),
    st.datetimes(dt.datetime(1970, 1, 2), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)),
)
def test_each_day_that_a_zone_has_has_one(zone, hour, start):
    place = ZoneInfo(zone)
    moments = [start]
    for _number in range(6):
        moments.append(next_reminder(moments[-1], hour, place))
    days = [moment.astimezone(place) for moment in moments[1:]]
    assert moments == sorted(set(moments))
    dates = [day.date() for day in days]
    assert len(set(dates)) == len(dates)
    for day in days:
        # The hour itself, or where the clocks went forward over it.
        wall = dt.datetime.combine(day.date(), dt.time(hour))
        assert (day.hour, day.minute) == (hour, 0) or day.replace(tzinfo=None) > wall
    for one, other in pairwise(dates):
        skipped = [one + dt.timedelta(days=number) for number in range(1, (other - one).days)]
        assert not any(shows(dt.datetime.combine(day, dt.time(12)), place) for day in skipped)


def shows(wall, place):
    """Whether clocks there ever show it: not those of a day that a zone left out when it crossed the date line."""
    moment = wall.replace(tzinfo=place).astimezone(dt.UTC)
    return moment.astimezone(place).replace(tzinfo=None) == wall


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        next_reminder(dt.datetime(2026, 11, 30, 8), 8, ZoneInfo("UTC"))


@pytest.mark.parametrize("hour", [-1, 24, 25])
def test_an_hour_that_no_clock_shows_is_refused(hour):
    with pytest.raises(ValueError, match="hour"):
        next_reminder(dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC), hour, ZoneInfo("UTC"))
