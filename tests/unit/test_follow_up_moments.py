"""When the next letter is due: situations worked out by hand, and what holds of all of them."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from drafts.domain.facts import Kind, Outcome
from drafts.domain.follow_ups import History, NextStep, StepStatus, next_step, thanks_step
from drafts.domain.follow_ups.moments import is_still_to_decide
from drafts.domain.window import CLOSES, OPENS, WorkingWeek, is_working_time

FILE = Path(__file__).resolve().parents[1] / "data" / "follow_up_moments.toml"
TABLE = tomllib.loads(FILE.read_text(encoding="utf-8"))
ROWS = TABLE["situations"]["rows"]
QUESTIONS = (Kind.NUDGE, Kind.SECOND_NUDGE)


def place(name: str) -> tuple[ZoneInfo, WorkingWeek]:
    one = TABLE["places"][name]
    week = WorkingWeek(
        dt.time.fromisoformat(one["opens"]) if "opens" in one else OPENS,
        dt.time.fromisoformat(one["closes"]) if "closes" in one else CLOSES,
        frozenset(one.get("days", range(5))),
        one["country"],
    )
    return ZoneInfo(one["zone"]), week


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_situation_worked_out_by_hand(row):
    _why, where, sent, expected, happened, heard, now, status, kind, due, send = row
    zone, week = place(where)

    def at(text: str) -> dt.datetime | None:
        return dt.datetime.fromisoformat(text).replace(tzinfo=zone) if text else None

    moment = at(now)
    assert moment is not None
    if happened in list(Kind):
        found = thanks_step(Kind(happened), day(heard), zone, week, moment)
    else:
        outcome = Outcome(happened) if happened else None
        went = {Kind(name): at(text) for name, text in sent.items()}
        found = next_step(History(went, day(expected), outcome, day(heard)), zone, week, moment)
    assert found == NextStep(StepStatus(status), Kind(kind) if kind else None, at(due), at(send))


def test_there_are_sixty_of_them_and_of_every_kind_with_a_moment():
    assert len(ROWS) >= 60
    assert len({row[0] for row in ROWS}) == len(ROWS)
    assert {row[8] for row in ROWS} == {
        "", "nudge", "second_nudge", "after_rejection", "offer_thanks", "withdraw",
        "referral_thanks", "introduction_thanks", "talk_thanks",
    }  # fmt: skip


# ---------------------------------------------------------------- what holds of all

moments = st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=dt.UTC)
)
days = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
later_kinds = [kind for kind in Kind if kind.is_follow_up]
histories = st.builds(
    History,
    st.dictionaries(st.sampled_from([Kind.THANK_YOU, *later_kinds]), moments),
    st.none() | days,
    st.none() | st.sampled_from(Outcome),
    st.none() | days,
)
zones = st.sampled_from(
    [
        ZoneInfo(name)
        for name in ("America/New_York", "Asia/Kolkata", "Pacific/Kiritimati", "Pacific/Pago_Pago")
    ]
)
weeks = st.builds(
    WorkingWeek,
    st.sampled_from([dt.time(5), dt.time(9)]),
    st.sampled_from([dt.time(11), dt.time(17), dt.time(23, 30)]),
    st.frozensets(st.integers(0, 6), min_size=1),
    st.sampled_from(["", "US", "DE", "JP", "US-CA"]),
)
often = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def is_at_work(step: NextStep, week: WorkingWeek) -> bool:
    return step.send_at is None or is_working_time(step.send_at, week)


@often
@given(histories, zones, weeks, moments)
def test_never_outside_working_hours(history, zone, week, now):
    assert is_at_work(next_step(history, zone, week, now), week)


@often
@given(st.sampled_from([kind for kind in Kind if kind.is_outside]), st.none() | days, zones, weeks, moments)
def test_thanks_never_outside_working_hours(kind, helped_on, zone, week, now):
    step = thanks_step(kind, helped_on, zone, week, now)
    assert is_at_work(step, week)
    assert step.kind in (kind, None)


@often
@given(histories, zones, weeks, moments)
def test_never_a_third_question(history, zone, week, now):
    assume(Kind.SECOND_NUDGE in history.sent)
    assert next_step(history, zone, week, now).kind not in QUESTIONS


@often
@given(histories, zones, weeks, moments)
def test_never_a_question_after_a_reply(history, zone, week, now):
    assume(history.outcome not in (None, Outcome.NO_REPLY))
    assume(not is_still_to_decide(history.outcome, history.outcome_on, history.decision_expected_on))
    assert next_step(history, zone, week, now).kind not in QUESTIONS


@often
@given(histories, zones, weeks, moments)
def test_send_times_are_never_before_the_due_time_or_in_the_past(history, zone, week, now):
    step = next_step(history, zone, week, now)
    if step.send_at is not None and step.due_at is not None:
        assert step.send_at >= now
        assert step.send_at >= step.due_at
        assert (step.status is StepStatus.DUE) == (step.due_at <= now)


@often
@given(histories, zones, weeks, moments, st.timedeltas(dt.timedelta(0), dt.timedelta(days=30)))
def test_a_moment_holds_still_while_time_goes_by(history, zone, week, now, passed):
    """Of a question: the day it is due does not move, and once let go of it stays so."""
    assume(history.outcome in (None, Outcome.NO_REPLY))
    first, second = (next_step(history, zone, week, moment) for moment in (now, now + passed))
    if first.status is StepStatus.LET_GO:
        assert second.status is StepStatus.LET_GO
    elif second.status is not StepStatus.LET_GO:
        assert (first.kind, first.due_at) == (second.kind, second.due_at)


@often
@given(histories, zones, weeks, moments)
def test_letters_to_people_outside_the_panel_change_nothing(history, zone, week, now):
    inside = History(
        {kind: moment for kind, moment in history.sent.items() if not kind.is_outside},
        history.decision_expected_on,
        history.outcome,
        history.outcome_on,
    )
    assert next_step(inside, zone, week, now) == next_step(history, zone, week, now)
