"""The page of one company: its rounds, the people in each, and the letters to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from drafts.domain.tokens import fold
from drafts.models import Draft, Interview, Interviewer
from drafts.pages.history import OUTCOMES, Row, local_date
from drafts.services import Whole
from drafts.services.whole import read_wholes
from drafts.web.links import link

MOST_ROUNDS = 50  # shown, the latest first
_MOST_MATCHES = 200  # interviews found by the company's name that are loaded


@dataclass(frozen=True)
class Letter:
    """One letter; `sent_on` is empty until it is sent."""

    draft: Draft
    sent_on: str


@dataclass(frozen=True)
class Person:
    person: Interviewer
    letters: tuple[Letter, ...]

    @property
    def url(self) -> str:
        name = "outside_edit" if self.person.is_outside else "conversation_edit"
        return link(name, self.person.interview_id, self.person.id)


@dataclass(frozen=True)
class Round:
    """One interview; `on` is its date in its own time zone."""

    interview: Interview
    on: str
    people: tuple[Person, ...]
    outside: tuple[Person, ...] = ()

    @property
    def happened(self) -> Any:
        """The outcome in words; empty if none was entered."""
        return OUTCOMES.get(self.interview.outcome, "")


def with_rounds(rows: Iterable[Row]) -> list[Row]:
    """The first row of each company that has more than one."""
    by_company: dict[str, list[Row]] = {}
    for row in rows:
        by_company.setdefault(fold(row.company), []).append(row)
    return [found[0] for found in by_company.values() if len(found) > 1]


def rounds(interview: Interview) -> list[Round]:
    """The candidate's interviews at the same company, latest first, at most MOST_ROUNDS. Takes three queries."""
    company = fold(interview.company)
    matches = Interview.objects.for_candidate(interview.candidate).filter(search_text__contains=company)
    found = [one for one in matches[:_MOST_MATCHES] if fold(one.company) == company][:MOST_ROUNDS]
    for one in found:
        # Already loaded; this saves a query for each interview.
        one.candidate = interview.candidate
    return [_round(whole) for whole in read_wholes(found)]


def _round(whole: Whole) -> Round:
    interview = whole.interview
    return Round(
        interview,
        local_date(interview.ended_at, interview.time_zone),
        tuple(Person(person, _letters(whole, person)) for person in whole.people),
        tuple(Person(person, _letters(whole, person)) for person in whole.outside),
    )


def _letters(whole: Whole, person: Interviewer) -> tuple[Letter, ...]:
    """This person's letters, in the order of `Kind`."""
    zone = whole.interview.time_zone
    return tuple(
        Letter(draft, local_date(draft.sent_at, zone) if draft.sent_at and whole.went_out(draft) else "")
        for draft in whole.drafts_to(person)
    )
