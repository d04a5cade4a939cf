"""From the bytes of an email to the calendars it carries and what its heads say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

from drafts.domain.messages import Message, listed
from drafts.invite.lines import Component, calendars, has_calendar
from drafts.invite.model import InviteError
from drafts.invite.texts import is_address, tidy

MAX_PARTS = 300
MAX_BOUNDARIES = 1000
MAX_WORK = 3_000_000  # lines times boundaries: the parser holds every line against each of them
MAX_HEADER = 4000  # characters
MAX_NESTING = 12

_HEADER = re.compile(rb"(?:From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]{0,60}:")
_OTHER_PARTS = {b"VTODO": "tasks", b"VJOURNAL": "journal notes", b"VFREEBUSY": "free and busy times"}
_ADDRESSED = ("Delivered-To", "X-Original-To", "To")


@dataclass(frozen=True, slots=True)
class Found:
    """One calendar, with what the mail around it says: whom it went to, its subject and its own words."""

    calendar: Component
    to_email: str = ""
    to_name: str = ""
    subject: str = ""
    body: str = ""
    from_name: str = ""
    from_email: str = ""
    sent_on: dt.date | None = None
    copied: tuple[tuple[str, str], ...] = ()  # names and addresses


class _Bounded(policy.EmailPolicy):
    """Headers cut to a length that the header parser reads in no time."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:MAX_HEADER]


def found_calendars(data: bytes) -> list[Found]:
    """Every calendar of a file or a mail; none where there is only text."""
    data = _as_utf8(data)
    head = data.lstrip()
    found: list[Found] = []
    if _HEADER.match(head) and head[:6].upper() != b"BEGIN:":
        found = _of_mail(head, _read)
    return found or [Found(one) for one in calendars(data)]


def found_text(data: bytes) -> Found:
    """A mail without a calendar, or the words of one that were pasted."""
    text = _as_utf8(data).lstrip()
    letters = _of_mail(text, _letter) if _HEADER.match(text) else []
    return letters[0] if letters else Found(Component(""), body=text.decode("utf-8", "replace"))


def _letter(message: EmailMessage) -> Iterator[Found]:
    """The words of a mail; none where the lines that look like its head are all there is."""
    body = _body(part for part, _ in _leaves(message))
    inner = [part.get_payload() for part in message.walk() if part.get_content_type() == "message/rfc822"]
    if not body.strip() and inner and isinstance(inner[0], list) and isinstance(inner[0][0], EmailMessage):
        yield from _letter(inner[0][0])
    elif body.strip() and any(name in message for name in ("From", "To", "Subject")):
        name, address = next(iter(addressed(_header(message, "From"))), ("", ""))
        yield replace(
            _head(message, Found(Component(""))),
            body=body,
            from_name=name,
            from_email=address,
            sent_on=_sent_on(message),
            copied=addressed(_header(message, "Cc")),
        )


def addressed(text: str) -> tuple[tuple[str, str], ...]:
    """(name, address) of each of a head's line, at most 20; the address is empty where it is not valid."""
    pairs = [(tidy(name), tidy(address)) for name, address in getaddresses([text[:MAX_HEADER]])[:20]]
    # Outlook's copies name people without their addresses.
    return tuple(
        (name, other) if is_address(other) else (name or other, "") for name, other in pairs if name or other
    )


def _sent_on(message: EmailMessage) -> dt.date | None:
    try:
        return parsedate_to_datetime(_header(message, "Date") or _header(message, "Sent")).date()
    except (ValueError, TypeError, IndexError):
        return None


def missing(data: bytes) -> str:
    """What to do next where nothing could be read."""
    data = _as_utf8(data)
    if not data.strip():
        return Message("The file is empty; choose the invitation's .ics file, or the email saved as .eml.")
    if has_calendar(data):
        others = [name for part, name in _OTHER_PARTS.items() if b"BEGIN:" + part in data.upper()]
        if others:
            return Message(
                "The calendar holds no event, only {others}; "
                "export the interview's event as an .ics file and try again.",
                others=listed(others),
            )
        return Message(
            "The calendar holds no event; export the interview's event as an .ics file and try again."
        )
    if b"winmail.dat" in data or b"application/ms-tnef" in data:
        return Message(
            "The invitation is in Outlook's own format; save the event from the calendar as an .ics file."
        )
    return Message(
        "No invitation was found in it; choose the .ics file or the email saved as .eml, "
        "or paste the mail that says when the interview is."
    )


def _as_utf8(data: bytes) -> bytes:
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[2:].decode(name, "replace").encode("utf-8", "replace")
    sample = data[:200]
    # UTF-16 without its mark: every other byte of plain letters is zero.
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if len(sample) >= 8 and sample[start::2].count(0) > len(sample) // 3:
            return data.decode(name, "replace").encode("utf-8", "replace")
    return data.removeprefix(b"\xef\xbb\xbf")


def _of_mail(data: bytes, read: Callable[[EmailMessage], Iterator[Found]]) -> list[Found]:
    if data.startswith(b"From "):
        data = data.partition(b"\n")[2]
    work = data.count(b"\n") * data.lower().count(b"boundary")
    if data.count(b"\n--") > MAX_BOUNDARIES or work > MAX_WORK:
        raise InviteError(
            Message("The message has too many parts; save the invitation's .ics file and choose that.")
        )
    try:
        message = message_from_bytes(data, policy=_Bounded())
        return list(read(message)) if isinstance(message, EmailMessage) else []
    except InviteError:
        raise
    # The mail parser raises many things for broken heads; what is sought may be there all the same.
    except Exception:
        return []


def _read(message: EmailMessage) -> Iterator[Found]:
    """Calendars with the head of the message nearest to them, and the words beside them."""
    parts = list(_leaves(message))
    bodies = {id(head): _body(part for part, of in parts if of is head) for _, head in parts}
    for part, head in parts:
        data = _payload(part)
        for calendar in calendars(_as_utf8(data)) if _may_hold(part, data) else ():
            yield replace(head, calendar=calendar, body=bodies[id(head)])


def _leaves(message: EmailMessage) -> Iterator[tuple[EmailMessage, Found]]:
    waiting: list[tuple[EmailMessage, Found, int]] = [(message, _head(message, Found(Component(""))), 0)]
    for _ in range(MAX_PARTS):
        if not waiting:
            return
        part, head, depth = waiting.pop(0)
        inner = part.get_payload()
        if isinstance(inner, list):
            forwarded = part.get_content_maintype() == "message"
            if depth < MAX_NESTING:
                waiting[:0] = [
                    (one, _head(one, head) if forwarded else head, depth + 1)
                    for one in inner[:MAX_PARTS]
                    if isinstance(one, EmailMessage)
                ]
        else:
            yield part, head


def _head(message: EmailMessage, outer: Found) -> Found:
    subject = tidy(str(_header(message, "Subject"))) or outer.subject
    for name in _ADDRESSED:
        pairs = [pair for pair in addressed(_header(message, name)) if pair[1]]
        if len(pairs) == 1:
            [(label, address)] = pairs
            return replace(
                outer, to_email=address, to_name=label or _label_of(message, address), subject=subject
            )
    return replace(outer, subject=subject)


def _label_of(message: EmailMessage, address: str) -> str:
    """The name that To: gives to an address that Delivered-To: has alone."""
    for label, other in getaddresses([_header(message, "To")]):
        if other.lower() == address.lower():
            return tidy(label)
    return ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, ""))
    except Exception:  # See _of_mail: one broken head is no reason to lose the others.
        return ""


def _may_hold(part: EmailMessage, data: bytes) -> bool:
    kind = part.get_content_type()
    return kind in ("text/calendar", "application/ics") or has_calendar(data)


def _payload(part: EmailMessage) -> bytes:
    """The bytes of a part, text as UTF-8 where its charset is known and true."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or part.get_content_maintype() != "text":
        return data if isinstance(data, bytes) else b""
    for charset in ("utf-8", part.get_content_charset("utf-8")):
        with suppress(LookupError, UnicodeError):
            return data.decode(charset).encode("utf-8")
    return data


def _body(parts: Iterable[EmailMessage]) -> str:
    """The words of a mail: its first plain text, else its first HTML."""
    texts = {part.get_content_type(): part for part in reversed(list(parts))}
    part = texts.get("text/plain") or texts.get("text/html")
    return _payload(part)[:400_000].decode("utf-8", "replace") if part else ""
