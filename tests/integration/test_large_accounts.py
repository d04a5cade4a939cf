"""Large accounts: constant numbers of queries, and jobs in steps that do not block others."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from drafts import services
from drafts.domain.facts import Kind
from drafts.models import Candidate, Draft, DraftRevision
from drafts.services import accounts, interviews
from tests.conftest import GUEST_BACKEND
from tests.factories import (
    CandidateFactory,
    InterviewerFactory,
    InterviewFactory,
    NotedInterviewerFactory,
    WorkFileFactory,
)


def download(client):
    answer = client.get("/account/download/?download=1")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def letters_to(candidate, count):
    """This many interviews with two people each: a letter with two versions, and an email to the recruiter."""
    for number in range(count):
        interview = InterviewFactory(candidate=candidate, company=f"Company {number}")
        person = NotedInterviewerFactory(interview=interview)
        WorkFileFactory(interviewer=person)
        InterviewerFactory(interview=interview, role="recruiter")
        draft = services.create_draft(person)
        services.save_draft(draft, "Thank you", f"{draft.body}\n\nP.S. Thank you.", None)
        services.mark_sent(services.create_draft(person, Kind.RECRUITER))


@pytest.mark.parametrize(("address", "count"), [("/account/download/?download=1", 9), ("/sent.mbox", 5)])
def test_queries_of_a_download_do_not_grow(signed_in, candidate, django_assert_num_queries, address, count):
    letters_to(candidate, 1)
    signed_in.get("/settings/")
    with django_assert_num_queries(count):
        signed_in.get(address).getvalue()
    letters_to(candidate, 29)
    with django_assert_num_queries(count):
        # An email's lines may be folded anywhere.
        assert b"Company 28" in signed_in.get(address).getvalue().replace(b"=\n", b"")


def test_a_large_import_shows_its_progress_without_javascript(candidate):
    letters_to(candidate, 60)
    owner, client = Client(), Client()
    owner.force_login(candidate, GUEST_BACKEND)
    file = SimpleUploadedFile("afterword.zip", download(owner).fp.getvalue())
    answer = client.post("/account/bring-in/", {"archive": file})
    assert answer.streaming
    pieces = [piece.decode() for piece in answer.streaming_content]
    shown = [re.search(r"(\d+) of 60 interviews", piece) for piece in pieces]
    assert [found[1] for found in shown if found] == ["0", "25", "50", "60"]
    assert "60 interviews were imported." in pieces[-2]
    assert pieces[0].lstrip().startswith("<!doctype html>")
    assert pieces[-1].rstrip().endswith("</html>")
    assert client.get("/interviews/").context["total"] == 60


def test_an_import_that_fails_on_its_way_says_so_and_can_be_repeated(candidate, monkeypatch):
    letters_to(candidate, 30)
    owner, client = Client(), Client()
    owner.force_login(candidate, GUEST_BACKEND)
    content = download(owner).fp.getvalue()
    with monkeypatch.context() as patched:
        patched.setattr(DraftRevision.objects, "bulk_create", broken_after(1))
        answer = client.post("/account/bring-in/", {"archive": SimpleUploadedFile("a.zip", content)})
        page = b"".join(answer.streaming_content).decode()
    assert (
        "25 interviews were imported. Then the import stopped. Choose the file again; nothing is added twice."
        in page
    )
    answer = client.post("/account/bring-in/", {"archive": SimpleUploadedFile("a.zip", content)})
    page = b"".join(answer.streaming_content).decode()
    assert "5 interviews were imported. 25 were already here." in page
    assert (Draft.objects.count(), DraftRevision.objects.count()) == (120, 180)


def broken_after(times):
    bulk_create, done = DraftRevision.objects.bulk_create, []

    def fails(*args, **kwargs):
        done.append(1)
        if len(done) > times:
            raise OperationalError("the disk is full")
        return bulk_create(*args, **kwargs)

    return fails


@pytest.mark.parametrize("again", [False, True], ids=["new", "known"])
def test_queries_of_an_import_do_not_grow(candidate, again, django_assert_num_queries):
    contents = []
    for count in (1, 14):
        letters_to(candidate, count)
        client = Client()
        client.force_login(candidate, GUEST_BACKEND)
        contents.append(download(client).fp.getvalue())
    counts = []
    for content in contents:
        owner = CandidateFactory(full_name="")
        client = Client()
        client.force_login(owner, GUEST_BACKEND)
        client.get("/settings/")
        for _time in range(1 + again):
            file = SimpleUploadedFile("a.zip", content)
            with CaptureQueriesContext(connection) as queries:
                assert client.post("/account/bring-in/", {"archive": file}).status_code == 302
        counts.append(len(queries))
    assert counts[0] == counts[1] < 40


def test_a_large_account_is_deleted_in_steps(candidate, monkeypatch):
    """SQLite's write lock is only held during each step."""
    monkeypatch.setattr(interviews, "FORGOTTEN_AT_ONCE", 2)
    for _number in range(5):
        file = WorkFileFactory(interviewer__interview__candidate=candidate)
    steps = []
    forget = interviews.purge_some
    monkeypatch.setattr(accounts, "purge_some", lambda rows: steps.append(rows.count()) or forget(rows))
    services.delete_candidate(candidate)
    assert steps == [5, 3, 1, 0]
    assert not Candidate.objects.exists()
    assert file.file.name
