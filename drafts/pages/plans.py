"""When to send the letters of an interview, for pages, calendars and reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from drafts.domain import time_zones
from drafts.domain.window import SendPlan, Status, WorkingWeek, send_plan, working_spans
from drafts.models import Interview
from drafts.pages import queries
from drafts.pages.ribbon import Ribbon, ribbon
from drafts.services.mapping import own_zone, working_week
from drafts.translation import city_of, written


@dataclass(frozen=True)
class Timing:
    """The plan at `now`; `chosen_at` is the candidate's own send time, if there is one."""

    interview: Interview
    plan: SendPlan
    week: WorkingWeek
    now: dt.datetime
    chosen_at: dt.datetime | None

    @property
    def send_at(self) -> dt.datetime:
        return self.chosen_at or self.plan.recommended_at

    @property
    def is_now(self) -> bool:
        """Whether the moment to send has come."""
        return self.plan.status is not Status.WAITING and self.send_at <= self.now

    @property
    def waits_late(self) -> bool:
        """Whether the 24 hours are over but the moment to send is yet to come."""
        return self.plan.status is Status.LATE and not self.is_now

    @property
    def has_ended(self) -> bool:
        return self.plan.ended_at <= self.now

    @property
    def city(self) -> str:
        return city_of(self.interview.time_zone)

    @cached_property
    def ribbon(self) -> Ribbon:
        return ribbon(self.plan, self.week, self.send_at, self.now)

    @property
    def left(self) -> str:
        """The time until the deadline, and when that is by the candidate's own clocks; or the time since."""
        seconds = (self.plan.deadline_at - self.now).total_seconds()
        words = in_words(abs(seconds))
        if seconds < 0:
            return _("%(time)s late") % {"time": words}
        zone = own_zone(self.interview).key
        deadline, now = (time_zones.wall_clock(moment, zone) for moment in (self.plan.deadline_at, self.now))
        form = "TIME_FORMAT" if deadline.date() == now.date() else "WEEKDAY_TIME_FORMAT"
        when = {"time": words, "when": written(deadline, form)}
        # The times around it are those of the readers.
        if deadline != self._wall(self.plan.deadline_at):
            return _("%(time)s left, until %(when)s your time") % when
        return _("%(time)s left, until %(when)s") % when

    @property
    def working_words(self) -> list[str]:
        """When the readers are at work between the interview's end and the last relevant moment, in words."""
        last = max(self.plan.deadline_at, self.plan.recommended_at)
        spans = working_spans(self.plan.ended_at, last, self.week)
        walls = [(self._wall(start), self._wall(end)) for start, end in spans]
        return [
            _("They work %(day)s, %(start)s to %(end)s.")
            % {
                "day": written(start, "WEEKDAY_FORMAT"),
                "start": written(start, "TIME_FORMAT"),
                "end": written(end, "TIME_FORMAT"),
            }
            for start, end in walls
        ]

    @property
    def moments(self) -> list[tuple[str, ...]]:
        """The moments of the plan in their order, each with its weekday, date and time by the readers' clocks."""
        moments = [
            (self.plan.ended_at, _("The interview ended") if self.has_ended else _("The interview ends")),
            (self.plan.deadline_at, _("The 24 hours end")),
            (self.plan.recommended_at, _("We recommend")),
        ]
        if self.chosen_at:
            moments.append((self.chosen_at, _("You chose")))
        forms = ("WEEKDAY_FORMAT", "MONTH_DAY_FORMAT", "TIME_FORMAT")
        moments.sort(key=lambda one: one[0])
        return [(label, *(written(self._wall(moment), form) for form in forms)) for moment, label in moments]

    # In words, in the readers' local time.
    @property
    def send_words(self) -> str:
        return day_and_time(self._wall(self.send_at))

    @property
    def own_words(self) -> str:
        """When to send by the candidate's own clocks; empty where they show the same."""
        return own_clock(self.send_at, self.interview)

    @property
    def recommended_words(self) -> str:
        return day_and_time(self._wall(self.plan.recommended_at))

    @property
    def ended_words(self) -> str:
        return day_and_time(self._wall(self.plan.ended_at))

    @property
    def now_words(self) -> str:
        return day_and_time(self._wall(self.now))

    @property
    def deadline_words(self) -> str:
        return day_and_time(self._wall(self.plan.deadline_at))

    def _wall(self, moment: dt.datetime) -> dt.datetime:
        return time_zones.wall_clock(moment, self.interview.time_zone)


def day_and_time(wall: dt.datetime) -> str:
    """Monday, March 3, 9:05 AM"""
    return written(wall, "WEEKDAY_MONTH_DAY_TIME_FORMAT")


def day(wall: dt.date) -> str:
    """Monday, March 3"""
    return written(wall, "WEEKDAY_MONTH_DAY_FORMAT")


def own_time(moment: dt.datetime, interview: Interview) -> str:
    """ "Tuesday, March 3, 2026, 9:05 AM (Berlin time)", in the candidate's time zone; in the interview's if they have
    none."""
    zone = own_zone(interview)
    when = written(moment.astimezone(zone), "WEEKDAY_DATETIME_FORMAT")
    return _("%(when)s (%(city)s time)") % {"when": when, "city": city_of(zone.key)}


def there(moment: dt.datetime, interview: Interview) -> str:
    """ "Tuesday, March 3, 9:05 AM (Berlin time)", in the readers' time zone."""
    when = day_and_time(time_zones.wall_clock(moment, interview.time_zone))
    return _("%(when)s (%(city)s time)") % {"when": when, "city": city_of(interview.time_zone)}


def planned_words(interview: Interview, cards: Iterable[queries.Card]) -> str:
    """When the first letter is planned to go out, where all that are not sent are planned; else empty."""
    planned = [card.draft.planned_at if card.draft else None for card in cards if card.state != "sent"]
    if not all(planned):
        return ""
    return there(first, interview) if (first := min(filter(None, planned), default=None)) else ""


def own_clock(moment: dt.datetime, interview: Interview) -> str:
    """ "5:00 PM", with its day where that is another one than there. Empty where the candidate's clocks show the same
    as the readers', or their time zone is not known."""
    zones = (own_zone(interview).key, interview.time_zone)
    own, there = (time_zones.wall_clock(moment, zone) for zone in zones)
    if own == there:
        return ""
    return written(own, "TIME_FORMAT") if own.date() == there.date() else day_and_time(own)


def timing(interview: Interview, now: dt.datetime) -> Timing:
    week = working_week(interview)
    zone = time_zones.zone(interview.time_zone)
    plan = send_plan(interview.ended_at.astimezone(zone), zone, week, now)
    chosen = interview.chosen_send_at.astimezone(zone) if interview.chosen_send_at else None
    return Timing(interview, plan, week, now.astimezone(zone), chosen)


def calendar_moments(interview: Interview) -> tuple[dt.datetime, dt.datetime]:
    """When to send and the deadline, computed at the interview's end, so that calendar events do not move."""
    at_the_end = timing(interview, interview.ended_at)
    return at_the_end.send_at, at_the_end.plan.deadline_at


# ---------------------------------------------------------------- what is due

FORGOTTEN = dt.timedelta(days=30)  # after the end; older interviews are listed in the history only
MOST_DUE = 50


@dataclass(frozen=True)
class Due:
    """An interview with letters still to send: to whom, and when. `planned_at`: when the candidate planned them for."""

    timing: Timing
    cards: tuple[queries.Card, ...]
    planned_at: dt.datetime | None = None

    @property
    def interview(self) -> Interview:
        return self.timing.interview

    @property
    def at(self) -> dt.datetime:
        """The moment to send: now if it has come."""
        return max(self.timing.send_at, self.timing.now)

    @property
    def is_ahead(self) -> bool:
        """Whether these are planned for later."""
        return self.planned_at is not None and self.planned_at > self.timing.now

    @property
    def planned_words(self) -> str:
        return there(self.planned_at, self.interview) if self.planned_at else ""


@dataclass(frozen=True)
class DueLists:
    """What to send, by the state of its send window, in the order of the moments to send."""

    open: tuple[Due, ...]
    late: tuple[Due, ...]
    waiting: tuple[Due, ...]

    @property
    def count(self) -> int:
        """How many letters could be sent now."""
        return sum(len(one.cards) for one in (*self.open, *self.late))

    @property
    def title(self) -> str:
        """The page title, with the count if there is one."""
        title = _("What’s due")
        return f"({self.count}) {title}" if self.count else title

    def __bool__(self) -> bool:
        return bool(self.open or self.late or self.waiting)


def due(candidate: Any, now: dt.datetime) -> DueLists:
    """The unsent letters of recent and coming interviews; one query."""
    found: dict[Status, list[Due]] = {status: [] for status in Status}
    for interview, cards in queries.unsent(candidate, now - FORGOTTEN)[:MOST_DUE]:
        for one in _by_plan(timing(interview, now), cards):
            found[Status.WAITING if one.is_ahead else one.timing.plan.status].append(one)
    for status, dues in found.items():
        dues.sort(key=lambda one: one.timing.plan.deadline_at)
        if status is Status.LATE:
            # Of those for the same moment, the most recent come first, because they can still make a difference.
            dues.reverse()
        dues.sort(key=lambda one: one.at)
    return DueLists(*(tuple(found[status]) for status in (Status.OPEN, Status.LATE, Status.WAITING)))


def _by_plan(timing: Timing, cards: list[queries.Card]) -> list[Due]:
    """The letters without a plan, and those planned for each moment."""
    by_moment: dict[dt.datetime | None, list[queries.Card]] = {}
    for card in cards:
        by_moment.setdefault(card.draft.planned_at if card.draft else None, []).append(card)
    return [
        Due(replace(timing, chosen_at=at.astimezone(timing.now.tzinfo)) if at else timing, tuple(those), at)
        for at, those in by_moment.items()
    ]


def in_words(seconds: float) -> str:
    """A length of time in the largest unit that fits: minutes below two hours, hours below two days, days."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return _("less than a minute")
    if minutes < 120:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    if minutes < 48 * 60:
        hours = minutes // 60
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = minutes // (24 * 60)
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
