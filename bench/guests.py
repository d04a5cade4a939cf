"""Simulated guests who use a server of the product over HTTP, for the benchmarks."""

from __future__ import annotations

import datetime as dt
import http.client
import time
import uuid
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.serving import PATIENCE_S


@dataclass
class Save:
    """A save that was sent. `version` is the one that the page had; the save creates the next."""

    what: (
        str  # draft, notes, interview, person, letter (one that was composed), or one of bench.guest_actions
    )
    id: str
    text: tuple[str, ...]
    version: int = 0
    answered: bool = False


@dataclass
class Request:
    kind: str
    status: int  # 0 if there was no response
    seconds: float


@dataclass
class Record:
    """All requests and saves that the guests sent."""

    saves: list[Save] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)


@dataclass
class Answer:
    status: int
    location: str
    text: str


@dataclass
class Letter:
    """A draft that a guest edits, with the versions that the guest's pages show."""

    id: str
    person_id: str
    interview_id: str
    version: int
    notes_version: int

    @property
    def path(self) -> str:
        return f"/drafts/{self.id}/"

    @property
    def edit_path(self) -> str:
        """The URL of the letter's edit page, even after it was sent."""
        return f"{self.path}?edit=1"

    @property
    def notes_path(self) -> str:
        return f"/interviews/{self.interview_id}/people/{self.person_id}/"


@dataclass
class Guest:
    """A browser with its cookies, and the server it uses. Raises OSError or HTTPException if there is no response."""

    port: int
    record: Record
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, kind: str, path: str) -> Answer:
        return self.ask(kind, "GET", path, None)

    def post(
        self,
        kind: str,
        path: str,
        fields: Mapping[str, object],
        save: Save,
        leads_to: str | tuple[str, ...],
        *,
        typing: bool = False,
    ) -> Answer:
        """Sends a form; `save` counts as answered once the server redirects to `leads_to`.

        `typing` autosaves, which the server answers with 204; this returns 302 for it as well.
        """
        self.record.saves.append(save)
        answer = self.ask(kind, "POST", path, fields, {"X-Autosave": "1"} if typing else {})
        if typing and answer.status == 204:
            answer = Answer(302, "", "")
        elif answer.status == 302 and not answer.location.startswith(leads_to):
            raise RuntimeError(f"{kind}: {path} led to {answer.location}")
        save.answered = answer.status == 302
        return answer

    def ask(
        self,
        kind: str,
        method: str,
        path: str,
        fields: Mapping[str, object] | None,
        more: Mapping[str, str] | None = None,
    ) -> Answer:
        headers = {
            **(more or {}),
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        body = None
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            body = urlencode({"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields})
        status, start = 0, time.perf_counter()
        # A new connection each time: a kept one may close just as a save is sent, and saves are never retried.
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)) as server:
            try:
                server.request(method, path, body, {**headers, "Connection": "close"})
                response = server.getresponse()
                text = response.read().decode()
                status = response.status
            finally:
                self.record.requests.append(Request(kind, status, time.perf_counter() - start))
        for line in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                # Pages show messages and clear them; a guest who only saves would accumulate them.
                if name != "messages":
                    self.cookies[name] = morsel.value
        return Answer(status, response.headers.get("Location", ""), text)


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "input":
            self.found.setdefault(name, given.get("value") or "")
        elif tag == "textarea":
            self.area = name
            self.found[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area is not None:
            self.found[self.area] = self.found[self.area].removeprefix("\n")
            self.area = None

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.found[self.area] += data


def fields_of(page: str) -> dict[str, str]:
    """The values of a page's inputs, the hidden ones too, and of its text areas, by name."""
    parser = _Fields()
    parser.feed(page)
    parser.close()
    return parser.found


def yesterday() -> str:
    """The time a day ago, in the format of forms."""
    return f"{dt.datetime.now(dt.UTC) - dt.timedelta(days=1):%Y-%m-%dT%H:%M}"


def new_interview(guest: Guest, serial: str, note: str) -> Letter | None:
    """Goes through all three steps with one person, up to the composed draft. Returns None if a step was refused."""
    page = fields_of(guest.get("new interview page", "/interviews/new/").text)
    if "id" not in page:
        return None
    interview, person = page["id"], str(uuid.uuid4())
    company, name = f"Company {serial}", f"Rosa Nr {serial}"
    fields = {
        "csrfmiddlewaretoken": page["csrfmiddlewaretoken"],
        "id": interview,
        "full_name": "Kim Sample",
        "company": company,
        "position": "Platform Engineer",
        "ended_at": yesterday(),
        "time_zone": "Chicago",
    }
    panel = f"/interviews/{interview}/panel/"
    save = Save("interview", interview, (company,))
    if guest.post("new interview", "/interviews/new/", fields, save, panel).status != 302:
        return None
    row = {"panel-TOTAL_FORMS": 1, "panel-INITIAL_FORMS": 0, "panel-0-id": person, "panel-0-full_name": name}
    letter = Letter("", person, interview, version=1, notes_version=1)
    save = Save("person", person, (name,))
    if guest.post("save panel", panel, {**row, "version": 1}, save, letter.notes_path).status != 302:
        return None
    if save_notes(guest, letter, note) != 302:
        return None
    # It is already composed; this redirects to it.
    answer = guest.ask("write", "POST", f"{letter.notes_path}write/", {})
    if answer.status != 302:
        return None
    letter.id = answer.location.split("/")[2]
    guest.record.saves.append(Save("letter", letter.id, (), answered=True))
    return letter


def save_draft(guest: Guest, letter: Letter, text: tuple[str, str]) -> int:
    """Saves a text over the version that `letter` has. Returns the status: 302 saved, 409 someone else saved first.

    Every second one is an autosave; the texts are so different that each becomes a version in the history.
    """
    save = Save("draft", letter.id, text, letter.version)
    fields = {"subject": text[0], "body": text[1], "version": letter.version}
    typing = letter.version % 2 == 0
    status = guest.post("save draft", letter.path, fields, save, letter.path, typing=typing).status
    letter.version += status == 302
    return status


def save_notes(guest: Guest, letter: Letter, text: str) -> int:
    """Like `save_draft`, for the notes on the person."""
    save = Save("notes", letter.person_id, (text,), letter.notes_version)
    fields = {"enjoyed": text, "version": letter.notes_version}
    typing = letter.notes_version % 2 == 0
    # A letter that was sent is not the next page.
    onward = ("/drafts/", f"/interviews/{letter.interview_id}/")
    status = guest.post("save notes", letter.notes_path, fields, save, onward, typing=typing).status
    letter.notes_version += status == 302
    return status
