"""The state of the housekeeping."""

from __future__ import annotations

from django.db import models


class TidiedDay(models.Model):
    """A day (UTC) whose housekeeping a process on one of the machines has claimed."""

    day = models.DateField(primary_key=True)

    def __str__(self) -> str:
        return str(self.day)
