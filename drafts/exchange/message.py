"""A letter as a message file (.eml) that mail programs open.

Written byte by byte rather than with Python's `email`: its `EmailMessage` reads "=??Q??=" in a subject as an
encoded word and drops it, takes base64 for letters in other scripts, and draws its boundaries by chance.
"""

from __future__ import annotations

import base64
import binascii
import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from drafts.exchange.cleaning import line_feeds, one_line
from drafts.exchange.file_names import unique_names

MAX_ADDRESS = 320  # characters: 64 before the @, 255 after it (RFC 5321, 4.5.3.1)

# "=_" cannot occur in quoted-printable or base64 text, so no part can hold this line (RFC 2045, 6.7).
_BOUNDARY = "=_afterword_part"
_CONTENT_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}", re.IGNORECASE)
_ATOM = r"[^\s()<>\[\]:;@\\,.\"]+"
_LOCAL = re.compile(rf'{_ATOM}(?:\.{_ATOM})*|"(?:[^"\\]|\\.)*"')
_DOMAIN = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*|\[[0-9A-Za-z:.]+\]")
# Characters of a name that need no quotes before an address (RFC 5322, 3.2.3), and the space.
_BARE_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_ENCODED_WORD_BYTES = 39  # of text; 64 characters once encoded, so that no header line passes 76
_HEADER_LINE = 66  # characters of text
# A line that mbox readers take for the next message, or unquote (">From ").
_FROM_LINE = re.compile(rb"^(>*)From (.*)$", re.MULTILINE)
_ENCODED_LINE = 76  # characters, the most that quoted-printable allows (RFC 2045, 6.7)


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """`to_address` is empty or an address; `body` is plain text."""

    to_name: str
    to_address: str
    subject: str
    body: str
    attachments: Sequence[Attachment] = ()


def draft_message(letter: OutgoingLetter) -> bytes:
    """The letter as a draft, without From, Date and Message-ID, which are the mail program's to write.

    Raises ValueError where `to_address` is neither empty nor an address.
    """
    return message([("X-Unsent", "1"), *letter_headers(letter)], letter)


def letter_headers(letter: OutgoingLetter) -> list[tuple[str, str]]:
    """To and Subject; To is left out where there is no address. Raises ValueError as `draft_message` does."""
    headers = [("Subject", header_text(letter.subject))]
    if letter.to_address:
        headers.insert(0, ("To", mailbox(letter.to_name, letter.to_address)))
    return headers


def message(headers: Sequence[tuple[str, str]], letter: OutgoingLetter) -> bytes:
    """A whole message with CR LF; the headers are written as they are, so they come from this module's functions."""
    head = [*headers, ("MIME-Version", "1.0")]
    if not letter.attachments:
        return _part([*head, *_TEXT_HEADERS], _quoted_printable(letter.body))
    names = unique_names([one.name for one in letter.attachments], "attachment")
    parts = [
        _part(list(_TEXT_HEADERS), _quoted_printable(letter.body)),
        *(_attachment(name, one) for name, one in zip(names, letter.attachments, strict=True)),
    ]
    line = f"--{_BOUNDARY}".encode()
    body = b"".join(line + b"\r\n" + part + b"\r\n" for part in parts) + line + b"--\r\n"
    return _part([*head, ("Content-Type", f'multipart/mixed; boundary="{_BOUNDARY}"')], body)


def header_text(text: str) -> str:
    """Text as a header's value: as it is where it is plain, else RFC 2047 encoded words; folded with CR LF."""
    text = one_line(text)
    if _is_plain(text):
        return "\r\n ".join(textwrap.wrap(text, _HEADER_LINE, break_long_words=False, break_on_hyphens=False))
    return "\r\n ".join(_encoded_words(text))


def mailbox(name: str, address: str) -> str:
    """A name and an address as one entry of To or From. Raises ValueError where the address is none."""
    local, domain = address_parts(address)
    name = one_line(name)
    if not name:
        return f"{local}@{domain}"
    if not _is_plain(name) or len(name) > _HEADER_LINE - 10:
        return "\r\n ".join([*_encoded_words(name), f"<{local}@{domain}>"])
    if not _BARE_NAME.fullmatch(name):
        name = '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    return (
        f"{name}\r\n <{local}@{domain}>"
        if len(name + address) > _HEADER_LINE
        else f"{name} <{local}@{domain}>"
    )


def address_parts(address: str) -> tuple[str, str]:
    """What stands before and after the @. A domain in another script is in its ASCII form where that is certain.

    Raises ValueError for what is no single address of RFC 5322 and 6532 (comments and folding are not taken).
    """
    local, at, domain = address.rpartition("@")
    if (
        not at
        or "=?" in local  # Readers take that for an encoded word, and may find another address in it.
        or len(address) > MAX_ADDRESS
        or any(unicodedata.category(char)[0] in "CZ" and char != " " for char in address)
        or not _LOCAL.fullmatch(local)
        or not _DOMAIN.fullmatch(domain)
    ):
        raise ValueError("not an email address")
    return local, _ascii_domain(domain)


def is_address(text: str) -> bool:
    """Whether a letter can be addressed to it."""
    try:
        address_parts(text)
    except ValueError:
        return False
    return True


def _ascii_domain(domain: str) -> str:
    """Python knows IDNA 2003, which makes another domain of a few names (those with "ß"); those stay as they are."""
    if domain.isascii():
        return domain
    try:
        encoded = domain.encode("idna")
        return encoded.decode("ascii") if encoded.decode("idna") == domain else domain
    except UnicodeError:
        return domain


def _is_plain(text: str) -> bool:
    """Whether a header may hold it as it is: printable ASCII, no look-alike of an encoded word, no endless word."""
    return (
        text.isascii()
        and text.isprintable()
        and "=?" not in text
        and all(len(word) <= _HEADER_LINE for word in text.split())
    )


def _encoded_words(text: str) -> Iterator[str]:
    """RFC 2047 encoded words, each of whole characters; readers join them without the space between."""
    chunk = b""
    for char in text:
        encoded = char.encode()
        if len(chunk) + len(encoded) > _ENCODED_WORD_BYTES:
            yield _encoded_word(chunk)
            chunk = b""
        chunk += encoded
    yield _encoded_word(chunk)


def _encoded_word(chunk: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(chunk).decode('ascii')}?="


_TEXT_HEADERS = (
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "quoted-printable"),
)


def _quoted_printable(body: str) -> bytes:
    """The body, ended by a line break; no line of it looks like the start of the next message in an mbox."""
    text = line_feeds(body)
    encoded = binascii.b2a_qp(text.encode() if text.endswith("\n") else text.encode() + b"\n", istext=True)
    return _FROM_LINE.sub(_hidden_from, encoded).replace(b"\n", b"\r\n")


def _hidden_from(line: re.Match[bytes]) -> bytes:
    hidden = line[1] + b"=46rom " + line[2]
    return hidden if len(hidden) <= _ENCODED_LINE else line[1] + b"=46=\nrom " + line[2]


def _attachment(name: str, attachment: Attachment) -> bytes:
    content_type = attachment.content_type
    # A message inside a message may not be base64 (RFC 2046, 5.2.1); as plain bytes it may.
    if not _CONTENT_TYPE.fullmatch(content_type) or content_type.lower().startswith(
        ("message/", "multipart/")
    ):
        content_type = "application/octet-stream"
    if content_type.lower().startswith("text/") and _is_utf8(attachment.content):
        content_type += "; charset=utf-8"  # Else readers take it for ASCII.
    file_name = f'filename="{name}"' if name.isascii() else f"filename*=utf-8''{quote(name, safe='')}"
    headers = [
        ("Content-Type", content_type),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", f"attachment;\r\n {file_name}"),
    ]
    return _part(headers, base64.encodebytes(attachment.content).replace(b"\n", b"\r\n"))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _part(headers: Sequence[tuple[str, str]], body: bytes) -> bytes:
    """Headers are ASCII except for addresses that only UTF-8 can write (RFC 6532)."""
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return head.encode() + b"\r\n" + body
