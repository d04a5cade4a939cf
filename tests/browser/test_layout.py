"""What stands where on a page: the same left edge everywhere, columns that line up, nothing that runs over."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from drafts.models import Interview, Interviewer
from tests.browser.steps import tell_everything

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def interview(page):
    tell_everything(page)
    Interview.objects.update(ended_at=timezone.now() - dt.timedelta(days=4))
    return Interview.objects.get()


def lefts(page, selector):
    return page.eval_on_selector_all(
        selector, "all => all.map(one => Math.round(one.getBoundingClientRect().left))"
    )


def test_every_page_begins_at_the_same_left_edge(page, interview):
    one = interview.get_absolute_url()
    person = f"{one}people/{interview.interviewers.first().id}/"
    addresses = ("/", "/interviews/", "/settings/", "/help/", "/check/", "/calendar/", "/thanks/new/", one)
    addresses += (f"{one}edit/", f"{one}panel/", f"{one}sending/", person, f"{person}everything/")
    for width in (375, 800, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        edges = {}
        for address in addresses:
            page.goto(address)
            edges[address] = (lefts(page, ".wordmark"), lefts(page, "main h1"))
        assert len(set(map(str, edges.values()))) == 1, (width, edges)


def test_a_long_name_stays_on_its_card_at_320_pixels(page, interview):
    Interviewer.objects.filter(full_name="Priya Nair").update(full_name="Donaudampfschifffahrt" * 4)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    button = page.locator(".due-people .btn").first.bounding_box()
    card = page.locator(".due-card").first.bounding_box()
    assert button["x"] + button["width"] <= card["x"] + card["width"]
    assert Axe().run(page).response["violations"] == []


def test_the_dates_of_the_list_stay_on_one_line(page, interview):
    # The longest of the short ones.
    Interview.objects.update(ended_at=dt.datetime(2026, 9, 27, 15, tzinfo=dt.UTC))
    for width in (640, 800, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto("/interviews/")
        assert page.locator(".row-when").bounding_box()["height"] < 30
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_fields_beside_each_other_line_up_whatever_is_said_about_them(page, interview):
    page.set_viewport_size({"width": 800, "height": 800})
    for address in ("/settings/", f"{interview.get_absolute_url()}edit/"):
        page.goto(address)
        tops = page.eval_on_selector_all(
            ".pair",
            """pairs => pairs.map(pair => [...pair.querySelectorAll(".form-control, .form-select")].map(
                one => Math.round(one.getBoundingClientRect().top)))""",
        )
        assert all(len(set(row)) == 1 for row in tops), (address, tops)


def test_roles_and_weekdays_stand_in_columns(page, interview):
    page.set_viewport_size({"width": 800, "height": 800})
    page.goto(f"{interview.get_absolute_url()}panel/")
    roles = page.locator(".roles").first
    widths = roles.locator(".pill").evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert max(widths) - min(widths) < 1
    page.goto(f"{interview.get_absolute_url()}sending/")
    assert len(set(lefts(page, ".days .form-check"))) == 4
    assert len(set(lefts(page, ".moments td:nth-child(3)"))) == 1
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert Axe().run(page).response["violations"] == []
