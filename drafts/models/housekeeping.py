"""What the housekeeping notes."""

from __future__ import annotations

from django.db import models


class TidiedDay(models.Model):
    """A day (UTC) whose housekeeping one of all processes and machines has claimed."""

    day = models.DateField(primary_key=True)

    def __str__(self) -> str:
        return str(self.day)
