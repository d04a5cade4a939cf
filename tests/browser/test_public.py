"""The public pages fit the screen and pass axe, and ask about a mistyped address."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.integration.test_check import LETTER

WIDTHS = [(320, "light"), (375, "dark"), (1280, "light"), (1280, "dark")]


@pytest.mark.parametrize(("width", "scheme"), WIDTHS)
def test_the_public_pages_fit_and_pass_axe(open_browser, width, scheme):
    page = open_browser(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()

    def look():
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    for path in ("/", "/help/", "/privacy/", "/offline/", "/check/"):
        page.goto(path)
        look()
    page.get_by_role("button", name="Check the letter").click()
    expect(page.get_by_role("alert")).to_contain_text("Paste the letter.")
    look()
    page.fill("[name=to]", "Priya Nair")
    page.fill("[name=company]", "Zylker")
    page.fill("[name=position]", "Staff Nurse")
    page.fill("[name=body]", LETTER.replace("Zylker", "[Company]"))
    page.get_by_role("button", name="Check the letter").click()
    expect(page.get_by_role("heading", name="Not ready to send yet")).to_be_visible()
    look()


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_a_letter_is_checked_by_keyboard_alone(open_browser, java_script_enabled):
    page = open_browser(java_script_enabled=java_script_enabled).new_page()
    page.goto("/check/")
    page.focus("[name=to]")
    for text in ("Priya Nair", "Zylker", "Staff Nurse", "Thank you, Priya", LETTER):
        page.keyboard.insert_text(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Check the letter")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing to fix")).to_be_visible()


def test_a_mistyped_address_is_questioned_at_once(page):
    page.goto("/sign-up/")
    box = page.locator("[name=email]")
    box.fill("ana@gmial.com")
    box.blur()
    expect(page.get_by_text("Did you mean ana@gmail.com?")).to_be_visible()
    expect(box).to_have_value("ana@gmial.com")
    box.fill("ana@gmail.com")
    box.blur()
    expect(page.get_by_text("Did you mean")).to_have_count(0)
