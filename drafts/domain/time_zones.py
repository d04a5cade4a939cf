"""Looks up time zones by city."""

from __future__ import annotations

import datetime as dt
import difflib
import json
import sys
from collections.abc import Mapping
from functools import cache
from zoneinfo import ZoneInfo

from drafts.domain.files import DATA_DIR, read_toml
from drafts.domain.moments import known_zones
from drafts.domain.tokens import fold

CITIES = DATA_DIR / "cities.toml"
NAMES = DATA_DIR / "city_names.toml"
ENGLISH = "en"
_MOST_NEAR = 3
_REGIONS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


class UnknownZone(ValueError):
    """No zone has this name; `suggestions` has the English names of cities with similar names, at most three."""

    def __init__(self, suggestions: list[str]) -> None:
        super().__init__("unknown time zone")
        self.suggestions = suggestions


def city(zone: str, language: str = ENGLISH) -> str:
    """The city in an IANA name: "New York" for America/New_York, or "Nueva York" in Spanish."""
    return name_in(_last_part(zone), language)


def _last_part(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def name_in(city: str, language: str) -> str:
    """The name of a city, given its English one, in another language; the English one if it has no other."""
    names = _names().get(fold(city), {})
    return names.get(language) or names.get(ENGLISH) or city


# Each zone is read from its file once; ZoneInfo's own cache keeps only the eight used last.
zone = cache(ZoneInfo)


def wall_clock(moment: dt.datetime, zone_name: str) -> dt.datetime:
    """What clocks in this zone show at a moment; naive."""
    return moment.astimezone(zone(zone_name)).replace(tzinfo=None)


@cache
def cities() -> dict[str, list[str]]:
    """The cities of our list, by zone."""
    return read_toml(CITIES)


@cache
def _names() -> dict[str, dict[str, str]]:
    """By folded English name of a city, its names by language."""
    return {fold(city): names for city, names in read_toml(NAMES).items()}


@cache
def _by_city() -> dict[str, tuple[str, str]]:
    """Folded city name in any language -> (zone, English name as written); our list wins over the last part of an IANA
    name, and English names over others."""
    found = {
        fold(_last_part(zone)): (zone, _last_part(zone))
        for zone in sorted(known_zones())
        if zone.split("/")[0] in _REGIONS
    }
    for zone, names in cities().items():
        found.update({fold(name): (zone, name) for name in names})
    found["utc"] = ("UTC", "UTC")
    for english, by_language in _names().items():
        for name in by_language.values() if english in found else ():
            found.setdefault(fold(name), found[english])
    return found


def of_city(name: str) -> str:
    """The zone that a city is in; empty if the city is unknown."""
    return _by_city().get(fold(name.strip()), ("", ""))[0]


def suggestions() -> dict[str, list[str]]:
    """By zone, the English names of the cities that pages suggest while the user types, for static/js/cities.js."""
    found: dict[str, list[str]] = {}
    for zone, name in sorted(set(_by_city().values())):
        found.setdefault(zone, []).append(name)
    return found


@cache
def _zones_folded() -> dict[str, str]:
    return {zone.casefold(): zone for zone in known_zones()}


def label(zone: str, language: str = ENGLISH) -> str:
    """How the zone is shown: its city if that resolves to this zone, maybe under a newer name; else its IANA name."""
    found = _by_city().get(fold(_last_part(zone)))
    return name_in(found[1], language) if found and _has_same_clocks(found[0], zone) else zone


@cache
def _has_same_clocks(one: str, other: str) -> bool:
    """Whether two names are of one zone, like Asia/Kolkata and Asia/Calcutta: clocks agree for ten years."""
    if one == other:
        return True
    moments = (dt.datetime(2015 + number // 12, number % 12 + 1, 1, tzinfo=dt.UTC) for number in range(120))
    return all(
        moment.astimezone(zone(one)).utcoffset() == moment.astimezone(zone(other)).utcoffset()
        for moment in moments
    )


def resolve(text: str) -> str:
    """The IANA name for user input, which is an IANA name or a city in any language. Raises UnknownZone with similar
    names."""
    text = " ".join(text.split())
    zone = _zones_folded().get(text.replace(" ", "_").casefold())
    if zone and "/" in zone:
        return zone
    name = text.split("(")[0].split(",")[0]
    zone = of_city(name) or zone
    if zone:
        return zone
    near = difflib.get_close_matches(fold(name.strip()), _by_city(), n=_MOST_NEAR * 4, cutoff=0.6)
    # One city may be near under its names in several languages.
    raise UnknownZone(list(dict.fromkeys(_by_city()[name][1] for name in near))[:_MOST_NEAR])


def _table(entries: Mapping[str, object]) -> str:
    rows = [
        f"{json.dumps(key)}:{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for key, value in entries.items()
    ]
    return "{\n" + ",\n".join(rows) + "\n}"


if __name__ == "__main__":
    listed = sorted(
        {*map(_last_part, suggestions()), *(name for names in suggestions().values() for name in names)}
    )
    named = {name: names for name in listed if (names := _names().get(fold(name)))}
    sys.stdout.write(
        "// Made by python -m drafts.domain.time_zones > static/js/cities.js\n"
        f"export const cities = {_table(suggestions())};\nexport const names = {_table(named)};\n"
    )
