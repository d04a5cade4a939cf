"""What is to be done once a day, by one of all processes and machines that serve."""

from __future__ import annotations

import datetime as dt
from importlib import import_module

from django.conf import settings

from drafts.models import TidiedDay
from drafts.services.accounts import clear_deleted, clear_guests


def tidy(now: dt.datetime) -> tuple[int, int]:
    """Removes what is over, expired sessions too. Answers how many guests and how many deleted interviews went."""
    removed = clear_guests(now.date()), clear_deleted()
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    TidiedDay.objects.filter(day__lt=now.date()).delete()
    return removed


def tidy_once_a_day(now: dt.datetime) -> bool:
    """Tidies up unless it was done, or begun, today. Answers whether it did."""
    _, is_first = TidiedDay.objects.get_or_create(day=now.date())
    if not is_first:
        return False
    try:
        tidy(now)
    except BaseException:
        # Not done: whoever asks next does it.
        TidiedDay.objects.filter(day=now.date()).delete()
        raise
    return True
