from __future__ import annotations

import contextlib
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, expect

from drafts.models import Candidate, Draft, Interview, Interviewer
from drafts.services import create_draft, delete_interview
from tests.browser.steps import (
    PEOPLE,
    begin_interview,
    tell_conversations,
    tell_everything,
    tell_interview,
    tell_panel,
)

pytestmark = pytest.mark.django_db(transaction=True)


def copying(open_browser, live_server, **options):
    context = open_browser(**options)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    return context.new_page()


def copied(page):
    """The clipboard's content, once the page confirmed copying."""
    expect(page.get_by_role("status").filter(has_text="Copied: the letter.")).to_be_visible()
    return page.evaluate("navigator.clipboard.readText()")


def letter_to(name):
    return Draft.objects.get(interviewer__full_name=name, kind="thank_you")


def test_guest_goes_from_an_interview_to_copied_letters(open_browser, live_server):
    page = copying(open_browser, live_server)
    tell_everything(page)
    for name, _role in PEOPLE:
        expect(page.get_by_role("heading", name=f"Letter to {name}")).to_be_visible()
        page.get_by_role("button", name="Copy the letter").click()
        assert copied(page) == letter_to(name).body
        page.get_by_role("button", name="Mark as sent and go to the next").or_(
            page.get_by_role("button", name="Mark as sent")
        ).click()
    page.get_by_role("link", name="Edit the panel").wait_for()
    assert Draft.objects.filter(sent_at__isnull=False).count() == 3
    page.get_by_role("link", name="Interviews").click()
    page.fill("[name=q]", "wojcik")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("3 of 3 sent")).to_be_visible()


def test_one_person_and_one_note_are_a_copied_letter_in_few_clicks_and_screens(open_browser, live_server):
    page = copying(open_browser, live_server, timezone_id="America/New_York")
    clicks, screens = [], []
    page.on("domcontentloaded", lambda _page: screens.append(page.url))

    def click(target):
        clicks.append(target)
        target.click()

    def type_into(name, text):
        click(page.locator(f"[name='{name}']"))
        page.keyboard.type(text)

    page.goto("/")
    click(page.get_by_role("link", name="Write a thank-you").first)
    type_into("company", "Zylker")
    for name, text in (("position", "Ward nurse"), ("first-full_name", "Priya Nair")):
        page.keyboard.press("Tab")
        expect(page.locator(f"[name='{name}']")).to_be_focused()
        page.keyboard.type(text)
    click(page.get_by_role("button", name="It just ended"))
    type_into("full_name", "Jordan Álvarez")
    click(page.get_by_role("button", name="Next: the conversation"))
    page.wait_for_url("**/people/**")
    type_into("mentioned", "the move to the new ward")
    click(page.get_by_role("button", name="Save and see the letter"))
    click(page.get_by_role("button", name="Copy the letter"))
    assert "the move to the new ward" in copied(page)
    assert (len(clicks) <= 8, len(screens) <= 5) == (True, True), (len(clicks), screens)


def test_without_javascript_up_to_the_text_to_select(open_browser):
    page = open_browser(java_script_enabled=False).new_page()
    tell_interview(page)
    tell_panel(page)
    page.fill("[name=mentioned]", "the move to Kafka")
    page.get_by_role("button", name="Show the letter so far").click()
    expect(page.locator("#letter")).to_contain_text("the move to Kafka")
    assert not Draft.objects.exists()
    tell_conversations(page)
    page.get_by_text("Other subjects").click()
    subject = page.locator("[name=use_subject]").last.get_attribute("value")
    page.locator("[name=use_subject]").last.click()
    assert letter_to("Priya Nair").subject == subject
    page.get_by_role("link", name="Copy or send it").click()
    assert page.locator("#copy-body").inner_text() == letter_to("Priya Nair").body


def test_without_javascript_one_person_needs_no_panel_page(open_browser):
    page = open_browser(java_script_enabled=False).new_page()
    begin_interview(page)
    page.fill("[name=first-full_name]", "Zhang Wei")
    page.get_by_text("More details").click()
    page.select_option("[name=stage]", "phone_screen")
    page.get_by_role("button", name="Next: the conversation").click()
    page.wait_for_url("**/people/**")
    expect(page.get_by_text("Phone screens are usually with a recruiter")).to_be_visible()
    expect(page.get_by_text("Which is the first name of Zhang Wei?")).to_be_visible()
    assert Interviewer.objects.get().role == "recruiter"
    page.goto(f"/interviews/{Interview.objects.get().id}/panel/")
    expect(page.get_by_text("Which is the first name? The letter will say:")).to_be_visible()
    expect(page.locator("[name=panel-0-greet_as]")).to_be_visible()


@pytest.mark.parametrize("where", ["letter", "copy"])
def test_clipboard_that_is_refused_leaves_the_text_selected(open_browser, where):
    context = open_browser()
    context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false;"
    )
    page = context.new_page()
    tell_everything(page)
    if where == "copy":
        page.get_by_role("link", name="Other ways to send").click()
        page.get_by_role("heading", name="Send it to Priya Nair").wait_for()
    page.get_by_role("button", name="Copy the letter").click()
    expect(page.get_by_text("press Ctrl+C")).to_be_visible()
    assert page.evaluate("getSelection().toString().trim()") == letter_to("Priya Nair").body


def test_copying_takes_the_text_as_it_is_typed(open_browser, live_server):
    page = copying(open_browser, live_server)
    tell_everything(page)
    page.locator("#id_body").press("Control+End")
    page.keyboard.type("\nOne line more.")
    page.get_by_role("button", name="Copy the letter").click()
    assert copied(page).endswith("One line more.")


def test_the_way_beside_has_the_text_as_it_is_typed(page):
    tell_everything(page)
    link = page.get_by_role("link", name="Open in your email app")
    page.locator("#id_body").press("Control+End")
    with page.expect_response("**/check/"):
        page.keyboard.type(" One line more.")
    expect(link).to_have_attribute("href", re.compile("One%20line%20more"))
    # If it is clicked before the link has the new text, it leads to the page that has it.
    page.route("**/check/", lambda route: None)
    page.keyboard.type(" And another.")
    link.click()
    page.get_by_role("heading", name="Send it to Priya Nair").wait_for()
    expect(page.locator("#copy-body")).to_contain_text("One line more. And another.")
    assert "And%20another" in page.get_by_role("link", name="Open in your email app").get_attribute("href")


def test_other_ways_have_the_text_as_it_is_typed(page):
    tell_everything(page)
    page.locator("#id_body").press("Control+End")
    page.keyboard.type(" One line more.")
    page.get_by_role("link", name="Other ways to send").click()
    page.get_by_role("heading", name="Send it to Priya Nair").wait_for()
    expect(page.locator("#copy-body")).to_contain_text("One line more.")


def test_a_letter_has_few_controls_and_copying_is_the_first(page):
    tell_everything(page)
    letter = page.url
    controls = page.locator("main :is(a, button, summary, textarea, input)")
    shown = """ones => ones
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .filter((one) => !one.closest(".panel-nav, .remark, .visually-hidden"))
        .map((one) => (one.innerText || one.id).trim())"""
    page.get_by_role("button", name="Copy the letter").wait_for()
    assert controls.evaluate_all(shown) == [
        "Senior Platform Engineer, Zylker",
        "Copy the letter",
        "Open in your email app",
        "Mark as sent and go to the next",
        "Other ways to send",
        "Copy address",
        "id_subject",
        "Copy subject",
        "Other subjects",
        "id_body",
        "Save",
        "Suggestions",
        "Why, and change it",
        "Other versions tone, rewrites, earlier versions",
        "Your notes about this person",
    ]
    assert page.locator("main .btn-primary:visible").all_inner_texts() == ["Copy the letter"]
    # What is rarely needed is one press away.
    for name in ("Formal", "Compare a rewrite", "Earlier versions"):
        expect(page.get_by_text(name, exact=True)).to_be_hidden()
    page.get_by_text("Other versions").click()
    for name in ("Compare a rewrite", "Earlier versions"):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    before = page.locator("#id_body").input_value()
    page.get_by_role("button", name="Formal").click()
    page.get_by_role("status").filter(has_text="The letter was rewritten.").wait_for()
    assert page.url == letter
    assert page.locator("#id_body").input_value() != before


def test_the_usual_way_stands_beside_copying(page):
    tell_everything(page)
    Candidate.objects.update(usual_channel="gmail")
    page.reload()
    ways = page.locator(".send-now").get_by_role("link")
    expect(ways.first).to_contain_text("Open in Gmail")
    Candidate.objects.update(usual_channel="copy")
    page.reload()
    expect(page.locator(".send-now").get_by_role("button").first).to_contain_text("Copy the letter")
    expect(ways.first).to_contain_text("Open in your email app")


def test_more_than_one_person_goes_on_to_the_panel(page):
    begin_interview(page)
    page.fill("[name=first-full_name]", "Priya Nair")
    page.get_by_text("Hiring manager", exact=True).click()
    page.get_by_label("I talked with more than one person").check()
    page.get_by_role("button", name="Next: the conversation").click()
    page.wait_for_url("**/panel/**")
    expect(page.locator("[name=panel-0-full_name]")).to_have_value("Priya Nair")
    expect(page.locator("[name=panel-0-role][value=hiring_manager]")).to_be_checked()
    page.fill("[name=panel-1-full_name]", "Tomasz Wójcik")
    page.get_by_role("button", name="Next: the conversation").click()
    page.wait_for_url("**/people/**")
    assert [person.full_name for person in Interviewer.objects.all()] == ["Priya Nair", "Tomasz Wójcik"]


def test_a_phone_screen_suggests_the_recruiter_and_never_over_a_choice(page):
    begin_interview(page)
    page.fill("[name=first-full_name]", "Priya Nair")
    page.get_by_text("More details").click()
    recruiter = page.locator("[name=first-role][value=recruiter]")
    hint = page.get_by_text("Phone screens are usually with a recruiter.")
    page.select_option("[name=stage]", "phone_screen")
    expect(recruiter).to_be_checked()
    expect(hint).to_be_visible()
    page.select_option("[name=stage]", "technical")
    expect(recruiter).not_to_be_checked()
    expect(hint).to_be_hidden()
    page.get_by_text("Future colleague").click()
    page.select_option("[name=stage]", "phone_screen")
    expect(page.locator("[name=first-role][value=peer]")).to_be_checked()
    page.get_by_role("button", name="Next: the conversation").click()
    page.wait_for_url("**/people/**")
    assert Interviewer.objects.get().role == "peer"


def test_the_first_name_is_asked_where_the_order_is_open(page):
    tell_interview(page)
    question = page.get_by_text("Which is the first name? The letter will say:")
    page.fill("[name=panel-0-full_name]", "Priya Nair")
    page.keyboard.press("Tab")
    expect(question).to_be_hidden()
    page.fill("[name=panel-0-full_name]", "Zhang Wei")
    page.keyboard.press("Tab")
    expect(question).to_contain_text("Hi Wei")
    page.fill("[name=panel-0-greet_as]", "Zhang")
    page.get_by_role("button", name="Next: the conversation").click()
    page.wait_for_url("**/people/**")
    assert Interviewer.objects.get().greet_as == "Zhang"
    expect(page.locator("#letter")).to_contain_text("Hi Zhang,")


def test_a_description_is_asked_about_and_the_letter_says_hello(page):
    tell_interview(page)
    question = page.get_by_text("This doesn’t look like a name.")
    page.fill("[name=panel-0-full_name]", "Guy Martin")
    page.keyboard.press("Tab")
    expect(question).to_be_hidden()
    page.fill("[name=panel-0-full_name]", "Guy with the beard")
    page.keyboard.press("Tab")
    expect(question).to_be_visible()
    expect(page.get_by_text("Which is the first name?")).to_be_hidden()
    expect(page.locator("[name=panel-0-greet_as]")).to_be_visible()
    page.get_by_role("button", name="Next: the conversation").click()
    page.wait_for_url("**/people/**")
    expect(page.locator("#letter")).to_contain_text("Hello,")
    expect(page.locator("#letter")).not_to_contain_text("Guy")
    expect(page.get_by_text("doesn’t look like a name")).to_have_count(0)


def test_a_person_typed_with_the_interview_is_saved_while_typing(page):
    begin_interview(page)
    page.fill("[name=first-full_name]", "Priya Nair")
    expect(page.locator("[data-save-status]")).to_contain_text("Saved")
    person = Interviewer.objects.get()
    page.fill("[name=first-full_name]", "Priya Nayar")
    page.get_by_text("Senior leader").click()
    page.get_by_role("button", name="Next: the conversation").click()
    page.wait_for_url("**/people/**")
    found = Interviewer.objects.get()
    assert (found.id, found.full_name, found.role) == (person.id, "Priya Nayar", "leader")


def test_letter_writes_itself_while_typing(page):
    tell_interview(page)
    tell_panel(page)
    letter = page.locator("#letter")
    expect(letter).to_contain_text("Hi Priya,")
    page.locator("[name=mentioned]").press_sequentially("the move to Kafka")
    expect(letter).to_contain_text("the move to Kafka.")
    page.fill("[name=mentioned]", "the <b>new</b> {office}")
    expect(letter).not_to_contain_text("Kafka")
    expect(letter.locator("b")).to_have_count(0)
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
    page.get_by_role("button", name="Save and go to the next person").click()
    page.get_by_role("heading", name="Tomasz Wójcik").wait_for()
    second.fill("[name=experience]", "leading a team")
    second.get_by_role("button", name="Save and go to the next person").click()
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
    tell_everything(page)
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
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.focus("[name=company]")
    page.keyboard.type("Zylker")
    page.keyboard.press("Tab")
    page.keyboard.type("SRE")
    page.fill("[name=ended_at]", "2026-11-19T15:10")
    page.focus("[name=first-full_name]")
    page.keyboard.type("Priya Nair")
    for _step in range(2):
        page.keyboard.press("Tab")
    # The arrow keys choose a role.
    expect(page.locator("[name=first-role]").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.focus("[name=full_name]")
    page.keyboard.type("Jordan Álvarez")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/**")
    assert Interviewer.objects.get().role == "recruiter"
    page.focus("[name=mentioned]")
    page.keyboard.type("the move to Kafka")
    page.focus("[name=callback]")
    page.keyboard.type("The allotment!")
    page.get_by_role("button", name="Save and see the letter").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Letter to Priya Nair")).to_be_visible()
    assert [draft.interviewer.callback for draft in Draft.objects.select_related("interviewer")] == [
        "The allotment!"
    ]
