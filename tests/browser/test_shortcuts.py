"""Keyboard shortcuts: listed by "?", silent while typing and with modifier keys, and off where they were turned off."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.steps import HOME, tell_everything

pytestmark = [pytest.mark.django_db(transaction=True)]


def dialog(page):
    return page.get_by_role("dialog", name="Keyboard shortcuts")


def test_the_list_opens_closes_and_gives_the_focus_back(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/check/")
    assert [url for url in asked if "shortcuts" in url] == []
    page.get_by_role("link", name="Help").focus()
    page.keyboard.press("?")
    expect(dialog(page)).to_be_visible()
    expect(dialog(page).get_by_text("Copy the letter")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    page.keyboard.press("?")
    expect(dialog(page)).to_have_count(1)
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    expect(page.get_by_role("link", name="Help")).to_be_focused()
    page.keyboard.press("?")
    dialog(page).get_by_role("button", name="Close").click()
    expect(dialog(page)).to_have_count(0)


def test_keys_do_nothing_in_a_field_or_with_a_modifier(page):
    page.goto("/check/")
    page.get_by_label("Company").press_sequentially("g?gh")
    expect(page.get_by_label("Company")).to_have_value("g?gh")
    expect(dialog(page)).to_have_count(0)
    page.get_by_role("link", name="Help").focus()
    page.keyboard.press("?")
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    page.keyboard.press("g")
    page.keyboard.press("Control+h")
    page.keyboard.press("Alt+i")
    page.wait_for_timeout(300)
    assert page.url.endswith("/check/")


def test_the_main_pages_are_two_keys_away(page):
    page.goto("/help/")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/interviews/")
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.wait_for_url(HOME)


def test_turned_off_they_stay_off_until_the_page_turns_them_on(page):
    page.goto("/help/")
    page.keyboard.press("?")
    dialog(page).get_by_label("Use shortcuts in this browser").uncheck()
    page.keyboard.press("Escape")
    page.goto("/privacy/")
    page.keyboard.press("?")
    page.wait_for_timeout(500)
    expect(dialog(page)).to_have_count(0)
    page.goto("/shortcuts/")
    expect(page.get_by_label("Use shortcuts in this browser")).not_to_be_checked()
    page.get_by_label("Use shortcuts in this browser").check()
    page.goto("/privacy/")
    page.keyboard.press("?")
    expect(dialog(page)).to_be_visible()


def test_a_letter_is_copied_edited_and_left_for_the_next_by_keys(page):
    tell_everything(page)
    page.locator("h1").click()
    page.keyboard.press("c")
    expect(page.locator("#copy-status")).to_contain_text("the letter")
    page.keyboard.press("e")
    expect(page.get_by_label("Letter", exact=True)).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("n")
    page.get_by_role("heading", name="Letter to Tomasz Wójcik").wait_for()
    page.keyboard.press("p")
    page.get_by_role("heading", name="Letter to Priya Nair").wait_for()
    page.keyboard.press("s")
    page.wait_for_url("**/copy/")
    page.keyboard.press("e")
    page.get_by_role("heading", name="Letter to Priya Nair").wait_for()


def test_a_sentence_typed_outside_a_field_does_nothing(page):
    tell_everything(page)
    here = page.url
    page.locator("h1").click()
    # Faster than any machine under load would type them.
    page.evaluate(
        """for (const key of "no service can stop ten people, even here.")
             document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));"""
    )
    page.wait_for_timeout(800)
    assert page.url == here
    expect(page.get_by_label("Letter", exact=True)).not_to_be_focused()
    page.keyboard.press("e")
    expect(page.get_by_label("Letter", exact=True)).to_be_focused()
