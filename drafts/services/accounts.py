"""Accounts: a guest's work claimed by an address, brought along into an account, and everything deleted."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from drafts.models import Candidate, Interview, WorkSample
from drafts.services.candidates import SETTINGS, add_settings, create_guest
from drafts.services.files import forget_files
from drafts.services.interviews import forget_deleted
from drafts.services.whole import locked


def address_is_taken(email: str, besides: Candidate | None = None) -> bool:
    """Whether an account has this address. An address that nobody confirmed yet belongs to nobody."""
    accounts = Candidate.objects.filter(email=email.lower())
    confirmed = EmailAddress.objects.filter(email=email.lower(), verified=True)
    if besides:
        accounts, confirmed = accounts.exclude(pk=besides.pk), confirmed.exclude(user=besides)
    return accounts.exists() or confirmed.exists()


@transaction.atomic
def claim_work(guest: Candidate | None, email: str, password: str, *, confirmed_by_mail: bool) -> Candidate:
    """The guest's row (a new one for None) gets a password and an address.

    Where mail confirms addresses it stays a guest until `finish_claim`: nobody can hold an address that is not
    theirs, and whoever mistypes theirs can give another.
    """
    candidate = locked(Candidate.objects, guest) if guest else create_guest()
    candidate.set_password(password)
    if not confirmed_by_mail:
        candidate.email, candidate.is_guest = email.lower(), False
    candidate.save(update_fields=["password", "email", "is_guest"])
    candidate.emailaddress_set.all().delete()
    candidate.emailaddress_set.create(email=email.lower(), verified=False, primary=True)
    return candidate


def finish_claim(candidate: Candidate, email: str, *, is_here: bool) -> bool:
    """A guest whose address is confirmed becomes an account. False where another account has the address by now.

    Confirmed in another browser than the guest's (not `is_here`), the guest's private calendar address ends:
    whoever gave somebody else's address must not go on reading along.
    """
    try:
        with transaction.atomic():
            stored = locked(Candidate.objects, candidate)
            if stored.is_guest:
                stored.email, stored.is_guest = email.lower(), False
                if not is_here:
                    stored.calendar_token = None
                stored.save(update_fields=["email", "is_guest", "calendar_token"])
            elif address_is_taken(email, besides=stored):
                return False
    except IntegrityError:
        return False
    candidate.email, candidate.is_guest = stored.email, stored.is_guest
    return True


@transaction.atomic
def set_address(candidate: Candidate, email: str) -> bool:
    """Another address, where no mail can confirm it. False where another account has it."""
    if address_is_taken(email, besides=candidate):
        return False
    stored = locked(Candidate.objects, candidate)
    stored.email = email.lower()
    stored.save(update_fields=["email"])
    stored.emailaddress_set.all().delete()
    stored.emailaddress_set.create(email=stored.email, verified=False, primary=True)
    candidate.email = stored.email
    return True


@transaction.atomic
def bring_guest(guest: Candidate, candidate: Candidate) -> int:
    """Moves everything a guest has into an account, and removes the guest. Answers how many interviews came."""
    stored = locked(Candidate.objects, candidate)
    guest = locked(Candidate.objects.filter(is_guest=True), guest)
    moved = Interview.objects.filter(candidate=guest).update(candidate=stored)
    add_settings(stored, guest)
    guest.delete()
    # Calendars that showed the guest's send times go on showing them.
    stored.calendar_token = stored.calendar_token or guest.calendar_token
    stored.save(update_fields=[*SETTINGS, "calendar_token"])
    return moved


def delete_candidate(candidate: Candidate) -> None:
    """Everything of this candidate, at once: rows, files, and the sessions on every device."""
    with transaction.atomic():
        forget_files(WorkSample.objects.filter(interviewer__interview__candidate=candidate))
        transaction.on_commit(partial(_remove_folder, candidate.pk))
        for session in UserSession.objects.filter(user=candidate):
            session.end()
        Candidate.objects.get(pk=candidate.pk).delete()
    _forget_pages()


def _remove_folder(candidate_id: uuid.UUID) -> None:
    """The folder the candidate's files were in, once it is empty."""
    folder = Path(default_storage.path(str(candidate_id)))
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _forget_pages() -> None:
    """On SQLite what was deleted is overwritten (settings), and here the log that still has it is emptied."""
    if settings.ON_SQLITE and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def clear_guests(today: dt.date) -> int:
    """Removes guests whose time is over: every page they saw said until when their work would be kept."""
    guests = Candidate.objects.filter(is_guest=True, kept_until__lt=today)
    count = 0
    for guest in guests.iterator():
        delete_candidate(guest)
        count += 1
    return count


def clear_deleted() -> int:
    """Removes interviews that were deleted so long ago that nobody can bring them back."""
    return forget_deleted(Interview.objects.all(), timezone.now())
