"""Reminders are turned on in the settings and stopped from the mail, with and without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from drafts.models import Candidate, ReminderSchedule
from drafts.reminders.sending import send_due_reminders
from tests.factories import CandidateFactory, InterviewerFactory

SIZES = [(320, "light", True), (375, "dark", False), (1280, "light", False), (1280, "dark", True)]


def check(page, has_script):
    if has_script:
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "scheme", "has_script"), SIZES)
def test_from_the_settings_to_the_mail_to_its_link(
    open_browser, live_server, settings, width, scheme, has_script
):
    settings.MAIL_WORKS, settings.SITE_URL = True, live_server.url
    owner = CandidateFactory(time_zone="")
    options = {
        "viewport": {"width": width, "height": 800},
        "color_scheme": scheme,
        "java_script_enabled": has_script,
    }
    page = open_browser(**options).new_page()
    page.goto("/sign-in/?next=/settings/")
    page.fill("[name=login]", owner.email)
    page.fill("[name=password]", "correct horse")
    page.keyboard.press("Enter")
    page.get_by_label("Email me what’s due").select_option("7:00 AM")
    page.get_by_role("button", name="Save").click()
    expect(
        page.get_by_text("Enter your time zone, so that reminders come at the right time.", exact=True)
    ).to_be_visible()
    expect(page.get_by_label("Email me what’s due")).to_have_value("7")
    check(page, has_script)
    page.fill("[name=time_zone]", "Chicago")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    check(page, has_script)

    now = timezone.now()
    InterviewerFactory(interview__candidate=owner, interview__chosen_send_at=now, interview__ended_at=now)
    ReminderSchedule.objects.update(next_at=now)
    assert send_due_reminders(lambda: now + timedelta(seconds=1)).count == 1
    link = re.search(r"http\S+/reminders/stop/\S+", mail.outbox[-1].body)[0]

    # In another browser, which knows nobody, by keyboard alone.
    page = open_browser(**options).new_page()
    page.goto(link)
    expect(page.get_by_role("heading", name="Stop reminders?")).to_be_visible()
    check(page, has_script)
    assert Candidate.objects.get(pk=owner.pk).reminder_hour == 7
    page.get_by_role("button", name="Stop reminders").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Reminders are off")).to_be_visible()
    check(page, has_script)
    assert Candidate.objects.get(pk=owner.pk).reminder_hour is None
    page.goto(link[:-9])
    expect(page.get_by_text("Copy the whole link from the email.")).to_be_visible()
    check(page, has_script)
