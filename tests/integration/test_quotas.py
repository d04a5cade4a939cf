"""Quotas of accounts and guests: shown, enforced with a message, and never more than can be imported again."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from config.environment import Environment
from drafts import services
from drafts.domain.facts import Kind
from drafts.exchange.account import MAX_TEXT_BYTES
from drafts.exchange.account.document import MAX_INTERVIEWS
from drafts.exchange.account.reading import MAX_ALL_FILES_BYTES, MAX_JSON_BYTES
from drafts.exchange.account.shapes import MAX_REVISIONS
from drafts.models import Draft, DraftRevision, Interview, WorkSample
from drafts.services import letters, quotas
from drafts.web import uploads
from tests.conftest import GUEST_BACKEND
from tests.factories import (
    CandidateFactory,
    DraftFactory,
    GuestFactory,
    InterviewerFactory,
    InterviewFactory,
    NotedInterviewerFactory,
    WorkFileFactory,
)

TYPED = {
    "company": "Zylker",
    "position": "SRE",
    "ended_at": "2026-03-03T15:10",
    "time_zone": "Berlin",
    "full_name": "Maya Okafor",
    "confirm_old": "on",
}
FULL = "You can have at most 2 interviews"


@pytest.fixture
def two_interviews(settings):
    """Limits guests and accounts to two interviews."""
    settings.QUOTA_INTERVIEWS = settings.GUEST_QUOTA_INTERVIEWS = 2


def stored_files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_the_settings_page_shows_how_much_is_used(signed_in, candidate, settings):
    WorkFileFactory(interviewer__interview__candidate=candidate, size=3 * 1024 * 1024)
    page = signed_in.get("/settings/").content.decode()
    assert (
        f"You’re using 1 of {settings.QUOTA_INTERVIEWS} interviews and 3.0 of {settings.QUOTA_MB} MB" in page
    )


def test_a_visitor_sees_what_a_guest_may_keep(client, db, settings):
    page = client.get("/settings/").content.decode()
    assert (
        f"0 of {settings.GUEST_QUOTA_INTERVIEWS} interviews and 0.0 of {settings.GUEST_QUOTA_MB} MB" in page
    )


def test_usage_is_one_query_and_counts_everything(candidate, django_assert_num_queries):
    person = NotedInterviewerFactory(interview__candidate=candidate, own_sentences={"goal": "Żółw"})
    WorkFileFactory(interviewer=person, size=1000)
    with django_assert_num_queries(1):
        before = services.usage_of(candidate)
    assert (before.interviews, before.files) == (1, 1000)
    assert before.texts > 3 * 400 + len(person.mentioned)
    draft = services.create_draft(person)
    assert services.usage_of(candidate).texts == before.texts + 2 * (
        400 + len(draft.subject.encode()) + len(draft.body.encode())
    )


def test_one_interview_too_many_is_refused_with_all_that_was_typed(signed_in, candidate, two_interviews):
    for _number in range(2):
        InterviewFactory(candidate=candidate)
    answer = signed_in.post("/interviews/new/", TYPED)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert FULL in page
    assert "delete what you no longer need" in page
    assert answer.context["form"]["company"].value() == "Zylker"
    assert Interview.objects.count() == 2
    candidate.refresh_from_db()
    assert candidate.full_name == "Robin Meyer"


def test_one_interview_too_many_does_not_save_itself_either(guest_client, guest, two_interviews):
    for deleted_at in (None, guest.created_at):
        InterviewFactory(candidate=guest, deleted_at=deleted_at)
    answer = guest_client.post("/interviews/new/", TYPED, HTTP_X_AUTOSAVE="1")
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert answer.content.decode().startswith(FULL)
    assert "create an account" in answer.content.decode()


def test_an_interview_that_is_there_is_saved_when_all_is_full(signed_in, candidate, two_interviews, settings):
    first, *_others = [InterviewFactory(candidate=candidate) for _number in range(3)]
    settings.QUOTA_MB = 0
    answer = signed_in.post(reverse("interview_edit", args=[first.id]), TYPED | {"version": 1})
    assert answer.status_code == 302
    first.refresh_from_db()
    assert first.company == "Zylker"


def test_too_many_files_are_rejected_but_the_notes_are_saved(signed_in, candidate, settings):
    settings.QUOTA_MB = 1
    person = InterviewerFactory(interview__candidate=candidate)
    WorkFileFactory(interviewer=person, size=1024 * 1024 - 500)
    there = stored_files(settings)
    sent = {"mentioned": "the move", "version": 1, "files": SimpleUploadedFile("notes.txt", b"x" * 2000)}
    page = signed_in.post(
        reverse("conversation_edit", args=[person.interview_id, person.id]), sent, follow=True
    )
    assert "You’re out of space. Your files and letters take up 1 MB." in page.content.decode()
    assert "Your notes are saved, but your files aren’t." in page.content.decode()
    person.refresh_from_db()
    assert person.mentioned == "the move"
    assert WorkSample.objects.count() == 1
    assert stored_files(settings) == there


def test_a_guest_over_the_quota_is_not_moved(client, candidate, guest, two_interviews):
    for owner in (candidate, candidate, guest):
        InterviewFactory(candidate=owner)
    with pytest.raises(services.quotas.OverQuota, match=FULL):
        services.bring_guest(guest, candidate)
    assert guest.interviews.count() == 1


# ---------------------------------------------------------------- letters are never refused


def test_in_a_full_account_the_oldest_version_makes_room(signed_in, candidate, settings):
    settings.QUOTA_MB = 0
    draft = DraftFactory(interviewer__interview__candidate=candidate)
    for version, word in enumerate(("one", "two", "three"), 1):
        sent = {"subject": draft.subject, "body": f"Hi Priya, {word}.", "version": version}
        assert signed_in.post(draft.get_absolute_url(), sent).status_code == 302
    draft.refresh_from_db()
    assert draft.body == "Hi Priya, three."
    assert [one.body for one in draft.revisions.all()] == ["Hi Priya, three."]


def test_a_history_ends_somewhere(candidate, monkeypatch):
    monkeypatch.setattr(letters, "MOST_VERSIONS", 3)
    draft = DraftFactory(interviewer__interview__candidate=candidate)
    for number in range(5):
        services.save_draft(draft, draft.subject, f"Hi Priya, {number}.", None)
    assert [one.body for one in draft.revisions.all()] == [f"Hi Priya, {number}." for number in (4, 3, 2)]


def test_a_full_history_is_not_counted(candidate, monkeypatch):
    monkeypatch.setattr(letters, "MOST_VERSIONS", 1)
    draft = DraftFactory(interviewer__interview__candidate=candidate)
    services.save_draft(draft, draft.subject, "Hi Priya, one.", None)
    monkeypatch.setattr(letters, "has_room", lambda _: pytest.fail("counted"))
    services.save_draft(draft, draft.subject, "Hi Priya, two.", None)
    assert [one.body for one in draft.revisions.all()] == ["Hi Priya, two."]


def test_in_a_full_account_the_oldest_version_of_each_rewritten_letter_makes_room(candidate, settings):
    interview = InterviewFactory(candidate=candidate)
    drafts = [services.create_draft(NotedInterviewerFactory(interview=interview)) for _ in range(2)]
    settings.QUOTA_MB = 0
    candidate.full_name = candidate.signature = "Somebody Else"
    candidate.save()
    services.update_signatures(interview)
    for draft in drafts:
        (revision,) = draft.revisions.all()
        assert "Somebody Else" in revision.body


# ---------------------------------------------------------------- what is exported can be brought in


def download(candidate):
    client = Client()
    client.force_login(candidate, GUEST_BACKEND)
    return b"".join(client.get("/account/download/?download=1").streaming_content)


def bring_in(content, candidate=None):
    client = Client()
    if candidate:
        client.force_login(candidate, GUEST_BACKEND)
    return client.post(
        "/account/bring-in/", {"archive": SimpleUploadedFile("x.zip", content)}, follow=True
    ).getvalue()


def test_a_full_account_is_imported_whole(candidate, settings):
    settings.QUOTA_INTERVIEWS, settings.QUOTA_MB = 30, 1
    for number in range(30):
        person = NotedInterviewerFactory(interview__candidate=candidate)
        InterviewerFactory(interview=person.interview, role="recruiter")
        for kind in (Kind.THANK_YOU, Kind.LINKEDIN):
            services.create_draft(person, kind)
        if number == 0:
            # As much as fits, and incompressible.
            room = settings.QUOTA_MB * quotas.MEGABYTE - 400_000
            text = bytes(32 + (byte * 7 + byte // 95) % 95 for byte in range(room))
            [checked] = [services.files.CheckedFile("notes.txt", "text/plain", len(text))]
            services.add_files(person, [(checked, text)])
    content = download(candidate)
    other = CandidateFactory(full_name="")
    assert b"30 interviews were imported." in bring_in(content, other)
    assert services.usage_of(other) == services.usage_of(candidate)
    assert len(content) <= uploads.account_limit() * quotas.MEGABYTE


def test_the_most_that_settings_allow_is_read_in_again():
    fields = Environment.model_fields
    for prefix in ("", "GUEST_"):
        [interviews] = [one.le for one in fields[f"{prefix}QUOTA_INTERVIEWS"].metadata if hasattr(one, "le")]
        [megabytes] = [one.le for one in fields[f"{prefix}QUOTA_MB"].metadata if hasattr(one, "le")]
        assert interviews <= MAX_INTERVIEWS
        assert megabytes * quotas.MEGABYTE <= MAX_ALL_FILES_BYTES
    assert letters.MOST_VERSIONS <= MAX_REVISIONS
    assert 2 * MAX_TEXT_BYTES <= MAX_JSON_BYTES


def test_files_are_in_a_download_twice_at_most(candidate):
    file = WorkFileFactory(interviewer__interview__candidate=candidate)
    for kind in Kind:
        DraftFactory(interviewer=file.interviewer, kind=kind)
    assert Draft.objects.count() == len(Kind)
    archive = zipfile.ZipFile(io.BytesIO(download(candidate)))
    names = [name for name in archive.namelist() if b"case-study.txt" in archive.read(name)]
    assert [name.rpartition(".")[2] for name in names] == ["eml", "json"]


def test_exceeding_the_quota_is_reported_and_stores_nothing(candidate, settings):
    for _number in range(3):
        file = WorkFileFactory(interviewer__interview__candidate=candidate)
    content = download(candidate)
    settings.GUEST_QUOTA_INTERVIEWS = 2
    there = len(stored_files(settings))
    page = bring_in(content).decode()
    assert FULL in page
    assert "came in" not in page
    assert Interview.objects.exclude(candidate=candidate).count() == 0
    assert len(stored_files(settings)) == there
    # Once there is room, the same file can be imported.
    settings.GUEST_QUOTA_INTERVIEWS = 3
    guest = GuestFactory(full_name="")
    assert "3 interviews were imported." in bring_in(content, guest).decode()
    assert WorkSample.objects.filter(interviewer__interview__candidate=guest).count() == 3
    assert DraftRevision.objects.count() == 0
    assert file.file_name == "case-study.txt"
