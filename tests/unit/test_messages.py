"""The translations of the interface: complete, with the placeholders of the originals, and up to date with the code."""

from __future__ import annotations

import datetime as dt
import pickle
import re

import pytest
from babel import Locale
from babel.messages.catalog import Message as Entry
from django.utils import translation

from config import messages
from drafts.domain import countries
from drafts.domain.messages import Dated, Message, listed, time_of_day
from drafts.domain.window import holiday_name, moment_words
from drafts.translation import translated, written

LANGUAGES = ("de", "es", "fr")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+[^>]*>")


@pytest.fixture(scope="module")
def texts():
    return {key(one) for one in messages.template() if one.id}


@pytest.fixture(scope="module")
def catalogs():
    return {path.parts[-3]: list(messages.read(path))[1:] for path in messages.paths()}


def key(entry: Entry) -> tuple[object, ...]:
    return entry.context, entry.id


def forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else text


def test_every_language_of_the_settings_has_a_catalog(catalogs, settings):
    assert [code for code, _name in settings.LANGUAGES] == ["en", *sorted(catalogs)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_has_the_texts_of_the_code_and_no_others(texts, catalogs, language):
    """If this fails, run `make messages` and translate what is new."""
    assert {key(one) for one in catalogs[language]} == texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(catalogs, language):
    assert [one.id for one in catalogs[language] if one.fuzzy or not all(forms(one.string))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_countries_are_named_in_the_language(catalogs, language):
    english, usual = set(countries.names().values()), set(Locale(language).territories.values())
    names = [one.string for one in catalogs[language] if one.id in english]
    # A few are shorter than usual.
    assert sum(name in usual for name in names) > 0.9 * len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_are_complete(catalogs, language):
    catalog = messages.read(messages.LOCALE / language / "LC_MESSAGES" / "django.po")
    plurals = [one for one in catalogs[language] if one.pluralizable]
    assert plurals
    assert [one.id for one in plurals if len(forms(one.string)) != catalog.num_plurals] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_and_tags_are_those_of_the_original(catalogs, language):
    def found(text: str) -> list[str]:
        return sorted(PLACEHOLDER.findall(text))

    wrong = []
    for one in catalogs[language]:
        originals, strings = forms(one.id), forms(one.string)
        # The form for one may leave the number out.
        wrong += [text for text in strings[:-1] if not set(found(text)) <= set(found(originals[-1]))]
        wrong += [strings[-1]] if found(strings[-1]) != found(originals[-1]) else []
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_percent_signs_are_written_so_that_python_can_fill_in_values(catalogs, language):
    values = {name: 1 for one in catalogs[language] for name in re.findall(r"%\((\w+)\)", str(one.id))}
    for one in catalogs[language]:
        if "%(" in str(one.id):
            for text in forms(one.string):
                assert text % values


def test_the_phrasebook_has_texts_of_the_interface_only(texts):
    found = {text for _context, text in texts}
    assert "Greet only {name}. A letter to several people doesn’t feel personal." in found
    assert "The name at the top is the first thing they read." in found
    assert "write to each interviewer personally" in found
    assert "Something new to add" in found
    # Sentences of letters, and the engine's own advice.
    assert not found & {"Could you tell me where things stand?", "{advice}", "how the team plans its week"}


def copied(value):
    """As reviews are cached."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - our own


def test_a_message_is_its_english_text_and_knows_its_parts():
    message = Message("Greet {name}.", name="Priya {x}")
    assert message == "Greet Priya {x}."
    assert copied(message).values == {"name": "Priya {x}"}
    assert copied(time_of_day(dt.datetime(2026, 3, 3, 15, 5))) == "3:05 PM"


def test_a_message_is_said_in_the_language_of_the_page():
    moment = dt.datetime(2026, 3, 3, 15, 5)
    when = Message("today at {time}", time=time_of_day(moment))
    message = Message("wait until {when}", when=when)
    said = {}
    for language in ("en", *LANGUAGES):
        with translation.override(language):
            said[language] = translated(message)
    assert said["en"] == "wait until today at 3:05 PM"
    assert "15:05" in said["de"]
    assert len(set(said.values())) == 4


def test_words_of_users_are_never_translated_or_read_as_templates():
    with translation.override("de"):
        assert "“Save” {name} %(x)s" in translated(
            Message(
                "{name} was taken to be {full_name}; please check it.",
                name="“Save” {name} %(x)s",
                full_name="Save",
            )
        )
        assert "Save" in translated(
            Message(
                "There is only the name {name}. You can add the rest if you know it; if not, go on without it.",
                name="Save",
            )
        )


def test_the_engines_advice_is_replaced_where_the_page_is_not_in_english():
    advice = Message.instead_of("Did you mean “its”?", "Perhaps this should be “{right}”.", {"right": "its"})
    assert translated(advice) == "Did you mean “its”?"
    with translation.override("fr"):
        assert "Did you mean" not in translated(advice)
        assert "its" in translated(advice)


def test_holidays_have_their_names_where_the_calendar_knows_them():
    christmas = holiday_name(dt.date(2026, 12, 25), "DE")
    thanksgiving = holiday_name(dt.date(2026, 11, 26), "US")
    with translation.override("de"):
        assert (
            translated(Message("after {holidays}", holidays=listed([christmas])))
            == "after Erster Weihnachtstag"
        )
        assert translated(Message("after {holidays}", holidays=thanksgiving)) == "after Thanksgiving Day"


@pytest.mark.parametrize(
    ("language", "form", "words"),
    [
        ("en", "WEEKDAY_DATETIME_FORMAT", "Tuesday, March 3, 2026, 3:05 PM"),
        ("de", "WEEKDAY_DATETIME_FORMAT", "Dienstag, 3. März 2026, 15:05 Uhr"),
        ("es", "WEEKDAY_MONTH_DAY_TIME_FORMAT", "martes, 3 de marzo, 15:05"),
        ("fr", "WEEKDAY_MONTH_DAY_FORMAT", "mardi 3 mars"),
        ("de", "SHORT_MONTH_DATE_FORMAT", "3. März 2026"),
        ("es", "SHORT_MONTH_DATE_FORMAT", "3 mar 2026"),
        ("fr", "SHORT_MONTH_DATE_FORMAT", "3 mars 2026"),
        ("fr", "TIME_FORMAT", "15\u00a0h\u00a005"),
        ("fr", "WEEKDAY_MONTH_DAY_TIME_FORMAT", "mardi 3 mars à 15\u00a0h\u00a005"),
    ],
)
def test_dates_are_written_as_the_language_does(language, form, words):
    with translation.override(language):
        assert written(dt.datetime(2026, 3, 3, 15, 5), form) == words


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_fast_way_writes_what_the_date_filter_does(language):
    from django.utils.formats import date_format, get_format_modules

    with translation.override(language):
        for form in (name for name in dir(get_format_modules()[0]) if name.endswith("_FORMAT")):
            for day in range(1, 366, 13):
                moment = dt.datetime(2026, 1, 1, 0, 7, tzinfo=dt.UTC) + dt.timedelta(days=day, hours=day)
                # Django does not know the French "1er".
                moment += dt.timedelta(days=moment.day == 1)
                assert written(moment, form) == date_format(moment, form)


@pytest.mark.parametrize("form", ["DATE_FORMAT", "WEEKDAY_MONTH_DAY_FORMAT", "WEEKDAY_DATETIME_FORMAT"])
def test_french_has_a_first_of_the_month(form):
    first, eleventh = (dt.datetime(2026, 12, day, 9, 0) for day in (1, 11))
    with translation.override("fr"):
        assert "1er décembre" in written(first, form)
        assert "11 décembre" in written(eleventh, form)
    with translation.override("de"):
        assert "1. Dezember" in written(first, form)


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        (["Ana", "Ben"], "Ana y Ben"),
        (["Ana", "Inés"], "Ana e Inés"),
        (["Ana", "Ben", "Ivan"], "Ana, Ben e Ivan"),
        (["Ana", "Hilario"], "Ana e Hilario"),
        (["Ana", "Yvonne"], "Ana e Yvonne"),
        (["Ana", "Yolanda"], "Ana y Yolanda"),
        (["carbón", "hierro"], "carbón y hierro"),
    ],
)
def test_spanish_says_e_before_the_sound_of_i(names, joined):
    with translation.override("es"):
        assert translated(listed(names)) == joined
    with translation.override("fr"):
        assert translated(listed(["Ana", "Inés"])) == "Ana et Inés"


def test_spanish_says_u_before_the_sound_of_o(monkeypatch):
    monkeypatch.setattr("drafts.translation.gettext", lambda _text: "{one} o «{other}»")
    with translation.override("es"):
        said = [
            translated(Message("{one} or “{other}”", one="Ana", other=name))
            for name in ("Olga", "Hora", "Ben")
        ]
    assert said == ["Ana u «Olga»", "Ana u «Hora»", "Ana o «Ben»"]


@pytest.mark.parametrize(
    ("language", "hour", "days", "words"),
    [
        ("de", 9, 3, "am Freitag um 9:00 Uhr"),
        ("de", 9, 10, "am 4. Dezember um 9:00 Uhr"),
        ("es", 9, 10, "el 4 de diciembre a las 9:00"),
        ("es", 1, 0, "hoy a la 1:00"),
        ("es", 13, 1, "mañana a las 13:00"),
        ("fr", 9, 3, "vendredi à 9\u00a0h\u00a000"),
        ("fr", 9, 7, "le 1er décembre à 9\u00a0h\u00a000"),
        ("en", 9, 10, "December 4 at 9:00 AM"),
    ],
)
def test_a_moment_is_said_with_the_article_of_the_language(language, hour, days, words):
    now = dt.datetime(2026, 11, 24, 0, 30)
    with translation.override(language):
        assert (
            translated(moment_words(now.replace(hour=hour, minute=0) + dt.timedelta(days=days), now)) == words
        )


# Dates and numbers, which begin with a consonant or are not elided before ("le onze").
UNELIDED = re.compile(
    r"\b(?:de|que|le|la|ne|se|si|jusque|lorsque|puisque) (?:%\((\w+)\)s|\{(\w+)\})", re.IGNORECASE
)
NEVER_ELIDED = re.compile(
    r"count|date|day|interviews|most|most_interviews|next|percent|start|until|when|words"
)


def test_french_elides_before_no_name(catalogs):
    """ "que {name}" would be wrong before "Anne"."""
    found = [
        (text, name)
        for one in catalogs["fr"]
        for text in forms(one.string)
        for name in map("".join, UNELIDED.findall(text))
        if not NEVER_ELIDED.fullmatch(name)
    ]
    assert found == []


def test_dated_texts_keep_their_moment():
    with translation.override("es"):
        assert translated(Dated("Tuesday", dt.date(2026, 3, 3), "WEEKDAY_FORMAT")) == "martes"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_space_stands_before_each_percent_sign(catalogs, language):
    """38 %, in all three languages, and no line breaks there."""
    found = [
        text
        for one in catalogs[language]
        for text in forms(one.string)
        if re.search(r"(?:\d|\)s|\})\s?%(?!\()", text) and not re.search(r"[\u00a0\u202f]%", text)
    ]
    assert found == []
