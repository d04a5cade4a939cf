"""The candidate: who they are, the words they call their own."""

from __future__ import annotations

import secrets

from django.db import transaction

from drafts.domain.facts import Dialect
from drafts.domain.tokens import fold
from drafts.errors import TooManyWords
from drafts.models import Candidate
from drafts.services.whole import locked

MOST_OWN_WORDS = 1000


def create_guest(dialect: Dialect = Dialect.AMERICAN) -> Candidate:
    """A candidate known by the browser's session only; claiming it with an address fills the same row."""
    return Candidate.objects.create_guest(dialect)


def set_sender(candidate: Candidate, full_name: str, signature: str) -> None:
    candidate.full_name, candidate.signature = full_name, signature
    candidate.save(update_fields=["full_name", "signature"])


@transaction.atomic
def add_own_word(candidate: Candidate, word: str) -> None:
    """From now on this word is no misspelling in any of the candidate's letters. Raises TooManyWords."""
    stored = locked(Candidate.objects, candidate)
    word = " ".join(word.split())
    if word and fold(word) not in {fold(one) for one in stored.own_words}:
        if len(stored.own_words) >= MOST_OWN_WORDS:
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


def set_usual_channel(candidate: Candidate, channel: str) -> None:
    """The way of sending that is offered first from now on."""
    if candidate.usual_channel != channel:
        candidate.usual_channel = channel
        candidate.save(update_fields=["usual_channel"])


def renew_calendar_token(candidate: Candidate) -> str:
    """A new private address of the calendar feed; the one before leads nowhere from now on."""
    candidate.calendar_token = secrets.token_urlsafe(32)
    candidate.save(update_fields=["calendar_token"])
    return candidate.calendar_token
