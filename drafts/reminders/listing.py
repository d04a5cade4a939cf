"""What goes into a reminder: what the start page lists, if its time comes before the next reminder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from drafts.domain.facts import Kind
from drafts.domain.messages import listed as joined
from drafts.domain.window import Status, moment_words
from drafts.models import Candidate
from drafts.pages import follow_ups, plans
from drafts.services import zone_of
from drafts.translation import translated, written

MOST_NAMED = 3  # people of one interview


@dataclass(frozen=True)
class Item:
    """One thing to do.

    `keys` name the times of it that come before the next reminder. Each key starts with `about`, the id of the
    interview or letter. The item is new if one of its keys was in no earlier reminder.
    """

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
    """`new` goes into this reminder. `earlier` counts what was in an earlier one and is still due. `told` has the keys
    to store once the mail is sent."""

    new: tuple[Item, ...]
    earlier: int
    told: tuple[str, ...]


@dataclass(frozen=True)
class _Span:
    """From now until the next reminder, both in the candidate's time zone."""

    now: dt.datetime
    until: dt.datetime

    def moment(self, moment: dt.datetime) -> str:
        """ "tomorrow at 9:00 AM", in the candidate's time zone."""
        return translated(moment_words(moment.astimezone(self.now.tzinfo), self.now))

    def moment_there(self, moment: dt.datetime, city: str) -> str:
        """ "today at 11:00 PM (Monday at 9:00 AM in Sydney)". The time there, in the moment's own zone, is left out
        if it is the same."""
        here = moment.astimezone(self.now.tzinfo)
        words = {"here": self.moment(moment), "time": written(moment, "TIME_FORMAT"), "city": city}
        if here.replace(tzinfo=None) == moment.replace(tzinfo=None):
            return words["here"]
        if here.date() == moment.date():
            return _("%(here)s (%(time)s in %(city)s)") % words
        words["day"] = written(moment, "WEEKDAY_FORMAT")
        return _("%(here)s (%(day)s at %(time)s in %(city)s)") % words


def listing(candidate: Candidate, told: Sequence[str], now: dt.datetime, until: dt.datetime) -> Listing:
    """What is due before `until`, the moment of the next reminder; two queries, as on the start page."""
    zone = zone_of(candidate)
    span = _Span(now.astimezone(zone), until.astimezone(zone))
    due = plans.due(candidate, now)
    items = [_thank_you(one, span) for one in (*due.open, *due.late, *due.waiting)]
    items += [_follow_up(step, span) for step in follow_ups.today(candidate, now).after]
    new = [item for item in items if not set(item.keys) <= set(told)]
    told_of = {key.partition(":")[0] for key in told}
    earlier = [item for item in items if item.is_due and item.about in told_of and item not in new]
    # What is no longer listed is forgotten, and counts as new if it comes back.
    listed = {item.about for item in items}
    kept = [key for key in told if key.partition(":")[0] in listed]
    return Listing(
        tuple(sorted(new, key=lambda item: (item.at, item.company, item.todo))),
        len(earlier),
        tuple(dict.fromkeys([*kept, *(key for item in new for key in item.keys)])),
    )


def _thank_you(due: plans.Due, span: _Span) -> Item:
    """It has two times: when it is best sent, and when its 24 hours end."""
    timing, interview = due.timing, due.interview
    keys = []
    if timing.send_at < span.until:
        # If candidates change their own send time after a reminder, they get another one.
        chosen_on = timing.chosen_at.date() if timing.chosen_at else ""
        keys.append(f"{interview.id}:{Kind.THANK_YOU}:{chosen_on}")
    if timing.is_now:
        when = _("Send it now.")
    else:
        when = _("Planned for %(moment)s.") if due.is_ahead else _("Best time to send: %(moment)s.")
    words = {
        "moment": span.moment_there(timing.send_at, timing.city),
        "end": span.moment(timing.plan.deadline_at),
    }
    if timing.has_ended and not timing.chosen_at and span.now <= timing.plan.deadline_at < span.until:
        keys.append(f"{interview.id}:last_day")
        when = (
            _("Send it now. The 24 hours after the interview end %(end)s.")
            if timing.is_now
            else _("Best time to send: %(moment)s. The 24 hours after the interview end %(end)s.")
        )
    return Item(
        str(interview.id),
        tuple(keys),
        interview.company,
        _thanks_to([card.person.full_name for card in due.cards]),
        when % words,
        timing.send_at,
        is_due=timing.plan.status is not Status.WAITING and not due.is_ahead,
    )


def _thanks_to(names: list[str]) -> str:
    if len(names) > MOST_NAMED:
        return _("Send your thank-you letters to %(count)s people.") % {"count": len(names)}
    names = [" ".join(name.split()) for name in names]
    return _("Send your thank-you to %(names)s.") % {"names": translated(joined(names))}


def _follow_up(step: follow_ups.Step, span: _Span) -> Item:
    """The next letter; before the first question about news, the day by which the company said it would answer."""
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
            _("They said you’d hear by %(day)s. If they wrote, add what happened.")
            % {"day": plans.day(heard_on)},
            heard_at,
            is_due=False,
        )
    # An answer to an offer or a rejection is due at once. Its date moves every day, so it is not part of the key.
    dated = due_at.date() if kind in follow_ups.QUESTIONS else ""
    # Several people outside the panel may have helped with one interview.
    about = str(step.draft.id if step.draft else interview.id)
    return Item(
        about,
        (f"{about}:{kind}:{dated}",) if send_at < span.until else (),
        interview.company,
        f"{step.title}.",
        _("Send it now.")
        if step.is_now
        else _("Best time to send: %(moment)s.") % {"moment": span.moment_there(send_at, step.city)},
        send_at,
        is_due=step.is_due,
    )
