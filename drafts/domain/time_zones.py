"""Looks up time zones by city."""

from __future__ import annotations

import datetime as dt
import difflib
import json
import sys
from functools import cache
from zoneinfo import ZoneInfo

from drafts.domain.files import DATA_DIR, read_toml
from drafts.domain.moments import known_zones
from drafts.domain.tokens import fold

CITIES = DATA_DIR / "cities.toml"
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
    """No zone has this name; `suggestions` has the nearest city names, at most three."""

    def __init__(self, suggestions: list[str]) -> None:
        super().__init__("unknown time zone")
        self.suggestions = suggestions


def city(zone: str) -> str:
    """The city in an IANA name: "New York" for America/New_York."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


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
def _by_city() -> dict[str, tuple[str, str]]:
    """Folded city name -> (zone, the name as written); our list wins over the last part of an IANA name."""
    found = {
        fold(city(zone)): (zone, city(zone))
        for zone in sorted(known_zones())
        if zone.split("/")[0] in _REGIONS
    }
    for zone, names in cities().items():
        found.update({fold(name): (zone, name) for name in names})
    found["utc"] = ("UTC", "UTC")
    return found


def of_city(name: str) -> str:
    """The zone that a city is in; empty if the city is unknown."""
    return _by_city().get(fold(name.strip()), ("", ""))[0]


def suggestions() -> dict[str, list[str]]:
    """By zone, the cities that pages suggest while the user types; written to static/js/cities.js."""
    found: dict[str, list[str]] = {}
    for zone, name in sorted(_by_city().values()):
        found.setdefault(zone, []).append(name)
    return found


@cache
def _zones_folded() -> dict[str, str]:
    return {zone.casefold(): zone for zone in known_zones()}


def label(zone: str) -> str:
    """How the zone is shown: its city if that resolves to the same zone, else its IANA name."""
    found = _by_city().get(fold(city(zone)))
    return found[1] if found and found[0] == zone else zone


def resolve(text: str) -> str:
    """The IANA name for user input, which is an IANA name or a city. Raises UnknownZone with similar names."""
    text = " ".join(text.split())
    zone = _zones_folded().get(text.replace(" ", "_").casefold())
    if zone and "/" in zone:
        return zone
    name = text.split("(")[0].split(",")[0]
    zone = of_city(name) or zone
    if zone:
        return zone
    near = difflib.get_close_matches(fold(name.strip()), _by_city(), n=3, cutoff=0.6)
    raise UnknownZone([_by_city()[name][1] for name in near])


if __name__ == "__main__":
    rows = [
        f"{json.dumps(zone)}:{json.dumps(cities, ensure_ascii=False, separators=(',', ':'))}"
        for zone, cities in suggestions().items()
    ]
    listed = ",\n".join(rows)
    sys.stdout.write(
        f"// Made by python -m drafts.domain.time_zones > static/js/cities.js\nexport default {{\n{listed}\n}};\n"
    )
