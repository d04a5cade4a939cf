"""Makes a backup while the server is running."""

from __future__ import annotations

import errno
import gzip
import hashlib
import io
import os
import shutil
import stat
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection
from django.utils import timezone

from drafts.backups import databases, places
from drafts.backups.errors import BackupError, in_words
from drafts.backups.manifest import (
    DATABASES,
    KEY,
    MAX_FOLDERS,
    NAME,
    UPLOADS,
    Manifest,
    Member,
)
from drafts.backups.seal import seal

# A file that was not modified for this many seconds is complete; a newer one may still be being written.
SETTLED_SECONDS = 60


def write_backup(target: str) -> tuple[Path, int]:
    """Writes a backup to a file, into a folder, or for "" into the current folder; returns its path and size in bytes.

    Raises BackupError without changing anything at `target`.
    """
    with in_words("The backup could not be written"):
        path = _path(target)
        # Next to the target, so that one rename puts it in place, completely or not at all.
        with tempfile.TemporaryDirectory(prefix=".afterword-", dir=path.parent) as folder:
            made = _build(Path(folder))
            size = made.stat().st_size
            os.replace(made, path)
        return path, size


def stream_backup(out: BinaryIO) -> int:
    """Writes a backup to an open file once it is complete; returns its size in bytes. Raises BackupError."""
    with (
        in_words("The backup could not be written"),
        tempfile.TemporaryDirectory(prefix="afterword-") as folder,
    ):
        made = _build(Path(folder))
        with made.open("rb") as file:
            shutil.copyfileobj(file, out)
        out.flush()
        return made.stat().st_size


def _path(target: str) -> Path:
    path = Path(target).absolute()
    if path.is_dir():
        path /= f"afterword-{timezone.now():%Y%m%dT%H%M%SZ}.tar.gz"
    elif target.endswith("/") or not path.parent.is_dir():
        raise BackupError(
            f"There is no folder {path if target.endswith('/') else path.parent}. Make it first."
        )
    path = path.resolve()
    if path.is_relative_to(places.uploads()):
        raise BackupError(f"{path} is among the uploads, which go into the backup. Choose another place.")
    if path.exists() and not _is_gzip(path):
        raise BackupError(f"{path} exists and is not a backup. Choose another name.")
    return path


def _is_gzip(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


def _build(folder: Path) -> Path:
    """Builds a backup in this folder, which nobody else can read."""
    members: dict[str, Member] = {}
    body, made = folder / "body", folder / "backup"
    with places.locked(exclusive=False):
        databases.check_present(connection)
        migrations = databases.applied_migrations(connection)
        with tarfile.open(body, "w:gz", format=tarfile.PAX_FORMAT) as tar:
            # Copy files, then the database, then files again. A row is stored after its file and deleted before it,
            # so every row of the copy had its file at that moment. Files from before are already in the backup, even
            # if they are deleted now; files added since are found by the second pass. Files still being written are
            # left to the second pass too: if their row is in the copy, they are complete by then.
            _add_uploads(tar, members, until=time.time() - SETTLED_SECONDS)
            copy = folder / DATABASES[connection.vendor]
            databases.copy(connection, copy)
            if databases.applied_migrations(connection) != migrations:
                raise BackupError("The database was being migrated meanwhile. Make the backup again.")
            databases.check(copy, connection.vendor, migrations)
            _add_uploads(tar, members)
            _add_file(tar, members, copy.name, copy)
            if places.key_file():
                (folder / KEY).write_text(settings.SECRET_KEY)
                _add_file(tar, members, KEY, folder / KEY)
        manifest = Manifest(
            made_at=timezone.now(),
            engine=connection.vendor,  # type: ignore[arg-type] # checked by pydantic
            migrations=migrations,
            members=members,
        )
        with made.open("xb") as out, body.open("rb") as rest:
            # The manifest is known last but must come first. A gzip file may consist of several members.
            head = gzip.compress(_block(manifest.to_json()))
            sha256 = hashlib.sha256(head)
            hashlib.file_digest(rest, lambda: sha256)
            rest.seek(0)
            out.write(head)
            shutil.copyfileobj(rest, out)
            out.write(seal(sha256))
            out.flush()
            os.fsync(out.fileno())
    return made


def _block(content: bytes) -> bytes:
    """The manifest as a tar's first member."""
    info = _info(NAME, len(content), int(time.time()))
    return info.tobuf(tarfile.PAX_FORMAT) + content + b"\0" * (-len(content) % tarfile.BLOCKSIZE)


def _info(name: str, size: int, modified: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, modified, 0o600
    return info


def _add_uploads(tar: tarfile.TarFile, members: dict[str, Member], until: float | None = None) -> None:
    """Adds the uploads that are not in the backup yet; with `until`, only those last modified before it (Unix time)."""
    if settings.UPLOADS_IN_BUCKET:
        return
    root = places.uploads()
    for path in _files(root):
        name = UPLOADS + path.relative_to(root).as_posix()
        if name in members:
            continue
        if name.count("/") > MAX_FOLDERS:
            raise BackupError(f"{path} lies in more folders than a backup can hold. Move it to another one.")
        try:
            if until is None or path.lstat().st_mtime < until:
                _add_file(tar, members, name, path)
        except FileNotFoundError:
            # It was deleted after we listed it.
            continue


def _files(root: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        # A folder may have been deleted after we listed it, but an unreadable one must not be skipped silently.
        if not isinstance(error, FileNotFoundError):
            raise error

    for folder, _, names in os.walk(root, onerror=fail):
        for name in names:
            yield Path(folder, name)


def _add_file(tar: tarfile.TarFile, members: dict[str, Member], name: str, path: Path) -> None:
    """Adds a plain file; anything else, such as a link, is left out. Raises FileNotFoundError."""
    try:
        # Nonblocking, because opening a pipe would wait forever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            return
        raise
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            return
        reader = _Hashing(file)
        tar.addfile(_info(name, found.st_size, int(found.st_mtime)), reader)
        members[name] = Member(sha256=reader.sha256.hexdigest(), size=found.st_size)


@dataclass
class _Hashing:
    """Reads a file and computes the checksum of what was read."""

    file: io.BufferedReader
    sha256: Any = field(default_factory=hashlib.sha256)

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        self.sha256.update(chunk)
        return chunk
