"""The kinds of attacks: how a request to a URL with a form's fields is turned into a hostile one."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Any
from urllib.parse import quote, quote_from_bytes

from tests.integration.hostile_contents import COOKIES, HEADERS, LARGE, ODD_BYTES, PAYLOADS
from tests.integration.hostile_discovery import TOKEN
from tests.integration.hostile_files import CALENDARS, json_bombs, zip_bombs

Value = Any  # str, bytes or Upload
# Makes the hostile request from the maker of plain values and uploads, a random generator, and a target.
Make = Callable[[Any, Random, "Target", "Request"], "Request"]
# Names of fields and buttons, whether a page shows them or not.
PLAIN_NAMES = """
    id version full_name signature company position ended_at time_zone stage field team country confirm_old
    mentioned enjoyed strengths experience goal forgot correction-topic correction-answer callback subject body
    use_subject tone choice work_opens work_closes work_days chosen_send_at channel event zone invitation
    invitation_text people files q state page username login email password panel-TOTAL_FORMS panel-INITIAL_FORMS
    panel-0-id panel-0-full_name panel-0-greet_as panel-0-email panel-0-job_title panel-0-role panel-0-DELETE
    panel-999-full_name work_samples-TOTAL_FORMS work_samples-0-label work_samples-0-url check apply dismiss restore
    add_word remove_word add_row remove_row paste_people preview add_sample upload remove_file recommended copy later
    skip update confirm_remove next
"""
NAMES = [
    *PLAIN_NAMES.split(),
    *["", "x" * 300, "a[b][c]", "__class__", "panel-0-full_name\0", "\ud800", "=&;", "İ", "pk"],
]
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Upload:
    name: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True)
class Request:
    kind: str
    who: str  # owner, guest, nobody, or entering: someone who has not completed two-step verification
    method: str
    path: str
    body: bytes = b""
    content_type: str = "application/x-www-form-urlencoded"
    headers: tuple[tuple[str, str], ...] = ()
    cookie: str = ""  # in addition to the session cookie
    is_forged: bool = False  # without the CSRF token, from a client that enforces it

    def pasted(self) -> str:
        """Code that repeats this request in a test with the fixture `world`; {who} is the client."""
        parts = [
            repr(self.method),
            repr(self.path),
            _literal(self.body),
            f"content_type={self.content_type!r}",
        ]
        if self.headers:
            parts.append(f"headers={dict(self.headers)!r}")
        more = f"  # besides the cookies: {self.cookie!r}" if self.cookie else ""
        forged = f"world.{self.who}.handler.enforce_csrf_checks = True\n" if self.is_forged else ""
        return f"{forged}world.{self.who}.generic({', '.join(parts)}){more}"


def _literal(body: bytes) -> str:
    if len(body) < 3000:
        return repr(body)
    return f"zlib.decompress(base64.b85decode({base64.b85encode(zlib.compress(body, 9))!r}))"


@dataclass
class Target:
    """The request before it is made hostile."""

    method: str
    path: str
    fields: list[tuple[Any, Value]]


# --- How it is written down


def _bytes(value: Value) -> bytes:
    """The bytes sent; a lone surrogate becomes bytes that are invalid UTF-8."""
    if isinstance(value, Upload):
        return _bytes(value.name) + value.content[:200]
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


def urlencoded(fields: list[tuple[Any, Value]]) -> bytes:
    pairs = (f"{quote_from_bytes(_bytes(name))}={quote_from_bytes(_bytes(value))}" for name, value in fields)
    return "&".join(pairs).encode()


def multipart(fields: list[tuple[Any, Value]], boundary: bytes = b"b0undary") -> bytes:
    parts = []
    for name, value in fields:
        head = b'Content-Disposition: form-data; name="' + _bytes(name).replace(b'"', b"%22") + b'"'
        content = _bytes(value)
        if isinstance(value, Upload):
            head += (
                b'; filename="' + _bytes(value.name) + b'"\r\nContent-Type: ' + value.content_type.encode()
            )
            content = value.content
        parts += [b"--" + boundary, head, b"", content]
    return b"\r\n".join([*parts, b"--" + boundary + b"--", b""])


def written(rng: Random, target: Target, request: Request, *, in_parts: bool | None = None) -> Request:
    """The request with the target's fields in its query string or its body."""
    if target.method in ("GET", "HEAD"):
        query = urlencoded(target.fields).decode()
        joined = f"{target.path}{'&' if '?' in target.path else '?'}{query}" if query else target.path
        return replace(request, method=target.method, path=joined)
    if in_parts is None:
        in_parts = any(isinstance(value, Upload) for _name, value in target.fields) or rng.random() < 0.3
    body, content_type = urlencoded(target.fields), request.content_type
    if in_parts:
        body, content_type = multipart(target.fields), "multipart/form-data; boundary=b0undary"
    return replace(request, method=target.method, path=target.path, body=body, content_type=content_type)


def spoiled(rng: Random, target: Target, values: list[Value]) -> None:
    """Puts hostile values into one or a few fields, so that the others stay valid, or sometimes into all."""
    if not target.fields:
        target.fields = [(name, "x") for name in rng.sample(NAMES, 8)]
    places = list(range(len(target.fields)))
    typed = [
        at
        for at in places
        if not UUID.fullmatch(str(target.fields[at][1])) and target.fields[at][0] != "version"
    ]
    share = rng.random()
    if share > 0.15:
        places = rng.sample(typed or places, min(len(typed or places), 1 if share > 0.5 else 3))
    for at in places:
        name, value = target.fields[at]
        if isinstance(value, Upload):
            target.fields[at] = (name, replace(value, name=str(rng.choice(values))[:3000]))
        else:
            target.fields[at] = (name, rng.choice(values))


# --- The kinds of hostility


def _texts(kind: str) -> Make:
    def make(maker: Any, rng: Random, target: Target, request: Request) -> Request:
        spoiled(rng, target, [*PAYLOADS[kind], *(ODD_BYTES if kind == "bytes" else ())])
        if kind == "json" and any(name == "credential" for name, _value in target.fields):
            target = _with(target, "credential", rng.choice(PAYLOADS[kind]))
        if kind == "traversal" and rng.random() < 0.3:
            steps = target.path.split("/")
            steps[rng.randrange(1, len(steps))] = quote(_bytes(rng.choice(PAYLOADS[kind])), safe="%.")
            target.path = "/".join(steps)
        if kind == "xss" and rng.random() < 0.1:
            target.path += "?" + "&".join(
                f"{name}={quote(rng.choice(PAYLOADS[kind]))}" for name in ("q", "next", "tone")
            )
        return written(rng, target, request)

    return make


def _zip(maker: Any, rng: Random, target: Target, request: Request) -> Request:
    contents = [rng.choice([*zip_bombs(), *json_bombs()]) for _ in range(rng.choice([1, 1, 1, 8]))]
    if rng.random() < 0.5:
        contents = [maker.broken_archive(rng)]
    if rng.random() < 0.06:
        # Large enough to be buffered on disk, or too large for any letter.
        contents = [b"%PDF-1.7\n" + bytes(rng.choice([3_000_000, 11_000_000]))]
    return written(rng, _with_files(rng, target, [Upload("bomb.zip", one) for one in contents]), request)


def _calendar(maker: Any, rng: Random, target: Target, request: Request) -> Request:
    content = rng.choice(CALENDARS)(rng)
    if rng.random() < 0.5:
        return written(
            rng, _with_files(rng, target, [Upload("invite.ics", content, "text/calendar")]), request
        )
    areas = [name for name, _value in target.fields if "text" in str(name)] or ["invitation_text"]
    return written(rng, _with(target, rng.choice(areas), content), request)


def _with(target: Target, name: Any, *values: Value) -> Target:
    kept = [(one, value) for one, value in target.fields if one != name]
    return Target("POST", target.path, [*kept, *((name, value) for value in values)])


def _with_files(rng: Random, target: Target, uploads: list[Upload]) -> Target:
    names = [name for name, value in target.fields if isinstance(value, Upload)]
    return _with(target, rng.choice(names or ["files", "invitation", "file", "account"]), *uploads)


def _oversize(maker: Any, rng: Random, target: Target, request: Request) -> Request:
    unit = rng.choice(LARGE)
    spoiled(rng, target, [unit * (rng.choice([3_000, 30_000, 30_000, 290_000]) // len(unit))])
    target.method = "POST"
    return written(rng, target, request)


def _types(maker: Any, rng: Random, target: Target, request: Request) -> Request:
    target.method = "POST"
    turn = rng.randrange(7)
    if turn == 0:
        target.fields = [
            (f"{name}{rng.choice(['[]', '[0]', '[a]', '.a'])}", value) for name, value in target.fields
        ]
        return written(rng, target, request)
    if turn == 1:
        target.fields = [(name, maker.upload(rng)) for name, _value in target.fields][:12]
        return written(rng, target, request, in_parts=True)
    if turn == 2:
        return written(rng, target, request, in_parts=False)
    if turn == 3:
        charset = rng.choice(["utf-16", "base64", "rot13", "idna", "punycode", "utf-7", "x" * 50, "zlib"])
        made = written(rng, target, request)
        return replace(made, content_type=f"{made.content_type}; charset={charset}")
    if turn == 4:
        types = [
            "text/plain",
            "application/xml",
            "text/xml",
            "application/octet-stream",
            "",
            "x",
            "a/b; c=",
            ";;;=",
        ]
        entity = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
        body = rng.choice([entity, b"", rng.randbytes(500)])
        return replace(written(rng, target, request), body=body, content_type=rng.choice(types))
    flat = {str(name): rng.choice([None, [], {}, -1, True, "x", str(name)]) for name, _value in target.fields}
    body = rng.choice([json.dumps(flat).encode(), *json_bombs(), b"{", b"\xff"])
    return replace(written(rng, target, request), body=body, content_type="application/json")


def _broken_parts(maker: Any, rng: Random, target: Target, request: Request) -> Request:
    target.method = "POST"
    target.fields = target.fields or [("files", maker.upload(rng))]
    made = written(rng, target, request, in_parts=True)
    body, plain = made.body, b'Content-Disposition: form-data; name="'
    choices: list[tuple[bytes, str]] = [
        (body, "multipart/form-data"),
        (body, "multipart/form-data; boundary="),
        (body, "multipart/form-data; boundary=other"),
        (body, "multipart/form-data; boundary=b0undary; boundary=x"),
        (body, 'multipart/form-data; boundary="b0undary'),
        (body, "multipart/form-data; boundary=" + "b" * 300),
        (body, "multipart/form-data; boundary=\xff"),
        (body, "multipart/mixed; boundary=b0undary"),
        (body[: rng.randrange(len(body))], made.content_type),
        (body.replace(b"--b0undary--", b""), made.content_type),
        (body.replace(b"\r\n", b"\n"), made.content_type),
        (body.replace(plain, b"Content-Transfer-Encoding: base64\r\n" + plain), made.content_type),
        (body.replace(plain, b"Content-Transfer-Encoding: h0stile\r\n" + plain), made.content_type),
        (body.replace(plain, b"Content-Type: " + b"x/" * 9000 + b"\r\n" + plain), made.content_type),
        (body.replace(plain, b'Content-Disposition: form-data; filename="x"; n="'), made.content_type),
        (body.replace(b'; filename="', b"; filename*=h0stile''%ff%0d%0ax; x=\""), made.content_type),
        (body.replace(b'; filename="', b"; filename*=utf-8''..%2f%00%0d%0ah0stile; x=\""), made.content_type),
        (body.replace(b"\r\n\r\n", b"\r\nX-H0stile: " + b"a" * 200_000 + b"\r\n\r\n", 1), made.content_type),
        (rng.randbytes(600), made.content_type),
        (b"--b0undary\r\n" * 3000 + body, made.content_type),
        (b"--b0undary--\r\n" + body, made.content_type),
    ]
    body, content_type = rng.choice(choices)
    return replace(made, body=body, content_type=content_type)


def _many(maker: Any, rng: Random, target: Target, request: Request) -> Request:
    most, name = (
        rng.choice([1000, 1001]),
        rng.choice([None, "panel-{}-full_name", "work_samples-{}-url", "files", "q"]),
    )
    while len(target.fields) < most:
        target.fields.append(((name or "f{}").format(len(target.fields)), "x"))
    return written(rng, target, request)


def _formset(maker: Any, rng: Random, target: Target, request: Request) -> Request:
    absurd = ["-1", "0", "1", "100", "101", "1000", "9" * 12, "9" * 5000, "", "x", "²", "1.5", "\0"]
    found = {str(name).split("-")[0] for name, _value in target.fields if str(name).endswith("-TOTAL_FORMS")}
    target.method = "POST"
    for prefix in sorted(found) or ["panel", "work_samples"]:
        for count in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM"):
            if rng.random() < 0.6:
                target = _with(target, f"{prefix}-{count}_FORMS", rng.choice(absurd))
        for _ in range(rng.randint(0, 6)):
            row = rng.choice(["0", "1", "99", "100", "999", "-1", "00", "9" * 20, "__prefix__", "²"])
            part = rng.choice(["id", "full_name", "email", "DELETE", "role", "url", "label", "ORDER"])
            values = [maker.plain(rng), *PAYLOADS["header"][:3], "on", "9" * 30]
            target.fields.append((f"{prefix}-{row}-{part}", rng.choice(values)))
    return written(rng, target, request)


def _twice(maker: Any, rng: Random, target: Target, request: Request) -> Request:
    more = [(name, maker.plain(rng)) for name, _value in target.fields for _ in range(rng.choice([1, 1, 8]))]
    target.fields = [*target.fields, *more] if rng.random() < 0.5 else [*more, *target.fields]
    return written(rng, target, request)


def _methods(maker: Any, rng: Random, target: Target, request: Request) -> Request:
    method = rng.choice(
        ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "HEAD", "PROPFIND", "post", "\xff"]
    )
    return replace(written(rng, target, request), method=method)


def _headers(maker: Any, rng: Random, target: Target, request: Request) -> Request:
    cookie = rng.choice(COOKIES) if rng.random() < 0.3 else ""
    headers = tuple(dict(rng.sample(HEADERS, rng.randint(1, 4))).items())
    return replace(written(rng, target, request), headers=headers, cookie=cookie)


def _forged(maker: Any, rng: Random, target: Target, request: Request) -> Request:
    """Without the CSRF token, or with a wrong one; the request must have no effect."""
    tokens = ["", "x", "h" * 32, "h" * 64, "\0" * 32, "é" * 32, "h" * 31 + "\ud800"]
    if rng.random() < 0.7:
        target = _with(target, TOKEN, rng.choice(tokens))
    target.method = rng.choice(["POST", "POST", "POST", "PUT", "DELETE"])
    headers = [(), (("Origin", "https://h0stile.test"),), (("X-CSRFToken", "h" * 32),), (("Origin", "null"),)]
    cookie = rng.choice(["", "csrftoken=" + "c" * 32, "csrftoken=\xff", "csrftoken="])
    made = written(rng, target, request)
    return replace(made, headers=rng.choice(headers), cookie=cookie, is_forged=True)


def _query(maker: Any, rng: Random, target: Target, request: Request) -> Request:
    odd = [
        "%",
        "%zz",
        "&&&=&",
        "%ED%A0%80=%ff",
        "a;b;c",
        "q=" + "x" * 9000,
        "?".join("abc"),
        "%00=%00",
        "[]=&[a]=1",
    ]
    odd += [
        "&".join(f"q{n}=" for n in range(1001)),
        "page=-1",
        "page=" + "9" * 5000,
        "page=last",
        "next=//h0stile.test",
    ]
    made = written(rng, target, request)
    return replace(made, path=made.path.partition("?")[0] + "?" + rng.choice(odd))


# Each with its share of all requests, in roughly percent.
KINDS: dict[str, tuple[int, Make]] = {
    **{
        kind: (weight, _texts(kind))
        for kind, weight in {
            "xss": 14,
            "header": 11,
            "traversal": 8,
            "injection": 7,
            "bytes": 8,
            "numbers": 8,
            "json": 4,
        }.items()
    },
    "zip": (4, _zip),
    "calendar": (5, _calendar),
    "oversize": (2, _oversize),
    "types": (7, _types),
    "broken parts": (5, _broken_parts),
    "many": (2, _many),
    "formset": (5, _formset),
    "twice": (4, _twice),
    "methods": (4, _methods),
    "headers": (6, _headers),
    "forged": (5, _forged),
    "query": (5, _query),
}
