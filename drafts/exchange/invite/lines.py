"""From text to components: unfolding and nesting are forgiving here; `icalendar` reads each content line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from icalendar.parser import Contentline

from drafts.exchange.invite.model import InviteError

MAX_DEPTH = 8
MAX_COMPONENTS = 1000  # of those that matter, before doubles are found
MAX_PROPERTIES = 400  # of one component
MAX_LINE = 200_000  # characters

_NAME = re.compile(r"\s*([A-Za-z][A-Za-z0-9-]{0,60})[ \t]*[;:]")
_KNOWN = frozenset(
    [
        "BEGIN",
        "END",
        "VERSION",
        "PRODID",
        "METHOD",
        "CALSCALE",
        "NAME",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "DURATION",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "ORGANIZER",
        "ATTENDEE",
        "STATUS",
        "SEQUENCE",
        "RECURRENCE-ID",
        "RRULE",
        "RDATE",
        "EXDATE",
        "EXRULE",
        "CLASS",
        "PRIORITY",
        "TRANSP",
        "URL",
        "CREATED",
        "LAST-MODIFIED",
        "CATEGORIES",
        "COMMENT",
        "CONTACT",
        "GEO",
        "ATTACH",
        "RELATED-TO",
        "REQUEST-STATUS",
        "RESOURCES",
        "TZID",
        "TZNAME",
        "TZOFFSETFROM",
        "TZOFFSETTO",
        "TZURL",
        "ACTION",
        "TRIGGER",
        "REPEAT",
        "COMPLETED",
        "DUE",
        "PERCENT-COMPLETE",
        "FREEBUSY",
        "CONFERENCE",
        "COLOR",
        "IMAGE",
        "REFRESH-INTERVAL",
        "SOURCE",
        "ACKNOWLEDGED",
        "STRUCTURED-DATA",
        "PARTICIPANT",
        "STYLED-DESCRIPTION",
        "ATTENDEES",
    ]
)
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
        found = [parsed(name, line) for line in self.lines.get(name, ())[:most]]
        return [one for one in found if one]

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
        if name in _KNOWN or name.startswith("X-") or not found:
            found.append((name, [line]))
        else:
            # A raw line break in a text, or a fold that lost its space.
            last, before = found[-1]
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


def parsed(name: str, line: str) -> Property | None:
    """The line as `icalendar` reads it; where that refuses, name and value alone, with what can be had of the rest."""
    try:
        _, parameters, value = Contentline(line.replace("\n", " ")).raw_parts()  # type: ignore[no-untyped-call] # of icalendar
    except ValueError:
        return _salvaged(name, line)
    flat = {
        key.upper(): ", ".join(str(one).strip() for one in item) if isinstance(item, list) else str(item)
        for key, item in parameters.items()
    }
    return Property(name, flat, value)


_PARAMETER = re.compile(r';\s*([A-Za-z][A-Za-z0-9-]{0,40})\s*=\s*("[^"]*"|"?[^;"]*)')


def _salvaged(name: str, line: str) -> Property | None:
    line = line[:5000] if name in ("ATTENDEE", "ORGANIZER", "DTSTART", "DTEND") else line
    at = line.lower().rfind("mailto:") if name in ("ATTENDEE", "ORGANIZER") else -1
    head, _, value = (line[:at].rstrip(": "), ":", line[at:]) if at > 0 else _parted(line)
    flat = {key.upper(): item.strip().strip('"') for key, item in _PARAMETER.findall(head)}
    return Property(name, flat, value)


def _parted(line: str) -> tuple[str, str, str]:
    quoted = False
    for place, character in enumerate(line):
        if character == '"':
            quoted = not quoted
        elif character == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line.partition(":")
