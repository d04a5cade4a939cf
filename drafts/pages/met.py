"""People the candidate met in earlier interviews at the same company, and the thank-you letters to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, FilteredRelation, Q

from drafts.compiled import Compiled, Given
from drafts.domain.facts import Kind
from drafts.domain.tokens import fold
from drafts.models import Draft, Interview, Interviewer
from drafts.pages.history import local_date
from drafts.pages.queries import MINE
from drafts.services import PERSON_FIELDS

MOST_MET = 200  # people of earlier rounds to load, latest first
_OF_INTERVIEW = ("company", "position", "stage", "ended_at", "time_zone")


@dataclass(frozen=True)
class Met:
    """Someone from an earlier interview, and the thank-you letter to them if there is one."""

    person: Interviewer
    letter: Draft | None

    @property
    def interview(self) -> Interview:
        return self.person.interview

    @property
    def on(self) -> str:
        """The date of that interview in its own time zone."""
        return local_date(self.interview.ended_at, self.interview.time_zone)


def earlier(interview: Interview) -> list[Met]:
    """The people of the candidate's earlier interviews at this company, latest first. Takes one query."""
    company = fold(interview.company)
    rows = _EARLIER(
        candidate=interview.candidate_id, company=company, ended_at=interview.ended_at, interview=interview.pk
    )
    return [Met(row, _letter(row)) for row in rows if fold(row.interview.company) == company]


_EARLIER = Compiled(
    lambda: (
        Interviewer.objects.for_candidate(MINE)
        .filter(
            interview__search_text__contains=Given(Interview, "search_text", "company"),
            interview__ended_at__lt=Given(Interview, "ended_at"),
        )
        .exclude(interview=Given(Interviewer, "interview"))
        .annotate(letter=FilteredRelation("drafts", condition=Q(drafts__kind=Kind.THANK_YOU)))
        .annotate(letter_id=F("letter__id"), body=F("letter__body"), sent_at=F("letter__sent_at"))
        .select_related("interview")
        .only(*PERSON_FIELDS, *(f"interview__{name}" for name in _OF_INTERVIEW))
        .order_by("-interview__ended_at", "order", "id")[:MOST_MET]
    )
)


def _letter(row: Any) -> Draft | None:
    return Draft(id=row.letter_id, body=row.body, sent_at=row.sent_at) if row.letter_id else None


def earlier_with(interview: Interview, person: Interviewer) -> list[Met]:
    """The entries for this person, matched by name or email address; one query."""
    keys = _keys(person.full_name, person.email)
    return [one for one in earlier(interview) if _keys(one.person.full_name, one.person.email) & keys]


def not_among(found: Iterable[Met], people: Iterable[tuple[str, str]]) -> list[Met]:
    """Each person once, as last met, leaving out `people`, given as (full name, email address)."""
    seen: set[str] = set().union(*(_keys(*one) for one in people))
    kept = []
    for one in found:
        keys = _keys(one.person.full_name, one.person.email)
        if not keys & seen:
            kept.append(one)
        seen |= keys
    return kept


def _keys(full_name: str, email: str) -> set[str]:
    """What a person is recognized by."""
    return {" ".join(fold(full_name).split()), email.strip().casefold()} - {""}
