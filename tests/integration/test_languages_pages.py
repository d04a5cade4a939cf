"""Every page in every language: nothing but letters and notes is left in English."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import Resolver404, resolve

from config import messages
from drafts.management.commands.seed_demo import DEMO
from drafts.models import Candidate
from tests.conftest import GUEST_BACKEND
from tests.visible import left_in_english, visible

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LANGUAGES = ("de", "es", "fr")
MOST = 3  # pages of one view
# Names, and words that are the same in another language.
ALSO_ENGLISH = {"Duke Law, Case Western"}
BAD_LETTER = (
    "Dear Sir or Madam,\n\nI hope this email finds you well!!! I am writing to to thank you 😀 for you're time at "
    "Acme, [skill]. Please find attached my CV. just checking in ASAP, I beg you. He said the the kitchen is great. "
    "THANK YOU SO MUCH.\n\n"
    "Here is a polished version of your email:\n\nYour Name"
)
INVITATION = "Hi Maya, your interview for the Nurse role at Zylker is on Tuesday 3 March at 10 or 11. Ana"
# Forms with faults: the address, and what is sent.
FAULTY: tuple[tuple[str, dict[str, str]], ...] = (
    ("/check/", {}),
    (
        "/check/",
        {
            "to": "Priya Nair",
            "company": "Zylker",
            "position": "Nurse",
            "subject": "x" * 70,
            "body": BAD_LETTER,
            "full_name": "Kim Sample",
            "ended_at": "2026-03-03T15:10",
            "time_zone": "Berlin",
        },
    ),
    (
        "/check/",
        {"to": "Priya Nair", "company": "Zylker", "position": "Nurse", "subject": "", "body": "Hi Ana,"},
    ),
    (
        "/interviews/new/",
        {"company": "", "position": "x" * 300, "ended_at": "yesterday", "time_zone": "Atlantis"},
    ),
    ("/interviews/invitation/", {}),
    ("/interviews/invitation/", {"invitation_text": "nothing in it"}),
    (
        "/interviews/invitation/",
        {"invitation_text": INVITATION},
    ),
    (
        "/settings/",
        {"time_zone": "Berlim", "strengths": ",".join(map(str, range(30))), "own_words": "x" * 70},
    ),
    ("/account/bring-in/", {}),
    ("/sign-in/", {"login": "nobody@example.com", "password": "wrong"}),
    ("/sign-up/", {"email": "not an address", "password1": "short"}),
    ("/thanks/new/", {}),
)


@pytest.fixture
def demo(settings: Any) -> Candidate:
    settings.MODEL_URL, settings.MODEL_NAME = "http://127.0.0.1:1/v1", "small"
    call_command("seed_demo", password="x")
    return Candidate.objects.get()


def texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts_in(one)


def known(language: str) -> set[str]:
    """The texts of the interface that are not the same in this language."""
    catalog = messages.read(messages.LOCALE / language / "LC_MESSAGES" / "django.po")
    return {one.id for one in catalog if isinstance(one.id, str) and one.id and one.string != one.id}


def pages(browser: Client, language: str, urls: list[str]) -> Iterator[tuple[str, str]]:
    """The addresses and texts of all pages that links lead to, a few of each view."""
    seen: set[str] = set()
    views: Counter[str] = Counter()
    while urls:
        url = urls.pop(0)
        try:
            name = str(resolve(url.partition("?")[0]).url_name) + url.partition("?")[1]
        except Resolver404:
            continue
        if url in seen or views[name] >= MOST or "logout" in name or "lang=" in url:
            continue
        seen.add(url)
        views[name] += 1
        answer = browser.get(url, HTTP_ACCEPT_LANGUAGE=language, follow=True)
        if not answer.streaming and answer["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            yield url, text
            urls += [unescape(link) for link in re.findall(r'href="(/[^"#]*)', text)]
    assert len(views) > 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_is_left_in_english(client, demo, language):
    client.force_login(demo, GUEST_BACKEND)
    stranger = Client()
    typed = [*texts_in(tomllib.loads(DEMO.read_text(encoding="utf-8"))), *ALSO_ENGLISH]
    typed = [text for text in typed if len(text) > 3]
    english = known(language) - set(typed)
    found: dict[str, set[str]] = {}
    for browser, starts in ((client, ["/"]), (stranger, ["/", "/sign-in/", "/sign-up/"])):
        for url, text in pages(browser, language, starts):
            found.setdefault(url, set()).update(left_in_english(visible(text, language), english, typed))
    for url, data in FAULTY:
        text = stranger.post(url, data, HTTP_ACCEPT_LANGUAGE=language).content.decode()
        found.setdefault(url, set()).update(
            left_in_english(visible(text, language), english, [*typed, *data.values()])
        )
    assert {url: texts for url, texts in found.items() if texts} == {}


def test_the_walk_finds_what_is_left_in_english():
    page = (
        '<html lang="de"><h1>Save</h1><p title="Now and then">x</p><p lang="en">And you</p>'
        "<p>„and“ Senden</p></html>"
    )
    assert left_in_english(visible(page, "de"), {"Save"}, []) == {"Save", "Now and then"}
