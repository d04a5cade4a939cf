"""Files that go with a letter: what they are is told by their content, and their names are made to fit.

A file is let through when nearly every reader can open it and no mail program takes it for a danger. The type is ours,
whatever the browser or the name claims: a file that is two things at once is the one we name, and only ever downloaded.
"""

from __future__ import annotations

import io
import re
import tomllib
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import puremagic

from drafts.domain.facts import MAX_FILES, MAX_FILES_BYTES
from drafts.exchange.file_names import safe_file_name

FALLBACK_NAME = "work-sample"
MAX_PARTS = 5_000  # files in a ZIP file; listing many more takes seconds
_READ_BYTES = 256 * 1024  # of a part that is looked into, unpacked


class FileProblem(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    BLOCKED_NAME = "blocked_name"
    BLOCKED_INSIDE = "blocked_inside"
    PROGRAM = "program"
    WEB_PAGE = "web_page"
    MACROS = "macros"
    EMBEDDED = "embedded"
    LOCKED = "locked"
    BROKEN = "broken"
    TOO_MANY_PARTS = "too_many_parts"
    ODD_DOCUMENT = "odd_document"
    ODD_IMAGE = "odd_image"
    ODD_ARCHIVE = "odd_archive"
    RECORDING = "recording"
    ODD_TEXT = "odd_text"
    TYPE_NOT_ALLOWED = "type_not_allowed"


_EXTENSIONS: dict[str, list[str]] = tomllib.loads(
    (Path(__file__).resolve().parent.parent / "data" / "files.toml").read_text(encoding="utf-8")
)

_MEGABYTES = MAX_FILES_BYTES // (1024 * 1024)
_MESSAGES = {
    FileProblem.EMPTY: "“{name}” is empty; choose the file again once there is something in it.",
    FileProblem.TOO_LARGE: "“{name}” is too large: the letter would carry more than {most} MB in all. Make it"
    " smaller, or add a link to it.",
    FileProblem.TOO_MANY: "A letter carries at most {most} files; take one out before you add another.",
    FileProblem.BLOCKED_NAME: "Mail programs turn away files that end in .{extension}, as “{name}” does; add a link"
    " to it instead.",
    FileProblem.BLOCKED_INSIDE: "“{name}” holds “{inside}”, and mail programs turn away such files even inside"
    " others; take it out, or add a link instead.",
    FileProblem.PROGRAM: "“{name}” is a program, and mail programs turn those away; add a link to it instead.",
    FileProblem.WEB_PAGE: "“{name}” is a web page or an SVG drawing, which mail programs do not open safely; save it"
    " as a PDF or an image, or add a link to it.",
    FileProblem.MACROS: "“{name}” holds macros, which many companies turn away; save it without them, or as a PDF.",
    FileProblem.EMBEDDED: "“{name}” holds other files or programs, which many companies turn away; save it as a PDF.",
    FileProblem.LOCKED: "“{name}” is locked with a password its reader does not have; choose one without.",
    FileProblem.BROKEN: "“{name}” cannot be read: it may be damaged or cut off. Save it anew and choose it again.",
    FileProblem.TOO_MANY_PARTS: "“{name}” holds more than {most} files; choose the ones worth seeing, or add a link.",
    FileProblem.ODD_DOCUMENT: "Not everyone can open “{name}”; save it as a PDF, or as .docx, .xlsx or .pptx.",
    FileProblem.ODD_IMAGE: "Not everyone can open “{name}”; save the image as PNG or JPEG.",
    FileProblem.ODD_ARCHIVE: "Not everyone can open “{name}”; pack the files as a ZIP file.",
    FileProblem.RECORDING: "“{name}” is a recording, which is heavy for a letter; add a link to it instead.",
    FileProblem.ODD_TEXT: "“{name}” is not text that every computer reads; save it with the encoding UTF-8.",
    FileProblem.TYPE_NOT_ALLOWED: "“{name}” is not a kind of file that everyone can open; choose a PDF, an image, an"
    " Office document, plain text or a ZIP file, or add a link.",
}


class FileFault(ValueError):
    """The file cannot go with a letter; the message is one for the user and says what to do."""

    def __init__(self, problem: FileProblem, **values: object) -> None:
        super().__init__(_MESSAGES[problem].format(**values))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """`name` is safe and fits the content; `size` is in bytes; `note` tells the user what they may not expect."""

    name: str
    content_type: str
    size: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Type:
    """`extensions` are those that fit, the one to give first; `words` complete "... is"."""

    content_type: str
    extensions: tuple[str, ...]
    words: str


_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."

_PDF = _Type("application/pdf", ("pdf",), "a PDF")
_RTF = _Type("application/rtf", ("rtf",), "an RTF document")
_ZIP = _Type("application/zip", ("zip",), "a ZIP file")
_CSV = _Type("text/csv", ("csv",), "a table as text")
# What a file of each kind begins with; puremagic has to agree, as its own signatures may be looser than these.
_BEGINNINGS = (
    (_PDF, re.compile(rb"%PDF-")),
    (_Type("image/png", ("png",), "a PNG image"), re.compile(rb"\x89PNG\r\n\x1a\n")),
    (_Type("image/jpeg", ("jpg", "jpeg"), "a JPEG image"), re.compile(rb"\xff\xd8\xff")),
    (_Type("image/gif", ("gif",), "a GIF image"), re.compile(rb"GIF8[79]a")),
    (_Type("image/webp", ("webp",), "a WebP image"), re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
)
# By the type of a package's main part. Those of templates and of documents with macros are other words.
_OFFICE = {
    "wordprocessingml.document": ("docx", "a Word document"),
    "spreadsheetml.sheet": ("xlsx", "an Excel workbook"),
    "presentationml.presentation": ("pptx", "a PowerPoint presentation"),
    "presentationml.slideshow": ("ppsx", "a PowerPoint show"),
}
_OPEN_OFFICE = {
    "text": ("odt", "an OpenDocument text"),
    "spreadsheet": ("ods", "an OpenDocument table"),
    "presentation": ("odp", "an OpenDocument presentation"),
    "graphics": ("odg", "an OpenDocument drawing"),
}
_TEXT = _Type(
    "text/plain",
    tuple(_EXTENSIONS["text"]),
    "plain text",
)
_TYPES = (*(kind for kind, _ in _BEGINNINGS), _RTF, _ZIP, _CSV, _TEXT)
# An extension of these is replaced where it does not fit; any other word after a full stop is part of the name.
_KNOWN_EXTENSIONS = frozenset(
    [
        *(extension for kind in _TYPES for extension in kind.extensions),
        *(extension for extension, _ in (*_OFFICE.values(), *_OPEN_OFFICE.values())),
        *_EXTENSIONS["replaced"],
    ]
)

_NEVER = frozenset(_EXTENSIONS["never"])
_NEVER_ALONE = frozenset(_EXTENSIONS["never_alone"])
_HIDDEN_BY_OUTLOOK = frozenset(_EXTENSIONS["hidden_by_outlook"])
_WEB_PAGES = frozenset(_EXTENSIONS["web_pages"])

_PROGRAM = re.compile(
    rb"MZ|\x7fELF|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba[\xbe\xbf]|\x00asm|dex\n|L\x00\x00\x00\x01\x14\x02"
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also an Office document with a password
_RTF_OBJECT = re.compile(rb"\\obj(?:data|update|autlink|link|ocx)")
# White space, declarations and comments may stand before the first tag; taken atomically, so no text is slow.
_WEB_PAGE = re.compile(
    r"(?>[\s\ufeff]+|<\?[^>]*>|<!--.*?-->)*+<(?:!doctype\s+(?:html|svg)|html|svg|head|body|script|iframe)\b",
    re.IGNORECASE | re.DOTALL,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
# By the type that puremagic finds.
_ODD_KINDS = {
    FileProblem.RECORDING: re.compile(r"(?:video|audio)/"),
    FileProblem.ODD_IMAGE: re.compile(r"image/"),
    FileProblem.ODD_ARCHIVE: re.compile(
        r"application/(?:x-|vnd\.)?(?:rar|7z|gzip|tar|bzip2|xz|zstd|compress)"
    ),
}


def check_room(name: str, size: int, sizes: Sequence[int]) -> None:
    """Whether a file of `size` bytes goes with a letter beside those of `sizes`.

    Raises FileFault with TOO_MANY or TOO_LARGE.
    """
    if len(sizes) >= MAX_FILES:
        raise FileFault(FileProblem.TOO_MANY, most=MAX_FILES)
    if sum(sizes) + size > MAX_FILES_BYTES:
        raise FileFault(FileProblem.TOO_LARGE, name=_safe(name), most=_MEGABYTES)


def check_file(name: str, content: bytes) -> CheckedFile:
    """One file as it may go with a letter: its safe name, and its type as its content tells.

    Raises FileFault for a file that cannot go, and nothing else, whatever the name and the content.
    """
    given = _safe(name)
    if not content:
        raise FileFault(FileProblem.EMPTY, name=given)
    if len(content) > MAX_FILES_BYTES:
        raise FileFault(FileProblem.TOO_LARGE, name=given, most=_MEGABYTES)
    extension = _extension(given)
    if extension in _NEVER or extension in _NEVER_ALONE:
        raise FileFault(FileProblem.BLOCKED_NAME, name=given, extension=extension)
    if extension in _WEB_PAGES:
        raise FileFault(FileProblem.WEB_PAGE, name=given)
    kind = _told(given, content)
    fitting = _fitting_name(given, kind)
    return CheckedFile(fitting, kind.content_type, len(content), _note(given, fitting, kind))


def _safe(path: str) -> str:
    """The last part of a path as a safe name: some browsers send the folders too."""
    return safe_file_name(re.split(r"[/\\]", path)[-1], FALLBACK_NAME)


def _extension(name: str) -> str:
    stem, _, extension = name.rpartition(".")
    return extension.lower() if stem else ""


def _fitting_name(name: str, kind: _Type) -> str:
    """The name with an extension that fits; a known one that does not is replaced."""
    extension = _extension(name)
    if extension in kind.extensions:
        return name
    stem = name[: -len(extension) - 1] if extension in _KNOWN_EXTENSIONS else name
    return safe_file_name(f"{stem}.{kind.extensions[0]}", f"{FALLBACK_NAME}.{kind.extensions[0]}")


def _note(given: str, fitting: str, kind: _Type) -> str:
    if fitting != given:
        return f"“{given}” is {kind.words}, so it goes as “{fitting}”."
    if (extension := _extension(fitting)) in _HIDDEN_BY_OUTLOOK:
        return f"Outlook may keep .{extension} files from its readers; in a ZIP file or as a link it reaches everyone."
    return ""


def _told(name: str, content: bytes) -> _Type:
    """What the content is. PDF and RTF may be text too, and text is told by us: puremagic guesses it by a letter."""
    if content.startswith(b"PK\x03\x04"):
        return _package(name, content)
    if content.startswith(b"PK\x05\x06"):
        raise FileFault(FileProblem.EMPTY, name=name)
    if content.startswith(b"{\\rtf"):
        if _RTF_OBJECT.search(content):
            raise FileFault(FileProblem.EMBEDDED, name=name)
        return _RTF
    mimes = _guesses(content)
    for kind, beginning in _BEGINNINGS:
        if beginning.match(content) and kind.content_type in mimes:
            return kind
    text = _as_text(content)
    if text is None:
        raise FileFault(_odd(name, content, mimes), name=name)
    if not text.strip("\ufeff \t\r\n\f"):
        raise FileFault(FileProblem.EMPTY, name=name)
    if _WEB_PAGE.match(text[:4096]):
        raise FileFault(FileProblem.WEB_PAGE, name=name)
    return _CSV if _extension(name) in _CSV.extensions else _TEXT


def _guesses(content: bytes) -> list[str]:
    """The types that puremagic finds, the likeliest first; it raises where it finds none."""
    try:
        return [str(match.mime_type) for match in puremagic.magic_string(content)]
    except (puremagic.PureError, ValueError):
        return []


def _odd(name: str, content: bytes, mimes: list[str]) -> FileProblem:
    """Why a file that is none of ours cannot go, so that the user learns what would."""
    if _PROGRAM.match(content):
        return FileProblem.PROGRAM
    if content.startswith(_OLD_OFFICE):
        return FileProblem.ODD_DOCUMENT
    for problem, pattern in _ODD_KINDS.items():
        if mimes and pattern.match(mimes[0]):
            return problem
    if _extension(name) in (*_TEXT.extensions, *_CSV.extensions):
        return FileProblem.ODD_TEXT
    return FileProblem.TYPE_NOT_ALLOWED


def _as_text(content: bytes) -> str | None:
    """The content as text: UTF-8, or UTF-16 that says so, without control characters; None where it is none."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if is_wide else "utf-8")
    except UnicodeDecodeError:
        return None
    if _CONTROL.search(text):
        return None
    # Nearly any bytes are some characters of UTF-16, but not for long without one that nobody has assigned.
    if is_wide and any(unicodedata.category(char) in ("Cn", "Co") for char in text[:4096]):
        return None
    return text


@dataclass(frozen=True, slots=True)
class _Package:
    """What a ZIP file holds: its parts' names, and the two parts in which documents say what they are."""

    names: tuple[str, ...]
    is_locked: bool
    mimetype: str
    content_types: str


def _package(name: str, content: bytes) -> _Type:
    if content.count(b"PK\x01\x02") > MAX_PARTS:
        raise FileFault(FileProblem.TOO_MANY_PARTS, name=name, most=MAX_PARTS)
    try:
        package = _read_package(content)
    except Exception as error:  # Damaged packages raise a dozen kinds, from struct.error to zlib.error.
        raise FileFault(FileProblem.BROKEN, name=name) from error
    if "[content_types].xml" in package.names:
        return _office(name, package)
    if package.mimetype:
        return _open_office(name, package)
    return _archive(name, package)


def _read_package(content: bytes) -> _Package:
    """Raises whatever zipfile does. Nothing is unpacked but the two small parts, and of these only a little."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        first = parts[0].filename if parts else ""
        return _Package(
            tuple(part.filename.lower() for part in parts),
            any(part.flag_bits & 1 for part in parts),
            _part(archive, "mimetype").strip() if first == "mimetype" else "",
            _part(archive, "[Content_Types].xml").lower(),
        )


def _part(archive: zipfile.ZipFile, name: str) -> str:
    info = archive.NameToInfo.get(name)
    # Documents use these two ways of packing; the others unpack without a limit.
    if (
        info is None
        or info.flag_bits & 1
        or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    ):
        return ""
    with archive.open(info) as file:
        return file.read(_READ_BYTES).decode("utf-8", "replace")


def _office(name: str, package: _Package) -> _Type:
    types = package.content_types
    is_macro = any(part.endswith("vbaproject.bin") or "/macrosheets/" in part for part in package.names)
    if is_macro or "macroenabled" in types or "vbaproject" in types:
        raise FileFault(FileProblem.MACROS, name=name)
    for main, (extension, words) in _OFFICE.items():
        if f"{main}.main+xml" in types:
            return _Type(f"{_OPEN_XML}{main}", (extension,), words)
    raise FileFault(FileProblem.ODD_DOCUMENT, name=name)


def _open_office(name: str, package: _Package) -> _Type:
    """An EPUB is not let through: hardly any mail program shows one, and a PDF of it serves."""
    kind = package.mimetype.removeprefix(_OPEN_DOCUMENT)
    if kind == package.mimetype or kind not in _OPEN_OFFICE:
        raise FileFault(FileProblem.ODD_DOCUMENT, name=name)
    if any(part.startswith(("basic/", "scripts/")) for part in package.names):
        raise FileFault(FileProblem.MACROS, name=name)
    extension, words = _OPEN_OFFICE[kind]
    return _Type(package.mimetype, (extension,), words)


def _archive(name: str, package: _Package) -> _Type:
    files = [part for part in package.names if not part.endswith("/")]
    if not files:
        raise FileFault(FileProblem.EMPTY, name=name)
    if package.is_locked:
        raise FileFault(FileProblem.LOCKED, name=name)
    for part in files:
        inside = _safe(part)
        if _extension(inside) in _NEVER:
            raise FileFault(FileProblem.BLOCKED_INSIDE, name=name, inside=inside)
        if _extension(inside) == "iwa":
            raise FileFault(FileProblem.ODD_DOCUMENT, name=name)
    return _ZIP
