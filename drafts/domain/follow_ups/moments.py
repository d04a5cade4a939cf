"""When the next letter after the thank-you is due, in the reader's working days (docs/sources.md, Advice on nudges)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

from drafts.domain.facts import Kind, Outcome
from drafts.domain.kinds import Moment, offered_for
from drafts.domain.window import WorkingWeek, is_working_day, next_working_moment

AFTER_DECISION = 2  # working days past the date on which one was to hear
AFTER_LETTER = 5  # working days past the thank-you where no date was named
BETWEEN_NUDGES = dt.timedelta(days=7)
FORGOTTEN = dt.timedelta(days=45)  # past the moment: too late to do any good

_DAY = dt.timedelta(days=1)
_LOOK_AHEAD = 60  # days; no country rests longer


class StepStatus(StrEnum):
    """`NOTHING` to do; `WAITING` for `due_at`; `DUE` now; `LET_GO`: another letter would do no good."""

    NOTHING = "nothing"
    WAITING = "waiting"
    DUE = "due"
    LET_GO = "let_go"


@dataclass(frozen=True, slots=True)
class History:
    """What went out, and what happened. Moments are aware; `sent` has the last moment a letter of each kind went,
    to whomever. `outcome_on` is a day where the candidate is, None where it was not said."""

    sent: Mapping[Kind, dt.datetime] = field(default_factory=dict)
    decision_expected_on: dt.date | None = None
    outcome: Outcome | None = None
    outcome_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """The letter that comes next. `due_at` is when its time comes, `send_at` the best moment from now on; both in the
    reader's zone and None where there is nothing to send."""

    status: StepStatus
    kind: Kind | None = None
    due_at: dt.datetime | None = None
    send_at: dt.datetime | None = None


NOTHING = NextStep(StepStatus.NOTHING)
LET_GO = NextStep(StepStatus.LET_GO)


def next_step(history: History, zone: ZoneInfo, week: WorkingWeek, now: dt.datetime) -> NextStep:
    """What to send next, as it stands at `now`. Never a third nudge, and none once anything was heard, unless they only
    wrote that they need more time: a reply before the day on which one is to hear leaves that day as it is.

    For moments of the years 1970 to 2200 nothing raises; ValueError for a moment without a zone.
    """
    if now.tzinfo is None or any(moment.tzinfo is None for moment in history.sent.values()):
        raise ValueError("each moment must know its zone")
    now = now.astimezone(zone)
    if history.outcome in (None, Outcome.NO_REPLY):
        return _nudge(history, zone, week, now)
    if is_still_to_decide(history.outcome, history.outcome_on, history.decision_expected_on):
        # Not after two questions, but it is no silence to give up on.
        return NOTHING if Kind.SECOND_NUDGE in history.sent else _nudge(history, zone, week, now)
    kind, answers = _answers_to(history.outcome)
    if kind is None or not answers.isdisjoint(history.sent):
        return NOTHING
    return _answer(kind, history, zone, week, now)


def is_still_to_decide(
    outcome: Outcome | None, outcome_on: dt.date | None, decision_expected_on: dt.date | None
) -> bool:
    """Whether they replied, and are to decide on a later day than that of their reply."""
    if outcome is not Outcome.REPLIED or outcome_on is None or decision_expected_on is None:
        return False
    return decision_expected_on > outcome_on


@cache
def _answers_to(outcome: Outcome) -> tuple[Kind | None, frozenset[Kind]]:
    """The letter that goes once one heard this, and all that would stand in its place."""
    offered = [one for one in offered_for(outcome) if one.outcomes == (outcome,)]
    first = next((one.kind for one in offered if one.moment is Moment.HEARD), None)
    return first, frozenset(one.kind for one in offered)


def thanks_step(
    kind: Kind, helped_on: dt.date | None, zone: ZoneInfo, week: WorkingWeek, now: dt.datetime
) -> NextStep:
    """When to thank somebody outside the panel: at once, in their working hours; without a day, as if it was today.

    Raises as `next_step`.
    """
    if now.tzinfo is None:
        raise ValueError("each moment must know its zone")
    return _answer(kind, History(outcome_on=helped_on), zone, week, now.astimezone(zone))


def _nudge(history: History, zone: ZoneInfo, week: WorkingWeek, now: dt.datetime) -> NextStep:
    thanked_at = history.sent.get(Kind.THANK_YOU)
    if thanked_at is None:
        return NOTHING
    if Kind.SECOND_NUDGE in history.sent:
        return LET_GO
    nudged_at = history.sent.get(Kind.NUDGE)
    if nudged_at:
        due_at = next_working_moment(nudged_at.astimezone(zone) + BETWEEN_NUDGES, week)
        if history.outcome is Outcome.REPLIED and history.decision_expected_on:
            decided_on = _working_days_after(history.decision_expected_on, AFTER_DECISION, week)
            due_at = max(due_at, _opening(decided_on, zone, week))
        return _step(Kind.SECOND_NUDGE, due_at, week, now)
    sent_on = thanked_at.astimezone(zone).date()
    if history.decision_expected_on:
        # Not the day after the thank-you, where that went late.
        counted_from = max(history.decision_expected_on, sent_on)
        due_on = _working_days_after(counted_from, AFTER_DECISION, week)
    else:
        due_on = _working_days_after(sent_on, AFTER_LETTER, week)
    return _step(Kind.NUDGE, _opening(due_on, zone, week), week, now)


def _opening(day: dt.date, zone: ZoneInfo, week: WorkingWeek) -> dt.datetime:
    return next_working_moment(dt.datetime.combine(day, week.opens, tzinfo=zone), week)


def _answer(kind: Kind, history: History, zone: ZoneInfo, week: WorkingWeek, now: dt.datetime) -> NextStep:
    """To be sent at once; where the day is not known, as if it were today."""
    heard_on = history.outcome_on or now.date()
    heard_at = dt.datetime.combine(heard_on, week.opens, tzinfo=zone)
    return _step(kind, min(heard_at, now), week, now)


def _step(kind: Kind, due_at: dt.datetime, week: WorkingWeek, now: dt.datetime) -> NextStep:
    if now - due_at > FORGOTTEN:
        return LET_GO
    status = StepStatus.DUE if due_at <= now else StepStatus.WAITING
    return NextStep(status, kind, due_at, next_working_moment(max(due_at, now), week))


def _working_days_after(day: dt.date, count: int, week: WorkingWeek) -> dt.date:
    """The working day that is the `count`th after `day`; where holidays leave too few, the last day looked at."""
    for _number in range(_LOOK_AHEAD):
        day += _DAY
        count -= is_working_day(day, week)
        if not count:
            break
    return day
