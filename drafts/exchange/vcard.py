"""A panel as contacts, in vCard 3.0 (RFC 2426), which all address books can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from drafts.exchange.cleaning import one_line, several_lines

_LINE_OCTETS = 75


@dataclass(frozen=True, slots=True)
class ContactCard:
    """`note` may have several lines; everything but `full_name` may be empty."""

    full_name: str
    email: str = ""
    job_title: str = ""
    company: str = ""
    note: str = ""


def panel_vcards(people: Sequence[ContactCard]) -> bytes:
    """The people in the order given, one card each, with CR LF."""
    return "".join(_folded(line) for person in people for line in _lines(person)).encode()


def _lines(person: ContactCard) -> Iterator[str]:
    given, family = _name_parts(one_line(person.full_name))
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield f"FN:{_escaped(one_line(person.full_name))}"
    yield f"N:{_escaped(family)};{_escaped(given)};;;"
    if email := one_line(person.email):
        yield f"EMAIL;TYPE=INTERNET:{_escaped(email)}"
    if job_title := one_line(person.job_title):
        yield f"TITLE:{_escaped(job_title)}"
    if company := one_line(person.company):
        yield f"ORG:{_escaped(company)}"
    if note := several_lines(person.note).strip():
        yield f"NOTE:{_escaped(note)}"
    yield "END:VCARD"


def _name_parts(full_name: str) -> tuple[str, str]:
    """(given name, family name). Guesses that the last word is the family name, and a single word the given name."""
    given, _, family = full_name.rpartition(" ")
    return (given, family) if given else (family, "")


def _escaped(text: str) -> str:
    """The text with backslash, comma, semicolon and line break escaped (RFC 2426, section 4)."""
    for plain, escaped in (("\\", "\\\\"), (",", "\\,"), (";", "\\;"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return text


def _folded(line: str) -> str:
    """The line with CR LF, folded at 75 octets, never inside a character."""
    pieces = [""]
    octets = 0
    for char in line:
        size = len(char.encode())
        if octets + size > _LINE_OCTETS:
            pieces.append(" ")
            octets = 1
        pieces[-1] += char
        octets += size
    return "\r\n".join(pieces) + "\r\n"
