"""Removes guests whose work has been kept as long as the pages promised."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from drafts import services


class Command(BaseCommand):
    help = (
        "Removes guests, with all they wrote, who stayed away for as long as the pages told them that it would "
        "be kept (GUEST_DAYS at their last visit). A lower GUEST_DAYS shortens nobody's time. Run it once a day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = services.clear_guests(timezone.now().date())
        self.stdout.write(f"{count} guests removed.")
