"""From bytes to components, forgiving: what programs write is often no iCalendar that a strict reader takes.

A pass of our own joins and nests the lines; icalendar takes each apart. Its own parser of whole files is not used: it
drops events whose END is missing, and keeps every VTIMEZONE it meets for the whole process, one user's for the next.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field

from drafts.domain.messages import Message
from drafts.invite.lists import listed
from drafts.invite.model import InviteError

MAX_DEPTH = 8
MAX_COMPONENTS = 1000  # in one calendar, before doubles are found
MAX_PROPERTIES = 400  # of one component
MAX_LINE = 200_000  # characters

_NAME = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*[;:]")
_SEVERAL_LINES = frozenset(["DESCRIPTION", "SUMMARY", "COMMENT", "LOCATION", "X-ALT-DESC"])
_BEGIN = re.compile(rb"^([ \t>]*)BEGIN[ \t]*:[ \t]*(?:VCALENDAR|VEVENT)\b", re.I | re.M)
_ADDRESSED = re.compile(r"(\s*(?:ATTENDEE|ORGANIZER)\b.{1,5000}):\s*(mailto:.*)", re.I)


@dataclass(slots=True)
class Property:
    """`value` is as written (escapes included); `parameters` have names in capitals."""

    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], self.value, flags=re.S)


@dataclass(slots=True)
class Component:
    name: str
    lines: dict[str, list[str]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)

    def all(self, name: str, most: int = MAX_PROPERTIES) -> list[Property]:
        return [_taken_apart(line) for line in self.lines.get(name, ())[:most]]

    def first(self, name: str) -> Property | None:
        return next(iter(self.all(name, 1)), None)

    def text(self, name: str) -> str:
        found = self.first(name)
        return found.text if found else ""


def has_calendar(data: bytes) -> bool:
    return bool(_BEGIN.search(data.replace(b"\r", b"\n")))


def calendars(data: bytes) -> list[Component]:
    """The VCALENDARs in these bytes; events outside of any come in one of their own."""
    found: list[Component] = []
    stack: list[Component] = []
    for name, line in content_lines(data):
        value = line.partition(":")[2].strip().upper()
        if name == "BEGIN":
            # None of these stands inside another component, so an END was lost.
            stack = stack[: {"VCALENDAR": 0, "VEVENT": 1, "VTIMEZONE": 1}.get(value, MAX_DEPTH)]
            if value == "VCALENDAR" or not found:
                found.append(Component("VCALENDAR"))
            stack = stack or [found[-1]]
            if value != "VCALENDAR" and len(stack) < MAX_DEPTH:
                if len(stack[-1].parts) >= MAX_COMPONENTS:
                    raise InviteError(too_many_events())
                stack[-1].parts.append(Component(value))
                stack.append(stack[-1].parts[-1])
        elif name == "END":
            places = [place for place, one in enumerate(stack) if one.name == value]
            stack = stack[: places[-1]] if places else stack
        elif stack and len(rows := stack[-1].lines.setdefault(name, [])) < MAX_PROPERTIES:
            rows.append(line)
    return [one for one in found if one.parts]


def content_lines(data: bytes) -> list[tuple[str, str]]:
    """Unfolded lines with their names in capitals, from the first BEGIN on; what is on no line of its own joins."""
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    start = _BEGIN.search(data)
    if not start:
        return []
    # Pasted lines may all be quoted or indented as the first one is.
    rows = [row.removeprefix(start[1]) for row in data[start.start() :].split(b"\n")]
    unfolded: list[list[bytes]] = []
    for row in rows:
        if row[:1] in (b" ", b"\t") and unfolded:
            unfolded[-1].append(row[1:])
        elif row.strip():
            unfolded.append([row])
    found: list[tuple[str, list[str]]] = []
    for pieces in unfolded:
        line = _decoded(b"".join(pieces)[: 4 * MAX_LINE])[:MAX_LINE]
        match = _NAME.match(line)
        name = match[1].upper() if match else ""
        last = found[-1][0] if found else ""
        # RFC 5545 allows properties that no standard knows; after a text it is a line of that text.
        is_unknown = bool(match and match[1].isupper()) and last not in _SEVERAL_LINES
        if name.lower() in listed("properties") or name.startswith("X-") or is_unknown or not found:
            found.append((name, [line]))
        else:
            # A raw line break in a text, or a fold that lost its space.
            found[-1][1].append(("\\n" if last in _SEVERAL_LINES else "") + line)
    return [(name, "".join(pieces)[:MAX_LINE]) for name, pieces in found]


def _decoded(line: bytes) -> str:
    """UTF-8, else as Windows and older programs write western languages."""
    for encoding in ("utf-8", "cp1252"):
        with suppress(UnicodeDecodeError):
            return line.decode(encoding)
    return line.decode("latin-1")


def too_many_events() -> str:
    return Message("There are more than 50 events in this file; export only the interview's and try again.")


def _taken_apart(line: str) -> Property:
    """Parameters and value of a content line; without parameters where nothing helps."""
    from icalendar.parser import Contentline  # slow to import, and few pages need it

    addressed = _ADDRESSED.fullmatch(line)
    if addressed:
        # An address is the value whatever stands before it: "CN=Lead: Ana Ruiz".
        line = f"{addressed[1].replace(':', ' ')}:{addressed[2]}"
    # A quotation that nobody closes quotes nothing.
    for text in (line, line.replace('"', "")):
        with suppress(ValueError):
            _, given, value = Contentline(text).raw_parts()  # type: ignore[no-untyped-call] # of icalendar
            if value or ":" not in text:
                return Property({key: _joined(one) for key, one in given.items()}, value)
    return Property({}, line.partition(":")[2])


def _joined(value: str | list[str]) -> str:
    """Icalendar takes "CN=Nair, Priya" for two values, where a name needs quotation marks."""
    return value if isinstance(value, str) else ", ".join(value)
