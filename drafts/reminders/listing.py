"""What a reminder is about: what the start page lists, as far as its time comes before the next reminder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from drafts.domain.facts import Kind
from drafts.domain.grammar import join_list
from drafts.domain.window import Status, moment_words
from drafts.models import Candidate
from drafts.pages import follow_ups, plans

MOST_NAMED = 3  # people of one interview


@dataclass(frozen=True)
class Item:
    """One thing to do. It is new while one of its `keys` was in no reminder yet."""

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
    """`new` is what this reminder is about; `earlier` counts what is still due from reminders before it.

    `keys` are those of everything listed, to be remembered once the mail is sent.
    """

    new: tuple[Item, ...]
    earlier: int
    keys: tuple[str, ...]


def listing(candidate: Candidate, told: Iterable[str], now: dt.datetime, until: dt.datetime) -> Listing:
    """What is due before `until`, the moment of the next reminder; two queries, as on the start page."""
    due = plans.due(candidate, now)
    found = [_thank_you(one, now, until) for one in (*due.open, *due.late, *due.waiting)]
    found += [_follow_up(step, now, until) for step in follow_ups.steps_due(candidate, now)]
    items = [item for item in found if item.keys]
    new = [item for item in items if not set(item.keys) <= set(told)]
    earlier = sum(item.is_due for item in items) - sum(item.is_due for item in new)
    keys = [key for item in items for key in item.keys]
    return Listing(
        tuple(sorted(new, key=lambda item: (item.at, item.company, item.todo))), earlier, tuple(keys)
    )


def _thank_you(due: plans.Due, now: dt.datetime, until: dt.datetime) -> Item:
    """Its time comes once when it is best sent, and once more when its 24 hours end."""
    timing, interview = due.timing, due.interview
    keys = []
    ends = timing.has_ended and not timing.chosen_at and now <= timing.plan.deadline_at < until
    if timing.send_at < until:
        # A time of their own, changed after a reminder, is one to be reminded of.
        chosen_on = timing.chosen_at.date() if timing.chosen_at else ""
        keys.append(f"{interview.id}:{Kind.THANK_YOU}:{chosen_on}")
    if ends:
        keys.append(f"{interview.id}:last_day")
    when = _("Best time to send: %(moment)s (%(city)s time).")
    if ends:
        when = _(
            "Best time to send: %(moment)s. The 24 hours after the interview end %(end)s (%(city)s time)."
        )
    words = {
        "moment": _("now") if timing.is_now else moment_words(timing.send_at, timing.now),
        "end": moment_words(timing.plan.deadline_at, timing.now),
        "city": timing.city,
    }
    return Item(
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


def _follow_up(step: follow_ups.Step, now: dt.datetime, until: dt.datetime) -> Item:
    """The letter that comes next; before the first question about news, the day on which they said one would hear."""
    interview, kind, due_at = step.interview, step.step.kind, step.step.due_at
    if not (kind and due_at and step.step.send_at):
        raise ValueError("a step without a letter")
    here = now.astimezone(due_at.tzinfo)
    heard_on = interview.decision_expected_on
    if due_at >= until and kind is Kind.NUDGE and heard_on:
        heard_at = dt.datetime.combine(heard_on, interview.work_opens, due_at.tzinfo)
        keys = (f"{interview.id}:hear:{heard_on}",) if heard_at < until else ()
        todo = _("Check for news.")
        when = _("They said you’d hear by %(day)s. If they wrote, note what happened.")
        return Item(
            keys, interview.company, todo, when % {"day": plans.day(heard_on)}, heard_at, is_due=False
        )
    # What answers something that was heard is due from the moment it was noted: there is no date to wait for.
    dated = due_at.date() if kind in follow_ups.QUESTIONS else ""
    # Several people outside a panel may have helped with one interview.
    about = step.draft.id if step.draft else interview.id
    moment = moment_words(step.step.send_at, here)
    return Item(
        (f"{about}:{kind}:{dated}",) if due_at < until else (),
        interview.company,
        f"{step.title}.",
        _("Best time to send: %(moment)s (%(city)s time).") % {"moment": moment, "city": step.city},
        step.step.send_at,
        is_due=step.is_due,
    )
