"""Many letters as one ZIP archive: each as a message (.eml) and as plain text (.txt)."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafts.exchange.cleaning import one_line, several_lines
from drafts.exchange.file_names import safe_file_name, unique_names
from drafts.exchange.message import OutgoingLetter, draft_message, letter_headers, message

_FIRST_YEAR, _LAST_YEAR = 1980, 2107  # The years that a ZIP archive can represent.
_READABLE_FILE = 0o100644 << 16
_UNIX = 3


@dataclass(frozen=True, slots=True)
class ArchivedLetter:
    """`name` is the name of its two files, before it is made safe and unique; `folder` may be empty."""

    name: str
    letter: OutgoingLetter
    is_sent: bool
    folder: str = ""


def letters_zip(entries: Sequence[ArchivedLetter], made_at: dt.datetime) -> bytes:
    """The archive. Its files are dated `made_at`, in that moment's own zone, so that the same entries give the same
    bytes.

    An unsent letter opens as a draft; a sent one does not, so that it is not sent again. Attachments are in the .eml.
    The .txt has CR LF, which all editors show as line breaks.

    Raises ValueError if an address is neither empty nor valid.
    """
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in letter_files(entries):
            add_member(file, path, content, made_at)
    return archive.getvalue()


def letter_files(entries: Sequence[ArchivedLetter]) -> Iterator[tuple[str, bytes]]:
    """Each letter's two files with their paths. Raises ValueError like `letters_zip`."""
    for path, entry in zip(_paths(entries), entries, strict=True):
        yield f"{path}.eml", _message(entry)
        yield f"{path}.txt", _text(entry.letter)


def _paths(entries: Sequence[ArchivedLetter]) -> list[str]:
    """A path for each entry, without an extension, and unique even on case-insensitive file systems."""
    folders = [f"{safe_file_name(entry.folder, 'letters')}/" if entry.folder else "" for entry in entries]
    places: dict[str, list[int]] = {}
    for place, folder in enumerate(folders):
        places.setdefault(folder.casefold(), []).append(place)
    paths = [""] * len(entries)
    for alike in places.values():
        names = [f"{safe_file_name(entries[place].name, 'letter')}.eml" for place in alike]
        for place, name in zip(alike, unique_names(names, "letter.eml"), strict=True):
            paths[place] = folders[alike[0]] + name.removesuffix(".eml")
    return paths


def _message(entry: ArchivedLetter) -> bytes:
    if not entry.is_sent:
        return draft_message(entry.letter)
    return message(letter_headers(entry.letter), entry.letter)


def _text(letter: OutgoingLetter) -> bytes:
    lines = f"{one_line(letter.subject)}\n\n{several_lines(letter.body)}"
    return (lines.rstrip("\n") + "\n").replace("\n", "\r\n").encode()


def add_member(file: zipfile.ZipFile, path: str, content: bytes, made_at: dt.datetime) -> None:
    """Adds a file, readable by everyone and dated `made_at`."""
    year = min(max(made_at.year, _FIRST_YEAR), _LAST_YEAR)
    moment = (year, made_at.month, made_at.day, made_at.hour, made_at.minute, made_at.second)
    info = zipfile.ZipInfo(path, moment)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = _UNIX
    info.external_attr = _READABLE_FILE
    file.writestr(info, content)
