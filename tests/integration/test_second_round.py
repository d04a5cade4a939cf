"""A second round at a company: people met before, and letters that mention it."""

import datetime as dt

import pytest
from django.urls import reverse

from drafts.models import Draft, Interview, Interviewer
from drafts.pages import met
from drafts.pages.reviews import others_for
from drafts.services import read_whole
from tests.factories import (
    CandidateFactory,
    DraftFactory,
    InterviewerFactory,
    InterviewFactory,
    NotedInterviewerFactory,
)

FIRST = dt.datetime(2026, 3, 3, 15, 30, tzinfo=dt.UTC)
SECOND = FIRST + dt.timedelta(days=9)


@pytest.fixture
def first(candidate):
    interview = InterviewFactory(candidate=candidate, company="Zylker", ended_at=FIRST)
    person = NotedInterviewerFactory(
        interview=interview, full_name="Priya Nair", email="priya@zylker.example", role="hiring_manager"
    )
    return DraftFactory(interviewer=person, sent_at=FIRST + dt.timedelta(hours=3))


@pytest.fixture
def second(candidate, first):
    return InterviewFactory(candidate=candidate, company="ZYLKER", ended_at=SECOND)


def panel_page(interview):
    return reverse("panel_edit", args=[interview.id])


def notes_page(person):
    return reverse("conversation_edit", args=[person.interview_id, person.id])


def blank_row(**more):
    return {"panel-TOTAL_FORMS": "1", "panel-INITIAL_FORMS": "0", "panel-0-full_name": ""} | more


def test_people_of_an_earlier_round_are_offered_and_added_without_javascript(signed_in, first, second):
    page = signed_in.get(panel_page(second))
    person = first.interviewer
    assert f'value="{person.id}"' in page.content.decode()
    assert 'list="people-met"' in page.content.decode()
    added = signed_in.post(panel_page(second), blank_row(add_met=str(person.id)))
    (form,) = added.context["formset"].forms
    values = [form[name].value() for name in ("full_name", "email", "job_title", "role")]
    assert values == ["Priya Nair", "priya@zylker.example", "Staff Engineer", "hiring_manager"]
    # People already in the panel are not offered again.
    assert 'name="add_met"' not in added.content.decode()


def test_nobody_elses_and_no_other_companys_people_are_offered(signed_in, candidate, second):
    stranger = InterviewFactory(candidate=CandidateFactory(), company="Zylker", ended_at=FIRST)
    other = InterviewFactory(candidate=candidate, company="Zylkerfield", ended_at=FIRST)
    later = InterviewFactory(candidate=candidate, company="Zylker", ended_at=SECOND + dt.timedelta(days=1))
    people = [InterviewerFactory(interview=one, full_name="Ann Lee") for one in (stranger, other, later)]
    page = signed_in.get(panel_page(second)).content.decode()
    assert page.count('name="add_met"') == 1
    assert "Ann Lee" not in page
    refused = signed_in.post(panel_page(second), blank_row(add_met=str(people[0].id)))
    assert [form["full_name"].value() for form in refused.context["formset"].forms] == [""]


@pytest.mark.parametrize(
    ("name", "email", "is_met"),
    [
        ("priya  NAIR", "", True),
        ("P. Nair", "Priya@Zylker.example", True),
        ("Príya Nair", "", True),
        ("Priya Nayar", "", False),
    ],
)
def test_somebody_is_known_by_name_or_address(first, second, name, email, is_met):
    assert bool(met.earlier_with(second, Interviewer(full_name=name, email=email))) is is_met


def test_the_notes_page_shows_what_was_said_and_the_letter_knows_it(signed_in, first, second):
    person = InterviewerFactory(interview=second, full_name="Priya Nair", email="")
    page = signed_in.get(notes_page(person))
    text = page.content.decode()
    assert reverse("draft_copy", args=[first.id]) in text
    assert page.context["form"]["met_before"].value() is True
    assert " again" in page.context["letter"].body or "once more" in page.context["letter"].body
    signed_in.post(
        notes_page(person),
        {"mentioned": "the pager is quieter now", "met_before": "on", "met_asked": "1", "save": "1"}
        | {"version": "1", "work_samples-TOTAL_FORMS": "0", "work_samples-INITIAL_FORMS": "0"},
    )
    person.refresh_from_db()
    assert person.met_before is True
    draft = Draft.objects.get(interviewer=person)
    assert " again" in draft.body or "once more" in draft.body


def test_the_candidate_may_say_no(signed_in, first, second):
    person = InterviewerFactory(interview=second, full_name="Priya Nair")
    answer = {"mentioned": "the pager is quieter now", "met_asked": "1", "save": "1", "version": "1"}
    rows = {"work_samples-TOTAL_FORMS": "0", "work_samples-INITIAL_FORMS": "0"}
    signed_in.post(notes_page(person), answer | rows)
    person.refresh_from_db()
    assert person.met_before is False
    # Without the sign-off, which may be "Thanks again,".
    said = Draft.objects.get(interviewer=person).body.rpartition("\n\n")[0]
    assert " again" not in said
    assert "once more" not in said
    assert signed_in.get(notes_page(person)).context["form"]["met_before"].value() is False


def test_somebody_new_is_not_asked_about(signed_in, first, second):
    person = InterviewerFactory(interview=second, full_name="Ann Lee")
    assert "met_asked" not in signed_in.get(notes_page(person)).content.decode()


def test_a_letter_is_held_against_the_earlier_ones_to_the_same_person(
    signed_in, first, second, django_assert_num_queries
):
    person = InterviewerFactory(interview=second, full_name="Priya Nair", met_before=True)
    DraftFactory(interviewer=person, body=first.body)
    whole = read_whole(second)
    with django_assert_num_queries(1):
        assert [one.body for one in others_for(whole, whole.people[0])] == [first.body]
    whole.people[0].met_before = None
    with django_assert_num_queries(0):
        assert others_for(whole, whole.people[0]) == ()


def test_one_query_finds_any_number_of_people(first, second, django_assert_num_queries):
    for _number in range(30):
        InterviewerFactory(interview=first.interviewer.interview)
    with django_assert_num_queries(1):
        assert len(met.earlier(second)) == 31


# ---------------------------------------------------------------- the company's page


def company_page(interview):
    return reverse("company", args=[interview.id])


def test_the_companys_page_shows_rounds_people_and_letters(signed_in, candidate, first, second):
    InterviewerFactory(interview=second, full_name="Ann Lee")
    DraftFactory(interviewer=first.interviewer, kind="nudge")
    InterviewFactory(candidate=CandidateFactory(), company="Zylker", position="Somebody else’s")
    InterviewFactory(candidate=candidate, company="Zylkerfield", position="Elsewhere")
    answer = signed_in.get(company_page(second))
    found = answer.context["rounds"]
    assert [one.interview for one in found] == [second, first.interviewer.interview]
    (priya,) = found[1].people
    assert [(one.draft.kind, bool(one.sent_on)) for one in priya.letters] == [
        ("thank_you", True),
        ("nudge", False),
    ]
    text = answer.content.decode()
    assert reverse("draft_copy", args=[first.id]) in text
    assert "no letter yet" in text
    assert "Somebody else" not in text
    assert "Elsewhere" not in text


def test_the_companys_page_says_what_happened(signed_in, second):
    assert "A rejection" not in signed_in.get(company_page(second)).content.decode()
    Interview.objects.filter(pk=second.pk).update(outcome="rejected")
    assert "A rejection" in signed_in.get(company_page(second)).content.decode()


def test_the_companys_page_without_people_and_with_many(signed_in, candidate, django_assert_num_queries):
    interview = InterviewFactory(candidate=candidate, company="Zylker")
    assert "no people added yet" in signed_in.get(company_page(interview)).content.decode()
    with django_assert_num_queries(6):
        signed_in.get(company_page(interview))
    for _number in range(55):
        one = InterviewFactory(candidate=candidate, company="zylker")
    for _number in range(8):
        DraftFactory(interviewer__interview=one)
    with django_assert_num_queries(6):
        answer = signed_in.get(company_page(interview))
    assert len(answer.context["rounds"]) == 50


def test_interview_and_history_lead_to_the_companys_page(signed_in, first, second):
    round_one = first.interviewer.interview
    assert company_page(round_one) in signed_in.get(round_one.get_absolute_url()).content.decode()
    assert company_page(second) in signed_in.get(reverse("interview_list")).content.decode()
    second.delete()
    assert "All rounds at" not in signed_in.get(reverse("interview_list")).content.decode()


def test_a_stranger_gets_404_for_a_company(client, first):
    assert client.get(company_page(first.interviewer.interview)).status_code == 404
    client.force_login(CandidateFactory())
    assert client.get(company_page(first.interviewer.interview)).status_code == 404
