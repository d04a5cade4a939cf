"""Writes send times as a calendar that programs can import or subscribe to (RFC 5545, RFC 7986)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from drafts.domain.moments import clock_change, later
from drafts.domain.phrasebook import fill
from drafts.exchange.cleaning import one_line

_PRODUCT = "-//Afterword//Afterword//EN"
_LENGTH = dt.timedelta(minutes=15)  # of each event
_WARNING = dt.timedelta(hours=2)  # before the deadline
_REFRESH = dt.timedelta(hours=1)
_DAY = dt.timedelta(days=1)
_LINK_LINE = "{name}: {url}"


@dataclass(frozen=True, slots=True)
class SendEntry:
    """The two events of one interview.

    All datetimes are aware; the zones of `recommended_at` and `deadline_at` are ZoneInfo with IANA names. `sequence`
    grows with every change; `changed_at` is the time of the last one. `links` are (person's name, URL of the draft).
    The titles are those of the events in the reader's language, `link_line` a line of what they describe.
    """

    interview_id: UUID
    company: str
    position: str
    recommended_at: dt.datetime
    deadline_at: dt.datetime
    sequence: int
    changed_at: dt.datetime
    url: str
    links: tuple[tuple[str, str], ...]
    is_done: bool
    send_title: str = "Send: {about}"
    deadline_title: str = "Last moment: {about}"
    link_line: str = _LINK_LINE


@dataclass(frozen=True, slots=True)
class FollowUpEntry:
    """The event of one follow-up; `purpose` and `{about}` make its title. The other fields are as in SendEntry."""

    interview_id: UUID
    kind: str
    purpose: str
    company: str
    position: str
    due_at: dt.datetime
    sequence: int
    changed_at: dt.datetime
    url: str
    links: tuple[tuple[str, str], ...] = ()
    is_done: bool = False
    title: str = "{purpose}: {about}"
    link_line: str = _LINK_LINE


def send_calendar(
    entries: Sequence[SendEntry],
    follow_ups: Sequence[FollowUpEntry] = (),
    *,
    name: str,
    product_url: str = "",
    keep_done: bool,
) -> bytes:
    """Two events for each entry, the send time and the deadline, and one for each follow-up; with CR LF.

    The deadline is a separate event because Google and Outlook ignore alarms in subscribed calendars (docs/sources.md).
    With `keep_done`, entries that are done are cancelled, so that programs which imported them remove them; otherwise
    they are left out. Raises ValueError if a moment is naive.
    """
    kept = [entry for entry in entries if keep_done or not entry.is_done]
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(name))
    if product_url:
        calendar.add("url", _uri(product_url))
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    moments: list[dt.datetime] = []
    events: list[Event] = []
    for entry in kept:
        for start, event in _events(entry):
            moments += [start, later(start, _LENGTH)]
            events.append(event)
    for step in follow_ups:
        start = _aware(step.due_at)
        moments += [start, later(start, _LENGTH)]
        title = fill(step.title, {"purpose": one_line(step.purpose), "about": _about(step)})
        events.append(_event(step, step.kind, title, start, dt.timedelta(0)))
    for component in [*_time_zones(moments), *events]:
        calendar.add_component(component)
    content: bytes = calendar.to_ical()
    return content


def _events(entry: SendEntry) -> Iterator[tuple[dt.datetime, Event]]:
    about = {"about": _about(entry)}
    start = _aware(entry.recommended_at)
    yield start, _event(entry, "send", fill(entry.send_title, about), start, dt.timedelta(0))
    start = later(_aware(entry.deadline_at), -_LENGTH)
    # Relative to the start, because few programs support RELATED=END.
    yield start, _event(entry, "deadline", fill(entry.deadline_title, about), start, _LENGTH - _WARNING)


def _about(entry: SendEntry | FollowUpEntry) -> str:
    return ", ".join(filter(None, [one_line(entry.position), one_line(entry.company)]))


def _event(
    entry: SendEntry | FollowUpEntry, kind: str, summary: str, start: dt.datetime, alarm_at: dt.timedelta
) -> Event:
    changed_at = _aware(entry.changed_at).astimezone(dt.UTC)
    event = Event()
    event.add("uid", f"{entry.interview_id}-{kind}@afterword")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("summary", summary)
    event.add("dtstart", _written(start))
    event.add("dtend", _written(later(start, _LENGTH)))
    event.add("transp", "TRANSPARENT")
    if entry.url:
        event.add("url", _uri(entry.url))
    if entry.links:
        lines = (
            fill(entry.link_line, {"name": one_line(name), "url": _uri(url)}) for name, url in entry.links
        )
        event.add("description", "\n".join(lines))
    if entry.is_done:
        event.add("status", "CANCELLED")
        return event
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", alarm_at)
    event.add_component(alarm)
    return event


def _aware(moment: dt.datetime) -> dt.datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone")
    return moment


def _written(moment: dt.datetime) -> dt.datetime:
    """The moment in its zone, or in UTC during the second pass of a repeated hour.

    In RFC 5545 (3.3.5), a local time that occurs twice means the first one, and the second cannot be expressed.
    """
    is_second = moment.utcoffset() != moment.replace(fold=0).utcoffset()
    return moment.astimezone(dt.UTC) if is_second or not isinstance(moment.tzinfo, ZoneInfo) else moment


def _uri(text: str) -> str:
    return "".join(one_line(text).split())


def _time_zones(moments: Iterable[dt.datetime]) -> list[Timezone]:
    """A VTIMEZONE for each zone in which a moment is written, for the years that are needed."""
    years: dict[str, set[int]] = {}
    for moment in moments:
        zone = _written(moment).tzinfo
        if isinstance(zone, ZoneInfo) and zone.key != "UTC":
            years.setdefault(zone.key, set()).add(moment.year)
    return [_time_zone(name, min(of_zone), max(of_zone)) for name, of_zone in sorted(years.items())]


def _time_zone(name: str, first_year: int, last_year: int) -> Timezone:
    """A VTIMEZONE with every clock change from `first_year` to `last_year`.

    Does not use icalendar's `Timezone.from_tzinfo`, which writes changes to summer time an hour late: in local time
    after the change, where RFC 5545 (3.6.5) requires the time before it.
    """
    zone = ZoneInfo(name)
    component = Timezone()
    component.add("tzid", name)
    start = dt.datetime(first_year, 1, 1, tzinfo=dt.UTC) - _DAY
    for moment in (start, *_changes(name, first_year, last_year)):
        local = moment.astimezone(zone)
        before = (moment - dt.timedelta(seconds=1)).astimezone(zone).utcoffset() or dt.timedelta(0)
        rule = TimezoneDaylight() if local.dst() else TimezoneStandard()
        rule.add("dtstart", (moment + before).replace(tzinfo=None))
        rule.add("tzoffsetfrom", before)
        rule.add("tzoffsetto", local.utcoffset())
        rule.add("tzname", local.tzname())
        component.add_component(rule)
    return component


@lru_cache(maxsize=256)
def _changes(name: str, first_year: int, last_year: int) -> tuple[dt.datetime, ...]:
    """The moments in UTC at which the zone's offset changes, exact to the second."""
    zone = ZoneInfo(name)
    changes = []
    early = dt.datetime(first_year, 1, 1, tzinfo=dt.UTC) - _DAY
    end = dt.datetime(last_year + 1, 1, 1, tzinfo=dt.UTC) + _DAY
    while early < end:
        late = early + _DAY
        if early.astimezone(zone).utcoffset() != late.astimezone(zone).utcoffset():
            changes.append(clock_change(zone, early, late))
        early = late
    return tuple(changes)
