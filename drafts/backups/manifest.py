"""`manifest.json`, the description of a backup. It is read as untrusted input."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, StrictInt

from drafts.backups.errors import BackupError, printable

FORMAT: Final = "afterword-backup"
VERSION = 2  # Since 2 a backup ends with a seal (drafts.backups.seal).
NAME = "manifest.json"
KEY = "secret_key"
UPLOADS = "uploads/"
# By Django's name of the engine: the member that holds the database.
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
ENGINE_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
MAX_KEY_BYTES = 4096
MAX_FOLDERS = 32  # nested; ours are two deep
NOT_OURS = "This is not a backup of Afterword, or it is damaged"

_UPLOAD = re.compile(r"uploads(?:/(?!\.{1,2}(?:/|\Z))[^/\0]+)+")

Migrations = tuple[tuple[str, str], ...]


class Member(BaseModel):
    """A file in the backup; its size in bytes."""

    sha256: Annotated[str, Field(pattern=r"\A[0-9a-f]{64}\z")]
    size: Annotated[StrictInt, Field(ge=0)]


class Manifest(BaseModel):
    format: Literal["afterword-backup"] = FORMAT
    version: int = VERSION
    made_at: Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(dt.UTC))]
    engine: Literal["sqlite", "postgresql"]
    migrations: Migrations
    members: dict[Any, Member]  # by name; file names are bytes and need not be valid Unicode

    def to_json(self) -> bytes:
        document = self.model_dump() | {"made_at": self.made_at.isoformat(timespec="seconds")}
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
        manifest = Manifest.model_validate(document)
    except (ValueError, OverflowError) as error:
        raise BackupError(f"{NOT_OURS}: its manifest is incomplete.") from error
    _check_members(manifest)
    return manifest


def _check_members(manifest: Manifest) -> None:
    database = DATABASES[manifest.engine]
    for name in manifest.members:
        if name not in (KEY, database) and not _UPLOAD.fullmatch(name):
            raise BackupError(f"{NOT_OURS}: {printable(name)} does not belong in it.")
        if name.count("/") > MAX_FOLDERS:
            raise BackupError(f"{NOT_OURS}: {printable(name)} lies in too many folders.")
    if KEY in manifest.members and manifest.members[KEY].size > MAX_KEY_BYTES:
        raise BackupError(f"{NOT_OURS}: its secret key is none.")
    if database not in manifest.members:
        raise BackupError(f"{NOT_OURS}: there is no database in it.")
