"""Editing the first step later, in one tab or two."""

import datetime as dt

import pytest
from django.urls import reverse

from drafts import services
from drafts.models import Interview
from tests.factories import DraftFactory, InterviewerFactory, InterviewFactory
from tests.integration.test_interview_new import given


@pytest.fixture
def interview(candidate):
    return InterviewFactory(
        candidate=candidate, company="Zylker", ended_at=dt.datetime(2026, 11, 3, 15, 30, tzinfo=dt.UTC)
    )


def page(interview):
    return reverse("interview_edit", args=[interview.id])


def as_sent(client, interview, **changes):
    """What the browser sends from the unchanged page."""
    form = client.get(page(interview)).context["form"]
    values = {name: form[name].value() for name in form.fields if name != "confirm_old"}
    return {name: "" if value is None else str(value) for name, value in values.items()} | changes


def test_the_page_holds_what_is_stored(signed_in, interview):
    sent = as_sent(signed_in, interview)
    assert (sent["ended_at"], sent["time_zone"], sent["company"]) == ("2026-11-03T16:30", "Berlin", "Zylker")


def test_saving_goes_to_the_interview(signed_in, interview):
    InterviewerFactory(interview=interview)
    answer = signed_in.post(page(interview), as_sent(signed_in, interview, company="Zylker AG"))
    assert answer.url == interview.get_absolute_url()
    interview.refresh_from_db()
    assert (interview.company, interview.version) == ("Zylker AG", 2)
    assert "zylker ag" in interview.search_text


@pytest.mark.parametrize(
    "moment",
    [
        dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC),  # The later 2:30 of that night in Berlin.
        dt.datetime(2026, 11, 3, 15, 30, 20, tzinfo=dt.UTC),
        dt.datetime(2014, 11, 3, 15, 30, tzinfo=dt.UTC),  # Over a year ago, and once confirmed.
    ],
)
def test_an_unchanged_moment_is_kept(signed_in, interview, moment):
    Interview.objects.update(ended_at=moment)
    assert signed_in.post(page(interview), as_sent(signed_in, interview, team="Core")).status_code == 302
    interview.refresh_from_db()
    assert (interview.ended_at, interview.team) == (moment, "Core")


def test_invalid_input_is_rejected_and_kept(signed_in, interview):
    answer = signed_in.post(page(interview), as_sent(signed_in, interview, company="", team="Core"))
    assert answer.status_code == 422
    assert answer.context["form"]["team"].value() == "Core"
    interview.refresh_from_db()
    assert interview.company == "Zylker"


def test_two_tabs_lose_nothing(signed_in, interview):
    first = as_sent(signed_in, interview, company="First GmbH")
    second = as_sent(signed_in, interview, company="Second GmbH", team="Core")
    signed_in.post(page(interview), first)
    answer = signed_in.post(page(interview), second)
    assert answer.status_code == 409
    interview.refresh_from_db()
    assert interview.company == "First GmbH"
    form = answer.context["form"]
    assert (form["company"].value(), form["team"].value()) == ("Second GmbH", "Core")
    assert {str(label): text for label, text in answer.context["conflict"].items()} == {
        "Company": "First GmbH",
        "Team": "Routing",
    }
    assert signed_in.post(page(interview), second | {"version": form["version"].value()}).status_code == 302
    interview.refresh_from_db()
    assert (interview.company, interview.team) == ("Second GmbH", "Core")


@pytest.mark.parametrize("version", ["", "x", "-1", "1.5", "9" * 30])
def test_an_invalid_version_is_not_checked(signed_in, interview, version):
    sent = as_sent(signed_in, interview, version=version)
    assert signed_in.post(page(interview), sent).status_code == 302


def test_untouched_letters_follow_and_edited_ones_stay(signed_in, candidate, interview):
    edited = DraftFactory(
        interviewer__interview=interview,
        body="Mine",
        edited_at=dt.datetime(2026, 11, 4, tzinfo=dt.UTC),
        facts_digest="x",
    )
    untouched = DraftFactory(interviewer__interview=interview, facts_digest="x")
    before = untouched.body
    signed_in.post(
        page(interview), as_sent(signed_in, interview, company="Kestrel Glass", position="Glassblower")
    )
    edited.refresh_from_db()
    untouched.refresh_from_db()
    assert edited.body == "Mine"
    assert untouched.body not in (before, "Mine")
    assert "Zylker" not in untouched.subject + untouched.body
    whole = services.read_whole(Interview.objects.get(pk=interview.pk))
    letter = whole.letter(untouched.interviewer)
    assert (untouched.subject, untouched.body) == (letter.subject, letter.body)
    assert whole.panel.interview.company == "Kestrel Glass"


def test_the_form_of_a_new_one_is_refused_likewise(signed_in, db):
    assert signed_in.post(reverse("interview_new"), given(company="")).status_code == 422
