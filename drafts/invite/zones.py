"""What a calendar calls a time zone, as an IANA name; and zones that a calendar defines by their offsets."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from drafts.domain.moments import known_zones
from drafts.domain.tokens import fold
from drafts.invite.lines import Component
from drafts.invite.lists import CITIES, table, tables
from drafts.invite.texts import tidy

# Clocks change on one day of a year; what repeats oftener, or never, would be computed for ever.
_YEARLY = re.compile(
    r"(?:(?:FREQ=YEARLY|BYMONTH=(?:1[0-2]|0?[1-9])|BYDAY=[+-]?[1-4](?:MO|TU|WE|TH|FR|SA|SU)|UNTIL=[\dTZ]{8,16}|INTERVAL=1"
    r"|WKST=[A-Z]{2})(?:;|\Z))+"
)
_OFFSET = re.compile(r"\(?(?:utc|gmt)?\s*([+-]|\u2212)\s*(\d{1,2})(?::?(\d{2}))?\)?\s*", re.I)
_PREFIX = re.compile(r"\(\s*(?:utc|gmt)?\s*[+-]?\s*[\d:]*\s*\)\s*", re.I)


def zone_named(name: str) -> str:
    """The IANA name meant: IANA and Windows names, quoted, prefixed, by city or in words; empty when unknown."""
    # Exchange numbers zones of one name: "Eastern Standard Time 1".
    name = re.sub(r"(?<=Time) \d{1,2}\Z", "", tidy(name).strip("\"'/ ")[:200])
    if not name:
        return ""
    if fold(name) in table("zones"):
        return table("zones")[fold(name)]
    exact = _by_fold().get(name.casefold()) or _by_fold().get(name.replace(" ", "_").casefold())
    if exact:
        return exact
    # "/freeassociation.sourceforge.net/Europe/Berlin", "/mozilla.org/20050126_1/Europe/Berlin"
    parts = name.split("/")
    for start in range(1, min(len(parts), 6)):
        tail = _by_fold().get("/".join(parts[start:]).casefold())
        if tail and "/" in tail:
            return tail
    return _in_words(name)


@cache
def _by_fold() -> dict[str, str]:
    renamed = table("renamed_zones")
    found = {
        name.casefold(): renamed.get(zone, zone)
        for name, zone in WINDOWS_TO_OLSON.items()
        if renamed.get(zone, zone) in known_zones()
    }
    found.update({zone.casefold(): zone for zone in sorted(known_zones())})
    return found


def _in_words(name: str) -> str:
    """ "(UTC+01:00) Amsterdam, Berlin", "Pacific Time (US & Canada)", "Berlin"."""
    prefix = _PREFIX.match(name)
    rest = name[prefix.end() :] if prefix else name
    offset = _OFFSET.match(name)
    minutes = None
    if offset:
        minutes = (int(offset[2]) * 60 + int(offset[3] or 0)) * (1 if offset[1] == "+" else -1)
        rest = rest if prefix else name[offset.end() :]
    words = fold(re.sub(r"\([^()]*\)", "", rest).strip())
    if words in table("zones"):
        return table("zones")[words]
    exact = _by_fold().get(words)
    if exact:
        return exact
    named = [_by_city().get(fold(city.strip()), "") for city in re.split(r"[,;/]", rest)[:10]]
    fitting = [zone for zone in named if zone and (minutes is None or _standard_minutes(zone) == minutes)]
    if fitting:
        # Of the cities that Windows lists, the one that its own zone is called after.
        return next((zone for zone in fitting if zone in _windows_zones()), fitting[0])
    if offset and not rest.strip() and minutes is not None:
        return fixed_zone(dt.timedelta(minutes=minutes))
    return ""


@cache
def _windows_zones() -> frozenset[str]:
    renamed = table("renamed_zones")
    return frozenset(renamed.get(zone, zone) for zone in WINDOWS_TO_OLSON.values())


@cache
def _by_city() -> dict[str, str]:
    found = {
        fold(zone.rsplit("/", 1)[-1].replace("_", " ")): zone
        for zone in sorted(known_zones())
        if "/" in zone
        and not zone.startswith(("Etc/", "SystemV/", "US/", "Canada/", "Mexico/", "Brazil/", "Chile/"))
    }
    for zone, names in tomllib.loads(CITIES.read_text(encoding="utf-8")).items():
        found.update({fold(name): zone for name in names})
    return found


def _standard_minutes(zone: str) -> int:
    offsets = [ZoneInfo(zone).utcoffset(dt.datetime(2026, month, 15)) for month in (1, 7)]
    return min(int(one.total_seconds() // 60) for one in offsets if one is not None)


def fixed_zone(offset: dt.timedelta) -> str:
    """A zone that always has this offset, for whole hours; empty otherwise. The sign of Etc names is turned."""
    hours, rest = divmod(int(offset.total_seconds()), 3600)
    name = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    return name if not rest and name in known_zones() else ""


@dataclass(frozen=True, slots=True)
class OwnZone:
    """A VTIMEZONE: the IANA name it says it has (or empty), and its offsets by wall time where it defines any."""

    name: str
    rules: dt.tzinfo | None

    def offset_at(self, wall: dt.datetime) -> dt.timedelta | None:
        try:
            return self.rules.utcoffset(wall.replace(tzinfo=self.rules)) if self.rules else None
        except (ValueError, OverflowError):
            return None

    def same_as(self, zone: str, year: int) -> bool:
        info = ZoneInfo(zone)
        walls = [dt.datetime(year, month, day, 12) for month in range(1, 13) for day in (6, 20)]
        return all(info.utcoffset(wall) == self.offset_at(wall) for wall in walls)

    def iana(self, wall: dt.datetime, preferred: str) -> str:
        """A zone with the same offsets all that year; else one that has the same offset at that time."""
        order: list[str] = [zone for zone in (self.name, preferred, *tables()["zone_order"]["zones"]) if zone]
        year = min(max(wall.year, 1971), 2199)
        for zone in order:
            if self.same_as(zone, year):
                return zone
        offset = self.offset_at(wall)
        if offset is None:
            return ""
        same = (one for one in order if ZoneInfo(one).utcoffset(wall) == offset)
        return fixed_zone(offset) or next(same, "")


def own_zone(component: Component) -> OwnZone | None:
    said = zone_named(component.text("X-LIC-LOCATION")) or zone_named(component.text("TZID"))
    said = said or table("exchange_zones").get(tidy(component.text("X-MICROSOFT-CDO-TZID")), "")
    rules = _rules(component)
    return OwnZone(said, rules) if rules or said else None


def _rules(component: Component) -> dt.tzinfo | None:
    rows = ["BEGIN:VTIMEZONE", "TZID:own"]
    for part in [one for one in component.parts[:8] if one.name in ("STANDARD", "DAYLIGHT")]:
        yearly = _YEARLY.fullmatch(part.text("RRULE").strip().upper())
        kept = ("TZOFFSETFROM", "TZOFFSETTO", "DTSTART", *(["RRULE"] if yearly else []))
        lines = [line[:300] for name in kept for line in part.lines.get(name, ())[:1]]
        rows += [f"BEGIN:{part.name}", *lines, f"END:{part.name}"]
    try:
        zone = Timezone.from_ical("\r\n".join([*rows, "END:VTIMEZONE"]))
        return zone.to_tz(lookup_tzid=False) if len(rows) > 2 and isinstance(zone, Timezone) else None
    except Exception:
        # The library raises many things for what is no rule; the zone then is one that is not known.
        return None
