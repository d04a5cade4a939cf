"""When an event begins and ends, and in which zone its people live."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache

from drafts.domain.messages import Message
from drafts.domain.moments import known_zones
from drafts.domain.time_zones import of_city
from drafts.domain.time_zones import zone as zone_info
from drafts.domain.tokens import fold
from drafts.invite.lines import Component
from drafts.invite.lists import table
from drafts.invite.model import Reading
from drafts.invite.texts import tidy

_OFFSET = re.compile(r"\A\(?\s*(?:utc|gmt)?\s*[+\u2212-]\s*\d{1,2}(?::?\d{2})?\s*\)?\s*", re.I)
END_OF_DAY = dt.time(17)  # when a day without times is taken to end
_HOUR = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)


class NoTime(ValueError):
    """The event does not say when it is."""


@dataclass(frozen=True, slots=True)
class CalendarZones:
    """What a whole calendar says of zones: its own, those it defines, and the caller's default."""

    said: str = ""
    own: dict[str, str] = field(default_factory=dict)
    default: str = ""

    def fallback(self) -> Reading:
        """The zone of a time that names none."""
        if self.said:
            return Reading(self.said, Message("the calendar's time zone"))
        if len(self.own) == 1:
            [name] = self.own.values()
            if name != "UTC":
                return Reading(name, Message("the only time zone of the file"), True)
        if self.default:
            return Reading(self.default, Message("your own time zone"), True)
        return Reading("UTC", Message("the event's time, which is in UTC"), True)


@dataclass(frozen=True, slots=True)
class When:
    starts_at: dt.datetime | None
    ended_at: dt.datetime | None
    zone: Reading
    warnings: tuple[str, ...]
    ends: tuple[dt.datetime, ...] = ()  # which of these is to be asked


def calendar_zones(calendar: Component, default_zone: str) -> CalendarZones:
    said = zone_named(calendar.text("X-WR-TIMEZONE")) or zone_named(calendar.text("TIMEZONE-ID"))
    parts = [one for one in calendar.parts if one.name == "VTIMEZONE"][:20]
    own = {tidy(part.text("TZID")).strip('"'): zone for part in parts if (zone := own_zone(part))}
    default = default_zone if default_zone in known_zones() else zone_named(default_zone)
    return CalendarZones("" if said == "UTC" else said, own, default)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A time as written; `offset` is None where it floats or is in the zone `tzid`."""

    wall: dt.datetime
    offset: dt.timedelta | None
    tzid: str
    all_day: bool

    def moment(self, zone: str) -> dt.datetime:
        """An aware moment in the zone; a time that clocks went forward over is moved after the change."""
        info = dt.timezone(self.offset) if self.offset is not None else zone_info(zone)
        return self.wall.replace(tzinfo=info).astimezone(dt.UTC).astimezone(zone_info(zone))


def _stamp(event: Component, name: str) -> _Stamp | None:
    given = event.first(name)
    if given is None:
        return None
    text = tidy(given.value)[:40].upper()
    tzid = tidy(given.parameters.get("TZID", "")).strip('"')
    try:
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    all_day = len(text) <= len("2026-11-24")
    offset = dt.timedelta() if zone_named(tzid) == "UTC" and not all_day else time.utcoffset()
    return _Stamp(time.replace(tzinfo=None), offset, tzid, all_day)


def when(event: Component, zones: CalendarZones) -> When:
    """The event's first occurrence; of one that lasts all day, the end is to be chosen.

    Raises NoTime when its start is missing or cannot be read.
    """
    start = _stamp(event, "DTSTART")
    if start is None:
        raise NoTime
    zone, warnings = _zone(start, zones)
    name = zone.value or "UTC"
    try:
        starts_at = start.moment(name)
        if start.all_day:
            ended_at = _Stamp(_last_day(event, start), None, "", all_day=True).moment(name)
            remark: list[str] = [Message("The event lasts all day; choose when the interview ended.")]
        else:
            ended_at, remark = _end(event, start, starts_at, zones)
            ended_at = ended_at.astimezone(zone_info(name))
    except (OverflowError, ValueError) as error:
        raise NoTime from error
    if not (1970 <= starts_at.year <= 2200 and 1970 <= ended_at.year <= 2200):
        raise NoTime
    if start.all_day:
        return When(starts_at, None, zone, (*warnings, *remark), (ended_at,))
    return When(starts_at, ended_at, zone, (*warnings, *remark))


def _zone(start: _Stamp, zones: CalendarZones) -> tuple[Reading, list[str]]:
    fallback = zones.fallback()
    if start.offset is not None:
        remark = Message(
            "The time is given in UTC; choose the time zone of the people who will read your letter."
        )
        return fallback, [remark] if fallback.value == "UTC" else []
    named = next(
        (one for one in (zone_named(start.tzid), zones.own.get(start.tzid)) if one and one != "UTC"), ""
    )
    if named:
        return Reading(named, Message("the event's time zone")), []
    return _without_zone(start, fallback)


def _without_zone(start: _Stamp, fallback: Reading) -> tuple[Reading, list[str]]:
    name = start.tzid[:60]
    if not name and fallback.value == "UTC":
        return Reading("", ""), [Message("The time does not name a time zone; fill in the one it means.")]
    if name and fallback.value == "UTC":
        remark = Message("The time zone {name} is not known; choose the one it means.", name=name)
        return Reading("", ""), [remark]
    if name:
        remark = Message(
            "The time zone {name} is not known; {zone} was taken. Please check it.",
            name=name,
            zone=fallback.value,
        )
    elif start.all_day:
        remark = Message(
            "The event does not name a time zone; {zone} was taken. Please check it.", zone=fallback.value
        )
    else:
        remark = Message(
            "The time does not name a time zone; {zone} was taken. Please check it.", zone=fallback.value
        )
    return Reading(fallback.value, fallback.source, True), [remark]


def _end(
    event: Component, start: _Stamp, starts_at: dt.datetime, zones: CalendarZones
) -> tuple[dt.datetime, list[str]]:
    end = _stamp(event, "DTEND")
    if end and not end.all_day:
        # An end that names no zone is in the start's.
        tzid = end.tzid or start.tzid
        ended_at = end.moment(zone_named(tzid) or zones.own.get(tzid) or str(starts_at.tzinfo))
        if ended_at > starts_at:
            return ended_at, []
        remark = Message(
            "The event ends before it begins; an hour was taken. Please set when the interview ended."
        )
    else:
        remark = Message(
            "The event does not say when it ends; an hour was taken. Please set when the interview ended."
        )
    # In real time: an hour is an hour, also where clocks change.
    length = None if end and not end.all_day else _length(event)
    return starts_at.astimezone(dt.UTC) + (length or _HOUR), [] if length else [remark]


def _length(event: Component) -> dt.timedelta | None:
    from icalendar.prop import vDuration  # slow to import, and few pages need it

    with suppress(ValueError, OverflowError):
        length = vDuration.from_ical(tidy(event.text("DURATION")).upper()[:40])  # type: ignore[no-untyped-call] # of icalendar
        return length if isinstance(length, dt.timedelta) and length > dt.timedelta() else None
    return None


def _last_day(event: Component, start: _Stamp) -> dt.datetime:
    """The local time at which a day without times is assumed to end."""
    end = _stamp(event, "DTEND")
    if end and end.wall > start.wall:
        day = end.wall - _DAY if end.all_day else end.wall
    else:
        day = start.wall + max((_length(event) or _DAY) - _DAY, dt.timedelta())
    return dt.datetime.combine(day, END_OF_DAY)


# ------------------------------------------------------------ what calendars call zones


def zone_named(name: str) -> str:
    """The IANA name meant: IANA and Windows names, quoted, prefixed, by city or in words; empty when unknown."""
    # Exchange numbers zones of one name: "Eastern Standard Time 1".
    name = re.sub(r"(?<=Time) \d{1,2}\Z", "", tidy(name).strip("\"'/ ")[:200])
    parts = name.split("/")[:6]
    # "/mozilla.org/20050126_1/Europe/Berlin"
    tails = ["/".join(parts[start:]) for start in range(len(parts) if name else 0)]
    return next(filter(None, map(_known, tails)), "") or _in_words(name)


def _known(name: str) -> str:
    key = fold(name)
    return _by_name().get(key) or _by_name().get(key.replace(" ", "_")) or ""


@cache
def _by_name() -> dict[str, str]:
    own = {fold(name): name for name in known_zones()}
    return {fold(name): zone for name, zone in _of_windows().items()} | own | table("zones")


@cache
def _of_windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # slow to import, and few pages need it

    renamed = table("renamed_zones")
    zones = {name: renamed.get(zone, zone) for name, zone in WINDOWS_TO_OLSON.items()}
    return {name: zone for name, zone in zones.items() if zone in known_zones()}


def _in_words(name: str) -> str:
    """ "(UTC+01:00) Amsterdam, Berlin", "Pacific Time (US & Canada)", "Berlin"; empty for an offset alone."""
    rest = _OFFSET.sub("", name)
    exact = _known(re.sub(r"\([^()]*\)", "", rest).strip())
    cities = [found for text in re.split(r"[,;/]", rest)[:10] if (found := of_city(text))]
    # Of the cities that Windows lists, the one that its own zone is called after.
    return exact or next((one for one in cities if one in _of_windows().values()), (cities or [""])[0])


def own_zone(component: Component) -> str:
    """The IANA name that a VTIMEZONE says it has; empty where it only defines offsets, so that the page asks."""
    named = zone_named(component.text("X-LIC-LOCATION")) or zone_named(component.text("TZID"))
    return named or table("exchange_zones").get(tidy(component.text("X-MICROSOFT-CDO-TZID")), "")
