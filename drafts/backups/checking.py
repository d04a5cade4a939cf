"""Checks everything that can be wrong with a backup before anything is changed."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from config.environment import KEY_LENGTH, KEY_VARIETY
from drafts.backups import databases, places
from drafts.backups.errors import BackupError, in_words, printable
from drafts.backups.manifest import (
    DATABASES,
    ENGINE_NAMES,
    KEY,
    NAME,
    NOT_OURS,
    UPLOADS,
    Manifest,
    from_json,
)
from drafts.backups.seal import is_sealed

CHUNK_BYTES = 1024 * 1024
MAX_MANIFEST_BYTES = 64 * 1024 * 1024
# The most bytes that tar adds to a member: its headers, with a name of the maximum length.
HEADERS_BYTES = 16 * 1024
# What reading a truncated tar.gz, or a file that is not one, can raise.
UNREADABLE = (
    tarfile.TarError,
    gzip.BadGzipFile,
    zlib.error,
    EOFError,
    ValueError,
    ArithmeticError,
    RecursionError,
)


@dataclass(frozen=True)
class Checked:
    """A backup that can be restored; `folder` holds its members under their names."""

    manifest: Manifest
    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / DATABASES[self.manifest.engine]

    @property
    def key(self) -> str:
        """The secret key; empty where there is none."""
        path = self.folder / KEY
        return path.read_text(encoding="utf-8", errors="replace").strip() if path.exists() else ""


@contextmanager
def checked(file: Path) -> Iterator[Checked]:
    """Unpacks a backup next to the uploads and checks it. No other backup or restore runs until this context is left.

    Raises BackupError with what is wrong.
    """
    databases.check_supported(connection)
    with places.locked(exclusive=True):
        folder = places.staging()
        try:
            with in_words("The backup could not be read"):
                if folder.exists():
                    shutil.rmtree(folder)
                (folder / UPLOADS).mkdir(parents=True)
                backup = Checked(_unpack(file, folder), folder)
                databases.check(backup.database, backup.manifest.engine, backup.manifest.migrations)
                _check_key(backup)
            yield backup
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _unpack(file: Path, folder: Path) -> Manifest:
    try:
        with gzip.open(file) as plain:
            limited = _Limited(plain, MAX_MANIFEST_BYTES + HEADERS_BYTES)
            with tarfile.open(fileobj=limited, mode="r|", encoding="utf-8") as tar:  # type: ignore[call-overload]  # read() is all it needs
                manifest = _read_manifest(tar)
                if manifest.version > 1 and not is_sealed(file):
                    raise BackupError(f"{NOT_OURS}: its bytes are not those that were written.")
                _check_fit(manifest, folder)
                limited.left = sum(member.size + HEADERS_BYTES for member in manifest.members.values())
                limited.left += CHUNK_BYTES
                _unpack_members(tar, manifest, folder)
            while limited.read(CHUNK_BYTES):
                pass  # read to the end, where gzip checks its checksum
    except UNREADABLE as error:
        raise BackupError(f"{NOT_OURS}: {printable(error).rstrip('.')}.") from error
    return manifest


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    info = tar.next()
    content = tar.extractfile(info) if info and info.name == NAME and _is_plain(info) else None
    if info is None or content is None or info.size > MAX_MANIFEST_BYTES:
        raise BackupError(f"{NOT_OURS}: it does not begin with a manifest.")
    return from_json(content.read())


def _check_fit(manifest: Manifest, folder: Path) -> None:
    """Raises BackupError unless a backup with this manifest can be restored here."""
    if manifest.engine != connection.vendor:
        here = ENGINE_NAMES.get(connection.vendor, connection.vendor)
        raise BackupError(
            f"This backup holds a {ENGINE_NAMES[manifest.engine]} database, and DATABASE_URL names one of {here}. "
            f"Restore it where Afterword runs on {ENGINE_NAMES[manifest.engine]}."
        )
    unknown = sorted(set(manifest.migrations) - databases.known_migrations())
    if unknown:
        raise BackupError(
            "This backup comes from a newer version of Afterword (its migration "
            f"{printable('.'.join(unknown[0]))} is not known here). Update Afterword, then restore."
        )
    files = sum(name.startswith(UPLOADS) for name in manifest.members)
    if files and settings.UPLOADS_IN_BUCKET:
        raise BackupError(
            f"This backup holds {files} uploaded files, and UPLOADS_URL names a bucket, which restore does not write "
            "to. Restore it without UPLOADS_URL, then copy the folder uploads of VAR_DIR there and set it again."
        )
    needed = sum(member.size for member in manifest.members.values())
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise BackupError(
            f"The backup takes {needed:,} bytes when unpacked, and {folder.parent} has {free:,} left. Make room first."
        )


def _unpack_members(tar: tarfile.TarFile, manifest: Manifest, folder: Path) -> None:
    missing = dict(manifest.members)
    while info := tar.next():
        name = printable(info.name)
        expected = missing.pop(info.name, None)
        if expected is None:
            raise BackupError(f"{NOT_OURS}: {name} does not belong in it.")
        if not _is_plain(info):
            raise BackupError(f"{NOT_OURS}: {name} is not a plain file.")
        if info.size != expected.size:
            raise BackupError(f"{NOT_OURS}: {name} is not of the size that its manifest says.")
        if _unpack_member(tar, info, folder / info.name) != expected.sha256:
            raise BackupError(f"{NOT_OURS}: {name} is not what was backed up.")
    if missing:
        raise BackupError(f"{NOT_OURS}: {printable(next(iter(missing)))} is missing from it.")


def _is_plain(info: tarfile.TarInfo) -> bool:
    return info.type == tarfile.REGTYPE and not info.issparse()


def _unpack_member(tar: tarfile.TarFile, info: tarfile.TarInfo, path: Path) -> str:
    """Writes a member to a new file; returns its SHA-256."""
    path.parent.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256()
    content = tar.extractfile(info)
    with path.open("xb") as out:
        while content and (chunk := content.read(CHUNK_BYTES)):
            sha256.update(chunk)
            out.write(chunk)
    return sha256.hexdigest()


def _check_key(backup: Checked) -> None:
    """Raises BackupError if the backup's secret key is not a valid one."""
    key = backup.key
    is_key = (
        len(key) >= KEY_LENGTH and len(set(key)) >= KEY_VARIETY and key.isprintable() and "\ufffd" not in key
    )
    if KEY in backup.manifest.members and not is_key:
        raise BackupError(
            f"{NOT_OURS}: its secret key is not one. A key is a line of at least {KEY_LENGTH} printable characters."
        )


@dataclass
class _Limited:
    """Reads at most `left` bytes, as a protection against small files that decompress to large ones."""

    file: gzip.GzipFile
    left: int

    def read(self, size: int) -> bytes:
        chunk = self.file.read(size)
        self.left -= len(chunk)
        if self.left < 0:
            raise BackupError(f"{NOT_OURS}: there is more in it than its manifest says.")
        return chunk
