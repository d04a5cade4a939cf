"""One transaction per write, with its locks in one order: candidate, interview, person, draft.

What hangs on an interview is written only by whoever holds the interview's lock. So two writes never wait for each
other, and people, drafts and files need no locks of their own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet

from drafts.compiled import Compiled, Given
from drafts.errors import Gone
from drafts.models import Candidate, Draft, Interview, Interviewer

P = ParamSpec("P")
T = TypeVar("T")
M = TypeVar("M", Candidate, Interview, Interviewer, Draft)
logger = logging.getLogger(__name__)
_is_writing = ContextVar("_is_writing", default=False)
GAVE_WAY = {"40001": "serialization failure", "40P01": "deadlock"}  # by SQLSTATE


def write(service: Callable[P, T]) -> Callable[P, T]:
    """The service as one transaction, tried once more where the database ended it in favor of another.

    So a service must leave its arguments as they are until nothing can fail any more. Called by another one it is
    part of that one's transaction, without a savepoint: what it raises ends both.
    """

    def begun(*args: P.args, **kwargs: P.kwargs) -> T:
        token = _is_writing.set(True)
        try:
            with transaction.atomic():
                return service(*args, **kwargs)
        finally:
            _is_writing.reset(token)

    @wraps(service)
    def tried(*args: P.args, **kwargs: P.kwargs) -> T:
        if _is_writing.get():
            return service(*args, **kwargs)
        try:
            return begun(*args, **kwargs)
        except OperationalError as error:
            reason = GAVE_WAY.get(getattr(error.__cause__, "sqlstate", ""))
            # Within another transaction it is that one which has to begin again.
            if reason is None or connection.in_atomic_block:
                raise
            logger.warning("%s is tried again after a %s", service.__name__, reason)
        return begun(*args, **kwargs)

    return tried


def _locking(rows: QuerySet[M]) -> QuerySet[M]:
    return rows.filter(pk=Given(rows.model, "id")).order_by().select_for_update(of=("self",), no_key=True)


_CANDIDATE = Compiled(lambda: _locking(Candidate.objects.all()))
_INTERVIEW = Compiled(lambda: _locking(Interview.objects.select_related("candidate")))
_PERSON = Compiled(
    lambda: Interviewer.everyone.filter(
        pk=Given(Interviewer, "id"), interview=Given(Interviewer, "interview")
    ).order_by()
)
_DRAFT = Compiled(lambda: Draft.objects.filter(pk=Given(Draft, "id")).select_related("interviewer"))


def _stored_now(rows: Compiled[M], **given: Any) -> M:
    """The row as it is stored now. Raises Gone when there is none any more."""
    stored = rows.first(**given)
    if stored is None:
        raise Gone
    return stored


def lock_candidate(candidate: Candidate) -> Candidate:
    """The candidate as stored now, locked. Raises Gone where everything of theirs was deleted."""
    return _stored_now(_CANDIDATE, id=candidate.pk)


def lock_interviews(candidate: Candidate) -> QuerySet[Interview]:
    """All interviews of a candidate who is locked, locked as well."""
    mine = Interview.objects.filter(candidate=candidate)
    list(mine.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return mine


def lock_interview(
    interview: Interview, *, with_candidate: bool = False, may_be_deleted: bool = False
) -> Interview:
    """The interview as stored now with its candidate, locked; the candidate, too, only `with_candidate`.

    Raises Gone where it was deleted, unless `may_be_deleted`, or is not there at all.
    """
    if with_candidate:
        lock_candidate(interview.candidate)
    stored = _stored_now(_INTERVIEW, id=interview.pk)
    if stored.deleted_at and not may_be_deleted:
        raise Gone
    return stored


def lock_person(person: Interviewer) -> Interviewer:
    """The person as stored now, with their interview locked. Raises Gone."""
    interview = lock_interview(person.interview)
    stored = _stored_now(_PERSON, id=person.pk, interview=interview.pk)
    stored.interview = interview
    return stored


def lock_draft(draft: Draft) -> Draft:
    """The draft as stored now with its person, with the interview locked. Raises Gone."""
    interview = lock_interview(draft.interviewer.interview)
    stored = _stored_now(_DRAFT, id=draft.pk)
    stored.interviewer.interview = interview
    return stored
