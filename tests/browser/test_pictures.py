"""Pages look as in their reference pictures, tests/data/pictures/, which `make pictures` renews.

The pictures show the demo account at a fixed time, with letters that always say the same, so that a new phrase changes
none of them. `pictures.py` says how they are compared and what it notices.

Fonts differ between machines, and each would break lines elsewhere. Chromium is therefore shown no fonts but DejaVu's
(`fonts.py`), which Debian installs with it; any others on the machine change nothing. Without these fonts, as on a Mac,
there is nothing to compare with, and the tests are skipped; in CI they fail instead, so that nobody misses them.

If a page does not look as it did, the picture taken and one that shows where it differs are in the test's folder below
pytest's temporary folder; the failure names them.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from drafts.models import Candidate, Draft, Interview, Interviewer
from tests.browser import fonts
from tests.browser.conftest import launch
from tests.browser.pictures import compare, reference, side_by_side
from tests.conftest import GUEST_BACKEND

pytestmark = pytest.mark.django_db(transaction=True)

REFERENCES = Path(__file__).resolve().parent.parent / "data" / "pictures"
IS_RENEWING = os.environ.get("RENEW_PICTURES") == "1"
# Three hours after the demo account's latest interview, in the evening of a Thursday in Los Angeles.
NOW = dt.datetime(2026, 11, 20, 2, 30, tzinfo=dt.UTC)
PATIENCE_S = 10
# A first page reviews all letters of an interview, which on a very busy machine takes longer than the usual 15 seconds.
TIMEOUT_MS = 120_000
HEIGHTS = {1280: 900, 375: 740}


@dataclass(frozen=True)
class Look:
    page: str
    width: int
    scheme: str

    def __str__(self) -> str:
        return f"{self.page}-{self.width}-{self.scheme}"

    @property
    def path(self) -> Path:
        return REFERENCES / f"{self}.png"


LOOKS = [
    Look("landing", 1280, "light"),
    Look("landing", 375, "dark"),
    Look("start", 1280, "dark"),
    Look("start", 375, "light"),
    Look("notes", 1280, "light"),
    Look("notes", 375, "dark"),
    Look("letter", 1280, "dark"),
    Look("letter", 375, "light"),
    Look("send", 1280, "dark"),
    Look("send", 375, "light"),
    Look("interview", 1280, "light"),
    Look("interviews", 375, "dark"),
]
SUBJECT = "Thank you, Priya: Senior Platform Engineer interview"
LETTER = """Hi Priya,

Thank you for talking with me about the Senior Platform Engineer role. You mentioned that the route planner has \
to answer in under a second by spring.

I moved forty services to Kubernetes without a maintenance window, and I would like to help bring the response time \
down.

I enjoyed hearing how the team plans its quarter around two or three bets. Could you tell me when you hope to decide?

Kind regards,
Jordan Álvarez
+1 415 555 0137
https://jordan.example"""
# Writes them where pages show what a letter says. No event tells the page's scripts about it.
SAY_THE_SAME = """([subject, letter]) => {
    const texts = {
        "#letter .paper-body, #copy-body": letter,
        ".paper-subject > :last-child, #copy-subject": subject,
        ".card-letter:not(.quiet)": letter.slice(0, 120) + "…",
        "#letter-words, #word-count, [data-words].bar-echo": "70 words",
        ".readiness-ready .quiet": "",
        "[data-use]:not([data-use=ask]) > p": "In the letter: “" + letter.split("\\n")[2] + "”",
    };
    for (const [selector, text] of Object.entries(texts)) {
        for (const element of document.querySelectorAll(selector)) element.textContent = text;
    }
    for (const [selector, text] of [["#id_subject", subject], ["#id_body", letter]]) {
        for (const element of document.querySelectorAll(selector)) element.value = text;
    }
}"""
# Each is something a user would notice, as a style sheet that breaks the page.
BREAKAGES = {
    "a block lies lower": ".hero { padding-top: calc(1.5rem + 4px); }",
    "a block lies further right": ".samples { position: relative; left: 4px; }",
    "a block is gone": ".paper-sample { visibility: hidden; }",
    "a button is gone": ".hero .btn { visibility: hidden; }",
    "a button has another color": ".hero .btn { --bs-btn-bg: #2c6142; }",
    "text has another color": ".lead { color: var(--warn); }",
    "the background is slightly lighter": ":root { --desk: #f6f1e7; }",
    "a heading has another font": ".hero h1 { font-family: sans-serif; }",
    "text is larger": ".facts { font-size: 1.05rem; }",
    "a line is missing": ".how li:last-child { display: none; }",
    "the page is wider than the window": ".hero { min-width: 110vw; }",
}


@pytest.fixture(scope="module")
def chromium(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Another Chromium, with no fonts but those of the references."""
    if names := fonts.missing():
        because = f"needs the fonts of Debian's package fonts-dejavu-core: {', '.join(names)}"
        if os.environ.get("CI"):
            pytest.fail(because)
        pytest.skip(because)
    environment = fonts.environment(tmp_path_factory.mktemp("fonts"))
    browser = launch(chromium.browser_type, env={**os.environ, **environment})
    yield browser
    browser.close()


@pytest.fixture
def open_look(
    open_browser: Callable[..., BrowserContext], live_server, time_machine
) -> Callable[[Look], Page]:
    """Opens a page, signed in to the demo account except for the landing page."""
    time_machine.move_to(NOW, tick=False)

    def build(look: Look) -> Page:
        context = open_browser(
            viewport={"width": look.width, "height": HEIGHTS[look.width]},
            color_scheme=look.scheme,
            locale="en-US",
            timezone_id="America/Los_Angeles",
        )
        context.set_default_timeout(TIMEOUT_MS)
        context.clock.set_fixed_time(NOW)
        address = "/"
        if look.page != "landing":
            call_command("seed_demo", password="for the pictures only", stdout=io.StringIO())
            client = Client()
            client.force_login(Candidate.objects.get(), GUEST_BACKEND)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            address = address_of(look.page)
        page = context.new_page()
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.evaluate(SAY_THE_SAME, [SUBJECT, LETTER])
        return page

    return build


def address_of(name: str) -> str:
    interview = Interview.objects.get(company="Zylker")
    person = Interviewer.objects.get(full_name="Priya Nair")
    letter = Draft.objects.get(interviewer__full_name="Tomasz Wójcik")
    return {
        "start": "/",
        "notes": f"/interviews/{interview.id}/people/{person.id}/",
        "letter": f"/drafts/{letter.id}/",
        "send": f"/drafts/{letter.id}/copy/",
        "interview": f"/interviews/{interview.id}/",
        "interviews": "/interviews/",
    }[name]


def take(page: Page) -> Image.Image:
    return Image.open(
        io.BytesIO(page.screenshot(full_page=True, animations="disabled", caret="hide", scale="css"))
    ).convert("RGB")


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_page_looks_as_in_its_picture(open_look, tmp_path, look):
    page = open_look(look)
    if IS_RENEWING:
        page.wait_for_timeout(1000)
        REFERENCES.mkdir(exist_ok=True)
        reference(take(page)).save(look.path, optimize=True)
    with Image.open(look.path) as stored:
        until = time.monotonic() + PATIENCE_S
        # On a busy machine, scripts may still be at work on the page.
        while not (comparison := compare(stored, taken := take(page))).is_alike and time.monotonic() < until:
            page.wait_for_timeout(250)
        if not comparison.is_alike:
            taken.save(tmp_path / f"{look}.png")
            side_by_side(stored, taken, comparison).save(tmp_path / f"{look}-difference.png")
    assert comparison.is_alike, f"{look}: {comparison}; see {tmp_path / f'{look}-difference.png'}"
    assert taken.width == look.width, "the page is wider than the window"


def test_every_stored_picture_is_compared_and_all_are_small():
    paths = list(REFERENCES.iterdir())
    assert {path.name for path in paths} == {look.path.name for look in LOOKS}
    assert sum(path.stat().st_size for path in paths) < 400_000


@pytest.mark.parametrize("width_and_scheme", [(1280, "light"), (375, "dark")], ids=str)
def test_what_a_user_would_notice_is_noticed(open_look, width_and_scheme):
    look = Look("landing", *width_and_scheme)
    page = open_look(look)
    unnoticed = []
    with Image.open(look.path) as stored:
        for name, styles in BREAKAGES.items():
            page.evaluate(
                """styles => {
                    const sheet = new CSSStyleSheet();
                    sheet.replaceSync(styles);
                    document.adoptedStyleSheets = [sheet];
                }""",
                styles,
            )
            if compare(stored, take(page)).is_alike:
                unnoticed.append(name)
    assert unnoticed == []
