"""Guests' sessions, and the health check."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from drafts.domain.notes import parser
from tests.conftest import GUEST_BACKEND
from tests.factories import InterviewFactory


def test_health_needs_no_query(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    words = b"ok\nparser: loaded\nproofreader: loaded\n"
    assert (answer.status_code, answer.content) == (200, words)


def broken():
    raise OSError


@pytest.mark.parametrize("is_available", [lambda: False, broken])
def test_an_engine_that_is_missing_or_broken_is_said_and_nothing_fails(client, db, monkeypatch, is_available):
    monkeypatch.setattr(parser, "is_available", is_available)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\nparser: missing\nproofreader: loaded\n")


def test_a_guests_session_is_renewed_once_a_day(guest_client, settings):
    answer = guest_client.get("/interviews/")
    cookie = answer.cookies["sessionid"]
    assert cookie["max-age"] == settings.GUEST_DAYS * 24 * 60 * 60
    assert "sessionid" not in guest_client.get("/interviews/").cookies
    session = guest_client.session
    session["kept_on"] = (timezone.now() - dt.timedelta(days=1)).date().isoformat()
    session.save()
    Session.objects.update(expire_date=timezone.now() + dt.timedelta(days=1))
    assert "sessionid" in guest_client.get("/interviews/").cookies
    assert Session.objects.get().expire_date > timezone.now() + dt.timedelta(days=settings.GUEST_DAYS - 1)


PAGES = (
    "/",
    "/interviews/",
    "/interviews/new/",
    "/settings/",
    "/due/",
    "/calendar/",
    "/none/",
    "/account/delete/",
)
FILES = ("/account/download/?download=1", "/sent.mbox", "/session/")


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_no_page_of_signed_in_users_stays_in_the_browser(signed_in, guest, address):
    other = Client()
    other.force_login(guest, GUEST_BACKEND)
    for client in (signed_in, other):
        assert client.get(address)["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("address", ["/settings/", "/interviews/new/", "/account/delete/", "/none/"])
def test_no_form_that_comes_back_to_someone_known_stays_in_the_browser(signed_in, guest, address):
    assert signed_in.post(address)["Cache-Control"] == "no-store, private"
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(guest, GUEST_BACKEND)
    assert strict.post(address)["Cache-Control"] == "no-store, private"


def test_a_visitors_page_may_be_cached(client, db):
    assert "Cache-Control" not in client.get("/")


def test_signing_out_and_deleting_tell_the_browser_what_to_forget(candidate, guest_client, guest):
    client = Client()
    client.force_login(candidate, GUEST_BACKEND)
    answer = client.post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert answer.cookies["left"].value == str(candidate.pk)
    answer = guest_client.post("/account/delete/", {"sure": "on"})
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies["left"].value == f"{guest.pk}.visitor"


def test_deleting_an_account_leaves_what_a_guest_typed_whose_work_waits(guest_client, guest, candidate):
    InterviewFactory(candidate=guest)
    guest_client.post("/sign-in/", {"login": candidate.email, "password": "correct horse"})
    answer = guest_client.post("/account/delete/", {"sure": "on", "password": "correct horse"})
    assert answer["Clear-Site-Data"] == '"cache"'
    assert answer.cookies["left"].value == str(candidate.pk)
    assert guest_client.get("/settings/").wsgi_request.user == guest


def test_visitors_without_work_get_no_session(client, db):
    assert "sessionid" not in client.get("/").cookies


def test_the_pages_say_for_how_long_a_guests_work_is_kept(guest_client):
    assert "for 90 days after your last visit" in guest_client.get("/").content.decode()


def test_the_pages_of_an_account_do_not(signed_in):
    assert "after your last visit" not in signed_in.get("/").content.decode()
