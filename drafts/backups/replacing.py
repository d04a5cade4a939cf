"""Putting a checked backup in the place of what is stored, so that no moment has half of both.

The backup's files join those that are there, and its key joins the one in use; then the database is replaced, in one
transaction; then what belonged to the former one goes. Stopped before that transaction, all is as it was, and stopped
after it, all is the backup's: what lies there besides belongs to no row, and the next restore removes it.
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
    """How much is stored now. `key_changed`: the server signs with the former key until it is started anew.
    `key_unused`: the backup's key is another one, and stays out because SECRET_KEY is set in the environment."""

    candidates: int
    interviews: int
    letters: int
    key_changed: bool
    key_unused: bool


def replace(backup: Checked) -> Restored:
    """Uploads, key and database become the backup's, and the database is migrated.

    Raises BackupError when all is as it was, RestoredInPart when the backup is in place but not tidied up.
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
        os.sync()  # What the new rows speak of is on the disk before them.
        databases.replace(connection, backup.database)
        undo.pop_all()
    try:
        if key_file:
            _write(key_file, key)
        _remove_others(uploads, backup)
        call_command("migrate", interactive=False, verbosity=0)
    except Exception as error:
        # Whatever a migration raises.
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
    """Moves the files that are not there yet. Others of their name are the same: no name is given twice."""
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
    """What is not in the backup goes, and what was there under the name of one of its files gives way to it."""
    source = backup.folder / UPLOADS
    for path in _files(source):
        shutil.move(path, root / path.relative_to(source))
    for path in sorted(root.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            with suppress(OSError):  # There are files in it.
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
