"""The language model that the operator named: who agreed to it, and one request at a time for each candidate."""

from __future__ import annotations

import datetime as dt
import uuid
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from drafts import language_model
from drafts.language_model import PATIENCE_S, Endpoint, ModelError, Prompt, Trouble
from drafts.models import Candidate, ModelUse

# How long a claim holds if the process that made it ends. What is done after the answer takes less than 15 seconds.
CLAIM = dt.timedelta(seconds=PATIENCE_S + 15)
# Of the four threads of a process (config/serving.py) two stay free for everybody who waits for no model. This is a
# limit of the process itself; the claims in the database are what holds for all processes.
_SLOTS = BoundedSemaphore(2)


def model_endpoint() -> Endpoint | None:
    """The model, or None where the operator named none."""
    if not settings.MODEL_URL:
        return None
    return Endpoint(
        settings.MODEL_URL, settings.MODEL_NAME or "", settings.MODEL_KEY or "", settings.MODEL_KIND
    )


def model_use(candidate: Any) -> ModelUse:
    """What this candidate agreed to, and what is under way; an unsaved one where there is nothing yet."""
    return ModelUse.objects.filter(candidate=candidate).first() or ModelUse(candidate=candidate)


def consent_key(endpoint: Endpoint) -> str:
    """What a candidate agrees to: this model, at this address."""
    return f"{endpoint.name} {endpoint.url}"


def has_agreed(use: ModelUse, endpoint: Endpoint) -> bool:
    return use.agreed_to == consent_key(endpoint)


def is_busy(use: ModelUse, subject: uuid.UUID) -> bool:
    """Whether a request about this draft or interviewer is under way."""
    return use.busy_with == subject and use.busy_until is not None and use.busy_until > timezone.now()


def agree(candidate: Candidate, endpoint: Endpoint, reach: str) -> None:
    """From now on the model may be asked when this candidate presses the button."""
    agreed = {"agreed_to": consent_key(endpoint), "reach": reach, "agreed_at": timezone.now()}
    ModelUse.objects.update_or_create(candidate=candidate, defaults=agreed)


def withdraw(candidate: Candidate) -> None:
    """From now on this candidate is asked again before anything is sent."""
    ModelUse.objects.filter(candidate=candidate).update(agreed_to="", reach="", agreed_at=None)


def claim(candidate: Candidate, endpoint: Endpoint, subject: uuid.UUID) -> uuid.UUID | None:
    """A claim on this candidate's one request, or None where one is under way or they agreed to no such model.

    One UPDATE that only one of several can make, so it holds among all processes and machines.
    """
    now, mine = timezone.now(), uuid.uuid4()
    free = ModelUse.objects.filter(
        Q(busy_until=None) | Q(busy_until__lte=now), candidate=candidate, agreed_to=consent_key(endpoint)
    )
    return mine if free.update(busy_until=now + CLAIM, busy_with=subject, claim=mine) else None


def release(candidate: Candidate, mine: uuid.UUID) -> None:
    """Ends a claim, unless it ran out and another was made."""
    ModelUse.objects.filter(candidate=candidate, claim=mine).update(
        busy_until=None, busy_with=None, claim=None
    )


def ask_model(endpoint: Endpoint, prompt: Prompt) -> str:
    """What the model answers. Takes up to PATIENCE_S, in which no database connection is held. Raises ModelError."""
    if not _SLOTS.acquire(blocking=False):
        raise ModelError(Trouble.BUSY)
    try:
        if not connection.in_atomic_block:
            # Back to the pool, where other requests wait for one.
            connection.close()
        return language_model.ask(endpoint, prompt)
    finally:
        _SLOTS.release()
