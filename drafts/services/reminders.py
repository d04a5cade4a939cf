"""Reminders: the schedule behind the candidate's setting, and the claim that lets one process send each mail.

The candidate's lock comes before the schedule's. Claims take no lock but that of the schedule's own row.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from drafts.domain import time_zones
from drafts.domain.moments import known_zones
from drafts.domain.reminders import next_reminder
from drafts.errors import Gone
from drafts.models import Candidate, ReminderSchedule
from drafts.services.locks import lock_candidate, write

AT_ONCE = 50  # schedules read by one query


def confirmed_address(candidate: Candidate) -> str:
    """Where reminders go; empty where no address was confirmed."""
    return _confirmed(candidate.pk).first() or ""


def _confirmed(candidate_id: Any) -> Any:
    rows = EmailAddress.objects.filter(user=candidate_id, primary=True, verified=True)
    return rows.order_by().values_list("email", flat=True)


def zone_of(candidate: Candidate) -> ZoneInfo:
    """The zone in which the candidate's hour is read; UTC where theirs is not known here (any more)."""
    return time_zones.zone(candidate.time_zone if candidate.time_zone in known_zones() else "UTC")


def schedule_reminders(stored: Candidate) -> None:
    """Brings the schedule in line with the candidate's hour and zone. Whoever calls this holds the candidate's lock."""
    if stored.reminder_hour is None:
        ReminderSchedule.objects.filter(candidate=stored).delete()
        return
    next_at = next_reminder(timezone.now(), stored.reminder_hour, zone_of(stored))
    ReminderSchedule.objects.update_or_create(candidate=stored, defaults={"next_at": next_at, "tries": 0})


def stop_reminders(candidate_id: uuid.UUID) -> None:
    """No reminders any more; nothing where there are none, or no such candidate."""
    with suppress(Gone):
        _stop_reminders(Candidate(pk=candidate_id))


@write
def _stop_reminders(candidate: Candidate) -> None:
    stored = lock_candidate(candidate)
    stored.reminder_hour = None
    stored.save(update_fields=["reminder_hour"])
    schedule_reminders(stored)


def due_schedules(now: dt.datetime) -> Iterator[ReminderSchedule]:
    """Each schedule whose moment has come, with its candidate and the `address` to write to (None: there is none).

    One query for every 50, whatever becomes of each: none comes twice.
    """
    rows = (
        ReminderSchedule.objects.filter(next_at__lte=now)
        .select_related("candidate")
        .annotate(address=Subquery(_confirmed(OuterRef("pk"))[:1]))
        .order_by("next_at", "candidate")
    )
    step = list(rows[:AT_ONCE])
    while step:
        # Noted before the rows are handed out, which changes them.
        at, key = step[-1].next_at, step[-1].pk
        yield from step
        after = Q(next_at__gt=at) | Q(next_at=at, candidate__gt=key)
        step = list(rows.filter(after, next_at__gte=at)[:AT_ONCE]) if len(step) == AT_ONCE else []


def claim_reminder(schedule: ReminderSchedule, next_at: dt.datetime) -> bool:
    """Moves the schedule on to its next moment. False where another process did, or the candidate changed it."""
    as_read = ReminderSchedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at)
    if not as_read.update(next_at=next_at):
        return False
    schedule.next_at = next_at
    return True


def note_reminded(schedule: ReminderSchedule, told: Iterable[str]) -> None:
    """The mail was sent: what is in `told` is in none after it."""
    ReminderSchedule.objects.filter(pk=schedule.pk).update(told=list(told), tries=0)


def put_off_reminder(schedule: ReminderSchedule, until: dt.datetime) -> None:
    """The claimed mail was refused for now; it is due again at `until`, unless the candidate changed the schedule."""
    claimed = ReminderSchedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at)
    claimed.update(next_at=until, tries=F("tries") + 1)


def give_reminder_up(schedule: ReminderSchedule) -> None:
    """The claimed mail cannot be sent; what was in it may be in the next one."""
    ReminderSchedule.objects.filter(pk=schedule.pk).update(tries=0)
