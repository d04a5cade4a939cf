"""One step of an import."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from drafts.domain import facts
from drafts.exchange.account import ArchivedDraft, ArchivedInterview, ArchivedOutsider, ArchivedPerson
from drafts.exchange.files import FileFault, check_room
from drafts.models import Candidate, Draft, DraftRevision, Interview, Interviewer, WorkSample
from drafts.services.imports.files import Files
from drafts.services.imports.rows import (
    fill,
    fill_about_notes,
    new_draft,
    new_interview,
    new_outsider,
    new_person,
    new_revision,
    newest,
    notes_of,
    other_id,
)
from drafts.services.letters import MOST_VERSIONS
from drafts.services.whole import search_text
from drafts.translation import translated

_IDS_AT_ONCE = 500  # in one query
Rows = dict[type[models.Model], list[Any]]


def taken_ids(interviews: Sequence[ArchivedInterview]) -> set[uuid.UUID]:
    """The ids of these interviews and their contents that are already taken, by any candidate."""
    panels = [person for interview in interviews for person in interview.people]
    people: list[ArchivedPerson | ArchivedOutsider] = [*panels]
    people += [person for interview in interviews for person in interview.outside]
    drafts = [draft for person in people for draft in person.drafts]
    asked: dict[type[models.Model], list[uuid.UUID]] = {
        Interview: [one.id for one in interviews],
        Interviewer: [one.id for one in people],
        WorkSample: [one.id for person in panels for one in person.files],
        Draft: [one.id for one in drafts],
        DraftRevision: [one.id for draft in drafts for one in newest(draft)],
    }
    taken: set[uuid.UUID] = set()
    for model, ids in asked.items():
        for start in range(0, len(ids), _IDS_AT_ONCE):
            there = model._base_manager.filter(pk__in=ids[start : start + _IDS_AT_ONCE])
            taken.update(there.values_list("pk", flat=True))
    return taken


@dataclass
class Step:
    """Some interviews being imported. New rows are collected and stored at the end, with one query per table."""

    candidate: Candidate
    files: Files
    taken: set[uuid.UUID]
    added: int = 0
    left_out: list[str] = field(default_factory=list)
    rows: Rows = field(default_factory=lambda: defaultdict(list))
    # By interview and by person: those outside the panel who are here already, or were just added.
    outside: dict[uuid.UUID, dict[uuid.UUID, Interviewer]] = field(default_factory=lambda: defaultdict(dict))

    def take(self, interviews: Sequence[ArchivedInterview]) -> None:
        here = self._known(interviews)
        for archived in interviews:
            key = self._key(archived.id, here)
            interview = here.get(key)
            if interview is None:
                interview = new_interview(self.candidate, key, archived)
                self.rows[Interview].append(interview)
                self.added += 1
            else:
                self._merge(interview, archived)
            self._take_people(interview, archived, is_new=key not in here)
        for model in (Interview, Interviewer, WorkSample, Draft, DraftRevision):
            model._default_manager.bulk_create(self.rows[model], batch_size=1000)

    def _known(self, interviews: Sequence[ArchivedInterview]) -> dict[uuid.UUID, Interview]:
        """The interviews that already exist, locked, with their people, and the letters to the people of this step."""
        mine = Interview.objects.filter(candidate=self.candidate, pk__in=self._ids(interviews))
        list(mine.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        people = self._ids(person for interview in interviews for person in interview.people)
        drafts = Draft.objects.filter(interviewer__in=people).prefetch_related("revisions")
        panels = ("interviewers__work_samples", Prefetch("interviewers__drafts", drafts))
        found = {one.pk: one for one in mine.prefetch_related(*panels)}
        outside = Interviewer.everyone.filter(interview__in=found, is_outside=True)
        for person in outside.prefetch_related(
            Prefetch("drafts", Draft.objects.prefetch_related("revisions"))
        ):
            self.outside[person.interview_id][person.pk] = person
        return found

    def _ids(self, archived: Iterable[Any]) -> list[uuid.UUID]:
        """The ids that these may have in the database."""
        return [key for one in archived for key in (one.id, other_id(self.candidate, one.id))]

    def _key(self, archived_id: uuid.UUID, mine: Collection[uuid.UUID]) -> uuid.UUID:
        """The id that an object of the file has or gets in the database; `mine` are the existing ids it may match."""
        other = other_id(self.candidate, archived_id)
        if archived_id not in mine and (other in mine or archived_id in self.taken):
            return other
        return archived_id

    def _free(self, archived_id: uuid.UUID) -> uuid.UUID:
        """The id for an object that is matched to existing ones by content."""
        return uuid.uuid4() if archived_id in self.taken else archived_id

    def _differs(self, name: Any) -> None:
        self.left_out.append(
            _("Your notes about %(name)s are different here, so we kept the ones already here.")
            % {"name": name}
        )

    def _merge(self, interview: Interview, archived: ArchivedInterview) -> None:
        if interview.deleted_at and not archived.deleted_at:
            interview.deleted_at = None
            interview.save(update_fields=["deleted_at", "updated_at"])
        if fill(interview, {name: getattr(archived, name) for name in ("notes", "outcome")}):
            self._differs(interview)

    def _take_people(self, interview: Interview, archived: ArchivedInterview, *, is_new: bool) -> None:
        here = {} if is_new else {person.pk: person for person in interview.interviewers.all()}
        there = len(here)
        for place, (entry, known) in enumerate(archived.known_people()):
            key = self._key(entry.id, here)
            if key in here:
                self._merge_person(here[key], entry, known)
            else:
                here[key] = new_person(interview, key, there + place, entry, known)
                self.rows[Interviewer].append(here[key])
            self._take_samples(here[key], entry, known)
            self._take_drafts(here[key], entry)
        outside = self.outside[interview.pk]
        there += len(outside)
        for outsider in archived.outside:
            self._take_outsider(interview, outsider, outside)
        if len(here) + len(outside) > there or is_new:
            everyone = [*here.values(), *outside.values()]
            interview.search_text = search_text(interview, [person.full_name for person in everyone])
            if not is_new:
                interview.save(update_fields=["search_text", "updated_at"])

    def _take_outsider(
        self, interview: Interview, archived: ArchivedOutsider, here: dict[uuid.UUID, Interviewer]
    ) -> None:
        """Somebody outside the panel; who is here already keeps their name and address."""
        key = self._key(archived.id, here)
        if key not in here:
            here[key] = new_outsider(interview, key, len(here), archived)
            self.rows[Interviewer].append(here[key])
        self._take_drafts(here[key], archived)

    def _merge_person(self, person: Interviewer, archived: ArchivedPerson, known: facts.Interviewer) -> None:
        texts = notes_of(known) | {"everything": archived.everything}
        if fill(person, texts) | fill_about_notes(person, known):
            self._differs(person.full_name)

    def _take_samples(self, person: Interviewer, archived: ArchivedPerson, known: facts.Interviewer) -> None:
        """Adds the links and files that are not there yet."""
        files = iter(archived.files)
        there = [] if person._state.adding else list(person.work_samples.all())
        urls = {sample.url for sample in there if sample.url}
        sizes = [sample.size for sample in there if sample.file]
        for order, sample in enumerate(known.work_samples, len(there)):
            if not sample.file:
                if sample.url not in urls and len(urls) < facts.MAX_WORK_SAMPLES:
                    urls.add(sample.url)
                    self.rows[WorkSample].append(
                        WorkSample(interviewer=person, order=order, label=sample.label, url=sample.url)
                    )
                continue
            archived_file = next(files)
            file = self.files.get(archived_file.id)
            if file is None:
                continue
            try:
                if isinstance(file, FileFault):
                    raise file
                check_room(sample.file, file.checked.size, sizes)
            except FileFault as fault:
                self.left_out.append(translated(fault.args[0]))
                continue
            sizes.append(file.checked.size)
            self.rows[WorkSample].append(
                WorkSample(
                    id=self._free(archived_file.id),
                    interviewer=person,
                    order=order,
                    label=sample.label,
                    file=file.name,
                    file_name=file.checked.name,
                    content_type=file.checked.content_type,
                    size=file.checked.size,
                )
            )

    def _take_drafts(self, person: Interviewer, archived: ArchivedPerson | ArchivedOutsider) -> None:
        here = {} if person._state.adding else {draft.kind: draft for draft in person.drafts.all()}
        for one in archived.drafts:
            if one.kind in here:
                self._add_other_texts(here[one.kind], one)
            else:
                self._add_draft(person, one)

    def _add_draft(self, person: Interviewer, archived: ArchivedDraft) -> None:
        draft = new_draft(person, self._free(archived.id), archived)
        self.rows[Draft].append(draft)
        self.rows[DraftRevision] += [new_revision(draft, one, self._free(one.id)) for one in newest(archived)]

    def _add_other_texts(self, draft: Draft, archived: ArchivedDraft) -> None:
        """Adds texts that the stored letter never had to its history, so that no text of either side is lost."""
        here = list(draft.revisions.all())
        texts = {(one.subject, one.body) for one in here}
        version = max((one.version for one in here), default=0)
        for one in newest(archived):
            if (one.subject, one.body) not in texts and len(texts) < MOST_VERSIONS:
                version += 1
                texts.add((one.subject, one.body))
                revision = new_revision(draft, one, uuid.uuid4(), version=version, reason=facts.Reason.ASIDE)
                self.rows[DraftRevision].append(revision)
