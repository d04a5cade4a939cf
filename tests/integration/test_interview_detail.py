"""The interview's page and deleting it."""

import datetime as dt

import pytest
from django.urls import reverse

from drafts import services
from drafts.domain.compose import effective_role
from drafts.models import Draft, DraftRevision, Interview, Interviewer
from drafts.services.mapping import interviewer_facts
from tests.factories import DraftFactory, InterviewerFactory, InterviewFactory, NotedInterviewerFactory

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def interview(candidate):
    return InterviewFactory(candidate=candidate)


def test_the_cards_say_how_far_each_letter_is(signed_in, interview):
    InterviewerFactory(interview=interview, order=0)
    for order, state in enumerate([{}, {"edited_at": NOW}, {"edited_at": NOW, "sent_at": NOW}], 1):
        DraftFactory(interviewer=NotedInterviewerFactory(interview=interview, order=order), **state)
    context = signed_in.get(interview.get_absolute_url()).context
    assert [card.state for card in context["cards"]] == ["nothing", "drafted", "edited", "sent"]
    assert [card.url.split("/")[1] for card in context["cards"]] == [
        "interviews",
        "drafts",
        "drafts",
        "drafts",
    ]
    assert context["next_card"].person == context["cards"][1].person


def test_a_letter_is_stale_once_its_notes_changed(signed_in, interview):
    person = NotedInterviewerFactory(interview=interview)
    draft = services.create_draft(person)
    services.save_draft(draft, draft.subject, "Mine", None)

    def stale():
        return [card.is_stale for card in signed_in.get(interview.get_absolute_url()).context["cards"]]

    assert stale() == [False]
    Interviewer.objects.update(email="other@example.com")
    assert stale() == [False]
    Interviewer.objects.update(job_title="Chef de cuisine", role=effective_role(interviewer_facts(person)))
    assert stale() == [False]
    Interviewer.objects.update(goal="another")
    assert stale() == [True]


@pytest.mark.parametrize(
    ("before", "change", "is_stale"),
    [
        ({"role": ""}, {"job_title": "Baker"}, False),
        ({"role": ""}, {"job_title": "Recruiter"}, True),
        ({"role": "peer"}, {"job_title": "Recruiter"}, False),
        ({"role": "peer"}, {"role": "recruiter"}, True),
        ({"role": ""}, {"role": "peer"}, False),
        ({"job_title": "Baker", "role": "peer"}, {"job_title": "Head baker"}, False),
    ],
)
def test_a_job_title_makes_a_letter_stale_only_if_it_makes_the_reader_another(
    signed_in, interview, before, change, is_stale
):
    person = NotedInterviewerFactory(interview=interview, **{"job_title": "", **before})
    draft = services.create_draft(person)
    services.save_draft(draft, draft.subject, "Mine", None)
    Interviewer.objects.update(**change)
    [card] = signed_in.get(interview.get_absolute_url()).context["cards"]
    assert card.is_stale is is_stale


def test_a_letter_composed_when_job_titles_counted_is_not_stale_by_itself(interview):
    person = NotedInterviewerFactory(interview=interview, job_title="Baker")
    draft = services.create_draft(person)
    Draft.objects.update(facts_digest=services.read_whole(interview).digest(person, is_former=True))
    draft.refresh_from_db()
    assert draft.facts_digest != services.read_whole(interview).digest(person)
    assert not services.read_whole(interview).is_stale(person)
    Interviewer.objects.update(goal="another")
    assert services.read_whole(interview).is_stale(person)


def test_without_a_panel_it_leads_to_the_panel(signed_in, interview):
    answer = signed_in.get(interview.get_absolute_url())
    assert reverse("panel_edit", args=[interview.id]) in answer.content.decode().split("<main")[1]


def test_queries_do_not_grow_with_the_panel(signed_in, interview, django_assert_num_queries):
    DraftFactory(interviewer=NotedInterviewerFactory(interview=interview))
    signed_in.get(interview.get_absolute_url())
    with django_assert_num_queries(5):
        signed_in.get(interview.get_absolute_url())
    for order in range(1, 20):
        DraftFactory(interviewer=NotedInterviewerFactory(interview=interview, order=order))
    with django_assert_num_queries(5):
        signed_in.get(interview.get_absolute_url())


def test_deleting_says_what_goes_and_then_it_goes(signed_in, interview):
    for order, sent_at in enumerate([None, NOW]):
        draft = services.create_draft(NotedInterviewerFactory(interview=interview, order=order))
        Draft.objects.filter(pk=draft.pk).update(sent_at=sent_at)
    services.save_draft(draft, "New", "New", None)
    other = DraftFactory(interviewer__interview__candidate=interview.candidate)
    address = reverse("interview_delete", args=[interview.id])
    answer = signed_in.get(address)
    assert answer.context["counts"] == {"people": 2, "drafts": 2, "sent": 1, "versions": 3}
    assert Interview.objects.count() == 2
    assert signed_in.post(address).url == f"{reverse('interview_list')}?deleted={interview.id}"
    mine = Interview.objects.for_candidate(interview.candidate)
    assert [one.pk for one in mine] == [other.interviewer.interview_id]
    # Nothing is deleted while it can still be restored.
    assert (Interviewer.objects.count(), Draft.objects.count(), DraftRevision.objects.count()) == (3, 3, 3)
    assert signed_in.get(address).status_code == 404


@pytest.mark.parametrize(
    ("body", "beginning"),
    [
        ("Dear Ana,\n\nThank you.", "Dear Ana, Thank you."),
        ("a " * 28, "a " * 27 + "a"),
        ("a " * 29, "a " * 27 + "a…"),
        # No four dots.
        ("a " * 27 + "morning. " + "a " * 9, "a " * 27 + "morning…"),
    ],
)
def test_a_card_begins_the_letter(signed_in, interview, body, beginning):
    DraftFactory(interviewer=NotedInterviewerFactory(interview=interview), body=body)
    [card] = signed_in.get(interview.get_absolute_url()).context["cards"]
    assert card.beginning == beginning
