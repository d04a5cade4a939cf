"""Passkeys and codes, with Chromium's virtual authenticator."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal import auth as totp
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from drafts.models import Candidate
from tests.browser.steps import HOME

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS, PASSWORD = "maya@example.com", "a lamp and nine pears"


@pytest.fixture
def account(open_browser):
    """An account that has just signed in, in a browser."""
    Candidate.objects.create_user(ADDRESS, PASSWORD)
    page = open_browser().new_page()
    sign_in(page)
    page.wait_for_url(HOME)
    return page


def sign_in(page):
    page.goto("/sign-in/")
    page.fill("[name=login]", ADDRESS)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def say_it_is_me(page):
    """Enters the password again, as pages that protect the account require."""
    expect(page.get_by_role("heading", name="Confirm that it’s you")).to_be_visible()
    is_fit(page)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def sign_out(page):
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url(HOME)


def is_fit(page):
    assert Axe().run(page).response["violations"] == []


def test_a_passkey_signs_in_by_itself(account):
    keeper = account.context.new_cdp_session(account)
    keeper.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    keeper.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    account.goto("/account/passkeys/add/")
    say_it_is_me(account)
    add = account.get_by_role("button", name="Add passkey")
    add.wait_for()
    is_fit(account)
    add.click()
    expect(account.get_by_role("heading", name="recovery codes")).to_be_visible()
    sign_out(account)
    account.goto("/sign-in/")
    account.get_by_role("button", name="Sign in with a passkey").click()
    account.wait_for_url(HOME)
    expect(account.locator("footer")).to_contain_text(ADDRESS)


def test_an_app_is_asked_for_its_code(account):
    account.goto("/account/second/")
    is_fit(account)
    account.get_by_role("link", name="Set up").click()
    say_it_is_me(account)
    secret = account.locator("#secret").inner_text()
    is_fit(account)

    def code():
        return totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))

    account.fill("[name=code]", code())
    account.get_by_role("button", name="Turn on").click()
    account.wait_for_url("**/account/second/**")
    sign_out(account)
    sign_in(account)
    account.wait_for_url("**/sign-in/second/")
    is_fit(account)
    account.fill("[name=code]", "000000")
    account.locator("[name=code]").press("Enter")
    expect(account.get_by_role("alert")).to_contain_text("That code is wrong")
    expect(account.locator("footer")).not_to_contain_text(ADDRESS)
