"""The interview and its panel."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from drafts.errors import Conflict
from drafts.models import DELETED_KEPT, Candidate, Interview, Interviewer, WorkSample
from drafts.services.candidates import set_sender
from drafts.services.files import forget_files
from drafts.services.letters import recompose_untouched
from drafts.services.whole import change_calendar, lock_interview, locked, read_whole, refresh_search

INTERVIEW_FIELDS = ("company", "position", "field", "team", "stage", "ended_at", "time_zone", "country")
WORK_FIELDS = ("work_opens", "work_closes", "work_days")
NO_VERSION = 0  # which nothing stored has
PERSON_FIELDS = ("full_name", "greet_as", "email", "job_title", "role")


@transaction.atomic
def create_interview(
    candidate: Candidate,
    values: Mapping[str, Any],
    *,
    full_name: str,
    signature: str,
    key: uuid.UUID | None = None,
    version: int | None = None,
    person: Mapping[str, Any] | None = None,
    typing: bool = False,
) -> Interview:
    """A new interview under `key`; sent twice, the same one again. Raises Conflict and Gone like update_interview.

    `person` is the row, as of `save_panel`, of whoever was there, where one person was.
    """
    mine = Interview.objects.filter(candidate=candidate, pk=key).first() if key else None
    if mine:
        # Gone, where it was deleted meanwhile. Without a version only the same once more is no conflict.
        version = NO_VERSION if version is None else version
        is_current = version == mine.version
        interview = update_interview(
            mine, values, full_name=full_name, signature=signature, version=version, typing=typing
        )
        if person is None or (person["DELETE"] and not (is_current and _is_untold(mine, person["id"]))):
            return interview
        return save_panel(interview, [person], None if is_current else NO_VERSION, typing=typing)
    set_sender(candidate, full_name, signature)
    if key and Interview.objects.filter(pk=key).exists():
        key = None
    interview = Interview(
        id=key or uuid.uuid4(), candidate=candidate, **{k: values[k] for k in INTERVIEW_FIELDS}
    )
    before = Interview.objects.for_candidate(candidate).filter(company__iexact=interview.company).first()
    if before:
        for name in WORK_FIELDS:
            setattr(interview, name, getattr(before, name))
    interview.save(force_insert=True)
    refresh_search(interview)
    if person is None or person["DELETE"]:
        return interview
    return save_panel(interview, [person], None, typing=typing)


def _is_untold(interview: Interview, person_id: Any) -> bool:
    """Whether this person is in the panel, and nothing was noted of them yet."""
    return interview.interviewers.filter(pk=person_id, version=1, drafts__isnull=True).exists()


@transaction.atomic
def update_interview(
    interview: Interview,
    values: Mapping[str, Any],
    *,
    full_name: str,
    signature: str,
    version: int | None,
    typing: bool = False,
) -> Interview:
    stored = lock_interview(interview)
    if version is not None and version != stored.version:
        sender = (stored.candidate.full_name, stored.candidate.signature)
        if sender == (full_name, signature) and all(
            getattr(stored, k) == values[k] for k in INTERVIEW_FIELDS
        ):
            # Saved already, by a request whose answer did not arrive.
            return stored
        raise Conflict(stored)
    set_sender(stored.candidate, full_name, signature)
    for name in INTERVIEW_FIELDS:
        setattr(stored, name, values[name])
    if not typing and stored.chosen_send_at and stored.chosen_send_at < stored.ended_at:
        # Moved past it: a time before the end is no time to send. Not while typing: dates are typed digit by digit.
        stored.chosen_send_at = None
    stored.version += 1
    stored.save(update_fields=[*INTERVIEW_FIELDS, "chosen_send_at", "version", "updated_at"])
    change_calendar(stored)
    refresh_search(stored)
    recompose_untouched(read_whole(stored, to_write=True), typing=typing)
    return stored


@transaction.atomic
def delete_interview(interview: Interview) -> None:
    """Takes the interview out of sight; for DELETED_KEPT it can be brought back."""
    stored: Interview = locked(Interview.objects, interview)
    if stored.deleted_at is None:
        stored.deleted_at = timezone.now()
        stored.save(update_fields=["deleted_at", "updated_at"])
        change_calendar(stored)
    forget_deleted(Interview.objects.filter(candidate=stored.candidate_id), timezone.now())


@transaction.atomic
def bring_back_interview(interview: Interview) -> None:
    stored: Interview = locked(Interview.objects, interview)
    stored.deleted_at = None
    stored.save(update_fields=["deleted_at", "updated_at"])
    change_calendar(stored)


@transaction.atomic
def forget_interview(interview: Interview) -> None:
    """Deletes for good, with the files."""
    forget_files(WorkSample.objects.filter(interviewer__interview=interview))
    interview.delete()


def forget_deleted(interviews: QuerySet[Interview], now: dt.datetime) -> int:
    """Deletes for good what can no longer be brought back. Answers how many interviews that were."""
    over = list(interviews.filter(deleted_at__lte=now - DELETED_KEPT))
    for interview in over:
        forget_interview(interview)
    return len(over)


@transaction.atomic
def save_panel(
    interview: Interview, rows: Sequence[Mapping[str, Any]], version: int | None, *, typing: bool = False
) -> Interview:
    """Stores the panel in the order of `rows`. People not named stay, at the end; only `DELETE` removes."""
    stored = lock_interview(interview)
    if version is not None and version != stored.version:
        if _is_panel(stored, rows):
            # Saved already, by a request whose answer did not arrive.
            return stored
        raise Conflict(stored)
    there = {person.id: person for person in stored.interviewers.all()}
    by_name = {person.full_name.casefold(): person for person in there.values()}
    seen: set[uuid.UUID] = set()
    order = 0
    for row in rows:
        person = there.get(row["id"]) if row["id"] else by_name.get(row["full_name"].casefold())
        if person and person.id in seen:
            person = None
        if row["DELETE"]:
            if person:
                del there[person.id]
                by_name = {name: other for name, other in by_name.items() if other is not person}
                forget_files(person.work_samples.all())
                person.delete()
            continue
        if person is None:
            taken = row["id"] and Interviewer.objects.filter(pk=row["id"]).exists()
            person = Interviewer(id=uuid.uuid4() if taken or not row["id"] else row["id"], interview=stored)
        for name in PERSON_FIELDS:
            setattr(person, name, row[name])
        person.order = order
        order += 1
        adding = person._state.adding
        person.save(force_insert=adding, update_fields=None if adding else [*PERSON_FIELDS, "order"])
        seen.add(person.id)
    for person in there.values():
        if person.id not in seen:
            person.order = order
            order += 1
            person.save(update_fields=["order"])
    stored.version += 1
    stored.save(update_fields=["version", "updated_at"])
    change_calendar(stored)
    refresh_search(stored)
    recompose_untouched(read_whole(stored, to_write=True), typing=typing)
    return stored


def _is_panel(stored: Interview, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the panel is stored as it is in `rows`."""
    people = [tuple(getattr(person, name) for name in PERSON_FIELDS) for person in stored.interviewers.all()]
    given = [tuple(row[name] for name in PERSON_FIELDS) for row in rows]
    return people == given and not any(row["DELETE"] for row in rows)


@transaction.atomic
def set_sending(interview: Interview, values: Mapping[str, Any]) -> Interview:
    """When people there are at work, and the candidate's own moment to send (None: the recommended one).

    Not checked for changes made elsewhere: it is one small form, whose last answer counts.
    """
    stored: Interview = locked(Interview.objects, interview)
    names = [*WORK_FIELDS, "chosen_send_at"]
    for name in names:
        setattr(stored, name, values[name])
    stored.save(update_fields=[*names, "updated_at"])
    change_calendar(stored)
    return stored


@transaction.atomic
def save_invitation(
    candidate: Candidate,
    values: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    *,
    uid: str,
    sequence: int,
    existing: Interview | None = None,
    key: uuid.UUID | None = None,
) -> Interview:
    """An interview and its panel as read from a calendar invitation, new or an update of `existing`.

    An update takes nobody away: people known by address or name are filled in, others are added.
    """
    sender = {"full_name": values["full_name"], "signature": values["signature"]}
    if existing:
        interview = update_interview(existing, values, **sender, version=None)
        rows = _with_known_people(interview, rows)
    else:
        interview = create_interview(candidate, values, **sender, key=key)
    save_panel(interview, rows, None)
    interview.invitation_uid = uid
    interview.invitation_sequence = max(interview.invitation_sequence, min(sequence, 2**31 - 1))
    interview.save(update_fields=["invitation_uid", "invitation_sequence", "updated_at"])
    return interview


def known_people(interview: Interview, rows: Sequence[Mapping[str, Any]]) -> list[Interviewer | None]:
    """Who of the panel each row is about: by id, else by address, else by name; None for someone new."""
    people = list(interview.interviewers.all())
    by_id = {str(person.id): person for person in people}
    by_email = {person.email.casefold(): person for person in people if person.email}
    by_name = {person.full_name.casefold(): person for person in people}
    return [
        by_id.get(str(row.get("id") or ""))
        or by_email.get(row["email"].casefold())
        or by_name.get(row["full_name"].casefold())
        for row in rows
    ]


def _with_known_people(interview: Interview, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The rows with the ids of those already in the panel; what is known of them and not in the row is kept.

    A row to be removed is left out: an update takes nobody away, whose notes and letters would go along.
    """
    kept = [{"email": "", "full_name": "", **row} for row in rows if not row["DELETE"]]
    found: list[dict[str, Any]] = []
    for row, known in zip(kept, known_people(interview, kept), strict=True):
        merged = dict(row)
        if known:
            merged["id"] = known.id
            for name in PERSON_FIELDS:
                merged[name] = row[name] or getattr(known, name)
        found.append(merged)
    return found
