"""The settings page, and where settings have an effect."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from drafts.models import Candidate, Interview
from drafts.services import create_draft
from tests.factories import InterviewerFactory, NotedInterviewerFactory

FILLED = {
    "full_name": "Maya Okafor",
    "signature": "Maya Okafor\n+1 555 0100",
    "strengths": "Go, PostgreSQL; go",
    "usual_tone": "formal",
    "usual_channel": "gmail",
    "dialect": "british",
    "time_zone": "Chicago",
    "own_words": "Zylker\n\n zylker \nKubeflow",
}


def test_everything_is_stored_and_shown_again(signed_in, candidate):
    assert signed_in.post("/settings/", FILLED).url == "/settings/"
    candidate.refresh_from_db()
    assert {name: getattr(candidate, name) for name in FILLED} == FILLED | {
        "strengths": ["Go", "PostgreSQL"],
        "time_zone": "America/Chicago",
        "own_words": ["Zylker", "Kubeflow"],
    }
    form = signed_in.get("/settings/").context["form"]
    assert (form["time_zone"].value(), form["own_words"].value()) == ("Chicago", "Zylker\nKubeflow")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"time_zone": "Atlantis"}, "We don’t know that city"),
        ({"dialect": "klingon"}, "Choose an option from the list."),
        ({"usual_tone": "gruff"}, "Choose an option from the list."),
        ({"strengths": ",".join(map(str, range(30)))}, "Enter at most 20 strengths"),
        ({"own_words": "x" * 61}, "Shorten"),
        ({"full_name": "x" * 101}, "Shorten this"),
    ],
)
def test_errors_are_reported_and_nothing_is_stored(signed_in, candidate, fault, words):
    answer = signed_in.post("/settings/", FILLED | fault)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    candidate.refresh_from_db()
    assert candidate.full_name == "Robin Meyer"


def test_a_visitor_becomes_a_guest_by_saving(client, db):
    assert (
        client.get("/settings/", HTTP_ACCEPT_LANGUAGE="en-GB").context["form"]["dialect"].value() == "british"
    )
    client.post("/settings/", FILLED)
    assert Candidate.objects.get().is_guest


def test_unchanged_letters_get_the_new_signature(signed_in, candidate):
    people = [NotedInterviewerFactory(interview__candidate=candidate) for _one in range(3)]
    untouched, edited, sent = [create_draft(person) for person in people]
    edited.edited_at = edited.created_at
    edited.save()
    sent.sent_at = sent.created_at
    sent.save()
    signed_in.post("/settings/", FILLED)
    for draft in (untouched, edited, sent):
        signed_in.get(draft.get_absolute_url())
        draft.refresh_from_db()
    assert ["Maya Okafor" in draft.body for draft in (untouched, edited, sent)] == [True, False, False]
    assert [draft.revisions.count() for draft in (untouched, edited, sent)] == [2, 1, 1]
    assert not Interview.objects.filter(sender_changed=True).exists()


@pytest.mark.parametrize(
    "page",
    ["interview_detail", "interview_letters", "draft_edit", "draft_copy", "draft_eml", "account_export"],
)
def test_no_page_shows_a_letter_signed_as_before(signed_in, candidate, page):
    draft = create_draft(NotedInterviewerFactory(interview__candidate=candidate))
    signed_in.post("/settings/", FILLED)
    draft.refresh_from_db()
    assert "Maya Okafor" not in draft.body
    row = {"draft": draft.id, "inter": draft.interviewer.interview_id}.get(page[:5])
    answer = signed_in.get(reverse(page, args=[row] if row else []), {"download": 1})
    assert answer.getvalue()
    draft.refresh_from_db()
    assert "Maya Okafor" in draft.body


def test_a_form_refers_to_the_text_its_page_showed(signed_in, candidate):
    draft = create_draft(NotedInterviewerFactory(interview__candidate=candidate))
    signed_in.post("/settings/", FILLED)
    signed_in.post(reverse("draft_mark_sent", args=[draft.id]))
    signed_in.get(draft.get_absolute_url())
    draft.refresh_from_db()
    assert draft.body.endswith("Robin Meyer\n+1 555 0100")


def test_another_name_takes_as_many_queries_for_thirty_interviews_as_for_one(
    signed_in, candidate, django_assert_num_queries
):
    """Rewriting the letters of a thousand interviews used to hold SQLite's write lock for half a minute."""
    create_draft(NotedInterviewerFactory(interview__candidate=candidate))
    signed_in.get("/settings/")
    with CaptureQueriesContext(connection) as one:
        signed_in.post("/settings/", FILLED)
    for _number in range(29):
        create_draft(NotedInterviewerFactory(interview__candidate=candidate))
    with django_assert_num_queries(len(one)):
        signed_in.post("/settings/", FILLED | {"full_name": "Maya N. Okafor"})
    assert Interview.objects.filter(sender_changed=True).count() == 30


@pytest.mark.parametrize(
    "signature", ["+1 555 0100", "https://maya.example", "+1 555 0100\nhttps://maya.example"]
)
def test_a_letter_opens_after_the_name_was_cleared_and_the_signature_kept(signed_in, candidate, signature):
    draft = create_draft(NotedInterviewerFactory(interview__candidate=candidate))
    signed_in.post("/settings/", FILLED | {"full_name": "", "signature": signature})
    assert signed_in.get(draft.get_absolute_url()).status_code == 200
    draft.refresh_from_db()
    assert draft.body.endswith(signature)


def test_new_letters_begin_in_the_usual_tone(signed_in, candidate):
    signed_in.post("/settings/", FILLED)
    candidate.refresh_from_db()
    person = NotedInterviewerFactory(interview__candidate=candidate)
    assert create_draft(person).tone == "formal"


def test_the_usual_strengths_are_offered_beside_the_notes(signed_in, candidate):
    candidate.strengths = ["Go", "PostgreSQL"]
    candidate.save()
    person = InterviewerFactory(interview__candidate=candidate, strengths=["Go"])
    address = reverse("conversation_edit", args=[person.interview_id, person.id])
    page = signed_in.get(address)
    assert page.context["usual_strengths"] == ["PostgreSQL"]
    # Without JavaScript the button makes the page fill it in; nothing is stored by that.
    answer = signed_in.post(
        address, {"strengths": "Go", "mentioned": "the move", "add_strength": "PostgreSQL"}
    )
    assert answer.context["form"]["strengths"].value() == "Go, PostgreSQL"
    person.refresh_from_db()
    assert person.strengths == ["Go"]


def test_new_interviews_begin_with_the_own_time_zone(signed_in, candidate):
    candidate.time_zone = "America/Chicago"
    candidate.save()
    assert signed_in.get("/interviews/new/").context["form"]["time_zone"].value() == "Chicago"
