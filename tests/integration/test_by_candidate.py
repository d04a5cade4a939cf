"""Tables with the candidate in every key (bench/by_candidate.py), with the unchanged product."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from bench.by_candidate import CHILDREN, STEPS, TABLES, citus, columns, keys
from drafts import services
from drafts.models import Draft, Interviewer
from tests.factories import CandidateFactory, GuestFactory, InterviewFactory, NotedInterviewerFactory

pytestmark = [
    pytest.mark.skipif(settings.ON_SQLITE, reason="for PostgreSQL: TEST_DATABASE=postgres"),
    pytest.mark.skipif("TEST_SCHEMA" in os.environ, reason="the tables are changed already"),
]
KEYS = """
    SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE contype IN ('p', 'u', 'f') AND conrelid::regclass::text = ANY(%s)
"""


def query(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.fixture(params=[("columns",), ("columns", "keys")], ids="+".join)
def change_tables(request) -> Callable[[], None]:
    """Runs in the test's transaction, which is rolled back, so not concurrently and not in steps."""

    def change() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for step in request.param:
                for statement in STEPS[step]():
                    cursor.execute(statement.replace(" CONCURRENTLY", "").replace("COMMIT; ", ""))

    return change


def new_draft(candidate) -> Draft:
    person = NotedInterviewerFactory(interview=InterviewFactory(candidate=candidate))
    person.work_samples.create(label="Code", url="https://example.com/code")
    return services.create_draft(person)


def candidates() -> dict[str, set[Any]]:
    """The candidates of the rows in each of the tables."""
    return {name: {row[0] for row in query(f"SELECT candidate_id FROM {name}")} for name in TABLES}  # noqa: S608


def test_rows_that_were_there_get_their_candidate(candidate, change_tables):
    new_draft(candidate)
    change_tables()
    assert candidates() == {name: {candidate.id} for name in TABLES}


def test_in_the_end_every_key_names_the_candidate(db):
    with connection.cursor() as cursor:
        for statement in (*columns(), *keys()):
            cursor.execute(statement.replace(" CONCURRENTLY", "").replace("COMMIT; ", ""))
    found = query(KEYS, [*TABLES])
    assert {name for name, _ in found} == {*TABLES}
    assert [key for key in found if not re.search(r"\([^)]*\bcandidate_id\b", key[1])] == []


def test_the_product_still_saves(signed_in, candidate, change_tables):
    change_tables()
    draft = new_draft(candidate)
    signed_in.post(
        reverse("draft_edit", args=[draft.id]), {"subject": "S", "body": "Hi there", "version": "1"}
    )
    assert [one.body for one in draft.revisions.all()] == ["Hi there", draft.body]
    assert candidates() == {name: {candidate.id} for name in TABLES}


def test_nothing_hangs_on_what_is_anothers(candidate, change_tables):
    change_tables()
    person = new_draft(candidate).interviewer
    other = CandidateFactory()
    move = "UPDATE drafts_interviewer SET candidate_id = %s WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(IntegrityError), transaction.atomic():
            cursor.execute(move, [other.id, person.id])
    assert Interviewer.objects.filter(interview__candidate=candidate).count() == 1


def test_a_guests_moved_work_belongs_to_the_account(candidate, change_tables):
    guest = GuestFactory()
    change_tables()
    new_draft(guest)
    services.bring_guest(guest, candidate)
    assert candidates() == {name: {candidate.id} for name in TABLES}


def test_citus_knows_every_table():
    told = [name for line in citus() for name in re.findall(r"create_distributed_table\('(\w+)'", line)]
    assert told == [*TABLES]
    assert [table.parent in TABLES for table in CHILDREN] == [True] * 4
