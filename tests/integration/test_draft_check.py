"""Checking a letter: live findings, the button without JavaScript, dismissed findings and own words."""

from __future__ import annotations

import datetime as dt
import html

import pytest
from django.urls import reverse
from django.utils import timezone

from drafts import services
from drafts.domain.facts import MAX_OWN_WORDS
from drafts.models import Candidate, Draft
from drafts.pages import reviews
from drafts.review import review
from tests.factories import DraftFactory, InterviewerFactory, InterviewFactory, NotedInterviewerFactory

LETTER = (
    "Hi Priya,\n\nThank you for taking the time to talk with me about the Platform Engineer role. You mentioned "
    "the move from nightly batches to streaming, and I have thought about it since.\n\n"
    "I would very much like to join you.\n\nI look forward to hearing about the next steps.\n\nBest,\nRobin Meyer"
)


@pytest.fixture
def draft(candidate):
    interview = InterviewFactory(candidate=candidate, company="Zylker")
    person = NotedInterviewerFactory(interview=interview, full_name="Priya Nair", greet_as="Priya", order=0)
    return DraftFactory(interviewer=person, subject="Platform Engineer at Zylker", body=LETTER)


def check(client, draft, body=LETTER, **data):
    answer = client.post(
        reverse("draft_check", args=[draft.id]),
        {"subject": draft.subject, "body": body, "version": "1", **data},
    )
    assert answer.status_code == 200
    return answer


def said(answer):
    """The rule and the marked words of each finding."""
    return [
        (note.finding.rule, note.excerpt)
        for note in answer.context["checked"].notes
        if note.finding.rule != "timing"
    ]


def key(answer, rule):
    return next(note.key for note in answer.context["checked"].notes if note.finding.rule == rule)


def test_a_clean_letter_is_ready(signed_in, draft):
    answer = check(signed_in, draft)
    assert said(answer) == []
    assert answer.context["checked"].ready
    assert "Ready to send" in answer.content.decode()


def test_a_letter_to_somebody_described_is_ready_and_leads_to_the_panel(signed_in, draft):
    person = draft.interviewer
    person.full_name, person.greet_as = "the manager", ""
    person.save()
    answer = check(signed_in, draft, LETTER.replace("Hi Priya", "Hello"))
    assert said(answer) == [("greeting", "Hello")]
    assert answer.context["checked"].ready
    [note] = [one for one in answer.context["checked"].notes if one.finding.rule == "greeting"]
    assert note.url == f"{reverse('panel_edit', args=[person.interview_id])}?letter={draft.id}"
    answer = check(signed_in, draft, LETTER.replace("Hi Priya", "Hi The"))
    assert said(answer) == [("greeting", "Hi The")]
    assert not answer.context["checked"].ready


def test_checking_stores_nothing(signed_in, draft):
    before = (draft.body, draft.version, draft.updated_at)
    check(signed_in, draft, "Something else entirely, with a tipo")
    draft.refresh_from_db()
    assert (draft.body, draft.version, draft.updated_at) == before
    assert draft.revisions.count() == 0


def test_line_breaks_as_browsers_send_them_do_not_move_the_places(signed_in, draft):
    typed = LETTER.replace("thought", "thougth")
    answer = check(signed_in, draft, typed.replace("\n", "\r\n"))
    [note] = [note for note in answer.context["checked"].notes if note.finding.rule == "spelling"]
    assert typed[note.finding.start : note.finding.end] == "thougth"
    assert note.finding.suggestions[0] == "thought"
    assert 'data-apply="thought"' in answer.content.decode()


def test_the_whole_page_shows_the_notes_on_what_is_stored(signed_in, draft):
    services.save_draft(draft, draft.subject, LETTER.replace("Hi Priya", "Hi Pryia"), None)
    page = signed_in.get(reverse("draft_edit", args=[draft.id]))
    assert said(page) == [("name_spelling", "Pryia")]
    assert "You entered this name as “Priya”, but here it’s “Pryia”. Change it to “Priya”." in html.unescape(
        page.content.decode()
    )


def test_without_javascript_check_shows_the_typed_text_and_its_notes(signed_in, draft):
    typed = LETTER.replace("Hi Priya", "Hi Pryia")
    page = signed_in.post(
        reverse("draft_edit", args=[draft.id]),
        {"subject": "New", "body": typed, "version": "1", "check": "1"},
    )
    assert page.status_code == 200
    assert said(page) == [("name_spelling", "Pryia")]
    assert page.context["form"]["body"].value() == typed
    assert "isn’t saved yet" in page.content.decode()
    assert Draft.objects.get(pk=draft.pk).body == LETTER
    assert '<button class="btn btn-outline-primary" name="check"' in page.content.decode()


def test_without_javascript_a_suggestion_is_put_into_the_typed_text(signed_in, draft):
    typed = LETTER.replace("Hi Priya", "Hi Pryia")
    data = {
        "subject": "New",
        "body": typed.replace("\n", "\r\n"),
        "version": "1",
        "apply": "body:3:8:PryiaPriya",
    }
    page = signed_in.post(reverse("draft_edit", args=[draft.id]), data)
    assert page.context["form"]["body"].value() == LETTER
    assert said(page) == []
    assert Draft.objects.get(pk=draft.pk).body == LETTER


def test_a_suggestion_finds_its_words_where_they_moved_and_else_does_nothing(signed_in, draft):
    typed = "It was good to see you.\n\n" + LETTER.replace("Hi Priya", "Hi Pryia")
    data = {"subject": "New", "version": "1", "apply": "body:3:8:PryiaPriya"}
    page = signed_in.post(reverse("draft_edit", args=[draft.id]), {**data, "body": typed})
    assert page.context["form"]["body"].value() == typed.replace("Pryia", "Priya")
    page = signed_in.post(reverse("draft_edit", args=[draft.id]), {**data, "body": LETTER})
    assert page.context["form"]["body"].value() == LETTER


def test_a_dismissed_finding_stays_away_until_its_words_change(signed_in, draft):
    typed = LETTER.replace("thought", "thougth")
    answer = check(signed_in, draft, typed)
    answer = check(signed_in, draft, typed, dismiss=key(answer, "spelling"))
    assert said(answer) == []
    assert answer.context["checked"].dismissed == 1
    # Also after reloading the page, and if the word moved.
    assert said(check(signed_in, draft, f"{typed}\n\nP.S. See you.")) == []
    assert said(check(signed_in, draft, typed.replace("thougth", "thuoght"))) == [("spelling", "thuoght")]
    assert said(check(signed_in, draft, typed, restore="1")) == [("spelling", "thougth")]


def test_a_name_to_fix_cannot_be_dismissed(signed_in, draft):
    typed = LETTER.replace("Hi Priya", "Hi Pryia")
    answer = check(signed_in, draft, typed)
    assert 'name="dismiss"' not in answer.content.decode().split("Pryia")[1].split("remark-why")[0]
    answer = check(signed_in, draft, typed, dismiss=key(answer, "name_spelling"))
    assert said(answer) == [("name_spelling", "Pryia")]
    assert not answer.context["checked"].ready


def test_own_words_are_kept_for_every_letter_and_can_be_taken_out(signed_in, draft, candidate):
    typed = LETTER.replace("streaming", "zorbing")
    assert said(check(signed_in, draft, typed)) == [("spelling", "zorbing")]
    answer = check(signed_in, draft, typed, add_word="zorbing")
    assert said(answer) == []
    assert "“zorbing” was added to your words." in html.unescape(answer.content.decode())
    assert Candidate.objects.get(pk=candidate.pk).own_words == ["zorbing"]
    check(signed_in, draft, typed, add_word="Zorbing")
    assert Candidate.objects.get(pk=candidate.pk).own_words == ["zorbing"]
    answer = check(signed_in, draft, typed, remove_word="zorbing")
    assert said(answer) == [("spelling", "zorbing")]
    assert Candidate.objects.get(pk=candidate.pk).own_words == []


def test_a_full_dictionary_says_so(signed_in, draft, candidate):
    candidate.own_words = [f"word{n}" for n in range(MAX_OWN_WORDS)]
    candidate.save()
    answer = check(signed_in, draft, add_word="zorbing")
    assert "Remove a word before you add another" in answer.content.decode()
    assert len(Candidate.objects.get(pk=candidate.pk).own_words) == MAX_OWN_WORDS


def test_another_candidates_words_do_not_count(signed_in, draft):
    other = DraftFactory()
    services.add_own_word(other.interviewer.interview.candidate, "zorbing")
    assert said(check(signed_in, draft, LETTER.replace("streaming", "zorbing"))) == [("spelling", "zorbing")]


def test_companies_of_other_interviews_are_wrong_names(signed_in, draft, candidate):
    InterviewFactory(candidate=candidate, company="Initech")
    InterviewFactory(company="Globex")
    answer = check(signed_in, draft, LETTER.replace("like to join you", "like to join Initech"))
    assert said(answer) == [("wrong_name", "Initech")]
    assert said(check(signed_in, draft, LETTER.replace("to streaming", "to Globex tools"))) == []


def test_thin_notes_lead_to_the_field_to_fill(signed_in, candidate):
    person = InterviewerFactory(interview__candidate=candidate, greet_as="Priya")
    draft = services.create_draft(person)
    page = signed_in.get(reverse("draft_edit", args=[draft.id]))
    address = reverse("conversation_edit", args=[person.interview_id, person.id])
    assert [rule for rule, _ in said(page)] == ["personal"]
    assert f'href="{address}?then=letter#id_mentioned"' in page.content.decode()


def test_a_paste_of_a_hundred_kilobytes_is_answered(signed_in, draft):
    answer = check(signed_in, draft, "Thank you so much for everything. " * 3000)
    assert "length" in [rule for rule, _ in said(answer)]
    assert len(answer.content) < 400_000


def test_user_input_is_escaped(signed_in, draft):
    answer = check(signed_in, draft, LETTER.replace("streaming", '<script>alert("x")</script> [<b>x</b>]'))
    assert "<script>alert" not in answer.content.decode()
    assert "<b>x" not in answer.content.decode()


def test_a_sent_letter_is_not_asked_about_time_and_address(signed_in, draft):
    draft.interviewer.email = ""
    draft.interviewer.save()
    assert said(check(signed_in, draft)) == [("recipient", "")]
    services.mark_sent(draft)
    assert [note.finding.rule for note in check(signed_in, draft).context["checked"].notes] == []


def test_queries_of_a_check_do_not_grow_with_the_panel(signed_in, draft, django_assert_num_queries):
    check(signed_in, draft)
    with django_assert_num_queries(5):
        check(signed_in, draft)
    for order in range(1, 20):
        DraftFactory(interviewer=NotedInterviewerFactory(interview=draft.interviewer.interview, order=order))
    with django_assert_num_queries(5):
        check(signed_in, draft)


# ---------------------------------------------------------------- the panel


def test_each_card_says_whether_its_letter_is_ready(signed_in, draft, candidate):
    interview = draft.interviewer.interview
    other = NotedInterviewerFactory(interview=interview, full_name="Tomasz Wójcik", greet_as="Tomek", order=1)
    DraftFactory(interviewer=other, body=LETTER.replace("Priya", "[Name]"))
    cards = signed_in.get(interview.get_absolute_url()).context["cards"]
    assert [card.readiness.fix > 0 for card in cards] == [True, True]
    rewritten = (
        "Dear Tomek,\n\nIt was kind of you to spend an hour with me. What you showed me of the release train has "
        "stayed with me.\n\nWorking with you appeals to me a great deal.\n\nCould you tell me how we proceed?"
        "\n\nRegards,\nRobin Meyer"
    )
    services.save_draft(other.drafts.get(), "Our talk, Tomek", rewritten, None)
    page = signed_in.get(interview.get_absolute_url())
    assert [card.readiness.fix for card in page.context["cards"]] == [0, 0]
    assert page.content.decode().count("Ready to send") == 2


def test_a_panel_whose_letters_differ_says_so_in_a_sentence(signed_in, draft):
    interview = draft.interviewer.interview
    other = NotedInterviewerFactory(interview=interview, full_name="Tomasz Wójcik", greet_as="Tomek", order=1)
    DraftFactory(interviewer=other, body="Hi Tomek,\n\nThe release train was a joy to see.\n\nRobin")
    page = signed_in.get(interview.get_absolute_url())
    assert page.context["alike"] == []
    assert "No two of these letters are too similar." in page.content.decode()


def test_of_letters_that_are_all_sent_nothing_is_asked_anymore(signed_in, draft):
    interview = draft.interviewer.interview
    other = NotedInterviewerFactory(interview=interview, full_name="Tomasz Wójcik", greet_as="Tomek", order=1)
    DraftFactory(interviewer=other, body=LETTER.replace("Priya", "Tomek"))
    Draft.objects.update(facts_digest="of other notes")
    asked = ("Some of these letters are too similar", "Your notes have changed since this was written")
    services.mark_sent(draft)
    body = signed_in.get(interview.get_absolute_url()).content.decode()
    assert [body.count(text) for text in asked] == [1, 1]
    services.mark_sent(other.drafts.get())
    body = signed_in.get(interview.get_absolute_url()).content.decode()
    assert [body.count(text) for text in asked] == [0, 0]
    assert "No two of these letters" not in body
    assert "likeness-table" in body


def test_a_panel_shows_how_alike_its_letters_are(signed_in, draft):
    interview = draft.interviewer.interview
    assert "likeness-table" not in signed_in.get(interview.get_absolute_url()).content.decode()
    other = NotedInterviewerFactory(interview=interview, full_name="Tomasz Wójcik", greet_as="Tomek", order=1)
    DraftFactory(interviewer=other, body=LETTER.replace("Priya", "Tomek"))
    page = signed_in.get(interview.get_absolute_url())
    [[_, first], [second, _]] = [row.cells for row in page.context["likeness"]]
    assert (first.percent, first.is_much) == (second.percent, second.is_much) == (100, True)
    assert page.context["alike"] == [("Priya Nair and Tomasz Wójcik", first)]
    assert "No two of these letters" not in page.content.decode()
    sides = signed_in.get(first.url)
    assert sides.context["percent"] == 100
    marked, same = (
        [piece.text for piece in side.pieces if piece.is_shared] for side in sides.context["sides"]
    )
    assert marked == same
    assert "Priya Nair and Tomasz Wójcik, side by side" in sides.content.decode()
    assert marked[0].startswith("Thank you for taking the time")
    assert not any("Hi Priya" in text or "Robin Meyer" in text for text in marked)
    assert "<mark>Thank you for taking the time" in sides.content.decode()


def test_two_drafts_need_two_people_with_drafts(signed_in, draft):
    interview, person = draft.interviewer.interview, draft.interviewer
    without = InterviewerFactory(interview=interview, order=1)
    assert signed_in.get(reverse("likeness", args=[interview.id, person.id, person.id])).status_code == 404
    assert signed_in.get(reverse("likeness", args=[interview.id, person.id, without.id])).status_code == 404


def test_a_copied_passage_leads_to_both_letters(signed_in, draft):
    interview = draft.interviewer.interview
    other = NotedInterviewerFactory(interview=interview, full_name="Tomasz Wójcik", greet_as="Tomek", order=1)
    DraftFactory(interviewer=other, body=LETTER.replace("Priya", "Tomek"))
    address = reverse("likeness", args=[interview.id, draft.interviewer_id, other.id])
    assert f'href="{address}"' in check(signed_in, draft).content.decode()


def test_the_page_to_copy_from_says_what_is_left_to_fix(signed_in, draft):
    address = reverse("draft_copy", args=[draft.id])
    assert "to fix on this letter" not in signed_in.get(address).content.decode()
    services.save_draft(draft, draft.subject, LETTER.replace("Priya", "Pryia"), None)
    assert "There is 1 thing to fix in this letter." in signed_in.get(address).content.decode()


@pytest.mark.parametrize(
    ("languages", "dialect"),
    [
        ("en-GB,en;q=0.9", "british"),
        ("de-DE,de;q=0.9,en-GB;q=0.8,en-US;q=0.7", "british"),
        ("en-AU", "australian"),
        ("fr", "american"),
        ("", "american"),
        (";;,,en_gb", "american"),
    ],
)
def test_a_guest_writes_the_english_of_their_browser(client, db, languages, dialect):
    data = {"full_name": "Sam", "company": "Zylker", "position": "SRE", "ended_at": "2026-03-03T15:30"}
    data |= {"time_zone": "Berlin"}
    assert (
        client.post(reverse("interview_new"), data, headers={"accept-language": languages}).status_code == 302
    )
    assert Candidate.objects.get().dialect == dialect


def test_a_letter_as_typed_is_reviewed_once_with_its_time(signed_in, draft, monkeypatch):
    calls = []

    def count(*args, **options):
        calls.append(args)
        return review(*args, **options)

    monkeypatch.setattr(reviews, "review", count)
    draft.interviewer.interview.ended_at = timezone.now() - dt.timedelta(days=3)
    draft.interviewer.interview.save()
    notes = check(signed_in, draft, f"{LETTER}\n\nP.S. She have told me more.").context["checked"].notes
    assert [note.finding.rule for note in notes] == ["composition", "grammar", "timing"]
    assert len(calls) == 1
