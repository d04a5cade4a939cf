"""The whole way to a sent letter in German, without JavaScript."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from drafts.models import Draft
from tests.browser.steps import tell_everything
from tests.visible import left_in_english, visible

pytestmark = pytest.mark.django_db(transaction=True)
TYPED = ("Priya Nair", "Zylker", "Platform Engineer", "Jordan Álvarez", "Berlin")


def look_at(page):
    """Nothing but letters and notes is in English, and a screen reader is told which is which."""
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert (
        left_in_english(visible(page.content(), "de"), {"Save", "Settings", "Help", "Subject"}, TYPED)
        == set()
    )
    problems = Axe().run(page)
    assert problems.violations_count == 0, problems.generate_report()


def test_from_the_start_page_to_a_sent_letter_in_german(open_browser):
    page = open_browser(java_script_enabled=False, locale="de-DE").new_page()
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    assert left_in_english(visible(page.content(), "de"), set(), TYPED) == set()
    page.locator(".hero a[href='/interviews/new/']").click()
    page.get_by_label("Firma").fill("Zylker")
    page.get_by_label("Stelle").first.fill("Platform Engineer")
    page.fill("[name=ended_at]", "2026-11-19T15:10")
    page.fill("[name=time_zone]", "Berlin")
    page.fill("[name=full_name]", "Jordan Álvarez")
    page.locator("main form [type=submit], main form button").last.click()
    page.wait_for_url("**/panel/")
    page.fill("[name=panel-0-full_name]", "Priya Nair")
    page.check("[name=panel-0-role][value=hiring_manager]")
    page.locator("form:has([name=panel-0-full_name]) button.btn-lg").click()
    page.wait_for_url("**/people/**")
    expect(page.get_by_label("You told me")).to_have_attribute("lang", "en")
    page.fill("[name=mentioned]", "she said they need two nurses for the night shift")
    page.locator("button[name=save].btn-lg").click()
    page.wait_for_url("**/drafts/**")
    letter = page.locator("[name=body]")
    expect(letter).to_have_attribute("lang", "en")
    assert "need two nurses for the night shift" in letter.input_value()
    letter.fill(letter.input_value().replace("Hi Priya", "Hi Prya"))
    page.locator("button[name=check]").click()
    expect(page.locator("#checks")).to_contain_text("Priya")
    assert left_in_english(visible(page.content(), "de"), set(), (*TYPED, "Prya", "Priya")) == set()
    page.locator(".chip-suggestion", has_text="Priya").first.click()
    page.locator("button[name=copy]").click()
    page.wait_for_url("**/copy/")
    expect(page.locator("#copy-body")).to_have_attribute("lang", "en")
    expect(page.locator("#copy-body")).to_contain_text("Hi Priya,")
    page.locator("form[action$='/sent/'] button").first.click()
    draft = Draft.objects.get()
    assert draft.sent_at is not None
    page.goto("/settings/")
    page.select_option("[name=language]", "fr")
    page.locator("main form button.btn-lg").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_a_stranger_switches_in_the_footer(open_browser):
    page = open_browser(java_script_enabled=False).new_page()
    page.goto("/help/")
    page.locator("footer").get_by_role("link", name="Deutsch").click()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.goto("/privacy/")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("footer [aria-current]")).to_have_text("Deutsch")


def test_pages_in_german_have_no_violations(open_browser):
    page = open_browser(locale="de-DE").new_page()
    for address in ("/", "/check/", "/settings/", "/interviews/new/"):
        page.goto(address)
        look_at(page)


def test_cities_are_suggested_in_the_language_of_the_page(open_browser):
    page = open_browser(locale="de-DE", timezone_id="Europe/Rome").new_page()
    page.goto("/interviews/new/")
    zone = page.locator("[name=time_zone]")
    expect(zone).to_have_value("Rom")
    zone.focus()
    expect(page.locator("#zones option[value=Mailand]")).to_have_text("Europe/Rome")
    expect(page.locator("#zones option[value=Milan]")).to_have_count(0)
    expect(page.locator("#zones option[value=München]")).to_have_count(1)


def test_it_just_ended_knows_the_city_by_its_local_name(open_browser):
    page = open_browser(locale="es-ES", timezone_id="Europe/Berlin").new_page()
    page.goto("/interviews/new/")
    page.fill("[name=time_zone]", "Nueva York")
    page.locator("[data-now=id_ended_at]").click()
    filled = page.locator("[name=ended_at]")
    expect(filled).not_to_have_value("")
    there = dt.datetime.now(ZoneInfo("America/New_York")).replace(tzinfo=None)
    assert abs(dt.datetime.fromisoformat(filled.input_value()) - there) < dt.timedelta(minutes=3)


def test_what_scripts_say_is_a_sentence_of_the_language(open_browser, live_server):
    context = open_browser()
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    page = context.new_page()
    tell_everything(page)
    page.goto(f"{page.url.partition('?')[0]}?lang=de")
    body = page.locator("#id_body")
    body.fill(body.input_value().replace("Hi Priya", "Hi Pryia"))
    page.locator(".chip-suggestion", has_text="Priya").first.click()
    expect(page.locator("#checks-undo")).to_contain_text("Geändert in „Priya“.")
    page.locator("[data-copy=id_body]").first.click()
    expect(page.locator("#copy-status")).to_have_text("Kopiert: die Nachricht.")
