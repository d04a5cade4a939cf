"""The steps of a user's main job."""

from __future__ import annotations

import re

from playwright.sync_api import Page

# Only the start page: "**/" would match all of our URLs.
HOME = re.compile(r"^https?://[^/]+/$")
PEOPLE = (("Priya Nair", "hiring_manager"), ("Tomasz Wójcik", "peer"), ("Dana O'Brien", "recruiter"))


def tell_everything(page: Page) -> None:
    """All steps from the start page to the first letter."""
    tell_interview(page)
    tell_panel(page)
    tell_conversations(page)


def tell_interview(page: Page) -> None:
    """Up to the panel's page, without naming anyone."""
    begin_interview(page)
    page.get_by_role("button", name="Next: the conversation").click()
    page.wait_for_url("**/panel/")


def begin_interview(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Write a thank-you").first.click()
    page.fill("[name=company]", "Zylker")
    page.fill("[name=position]", "Senior Platform Engineer")
    page.fill("[name=ended_at]", "2026-11-19T15:10")
    page.fill("[name=time_zone]", "New York")
    page.fill("[name=full_name]", "Jordan Álvarez")


def tell_panel(page: Page) -> None:
    for number, (name, role) in enumerate(PEOPLE):
        if number:
            page.get_by_role("button", name="Add another person").click()
        page.fill(f"[name=panel-{number}-full_name]", name)
        page.check(f"[name=panel-{number}-role][value={role}]")
    page.fill("[name=panel-0-email]", "priya.nair@zylker.example")
    page.get_by_role("button", name="Next: the conversation").click()
    page.wait_for_url("**/people/**")


def tell_conversations(page: Page) -> None:
    """Up to the first letter."""
    page.fill("[name=mentioned]", "The move of the payments ledger to Kafka.")
    page.get_by_role("button", name="Save and go to the next person").click()
    page.get_by_role("heading", name="Tomasz Wójcik").wait_for()
    page.fill("[name=enjoyed]", "how the team runs blameless reviews")
    page.get_by_role("button", name="Save and go to the next person").click()
    page.get_by_role("heading", name="Dana O'Brien").wait_for()
    page.fill("[name=mentioned]", "that the offer stage takes about two weeks")
    page.get_by_role("button", name="Save and see the letters").click()
    page.get_by_role("heading", name="Letter to Priya Nair").wait_for()
