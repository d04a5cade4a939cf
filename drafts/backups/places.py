"""Where things lie on this machine: the uploads, what a restore puts beside them, the secret key, the lock."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from drafts.backups.errors import BackupError, told_in_one_line


def uploads() -> Path:
    """The folder itself where MEDIA_ROOT is a link to it, so that a restore replaces the folder, not the link."""
    return Path(settings.MEDIA_ROOT).resolve()


def beside_uploads(suffix: str) -> Path:
    root = uploads()
    return root.with_name(root.name + suffix)


def staging() -> Path:
    """A backup's content while it is checked; on the uploads' disk, so that a rename puts it in place."""
    return beside_uploads(".restoring")


def former_uploads() -> Path:
    """The uploads that a restore replaces, until it has succeeded."""
    return beside_uploads(".former")


def check_not_cut_off() -> None:
    """Raises BackupError when a restore was killed while it put the uploads in place."""
    former = former_uploads()
    if os.path.lexists(former):
        # Whether they or those in place belong to the database, only someone who looks can tell.
        raise BackupError(
            f"An earlier restore was cut off and left the uploads from before it in {former}. Move them to "
            "another folder, then restore again."
        )


def key_file() -> Path | None:
    """The file of the secret key, or None where the key in use comes from the environment."""
    path = Path(settings.VAR_DIR) / "secret_key"
    if path.is_file() and path.read_text(errors="replace").strip() == settings.SECRET_KEY:
        return path
    return None


@contextmanager
def locked(*, exclusive: bool) -> Iterator[None]:
    """Backups may run side by side; a restore runs alone. Raises BackupError when another one is in the way."""
    path = beside_uploads(".lock")
    with told_in_one_line("The folder of the uploads cannot be written to"):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The system drops the lock with the process; the file stays, for removing it would let two in.
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            other = "Another backup or restore is running" if exclusive else "A restore is running"
            raise BackupError(f"{other}. Try again when it has ended.") from error
        yield
    finally:
        os.close(descriptor)
