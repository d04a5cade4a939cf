"""Autosaving: every step and the draft, the responses, and that no typed text is lost."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from drafts.domain.facts import Reason
from drafts.models import Candidate, Draft, Interview, Interviewer
from drafts.services import create_draft
from tests.factories import (
    DraftFactory,
    DraftRevisionFactory,
    InterviewerFactory,
    InterviewFactory,
    NotedInterviewerFactory,
)

TYPING = {"HTTP_X_AUTOSAVE": "1"}
INTERVIEW = {
    "company": "Zylker",
    "position": "SRE",
    "ended_at": "2026-03-03T15:10",
    "time_zone": "Berlin",
    "full_name": "Maya Okafor",
    "confirm_old": "on",
}


@pytest.fixture
def draft(candidate):
    found = DraftFactory(interviewer__interview__candidate=candidate, body="Hi Priya, thank you.")
    DraftRevisionFactory(draft=found, version=1)
    return found


def save(client, draft, body, version=None, **more):
    sent = {"subject": draft.subject, "body": body, "version": version or draft.version}
    return client.post(draft.get_absolute_url(), sent, **(more or TYPING))


def history(draft):
    return [(one.reason, one.body) for one in draft.revisions.order_by("version")]


# ---------------------------------------------------------------- the draft


def test_a_draft_saves_itself(signed_in, draft):
    answer = save(signed_in, draft, "Hi Priya, thank you. The move")
    assert (answer.status_code, answer["X-Version"], answer.content) == (204, "2", b"")
    draft.refresh_from_db()
    assert (draft.body, draft.version) == ("Hi Priya, thank you. The move", 2)
    assert draft.edited_at is not None


def test_typing_on_is_one_version_of_the_history(signed_in, draft):
    for version, body in enumerate(
        ("Hi Priya, thank you. T", "Hi Priya, thank you. The m", "Hi Priya, thank you. The move."), 1
    ):
        assert save(signed_in, draft, body, version).status_code == 204
    assert history(draft) == [
        (Reason.COMPOSED, "Hi Priya, thank you."),
        (Reason.TYPED, "Hi Priya, thank you. The move."),
    ]


def test_text_deleted_while_typing_stays_in_the_history(signed_in, draft):
    long = "Hi Priya, thank you. The move to Kafka is close to what I did last year."
    save(signed_in, draft, long, 1)
    save(signed_in, draft, "Hi", 2)
    assert [body for _reason, body in history(draft)] == ["Hi Priya, thank you.", long, "Hi"]


def test_text_erased_bit_by_bit_stays_in_the_history(signed_in, draft):
    long = f"{draft.body} The move to Kafka is close to what I did last year, in spring and in autumn."
    save(signed_in, draft, long, 1)
    version, text = 2, long
    while len(text) > len(draft.body) + 10:
        text = text[:-9]
        assert save(signed_in, draft, text, version).status_code == 204
        version += 1
    assert long in [body for _reason, body in history(draft)]
    # And not every intermediate text.
    assert len(history(draft)) < version / 2


@pytest.mark.parametrize("way", ["draft_mark_sent", "draft_channel"])
def test_sent_text_stays_in_the_history(signed_in, draft, way):
    sent = f"{draft.body} The move."
    save(signed_in, draft, sent, 1)
    signed_in.post(reverse(way, args=[draft.id]), {"channel": "gmail"})
    save(signed_in, draft, f"{sent} And one word more.", 2)
    assert [body for _reason, body in history(draft)][1:] == [sent, f"{sent} And one word more."]


@pytest.mark.parametrize("what", ["recompose", "restore"])
def test_sent_twice_it_is_one_version(signed_in, draft, what):
    save(signed_in, draft, "Hi Priya, thank you. The move", 1)
    first = draft.revisions.order_by("version").first()
    address = {
        "recompose": reverse("draft_recompose", args=[draft.id]),
        "restore": reverse("draft_restore", args=[draft.id, first.id]),
    }[what]
    for _time in range(2):
        signed_in.post(address, {"choice": "new"})
    assert len(history(draft)) == 3


def test_typing_after_a_while_is_a_version_of_its_own(signed_in, draft):
    save(signed_in, draft, "Hi Priya, thank you. The move", 1)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=11)):
        save(signed_in, draft, "Hi Priya, thank you. The move to Kafka", 2)
    assert [reason for reason, _body in history(draft)] == [Reason.COMPOSED, Reason.TYPED, Reason.TYPED]


def test_saving_on_purpose_ends_the_version(signed_in, draft):
    save(signed_in, draft, "Hi Priya, thank you. The move", 1)
    assert save(signed_in, draft, "Hi Priya, thank you. The move", 2, HTTP_ACCEPT="*/*").status_code == 302
    save(signed_in, draft, "Hi Priya, thank you. The move to Kafka", 2)
    assert history(draft)[1:] == [
        (Reason.EDITED, "Hi Priya, thank you. The move"),
        (Reason.TYPED, "Hi Priya, thank you. The move to Kafka"),
    ]


def test_two_tabs_both_texts_are_shown_and_kept(signed_in, draft):
    save(signed_in, draft, "Typed in the first tab.", 1)
    answer = save(signed_in, draft, "Typed in the second tab.", 1)
    assert (answer.status_code, answer["X-Version"]) == (409, "2")
    assert "Typed in the first second tab." in re.sub(r"<[^>]+>", "", answer.content.decode())
    draft.refresh_from_db()
    assert (draft.body, draft.version) == ("Typed in the first tab.", 2)
    # Repeated requests add it only once.
    save(signed_in, draft, "Typed in the second tab.", 1)
    assert history(draft)[1:] == [
        (Reason.TYPED, "Typed in the first tab."),
        (Reason.ASIDE, "Typed in the second tab."),
    ]
    # The first tab continues normally.
    assert save(signed_in, draft, "Typed in the first tab. More.", 2).status_code == 204
    # Saved with the button after both were shown, the second one is stored, and the other stays in the history.
    answer = save(signed_in, draft, "Typed in the second tab.", 3, HTTP_ACCEPT="*/*")
    draft.refresh_from_db()
    assert draft.body == "Typed in the second tab."
    assert (Reason.TYPED, "Typed in the first tab. More.") in history(draft)


def test_the_history_says_which_text_is_the_letter(signed_in, draft):
    save(signed_in, draft, "Typed in the first tab.", 1)
    save(signed_in, draft, "Typed in the second tab.", 1)
    page = signed_in.get(reverse("draft_history", args=[draft.id]))
    assert page.context["current"].body == "Typed in the first tab."


def test_a_lost_response_is_not_a_conflict(signed_in, draft):
    save(signed_in, draft, "Hi Priya, thank you. The move", 1)
    assert save(signed_in, draft, "Hi Priya, thank you. The move", 1).status_code == 204
    assert len(history(draft)) == 2


@pytest.mark.parametrize(("body", "words"), [("", "Letter"), ("x" * 20_001, "Shorten")])
def test_an_autosave_error_is_one_line(signed_in, draft, body, words):
    answer = save(signed_in, draft, body)
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("text/plain")
    assert words in answer.content.decode()
    draft.refresh_from_db()
    assert draft.version == 1


def test_nobody_saves_into_anothers_draft(client, draft):
    assert save(client, draft, "mine").status_code == 404


# ---------------------------------------------------------------- the conversation


@pytest.fixture
def person(candidate):
    return InterviewerFactory(interview__candidate=candidate, full_name="Priya Nair")


def notes(client, person, mentioned, version, **more):
    sent = {"mentioned": mentioned, "version": version}
    address = reverse("conversation_edit", args=[person.interview_id, person.id])
    return client.post(address, sent, **(more or TYPING))


def test_notes_save_themselves_and_write_the_letter(signed_in, person):
    answer = notes(signed_in, person, "the move", 1)
    assert (answer.status_code, answer["X-Version"]) == (204, "2")
    notes(signed_in, person, "the move to Kaf", 2)
    notes(signed_in, person, "the move to Kafka", 3)
    person.refresh_from_db()
    assert person.mentioned == "the move to Kafka"
    draft = person.drafts.get()
    assert "the move to Kafka" in draft.body
    # Nobody would look for versions composed from half sentences.
    assert [body for _reason, body in history(draft)] == [draft.body]


def test_notes_in_two_tabs_are_both_shown(signed_in, person):
    notes(signed_in, person, "from the first tab", 1)
    answer = notes(signed_in, person, "from the second tab", 1)
    assert (answer.status_code, answer["X-Version"]) == (409, "2")
    assert "from the first second tab" in re.sub(r"<[^>]+>", "", answer.content.decode())
    person.refresh_from_db()
    assert person.mentioned == "from the first tab"
    assert notes(signed_in, person, "from the first tab", 1).status_code == 204


def test_notes_that_cannot_be_saved_are_said(signed_in, person):
    answer = notes(signed_in, person, "x" * 1001, 1)
    assert answer.status_code == 422
    assert answer.content.decode().startswith("You told me that …: Shorten this")


# ---------------------------------------------------------------- the interview and its panel


def panel_of(people):
    sent = {"panel-TOTAL_FORMS": len(people)}
    for place, person in enumerate(people):
        for name in ("id", "full_name", "greet_as", "email", "job_title", "role"):
            sent[f"panel-{place}-{name}"] = getattr(person, name)
    return sent


def test_queries_of_a_saved_panel_do_not_grow_with_it(signed_in, candidate, django_assert_num_queries):
    """Renaming eight people used to take 46 queries."""
    # With names of its own, the wording of the letters does not depend on the tests before this one: a letter whose
    # wording stays takes a query more.
    interview = InterviewFactory(candidate=candidate, company="Zylker")
    address = reverse("panel_edit", args=[interview.id])
    signed_in.get(address)
    for there in (1, 8, 20):
        while interview.interviewers.count() < there:
            number = interview.interviewers.count()
            create_draft(NotedInterviewerFactory(interview=interview, full_name=f"Priya Nair{number}"))
        people = list(interview.interviewers.all())
        for person in people:
            person.full_name, person.greet_as = f"{person.full_name} Renamed{there}", "Pri"
        with django_assert_num_queries(16):
            assert signed_in.post(address, panel_of(people), **TYPING).status_code == 204
        assert interview.interviewers.filter(full_name__endswith=f"Renamed{there}").count() == there
        assert Draft.objects.filter(body__contains="Pri,").count() == there


def test_a_new_interview_saves_itself_once_it_is_complete(client, db):
    key = "11111111-2222-4333-8444-555555555555"
    assert client.post("/interviews/new/", {"id": key, "company": "Zy"}, **TYPING).status_code == 422
    assert not Candidate.objects.exists()
    for company, version in (("Zyl", ""), ("Zyl", ""), ("Zylker", "1")):
        sent = INTERVIEW | {"id": key, "company": company, "version": version}
        assert client.post("/interviews/new/", sent, **TYPING).status_code == 204
    # An old page of the same interview, or a duplicated tab, does not overwrite anything silently.
    other = client.post("/interviews/new/", INTERVIEW | {"id": key, "company": "Globex"}, **TYPING)
    assert other.status_code == 409
    assert [(str(one.id), one.company) for one in Interview.objects.all()] == [(key, "Zylker")]
    assert Candidate.objects.get().is_guest


def test_typing_on_in_a_deleted_interview_makes_no_others(client, db):
    key = "11111111-2222-4333-8444-555555555555"
    client.post("/interviews/new/", INTERVIEW | {"id": key}, **TYPING)
    client.post(f"/interviews/{key}/delete/")
    for company in ("Zyl", "Zylk"):
        answer = client.post("/interviews/new/", INTERVIEW | {"id": key, "company": company}, **TYPING)
        assert answer.status_code == 404
    assert Interview.objects.count() == 1


def test_an_interview_saves_itself(signed_in, candidate):
    interview = InterviewFactory(candidate=candidate, time_zone="Europe/Berlin")
    interview.chosen_send_at = interview.ended_at + dt.timedelta(hours=1)
    interview.save()
    address = reverse("interview_edit", args=[interview.id])
    sent = INTERVIEW | {"version": 1, "ended_at": "2026-03-13T15:10"}
    answer = signed_in.post(address, sent, **TYPING)
    assert (answer.status_code, answer["X-Version"]) == (204, "2")
    interview.refresh_from_db()
    # A half-typed date does not remove the send time.
    assert (interview.company, interview.chosen_send_at is None) == ("Zylker", False)
    answer = signed_in.post(address, sent | {"company": "Globex"}, **TYPING)
    assert (answer.status_code, answer["X-Version"]) == (409, "2")
    assert "Zylker" in answer.content.decode()


def test_autosaving_a_panel_removes_nobody(signed_in, candidate, person):
    address = reverse("panel_edit", args=[person.interview_id])
    sent = {
        "version": 1,
        "panel-TOTAL_FORMS": 2,
        "panel-0-id": str(person.id),
        "panel-0-full_name": "Priya Nair",
        "panel-0-DELETE": "on",
        "panel-1-id": "11111111-2222-4333-8444-555555555555",
        "panel-1-full_name": "Tom",
    }
    assert signed_in.post(address, sent, **TYPING)["X-Version"] == "2"
    sent |= {"version": 2, "panel-1-full_name": "Tomasz Wójcik"}
    assert signed_in.post(address, sent, **TYPING)["X-Version"] == "3"
    names = Interviewer.objects.values_list("full_name", flat=True)
    assert sorted(names) == ["Priya Nair", "Tomasz Wójcik"]
    # A lost response is not a conflict, but other people in the panel are.
    same = {name: value for name, value in sent.items() if name != "panel-0-DELETE"} | {"version": 1}
    same |= {f"panel-0-{name}": getattr(person, name) for name in ("greet_as", "email", "job_title", "role")}
    assert signed_in.post(address, same, **TYPING).status_code == 204
    assert signed_in.post(address, same | {"panel-1-full_name": "Ann"}, **TYPING).status_code == 409


@pytest.mark.parametrize("address", ["/interviews/new/", "/settings/"])
def test_a_page_opened_by_somebody_else_saves_nothing_here(client, candidate, guest, address):
    sent = INTERVIEW | {"strengths": "Go", "usual_tone": "formal"}
    client.force_login(candidate, "django.contrib.auth.backends.ModelBackend")
    before = Candidate.objects.filter(pk=candidate.pk).values().get()
    for told in (str(guest.pk), ""):
        assert client.post(address, sent, HTTP_X_AUTOSAVE="1", HTTP_X_OWNER=told).status_code == 403
        page = client.post(address, sent | {"owner": told})
        assert page.status_code == 403
        assert "Maya Okafor" in page.content.decode()
    assert Candidate.objects.filter(pk=candidate.pk).values().get() == before
    assert not Interview.objects.exists()
    assert client.post(address, sent | {"owner": str(candidate.pk)}).status_code == 302
    client.logout()
    assert client.post(address, sent, HTTP_X_AUTOSAVE="1", HTTP_X_OWNER=str(candidate.pk)).status_code == 403


def test_a_visitor_who_became_a_guest_goes_on_in_every_tab(client, db):
    client.post("/interviews/new/", INTERVIEW | {"owner": ""})
    client.post("/interviews/new/", INTERVIEW | {"owner": "", "company": "Globex"})
    assert Candidate.objects.count() == 1
    assert Interview.objects.count() == 2


def test_the_page_after_a_save_knows_which_form_was_stored(signed_in, draft):
    sent = {"subject": draft.subject, "body": "New.", "version": 1, "sent": "mark-12345"}
    answer = signed_in.post(draft.get_absolute_url(), sent)
    assert "stored-mark-12345" in answer.cookies
    answer = signed_in.post(draft.get_absolute_url(), sent | {"body": ""})
    assert answer.status_code == 422
    assert [name for name in answer.cookies if name.startswith("stored")] == []
    assert 'data-sent="mark-12345"' in answer.content.decode()
    answer = signed_in.post(
        draft.get_absolute_url(), sent | {"body": "Newer.", "sent": "x; path=/evil\r\nX: y"}
    )
    assert [name for name in answer.cookies if name.startswith("stored")] == []


# ---------------------------------------------------------------- without a session, or with an old page


def test_an_open_page_learns_who_is_signed_in_now(signed_in, candidate, client):
    answer = signed_in.get("/session/")
    assert answer.json()["owner"] == str(candidate.pk)
    assert len(answer.json()["token"]) == 64
    assert "no-store" in answer["Cache-Control"]


def test_input_for_a_deleted_object_is_given_back(client, draft):
    answer = save(client, draft, "Half an hour of <b>work</b>.", HTTP_ACCEPT="*/*")
    assert answer.status_code == 404
    page = answer.content.decode()
    assert "Half an hour of &lt;b&gt;work&lt;/b&gt;." in page
    assert draft.body not in page
    assert 'name="version" hidden' in page
    # The same for a URL that does not exist.
    nothing = client.post(f"/drafts/{draft.interviewer_id}/", {"body": "Half an hour of <b>work</b>."})
    assert (nothing.status_code, "Half an hour" in nothing.content.decode()) == (404, True)


def test_a_page_open_for_too_long_gives_the_input_back(candidate, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(candidate, "django.contrib.auth.backends.ModelBackend")
    answer = save(client, draft, "Half an hour of work.", HTTP_ACCEPT="*/*")
    assert answer.status_code == 403
    assert "Half an hour of work." in answer.content.decode()
    # Forms with passwords are never given back.
    sent = {"login": "a@example.com", "password": "a secret"}
    assert "a secret" not in client.post("/sign-in/", sent).content.decode()
    assert Draft.objects.get(pk=draft.pk).body == draft.body
