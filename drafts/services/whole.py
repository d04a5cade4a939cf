"""Loads an interview with everything its letters depend on."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter, itemgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, QuerySet
from django.utils import timezone

from drafts.compiled import Compiled, Given
from drafts.domain.compose import compose_panel
from drafts.domain.facts import Dialect, Kind, Panel, Tone
from drafts.domain.follow_ups import Before, compose_follow_up
from drafts.domain.letter import Letter
from drafts.domain.routes import compose_route
from drafts.domain.time_zones import zone
from drafts.domain.tokens import fold
from drafts.models import Draft, Interview, Interviewer, WorkSample
from drafts.services.kept import kept
from drafts.services.mapping import facts_digest, follow_up_digest, interviewer_facts, panel_facts


@dataclass
class Whole:
    """An interview with everything its letters depend on. `kind` selects one draft per person.

    `people` and `panel` are those who were there; `outside` are others, whom letters of thanks go to.
    """

    interview: Interview
    people: list[Interviewer]
    drafts_of: dict[Kind, dict[uuid.UUID, Draft]]
    panel: Panel
    kind: Kind = Kind.THANK_YOU
    outside: list[Interviewer] = field(default_factory=list)

    @property
    def everyone(self) -> list[Interviewer]:
        """The panel, and then those outside it."""
        return [*self.people, *self.outside]

    def around(self, person: Interviewer) -> Whole:
        """The interview as the letters to this person see it: somebody outside the panel stands alone."""
        if not person.is_outside:
            return self
        alone = [one for one in self.outside if one.id == person.id]
        facts = [interviewer_facts(one) for one in alone]
        return replace(self, people=alone, panel=panel_facts(self.interview, facts), outside=[])

    def with_facts_of(self, person: Interviewer, samples: list[WorkSample] | None = None) -> Whole:
        """The interview with what this row says about its person; `samples` as for `interviewer_facts`."""
        people = list(self.panel.interviewers)
        people[self.index(person)] = interviewer_facts(person, samples)
        return replace(self, panel=replace(self.panel, interviewers=tuple(people)))

    @property
    def drafts(self) -> dict[uuid.UUID, Draft]:
        """By person's id."""
        return self.drafts_of.setdefault(self.kind, {})

    @property
    def all_drafts(self) -> list[Draft]:
        """The drafts of every kind, to everyone."""
        return [draft for by_person in self.drafts_of.values() for draft in by_person.values()]

    def drafts_to(self, person: Interviewer) -> list[Draft]:
        """This person's drafts, in the order of `Kind`."""
        found = (self.drafts_of.get(kind, {}).get(person.id) for kind in Kind)
        return [draft for draft in found if draft]

    def sent_route(self, person: Interviewer) -> Draft | None:
        """The letter that reached this person through somebody else or on LinkedIn; None if their own letter did.

        Marking a route as sent gives the person's own letter the same time; one that was sent separately has another.
        """
        letter = self.drafts_of.get(Kind.THANK_YOU, {}).get(person.id)
        routes = [draft for draft in self.drafts_to(person) if Kind(draft.kind).is_route and draft.sent_at]
        if letter and letter.sent_at and all(route.sent_at != letter.sent_at for route in routes):
            return None
        return max(routes, key=attrgetter("sent_at"), default=None)

    def went_out(self, draft: Draft) -> bool:
        """Whether this very text was sent, and not another one in its place."""
        is_letter = draft.kind == Kind.THANK_YOU
        return bool(draft.sent_at) and not (is_letter and self.sent_route(draft.interviewer))

    def of_kind(self, kind: Kind) -> Whole:
        """The same interview with drafts of another kind selected. Drafts are shared, not copied."""
        return replace(self, kind=kind)

    def file_names(self, person: Interviewer) -> tuple[str, ...]:
        """The names of the files attached to the letter to this person; follow-ups have none."""
        if self.kind.is_follow_up:
            return ()
        return tuple(sample.file_name for sample in self.people[self.index(person)].files())

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
        compose, inputs = self._composer(person, tone)
        return compose(*inputs)

    def kept_letter(self, person: Interviewer) -> Letter:
        """Like `letter`, but cached."""
        compose, inputs = self._composer(person)
        return kept(compose, *inputs)

    def _composer(
        self, person: Interviewer, tone: Tone | None = None
    ) -> tuple[Callable[..., Letter], tuple[Any, ...]]:
        """The domain's function for letters of this kind, and its arguments."""
        tones = tuple(self.tones({person.id: tone} if tone else None))
        if self.kind.is_follow_up:
            return compose_follow_up, (*self._follow_up_inputs(person), tones)
        return compose_route, (self.panel, self.index(person), self.kind, tones)

    def _follow_up_inputs(self, person: Interviewer) -> tuple[Panel, int, Kind, dict[str, str], Before]:
        draft = self.drafts.get(person.id)
        answers = dict(sorted(draft.answers.items())) if draft else {}
        return self.panel, self.index(person), self.kind, answers, self.before(person)

    def before(self, person: Interviewer) -> Before:
        """What was sent to this person before a draft of this kind."""
        sent = [
            (draft.sent_at, draft.subject)
            for kind, drafts in self.drafts_of.items()
            if kind is not self.kind
            and not kind.is_route
            and (draft := drafts.get(person.id))
            and draft.sent_at
        ]
        last_sent_at, last_subject = max(sent, key=itemgetter(0), default=(None, ""))
        nudge = self.drafts_of.get(Kind.NUDGE, {}).get(person.id)
        place = zone(self.interview.time_zone)
        return Before(
            subject=last_subject,
            sent_on=last_sent_at.astimezone(place).date() if last_sent_at else None,
            nudged_on=nudge.sent_at.astimezone(place).date() if nudge and nudge.sent_at else None,
            decision_expected_on=self.interview.decision_expected_on,
            dialect=Dialect(self.interview.candidate.dialect),
        )

    def letters(self) -> list[Letter | None]:
        """One letter per person, in the panel's order; for routes, only for people who have such a draft."""
        if self.kind is Kind.THANK_YOU:
            return list(compose_panel(self.panel, self.tones()))
        return [self.letter(person) if person.id in self.drafts else None for person in self.people]

    def digest(self, person: Interviewer, tone: Tone | None = None, *, is_former: bool = False) -> str:
        index = self.index(person)
        tone = tone or self.tones()[index]
        if self.kind.is_follow_up:
            *_known, answers, before = self._follow_up_inputs(person)
            return follow_up_digest(
                self.panel, index, self.kind, answers, before, tone.value, is_former=is_former
            )
        return facts_digest(self.panel, index, tone, self.kind, is_former=is_former)

    def is_stale(self, person: Interviewer) -> bool:
        """Whether the notes changed since this person's draft was composed."""
        draft = self.drafts.get(person.id)
        if not draft or not draft.facts_digest or draft.facts_digest == self.digest(person):
            return False
        return draft.facts_digest != self.digest(person, is_former=True)


def read_whole(interview: Interview) -> Whole:
    return read_wholes([interview])[0]


def read_whole_of(draft: Draft) -> Whole:
    """The interview as the letters to the draft's reader see it, with the drafts of its kind selected."""
    person = draft.interviewer
    return read_whole(person.interview).around(person).of_kind(Kind(draft.kind))


def read_wholes(interviews: Sequence[Interview]) -> list[Whole]:
    """Loads several interviews with two queries, whatever their number and the size of their panels."""
    people: dict[uuid.UUID, list[Interviewer]] = {interview.pk: [] for interview in interviews}
    by_key = {interview.pk: interview for interview in interviews}
    for person in _people_with_samples(by_key):
        person.interview = by_key[person.interview_id]
        people[person.interview_id].append(person)
    drafts_of: dict[uuid.UUID, dict[Kind, dict[uuid.UUID, Draft]]] = {key: {} for key in by_key}
    person_of = {person.pk: person for panel in people.values() for person in panel}
    for draft in _drafts(by_key):
        # Skip the letters of a person who was added after their panel was read.
        if draft.interviewer_id in person_of:
            draft.interviewer = person_of[draft.interviewer_id]
            drafts_of[draft.interviewer.interview_id].setdefault(Kind(draft.kind), {})[
                draft.interviewer_id
            ] = draft
    return [
        Whole(
            interview,
            [one for one in people[key] if not one.is_outside],
            drafts_of[key],
            panel_facts(interview, [interviewer_facts(one) for one in people[key] if not one.is_outside]),
            outside=[one for one in people[key] if one.is_outside],
        )
        for key, interview in by_key.items()
    ]


def _drafts(interviews: Collection[uuid.UUID]) -> list[Draft]:
    if len(interviews) == 1:
        return _DRAFTS_OF_ONE(interview=next(iter(interviews)))
    return list(Draft.objects.filter(interviewer__interview__in=interviews))


_DRAFTS_OF_ONE = Compiled(
    lambda: Draft.objects.filter(interviewer__interview=Given(Interviewer, "interview"))
)
_SAMPLE = tuple(field.attname for field in WorkSample._meta.concrete_fields)
_NO_SAMPLES = WorkSample.objects.none()
_SAMPLE_COLUMNS = {f"sample_{name}": F(f"work_samples__{name}") for name in _SAMPLE}


class _Samples(QuerySet[WorkSample]):
    """The work samples of one person, which were read already. The query for more of them is built only when asked."""

    person: Interviewer

    @classmethod
    def of(cls, person: Interviewer, rows: list[WorkSample]) -> _Samples:
        found = cls(WorkSample)
        found.person, found._result_cache = person, rows
        return found

    def _chain(self) -> QuerySet[WorkSample]:
        return WorkSample.objects.filter(interviewer=self.person)


def _people_with_samples(interviews: Collection[uuid.UUID]) -> list[Interviewer]:
    """The people of some interviews, with their work samples prefetched by the same query, because samples are few."""
    people: dict[uuid.UUID, Interviewer] = {}
    samples: dict[uuid.UUID, list[WorkSample]] = {}
    if len(interviews) == 1:
        rows = _PEOPLE_OF_ONE(interview=next(iter(interviews)))
    else:
        rows = list(_people_and_samples(interview__in=interviews))
    for row in rows:
        person = people.setdefault(row.pk, row)
        there = samples.setdefault(row.pk, [])
        values = [row.__dict__.pop(name) for name in _SAMPLE_COLUMNS]
        if values[0] is not None:
            there.append(WorkSample.from_db(DEFAULT_DB_ALIAS, _SAMPLE, values))
            there[-1].interviewer = person
    for key, person in people.items():
        # Where prefetch_related puts them.
        found = _Samples.of(person, samples[key]) if samples[key] else _NO_SAMPLES
        person._prefetched_objects_cache = {"work_samples": found}  # type: ignore[attr-defined]  # not in django-stubs
    return list(people.values())


def _people_and_samples(**which: Any) -> QuerySet[Interviewer]:
    rows = Interviewer.everyone.filter(**which).annotate(**_SAMPLE_COLUMNS)
    return rows.order_by("order", "id", "work_samples__order", "work_samples__id")


_PEOPLE_OF_ONE = Compiled(lambda: _people_and_samples(interview=Given(Interviewer, "interview")))


def search_text(interview: Interview, names: Iterable[str]) -> str:
    """The text in which searches look for an interview with these people."""
    return fold("\n".join([interview.company, interview.position, *names]))


# The fields that record_change sets.
CHANGED_FIELDS = ("search_text", "calendar_sequence", "calendar_changed_at", "updated_at")


def record_change(interview: Interview, names: Iterable[str]) -> None:
    """Updates the search text of a locked interview with people of these names, and makes calendars update its event.
    Does not save."""
    interview.search_text = search_text(interview, names)
    interview.calendar_sequence += 1
    interview.calendar_changed_at = timezone.now()


def change_calendar(interview: Interview) -> None:
    """Makes calendars update the event of this interview, after a change that they show."""
    Interview.objects.filter(pk=interview.pk).update(
        calendar_sequence=F("calendar_sequence") + 1, calendar_changed_at=timezone.now()
    )
