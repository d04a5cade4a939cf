"""`make screenshots`: takes the screenshots of README.md from the demo account and stores them in docs/images/."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import launch

ROOT = Path(__file__).resolve().parent.parent.parent
IMAGES = ROOT / "docs" / "images"
PASSWORD = "for the pictures only"
# The evening of a Thursday in Los Angeles, three hours after the interview in the pictures: its letters are not late,
# whatever day it is when they are taken.
MANAGE_ON_THURSDAY = """
import datetime as dt, sys
import time_machine
from django.core.management import execute_from_command_line
time_machine.travel(dt.datetime(2026, 11, 20, 2, 30, tzinfo=dt.UTC)).start()
execute_from_command_line(["manage.py", *sys.argv[1:]])
"""


@contextmanager
def served_demo() -> Iterator[str]:
    """Serves the product with the demo account in its own database; yields its URL."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        # DEBUG serves static files without collecting them.
        settings = {**os.environ, "VAR_DIR": folder, "ENV_FILE": os.devnull, "DEBUG": "on"}
        settings |= {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT)}

        def manage(*arguments: str) -> list[str]:
            return [sys.executable, "-c", MANAGE_ON_THURSDAY, *arguments]

        subprocess.run(manage("migrate", "-v0"), env=settings, check=True)  # noqa: S603 - our own command
        subprocess.run(manage("seed_demo", "--password", PASSWORD), env=settings, check=True)  # noqa: S603
        server = subprocess.Popen(  # noqa: S603 - our own command
            manage("runserver", "--noreload", f"127.0.0.1:{port}"),
            env=settings,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/healthz")
            yield address
        finally:
            server.terminate()
            server.wait()


def wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310 - our own server
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def capture(page: Page, name: str) -> None:
    path = IMAGES / name
    page.mouse.move(0, 0)
    page.screenshot(path=path, animations="disabled", caret="hide")
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with served_demo() as address, sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        page = browser.new_page(
            viewport={"width": 1280, "height": 860}, base_url=address, color_scheme="light"
        )
        page.goto("/sign-in/")
        page.fill("[name=login]", "demo@afterword.example")
        page.fill("[name=password]", PASSWORD)
        page.click("form[method=post] .actions button")
        page.goto("/interviews/")
        page.click("main a[href^='/interviews/']:has-text('Zylker')")
        interview = page.url

        # The preview of the letter follows the typing; the screenshot should show that.
        page.click(".card-person:has-text('Priya Nair') a[href*='/people/']")
        with page.expect_response(lambda response: response.url.endswith("/preview/")):
            page.locator("[name=experience]").press("Control+End")
            page.locator("[name=experience]").press_sequentially(" in a team of three")
        page.locator("#letter").filter(has_text="in a team of three").wait_for()
        page.evaluate("window.scrollTo(0, 0)")
        capture(page, "steps.png")

        page.goto(interview)
        page.click(".card-person:has-text('Tomasz') h2 a")
        # A typo and the finding on it.
        page.locator("#id_body").evaluate(
            """area => {
                const at = area.value.indexOf(".");
                area.focus();
                area.setSelectionRange(at, at);
            }"""
        )
        page.keyboard.type(", which was realy good")
        page.locator(".remark").filter(has_text="realy").wait_for()
        capture(page, "draft.png")

        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.goto(interview)
            path = IMAGES / f"plan-{scheme}.png"
            page.locator(".plan").screenshot(path=path, animations="disabled")
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
