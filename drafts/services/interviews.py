"""Interviews and their panels."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Upper
from django.utils import timezone

from drafts.compiled import Compiled, Given
from drafts.errors import Conflict
from drafts.models import Candidate, Interview, Interviewer, WorkSample
from drafts.services.candidates import changes_signature, set_sender
from drafts.services.files import delete_files_on_commit
from drafts.services.letters import recompose_untouched
from drafts.services.locks import lock_candidate, lock_interview, write
from drafts.services.quotas import check_quota
from drafts.services.traces import empty_log_on_commit
from drafts.services.whole import CHANGED_FIELDS, change_calendar, read_whole, record_change, search_text
from drafts.services.writes import add

INTERVIEW_FIELDS = ("company", "position", "field", "team", "stage", "ended_at", "time_zone", "country")
WORK_FIELDS = ("work_opens", "work_closes", "work_days")
FORGOTTEN_AT_ONCE = 20
NO_VERSION = 0  # no stored row has this version
PERSON_TEXTS = ("full_name", "greet_as", "email", "job_title")
PERSON_FIELDS = (*PERSON_TEXTS, "role")


@write
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
    """Creates an interview with the id `key`, or returns it if it was sent twice. Raises OverQuota, and what
    update_interview raises.

    `person` is a row, as for `save_panel`, if there was one interviewer.
    """
    candidate = lock_candidate(candidate)
    there = _INTERVIEW.first(id=key) if key else None
    mine = there if there and there.candidate_id == candidate.pk else None
    if mine:
        mine.candidate = candidate
        # Raises Gone if it was deleted meanwhile. Without a version, only identical values are not a conflict.
        version = NO_VERSION if version is None else version
        is_current = version == mine.version
        interview = update_interview(
            mine, values, full_name=full_name, signature=signature, version=version, typing=typing
        )
        if person is None or (
            person["DELETE"] and not (is_current and _is_new_without_notes(mine, person["id"]))
        ):
            return interview
        return save_panel(interview, [person], None if is_current else NO_VERSION, typing=typing)
    set_sender(candidate, full_name, signature)
    interview = Interview(
        id=uuid.uuid4() if there or not key else key,
        candidate=candidate,
        **{k: values[k] for k in INTERVIEW_FIELDS},
    )
    before = _SAME_COMPANY.first(candidate=candidate.pk, company=interview.company)
    for name, value in zip(WORK_FIELDS, before or (), strict=False):
        setattr(interview, name, value)
    people = [] if person is None or person["DELETE"] else [_new_person(interview, person, person["id"])]
    interview.search_text = search_text(interview, [])
    if people:
        _record_panel(interview, people)
    add([interview])
    _store_people(people, set())
    check_quota(candidate)
    return interview


_SAME_COMPANY = Compiled(
    lambda: (
        Interview.objects.filter(candidate=Given(Interview, "candidate"), deleted_at__isnull=True)
        # As company__iexact, which takes no expression.
        .annotate(folded=Upper("company"))
        .filter(folded=Upper(Given(Interview, "company")))
        .values_list(*WORK_FIELDS)[:1]
    )
)
_INTERVIEW = Compiled(lambda: Interview.objects.filter(pk=Given(Interview, "id")).order_by())


def _is_new_without_notes(interview: Interview, person_id: Any) -> bool:
    """Whether this person is in the panel without any notes yet."""
    return interview.interviewers.filter(pk=person_id, version=1, drafts__isnull=True).exists()


@write
def update_interview(
    interview: Interview,
    values: Mapping[str, Any],
    *,
    full_name: str,
    signature: str,
    version: int | None,
    typing: bool = False,
) -> Interview:
    signs_anew = changes_signature(interview.candidate, full_name, signature)
    stored = lock_interview(interview, with_candidate=signs_anew)
    if version is not None and version != stored.version:
        sender = (stored.candidate.full_name, stored.candidate.signature)
        if sender == (full_name, signature) and all(
            getattr(stored, k) == values[k] for k in INTERVIEW_FIELDS
        ):
            # Saved already, by a request whose answer did not arrive.
            return stored
        raise Conflict(stored)
    if signs_anew:
        set_sender(stored.candidate, full_name, signature)
    for name in INTERVIEW_FIELDS:
        setattr(stored, name, values[name])
    if not typing and stored.chosen_send_at and stored.chosen_send_at < stored.ended_at:
        # The end was moved past the send time, so drop it. Not while typing, because dates are typed digit by digit.
        stored.chosen_send_at = None
    stored.version += 1
    whole = read_whole(stored)
    record_change(stored, [person.full_name for person in whole.everyone])
    stored.save(update_fields=[*INTERVIEW_FIELDS, "chosen_send_at", "version", *CHANGED_FIELDS])
    recompose_untouched(whole, typing=typing)
    return stored


def delete_interview(interview: Interview) -> None:
    """Marks the interview as deleted; it can be restored for DELETED_KEPT."""
    _set_deleted(interview, timezone.now())


def bring_back_interview(interview: Interview) -> None:
    _set_deleted(interview, None)


@write
def _set_deleted(interview: Interview, deleted_at: dt.datetime | None) -> None:
    stored = lock_interview(interview, may_be_deleted=True)
    if bool(stored.deleted_at) == bool(deleted_at):
        # A double click.
        return
    stored.deleted_at = deleted_at
    stored.save(update_fields=["deleted_at", "updated_at"])
    change_calendar(stored)


@write
def purge_interview(interview: Interview) -> None:
    """Deletes for good, with the files. Raises Gone if that is already done."""
    interview = lock_interview(interview, may_be_deleted=True)
    delete_files_on_commit(WorkSample.objects.filter(interviewer__interview=interview))
    interview.delete()
    empty_log_on_commit()


def purge_all(interviews: QuerySet[Interview]) -> int:
    """Deletes these for good, with their files, and returns how many. Works in steps, so that other writes do not wait
    long."""
    count = 0
    while step := purge_some(interviews):
        count += step
    empty_log_on_commit()
    return count


@write
def purge_some(interviews: QuerySet[Interview]) -> int:
    """One such step. Returns the number of deleted interviews, 0 once there are none."""
    # In the caller's order, which has an index. Ordered by primary key, a database would scan the whole table.
    step = list(interviews.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    rows = interviews.filter(pk__in=step).select_for_update(of=("self",)).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    delete_files_on_commit(WorkSample.objects.filter(interviewer__interview__in=keys))
    Interview.objects.filter(pk__in=keys).delete()
    return len(keys)


@write
def save_panel(
    interview: Interview, rows: Sequence[Mapping[str, Any]], version: int | None, *, typing: bool = False
) -> Interview:
    """Stores the panel in the order of `rows`. People who are not in `rows` are kept at the end; only `DELETE` removes
    them."""
    stored = lock_interview(interview)
    if version is not None and version != stored.version:
        if _is_panel(stored, rows):
            # Saved already, by a request whose answer did not arrive.
            return stored
        raise Conflict(stored)
    everyone = list(Interviewer.everyone.filter(interview=stored))
    there = {person.id: person for person in everyone if not person.is_outside}
    by_name = {person.full_name.casefold(): person for person in there.values()}
    people: dict[uuid.UUID, Interviewer] = {}
    gone: set[uuid.UUID] = set()
    for row in rows:
        person = there.get(row["id"]) if row["id"] else by_name.get(row["full_name"].casefold())
        if person and (person.id in people or person.id in gone):
            person = None
        if row["DELETE"]:
            gone |= {person.id} if person else set()
            continue
        if person is None:
            person = _new_person(stored, row, row["id"] if row["id"] not in people else None)
        for name in PERSON_FIELDS:
            setattr(person, name, row[name])
        people[person.id] = person
    people |= {key: person for key, person in there.items() if key not in people and key not in gone}
    _store_people(list(people.values()), gone)
    _record_panel(stored, [*people.values(), *(person for person in everyone if person.is_outside)])
    stored.save(update_fields=["version", *CHANGED_FIELDS])
    if there:
        recompose_untouched(read_whole(stored), typing=typing)
    return stored


def _new_person(interview: Interview, row: Mapping[str, Any], key: uuid.UUID | None) -> Interviewer:
    return Interviewer(
        id=key or uuid.uuid4(), interview=interview, **{name: row[name] for name in PERSON_FIELDS}
    )


def _record_panel(interview: Interview, people: Iterable[Interviewer]) -> None:
    """Sets a new version and what depends on the panel on the interview. Does not save."""
    interview.version += 1
    record_change(interview, [person.full_name for person in people])


def _store_people(people: Sequence[Interviewer], gone: Collection[uuid.UUID]) -> None:
    """Stores the panel in this order, without those in `gone`. The number of queries does not depend on the panel's
    size."""
    if gone:
        delete_files_on_commit(WorkSample.objects.filter(interviewer__in=gone))
        Interviewer.objects.filter(pk__in=gone).delete()
    for order, person in enumerate(people):
        person.order = order
    new = [person for person in people if person._state.adding]
    if len(new) == 1:
        taken = {person.pk for person in _PERSON(id=new[0].pk)}
    else:
        taken = set(Interviewer.everyone.in_bulk([person.pk for person in new]))
    for person in new:
        person.pk = uuid.uuid4() if person.pk in taken else person.pk
    Interviewer.objects.bulk_update(
        [person for person in people if person not in new], [*PERSON_FIELDS, "order"]
    )
    add(new)


_PERSON = Compiled(lambda: Interviewer.everyone.filter(pk=Given(Interviewer, "id")).order_by())


def _is_panel(stored: Interview, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the stored panel is the same as `rows`."""
    if any(row["DELETE"] for row in rows):
        # A row marked for deletion is not validated, so values with errors are missing from it.
        return False
    people = [tuple(getattr(person, name) for name in PERSON_FIELDS) for person in stored.interviewers.all()]
    return people == [tuple(row[name] for name in PERSON_FIELDS) for row in rows]


@write
def set_sending(interview: Interview, values: Mapping[str, Any]) -> Interview:
    """Stores the readers' working hours, and the candidate's own send time (None: the recommended one).

    Not checked for changes made elsewhere: it is one small form, whose last answer counts.
    """
    stored = lock_interview(interview)
    names = [*WORK_FIELDS, "chosen_send_at"]
    for name in names:
        setattr(stored, name, values[name])
    stored.save(update_fields=[*names, "updated_at"])
    change_calendar(stored)
    return stored


@write
def set_outcome(interview: Interview, values: Mapping[str, Any]) -> Interview:
    """Stores the outcome (`outcome`, `outcome_on`) and when the decision is expected (`decision_expected_on`).

    Not checked for changes made elsewhere: it is one small form, whose last answer counts.
    """
    stored = lock_interview(interview)
    was_known = stored.decision_expected_on is not None
    names = ["outcome", "outcome_on", "decision_expected_on", "notes"]
    for name in names:
        setattr(stored, name, values[name])
    stored.save(update_fields=[*names, "updated_at"])
    check_quota(stored.candidate)
    change_calendar(stored)
    if was_known != (stored.decision_expected_on is not None):
        # Letters ask when they will decide unless that is known.
        recompose_untouched(read_whole(stored))
    return stored


@write
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
    """Stores an interview and its panel from a calendar invitation, as a new one or an update of `existing`.

    An update removes nobody: people known by address or name are updated, others are added.
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
    """The person each row is about: by id, else by address, else by name; None for a new person."""
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
    """The rows with the ids of people already in the panel; stored values that the row lacks are kept.

    Rows to be removed are dropped: an update removes nobody, because their notes and letters would be deleted too.
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
