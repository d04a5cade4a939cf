"""Reads an uploaded account file, which may contain anything: the ZIP file, or `afterword.json` by itself.

Nothing is extracted to the disk, and nothing beyond the limits below, whatever sizes the ZIP file claims. Each failure
is an AccountFault that says what to do next.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from drafts.domain.facts import MAX_FILES_BYTES
from drafts.domain.messages import Message
from drafts.exchange.account.document import JSON_NAME, AccountFault, Report, parse_account, printable
from drafts.exchange.account.shapes import ArchivedAccount, ArchivedFile

_MEGABYTE = 1024 * 1024
MAX_JSON_BYTES = 64 * _MEGABYTE
# The most bytes of an account's texts in UTF-8. JSON is at most twice as long, if every character is a line break.
MAX_TEXT_BYTES = MAX_JSON_BYTES // 2
MAX_ALL_FILES_BYTES = 1024 * _MEGABYTE
MAX_MEMBERS = 100_000  # files and folders in the ZIP file: two for each letter, and the files
MAX_LISTING_BYTES = 32 * _MEGABYTE  # the central directory; far above what 100,000 of our members need
_LISTED = b"PK\x01\x02"  # the signature of an entry of the central directory
# The most occurrences of each character that can start a value, a key, a list or an object, counting those in texts:
# more than letters of 64 MB have. "[],[],..." takes thirty times the memory of its text.
MAX_MARKS = {b",": 4_000_000, b":": 2_000_000, b"[": 500_000, b"{": 500_000}
_CHUNK = 256 * 1024  # bytes
_LONGEST_NUMBER = 20  # digits

_DAMAGED = Message(
    "The file is damaged or was cut off on its way; download it from Afterword again, and choose it as it is."
)


@dataclass(frozen=True, slots=True)
class _Listed:
    """The uploaded file for `ZipFile`. It refuses to read a central directory that is too long."""

    file: BinaryIO

    def read(self, size: int = -1) -> bytes:
        if size > MAX_LISTING_BYTES:
            raise AccountFault(_too_many())
        data = self.file.read(size)
        if data.startswith(_LISTED) and data.count(_LISTED) > MAX_MEMBERS:
            raise AccountFault(_too_many())
        return data

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()

    def seekable(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class FileSource:
    """Reads the files of an account one by one, while the uploaded file is open."""

    _archive: ZipFile | None
    _members: Mapping[str, ZipInfo]

    def read(self, file: ArchivedFile) -> bytes:
        """The content: exactly `file.size` bytes. Raises AccountFault."""
        info = self._members.get(file.path)
        if self._archive is None or info is None:
            raise AccountFault(_missing(f"“{printable(file.path)}”"))
        content = _unpacked(self._archive, info, min(file.size, MAX_FILES_BYTES))
        if len(content) != file.size:
            raise AccountFault(_other_size(f"“{printable(file.path)}”"))
        return content


def read_account_zip(file: BinaryIO) -> tuple[ArchivedAccount, FileSource]:
    """The validated account, and a source for the contents of its files.

    `file` must be seekable and stay open as long as the source is used. Raises AccountFault and nothing else.
    """
    file.seek(0)
    start = file.read(64)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        archive = _opened(file)
        members = _members(archive)
        folder = _folder(members)
        raw = _unpacked(archive, members[folder + JSON_NAME], MAX_JSON_BYTES)
        account = parse_account(_document(raw))
        return account, FileSource(archive, _matched(account, members, folder))
    if not start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise AccountFault(
            Message(
                "This is neither a ZIP file nor afterword.json; "
                "choose the .zip file that you downloaded from Afterword."
            )
        )
    file.seek(0)
    account = parse_account(_document(file.read(MAX_JSON_BYTES + 1)))
    return account, FileSource(None, _matched(account, {}, ""))


def _opened(file: BinaryIO) -> ZipFile:
    try:
        return ZipFile(_Listed(file))
    except AccountFault:
        raise
    except Exception as error:  # Damaged archives raise a dozen kinds, from struct.error to OSError.
        raise AccountFault(_DAMAGED) from error


def _members(archive: ZipFile) -> dict[str, ZipInfo]:
    listed = archive.infolist()
    if len(listed) > MAX_MEMBERS:
        raise AccountFault(_too_many())
    members = {info.filename: info for info in listed}
    if len(members) < len(listed):
        raise AccountFault(
            Message(
                "The ZIP file has two files of the same name; download it from Afterword again, and choose it as it is."
            )
        )
    return {name: info for name, info in members.items() if not name.endswith("/")}


def _folder(members: Mapping[str, ZipInfo]) -> str:
    """The folder that contains everything: "", or the name of a folder that was extracted and zipped again."""
    if JSON_NAME in members:
        return ""
    folders = [name.removesuffix(JSON_NAME) for name in members if name.endswith(f"/{JSON_NAME}")]
    folders = [folder for folder in folders if folder.count("/") == 1]
    if len(folders) != 1:
        raise AccountFault(
            Message(
                "There is no {json} in the ZIP file; choose the .zip file that you downloaded from Afterword.",
                json=JSON_NAME,
            )
        )
    return folders[0]


def _unpacked(archive: ZipFile, info: ZipInfo, most: int) -> bytes:
    """Decompresses a member, but at most `most` bytes plus one chunk. Checks the checksum at the end."""
    name = printable(info.filename.rpartition("/")[2])
    if info.flag_bits & 1:
        raise AccountFault(
            Message(
                "“{name}” is locked with a password; download it from Afterword again, and choose it as it is.",
                name=name,
            )
        )
    # The other compression methods cannot limit the output.
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise AccountFault(
            Message(
                "“{name}” is packed in a way that cannot be read here; "
                "download it from Afterword again, and choose it as it is.",
                name=name,
            )
        )
    content = bytearray()
    try:
        with archive.open(info) as member:
            while len(content) <= most and (piece := member.read(_CHUNK)):
                content += piece
    except Exception as error:  # As above; zlib.error and EOFError too.
        raise AccountFault(
            Message(
                "“{name}” is damaged; download it from Afterword again, and choose it as it is.", name=name
            )
        ) from error
    if len(content) > most:
        raise AccountFault(
            Message(
                "“{name}” is larger than it may be; download it from Afterword again, and choose it as it is.",
                name=name,
            )
        )
    return bytes(content)


def _document(raw: bytes) -> Any:
    if len(raw) > MAX_JSON_BYTES:
        raise AccountFault(
            Message(
                "{json} is larger than {most} MB; download it from Afterword again, and choose it as it is.",
                json=JSON_NAME,
                most=MAX_JSON_BYTES // _MEGABYTE,
            )
        )
    if any(raw.count(mark) > most for mark, most in MAX_MARKS.items()):
        raise AccountFault(
            Message(
                "{json} holds more than an account can; download it from Afterword again, and choose it as it is.",
                json=JSON_NAME,
            )
        )
    try:
        return json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=_object,
            parse_int=_number,
            parse_constant=_no_number,
        )
    except AccountFault:
        raise
    except UnicodeDecodeError as error:
        raise AccountFault(
            Message(
                "{json} is not text in UTF-8; download it from Afterword again, and choose it as it is.",
                json=JSON_NAME,
            )
        ) from error
    except RecursionError as error:
        raise AccountFault(
            Message(
                "{json} is nested too deep; download it from Afterword again, and choose it as it is.",
                json=JSON_NAME,
            )
        ) from error
    except json.JSONDecodeError as error:
        place = Message("line {line}, column {column}", line=error.lineno, column=error.colno)
        raise AccountFault(
            Message(
                "{json} cannot be read from {place} on; download it from Afterword again, and choose it as it is.",
                json=JSON_NAME,
                place=place,
            )
        ) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        twice = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise AccountFault(
            Message(
                "{json} gives “{key}” twice in one place; download it from Afterword again, and choose it as it is.",
                json=JSON_NAME,
                key=printable(twice),
            )
        )
    return values


def _number(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise AccountFault(
            Message(
                "{json} holds a number of {count} digits; download it from Afterword again, and choose it as it is.",
                json=JSON_NAME,
                count=len(digits),
            )
        )
    return int(digits)


def _no_number(word: str) -> NoReturn:
    raise AccountFault(
        Message(
            "{json} holds {word}, which is no number; download it from Afterword again, and choose it as it is.",
            json=JSON_NAME,
            word=word,
        )
    )


def _matched(account: ArchivedAccount, members: Mapping[str, ZipInfo], folder: str) -> dict[str, ZipInfo]:
    """The members by their path in the account. Raises AccountFault naming each that is missing."""
    report = Report()
    alone = _alone(members)
    found: dict[str, ZipInfo] = {}
    size = 0
    for file, path, name in _files(account):
        place = folder + file.path
        info = members.get(place) or alone.get(place.rpartition("/")[0])
        size += file.size
        if info is None:
            report.add(f"{path}:", _missing(name))
        elif info.file_size != file.size:
            report.add(f"{path}:", _other_size(name))
        else:
            found[file.path] = info
    report.raise_if_any()
    if size > MAX_ALL_FILES_BYTES:
        raise AccountFault(
            Message("The files are larger than 1 GB together; take some out of afterword.json.")
        )
    return found


def _files(account: ArchivedAccount) -> Iterator[tuple[ArchivedFile, str, str]]:
    """Each file with its path in the JSON, and a description: whose it is and its name."""
    for place, interview in enumerate(account.interviews):
        for row, (person, facts) in enumerate(interview.known_people()):
            for number, (file, name) in enumerate(person.named_files(facts)):
                path = f"interviews[{place}].people[{row}].files[{number}]"
                yield file, path, f"“{name}” for {facts.full_name}"


def _alone(members: Mapping[str, ZipInfo]) -> dict[str, ZipInfo]:
    """The only file of each folder. macOS encodes names in other scripts in a way that does not match the JSON's."""
    inside: dict[str, list[ZipInfo]] = {}
    for path, info in members.items():
        folder, _, name = path.rpartition("/")
        if folder and not name.startswith("."):
            inside.setdefault(folder, []).append(info)
    return {folder: infos[0] for folder, infos in inside.items() if len(infos) == 1}


def _missing(name: str) -> str:
    return Message(
        "{name} is not in the file; choose the whole .zip file that you downloaded from Afterword", name=name
    )


def _other_size(name: str) -> str:
    return Message(
        "{name} has another size than {json} says; download it from Afterword again, and choose it as it is",
        name=name,
        json=JSON_NAME,
    )


def _too_many() -> str:
    return Message(
        "The ZIP file holds more than {most} files; choose the one that you downloaded from Afterword.",
        most=MAX_MEMBERS,
    )
