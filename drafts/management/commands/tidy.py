"""What is to be done once a day."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from drafts import services


class Command(BaseCommand):
    help = (
        "Removes what is over: guests (see clear_guests), interviews deleted more than 30 days ago, and expired "
        "sessions. `make run` does it at its start; run it once a day elsewhere."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("clear_guests", stdout=self.stdout)
        self.stdout.write(f"{services.clear_deleted()} deleted interviews removed for good.")
        call_command("clearsessions")
