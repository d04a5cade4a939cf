"""The public check page: what it finds, which input it refuses with a message, and that it stores nothing."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from drafts.models import Candidate, Draft, Interview

CHECK = reverse("check")
LETTER = """Hi Priya,

Thank you for taking the time to talk with me on Tuesday about the Staff Nurse position. You mentioned that the night
shift is short of two nurses, and that story about the storm in January has stayed with me.

I ran a ward of twenty beds for three years, and I would love to do the same for your team at Zylker. Could you tell me
when you expect to decide?

Best wishes,
Jordan Lee
"""
GOOD = {
    "to": "Priya Nair, Tom Berg",
    "company": "Zylker",
    "position": "Staff Nurse",
    "subject": "Thank you for the Staff Nurse interview",
    "body": LETTER,
    "full_name": "",
    "ended_at": "",
    "time_zone": "",
}


def check(client, **changed):
    return client.post(CHECK, GOOD | changed)


def rules_of(answer):
    groups = answer.context["checked"].groups
    return {note.finding.rule: str(group.severity) for group in groups for note in group.notes}


@pytest.mark.django_db
def test_a_letter_without_faults_is_ready(client):
    answer = check(client)
    assert answer.status_code == 200
    assert answer.context["checked"].is_ready
    assert "recipient" not in rules_of(answer)
    assert "timing" not in rules_of(answer)


@pytest.mark.django_db
def test_a_letter_with_faults_says_which_and_where(client):
    answer = check(client, body=LETTER.replace("Zylker", "[Company]").replace("Hi Priya", "Hi Sarah"))
    assert not answer.context["checked"].is_ready
    assert {"placeholder": "fix", "greeting": "fix"}.items() <= rules_of(answer).items()
    [blank] = [
        note
        for group in answer.context["checked"].groups
        for note in group.notes
        if note.finding.rule == "placeholder"
    ]
    assert (blank.excerpt, blank.line) == ("[Company]", 6)
    assert "Line 6" in answer.text


@pytest.mark.django_db
def test_no_note_asks_for_what_a_pasted_letter_does_not_have(client):
    body = "Hi Priya,\n\nThank you for your time. I like the flurgle, Tom.\n\nBest wishes,\nJordan Lee"
    answer = check(client, body=body)
    assert {"wrong_name", "spelling", "personal"} <= rules_of(answer).keys()
    messages = [note.finding.message for group in answer.context["checked"].groups for note in group.notes]
    assert not [one for one in messages if "your notes" in one or "your words" in one]


@pytest.mark.django_db
def test_files_are_not_asked_about(client):
    answer = check(client, body=LETTER.replace("Could you", "I have attached my case study. Could you"))
    assert "attachment" not in rules_of(answer)


@pytest.mark.django_db
def test_the_letter_is_read_as_one_to_whom_it_greets(client):
    assert check(client).context["checked"].to == "Priya Nair"
    answer = check(client, body=LETTER.replace("Hi Priya", "Hi Tom"))
    assert answer.context["checked"].to == "Tom Berg"
    assert "greeting" not in rules_of(answer)


@pytest.mark.django_db
def test_a_name_and_a_moment_are_looked_at_where_given(client):
    answer = check(client, full_name="Ada Byron", ended_at="2020-01-02T10:00", time_zone="Chicago")
    assert {"unsigned", "timing"} <= rules_of(answer).keys()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"body": ""}, "Paste the letter."),
        ({"body": " \n "}, "Paste the letter."),
        ({"to": " , "}, "Enter the name of the person the letter is for."),
        ({"to": ",".join(f"Person {n}" for n in range(21))}, "Enter at most 20 names."),
        ({"company": ""}, "Enter the company’s name."),
        ({"position": "x" * 101}, "Shorten this to 100 characters."),
        ({"body": "word " * 20_000}, "Shorten this to 20000 characters."),
        ({"body": f"<p>{LETTER}</p>"}, "Paste the letter the way its reader will see it"),
        ({"subject": "a\nb"}, "Keep the subject on one line."),
        (
            {
                "body": "Sehr geehrte Frau Nair, vielen Dank für das freundliche Gespräch über die Stelle gestern."
            },
            "We can check letters in English only.",
        ),
        ({"ended_at": "2026-11-26T10:00"}, "Enter a city in the time zone"),
        ({"ended_at": "yesterday", "time_zone": "Chicago"}, "Enter the date and time like this"),
        (
            {"ended_at": "2026-03-08T02:30", "time_zone": "Chicago"},
            "That time didn’t exist in Chicago because the clocks went forward.",
        ),
    ],
)
def test_input_that_cannot_be_checked_is_given_back_with_a_message(client, changed, words):
    answer = check(client, **changed)
    assert answer.status_code == 422
    assert words in answer.text
    for name in GOOD:
        assert answer.context["form"][name].value() == (GOOD | changed)[name]


@pytest.mark.django_db
def test_markup_in_what_was_typed_stays_text(client):
    answer = check(client, to="<img src=x onerror=alert(1)>", company="<script>alert(1)</script>")
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text


@pytest.mark.django_db
def test_nothing_is_stored_and_nobody_is_signed_in(client, django_assert_num_queries):
    client.get(CHECK)
    with django_assert_num_queries(0):
        answer = check(client)
    assert "no-store" in answer["Cache-Control"]
    assert "no-store" in client.get(CHECK)["Cache-Control"]
    assert "sessionid" not in answer.cookies
    for model in (Candidate, Interview, Draft, Session):
        assert not model.objects.exists()


@pytest.mark.django_db
def test_a_form_from_another_site_is_rejected_and_the_input_given_back():
    answer = Client(enforce_csrf_checks=True).post(CHECK, GOOD)
    assert answer.status_code == 403
    assert "short of two nurses" in answer.text


@pytest.mark.django_db
def test_the_start_page_leads_there(client):
    assert f'href="{CHECK}"' in client.get("/").text
