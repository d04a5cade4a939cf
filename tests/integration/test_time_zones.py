"""Cities as people type them."""

import pytest

from drafts import countries, time_zones


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


def test_every_choice_and_every_label_leads_to_its_zone():
    for city, zone in time_zones.choices():
        assert time_zones.resolve(city) == zone
    for _city, zone in time_zones.choices():
        assert time_zones.resolve(time_zones.label(zone)) == zone


def test_the_countries_are_those_of_iso_3166():
    codes = [code for code, _name in countries.choices()]
    assert len(codes) == len(set(codes)) == 249
