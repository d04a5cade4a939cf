"""Accounts in a real browser, and text typed while tabs are closed, sessions end and the network fails."""

from __future__ import annotations

import json
import re
import zipfile

import pytest
from django.test import Client
from playwright.sync_api import expect

from drafts import services
from drafts.models import Candidate, Draft, Interview, Interviewer
from tests.browser.steps import HOME, tell_everything, tell_interview, tell_panel

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS, PASSWORD = "maya@example.com", "a lamp and nine pears"


@pytest.fixture
def at_work(open_browser, forgiven):
    """A guest's browser on the page of the first letter. Failing requests are expected here."""
    forgiven += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Response Status Error Code 404"]
    context = open_browser()
    page = context.new_page()
    tell_everything(page)
    page.goto(f"/drafts/{letter().id}/")
    return page


def letter():
    return Draft.objects.get(interviewer__full_name="Priya Nair", kind="thank_you")


def write(page, text):
    page.locator("#id_body").press("Control+End")
    page.locator("#id_body").press_sequentially(text)


def status(page):
    return page.locator("[data-save-status]")


def sign_up(page):
    page.goto("/settings/")
    page.get_by_role("link", name="Create an account to keep this work").click()
    page.fill("[name=email]", ADDRESS)
    page.fill("[name=password1]", PASSWORD)
    page.get_by_role("button", name="Keep my work").click()
    page.wait_for_url(HOME)


def sign_in(page, address="/sign-in/"):
    page.goto(address)
    page.fill("[name=login]", ADDRESS)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_guest_to_account_and_back_in_in_another_browser(at_work, open_browser):
    write(at_work, "\n\nOne more line.")
    expect(status(at_work)).to_contain_text("Saved")
    sign_up(at_work)
    expect(at_work.locator("footer")).to_contain_text(ADDRESS)
    other = open_browser(viewport={"width": 375, "height": 800}).new_page()
    sign_in(other)
    other.wait_for_url(HOME)
    other.goto(f"/drafts/{letter().id}/")
    assert other.locator("#id_body").input_value().endswith("One more line.")
    other.get_by_role("button", name="Sign out").click()
    other.goto(f"/drafts/{letter().id}/")
    expect(other.get_by_role("heading", name="Page not found")).to_be_visible()


def test_a_guests_work_comes_along_when_signing_in(at_work, open_browser):
    Candidate.objects.create_user(ADDRESS, PASSWORD)
    sign_in(at_work)
    at_work.get_by_role("button", name="Add it to my account").click()
    expect(at_work.get_by_text("One interview added to your account.")).to_be_visible()
    assert Interview.objects.get().candidate.email == ADDRESS


def test_the_draft_saves_itself_and_asks_before_unsaved_text_is_left(at_work):
    write(at_work, "\n\nOne more line.")
    expect(status(at_work)).to_contain_text("Saved")
    assert letter().body.endswith("One more line.")
    at_work.goto("/interviews/")  # no dialog asks
    at_work.goto(f"/drafts/{letter().id}/")
    asked = []
    at_work.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    at_work.route(f"**/drafts/{letter().id}/", lambda route: route.abort())
    write(at_work, " And more.")
    expect(status(at_work)).to_contain_text("kept in this browser")
    at_work.goto("/interviews/")
    assert asked == ["beforeunload"]


def test_two_tabs_in_conflict_show_both_and_lose_neither(at_work):
    second = at_work.context.new_page()
    second.goto(at_work.url)
    write(at_work, "\n\nFrom the first tab.")
    expect(status(at_work)).to_contain_text("Saved")
    write(second, "\n\nFrom the second tab.")
    expect(status(second)).to_contain_text("Both versions are at the top")
    expect(second.locator("[data-both]")).to_contain_text("From the first second tab.")
    expect(second.locator("[data-both] .paper del")).to_have_text("first")
    expect(second.locator("[data-both] .paper ins")).to_have_text("second")
    assert second.locator("#id_body").input_value().endswith("From the second tab.")
    assert letter().body.endswith("From the first tab.")
    texts = letter().revisions.values_list("body", flat=True)
    assert [any(text.endswith(end) for text in texts) for end in ("first tab.", "second tab.")] == [
        True,
        True,
    ]
    # Autosaving does not overwrite the other tab's text; saving with the button does.
    write(second, " More.")
    second.wait_for_timeout(2500)
    assert letter().body.endswith("From the first tab.")
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text("Saved.", exact=True)).to_be_visible()
    assert letter().body.endswith("From the second tab. More.")


def test_text_typed_offline_is_saved_once_online(at_work):
    context = at_work.context
    context.set_offline(True)
    write(at_work, "\n\nTyped in a lift.")
    expect(status(at_work)).to_contain_text("No connection")
    at_work.get_by_role("button", name="Save", exact=True).click()
    expect(at_work).to_have_title(re.compile("Letter to Priya Nair"))
    assert not letter().body.endswith("lift.")
    context.set_offline(False)
    expect(status(at_work)).to_contain_text("Saved")
    assert letter().body.endswith("Typed in a lift.")


def test_a_tab_closed_offline_loses_nothing(at_work):
    context = at_work.context
    address = at_work.url
    context.set_offline(True)
    write(at_work, "\n\nTyped in a lift.")
    expect(status(at_work)).to_contain_text("No connection")
    at_work.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.locator("#id_body")).to_have_value(re.compile("Typed in a lift.$"))
    expect(status(again)).to_contain_text("Saved")
    assert letter().body.endswith("Typed in a lift.")


def test_a_session_that_ends_while_typing_keeps_the_text(at_work):
    sign_up(at_work)
    at_work.goto(f"/drafts/{letter().id}/")
    second = at_work.context.new_page()
    second.goto("/")
    second.get_by_role("button", name="Sign out").click()
    write(at_work, "\n\nTyped while signed out.")
    expect(status(at_work)).to_contain_text("You’re signed out")
    assert not letter().body.endswith("signed out.")
    with at_work.context.expect_page() as opened:
        status(at_work).get_by_role("link", name="Sign in").click()
    sign_in(opened.value, opened.value.url)
    opened.value.wait_for_url("**/drafts/**")
    at_work.bring_to_front()
    at_work.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(status(at_work)).to_contain_text("Saved")
    assert letter().body.endswith("Typed while signed out.")


def test_saved_on_purpose_while_signed_out_it_is_given_back(at_work):
    sign_up(at_work)
    at_work.goto(f"/drafts/{letter().id}/")
    at_work.route(
        "**/*", lambda route: route.abort() if route.request.headers.get("x-autosave") else route.continue_()
    )
    at_work.on("dialog", lambda dialog: dialog.accept())
    write(at_work, "\n\nTyped while signed out.")
    for name in ("sessionid", "waiting_guest"):
        at_work.context.clear_cookies(name=name)
    at_work.get_by_role("button", name="Save", exact=True).click()
    expect(at_work.get_by_role("heading", name="Not saved yet")).to_be_visible()
    expect(at_work.locator(".paper-body")).to_contain_text("Typed while signed out.")
    second = at_work.context.new_page()
    sign_in(second)
    second.wait_for_url(HOME)
    at_work.get_by_role("button", name="Save it now").click()
    # Signing in rotated the token: the page says so, and submitting again works.
    at_work.get_by_role("button", name="Save it now").click()
    at_work.wait_for_url(f"**/drafts/{letter().id}/")
    assert letter().body.endswith("Typed while signed out.")


def test_somebody_elses_text_is_not_shown(at_work, open_browser):
    context = at_work.context
    context.set_offline(True)
    write(at_work, "\n\nFor nobody else.")
    expect(status(at_work)).to_contain_text("No connection")
    context.set_offline(False)
    at_work.route("**/*", lambda route: route.abort())
    at_work.close()
    context.clear_cookies()
    other = context.new_page()
    tell_interview(other)
    tell_panel(other)
    assert "For nobody else." not in other.content()


def test_every_step_saves_itself(open_browser):
    page = open_browser().new_page()
    page.goto("/interviews/new/")
    for name, value in (("company", "Zylker"), ("position", "SRE"), ("ended_at", "2026-11-19T15:10")):
        page.fill(f"[name={name}]", value)
    expect(status(page)).to_contain_text("Your name")
    page.fill("[name=full_name]", "Jordan Álvarez")
    expect(status(page)).to_contain_text("Saved")
    interview = Interview.objects.get()
    page.goto(f"/interviews/{interview.id}/panel/")
    page.fill("[name=panel-0-full_name]", "Priya Nair")
    page.get_by_role("button", name="Add another person").click()
    page.fill("[name=panel-1-full_name]", "Tomasz Wójcik")
    expect(status(page)).to_contain_text("Saved")
    page.wait_for_function("document.querySelector('[name=version]').value !== '1'")
    page.reload()
    expect(page.locator("[name=panel-1-full_name]")).to_have_value("Tomasz Wójcik")
    person = Interviewer.objects.get(full_name="Priya Nair")
    page.goto(f"/interviews/{interview.id}/people/{person.id}/")
    page.fill("[name=mentioned]", "the move to Kafka")
    expect(status(page)).to_contain_text("Saved")
    page.reload()
    expect(page.locator("[name=mentioned]")).to_have_value("the move to Kafka")
    # Saving with the button directly after that works as usual.
    page.fill("[name=mentioned]", "the move to Kafka in spring")
    page.get_by_role("button", name="Save and go to the next person").click()
    page.get_by_role("heading", name="Tomasz Wójcik").wait_for()
    person.refresh_from_db()
    assert person.mentioned == "the move to Kafka in spring"
    page.goto(f"/interviews/{interview.id}/people/{person.id}/")
    expect(page.get_by_text("never saved")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('afterword:typed'))") == []


def test_a_half_typed_new_interview_is_restored(open_browser):
    page = open_browser().new_page()
    page.goto("/interviews/new/")
    page.fill("[name=company]", "Zylker")
    expect(status(page)).to_contain_text("Kept in this browser")
    page.goto("/")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/interviews/new/")
    expect(page.locator("[name=company]")).to_have_value("Zylker")


def test_usual_strengths_go_in_with_one_press(at_work):
    candidate = Candidate.objects.get()
    services.save_settings(
        candidate,
        {name: getattr(candidate, name) for name in services.SETTINGS} | {"strengths": ["Go", "PostgreSQL"]},
    )
    person = Interviewer.objects.get(full_name="Priya Nair")
    at_work.goto(f"/interviews/{person.interview_id}/people/{person.id}/")
    at_work.get_by_role("button", name="Add PostgreSQL").click()
    expect(at_work.locator("[name=strengths]")).to_have_value(re.compile("PostgreSQL$"))
    expect(status(at_work)).to_contain_text("Saved")


def test_exported_deleted_and_imported_again_it_is_equal(at_work, open_browser, tmp_path):
    sign_up(at_work)
    at_work.goto("/settings/")
    at_work.get_by_role("link", name="Download everything").click()
    with at_work.expect_download() as event:
        at_work.get_by_role("link", name="Download (.zip)").click()
    path = tmp_path / "afterword.zip"
    event.value.save_as(path)
    assert event.value.suggested_filename.startswith("afterword-")
    expect(at_work.get_by_text("Downloaded.")).to_be_visible()
    at_work.goto("/settings/")
    at_work.get_by_role("link", name="Delete your account and everything in it").click()
    at_work.get_by_label("Yes, delete everything").check()
    at_work.fill("[name=password]", PASSWORD)
    at_work.get_by_role("button", name="Delete everything").click()
    expect(at_work.get_by_text("Everything was deleted.")).to_be_visible()
    assert not Interview.objects.exists()
    at_work.goto("/account/bring-in/")
    at_work.set_input_files("[name=archive]", path)
    at_work.get_by_role("button", name="Import it").click()
    expect(at_work.get_by_text("1 interview was imported.")).to_be_visible()
    client = Client()
    client.force_login(Candidate.objects.get(), "django.contrib.auth.backends.ModelBackend")
    again = tmp_path / "again.zip"
    again.write_bytes(b"".join(client.get("/account/download/?download=1").streaming_content))
    documents = []
    for one in (path, again):
        told = json.loads(zipfile.ZipFile(one).read("afterword.json"))
        del told["exported_at"]
        documents.append(told)
    assert documents[0] == documents[1]


def test_deleting_an_interview_is_undone(at_work):
    interview = Interview.objects.get()
    at_work.goto(f"/interviews/{interview.id}/delete/")
    at_work.get_by_role("button", name="Delete it all").click()
    at_work.get_by_role("button", name="Undo").click()
    expect(at_work.get_by_text("The interview was restored, with everything in it.")).to_be_visible()
    assert Draft.objects.count() == 3


def test_the_box_for_everything_saves_itself_and_is_full_again_in_a_new_browser_tab(open_browser):
    context = open_browser()
    page = context.new_page()
    tell_interview(page)
    tell_panel(page)
    page.get_by_role("button", name="Type everything at once").click()
    page.wait_for_url("**/everything/")
    address, lines = page.url, "they run 4 plants\nloved the tour\nstart in January?\nI ran a night shift"
    page.locator("#id_everything").press_sequentially(lines)
    expect(status(page)).to_contain_text("Saved")
    page.close()
    again = context.new_page()
    again.goto(address)
    expect(again.locator("#id_everything")).to_have_value(lines)
    # Sorted and added, nothing of it comes back.
    again.get_by_role("button", name="Sort my notes").click()
    again.get_by_role("button", name="Add them to the letter").click()
    again.wait_for_url("**/people/*/")
    again.goto(address)
    again.wait_for_timeout(1000)
    expect(again.locator("#id_everything")).to_have_value("")


def test_the_box_for_everything_keeps_what_was_typed_offline(open_browser, forgiven):
    forgiven += ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED"]
    context = open_browser()
    page = context.new_page()
    tell_interview(page)
    tell_panel(page)
    page.get_by_role("button", name="Type everything at once").click()
    page.wait_for_url("**/everything/")
    address = page.url
    context.set_offline(True)
    page.locator("#id_everything").press_sequentially("they run 4 plants")
    expect(status(page)).to_contain_text("No connection")
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.locator("#id_everything")).to_have_value("they run 4 plants")
    expect(status(again)).to_contain_text("Saved")
