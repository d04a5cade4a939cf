"""Putting a checked backup in the place of what is stored."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from drafts.backups import databases, places
from drafts.backups.checking import Checked
from drafts.backups.errors import RestoredInPart, one_line, told_in_one_line
from drafts.backups.manifest import DATABASES, KEY, UPLOADS
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

    Raises BackupError when all is as it was, RestoredInPart when it is not.
    """
    connections.close_all()
    former = places.former_uploads()
    try:
        # What this raises itself comes from undoing; everything else is told in one line within.
        with ExitStack() as undo, told_in_one_line("The backup could not be put in place"):
            key = _key(backup)
            key_file = places.key_file() if key else None
            _move(places.uploads(), former, undo)
            _move(backup.folder / UPLOADS, places.uploads(), undo)
            if key_file:
                undo.callback(_write, key_file, settings.SECRET_KEY)
                _write(key_file, key)
            # The database last: the rest can be undone.
            manifest = backup.manifest
            databases.replace(connection, backup.folder / DATABASES[manifest.engine], manifest.migrations)
            undo.pop_all()
    except OSError as error:
        raise RestoredInPart(
            f"The backup could not be put in place, and going back failed as well: {one_line(error)}. Look for the "
            f"former uploads in {former}."
        ) from error
    _remove(former)
    _migrate()
    return Restored(
        Candidate.objects.count(),
        Interview.objects.count(),
        Draft.objects.count(),
        key_changed=key_file is not None,
        key_unused=bool(key) and key_file is None,
    )


def _key(backup: Checked) -> str:
    """The backup's secret key if it is another than the one in use here, or ""."""
    path = backup.folder / KEY
    key = path.read_text(errors="replace").strip() if path.exists() else ""
    return "" if key == settings.SECRET_KEY else key


def _move(source: Path, target: Path, undo: ExitStack) -> None:
    if source.exists():
        source.rename(target)
        undo.callback(target.rename, source)


def _write(path: Path, key: str) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _remove(former: Path) -> None:
    try:
        if former.exists():
            shutil.rmtree(former)
    except OSError as error:
        raise RestoredInPart(
            f"The backup is in place, but the former uploads could not be removed: {one_line(error)}. Remove "
            f"{former}, then run manage.py migrate."
        ) from error


def _migrate() -> None:
    try:
        call_command("migrate", interactive=False, verbosity=0)
    except Exception as error:
        # Whatever a migration raises.
        raise RestoredInPart(
            f"The backup is in place, but it could not be migrated: {one_line(error).rstrip('.')}. Run manage.py "
            "migrate to see why."
        ) from error
