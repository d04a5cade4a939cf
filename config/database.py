"""How the server opens its database."""

from django.conf import settings
from django.db import DatabaseError, connection, connections

from config.environment import stop


def check() -> None:
    """Ends the program with one line when the database cannot be opened; it is closed again."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        stop(
            f"DATABASE_URL: the database cannot be opened ({' '.join(str(error).split())}). "
            "Example: DATABASE_URL=postgresql://user:password@host:5432/name"
        )
    connection.close()


def use_pool(threads: int) -> None:
    """Has this process, which serves with so many threads, keep its connections in a pool, where DATABASE_POOL says so.

    To be called after the fork: processes cannot share connections. Commands go without; they have one connection.
    """
    if not settings.DATABASE_POOL:
        return
    database = connections.settings["default"]
    # One for each thread and one for the housekeeping, so that a request waits, for so many seconds, only while the
    # database is away; what is idle for ten minutes is closed.
    database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": threads + 1, "timeout": 3}
    database["CONN_MAX_AGE"] = 0
