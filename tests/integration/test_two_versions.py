"""Two texts of a letter or of notes: what changed is marked as such, and nothing typed becomes markup."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from drafts.models import Candidate, Draft, DraftRevision
from tests.factories import DraftFactory, DraftRevisionFactory, InterviewerFactory, InterviewFactory

pytestmark = pytest.mark.django_db

MARKED = re.compile(r"<(del|ins) [^>]*>(.*?)</\1>", re.DOTALL)


def marked(page):
    return [(tag, text.strip()) for tag, text in MARKED.findall(page)]


@pytest.fixture
def draft(signed_in, candidate):
    person = InterviewerFactory(interview=InterviewFactory(candidate=candidate))
    made = DraftFactory(
        interviewer=person, subject="Thank you", body="Hi Priya,\n\nThe first words.\n\nRobin"
    )
    DraftRevisionFactory(draft=made, version=1, body=made.body)
    save(signed_in, made, "Hi Priya,\n\nThe second words.\n\nRobin", 1)
    return made


def save(client, draft, body, version, **headers):
    values = {"subject": "Thank you", "body": body, "version": str(version), "save": "1"}
    return client.post(draft.get_absolute_url(), values, headers=headers)


def test_a_conflict_marks_what_saving_would_change(signed_in, draft):
    answer = save(signed_in, draft, "Hi Priya,\n\nThe third <i>words</i>.\n\nRobin", 1)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert marked(page) == [("del", "second words."), ("ins", "third &lt;i&gt;words&lt;/i&gt;.")]
    assert "<i>" not in page
    assert 'data-start="[removed: "' in page


def test_a_conflict_while_typing_marks_it_too(signed_in, draft):
    answer = save(signed_in, draft, "Hi Priya,\n\nThe third words.\n\nRobin", 1, X_Autosave="1")
    assert answer.status_code == 409
    assert marked(answer.content.decode()) == [("del", "second"), ("ins", "third")]


def test_the_history_marks_what_each_version_changed(signed_in, draft):
    url = reverse("draft_history", args=[draft.id])
    page = signed_in.get(url).content.decode()
    assert marked(page) == [("del", "first"), ("ins", "second")]
    plain = signed_in.get(f"{url}?marks=off").content.decode()
    assert marked(plain) == []
    assert "The second words." in plain


def test_a_text_kept_aside_is_not_what_the_next_version_changed(signed_in, draft):
    save(signed_in, draft, "Hi Priya,\n\nWords aside.\n\nRobin", 1, X_Autosave="1")
    save(signed_in, draft, "Hi Priya,\n\nThe last words.\n\nRobin", Draft.objects.get().version)
    answer = signed_in.get(reverse("draft_history", args=[draft.id]))
    latest, aside, *_rest = answer.context["versions"]
    assert (aside.revision.reason, latest.before, aside.before) == ("aside", 2, 2)


def test_a_new_letter_stands_beside_the_edited_one_each_with_its_own_words(signed_in, draft):
    page = signed_in.get(reverse("draft_recompose", args=[draft.id])).content.decode()
    mine, new = page.split("Rewritten from your notes")
    assert "ins" not in dict(marked(mine))
    assert "del" not in dict(marked(new))
    assert ("del", "The second words.") in marked(mine)
    assert "ins" in dict(marked(new))


def test_notes_in_conflict_are_marked_and_choices_are_not(signed_in, candidate):
    person = InterviewerFactory(interview=InterviewFactory(candidate=candidate))
    url = reverse("conversation_edit", args=[person.interview_id, person.id])
    signed_in.post(url, {"mentioned": "the move to Kafka", "reaction": "work_on", "version": "1"})
    answer = signed_in.post(url, {"mentioned": "the move to Flink", "reaction": "", "version": "1"})
    assert answer.status_code == 409
    assert marked(answer.content.decode()) == [("del", "Kafka"), ("ins", "Flink")]


def test_an_interview_in_conflict_is_marked(signed_in, candidate):
    interview = InterviewFactory(candidate=candidate, team="Routing and maps")
    url = reverse("interview_edit", args=[interview.id])
    form = signed_in.get(url).context["form"]
    values = {name: form[name].value() or "" for name in form.fields} | {"id": "", "confirm_old": "on"}
    signed_in.post(url, values | {"team": "Routing and roads", "stage": "final"})
    answer = signed_in.post(url, values | {"team": "Routing and rails"})
    assert answer.status_code == 409
    assert marked(answer.content.decode()) == [("del", "roads"), ("ins", "rails")]


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ("America/New_York", "Tuesday, March 3, 2026, 12:05 PM (New York time)"),
        ("", "Tuesday, March 3, 2026, 6:05 PM (Berlin time)"),
    ],
)
def test_times_are_in_the_candidates_time_zone_else_in_that_of_the_interview(
    signed_in, candidate, draft, own, words
):
    moment = dt.datetime(2026, 3, 3, 17, 5, tzinfo=dt.UTC)
    Candidate.objects.filter(pk=candidate.pk).update(time_zone=own)
    Draft.objects.update(sent_at=moment)
    DraftRevision.objects.update(created_at=moment)
    assert words in signed_in.get(reverse("draft_history", args=[draft.id])).content.decode()
    assert (
        f"Marked as sent on {words}."
        in signed_in.get(reverse("draft_copy", args=[draft.id])).content.decode()
    )
