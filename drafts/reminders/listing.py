"""What a reminder is about: what the start page lists, as far as its time comes before the next reminder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from drafts.domain.facts import Kind
from drafts.domain.grammar import join_list
from drafts.domain.moments import clock
from drafts.domain.window import Status, moment_words
from drafts.models import Candidate
from drafts.pages import follow_ups, plans
from drafts.services import zone_of

MOST_NAMED = 3  # people of one interview


@dataclass(frozen=True)
class Item:
    """One thing to do. `keys` are those of its times that come before the next reminder; it is new while one of them
    was in no reminder. They begin with `about`, the id of what it is about."""

    about: str
    keys: tuple[str, ...]
    company: str
    todo: str
    when: str
    at: dt.datetime
    is_due: bool

    @property
    def head(self) -> str:
        return _("%(company)s: %(todo)s") % {"company": " ".join(self.company.split()), "todo": self.todo}


@dataclass(frozen=True)
class Listing:
    """`new` is what this reminder is about; `earlier` counts what was in one before it and is still due.

    `told` are the keys to be remembered once the mail is sent.
    """

    new: tuple[Item, ...]
    earlier: int
    told: tuple[str, ...]


@dataclass(frozen=True)
class _Span:
    """From now until the next reminder, both in the candidate's zone."""

    now: dt.datetime
    until: dt.datetime

    def moment(self, moment: dt.datetime) -> str:
        """ "tomorrow at 9:00 AM", by the candidate's clocks."""
        return moment_words(moment.astimezone(self.now.tzinfo), self.now)

    def moment_there(self, moment: dt.datetime, city: str) -> str:
        """ "today at 11:00 PM (Monday at 9:00 AM in Sydney)"; the second where clocks there, in the moment's own zone,
        show something else."""
        here = moment.astimezone(self.now.tzinfo)
        words = {"here": self.moment(moment), "time": clock(moment), "city": city}
        if here.replace(tzinfo=None) == moment.replace(tzinfo=None):
            return words["here"]
        if here.date() == moment.date():
            return _("%(here)s (%(time)s in %(city)s)") % words
        words["day"] = str(WEEKDAYS[moment.weekday()])
        return _("%(here)s (%(day)s at %(time)s in %(city)s)") % words


def listing(candidate: Candidate, told: Sequence[str], now: dt.datetime, until: dt.datetime) -> Listing:
    """What is due before `until`, the moment of the next reminder; two queries, as on the start page."""
    zone = zone_of(candidate)
    span = _Span(now.astimezone(zone), until.astimezone(zone))
    due = plans.due(candidate, now)
    items = [_thank_you(one, span) for one in (*due.open, *due.late, *due.waiting)]
    items += [_follow_up(step, span) for step in follow_ups.steps_due(candidate, now)]
    new = [item for item in items if not set(item.keys) <= set(told)]
    told_of = {key.partition(":")[0] for key in told}
    earlier = [item for item in items if item.is_due and item.about in told_of and item not in new]
    # What is no longer listed may come back one day, and is then new.
    listed = {item.about for item in items}
    kept = [key for key in told if key.partition(":")[0] in listed]
    return Listing(
        tuple(sorted(new, key=lambda item: (item.at, item.company, item.todo))),
        len(earlier),
        tuple(dict.fromkeys([*kept, *(key for item in new for key in item.keys)])),
    )


def _thank_you(due: plans.Due, span: _Span) -> Item:
    """Its time comes once when it is best sent, and once more when its 24 hours end."""
    timing, interview = due.timing, due.interview
    keys = []
    if timing.send_at < span.until:
        # A time of their own, changed after a reminder, is one to be reminded of.
        chosen_on = timing.chosen_at.date() if timing.chosen_at else ""
        keys.append(f"{interview.id}:{Kind.THANK_YOU}:{chosen_on}")
    when = _("Best time to send: %(moment)s.")
    words = {
        "moment": _("now") if timing.is_now else span.moment_there(timing.send_at, timing.city),
        "end": span.moment(timing.plan.deadline_at),
    }
    if timing.has_ended and not timing.chosen_at and span.now <= timing.plan.deadline_at < span.until:
        keys.append(f"{interview.id}:last_day")
        when = _("Best time to send: %(moment)s. The 24 hours after the interview end %(end)s.")
    return Item(
        str(interview.id),
        tuple(keys),
        interview.company,
        _thanks_to([card.person.full_name for card in due.cards]),
        when % words,
        timing.send_at,
        is_due=timing.plan.status is not Status.WAITING,
    )


def _thanks_to(names: list[str]) -> str:
    if len(names) > MOST_NAMED:
        return _("Send your thank-you letters to %(count)s people.") % {"count": len(names)}
    names = [" ".join(name.split()) for name in names]
    return _("Send your thank-you to %(names)s.") % {"names": join_list(names)}


def _follow_up(step: follow_ups.Step, span: _Span) -> Item:
    """The letter that comes next; before the first question about news, the day on which they said one would hear."""
    interview, kind = step.interview, step.step.kind
    due_at, send_at = step.step.due_at, step.step.send_at
    if not (kind and due_at and send_at):
        raise ValueError("a step without a letter")
    heard_on = interview.decision_expected_on
    if kind is Kind.NUDGE and heard_on and not step.is_due and due_at >= span.until:
        heard_at = dt.datetime.combine(heard_on, interview.work_opens, due_at.tzinfo)
        return Item(
            str(interview.id),
            (f"{interview.id}:hear:{heard_on}",) if heard_at < span.until else (),
            interview.company,
            _("Check for news."),
            _("They said you’d hear by %(day)s. If they wrote, note what happened.")
            % {"day": plans.day(heard_on)},
            heard_at,
            is_due=False,
        )
    # What answers something that was heard is due from the moment it was noted: there is no date to wait for.
    dated = due_at.date() if kind in follow_ups.QUESTIONS else ""
    # Several people outside a panel may have helped with one interview.
    about = str(step.draft.id if step.draft else interview.id)
    return Item(
        about,
        (f"{about}:{kind}:{dated}",) if send_at < span.until else (),
        interview.company,
        f"{step.title}.",
        _("Best time to send: %(moment)s.") % {"moment": span.moment_there(send_at, step.city)},
        send_at,
        is_due=step.is_due,
    )
