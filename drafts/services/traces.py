"""What SQLite still has of rows that are gone: with `secure_delete` nothing in the database, but its log of writes."""

from __future__ import annotations

from django.conf import settings
from django.db import connection, transaction

# How long to wait for readers of the log, in milliseconds. Nobody can write meanwhile.
READERS_MS = 500


def empty_log_on_commit() -> None:
    """After a write that deletes for good: brings the log of writes into the database and empties it.

    Where somebody reads from the log for longer, it waits for the next such write, at the latest for `tidy`.
    """
    if settings.ON_SQLITE:
        transaction.on_commit(_empty_log, robust=True)


def _empty_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {READERS_MS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            cursor.execute(
                f"PRAGMA busy_timeout = {settings.DATABASES['default']['OPTIONS']['timeout'] * 1000}"
            )
