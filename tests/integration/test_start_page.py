"""The start page each morning: what to send, what to expect, what to let go, and the last months as a picture."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from drafts.domain import window
from drafts.domain.facts import Kind, Role
from drafts.models import Draft, Interview
from drafts.pages.months import HEIGHT, SHOWN, TOP, recent
from tests.factories import (
    CandidateFactory,
    DraftFactory,
    InterviewerFactory,
    InterviewFactory,
    OutsiderFactory,
)

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 18, 12, tzinfo=dt.UTC)


def interview(candidate, ended_at, *, sent_after=None, outcome="", people=1, **values):
    """One with a letter to each of its people, sent so long after it ended; None: not sent."""
    found = InterviewFactory(candidate=candidate, ended_at=ended_at, outcome=outcome, **values)
    for _person in range(people):
        draft = DraftFactory(interviewer=InterviewerFactory(interview=found))
        if sent_after is not None:
            Draft.objects.filter(pk=draft.pk).update(sent_at=ended_at + sent_after)
    return found


def later_letter(found, kind, sent_at):
    draft = DraftFactory(interviewer=found.interviewers.first(), kind=kind)
    Draft.objects.filter(pk=draft.pk).update(sent_at=sent_at)


def headings(page):
    return re.findall(r"<h2[^>]*>([^<]*)</h2>", page.content.decode().split("<main")[1])


# ---------------------------------------------------------------- what to send, to expect and to let go


def test_the_page_is_in_the_order_of_a_morning(signed_in, candidate):
    now = timezone.now()
    interview(candidate, now - dt.timedelta(hours=3))
    interview(candidate, now - dt.timedelta(days=14), sent_after=dt.timedelta(hours=2))
    expected = (now + dt.timedelta(days=9)).date()
    waiting = interview(
        candidate, now - dt.timedelta(days=1), sent_after=dt.timedelta(hours=2), decision_expected_on=expected
    )
    over = interview(candidate, now - dt.timedelta(days=40), sent_after=dt.timedelta(hours=2))
    later_letter(over, Kind.NUDGE, now - dt.timedelta(days=30))
    later_letter(over, Kind.SECOND_NUDGE, now - dt.timedelta(days=20))
    page = signed_in.get("/")
    assert headings(page) == [
        "Still within 24 hours",
        "After the thank-you",
        "Coming up",
        "Time to let go",
        "Recent interviews",
    ]
    today = page.context["today"]
    assert [step.interview.pk for step in today.waiting] == [waiting.pk]
    assert [step.interview.pk for step in today.let_go] == [over.pk]
    assert "They said you’d hear by" in page.content.decode()


def test_nothing_to_send_is_said_beside_what_to_expect(signed_in, candidate):
    interview(candidate, timezone.now() - dt.timedelta(days=1), sent_after=dt.timedelta(hours=2))
    page = signed_in.get("/")
    assert headings(page) == ["Coming up", "Recent interviews"]
    assert "Nothing is due" in page.content.decode()


@pytest.mark.parametrize(("outcome", "days"), [("replied", 20), ("rejected", 20), ("", 70)])
def test_what_was_answered_or_is_long_over_is_not_to_be_let_go(signed_in, candidate, outcome, days):
    now = timezone.now()
    over = interview(
        candidate, now - dt.timedelta(days=100), sent_after=dt.timedelta(hours=2), outcome=outcome
    )
    later_letter(over, Kind.NUDGE, now - dt.timedelta(days=days + 10))
    later_letter(over, Kind.SECOND_NUDGE, now - dt.timedelta(days=days))
    assert signed_in.get("/").context["today"].let_go == []


def test_the_page_that_an_open_one_asks_for_says_the_same(signed_in, candidate):
    interview(candidate, timezone.now() - dt.timedelta(days=1), sent_after=dt.timedelta(hours=2))
    assert "Coming up" in signed_in.get("/due/").content.decode()


def thanked(found, name, role, sent_at):
    draft = DraftFactory(interviewer=InterviewerFactory(interview=found, full_name=name, role=role))
    Draft.objects.filter(pk=draft.pk).update(sent_at=sent_at)
    return draft.interviewer


def test_the_button_of_a_question_leads_to_it_and_names_whom_to_ask(signed_in, candidate):
    ended_at = timezone.now() - dt.timedelta(days=14)
    found = InterviewFactory(candidate=candidate, ended_at=ended_at)
    thanked(found, "Ann Peer", Role.PEER, ended_at)
    manager = thanked(found, "Zoe: Manager", Role.HIRING_MANAGER, ended_at)
    thanked(found, "Max Manager", Role.HIRING_MANAGER, ended_at)
    # A recruiter who was not thanked is not asked.
    DraftFactory(interviewer=InterviewerFactory(interview=found, role=Role.RECRUITER))
    url = reverse("follow_up_edit", args=[found.id, manager.id, "nudge"])
    body = signed_in.get("/").content.decode()
    assert re.search(rf'<a class="btn [^"]*" href="{url}">Write to Zoe: Manager</a>', body)
    assert '<p class="left">' not in body
    assert signed_in.get(url).status_code == 200


def test_the_button_of_an_answer_leads_to_the_choice_of_its_reader(signed_in, candidate):
    ended_at = timezone.now() - dt.timedelta(days=14)
    found = interview(candidate, ended_at, sent_after=dt.timedelta(hours=2), outcome="rejected", people=2)
    body = signed_in.get("/").content.decode()
    assert re.search(
        rf'<a class="btn [^"]*" href="{found.get_absolute_url()}#after">Reply to a rejection</a>', body
    )


def test_each_list_is_in_the_order_of_the_moments_to_send(signed_in, candidate, monkeypatch):
    """Noon of a Wednesday in London; the day in Sydney is over, and that in Chicago begins in two hours."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)

    def ended(hours, zone, country):
        return interview(
            candidate, NOW - dt.timedelta(hours=hours), time_zone=zone, country=country
        ).time_zone

    sydney, chicago = ("Australia/Sydney", "AU"), ("America/Chicago", "US")
    ended(30, *sydney)
    ended(40, *chicago)
    ended(3, *sydney)
    ended(2, *chicago)
    for zone, country in (sydney, chicago):
        interview(
            candidate,
            NOW - dt.timedelta(days=14),
            sent_after=dt.timedelta(hours=2),
            time_zone=zone,
            country=country,
        )
    page = signed_in.get("/")
    for one in (page.context["due"].open, page.context["due"].late, page.context["today"].due):
        assert [each.interview.time_zone for each in one] == ["America/Chicago", "Australia/Sydney"]


def test_letters_for_the_same_moment_always_have_the_same_order(signed_in, candidate, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    days = [20, 14, 16, 24, 18, 22]
    for number in days:
        interview(candidate, NOW - dt.timedelta(days=number), sent_after=dt.timedelta(hours=2))
    due = signed_in.get("/").context["today"].due
    assert len({one.at for one in due}) == 1
    assert [(NOW - one.interview.ended_at).days for one in due] == sorted(days)


def test_what_comes_up_is_one_list_by_moment(signed_in, candidate, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    to_come = interview(candidate, NOW + dt.timedelta(days=20))
    sent = interview(candidate, NOW - dt.timedelta(days=1), sent_after=dt.timedelta(hours=2))
    soon = interview(candidate, NOW + dt.timedelta(hours=2))
    for url in ("/", "/due/"):
        coming = signed_in.get(url).context["coming"]
        assert [one.interview.pk for one in coming] == [soon.pk, sent.pk, to_come.pk]


def test_the_candidates_own_time_is_said_where_it_is_another(signed_in, candidate, monkeypatch):
    """In Berlin it is 1 PM, in Sydney 11 PM and in Madrid the same."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    late = {"sent_after": dt.timedelta(hours=2), "time_zone": "Australia/Sydney", "country": "AU"}
    interview(candidate, NOW - dt.timedelta(hours=3), time_zone="America/Chicago", country="US")
    interview(candidate, NOW - dt.timedelta(days=14), **late)
    body = " ".join(signed_in.get("/").content.decode().split())
    assert "Wednesday, November 18, 9:00 AM (Chicago time). That’s 4:00 PM your time." in body
    assert (
        "Thursday, November 19, 9:00 AM (Sydney time). That’s Wednesday, November 18, 11:00 PM your time."
        in body
    )
    Interview.objects.update(time_zone="Europe/Madrid", country="ES")
    assert "your time" not in signed_in.get("/").content.decode()
    candidate.time_zone = ""
    candidate.save()
    assert "your time" not in signed_in.get("/").content.decode()


# ---------------------------------------------------------------- the last months


def test_the_figures_are_those_of_each_month(candidate):
    day = dt.timedelta(days=1)
    hours = dt.timedelta(hours=1)
    interview(candidate, NOW - 2 * day, sent_after=3 * hours, people=2, outcome="replied")
    interview(candidate, NOW - 3 * day, sent_after=24 * hours)
    interview(candidate, NOW - 4 * day, sent_after=25 * hours, outcome="no_reply")
    interview(candidate, NOW - 5 * day)
    interview(candidate, dt.datetime(2026, 10, 31, 23, 59, tzinfo=dt.UTC), sent_after=hours, outcome="offer")
    interview(candidate, dt.datetime(2026, 6, 1, tzinfo=dt.UTC), outcome="withdrawn")
    interview(candidate, dt.datetime(2026, 5, 31, 23, tzinfo=dt.UTC))  # before the first month shown
    interview(candidate, NOW + day)  # not over yet
    interview(CandidateFactory(), NOW - day, sent_after=hours)
    deleted = interview(candidate, NOW - day, sent_after=hours)
    Interview.objects.filter(pk=deleted.pk).update(deleted_at=NOW)
    _rows, found = recent(candidate, NOW)
    assert [(one.label, one.interviews, one.sent, one.in_time, one.replies) for one in found] == [
        ("June", 1, 0, 0, 0),
        ("July", 0, 0, 0, 0),
        ("August", 0, 0, 0, 0),
        ("September", 0, 0, 0, 0),
        ("October", 1, 1, 1, 1),
        ("November", 4, 4, 3, 1),
    ]


def test_people_outside_a_panel_and_their_letters_do_not_count(candidate):
    first = interview(candidate, NOW - dt.timedelta(days=2), sent_after=dt.timedelta(hours=1))
    interview(candidate, NOW - dt.timedelta(days=3))
    draft = DraftFactory(interviewer=OutsiderFactory(interview=first), kind=Kind.REFERRAL_THANKS)
    Draft.objects.filter(pk=draft.pk).update(sent_at=NOW)
    OutsiderFactory(interview=InterviewFactory(candidate=candidate, ended_at=NOW - dt.timedelta(days=4)))
    this_month = recent(candidate, NOW)[1][-1]
    assert (this_month.interviews, this_month.sent) == (2, 1)


def test_bars_stand_on_one_line_and_within_the_picture(candidate):
    for days in range(9):
        interview(candidate, NOW - dt.timedelta(days=days, hours=1), sent_after=dt.timedelta(hours=1))
    _rows, found = recent(candidate, NOW)
    assert len(found) == SHOWN
    bars = [bar for month in found for bar in month.bars]
    assert all(bar.y + bar.height == TOP + HEIGHT for bar in bars)
    assert max(bar.height for bar in bars) == HEIGHT
    assert [bar.x for bar in bars] == sorted({bar.x for bar in bars})
    assert 0 < bars[0].x < bars[-1].x < 100


def test_the_picture_has_its_table(signed_in, candidate):
    for days in (1, 2):
        interview(candidate, timezone.now() - dt.timedelta(days=days), sent_after=dt.timedelta(hours=1))
    page = signed_in.get("/").content.decode()
    assert "Your last few months" in page
    assert page.count('<th scope="row">') == SHOWN
    assert "style=" not in page.split("months-picture")[1].split("</details>")[0]


def test_there_is_no_picture_of_one_interview_and_none_for_a_visitor(client, signed_in, candidate):
    interview(candidate, timezone.now() - dt.timedelta(days=1))
    assert "Your last few months" not in signed_in.get("/").content.decode()
    client.logout()
    assert "months" not in client.get("/").content.decode()


def test_interviews_of_last_year_alone_make_no_picture(signed_in, candidate):
    for days in (400, 401, 402):
        interview(candidate, timezone.now() - dt.timedelta(days=days))
    assert "Your last few months" not in signed_in.get("/").content.decode()


# ---------------------------------------------------------------- headings and buttons


@pytest.mark.parametrize(("hours", "first"), [(3, "Still within 24 hours"), (60, "Overdue")])
def test_one_heading_stands_before_the_first_card(signed_in, candidate, hours, first):
    InterviewerFactory(interview=interview(candidate, timezone.now() - dt.timedelta(hours=hours)))
    page = signed_in.get("/").content.decode().split("<main")[1]
    before = page[: page.index("<article")]
    assert before.count("<h1") == 1
    # For screen readers, the cards, which are of the third level, belong to a heading of the second.
    assert re.findall(r'<h2[^>]*class="visually-hidden"[^>]*>([^<]*)<', before) == [first]
    assert before.count("<h2") == 1


def test_what_is_due_has_buttons_that_say_what_they_do(signed_in, candidate):
    found = InterviewFactory(candidate=candidate, ended_at=timezone.now() - dt.timedelta(hours=3))
    names = {"Ann New": None, "Ben Written": {}, "Cy Asked": {"unsure": ["enjoyed"]}}
    for order, (name, letter) in enumerate(names.items()):
        person = InterviewerFactory(interview=found, full_name=name, order=order)
        if letter is not None:
            Draft.objects.filter(pk=DraftFactory(interviewer=person).pk).update(**letter)
    assert buttons(signed_in) == ["Write to Ann New", "Send to Ben Written", "Finish the letter to Cy Asked"]
    Draft.objects.update(planned_at=timezone.now() + dt.timedelta(hours=3))
    assert sorted(buttons(signed_in)) == [
        "The letter to Ben Written",
        "The letter to Cy Asked",
        "Write to Ann New",
    ]


def buttons(client):
    return re.findall(r'<a class="btn btn-sm[^>]*>([^<]*)<', client.get("/").content.decode())


def test_a_question_whose_moment_has_come_is_to_be_sent_now(signed_in, candidate, monkeypatch):
    # A Wednesday, at work.
    now = dt.datetime(2026, 11, 18, 10, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    ended_at = now - dt.timedelta(days=14)
    found = InterviewFactory(candidate=candidate, ended_at=ended_at)
    thanked(found, "Priya Nair", Role.HIRING_MANAGER, ended_at)
    for address in ("/", found.get_absolute_url()):
        body = signed_in.get(address).content.decode()
        assert "Send it now." in body
        assert "Best time to send" not in body


# ---------------------------------------------------------------- its work


def test_the_start_page_does_not_word_the_advice_that_it_does_not_show(signed_in, candidate, monkeypatch):
    def refuse(_plan):
        raise AssertionError("this takes a twentieth of the page's time")

    monkeypatch.setattr(window, "_reason", refuse)
    interview(candidate, timezone.now() - dt.timedelta(hours=3))
    assert headings(signed_in.get("/")) == ["Still within 24 hours", "Recent interviews"]


def test_no_query_of_the_start_page_calls_python_for_each_row_but_to_add_a_day(signed_in, candidate):
    for days in (1, 2):
        interview(candidate, timezone.now() - dt.timedelta(days=days), sent_after=dt.timedelta(hours=1))
    with CaptureQueriesContext(connection) as queries:
        signed_in.get("/")
    slow = re.compile(r"django_(?!format_dtdelta)\w+|LPAD", re.IGNORECASE)
    assert not [found for query in queries for found in slow.findall(re.sub(r'"\w+"', "", query["sql"]))]
