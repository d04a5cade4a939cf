from __future__ import annotations

import dataclasses
import datetime as dt
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component

from drafts.exchange.calendar import SendEntry, send_calendar
from drafts.exchange.cleaning import one_line
from tests.unit.exchange_strategies import SURROGATES, TEXTS

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ["Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca"]
MINUTES_15, HOURS_2 = dt.timedelta(minutes=15), dt.timedelta(hours=2)
ENTRY = SendEntry(
    interview_id=UUID("12345678-1234-5678-1234-567812345678"),
    company="Zylker, Inc.",
    position="Engineer",
    recommended_at=dt.datetime(2026, 7, 1, 9, 30, tzinfo=BERLIN),
    deadline_at=dt.datetime(2026, 7, 1, 16, 0, tzinfo=BERLIN),
    sequence=3,
    changed_at=dt.datetime(2026, 6, 30, 14, 0, tzinfo=dt.UTC),
    url="https://afterword.example/interviews/1/",
    links=(("Ann", "https://afterword.example/drafts/1/"), ("Bo", "https://afterword.example/drafts/2/")),
    is_done=False,
)


def written(*entries: SendEntry, name: str = "Afterword", keep_done: bool = False) -> bytes:
    return send_calendar(entries, name=name, keep_done=keep_done)


def read(*entries: SendEntry, name: str = "Afterword", keep_done: bool = False) -> Calendar:
    return Calendar.from_ical(written(*entries, name=name, keep_done=keep_done))


def instants(zone: Component) -> list[tuple[dt.datetime, dt.timedelta]]:
    """When each rule of a VTIMEZONE takes effect, in UTC, and the offset from then on, strictly by RFC 5545, 3.6.5."""
    rules = list(zone.subcomponents)
    assert all("RRULE" not in rule and "RDATE" not in rule for rule in rules)
    return sorted((rule["DTSTART"].dt - rule["TZOFFSETFROM"].td, rule["TZOFFSETTO"].td) for rule in rules)


def offset_at(rules: list[tuple[dt.datetime, dt.timedelta]], moment: dt.datetime) -> dt.timedelta:
    return [offset for start, offset in rules if start <= moment.replace(tzinfo=None)][-1]


def instant(event: Component, key: str, calendar: Calendar) -> dt.datetime:
    """The moment in UTC by the calendar's own VTIMEZONE, without using other zone data; the first one if a local time
    occurs twice."""
    wall = event[key].dt.replace(tzinfo=None)
    name = event[key].params.get("TZID")
    if name is None:
        assert event.content_line(key, event[key]).endswith("Z")
        return wall.replace(tzinfo=dt.UTC)
    (zone,) = [one for one in calendar.walk("VTIMEZONE") if one["TZID"] == name]
    rules = instants(zone)
    candidates = {wall - offset for _, offset in rules}
    return min(one for one in candidates if one + offset_at(rules, one) == wall).replace(tzinfo=dt.UTC)


def test_calendar_as_written():
    head, _, rest = (
        send_calendar([ENTRY], name="Ann: to send", product_url="https://afterword.example/", keep_done=False)
        .decode()
        .partition("BEGIN:VTIMEZONE\r\n")
    )
    assert head.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Afterword//Afterword//EN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Ann: to send",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "URL:https://afterword.example/",
        "X-PUBLISHED-TTL:PT1H",
        "",
    ]
    events = rest.partition("BEGIN:VEVENT\r\n")[2].replace("\r\n ", "").split("\r\n")
    same = [
        "SEQUENCE:3",
        "DESCRIPTION:Ann: https://afterword.example/drafts/1/\\nBo: https://afterword.example/drafts/2/",
        "LAST-MODIFIED:20260630T140000Z",
        "TRANSP:TRANSPARENT",
        "URL:https://afterword.example/interviews/1/",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
    ]
    assert events == [
        "SUMMARY:Send: Engineer\\, Zylker\\, Inc.",
        "DTSTART;TZID=Europe/Berlin:20260701T093000",
        "DTEND;TZID=Europe/Berlin:20260701T094500",
        "DTSTAMP:20260630T140000Z",
        "UID:12345678-1234-5678-1234-567812345678-send@afterword",
        *same,
        "DESCRIPTION:Send: Engineer\\, Zylker\\, Inc.",
        "TRIGGER:P0D",
        "END:VALARM",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "SUMMARY:Last moment: Engineer\\, Zylker\\, Inc.",
        "DTSTART;TZID=Europe/Berlin:20260701T154500",
        "DTEND;TZID=Europe/Berlin:20260701T160000",
        "DTSTAMP:20260630T140000Z",
        "UID:12345678-1234-5678-1234-567812345678-deadline@afterword",
        *same,
        "DESCRIPTION:Last moment: Engineer\\, Zylker\\, Inc.",
        "TRIGGER:-PT1H45M",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_nobody_is_invited():
    assert not {"ATTENDEE", "ORGANIZER"} & {key for event in read(ENTRY).walk("VEVENT") for key in event}


def test_finished_entries_are_left_out_or_cancelled():
    done = dataclasses.replace(ENTRY, is_done=True, links=(), url="")

    assert read(done).walk("VEVENT") == []
    assert read(done).walk("VTIMEZONE") == []
    kept = read(done, ENTRY, keep_done=True).walk("VEVENT")
    assert [(event.get("STATUS"), len(event.walk("VALARM"))) for event in kept] == [
        ("CANCELLED", 0),
        ("CANCELLED", 0),
        (None, 1),
        (None, 1),
    ]
    assert "DESCRIPTION" not in kept[0]
    assert "URL" not in kept[0]


@pytest.mark.parametrize("key", ["recommended_at", "deadline_at", "changed_at"])
def test_a_moment_without_a_zone_is_refused(key: str):
    with pytest.raises(ValueError, match="without a time zone"):
        written(dataclasses.replace(ENTRY, **{key: dt.datetime(2026, 7, 1, 9, 0)}))


@pytest.mark.parametrize("name", ZONES)
def test_time_zones_are_exact_hour_by_hour(name: str):
    zone = ZoneInfo(name)
    moment = dt.datetime(2026, 3, 1, 12, tzinfo=zone)
    entry = dataclasses.replace(ENTRY, recommended_at=moment, deadline_at=moment.replace(year=2027))
    (component,) = read(entry).walk("VTIMEZONE")
    rules = instants(component)

    assert component["TZID"] == name
    # Half hours, because Lord Howe moves its clocks by one.
    moments = [
        dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=30 * step) for step in range(48 * 730)
    ]
    assert [offset_at(rules, one) for one in moments] == [one.astimezone(zone).utcoffset() for one in moments]


def test_each_zone_is_defined_once_and_utc_never():
    moments = [ENTRY.recommended_at.astimezone(ZoneInfo(name)) for name in [*ZONES, "Europe/Berlin", "UTC"]]
    entries = [dataclasses.replace(ENTRY, recommended_at=one, deadline_at=one) for one in moments]

    assert [zone["TZID"] for zone in read(*entries).walk("VTIMEZONE")] == sorted(ZONES)
    assert b"DTSTART:20260701T073000Z" in written(entries[-1])


INSTANTS = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2028, 1, 1), timezones=st.just(dt.UTC))
# The hours around clock changes.
CHANGES = st.builds(
    lambda moment, minutes: moment + dt.timedelta(minutes=minutes),
    st.sampled_from(
        [
            dt.datetime(2026, 3, 29, 1, tzinfo=dt.UTC),
            dt.datetime(2026, 10, 25, 1, tzinfo=dt.UTC),
            dt.datetime(2026, 3, 8, 7, tzinfo=dt.UTC),
            dt.datetime(2026, 11, 1, 6, tzinfo=dt.UTC),
            dt.datetime(2026, 4, 4, 15, tzinfo=dt.UTC),
            dt.datetime(2026, 10, 3, 15, 30, tzinfo=dt.UTC),
            dt.datetime(2026, 12, 31, 23, 59, tzinfo=dt.UTC),
        ]
    ),
    st.integers(-150, 150),
)


@given(
    recommended_at=st.one_of(INSTANTS, CHANGES),
    deadline_at=st.one_of(INSTANTS, CHANGES),
    name=st.sampled_from(ZONES),
)
def test_any_moment_comes_back(recommended_at: dt.datetime, deadline_at: dt.datetime, name: str):
    recommended_at, deadline_at = (one.replace(microsecond=0) for one in (recommended_at, deadline_at))
    zone = ZoneInfo(name)
    entry = dataclasses.replace(
        ENTRY, recommended_at=recommended_at.astimezone(zone), deadline_at=deadline_at.astimezone(zone)
    )
    calendar = read(entry)
    send, last = calendar.walk("VEVENT")

    assert [instant(send, key, calendar) for key in ("DTSTART", "DTEND")] == [
        recommended_at,
        recommended_at + MINUTES_15,
    ]
    assert [instant(last, key, calendar) for key in ("DTSTART", "DTEND")] == [
        deadline_at - MINUTES_15,
        deadline_at,
    ]
    (alarm,) = last.walk("VALARM")
    assert instant(last, "DTSTART", calendar) + alarm["TRIGGER"].dt == deadline_at - HOURS_2


@given(company=TEXTS, position=TEXTS, person=TEXTS, name=TEXTS)
def test_any_text_comes_back_and_adds_nothing(company: str, position: str, person: str, name: str):
    url = "https://afterword.example/drafts/1/"
    entry = dataclasses.replace(ENTRY, company=company, position=position, links=((person, url), ("Bo", url)))
    content = written(entry, name=name)
    calendar = Calendar.from_ical(content)
    events = calendar.walk("VEVENT")

    about = ", ".join(filter(None, [one_line(position), one_line(company)]))
    assert calendar["X-WR-CALNAME"] == one_line(name)
    assert [str(event["SUMMARY"]) for event in events] == [f"Send: {about}", f"Last moment: {about}"]
    assert [str(event["DESCRIPTION"]) for event in events] == [f"{one_line(person)}: {url}\nBo: {url}"] * 2
    assert [event.keys() for event in events] == [event.keys() for event in read(ENTRY).walk("VEVENT")]
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


@given(text=SURROGATES)
def test_lone_surrogates_are_harmless(text: str):
    entry = dataclasses.replace(ENTRY, company=text, position=text, url=text, links=((text, text),))

    assert read(entry, name=text)["X-WR-CALNAME"] == one_line(text)
