"""Send times in the candidate's calendar: one interview's file, and the private feed."""

import datetime as dt
import statistics
import time

import icalendar
import pytest
from django.urls import reverse

from drafts import services
from drafts.models import Candidate
from tests.factories import CandidateFactory, DraftFactory, InterviewerFactory, InterviewFactory

ENDED = dt.datetime(2026, 11, 24, 13, 0, tzinfo=dt.UTC)


@pytest.fixture
def interview(candidate):
    return InterviewFactory(candidate=candidate, company="Zylker", ended_at=ENDED)


@pytest.fixture
def draft(interview):
    return DraftFactory(interviewer=InterviewerFactory(interview=interview, full_name="Priya Nair"))


def events(content):
    read = icalendar.Calendar.from_ical(content)
    assert read["METHOD"] == "PUBLISH"
    return [
        (str(event["UID"]), event["DTSTART"].dt, int(event["SEQUENCE"]), str(event.get("STATUS", "")))
        for event in read.walk("VEVENT")
    ]


def file(client, interview):
    return client.get(reverse("interview_calendar", args=[interview.id]))


def test_an_interview_has_its_send_time_and_its_deadline(signed_in, interview, draft):
    answer = file(signed_in, interview)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    (send, sent_at, _, _), (deadline, _, _, _) = events(answer.content)
    assert {send.split("-send@")[0], deadline.split("-deadline@")[0]} == {str(interview.id)}
    assert sent_at == ENDED + dt.timedelta(minutes=30)
    description = str(icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]["DESCRIPTION"])
    assert f"http://testserver{draft.get_absolute_url()}" in description
    assert "Priya Nair" in description


def test_the_sequence_grows_with_whatever_changed(signed_in, interview, draft):
    def sequence():
        return events(file(signed_in, interview).content)[0][2]

    seen = [sequence()]
    services.mark_sent(draft)
    seen.append(sequence())
    services.mark_unsent(draft)
    seen.append(sequence())
    services.save_panel(interview, [], None)
    seen.append(sequence())
    values = {name: getattr(interview, name) for name in services.INTERVIEW_FIELDS}
    services.update_interview(
        interview, values | {"time_zone": "Asia/Kathmandu"}, full_name="R", signature="", version=None
    )
    seen.append(sequence())
    services.set_sending(
        interview,
        {
            "work_opens": dt.time(9),
            "work_closes": dt.time(17),
            "work_days": "01234",
            "chosen_send_at": ENDED + dt.timedelta(hours=3),
        },
    )
    seen.append(sequence())
    assert seen == sorted(set(seen))
    assert events(file(signed_in, interview).content)[0][1] == ENDED + dt.timedelta(hours=3)


def test_an_interview_with_all_letters_sent_is_removed_from_the_calendar(signed_in, interview, draft):
    services.mark_sent(draft)
    assert [event[3] for event in events(file(signed_in, interview).content)] == ["CANCELLED", "CANCELLED"]


# ---------------------------------------------------------------- the feed


def feed(client, token):
    return client.get(reverse("calendar_feed", args=[token]))


def test_the_feed_is_read_without_signing_in(client, candidate, interview, draft):
    token = services.renew_calendar_token(candidate)
    InterviewFactory(candidate=CandidateFactory(), ended_at=ENDED)
    answer = feed(client, token)
    assert answer.status_code == 200
    assert [event[0] for event in events(answer.content)] == [
        f"{interview.id}-send@afterword",
        f"{interview.id}-deadline@afterword",
    ]


def test_the_feed_says_what_security_md_promises_and_no_more(client, candidate, interview, draft):
    """Send times, companies, positions, names of people who were not written to yet, and links."""
    DraftFactory(
        interviewer=InterviewerFactory(interview=interview, full_name="Ada Sent", email="ada@zylker.example"),
        sent_at=ENDED,
    )
    whole = feed(client, services.renew_calendar_token(candidate)).content.decode().replace("\r\n ", "")
    base = "http://testserver"
    for said in ("Zylker", interview.position, "Priya Nair", f"{base}{draft.get_absolute_url()}"):
        assert said in whole
    hidden = (
        "Ada Sent",
        draft.subject,
        draft.body,
        draft.interviewer.email,
        candidate.email,
        candidate.full_name,
    )
    assert [text for text in (*hidden, interview.field, interview.team) if text in whole] == []


def test_there_is_no_feed_until_it_is_asked_for(signed_in, candidate):
    page = signed_in.get(reverse("calendar")).content.decode()
    assert "webcal" not in page
    assert signed_in.post(reverse("calendar")).url == reverse("calendar")
    candidate.refresh_from_db()
    page = signed_in.get(reverse("calendar")).content.decode()
    assert f"webcal://testserver/calendar/{candidate.calendar_token}.ics" in page


def test_a_new_address_revokes_the_old_one(signed_in, client, candidate):
    first = services.renew_calendar_token(candidate)
    signed_in.post(reverse("calendar"))
    second = Candidate.objects.get(pk=candidate.pk).calendar_token
    assert second != first
    assert (feed(client, first).status_code, feed(client, second).status_code) == (404, 200)


@pytest.mark.parametrize("token", ["x", "None", "0" * 43, "é" * 20, "a" * 2000, "\N{NULL}"])
def test_a_wrong_address_is_not_found(client, db, candidate, token):
    assert feed(client, token).status_code == 404


def test_an_inactive_candidate_has_no_feed(client, candidate):
    token = services.renew_calendar_token(candidate)
    Candidate.objects.update(is_active=False)
    assert feed(client, token).status_code == 404


def test_a_wrong_address_takes_as_long_as_a_right_one(client, candidate, django_assert_num_queries):
    token = services.renew_calendar_token(candidate)
    for asked in (token, "0" * 43):
        with django_assert_num_queries(3):
            feed(client, asked)

    def seconds(asked):
        start = time.perf_counter()
        feed(client, asked)
        return time.perf_counter() - start

    pairs = [(seconds(token), seconds("0" * 43)) for _ in range(30)]
    right, wrong = (statistics.median(times) for times in zip(*pairs, strict=True))
    # The 404 page is longer; without the same work the ratio would be far lower.
    assert wrong / right > 0.5


def test_a_visitor_is_led_to_an_interview_first(client, db):
    assert client.post(reverse("calendar")).url == reverse("interview_new")
