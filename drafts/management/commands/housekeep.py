"""Runs the housekeeping, in a loop next to a server that does not do it itself, or once, for cron."""

from __future__ import annotations

import argparse
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config import housekeeping


class Command(BaseCommand):
    help = (
        "Tidies up once a day (see tidy) and sends the reminders that are due, until it is stopped. The server "
        "(gunicorn with config/serving.py) does both by itself; running this too sends nothing twice."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="look once and end, for cron: every 5 minutes is enough"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # If the database cannot be opened, exit with a one-line message.
        connection.ensure_connection()
        if options["once"]:
            if not housekeeping.once():
                raise CommandError("Some tasks failed; see the log above. The next run tries again.")
            return
        is_over = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            # Finish sending before exiting.
            signal.signal(number, lambda *_args: is_over.set())
        self.stdout.write("The housekeeping runs (Ctrl+C stops it)")
        housekeeping.run(is_over)
