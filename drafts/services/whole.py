"""An interview with everything its letters depend on, read at once; and rows locked for writing."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import F
from django.utils import timezone

from drafts.domain.compose import Letter, compose_panel
from drafts.domain.facts import Kind, Panel, Tone
from drafts.domain.routes import compose_route
from drafts.domain.tokens import fold
from drafts.errors import Gone
from drafts.mapping import facts_digest, interviewer_facts, panel_facts
from drafts.models import Draft, Interview, Interviewer


@dataclass
class Whole:
    """An interview with everything its letters depend on. `kind` says which of each person's drafts is meant."""

    interview: Interview
    people: list[Interviewer]
    drafts_of: dict[Kind, dict[uuid.UUID, Draft]]
    panel: Panel
    kind: Kind = Kind.THANK_YOU

    @property
    def drafts(self) -> dict[uuid.UUID, Draft]:
        """By person's id."""
        return self.drafts_of.setdefault(self.kind, {})

    def of_kind(self, kind: Kind) -> Whole:
        """The same interview, seen by its drafts of another kind; the drafts are shared."""
        return replace(self, kind=kind)

    def file_names(self, person: Interviewer) -> tuple[str, ...]:
        """The files that go with the letter to this person."""
        samples = self.people[self.index(person)].work_samples.all()
        return tuple(sample.file_name for sample in samples if sample.file)

    def tones(self, changed: Mapping[uuid.UUID, Tone] | None = None) -> list[Tone]:
        changed = changed or {}
        usual = Tone(self.interview.candidate.usual_tone)
        return [
            changed.get(person.id)
            or (Tone(self.drafts[person.id].tone) if person.id in self.drafts else usual)
            for person in self.people
        ]

    def index(self, person: Interviewer) -> int:
        return [one.id for one in self.people].index(person.id)

    def letter(self, person: Interviewer, tone: Tone | None = None) -> Letter:
        changed = {person.id: tone} if tone else None
        return compose_route(self.panel, self.index(person), self.kind, self.tones(changed))

    def letters(self) -> list[Letter | None]:
        """One per person, in the panel's order; of a route only where there is a draft of it already."""
        if self.kind is Kind.THANK_YOU:
            return list(compose_panel(self.panel, self.tones()))
        return [self.letter(person) if person.id in self.drafts else None for person in self.people]

    def digest(self, person: Interviewer, tone: Tone | None = None) -> str:
        index = self.index(person)
        return facts_digest(self.panel, index, tone or self.tones()[index], self.kind)

    def is_stale(self, person: Interviewer) -> bool:
        """Whether the notes changed since this person's draft was composed."""
        draft = self.drafts.get(person.id)
        return bool(draft and draft.facts_digest and draft.facts_digest != self.digest(person))


def read_whole(interview: Interview, *, to_write: bool = False) -> Whole:
    """Three queries, however large the panel. `to_write` locks the drafts until the transaction ends."""
    people = list(interview.interviewers.prefetch_related("work_samples"))
    drafts = Draft.objects.select_for_update(of=("self",)) if to_write else Draft.objects.all()
    drafts_of: dict[Kind, dict[uuid.UUID, Draft]] = {}
    for draft in drafts.filter(interviewer__interview=interview):
        drafts_of.setdefault(Kind(draft.kind), {})[draft.interviewer_id] = draft
    panel = panel_facts(interview, [interviewer_facts(person) for person in people])
    return Whole(interview, people, drafts_of, panel)


def refresh_search(interview: Interview) -> None:
    names = interview.interviewers.values_list("full_name", flat=True)
    interview.search_text = fold("\n".join([interview.company, interview.position, *names]))
    interview.save(update_fields=["search_text", "updated_at"])


def locked(rows: Any, row: Any) -> Any:
    """The row as stored now, locked until the transaction ends. Raises Gone when there is none any more."""
    try:
        return rows.select_for_update().get(pk=row.pk)
    except ObjectDoesNotExist as error:
        raise Gone from error


def lock_interview(interview: Interview) -> Interview:
    """The interview as stored now, locked, with its candidate. Raises Gone where it was deleted."""
    stored: Interview = locked(Interview.objects, interview)
    stored.candidate = interview.candidate
    if stored.deleted_at:
        raise Gone
    return stored


def change_calendar(interview: Interview) -> None:
    """Calendars that show this interview take it in anew: what they show of it changed."""
    Interview.objects.filter(pk=interview.pk).update(
        calendar_sequence=F("calendar_sequence") + 1, calendar_changed_at=timezone.now()
    )
