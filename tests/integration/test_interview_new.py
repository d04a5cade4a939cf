"""The first step: the first save creates a guest; invalid input is reported next to its field and kept."""

import datetime as dt
import re
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from drafts.models import Candidate, Interview
from tests.factories import InterviewFactory

URL = "/interviews/new/"


def given(**changes):
    """A first step as a browser sends it."""
    values = {
        "id": str(uuid.uuid4()),
        "version": "",
        "full_name": "Robin Meyer",
        "signature": "Robin\r\n+1 555 0100",
        "company": "Zylker",
        "position": "Platform Engineer",
        "ended_at": (timezone.now() - dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
        "time_zone": "Berlin",
        "stage": "panel",
        "field": "fintech",
        "team": "Payments",
        "country": "DE",
    }
    return {key: value for key, value in (values | changes).items() if value is not None}


def test_the_first_save_makes_a_guest_and_goes_on_to_the_panel(client, db):
    answer = client.post(URL, given(ended_at="2026-11-19T15:10", confirm_old="on"))
    interview = Interview.objects.get()
    assert answer.url == reverse("panel_edit", args=[interview.id])
    candidate = interview.candidate
    assert (candidate.is_guest, candidate.full_name, candidate.signature) == (
        True,
        "Robin Meyer",
        "Robin\n+1 555 0100",
    )
    assert (interview.company, interview.field, interview.team, interview.stage, interview.country) == (
        "Zylker",
        "fintech",
        "Payments",
        "panel",
        "DE",
    )
    assert interview.ended_at == dt.datetime(2026, 11, 19, 15, 10, tzinfo=ZoneInfo("Europe/Berlin"))
    assert client.get(answer.url).status_code == 200


def test_looking_makes_no_guest(client, db):
    client.get(URL)
    client.get("/")
    assert Candidate.objects.count() == 0


def test_nothing_that_is_refused_makes_a_guest(client, db):
    assert client.post(URL, given(company="")).status_code == 422
    assert Candidate.objects.count() == 0


def test_the_second_interview_has_the_same_guest_and_name(client, db):
    client.post(URL, given())
    form = client.get(URL).context["form"]
    assert (form["full_name"].value(), form["signature"].value()) == ("Robin Meyer", "Robin\n+1 555 0100")
    client.post(URL, given(full_name=None, signature=None))
    assert [interview.candidate.full_name for interview in Interview.objects.all()] == ["Robin Meyer"] * 2
    assert Candidate.objects.count() == 1


def test_sent_twice_it_is_one_interview(client, db):
    values = given()
    client.post(URL, values)
    assert client.post(URL, values).status_code == 302
    # A different text with the same id is a conflict, and is saved once the user has seen it.
    answer = client.post(URL, values | {"company": "Zylker GmbH"})
    assert answer.status_code == 409
    version = answer.context["form"]["version"].value()
    client.post(URL, values | {"company": "Zylker GmbH", "version": version})
    assert [interview.company for interview in Interview.objects.all()] == ["Zylker GmbH"]


def test_back_and_a_second_tab_may_still_save_after_the_first_save(db):
    client = Client(enforce_csrf_checks=True)
    page = client.get(URL).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    values = given(csrfmiddlewaretoken=token)
    assert client.post(URL, values).status_code == 302
    assert client.post(URL, values).status_code == 302
    assert client.post(URL, given(csrfmiddlewaretoken=token)).status_code == 302
    assert Interview.objects.count() == 2


def test_the_id_of_someone_elses_interview_is_not_taken(signed_in):
    other = InterviewFactory(company="Theirs")
    signed_in.post(URL, given(id=str(other.id)))
    other.refresh_from_db()
    assert other.company == "Theirs"
    assert Interview.objects.count() == 2


@pytest.mark.parametrize("key", ["", "1", "x" * 5000, "null"])
def test_an_invalid_id_counts_as_none(client, db, key):
    assert client.post(URL, given(id=key)).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"full_name": " "}, "full_name", "Enter your name. It’s used to sign your letters."),
        ({"full_name": None}, "full_name", "Enter your name. It’s used to sign your letters."),
        ({"company": ""}, "company", "Enter the company’s name."),
        ({"company": None}, "company", "Enter the company’s name."),
        ({"position": ""}, "position", "Enter the position you interviewed for."),
        ({"ended_at": ""}, "ended_at", "Enter the date and time the interview ended."),
        ({"time_zone": ""}, "time_zone", "Enter a city in the time zone of the people you met."),
        ({"company": "x" * 10_000}, "company", "Shorten this to 100 characters. It has 10000."),
        ({"company": "a " * 40}, "company", "Shorten this to 15 words. It has 40."),
        ({"company": "Zyl\nker"}, "company", "Keep this on one line: remove the line breaks."),
        ({"full_name": "Robin\r\nMeyer"}, "full_name", "Keep this on one line: remove the line breaks."),
        ({"team": "A\u2028B"}, "team", "Keep this on one line: remove the line breaks."),
        (
            {"company": "Zyl\0ker"},
            "company",
            "Remove the character that can’t be sent in an email (U+0000).",
        ),
        (
            {"signature": "a\x07"},
            "signature",
            "Remove the character that can’t be sent in an email (U+0007).",
        ),
        ({"signature": "x" * 501}, "signature", "Shorten this to 500 characters. It has 501."),
        ({"ended_at": "yesterday"}, "ended_at", "Enter the date and time like this: 2026-11-19T15:10."),
        (
            {"ended_at": "2026-02-30T10:00"},
            "ended_at",
            "Enter the date and time like this: 2026-11-19T15:10.",
        ),
        ({"ended_at": "0001-01-01T00:00"}, "ended_at", "Check the year."),
        ({"ended_at": "9999-12-31T23:59"}, "ended_at", "Check the year."),
        ({"ended_at": "2026-11-19T15:10\0"}, "ended_at", None),
        (
            {"ended_at": "2026-03-29T02:30"},
            "ended_at",
            "That time didn’t exist in Berlin because the clocks went forward. "
            "Enter the time after the change.",
        ),
        (
            {"time_zone": "Berlim"},
            "time_zone",
            "We don’t know that city. Did you mean Berlin",
        ),
        (
            {"time_zone": "qqqqqq"},
            "time_zone",
            "We don’t know that city. Enter a large city in the same time zone.",
        ),
        ({"time_zone": "x" * 10_000}, "time_zone", "Shorten this"),
        ({"time_zone": "../../etc/passwd"}, "time_zone", "We don’t know that city."),
        ({"time_zone": "Ber\0lin"}, "time_zone", None),
        ({"stage": "lunch"}, "stage", "Choose an option from the list."),
        ({"country": "Germany"}, "country", "Choose a country from the list."),
        ({"country": "QQ"}, "country", "Choose a country from the list."),
    ],
)
def test_invalid_input_is_reported_next_to_its_field(client, db, changes, field, message):
    sent = given(**changes)
    answer = client.post(URL, sent)
    assert answer.status_code == 422
    assert Interview.objects.count() == 0
    form = answer.context["form"]
    assert list(form.errors) == [field]
    if message:
        assert form.errors[field][0].startswith(message)
    for name, typed in sent.items():
        if name in form.fields and name != "id":
            # Exactly, except that a page never sends a null character back.
            assert form[name].value() == typed


@pytest.mark.parametrize("code", ["D800", "DFFF"])
def test_a_lone_surrogate_is_rejected_with_a_message(code):
    from drafts.forms import InterviewForm

    form = InterviewForm(given(company=f"Zyl{chr(int(code, 16))}ker"))
    assert form.errors == {
        "company": [f"Remove the character that can’t be sent in an email (U+{code})."],
    }


def test_ten_years_ago_is_asked_about(client, db):
    long_ago = given(ended_at="2016-11-19T15:10")
    answer = client.post(URL, long_ago)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "ended_at": ["This is more than a year away. Correct it, or check the box below to keep it."]
    }
    assert 'name="confirm_old"' in answer.content.decode()
    assert client.post(URL, long_ago | {"confirm_old": "on"}).status_code == 302
    assert Interview.objects.get().ended_at.year == 2016


def test_the_question_about_the_date_is_not_asked_otherwise(client, db):
    assert 'name="confirm_old"' not in client.get(URL).content.decode()


def test_the_future_is_allowed_with_a_note(client, db):
    soon = (timezone.now() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    answer = client.post(URL, given(ended_at=soon), follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "According to this time, the interview hasn’t ended yet. If that’s what you meant, carry on."
    ]


def test_where_the_clocks_went_back_the_earlier_moment_is_meant(client, db):
    client.post(URL, given(ended_at="2026-10-25T02:30"))
    assert Interview.objects.get().ended_at == dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("text", ["2026-11-19T15:10:30", "2026-11-19 15:10:30", " 2026-11-19T15:10:30 "])
def test_seconds_may_be_given(client, db, text):
    client.post(URL, given(ended_at=text))
    assert Interview.objects.get().ended_at == dt.datetime(2026, 11, 19, 14, 10, 30, tzinfo=dt.UTC)


def test_an_offset_outranks_the_zone(client, db):
    client.post(URL, given(ended_at="2026-11-19T15:10+05:30"))
    assert Interview.objects.get().ended_at == dt.datetime(2026, 11, 19, 9, 40, tzinfo=dt.UTC)


@pytest.mark.parametrize("code", ["US-CA", "us-ca", "GB"])
def test_a_country_may_have_a_subdivision(client, db, code):
    client.post(URL, given(country=code))
    assert Interview.objects.get().country == code.upper()


HOSTILE = [
    "{}",
    "$x %s {{ x }} {% y %}",
    "<b>Z</b>",
    "\"Z\" 'y'",
    "Żółć & Söhne",
    "🙂 👩‍👩‍👧",
    "שלום",
    "e\u0301",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_kept_exactly_and_escaped(client, db, text):
    answer = client.post(URL, given(company=text), follow=True)
    assert Interview.objects.get().company == text
    assert "<b>Z</b>" not in answer.content.decode()


def test_the_examples_of_the_first_step_are_of_several_trades(client):
    """Nobody knows yet what the interview is for."""
    form = client.get(reverse("interview_new")).context["form"]
    for name in ("position", "field", "team"):
        assert form[name].help_text.count(", ") >= 2, name
