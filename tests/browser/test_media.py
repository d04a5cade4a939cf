"""A letter on paper, in forced colors, at 320 pixels, at twice the size, and in a low window."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.steps import tell_everything, tell_interview, tell_panel

pytestmark = [pytest.mark.django_db(transaction=True)]


def style(page, selector, name):
    return page.locator(selector).first.evaluate(f"element => getComputedStyle(element)[{name!r}]")


def test_a_letter_prints_as_a_letter(open_browser):
    page = open_browser(color_scheme="dark").new_page()
    tell_everything(page)
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_label("Letter", exact=True)).to_be_visible()
    for hidden in (
        ".desk-header",
        ".desk-footer",
        ".panel-nav",
        ".send-now",
        ".actions",
        ".margin",
        ".tones-row",
    ):
        expect(page.locator(hidden).first).to_be_hidden()
    assert (style(page, "body", "color"), style(page, "body", "backgroundColor")) == (
        "rgb(0, 0, 0)",
        "rgb(255, 255, 255)",
    )
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Senior Platform Engineer").click()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Priya Nair")).to_be_visible()
    expect(page.locator(".card-letter").first).to_be_visible()
    expect(page.locator(".card-links").first).to_be_hidden()


def test_forced_colors_show_a_letter_once_and_where_one_is(open_browser):
    page = open_browser(forced_colors="active", viewport={"width": 375, "height": 800}).new_page()
    tell_everything(page)
    # The underlines' copy of the text lies below the field: its own words stay unseen.
    assert style(page, ".sheet-mirror", "color") == "rgba(0, 0, 0, 0)"
    assert style(page, ".paper", "borderTopStyle") == "solid"
    here, other = (
        style(page, f".panel-nav a{which}", "borderBottomColor")
        for which in ("[aria-current]", ":not([aria-current])")
    )
    assert here != other


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_is_wider_than_a_narrow_window(open_browser, width):
    """320 pixels, and 1,280 at 200%."""
    page = open_browser(viewport={"width": width, "height": 640}).new_page()
    tell_everything(page)
    letter = page.url
    for path in (
        letter,
        f"{letter}copy/",
        f"{letter}history/",
        f"{letter}recompose/",
        "/",
        "/shortcuts/",
        "/help/",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_a_letter_taller_than_the_window_fades_out_where_it_goes_on(open_browser):
    page = open_browser(viewport={"width": 1280, "height": 300}).new_page()
    tell_interview(page)
    tell_panel(page)
    letter = page.locator(".writing-letter")
    transparent = "rgba(0, 0, 0, 0)"
    expect(letter).to_have_attribute("data-edges", "after")
    mask = style(page, ".writing-letter", "maskImage")
    assert (mask.count(transparent), mask.endswith(f"{transparent})")) == (1, True)
    letter.evaluate("letter => { letter.scrollTop = letter.scrollHeight; }")
    expect(letter).to_have_attribute("data-edges", "before")
    mask = style(page, ".writing-letter", "maskImage")
    assert (mask.count(transparent), mask.endswith(f"{transparent})")) == (1, False)
