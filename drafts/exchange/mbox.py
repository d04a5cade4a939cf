"""Sent letters as one mbox file (RFC 4155), which mail programs import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import format_datetime

from drafts.exchange.message import OutgoingLetter, letter_headers, mailbox, message

_NOBODY = "MAILER-DAEMON"  # What mbox files use if the sender's address is unknown.


@dataclass(frozen=True, slots=True)
class SentLetter:
    """`sent_at` is aware; `from_address` may be empty."""

    from_name: str
    from_address: str
    letter: OutgoingLetter
    sent_at: dt.datetime


def sent_mbox(letters: Sequence[SentLetter]) -> bytes:
    """The letters in the order given, with LF.

    Body lines that begin with "From " or ">From " need no mboxo or mboxrd quoting: the body is quoted-printable, with
    their F encoded as "=46". So all kinds of readers find the same letters, with nothing to unquote.

    Raises ValueError if an address is neither empty nor valid, or a moment is naive.
    """
    return b"".join(_entry(one) for one in letters)


def _entry(sent: SentLetter) -> bytes:
    if sent.sent_at.tzinfo is None:
        raise ValueError("sent_at must be aware")
    headers = [("Date", format_datetime(sent.sent_at)), *letter_headers(sent.letter)]
    if sent.from_address:
        headers.insert(0, ("From", mailbox(sent.from_name, sent.from_address)))
    content = message(headers, sent.letter).replace(b"\r\n", b"\n")
    sender = sent.from_address
    if not sender or not sender.isascii() or " " in sender:
        sender = _NOBODY
    # RFC 4155: the moment in UTC, in the form of asctime(), which `ctime` writes in English everywhere.
    head = f"From {sender} {sent.sent_at.astimezone(dt.UTC).ctime()}\n"
    return head.encode() + content + b"\n"
