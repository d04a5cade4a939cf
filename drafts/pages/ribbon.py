"""The send plan as a picture: where on a line of time things lie, in percent of its width."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.utils.translation import gettext as _

from drafts.domain.moments import later
from drafts.domain.window import SendPlan, WorkingWeek, working_spans
from drafts.translation import written

SOON = dt.timedelta(hours=2)  # the article: some argue for the first two hours
EDGE = 0.04  # of the time shown, left free before the first thing and after the last
WORKDAY = dt.timedelta(hours=12)  # how far the line goes on to show the rest of the working hours to send in
NARROWEST_DAY = 9  # percent of the line: a day with less of it has no room for its name
NARROWEST_HOUR = 3  # percent from an edge of the line: closer to it, an hour's name would be cut off
LONGEST = dt.timedelta(days=4)  # shown at once; beyond it, the line starts shortly before now
BEFORE_NOW = dt.timedelta(hours=8)


@dataclass(frozen=True)
class Band:
    """A stretch of time: where it starts and how wide it is, in percent."""

    x: float
    width: float


@dataclass(frozen=True)
class Mark:
    """A moment: where it is, in percent; what is written about it, and, where that is written in the picture, which
    end of the words is at that place."""

    x: float
    label: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Ribbon:
    """None where the line starts too late to show a moment."""

    working: tuple[Band, ...]
    soon: Band | None
    late: Band | None
    ended: Mark | None
    deadline: Mark | None
    send: Mark
    now: Mark
    hours: tuple[Mark, ...]
    midnights: tuple[float, ...]
    days: tuple[Mark, ...]

    @property
    def days_row(self) -> int:
        """The baseline of the days' names, in pixels: below the hours, if there are any."""
        return 82 if self.hours else 66


def ribbon(plan: SendPlan, week: WorkingWeek, send_at: dt.datetime, now: dt.datetime) -> Ribbon:
    """The plan on a line from the interview's end to the last moment that matters, in the reader's zone."""
    zone = plan.ended_at.tzinfo
    now = now.astimezone(zone)
    first, last = min(plan.ended_at, now), max(plan.deadline_at, send_at, now)
    if _seconds(last, first) > LONGEST.total_seconds():
        first = min(now, send_at) - BEFORE_NOW
        last = max(now, send_at) + BEFORE_NOW
        if _seconds(last, first) > 3 * LONGEST.total_seconds():
            # A moment of one's own that lies weeks away: the line ends where it would be, at the edge.
            last = min(now, send_at) + 3 * LONGEST
    if send_at == last:
        # The moment to send is the last one of interest: shown with the working hours that it lies in.
        last = max(
            (end for start, end in working_spans(send_at, later(send_at, WORKDAY), week)[:1]), default=last
        )
    edge = dt.timedelta(seconds=_seconds(last, first) * EDGE)
    line = _Line(later(first, -edge), later(last, edge))
    return Ribbon(
        working=tuple(
            band
            for start, end in working_spans(line.start, line.end, week)
            if (band := line.band(start, end))
        ),
        soon=line.band(plan.opens_at, later(plan.ended_at, SOON)),
        late=line.band(plan.deadline_at, line.end),
        # Translators: below a timeline, beside the color of the line that marks it
        ended=line.mark(plan.ended_at, _("interview ended %(time)s")),
        # Translators: below a timeline, beside the color of the line that marks it
        deadline=line.mark(plan.deadline_at, _("24 hours end %(time)s")),
        send=line.mark(send_at, _("Send it now") if send_at <= now else _("Send %(time)s"))
        or Mark(98.0, _("Send later"), "end"),
        # Translators: below a timeline, beside the color of the line that marks it
        now=line.mark(now, _("now: %(time)s")) or Mark(2.0, _("now"), "start"),
        hours=line.hours(),
        midnights=line.midnights(),
        days=line.days(),
    )


def _seconds(later: dt.datetime, earlier: dt.datetime) -> float:
    """Real time between two moments, whatever the clocks did between them."""
    return later.timestamp() - earlier.timestamp()


@dataclass(frozen=True)
class _Line:
    start: dt.datetime
    end: dt.datetime

    @cached_property
    def _from(self) -> float:
        return self.start.timestamp()

    @cached_property
    def _length(self) -> float:
        return _seconds(self.end, self.start)

    def place(self, moment: dt.datetime) -> float:
        return round(100 * (moment.timestamp() - self._from) / self._length, 2)

    def band(self, start: dt.datetime, end: dt.datetime) -> Band | None:
        left, right = max(self.place(start), 0.0), min(self.place(end), 100.0)
        return Band(left, round(right - left, 2)) if right > left else None

    def mark(self, moment: dt.datetime, label: str) -> Mark | None:
        x = self.place(moment)
        if not 0 <= x <= 100:
            return None
        anchor = "start" if x < 25 else "end" if x > 75 else "middle"
        return Mark(x, label % {"time": written(moment, "SHORT_WEEKDAY_TIME_FORMAT")}, anchor)

    def midnights(self) -> tuple[float, ...]:
        """Where every midnight on the line is."""
        days = (self.end.date() - self.start.date()).days
        midnights = (self._midnight(self.start.date() + dt.timedelta(days=one + 1)) for one in range(days))
        return tuple(x for midnight in midnights if 0 <= (x := self.place(midnight)) <= 100)

    def days(self) -> tuple[Mark, ...]:
        """The name of every day, in the middle of what the line shows of it."""
        edges = [0.0, *self.midnights(), 100.0]
        found = []
        for place, (left, right) in enumerate(pairwise(edges)):
            if right - left >= NARROWEST_DAY:
                day = self.start.date() + dt.timedelta(days=place)
                found.append(Mark(round((left + right) / 2, 2), written(day, "SHORT_WEEKDAY_FORMAT")))
        return tuple(found)

    def _midnight(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(), tzinfo=self.start.tzinfo)

    def hours(self) -> tuple[Mark, ...]:
        """Hour labels below the line: at most six, so that they fit on a phone. Midnights have none."""
        length = _seconds(self.end, self.start) / 3600
        step = next((step for step in (1, 2, 3, 6, 12) if length / step <= 6), 0)
        if not step:
            return ()
        found, moment = [], self.start.replace(minute=0, second=0, microsecond=0, tzinfo=None, hour=0)
        while moment <= self.end.replace(tzinfo=None):
            x = self.place(moment.replace(tzinfo=self.start.tzinfo))
            if moment.hour and NARROWEST_HOUR <= x <= 100 - NARROWEST_HOUR:
                found.append(Mark(x, written(moment, "HOUR_FORMAT")))
            moment += dt.timedelta(hours=step)
        return tuple(found)
