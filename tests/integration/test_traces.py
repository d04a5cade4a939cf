"""Data that was deleted for good is in none of SQLite's files, including the write-ahead log."""

import datetime as dt
import os
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from drafts import services
from drafts.models import Candidate, Draft, Interview
from tests.conftest import GUEST_BACKEND
from tests.factories import DraftFactory, DraftRevisionFactory, GuestFactory

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(os.environ.get("TEST_DATABASE") == "postgres", reason="of SQLite's files"),
]
WORDS = "the walrus in the cellar"


@pytest.fixture
def guest():
    """A guest whose letter contains `WORDS` often, among the rows of others."""
    guest = GuestFactory()
    for number in range(30):
        DraftFactory(body=f"Of somebody else {number}. " * 40)
        draft = DraftFactory(
            interviewer__interview__candidate=guest, body=f"{WORDS} {number}. " * (number * 9)
        )
        DraftRevisionFactory(draft=draft, body=draft.body)
        services.save_draft(draft, draft.subject, f"{WORDS} once more", draft.version)
    return guest


def traces():
    """How often the words are in each of the database's files."""
    path = Path(connection.settings_dict["NAME"])
    files = [path.with_name(path.name + end) for end in ("", "-wal", "-journal")]
    return [file.read_bytes().count(WORDS.encode()) if file.is_file() else 0 for file in files]


def forget_by_hand(client, guest):
    for interview in guest.interviews.all():
        client.post(f"/interviews/{interview.pk}/delete/")
        client.post(f"/interviews/{interview.pk}/forget/")


def delete_everything(client, guest):
    client.post("/account/delete/", {"sure": "on"})


def wait_a_month(client, guest):
    Interview.objects.filter(candidate=guest).update(deleted_at=timezone.now() - dt.timedelta(days=31))
    call_command("tidy")


def stay_away(client, guest):
    Candidate.objects.filter(pk=guest.pk).update(kept_until=dt.date(2020, 1, 1))
    call_command("tidy")


@pytest.mark.parametrize("forget", [forget_by_hand, delete_everything, wait_a_month, stay_away])
def test_data_deleted_for_good_is_in_no_file(client, guest, forget):
    client.force_login(guest, GUEST_BACKEND)
    assert sum(traces()) > 1000
    forget(client, guest)
    assert traces() == [0, 0, 0]
    assert Draft.objects.count() == 30


def test_a_reader_delays_it_only_briefly_and_tidy_does_the_rest(client, guest):
    client.force_login(guest, GUEST_BACKEND)
    reader = connection.copy()
    with closing(reader), reader.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT count(*) FROM drafts_draft")
        delete_everything(client, guest)
        assert not Candidate.objects.filter(pk=guest.pk).exists()
        cursor.execute("ROLLBACK")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (10_000,)
    call_command("tidy")
    assert traces() == [0, 0, 0]
