"""The link that stops reminders, and the setting that starts them."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile

import pytest
from django.core import signing
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from drafts.exchange.account import FORMAT, JSON_NAME, VERSION
from drafts.models import Candidate, ReminderSchedule
from drafts.reminders.links import VALID_FOR, candidate_of_link, stop_link
from tests.conftest import GUEST_BACKEND
from tests.factories import CandidateFactory, InterviewFactory

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}
FILLED = {
    "full_name": "Maya Okafor",
    "usual_tone": "warm",
    "dialect": "american",
    "time_zone": "Chicago",
    "reminder_hour": "7",
}


@pytest.fixture(autouse=True)
def _mail_works(settings):
    settings.MAIL_WORKS, settings.SITE_URL = True, "https://afterword.example"


@pytest.fixture
def candidate(db):
    found = CandidateFactory(reminder_hour=8)
    ReminderSchedule.objects.create(candidate=found, next_at=dt.datetime(2026, 11, 16, 7, tzinfo=dt.UTC))
    return found


@pytest.fixture
def path(candidate):
    return stop_link(candidate.pk).removeprefix("https://afterword.example")


@pytest.fixture
def strict():
    """A browser in which forgery is looked for, without cookies of ours."""
    return Client(enforce_csrf_checks=True)


def is_on(candidate):
    candidate.refresh_from_db()
    has_row = ReminderSchedule.objects.filter(candidate=candidate).exists()
    assert has_row is (candidate.reminder_hour is not None)
    return has_row


# ---------------------------------------------------------------- stopping


def test_looking_at_the_link_stops_nothing(client, candidate, path, django_assert_num_queries):
    for method in (client.get, client.head):
        with django_assert_num_queries(0):
            answer = method(path)
        assert answer.status_code == 200
    assert is_on(candidate)
    page = client.get(path)
    assert "Stop reminders?" in page.text
    assert candidate.email not in page.text
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex"


def test_the_button_stops_them_without_cookies_and_twice_is_once(strict, candidate, path):
    assert 'name="List-Unsubscribe" value="One-Click"' in strict.get(path).text
    for _time in range(2):
        answer = strict.post(path, ONE_CLICK)
        assert (answer.status_code, "Reminders are off" in answer.text) == (200, True)
        assert not is_on(candidate)


def test_a_mail_program_stops_them_with_one_post(strict, candidate, path):
    """As RFC 8058 has it: no cookies, no redirect, as a form or in parts."""
    body = "List-Unsubscribe=One-Click"
    answer = strict.post(path, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert not is_on(candidate)


@pytest.mark.parametrize(
    "body",
    [{}, {"List-Unsubscribe": "Yes"}, {"other": "One-Click"}, {"List-Unsubscribe": ["One-Click", "x"]}],
)
def test_any_other_post_needs_the_token_against_forgery(strict, candidate, path, body):
    assert strict.post(path, body).status_code == 403
    assert is_on(candidate)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(client, candidate, path, method):
    assert getattr(client, method)(path).status_code == 405
    assert is_on(candidate)


def forgeries(candidate):
    other = CandidateFactory()
    token = stop_link(candidate.pk).split("/")[-2]
    key, made, signature = token.split(".")
    return {
        "nothing": "x",
        "zeros": "0" * 43,
        "the id alone": candidate.pk.hex,
        "cut off": token[:-5],
        "somebody else's id": f"{other.pk.hex}.{made}.{signature}",
        "another time": f"{key}.1w2x3y.{signature}",
        "another purpose": signing.TimestampSigner(salt="other", sep=".").sign(candidate.pk.hex),
        "another installation": signing.TimestampSigner(
            key="k" * 50, salt="drafts.reminders.stop", sep="."
        ).sign(candidate.pk.hex),
        "signed, but no id": signing.TimestampSigner(salt="drafts.reminders.stop", sep=".").sign("x"),
        "other letters": "日本語",
        "a null": "a%00b",
        "very long": "a" * 5000,
    }


def test_a_forged_or_foreign_link_says_what_to_do(client, candidate):
    for name, token in forgeries(candidate).items():
        address = f"/reminders/stop/{token}/"
        for answer in (client.get(address), client.post(address, ONE_CLICK)):
            assert answer.status_code == 404, name
            assert "Copy the whole link from the email." in answer.text, name
            assert "You can also turn reminders off in Settings" in answer.text, name
    assert is_on(candidate)


def test_an_old_link_says_what_to_do(client, candidate, path, time_machine):
    now = dt.datetime.now(dt.UTC)
    time_machine.move_to(now + VALID_FOR - dt.timedelta(hours=1))
    assert client.get(path).status_code == 200
    time_machine.move_to(now + VALID_FOR + dt.timedelta(hours=1))
    for answer in (client.get(path), client.post(path, ONE_CLICK)):
        assert answer.status_code == 410
        assert "Use the one in the newest reminder." in answer.text
    assert is_on(candidate)


def test_a_link_signed_with_the_key_before_still_works(client, candidate, path, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key for tests only " * 3
    assert client.post(path, ONE_CLICK).status_code == 200
    assert not is_on(candidate)


def test_the_link_of_a_deleted_account_is_fine(client, candidate, path):
    candidate.delete()
    assert "Reminders are off" in client.post(path, ONE_CLICK).text


def test_a_link_stops_the_reminders_of_whom_it_was_sent_to(client, candidate, path):
    """Whoever is signed in: a forwarded mail stops its own reminders, and no others."""
    other = CandidateFactory(reminder_hour=9)
    ReminderSchedule.objects.create(candidate=other, next_at=dt.datetime(2026, 11, 16, 7, tzinfo=dt.UTC))
    client.force_login(other, GUEST_BACKEND)
    client.post(path, ONE_CLICK)
    assert (is_on(candidate), is_on(other)) == (False, True)


def test_the_link_names_the_candidate(candidate):
    link = stop_link(candidate.pk)
    assert link.isascii()
    assert len(link) < 200
    assert candidate_of_link(link.split("/")[-2]) == candidate.pk


# ---------------------------------------------------------------- the setting


def test_reminders_are_off_until_somebody_turns_them_on(client, time_machine):
    owner = CandidateFactory(time_zone="")
    client.force_login(owner, GUEST_BACKEND)
    page = client.get("/settings/")
    assert page.context["form"]["reminder_hour"].value() is None
    assert '<option value="" selected>Never</option>' in page.text
    time_machine.move_to(dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), tick=False)
    assert client.post("/settings/", FILLED).status_code == 302
    owner.refresh_from_db()
    assert (owner.reminder_hour, owner.time_zone) == (7, "America/Chicago")
    assert owner.reminder_schedule.next_at == dt.datetime(2026, 11, 16, 13, tzinfo=dt.UTC)
    assert '<option value="7" selected>7:00 AM</option>' in client.get("/settings/").text
    client.post("/settings/", FILLED | {"reminder_hour": ""})
    assert not is_on(owner)


def test_midnight_is_an_hour(signed_in, candidate):
    signed_in.post("/settings/", FILLED | {"reminder_hour": "0"})
    assert is_on(candidate)
    assert '<option value="0" selected>12:00 AM</option>' in signed_in.get("/settings/").text


@pytest.mark.parametrize("hour", ["24", "-1", "7.5", "noon", "７", "1e1", "00", " "])
def test_an_hour_that_does_not_exist_is_refused_with_a_message(signed_in, candidate, hour):
    answer = signed_in.post("/settings/", FILLED | {"reminder_hour": hour, "full_name": "Typed Name"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"reminder_hour": ["Choose an option from the list."]}
    assert 'value="Typed Name"' in answer.text
    candidate.refresh_from_db()
    assert candidate.reminder_hour == 8


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("", "Enter your time zone, so that reminders come at the right time."),
        ("Atlantis", "We don’t know that city"),
        ("UTC\x00", ""),
        ("x" * 500, ""),
    ],
)
def test_without_a_time_zone_there_is_no_hour(signed_in, candidate, zone, words):
    answer = signed_in.post("/settings/", FILLED | {"time_zone": zone, "reminder_hour": "9"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["time_zone"]
    assert words in answer.text
    assert '<option value="9" selected>' in answer.text
    candidate.refresh_from_db()
    assert candidate.reminder_hour == 8


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        ("no mail", "This site doesn’t send email, so it can’t remind you."),
        ("nobody", "With an account, you can get an email on days when something is due."),
        ("guest", "With an account, you can get an email on days when something is due."),
        ("unconfirmed", "We send reminders only to a confirmed email address."),
    ],
)
def test_where_they_are_not_offered_the_page_says_why(client, candidate, guest, settings, situation, words):
    if situation == "no mail":
        settings.MAIL_WORKS = False
    if situation == "unconfirmed":
        candidate.emailaddress_set.update(verified=False)
    if situation != "nobody":
        client.force_login(guest if situation == "guest" else candidate, GUEST_BACKEND)
    page = client.get("/settings/")
    assert words in page.text
    assert "reminder_hour" not in page.context["form"].fields
    # Asked for all the same it changes nothing, and what was set stays set.
    assert client.post("/settings/", FILLED).status_code == 302
    assert is_on(candidate)
    assert candidate.reminder_hour == 8
    assert Candidate.objects.filter(reminder_hour=7).count() == 0


def test_an_old_tab_does_not_turn_on_again_what_the_link_turned_off(signed_in, candidate, path):
    page = signed_in.get("/settings/").text
    assert '<input type="hidden" name="reminder_hour_shown" value="8"' in page
    Client().post(path, ONE_CLICK)
    old_tab = FILLED | {"reminder_hour": "8", "reminder_hour_shown": "8"}
    signed_in.post("/settings/", old_tab | {"full_name": "Somebody Else"})
    assert not is_on(candidate)
    assert candidate.full_name == "Somebody Else"
    # Chosen anew it counts, and one refused for another reason keeps what its page had shown.
    answer = signed_in.post("/settings/", old_tab | {"dialect": "klingon"})
    assert '<input type="hidden" name="reminder_hour_shown" value="8"' in answer.text
    signed_in.post("/settings/", FILLED | {"reminder_hour": "8", "reminder_hour_shown": ""})
    assert is_on(candidate)
    signed_in.post("/settings/", FILLED | {"reminder_hour": "", "reminder_hour_shown": "8"})
    assert not is_on(candidate)


def test_no_time_zone_is_refused_where_reminders_stay_on(signed_in, candidate):
    sent = FILLED | {"time_zone": "", "reminder_hour": "8", "reminder_hour_shown": "8"}
    assert list(signed_in.post("/settings/", sent).context["form"].errors) == ["time_zone"]


def test_the_database_refuses_an_hour_that_does_not_exist(candidate):
    with pytest.raises(IntegrityError), transaction.atomic():
        Candidate.objects.filter(pk=candidate.pk).update(reminder_hour=24)


def test_the_settings_page_asks_again_for_the_address(signed_in, settings):
    settings.MAIL_WORKS = False
    signed_in.get("/settings/")
    with CaptureQueriesContext(connection) as without:
        signed_in.get("/settings/")
    settings.MAIL_WORKS = True
    with CaptureQueriesContext(connection) as offered:
        signed_in.get("/settings/")
    assert len(offered) == len(without) + 1


# ---------------------------------------------------------------- the account file


def test_the_account_file_carries_the_hour_and_not_the_schedule(signed_in, candidate):
    InterviewFactory(candidate=candidate)
    content = signed_in.get(reverse("account_export"), {"download": 1}).getvalue()
    document = json.loads(zipfile.ZipFile(io.BytesIO(content)).read("afterword.json"))
    assert document["settings"]["reminder_hour"] == 8
    assert "next_at" not in json.dumps(document)
    new = CandidateFactory(full_name="", signature="", time_zone="")
    client = Client()
    client.force_login(new, GUEST_BACKEND)
    file = io.BytesIO(content)
    file.name = "afterword.zip"
    assert client.post(reverse("account_import"), {"archive": file}).status_code == 302
    assert is_on(new)
    assert (new.reminder_hour, new.time_zone) == (8, "Europe/Berlin")
    # Turned off since, the file does not turn them on again.
    client.post("/settings/", FILLED | {"reminder_hour": ""})
    file.seek(0)
    client.post(reverse("account_import"), {"archive": file})
    assert not is_on(new)


@pytest.mark.parametrize("hour", ["8", 24, -1, True, 8.5, [8], {}])
def test_an_account_file_with_an_hour_that_does_not_exist_is_refused_in_words(signed_in, candidate, hour):
    document = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": "2026-11-16T12:00:00+00:00",
        "settings": {"reminder_hour": hour},
        "interviews": [],
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(JSON_NAME, json.dumps(document))
    file.seek(0)
    file.name = "afterword.zip"
    answer = signed_in.post(reverse("account_import"), {"archive": file})
    assert answer.status_code == 422
    assert "settings.reminder_hour" in answer.text
