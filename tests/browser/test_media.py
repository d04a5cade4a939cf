"""A letter on paper, in forced colors, at 320 pixels, at twice the size, and in a low window."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.steps import tell_conversations, tell_everything, tell_interview, tell_panel

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


# The ring of what has the focus, and the backgrounds inside and around it, as numbers.
RING = """one => {
    const read = (color) => color.match(/[\\d.]+/g).map(Number);
    const behind = (element) => {
        const color = read(getComputedStyle(element).backgroundColor);
        return element.parentElement && color[3] !== undefined && color[3] < 1 ? behind(element.parentElement) : color;
    };
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
    const sides = { inside: behind(one), around: behind(one.parentElement) };
    return { ring: `${outlineStyle} ${outlineWidth}`, color: read(outlineColor), ...sides };
}"""


def luminance(color):
    parts = [part / 255 for part in color[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(color, background):
    """The contrast of WCAG; `color` may let the background through."""
    share = color[3] if len(color) > 3 else 1
    seen = [share * one + (1 - share) * other for one, other in zip(color, background[:3], strict=False)]
    light, dark = sorted((luminance(seen), luminance(background)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "look",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"forced_colors": "active", "color_scheme": "dark"},
    ],
)
def test_a_field_with_the_focus_is_as_clear_as_a_button(open_browser, look):
    page = open_browser(**look).new_page()
    fields = {
        "/interviews/new/": (
            "#id_company",
            "#id_signature",
            "#id_more_people",
            "[name=first-role]",
            "main .btn-primary",
        ),
        "/check/": ("[name=body]", "main .btn-primary"),
    }
    tell_interview(page)
    tell_panel(page)
    fields[page.url] = ("#id_mentioned", "[name=reaction]", "main .btn-primary")
    tell_conversations(page)
    fields[page.url] = ("#id_subject", "#id_body", ".send-now .btn-outline-primary", ".letter-more summary")
    for address, ones in fields.items():
        page.goto(address)
        for selector in ones:
            one = page.locator(f"{selector}:visible").first
            # By the keyboard, as a ring around a button is for.
            one.focus()
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
            found = one.evaluate(RING)
            assert found["ring"] == "solid 3px", selector
            for side in ("inside", "around"):
                # A gap in the color of the page lies between the ring and a button.
                if side == "inside" and "btn" in selector:
                    continue
                assert contrast(found["color"], found[side]) >= 3, (selector, side, found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_only_what_is_done_or_good_news_is_green(open_browser, settings, scheme):
    settings.DEBUG = True
    page = open_browser(color_scheme=scheme).new_page()
    page.goto("/styleguide/")
    tags = page.locator(".row-card .state")
    colors = tags.evaluate_all("tags => tags.map((tag) => [tag.textContent, getComputedStyle(tag).color])")
    by_color = {}
    for text, color in colors:
        by_color.setdefault(color, set()).add(re.sub(r"(?<=Planned for).*", "", text))
    assert sorted(by_color.values(), key=len) == [
        {"To write", "To send", "Planned for"},
        {"All sent", "Another round", "An offer"},
        {"No reply yet", "They replied", "A rejection", "I withdrew"},
    ]
