"""Transactions and row locks of writes. Locks are always taken in one order: candidate, interview, person, draft.

Rows that belong to an interview are only written while its lock is held. So there are no deadlocks, and people, drafts
and files need no locks of their own.
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
    """Runs the service in one transaction, and retries it once if the database aborted it because of another.

    So a service must not change its arguments before everything that can fail has succeeded. Called by another service,
    it is part of that transaction, without a savepoint: an exception ends both.
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
            # Inside another transaction, the outer one has to be retried.
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
    """The row as currently stored. Raises Gone if it was deleted."""
    stored = rows.first(**given)
    if stored is None:
        raise Gone
    return stored


def lock_candidate(candidate: Candidate) -> Candidate:
    """The candidate as currently stored, locked. Raises Gone if the account was deleted."""
    return _stored_now(_CANDIDATE, id=candidate.pk)


def lock_interviews(candidate: Candidate) -> QuerySet[Interview]:
    """All interviews of a locked candidate, locked as well."""
    mine = Interview.objects.filter(candidate=candidate)
    list(mine.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return mine


def lock_interview(
    interview: Interview, *, with_candidate: bool = False, may_be_deleted: bool = False
) -> Interview:
    """The interview as currently stored, with its candidate. Locks the interview, and the candidate if
    `with_candidate`.

    Raises Gone if it was deleted for good, or marked as deleted unless `may_be_deleted`.
    """
    if with_candidate:
        lock_candidate(interview.candidate)
    stored = _stored_now(_INTERVIEW, id=interview.pk)
    if stored.deleted_at and not may_be_deleted:
        raise Gone
    return stored


def lock_person(person: Interviewer) -> Interviewer:
    """The person as currently stored, with their interview locked. Raises Gone."""
    interview = lock_interview(person.interview)
    stored = _stored_now(_PERSON, id=person.pk, interview=interview.pk)
    stored.interview = interview
    return stored


def lock_draft(draft: Draft) -> Draft:
    """The draft as currently stored, with its person, and the interview locked. Raises Gone."""
    interview = lock_interview(draft.interviewer.interview)
    stored = _stored_now(_DRAFT, id=draft.pk)
    stored.interviewer.interview = interview
    return stored
