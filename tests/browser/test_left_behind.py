"""What a browser on a shared computer still has after somebody signed out or deleted everything."""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import FLAGS
from tests.browser.steps import HOME, tell_everything
from tests.browser.test_never_lost import PASSWORD, letter, sign_up, status, write

pytestmark = pytest.mark.django_db(transaction=True)

TYPED = "an aardvark in the lift"
STORED = "a walrus in the cellar"


@pytest.fixture
def browser(chromium, live_server, tmp_path):
    """A browser with a profile on disk, like a user's; those of other tests keep everything in memory."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    context = chromium.browser_type.launch_persistent_context(
        tmp_path / "profile",
        args=FLAGS,
        base_url=live_server.url,
        # page.route() does not see requests made by a service worker; test_offline checks what the worker caches.
        service_workers="block",
        **({"executable_path": path} if path else {}),
    )
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def at_work(browser):
    """A letter's page with `STORED` in it, loaded again so that the browser can cache it."""
    page = browser.new_page()
    tell_everything(page)
    page.goto(f"/drafts/{letter().id}/")
    write(page, f"\n\n{STORED}")
    expect(status(page)).to_contain_text("Saved")
    return page


def kept(page):
    return page.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('afterword:typed'))")


def type_unsaved(page):
    """Types something that is never sent to the server."""
    page.route(
        f"**/drafts/{letter().id}/", lambda route: route.abort() if is_save(route) else route.continue_()
    )
    write(page, f" {TYPED}")
    expect(status(page)).to_contain_text("kept in this browser")
    assert TYPED in str(kept(page))


def is_save(route):
    return route.request.method == "POST"


def answers(page, *, yes):
    """Answers the next dialog; its message is added to the list."""
    asked = []
    page.once(
        "dialog", lambda dialog: (asked.append(dialog.message), dialog.accept() if yes else dialog.dismiss())
    )
    return asked


def on_disk(tmp_path, words):
    """The files of the browser's cache that contain these words; the server does not compress pages here."""
    files = [path for path in (tmp_path / "profile").rglob("Cache*/**/*") if path.is_file()]
    assert len(files) > 5
    return [path.name for path in files if words.encode() in path.read_bytes()]


def test_no_page_of_signed_in_users_is_cached_on_disk(browser, at_work, tmp_path):
    # Before the browser is told to clear its cache.
    at_work.goto("/interviews/")
    at_work.goto(f"/drafts/{letter().id}/")
    expect(at_work.locator("#id_body")).to_have_value(re.compile(f"{STORED}$"))
    at_work.wait_for_timeout(1000)
    browser.close()
    assert on_disk(tmp_path, "afterword.css") != []
    assert (on_disk(tmp_path, STORED), on_disk(tmp_path, "Zylker")) == ([], [])


def test_signed_out_the_browser_has_nothing_of_the_letters(browser, at_work, tmp_path):
    sign_up(at_work)
    at_work.goto(f"/drafts/{letter().id}/")
    type_unsaved(at_work)
    asked = answers(at_work, yes=False)
    at_work.get_by_role("button", name="Sign out").click()
    assert [re.search("hasn’t been saved yet", words) is not None for words in asked] == [True]
    expect(at_work.locator("#id_body")).to_have_value(re.compile(f"{TYPED}$"))
    asked = answers(at_work, yes=True)
    at_work.get_by_role("button", name="Sign out").click()
    at_work.wait_for_url(HOME)
    expect(at_work.get_by_role("link", name="Sign in")).to_be_visible()
    assert (len(asked), kept(at_work)) == (1, [])
    assert [cookie["name"] for cookie in browser.cookies() if cookie["name"] == "left"] == []
    at_work.go_back()
    expect(at_work.get_by_role("heading", name="Page not found")).to_be_visible()
    browser.close()
    assert (on_disk(tmp_path, STORED), on_disk(tmp_path, "Zylker")) == ([], [])


def test_deleted_the_browser_has_nothing_of_the_letters(browser, at_work, tmp_path):
    sign_up(at_work)
    at_work.goto(f"/drafts/{letter().id}/")
    type_unsaved(at_work)
    delete = browser.new_page()
    delete.goto("/account/delete/")
    delete.get_by_label("Yes, delete everything").check()
    delete.fill("[name=password]", "wrong")
    asked = answers(delete, yes=True)
    delete.get_by_role("button", name="Delete everything").click()
    expect(delete.get_by_text("That password is wrong.").first).to_be_visible()
    # Nothing was deleted, so the browser still has everything.
    assert (len(asked), TYPED in str(kept(delete))) == (1, True)
    delete.get_by_label("Yes, delete everything").check()
    delete.fill("[name=password]", PASSWORD)
    asked = answers(delete, yes=True)
    delete.get_by_role("button", name="Delete everything").click()
    expect(delete.get_by_text("Everything was deleted.")).to_be_visible()
    # The other tab removes it too.
    expect(at_work.get_by_role("heading", name="Page not found")).to_be_visible()
    at_work.wait_for_timeout(1000)
    assert (len(asked), kept(delete)) == (1, [])
    browser.close()
    assert (on_disk(tmp_path, STORED), on_disk(tmp_path, "Zylker")) == ([], [])


def test_with_everything_saved_signing_out_asks_nothing(at_work):
    sign_up(at_work)
    at_work.goto(f"/drafts/{letter().id}/")
    asked = answers(at_work, yes=True)
    at_work.get_by_role("button", name="Sign out").click()
    at_work.wait_for_url(HOME)
    assert asked == []


def test_the_other_tab_keeps_nothing_once_one_signs_out(browser, at_work):
    sign_up(at_work)
    at_work.goto(f"/drafts/{letter().id}/")
    type_unsaved(at_work)
    other = browser.new_page()
    other.goto("/interviews/")
    answers(other, yes=True)
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url(HOME)
    expect(at_work.get_by_role("heading", name="Page not found")).to_be_visible()
    at_work.wait_for_timeout(1000)
    assert kept(other) == []


def test_a_visitors_earlier_input_survives_signing_out(browser, at_work):
    sign_up(at_work)
    # Typed by a visitor, so it does not belong to the account.
    at_work.evaluate(
        "localStorage.setItem('afterword:typed:/interviews/new/:1#gone',"
        " JSON.stringify({ owner: '', version: '', fields: [['company', 'Alpha']], at: Date.now() }))"
    )
    at_work.get_by_role("button", name="Sign out").click()
    expect(at_work.get_by_role("link", name="Sign in")).to_be_visible()
    assert "Alpha" in str(kept(at_work))
