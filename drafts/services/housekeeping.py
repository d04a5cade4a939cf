"""Daily housekeeping, done by one process on one machine."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

from django.conf import settings

from drafts.models import TidiedDay
from drafts.services.accounts import clear_deleted, clear_guests


def tidy(now: dt.datetime) -> tuple[int, int]:
    """Deletes what has expired, sessions included. Returns the numbers of deleted guests and interviews."""
    removed = clear_guests(now.date()), clear_deleted()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    TidiedDay.objects.filter(day__lt=now.date()).delete()
    return removed


def tidy_once_a_day(now: dt.datetime) -> bool:
    """Runs `tidy` unless another process ran or started it today. Returns whether it ran."""
    _, is_first = TidiedDay.objects.get_or_create(day=now.date())
    if not is_first:
        return False
    try:
        tidy(now)
    except BaseException:
        # It failed, so let the next caller try.
        TidiedDay.objects.filter(day=now.date()).delete()
        raise
    return True
