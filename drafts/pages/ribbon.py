"""The send plan as a picture: where on a line of time things lie, in percent of its width."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from drafts.domain.moments import later
from drafts.domain.window import SendPlan, WorkingWeek, working_spans
from drafts.translation import written

SOON = dt.timedelta(hours=2)  # the article: some argue for the first two hours
EDGE = 0.04  # of the time shown, left free before the first thing and after the last
LONGEST = dt.timedelta(days=4)  # shown at once; beyond it, the line starts shortly before now
BEFORE_NOW = dt.timedelta(hours=8)


@dataclass(frozen=True)
class Band:
    """A stretch of time: where it starts and how wide it is, in percent."""

    x: float
    width: float


@dataclass(frozen=True)
class Mark:
    """A moment: where it is, in percent; what is written there; and which end of the words is at that place."""

    x: float
    label: str
    anchor: str


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
    days: tuple[Mark, ...]

    # Baselines of the words below the line, in pixels: no two that could meet share a row.
    @property
    def deadline_row(self) -> int:
        return 98 if self.ended and self.deadline else 82

    @property
    def now_row(self) -> int:
        return 98 if self.deadline_row == 82 else 114


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
        ended=line.mark(plan.ended_at, _("Ended %(time)s")),
        deadline=line.mark(plan.deadline_at, _("Due %(time)s")),
        send=line.mark(send_at, _("Send %(time)s")) or Mark(98.0, _("Send later"), "end"),
        now=line.mark(now, _("Now")) or Mark(2.0, _("Now"), "start"),
        hours=line.hours(),
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

    def days(self) -> tuple[Mark, ...]:
        """Every midnight there is on the line."""
        found, day = [], self.start.date()
        while (day := day + dt.timedelta(days=1)) <= self.end.date():
            midnight = dt.datetime.combine(day, dt.time(), tzinfo=self.start.tzinfo)
            if 0 <= (x := self.place(midnight)) <= 100:
                found.append(Mark(x, "", "middle"))
        return tuple(found)

    def hours(self) -> tuple[Mark, ...]:
        """Hour labels below the line: at most six, so that they fit on a phone."""
        length = _seconds(self.end, self.start) / 3600
        step = next((step for step in (1, 2, 3, 6, 12, 24) if length / step <= 6), 48)
        found, moment = [], self.start.replace(minute=0, second=0, microsecond=0, tzinfo=None, hour=0)
        while moment <= self.end.replace(tzinfo=None):
            x = self.place(moment.replace(tzinfo=self.start.tzinfo))
            if 3 <= x <= 97:
                found.append(
                    Mark(
                        x,
                        written(moment, "HOUR_FORMAT" if moment.hour else "SHORT_WEEKDAY_FORMAT"),
                        "middle",
                    )
                )
            moment += dt.timedelta(hours=step)
        return tuple(found)
