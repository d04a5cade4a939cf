"""Looking up cities as people type them."""

import json
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from drafts.domain import countries, time_zones
from drafts.domain.tokens import fold


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


def test_every_city_and_every_label_leads_to_its_zone():
    for zone, cities in time_zones.suggestions().items():
        assert [time_zones.resolve(city) for city in cities] == [zone] * len(cities)
        assert time_zones.resolve(time_zones.label(zone)) == zone


def test_the_pages_suggest_our_cities_and_no_others():
    script = (Path(settings.BASE_DIR) / "static/js/cities.js").read_text(encoding="utf-8")
    suggested = json.loads(script.partition("export default")[2].strip().rstrip(";"))
    for zone, cities in suggested.items():
        assert [time_zones.resolve(city) for city in cities] == [zone] * len(cities)
    # Zones beyond our list come from this machine, whose time zone data may be newer or older than the file.
    for zone, cities in tomllib.loads(time_zones.CITIES.read_text(encoding="utf-8")).items():
        missing = set(map(fold, cities)) - set(map(fold, suggested[zone]))
        assert not missing, "python -m drafts.domain.time_zones > static/js/cities.js"


def test_the_countries_are_those_of_iso_3166():
    assert len(countries.names()) == 249
