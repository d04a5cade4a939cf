"""Runs the daily housekeeping now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from drafts.services import housekeeping


class Command(BaseCommand):
    help = (
        "Removes what is over: guests (see clear_guests), interviews deleted more than 30 days ago, and expired "
        "sessions. The server does it once a day by itself; this does it now."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        guests, interviews = housekeeping.tidy(timezone.now())
        self.stdout.write(f"{guests} guests removed.")
        self.stdout.write(f"{interviews} deleted interviews removed for good.")
