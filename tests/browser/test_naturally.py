"""Say it more naturally, in a browser: the page before, the wait, the comparison, the letter."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from drafts.models import Draft
from tests.browser.steps import tell_everything
from tests.model_server import Reply, model_server, openai_reply

pytestmark = pytest.mark.django_db(transaction=True)
CLAIM = "I have a PhD."
WORKING = "The language model is writing. This can take up to 30 seconds."
# While a page is on its way out, Playwright waits; so the page itself notes what it says then.
PRESS_TWICE = """selector => {
    const status = document.querySelector("[data-working]");
    new MutationObserver(() => { sessionStorage.working = status.hidden ? "" : status.textContent; })
        .observe(status, { attributes: true, childList: true });
    const button = document.querySelector(selector);
    button.click();
    setTimeout(() => button.click(), 200);
}"""


@pytest.fixture
def server(settings):
    with model_server() as running:
        settings.MODEL_URL, settings.MODEL_NAME = running.url, "small"
        running.reply = lambda asked: slow(reworded(asked))
        yield running


def reworded(asked):
    """The letter as sent with one word changed and one sentence that is not so."""
    letter = asked.body["messages"][1]["content"].partition("<letter>\n")[2].partition("\n</letter>")[0]
    first, dot, rest = letter.partition(".")
    return openai_reply(f"{first.replace('Thank you', 'Thanks')}{dot}{rest}\n\n{CLAIM}")


def slow(reply):
    return Reply(pieces=(reply.body[:10], reply.body[10:]), pause_s=0.7)


def letter_page(page):
    tell_everything(page)
    Draft.objects.update(body="Hi Priya,\n\nThank you for the move to Kafka. I liked it.\n\nBest,\nJordan")
    page.reload()
    expect(page.locator("#id_body")).to_have_value(re.compile("Thank you for the move"))


def no_violations(page):
    assert Axe().run(page).response["violations"] == []


def test_from_the_letter_to_the_letter(page, server):
    letter_page(page)
    no_violations(page)
    # What was typed a moment ago goes along.
    body = page.locator("#id_body")
    body.fill(body.input_value().replace("I liked it.", "I liked it a lot."))
    page.get_by_role("button", name="Say it more naturally").click()
    expect(page.get_by_role("heading", name="Say it more naturally")).to_be_visible()
    page.get_by_text("See exactly what we send").click()
    expect(page.get_by_text("Our instructions to the model")).to_be_visible()
    no_violations(page)
    assert server.asked == []
    expect(page.get_by_role("button", name="Agree and rewrite the letter")).to_be_visible()
    page.evaluate(f"({PRESS_TWICE})('form[data-naturally] button')")
    expect(page.get_by_role("heading", name="How the rewrite differs")).to_be_visible()
    assert page.evaluate("sessionStorage.working") == WORKING
    assert len(server.asked) == 1
    assert "I liked it a lot." in str(server.asked[0].body)
    no_violations(page)
    expect(page.get_by_text("Your own words stay.", exact=True)).to_have_count(1)
    page.reload()
    page.get_by_role("button", name="Put the checked changes into the letter").click()
    expect(body).to_have_value(re.compile("Thanks for the move"))
    assert CLAIM not in body.input_value()
    # The second time no page asks, and the wait is shown on the letter.
    page.evaluate("sessionStorage.clear()")
    page.evaluate(f"({PRESS_TWICE})('[name=naturally]')")
    expect(page.get_by_role("heading", name="How the rewrite differs")).to_be_visible()
    assert page.evaluate("sessionStorage.working") == WORKING
    page.go_back()
    expect(page.locator("[data-working]")).to_be_hidden()
    assert len(server.asked) == 2


def test_without_javascript_on_a_phone(open_browser, server):
    page = open_browser(java_script_enabled=False, viewport={"width": 375, "height": 700}).new_page()
    tell_everything_without_script(page)
    page.get_by_role("button", name="Say it more naturally").click()
    page.get_by_role("button", name="Agree and rewrite the letter").click()
    expect(page.get_by_role("heading", name="How the rewrite differs")).to_be_visible()
    assert len(server.asked) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def tell_everything_without_script(page):
    page.goto("/interviews/new/")
    page.fill("[name=company]", "Zylker")
    page.fill("[name=position]", "Engineer")
    page.fill("[name=ended_at]", "2026-11-19T15:10")
    page.fill("[name=time_zone]", "America/New_York")
    page.fill("[name=full_name]", "Jordan Álvarez")
    page.get_by_role("button", name="Next: the conversation").click()
    page.fill("[name=panel-0-full_name]", "Priya Nair")
    page.check("[name=panel-0-role][value=peer]")
    page.get_by_role("button", name="Next: the conversation").click()
    page.fill("[name=mentioned]", "The move of the payments ledger to Kafka.")
    page.get_by_role("button", name="Save and see the letter").click()


def test_a_failure_is_read_out_and_the_letter_stays(page, server):
    server.reply = Reply(500, b"{}")
    letter_page(page)
    page.get_by_role("button", name="Say it more naturally").click()
    page.get_by_role("button", name="Agree and rewrite the letter").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("server had an error")
    no_violations(page)
    page.get_by_role("link", name="Back to the letter").click()
    expect(page.locator("#id_body")).to_have_value(re.compile("Thank you for the move"))
