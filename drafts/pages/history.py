"""The history: the candidate's interviews as a list, newest first, searched and counted."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from django.db.models import Count, F, FilteredRelation, Min, Q

from drafts.compiled import Compiled
from drafts.domain import time_zones
from drafts.domain.facts import Kind
from drafts.domain.tokens import fold
from drafts.models import OUTCOME_CHOICES, Interview, InterviewQuerySet
from drafts.pages.queries import MINE
from drafts.translation import written
from drafts.web.links import link

OUTCOMES = dict(OUTCOME_CHOICES)
STATES = ("to_write", "to_send", "sent", *OUTCOMES)


@dataclass(frozen=True)
class Row:
    """An interview in a list."""

    id: uuid.UUID
    company: str
    position: str
    ended_at: dt.datetime
    time_zone: str
    outcome: str
    people: int
    drafted: int
    sent: int
    outside: int
    planned: int
    planned_at: dt.datetime | None

    @property
    def url(self) -> str:
        return link("interview_detail", self.id)

    @property
    def company_url(self) -> str:
        return link("company", self.id)

    @property
    def ended_on(self) -> str:
        """The date there, in the interview's time zone; short, so that it fits on one line of its column."""
        return written(
            self.ended_at.astimezone(time_zones.zone(self.time_zone)).date(), "SHORT_MONTH_DATE_FORMAT"
        )

    @property
    def happened(self) -> Any:
        """The outcome in words; empty if there is none."""
        return OUTCOMES.get(self.outcome, "")

    @property
    def state(self) -> str:
        if not self.people and self.outside:
            # No interview yet: somebody helped with it.
            return "outside"
        if not self.people or self.drafted < self.people:
            return "to_write"
        if self.sent == self.people:
            return "sent"
        return "planned" if self.sent + self.planned == self.people else "to_send"

    @property
    def planned_words(self) -> str:
        """The first planned moment, in the interview's time zone."""
        if self.planned_at is None:
            return ""
        return written(
            time_zones.wall_clock(self.planned_at, self.time_zone), "WEEKDAY_MONTH_DAY_TIME_FORMAT"
        )

    @property
    def tag(self) -> str:
        """What the row's tag says: the outcome, or else the state of the letters."""
        return self.outcome or self.state


def local_date(moment: dt.datetime, time_zone: str) -> str:
    """The date of a moment in this time zone, as lists show it."""
    return written(moment.astimezone(time_zones.zone(time_zone)).date(), "DATE_FORMAT")


def interviews(candidate: Any, q: str = "", state: str = "") -> InterviewQuerySet:
    """The candidate's interviews, newest first."""
    found = Interview.objects.for_candidate(candidate)
    for word in fold(q).split():
        found = found.filter(search_text__contains=word)
    if state in OUTCOMES:
        found = found.filter(outcome=state)
    elif state:
        found = found.filter(pk__in=_counted(found).filter(_HAS_STATE[state]).values("pk"))
    return found


_HAS_STATE = {
    "to_write": Q(people=0, outside=0) | Q(drafted__lt=F("people")),
    "to_send": Q(drafted__gt=F("sent")),
    "sent": Q(people__gt=0, sent=F("people")),
}


def _counted(found: InterviewQuerySet) -> InterviewQuerySet:
    """Adds the numbers of people, drafts and sent letters.

    Counts people, not drafts: routes to a person with an unknown address are drafts too.
    """
    letter = FilteredRelation("interviewers__drafts", condition=Q(interviewers__drafts__kind=Kind.THANK_YOU))
    return found.annotate(letter=letter).annotate(
        people=Count("interviewers", filter=Q(interviewers__is_outside=False)),
        drafted=Count("letter"),
        sent=Count("letter__sent_at"),
        outside=Count("interviewers", filter=Q(interviewers__is_outside=True)),
        # Of letters that are not sent yet.
        planned=Count("letter__planned_at"),
        planned_at=Min("letter__planned_at"),
    )


def count(candidate: Any, q: str = "", state: str = "") -> int:
    """The number of the candidate's interviews that match a search; one query."""
    if q or state:
        return interviews(candidate, q, state).count()
    found = _COUNT.first(candidate=candidate.pk) if candidate.is_authenticated else None
    return found[0] if found else 0


_COUNT = Compiled(
    lambda: (
        Interview.objects.for_candidate(MINE)
        .order_by()
        .values("candidate")
        .annotate(count=Count("pk"))
        .values_list("count")
    )
)


def rows(candidate: Any, first: int, last: int, q: str = "", state: str = "") -> list[Row]:
    """The rows of `interviews` from `first` up to, but excluding, `last`; one query."""
    if q or state:
        found = list(newest(interviews(candidate, q, state), first, last))
    else:
        found = _newest(first, last)(candidate=candidate.pk) if candidate.is_authenticated else []
    return [Row(*values) for values in found]


@lru_cache(maxsize=100)
def _newest(first: int, last: int) -> Compiled[tuple[Any, ...]]:
    return Compiled(lambda: newest(Interview.objects.for_candidate(MINE), first, last))


def newest(found: InterviewQuerySet, first: int, last: int, **more: Any) -> Any:
    """The values of rows, and `more` after them."""
    # Counted only for these: with a thousand interviews, counting for all took 29 ms instead of 4.
    shown = Interview.objects.filter(pk__in=found.values("pk")[first:last])
    # Grouping drops the model's default ordering.
    ordered = _counted(shown).annotate(**more).order_by("-ended_at", "-created_at", "id")
    return ordered.values_list(*(field.name for field in fields(Row)), *more)
