"""Hostile files: malicious invitations, archives and documents, and corrupted files of the product's own."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

from tests.integration.hostile_contents import PAYLOADS, UPLOAD_MARK


def calendar(rng: Random, *extra: str, **given: str) -> bytes:
    """A readable invitation with hostile words in it, and `extra` lines."""
    odd = [text.replace("\r", "").replace("\n", "\\n") for text in PAYLOADS["xss"] + PAYLOADS["header"]]
    lines = {
        "UID": rng.choice(["u1", "u" * 5000, *odd]),
        "DTSTART": "20260303T140000Z",
        "DTEND": "20260303T153000Z",
        "SUMMARY": "Interview: " + rng.choice(odd),
        "ORGANIZER": "mailto:" + rng.choice(odd),
        "LOCATION": rng.choice(odd),
        "DESCRIPTION": rng.choice(odd),
        "SEQUENCE": rng.choice(["0", "-1", "9" * 30, "x"]),
        **given,
    }
    event = "\r\n".join(f"{name}:{text}" for name, text in lines.items())
    attendee = f'ATTENDEE;CN="{rng.choice(odd)}":mailto:{rng.choice(odd)}'
    text = "\r\n".join(
        ["BEGIN:VCALENDAR", "BEGIN:VEVENT", event, attendee, *extra, "END:VEVENT", "END:VCALENDAR", ""]
    )
    return text.encode("utf-8", "surrogatepass")


PLAIN_CALENDAR = b"""BEGIN:VCALENDAR
BEGIN:VEVENT
UID:plain
DTSTART:20260303T140000Z
DTEND:20260303T153000Z
SUMMARY:Interview: Platform Engineer at Zylker
ATTENDEE;CN="Priya Nair":mailto:priya@zylker.example
END:VEVENT
END:VCALENDAR
"""
CALENDARS: list[Callable[[Random], bytes]] = [
    lambda rng: PLAIN_CALENDAR,
    lambda rng: PLAIN_CALENDAR,
    lambda rng: PLAIN_CALENDAR,
    calendar,
    calendar,
    lambda rng: calendar(rng, SEQUENCE="9" * 5000, UID="x"),
    lambda rng: calendar(rng, "RRULE:FREQ=SECONDLY;COUNT=999999999"),
    lambda rng: calendar(rng, "RRULE:FREQ=YEARLY;INTERVAL=0;UNTIL=99991231T235959Z;BYDAY=-999MO"),
    lambda rng: calendar(rng, *(f"RDATE:{2000 + year}0101T000000Z" for year in range(3000))),
    lambda rng: calendar(rng, *(f"ATTENDEE;CN=P {n}:mailto:p{n}@h0stile.test" for n in range(3000))),
    lambda rng: calendar(rng, *["BEGIN:VEVENT"] * 1000),
    lambda rng: calendar(rng, *["BEGIN:VALARM", "TRIGGER:-P9999999999D", "END:VALARM"] * 500),
    lambda rng: calendar(rng, "COMMENT:" + "\r\n x" * 30_000),
    lambda rng: calendar(rng, "COMMENT;" + ";".join(f'X-{n}="' for n in range(2000)) + ":x"),
    lambda rng: calendar(rng, DTSTART="00000101T000000Z", DTEND="99991231T235959Z"),
    lambda rng: calendar(rng, DTEND="20260230T250061", DURATION="P99999999999999D"),
    lambda rng: calendar(rng).replace(b"DTEND:", b"DTEND;TZID=../../etc/passwd:").replace(b"00Z", b"00"),
    lambda rng: calendar(rng).replace(b"DTEND:", b"DTEND;TZID=" + b"x" * 5000 + b":"),
    lambda rng: calendar(rng) * 200,
    lambda rng: calendar(rng).replace(b"\r\n", b"\n ") + b"\xff\xfe\0",
    lambda rng: b"BEGIN:VTIMEZONE\r\nTZOFFSETTO:+999999\r\nRRULE:FREQ=SECONDLY\r\n" * 500 + calendar(rng),
    lambda rng: b"From: a@b.test\r\nContent-Type: message/rfc822\r\n\r\n" * 150 + calendar(rng),
    lambda rng: b"Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n" + calendar(rng),
    lambda rng: b"Content-Type: text/calendar; charset=" + b"x" * 90 + b"\r\n\r\n" + calendar(rng),
    lambda rng: (
        b"Content-Type: text/calendar\r\nContent-Transfer-Encoding: base64\r\n\r\n\xff=" + calendar(rng)
    ),
    lambda rng: b"Subject: " + b"=?utf-8?q?=ff?= " * 3000 + b"\r\n\r\n" + calendar(rng),
]


def packed(*members: tuple[str, bytes]) -> bytes:
    """A ZIP file of these; names must not have null characters, where zipfile would truncate them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in members:
            archive.writestr(zipfile.ZipInfo(name.replace("\0", "")), content, zipfile.ZIP_DEFLATED, 9)
    return out.getvalue()


@cache
def zip_bombs() -> tuple[bytes, ...]:
    """ZIP bombs, and ZIP files with paths outside of their folder or with wrong headers."""
    zeros = packed(("zeros.txt", bytes(40_000_000)))
    types = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "h0stile">]><Types>&b;</Types>'
    return (
        zeros,
        packed(*((name, UPLOAD_MARK) for name in PAYLOADS["traversal"])),
        packed(("[Content_Types].xml", types + bytes(5_000_000)), ("word/document.xml", bytes(5_000_000))),
        packed(*((f"{number}.txt", b"") for number in range(6_000))),
        zeros.replace((40_000_000).to_bytes(4, "little"), b"\x05\0\0\0"),
        packed(("a.zip", packed(("b.zip", zeros), ("c.zip", zeros)))),
        packed(("account.json", b"[" * 5_000_000), ("files/x", bytes(5_000_000))),
        zeros[:-30],
        b"PK\x03\x04" + bytes(100),
        b"PK\x05\x06" + bytes(18),
    )


@cache
def json_bombs() -> tuple[bytes, ...]:
    return (
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"version": ' + b"9" * 5000 + b"}",
        b'{"version": 1e999, "interviews": NaN}',
        b'{"interviews": [' + b'{"company": "x"},' * 5000 + b'{"company": "x"}]}',
        b'{"candidate": {"full_name": "\\ud800\\u0000"}, "interviews": "x"}',
        b"\xef\xbb\xbf{}",
        "{}".encode("utf-16"),
        b"null",
    )


def mutated(rng: Random, content: bytes) -> bytes:
    """A file of the product's own with one change; its container usually stays readable."""
    try:
        if content.startswith(b"PK"):
            return _mutated_zip(rng, content)
        if content.lstrip()[:1] in (b"{", b"["):
            return json.dumps(_mutated_json(rng, json.loads(content))).encode()
    except (ValueError, zipfile.BadZipFile, RecursionError):
        return content[:-1]
    at = rng.randrange(len(content) + 1)
    put = rng.choice([b"\0", b"\xff", b"\r\nX-H0stile: 1\r\n", b""])
    return content[:at] + put + content[at + rng.randint(0, 40) :]


def _mutated_zip(rng: Random, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = [info for info in archive.infolist() if info.file_size < 1_000_000]
        members = [(info.filename, archive.read(info)) for info in infos]
    # The file that describes the others is read first and validated most strictly.
    described = [at for at, (name, _inside) in enumerate(members) if name.endswith(".json")]
    if members:
        at = rng.choice(described) if described and rng.random() < 0.7 else rng.randrange(len(members))
        name, inside = members[at]
        is_moved = rng.random() < 0.2
        members[at] = (
            (rng.choice(PAYLOADS["traversal"]), inside) if is_moved else (name, mutated(rng, inside))
        )
    return packed(*members)


def _mutated_json(rng: Random, value: Any) -> Any:
    if isinstance(value, dict) and value and rng.random() < 0.9:
        key = rng.choice([*value])
        if rng.random() < 0.1:
            return {name: one for name, one in value.items() if name != key}
        return {**value, key: _mutated_json(rng, value[key])}
    if isinstance(value, list) and value and rng.random() < 0.9:
        at = rng.randrange(len(value))
        return [*value[:at], _mutated_json(rng, value[at]), *value[at + 1 :]]
    text = rng.choice(rng.choice([*PAYLOADS.values(), PAYLOADS["xss"]]))
    if isinstance(value, str) and rng.random() < 0.7:
        return text if rng.random() < 0.5 else rng.choice(PAYLOADS["xss"])
    odd = [None, True, -1, 10**400, 1e308, [], {}, [[]], {"a": {}}, "", "\ud800", "\0", text]
    return rng.choice([*odd, [value] * 300, {"x": value}])
