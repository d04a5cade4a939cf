"""Accounts: claiming a guest's work with an address, moving it to an account, and deleting everything."""

from __future__ import annotations

import datetime as dt
import uuid
from contextlib import suppress
from functools import partial
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from drafts.errors import Gone
from drafts.models import DELETED_KEPT, Candidate, Interview, WorkSample
from drafts.services.candidates import SETTINGS, add_settings, create_guest, mark_signatures_outdated
from drafts.services.files import delete_files_on_commit
from drafts.services.interviews import purge_all, purge_some
from drafts.services.locks import lock_candidate, lock_interviews, write
from drafts.services.quotas import check_quota
from drafts.services.traces import empty_log_on_commit


def address_is_taken(email: str, besides: Candidate | None = None) -> bool:
    """Whether an account has this address. Unconfirmed addresses do not count."""
    accounts = Candidate.objects.filter(email=email.lower())
    confirmed = EmailAddress.objects.filter(email=email.lower(), verified=True)
    if besides:
        accounts, confirmed = accounts.exclude(pk=besides.pk), confirmed.exclude(user=besides)
    return accounts.exists() or confirmed.exists()


@write
def claim_work(guest: Candidate | None, email: str, password: str, *, confirmed_by_mail: bool) -> Candidate:
    """Gives the guest (a new one for None) a password and an address.

    If addresses are confirmed by mail, the candidate stays a guest until `finish_claim`, so that nobody can take
    another person's address, and a mistyped address can be corrected.
    """
    candidate = lock_candidate(guest) if guest else create_guest()
    candidate.set_password(password)
    if not confirmed_by_mail:
        candidate.email, candidate.is_guest = email.lower(), False
    candidate.save(update_fields=["password", "email", "is_guest"])
    candidate.emailaddress_set.all().delete()
    candidate.emailaddress_set.create(email=email.lower(), verified=False, primary=True)
    return candidate


@write
def set_guest_password(guest: Candidate, password: str) -> Candidate:
    """What `claim_work` does for an address that is taken: only sets the password."""
    candidate = lock_candidate(guest)
    candidate.set_password(password)
    candidate.save(update_fields=["password"])
    return candidate


def finish_claim(candidate: Candidate, email: str, *, is_here: bool) -> bool:
    """Turns a guest whose address is confirmed into an account. Returns False if another account has the address.

    If the address was confirmed in another browser than the one that asked (not `is_here`), revokes all access, because
    the person who asked may have entered somebody else's address.
    """
    try:
        with transaction.atomic():
            stored = lock_candidate(candidate)
            if stored.is_guest:
                stored.email, stored.is_guest = email.lower(), False
                stored.save(update_fields=["email", "is_guest"])
            elif address_is_taken(email, besides=stored):
                return False
            if not is_here:
                _revoke_access(stored)
    except IntegrityError:
        return False
    for name in ("email", "is_guest", "password", "calendar_token"):
        setattr(candidate, name, getattr(stored, name))
    return True


def _revoke_access(candidate: Candidate) -> None:
    """Revokes the password, second steps and passkeys, all sessions, and the private calendar address."""
    candidate.set_unusable_password()
    candidate.calendar_token = None
    candidate.save(update_fields=["password", "calendar_token"])
    Authenticator.objects.filter(user=candidate).delete()
    for session in UserSession.objects.filter(user=candidate):
        session.end()


@write
def set_address(candidate: Candidate, email: str) -> bool:
    """Changes the address without confirmation. Returns False if another account has it."""
    if address_is_taken(email, besides=candidate):
        return False
    stored = lock_candidate(candidate)
    stored.email = email.lower()
    stored.save(update_fields=["email"])
    stored.emailaddress_set.all().delete()
    stored.emailaddress_set.create(email=stored.email, verified=False, primary=True)
    candidate.email = stored.email
    return True


@write
def bring_guest(guest: Candidate, candidate: Candidate) -> int:
    """Moves everything a guest has to an account, and deletes the guest. Returns the number of moved interviews.

    Raises Gone if that is already done, and OverQuota.
    """
    # Lock the account first: it is never the guest of a concurrent call, so there is no deadlock.
    stored = lock_candidate(candidate)
    guest = lock_candidate(guest)
    if not guest.is_guest:
        raise Gone
    moved = lock_interviews(guest).update(candidate=stored)
    senders = {(one.full_name, one.signature) for one in (stored, guest)}
    add_settings(stored, guest)
    guest.delete()
    # Keep the guest's calendar address working if the account has none.
    stored.calendar_token = stored.calendar_token or guest.calendar_token
    stored.save(update_fields=[*SETTINGS, "calendar_token"])
    if senders != {(stored.full_name, stored.signature)}:
        mark_signatures_outdated(stored)
    check_quota(stored)
    return moved


def delete_candidate(candidate: Candidate) -> None:
    """Deletes everything of this candidate: rows, files, and the sessions on every device.

    Deletes interviews in steps first, so that other writes do not wait long. Raises Gone if that is already done.
    """
    while _delete_some(candidate):
        pass
    _delete_rows(candidate)
    empty_log_on_commit()


@write
def _delete_some(candidate: Candidate) -> int:
    return purge_some(lock_candidate(candidate).interviews.all())


@write
def _delete_rows(candidate: Candidate) -> None:
    stored = lock_candidate(candidate)
    delete_files_on_commit(WorkSample.objects.filter(interviewer__interview__in=lock_interviews(stored)))
    transaction.on_commit(partial(_remove_folder, stored.pk))
    for session in UserSession.objects.filter(user=stored):
        session.end()
    stored.delete()


def _remove_folder(candidate_id: uuid.UUID) -> None:
    """Removes the candidate's folder for files if it is empty."""
    try:
        folder = Path(default_storage.path(str(candidate_id)))
    except NotImplementedError:
        # Buckets have no folders.
        return
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def clear_guests(today: dt.date) -> int:
    """Deletes guests whose work no longer has to be kept (every page told them until when it would be)."""
    guests = Candidate.objects.filter(is_guest=True, kept_until__lt=today)
    count = 0
    for guest in guests.iterator():
        with suppress(Gone):
            delete_candidate(guest)
            count += 1
    return count


def clear_deleted() -> int:
    """Deletes for good the interviews that were deleted too long ago to be restored."""
    over = Interview.objects.filter(deleted_at__lte=timezone.now() - DELETED_KEPT)
    return purge_all(over.order_by("deleted_at"))
