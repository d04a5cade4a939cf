"""Looking up cities as people type them."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from babel import Locale
from django.conf import settings

from drafts.domain import countries, time_zones
from drafts.domain.tokens import fold
from tests.factories import InterviewFactory

LANGUAGES = ("de", "es", "fr")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("Berlin", "Europe/Berlin"),
        (" new   york ", "America/New_York"),
        ("San Francisco", "America/Los_Angeles"),
        ("Bangalore", "Asia/Kolkata"),
        ("Bengaluru, India", "Asia/Kolkata"),
        ("munich", "Europe/Berlin"),
        ("München", "Europe/Berlin"),
        ("Munchen", "Europe/Berlin"),
        ("Krakow", "Europe/Warsaw"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("UTC", "UTC"),
        # In German, Spanish and French.
        ("Mailand", "Europe/Rome"),
        ("Genf", "Europe/Zurich"),
        ("Straßburg", "Europe/Paris"),
        ("strassburg", "Europe/Paris"),
        ("Kapstadt", "Africa/Johannesburg"),
        ("Nueva York", "America/New_York"),
        ("nueva york, EE. UU.", "America/New_York"),
        ("Ginebra", "Europe/Zurich"),
        ("Londres", "Europe/London"),
        ("Ciudad de México", "America/Mexico_City"),
        ("Le Caire", "Africa/Cairo"),
        ("Pékin", "Asia/Shanghai"),
        # Names that cities had before.
        ("Calcutta", "Asia/Kolkata"),
        ("Katmandu", "Asia/Kathmandu"),
    ],
)
def test_a_zone_is_found_by_city_or_name(typed, zone):
    assert time_zones.resolve(typed) == zone


@pytest.mark.parametrize("typed", ["Berlim", "San Fransisco", "Banglore"])
def test_near_names_are_suggested(typed):
    with pytest.raises(time_zones.UnknownZone) as caught:
        time_zones.resolve(typed)
    assert 1 <= len(caught.value.suggestions) <= 3


@pytest.mark.parametrize("typed", ["", "/", "..", "🙂", "x" * 500])
def test_anything_else_is_refused(typed):
    with pytest.raises(time_zones.UnknownZone):
        time_zones.resolve(typed)


def test_one_city_is_suggested_once_for_all_its_names():
    with pytest.raises(time_zones.UnknownZone) as caught:
        time_zones.resolve("Mailant")
    assert caught.value.suggestions.count("Milan") == 1


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_every_city_and_every_label_leads_to_its_zone(language):
    for zone, cities in time_zones.suggestions().items():
        names = [time_zones.name_in(city, language) for city in cities]
        assert [time_zones.resolve(name) for name in names] == [zone] * len(names)
        assert time_zones.resolve(time_zones.label(zone, language)) == zone


def test_every_name_is_of_a_known_city_and_no_other():
    for city, names in tomllib.loads(time_zones.NAMES.read_text(encoding="utf-8")).items():
        assert {time_zones.resolve(name) for name in names.values()} == {time_zones.resolve(city)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_cities_have_the_usual_names_of_the_language(language):
    usual = Locale(language).time_zones
    named = {
        zone: str(names["city"]).replace("\u00ad", "") for zone, names in usual.items() if "city" in names
    }
    # Without those whose usual name adds a state ("Knox, Indiana") or "Station".
    named = {zone: name for zone, name in named.items() if zone.count("/") == 1 and "Antarctica" not in zone}
    same = [zone for zone, name in named.items() if time_zones.city(zone, language) == name]
    assert len(same) > 0.85 * len(named), {zone: name for zone, name in named.items() if zone not in same}
    # A language that names no city of its own calls it as English does.
    assert time_zones.city("Europe/Oslo", language) == "Oslo"


def test_a_zone_is_shown_in_the_language_of_the_page():
    shown = {
        language: (time_zones.label("Asia/Kolkata", language), time_zones.city("Europe/Rome", language))
        for language in ("en", *LANGUAGES)
    }
    assert shown == {
        "en": ("Kolkata", "Rome"),
        "de": ("Kalkutta", "Rom"),
        "es": ("Calcuta", "Roma"),
        "fr": ("Calcutta", "Rome"),
    }


def test_a_zone_under_its_old_name_is_shown_by_its_city():
    assert time_zones.label("Asia/Calcutta") == "Calcutta"
    assert time_zones.label("America/Buenos_Aires") == "Buenos Aires"
    # The last part of this name is a city with other clocks.
    assert time_zones.label("Australia/Victoria") == "Australia/Victoria"


def test_the_pages_suggest_our_cities_and_no_others():
    script = (Path(settings.BASE_DIR) / "static/js/cities.js").read_text(encoding="utf-8")
    suggested, names = (
        json.loads(re.search(rf"export const {name} = (\{{.+?\}});", script, re.DOTALL)[1])
        for name in ("cities", "names")
    )
    for zone, cities in suggested.items():
        assert [time_zones.resolve(city) for city in cities] == [zone] * len(cities)
    # Zones beyond our list come from this machine, whose time zone data may be newer or older than the file.
    for zone, cities in tomllib.loads(time_zones.CITIES.read_text(encoding="utf-8")).items():
        missing = set(map(fold, cities)) - set(map(fold, suggested[zone]))
        assert not missing, "python -m drafts.domain.time_zones > static/js/cities.js"

    for city, by_language in names.items():
        assert all(time_zones.name_in(city, language) == name for language, name in by_language.items())
    assert names["Milan"] == {"de": "Mailand", "es": "Milán"}


def test_the_countries_are_those_of_iso_3166():
    assert len(countries.names()) == 249


@pytest.mark.parametrize(
    ("language", "typed", "shown"),
    [("de", "Mailand", "Rom"), ("es", "Londres", "Londres"), ("fr", "Genève", "Zurich")],
)
def test_settings_take_and_show_cities_in_the_language_of_the_page(signed_in, language, typed, shown):
    data = {"full_name": "Robin Meyer", "usual_tone": "warm", "dialect": "american", "language": language}
    page = signed_in.post("/settings/", {**data, "time_zone": typed}, follow=True)
    assert page.context["form"]["time_zone"].value() == shown


def test_near_cities_are_named_in_the_language_of_the_page(client, db):
    page = client.post("/check/", {"time_zone": "Mailant"}, HTTP_ACCEPT_LANGUAGE="de").content.decode()
    assert "Meinst du Mailand" in page


def test_send_times_name_the_city_in_the_language_of_the_page(signed_in, candidate):
    interview = InterviewFactory(candidate=candidate, time_zone="America/New_York")
    page = signed_in.get(f"/interviews/{interview.id}/sending/", HTTP_ACCEPT_LANGUAGE="es").content.decode()
    assert "hora de Nueva York" in page
