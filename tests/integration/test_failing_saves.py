"""Failed saves give the input back, whatever the reason, with and without JavaScript; the health check needs no
database."""

import errno

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.urls import reverse

from drafts import services
from drafts.accounts.browser import GUEST_COOKIE
from drafts.errors import TooManyFiles
from drafts.models import Candidate
from tests.conftest import GUEST_BACKEND
from tests.factories import (
    CandidateFactory,
    DraftFactory,
    GuestFactory,
    InterviewFactory,
)

TEXT = "Half an hour of <b>work</b>."
SAFE = "Half an hour of &lt;b&gt;work&lt;/b&gt;."
INTERVIEW = {
    "company": TEXT,
    "position": "SRE",
    "ended_at": "2026-03-03T15:10",
    "time_zone": "Berlin",
    "full_name": "Maya Okafor",
    "confirm_old": "on",
}
# For every form that saves text: its service and its data.
FORMS = {
    "draft_edit": ("save_draft", {"subject": "Thanks", "body": TEXT, "version": 1}),
    "conversation_edit": ("save_conversation", {"mentioned": TEXT, "version": 1}),
    "conversation_everything": (
        "save_conversation",
        {
            "confirm": 1,
            "everything": TEXT,
            "lines-TOTAL_FORMS": 1,
            "lines-0-text": TEXT,
            "lines-0-key": "goal",
        },
    ),
    "interview_edit": ("update_interview", {**INTERVIEW, "version": 1}),
    "interview_new": ("create_interview", INTERVIEW),
    "panel_edit": ("save_panel", {"version": 1, "panel-TOTAL_FORMS": 1, "panel-0-full_name": TEXT}),
    "settings": ("save_settings", {"full_name": "Maya", "signature": TEXT}),
}
FAILURES = [
    OperationalError("database is locked"),
    OperationalError("could not connect to server"),
    InterfaceError("connection already closed"),
    OSError(errno.ENOSPC, "No space left on device"),
]


@pytest.fixture
def draft(candidate):
    return DraftFactory(interviewer__interview__candidate=candidate)


@pytest.fixture
def browser(client, candidate):
    client.force_login(candidate, GUEST_BACKEND)
    client.raise_request_exception = False
    return client


def address(name, draft):
    person = draft.interviewer
    ids = {
        "draft_edit": [draft.id],
        "interview_edit": [person.interview_id],
        "panel_edit": [person.interview_id],
        "conversation_edit": [person.interview_id, person.id],
        "conversation_everything": [person.interview_id, person.id],
    }
    return reverse(name, args=ids.get(name, []))


def fail_with(monkeypatch, service, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr(services, service, fail)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("error", FAILURES, ids=["locked", "away", "closed", "full"])
def test_input_that_cannot_be_stored_now_is_given_back(browser, draft, monkeypatch, name, error):
    service, sent = FORMS[name]
    with monkeypatch.context() as patched:
        fail_with(patched, service, error)
        answer = browser.post(address(name, draft), sent)
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "Not saved yet" in page
    assert SAFE in page
    assert answer["Retry-After"] == "30"
    assert answer["Cache-Control"] == "no-store, private"
    # The page's own form saves it, without JavaScript, once that works again.
    fields = {name: str(value) for name, value in sent.items()}
    assert {name for name in fields if f'name="{name}" hidden' in page} == set(fields)
    assert f'action="{address(name, draft)}"' in page
    assert browser.post(address(name, draft), fields).status_code == 302


@pytest.mark.parametrize("name", FORMS)
def test_a_server_error_gives_the_input_back_too(browser, draft, monkeypatch, name):
    service, sent = FORMS[name]
    fail_with(monkeypatch, service, RuntimeError("a fault of ours"))
    answer = browser.post(address(name, draft), sent)
    assert answer.status_code == 500
    assert SAFE in answer.content.decode()
    assert "a fault of ours" not in answer.content.decode()


@pytest.mark.parametrize("name", [name for name in FORMS if name not in ("interview_new", "settings")])
def test_input_for_something_deleted_is_given_back(browser, draft, monkeypatch, name):
    """Deleted after the view loaded it, as by another tab."""
    real = getattr(services, FORMS[name][0])

    def after_deletion(*args, **kwargs):
        services.delete_interview(draft.interviewer.interview)
        return real(*args, **kwargs)

    monkeypatch.setattr(services, FORMS[name][0], after_deletion)
    answer = browser.post(address(name, draft), FORMS[name][1])
    assert answer.status_code == 404
    assert SAFE in answer.content.decode()


@pytest.mark.parametrize("typing", [{}, {"HTTP_X_AUTOSAVE": "1"}])
def test_without_its_database_the_server_gives_back_what_was_typed(browser, draft, monkeypatch, typing):
    def away(*args, **kwargs):
        raise OperationalError("could not connect to server")

    browser.cookies[GUEST_COOKIE] = "anything"
    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", away)
        for name, (_service, sent) in FORMS.items():
            answer = browser.post(address(name, draft), sent, **typing)
            assert answer.status_code == 503
            assert SAFE in answer.content.decode()
        page = browser.get("/interviews/")
        assert page.status_code == 503
        assert "Wait a minute" in page.content.decode()
        # Data sent to other URLs, such as passwords, is never shown again.
        sent = {"login": "a@example.com", "password": "a secret text"}
        assert "a secret text" not in browser.post("/sign-in/", sent).content.decode()


def test_files_that_were_sent_are_to_be_chosen_again(browser, draft, monkeypatch):
    fail_with(monkeypatch, "add_files", OSError(errno.ENOSPC, "No space left on device"))
    sent = {"mentioned": TEXT, "version": 1, "files": SimpleUploadedFile("a.txt", b"text")}
    answer = browser.post(address("conversation_edit", draft), sent)
    assert answer.status_code == 503
    assert "choose your files again" in answer.content.decode()
    assert SAFE in answer.content.decode()


def test_a_rejection_gives_the_input_back_with_its_message(browser, draft, monkeypatch):
    fail_with(monkeypatch, "add_files", TooManyFiles())
    sent = {"mentioned": TEXT, "version": 1, "files": SimpleUploadedFile("a.txt", b"text")}
    answer = browser.post(address("conversation_edit", draft), sent)
    assert answer.status_code == 409
    assert "at most 5 files" in answer.content.decode()
    assert SAFE in answer.content.decode()


def test_a_visit_that_cannot_be_written_down_costs_no_page(browser, draft, monkeypatch):
    fail_with(monkeypatch, "keep_guest", OperationalError("database is locked"))
    browser.force_login(GuestFactory(), GUEST_BACKEND)
    answer = browser.get("/")
    assert answer.status_code == 200
    assert "kept_on" not in browser.session


def test_health_needs_no_database(browser, monkeypatch, django_assert_num_queries):
    browser.get("/")
    guest = GuestFactory()
    InterviewFactory(candidate=guest)
    browser.force_login(guest, GUEST_BACKEND)
    browser.get("/")
    assert GUEST_COOKIE in browser.cookies
    del browser.cookies["sessionid"]
    with django_assert_num_queries(0):
        answer = browser.get("/healthz")
    assert answer.content.startswith(b"ok")


# ---------------------------------------------------------------- deleting twice


def test_an_interview_deleted_twice_is_deleted(signed_in, draft):
    interview = draft.interviewer.interview
    place = reverse("interview_delete", args=[interview.id])
    answers = [signed_in.post(place) for _time in range(2)]
    assert [answer.url for answer in answers] == [f"/interviews/?deleted={interview.id}"] * 2
    assert signed_in.get(place).status_code == 404


def test_an_account_deleted_twice_is_deleted(candidate):
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(candidate, GUEST_BACKEND)
    sent = {"sure": "on", "password": "correct horse", "owner": str(candidate.pk)}
    for client in clients:
        answer = client.post("/account/delete/", sent, follow=True)
        assert answer.status_code == 200
        assert "Everything was deleted" in answer.content.decode()
    assert not Candidate.objects.exists()
    # A user who is just signed out is not told so.
    other = CandidateFactory()
    for owner in (str(other.pk), "", "junk"):
        assert Client().post("/account/delete/", {"owner": owner}).status_code == 404


def test_a_guest_who_could_not_be_deleted_is_still_signed_in(guest_client, guest, monkeypatch):
    fail_with(monkeypatch, "delete_candidate", OperationalError("database is locked"))
    guest_client.raise_request_exception = False
    assert guest_client.post("/account/delete/", {"sure": "on"}).status_code == 503
    assert guest_client.get("/session/").json()["owner"] == str(guest.pk)
