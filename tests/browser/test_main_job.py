from __future__ import annotations

import contextlib

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, expect

from drafts.models import Draft, Interview, Interviewer
from drafts.services import create_draft, delete_interview
from tests.browser.steps import PEOPLE, tell_conversations, tell_interview, tell_panel

pytestmark = pytest.mark.django_db(transaction=True)


def test_guest_goes_from_an_interview_to_copied_letters(open_browser, live_server):
    context = open_browser()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    page = context.new_page()
    tell_interview(page)
    tell_panel(page)
    tell_conversations(page)
    interview_page = page.url
    page.get_by_role("link", name="Next: the letter to Priya Nair").click()
    page.get_by_role("link", name="Send it").click()
    for name, _role in PEOPLE:
        expect(page.get_by_role("heading", name=f"Send it to {name}")).to_be_visible()
        page.get_by_role("button", name="Copy the letter").click()
        expect(page.get_by_role("status").filter(has_text="Copied: the letter.")).to_be_visible()
        draft = Draft.objects.get(interviewer__full_name=name)
        assert page.evaluate("navigator.clipboard.readText()") == draft.body
        page.get_by_role("button", name="Sent: on to the next").or_(
            page.get_by_role("button", name="Mark as sent")
        ).click()
    page.wait_for_url(interview_page)
    assert Draft.objects.filter(sent_at__isnull=False).count() == 3
    page.get_by_role("link", name="Interviews").click()
    page.fill("[name=q]", "wojcik")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("3 of 3 sent")).to_be_visible()


def test_without_javascript_up_to_the_text_to_select(open_browser):
    page = open_browser(java_script_enabled=False).new_page()
    tell_interview(page)
    tell_panel(page)
    page.fill("[name=mentioned]", "the move to Kafka")
    page.get_by_role("button", name="Show the letter so far").click()
    expect(page.locator("#letter")).to_contain_text("the move to Kafka.")
    assert not Draft.objects.exists()
    tell_conversations(page)
    page.get_by_role("link", name="Next: the letter to Priya Nair").click()
    page.get_by_text("Other subjects").click()
    page.get_by_role("button", name="Priya, I appreciate your time").click()
    assert Draft.objects.get(interviewer__full_name="Priya Nair").subject == "Priya, I appreciate your time"
    page.get_by_role("link", name="Send it").click()
    assert (
        page.locator("#copy-body").inner_text() == Draft.objects.get(interviewer__full_name="Priya Nair").body
    )


def test_clipboard_that_is_refused_leaves_the_text_selected(open_browser):
    context = open_browser()
    context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;"
    )
    page = context.new_page()
    tell_interview(page)
    tell_panel(page)
    tell_conversations(page)
    page.get_by_role("link", name="Send", exact=True).first.click()
    page.get_by_role("button", name="Copy the letter").click()
    expect(page.get_by_text("press Ctrl+C")).to_be_visible()
    assert (
        page.evaluate("getSelection().toString().trim()")
        == Draft.objects.get(interviewer__full_name="Priya Nair").body
    )


def test_letter_writes_itself_while_typing(page):
    tell_interview(page)
    tell_panel(page)
    letter = page.locator("#letter")
    expect(letter).to_contain_text("Hi Priya,")
    page.locator("[name=mentioned]").press_sequentially("the move to Kafka")
    expect(letter).to_contain_text("the move to Kafka.")
    page.fill("[name=mentioned]", "the <b>new</b> {office}")
    expect(letter).to_contain_text("the <b>new</b> {office}.")
    assert not Draft.objects.exists()


def test_older_preview_never_replaces_a_newer_one(page):
    tell_interview(page)
    tell_panel(page)
    letter = page.locator("#letter")
    letter.evaluate(
        """letter => {
            window.seen = [];
            const note = () => window.seen.push(letter.textContent);
            new MutationObserver(note).observe(letter, {childList: true, subtree: true});
        }"""
    )
    held = []
    page.route(
        "**/preview/",
        lambda route: held.append(route) if "first" in route.request.post_data else route.continue_(),
    )
    with page.expect_request(lambda request: "first" in (request.post_data or "")):
        page.fill("[name=mentioned]", "the first thing")
    page.fill("[name=mentioned]", "the second thing")
    expect(letter).to_contain_text("the second thing.")
    with contextlib.suppress(Error):  # The browser may have given the request up already.
        held[0].fulfill(body="the first thing, too late")
    page.fill("[name=mentioned]", "the third thing")
    expect(letter).to_contain_text("the third thing.")
    assert not any("first" in text for text in page.evaluate("window.seen"))


def test_back_and_a_second_tab_lose_nothing(open_browser):
    context = open_browser()
    page = context.new_page()
    tell_interview(page)
    page.go_back()
    expect(page.locator("[name=company]")).to_have_value("Zylker")
    page.fill("[name=company]", "Zylker Pay")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/panel/")
    assert [interview.company for interview in Interview.objects.all()] == ["Zylker Pay"]
    tell_panel(page)
    second = context.new_page()
    second.goto(page.url)
    page.fill("[name=mentioned]", "the move to Kafka")
    page.get_by_role("button", name="Save, next person").click()
    page.get_by_role("heading", name="Tomasz Wójcik").wait_for()
    second.fill("[name=experience]", "leading a team")
    second.get_by_role("button", name="Save, next person").click()
    expect(second.get_by_text("changed in another tab")).to_be_visible()
    expect(second.get_by_text("the move to Kafka").first).to_be_visible()
    expect(second.locator("[name=experience]")).to_have_value("leading a team")
    assert Interviewer.objects.get(full_name="Priya Nair").mentioned == "the move to Kafka"
    assert Interviewer.objects.count() == 3


def every_page():
    interview = Interview.objects.get(deleted_at=None)
    draft = Draft.objects.get(interviewer__full_name="Priya Nair")
    unknown = Draft.objects.get(interviewer__full_name="Tomasz Wójcik", kind="thank_you")
    routes = [create_draft(unknown.interviewer, kind) for kind in ("to_recruiter", "to_forward", "linkedin")]
    deleted, _is_new = Interview.objects.get_or_create(
        candidate=interview.candidate,
        company="Globex",
        position="Staff Platform Engineer",
        ended_at=interview.ended_at,
        time_zone=interview.time_zone,
    )
    delete_interview(deleted)
    base = f"/interviews/{interview.id}/"
    return [
        "/",
        "/interviews/",
        "/interviews/?q=nothing-like-it",
        "/interviews/new/",
        base,
        f"{base}edit/",
        f"{base}panel/",
        f"{base}people/{draft.interviewer_id}/",
        f"{base}sending/",
        f"{base}delete/",
        "/interviews/invitation/",
        "/calendar/",
        f"/drafts/{unknown.id}/copy/",
        *(f"/drafts/{route.id}/" for route in routes),
        *(f"/drafts/{route.id}/copy/" for route in routes),
        f"/drafts/{draft.id}/",
        f"/drafts/{draft.id}/recompose/?tone=formal",
        f"/drafts/{draft.id}/history/",
        f"/drafts/{draft.id}/copy/",
        "/sign-in/",
        "/sign-up/",
        "/account/password/reset/",
        "/settings/",
        "/interviews/deleted/",
        "/interviews/?deleted=" + str(deleted.id),
        "/account/download/",
        "/account/bring-in/",
        "/account/delete/",
        "/no-such-page/",
    ]


def test_every_page_fits_a_phone_and_passes_axe_light_and_dark(open_browser):
    context = open_browser()
    page = context.new_page()
    tell_interview(page)
    tell_panel(page)
    tell_conversations(page)
    state = context.storage_state()
    visitor = open_browser().new_page()
    visitor.goto("/")
    assert Axe().run(visitor).response["violations"] == []
    for scheme, width in (("light", 1280), ("dark", 375)):
        view = open_browser(
            storage_state=state, color_scheme=scheme, viewport={"width": width, "height": 800}
        ).new_page()
        for address in every_page():
            view.goto(address)
            found = Axe().run(view).response["violations"]
            assert [(address, one["id"], one["nodes"][0]["html"]) for one in found] == []
            view.set_viewport_size({"width": 320, "height": 800})
            assert view.evaluate("document.documentElement.scrollWidth") <= 320, address
            view.set_viewport_size({"width": width, "height": 800})


def test_keyboard_alone_writes_a_letter(page):
    page.goto("/interviews/new/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.focus("[name=company]")
    page.keyboard.type("Zylker")
    page.keyboard.press("Tab")
    page.keyboard.type("SRE")
    page.fill("[name=ended_at]", "2026-11-19T15:10")
    page.focus("[name=full_name]")
    page.keyboard.type("Jordan Álvarez")
    page.keyboard.press("Enter")
    page.wait_for_url("**/panel/")
    page.focus("[name=panel-0-full_name]")
    page.keyboard.type("Priya Nair")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/**")
    page.focus("[name=mentioned]")
    page.keyboard.type("the move to Kafka")
    page.focus("[name=callback]")
    page.keyboard.type("The allotment!")
    page.get_by_role("button", name="Save and see the letters").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Next: the letter to Priya Nair")).to_be_visible()
    assert [draft.interviewer.callback for draft in Draft.objects.select_related("interviewer")] == [
        "The allotment!"
    ]
