"""Rows made of what an account file says, and rows that are here already filled in."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.utils import timezone

from drafts.domain import facts
from drafts.exchange.account import ArchivedDraft, ArchivedInterview, ArchivedPerson, ArchivedRevision
from drafts.models import DELETED_KEPT, Candidate, Draft, DraftRevision, Interview, Interviewer
from drafts.services.interviews import PERSON_FIELDS
from drafts.services.letters import MOST_VERSIONS
from drafts.services.mapping import interviewer_facts

_PLAIN_NOTES = ("mentioned", "enjoyed", "experience", "goal", "forgot", "callback", "ask")


def other_id(candidate: Candidate, archived_id: uuid.UUID) -> uuid.UUID:
    """Stands in for an id that is somebody else's; the same every time, so that nothing is added twice."""
    return uuid.uuid5(candidate.pk, str(archived_id))


def newest(draft: ArchivedDraft) -> list[ArchivedRevision]:
    """The versions that the history has room for, the oldest first."""
    return sorted(draft.revisions, key=lambda one: one.version)[-MOST_VERSIONS:]


def new_interview(candidate: Candidate, key: uuid.UUID, archived: ArchivedInterview) -> Interview:
    told = archived.panel.interview
    return Interview(
        id=key,
        candidate=candidate,
        company=told.company,
        position=told.position,
        field=told.field,
        team=told.team,
        stage=told.stage or "",
        ended_at=told.ended_at,
        time_zone=told.time_zone,
        country=told.country,
        notes=archived.notes,
        decision_expected_on=archived.decision_expected_on,
        outcome=archived.outcome,
        outcome_on=archived.outcome_on,
        work_opens=archived.work_opens,
        work_closes=archived.work_closes,
        work_days=archived.work_days,
        chosen_send_at=archived.chosen_send_at,
        invitation_uid=archived.invitation_uid,
        invitation_sequence=archived.invitation_sequence,
        created_at=archived.created_at,
        # Among the deleted ones it can be brought back for as long as any other.
        deleted_at=timezone.now()
        if archived.deleted_at and _is_over(archived.deleted_at)
        else archived.deleted_at,
    )


def _is_over(deleted_at: dt.datetime) -> bool:
    return deleted_at <= timezone.now() - DELETED_KEPT


def new_person(
    interview: Interview, key: uuid.UUID, order: int, archived: ArchivedPerson, known: facts.Interviewer
) -> Interviewer:
    values = notes_of(known) | _about_notes(known)
    return Interviewer(id=key, interview=interview, order=order, skipped_at=archived.skipped_at, **values)


def new_draft(person: Interviewer, key: uuid.UUID, archived: ArchivedDraft) -> Draft:
    return Draft(
        id=key,
        interviewer=person,
        kind=archived.kind,
        subject=archived.subject,
        body=archived.body,
        tone=archived.tone,
        version=max((one.version for one in archived.revisions), default=1),
        facts_digest=archived.facts_digest,
        left_out=list(archived.left_out),
        unsure=list(archived.unsure),
        dismissed=list(archived.dismissed),
        answers=dict(archived.answers),
        edited_at=archived.edited_at,
        sent_at=archived.sent_at,
        created_at=archived.created_at,
    )


def new_revision(
    draft: Draft, archived: ArchivedRevision, key: uuid.UUID, version: int, reason: facts.Reason
) -> DraftRevision:
    return DraftRevision(
        id=key,
        draft=draft,
        version=version,
        subject=archived.subject,
        body=archived.body,
        tone=archived.tone,
        reason=reason,
        created_at=archived.created_at,
    )


def fill(row: Any, values: dict[str, Any]) -> bool:
    """Sets what is empty in the row; what is there stays. Answers whether something else stayed there.

    The row gets a new version, so that a page which is open with the old one does not empty it again.
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
    return {name: getattr(known, name) or "" for name in (*PERSON_FIELDS, *_PLAIN_NOTES)} | {
        "strengths": list(known.strengths),
        "correction_topic": known.correction.topic,
        "correction_answer": known.correction.answer,
    }


def _about_notes(known: facts.Interviewer) -> dict[str, Any]:
    return {
        "relates": known.relates,
        "reaction": known.reaction or "",
        "own_sentences": dict(known.say),
    }


def fill_about_notes(person: Interviewer, known: facts.Interviewer) -> bool:
    """Like fill, once the notes are filled: what belongs to a note comes only where that note is the file's.

    An own sentence would otherwise stand in the letter in place of a note that it is not about.
    """
    here = interviewer_facts(person, [])
    same = {key for key in facts.OWN_SENTENCE_KEYS if getattr(here, key) == getattr(known, key)}
    given, stored = _about_notes(known), _about_notes(here)
    values = dict(stored)
    if stored["relates"] is None and {"mentioned", "experience"} <= same:
        values["relates"] = given["relates"]
    if not stored["reaction"] and "mentioned" in same:
        values["reaction"] = given["reaction"]
    values["own_sentences"] = {key: text for key, text in known.say if key in same} | stored["own_sentences"]
    if values != stored:
        _store(person, values)
    return (
        known.relates not in (None, values["relates"])
        or given["reaction"] not in ("", values["reaction"])
        or any(values["own_sentences"].get(key) != text for key, text in known.say)
    )
