"""How the server opens its database."""

from django.conf import settings
from django.db import DatabaseError, connection, connections

from config.environment import stop


def check() -> None:
    """Exits with a one-line message if the database cannot be opened; closes it again."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        stop(
            f"DATABASE_URL: the database cannot be opened ({' '.join(str(error).split())}). "
            "Example: DATABASE_URL=postgresql://user:password@host:5432/name"
        )
    connection.close()


def use_pool(threads: int) -> None:
    """Makes this process, which serves with this many threads, keep its connections in a pool if DATABASE_POOL is set.

    Call it after the fork, because processes cannot share connections. Commands need no pool: they use one connection.
    """
    if not settings.DATABASE_POOL:
        return
    database = connections.settings["default"]
    # One connection for each thread and one for the housekeeping, so that a request only waits (up to the timeout in
    # seconds) while the database is unavailable. Connections that are idle for ten minutes are closed.
    database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": threads + 1, "timeout": 3}
    database["CONN_MAX_AGE"] = 0
