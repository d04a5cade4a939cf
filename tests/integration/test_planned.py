"""A letter that will be sent later: planned, due at its time, and marked as sent with the time it went out."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from drafts import services
from drafts.pages import plans
from drafts.reminders.listing import listing
from tests.factories import InterviewerFactory, InterviewFactory, NotedInterviewerFactory

# Sunday evening in Berlin, after an interview that ended on Sunday at 16:30.
ENDED = dt.datetime(2026, 3, 1, 15, 30, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 3, 1, 21, 0, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)
MONDAY_WORDS = "Monday, March 2, 9:00 AM (Berlin time)"


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def interview(candidate):
    return InterviewFactory(candidate=candidate, ended_at=ENDED, company="Zylker")


@pytest.fixture
def draft(interview):
    return services.create_draft(NotedInterviewerFactory(interview=interview, order=0))


def press(client, name, draft, at=None):
    return client.post(reverse(name, args=[draft.id]), {} if at is None else {"at": at})


def text_of(client, address):
    return client.get(address).content.decode()


def copy_page(draft):
    return reverse("draft_copy", args=[draft.id])


def test_a_plan_is_offered_for_the_recommended_time(signed_in, interview, draft):
    answer = signed_in.get(copy_page(draft))
    assert answer.context["plan_form"]["at"].value() == "2026-03-02T09:00"
    assert "Plan it" in answer.content.decode()
    assert reverse("interview_calendar", args=[interview.id]) in answer.content.decode()


def test_a_planned_letter_is_planned_on_every_page(signed_in, interview, draft):
    assert press(signed_in, "draft_plan", draft, "2026-03-02T09:00").url == copy_page(draft)
    draft.refresh_from_db()
    assert draft.planned_at == MONDAY
    words = f"Planned for {MONDAY_WORDS}."
    for address in (copy_page(draft), "/"):
        assert words in text_of(signed_in, address)
    assert "Planned for Monday, March 2, 9:00 AM." in text_of(signed_in, interview.get_absolute_url())
    assert "Planned for Monday, March 2, 9:00 AM" in text_of(signed_in, reverse("interview_list"))


def test_a_planned_letter_is_not_due_before_its_time_and_due_then(signed_in, candidate, draft, now):
    assert plans.due(candidate, NOW).count == 1
    press(signed_in, "draft_plan", draft, "2026-03-02T09:00")
    due = plans.due(candidate, NOW)
    assert (due.count, len(due.waiting), due.waiting[0].at) == (0, 1, MONDAY)
    assert "Nothing is due right now." in text_of(signed_in, "/")
    assert listing(candidate, (), NOW, NOW + dt.timedelta(days=1)).new[0].when.startswith("Planned for")
    now.move_to(MONDAY)
    assert plans.due(candidate, MONDAY).count == 1
    signed_in.force_login(candidate)
    assert "Did you send it?" in text_of(signed_in, copy_page(draft))


def test_a_plan_moves_the_event_in_the_calendar(signed_in, interview, draft):
    address = reverse("interview_calendar", args=[interview.id])
    press(signed_in, "draft_plan", draft, "2026-03-02T11:15")
    assert "DTSTART;TZID=Europe/Berlin:20260302T111500" in text_of(signed_in, address)
    press(signed_in, "draft_plan", draft, "")
    assert "T111500" not in text_of(signed_in, address)


def test_a_plan_can_be_changed_and_ended(signed_in, draft):
    for at, planned in (
        ("2026-03-02T09:00", MONDAY),
        ("2026-03-03T09:00", MONDAY + dt.timedelta(days=1)),
        ("", None),
    ):
        press(signed_in, "draft_plan", draft, at)
        draft.refresh_from_db()
        assert draft.planned_at == planned


@pytest.mark.parametrize(
    ("name", "at", "message"),
    [
        (
            "draft_plan",
            "2026-03-01T21:59",
            "That time is over. Enter a later one, or mark the letter as sent.",
        ),
        ("draft_plan", "soon", "Enter the date and time like this: 2026-11-20T09:00."),
        ("draft_plan", "2028-01-01T09:00", "Check the date. It’s more than a year from the interview."),
        (
            "draft_mark_sent",
            "2026-03-02T09:00",
            "That’s in the future. Enter when you sent it, or plan it instead.",
        ),
    ],
)
def test_a_time_that_cannot_be_is_said_and_kept(signed_in, draft, name, at, message):
    answer = press(signed_in, name, draft, at)
    assert answer.status_code == 422
    form = answer.context["plan_form" if name == "draft_plan" else "sent_form"]
    assert (form.errors["at"], form["at"].value()) == ([message], at)
    draft.refresh_from_db()
    assert (draft.planned_at, draft.sent_at) == (None, None)


def test_marked_as_sent_with_the_time_it_went_out(signed_in, draft):
    press(signed_in, "draft_plan", draft, "2026-03-02T09:00")
    press(signed_in, "draft_mark_sent", draft, "2026-03-01T18:05")
    draft.refresh_from_db()
    assert (draft.sent_at, draft.planned_at) == (ENDED.replace(hour=17, minute=5), None)
    # Corrected afterward; marked once more without a time, it stays.
    assert press(signed_in, "draft_mark_sent", draft, "2026-03-01T19:05").url == copy_page(draft)
    press(signed_in, "draft_mark_sent", draft)
    draft.refresh_from_db()
    assert draft.sent_at == ENDED.replace(hour=18, minute=5)


def test_of_a_forwarded_letter_both_times_are_corrected_together(signed_in, interview, draft):
    route = services.create_draft(draft.interviewer, "to_forward")
    press(signed_in, "draft_plan", route, "2026-03-02T09:00")
    draft.refresh_from_db()
    assert draft.planned_at == MONDAY
    press(signed_in, "draft_mark_sent", route)
    press(signed_in, "draft_mark_sent", route, "2026-03-01T19:05")
    for one in (draft, route):
        one.refresh_from_db()
        assert one.sent_at == ENDED.replace(hour=18, minute=5)
    assert "You didn’t send this letter." in text_of(signed_in, copy_page(draft))


def test_the_next_letter_is_none_that_is_planned(signed_in, interview, draft):
    planned = services.create_draft(NotedInterviewerFactory(interview=interview, order=1))
    press(signed_in, "draft_plan", planned, "2026-03-02T09:00")
    answer = press(signed_in, "draft_mark_sent", draft)
    assert answer.url == interview.get_absolute_url()
    assert "That was the last letter" not in text_of(signed_in, answer.url)
    InterviewerFactory(interview=interview, order=2)
    assert "Next: notes about" in text_of(signed_in, interview.get_absolute_url())


LATE = dt.datetime(2026, 3, 2, 18, 0, tzinfo=dt.UTC)  # Monday evening, when the 24 hours are over


def test_what_is_planned_is_not_late(signed_in, interview, draft, now):
    other = services.create_draft(NotedInterviewerFactory(interview=interview, order=1))
    pages = (interview.get_absolute_url(), copy_page(draft), draft.get_absolute_url())
    now.move_to(LATE)
    signed_in.force_login(interview.candidate)
    assert [" late" in text_of(signed_in, one) for one in pages] == [True, True, True]
    press(signed_in, "draft_plan", draft, "2026-03-03T09:00")
    # The other letter is still late.
    assert [" late</span>" in text_of(signed_in, one) for one in pages] == [True, False, False]
    press(signed_in, "draft_plan", other, "2026-03-03T08:00")
    assert [" late</span>" in text_of(signed_in, one) for one in pages] == [False, False, False]
    assert "Planned for Tuesday, March 3, 8:00 AM (Berlin time)." in text_of(signed_in, pages[0])
    assert "Planned for Tuesday, March 3, 9:00 AM (Berlin time)." in text_of(signed_in, pages[2])


def test_the_list_of_people_counts_what_the_letter_does(signed_in, interview, draft, now):
    now.move_to(LATE)
    signed_in.force_login(interview.candidate)

    def counted():
        [card] = signed_in.get(interview.get_absolute_url()).context["cards"]
        checked = signed_in.get(draft.get_absolute_url()).context["checked"]
        rules = [note.finding.rule for note in checked.notes]
        assert (card.readiness.fix, card.readiness.consider) == (checked.fix, checked.consider)
        return "timing" in rules, checked.consider

    late, count = counted()
    assert late
    press(signed_in, "draft_plan", draft, "2026-03-03T09:00")
    assert counted() == (False, count - 1)


def test_a_correction_is_offered_only_to_whom_a_letter_went(signed_in, interview, draft):
    other = services.create_draft(NotedInterviewerFactory(interview=interview, order=1))
    press(signed_in, "draft_plan", other, "2026-03-02T09:00")
    press(signed_in, "draft_mark_sent", draft)

    def corrected():
        offers = signed_in.get(interview.get_absolute_url()).context["after"].offers
        return [one.person.id for offer in offers if offer.about.kind == "typo" for one in offer.letters]

    assert corrected() == [draft.interviewer_id]
    press(signed_in, "draft_mark_sent", other)
    assert corrected() == [draft.interviewer_id, other.interviewer_id]
