"""Candidates: their settings, signature and own dictionary."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from drafts.domain.facts import MAX_OWN_WORDS, MAX_STRENGTHS, Dialect
from drafts.domain.tokens import fold
from drafts.errors import TooManyWords
from drafts.models import Candidate
from drafts.services.locks import lock_candidate, write
from drafts.services.reminders import schedule_reminders
from drafts.translation import ENGLISH


def create_guest(dialect: Dialect = Dialect.AMERICAN) -> Candidate:
    """Creates a guest, who is known only by the browser session. Claiming the work turns the same row into an
    account."""
    return Candidate.objects.create_guest(dialect, kept_until())


def kept_until() -> dt.date:
    """The date until which today's pages promise to keep a guest's work."""
    return timezone.now().date() + dt.timedelta(days=settings.GUEST_DAYS)


def keep_guest(candidate: Candidate) -> None:
    """Keeps a guest's work for GUEST_DAYS from now, and never shorter than promised before."""
    until = kept_until()
    if candidate.kept_until is None or candidate.kept_until < until:
        _store(candidate, kept_until=until)


def see_language(candidate: Candidate, language: str) -> None:
    """Stores the language of the pages that the candidate visits; none yet counts as English."""
    if (candidate.seen_language or ENGLISH) != language:
        _store(candidate, seen_language=language)


def _store(candidate: Candidate, **values: Any) -> None:
    """Updates single fields of a candidate who may have been deleted meanwhile."""
    Candidate.objects.filter(pk=candidate.pk).update(**values)
    for name, value in values.items():
        setattr(candidate, name, value)


def changes_signature(candidate: Candidate, full_name: str, signature: str) -> bool:
    """Whether the candidate's new name or signature changes their letters."""
    return (candidate.full_name, candidate.signature) != (full_name, signature)


def set_sender(stored: Candidate, full_name: str, signature: str) -> None:
    """Stores the name and signature if they changed. The caller has locked the candidate."""
    if changes_signature(stored, full_name, signature):
        stored.full_name, stored.signature = full_name, signature
        stored.save(update_fields=["full_name", "signature"])
        mark_signatures_outdated(stored)


def mark_signatures_outdated(stored: Candidate) -> None:
    """Marks each interview's letters for a new signature when they are next opened; all at once would take a minute.

    The caller has locked the candidate.
    """
    stored.interviews.filter(sender_changed=False).update(sender_changed=True)


@write
def add_own_word(candidate: Candidate, word: str) -> None:
    """Adds a word to the candidate's own dictionary. Raises TooManyWords."""
    stored = lock_candidate(candidate)
    word = " ".join(word.split())
    if word and fold(word) not in {fold(one) for one in stored.own_words}:
        if len(stored.own_words) >= MAX_OWN_WORDS:
            raise TooManyWords
        stored.own_words = [*stored.own_words, word]
        stored.save(update_fields=["own_words"])
    candidate.own_words = stored.own_words


@write
def remove_own_word(candidate: Candidate, word: str) -> None:
    stored = lock_candidate(candidate)
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
    "language",
    "reminder_hour",
)


def add_settings(candidate: Candidate, given: Any) -> None:
    """Fills the candidate's empty settings from `given`, a guest or an account file, and joins lists. Does not save."""
    for name in ("full_name", "signature", "time_zone", "usual_channel", "language"):
        setattr(candidate, name, getattr(candidate, name) or getattr(given, name))
    candidate.strengths = _joined(candidate.strengths, given.strengths)[:MAX_STRENGTHS]
    candidate.own_words = _joined(candidate.own_words, given.own_words)[:MAX_OWN_WORDS]


def _joined(mine: Iterable[str], theirs: Iterable[str]) -> list[str]:
    there = {fold(one) for one in mine}
    return [*mine, *(one for one in theirs if fold(one) not in there)]


@write
def save_settings(candidate: Candidate, values: Mapping[str, Any]) -> None:
    """Stores the settings. Letters that are neither edited nor sent get the new signature.

    A `reminder_hour` or `language` that is not in `values` stays as it is: not every page has them.
    """
    stored = lock_candidate(candidate)
    signs_anew = changes_signature(stored, values["full_name"], values["signature"])
    moment = (stored.reminder_hour, stored.time_zone)
    for name in values.keys() & set(SETTINGS):
        setattr(stored, name, values[name])
        setattr(candidate, name, values[name])
    stored.save(update_fields=SETTINGS)
    if moment != (stored.reminder_hour, stored.time_zone) and {moment[0], stored.reminder_hour} != {None}:
        schedule_reminders(stored)
    if signs_anew:
        mark_signatures_outdated(stored)


def set_usual_channel(candidate: Candidate, channel: str) -> None:
    """Stores the channel to offer first from now on."""
    if candidate.usual_channel != channel:
        _store(candidate, usual_channel=channel)


def drop_calendar_token(candidate: Candidate) -> None:
    """Revokes the private address of the calendar feed."""
    _store(candidate, calendar_token=None)


def renew_calendar_token(candidate: Candidate) -> str:
    """Creates a new private address for the calendar feed; the old one stops working."""
    token = secrets.token_urlsafe(32)
    _store(candidate, calendar_token=token)
    return token
