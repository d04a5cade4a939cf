"""Where things lie on this machine: the uploads, a restore's content beside them, the secret key, the lock."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from drafts.backups.errors import BackupError, in_words


def uploads() -> Path:
    """The folder itself where MEDIA_ROOT is a link to it."""
    return Path(settings.MEDIA_ROOT).resolve()


def staging() -> Path:
    """A backup's content while it is checked; on the uploads' disk, so that a rename puts each file in place."""
    return uploads().with_name(f"{uploads().name}.restoring")


def key_file() -> Path | None:
    """The file of the secret key, or None where the key in use comes from the environment."""
    path = Path(settings.VAR_DIR) / "secret_key"
    if path.is_file() and path.read_text(errors="replace").split("\n")[0].strip() == settings.SECRET_KEY:
        return path
    return None


@contextmanager
def locked(*, exclusive: bool) -> Iterator[None]:
    """Backups may run side by side; a restore runs alone. Files made meanwhile are for their owner alone.

    Raises BackupError when another one is in the way.
    """
    umask = os.umask(0o077)
    try:
        path = uploads().with_name(f"{uploads().name}.lock")
        with in_words("The folder of the uploads cannot be written to"):
            path.parent.mkdir(parents=True, exist_ok=True)
            # The system drops the lock with the process; the file stays, for removing it would let two in.
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
