"""Errors for operators, each with a one-line message that says what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error as DatabaseError

from drafts.errors import DomainError


class BackupError(DomainError):
    """A backup could not be made or used; nothing was changed."""


class RestoredInPart(BackupError):
    """The backup was restored, but something failed after that."""


def printable(text: object) -> str:
    """Any text, such as a member's name or a program's message, as one line of at most 300 printable characters."""
    words = " ".join(str(text).split())
    return "".join(character if character.isprintable() else "?" for character in words)[:300]


@contextmanager
def in_words(doing: str) -> Iterator[None]:
    """Turns failures of the disk and the database into BackupError: "`doing`: what the system says"."""
    try:
        yield
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        raise BackupError(f"{doing}: {printable(where + (error.strerror or str(error)))}.") from error
    except (sqlite3.Error, DatabaseError) as error:
        raise BackupError(f"{doing}: {printable(error).rstrip('.')}.") from error
