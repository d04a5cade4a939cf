"""An account file read in again: what is not here yet is added, what is here stays as it is, nothing comes twice."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from drafts.domain import facts
from drafts.exchange.account import (
    ArchivedAccount,
    ArchivedDraft,
    ArchivedFile,
    ArchivedInterview,
    ArchivedPerson,
    ArchivedSettings,
)
from drafts.exchange.files import CheckedFile, FileFault, check_file, check_room
from drafts.mapping import interviewer_facts
from drafts.models import DELETED_KEPT, Candidate, Draft, DraftRevision, Interview, Interviewer, WorkSample
from drafts.services.candidates import SETTINGS, add_settings
from drafts.services.files import is_there
from drafts.services.interviews import PERSON_FIELDS
from drafts.services.whole import locked, refresh_search

_PLAIN_NOTES = ("mentioned", "enjoyed", "experience", "goal", "forgot", "callback", "ask")
ReadFile = Callable[[ArchivedFile], bytes]


@dataclass
class Imported:
    """How many interviews came in and how many were here already; `left_out` says what could not come, in words."""

    added: int = 0
    known: int = 0
    left_out: list[str] = field(default_factory=list)
    # Files stored for the interview at hand, to be taken away again if it cannot be stored.
    stored_files: list[str] = field(default_factory=list)


def import_account(candidate: Candidate, account: ArchivedAccount, read: ReadFile) -> Imported:
    """Each interview in a transaction of its own: other people go on saving, and what is stopped can be repeated.

    `read` gives a file's content; it was called for each file once already, so that a damaged one stops everything
    before anything is stored.
    """
    done = Imported()
    is_new = not Interview.objects.filter(candidate=candidate).exists() and not candidate.full_name
    _take_settings(candidate, account.settings, is_new=is_new)
    for interview in account.interviews:
        done.stored_files.clear()
        try:
            _take_interview(candidate, interview, read, done)
        except Exception:
            for name in done.stored_files:
                default_storage.delete(name)
            raise
    return done


@transaction.atomic
def _take_settings(candidate: Candidate, settings: ArchivedSettings, *, is_new: bool) -> None:
    stored = locked(Candidate.objects, candidate)
    add_settings(stored, settings)
    if is_new:
        stored.dialect, stored.usual_tone = settings.dialect, settings.usual_tone
    stored.save(update_fields=SETTINGS)


def _own_id(candidate: Candidate, archived_id: uuid.UUID, mine: models.QuerySet[Any], everyone: Any) -> Any:
    """The id that something of the file has here: its own, or, where that is somebody else's, one made from both.

    Made the same way every time, so that a file read in twice finds what came the first time.
    """
    other_id = uuid.uuid5(candidate.pk, str(archived_id))
    for one in (archived_id, other_id):
        if mine.filter(pk=one).exists():
            return one
    return other_id if everyone.objects.filter(pk=archived_id).exists() else archived_id


@transaction.atomic
def _take_interview(
    candidate: Candidate, archived: ArchivedInterview, read: ReadFile, done: Imported
) -> None:
    mine = Interview.objects.filter(candidate=candidate)
    key = _own_id(candidate, archived.id, mine, Interview)
    interview = mine.filter(pk=key).first()
    if interview is None:
        interview = _new_interview(candidate, key, archived)
        done.added += 1
    else:
        done.known += 1
        locked(Interview.objects, interview)
        if interview.deleted_at and not archived.deleted_at:
            interview.deleted_at = None
            interview.save(update_fields=["deleted_at", "updated_at"])
        kept = _fill(interview, {name: getattr(archived, name) for name in ("notes", "outcome")})
        if kept:
            done.left_out.append(
                _("What you noted on %(name)s differs here; yours stayed.") % {"name": interview}
            )
    order = interview.interviewers.count()
    for place, (person, known) in enumerate(zip(archived.people, archived.panel.interviewers, strict=True)):
        _take_person(candidate, interview, order + place, person, known, read, done)
    refresh_search(interview)


def _new_interview(candidate: Candidate, key: uuid.UUID, archived: ArchivedInterview) -> Interview:
    told = archived.panel.interview
    interview = Interview(
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
    interview.save(force_insert=True)
    return interview


def _is_over(deleted_at: dt.datetime) -> bool:
    return deleted_at <= timezone.now() - DELETED_KEPT


def _fill(row: Any, values: dict[str, Any]) -> bool:
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


def _take_person(
    candidate: Candidate,
    interview: Interview,
    order: int,
    archived: ArchivedPerson,
    known: facts.Interviewer,
    read: ReadFile,
    done: Imported,
) -> None:
    key = _own_id(candidate, archived.id, interview.interviewers.all(), Interviewer)
    values = {name: getattr(known, name) or "" for name in (*PERSON_FIELDS, *_PLAIN_NOTES)} | {
        "strengths": list(known.strengths),
        "correction_topic": known.correction.topic,
        "correction_answer": known.correction.answer,
    }
    person = interview.interviewers.filter(pk=key).first()
    if person is None:
        values |= _about_notes(known) | {"skipped_at": archived.skipped_at}
        person = Interviewer(id=key, interview=interview, order=order, **values)
        person.save(force_insert=True)
    elif _fill(person, values) | _fill_about_notes(person, known):
        words = _("What you noted on %(name)s differs here; yours stayed.")
        done.left_out.append(words % {"name": person.full_name})
    _take_samples(candidate, person, archived, known, read, done)
    for draft in archived.drafts:
        _take_draft(candidate, person, draft)


def _about_notes(known: facts.Interviewer) -> dict[str, Any]:
    return {
        "relates": known.relates,
        "reaction": known.reaction or "",
        "own_sentences": dict(known.say),
    }


def _fill_about_notes(person: Interviewer, known: facts.Interviewer) -> bool:
    """Like _fill, once the notes are filled: what belongs to a note comes only where that note is the file's.

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


def _take_samples(
    candidate: Candidate,
    person: Interviewer,
    archived: ArchivedPerson,
    known: facts.Interviewer,
    read: ReadFile,
    done: Imported,
) -> None:
    """Adds the links and files that are not here yet."""
    files = iter(archived.files)
    there = list(person.work_samples.all())
    urls = {sample.url for sample in there if sample.url}
    sizes = [sample.size for sample in there if sample.file]
    for order, sample in enumerate(known.work_samples, len(there)):
        if not sample.file:
            if sample.url not in urls and len(urls) < facts.MAX_WORK_SAMPLES:
                urls.add(sample.url)
                WorkSample.objects.create(interviewer=person, order=order, label=sample.label, url=sample.url)
            continue
        file = next(files)
        content = read(file)
        try:
            checked = check_file(sample.file, content)
            if is_there(checked, content, there):
                continue
            check_room(sample.file, len(content), sizes)
        except FileFault as fault:
            done.left_out.append(str(fault))
            continue
        sizes.append(len(content))
        mine = WorkSample.objects.filter(interviewer=person)
        key = _own_id(candidate, file.id, mine, WorkSample)
        done.stored_files.append(_store_file(person, key, order, sample.label, checked, content))


def _store_file(
    person: Interviewer, key: uuid.UUID, order: int, label: str, checked: CheckedFile, content: bytes
) -> str:
    sample = WorkSample(
        id=key,
        interviewer=person,
        order=order,
        label=label,
        file_name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
    )
    sample.file.save(checked.name, ContentFile(content), save=False)
    sample.save(force_insert=True)
    return sample.file.name


def _take_draft(candidate: Candidate, person: Interviewer, archived: ArchivedDraft) -> None:
    draft = person.drafts.filter(kind=archived.kind).first()
    if draft is None:
        draft = Draft(
            id=_own_id(candidate, archived.id, person.drafts.all(), Draft),
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
            edited_at=archived.edited_at,
            sent_at=archived.sent_at,
            created_at=archived.created_at,
        )
        draft.save(force_insert=True)
        _add_revisions(candidate, draft, archived)
    else:
        _add_other_texts(draft, archived)


def _add_revisions(candidate: Candidate, draft: Draft, archived: ArchivedDraft) -> None:
    ids = [one.id for one in archived.revisions]
    taken = set(DraftRevision.objects.filter(pk__in=ids).values_list("pk", flat=True))
    DraftRevision.objects.bulk_create(
        DraftRevision(
            id=uuid.uuid5(candidate.pk, str(one.id)) if one.id in taken else one.id,
            draft=draft,
            version=one.version,
            subject=one.subject,
            body=one.body,
            tone=one.tone,
            reason=one.reason,
            created_at=one.created_at,
        )
        for one in archived.revisions
    )


def _add_other_texts(draft: Draft, archived: ArchivedDraft) -> None:
    """Texts that the letter here never had go into its history: neither side's words are lost."""
    texts = set(draft.revisions.values_list("subject", "body"))
    version = draft.revisions.aggregate(last=models.Max("version"))["last"] or 0
    for one in archived.revisions:
        if (one.subject, one.body) not in texts:
            version += 1
            texts.add((one.subject, one.body))
            DraftRevision.objects.create(
                draft=draft,
                version=version,
                subject=one.subject,
                body=one.body,
                tone=one.tone,
                reason=facts.Reason.ASIDE,
                created_at=one.created_at,
            )
