"""Housekeeping: the daily cleanup, and reminder emails at the hours that candidates chose.

`run` looks for both again and again. The server runs it in a thread of each of its processes. `manage.py housekeep`
runs the same loop beside any other server, or a single look for cron. They can all run at once: the database
decides which process does the work (docs/decisions/0026-reminders.md).
"""

import logging
import threading
import time

from django.db import connection
from django.utils import timezone

MINUTE_S, HOUR_S = 60, 3600
LONGEST_WAIT_S = 15 * MINUTE_S  # between attempts while the mail server can't be reached
logger = logging.getLogger(__name__)


def start() -> None:
    """Starts the loop in a thread that ends with the process."""
    threading.Thread(target=run, args=(threading.Event(),), name="housekeeping", daemon=True).start()


def run(is_over: threading.Event) -> None:
    """Loops until `is_over`. Checks every hour for the daily cleanup, and every minute for due reminders."""
    tidy_at = remind_at = time.monotonic()
    failures = 0
    while not is_over.is_set():
        now = time.monotonic()
        if now >= tidy_at:
            tidy()
            tidy_at = now + HOUR_S
        if now >= remind_at:
            failures = 0 if remind() else failures + 1
            remind_at = now + min(MINUTE_S * 2**failures, LONGEST_WAIT_S)
        is_over.wait(max(min(tidy_at, remind_at) - time.monotonic(), 0))


def once() -> bool:
    """Looks once. Returns whether everything that was due was done."""
    return tidy() & remind()


def tidy() -> bool:
    from drafts.services import housekeeping

    try:
        housekeeping.tidy_once_a_day(timezone.now())
    except Exception:
        # Try again in an hour; pages are served meanwhile.
        logger.exception("The daily housekeeping failed; it is tried again in an hour")
        return False
    finally:
        connection.close()
    return True


def remind() -> bool:
    from drafts.reminders.sending import send_due_reminders

    try:
        return not send_due_reminders().is_away
    except Exception:
        logger.exception("Looking for reminders failed; it is tried again")
        return False
    finally:
        connection.close()
