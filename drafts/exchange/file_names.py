"""Names for files that people download: safe on Windows, macOS and Linux, in any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from drafts.exchange.cleaning import one_line

MAX_CHARACTERS = 80
MAX_BYTES = 200  # of UTF-8; most file systems stop at 255

_SEPARATORS = str.maketrans(dict.fromkeys("/\\|:\u2044\u2215\u29f8\uff0f\uff3c", "-"))
_FORBIDDEN = str.maketrans(dict.fromkeys('<>"?*\ufffd', " "))
# Names of Windows devices, reserved with any extension.
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\s*\..*)?", re.IGNORECASE
)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,9}\Z")
_JOINERS = "\u200c\u200d"  # Persian, Indic scripts and emoji need these.


def safe_file_name(text: str, fallback: str) -> str:
    """`text` as a file name of at most 80 characters and 200 bytes; `fallback` if nothing of it is usable."""
    return _safe(text) or _safe(fallback) or "file"


def unique_names(texts: Iterable[str], fallback: str) -> list[str]:
    """Safe names in the same order, unique even on case-insensitive file systems: "Name (2).pdf"."""
    taken: set[str] = set()
    names = []
    for text in texts:
        name = candidate = safe_file_name(text, fallback)
        count = 1
        while _key(candidate) in taken:
            count += 1
            candidate = _numbered(name, count)
        taken.add(_key(candidate))
        names.append(candidate)
    return names


def _safe(text: str) -> str:
    text = unicodedata.normalize("NFC", one_line(text))
    text = "".join(char for char in text if unicodedata.category(char)[0] != "C" or char in _JOINERS)
    text = " ".join(text.translate(_SEPARATORS).translate(_FORBIDDEN).split())
    return _whole(text, "")


def _whole(text: str, ending: str) -> str:
    """The text cut to leave room for `ending`, keeping its extension; empty if nothing useful is left."""
    text = text.lstrip(" .-~" + _JOINERS).rstrip(" ." + _JOINERS)
    extension = match[0] if (match := _EXTENSION.search(text)) and match.start() else ""
    stem = text.removesuffix(extension)
    stem = _cut(
        stem, MAX_CHARACTERS - len(ending + extension) - 1, MAX_BYTES - len((ending + extension).encode()) - 1
    )
    if not any(char.isalnum() or unicodedata.category(char)[0] == "S" for char in stem):
        return ""
    name = stem + ending + extension
    return f"_{name}" if _RESERVED.fullmatch(name) else name


def _numbered(name: str, count: int) -> str:
    return _whole(name, f" ({count})")


def _cut(text: str, characters: int, size: int) -> str:
    """Cuts the text, but never inside a character, and if possible not between a letter and its combining marks."""
    end = min(len(text), characters)
    while len(text[:end].encode()) > size:
        end -= 1
    if end < len(text):
        start = end
        while end and (
            unicodedata.category(text[end])[0] == "M" or text[end] in _JOINERS or text[end - 1] in _JOINERS
        ):
            end -= 1
        end = end or start
    return text[:end].rstrip(" ." + _JOINERS)


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
