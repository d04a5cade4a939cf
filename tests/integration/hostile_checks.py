"""Checks for what no response to a hostile request may contain."""

from __future__ import annotations

import email
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.core import mail

from tests.integration.hostile_contents import MARK, SECRET, TAGS, UPLOAD_MARK
from tests.integration.hostile_kinds import Request

PROBES = ("/livez", "/readyz", "/healthz", "/metrics")


def whole(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def contents(content_type: str, body: bytes) -> Iterator[tuple[str, bytes]]:
    """The response's content, and that of its members if it is one of our ZIP files."""
    yield content_type, body
    if content_type != "application/zip" or not body.startswith(b"PK"):
        return
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except zipfile.BadZipFile:
        return
    with archive:
        infos = archive.infolist()
        if sum(info.file_size for info in infos) < 2_000_000 and UPLOAD_MARK not in body:
            for info in infos:
                yield f"name {info.filename}", b""
                inner = {"eml": "message/rfc822", "html": "text/html"}.get(
                    info.filename.rpartition(".")[2], ""
                )
                yield inner, archive.read(info)


ELEMENT = re.compile(rb"<[a-zA-Z][^>]*>")
QUOTED = re.compile(rb'"[^"]*"|\'[^\']*\'')
LEADS_ELSEWHERE = re.compile(
    rb"""\s(?:href|src|action|formaction|hx-\w+)\s*=\s*["']?\s*(?:javascript:|data:text|vbscript:)"""
)
HIDDEN_COPY = re.compile(rb'\shref="[^"]*[?&;]bcc=', re.IGNORECASE)
SCRIPT = re.compile(rb"<script(?![^>]*application/json)[^>]*>[^<]*h0stile", re.IGNORECASE)


def in_page(page: bytes) -> list[str]:
    """Injected text that became markup."""
    if MARK.encode() not in page:
        return []
    found = [f"{tag} is not escaped" for tag in TAGS if tag.encode() in page]
    for element in ELEMENT.findall(page):
        if MARK.encode() in QUOTED.sub(b"", element) or re.search(
            rb"\son\w+\s*=", QUOTED.sub(b'""', element)
        ):
            found.append(f"breaks out of an attribute: {element!r}")
        elif LEADS_ELSEWHERE.search(element):
            found.append(f"an address that is a script: {element!r}")
    found += ["text in a script"] * bool(SCRIPT.search(page))
    return found + ["a link with a hidden copy"] * bool(HIDDEN_COPY.search(page))


def in_message(message: bytes) -> list[str]:
    parts = email.message_from_bytes(message).walk()
    names = {name.lower() for part in parts for name in part}
    return [f"a header {name} in a letter" for name in names if name.startswith("x-h0") or name == "bcc"]


def in_lines(text: bytes) -> list[str]:
    """Injected properties and parameters of a calendar or a contact."""
    unfolded = re.sub(rb"\r\n[ \t]", b"", text)
    names = (re.match(rb'(?:[^":]|"[^"]*")*', line) for line in re.split(rb"\r\n|\r|\n", unfolded))
    injected = (name[0] for name in names if name and b"x-h0stile" in QUOTED.sub(b"", name[0].lower()))
    return [f"injected: {name!r}" for name in injected]


def in_content(content_type: str, body: bytes) -> list[str]:
    found = ["the other candidate's text"] * (SECRET in body)
    if content_type.startswith("name "):
        odd = re.search(r"\.\.[/\\]|^[/\\]|\\|[\x00-\x1f]", content_type.removeprefix("name "))
        found += [f"in an archive: {content_type!r}"] * bool(odd)
    elif content_type == "text/html":
        found += in_page(body)
    elif content_type == "message/rfc822":
        found += in_message(body)
    elif content_type == "application/mbox":
        found += [fault for one in re.split(rb"(?m)^From .*\r?\n", body) for fault in in_message(one)]
    elif content_type in ("text/calendar", "text/vcard"):
        found += in_lines(body)
    elif content_type == "text/csv":
        found += ["a formula"] * bool(re.search(rb'(?m)(?:^|,)"?[=+@\t-][^\r\n]*h0stile', body))
    return found


def faults(request: Request, response: Any, body: bytes) -> list[str]:
    """What is wrong with a response, in words; empty if nothing is."""
    found = [f"answered {response.status_code}"] if response.status_code >= 500 else []
    content_type = response.get("Content-Type", "").partition(";")[0].strip().lower()
    for one in contents(content_type, body):
        found += in_content(*one)
    for name, value in response.items():
        found += [f"a header {name}"] * name.lower().startswith("x-h0")
        found += [f"a line break in {name}"] * bool(re.search(r"[\r\n]", value))
    found += ["a cookie of ours"] * any(
        MARK in one.value for one in response.cookies.values() if one.key != "messages"
    )
    if re.match(r"(?!https?://testserver/)(?:[a-z]*:|[/\\]{2})", response.get("Location", ""), re.IGNORECASE):
        found.append(f"leads to {response['Location'][:200]}")
    is_upload = response.status_code == 200 and (UPLOAD_MARK in body or "download" in route_of(response))
    if is_upload and not response.get("Content-Disposition", "").startswith("attachment"):
        found.append("an upload inline")
    if response.get("X-Content-Type-Options") != "nosniff":
        found.append("no nosniff")
    # The probes accept no POST, and are handled before anything else; the link in a reminder carries its own proof.
    needs_no_token = request.path.startswith((*PROBES, "/reminders/stop/"))
    refused = (400, 403, 404, 405) if needs_no_token else (400, 403, 404)
    if request.is_forged and response.status_code not in refused:
        found.append(f"a forged request got {response.status_code}")
    return found


def in_outbox() -> list[str]:
    found = []
    for sent in mail.outbox:
        found += in_message(sent.message().as_bytes())
        found += ["mail to h0stile"] * (len(sent.recipients()) > 1)
        for content, kind in getattr(sent, "alternatives", []):
            found += in_page(content.encode()) if kind == "text/html" else []
    mail.outbox.clear()
    return found


def route_of(response: Any) -> str:
    match = response.wsgi_request.resolver_match
    return (match.view_name or match.route) if match else ""
