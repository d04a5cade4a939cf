"""Guests' sessions, and the health check."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from drafts.domain.notes import parser


def test_health_is_told_without_a_query(client, django_assert_num_queries, db):
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


def test_visitors_without_work_get_no_session(client, db):
    assert "sessionid" not in client.get("/").cookies


def test_the_pages_say_for_how_long_a_guests_work_is_kept(guest_client):
    assert "for 90 days after your last visit" in guest_client.get("/").content.decode()


def test_the_pages_of_an_account_do_not(signed_in):
    assert "after your last visit" not in signed_in.get("/").content.decode()
