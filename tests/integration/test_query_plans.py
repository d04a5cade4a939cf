"""With thousands of rows in every table, the queries of pages and the housekeeping use indexes."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.scale_pages import addresses
from bench.seed_scale import PASSWORD, Seeder, address
from drafts import services
from drafts.models import (
    DELETED_KEPT,
    Candidate,
    Draft,
    Interview,
    Interviewer,
    ReminderSchedule,
    WorkSample,
)
from drafts.reminders.sending import send_due_reminders
from drafts.services import housekeeping
from tests.conftest import GUEST_BACKEND

TABLE = "drafts_(interview|interviewer|worksample|draft|draftrevision|candidate|reminderschedule)|account_emailaddress"
# How PostgreSQL and SQLite report a full table scan. SQLite's "SCAN x USING INDEX" reads a whole index.
READ_THROUGH = re.compile(rf"(Seq Scan on|SCAN) ({TABLE})\b")


@pytest.fixture
def filled(db):
    """500 candidates with 5000 interviews, stored like in the benchmark; then the database's own maintenance.

    All except those of the first batch have missing files, so pages that read files are requested for the first.
    """
    seeder = Seeder(timezone.now())
    for number in range(2, 6):
        seeder.batch(number)
    people = Interviewer.objects.values_list("pk", flat=True)
    # So many that PostgreSQL does not read all of these short rows as cheaply as an index.
    files = [
        WorkSample(interviewer_id=key, order=order, file=f"files/{key}-{order}", file_name="talk.pdf")
        for key in people
        for order in range(3)
    ]
    WorkSample.objects.bulk_create(files)
    seeder.batch(1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture
def somebody(filled):
    """The candidate of a batch with the usual number of interviews, and an unsent letter."""
    waiting = Draft.objects.filter(sent_at=None, interviewer__interview__deleted_at=None)
    emails = [address(1, place) for place in range(100)]
    draft = waiting.filter(interviewer__interview__candidate__email__in=emails).order_by("id").first()
    candidate = draft.interviewer.interview.candidate
    services.renew_calendar_token(candidate)
    return candidate


def plan(sql):
    # Tables of one short row per candidate: with 500 rows, PostgreSQL reads all of it as cheaply as an index.
    is_small = re.search("drafts_reminderschedule|account_emailaddress", sql)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SET LOCAL enable_seqscan = {'off' if is_small else 'on'}")
        cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN '}{sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def tables_read_through(queries):
    """The statements that scan a whole table, with their plans."""
    statements = dict.fromkeys(query["sql"] for query in queries)
    plans = {sql: plan(sql) for sql in statements if re.match("SELECT|UPDATE|DELETE|INSERT", sql)}
    return {sql: found for sql, found in plans.items() if READ_THROUGH.search(found)}


def test_pages_find_their_rows_by_indexes(client, somebody):
    client.force_login(somebody, GUEST_BACKEND)
    faults = {}
    for name, path in addresses(somebody).items():
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
            assert answer.status_code == 200, name
            answer.getvalue()
        faults |= {name: found} if (found := tables_read_through(queries)) else {}
    assert faults == {}


def test_saving_finds_its_rows_by_indexes(somebody):
    draft = Draft.objects.for_candidate(somebody).filter(sent_at=None).first()
    with CaptureQueriesContext(connection) as queries:
        services.save_draft(draft, "Thank you", f"{draft.body}\n\nP.S. Thank you.", None)
        services.save_conversation(draft.interviewer, {"enjoyed": "the tests"}, [], None)
        services.mark_sent(draft)
        services.delete_interview(draft.interviewer.interview)
    assert len(queries) > 20
    assert tables_read_through(queries) == {}


def test_the_housekeeping_finds_its_rows_by_indexes(somebody):
    over = timezone.now() - 2 * DELETED_KEPT
    guest = Candidate.objects.filter(is_guest=True, interviews__isnull=False).first()
    Candidate.objects.filter(pk=guest.pk).update(kept_until=over.date())
    count = somebody.interviews.update(deleted_at=over)
    with CaptureQueriesContext(connection) as queries:
        assert housekeeping.tidy(timezone.now()) == (1, count)
    assert not Candidate.objects.filter(pk=guest.pk).exists()
    assert tables_read_through(queries) == {}


def test_a_look_for_reminders_finds_its_rows_by_indexes(somebody, settings):
    settings.MAIL_WORKS = True
    now = timezone.now()
    owners = Candidate.objects.filter(is_guest=False)
    owners.update(reminder_hour=8)
    later = now + DELETED_KEPT
    ReminderSchedule.objects.bulk_create(ReminderSchedule(candidate=one, next_at=later) for one in owners)
    ReminderSchedule.objects.filter(candidate=somebody).update(next_at=now)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    with CaptureQueriesContext(connection) as queries:
        send_due_reminders()
    assert len(queries) >= 4
    assert tables_read_through(queries) == {}


def test_signing_in_and_up_finds_accounts_by_indexes(client, filled):
    with CaptureQueriesContext(connection) as queries:
        answer = client.post("/sign-in/", {"login": address(1, 0), "password": PASSWORD})
        assert answer.status_code == 302
        client.logout()
        client.post("/sign-up/", {"email": "new@example.com", "password1": PASSWORD})
        assert Candidate.objects.filter(email="new@example.com").exists()
    assert tables_read_through(queries) == {}


def test_a_full_table_scan_is_detected(filled):
    with CaptureQueriesContext(connection) as queries:
        list(Interview.objects.filter(company__endswith="nowhere"))
    assert len(tables_read_through(queries)) == 1
