"""Exporting, importing and deleting everything; and deleting and restoring interviews."""

import datetime as dt
import io
import json
import pathlib
import zipfile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from drafts import services
from drafts.models import Candidate, Draft, DraftRevision, Interview, Interviewer, WorkSample
from drafts.services import imports
from tests.conftest import GUEST_BACKEND
from tests.factories import (
    CandidateFactory,
    DraftFactory,
    InterviewFactory,
    NotedInterviewerFactory,
    WorkFileFactory,
    WorkSampleFactory,
)


@pytest.fixture
def full(candidate):
    """An account with everything: two letters with histories, a route, links, files, one deleted interview."""
    candidate.strengths, candidate.own_words = ["Go", "PostgreSQL"], ["Zylker"]
    candidate.usual_tone, candidate.usual_channel, candidate.dialect = "formal", "gmail", "british"
    candidate.save()
    interview = InterviewFactory(
        candidate=candidate,
        company="Zylker / Pay",
        notes="Ask about the on-call rota.",
        decision_expected_on=dt.date(2026, 3, 20),
        outcome="offer",
        outcome_on=dt.date(2026, 3, 18),
        work_days="01236",
        invitation_uid="abc@calendar",
        invitation_sequence=2,
    )
    priya = NotedInterviewerFactory(
        interview=interview,
        full_name="Priya Nair",
        correction_topic="sharding",
        correction_answer="by region",
        ask="When will you decide?\nWho else would I meet?",
        relates=False,
        met_before=True,
        everything="they run 4 plants\nloved the tour",
        reaction="good_to_know",
        own_sentences={"mentioned": "Streaming it is.", "ask": "When will I hear from you?"},
    )
    WorkSampleFactory(interviewer=priya, order=0)
    WorkFileFactory(interviewer=priya, order=1, label="A study")
    draft = services.create_draft(priya)
    services.save_draft(draft, draft.subject, f"{draft.body}\n\nP.S. Żółw 🐢", None)
    services.mark_sent(draft)
    services.create_draft(priya, "linkedin")
    services.create_draft(NotedInterviewerFactory(interview=interview, full_name="Tomasz Wójcik"))
    InterviewFactory(candidate=candidate, company="Without a panel", time_zone="Asia/Kolkata")
    gone = DraftFactory(interviewer__interview__candidate=candidate).interviewer.interview
    services.delete_interview(gone)
    return candidate


def download(client):
    answer = client.get("/account/download/?download=1")
    assert answer["Content-Disposition"].startswith('attachment; filename="afterword-')
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def document(archive):
    told = json.loads(archive.read("afterword.json"))
    del told["exported_at"]
    return told


def bring_in(client, archive):
    file = SimpleUploadedFile("afterword.zip", archive.fp.getvalue(), "application/zip")
    return client.post("/account/bring-in/", {"archive": file}, follow=True)


def test_everything_is_in_the_download(signed_in, full):
    archive = download(signed_in)
    assert archive.testzip() is None
    told = document(archive)
    assert {one["facts"]["interview"]["company"] for one in told["interviews"]} >= {
        "Zylker / Pay",
        "Without a panel",
    }
    names = archive.namelist()
    assert len([name for name in names if name.endswith(".eml")]) == Draft.objects.count()
    [file] = [name for name in names if name.startswith("files/")]
    assert archive.read(file) == b"A case study.\n"
    assert any("P.S. Żółw 🐢" in archive.read(name).decode() for name in names if name.endswith(".txt"))
    assert len(set(names)) == len(names)


def test_a_facts_document_of_the_download_composes(signed_in, full, tmp_path, capsys):
    told = document(download(signed_in))
    [facts] = [one["facts"] for one in told["interviews"] if "/ Pay" in one["facts"]["interview"]["company"]]
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(facts))
    call_command("compose", str(path))
    assert len(json.loads(capsys.readouterr().out)["drafts"]) == 2


def test_downloaded_deleted_and_imported_again_it_is_equal(signed_in, full):
    archive = download(signed_in)
    signed_in.post("/account/delete/", {"sure": "on", "password": "correct horse"})
    assert not Candidate.objects.exists()
    anew = Client()
    answer = bring_in(anew, archive)
    assert "3 interviews were imported." in answer.content.decode()
    again = download(anew)
    assert document(again) == document(archive)
    assert sorted(again.namelist()) == sorted(archive.namelist())


def test_imported_twice_nothing_comes_twice(signed_in, full):
    archive = download(signed_in)
    before = document(archive)
    answer = bring_in(signed_in, archive)
    assert "3 were already here." in answer.content.decode()
    assert "differs here" not in answer.content.decode()
    assert document(download(signed_in)) == before


def test_another_account_gets_its_own_copy_once(signed_in, full):
    archive = download(signed_in)
    other = CandidateFactory(full_name="", signature="", time_zone="", strengths=["Rust"])
    client = Client()
    client.force_login(other, GUEST_BACKEND)
    for _time in range(2):
        bring_in(client, archive)
    assert other.interviews.count() == full.interviews.count() == 3
    other.refresh_from_db()
    assert (other.strengths, other.full_name) == (["Rust", "Go", "PostgreSQL"], full.full_name)
    assert (other.dialect, other.usual_tone) == ("british", "formal")
    assert WorkSample.objects.exclude(file="").count() == 2
    texts = [
        sorted(
            DraftRevision.objects.filter(draft__interviewer__interview__candidate=one).values_list(
                "body", "version", "reason", "created_at"
            )
        )
        for one in (full, other)
    ]
    assert texts[0] == texts[1]


def test_what_was_written_since_stays_and_what_the_file_has_is_not_lost(signed_in, full):
    archive = download(signed_in)
    draft = Draft.objects.get(interviewer__full_name="Tomasz Wójcik")
    before = draft.body
    services.save_draft(draft, draft.subject, "Written since.", None)
    draft.revisions.filter(body=before).delete()
    person = Interviewer.objects.get(full_name="Priya Nair")
    person.mentioned, person.goal = "noted since", ""
    person.save()
    person.work_samples.filter(file="").delete()
    page = bring_in(signed_in, archive).content.decode()
    # The page says what was not imported.
    assert "Your notes about Priya Nair are different here, so we kept the ones already here." in page
    assert person.work_samples.filter(file="").count() == 1
    draft.refresh_from_db()
    assert draft.body == "Written since."
    assert before in draft.revisions.values_list("body", flat=True)
    person.refresh_from_db()
    assert (person.mentioned, person.goal) == ("noted since", "cut the time from order to dispatch")
    # A page opened before does not silently clear it again.
    assert person.version == 2


ABOUT_NOTES = ("mentioned", "ask", "relates", "reaction", "own_sentences", "version")


def about_notes(person):
    return Interviewer.objects.values_list(*ABOUT_NOTES).get(pk=person.pk)


def test_a_download_from_before_own_sentences_is_imported(signed_in, full):
    archive = download(signed_in)
    told = json.loads(archive.read("afterword.json"))
    for interview in told["interviews"]:
        for person in interview["facts"].get("interviewers", []):
            for key in ("ask", "relates", "reaction", "say"):
                person.pop(key, None)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        for name in archive.namelist():
            content = json.dumps(told) if name == "afterword.json" else archive.read(name)
            new.writestr(name, content)
    client = Client()
    client.post("/account/bring-in/", {"archive": SimpleUploadedFile("x.zip", packed.getvalue())})
    person = Interviewer.objects.exclude(interview__candidate=full).get(full_name="Priya Nair")
    assert about_notes(person)[1:] == ("", None, "", {}, 1)


def test_own_sentences_are_filled_in_where_the_note_is_the_same(signed_in, full):
    person = Interviewer.objects.get(full_name="Priya Nair")
    before = about_notes(person)
    archive = download(signed_in)
    Interviewer.objects.filter(pk=person.pk).update(
        mentioned="", ask="", relates=None, reaction="", own_sentences={"ask": "May I ask again?"}
    )
    page = bring_in(signed_in, archive).content.decode()
    assert "Your notes about Priya Nair are different here, so we kept the ones already here." in page
    sentences = {"mentioned": "Streaming it is.", "ask": "May I ask again?"}
    # One version for the notes, one for the fields about them.
    assert about_notes(person) == (*before[:4], sentences, 3)


def test_own_sentences_never_stand_for_a_note_they_are_not_about(signed_in, full):
    person = Interviewer.objects.get(full_name="Priya Nair")
    archive = download(signed_in)
    Interviewer.objects.filter(pk=person.pk).update(
        mentioned="noted since", relates=None, reaction="", own_sentences={}
    )
    page = bring_in(signed_in, archive).content.decode()
    assert "Your notes about Priya Nair are different here, so we kept the ones already here." in page
    kept = ("noted since", "When will you decide?\nWho else would I meet?", None, "")
    assert about_notes(person) == (*kept, {"ask": "When will I hear from you?"}, 2)


def test_whether_it_relates_stays_as_answered_here(signed_in, full):
    person = Interviewer.objects.get(full_name="Priya Nair")
    Interviewer.objects.filter(pk=person.pk).update(relates=True)
    archive = download(signed_in)
    Interviewer.objects.filter(pk=person.pk).update(relates=False)
    page = bring_in(signed_in, archive).content.decode()
    assert "Your notes about Priya Nair are different here, so we kept the ones already here." in page
    assert about_notes(person)[2] is False


def test_an_interview_deleted_since_comes_back_with_the_file(signed_in, full):
    archive = download(signed_in)
    interview = Interview.objects.get(company="Without a panel")
    services.delete_interview(interview)
    bring_in(signed_in, archive)
    interview.refresh_from_db()
    assert interview.deleted_at is None


def test_an_interview_deleted_long_ago_can_be_restored_once_it_came_in(signed_in, full):
    archive = download(signed_in)
    with time_machine.travel(timezone.now() + dt.timedelta(days=40)):
        client = Client()
        bring_in(client, archive)
        assert len(client.get("/interviews/deleted/").context["rows"]) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose the file first."),
        (b"nothing of ours", "neither a ZIP file nor"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b'{"format": "afterword-account", "version": 99}', "newer version"),
    ],
)
def test_a_foreign_file_changes_nothing(client, db, content, words):
    sent = {"archive": SimpleUploadedFile("x.zip", content)} if content else {}
    answer = client.post("/account/bring-in/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Candidate.objects.exists()


def test_a_damaged_file_inside_changes_nothing(signed_in, full):
    archive = download(signed_in)
    content = bytearray(archive.fp.getvalue())
    [info] = [one for one in archive.infolist() if one.filename.startswith("files/")]
    content[info.header_offset + 30 + len(info.filename) + 3] ^= 0xFF
    other = CandidateFactory(full_name="")
    client = Client()
    client.force_login(other, GUEST_BACKEND)
    answer = client.post("/account/bring-in/", {"archive": SimpleUploadedFile("x.zip", bytes(content))})
    assert answer.status_code == 422
    assert not other.interviews.exists()


def test_a_file_that_no_letter_may_carry_is_left_out_and_said(signed_in, full):
    archive = download(signed_in)
    told = json.loads(archive.read("afterword.json"))
    program = b"MZ\x90\x00" + bytes(200)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        for one in told["interviews"]:
            for person in one.get("people", []):
                for file in person.get("files", []):
                    file["size"] = len(program)
                    new.writestr(file["path"], program)
        new.writestr("afterword.json", json.dumps(told))
    client = Client()
    answer = client.post(
        "/account/bring-in/", {"archive": SimpleUploadedFile("x.zip", packed.getvalue())}, follow=True
    )
    assert "case-study.txt" in answer.content.decode()
    other = Candidate.objects.exclude(pk=full.pk).get()
    assert not WorkSample.objects.filter(interviewer__interview__candidate=other).exclude(file="").exists()


def test_a_file_missing_here_is_left_out_of_the_download(signed_in, full):
    pathlib.Path(WorkSample.objects.exclude(file="").get().file.path).unlink()
    archive = download(signed_in)
    assert "3 interviews were imported." in bring_in(Client(), archive).content.decode()


def test_a_large_interview_is_imported_in_parts(signed_in, full, monkeypatch):
    """No transaction stores more rows than the limit, however many versions its letters have."""
    archive = download(signed_in)
    monkeypatch.setattr(imports, "MOST_ROWS", 3)
    client = Client()
    assert "3 interviews were imported." in bring_in(client, archive).content.decode()
    assert "3 were already here." in bring_in(client, archive).content.decode()
    ours, theirs = document(archive), document(download(client))
    assert [names(one) for one in theirs["interviews"]] == [names(one) for one in ours["interviews"]]


def names(interview):
    return [person["full_name"] for person in interview["facts"].get("interviewers", [])]


# ---------------------------------------------------------------- deleting everything


def test_deleting_the_account_takes_everything_at_once(signed_in, full, django_capture_on_commit_callbacks):
    other = WorkFileFactory()
    path = WorkSample.objects.get(interviewer__full_name="Priya Nair", url="").file.path
    elsewhere = Client()
    elsewhere.post("/sign-in/", {"login": full.email, "password": "correct horse"})
    assert signed_in.get("/account/delete/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in.post("/account/delete/", {"sure": "on", "password": "correct horse"}, follow=True)
    assert "Everything was deleted." in answer.content.decode()
    assert not Candidate.objects.filter(pk=full.pk).exists()
    assert list(Interview.objects.all()) == [other.interviewer.interview]
    assert not pathlib.Path(path).exists()
    assert not pathlib.Path(path).parent.exists()
    assert pathlib.Path(other.file.path).exists()
    assert not elsewhere.get("/interviews/").wsgi_request.user.is_authenticated


@pytest.mark.parametrize(
    "sent", [{}, {"sure": "on"}, {"sure": "on", "password": "wrong"}, {"password": "correct horse"}]
)
def test_deleting_asks_for_the_password_and_a_tick(signed_in, full, sent):
    assert signed_in.post("/account/delete/", sent).status_code == 422
    assert Candidate.objects.filter(pk=full.pk).exists()


def test_the_password_cannot_be_guessed_by_deleting(signed_in, candidate):
    sent = {"sure": "on", "password": "wrong"}
    answers = [signed_in.post("/account/delete/", sent).status_code for _time in range(12)]
    assert answers == [422] * 10 + [429] * 2


def test_a_guest_deletes_everything_with_a_tick(guest_client, guest):
    InterviewFactory(candidate=guest)
    guest_client.post("/account/delete/", {"sure": "on"})
    assert not Candidate.objects.exists()
    assert guest_client.get("/interviews/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_what_was_deleted_is_not_in_the_database_file_any_more(client, settings):
    if not settings.ON_SQLITE:
        pytest.skip("how PostgreSQL clears its pages is its administrator's")
    draft = DraftFactory(body="Hi Quetzalcoatl, a letter nobody else may read. " * 40)
    database = pathlib.Path(connection.settings_dict["NAME"])

    def files():
        return b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))

    assert b"Quetzalcoatl" in files()
    services.delete_candidate(draft.interviewer.interview.candidate)
    assert b"Quetzalcoatl" not in files()


# ---------------------------------------------------------------- one interview


def test_a_deleted_interview_is_gone_from_view_and_can_be_restored(signed_in, candidate):
    file = WorkFileFactory(
        interviewer__interview__candidate=candidate, interviewer__interview__company="Zylker"
    )
    interview = file.interviewer.interview
    answer = signed_in.post(reverse("interview_delete", args=[interview.id]), follow=True)
    assert "Undo" in answer.content.decode()
    assert [row.interview for row in answer.context["rows"]] == []
    assert "Zylker" not in signed_in.get("/").content.decode()
    assert "Zylker" in signed_in.get("/interviews/deleted/").content.decode()
    signed_in.post(reverse("interview_bring_back", args=[interview.id]))
    assert "Zylker" in signed_in.get("/interviews/").content.decode()
    assert pathlib.Path(file.file.path).exists()


def test_a_deleted_interview_is_deleted_for_good_after_30_days(signed_in, candidate):
    file = WorkFileFactory(interviewer__interview__candidate=candidate)
    interview = file.interviewer.interview
    services.delete_interview(interview)
    with time_machine.travel(timezone.now() + dt.timedelta(days=29, hours=23)):
        call_command("tidy")
        assert Interview.objects.filter(pk=interview.pk).exists()
    with time_machine.travel(timezone.now() + dt.timedelta(days=30, minutes=1)):
        signed_in.force_login(candidate, GUEST_BACKEND)
        assert signed_in.post(reverse("interview_bring_back", args=[interview.id])).status_code == 404
        call_command("tidy")
    assert not Interview.objects.exists()


def test_a_deleted_interview_can_be_deleted_for_good_at_once(signed_in, candidate):
    interview = InterviewFactory(candidate=candidate)
    services.delete_interview(interview)
    signed_in.post(reverse("interview_forget", args=[interview.id]))
    assert not Interview.objects.exists()
