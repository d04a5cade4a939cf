"""Concurrent writes on PostgreSQL: locks are taken in one order, so that there are no deadlocks."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from contextlib import nullcontext, suppress

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from drafts import services
from drafts.domain.facts import Kind, Tone
from drafts.errors import Gone
from drafts.exchange.files import CheckedFile
from drafts.models import Candidate, Draft, Interview, Interviewer, WorkSample
from drafts.services.locks import write
from tests.factories import (
    CandidateFactory,
    DraftFactory,
    DraftRevisionFactory,
    GuestFactory,
    InterviewFactory,
    NotedInterviewerFactory,
    OutsiderFactory,
    WorkFileFactory,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(settings.ON_SQLITE, reason="SQLite lets one write at a time"),
]
TAKES_LOCK = re.compile(
    r'^UPDATE "(\w+)"|FROM "(\w+)".* FOR (?:NO KEY )?UPDATE|^DELETE FROM "(\w+)"', re.DOTALL
)


def locked_table(sql: str) -> str:
    """The table in which this statement locks existing rows; else None."""
    found = TAKES_LOCK.search(sql)
    return next(filter(None, found.groups())) if found else ""


def at_once(*writes: tuple[Callable[[], object], str, object]) -> list[DatabaseError]:
    """Runs two writes in threads. Returns the database errors.

    Each pauses once it has locked the row with the given id in the given table, until the other has too or a second has
    passed, so that two with different lock orders deadlock.
    """
    meeting = threading.Barrier(2, timeout=1)
    refused: list[DatabaseError] = []

    def run(write: Callable[[], object], table: str, key: object) -> None:
        met = False

        def watch(execute, sql, params, many, context):
            nonlocal met
            try:
                answer = execute(sql, params, many, context)
            except DatabaseError as error:
                refused.append(error)
                raise
            if not met and locked_table(sql) == table and str(key) in str(params):
                met = True
                with suppress(threading.BrokenBarrierError):
                    meeting.wait()
            return answer

        try:
            with connection.execute_wrapper(watch), suppress(DatabaseError, Gone):
                write()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=write) for write in writes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()
    return refused


def row(person: Interviewer, **changes: object) -> dict[str, object]:
    return {"id": person.id, "DELETE": False} | {
        name: changes.get(name, getattr(person, name)) for name in services.PERSON_FIELDS
    }


def values(interview: Interview, **changes: object) -> dict[str, object]:
    return {name: getattr(interview, name) for name in services.INTERVIEW_FIELDS} | changes


@pytest.fixture
def person(db):
    return NotedInterviewerFactory()


@pytest.fixture
def draft(person):
    found = DraftFactory(interviewer=person)
    DraftRevisionFactory(draft=found, version=1)
    return found


def test_sending_while_the_panel_is_saved(draft, person):
    interview = Interview.objects.get()
    refused = at_once(
        (lambda: services.mark_sent(draft), "drafts_draft", draft.id),
        (
            lambda: services.save_panel(interview, [row(person, full_name="Priya N.")], None),
            "drafts_interview",
            interview.id,
        ),
    )
    assert refused == []
    assert Draft.objects.get().sent_at
    assert Interviewer.objects.get().full_name == "Priya N."


def test_writing_a_letter_while_notes_are_saved(person):
    interview = Interview.objects.get()
    refused = at_once(
        (lambda: services.create_draft(person), "drafts_interviewer", person.id),
        (
            lambda: services.save_conversation(person, {"goal": "ship daily"}, [], None),
            "drafts_interview",
            interview.id,
        ),
    )
    assert refused == []
    assert Draft.objects.count() == 1
    assert Interviewer.objects.get().goal == "ship daily"


def test_bringing_a_guest_along_while_they_save(db):
    guest, account = GuestFactory(), CandidateFactory()
    interview = InterviewFactory(candidate=guest)
    update = {"full_name": "Sam G.", "signature": "Sam", "version": None}
    refused = at_once(
        (lambda: services.bring_guest(guest, account), "drafts_candidate", guest.id),
        (
            lambda: services.update_interview(interview, values(interview, company="Initech"), **update),
            "drafts_interview",
            interview.id,
        ),
    )
    assert refused == []
    stored = Interview.objects.get()
    assert stored.candidate == account


def test_a_name_set_while_everything_is_deleted(draft, person):
    interview = Interview.objects.get()
    update = {"full_name": "Sam G.", "signature": "Sam", "version": None}
    refused = at_once(
        (lambda: services.delete_candidate(interview.candidate), "drafts_candidate", interview.candidate_id),
        (
            lambda: services.update_interview(interview, values(interview), **update),
            "drafts_interview",
            interview.id,
        ),
    )
    assert refused == []
    assert not Interview.objects.exists()


def test_everything_deleted_twice_at_once_is_done(draft):
    candidate = Candidate.objects.get()
    done = []

    def delete():
        services.delete_candidate(candidate)
        done.append(1)

    refused = at_once(
        (delete, "drafts_candidate", candidate.id),
        (delete, "drafts_candidate", candidate.id),
    )
    assert refused == []
    assert done == [1]  # the other one got Gone
    assert not Candidate.objects.exists()


@pytest.mark.parametrize("number", [1, 2])
def test_an_aborted_write_is_retried(draft, caplog, number):
    tries = []

    @write
    def save(subject):
        tries.append(subject)
        Draft.objects.update(subject=subject)
        if len(tries) <= number:
            raise OperationalError from psycopg.errors.DeadlockDetected()

    with nullcontext() if number == 1 else pytest.raises(OperationalError):
        save("Once more")
    assert len(tries) == 2
    assert (Draft.objects.get().subject == "Once more") is (number == 1)
    assert "save is tried again after a deadlock" in caplog.text


def test_other_failures_are_not_tried_again(draft):
    tries = []

    @write
    def save():
        tries.append(1)
        raise OperationalError from psycopg.errors.DiskFull()

    with pytest.raises(OperationalError):
        save()
    assert len(tries) == 1


def every_write(draft: Draft, file: WorkSample, gone: Interview, guest: Candidate) -> dict[str, Callable]:
    """Every service that writes, by name, with calls that do as much as possible."""
    person = draft.interviewer
    interview = person.interview
    mine, revision = interview.candidate, draft.revisions.get()
    sender = {"full_name": "Someone Else", "signature": "S. E."}
    settings_now = {name: getattr(mine, name) for name in services.SETTINGS}
    typed = values(interview, company="Initech")
    new = {**typed, **sender}
    outsider = Interviewer.everyone.get(is_outside=True)
    helped = {name: getattr(outsider, name) for name in services.PERSON_TEXTS}
    about = {name: getattr(interview, name) for name in ("company", "position", "time_zone")}
    return {
        "add_outsider": lambda: services.add_outsider(interview, helped),
        "thank_somebody": lambda: services.thank_somebody(mine, about, helped, **sender),
        "update_outsider": lambda: services.update_outsider(outsider, helped),
        "remove_outsider": lambda: services.remove_outsider(outsider),
        "add_files": lambda: services.add_files(person, [(CheckedFile("a.txt", "text/plain", 1), b"a")]),
        "add_own_word": lambda: services.add_own_word(mine, "Zylkers"),
        "bring_back_interview": lambda: services.bring_back_interview(gone),
        "bring_guest": lambda: services.bring_guest(guest, mine),
        "change_tone": lambda: services.change_tone(draft, Tone.BRIEF),
        "claim_work": lambda: services.claim_work(guest, "g@example.com", "secret", confirmed_by_mail=False),
        "create_draft": lambda: services.create_draft(person, Kind.LINKEDIN),
        "create_interview": lambda: services.create_interview(
            mine, typed, **sender, person=row(person, id=None)
        ),
        "delete_candidate": lambda: services.delete_candidate(mine),
        "delete_interview": lambda: services.delete_interview(interview),
        "dismiss_finding": lambda: services.dismiss_finding(draft, "length"),
        "drop_calendar_token": lambda: services.drop_calendar_token(mine),
        "end_typing": lambda: services.end_typing(draft),
        "finish_claim": lambda: services.finish_claim(mine, "new@example.com", is_here=True),
        "purge_interview": lambda: services.purge_interview(gone),
        "keep_aside": lambda: services.keep_aside(draft, "Other", "Another text."),
        "keep_draft": lambda: services.keep_draft(draft),
        "keep_rewrite": lambda: services.keep_rewrite(draft, services.Rewrite(1, "small", "Thank you.")),
        "keep_guest": lambda: services.keep_guest(guest),
        "plan_sending": lambda: services.plan_sending(draft, timezone.now()),
        "keep_everything": lambda: services.keep_everything(draft.interviewer, "the rota changes", None),
        "mark_sent": lambda: services.mark_sent(draft),
        "mark_unsent": lambda: services.mark_unsent(draft),
        "recompose_draft": lambda: services.recompose_draft(draft, Tone.FORMAL),
        "remove_file": lambda: services.remove_file(file),
        "remove_own_word": lambda: services.remove_own_word(mine, "Zylkers"),
        "renew_calendar_token": lambda: services.renew_calendar_token(mine),
        "restore_findings": lambda: services.restore_findings(draft),
        "restore_revision": lambda: services.restore_revision(draft, revision),
        "save_conversation": lambda: services.save_conversation(
            person, {"goal": "ship daily"}, [{"label": "Talk", "url": "https://example.com"}], None
        ),
        "save_draft": lambda: services.save_draft(draft, "Thanks", "Another text.", None),
        "save_follow_up": lambda: services.save_follow_up(person, Kind.NUDGE, {"new": "I passed the exam."}),
        "save_invitation": lambda: services.save_invitation(
            mine, new, [row(person, job_title="CTO")], uid="u", sequence=1, existing=interview
        ),
        "save_panel": lambda: services.save_panel(interview, [row(person, full_name="P. Nair")], None),
        "save_settings": lambda: services.save_settings(mine, {**settings_now, **sender, "reminder_hour": 8}),
        "set_address": lambda: services.set_address(mine, "new@example.com"),
        "set_guest_password": lambda: services.set_guest_password(guest, "secret"),
        "set_outcome": lambda: services.set_outcome(
            interview, {"outcome": "offer", "outcome_on": None, "decision_expected_on": None, "notes": ""}
        ),
        "set_sending": lambda: services.set_sending(
            interview,
            {"chosen_send_at": None}
            | {name: getattr(interview, name) for name in ("work_opens", "work_closes", "work_days")},
        ),
        "set_usual_channel": lambda: services.set_usual_channel(mine, "gmail"),
        "update_signatures": lambda: services.update_signatures(interview),
        "stop_reminders": lambda: services.stop_reminders(mine.pk),
        "skip_interviewer": lambda: services.skip_interviewer(person),
        "update_interview": lambda: services.update_interview(interview, typed, **sender, version=None),
    }


BELOW = {"drafts_interviewer", "drafts_worksample", "drafts_draft", "drafts_draftrevision"}


def disorder(statements: list[str]) -> list[str]:
    """What these statements lock or insert before locks that must come first."""
    held: set[str] = set()
    found = []
    for sql in statements:
        added = re.match(r'INSERT INTO "(\w+)"', sql)
        table = added[1] if added else locked_table(sql)
        if table == "drafts_candidate" and table not in held and "drafts_interview" in held:
            found.append(f"after an interview: {sql}")
        if table in BELOW and "drafts_interview" not in held:
            found.append(f"without the interview: {sql}")
        held.add(table)
    return found


def test_every_write_takes_its_locks_in_one_order(draft, person):
    mine = person.interview.candidate
    mine.own_words = ["Zylkers"]
    mine.save()
    file = WorkFileFactory(interviewer=person)
    OutsiderFactory(interview=person.interview)
    gone = InterviewFactory(candidate=mine, deleted_at=timezone.now())
    guest = GuestFactory()
    InterviewFactory(candidate=guest)
    writes = every_write(draft, file, gone, guest)
    decorated = {name for name in services.__all__ if hasattr(getattr(services, name), "__wrapped__")}
    assert decorated - writes.keys() == set()
    found = {}
    for name, do in writes.items():
        with transaction.atomic(), CaptureQueriesContext(connection) as captured:
            do()
            transaction.set_rollback(True)
        found[name] = disorder([query["sql"] for query in captured])
    assert {name: words for name, words in found.items() if words} == {}
