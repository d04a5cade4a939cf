"""When an event begins and ends, and in which zone its people live."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from icalendar.prop import vDuration

from drafts.domain.moments import known_zones
from drafts.invite.lines import Component, Property
from drafts.invite.model import Reading
from drafts.invite.texts import tidy
from drafts.invite.zones import OwnZone, own_zone, zone_named

_STAMP = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?)?\Z",
    re.I,
)
END_OF_DAY = 17  # the hour at which a day without times is taken to end


class NoTime(ValueError):
    """The event does not say when it is."""


@dataclass(frozen=True, slots=True)
class CalendarZones:
    """What a whole calendar says of zones: its own, those it defines, and the caller's default."""

    said: str = ""
    own: dict[str, OwnZone] = field(default_factory=dict)
    default: str = ""

    def fallback(self) -> Reading:
        """The zone of a time that names none."""
        if self.said:
            return Reading(self.said, "the calendar's time zone")
        if len(self.own) == 1:
            name = next(iter(self.own.values())).name
            if name and name != "UTC":
                return Reading(name, "the only time zone of the file", True)
        if self.default:
            return Reading(self.default, "your own time zone", True)
        return Reading("UTC", "the event's time, which is in UTC", True)


@dataclass(frozen=True, slots=True)
class When:
    starts_at: dt.datetime | None
    ended_at: dt.datetime | None
    zone: Reading
    warnings: tuple[str, ...]


def calendar_zones(calendar: Component, default_zone: str) -> CalendarZones:
    said = zone_named(calendar.text("X-WR-TIMEZONE")) or zone_named(calendar.text("TIMEZONE-ID"))
    own = {}
    for part in [one for one in calendar.parts if one.name == "VTIMEZONE"][:20]:
        zone = own_zone(part)
        if zone:
            own[tidy(part.text("TZID")).strip('"')] = zone
    default = default_zone if default_zone in known_zones() else zone_named(default_zone)
    return CalendarZones("" if said == "UTC" else said, own, default)


def when(event: Component, zones: CalendarZones) -> When:
    """The event's first occurrence. Raises NoTime when its start is missing or cannot be read."""
    start = event.first("DTSTART")
    wall = _stamp(start) if start else None
    if start is None or wall is None:
        raise NoTime
    zone, own, warnings = _zone(start, wall, zones)
    try:
        starts_at = _moment(wall, ZoneInfo(zone.value), own)
        if wall.all_day:
            ended_at, remark = _end_of_day(event, wall, zone.value)
        else:
            ended_at, remark = _end(event, starts_at, zone.value, zones)
        ended_at = ended_at.astimezone(ZoneInfo(zone.value))
    except (OverflowError, ValueError) as error:
        raise NoTime from error
    if not (1970 <= starts_at.year <= 2200 and 1970 <= ended_at.year <= 2200):
        raise NoTime
    return When(starts_at, ended_at, zone, (*warnings, *remark))


@dataclass(frozen=True, slots=True)
class _Wall:
    """A time as written; `offset` is None where it floats or has a zone of its own."""

    time: dt.datetime
    all_day: bool
    offset: dt.timedelta | None


def _stamp(given: Property) -> _Wall | None:
    found = _STAMP.match(tidy(given.value)[:40])
    if not found:
        return None
    year, month, day, hour, minute, second, offset = found.groups()
    try:
        # A day ends at 24:00 in some programs, and a minute may have a leap second.
        time = dt.datetime(int(year), int(month), int(day)) + dt.timedelta(
            hours=min(int(hour or 0), 24),
            minutes=min(int(minute or 0), 59),
            seconds=min(int(second or 0), 59),
        )
    except (ValueError, OverflowError):
        return None
    if offset is None:
        in_utc = hour is not None and zone_named(given.parameters.get("TZID", "")) == "UTC"
        return _Wall(time, hour is None, dt.timedelta() if in_utc else None)
    if offset.upper() == "Z":
        return _Wall(time, False, dt.timedelta())
    size = dt.timedelta(hours=min(int(offset[1:3]), 23), minutes=min(int(offset[-2:]), 59))
    return _Wall(time, False, size if offset[0] == "+" else -size)


def _zone(start: Property, wall: _Wall, zones: CalendarZones) -> tuple[Reading, OwnZone | None, list[str]]:
    tzid = tidy(start.parameters.get("TZID", "")).strip('"')
    named = zone_named(tzid) if wall.offset is None else ""
    own = zones.own.get(tzid) if wall.offset is None else None
    if named and named != "UTC":
        return Reading(named, "the event's time zone"), None, []
    if own and own.name and own.name != "UTC":
        return Reading(own.name, "the event's time zone", True), None, []
    if own and own.rules:
        name = own.iana(wall.time, zones.said or zones.default)
        if name and name != "UTC":
            return (
                Reading(name, "the offsets of the event's time zone", True),
                own,
                [f"The calendar uses a time zone of its own; {name} has the same offsets. Please check it."],
            )
    fallback = zones.fallback()
    if wall.offset is not None:
        warnings = (
            ["The time is given in UTC; choose the time zone of the people who will read your letter."]
            if fallback.value == "UTC"
            else []
        )
        return fallback, None, warnings
    if tzid:
        remark = f"The time zone {tzid[:60]} is not known; {fallback.value} was taken. Please check it."
    elif wall.all_day:
        remark = f"The event does not name a time zone; {fallback.value} was taken. Please check it."
    else:
        remark = f"The time does not name a time zone; {fallback.value} was taken. Please check it."
    return Reading(fallback.value, fallback.source, True), None, [remark]


def _moment(wall: _Wall, zone: ZoneInfo, own: OwnZone | None = None) -> dt.datetime:
    """An aware moment in the zone; a time that clocks went forward over is moved after the change."""
    offset = wall.offset
    if offset is None and own:
        offset = own.offset_at(wall.time)
    if offset is not None:
        return wall.time.replace(tzinfo=dt.timezone(offset)).astimezone(zone)
    return wall.time.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone)


def _end(
    event: Component, starts_at: dt.datetime, zone_name: str, zones: CalendarZones
) -> tuple[dt.datetime, list[str]]:
    end = event.first("DTEND")
    start = event.first("DTSTART")
    wall = _stamp(end) if end else None
    if start and end and wall and not wall.all_day:
        # An end that names no zone is in the start's.
        tzid = end.parameters.get("TZID") or start.parameters.get("TZID", "")
        zone = ZoneInfo(zone_named(tzid) or zone_name)
        own = None if zone_named(tzid) else zones.own.get(tidy(tzid).strip('"'))
        ended_at = _moment(wall, zone, own)
        if ended_at > starts_at:
            return ended_at, []
        return starts_at + dt.timedelta(hours=1), [
            "The event ends before it begins; an hour was taken. Please set when the interview ended."
        ]
    length = _length(event)
    if length:
        # In real time: an hour is an hour, also where clocks change.
        return (starts_at.astimezone(dt.UTC) + length), []
    return starts_at.astimezone(dt.UTC) + dt.timedelta(hours=1), [
        "The event does not say when it ends; an hour was taken. Please set when the interview ended."
    ]


def _length(event: Component) -> dt.timedelta | None:
    text = tidy(event.text("DURATION")).upper()[:40]
    try:
        length = vDuration.from_ical(text) if text else None  # type: ignore[no-untyped-call] # of icalendar
    except (ValueError, OverflowError):
        return None
    return length if isinstance(length, dt.timedelta) and length > dt.timedelta() else None


def _end_of_day(event: Component, wall: _Wall, zone: str) -> tuple[dt.datetime, list[str]]:
    end = event.first("DTEND")
    until = _stamp(end) if end else None
    day = wall.time
    if until and until.time > day:
        day = until.time - dt.timedelta(days=1) if until.all_day else until.time
    else:
        length = _length(event)
        day += max((length or dt.timedelta()) - dt.timedelta(days=1), dt.timedelta())
    ended = _Wall(day.replace(hour=END_OF_DAY, minute=0, second=0), False, None)
    return _moment(ended, ZoneInfo(zone)), [
        "The event lasts all day; 17:00 was taken for its end. Please set when the interview ended."
    ]
