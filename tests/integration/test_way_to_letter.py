"""From the last note to the letter, and what the page shows around it: channels, notes that need words, thin
letters."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse
from django.utils import timezone

from drafts import services
from drafts.domain.facts import Kind, Tone
from drafts.domain.kinds import letter_kind
from drafts.domain.letter import NoteUse, Use
from drafts.models import Candidate, Draft
from drafts.services import whole
from drafts.views.checks import fact_labels
from tests.factories import (
    DraftFactory,
    InterviewerFactory,
    InterviewFactory,
    NotedInterviewerFactory,
    WorkFileFactory,
)

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
NOTE = {"mentioned": "the move to streaming"}


@pytest.fixture
def interview(candidate):
    return InterviewFactory(candidate=candidate, company="Zylker")


def notes_of(person, then=""):
    return reverse("conversation_edit", args=[person.interview_id, person.id]) + then


def page(draft, name="draft_edit"):
    return reverse(name, args=[draft.id])


def shown(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split("<main")[1].split())


# ---------------------------------------------------------------- where the last "next" leads


def test_after_the_only_conversation_its_letter_opens(signed_in, interview):
    person = InterviewerFactory(interview=interview)
    answer = signed_in.post(notes_of(person), NOTE)
    assert answer.url == Draft.objects.get().get_absolute_url()


def test_saved_empty_the_only_person_gets_a_short_letter(signed_in, interview):
    person = InterviewerFactory(interview=interview)
    answer = signed_in.post(notes_of(person), {})
    assert answer.url == Draft.objects.get(interviewer=person).get_absolute_url()


def test_after_the_last_of_a_panel_the_first_letter_that_is_not_sent_opens(signed_in, interview):
    first, second, third = (InterviewerFactory(interview=interview, order=order) for order in range(3))
    drafts = [services.create_draft(person) for person in (first, second)]
    services.mark_sent(drafts[0])
    assert signed_in.post(notes_of(second), NOTE).url == notes_of(third)
    assert signed_in.post(notes_of(third), NOTE).url == page(drafts[1])


def test_of_a_panel_nobody_but_the_first_gets_a_letter_unasked(signed_in, interview):
    first, last = (InterviewerFactory(interview=interview, order=order) for order in range(2))
    signed_in.post(notes_of(first), {})
    assert signed_in.post(notes_of(last), {}).url == Draft.objects.get(interviewer=first).get_absolute_url()


def test_where_all_are_left_for_later_or_sent_the_interviews_page_opens(signed_in, interview):
    person = InterviewerFactory(interview=interview)
    skipped = signed_in.post(reverse("conversation_skip", args=[interview.id, person.id]))
    assert skipped.url == interview.get_absolute_url()
    assert Draft.objects.count() == 0
    services.mark_sent(services.create_draft(person))
    assert signed_in.post(notes_of(person), NOTE).url == interview.get_absolute_url()


def test_notes_opened_from_a_letter_lead_back_to_it(signed_in, interview):
    people = [NotedInterviewerFactory(interview=interview, order=order) for order in range(3)]
    drafts = [services.create_draft(person) for person in people]
    assert signed_in.post(notes_of(people[1], "?then=letter"), NOTE).url == page(drafts[1])
    assert signed_in.post(notes_of(people[1]), NOTE).url == notes_of(people[2])


# ---------------------------------------------------------------- the ways out


def test_copying_comes_first_and_the_usual_way_stands_beside_it(signed_in, interview, candidate):
    draft = services.create_draft(NotedInterviewerFactory(interview=interview))
    for usual, beside in (("", "mail"), ("gmail", "gmail"), ("copy", "mail"), ("share", "mail")):
        Candidate.objects.update(usual_channel=usual)
        found = shown(signed_in, page(draft))
        assert found.index("<button") == found.index(
            '<button class="btn btn-primary btn-lg" type="button" data-copy'
        )
        assert signed_in.get(page(draft)).context["departure"].beside_copy.channel == beside
        assert f'data-channel="{beside}"' in found
    assert page(draft, "draft_mark_sent") in found
    assert page(draft, "draft_copy") in found


def test_a_letter_with_a_file_has_the_mail_file_beside_it(signed_in, interview):
    person = NotedInterviewerFactory(interview=interview)
    WorkFileFactory(interviewer=person)
    found = shown(signed_in, page(services.create_draft(person)))
    assert 'data-channel="eml"' in found
    assert "case-study.txt" in found


def test_a_linkedin_message_is_copied_and_nothing_else(signed_in, interview):
    draft = services.create_draft(NotedInterviewerFactory(interview=interview, email=""), "linkedin")
    assert signed_in.get(page(draft)).context["departure"].beside_copy is None


def test_the_next_letter_is_offered(signed_in, interview):
    drafts = [
        services.create_draft(NotedInterviewerFactory(interview=interview, order=order, full_name=name))
        for order, name in enumerate(["Priya Nair", "Tomasz Wójcik"])
    ]
    found = shown(signed_in, page(drafts[0]))
    assert f'<a href="{page(drafts[1])}">Next letter: Tomasz Wójcik</a>' in found


def test_a_check_answers_with_the_way_for_what_is_typed(signed_in, interview):
    draft = services.create_draft(NotedInterviewerFactory(interview=interview))
    typed = {"subject": "New", "body": "Hi Priya,\r\n\r\nthank you & all."}
    answer = signed_in.post(page(draft, "draft_check"), typed).content.decode()
    way = answer.split('id="send-way" hx-swap-oob="innerHTML"')[1]
    assert "subject=New&amp;body=Hi%20Priya,%0D%0A%0D%0Athank%20you%20%26%20all." in way
    draft.refresh_from_db()
    assert draft.subject != "New"


def test_more_than_can_be_stored_is_not_put_into_a_link(signed_in, interview):
    draft = services.create_draft(NotedInterviewerFactory(interview=interview))
    answer = signed_in.post(page(draft, "draft_check"), {"subject": "New", "body": "x" * 20_001})
    assert "subject=New" not in answer.content.decode()


# ---------------------------------------------------------------- notes that wait for the candidate's words


@pytest.fixture
def asking(monkeypatch):
    """Replaces the composer by one that asks about every note without an own sentence."""

    def asks(letter, facts):
        keys = [key for key in ("mentioned", "forgot") if getattr(facts, key) and not facts.own_sentence(key)]
        return replace(letter, notes=tuple(NoteUse(key, Use.ASK) for key in keys))

    one, several = whole.compose_route, whole.compose_panel
    monkeypatch.setattr(
        whole,
        "compose_route",
        lambda panel, index, *more: asks(one(panel, index, *more), panel.interviewers[index]),
    )
    monkeypatch.setattr(
        whole,
        "compose_panel",
        lambda panel, *more: list(map(asks, several(panel, *more), panel.interviewers)),
    )


def unsure(person):
    return Draft.objects.get(interviewer=person).unsure


def test_unresolved_notes_are_stored_with_the_letter_and_follow_the_notes(asking, interview):
    person = InterviewerFactory(interview=interview)
    services.save_conversation(person, NOTE | {"forgot": "the move"}, [], None)
    assert unsure(person) == ["mentioned", "forgot"]
    services.save_conversation(person, {"own_sentences": {"mentioned": "You told me of the move."}}, [], None)
    assert unsure(person) == ["forgot"]
    services.change_tone(Draft.objects.get(), Tone.FORMAL)
    assert unsure(person) == ["forgot"]
    draft = Draft.objects.get()
    services.save_draft(draft, draft.subject, "Mine.", None)
    services.save_conversation(person, {"own_sentences": {}}, [], None)
    draft.refresh_from_db()
    assert (draft.unsure, draft.body) == (["mentioned", "forgot"], "Mine.")
    services.save_conversation(person, {"mentioned": "", "forgot": ""}, [], None)
    assert unsure(person) == []


def test_a_note_that_changes_nothing_in_the_letter_still_counts(asking, interview):
    person = InterviewerFactory(interview=interview)
    draft = services.create_draft(person)
    Draft.objects.update(body="As it would be.", subject="S")
    services.save_conversation(person, NOTE, [], None)
    draft.refresh_from_db()
    same = draft.body
    services.save_conversation(person, NOTE | {"own_sentences": {"mentioned": "x"}}, [], None)
    services.save_conversation(person, NOTE | {"own_sentences": {}}, [], None)
    draft.refresh_from_db()
    assert (draft.unsure, draft.body) == (["mentioned"], same)


@pytest.fixture
def waiting(interview):
    """A letter without findings, but with two notes that need own sentences."""
    body = (
        "Hi Priya,\n\nThank you for taking the time to talk with me about the Platform Engineer role. You "
        "mentioned the move from nightly batches to streaming, and I have thought about it since.\n\n"
        "I would very much like to join you.\n\nI look forward to hearing about the next steps.\n\n"
        "Best,\nRobin Meyer"
    )
    person = NotedInterviewerFactory(interview=interview, full_name="Priya Nair")
    subject = "Platform Engineer at Zylker"
    return DraftFactory(interviewer=person, subject=subject, body=body, unsure=["forgot", "ask"])


def test_a_letter_with_unresolved_notes_is_not_ready_and_links_to_them(signed_in, interview, waiting):
    found = shown(signed_in, page(waiting))
    link = f'href="{notes_of(waiting.interviewer)}?then=letter#id_say-forgot"'
    assert "2 notes need your own words" in found
    assert link in found
    assert "Ready to send" not in found
    checked = signed_in.post(page(waiting, "draft_check"), {"subject": waiting.subject, "body": waiting.body})
    assert (checked.context["checked"].fix, checked.context["checked"].ready) == (0, False)
    assert "Ready to send" not in checked.content.decode()
    cards = shown(signed_in, interview.get_absolute_url())
    assert "2 notes need your own words" in cards
    assert link in cards
    assert "Ready to send" not in cards
    assert "2 notes need your own words." in shown(signed_in, page(waiting, "draft_copy"))


def test_without_notes_that_wait_the_same_letter_is_ready(signed_in, interview, waiting):
    Draft.objects.update(unsure=[])
    assert "Ready to send" in shown(signed_in, page(waiting))
    cards = shown(signed_in, interview.get_absolute_url())
    assert "Ready to send" in cards
    assert "for your words" not in cards


def test_once_edited_by_hand_the_notes_are_named_and_stand_in_nobodys_way(signed_in, interview, waiting):
    services.save_draft(waiting, waiting.subject, waiting.body.replace("very much ", ""), None)
    found = shown(signed_in, page(waiting))
    assert "couldn’t turn some of your notes into sentences" in found
    assert "Ready to send" in found
    assert "for your words" not in shown(signed_in, interview.get_absolute_url())


def test_the_state_of_a_letter_names_the_notes_that_are_not_in_it(signed_in, interview, waiting):
    labels = fact_labels()
    names = f"{labels['forgot']}, {labels['ask']}"
    address = f"{notes_of(waiting.interviewer)}?then=letter#id_say-forgot"
    text = {"subject": waiting.subject, "body": waiting.body}

    def state():
        return signed_in.post(page(waiting, "draft_check"), text).content.decode()

    assert f'href="{address}">2 notes aren’t in the letter: {names}</a>' in state()
    assert 'data-count="2 notes aren’t in the letter' in state()
    services.save_draft(waiting, waiting.subject, waiting.body.replace("very much ", ""), None)
    assert f'href="{address}">2 notes may be missing: {names}</a>' in state()
    assert 'data-count="Ready to send, 2 notes may be missing, 1 to consider' in state()
    assert "2 notes may be missing" in shown(signed_in, interview.get_absolute_url())
    assert "2 of your notes may be missing" in shown(signed_in, page(waiting, "draft_copy"))


def test_a_note_of_which_a_part_is_asked_about_keeps_the_letter_from_being_ready(signed_in, interview):
    person = NotedInterviewerFactory(interview=interview, strengths=["Kubernetes", "leading people"])
    draft = services.create_draft(person)
    assert draft.unsure == ["strengths"]
    found = shown(signed_in, page(draft))
    assert f"1 note isn’t in the letter: {fact_labels()['strengths']}" in found
    assert "Ready to send" not in found


def test_the_state_says_what_found_no_room_and_what_is_left_out_on_purpose(signed_in, interview, monkeypatch):
    compose = whole.compose_route
    notes = (NoteUse("enjoyed", Use.SET_ASIDE, "", "pay"), NoteUse("goal", Use.NO_ROOM))
    monkeypatch.setattr(whole, "compose_route", lambda *facts: replace(compose(*facts), notes=notes))
    draft = services.create_draft(NotedInterviewerFactory(interview=interview))
    Draft.objects.update(left_out=["enjoyed", "goal"])
    labels = fact_labels()
    state = signed_in.post(page(draft, "draft_check"), {"subject": draft.subject, "body": draft.body})
    found = state.content.decode()
    assert f"Left out or shortened: {labels['goal']}</a>" in found
    assert f"Left out on purpose: {labels['enjoyed']}<" in found
    assert state.context["checked"].waiting == 0


def test_an_answer_that_a_follow_up_lacks_leads_to_its_question(signed_in, interview):
    person = NotedInterviewerFactory(interview=interview)
    draft = services.save_follow_up(person, Kind.TYPO, {"wrong": "Prya", "right": "Priya"})
    Draft.objects.filter(pk=draft.pk).update(unsure=["right"])
    asked = reverse("follow_up_edit", args=[interview.id, person.id, "typo"])
    label = next(one.label for one in letter_kind(Kind.TYPO).prompts if one.key == "right")
    found = shown(signed_in, page(draft))
    assert f'href="{asked}#id_right"' in found
    assert f"1 note isn’t in the letter: {label}" in found


def test_a_sent_letter_waits_for_nothing(signed_in, interview, waiting):
    services.mark_sent(waiting)
    assert "for your words" not in shown(signed_in, page(waiting) + "?edit=1")
    assert "for your words" not in shown(signed_in, interview.get_absolute_url())


def test_the_version_before_can_still_write_letters_while_this_one_is_rolled_out(interview):
    before = MigrationLoader(connection).project_state(("drafts", "0005_own_sentences")).apps
    person = InterviewerFactory(interview=interview)
    added = before.get_model("drafts", "Draft").objects.create(interviewer_id=person.pk, body="Hi")
    assert Draft.objects.get(pk=added.pk).unsure == []


def test_queries_do_not_grow_with_the_panel(signed_in, interview, waiting, django_assert_num_queries):
    for order in range(1, 20):
        DraftFactory(interviewer=NotedInterviewerFactory(interview=interview, order=order), unsure=["ask"])
    signed_in.get(page(waiting))
    for address in (page(waiting), interview.get_absolute_url(), page(waiting, "draft_copy")):
        with django_assert_num_queries(5):
            signed_in.get(address)


# ---------------------------------------------------------------- thin letters


def test_a_letter_with_nothing_personal_says_the_one_thing_to_add(signed_in, interview):
    person = InterviewerFactory(interview=interview, full_name="Priya Nair", greet_as="")
    advice = "Add one thing Priya told you, so the letter can mention it."
    link = f'href="{notes_of(person)}?then=letter#id_mentioned"'
    cards = shown(signed_in, interview.get_absolute_url())
    assert advice in cards
    assert link in cards
    draft = services.create_draft(person)
    for address in (interview.get_absolute_url(), page(draft)):
        found = shown(signed_in, address)
        assert advice in found
        assert link in found


def test_where_a_note_waits_it_is_not_asked_for_another(signed_in, interview):
    draft = services.create_draft(InterviewerFactory(interview=interview))
    Draft.objects.update(unsure=["mentioned"])
    for address in (interview.get_absolute_url(), page(draft)):
        found = shown(signed_in, address)
        assert "One note needs your own words" in found
        assert "the letter then speaks of it" not in found


def test_a_letter_with_something_personal_does_not(signed_in, interview, waiting):
    for address in (interview.get_absolute_url(), page(waiting)):
        assert "the letter then speaks of it" not in shown(signed_in, address)


def test_a_sent_letter_is_shown_however_thin(signed_in, interview):
    draft = services.create_draft(InterviewerFactory(interview=interview))
    services.mark_sent(draft)
    for address in (interview.get_absolute_url(), page(draft) + "?edit=1"):
        assert "the letter then speaks of it" not in shown(signed_in, address)


def test_notes_left_out_on_purpose_are_named_with_the_reason(signed_in, interview, monkeypatch):
    compose = whole.compose_route
    notes = (NoteUse("enjoyed", Use.SET_ASIDE, "", "gossip"),)
    monkeypatch.setattr(whole, "compose_route", lambda *facts: replace(compose(*facts), notes=notes))
    person = NotedInterviewerFactory(interview=interview)
    draft = services.create_draft(person)
    Draft.objects.update(left_out=["enjoyed", "team"])
    context = signed_in.get(page(draft)).context
    assert context["left_out"] == ["the team"]
    [(_name, reason)] = context["set_aside"]
    assert reason == "This talks about someone else’s faults, so we left it out."


# ---------------------------------------------------------------- notes that need one's own words


@pytest.fixture
def asked(candidate):
    """A letter with a note that needs the candidate's own words, and a colleague without notes yet."""
    interview = InterviewFactory(candidate=candidate, ended_at=timezone.now())
    person = NotedInterviewerFactory(interview=interview, full_name="Dana Reed", order=0)
    InterviewerFactory(interview=interview, full_name="Tom Jones", order=1)
    draft = services.create_draft(person)
    Draft.objects.filter(pk=draft.pk).update(unsure=["enjoyed"])
    return draft


def test_a_note_that_waits_is_said_on_the_next_step_at_home_and_in_the_tab(signed_in, asked):
    interview = asked.interviewer.interview
    other = interview.interviewers.get(full_name="Tom Jones")
    notes = reverse("conversation_edit", args=[interview.id, asked.interviewer_id])
    answer = signed_in.get(reverse("conversation_edit", args=[interview.id, other.id]))
    assert [step.state for step in answer.context["steps"] if step.label == "Dana Reed"] == ["asked"]
    assert "Dana Reed: one note needs your own words." in answer.content.decode()
    words = "One note needs your own words"
    for address in ("/", interview.get_absolute_url(), reverse("draft_edit", args=[asked.id])):
        text = signed_in.get(address).content.decode()
        assert words in text
        assert "Draft ready" not in text
    assert f"{notes}#id_say-enjoyed" in signed_in.get("/").content.decode()
    # Not on the page where it is written.
    assert "Dana Reed: one note" not in signed_in.get(notes).content.decode()


@pytest.mark.parametrize("change", [{"unsure": []}, {"edited_at": timezone.now()}])
def test_without_such_a_note_the_draft_is_ready(signed_in, asked, change):
    Draft.objects.filter(pk=asked.pk).update(**change)
    interview = asked.interviewer.interview
    answer = signed_in.get(interview.get_absolute_url())
    assert answer.context["cards"][0].state in ("drafted", "edited")
    assert "The letter to Dana Reed" in signed_in.get("/").content.decode()
