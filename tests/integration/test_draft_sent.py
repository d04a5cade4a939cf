"""The copy page, marking as sent, and moving on to the next person."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from drafts import services
from drafts.pages import plans
from tests.factories import InterviewerFactory, InterviewFactory, NotedInterviewerFactory

NOW = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def interview(candidate):
    return InterviewFactory(candidate=candidate)


def drafts(interview, count):
    people = [NotedInterviewerFactory(interview=interview, order=order) for order in range(count)]
    return [services.create_draft(person) for person in people]


def url(name, draft):
    return reverse(name, args=[draft.id])


def test_the_copy_page_has_the_letter_as_it_is(signed_in, interview):
    (draft,) = drafts(interview, 1)
    services.save_draft(draft, "A & B", "One\n\n  two <3\n", None)
    page = signed_in.get(url("draft_copy", draft)).content.decode()
    assert "One\n\n  two &lt;3\n" in page
    assert "A &amp; B" in page
    assert draft.interviewer.email in page


def test_what_was_sent_is_not_offered_for_sending_first_of_all(signed_in, interview):
    (draft,) = drafts(interview, 1)
    assert "btn btn-primary btn-lg" in signed_in.get(url("draft_copy", draft)).content.decode()
    signed_in.post(url("draft_mark_sent", draft))
    assert "btn btn-primary btn-lg" not in signed_in.get(url("draft_copy", draft)).content.decode()


def test_sent_leads_to_the_next_unsent_letter_and_round_again(signed_in, interview):
    first, second, third = drafts(interview, 3)
    assert signed_in.post(url("draft_mark_sent", second)).url == url("draft_edit", third)
    assert signed_in.post(url("draft_mark_sent", third)).url == url("draft_edit", first)
    assert signed_in.post(url("draft_mark_sent", first)).url == interview.get_absolute_url()


def test_after_the_last_letter_come_those_without_one_unless_skipped(signed_in, interview):
    (draft,) = drafts(interview, 1)
    InterviewerFactory(interview=interview, order=1, skipped_at=NOW)
    unwritten = InterviewerFactory(interview=interview, order=2)
    answer = signed_in.post(url("draft_mark_sent", draft))
    assert answer.url == reverse("conversation_edit", args=[interview.id, unwritten.id])


def test_sent_twice_keeps_the_first_time_and_can_be_undone(signed_in, interview):
    (draft,) = drafts(interview, 1)
    signed_in.post(url("draft_mark_sent", draft))
    draft.refresh_from_db()
    first = draft.sent_at
    signed_in.post(url("draft_mark_sent", draft))
    draft.refresh_from_db()
    assert draft.sent_at == first
    assert signed_in.post(url("draft_mark_unsent", draft)).url == url("draft_copy", draft)
    draft.refresh_from_db()
    assert draft.sent_at is None


def test_a_sent_letter_is_read_first_and_edited_when_asked_for(signed_in, interview):
    (draft,) = drafts(interview, 1)
    assert signed_in.get(url("draft_edit", draft)).status_code == 200
    signed_in.post(url("draft_mark_sent", draft))
    assert signed_in.get(url("draft_edit", draft)).url == url("draft_copy", draft)
    assert f"{url('draft_edit', draft)}?edit=1" in signed_in.get(url("draft_copy", draft)).content.decode()
    assert signed_in.get(url("draft_edit", draft) + "?edit=1").status_code == 200


def test_that_a_letter_is_marked_as_sent_is_said_with_its_time_and_can_be_undone_there(signed_in, interview):
    first, second = drafts(interview, 2)
    for draft in (first, second):
        undo = f'action="{url("draft_mark_unsent", draft)}"'
        answer = signed_in.post(url("draft_mark_sent", draft), follow=True)
        draft.refresh_from_db()
        page = answer.content.decode()
        assert f"marked as sent on {plans.own_time(draft.sent_at, interview)}." in page.replace(
            "Marked", "marked"
        )
        assert undo in page.partition("<main")[2].partition("</form>")[0]
        # Said once.
        assert "data-sent-said" not in signed_in.get(answer.request["PATH_INFO"]).content.decode()
    # Other messages have nothing to undo.
    assert (
        "data-sent-said" not in signed_in.post(url("draft_mark_unsent", first), follow=True).content.decode()
    )


def test_a_sent_letter_with_a_time_to_come_can_be_planned_instead(signed_in, interview):
    (draft,) = drafts(interview, 1)
    signed_in.post(url("draft_mark_sent", draft), follow=True)
    future = (timezone.now() + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    answer = signed_in.post(url("draft_mark_sent", draft), {"at": future})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Plan it instead" in page
    assert page.count(" autofocus") == 1
    assert (
        "Plan it instead" not in signed_in.post(url("draft_mark_sent", draft), {"at": "x"}).content.decode()
    )
    # Without saying so, a sent letter stays sent.
    signed_in.post(url("draft_plan", draft), {"at": future})
    draft.refresh_from_db()
    assert draft.sent_at
    signed_in.post(url("draft_plan", draft), {"at": future, "instead": "1"})
    draft.refresh_from_db()
    assert draft.sent_at is None
    assert draft.planned_at
