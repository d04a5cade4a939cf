"""The candidate: who they are, the words they call their own."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from drafts.domain.facts import MAX_OWN_WORDS, MAX_STRENGTHS, Dialect
from drafts.domain.tokens import fold
from drafts.errors import TooManyWords
from drafts.models import Candidate
from drafts.services.letters import recompose_untouched
from drafts.services.whole import locked, read_whole


def create_guest(dialect: Dialect = Dialect.AMERICAN) -> Candidate:
    """A candidate known by the browser's session only; claiming it with an address fills the same row."""
    return Candidate.objects.create_guest(dialect, kept_until())


def kept_until() -> dt.date:
    """Until when the pages of today promise to keep a guest's work."""
    return timezone.now().date() + dt.timedelta(days=settings.GUEST_DAYS)


def keep_guest(candidate: Candidate) -> None:
    """The guest was here today: their work is kept for GUEST_DAYS from now, and never for less than was said."""
    until = kept_until()
    if candidate.kept_until is None or candidate.kept_until < until:
        candidate.kept_until = until
        candidate.save(update_fields=["kept_until"])


def set_sender(candidate: Candidate, full_name: str, signature: str) -> None:
    candidate.full_name, candidate.signature = full_name, signature
    candidate.save(update_fields=["full_name", "signature"])


@transaction.atomic
def add_own_word(candidate: Candidate, word: str) -> None:
    """From now on this word is no misspelling in any of the candidate's letters. Raises TooManyWords."""
    stored = locked(Candidate.objects, candidate)
    word = " ".join(word.split())
    if word and fold(word) not in {fold(one) for one in stored.own_words}:
        if len(stored.own_words) >= MAX_OWN_WORDS:
            raise TooManyWords
        stored.own_words = [*stored.own_words, word]
        stored.save(update_fields=["own_words"])
    candidate.own_words = stored.own_words


@transaction.atomic
def remove_own_word(candidate: Candidate, word: str) -> None:
    stored = locked(Candidate.objects, candidate)
    stored.own_words = [one for one in stored.own_words if fold(one) != fold(word)]
    stored.save(update_fields=["own_words"])
    candidate.own_words = stored.own_words


SETTINGS = (
    "full_name",
    "signature",
    "time_zone",
    "dialect",
    "strengths",
    "own_words",
    "usual_tone",
    "usual_channel",
)


def add_settings(candidate: Candidate, given: Any) -> None:
    """Fills what the candidate has not set from `given`, a guest or an account file; joins lists. Saves nothing."""
    for name in ("full_name", "signature", "time_zone", "usual_channel"):
        setattr(candidate, name, getattr(candidate, name) or getattr(given, name))
    candidate.strengths = _joined(candidate.strengths, given.strengths)[:MAX_STRENGTHS]
    candidate.own_words = _joined(candidate.own_words, given.own_words)[:MAX_OWN_WORDS]


def _joined(mine: Iterable[str], theirs: Iterable[str]) -> list[str]:
    there = {fold(one) for one in mine}
    return [*mine, *(one for one in theirs if fold(one) not in there)]


@transaction.atomic
def save_settings(candidate: Candidate, values: Mapping[str, Any]) -> None:
    """Stores what the candidate always uses. Letters that nobody changed or sent are signed anew."""
    stored = locked(Candidate.objects, candidate)
    is_signed_anew = any(getattr(stored, name) != values[name] for name in ("full_name", "signature"))
    for name in SETTINGS:
        setattr(stored, name, values[name])
        setattr(candidate, name, values[name])
    stored.save(update_fields=SETTINGS)
    if not is_signed_anew:
        return
    unsent = stored.interviews.filter(deleted_at=None, interviewers__drafts__sent_at=None).distinct()
    for interview in unsent:
        interview.candidate = stored
        recompose_untouched(read_whole(interview, to_write=True))


def set_usual_channel(candidate: Candidate, channel: str) -> None:
    """The way of sending that is offered first from now on."""
    if candidate.usual_channel != channel:
        candidate.usual_channel = channel
        candidate.save(update_fields=["usual_channel"])


def drop_calendar_token(candidate: Candidate) -> None:
    """No private address of the calendar feed any more, until one is made."""
    candidate.calendar_token = None
    candidate.save(update_fields=["calendar_token"])


def renew_calendar_token(candidate: Candidate) -> str:
    """A new private address of the calendar feed; the one before leads nowhere from now on."""
    candidate.calendar_token = secrets.token_urlsafe(32)
    candidate.save(update_fields=["calendar_token"])
    return candidate.calendar_token
