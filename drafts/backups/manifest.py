"""`manifest.json`: what a backup says of itself, read as something that may have been tampered with."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Any

from drafts.backups.errors import BackupError, one_line

FORMAT = "afterword-backup"
VERSION = 2  # Since 2 a backup ends with a seal (drafts.backups.seal).
NAME = "manifest.json"
KEY = "secret_key"
UPLOADS = "uploads/"
# By Django's name of the engine: the member that holds the database.
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
ENGINE_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MAX_KEY_BYTES = 4096
MAX_FOLDERS = 32  # one in the other; ours are two deep
SHA256 = re.compile(r"[0-9a-f]{64}\Z")
NOT_OURS = "This is not a backup of Afterword, or it is damaged"


@dataclass(frozen=True)
class Member:
    """A file in the backup; its size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    made_at: dt.datetime
    engine: str
    migrations: tuple[tuple[str, str], ...]
    members: dict[str, Member]
    version: int = VERSION


def to_json(manifest: Manifest) -> bytes:
    document = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": manifest.made_at.isoformat(timespec="seconds"),
        "engine": manifest.engine,
        "migrations": manifest.migrations,
        "members": {
            name: {"sha256": member.sha256, "size": member.size} for name, member in manifest.members.items()
        },
    }
    # In ASCII: names of files are bytes to the system, and need not be Unicode.
    return json.dumps(document, indent=1).encode("ascii")


def from_json(raw: bytes) -> Manifest:
    """Raises BackupError for anything that `to_json` of this version or an earlier one did not write."""
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BackupError(f"{NOT_OURS}: its manifest cannot be read.") from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise BackupError(f"{NOT_OURS}: its manifest is another program's.")
    version = document.get("version")
    if type(version) is not int or version < 1:
        raise BackupError(f"{NOT_OURS}: its manifest has no version.")
    if version > VERSION:
        raise BackupError(
            f"This backup comes from a newer version of Afterword (its format is {version}, this one reads up to "
            f"{VERSION}). Update Afterword, then restore."
        )
    try:
        manifest = _read(document)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise BackupError(f"{NOT_OURS}: its manifest is incomplete.") from error
    for name in manifest.members:
        _check_name(name, manifest.engine)
    if KEY in manifest.members and manifest.members[KEY].size > MAX_KEY_BYTES:
        raise BackupError(f"{NOT_OURS}: its secret key is none.")
    if DATABASES[manifest.engine] not in manifest.members:
        raise BackupError(f"{NOT_OURS}: there is no database in it.")
    return manifest


def _read(document: dict[str, Any]) -> Manifest:
    if document["engine"] not in DATABASES:
        raise ValueError
    members = {name: Member(entry["sha256"], entry["size"]) for name, entry in document["members"].items()}
    for member in members.values():
        if type(member.size) is not int or member.size < 0 or not SHA256.match(member.sha256):
            raise ValueError
    migrations = tuple((app, name) for app, name in document["migrations"])
    if not all(isinstance(word, str) for migration in migrations for word in migration):
        raise ValueError
    made_at = dt.datetime.fromisoformat(document["made_at"])
    if made_at.tzinfo is None:
        raise ValueError
    return Manifest(made_at.astimezone(dt.UTC), document["engine"], migrations, members, document["version"])


def _check_name(name: str, engine: str) -> None:
    if name in (KEY, DATABASES[engine]):
        return
    folder, _, rest = name.partition("/")
    parts = rest.split("/")
    if f"{folder}/" != UPLOADS or "\0" in name or any(part in ("", ".", "..") for part in parts):
        raise BackupError(f"{NOT_OURS}: {one_line(name)} does not belong in it.")
    if len(parts) > MAX_FOLDERS:
        raise BackupError(f"{NOT_OURS}: {one_line(name)} lies in too many folders.")
