"""Findings on a letter: while typing, with one click, by keyboard, and without JavaScript."""

from __future__ import annotations

import contextlib
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page, Route, expect

from drafts.models import Draft
from tests.browser.steps import tell_everything

pytestmark = pytest.mark.django_db(transaction=True)


def open_letter(page: Page, name: str = "Priya Nair") -> Draft:
    """Completes all steps and opens the letter to one of the panel."""
    tell_everything(page)
    draft = Draft.objects.get(interviewer__full_name=name)
    page.goto(f"/drafts/{draft.id}/")
    return draft


def body(page: Page) -> str:
    return page.locator("#id_body").input_value()


def type_at_the_end_of(page: Page, words: str, more: str) -> None:
    """Types after some words of the letter, key by key."""
    page.locator("#id_body").evaluate(
        "(area, words) => { const at = area.value.indexOf(words) + words.length;"
        " area.focus(); area.setSelectionRange(at, at); }",
        words,
    )
    page.keyboard.type(more)


def note(page: Page, text: str):
    return page.locator(".remark").filter(has_text=text)


def test_a_misspelling_gets_a_note_and_one_click_fixes_it(page):
    draft = open_letter(page)
    before = body(page)
    expect(page.locator("#checks")).to_contain_text("Ready to send")
    type_at_the_end_of(page, "the payments ledger to Kafka", " is intresting")
    found = note(page, "“intresting” may be misspelled")
    expect(found).to_be_visible()
    expect(page.locator("#checks")).to_contain_text("1 to fix")
    marked = page.locator(".slip-fix")
    expect(marked).to_have_text("intresting")
    # The note is next to the words: not above their line, and near it if there is nothing above.
    assert found.bounding_box()["y"] >= marked.bounding_box()["y"] - 2
    found.get_by_role("button", name="interesting", exact=True).click()
    expect(found).to_have_count(0)
    expect(page.locator("#checks")).to_contain_text("Ready to send")
    assert body(page) == before.replace("to Kafka", "to Kafka is interesting")
    page.get_by_role("button", name="Undo").click()
    assert body(page) == before.replace("to Kafka", "to Kafka is intresting")
    expect(note(page, "intresting")).to_be_visible()
    draft.refresh_from_db()
    assert draft.body == before


def test_a_suggestion_can_be_undone_like_anything_typed(page):
    open_letter(page)
    type_at_the_end_of(page, "Kafka", " is intresting")
    note(page, "intresting").get_by_role("button", name="interesting", exact=True).click()
    expect(note(page, "intresting")).to_have_count(0)
    page.locator("#id_body").press("Control+z")
    assert "is intresting" in body(page)


def test_a_suggestion_goes_where_its_words_are_now(page, forgiven):
    forgiven.append("ERR_FAILED")
    open_letter(page)
    type_at_the_end_of(page, "Kafka", " is intresting 🎉")
    found = note(page, "intresting")
    expect(found).to_be_visible()
    # More text before it, and no response of the server about that yet.
    page.route("**/check/", lambda route: route.abort())
    page.locator("#id_body").evaluate("area => area.setSelectionRange(0, 0)")
    page.keyboard.type("👋 ")
    found.get_by_role("button", name="interesting", exact=True).click()
    assert "Kafka is interesting 🎉" in body(page)
    assert body(page).startswith("👋 Hi Priya")


def test_the_second_click_of_a_pair_does_not_land_on_the_next_note(page):
    open_letter(page)
    type_at_the_end_of(page, "Kafka", " intresting wrold")
    expect(note(page, "wrold")).to_be_visible()
    note(page, "intresting").get_by_role("button", name="interesting", exact=True).dblclick()
    expect(note(page, "intresting")).to_have_count(0)
    assert "Kafka interesting wrold" in body(page)
    expect(note(page, "wrold")).to_be_visible()


def test_a_suggestion_for_the_subject_goes_where_its_words_are_now(page, forgiven):
    forgiven.append("ERR_FAILED")
    open_letter(page)
    page.fill("#id_subject", "Thank you for teh talk, Priya")
    found = note(page, "“teh”")
    expect(found).to_be_visible()
    page.route("**/check/", lambda route: route.abort())
    page.locator("#id_subject").press("Home")
    page.keyboard.type("My big ")
    found.get_by_role("button", name="the", exact=True).click()
    expect(page.locator("#id_subject")).to_have_value("My big Thank you for the talk, Priya")


def test_undo_finds_its_words_after_more_was_typed(page):
    open_letter(page)
    type_at_the_end_of(page, "Kafka", " intresting")
    note(page, "intresting").get_by_role("button", name="interesting", exact=True).click()
    type_at_the_end_of(page, "Hi ", "dear ")
    page.get_by_role("button", name="Undo").click()
    assert body(page).startswith("Hi dear Priya,")
    assert "Kafka intresting" in body(page)


def test_underlines_inside_a_longer_one_are_drawn(page):
    open_letter(page)
    type_at_the_end_of(page, "Kafka", " and then" + " on and on" * 15 + " to teh end")
    expect(note(page, "“teh”")).to_be_visible()
    expect(page.locator(".slip-fix")).to_have_text("teh")
    expect(page.locator(".slip-consider").first).to_be_visible()


def test_a_copied_paragraph_is_marked_in_both_letters(page):
    open_letter(page)
    other = Draft.objects.get(interviewer__full_name="Tomasz Wójcik")
    copied = other.body.split("\n\n")[2]
    page.locator("#id_body").evaluate(
        "(area, text) => { area.focus(); const at = area.value.indexOf('\\n\\n') + 2;"
        " area.setSelectionRange(at, at); document.execCommand('insertText', false, text + '\\n\\n'); }",
        copied,
    )
    found = note(page, "your letter to Tomasz Wójcik").first
    expect(found).to_be_visible()
    marked = page.locator(".slip").first
    assert marked.inner_text() in body(page)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_text("Saved.").wait_for()
    note(page, "your letter to Tomasz Wójcik").first.get_by_role("link", name="See both letters").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("side by side")
    marks = [side.locator("mark").all_inner_texts() for side in page.locator(".two section").all()]
    assert marks[0] == marks[1] != []
    assert all(text in copied for text in marks[0])
    assert Axe().run(page).response["violations"] == []


def test_dismissed_findings_stay_dismissed(page):
    draft = open_letter(page)
    type_at_the_end_of(page, "Kafka", " is intresting")
    with page.expect_response("**/check/"):
        note(page, "intresting").get_by_role("button", name="Dismiss").click()
    expect(note(page, "intresting")).to_have_count(0)
    expect(page.locator("#checks")).to_contain_text("1 dismissed")
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.get_by_text("Saved.").wait_for()
    page.goto(f"/drafts/{draft.id}/")
    expect(page.locator("#checks")).to_contain_text("1 dismissed")
    expect(note(page, "intresting")).to_have_count(0)
    # Other words are a different finding.
    type_at_the_end_of(page, "is intresting", "g")
    expect(note(page, "intrestingg")).to_be_visible()
    page.keyboard.press("Backspace")
    page.get_by_role("button", name="Show again").click()
    expect(note(page, "intresting")).to_be_visible()
    expect(page.locator("#checks")).not_to_contain_text("dismissed")


def test_an_own_word_is_right_from_then_on(page):
    open_letter(page)
    type_at_the_end_of(page, "Kafka", " zorbing")
    note(page, "zorbing").get_by_role("button", name="Add zorbing to my words").click()
    expect(page.locator("#checks")).to_contain_text("“zorbing” was added to your words.")
    expect(note(page, "zorbing")).to_have_count(0)
    # The second click of a double click must not act on the next note.
    page.wait_for_timeout(600)
    page.get_by_role("button", name="Remove it from my words").click()
    expect(note(page, "zorbing")).to_be_visible()


def test_the_older_answer_is_never_shown(page):
    open_letter(page)
    page.locator("#checks").evaluate(
        """checks => {
            window.seen = [];
            const note = () => window.seen.push(checks.textContent);
            new MutationObserver(note).observe(checks, {childList: true, subtree: true});
        }"""
    )
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if "firstt" in parse_qs(route.request.post_data)["body"][0]:
            held.append(route)
        else:
            route.continue_()

    page.route("**/check/", hold_the_first)
    with page.expect_request("**/check/"):
        type_at_the_end_of(page, "Kafka", " firstt")
    for _ in " firstt":
        page.keyboard.press("Backspace")
    page.keyboard.type(" secondd")
    expect(note(page, "secondd")).to_be_visible()
    with contextlib.suppress(Error):  # The browser may have given the request up already.
        held[0].fulfill(
            body='<p data-count="old">old</p><ol class="remarks"><li class="remark">firstt</li></ol>'
        )
    page.keyboard.type(" thirdd")
    expect(note(page, "thirdd")).to_be_visible()
    assert held
    assert not any("firstt" in text for text in page.evaluate("window.seen"))


def test_an_answer_about_a_text_that_changed_meanwhile_is_dropped(page):
    """The response arrives while the user keeps typing, before the next check is sent."""
    open_letter(page)
    held: list[Route] = []
    page.route("**/check/", lambda route: held.append(route) if not held else route.continue_())
    with page.expect_request("**/check/"):
        type_at_the_end_of(page, "Kafka", " firstt")
    page.locator("#id_body").evaluate("area => { area.value = area.value.replace(' firstt', ' secondd'); }")
    held[0].fulfill(body='<p data-count="old">old</p><ol class="remarks"><li class="remark">firstt</li></ol>')
    expect(note(page, "secondd")).to_be_visible()
    expect(note(page, "firstt")).to_have_count(0)


def test_a_screen_reader_hears_the_count_when_it_changes(page):
    open_letter(page)
    count = page.locator("#check-count")
    expect(count).to_have_text("Ready to send. No suggestions.", timeout=10_000) if not note(
        page, "Timing"
    ).count() and not note(page, "Address").count() else expect(count).to_contain_text("Ready to send")
    count.evaluate(
        """count => {
            window.said = [];
            const note = () => window.said.push(count.textContent);
            new MutationObserver(note).observe(count, {childList: true, subtree: true});
        }"""
    )
    type_at_the_end_of(page, "Kafka", " and more of it")
    page.wait_for_timeout(1200)
    assert page.evaluate("window.said") == []
    page.keyboard.type(" intresting")
    expect(count).to_contain_text("1 to fix")
    assert len(page.evaluate("window.said")) == 1


def test_when_the_server_is_unavailable_the_text_stays_and_a_word_says_so(page, forgiven):
    forgiven.append("ERR_FAILED")
    open_letter(page)
    page.route("**/check/", lambda route: route.abort())
    type_at_the_end_of(page, "Kafka", " intresting")
    expect(page.locator("#checks-trouble", has_text="can’t check the letter right now")).to_be_visible()
    assert "Kafka intresting" in body(page)
    page.unroute("**/check/")
    page.keyboard.type(" too")
    expect(page.locator("#checks-trouble", has_text="can’t check the letter right now")).to_be_hidden()


def test_an_expired_session_is_reported_and_the_text_kept(open_browser, forgiven):
    forgiven.append("Error Code 404")
    context = open_browser()
    page = context.new_page()
    open_letter(page)
    for name in ("sessionid", "waiting_guest"):
        context.clear_cookies(name=name)
    type_at_the_end_of(page, "Kafka", " and more")
    expect(page.locator("#checks-trouble", has_text="Copy it before you leave this page")).to_be_visible()
    assert "Kafka and more" in body(page)


def test_the_focus_stays_among_the_notes(page):
    open_letter(page)
    type_at_the_end_of(page, "Kafka", " intresting wrold")
    expect(note(page, "wrold")).to_be_visible()
    note(page, "intresting").get_by_role("button", name="Dismiss").focus()
    page.keyboard.press("Enter")
    expect(note(page, "intresting")).to_have_count(0)
    # The focus moves once the notes have found their places.
    page.wait_for_function("document.activeElement.closest('.remark')?.textContent.includes('wrold')")


def test_on_a_phone_the_notes_fold_under_the_letter(open_browser):
    page = open_browser(viewport={"width": 375, "height": 800}).new_page()
    draft = open_letter(page)
    Draft.objects.filter(pk=draft.pk).update(body=draft.body.replace("Hi Priya", "Hi Pryia"))
    page.goto(f"/drafts/{draft.id}/")
    found = note(page, "Pryia")
    expect(found).to_be_hidden()
    bar = page.locator("[data-checks-bar]")
    expect(bar).to_contain_text("1 to fix")
    bar.click()
    expect(found).to_be_visible()
    assert found.bounding_box()["y"] > page.locator("#id_body").bounding_box()["y"]
    found.get_by_role("button", name="Priya", exact=True).click()
    assert body(page).startswith("Hi Priya,")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_without_javascript_a_button_gives_the_same(open_browser):
    page = open_browser(java_script_enabled=False).new_page()
    draft = open_letter(page)
    typed = draft.body.replace("Hi Priya", "Hi Pryia").replace("Kafka", "Kafka, which is intresting")
    page.fill("[name=body]", typed)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("It isn’t saved yet.")).to_be_visible()
    assert body(page) == typed
    note(page, "Pryia").get_by_role("button", name="Priya", exact=True).click()
    assert body(page).startswith("Hi Priya,")
    note(page, "intresting").get_by_role("button", name="Dismiss").click()
    expect(note(page, "intresting")).to_have_count(0)
    assert "which is intresting" in body(page)
    page.get_by_role("button", name="Save", exact=True).last.click()
    draft.refresh_from_db()
    assert draft.body == typed.replace("Pryia", "Priya")


def test_keyboard_alone_fixes_a_letter(page):
    open_letter(page)
    type_at_the_end_of(page, "Kafka", " intresting")
    button = note(page, "intresting").get_by_role("button", name="interesting", exact=True)
    expect(button).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    assert "Kafka interesting" in body(page)


def test_enter_in_the_subject_saves_and_takes_no_suggestion(page):
    draft = open_letter(page)
    page.fill("#id_subject", "Our talk about the ledger")
    page.locator("#id_subject").press("Enter")
    page.get_by_text("Saved.").wait_for()
    draft.refresh_from_db()
    assert draft.subject == "Our talk about the ledger"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
def test_a_letter_full_of_notes_passes_axe_and_fits(open_browser, scheme, width):
    page = open_browser(color_scheme=scheme, viewport={"width": width, "height": 800}).new_page()
    draft = open_letter(page)
    bad = (
        draft.body.replace("Hi Priya", "Hi Pryia")
        + "\n\nI look forward to hear from you!!! [link] 😀 dude, teh"
        + "x" * 60
    )
    Draft.objects.filter(pk=draft.pk).update(body=bad, subject="Thanks")
    page.goto(f"/drafts/{draft.id}/")
    page.locator("#checks-fold").evaluate("fold => { fold.open = true; }")
    for why in page.locator(".remark-why").all():
        why.evaluate("why => { why.open = true; }")
    assert page.locator(".remark").count() > 6
    assert [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(page).response["violations"]] == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


# Where the letter and its notes are, and how much moved by itself since the page was opened.
PLACES = """() => [...document.querySelectorAll("#id_body, .remark")].map((one) => {
    const { left, top } = one.getBoundingClientRect();
    return [Math.round(left + scrollX), Math.round(top + scrollY), getComputedStyle(one).visibility];
})"""
MOVED = """() => new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().filter((one) => one.value > 0.001).length))
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(0), 300);
})"""


@pytest.mark.parametrize("width", [1280, 375])
def test_nothing_jumps_while_the_scripts_load_nor_after_back(open_browser, width):
    page = open_browser(viewport={"width": width, "height": 900}).new_page()
    draft = open_letter(page)
    end = draft.body.index("\n\n", len("Hi Priya,\n\n"))
    # Two notes whose order is not that of their lines.
    text = f"{draft.body[:end]} It was realy good.{draft.body[end:]}".replace("Could you tell me", "I wonder")
    Draft.objects.filter(pk=draft.pk).update(body=text)
    held: list[Route] = []
    page.route("**/js/*.js", lambda route: held.append(route))
    for go in (page.reload, page.go_back):
        if go == page.go_back:
            page.goto("/settings/", wait_until="commit")
        go(wait_until="commit")
        page.locator("footer").wait_for()
        # Painted without its scripts.
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        letter, *notes = page.evaluate(PLACES)
        assert len(notes) > 1
        assert {one[2] for one in notes} == {"hidden" if width == 1280 else "visible"}
        while held:
            held.pop().continue_()
        page.unroute("**/js/*.js")
        page.wait_for_load_state("load")
        expect(page.get_by_role("button", name="Copy the letter")).to_be_visible()
        page.wait_for_timeout(500)
        after, *placed = page.evaluate(PLACES)
        assert after == letter
        if width == 1280:
            assert {one[2] for one in placed} == {"visible"}
        assert page.evaluate(MOVED) == 0
        page.route("**/js/*.js", lambda route: held.append(route))


def test_notes_that_no_script_places_are_shown_all_the_same(page, forgiven):
    forgiven.append("ERR_FAILED")
    open_letter(page)
    page.route("**/js/checks*.js", lambda route: route.abort())
    page.reload()
    expect(page.locator(".remark").first).to_be_visible()


def test_notes_move_with_their_lines_when_something_above_opens(page):
    open_letter(page)
    type_at_the_end_of(page, "the payments ledger to Kafka", " is intresting")
    found = note(page, "intresting")
    expect(found).to_be_visible()
    page.get_by_text("Other subjects").click()
    page.wait_for_timeout(300)
    assert abs(found.bounding_box()["y"] - page.locator(".slip-fix").bounding_box()["y"]) < 40
