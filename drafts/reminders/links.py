"""The link in each reminder that stops them, without signing in."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

VALID_FOR = dt.timedelta(days=365)  # each mail has a fresh one


class BadLink(Exception):
    """Not made by us, or not all of it is there."""


class OldLink(Exception):
    """Made by us, longer ago than VALID_FOR."""


def _signer() -> signing.TimestampSigner:
    # "." and not ":", which some mail programs take for the end of a link.
    return signing.TimestampSigner(salt="drafts.reminders.stop", sep=".")


def stop_link(candidate_id: uuid.UUID) -> str:
    token = _signer().sign(candidate_id.hex)
    return settings.SITE_URL + reverse("reminders_stop", args=[token])


def candidate_of_link(token: str) -> uuid.UUID:
    """Whose reminders the link stops. Raises BadLink and OldLink."""
    try:
        return uuid.UUID(hex=_signer().unsign(token, max_age=VALID_FOR))
    except signing.SignatureExpired as error:
        raise OldLink from error
    except (signing.BadSignature, ValueError) as error:
        raise BadLink from error
