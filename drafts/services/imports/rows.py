"""Creates rows from an account file, and fills empty fields of existing rows."""

from __future__ import annotations

import uuid
from dataclasses import fields
from typing import Any

from django.db.models import Model
from django.utils import timezone

from drafts.domain import facts
from drafts.exchange.account import (
    ArchivedDraft,
    ArchivedInterview,
    ArchivedOutsider,
    ArchivedPerson,
    ArchivedRevision,
)
from drafts.models import DELETED_KEPT, Candidate, Draft, DraftRevision, Interview, Interviewer
from drafts.services.letters import MOST_VERSIONS
from drafts.services.mapping import interviewer_facts


def other_id(candidate: Candidate, archived_id: uuid.UUID) -> uuid.UUID:
    """A replacement for an id that another candidate has. It is always the same, so that nothing is added twice."""
    return uuid.uuid5(candidate.pk, str(archived_id))


def newest(draft: ArchivedDraft) -> list[ArchivedRevision]:
    """The newest versions that fit into the history, oldest first."""
    return sorted(draft.revisions, key=lambda one: one.version)[-MOST_VERSIONS:]


def _shared(model: type[Model], *sources: Any) -> dict[str, Any]:
    """Values for the model's columns, from the dataclasses' fields of the same name; never the id."""
    columns = {column.name: column for column in model._meta.concrete_fields if column.name != "id"}
    return {
        field.name: _stored(getattr(source, field.name), columns[field.name])
        for source in sources
        for field in fields(source)
        if field.name in columns
    }


def _stored(value: Any, column: Any) -> Any:
    if value is None and not column.null:
        return ""
    return list(value) if isinstance(value, tuple) else value


def new_interview(candidate: Candidate, key: uuid.UUID, archived: ArchivedInterview) -> Interview:
    interview = Interview(
        id=key, candidate=candidate, **_shared(Interview, archived, archived.panel.interview)
    )
    if archived.invitation:
        interview.invitation_uid = archived.invitation.uid
        interview.invitation_sequence = archived.invitation.sequence
    if interview.deleted_at and interview.deleted_at <= timezone.now() - DELETED_KEPT:
        # It was deleted so long ago that it would be purged at once; let it be restored for the usual time.
        interview.deleted_at = timezone.now()
    return interview


def new_person(
    interview: Interview, key: uuid.UUID, order: int, archived: ArchivedPerson, known: facts.Interviewer
) -> Interviewer:
    values = notes_of(known) | _about_notes(known)
    return Interviewer(id=key, interview=interview, order=order, **_shared(Interviewer, archived), **values)


def new_outsider(interview: Interview, key: uuid.UUID, order: int, archived: ArchivedOutsider) -> Interviewer:
    values = _shared(Interviewer, archived)
    return Interviewer(id=key, interview=interview, order=order, is_outside=True, **values)


def new_draft(person: Interviewer, key: uuid.UUID, archived: ArchivedDraft) -> Draft:
    version = max((one.version for one in archived.revisions), default=1)
    draft = Draft(id=key, interviewer=person, version=version, **_shared(Draft, archived))
    draft.answers = dict(archived.answers)
    return draft


def new_revision(draft: Draft, archived: ArchivedRevision, key: uuid.UUID, **others: Any) -> DraftRevision:
    return DraftRevision(id=key, draft=draft, **_shared(DraftRevision, archived) | others)


def fill(row: Any, values: dict[str, Any]) -> bool:
    """Sets the empty fields of the row and keeps the others. Returns whether a kept value differs from the file's.

    The row gets a new version, so that a page opened before cannot empty the fields again.
    """
    empty = [name for name, value in values.items() if value and not getattr(row, name)]
    others = any(value and getattr(row, name) != value for name, value in values.items() if name not in empty)
    if empty:
        _store(row, {name: values[name] for name in empty})
    return others


def _store(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*values, "version"])


def notes_of(known: facts.Interviewer) -> dict[str, Any]:
    values = _shared(Interviewer, known) | {
        "correction_topic": known.correction.topic,
        "correction_answer": known.correction.answer,
    }
    apart = _about_notes(known)
    return {name: value for name, value in values.items() if name not in apart}


def _about_notes(known: facts.Interviewer) -> dict[str, Any]:
    return {
        "relates": known.relates,
        "met_before": known.met_before,
        "reaction": known.reaction or "",
        "own_sentences": dict(known.say),
    }


def fill_about_notes(person: Interviewer, known: facts.Interviewer) -> bool:
    """Like `fill`, for fields that belong to a note: sets them only if the note is the same as the file's.

    Otherwise the letter would use an own sentence in place of a note that it is not about.
    """
    here = interviewer_facts(person, [])
    same = {key for key in facts.OWN_SENTENCE_KEYS if getattr(here, key) == getattr(known, key)}
    given, stored = _about_notes(known), _about_notes(here)
    values = dict(stored)
    if stored["relates"] is None and {"mentioned", "experience"} <= same:
        values["relates"] = given["relates"]
    if stored["met_before"] is None:
        values["met_before"] = given["met_before"]
    if not stored["reaction"] and "mentioned" in same:
        values["reaction"] = given["reaction"]
    values["own_sentences"] = {key: text for key, text in known.say if key in same} | stored["own_sentences"]
    if values != stored:
        _store(person, values)
    return (
        known.relates not in (None, values["relates"])
        or known.met_before not in (None, values["met_before"])
        or given["reaction"] not in ("", values["reaction"])
        or any(values["own_sentences"].get(key) != text for key, text in known.say)
    )
