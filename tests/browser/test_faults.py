"""A form that was refused: a fixed field loses its mark, its message and its line in the summary."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.steps import begin_interview

pytestmark = [pytest.mark.django_db(transaction=True)]


def described_by(page, name):
    return page.locator(f"[name={name}]").get_attribute("aria-describedby") or ""


def test_marks_go_once_a_field_is_fixed_and_come_back_with_the_fault(page):
    begin_interview(page)
    for name in ("company", "full_name", "ended_at"):
        page.fill(f"[name={name}]", "")
    page.fill("[name=first-full_name]", "Priya Nair")
    page.fill("[name=first-email]", "priya at zylker")
    page.get_by_role("button", name="Next: the conversation").click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    lines = summary.get_by_role("listitem")

    def line(key):
        return summary.locator(f"li:has(a[href='#{key}'])")

    expect(lines).to_have_count(4)
    # A question has no colon after it.
    labels = ("Company", "Email", "When did it end? ", "Your name")
    assert [
        text.replace("*", "").startswith(label)
        for text, label in zip(lines.all_inner_texts(), labels, strict=True)
    ] == [True] * 4
    assert Axe().run(page).response["violations"] == []

    page.fill("[name=company]", "Zylker")
    expect(line("id_company")).to_be_hidden()
    expect(page.locator("#id_company_error")).to_be_hidden()
    assert page.locator("[name=company]").get_attribute("aria-invalid") is None
    assert "id_company_error" not in described_by(page, "company")
    # The next two are as wrong as before.
    page.fill("[name=first-email]", "priya at zylker.example")
    expect(line("id_first-email")).to_be_visible()
    expect(page.locator("[name=first-email]")).to_have_attribute("aria-invalid", "true")
    page.fill("[name=company]", "  ")
    expect(line("id_company")).to_be_visible()
    expect(page.locator("#id_company_error")).to_be_visible()
    assert "id_company_error" in described_by(page, "company")

    page.fill("[name=company]", "Zylker")
    page.fill("[name=first-email]", "priya@zylker.example")
    page.fill("[name=ended_at]", "2026-11-19T15:10")
    expect(summary).to_be_visible()
    page.fill("[name=full_name]", "Jordan Álvarez")
    expect(summary).to_be_hidden()
    assert page.locator("[aria-invalid=true]").count() == 0
    assert Axe().run(page).response["violations"] == []
    page.get_by_role("button", name="Next: the conversation").click()
    page.wait_for_url("**/people/**")


def test_an_address_that_is_cleared_is_no_fault(page):
    page.goto("/sign-up/")
    page.fill("[name=email]", "nobody")
    page.fill("[name=password1]", "short")
    page.locator("main form").evaluate("form => { form.noValidate = true; }")
    page.locator("main form button").first.click()
    summary = page.locator("[data-error-summary]")
    expect(summary).to_be_focused()
    page.fill("[name=email]", "nobody@example.com")
    expect(page.locator("#id_email_error")).to_be_hidden()
    expect(summary).to_be_visible()
    # A required field that is emptied is wrong again.
    page.fill("[name=email]", "")
    expect(page.locator("#id_email_error")).to_be_visible()
