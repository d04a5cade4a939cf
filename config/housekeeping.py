"""The daily housekeeping by the server itself: each of its processes looks every hour whether it is done."""

import logging
import threading
import time

from django.db import connection
from django.utils import timezone

HOUR_S = 3600
logger = logging.getLogger(__name__)


def start() -> None:
    """Begins looking, in a thread that ends with the process."""
    threading.Thread(target=_look_every_hour, name="housekeeping", daemon=True).start()


def _look_every_hour() -> None:
    from drafts.services import housekeeping

    while True:
        try:
            housekeeping.tidy_once_a_day(timezone.now())
        except Exception:
            # Whatever it was, the next hour may be better, and pages are served meanwhile.
            logger.exception("The daily housekeeping failed; it is tried again in an hour")
        finally:
            connection.close()
        time.sleep(HOUR_S)
