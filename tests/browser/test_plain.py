"""Accounts and the user's own data without JavaScript, and by keyboard only."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from drafts.models import Candidate, Draft, Interview
from tests.browser.steps import HOME, tell_everything

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS, PASSWORD = "maya@example.com", "a lamp and nine pears"


def test_without_javascript_from_guest_to_account_and_out_again(open_browser, tmp_path):
    page = open_browser(java_script_enabled=False).new_page()
    tell_everything(page)
    page.goto("/settings/")
    page.fill("[name=strengths]", "Go, PostgreSQL")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    page.goto(f"/interviews/{Interview.objects.get().id}/")
    page.get_by_role("link", name="Edit the panel").wait_for()
    page.goto(page.get_by_role("link", name="Notes").first.get_attribute("href"))
    page.get_by_role("button", name="Add PostgreSQL").click()
    expect(page.locator("[name=strengths]")).to_have_value("PostgreSQL")
    page.goto("/sign-up/")
    page.fill("[name=email]", ADDRESS)
    page.fill("[name=password1]", PASSWORD)
    page.get_by_role("button", name="Keep my work").click()
    expect(page.locator("footer")).to_contain_text(ADDRESS)
    page.goto("/account/download/")
    with page.expect_download() as event:
        page.get_by_role("link", name="Download (.zip)").click()
    event.value.save_as(tmp_path / "afterword.zip")
    page.goto(f"/interviews/{Interview.objects.get().id}/delete/")
    page.get_by_role("button", name="Delete it all").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("The interview was restored, with everything in it.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    page.fill("[name=login]", ADDRESS)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto("/account/delete/")
    page.get_by_label("Yes, delete everything").check()
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Delete everything").click()
    assert not Candidate.objects.exists()
    page.goto("/account/bring-in/")
    page.set_input_files("[name=archive]", tmp_path / "afterword.zip")
    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_text("1 interview was imported.")).to_be_visible()
    assert Draft.objects.count() == 3


def press(page, name, *keys):
    """Tabs to the field or button with this name, checks that the focus is visible, and types."""
    for _step in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
        if at == name:
            break
    else:
        pytest.fail(f"Tab does not reach {name}")
    assert (
        page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
        or page.evaluate("getComputedStyle(document.activeElement).boxShadow") != "none"
    )
    for key in keys:
        page.keyboard.press(key) if key in ("Enter", "Space") else page.keyboard.type(key)


def test_by_the_keyboard_alone_into_an_account_and_its_settings(open_browser):
    page = open_browser().new_page()
    page.goto("/sign-up/")
    press(page, "email", ADDRESS)
    press(page, "password1", PASSWORD)
    press(page, "Create my account", "Enter")
    page.wait_for_url(HOME)
    page.goto("/settings/")
    press(page, "full_name", "Maya Okafor")
    press(page, "own_words", "Kubeflow")
    press(page, "Save", "Enter")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    candidate = Candidate.objects.get()
    assert (candidate.full_name, candidate.own_words) == ("Maya Okafor", ["Kubeflow"])
    press(page, "Two-step verification and passkeys", "Enter")
    expect(page.get_by_role("heading", name="Two-step verification")).to_be_visible()
    page.goto("/account/delete/")
    press(page, "sure", "Space")
    press(page, "password", PASSWORD, "Enter")
    expect(page.get_by_text("Everything was deleted.")).to_be_visible()
