"""Reminders: the schedule behind the candidate's setting, and the claim that lets only one process send each mail.

Lock the candidate before the schedule. A claim locks nothing but the schedule's own row.
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
    """The address that reminders go to; empty if the candidate has not confirmed one."""
    return _confirmed(candidate.pk).first() or ""


def _confirmed(candidate_id: Any) -> Any:
    rows = EmailAddress.objects.filter(user=candidate_id, primary=True, verified=True)
    return rows.order_by().values_list("email", flat=True)


def zone_of(candidate: Candidate) -> ZoneInfo:
    """The time zone of the candidate's hour; UTC if theirs is unknown to this machine."""
    return time_zones.zone(candidate.time_zone if candidate.time_zone in known_zones() else "UTC")


def schedule_reminders(stored: Candidate) -> None:
    """Updates the schedule to the candidate's hour and time zone. The caller must hold the candidate's lock."""
    if stored.reminder_hour is None:
        ReminderSchedule.objects.filter(candidate=stored).delete()
        return
    next_at = next_reminder(timezone.now(), stored.reminder_hour, zone_of(stored))
    ReminderSchedule.objects.update_or_create(candidate=stored, defaults={"next_at": next_at, "tries": 0})


def stop_reminders(candidate_id: uuid.UUID) -> None:
    """Turns reminders off. Does nothing if they are off already, or if the candidate no longer exists."""
    with suppress(Gone):
        _stop_reminders(Candidate(pk=candidate_id))


@write
def _stop_reminders(candidate: Candidate) -> None:
    stored = lock_candidate(candidate)
    stored.reminder_hour = None
    stored.save(update_fields=["reminder_hour"])
    schedule_reminders(stored)


def due_schedules(now: dt.datetime) -> Iterator[ReminderSchedule]:
    """The schedules that are due, each annotated with the `address` to write to (None if there is none).

    One query per AT_ONCE schedules. No schedule is returned twice, whatever the caller does with it.
    """
    rows = (
        ReminderSchedule.objects.filter(next_at__lte=now)
        .select_related("candidate")
        .annotate(address=Subquery(_confirmed(OuterRef("pk"))[:1]))
        .order_by("next_at", "candidate")
    )
    step = list(rows[:AT_ONCE])
    while step:
        # Read before the rows are yielded, because the caller changes them.
        at, key = step[-1].next_at, step[-1].pk
        yield from step
        after = Q(next_at__gt=at) | Q(next_at=at, candidate__gt=key)
        step = list(rows.filter(after, next_at__gte=at)[:AT_ONCE]) if len(step) == AT_ONCE else []


def claim_reminder(schedule: ReminderSchedule, next_at: dt.datetime) -> bool:
    """Moves the schedule to its next time. Returns False if another process or the candidate changed it first."""
    as_read = ReminderSchedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at)
    if not as_read.update(next_at=next_at):
        return False
    schedule.next_at = next_at
    return True


def note_reminded(schedule: ReminderSchedule, told: Iterable[str]) -> None:
    """Stores that the mail was sent; later mails leave out what is in `told`."""
    ReminderSchedule.objects.filter(pk=schedule.pk).update(told=list(told), tries=0)


def put_off_reminder(schedule: ReminderSchedule, until: dt.datetime) -> None:
    """Makes a claimed mail due again at `until`, unless the candidate has changed the schedule since."""
    claimed = ReminderSchedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at)
    claimed.update(next_at=until, tries=F("tries") + 1)


def give_reminder_up(schedule: ReminderSchedule) -> None:
    """Gives up on a claimed mail. `told` stays as it is, so the next mail lists the same things."""
    ReminderSchedule.objects.filter(pk=schedule.pk).update(tries=0)
