"""The configured language model: who has agreed to it, and one request at a time per candidate."""

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

# How long a claim lasts if the process that made it dies. The work after the answer takes less than 15 seconds.
CLAIM = dt.timedelta(seconds=PATIENCE_S + 15)
# Two of the four threads of a process (config/serving.py) stay free for requests that do not wait for a model. This
# limit is per process; the claims in the database hold across all processes.
_SLOTS = BoundedSemaphore(2)


def model_endpoint() -> Endpoint | None:
    """The configured model, or None."""
    if not settings.MODEL_URL:
        return None
    return Endpoint(
        settings.MODEL_URL, settings.MODEL_NAME or "", settings.MODEL_KEY or "", settings.MODEL_KIND
    )


def model_use(candidate: Any) -> ModelUse:
    """The candidate's agreement and running request; an unsaved instance if there is none yet."""
    return ModelUse.objects.filter(candidate=candidate).first() or ModelUse(candidate=candidate)


def consent_key(endpoint: Endpoint) -> str:
    """Identifies what a candidate agrees to: this model at this address."""
    return f"{endpoint.name} {endpoint.url}"


def has_agreed(use: ModelUse, endpoint: Endpoint) -> bool:
    return use.agreed_to == consent_key(endpoint)


def is_busy(use: ModelUse, subject: uuid.UUID) -> bool:
    """Whether a request about this draft or interviewer is running."""
    return use.busy_with == subject and use.busy_until is not None and use.busy_until > timezone.now()


def agree(candidate: Candidate, endpoint: Endpoint, reach: str) -> None:
    """Records that the candidate agrees to this model."""
    agreed = {"agreed_to": consent_key(endpoint), "reach": reach, "agreed_at": timezone.now()}
    ModelUse.objects.update_or_create(candidate=candidate, defaults=agreed)


def withdraw(candidate: Candidate) -> None:
    """Withdraws the agreement: the candidate is asked again before anything is sent."""
    ModelUse.objects.filter(candidate=candidate).update(agreed_to="", reach="", agreed_at=None)


def claim(candidate: Candidate, endpoint: Endpoint, subject: uuid.UUID) -> uuid.UUID | None:
    """Claims this candidate's one request. None if one is running, or if they have not agreed to this model.

    It is a single conditional UPDATE, so only one of several processes or machines can succeed.
    """
    now, mine = timezone.now(), uuid.uuid4()
    free = ModelUse.objects.filter(
        Q(busy_until=None) | Q(busy_until__lte=now), candidate=candidate, agreed_to=consent_key(endpoint)
    )
    return mine if free.update(busy_until=now + CLAIM, busy_with=subject, claim=mine) else None


def release(candidate: Candidate, mine: uuid.UUID) -> None:
    """Ends a claim, unless it expired and another was made."""
    ModelUse.objects.filter(candidate=candidate, claim=mine).update(
        busy_until=None, busy_with=None, claim=None
    )


def ask_model(endpoint: Endpoint, prompt: Prompt) -> str:
    """The model's answer. Takes up to PATIENCE_S without holding a database connection. Raises ModelError."""
    if not _SLOTS.acquire(blocking=False):
        raise ModelError(Trouble.BUSY)
    try:
        if not connection.in_atomic_block:
            # Return it to the pool for other requests.
            connection.close()
        return language_model.ask(endpoint, prompt)
    finally:
        _SLOTS.release()
