"""Properties of the plan for any interview, zone and week; and that the review's timing rule agrees with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drafts.domain.facts import Interview, Interviewer, Panel, Sender
from drafts.domain.window import (
    CLOSES,
    MONDAY_TO_FRIDAY,
    OPENS,
    Situation,
    Status,
    WorkingWeek,
    holiday_name,
    is_working_time,
    moment_words,
    send_plan,
    working_spans,
)
from drafts.review import CHECKS, LetterText, ReviewFacts, review
from tests.unit.review_cases import local

BERLIN = ZoneInfo("Europe/Berlin")

ZONES = [
    "Africa/Monrovia",
    "America/Havana",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Tokyo",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Pacific/Kwajalein",
    "Pacific/Pago_Pago",
    "UTC",
]
COUNTRIES = ["", "AE", "CN", "DE-BY", "GB-SCT", "IL", "IN", "JP", "LK", "NP", "SE", "US-CA", "XX"]
TIMES = st.one_of(
    st.times(),
    st.builds(dt.time, st.integers(0, 23), st.sampled_from([0, 30])),
)


@st.composite
def weeks(draw):
    opens, closes = sorted((draw(TIMES), draw(TIMES)))
    if opens == closes:
        opens, closes = OPENS, CLOSES
    days = draw(st.frozensets(st.integers(0, 6), min_size=1))
    return WorkingWeek(opens, closes, days, draw(st.sampled_from(COUNTRIES)))


USUAL = st.sampled_from([MONDAY_TO_FRIDAY, WorkingWeek(country="US-CA"), WorkingWeek(country="JP")])
ENDS = st.datetimes(dt.datetime(1970, 1, 2), dt.datetime(2200, 12, 30), timezones=st.just(dt.UTC))
# Seconds from the interview's end to now: mostly within the first two days, sometimes far away.
SINCE = st.one_of(
    st.integers(-3600, 2 * 86400),
    st.sampled_from([0, 1799, 1800, 1801, 86399, 86400, 86401]),
    st.integers(-400 * 86400, 400 * 86400),
)


@st.composite
def interviews(draw):
    """An interview's end, its zone, their week, and now."""
    ended_at = draw(ENDS).replace(microsecond=0)
    now = ended_at + dt.timedelta(seconds=draw(SINCE))
    now = min(max(now, dt.datetime(1970, 1, 1, tzinfo=dt.UTC)), dt.datetime(2200, 12, 31, tzinfo=dt.UTC))
    return ended_at, ZoneInfo(draw(st.sampled_from(ZONES))), draw(st.one_of(USUAL, weeks())), now


@settings(max_examples=400, deadline=None)
@given(interviews())
def test_properties_of_any_interview(interview):
    ended_at, zone, week, now = interview
    plan = send_plan(ended_at, zone, week, now)
    best, opens_at, deadline_at = (
        one.astimezone(dt.UTC) for one in (plan.recommended_at, plan.opens_at, plan.deadline_at)
    )
    assert (opens_at - ended_at, deadline_at - ended_at) == (dt.timedelta(minutes=30), dt.timedelta(hours=24))
    late = now > deadline_at
    assert plan.status == (Status.LATE if late else Status.WAITING if now < opens_at else Status.OPEN)
    assert best >= now
    assert best >= opens_at
    assert late or best <= deadline_at
    assert {one.tzinfo for one in (plan.ended_at, plan.opens_at, plan.deadline_at, plan.recommended_at)} == {
        zone
    }
    assert (plan.alternative_at is not None) == (plan.situation is Situation.DAY_OFF)
    if plan.alternative_at:
        assert plan.alternative_at.astimezone(dt.UTC) > deadline_at
    assert plan.reason
    if not late:
        start = max(now, opens_at).astimezone(zone)
        spans = working_spans(start, plan.deadline_at, week)
        if spans:
            assert best == spans[0][0].astimezone(dt.UTC)
            assert is_working_time(plan.recommended_at, week)


def minute_by_minute(
    ended_at: dt.datetime, zone: ZoneInfo, week: WorkingWeek, now: dt.datetime
) -> tuple[dt.datetime, bool]:
    """A simple reimplementation of the rule: the best of all minutes until the deadline, and whether it is on a day
    off."""
    start, deadline = max(now, ended_at + dt.timedelta(minutes=30)), ended_at + dt.timedelta(hours=24)
    first: dict[str, dt.datetime] = {}
    minute = start
    while minute <= deadline:
        wall = minute.astimezone(zone)
        works = wall.weekday() in week.days and not holiday_name(wall.date(), week.country)
        if week.opens <= wall.time() < week.closes:
            first.setdefault("work" if works else "day off", minute)
        elif works and week.closes.hour <= wall.hour < week.closes.hour + 2:
            first.setdefault("evening", minute)
        minute += dt.timedelta(minutes=1)
    best = next((kind for kind in ("work", "evening", "day off") if kind in first), "")
    return first.get(best, start), best == "day off"


@settings(max_examples=150, deadline=None)
@given(interviews(), st.sampled_from([(9, 17), (8, 16), (10, 12)]))
def test_the_plan_is_the_best_of_all_minutes(interview, hours):
    ended_at, zone, week, now = interview
    ended_at, now = ended_at.replace(second=0), now.replace(second=0)
    # Monrovia's offset had seconds until 1972, so its hours do not start on a full minute.
    assume(ended_at.year > 1972)
    week = replace(week, opens=dt.time(hours[0]), closes=dt.time(hours[1]))
    plan = send_plan(ended_at, zone, week, now)
    if plan.status is not Status.LATE:
        found = (plan.recommended_at.astimezone(dt.UTC), plan.situation is Situation.DAY_OFF)
        assert found == minute_by_minute(ended_at, zone, week, now)


@settings(max_examples=200, deadline=None)
@given(interviews())
def test_keeping_to_the_plan_changes_nothing(interview):
    ended_at, zone, week, now = interview
    plan = send_plan(ended_at, zone, week, now)
    then = send_plan(ended_at, zone, week, plan.recommended_at)
    assert then.recommended_at == plan.recommended_at
    assert then.alternative_at == plan.alternative_at


@settings(max_examples=200, deadline=None)
@given(interviews(), st.integers(1, 90 * 86400))
def test_working_spans_are_in_order_and_are_working_time(interview, seconds):
    start, zone, week, _ = interview
    end = start + dt.timedelta(seconds=seconds)
    spans = [
        (opens.astimezone(dt.UTC), closes.astimezone(dt.UTC))
        for opens, closes in working_spans(start.astimezone(zone), end, week)
    ]
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    for opens, closes in spans:
        assert start <= opens < closes <= end
        assert is_working_time(opens.astimezone(zone), week)


# ---------------------------------------------------------------- the review agrees


def remarks(
    ended_at: dt.datetime, zone: ZoneInfo, week: WorkingWeek, at: dt.datetime
) -> list[tuple[str, str]]:
    """The review's finding on sending at a moment: (case, message)."""
    interview = Interview("Zylker", "Engineer", zone.key, ended_at.astimezone(zone), country=week.country)
    panel = Panel(Sender("Jordan Álvarez"), interview, (Interviewer("Priya Nair"),))
    facts = ReviewFacts(panel, 0, week=replace(week, country=""))
    others = frozenset(CHECKS) - {"timing"}
    found = review(LetterText("", ""), facts, (), at, leave_out=others).findings
    return [(one.case, one.message) for one in found]


@settings(max_examples=300, deadline=None)
@given(interviews())
def test_the_review_never_remarks_on_the_moment_the_plan_named(interview):
    ended_at, zone, week, now = interview
    plan = send_plan(ended_at, zone, week, now)
    if plan.status is not Status.LATE and plan.recommended_at > now:
        assert remarks(ended_at, zone, week, plan.recommended_at) == []


@settings(max_examples=300, deadline=None)
@given(interviews())
def test_the_review_advises_what_the_plan_does(interview):
    ended_at, zone, week, now = interview
    plan = send_plan(ended_at, zone, week, now)
    local = now.astimezone(zone)
    is_now = plan.recommended_at.astimezone(dt.UTC) == now
    for case, message in remarks(ended_at, zone, week, now):
        if plan.status is Status.LATE:
            assert case == "late"
            advice = "now is a good moment" if is_now else moment_words(plan.recommended_at, local)
        elif is_now:
            assert plan.situation is Situation.DAY_OFF
            advice = f"the 24 hours end {moment_words(plan.deadline_at, local)}"
        else:
            advice = f"wait until {moment_words(plan.recommended_at, local)}"
        assert advice in message


@pytest.mark.parametrize(
    ("ended", "at", "said"),
    [
        # The early evening, if the plan has nothing better.
        ("2026-11-20T16:45", "2026-11-20T17:15", []),
        # Any time on a day off that was the best from the start.
        ("2026-11-20T18:45", "2026-11-21T09:00", []),
        ("2026-11-20T18:45", "2026-11-21T14:20", []),
        # Friday afternoon was better but passed; then Saturday 9:00 was recommended.
        ("2026-11-20T14:00", "2026-11-21T09:00", []),
        (
            "2026-11-20T14:00",
            "2026-11-21T10:00",
            [
                (
                    "weekend",
                    "It’s Saturday there; the 24 hours end today at 2:00 PM, before they’re next at work, "
                    "so don’t wait any longer.",
                )
            ],
        ),
        (
            "2026-11-20T18:45",
            "2026-11-20T22:00",
            [("hours", "It’s 10:00 PM there, outside working hours; wait until tomorrow at 9:00 AM.")],
        ),
        ("2026-11-20T18:45", "2026-11-21T17:30", []),
    ],
)
def test_the_review_on_days_off(ended, at, said):
    week = MONDAY_TO_FRIDAY
    assert remarks(local(ended, "Europe/Berlin"), BERLIN, week, local(at, "Europe/Berlin")) == said


def test_the_review_goes_by_the_week_and_else_by_the_interviews_country():
    zone = ZoneInfo("Asia/Riyadh")
    week = WorkingWeek(days=frozenset({6, 0, 1, 2, 3}))
    ended_at = local("2026-11-19T12:00", "Asia/Riyadh")
    [(case, message)] = remarks(ended_at, zone, week, local("2026-11-20T10:00", "Asia/Riyadh"))
    assert (case, message.split(";")[0]) == ("weekend", "It’s Friday there")
    ended_at = local("2026-11-25T14:00", "America/New_York")
    at = local("2026-11-26T10:00", "America/New_York")
    [(case, message)] = remarks(ended_at, ZoneInfo("America/New_York"), WorkingWeek(country="US"), at)
    assert (case, message.split(";")[0]) == ("holiday", "It’s Thanksgiving Day there")
