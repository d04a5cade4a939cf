"""Guests' sessions, signing in and out, and the health check."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone


def test_health_is_told_without_a_query(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


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


def test_visitors_without_work_get_no_session(client, db):
    assert "sessionid" not in client.get("/").cookies


def test_the_pages_say_for_how_long_a_guests_work_is_kept(guest_client):
    assert "for 90 days after your last visit" in guest_client.get("/").content.decode()


def test_the_pages_of_an_account_do_not(signed_in):
    assert "after your last visit" not in signed_in.get("/").content.decode()


def test_signing_in_by_address_in_any_case(client, candidate):
    answer = client.post("/sign-in/", {"username": candidate.email.upper(), "password": "correct horse"})
    assert answer.url == "/"
    assert client.get("/").wsgi_request.user == candidate
    client.post("/sign-out/")
    assert not client.get("/").wsgi_request.user.is_authenticated


@pytest.mark.parametrize(
    "sent", [{}, {"username": "a@b.co", "password": "x"}, {"username": "a\0", "password": "x"}]
)
def test_a_failed_sign_in_is_said(client, db, sent):
    assert client.get("/sign-in/").status_code == 200
    assert client.post("/sign-in/", sent).status_code == 422


def test_sign_out_is_a_post(client, db):
    assert client.get("/sign-out/").status_code == 405
