"""The language of the pages: the browser's, or as chosen; letters stay in English."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
import time_machine
from django.contrib.auth import get_user
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from drafts.accounts.passkeys import AddPasskeyForm, RenamePasskeyForm
from drafts.domain.messages import Message
from drafts.models import Candidate, ReminderSchedule
from drafts.reminders.sending import send_due_reminders
from drafts.translation import translated
from tests.conftest import GUEST_BACKEND
from tests.factories import CandidateFactory, DraftFactory, InterviewerFactory, InterviewFactory

WORDS = {"en": "Settings", "de": "Einstellungen", "es": "Ajustes", "fr": "Réglages"}
SETTINGS = {"full_name": "Robin Meyer", "usual_tone": "warm", "dialect": "american"}


def language_of(answer):
    text = answer.content.decode()
    [language] = [code for code in WORDS if f'<html lang="{code}">' in text]
    assert answer["Content-Language"] == language
    return language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de-CH,de;q=0.9,en;q=0.8", "de"),
        ("it,fr;q=0.5,en;q=0.4", "fr"),
        ("es-MX", "es"),
        ("en-GB,de;q=0.9", "en"),
        ("pl", "en"),
        ("", "en"),
        ("de;q=;;,\x00", "en"),
    ],
)
def test_a_page_is_in_the_browsers_language(client, db, accepted, language):
    answer = client.get("/settings/", HTTP_ACCEPT_LANGUAGE=accepted)
    assert language_of(answer) == language
    assert f"<h1>{WORDS[language]}</h1>" in answer.content.decode()


def test_pages_vary_by_language(client, db):
    for url in ("/", "/help/", "/app.webmanifest", "/service-worker.js"):
        answer = client.get(url, HTTP_ACCEPT_LANGUAGE="es")
        assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))
        assert answer["Content-Language"] == "es"


def test_dates_of_the_list_are_in_the_language_of_each_page(signed_in, candidate):
    InterviewFactory(
        candidate=candidate, ended_at=dt.datetime(2026, 10, 27, 15, tzinfo=dt.UTC), time_zone="UTC"
    )
    for language, day in (
        ("en", "Oct 27, 2026"),
        ("de", "27. Okt. 2026"),
        ("en", "Oct 27, 2026"),
    ):
        assert day in signed_in.get("/interviews/", HTTP_ACCEPT_LANGUAGE=language).content.decode()


def test_the_offline_page_is_in_the_language_of_the_page_that_stored_it(client, db):
    client.cookies["language"] = "de"
    assert '"/offline/?in=de"' in client.get("/service-worker.js").content.decode()
    answer = client.get("/offline/?in=de", HTTP_ACCEPT_LANGUAGE="es")
    assert language_of(answer) == "de"
    # Nothing in its answer depends on cookies.
    assert language_of(client.get("/offline/?in=xx", HTTP_ACCEPT_LANGUAGE="es")) == "es"
    assert "Cookie" not in answer["Vary"]
    assert "language" not in answer.cookies


def test_a_stranger_chooses_one_without_a_script(client, db):
    assert 'href="?lang=de"' in client.get("/help/").content.decode()
    answer = client.get("/help/?lang=de")
    assert answer.status_code == 200
    assert language_of(answer) == "de"
    assert client.cookies["language"]["samesite"] == "Lax"
    assert client.cookies["language"]["httponly"]
    assert language_of(client.get("/privacy/")) == "de"
    assert language_of(client.get("/privacy/?lang=en", HTTP_ACCEPT_LANGUAGE="de")) == "en"
    assert language_of(client.get("/", HTTP_ACCEPT_LANGUAGE="de")) == "en"


def test_the_menu_keeps_the_rest_of_the_address_and_escapes_it(client, db):
    text = client.get("/sign-in/", {"next": "/calendar/", "x": '"><script>'}).content.decode()
    assert "?next=%2Fcalendar%2F&amp;x=%22%3E%3Cscript%3E&amp;lang=fr" in text


def test_french_has_a_space_before_the_colon_of_an_error(client, db):
    text = client.post("/check/", HTTP_ACCEPT_LANGUAGE="fr").content.decode()
    assert "Entreprise</a>\u202f: Saisissez" in text


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "When did it end?</a> Enter the date"),
        ("de", "Wann war es zu Ende?</a> "),
        ("es", "¿Cuándo terminó?</a> "),
        ("fr", "Quand s’est-il terminé\u202f?</a> "),
    ],
)
def test_no_colon_follows_a_question_in_the_list_of_errors(client, db, language, line):
    data = {"company": "Zylker", "position": "Nurse", "ended_at": "yesterday"}
    text = client.post("/interviews/new/", data, HTTP_ACCEPT_LANGUAGE=language).content.decode()
    assert line in text
    assert not re.search(r"\?</a>\s*:", text)


@pytest.mark.parametrize("asked", ["xx", "", "de-AT", "//evil.example", "../../de", "\x00"])
def test_an_unknown_language_changes_nothing(client, db, asked):
    answer = client.get("/help/", {"lang": asked})
    assert language_of(answer) == "en"
    assert "language" not in client.cookies
    client.cookies["language"] = "klingon"
    assert language_of(client.get("/help/")) == "en"


@pytest.mark.parametrize("who", ["signed_in", "guest_client"])
def test_the_choice_in_the_settings_counts_at_once_and_on_every_device(request, who):
    browser = request.getfixturevalue(who)
    answer = browser.post("/settings/", SETTINGS | {"language": "fr"}, follow=True)
    assert language_of(answer) == "fr"
    assert answer.context["form"]["language"].value() == "fr"
    candidate = get_user(browser)
    assert candidate.language == "fr"
    other = Client(headers={"accept-language": "de"})
    other.force_login(candidate, GUEST_BACKEND)
    assert language_of(other.get("/interviews/")) == "de"
    assert language_of(other.get("/interviews/")) == "fr"


def test_as_in_my_browser_forgets_the_choice(signed_in, candidate):
    signed_in.post("/settings/", SETTINGS | {"language": "fr"})
    answer = signed_in.post("/settings/", SETTINGS | {"language": ""}, follow=True, HTTP_ACCEPT_LANGUAGE="es")
    assert language_of(answer) == "es"
    assert answer.context["form"]["language"].value() == ""
    candidate.refresh_from_db()
    assert candidate.language == ""


def test_a_page_that_was_open_since_before_there_was_a_choice_keeps_it(signed_in, candidate):
    Candidate.objects.update(language="de")
    signed_in.post("/settings/", SETTINGS)
    candidate.refresh_from_db()
    assert candidate.language == "de"


def test_junk_is_refused(signed_in, candidate):
    assert signed_in.post("/settings/", SETTINGS | {"language": "klingon"}).status_code == 422
    candidate.refresh_from_db()
    assert candidate.language == ""


def test_a_strangers_choice_shows_in_the_settings_and_is_kept_by_saving(client, db):
    client.get("/?lang=es")
    assert client.get("/settings/").context["form"]["language"].value() == "es"
    client.post("/settings/", SETTINGS | {"language": "es"})
    assert Candidate.objects.get().language == "es"


def test_letters_are_marked_as_english_where_the_page_is_not(signed_in, candidate):
    draft = DraftFactory(interviewer__interview__candidate=candidate)
    for language, attribute in (("en", ""), ("de", ' lang="en"')):
        text = signed_in.get(draft.get_absolute_url(), HTTP_ACCEPT_LANGUAGE=language).content.decode()
        assert f'<textarea name="body" id="id_body"{attribute} rows' in text
        text = signed_in.get(
            reverse("draft_copy", args=[draft.id]), HTTP_ACCEPT_LANGUAGE=language
        ).content.decode()
        assert f'<pre class="paper-body"{attribute} id="copy-body"' in text
        assert f'<span id="copy-subject"{attribute}>{draft.subject}' in text


def test_quotation_marks_around_english_words_are_those_of_the_page(signed_in, candidate):
    person = InterviewerFactory(interview__candidate=candidate)
    url = reverse("follow_up_edit", args=[person.interview_id, person.id, "typo"])
    for language, blank, example in (
        ("en", "“I wrote “…””", "“the Leads office”"),
        ("de", '„<span lang="en">I wrote “…”</span>“', '„<span lang="en">the Leads office</span>“'),
    ):
        text = signed_in.get(url, HTTP_ACCEPT_LANGUAGE=language).content.decode()
        assert blank in text
        assert example in text


def test_a_cached_review_is_shown_in_the_language_of_each_page(signed_in, candidate):
    body = "Hi Ana,\n\nThank you for your time. I cant wait!!!\n\nBest,\nRobin Meyer"
    draft = DraftFactory(
        interviewer__interview__candidate=candidate, interviewer__greet_as="Priya", body=body
    )
    remark = Message("This letter is for {name}. Change “{found}”.", name="Priya", found="Ana")
    shown = {language: override(language)(translated)(remark) for language in ("en", "de", "fr")}
    assert len(set(shown.values())) == 3
    for language in ("en", "de", "en", "fr"):
        text = signed_in.get(draft.get_absolute_url(), HTTP_ACCEPT_LANGUAGE=language).content.decode()
        assert [one for one, words in shown.items() if words in text] == [language]


def test_letters_are_composed_in_english_whatever_the_page_says(signed_in, candidate):
    person = InterviewerFactory(interview__candidate=candidate, mentioned="she said they need two nurses")
    url = reverse("draft_create", args=[person.interview_id, person.id])
    signed_in.post(url, HTTP_ACCEPT_LANGUAGE="de")
    [draft] = person.drafts.all()
    assert "need two nurses" in draft.body
    assert "Danke" not in draft.body


def test_the_account_file_carries_the_choice(signed_in, candidate, tmp_path):
    Candidate.objects.update(language="es")
    archive = b"".join(signed_in.get("/account/download/?download=1").streaming_content)
    path = tmp_path / "afterword.zip"
    path.write_bytes(archive)
    other = CandidateFactory()
    browser = Client()
    browser.force_login(other, GUEST_BACKEND)
    with path.open("rb") as file:
        browser.post("/account/bring-in/", {"archive": file})
    other.refresh_from_db()
    assert other.language == "es"


def test_a_reminder_is_in_the_language_chosen_or_seen_last(settings, db):
    settings.MAIL_WORKS, settings.SITE_URL = True, "https://afterword.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    now = dt.datetime(2026, 11, 16, 12, 0, tzinfo=dt.UTC)
    for chosen, seen in (("de", "fr"), ("", "fr"), ("", "")):
        owner = CandidateFactory(
            reminder_hour=13, time_zone="Europe/Berlin", language=chosen, seen_language=seen
        )
        InterviewerFactory(interview__candidate=owner, interview__ended_at=now - dt.timedelta(hours=3))
        ReminderSchedule.objects.create(candidate=owner, next_at=now)
    assert send_due_reminders(lambda: now).count == 3
    subjects = [one.subject for one in mail.outbox]
    assert subjects.count("Afterword: 1 thing to do today") == 1
    assert len(set(subjects)) == 3


def test_the_first_page_of_a_day_notes_the_language_of_the_pages(signed_in, candidate):
    signed_in.get("/settings/", HTTP_ACCEPT_LANGUAGE="fr")
    candidate.refresh_from_db()
    assert candidate.seen_language == "fr"


@pytest.mark.parametrize(
    ("language", "send", "last", "colon"),
    [
        ("de", "Senden: ", "Letzte Gelegenheit: ", ": "),
        ("es", "Enviar: ", "Último momento: ", ": "),
        ("fr", "Envoyer\u202f: ", "Dernier moment\u202f: ", "\u202f: "),
    ],
)
def test_the_calendar_feed_is_in_the_language_of_its_owner(client, candidate, language, send, last, colon):
    Candidate.objects.update(calendar_token="t" * 43, language=language)
    person = InterviewerFactory(
        interview__candidate=candidate, interview__ended_at=dt.datetime.now(dt.UTC) - dt.timedelta(hours=1)
    )
    text = client.get(f"/calendar/{'t' * 43}.ics").content.decode().replace("\r\n ", "")
    assert f"SUMMARY:{send}Platform Engineer" in text
    assert f"SUMMARY:{last}Platform Engineer" in text
    assert f"{person.full_name}{colon}http" in text


def test_commands_speak_english(db, capsys, tmp_path):
    call_command(
        "send_window", "--ended-at", "2026-11-20T16:45", "--time-zone", "Europe/Berlin", "--country", "DE"
    )
    assert "Send it" in json.loads(capsys.readouterr().out)["reason"]


def test_countries_are_sorted_by_their_names_in_the_language(signed_in):
    text = signed_in.get("/interviews/new/", HTTP_ACCEPT_LANGUAGE="de").content.decode()
    assert text.index(">Österreich<") < text.index(">Polen<")
    assert ">Austria<" not in text


@pytest.mark.parametrize(
    ("language", "germany"),
    [("en", "Germany"), ("de", "Deutschland"), ("es", "Alemania"), ("fr", "Allemagne")],
)
def test_countries_are_named_in_the_language(signed_in, language, germany):
    assert f">{germany}<" in signed_in.get("/interviews/new/", HTTP_ACCEPT_LANGUAGE=language).content.decode()


def test_examples_of_answers_have_the_quotes_of_the_page(signed_in, candidate):
    person = DraftFactory(
        interviewer__interview__candidate=candidate, sent_at=dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
    ).interviewer
    page = reverse("follow_up_edit", args=[person.interview_id, person.id, "nudge"])
    text = signed_in.get(page, HTTP_ACCEPT_LANGUAGE="es").content.decode()
    assert 'Por ejemplo: «<span lang="en">Since we spoke' in text


def test_faults_in_the_forms_of_accounts_address_users_as_the_pages_do(signed_in):
    entered = {"login": "nobody", "password": "x"}
    text = Client().post("/sign-in/", entered, HTTP_ACCEPT_LANGUAGE="es").content.decode()
    assert "Escribe una dirección de correo como nombre@empresa.com." in text
    unequal = {"oldpassword": "x", "password1": "one long password", "password2": "another password"}
    text = signed_in.post(
        reverse("account_change_password"), unequal, HTTP_ACCEPT_LANGUAGE="es"
    ).content.decode()
    assert "Escribe la misma contraseña las dos veces." in text


def test_the_name_of_a_passkey_is_labelled_in_the_language():
    with override("es"):
        assert str(AddPasskeyForm.base_fields["name"].label) == "Nombre"
        assert str(RenamePasskeyForm.base_fields["name"].label) == "Nombre"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", 'Oder <a href="/interviews/new/">trag das Gespräch selbst ein</a>.'),
        ("es", 'O <a href="/interviews/new/">rellena la entrevista a mano</a>.'),
        ("fr", 'Ou <a href="/interviews/new/">remplissez l’entretien à la main</a>.'),
    ],
)
def test_a_sentence_around_a_link_is_translated_as_one(client, db, language, sentence):
    data = {"invitation_text": "nothing in it"}
    text = client.post("/interviews/invitation/", data, HTTP_ACCEPT_LANGUAGE=language).content.decode()
    assert sentence in text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", ">Stell es wieder her</a>, komm dann auf diese Seite zurück und speichere."),
        ("es", ">Restáurala</a>, vuelve a esta página y guarda."),
        ("fr", ">Rétablissez-le</a>, puis revenez sur cette page et enregistrez."),
    ],
)
def test_what_to_do_with_a_refused_text_is_said_in_one_mood(signed_in, language, sentence):
    address = "/interviews/00000000-0000-4000-8000-000000000000/edit/"
    data = {"company": "Zylker"}
    text = signed_in.post(address, data, HTTP_ACCEPT_LANGUAGE=language).content.decode()
    assert sentence in text


def test_an_autosave_sets_no_colon_behind_a_question(client, db):
    data = {"company": "Zylker", "position": "Nurse", "ended_at": "yesterday", "time_zone": "Berlin"}
    answer = client.post("/interviews/new/", data, HTTP_ACCEPT_LANGUAGE="de", HTTP_X_AUTOSAVE="1")
    assert answer.content.decode().startswith("Wann war es zu Ende? ")


MOMENTS = {
    "us": ("Tuesday, March 3, 2026, 4:30 PM", "at 5:00 PM"),
    "gb": ("Tuesday, 3 March 2026, 16:30", "at 17:00"),
    "au": ("Tuesday, 3 March 2026, 4:30 pm", "at 5:00 pm"),
}


@pytest.mark.parametrize(
    ("accepted", "dialect", "way"),
    [
        ("en-US,en;q=0.9", "american", "us"),
        ("en-CA", "canadian", "us"),
        ("", "american", "us"),
        ("en", "british", "gb"),
        ("en-US", "british", "gb"),
        ("en-GB,en-US;q=0.9", "american", "gb"),
        ("en-IE", "american", "gb"),
        ("en-ZA", "american", "gb"),
        ("en-AU", "british", "au"),
        ("en-NZ", "american", "au"),
        ("en-IN", "american", "au"),
        ("en;q=0.9", "indian", "au"),
        ("fr-GB;q=\x00,en-gb-oxendict,xx", "american", "us"),
    ],
)
def test_dates_in_english_are_written_as_people_do_there(signed_in, candidate, accepted, dialect, way):
    candidate.dialect = dialect
    candidate.save()
    # Ended at 16:30 in Berlin; the plan's reason has a date of the layers below the web.
    interview = InterviewFactory(candidate=candidate)
    DraftFactory(interviewer__interview=interview)
    with time_machine.travel(dt.datetime(2026, 3, 3, 22, 30, tzinfo=dt.UTC), tick=False):
        answer = signed_in.get(interview.get_absolute_url(), headers={"Accept-Language": accepted})
    text = answer.content.decode()
    assert [one for one, (ended, _) in MOMENTS.items() if ended in text] == [way]
    assert f'data-times="{ {"us": "en", "gb": "en-gb", "au": "en-au"}[way] }"' in text
    reason = text.partition('class="plan-reason">')[2].partition("<")[0]
    assert ("9:00 AM" in reason, "09:00" in reason, "9:00 am" in reason) == (
        way == "us",
        way == "gb",
        way == "au",
    )
    # Not any "AM": a token in the page may have one.
    assert bool(re.search(r"\d [AP]M\b", text)) is (way == "us")


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_other_languages_keep_their_own_dates(signed_in, candidate, language):
    candidate.dialect = "british"
    candidate.save()
    interview = InterviewFactory(candidate=candidate)
    pages = [
        signed_in.get(
            f"{interview.get_absolute_url()}?lang={language}", headers={"Accept-Language": accepted}
        )
        for accepted in ("en-GB", "en-US")
    ]
    first, second = (re.search(r'<p class="quiet">(.*?)</p>', page.content.decode())[1] for page in pages)
    assert first == second
    assert "3 March" not in first


@pytest.mark.parametrize(("dialect", "words"), [("british", "at 09:00"), ("american", "at 9:00 AM")])
def test_reminders_write_dates_as_the_dialect_does(settings, db, dialect, words):
    settings.MAIL_WORKS, settings.SITE_URL = True, "https://afterword.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    now = dt.datetime(2026, 3, 4, 6, 0, tzinfo=dt.UTC)
    owner = CandidateFactory(reminder_hour=7, time_zone="Europe/Berlin", dialect=dialect)
    ended_at = now - dt.timedelta(hours=10)
    InterviewerFactory(
        interview__candidate=owner, interview__ended_at=ended_at, interview__time_zone="Europe/Berlin"
    )
    ReminderSchedule.objects.create(candidate=owner, next_at=now)
    assert send_due_reminders(lambda: now).count == 1
    assert words in mail.outbox[0].body
