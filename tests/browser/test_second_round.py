"""From a second round at the same company, with one person met before, to a copied letter."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from drafts.models import Draft, Interview
from tests.browser.steps import tell_everything

pytestmark = pytest.mark.django_db(transaction=True)


def second_round(page):
    """Opens the panel page of a second round, a week after a first round whose letter to Priya was sent."""
    tell_everything(page)
    now = timezone.now()
    Interview.objects.update(ended_at=now - dt.timedelta(days=7))
    Draft.objects.filter(interviewer__full_name="Priya Nair").update(sent_at=now - dt.timedelta(days=7))
    first = Interview.objects.get()
    second = Interview.objects.create(
        candidate=first.candidate,
        company="zylker",
        position=first.position,
        ended_at=now - dt.timedelta(hours=1),
        time_zone=first.time_zone,
        search_text="zylker",
    )
    page.goto(f"{second.get_absolute_url()}panel/")
    return second


def write(page):
    page.get_by_role("button", name="Next: the conversation").click()
    expect(page.get_by_label("We’d already spoken before this interview")).to_be_checked()
    page.get_by_text("You met on").click()
    expect(page.get_by_text("Open this letter")).to_be_visible()
    page.fill("[name=mentioned]", "the on-call rota is down to four people")
    page.get_by_role("button", name="Save and see the letters").click()
    expect(page.locator("#id_body")).to_have_value(re.compile(r"again|once more"))


def test_a_name_chosen_while_typing_fills_the_row_and_the_letter_knows(page):
    second = second_round(page)
    page.fill("[name=panel-0-full_name]", "Priya Nair")
    expect(page.locator("[name=panel-0-email]")).to_have_value("priya.nair@zylker.example")
    expect(page.locator("[name=panel-0-role][value=hiring_manager]")).to_be_checked()
    assert Axe().run(page).response["violations"] == []
    write(page)
    page.get_by_role("button", name="Copy the letter").click()
    expect(page.get_by_role("button", name="Mark as sent")).to_be_visible()
    assert second.interviewers.get().met_before


def test_without_javascript_a_person_is_added_by_a_button(open_browser):
    page = open_browser(java_script_enabled=False, viewport={"width": 375, "height": 667}).new_page()
    second_round(page)
    page.get_by_role("button", name="Add Priya Nair").click()
    expect(page.locator("[name=panel-0-full_name]")).to_have_value("Priya Nair")
    write(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_new_pages_fit_a_phone_and_pass_axe(open_browser, scheme):
    page = open_browser(color_scheme=scheme, viewport={"width": 320, "height": 667}).new_page()
    second = second_round(page)
    page.get_by_role("button", name="Add Priya Nair").click()
    page.get_by_role("button", name="Next: the conversation").click()
    expect(page.get_by_label("We’d already spoken before this interview")).to_be_checked()
    assert Axe().run(page).response["violations"] == []
    page.goto(f"{second.get_absolute_url()}company/")
    expect(page.get_by_role("link", name="Thank-you").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert Axe().run(page).response["violations"] == []
