"""What is said when the database cannot be opened."""

from django.db import DatabaseError, connection

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
