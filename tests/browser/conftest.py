"""Fixtures for tests in Chromium. A console error or a violation of the Content-Security-Policy fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, sync_playwright

from config import engines

# Playwright's event loop runs in this thread, but the tests' own queries are synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Axe would load the parts of our style sheet once more, relative to the page, and put them into it, which the content
# security policy refuses. Only a rule that is off by default needs them.
DEFAULT_OPTIONS["preload"] = False

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


def launch(kind: BrowserType, **options: Any) -> Browser:
    """The system's Chromium, or else Playwright's own."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    return kind.launch(args=FLAGS, **({"executable_path": path} if path else {}), **options)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    # As in a server that is ready: a page that loads them during a save would block other saves for seconds.
    engines.load()
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    """Errors reported by browsers; a test that provokes one removes it from the list."""
    return []


@pytest.fixture
def forgiven() -> list[str]:
    """Substrings of errors that a test expects at any time."""
    return []


@pytest.fixture
def open_browser(
    chromium: Browser, live_server: Any, complaints: list[str], forgiven: list[str]
) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a separate browser context: its own cookies, and options such as `java_script_enabled` or
    `color_scheme`."""
    contexts: list[BrowserContext] = []

    def listen(page: Page) -> None:
        # htmx reports aborted requests that a newer one replaced; tests provoke those.
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type == "error"
                and "status of 4" not in message.text
                and "htmx:" not in message.text
                else None
            ),
        )

    def build(**options: Any) -> BrowserContext:
        options = {
            "viewport": {"width": 1280, "height": 900},
            "base_url": live_server.url,
            # Scrolling is instant; otherwise, on a busy machine, the next click could land while the page still moved.
            "reduced_motion": "reduce",
            # page.route() does not see a service worker's requests; tests/browser/test_offline.py tests the worker.
            "service_workers": "block",
            **options,
        }
        context = chromium.new_context(**options)
        context.on("page", listen)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context

    yield build
    for context in contexts:
        context.close()
    assert [text for text in complaints if not any(part in text for part in forgiven)] == []


@pytest.fixture
def page(open_browser: Callable[..., BrowserContext]) -> Page:
    return open_browser().new_page()
