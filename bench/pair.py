"""Starts the product, with its demo account and guests who write, and the floor, with the same server settings."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bench import guests, serving
from bench.client import FIRST_ID, SECOND_ID, SERIAL, VERSION, Asked
from bench.floor.fill import CONNECTIONS
from bench.guests import Guest, Letter, Record
from bench.serving import Product

DEMO, PASSWORD = "demo@afterword.example", "lantern orchard 57"
TOKEN = "benchbenchbenchbenchbenchbench12"  # noqa: S105 - a CSRF token of the floor's
# The demo's newest interview: three people, letters drafted, edited and sent.
COMPANY, PERSON = "Zylker", "Priya Nair"
NOTES = {
    "mentioned": "she said the route planner has to answer in under a second by spring",
    "enjoyed": "how the team plans its quarter around two or three bets",
    "strengths": "Kubernetes, Terraform, incident response",
    "experience": "moved forty services to Kubernetes without a maintenance window",
    "goal": "bring the planner's response time down",
    "callback": "Hope the half marathon goes well on Sunday!",
    "ask": "when you hope to decide",
}


@dataclass
class Floor:
    product: Product
    cookies: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookies}

    def page(self) -> list[Asked]:
        return [Asked("/", self.headers)] * CONNECTIONS

    def write(self) -> list[Asked]:
        body = form(
            TOKEN, {"subject": "Thank you", "body": f"A note, for the time {SERIAL}.", "version": VERSION}
        )
        return [Asked(f"/notes/{number}/", self.headers, body) for number in range(1, CONNECTIONS + 1)]

    def proofread(self, letters: list[dict[str, str]]) -> list[Asked]:
        return [Asked("/proofread/", self.headers, form(TOKEN, numbered(letter))) for letter in letters]


@dataclass
class Afterword:
    """The product. `pages` by name; `writers` have one letter each, `starters` are guests who begin interviews."""

    product: Product
    cookies: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    writers: list[tuple[Guest, Letter]] = field(default_factory=list)
    letters: list[dict[str, str]] = field(default_factory=list)  # the writers' letters: subject and body
    starters: list[tuple[Guest, Letter]] = field(default_factory=list)

    def page(self, name: str, **headers: str) -> list[Asked]:
        return [Asked(self.pages[name], {"Cookie": cookie_line(self.cookies), **headers})] * CONNECTIONS

    def save(self, *, typing: bool) -> list[Asked]:
        more = {"X-Autosave": "1"} if typing else {}
        return [
            asked(guest, letter.path, numbered(text) | {"version": VERSION}, more, letter.version)
            for (guest, letter), text in zip(self.writers, self.letters, strict=True)
        ]

    def preview(self) -> list[Asked]:
        notes = NOTES | {"enjoyed": f"{NOTES['enjoyed']} every {SERIAL} days", "version": VERSION}
        return [asked(guest, f"{letter.notes_path}preview/", notes) for guest, letter in self.writers]

    def check(self) -> list[Asked]:
        return [
            asked(guest, f"{letter.path}check/", numbered(text))
            for (guest, letter), text in zip(self.writers, self.letters, strict=True)
        ]

    def create(self) -> list[Asked]:
        fields = {
            "id": FIRST_ID,
            "full_name": "Kim Sample",
            "company": f"Company {SERIAL}",
            "position": "Platform Engineer",
            "ended_at": guests.yesterday(),
            "time_zone": "Chicago",
            "first-id": SECOND_ID,
            "first-full_name": "Rosa Sample",
        }
        return [asked(guest, "/interviews/new/", fields) for guest, _ in self.starters]


def numbered(letter: dict[str, str]) -> dict[str, str]:
    """A letter that differs each time it is sent, like one that is being typed."""
    return letter | {"body": f"{letter['body']}\n\nP.S. There were {SERIAL} of us that day."}


def asked(
    guest: Guest, path: str, fields: dict[str, str], more: dict[str, str] | None = None, version: int = 0
) -> Asked:
    headers = {"Cookie": cookie_line(guest.cookies), **(more or {})}
    return Asked(path, headers, form(guest.cookies["csrftoken"], fields), version)


def form(token: str, fields: dict[str, str]) -> str:
    return urlencode({"csrfmiddlewaretoken": token, **fields})


def cookie_line(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


# --- Making them


def prepare_floor(folder: Path, product: Product) -> Floor:
    """The floor, with the product's database options and server settings."""
    code = (
        "import json; from django.conf import settings; from config import serving;"
        "print(json.dumps([settings.DATABASES['default'], serving.workers, serving.threads,"
        " serving.worker_class, serving.preload_app], default=str))"
    )
    database, workers, threads, worker_class, preload = json.loads(
        serving.manage(product, "shell", "--no-imports", "-c", code)
    )
    folder.mkdir()
    told = {
        "secret_key": product.environment["SECRET_KEY"],
        "database": database | {"NAME": str(folder / "floor.sqlite3")},
    }
    environment: dict[str, str] = {
        name: product.environment[name] for name in ("PATH", "LANG", "TMPDIR") if name in product.environment
    }
    environment |= {
        "HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "bench.floor.settings",
        "FLOOR": json.dumps(told),
    }
    arguments = (
        "bench.floor.wsgi:application",
        *("--workers", str(workers)),
        *("--threads", str(threads)),
        *("--worker-class", worker_class),
        *(("--preload",) if preload else ()),
        "--no-control-socket",
    )
    floor = Product(folder, f"sqlite:///{folder / 'floor.sqlite3'}", environment, arguments)
    session = serving.run(floor, "-m", "bench.floor.fill").strip()
    return Floor(floor, cookie_line({"sessionid": session, "csrftoken": TOKEN}))


def prepare_product(folder: Path) -> Product:
    product = serving.prepare(folder)
    # Benchmarks create hundreds of interviews per account.
    product.environment["GUEST_QUOTA_INTERVIEWS"] = "2000"
    serving.manage(product, "seed_demo", "--password", PASSWORD)
    return product


def add_guests(product: Product, port: int) -> Afterword:
    """Signs in to the demo account, and lets guests write letters. Raises RuntimeError if pages are missing."""
    afterword, record = Afterword(product), Record()
    demo = Guest(port, record)
    demo.get("sign in page", "/sign-in/")
    demo.ask("sign in", "POST", "/sign-in/", {"login": DEMO, "password": PASSWORD})
    demo.get("home", "/")
    afterword.cookies, afterword.pages = demo.cookies, find_pages(demo)
    for number in range(2 * CONNECTIONS):
        guest = Guest(port, record)
        letter = guests.new_interview(guest, str(number), NOTES["enjoyed"])
        if letter is None:
            raise RuntimeError(f"No guest could be made: {record.requests[-5:]}")
        (afterword.writers if number < CONNECTIONS else afterword.starters).append((guest, letter))
    for guest, letter in afterword.writers:
        fields = NOTES | {"version": str(letter.notes_version)}
        guest.ask("notes", "POST", letter.notes_path, fields)
        page = guests.fields_of(guest.get("letter", letter.path).text)
        letter.version = int(page["version"])
        afterword.letters.append({name: page[name] for name in ("subject", "body")})
    return afterword


def find_pages(demo: Guest) -> dict[str, str]:
    interviews = re.findall(r'href="(/interviews/[0-9a-f-]{36}/)"', demo.get("list", "/interviews/").text)
    for interview in interviews:
        page = demo.get("interview", interview).text
        if COMPANY in page:
            break
    else:
        raise RuntimeError(f"The demo has no interview at {COMPANY}")
    letter = re.search(rf'href="(/drafts/[0-9a-f-]+/)">\s*{PERSON}', page)
    notes = re.search(rf'href="({interview}people/[0-9a-f-]+/)"', page)
    if not letter or not notes:
        raise RuntimeError(f"The interview's page does not lead to the letter to {PERSON}")
    return {
        "home": "/",
        "interviews": "/interviews/",
        "interview": interview,
        "letter": letter[1],
        "send": f"{letter[1]}copy/",
        "notes": notes[1],
        "new interview": "/interviews/new/",
        "settings": "/settings/",
    }
