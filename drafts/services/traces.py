"""Removes what SQLite still has of deleted rows. With `secure_delete` that is only its write-ahead log."""

from __future__ import annotations

from django.conf import settings
from django.db import connection, transaction

# How long to wait for readers of the log, in milliseconds. Writes are blocked meanwhile.
READERS_MS = 500


def empty_log_on_commit() -> None:
    """Copies the write-ahead log into the database and empties it, after a write that deletes for good.

    If a reader uses the log for longer, this is left to the next such write, or else to `tidy`.
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
