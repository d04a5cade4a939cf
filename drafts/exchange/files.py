"""Checks files to attach to a letter. Their type is detected from their content, and their names are adjusted to it.

A file is accepted if nearly every recipient can open it and no mail program considers it dangerous. Its type is the one
detected here, whatever the browser or the name claims; a file that is valid as two types is only served as that one.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from drafts.domain.facts import MAX_FILES, MAX_FILES_BYTES
from drafts.domain.files import DATA_DIR, read_toml
from drafts.domain.messages import Message, gettext_noop
from drafts.exchange.file_names import safe_file_name

FALLBACK_NAME = "work-sample"
MAX_PARTS = 5_000  # files in a ZIP file; listing many more takes seconds
_READ_BYTES = 256 * 1024  # of a part that is read, decompressed


class FileProblem(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    BLOCKED = "blocked"
    ACTIVE = "active"
    UNREADABLE = "unreadable"
    UNUSUAL = "unusual"


_MESSAGES = {
    FileProblem.EMPTY: gettext_noop(
        "“{name}” is empty; choose the file again once there is something in it."
    ),
    FileProblem.TOO_LARGE: gettext_noop(
        "“{name}” is too large: a letter carries no more than {megabytes} MB in all, and a ZIP"
        " file no more than {parts} files. Make it smaller, or add a link to it."
    ),
    FileProblem.TOO_MANY: gettext_noop(
        "A letter carries at most {files} files; take one out before you add another."
    ),
    FileProblem.BLOCKED: gettext_noop(
        "Mail programs turn away files that end in .{extension}, as “{inside}” does; add a link to"
        " “{name}” instead."
    ),
    FileProblem.ACTIVE: gettext_noop(
        "“{name}” holds macros or embedded files, which many companies turn away; save it without"
        " them, or as a PDF."
    ),
    FileProblem.UNREADABLE: gettext_noop(
        "“{name}” cannot be read: it may have a password, or be damaged or cut off. Save it again"
        " without a password, then choose it once more."
    ),
    FileProblem.UNUSUAL: gettext_noop(
        "Not everyone can open “{name}” safely; choose a PDF, a PNG or JPEG image, a Word, Excel or"
        " PowerPoint document, text in UTF-8 or a ZIP file, or add a link."
    ),
}


class FileFault(ValueError):
    """The file cannot be attached to a letter; the message is for the user and says what to do.

    `inside` is the file that causes it: the file itself, or one in a ZIP file.
    """

    def __init__(self, problem: FileProblem, name: str, inside: str = "") -> None:
        inside, parts = inside or name, f"{MAX_PARTS:,}"
        super().__init__(
            Message(
                _MESSAGES[problem],
                name=name,
                inside=inside,
                extension=_extension(inside),
                files=MAX_FILES,
                megabytes=MAX_FILES_BYTES // (1024 * 1024),
                parts=parts,
            )
        )
        self.problem = problem


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """`name` is safe and matches the content; `size` is in bytes; `note` is a warning for the user, or empty."""

    name: str
    content_type: str
    size: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Type:
    """`extensions` are the matching ones, the default one first; `words` complete "... is"."""

    content_type: str
    extensions: tuple[str, ...]
    words: str


_LISTS: dict[str, list[str]] = read_toml(DATA_DIR / "files.toml")
_RTF = _Type("application/rtf", ("rtf",), Message("an RTF document"))
_ZIP = _Type("application/zip", ("zip",), Message("a ZIP file"))
_CSV = _Type("text/csv", ("csv",), Message("a table as text"))
_TEXT = _Type("text/plain", tuple(_LISTS["text"]), Message("plain text"))
_BEGINNINGS = (
    (re.compile(rb"\{\\rtf"), _RTF),
    (re.compile(rb"%PDF-"), _Type("application/pdf", ("pdf",), Message("a PDF"))),
    (re.compile(rb"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), _Type("image/png", ("png",), Message("a PNG image"))),
    (re.compile(rb"\xff\xd8\xff[\xc0-\xfe]"), _Type("image/jpeg", ("jpg", "jpeg"), Message("a JPEG image"))),
    (re.compile(rb"GIF8[79]a"), _Type("image/gif", ("gif",), Message("a GIF image"))),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), _Type("image/webp", ("webp",), Message("a WebP image"))),
)
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
# Templates and documents with macros have other types, so they are not among these.
_DOCUMENTS = tuple(
    _Type(content_type, (extension,), words)
    for content_type, extension, words in (
        (f"{_OPEN_XML}wordprocessingml.document", "docx", Message("a Word document")),
        (f"{_OPEN_XML}spreadsheetml.sheet", "xlsx", Message("an Excel workbook")),
        (f"{_OPEN_XML}presentationml.presentation", "pptx", Message("a PowerPoint presentation")),
        (f"{_OPEN_XML}presentationml.slideshow", "ppsx", Message("a PowerPoint show")),
        (f"{_OPEN_DOCUMENT}text", "odt", Message("an OpenDocument text")),
        (f"{_OPEN_DOCUMENT}spreadsheet", "ods", Message("an OpenDocument table")),
        (f"{_OPEN_DOCUMENT}presentation", "odp", Message("an OpenDocument presentation")),
        (f"{_OPEN_DOCUMENT}graphics", "odg", Message("an OpenDocument drawing")),
    )
)
_TYPES = (*(kind for _, kind in _BEGINNINGS), _ZIP, _CSV, _TEXT, *_DOCUMENTS)
# A wrong extension is replaced if it is one of these; any other word after a full stop is part of the name.
_KNOWN_EXTENSIONS = {*_LISTS["replaced"], *(extension for kind in _TYPES for extension in kind.extensions)}
_NEVER = frozenset(_LISTS["never"])
_NEVER_ALONE = _NEVER.union(_LISTS["never_alone"])

_MACRO_PART = re.compile(r"vbaproject\.bin\Z|/macrosheets/|\A(?:basic|scripts)/")
_RTF_OBJECT = re.compile(rb"\\obj(?:data|update|autlink|link|ocx)")
# White space, declarations and comments may come before the first tag. The groups are atomic, so no text is slow.
_WEB_PAGE = re.compile(
    r"(?>[\s\ufeff]+|<\?[^>]*>|<!--.*?-->)*+<(?:!doctype\s+(?:html|svg)|html|svg|head|body|script|iframe)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def check_room(name: str, size: int, sizes: Sequence[int]) -> None:
    """Checks that a file of `size` bytes can be attached to a letter in addition to those of `sizes`.

    Raises FileFault with TOO_MANY or TOO_LARGE.
    """
    if len(sizes) >= MAX_FILES:
        raise FileFault(FileProblem.TOO_MANY, _safe(name))
    if sum(sizes) + size > MAX_FILES_BYTES:
        raise FileFault(FileProblem.TOO_LARGE, _safe(name))


def check_file(name: str, content: bytes) -> CheckedFile:
    """A file as it can be attached to a letter: its safe name, and its type from its content.

    Raises FileFault for a file that cannot be attached, and nothing else, whatever the name and the content.
    """
    given = _safe(name)
    if not content:
        raise FileFault(FileProblem.EMPTY, given)
    if len(content) > MAX_FILES_BYTES:
        raise FileFault(FileProblem.TOO_LARGE, given)
    extension = _extension(given)
    if extension in _NEVER_ALONE:
        raise FileFault(FileProblem.BLOCKED, given)
    if extension in _LISTS["web_pages"]:
        raise FileFault(FileProblem.UNUSUAL, given)
    kind = _type_of(given, content)
    fitting = _fitting_name(given, kind)
    return CheckedFile(fitting, kind.content_type, len(content), _note(given, fitting, kind))


def _safe(path: str) -> str:
    """The last part of a path as a safe name, because some browsers send the folders too."""
    return safe_file_name(re.split(r"[/\\]", path)[-1], FALLBACK_NAME)


def _extension(name: str) -> str:
    stem, _, extension = name.rpartition(".")
    return extension.lower() if stem else ""


def _fitting_name(name: str, kind: _Type) -> str:
    """The name with a matching extension; a known wrong one is replaced."""
    extension = _extension(name)
    if extension in kind.extensions:
        return name
    stem = name[: -len(extension) - 1] if extension in _KNOWN_EXTENSIONS else name
    return safe_file_name(f"{stem}.{kind.extensions[0]}", f"{FALLBACK_NAME}.{kind.extensions[0]}")


def _note(given: str, fitting: str, kind: _Type) -> str:
    if fitting != given:
        return Message(
            "“{given}” is {kind}, so it goes as “{fitting}”.", given=given, kind=kind.words, fitting=fitting
        )
    if (extension := _extension(fitting)) in _LISTS["hidden_by_outlook"]:
        return Message(
            "Outlook may keep .{extension} files from its readers; in a ZIP file or as a link it reaches everyone.",
            extension=extension,
        )
    return ""


def _type_of(name: str, content: bytes) -> _Type:
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package(name, content)
    kind = next((kind for beginning, kind in _BEGINNINGS if beginning.match(content)), None)
    if kind is _RTF and _RTF_OBJECT.search(content):
        raise FileFault(FileProblem.ACTIVE, name)
    if kind:
        return kind
    text = _as_text(content)
    if text is None or _WEB_PAGE.match(text[:4096]):
        raise FileFault(FileProblem.UNUSUAL, name)
    if not text.strip("\ufeff \t\r\n\f"):
        raise FileFault(FileProblem.EMPTY, name)
    return _CSV if _extension(name) in _CSV.extensions else _TEXT


def _as_text(content: bytes) -> str | None:
    """The content as text: UTF-8, or UTF-16 with a byte order mark, without control characters; None if it is not
    text."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if is_wide else "utf-8")
    except UnicodeDecodeError:
        return None
    if _CONTROL.search(text):
        return None
    # Nearly any bytes are valid UTF-16, but longer ones usually contain an unassigned character.
    if is_wide and any(unicodedata.category(char) in ("Cn", "Co") for char in text[:4096]):
        return None
    return text


def _package(name: str, content: bytes) -> _Type:
    """The type of a ZIP file. Only the two small parts in which documents name their type are decompressed."""
    if content.count(b"PK\x01\x02") > MAX_PARTS:
        raise FileFault(FileProblem.TOO_LARGE, name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            declared = _part(archive, "[Content_Types].xml").lower()
            # OpenDocument and EPUB name their type in a first part with this name.
            is_first = parts[:1] == [archive.NameToInfo.get("mimetype")]
            mimetype = _part(archive, "mimetype").strip() if is_first else ""
    except Exception as error:  # Damaged packages raise a dozen kinds, from struct.error to zlib.error.
        raise FileFault(FileProblem.UNREADABLE, name) from error
    names = [part.filename.lower() for part in parts]
    if not mimetype and "[content_types].xml" not in names:
        return _archive(name, parts)
    if any(map(_MACRO_PART.search, names)) or "macroenabled" in declared or "vbaproject" in declared:
        raise FileFault(FileProblem.ACTIVE, name)
    for kind in _DOCUMENTS:
        if kind.content_type == mimetype or f"{kind.content_type}.main+xml" in declared:
            return kind
    raise FileFault(FileProblem.UNUSUAL, name)


def _part(archive: zipfile.ZipFile, name: str) -> str:
    info = archive.NameToInfo.get(name)
    # Documents use these two compression methods; the output of the others cannot be limited.
    if (
        info is None
        or info.flag_bits & 1
        or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    ):
        return ""
    with archive.open(info) as file:
        return file.read(_READ_BYTES).decode("utf-8", "replace")


def _archive(name: str, parts: Sequence[zipfile.ZipInfo]) -> _Type:
    files = [part for part in parts if not part.is_dir()]
    if not files:
        raise FileFault(FileProblem.EMPTY, name)
    if any(part.flag_bits & 1 for part in files):  # encrypted with a password
        raise FileFault(FileProblem.UNREADABLE, name)
    for inside in (_safe(part.filename) for part in files):
        if _extension(inside) in _NEVER:
            raise FileFault(FileProblem.BLOCKED, name, inside)
        if _extension(inside) == "iwa":  # Keynote, Pages or Numbers
            raise FileFault(FileProblem.UNUSUAL, name)
    return _ZIP
