"""Follow-ups: from a sent thank-you to two nudges, a rejection, and an offer and its acceptance."""

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


@pytest.fixture
def sent(page):
    return thanked(page)


def thanked(page):
    """The open page of an interview of two weeks ago whose letter to Priya was sent."""
    tell_everything(page)
    Interview.objects.update(ended_at=timezone.now() - dt.timedelta(days=14))
    Draft.objects.filter(interviewer__full_name="Priya Nair").update(
        sent_at=timezone.now() - dt.timedelta(days=14)
    )
    interview = Interview.objects.get()
    page.goto(interview.get_absolute_url())
    return interview


class Clicks:
    """Clicks, and counts the clicks."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def __call__(self, name, *, exact=False):
        self.count += 1
        found = self.page.get_by_role("button", name=name, exact=exact)
        found.or_(self.page.get_by_role("link", name=name, exact=exact)).first.click()


def after(page):
    return page.locator("#after")


def test_two_questions_then_let_go(page, sent):
    click = Clicks(page)
    click("No reply yet")
    after(page).get_by_role("link", name="Write to Priya Nair").first.click()
    page.fill("[name=new]", "Since we spoke I passed the Kubernetes exam.")
    click("Write the letter")
    expect(page.locator("#id_body")).to_have_value(re.compile("Since we spoke I passed the Kubernetes exam."))
    expect(page.locator("#id_subject")).to_have_value(re.compile("^Re: "))
    expect(page.get_by_text("Ready to send", exact=True)).to_be_visible()
    page.get_by_role("button", name="Copy the letter").click()
    assert click.count + 2 <= 6
    page.get_by_role("button", name="Mark as sent").click()
    expect(after(page)).to_contain_text("Follow up a second time")
    Draft.objects.filter(kind="nudge").update(sent_at=timezone.now() - dt.timedelta(days=10))
    page.reload()
    after(page).locator(".route-next a").first.click()
    page.get_by_role("button", name="Write the letter").click()
    expect(page.get_by_text("This letter needs an answer here.").first).to_be_visible()
    page.fill("[name=new]", "I started to write about it.")
    page.get_by_role("button", name="Write the letter").click()
    page.get_by_role("button", name="Mark as sent").click()
    expect(after(page)).to_contain_text("time to move on")


def test_a_rejection_is_answered_in_six_presses(page, sent):
    click = Clicks(page)
    click("A rejection")
    after(page).get_by_role("link", name="Write to Priya Nair").first.click()
    click("Write the letter")
    click("Copy the letter")
    assert click.count + 1 <= 6
    expect(page.locator("#id_body")).to_have_value(re.compile("letting me know|telling me"))


def test_from_an_offer_to_its_acceptance(page, sent):
    page.get_by_role("button", name="An offer").click()
    after(page).get_by_role("link", name="Write to Priya Nair").first.click()
    page.get_by_role("button", name="Write the letter").click()
    page.get_by_role("button", name="Mark as sent").click()
    accept = after(page).locator("li", has_text="Accept the offer")
    accept.get_by_role("link", name="Write to Priya Nair").click()
    expect(page.locator("[name=title]")).to_have_value("a Senior Platform Engineer")
    page.fill("[name=start]", (timezone.now() + dt.timedelta(days=40)).date().isoformat())
    page.fill("[name=pay]", "$95,000 a year")
    page.get_by_role("button", name="Write the letter").click()
    expect(page.locator("#id_body")).to_have_value(re.compile(r"my pay is \$95,000 a year\."))
    expect(page.get_by_text("Ready to send", exact=True)).to_be_visible()


def test_without_javascript_on_a_phone(open_browser):
    page = open_browser(java_script_enabled=False, viewport={"width": 375, "height": 667}).new_page()
    interview = thanked(page)
    page.get_by_role("link", name=re.compile("when they said you’d hear")).click()
    page.get_by_label("No reply yet").check()
    page.fill("[name=decision_expected_on]", "in two weeks")
    page.fill("[name=notes]", "They liked the talk about the ledger.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. They said you’d hear by")).to_be_visible()
    expect(after(page)).to_contain_text("They liked the talk about the ledger.")
    after(page).get_by_role("link", name="Write to Priya Nair").first.click()
    page.get_by_role("button", name="Write the letter").click()
    assert "Senior Platform Engineer" in Draft.objects.get(kind="nudge").body
    interview.refresh_from_db()
    assert interview.decision_expected_on


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_a_phone_and_pass_axe(open_browser, scheme):
    page = open_browser(color_scheme=scheme, viewport={"width": 320, "height": 667}).new_page()
    interview = thanked(page)
    page.get_by_role("button", name="An offer").click()
    person = interview.interviewers.get(full_name="Priya Nair")
    base = f"{interview.get_absolute_url()}people/{person.id}/follow-up"
    for url in (
        "/",
        interview.get_absolute_url(),
        f"{interview.get_absolute_url()}outcome/",
        f"{base}/accept/",
        f"{base}/negotiate/",
    ):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, url
        assert Axe().run(page).response["violations"] == [], url


@pytest.mark.parametrize("has_scripts", [True, False])
def test_an_answer_that_is_asked_about_is_taken_as_suggested(open_browser, has_scripts):
    page = open_browser(java_script_enabled=has_scripts, viewport={"width": 320, "height": 667}).new_page()
    interview = thanked(page)
    page.get_by_role("button", name="An offer").click()
    person = interview.interviewers.get(full_name="Priya Nair")
    page.goto(f"{interview.get_absolute_url()}people/{person.id}/follow-up/negotiate/")
    page.fill("[name=point_1]", "tool allowance, mine are getting on")
    page.get_by_role("button", name="Write the letter").click()
    expect(page.locator("[name=say_point_1]")).to_have_value("the tool allowance")
    expect(page.locator("[name=point_1]")).to_have_value("tool allowance, mine are getting on")
    if has_scripts:
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Write the letter").click()
    page.wait_for_url("**/drafts/**")
    assert "ask about the tool allowance" in Draft.objects.get(kind="negotiate").body


def test_by_the_keyboard_alone(page, sent):
    page.get_by_role("button", name="A rejection").focus()
    page.keyboard.press("Enter")
    link = after(page).get_by_role("link", name="Write to Priya Nair").first
    link.focus()
    page.keyboard.press("Enter")
    page.locator("[name=liked]").focus()
    page.keyboard.type("I learned a lot from our talk.")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_body")).to_have_value(re.compile("I learned a lot from our talk."))


def test_thanks_for_a_referral_to_a_copied_letter_in_six_clicks(page, sent):
    click = Clicks(page)
    click("Thank someone who helped")
    page.get_by_label("They referred or recommended me").check()
    page.get_by_label("Their full name").fill("Dana Reed")
    click("Next: a few questions")
    page.get_by_label("What did they do for you?").fill("she passed my resume to her boss")
    click("Write the letter")
    expect(page.locator("#id_body")).to_have_value(re.compile("for passing my resume to your boss"))
    page.get_by_role("button", name="Copy the letter", exact=True).click()
    # The choice of what they did is a click as well.
    assert click.count + 2 <= 6
    page.goto(sent.get_absolute_url())
    expect(page.locator("#outside")).to_contain_text("Dana Reed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_people_who_helped_fit_a_phone_and_pass_axe(open_browser, scheme):
    page = open_browser(viewport={"width": 320, "height": 667}, color_scheme=scheme).new_page()
    interview = thanked(page)
    again = Interview.objects.get()
    again.pk, again.ended_at = None, timezone.now() - dt.timedelta(days=3)
    again._state.adding = True
    again.save()
    for url in ("/thanks/new/", f"{interview.get_absolute_url()}outside/new/", "/"):
        page.goto(url)
        if url == "/":
            page.locator("details.months summary").click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, url
        assert Axe().run(page).response["violations"] == [], url


@pytest.mark.parametrize("width", [320, 375, 640, 768, 1280])
def test_the_count_of_a_planned_interview_is_not_covered(page, sent, width):
    planned_at = timezone.now() + dt.timedelta(days=300)
    Draft.objects.update(sent_at=None, planned_at=planned_at)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/interviews/")
    expect(page.locator(".state-planned")).to_be_visible()
    boxes = [
        page.locator(f".row-card > {one}").bounding_box() for one in (".row-when", ".row-count", ".state")
    ]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            apart = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            assert beside or apart, (width, one, other)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_new_day_after_a_reply_is_noted_by_keyboard(page, sent, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 700})
    after(page).get_by_role("button", name="They replied").click()
    box = after(page).get_by_label("When did they say you’d hear?")
    expect(box).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert Axe().run(page).response["violations"] == []
    box.fill("another week")
    box.press("Enter")
    expect(after(page)).to_contain_text("no earlier than")
    assert Axe().run(page).response["violations"] == []
