"""A letter as a message file (.eml) that mail programs open, written by Python's `email`.

Headers are encoded by the older `email.header`, because `EmailMessage` drops "=??Q??=" from a subject as an encoded
word, and Python 3.11 joins the encoded words of a name with spaces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.charset import BASE64, Charset
from email.header import Header
from email.message import MIMEPart
from email.policy import EmailPolicy
from email.utils import quote
from typing import Any

from drafts.domain.addresses import address_parts
from drafts.exchange.cleaning import line_feeds, one_line
from drafts.exchange.file_names import unique_names

# "=_" cannot occur in quoted-printable or base64 text, so no part can hold this line (RFC 2045, 6.7).
_BOUNDARY = "=_afterword_part"
_CONTENT_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}", re.IGNORECASE)
# Characters of a name that need no quotes before an address (RFC 5322, 3.2.3), and the space.
_BARE_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_LINE = 76  # characters, the most that quoted-printable and encoded words allow (RFC 2045, 6.7; RFC 2047, 2)
_UTF_8 = Charset("utf-8")
_UTF_8.header_encoding = BASE64
# A line that mbox readers take for the start of a message, or unquote (">From ").
_FROM_LINE = re.compile(r"^(>*)From (.*)$", re.MULTILINE)


class _Policy(EmailPolicy):
    """Headers are written unchanged. Those with a non-ASCII address are UTF-8 (RFC 6532)."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        return name, value

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        return value


_POLICY = _Policy(linesep="\r\n", max_line_length=_LINE, refold_source="none", utf8=True)


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """`to_address` is empty or valid; `body` is plain text."""

    to_name: str
    to_address: str
    subject: str
    body: str
    attachments: Sequence[Attachment] = ()


def draft_message(letter: OutgoingLetter) -> bytes:
    """The letter as a draft, without From, Date and Message-ID, which the mail program adds.

    Raises ValueError if `to_address` is neither empty nor valid.
    """
    return message([("X-Unsent", "1"), *letter_headers(letter)], letter)


def letter_headers(letter: OutgoingLetter) -> list[tuple[str, str]]:
    """To and Subject; To is left out if there is no address. Raises ValueError like `draft_message`."""
    subject = one_line(letter.subject)
    headers = [("Subject", _folded(subject, "us-ascii" if _is_plain(subject) else _UTF_8))]
    if letter.to_address:
        headers.insert(0, ("To", mailbox(letter.to_name, letter.to_address)))
    return headers


def mailbox(name: str, address: str) -> str:
    """A name and an address as one entry of To or From. Raises ValueError for an invalid address."""
    address = "@".join(address_parts(address))
    name = one_line(name)
    if not name:
        return address
    bare = name if _BARE_NAME.fullmatch(name) else f'"{quote(name)}"'
    name = bare if _is_plain(bare) and len(bare) < _LINE - 10 else _folded(name, _UTF_8)
    space = " " if len(name.rpartition("\n")[2] + address) < _LINE - 10 else "\r\n "
    return f"{name}{space}<{address}>"


def message(headers: Sequence[tuple[str, str]], letter: OutgoingLetter) -> bytes:
    """A whole message with CR LF. Headers are written unchanged, so they must come from this module's functions."""
    whole = MIMEPart(_POLICY)
    for name, value in [*headers, ("MIME-Version", "1.0")]:
        whole[name] = value
    whole.set_content(line_feeds(letter.body), cte="quoted-printable")
    whole.set_param("charset", "utf-8", requote=False, replace=True)
    whole.set_payload(_FROM_LINE.sub(_hidden_from, str(whole.get_payload())))
    if letter.attachments:
        whole.make_mixed(_BOUNDARY)
    names = unique_names([one.name for one in letter.attachments], "attachment")
    for name, attachment in zip(names, letter.attachments, strict=True):
        _attach(whole, name, attachment)
    return whole.as_bytes()


def _is_plain(text: str) -> bool:
    """Whether a header can contain the text unencoded: ASCII, nothing that looks like an encoded word, no overlong
    word."""
    return text.isascii() and "=?" not in text and all(len(word) < _LINE - 10 for word in text.split())


def _folded(text: str, charset: Charset | str) -> str:
    """One line of text as a header's value, folded with CR LF; if it is not ASCII, as encoded words."""
    return Header(text, charset, _LINE, "Subject").encode(splitchars=" ", linesep="\r\n")


def _hidden_from(line: re.Match[str]) -> str:
    hidden = f"{line[1]}=46rom {line[2]}"
    return hidden if len(hidden) <= _LINE else f"{line[1]}=46=\nrom {line[2]}"


def _attach(whole: MIMEPart, name: str, attachment: Attachment) -> None:
    main, _, sub = attachment.content_type.lower().partition("/")
    # An attached message must not be base64 (RFC 2046, 5.2.1) unless its type is that of plain bytes.
    if not _CONTENT_TYPE.fullmatch(attachment.content_type) or main in ("message", "multipart"):
        main, sub = "application", "octet-stream"
    # Without a charset, readers assume ASCII.
    charset = {"charset": "utf-8"} if main == "text" and _is_utf8(attachment.content) else None
    whole.add_attachment(attachment.content, main, sub, filename=name, params=charset)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
