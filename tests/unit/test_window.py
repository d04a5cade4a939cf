"""When to send: a table worked out by hand (tests/data/send_windows.toml), the words, and working time."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from drafts.domain import window
from drafts.domain.moments import local_moment
from drafts.domain.window import (
    MONDAY_TO_FRIDAY,
    SendPlan,
    Situation,
    Status,
    WorkingWeek,
    country_parts,
    holiday_name,
    is_working_day,
    is_working_time,
    moment_words,
    next_working_moment,
    send_plan,
    working_spans,
)
from drafts.management.commands.send_window import read_days, read_hours

TABLE = Path(__file__).resolve().parent.parent / "data" / "send_windows.toml"
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]
BERLIN = ZoneInfo("Europe/Berlin")


def moment(text: str, zone: str) -> dt.datetime:
    given_as = dt.datetime.fromisoformat(text)
    return given_as.astimezone(ZoneInfo(zone)) if given_as.tzinfo else local_moment(given_as, zone)


def week_of(case: dict[str, Any]) -> WorkingWeek:
    opens, closes = read_hours(case.get("hours", "9:00-17:00"))
    return WorkingWeek(opens, closes, read_days(case.get("days", "mon-fri")), case.get("country", ""))


def plan_of(case: dict[str, Any]) -> SendPlan:
    zone = case.get("zone", "Europe/Berlin")
    ended_at = moment(case["ended"], zone)
    return send_plan(ended_at, zone, week_of(case), moment(case.get("now", case["ended"]), zone))


@pytest.mark.parametrize("case", CASES, ids=[f"{number}-{case['why']}" for number, case in enumerate(CASES)])
def test_the_plan_is_the_one_worked_out_by_hand(case):
    zone = case.get("zone", "Europe/Berlin")
    plan = plan_of(case)
    alternative = case.get("alternative")
    assert (
        plan.recommended_at.isoformat(),
        plan.alternative_at.isoformat() if plan.alternative_at else None,
        plan.status,
        plan.situation,
    ) == (
        moment(case["recommended"], zone).isoformat(),
        moment(alternative, zone).isoformat() if alternative else None,
        case["status"],
        case["situation"],
    )


def test_the_table_is_large_and_has_every_situation():
    assert len(CASES) >= 90
    assert {case["situation"] for case in CASES} == set(Situation)
    assert {case["status"] for case in CASES} == set(Status)


@pytest.mark.parametrize(
    ("ended", "zone", "opens", "deadline"),
    [
        ("2026-03-28T17:30", "Europe/Berlin", "2026-03-28T18:00:00+01:00", "2026-03-29T18:30:00+02:00"),
        ("2026-03-29T01:45", "Europe/Berlin", "2026-03-29T03:15:00+02:00", "2026-03-30T02:45:00+02:00"),
        ("2026-10-25T02:45+02:00", "Europe/Berlin", "2026-10-25T02:15:00+01:00", "2026-10-26T01:45:00+01:00"),
        ("2026-10-03T12:00", "Australia/Lord_Howe", "2026-10-03T12:30:00+10:30", "2026-10-04T12:30:00+11:00"),
        ("2011-12-29T18:45", "Pacific/Apia", "2011-12-29T19:15:00-10:00", "2011-12-31T18:45:00+14:00"),
    ],
)
def test_half_an_hour_and_a_day_are_of_real_time(ended, zone, opens, deadline):
    plan = send_plan(moment(ended, zone), zone, MONDAY_TO_FRIDAY, moment(ended, zone))
    assert (plan.opens_at.isoformat(), plan.deadline_at.isoformat()) == (opens, deadline)


# ---------------------------------------------------------------- what is said

REASONS = [
    (
        {"ended": "2026-11-19T12:00"},
        "Send it today at 12:30 PM their time. By then, half an hour after the interview, it won’t look "
        "written in advance, and they’re still at work.",
    ),
    (
        {"ended": "2026-11-19T12:00", "now": "2026-11-19T13:00"},
        "Send it now. They’re at work, and you’re within the 24 hours, which end tomorrow at 12:00 PM their time.",
    ),
    (
        {"ended": "2026-11-19T16:45"},
        "Send it tomorrow at 9:00 AM their time. That’s when they’re next at work, and it’s within the 24 hours.",
    ),
    (
        # A holiday that is over when they read it.
        {"ended": "2026-09-07T14:00", "zone": "America/New_York", "country": "US"},
        "Send it tomorrow at 9:00 AM their time, after Labor Day. That’s when they’re next at work, and "
        "it’s within the 24 hours.",
    ),
    (
        # Holidays before a future interview do not matter.
        {"ended": "2026-11-17T20:00", "now": "2026-10-01T12:00", "zone": "America/New_York", "country": "US"},
        "Send it November 18 at 9:00 AM their time. That’s when they’re next at work, and it’s within the 24 hours.",
    ),
    (
        {"ended": "2026-11-20T16:45"},
        "Send it today at 5:15 PM, just after their working day. The 24 hours end before their next one, which starts"
        " Monday at 9:00 AM their time.",
    ),
    (
        {
            "ended": "2026-12-24T16:45",
            "zone": "Europe/London",
            "country": "GB-ENG",
            "now": "2026-12-24T17:30",
        },
        "Send it now, just after their working day. The 24 hours end before their next one, which starts "
        "Tuesday at 9:00 AM their time, after Christmas Day and Boxing Day.",
    ),
    (
        {"ended": "2026-11-20T18:45"},
        "Send it tomorrow at 9:00 AM. Saturday is a day off there, but the 24 hours end tomorrow at 6:45 "
        "PM, before they’re back at work. You could also send it Monday at 9:00 AM their time, on a working "
        "day but after the 24 hours.",
    ),
    (
        {"ended": "2026-05-05T15:00", "zone": "Asia/Tokyo", "country": "JP"},
        "Send it today at 3:30 PM. Tuesday is Children's Day there, but the 24 hours end tomorrow at 3:00 "
        "PM, before they’re back at work. You could also send it Thursday at 9:00 AM their time, after "
        "Substitute Holiday, on a working day but after the 24 hours.",
    ),
    (
        {"ended": "2026-11-18T08:00", "now": "2026-11-18T20:00"},
        "Send it now. The 24 hours end tomorrow at 8:00 AM their time, and there’s no better time before "
        "then. An email that arrives at an odd hour can wait until they’re back; the 24 hours can’t.",
    ),
    (
        {"ended": "2026-11-19T12:00", "now": "2026-11-20T13:00"},
        "Send it now. The 24 hours are over, but they’re at work, and a late thank-you is better than none.",
    ),
    (
        {"ended": "2026-09-03T12:00", "now": "2026-09-05T10:00", "zone": "America/New_York", "country": "US"},
        "Send it Tuesday at 9:00 AM their time, after Labor Day. The 24 hours are over, so you lose nothing "
        "by waiting until they’re at work.",
    ),
]


@pytest.mark.parametrize(("case", "reason"), REASONS)
def test_the_reason_says_when_and_why_then(case, reason):
    assert plan_of(case).reason == reason


def test_every_situation_has_its_reason_and_no_placeholder_is_left():
    assert set(window._words()["reason"]) == set(Situation)
    for case in CASES:
        assert not re.search(r"[{}]|\s\s", plan_of(case).reason)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-11-19T09:00", "today at 9:00 AM"),
        ("2026-11-20T00:05", "tomorrow at 12:05 AM"),
        ("2026-11-21T16:30", "Saturday at 4:30 PM"),
        ("2026-11-25T09:00", "Wednesday at 9:00 AM"),
        ("2026-11-26T09:00", "November 26 at 9:00 AM"),
        ("2026-11-18T09:00", "November 18 at 9:00 AM"),
    ],
)
def test_moments_are_named_as_people_do(text, words):
    assert moment_words(moment(text, "Europe/Berlin"), moment("2026-11-19T23:00", "Europe/Berlin")) == words


def test_the_second_pass_of_an_hour_is_not_taken_for_the_first():
    # The half hour after an interview that ends in half an hour is over at the second 2:15.
    now, ended_at = (
        moment("2026-10-25T02:15+02:00", "Europe/Berlin"),
        moment("2026-10-25T02:45+02:00", "Europe/Berlin"),
    )
    plan = send_plan(ended_at, BERLIN, WorkingWeek(opens=dt.time(2), closes=dt.time(11)), now)
    assert plan.recommended_at.isoformat() == "2026-10-25T02:15:00+01:00"
    assert plan.reason.startswith("Send it today at 2:15 AM. Sunday is a day off there")


# ---------------------------------------------------------------- working time


@pytest.mark.parametrize(
    ("day", "country", "name"),
    [
        ("2026-12-25", "DE", "Christmas Day"),
        ("2026-12-25", "", ""),
        ("2026-12-25", "XX", ""),
        ("2026-11-27", "US", ""),
        ("2026-11-27", "US-CA", "Day After Thanksgiving"),
        ("2026-12-25", "US-ZZ", "Christmas Day"),
        ("2026-07-03", "US", "Independence Day (observed)"),
        ("2026-07-01", "CA-NL", "Canada Day and Memorial Day"),
        ("2100-01-26", "IN", "Republic Day"),
    ],
)
def test_holidays_have_names(day, country, name):
    assert holiday_name(dt.date.fromisoformat(day), country) == name


def test_countries_and_their_parts_are_known():
    assert country_parts("XX") is None
    assert country_parts("KI") == ()
    assert {"CA", "NY"} <= set(country_parts("US") or ())


@pytest.mark.parametrize(
    ("text", "week", "at_work"),
    [
        ("2026-11-19T09:00", MONDAY_TO_FRIDAY, True),
        ("2026-11-19T08:59:59", MONDAY_TO_FRIDAY, False),
        ("2026-11-19T17:00", MONDAY_TO_FRIDAY, False),
        ("2026-11-21T12:00", MONDAY_TO_FRIDAY, False),
        ("2026-11-21T12:00", WorkingWeek(days=frozenset({5})), True),
        ("2026-12-25T12:00", WorkingWeek(country="DE"), False),
        ("2026-11-19T08:00", WorkingWeek(opens=dt.time(7, 30)), True),
    ],
)
def test_the_edges_of_working_time(text, week, at_work):
    local = moment(text, "Europe/Berlin")
    assert is_working_time(local, week) is at_work
    assert (next_working_moment(local, week) == local) is at_work


def test_holidays_on_the_one_day_worked_are_stepped_over():
    # Christmas Day and New Year's Day are Fridays.
    week = WorkingWeek(days=frozenset({4}), country="DE")
    assert not is_working_day(dt.date(2026, 12, 25), week)
    assert next_working_moment(moment("2026-12-20T12:00", "Europe/Berlin"), week).isoformat() == (
        "2027-01-08T09:00:00+01:00"
    )


def test_where_holidays_never_end_the_first_day_of_the_week_has_to_do(monkeypatch):
    monkeypatch.setattr(window, "holiday_name", lambda day, country: "Saturnalia")
    ended_at = moment("2026-11-20T16:45", "Europe/Berlin")
    plan = send_plan(ended_at, BERLIN, MONDAY_TO_FRIDAY, ended_at)
    assert (plan.situation, plan.recommended_at.isoformat(), plan.alternative_at) == (
        Situation.DAY_OFF,
        "2026-11-21T09:00:00+01:00",
        moment("2026-11-23T09:00", "Europe/Berlin"),
    )


@pytest.mark.parametrize(
    ("start", "end", "zone", "week", "spans"),
    [
        (
            "2026-11-20T12:00",
            "2026-11-23T10:00",
            "Europe/Berlin",
            MONDAY_TO_FRIDAY,
            [
                ("2026-11-20T12:00:00+01:00", "2026-11-20T17:00:00+01:00"),
                ("2026-11-23T09:00:00+01:00", "2026-11-23T10:00:00+01:00"),
            ],
        ),
        (
            "2026-12-24T16:00",
            "2026-12-28T12:00",
            "Europe/Berlin",
            WorkingWeek(country="DE"),
            [
                ("2026-12-24T16:00:00+01:00", "2026-12-24T17:00:00+01:00"),
                ("2026-12-28T09:00:00+01:00", "2026-12-28T12:00:00+01:00"),
            ],
        ),
        # Around clock changes, on working days.
        (
            "2026-10-04T00:00",
            "2026-10-04T23:00",
            "Australia/Lord_Howe",
            WorkingWeek(opens=dt.time(1), closes=dt.time(3), days=frozenset({6})),
            [("2026-10-04T01:00:00+10:30", "2026-10-04T03:00:00+11:00")],
        ),
        (
            "2011-12-29T00:00",
            "2012-01-01T00:00",
            "Pacific/Apia",
            WorkingWeek(days=frozenset(range(7))),
            [
                ("2011-12-29T09:00:00-10:00", "2011-12-29T17:00:00-10:00"),
                ("2011-12-31T09:00:00+14:00", "2011-12-31T17:00:00+14:00"),
            ],
        ),
        (
            "2026-11-19T00:00",
            "2026-11-20T00:00",
            "Asia/Kathmandu",
            MONDAY_TO_FRIDAY,
            [("2026-11-19T09:00:00+05:45", "2026-11-19T17:00:00+05:45")],
        ),
        ("2026-11-19T17:00", "2026-11-20T09:00", "Europe/Berlin", MONDAY_TO_FRIDAY, []),
        ("2026-11-19T12:00", "2026-11-19T12:00", "Europe/Berlin", MONDAY_TO_FRIDAY, []),
        ("2026-11-20T12:00", "2026-11-19T12:00", "Europe/Berlin", MONDAY_TO_FRIDAY, []),
    ],
)
def test_working_spans_are_clipped_to_the_range(start, end, zone, week, spans):
    found = working_spans(moment(start, zone), moment(end, zone), week)
    assert [(opens.isoformat(), closes.isoformat()) for opens, closes in found] == spans


def test_working_spans_stop_after_sixty_days():
    spans = working_spans(
        moment("2026-01-01T00:00", "UTC"), moment("2099-01-01T00:00", "UTC"), MONDAY_TO_FRIDAY
    )
    assert spans[-1][1].isoformat() == "2026-02-27T17:00:00+00:00"


@pytest.mark.parametrize(
    "values",
    [
        {"opens": dt.time(17), "closes": dt.time(9)},
        {"opens": dt.time(9), "closes": dt.time(9)},
        {"days": frozenset()},
        {"days": frozenset({0, 7})},
    ],
)
def test_a_week_without_working_time_is_rejected(values):
    with pytest.raises(ValueError, match="work"):
        WorkingWeek(**values)


def test_moments_without_a_zone_are_refused():
    wall, aware = dt.datetime(2026, 11, 19, 12), dt.datetime(2026, 11, 19, 12, tzinfo=dt.UTC)
    for ended_at, now in ((wall, aware), (aware, wall)):
        with pytest.raises(ValueError, match="zone"):
            send_plan(ended_at, BERLIN, MONDAY_TO_FRIDAY, now)
    with pytest.raises(ValueError, match="zone"):
        next_working_moment(wall, MONDAY_TO_FRIDAY)
