"""A single interviewer is asked for together with the interview, stored with it, and edited in the panel later."""

from __future__ import annotations

import uuid

import pytest
from django.urls import reverse

from drafts import services
from drafts.domain.facts import Kind
from drafts.models import Candidate, Interview, Interviewer
from tests.factories import DraftFactory, InterviewerFactory, InterviewFactory, NotedInterviewerFactory
from tests.integration.test_autosave import TYPING
from tests.integration.test_interview_new import HOSTILE, URL, given
from tests.visible import visible


def first(name="Priya Nair", **more):
    """A first step with the person, as a browser sends it."""
    person = {"first-id": str(uuid.uuid4()), "first-full_name": name, "first-email": "", "first-greet_as": ""}
    changes = {f"first-{key}": more.pop(key) for key in ("id", "email", "greet_as", "role") if key in more}
    return given(**person | changes | more)


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_the_page_asks_and_a_stored_interview_does_not(signed_in, candidate):
    page = signed_in.get(URL).content.decode()
    assert "Who did you talk with?" in page
    assert all(f'name="first-{name}"' in page for name in ("id", "full_name", "email", "role", "greet_as"))
    assert "checked" not in page.split("data-roles")[1].split("</fieldset>")[0]
    signed_in.post(URL, given())
    stored = signed_in.get(reverse("interview_edit", args=[Interview.objects.get().id]))
    assert "first-full_name" not in stored.content.decode()


def test_interview_and_person_are_stored_in_one_go_and_the_conversation_opens(client, db):
    values = first(email="priya@zylker.example", role="peer")
    answer = client.post(URL, values)
    person = Interviewer.objects.get()
    assert answer.url == reverse("conversation_edit", args=[person.interview_id, person.id])
    assert (str(person.id), person.full_name, person.email, person.role) == (
        values["first-id"],
        "Priya Nair",
        "priya@zylker.example",
        "peer",
    )
    assert person.interview.search_text == "zylker\nplatform engineer\npriya nair"
    assert client.get(answer.url).status_code == 200


def test_left_empty_the_panel_page_comes_next(client, db):
    answer = client.post(URL, first(""))
    assert answer.url == reverse("panel_edit", args=[Interview.objects.get().id])
    assert Interviewer.objects.count() == 0


def test_more_than_one_person_goes_on_to_the_panel_with_this_one_filled_in(client, db):
    answer = client.post(URL, first(more_people="1"))
    assert answer.url == reverse("panel_edit", args=[Interview.objects.get().id]) + "?add=1"
    rows = client.get(answer.url).context["formset"].forms
    assert [row["full_name"].value() for row in rows] == ["Priya Nair", None]
    # With nobody named there is one empty row already.
    answer = client.post(URL, first("", more_people="1"))
    assert [row["full_name"].value() for row in client.get(answer.url).context["formset"].forms] == [None]


def test_sent_twice_it_is_one_person(client, db):
    values = first()
    assert client.post(URL, values).url == client.post(URL, values).url
    assert Interviewer.objects.count() == 1
    # A different person with the same id is a conflict, and is saved once the user has seen it.
    other = values | {"first-full_name": "Ann Lee"}
    answer = client.post(URL, other)
    assert answer.status_code == 409
    assert answer.context["conflict"] == {"Who was there": "Priya Nair"}
    assert client.post(URL, other | {"version": answer.context["form"]["version"].value()}).status_code == 302
    assert [person.full_name for person in Interviewer.objects.all()] == ["Ann Lee"]


def test_the_id_of_somebody_elses_person_is_not_taken(signed_in):
    other = InterviewerFactory(full_name="Theirs")
    signed_in.post(URL, first(id=str(other.id)))
    other.refresh_from_db()
    assert other.full_name == "Theirs"
    assert Interviewer.objects.count() == 2


@pytest.mark.parametrize("key", ["", "1", "null"])
def test_an_invalid_id_counts_as_none(client, db, key):
    assert client.post(URL, first(id=key)).status_code == 302
    assert Interviewer.objects.get().full_name == "Priya Nair"


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": "", "email": "a@b.co"}, "full_name", "Enter this person’s full name."),
        ({"name": " ", "greet_as": "Pri"}, "full_name", "Enter this person’s full name."),
        ({"name": "A\nB"}, "full_name", "Keep this on one line: remove the line breaks."),
        ({"email": "priya@"}, "email", "Enter an email address like name@company.com."),
        ({"role": "boss"}, "role", "Choose a role from the list."),
    ],
)
def test_invalid_input_is_reported_and_not_stored(client, db, changes, field, message):
    values = first(**changes)
    answer = client.post(URL, values)
    assert answer.status_code == 422
    assert answer.context["first"].errors == {field: [message]}
    assert f'<a href="#id_first-{field}">' in answer.content.decode()
    assert answer.context["first"]["full_name"].value() == values["first-full_name"]
    assert (Interview.objects.count(), Candidate.objects.count()) == (0, 0)
    assert client.post(URL, values, **TYPING).content.decode().endswith(message)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_name_is_kept_exactly_and_escaped(client, db, text):
    answer = client.post(URL, first(text), follow=True)
    assert Interviewer.objects.get().full_name == text
    assert "<b>Z</b>" not in answer.content.decode()


def test_edited_it_is_the_same_person_and_clearing_it_removes_them_once_confirmed(client, db):
    values = first("Pri")
    answer = client.post(URL, values, **TYPING)
    assert (answer.status_code, Interviewer.objects.get().full_name) == (204, "Pri")
    for name in ("Priya N", ""):
        values |= {"version": answer["X-Version"], "first-full_name": name}
        answer = client.post(URL, values, **TYPING)
        assert (answer.status_code, Interviewer.objects.get().full_name) == (204, "Priya N")
    answer = client.post(URL, values | {"version": answer["X-Version"]})
    interview = Interview.objects.get()
    assert answer.url == reverse("panel_edit", args=[interview.id])
    assert interview.interviewers.count() == 0


def test_somebody_with_notes_never_goes_that_way(client, db):
    values = first()
    client.post(URL, values)
    person = Interviewer.objects.get()
    services.save_conversation(person, {"mentioned": "the move"}, [], None)
    interview = Interview.objects.get()
    client.post(URL, values | {"version": str(interview.version), "first-full_name": ""})
    assert Interviewer.objects.get().mentioned == "the move"


@pytest.mark.parametrize(("sent", "role"), [(None, "recruiter"), ("", ""), ("peer", "peer")])
def test_a_phone_screen_suggests_the_recruiter_and_never_over_a_choice(client, db, sent, role):
    answer = client.post(URL, first(stage="phone_screen", role=sent), follow=True)
    assert Interviewer.objects.get().role == role
    assert any("Phone screens are usually with a recruiter" in text for text in said(answer)) == (
        sent is None
    )


def test_nothing_is_suggested_while_typing_or_for_another_stage(client, db):
    client.post(URL, first(stage="phone_screen", role=None), **TYPING)
    client.post(URL, first(stage="technical", role=None))
    assert [person.role for person in Interviewer.objects.all()] == ["", ""]


def test_whom_the_letter_greets_by_a_guess_is_said_once(client, db):
    answer = client.post(URL, first("Zhang Wei"), follow=True)
    assert any(
        "Which is the first name of Zhang Wei? The letter says “Hi Wei”" in text for text in said(answer)
    )
    for values in (
        first("Zhang Wei", greet_as="Zhang"),
        first("Zhang Wei") | {"first-asked": "Zhang Wei"},
        first("Priya Nair"),
    ):
        assert said(client.post(URL, values, follow=True)) == []


def test_a_letter_that_greets_nobody_by_name_is_said_once(client, db):
    answer = client.post(URL, first("guy with the beard"), follow=True)
    assert any("“guy with the beard” doesn’t look like a name" in text for text in said(answer))
    for values in (
        first("guy with the beard", greet_as="Sam"),
        first("guy with the beard") | {"first-asked": "guy with the beard"},
    ):
        assert said(client.post(URL, values, follow=True)) == []


def test_the_queries_of_a_first_save_are_counted(signed_in, django_assert_num_queries):
    signed_in.post(URL, first())
    with django_assert_num_queries(13):
        signed_in.post(URL, first())


@pytest.mark.parametrize(("people", "is_a_panel"), [(1, False), (2, True)])
def test_only_several_interviewers_are_called_a_panel(signed_in, candidate, people, is_a_panel):
    interview = InterviewFactory(candidate=candidate, stage="")
    person = NotedInterviewerFactory(interview=interview, email="priya@zylker")
    NotedInterviewerFactory.create_batch(people - 1, interview=interview)
    # What letters say of an address that is not one, of nobody to ask, and of notes that changed.
    drafts = [
        DraftFactory(interviewer=person, kind=kind)
        for kind in (Kind.THANK_YOU, Kind.FORWARD, Kind.RECRUITER, Kind.LINKEDIN)
    ]
    person.full_name = "Priya Menon"
    person.save()
    pages = [
        interview.get_absolute_url(),
        reverse("interview_edit", args=[interview.id]),
        reverse("panel_edit", args=[interview.id]),
        reverse("conversation_edit", args=[interview.id, person.id]),
        *(draft.get_absolute_url() for draft in drafts),
        *(reverse("draft_copy", args=[draft.id]) for draft in drafts),
    ]
    said_panel = {
        page
        for page in pages
        for text in visible(signed_in.get(page).content.decode(), "en")
        # The kind of interview that one can choose.
        if "panel" in text.replace("Panel interview", "").lower()
    }
    assert bool(said_panel) == is_a_panel
