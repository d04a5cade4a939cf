"""What a narrow screen must not cut, wrap or cover."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from drafts.models import Interview
from tests.browser.steps import tell_everything, tell_interview, tell_panel

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"viewport": {"width": 375, "height": 740}}


@pytest.fixture
def page(open_browser, live_server):
    context = open_browser(**PHONE)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    return context.new_page()


def test_what_is_said_after_copying_does_not_cover_the_letter(page):
    tell_everything(page)
    page.get_by_role("button", name="Copy the letter").click()
    expect(page.get_by_text("Copied: the letter.")).to_be_in_viewport()
    page.locator("#id_body").evaluate("area => area.scrollIntoView({ block: 'start' })")
    expect(page.get_by_text("Copied: the letter.")).not_to_be_in_viewport()


def lines(locator):
    """How many lines the text takes."""
    return locator.evaluate(
        """element => {
            const range = document.createRange();
            range.selectNodeContents(element);
            return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
        }"""
    )


def test_the_buttons_and_the_bar_below_the_notes_take_one_line_each(page):
    tell_interview(page)
    tell_panel(page)
    for name in ("Skip this person", "Save and finish later"):
        assert lines(page.get_by_role("button", name=name)) == 1
    bar = page.locator(".write-read")
    height = bar.bounding_box()["height"]
    bar.locator("[data-save-echo]").evaluate(
        "echo => echo.textContent = '· Changed elsewhere: see the top of the page'"
    )
    assert bar.bounding_box()["height"] == height
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_strip_of_steps_that_is_cut_points_to_where_it_goes_on(page):
    tell_interview(page)
    tell_panel(page)
    arrow = "(strip, end) => getComputedStyle(strip, end).content"
    strip = page.locator(".steps")
    assert "‹" in strip.evaluate(arrow, "::before")
    assert "›" in strip.evaluate(arrow, "::after")
    strip.evaluate("strip => { strip.scrollLeft = 0; }")
    expect(strip).to_have_attribute("data-edges", "after")
    assert "none" in strip.evaluate(arrow, "::before")
    strip.evaluate("strip => { strip.scrollLeft = strip.scrollWidth; }")
    expect(strip).to_have_attribute("data-edges", "before")
    strip.get_by_role("link", name="The interview").click()
    page.wait_for_url("**/edit/")


def test_without_javascript_a_strip_of_steps_is_shown_whole(open_browser):
    page = open_browser(java_script_enabled=False, **PHONE).new_page()
    tell_everything(page)
    page.goto(f"/interviews/{Interview.objects.get().id}/panel/")
    assert page.locator(".steps").evaluate("strip => strip.scrollWidth - strip.clientWidth") == 0


def test_a_link_among_buttons_begins_where_the_text_does(page):
    tell_interview(page)
    left = page.locator("h1").bounding_box()["x"]
    back = page.get_by_role("link", name="Back to the interview")
    text_left = back.evaluate(
        """link => {
            const range = document.createRange();
            range.selectNodeContents(link);
            return range.getBoundingClientRect().x;
        }"""
    )
    assert abs(text_left - left) < 1


HEADER = ".desk-header-row"


@pytest.mark.parametrize("locale", ["en-US", "de-DE", "es-ES", "fr-FR"])
@pytest.mark.parametrize("width", [320, 360, 375])
def test_the_header_fits_on_one_line_in_every_language(open_browser, width, locale):
    page = open_browser(viewport={"width": width, "height": 700}, locale=locale).new_page()
    page.goto("/")
    one_line = page.locator(".desk-header .btn").bounding_box()["height"] * 1.5
    assert page.locator(HEADER).bounding_box()["height"] < one_line
    # A guest has other links.
    page.goto("/settings/")
    page.locator("main form button.btn-lg").click()
    page.wait_for_load_state()
    expect(page.locator(".desk-header a[href='/settings/']")).to_be_visible()
    assert page.locator(HEADER).bounding_box()["height"] < one_line
    assert page.evaluate("document.documentElement.scrollWidth") <= width


CUT = """([bar, words]) => {
    const echo = bar.querySelector("[data-save-echo]");
    echo.textContent = words;
    return [bar, ...bar.querySelectorAll("*")].filter((one) => {
        const { left, right } = one.getBoundingClientRect();
        return left < 0 || right > innerWidth || one.scrollWidth > Math.max(one.clientWidth, one.offsetWidth) + 1;
    }).length;
}"""


@pytest.mark.parametrize("language", ["en", "de", "es", "fr"])
def test_the_bar_at_the_bottom_shows_every_state_whole(page, language):
    tell_everything(page)
    notes = page.locator("a[href$='?then=letter']").first.get_attribute("href")
    for address in (notes.partition("?")[0], page.url.partition("?")[0]):
        page.goto(f"{address}?lang={language}")
        status, bar = page.locator("[data-save-status]"), page.locator(".letter-bar")
        expect(page.locator("html")).to_have_attribute("lang", language)
        said = status.evaluate("({ dataset }) => ({ ...dataset })")
        states = [words for name, words in said.items() if name.startswith("short") or name == "saving"]
        assert len(states) == 6
        for words in states:
            assert page.evaluate(CUT, [bar.element_handle(), words]) == 0
