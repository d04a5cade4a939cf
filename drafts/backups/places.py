"""Paths on this machine: the uploads, the staging folder of a restore, the secret key, the lock."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from drafts.backups.errors import BackupError, in_words


def uploads() -> Path:
    """The uploads folder, with symbolic links resolved."""
    return Path(settings.MEDIA_ROOT).resolve()


def staging() -> Path:
    """The folder for a backup's content while it is checked. It is on the same disk as the uploads, so that files can
    be renamed into place."""
    return uploads().with_name(f"{uploads().name}.restoring")


def key_file() -> Path | None:
    """The file of the secret key, or None if the key comes from the environment."""
    path = Path(settings.VAR_DIR) / "secret_key"
    if path.is_file() and path.read_text(errors="replace").split("\n")[0].strip() == settings.SECRET_KEY:
        return path
    return None


@contextmanager
def locked(*, exclusive: bool) -> Iterator[None]:
    """Locks out other restores, and other backups too if this is a restore. Files made meanwhile are only readable by
    their owner.

    Raises BackupError if the lock is taken.
    """
    umask = os.umask(0o077)
    try:
        path = uploads().with_name(f"{uploads().name}.lock")
        with in_words("The folder of the uploads cannot be written to"):
            path.parent.mkdir(parents=True, exist_ok=True)
            # The system releases the lock when the process ends. The file stays, because removing it would let two
            # processes in.
            file = path.open("a")
        with file:
            try:
                fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
            except BlockingIOError as error:
                other = "Another backup or restore is running" if exclusive else "A restore is running"
                raise BackupError(f"{other}. Try again when it has ended.") from error
            yield
    finally:
        os.umask(umask)
