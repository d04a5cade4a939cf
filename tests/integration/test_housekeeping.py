"""The housekeeping runs once a day, with any number of processes and machines."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection

from drafts.models import Candidate, TidiedDay
from drafts.services import housekeeping
from tests.factories import GuestFactory

NOW = dt.datetime(2026, 11, 28, 23, 59, tzinfo=dt.UTC)


@pytest.fixture
def guest_of_yesterday(db):
    return GuestFactory(kept_until=NOW.date() - dt.timedelta(days=1))


def test_it_is_done_once_a_day(guest_of_yesterday):
    assert housekeeping.tidy_once_a_day(NOW)
    assert not Candidate.objects.exists()
    late = GuestFactory(kept_until=NOW.date() - dt.timedelta(days=1))
    assert not housekeeping.tidy_once_a_day(NOW)
    assert Candidate.objects.filter(pk=late.pk).exists()
    tomorrow = NOW + dt.timedelta(minutes=1)
    assert housekeeping.tidy_once_a_day(tomorrow)
    assert not Candidate.objects.exists()
    assert [tidied.day for tidied in TidiedDay.objects.all()] == [tomorrow.date()]


def test_expired_sessions_go(db):
    Session.objects.create(session_key="old", expire_date=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    housekeeping.tidy(NOW)
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_does_it(monkeypatch):
    done = []
    monkeypatch.setattr(housekeeping, "tidy", done.append)
    barrier = Barrier(6)

    def ask(_number):
        try:
            connection.ensure_connection()
            barrier.wait()
            return housekeeping.tidy_once_a_day(NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(ask, range(6)))
    assert sorted(answers) == [False] * 5 + [True]
    assert done == [NOW]


def test_a_failed_housekeeping_is_repeated_by_the_next_process(guest_of_yesterday, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(housekeeping, "clear_deleted", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            housekeeping.tidy_once_a_day(NOW)
    assert housekeeping.tidy_once_a_day(NOW)


def test_the_command_always_runs_it(guest_of_yesterday, capsys):
    TidiedDay.objects.create(day=NOW.date())
    call_command("tidy")
    assert capsys.readouterr().out == "1 guests removed.\n0 deleted interviews removed for good.\n"
