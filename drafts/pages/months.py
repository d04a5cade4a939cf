"""Figures and a chart of the last few months: interviews, letters sent in time, replies."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Q, Value
from django.db.models.functions import Cast, Concat, Left

from drafts.compiled import Compiled, Given
from drafts.domain.facts import Kind, Outcome
from drafts.domain.window import DEADLINE
from drafts.models import Interview
from drafts.pages import history
from drafts.pages.queries import MINE, Listed
from drafts.translation import written

RECENT = 5  # interviews on the start page
SHOWN = 6  # months, the current one included
HEIGHT, TOP = 60, 14  # of the bars, in pixels, and the room above them for their figures
_REPLIES = (Outcome.REPLIED, Outcome.ANOTHER_ROUND, Outcome.REJECTED, Outcome.OFFER)


@dataclass(frozen=True)
class Bar:
    """One bar: `x` in percent, all other sizes in pixels."""

    name: str
    count: int
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Month:
    """The interviews of one month: how many, how many thank-yous went within 24 hours and in all, and how many of the
    interviews had a reply. `x` is the middle of its bars in percent."""

    label: str
    short: str
    interviews: int
    in_time: int
    sent: int
    replies: int
    x: float
    bars: tuple[Bar, ...]


def recent(candidate: Any, now: dt.datetime) -> tuple[list[history.Row], list[Month]]:
    """The newest interviews, and the last few months, earliest first, or none of these if they have at most one
    interview. One query."""
    if not candidate.is_authenticated:
        return [], []
    firsts = [now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)]
    while len(firsts) < SHOWN:
        firsts.insert(0, (firsts[0] - dt.timedelta(days=1)).replace(day=1))
    found = _RECENT(candidate=candidate.pk, since=firsts[0], now=now)
    rows = [history.Row(*values) for *values, _listed in found]
    return rows, _months(firsts, found[0][-1]) if found else []


def _months(firsts: list[dt.datetime], listed: list[str]) -> list[Month]:
    """`listed`: as `_figures` gives them."""
    by_month = {month: [int(figure) for figure in figures] for month, *figures in map(str.split, listed)}
    found = [by_month.get(f"{first:%Y-%m}", [0, 0, 0, 0]) for first in firsts]
    if sum(interviews for interviews, *_rest in found) < 2:
        return []
    most = max(max(figures) for figures in found)
    return [
        _month(place, first, figures, most)
        for place, (first, figures) in enumerate(zip(firsts, found, strict=True))
    ]


def _month(place: int, first: dt.datetime, figures: list[int], most: int) -> Month:
    interviews, in_time, sent, replies = figures
    width = 100 / SHOWN
    names = (("interviews", interviews), ("in-time", in_time), ("replies", replies))
    bars = []
    for number, (name, count) in enumerate(names):
        height = round(HEIGHT * count / most, 1)
        x = round(place * width + width * (number + 0.5) / (len(names) + 1), 2)
        bars.append(Bar(name, count, x, TOP + HEIGHT - height, height))
    middle = round(place * width + width * len(names) / 2 / (len(names) + 1), 2)
    label, short = written(first, "MONTH_FORMAT"), written(first, "SHORT_MONTH_FORMAT")
    return Month(label, short, interviews, in_time, sent, replies, middle, tuple(bars))


def _figures() -> Any:
    """A text for each month with interviews: the month ("2026-11"), and its figures in the order of `Month`."""
    letter = Q(interviewers__drafts__kind=Kind.THANK_YOU, interviewers__drafts__sent_at__isnull=False)
    # An interview that only holds letters to people outside its panel has not taken place.
    is_one = ~Q(interviewers__is_outside=True)
    counts = (
        Count("pk", distinct=True, filter=is_one),
        Count(
            "interviewers__drafts",
            distinct=True,
            filter=letter & Q(interviewers__drafts__sent_at__lte=F("ended_at") + DEADLINE),
        ),
        Count("interviewers__drafts", distinct=True, filter=letter),
        Count("pk", distinct=True, filter=is_one & Q(outcome__in=_REPLIES)),
    )
    # The beginning of a moment's text, which is in UTC. For `TruncMonth`, SQLite would call a Python function for
    # each row.
    month = Left(Cast("ended_at", CharField()), len("2026-11"))
    return (
        Interview.objects.for_candidate(MINE)
        .filter(
            ended_at__gte=Given(Interview, "ended_at", "since"),
            ended_at__lte=Given(Interview, "ended_at", "now"),
        )
        .order_by()
        .annotate(month=month)
        .values("month")
        .annotate(listed=Concat("month", *(_after_space(count) for count in counts)))
        .values("listed")
    )


def _after_space(count: Count) -> Concat:
    return Concat(Value(" "), Cast(count, CharField()))


_RECENT: Compiled[tuple[Any, ...]] = Compiled(
    lambda: history.newest(Interview.objects.for_candidate(MINE), 0, RECENT, months=Listed(_figures()))
)
