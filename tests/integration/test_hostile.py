"""Ten thousand hostile requests to every URL, form and upload: no failure, no leak, no injection."""

from __future__ import annotations

import logging
import tempfile
import traceback
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings as configured
from django.contrib.admin.utils import NestedObjects
from django.core import serializers
from django.core.cache import cache
from django.db import connection
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse

from config.wsgi import without_charset
from drafts.domain.facts import Kind
from drafts.models import Candidate, Interviewer, WorkSample
from tests.factories import (
    CandidateFactory,
    DraftFactory,
    DraftRevisionFactory,
    GuestFactory,
    InterviewFactory,
    NotedInterviewerFactory,
    WorkFileFactory,
    WorkSampleFactory,
)
from tests.integration.hostile_checks import faults, in_content, in_outbox, route_of, whole
from tests.integration.hostile_contents import MARK, SECRET
from tests.integration.hostile_kinds import KINDS, Request
from tests.integration.hostile_requests import Maker

REQUESTS = 10_000 if connection.vendor == "sqlite" else 2_000
SEED = 20261119
# URLs at which some of the requests must be accepted and stored.
STORING = {"interview_edit", "conversation_edit", "draft_edit", "account_import"}
PASSWORD = "correct horse"
# Handled by a middleware before URLs are resolved; without a token there is no /metrics.
ANSWERED_EARLY = {"healthz", "livez", "readyz", "metrics"}
# Stored from the start: no form would accept the second one, but files that contain it must still be valid.
STORED = {
    "owner": "<script>h0stile(0)</script>",
    "guest": "\r\nX-H0stile: 1\n\nFrom a@h0stile.test Thu Jan  1 00:00:00 2026\nX-H0stile: 1\n\n",
}


# --- The candidates


@dataclass
class World:
    """An owner and a guest with hostile stored texts, another candidate, and a client for each.

    Requests are not wrapped in a transaction, so that on_commit callbacks run as in production.
    """

    owner: Client = field(default_factory=Client)
    guest: Client = field(default_factory=Client)
    nobody: Client = field(default_factory=Client)
    entering: Client = field(default_factory=Client)
    turns: int = 0
    ids: dict[str, dict[str, str]] = field(default_factory=dict)

    def candidate(self, who: str) -> str | None:
        return self.ids[who]["candidate_id"] if who in self.ids else None


def _id(who: str, what: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{who} {what}")


def populate(who: str, text: str) -> dict[str, str]:
    """Creates an interview with two people, letters, versions, a link and a file; always with the same ids."""
    owner: dict[str, Any] = {"id": _id(who, "candidate"), "full_name": f"{text} N", "signature": f"{text} S"}
    owner["calendar_token"] = f"{who:0<43}"
    if who == "guest":
        candidate = GuestFactory(**owner)
    else:
        password = PASSWORD if who == "owner" else "known to nobody"
        candidate = CandidateFactory(**owner, email=f"{who}@example.com", own_words=[text], password=password)
        EmailAddress.objects.get_or_create(
            user=candidate, email=candidate.email, defaults={"verified": True, "primary": True}
        )
    about = {"company": f"{text} C", "position": f"{text} P", "team": f"{text} T", "field": f"{text} F"}
    interview = InterviewFactory(id=_id(who, "interview"), candidate=candidate, **about)
    noted = {name: f"{text} {name}" for name in ("mentioned", "enjoyed", "experience", "goal", "callback")}
    one, two = (
        NotedInterviewerFactory(
            id=_id(who, number), interview=interview, full_name=f"{text} {number}", job_title=text, **noted
        )
        for number in ("one", "two")
    )
    link = WorkSampleFactory(id=_id(who, "link"), interviewer=one, label=f"{text} L")
    # The owner's texts could have been typed, so that their own export can be imported again.
    name = text if who == "guest" else "".join(filter(str.isalnum, text))
    kept = WorkFileFactory(id=_id(who, "file"), interviewer=one, file_name=f"{name[:20]}.txt")
    letter = {"subject": f"{text} subject", "body": f"Hi {text},\n\n{text} body\n\nBest"}
    draft = DraftFactory(id=_id(who, "draft"), interviewer=one, **letter)
    DraftFactory(id=_id(who, "sent"), interviewer=two, sent_at=interview.ended_at, **letter)
    DraftFactory(id=_id(who, "route"), interviewer=two, kind=Kind.RECRUITER, **letter)
    revision = DraftRevisionFactory(id=_id(who, "revision"), draft=draft)
    ids = {
        "candidate_id": candidate.id,
        "interview_id": interview.id,
        "interviewer_id": one.id,
        "other_id": two.id,
        "draft_id": draft.id,
        "revision_id": revision.id,
        "sample_id": kept.id,
        "link_id": link.id,
        "token": candidate.calendar_token,
    }
    return {name: str(one) for name, one in ids.items()}


def populate_other() -> dict[str, str]:
    """Creates a candidate with a passkey, whose rows nobody else may see or change."""
    ids = populate("other", SECRET.decode())
    del ids["token"]
    passkey = Authenticator.objects.create(
        user_id=ids["candidate_id"], type=Authenticator.Type.WEBAUTHN, data={"name": SECRET.decode()}
    )
    return {**ids, "pk": str(passkey.pk)}


def begin_again(world: World) -> None:
    """Resets the owner and the guest, and deletes all candidates created by requests except the other one.

    Every second time, the owner has two-step verification, which gives access to other pages.
    """
    Candidate.objects.exclude(pk=_id("other", "candidate")).delete()
    for who in ("owner", "guest"):
        world.ids[who] = populate(who, STORED[who])
    add_second_step(CandidateFactory(email="entering@example.com", password=PASSWORD))
    world.turns += 1
    if world.turns % 2 == 0:
        add_second_step(Candidate.objects.get(pk=world.candidate("owner")))
    for who in ("owner", "guest", "entering"):
        enter(world, who)


def add_second_step(candidate: Candidate) -> None:
    EmailAddress.objects.get_or_create(
        user=candidate, email=candidate.email, defaults={"verified": True, "primary": True}
    )
    TOTP.activate(candidate, generate_totp_secret())
    RecoveryCodes.activate(candidate)


def enter(world: World, who: str) -> None:
    client: Client = getattr(world, who)
    client.cookies.clear()
    client.handler.enforce_csrf_checks = False
    given = {"login": f"{who}@example.com", "username": f"{who}@example.com", "password": PASSWORD}
    if who in ("owner", "entering"):
        client.post(resolve_url(configured.LOGIN_URL), given)
    if who in world.ids and "_auth_user_id" not in client.session:
        client.force_login(
            Candidate.objects.get(pk=world.candidate(who)), "django.contrib.auth.backends.ModelBackend"
        )
    if who == "owner":
        # Some pages ask for the password again, but not within five minutes.
        client.post(reverse("account_reauthenticate"), given)


@pytest.fixture
def world(
    transactional_db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    # The client would copy every template context, which takes a tenth of the time.
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *args, **kwargs: None)
    settings.MEDIA_ROOT = tmp_path / "var" / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "incoming"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    logging.disable(logging.CRITICAL)
    made = World()
    made.ids["other"] = populate_other()
    begin_again(made)
    yield made
    logging.disable(logging.NOTSET)


# --- Sending the requests


@dataclass
class Flood:
    world: World
    maker: Maker
    found: dict[str, str] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    asked: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)  # the URLs at which a hostile POST was accepted

    def send(self, request: Request) -> tuple[Any, bytes]:
        """Returns the response, or None, and its content. Records faults, one per kind."""
        client: Client = getattr(self.world, request.who)
        client.handler.enforce_csrf_checks = request.is_forged
        if request.who == "nobody":
            client.cookies.clear()
        more = {}
        if request.cookie:
            own = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
            more["HTTP_COOKIE"] = f"{own}; {request.cookie}"
        try:
            response = client.generic(
                request.method,
                request.path,
                request.body,
                # Like config.wsgi before Django decodes the URL.
                without_charset(request.content_type) if "?" in request.path else request.content_type,
                headers=dict(request.headers),
                **more,
            )
            body = whole(response)
        except (Exception, pytest.fail.Exception) as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            text = "".join(traceback.format_exception(error)[-14:])
            what = f"{type(error).__name__} in {place.filename}:{place.lineno}: {str(error)[:80]}"
            self.note(what, request, text)
            return None, b""
        for fault in [*faults(request, response, body), *in_outbox()]:
            self.note(f"{fault} ({route_of(response)})", request)
        return response, body

    def note(self, what: str, request: Request, more: str = "") -> None:
        """Keeps the shortest of the requests that show the same fault."""
        text = f"{what}: {request.kind}\n{request.pasted()}\n{more}"
        self.found[what] = min(self.found.get(what, text), text, key=len)

    def read_everything(self, *whom: str) -> None:
        """Requests every page, to check stored texts and to collect forms and links."""
        for who in whom:
            ids = self.world.ids.get(who, self.world.ids["owner"])
            for route in self.maker.routes:
                if "logout" not in route.name and route.converters.keys() <= ids.keys():
                    self.read(who, route.form % {name: ids[name] for name in route.converters})
            for link in sorted(self.maker.links.get(who, ())):
                self.read(who, link)

    def read(self, who: str, path: str) -> None:
        response, body = self.send(Request("reading", who, "GET", path))
        if response is not None and response.status_code == 200:
            self.remember(who, path, response, body)

    def remember(self, who: str, path: str, response: Any, body: bytes) -> None:
        kind = response.get("Content-Type", "").partition(";")[0]
        if kind == "text/html":
            self.maker.learn(who, path, body)
        elif "attachment" in response.get("Content-Disposition", ""):
            self.maker.keep(route_of(response), kind, body)

    def run(self, requests: int) -> None:
        """Sends this many requests, and up to twice as many more until something was stored at each URL of STORING."""
        self.read_everything("owner", "guest", "nobody", "entering")
        for number in range(3 * requests):
            if number >= requests and self.written >= STORING:
                break
            if number % 100 == 0:
                cache.clear()
            if number % 250 == 249:
                self.read_everything("owner")
                begin_again(self.world)
            request = self.maker.request(number)
            self.kinds[request.kind] += 1
            response, body = self.send(request)
            if response is None:
                continue
            self.statuses[response.status_code] += 1
            self.asked.add(route_of(response))
            if request.method == "POST" and response.status_code == 302:
                self.written.add(route_of(response))
            self.look_after(request, response, body)

    def look_after(self, request: Request, response: Any, body: bytes) -> None:
        """Remembers new forms, and resets the data if the request signed out or deleted what others need."""
        who, path = request.who, request.path.partition("?")[0]
        if response.status_code in (200, 409, 422):
            is_page = response.get("Content-Type", "").startswith("text/html")
            # Refresh forms now and then: their current values may be accepted more often than the first ones.
            is_anew = response.status_code == 200 and self.kinds.total() % 10 == 0
            if not is_page or is_anew or not self.maker.knows(who, path, body):
                self.remember(who, path, response, body)
        # A request that was rejected before authentication has changed nothing.
        user = getattr(response.wsgi_request, "user", None)
        if who == "entering" and "account_login" not in self.world.entering.session:
            enter(self.world, who)
        elif who in self.world.ids and request.method != "GET" and user is not None:
            people = [self.world.ids[who][name] for name in ("interviewer_id", "other_id")]
            if Interviewer.objects.filter(pk__in=people).count() < 2:
                begin_again(self.world)
            elif str(user.pk) != self.world.candidate(who):
                enter(self.world, who)


def rows_of(candidate_id: Any) -> str:
    """Everything that would be deleted with this candidate, as text."""
    collector = NestedObjects(using="default")
    collector.collect([Candidate.objects.get(pk=candidate_id)])
    rows = [row for rows in collector.data.values() for row in rows]
    return "\n".join(sorted(serializers.serialize("json", [row]) for row in rows))


def files_in(folder: Path) -> set[str]:
    """All files except the database's own."""
    files = {one.relative_to(folder) for one in folder.rglob("*") if one.is_file()}
    return {str(one) for one in files if one.parts[0] != "postgres" and "sqlite3" not in one.name}


def test_ten_thousand_hostile_requests(world, settings, tmp_path):
    other = _id("other", "candidate")
    rows, files = rows_of(other), files_in(settings.VAR_DIR)
    kept = Path(WorkSample.objects.get(pk=_id("other", "file")).file.path)
    flood = Flood(world, Maker(SEED, world.ids, ("other@example.com", "owner@example.com", PASSWORD)))
    flood.run(REQUESTS)

    assert not flood.found, f"{len(flood.found)} kinds of failure\n\n" + "\n\n".join(flood.found.values())
    assert rows_of(other) == rows
    assert kept.read_bytes() == b"A case study.\n"
    connection.check_constraints()
    # Files were only written to the uploads folder, and no temporary files are left.
    assert files_in(settings.VAR_DIR) == files
    assert not [one for one in files_in(tmp_path) if not one.startswith("var/uploads/")]
    assert not [one for one in files_in(tmp_path) if MARK in one]
    assert not [*Path(tempfile.gettempdir()).glob(f"*{MARK}*"), *Path("/etc").glob(f"*{MARK}*")]
    # The test must stay effective: requests reach the views, and every kind and every URL is used.
    assert flood.kinds.total() >= REQUESTS
    passed = sum(count for status, count in flood.statuses.items() if status not in (403, 404, 405))
    assert passed * 3 >= REQUESTS, flood.statuses
    assert flood.statuses.keys() >= {200, 302, 400, 403, 404, 405, 422}
    assert flood.kinds.keys() == KINDS.keys()
    # Some requests are accepted and stored, so that later pages show their texts.
    assert flood.written >= STORING
    asked = {name.rpartition(":")[2] for name in flood.asked} | ANSWERED_EARLY
    assert {route.name for route in flood.maker.routes} <= asked


def test_the_same_seed_makes_the_same_requests():
    names = ("interview_id", "interviewer_id", "other_id", "draft_id", "revision_id", "sample_id")
    ids = {who: {name: str(_id(who, name)) for name in names} for who in ("owner", "guest", "other")}
    one, two = ([Maker(SEED, ids).request(number) for number in range(300)] for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    ("content_type", "body", "fault"),
    [
        ("text/html", b"<p><img src=x onerror=h0stile ", "<img src=x onerror=h0stile is not escaped"),
        ("text/html", b'<input value="" onfocus="h0stile(1)">', "breaks out of an attribute"),
        ("text/html", b"<input value=x onfocus=h0stile(1)>", "breaks out of an attribute"),
        ("text/html", b'<a href="javascript:h0stile(1)">x</a>', "an address that is a script"),
        ("text/html", b"<script>let a = 'h0stile'</script>", "text in a script"),
        ("text/html", b'<a href="mailto:a@h0stile.test?bcc=b">', "a link with a hidden copy"),
        ("message/rfc822", b"Subject: x\nX-H0stile: 1\n\nx", "a header x-h0stile in a letter"),
        ("application/mbox", b"From a\nTo: b\n\nx\nFrom c\nBcc: d\n\n", "a header bcc in a letter"),
        ("text/calendar", b"BEGIN:VEVENT\r\nSUMMARY:x\nX-H0STILE:1\r\n", "injected: b'X-H0STILE'"),
        ("text/vcard", b"FN;X=1;X-H0STILE=2:x\r\n", "injected: b'FN;X=1;X-H0STILE=2'"),
        ("text/csv", b"a,b\r\nc,=h0stile\r\n", "a formula"),
        ("text/plain", b"Dear " + SECRET, "the other candidate's text"),
        ("name ../x", b"", "in an archive: 'name ../x'"),
    ],
)
def test_injections_are_detected(content_type, body, fault):
    assert [one.partition(": b'<")[0].partition(': b"<')[0] for one in in_content(content_type, body)] == [
        fault
    ]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (
            "text/html",
            b'<p title="&lt;script&gt;h0stile(1)">&lt;script&gt;h0stile(1)</p><script src="x"></script>',
        ),
        ("text/html", b'<script type="application/json">{"a": "h0stile"}</script>'),
        ("message/rfc822", b"Subject: x\n\nX-H0stile: 1"),
        ("application/mbox", b"From a\nTo: b\n\nx\n>From c\nBcc: d\n\n"),
        ("text/calendar", b'ATTENDEE;CN="X-H0STILE":mailto:x\r\nSUMMARY:x\\nX-H0STILE:1\r\n X-H0STILE:1\r\n'),
    ],
)
def test_quoted_text_is_not_reported(content_type, body):
    assert in_content(content_type, body) == []
