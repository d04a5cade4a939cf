"""Accounts: claiming and moving a guest's work, signing in and out, addresses, passwords, sessions."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from drafts.accounts import forms as accounts
from drafts.models import Candidate, Interview
from drafts.services import clear_guests
from tests.conftest import GUEST_BACKEND
from tests.factories import CandidateFactory, DraftFactory, GuestFactory, InterviewFactory

ADDRESS = "maya@example.com"
PASSWORD = "a lamp and nine pears"
NEW_PASSWORD = "three geese in a row"
CLAIM = {"email": ADDRESS, "password1": PASSWORD}


@pytest.fixture
def with_mail(settings):
    """As if EMAIL_URL is set; Django's test runner puts emails into `mail.outbox`."""
    settings.MAIL_WORKS = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False


@pytest.fixture
def guest_at_work(guest_client, guest):
    """A guest's browser with an interview in it."""
    InterviewFactory(candidate=guest, company="Zylker")
    return guest_client


def link_in(message):
    return re.search(rf"{re.escape(settings.SITE_URL)}(/\S+)", message.body).group(1)


def choose_password(client, address):
    """On the page for a new password."""
    sent = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    assert client.post(client.get(address).url, sent).url == "/account/password/reset/done/"


def sign_in(client, email=ADDRESS, password=PASSWORD, **more):
    return client.post("/sign-in/", {"login": email, "password": password, **more})


def who(client):
    return client.get("/settings/").wsgi_request.user


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, ["Enter your email address.", "Enter the password."]),
        (CLAIM | {"email": "maya@@example"}, ["Enter an email address like name@company.com."]),
    ],
)
def test_errors_in_our_forms_say_what_to_enter(client, db, sent, errors):
    form = client.post("/sign-up/", sent).context["form"]
    assert [message for of_field in form.errors.values() for message in of_field] == errors
    form = sign_in(client, *((sent["email"], PASSWORD) if sent else ("", ""))).context["form"]
    assert [message for of_field in form.errors.values() for message in of_field] == errors


# ---------------------------------------------------------------- claiming


def test_a_guest_claims_the_work_at_once_where_no_mail_is_sent(guest_at_work, guest):
    assert guest_at_work.post("/sign-up/", CLAIM).url == "/"
    guest.refresh_from_db()
    assert (guest.email, guest.is_guest) == (ADDRESS, False)
    assert who(guest_at_work) == guest
    elsewhere = Client()
    assert sign_in(elsewhere).url == "/"
    assert "Zylker" in elsewhere.get("/interviews/").content.decode()
    assert mail.outbox == []


def test_a_guest_claims_the_work_by_a_confirmed_address(with_mail, guest_at_work, guest):
    assert guest_at_work.post("/sign-up/", CLAIM).url == "/account/confirm/"
    guest.refresh_from_db()
    assert (guest.email, guest.is_guest) == (None, True)
    # The browser keeps saving meanwhile.
    assert "Zylker" in guest_at_work.get("/interviews/").content.decode()
    [message] = mail.outbox
    assert message.to == [ADDRESS]
    phone = Client()
    address = link_in(message)
    assert phone.get(address).status_code == 200
    guest.refresh_from_db()
    assert guest.is_guest
    assert "choose a new password" in phone.get(address).content.decode()
    choose_password(phone, phone.post(address).url)
    guest.refresh_from_db()
    assert (guest.email, guest.is_guest) == (ADDRESS, False)
    assert sign_in(phone, password=NEW_PASSWORD).url == "/"
    assert "Zylker" in phone.get("/interviews/").content.decode()


def test_confirmed_in_the_browser_that_claimed_it_an_address_asks_for_nothing(
    with_mail, guest_at_work, guest
):
    guest_at_work.post("/sign-up/", CLAIM)
    address = link_in(mail.outbox[0])
    assert "choose a new password" not in guest_at_work.get(address).content.decode()
    assert guest_at_work.post(address).url == "/"
    assert who(guest_at_work) == guest
    assert sign_in(Client()).url == "/"


def test_the_same_holds_for_a_browser_without_work_whatever_it_looks_at_meanwhile(with_mail, client, db):
    client.post("/sign-up/", CLAIM)
    client.get("/")
    assert client.post(link_in(mail.outbox[0])).url == "/sign-in/"
    assert sign_in(client).url == "/"


@pytest.mark.parametrize("is_guest", [True, False])
def test_whoever_gave_somebody_elses_address_is_shut_out_once_its_owner_confirms(
    with_mail, settings, client, db, is_guest
):
    if is_guest:
        client.force_login(GuestFactory(), GUEST_BACKEND)
    else:
        # As if created without email: an account with an unconfirmed address and two-step verification.
        settings.MAIL_WORKS, settings.ACCOUNT_EMAIL_VERIFICATION = False, "none"
    client.post("/sign-up/", CLAIM)
    settings.MAIL_WORKS, settings.ACCOUNT_EMAIL_VERIFICATION = True, "mandatory"
    candidate = who(client)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(candidate, secret)
    client.post("/calendar/")
    if not is_guest:
        sign_in(Client())
    address = link_in(mail.outbox[-1])
    owner = Client()
    onward = owner.post(address).url
    candidate.refresh_from_db()
    assert candidate.email == ADDRESS
    assert (candidate.has_usable_password(), candidate.calendar_token) == (False, None)
    assert not Authenticator.objects.exists()
    assert not UserSession.objects.exists()
    assert not who(client).is_authenticated
    assert sign_in(Client()).status_code == 422
    assert "Keep the old one" not in owner.get(onward, follow=True).content.decode()
    choose_password(owner, onward)
    assert sign_in(owner, password=NEW_PASSWORD).url == "/"
    assert who(owner) == candidate


def test_a_guest_can_correct_a_mistyped_address(with_mail, guest_at_work, guest):
    guest_at_work.post("/sign-up/", CLAIM | {"email": "mia@example.com"})
    guest_at_work.post("/sign-up/", CLAIM)
    wrong, right = mail.outbox
    assert "no longer works" in Client().get(link_in(wrong)).content.decode()
    Client().post(link_in(right))
    guest.refresh_from_db()
    assert guest.email == ADDRESS


@pytest.mark.parametrize("here", [True, False])
def test_a_calendar_address_from_before_is_revoked_if_somebody_else_confirms(
    with_mail, guest_at_work, guest, here
):
    guest_at_work.post("/calendar/")
    guest.refresh_from_db()
    feed = f"/calendar/{guest.calendar_token}.ics"
    guest_at_work.post("/sign-up/", CLAIM)
    (guest_at_work if here else Client()).post(link_in(mail.outbox[0]))
    assert Client().get(feed).status_code == (200 if here else 404)


def test_the_calendar_address_moves_with_the_work(guest_at_work, guest, candidate):
    guest_at_work.post("/calendar/")
    guest.refresh_from_db()
    feed = f"/calendar/{guest.calendar_token}.ics"
    sign_in(guest_at_work, candidate.email, "correct horse")
    guest_at_work.post("/account/bring/", {"bring": "1"})
    assert Client().get(feed).status_code == 200


def test_an_address_taken_in_the_same_moment_is_reported(guest_at_work, guest, monkeypatch):
    CandidateFactory(email=ADDRESS)
    monkeypatch.setattr(accounts.services, "address_is_taken", lambda email: False)
    answer = guest_at_work.post("/sign-up/", CLAIM, follow=True)
    assert "That didn’t work. Please submit it again." in answer.content.decode()
    guest.refresh_from_db()
    assert guest.is_guest


def test_an_account_without_a_previous_guest(client, db):
    client.post("/sign-up/", CLAIM)
    assert who(client).email == ADDRESS


def test_an_address_not_confirmed_opens_nothing(with_mail, guest_at_work):
    guest_at_work.post("/sign-up/", CLAIM)
    elsewhere = Client()
    assert sign_in(elsewhere).url == "/account/confirm/"
    assert "Zylker" not in elsewhere.get("/interviews/").content.decode()


def test_an_address_confirmed_by_another_first_is_reported(with_mail, guest_at_work, guest):
    guest_at_work.post("/sign-up/", CLAIM)
    CandidateFactory(email=ADDRESS)
    answer = Client().post(link_in(mail.outbox[0]), follow=True)
    assert [address for address, _status in answer.redirect_chain] == ["/sign-in/"]
    guest.refresh_from_db()
    assert guest.is_guest
    assert who(guest_at_work) == guest


def test_another_persons_link_does_not_end_a_guests_session(with_mail, guest_at_work, guest):
    Client().post("/sign-up/", CLAIM)
    address = link_in(mail.outbox[0])
    guest_at_work.get(address)
    guest_at_work.post(address)
    assert who(guest_at_work) == guest
    assert Candidate.objects.get(email=ADDRESS) != guest


def test_sign_up_can_be_closed(settings, guest_at_work, guest):
    settings.SIGNUP_OPEN = False
    assert "/sign-up/" not in guest_at_work.get("/settings/").content.decode()
    assert guest_at_work.post("/sign-up/", CLAIM).status_code == 200
    guest.refresh_from_db()
    assert guest.is_guest


@pytest.mark.parametrize(
    "fault", [{"email": "no address"}, {"password1": "123"}, {"email": ""}, {"password1": ""}]
)
def test_a_faulty_sign_up_is_reported(guest_at_work, fault):
    assert guest_at_work.post("/sign-up/", CLAIM | fault).status_code == 422
    assert not Candidate.objects.filter(is_guest=False).exists()


# ---------------------------------------------------------------- nobody learns who has an account


def without(text, *words):
    """The page without parts that differ per request or were sent by the client."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    for word in words:
        text = text.replace(word, "")
    return text


@pytest.mark.parametrize(
    ("address", "field", "more"),
    [
        ("/sign-up/", "email", {"password1": PASSWORD}),
        ("/account/password/reset/", "email", {}),
        ("/sign-in/", "login", {"password": "wrong"}),
    ],
)
def test_no_page_tells_whether_an_address_has_an_account(with_mail, candidate, address, field, more):
    answers = []
    for email in (candidate.email, "nobody@example.com"):
        client = Client()
        answer = client.post(address, {field: email, **more}, follow=True)
        answers.append((answer.status_code, answer.redirect_chain, without(answer.content.decode(), email)))
    assert answers[0] == answers[1]
    if address != "/sign-in/":
        assert [message.to for message in mail.outbox] == [[candidate.email], ["nobody@example.com"]]


def test_a_guests_session_does_not_reveal_it_either(with_mail, candidate):
    renewed = []
    for email in (candidate.email, "nobody@example.com"):
        client = Client()
        client.force_login(GuestFactory(), GUEST_BACKEND)
        before = client.cookies["sessionid"].value
        client.post("/sign-up/", CLAIM | {"email": email})
        renewed.append(client.cookies["sessionid"].value != before)
    assert renewed == [True, True]


def test_pages_about_mail_are_there_only_where_mail_is_sent(client, db):
    for address in ("/account/confirm/", "/account/password/reset/sent/"):
        assert client.get(address).status_code == 404


def test_an_unconfirmed_address_belongs_to_nobody(with_mail, guest_at_work):
    guest_at_work.post("/sign-up/", CLAIM)
    Client().post("/account/password/reset/", {"email": ADDRESS})
    assert "no Afterword account has this address" in mail.outbox[-1].body
    Client().post("/sign-up/", CLAIM)
    assert "To finish, open this page" in mail.outbox[0].body


# ---------------------------------------------------------------- a guest's work and an account


def test_signing_in_brings_the_guests_work_along(guest_at_work, guest, candidate):
    guest.own_words, guest.strengths = ["Zylker"], ["Go", "python"]
    guest.save()
    candidate.strengths = ["Python"]
    candidate.save()
    answer = sign_in(guest_at_work, candidate.email, "correct horse", next="/due/")
    assert answer.url == "/account/bring/?next=%2Fdue%2F"
    assert "Zylker" in guest_at_work.get(answer.url).content.decode()
    assert guest_at_work.post("/account/bring/", {"bring": "1", "next": "/due/"}).url == "/due/"
    assert list(candidate.interviews.values_list("company", flat=True)) == ["Zylker"]
    assert not Candidate.objects.filter(pk=guest.pk).exists()
    candidate.refresh_from_db()
    assert (candidate.strengths, candidate.own_words) == (["Python", "Go"], ["Zylker"])
    # Sent twice, it has an effect once.
    assert guest_at_work.post("/account/bring/", {"bring": "1"}).url == "/"


def test_work_left_apart_is_there_again_after_signing_out(guest_at_work, guest, candidate):
    sign_in(guest_at_work, candidate.email, "correct horse")
    guest_at_work.post("/account/bring/", {"leave": "1"})
    assert "isn’t in your account yet" in guest_at_work.get("/settings/").content.decode()
    assert list(candidate.interviews.all()) == []
    guest_at_work.post("/sign-out/")
    assert who(guest_at_work) == guest
    assert "Zylker" in guest_at_work.get("/interviews/").content.decode()


def test_work_left_apart_is_there_again_when_the_account_is_signed_out_from_elsewhere(
    guest_at_work, guest, candidate
):
    sign_in(guest_at_work, candidate.email, "correct horse")
    guest_at_work.post("/account/bring/", {"leave": "1"})
    candidate.set_password(PASSWORD)
    candidate.save()
    assert "Zylker" in guest_at_work.get("/interviews/").content.decode()
    assert who(guest_at_work) == guest
    # Signing in again offers it again; after moving it, nothing is left.
    assert sign_in(guest_at_work, candidate.email).url.startswith("/account/bring/")
    guest_at_work.post("/account/bring/", {"bring": "1"})
    guest_at_work.post("/sign-out/")
    assert not who(guest_at_work).is_authenticated


def test_an_answer_to_signing_in_that_never_arrives_loses_no_work(guest_at_work, guest, candidate):
    guest_at_work.get("/interviews/")
    before = dict(guest_at_work.cookies)
    sign_in(guest_at_work, candidate.email, "correct horse")
    guest_at_work.cookies.clear()
    for name, morsel in before.items():
        guest_at_work.cookies[name] = morsel.value
    assert "Zylker" in guest_at_work.get("/interviews/").content.decode()
    assert who(guest_at_work) == guest


@pytest.mark.parametrize("made_up", ["{guest}:made:up", "{guest}", "nobody:made:up", "", "::"])
def test_a_forged_cookie_gives_access_to_no_work(client, guest, candidate, made_up):
    InterviewFactory(candidate=guest)
    client.cookies["waiting_guest"] = made_up.format(guest=guest.pk)
    sign_in(client, candidate.email, "correct horse")
    client.post("/account/bring/", {"bring": "1"})
    assert not candidate.interviews.exists()


@pytest.mark.parametrize("is_taken", [False, True])
def test_the_cookie_of_a_guest_ends_with_a_new_password(with_mail, guest_at_work, guest, is_taken):
    if is_taken:
        CandidateFactory(email=ADDRESS)
    guest_at_work.get("/interviews/")
    elsewhere = Client()
    elsewhere.cookies["waiting_guest"] = guest_at_work.cookies["waiting_guest"].value
    assert who(elsewhere) == guest
    guest_at_work.post("/sign-up/", CLAIM)
    stolen = Client()
    stolen.cookies["waiting_guest"] = elsewhere.cookies["waiting_guest"].value
    for client in (elsewhere, stolen):
        assert not who(client).is_authenticated
    # In this browser the work continues, and is found again without the session.
    assert who(guest_at_work) == guest
    del guest_at_work.cookies["sessionid"]
    assert who(guest_at_work) == guest


def test_a_guest_without_work_is_asked_nothing(guest_client, candidate):
    assert sign_in(guest_client, candidate.email, "correct horse").url == "/"


def test_a_guest_cannot_sign_out(guest_at_work, guest):
    guest_at_work.post("/sign-out/")
    assert who(guest_at_work) == guest


def test_signing_in_from_a_guests_browser_with_a_second_step(guest_at_work, guest, candidate):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(candidate, secret)
    assert sign_in(guest_at_work, candidate.email, "correct horse").url == "/sign-in/second/"
    assert guest_at_work.get("/sign-in/second/").status_code == 200
    wrong = guest_at_work.post("/sign-in/second/", {"code": "000000"})
    assert "code is wrong" in wrong.content.decode()
    code = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    assert guest_at_work.post("/sign-in/second/", {"code": code}).url.startswith("/account/bring/")
    assert who(guest_at_work) == candidate
    assert Authenticator.objects.count() == 1


# ---------------------------------------------------------------- addresses, passwords, sessions


def test_signing_in_by_address_in_any_case(client, candidate):
    assert sign_in(client, candidate.email.upper(), "correct horse").url == "/"
    assert who(client) == candidate
    client.post("/sign-out/")
    assert not who(client).is_authenticated


@pytest.mark.parametrize(
    "sent", [{}, {"login": "a@b.co", "password": "x"}, {"login": "a\0", "password": "x"}]
)
def test_a_failed_sign_in_is_reported(client, db, sent):
    assert client.get("/sign-in/").status_code == 200
    assert client.post("/sign-in/", sent).status_code == 422


def test_too_many_failed_sign_ins_are_stopped(client, candidate):
    for _time in range(5):
        sign_in(client, candidate.email, "wrong")
    assert "Too many wrong attempts" in sign_in(client, candidate.email, "correct horse").content.decode()
    assert not who(client).is_authenticated


def test_wrong_passwords_of_one_network_keep_nobody_out_elsewhere(candidate):
    attacker, owner = Client(REMOTE_ADDR="203.0.113.7"), Client(REMOTE_ADDR="198.51.100.9")
    for _time in range(6):
        attacker_sees = sign_in(attacker, candidate.email, "wrong")
    assert "Too many wrong attempts" in attacker_sees.content.decode()
    assert sign_in(owner, candidate.email, "correct horse").url == "/"


def test_wrong_passwords_from_one_ipv6_network_count_together(candidate):
    for number in range(6):
        client = Client(
            REMOTE_ADDR=f"2001:db8:1:2::{number + 1}", HTTP_HOST=("testserver", "localhost")[number % 2]
        )
        seen = sign_in(client, candidate.email, "wrong")
    assert "Too many wrong attempts" in seen.content.decode()


def test_a_signed_in_user_is_redirected(signed_in):
    assert signed_in.get("/sign-in/?next=/due/").url == "/due/"
    assert signed_in.get("/sign-up/").url == "/"


def recently(client, candidate):
    """As directly after signing in, because pages that protect an account ask for the password again after a while."""
    client.post("/sign-out/")
    sign_in(client, candidate.email, "correct horse")


def test_an_address_is_changed_by_confirming_the_new_one(with_mail, signed_in, candidate):
    before = candidate.email
    recently(signed_in, candidate)
    signed_in.post("/account/address/", {"action_add": "", "email": ADDRESS})
    candidate.refresh_from_db()
    assert candidate.email == before
    Client().post(link_in(mail.outbox[-1]))
    candidate.refresh_from_db()
    assert candidate.email == ADDRESS
    assert list(candidate.emailaddress_set.values_list("email", "verified")) == [(ADDRESS, True)]
    # The previous owner of the account is notified.
    assert mail.outbox[-1].to == [before]


def test_an_address_is_changed_at_once_where_no_mail_is_sent(signed_in, candidate):
    other = CandidateFactory()
    recently(signed_in, candidate)
    taken = signed_in.post("/account/address/", {"action_add": "", "email": other.email})
    assert taken.status_code == 422
    assert signed_in.post("/account/address/", {"action_add": "", "email": ADDRESS}).url == "/settings/"
    assert sign_in(Client(), ADDRESS, "correct horse").url == "/"


def test_a_new_password_ends_the_other_sessions(signed_in, candidate):
    elsewhere = Client()
    sign_in(elsewhere, candidate.email, "correct horse")
    sent = {"oldpassword": "correct horse", "password1": PASSWORD, "password2": PASSWORD}
    assert signed_in.post("/account/password/", sent).url == "/settings/"
    assert who(signed_in) == candidate
    assert not who(elsewhere).is_authenticated


def test_a_forgotten_password_is_replaced_by_mail(with_mail, client, candidate):
    client.post("/account/password/reset/", {"email": candidate.email})
    address = client.get(link_in(mail.outbox[0])).url
    client.post(address, {"password1": PASSWORD, "password2": PASSWORD})
    assert sign_in(Client(), candidate.email).url == "/"
    assert Client().get(link_in(mail.outbox[0])).status_code == 200  # words on a used link
    assert mail.outbox[-1].to == [candidate.email]


def test_sessions_are_listed_and_ended(candidate):
    here, there = Client(HTTP_USER_AGENT="Here/1"), Client(HTTP_USER_AGENT="There/1")
    for client in (here, there):
        sign_in(client, candidate.email, "correct horse")
    assert "There/1" in here.get("/account/sessions/").content.decode()
    here.post("/account/sessions/")
    assert who(here) == candidate
    assert not who(there).is_authenticated


# ---------------------------------------------------------------- guests whose time is over


def test_guests_are_cleared_only_after_what_the_pages_said(settings, guest, candidate, client):
    today = timezone.now().date()
    DraftFactory(interviewer__interview__candidate=guest)
    settings.GUEST_DAYS = 90
    client.force_login(guest, GUEST_BACKEND)
    assert "for 90 days after your last visit, then deleted" in client.get("/").content.decode()
    guest.refresh_from_db()
    assert guest.kept_until == today + dt.timedelta(days=90)
    settings.GUEST_DAYS = 7
    client.get("/")
    for days, is_there in ((8, True), (90, True), (91, False)):
        clear_guests(today + dt.timedelta(days=days))
        assert Candidate.objects.filter(pk=guest.pk).exists() is is_there
    assert Candidate.objects.filter(pk=candidate.pk).exists()
    assert not Interview.objects.exists()


def test_clear_guests_says_how_many(db, capsys):
    GuestFactory(kept_until=timezone.now().date() - dt.timedelta(days=1))
    GuestFactory(kept_until=timezone.now().date())
    call_command("clear_guests")
    assert capsys.readouterr().out == "1 guests removed.\n"
    assert Candidate.objects.count() == 1


def test_more_guests_than_people_make_are_stopped(settings, db):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "guest": "2/10m/ip"}
    sent = {
        "company": "Zylker",
        "position": "SRE",
        "ended_at": timezone.now().strftime("%Y-%m-%dT%H:%M"),
        "time_zone": "Berlin",
        "full_name": "Maya Okafor",
    }
    answers = [Client().post("/interviews/new/", sent) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert answers[2]["Retry-After"] == "120"
    assert Candidate.objects.count() == 2


# ---------------------------------------------------------------- confirming that it's you


@pytest.fixture
def second_step(signed_in, candidate):
    """An account with an authenticator app and recovery codes, signed in by `force_login`, so the password was not
    confirmed recently."""
    totp.TOTP.activate(candidate, totp.generate_totp_secret())
    RecoveryCodes.activate(candidate)
    return signed_in


def words_of(answer):
    assert answer.status_code == 200
    return " ".join(
        re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1].split("</main>")[0]).split()
    )


def test_the_page_that_asks_again_says_why_in_plain_words(second_step):
    asked = second_step.get(reverse("mfa_generate_recovery_codes"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    page = words_of(second_step.get(asked.url))
    assert "Confirm that it’s you" in page
    assert "reauthenticate" not in page.casefold()
    assert "Use a code" in page
    other = words_of(second_step.get(reverse("mfa_reauthenticate")))
    assert "six-digit code" in other
    assert "Use your password" in other


def test_new_recovery_codes_are_asked_about_in_plain_words(second_step):
    url = reverse("mfa_generate_recovery_codes")
    asked = second_step.get(url).url
    assert second_step.post(asked, {"password": "wrong one"}).status_code == 422
    assert second_step.post(asked, {"password": "correct horse"}).url == url
    page = words_of(second_step.get(url))
    assert "Create new recovery codes?" in page
    assert "Your 10 remaining codes will stop working." in page
    assert "invalidate" not in page
    assert second_step.post(url).url == reverse("mfa_view_recovery_codes")
