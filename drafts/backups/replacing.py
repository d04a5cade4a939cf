"""Replaces everything stored by a checked backup, without a moment that mixes both.

First the backup's files and key are added to the existing ones; then the database is replaced in one transaction; then
the old files and key are removed. If this stops before the transaction, everything is as before; if after it,
everything is the backup's. Leftover files belong to no row, and the next restore removes them.
"""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from drafts.backups import databases, places
from drafts.backups.checking import Checked
from drafts.backups.errors import BackupError, RestoredInPart, in_words, printable
from drafts.backups.manifest import UPLOADS
from drafts.models import Candidate, Draft, Interview


@dataclass(frozen=True)
class Restored:
    """What was restored. `key_changed`: the server signs with the old key until it is restarted. `key_unused`: the
    backup has a different key, which is not used because SECRET_KEY is set in the environment."""

    candidates: int
    interviews: int
    letters: int
    key_changed: bool
    key_unused: bool


def replace(backup: Checked) -> Restored:
    """Replaces uploads, key and database by the backup's, and migrates the database.

    Raises BackupError if nothing was changed, RestoredInPart if the backup was restored but cleaning up failed.
    """
    connections.close_all()
    uploads = places.uploads()
    key = "" if backup.key == settings.SECRET_KEY else backup.key
    key_file = places.key_file() if key else None
    with in_words("The backup could not be put in place"), ExitStack() as undo:
        _add_files(backup.folder / UPLOADS, uploads, undo)
        if key_file:
            undo.callback(_write, key_file, settings.SECRET_KEY)
            _write(key_file, f"{key}\n{settings.SECRET_KEY}")
        os.sync()  # The files must be on disk before the rows that refer to them.
        databases.replace(connection, backup.database)
        undo.pop_all()
    try:
        if key_file:
            _write(key_file, key)
        _remove_others(uploads, backup)
        call_command("migrate", interactive=False, verbosity=0)
    except Exception as error:
        # A migration can raise anything.
        why = printable(error).rstrip(".")
        raise RestoredInPart(
            f"The backup is in place, but what follows failed: {why}. Restore it once more, or run manage.py migrate "
            "to see why."
        ) from error
    return Restored(
        Candidate.objects.count(),
        Interview.objects.count(),
        Draft.objects.count(),
        key_changed=key_file is not None,
        key_unused=bool(key) and key_file is None,
    )


def _add_files(source: Path, root: Path, undo: ExitStack) -> None:
    """Moves the files that are not there yet. Files with the same name are identical, because names are unique."""
    root.mkdir(parents=True, exist_ok=True)
    for path in _files(source):
        target = root / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.parent.resolve().is_relative_to(root):
            raise BackupError(f"{target.parent} leads out of the uploads. Remove the link.")
        if not os.path.lexists(target):
            undo.callback(target.unlink, missing_ok=True)
            shutil.move(path, target)


def _remove_others(root: Path, backup: Checked) -> None:
    """Removes what is not in the backup, and replaces anything that has the name of one of its files."""
    source = backup.folder / UPLOADS
    for path in _files(source):
        shutil.move(path, root / path.relative_to(source))
    for path in sorted(root.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            with suppress(OSError):  # It is not empty.
                path.rmdir()
        elif UPLOADS + path.relative_to(root).as_posix() not in backup.manifest.members:
            path.unlink()


def _files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if not path.is_dir()]


def _write(path: Path, key: str) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with draft.open("w") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
