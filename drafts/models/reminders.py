"""When candidates who asked for reminders get the next one."""

from __future__ import annotations

from django.db import models

from drafts.models.candidates import Candidate


class ReminderSchedule(models.Model):
    """One row per candidate with a `reminder_hour`. The process that moves `next_at` has claimed the reminder."""

    candidate = models.OneToOneField(
        Candidate, on_delete=models.CASCADE, primary_key=True, related_name="reminder_schedule"
    )
    next_at = models.DateTimeField()
    # How many times the mail server has deferred the mail that is due now.
    tries = models.PositiveSmallIntegerField(default=0)
    # Keys of what is still due and was in an earlier reminder (drafts.reminders.listing).
    told = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index(fields=("next_at", "candidate"), name="reminder_next"),)

    def __str__(self) -> str:
        return f"{self.candidate_id}, {self.next_at}"
