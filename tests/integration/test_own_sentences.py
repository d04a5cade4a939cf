"""What the candidate adds to the notes: `ask`, `relates`, `reaction` and own sentences."""

import pytest
from django.db import IntegrityError, connection
from django.db.migrations.loader import MigrationLoader

from drafts import services
from drafts.domain.facts import Reaction
from drafts.errors import Conflict
from drafts.models import Interviewer
from drafts.services.mapping import interviewer_facts
from tests.factories import InterviewerFactory, InterviewFactory, NotedInterviewerFactory

pytestmark = pytest.mark.django_db

NOTES = {
    "mentioned": "the move to streaming",
    "ask": "when you decide",
    "relates": False,
    "reaction": "work_on",
    "own_sentences": {"mentioned": "Streaming it is."},
}


@pytest.fixture
def person():
    return InterviewerFactory()


def stored(person):
    names = (*NOTES, "version")
    return dict(zip(names, Interviewer.objects.values_list(*names).get(pk=person.pk), strict=True))


def test_they_are_stored_and_reach_the_facts(person):
    saved = services.save_conversation(person, NOTES, [], 1)
    assert stored(person) == NOTES | {"version": 2}
    facts = interviewer_facts(Interviewer.objects.get(pk=saved.pk))
    assert (facts.ask, facts.relates, facts.reaction, facts.say) == (
        "when you decide",
        False,
        Reaction.WORK_ON,
        (("mentioned", "Streaming it is."),),
    )


def test_a_form_that_does_not_send_them_loses_nothing(person):
    services.save_conversation(person, NOTES, [], 1)
    services.save_conversation(person, {"mentioned": "the new data center"}, [], 2)
    assert stored(person) == NOTES | {"mentioned": "the new data center", "version": 3}


def test_own_sentences_are_kept_for_known_notes_only_and_in_order(person):
    typed = {"callback": " Good luck! ", "work_samples": "x", "x": "y", "goal": "  ", "mentioned": "Yes."}
    services.save_conversation(person, {"own_sentences": typed}, [], 1)
    sentences = stored(person)["own_sentences"]
    assert sentences == {"mentioned": "Yes.", "callback": "Good luck!"}
    assert interviewer_facts(person, []).say == ()
    person.refresh_from_db()
    assert interviewer_facts(person, []).say == (("mentioned", "Yes."), ("callback", "Good luck!"))


def test_sent_twice_it_is_saved_once(person):
    services.save_conversation(person, NOTES, [], 1)
    again = NOTES | {"own_sentences": {"mentioned": " Streaming it is. ", "goal": ""}}
    assert services.save_conversation(person, again, [], 1).version == 2


@pytest.mark.parametrize(
    "other",
    [
        {"ask": "who decides"},
        {"relates": True},
        {"relates": None},
        {"reaction": "good_to_know"},
        {"own_sentences": {"mentioned": "Streaming it may be."}},
        {"own_sentences": {}},
    ],
)
def test_another_tab_with_something_else_is_a_conflict(person, other):
    services.save_conversation(person, NOTES, [], 1)
    with pytest.raises(Conflict):
        services.save_conversation(person, NOTES | other, [], 1)
    assert stored(person) == NOTES | {"version": 2}


@pytest.mark.parametrize(
    "change",
    [
        {"ask": "when you decide"},
        {"relates": False},
        {"reaction": "work_on"},
        {"own_sentences": {"goal": "Onward!"}},
    ],
)
def test_a_letter_written_before_a_change_of_them_is_stale(change):
    person = NotedInterviewerFactory()
    draft = services.create_draft(person)
    services.save_draft(draft, draft.subject, "Mine.", None)
    assert not services.read_whole(person.interview).is_stale(person)
    services.save_conversation(person, change, [], None)
    assert services.read_whole(person.interview).is_stale(person)


def test_the_version_before_can_still_add_people_while_this_one_is_rolled_out():
    loader = MigrationLoader(connection)
    before = loader.project_state(("drafts", "0004_accounts")).apps.get_model("drafts", "Interviewer")
    added = before.objects.create(interview_id=InterviewFactory().pk, order=0, full_name="Priya Nair")
    person = Interviewer.objects.get(pk=added.pk)
    assert (person.ask, person.relates, person.reaction, person.own_sentences) == ("", None, "", {})


def test_no_other_reaction_can_be_stored(person):
    with pytest.raises(IntegrityError):
        Interviewer.objects.filter(pk=person.pk).update(reaction="curious")
