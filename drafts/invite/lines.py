"""From text to components, forgiving: what programs write is often no iCalendar that a strict reader takes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drafts.invite.lists import listed
from drafts.invite.model import InviteError

MAX_DEPTH = 8
MAX_COMPONENTS = 1000  # of those that matter, before doubles are found
MAX_PROPERTIES = 400  # of one component
MAX_LINE = 200_000  # characters

_NAME = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*[;:]")
_SEVERAL_LINES = frozenset(["DESCRIPTION", "SUMMARY", "COMMENT", "LOCATION", "X-ALT-DESC"])
_BEGIN = re.compile(rb"^([ \t>]*)BEGIN[ \t]*:[ \t]*(?:VCALENDAR|VEVENT)\b", re.I | re.M)


@dataclass(slots=True)
class Property:
    """`value` is as written (escapes included); `parameters` have names in capitals."""

    name: str
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
        return [parsed(name, line) for line in self.lines.get(name, ())[:most]]

    def first(self, name: str) -> Property | None:
        return next(iter(self.all(name, 1)), None)

    def text(self, name: str) -> str:
        found = self.first(name)
        return found.text if found else ""


def has_calendar(data: bytes) -> bool:
    return bool(_BEGIN.search(data.replace(b"\r", b"\n")))


def calendars(data: bytes) -> list[Component]:
    """The VCALENDARs in these bytes; events outside of any come in one of their own."""
    builder = _Builder()
    for name, line in content_lines(data):
        builder.take(name, line)
    return [one for one in builder.calendars if one.parts]


def content_lines(data: bytes) -> list[tuple[str, str]]:
    """Unfolded lines with their names in capitals, from the first BEGIN on; what is on no line of its own joins."""
    data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    start = _BEGIN.search(data)
    if not start:
        return []
    # Pasted lines may all be quoted or indented as the first one is.
    margin = start[1]
    rows = data[start.start() :].split(b"\n")
    if margin:
        rows = [row[len(margin) :] if row.startswith(margin) else row for row in rows]
    unfolded: list[list[bytes]] = []
    for row in rows:
        if row[:1] in (b" ", b"\t") and unfolded:
            unfolded[-1].append(row[1:])
        elif row.strip():
            unfolded.append([row])
    found: list[tuple[str, list[str]]] = []
    for pieces in unfolded:
        line = decoded(b"".join(pieces)[: 4 * MAX_LINE])[:MAX_LINE]
        match = _NAME.match(line)
        name = match[1].upper() if match else ""
        last = found[-1][0] if found else ""
        # RFC 5545 allows properties that no standard knows; after a text it is a line of that text.
        is_unknown = bool(match and match[1].isupper()) and last not in _SEVERAL_LINES
        if name.lower() in listed("properties") or name.startswith("X-") or is_unknown or not found:
            found.append((name, [line]))
        else:
            # A raw line break in a text, or a fold that lost its space.
            before = found[-1][1]
            before.append(("\\n" if last in _SEVERAL_LINES else "") + line)
    return [(name, "".join(pieces)[:MAX_LINE]) for name, pieces in found]


def decoded(line: bytes) -> str:
    """UTF-8, else as Windows and older programs write western languages."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return line.decode("cp1252")
        except UnicodeDecodeError:
            return line.decode("latin-1")


class _Builder:
    """Nests components; a missing, doubled or misplaced END does no harm."""

    def __init__(self) -> None:
        self.calendars: list[Component] = []
        self.stack: list[Component] = []
        self.count = 0

    def take(self, name: str, line: str) -> None:
        value = line.partition(":")[2].strip().upper()
        if name == "BEGIN":
            self.begin(value)
        elif name == "END":
            self.end(value)
        elif self.stack:
            rows = self.stack[-1].lines.setdefault(name, [])
            if len(rows) < MAX_PROPERTIES:
                rows.append(line)

    def begin(self, name: str) -> None:
        component = Component(name)
        if name == "VCALENDAR":
            self.calendars.append(component)
            self.stack = [component]
            return
        if not self.calendars:
            self.calendars.append(Component("VCALENDAR"))
        if not self.stack:
            self.stack = [self.calendars[-1]]
        if name in ("VEVENT", "VTIMEZONE"):
            # Neither stands inside another component, so an END was lost.
            self.stack = self.stack[:1]
            self.count += 1
            if self.count > MAX_COMPONENTS:
                raise InviteError(too_many_events())
        if len(self.stack) < MAX_DEPTH:
            if len(self.stack[-1].parts) <= MAX_COMPONENTS:
                self.stack[-1].parts.append(component)
            self.stack.append(component)

    def end(self, name: str) -> None:
        places = [place for place, one in enumerate(self.stack) if one.name == name]
        if places:
            self.stack = self.stack[: max(places[-1], 0)]


def too_many_events() -> str:
    return "There are more than 50 events in this file; export only the interview's and try again."


_PARAMETER = re.compile(r';\s*([A-Za-z][A-Za-z0-9-]{0,40})\s*=\s*("[^"]*"|"?[^;"]*)')
_CARET = {"^'": '"', "^n": " ", "^^": "^"}  # RFC 6868


def parsed(name: str, line: str) -> Property:
    """Name, parameters and value of a content line; an address is a value whatever stands before it."""
    if name in ("ATTENDEE", "ORGANIZER", "DTSTART", "DTEND"):
        line = line[:5000]
    at = line.lower().rfind("mailto:") if name in ("ATTENDEE", "ORGANIZER") else -1
    at = at if at > 0 else _end_of_head(line) + 1
    parameters = {
        key.upper(): _parameter(value) for key, value in _PARAMETER.findall(line[: at - 1].rstrip(": "))
    }
    return Property(name, parameters, line[at:])


def _parameter(value: str) -> str:
    value = re.sub(r"\^['n^]", lambda found: _CARET[found[0]], value.strip().strip('"'))
    return re.sub(r"\\(.)", r"\1", value)


def _end_of_head(line: str) -> int:
    """Where the value's colon is: the first one outside of quotation marks."""
    quoted = False
    for place, character in enumerate(line):
        quoted ^= character == '"'
        if character == ":" and not quoted:
            return place
    return line.find(":") if ":" in line else len(line)
