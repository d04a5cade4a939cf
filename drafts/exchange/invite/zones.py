"""What a calendar calls a time zone, as an IANA name; and zones that a calendar defines by their offsets."""

from __future__ import annotations

import calendar
import datetime as dt
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from drafts.domain.moments import known_zones
from drafts.domain.tokens import fold
from drafts.exchange.invite.lines import Component
from drafts.exchange.invite.lists import CITIES, lists
from drafts.exchange.invite.texts import tidy

UTC_NAMES = frozenset(
    [
        "utc",
        "z",
        "gmt",
        "etc/utc",
        "etc/gmt",
        "zulu",
        "utc+00:00",
        "gmt+00:00",
        "coordinated universal time",
        "etc/zulu",
        "etc/uct",
        "uct",
        "universal",
        "etc/universal",
        "(utc) coordinated universal time",
        "tzone://microsoft/utc",
    ]
)
_OFFSET = re.compile(r"\(?(?:utc|gmt)?\s*([+-]|\u2212)\s*(\d{1,2})(?::?(\d{2}))?\)?\s*", re.I)
_PREFIX = re.compile(r"\(\s*(?:utc|gmt)?\s*[+-]?\s*[\d:]*\s*\)\s*", re.I)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def zone_named(name: str) -> str:
    """The IANA name meant: IANA and Windows names, quoted, prefixed, by city or in words; empty when unknown."""
    name = tidy(name).strip("\"' ")[:200]
    if not name:
        return ""
    if fold(name) in UTC_NAMES:
        return "UTC"
    if fold(name) in lists().zones:
        return lists().zones[fold(name)]
    exact = _by_fold().get(name.casefold()) or _by_fold().get(name.replace(" ", "_").casefold())
    if exact:
        return exact
    # "/freeassociation.sourceforge.net/Europe/Berlin", "/mozilla.org/20050126_1/Europe/Berlin"
    parts = name.strip("/").split("/")
    for start in range(1, min(len(parts), 6)):
        tail = _by_fold().get("/".join(parts[start:]).casefold())
        if tail and "/" in tail:
            return tail
    return _in_words(name)


@cache
def _by_fold() -> dict[str, str]:
    renamed = lists().renamed_zones
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
    if words in lists().zones:
        return lists().zones[words]
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
    renamed = lists().renamed_zones
    return frozenset(renamed.get(zone, zone) for zone in WINDOWS_TO_OLSON.values())


@cache
def _by_city() -> dict[str, str]:
    found = {
        fold(zone.rsplit("/", 1)[-1].replace("_", " ")): zone
        for zone in sorted(known_zones())
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))
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
class _Rule:
    """From when on an offset holds: once at `start`, or every year on that day of a month."""

    start: dt.datetime
    offset: dt.timedelta
    month: int = 0
    weekday: int = 0
    nth: int = 0
    until: int = 9999

    def last_before(self, wall: dt.datetime) -> dt.datetime | None:
        if not self.month:
            return self.start if self.start <= wall else None
        for year in (min(wall.year, self.until), min(wall.year, self.until) - 1):
            onset = self._in(year)
            if onset and self.start <= onset <= wall:
                return onset
        return self.start if self.start <= wall else None

    def _in(self, year: int) -> dt.datetime | None:
        if not 1 <= year <= 9999:
            return None
        days = [day for week in calendar.monthcalendar(year, self.month) if (day := week[self.weekday])]
        place = self.nth - 1 if self.nth > 0 else self.nth
        if not -len(days) <= place < len(days):
            return None
        return self.start.replace(year=year, month=self.month, day=days[place])


@dataclass(frozen=True, slots=True)
class OwnZone:
    """A VTIMEZONE: offsets by wall time, and the IANA name it says it has (or empty)."""

    name: str
    rules: tuple[_Rule, ...]

    def offset_at(self, wall: dt.datetime) -> dt.timedelta | None:
        onsets = [(onset, rule.offset) for rule in self.rules if (onset := rule.last_before(wall))]
        if onsets:
            return max(onsets)[1]
        return self.rules[0].offset if self.rules else None

    def same_as(self, zone: str, year: int) -> bool:
        info = ZoneInfo(zone)
        walls = [dt.datetime(year, month, day, 12) for month in range(1, 13) for day in (6, 20)]
        return all(info.utcoffset(wall) == self.offset_at(wall) for wall in walls)

    def iana(self, wall: dt.datetime, preferred: str) -> str:
        """A zone with the same offsets all that year; else one that has the same offset at that time."""
        order = [zone for zone in (self.name, preferred, *lists().zone_order) if zone]
        year = min(max(wall.year, 1971), 2199)
        for zone in order:
            if self.same_as(zone, year):
                return zone
        offset = self.offset_at(wall)
        if offset is None:
            return ""
        return fixed_zone(offset) or next(
            (one for one in order if ZoneInfo(one).utcoffset(wall) == offset), ""
        )


def own_zone(component: Component) -> OwnZone | None:
    rules = [rule for part in component.parts[:100] if (rule := _rule(part))]
    said = zone_named(component.text("X-LIC-LOCATION")) or zone_named(component.text("TZID"))
    return OwnZone(said, tuple(rules)) if rules or said else None


def _rule(part: Component) -> _Rule | None:
    offset = _offset(part.text("TZOFFSETTO"))
    if offset is None or part.name not in ("STANDARD", "DAYLIGHT"):
        return None
    start = re.match(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2}))?", part.text("DTSTART").strip())
    try:
        moment = dt.datetime(*(int(one or 0) for one in start.groups())) if start else dt.datetime(1970, 1, 1)  # type: ignore[arg-type]
    except ValueError:
        return None
    recurring = dict(pair.partition("=")[::2] for pair in part.text("RRULE").upper()[:300].split(";"))
    day = re.fullmatch(r"([+-]?\d)(MO|TU|WE|TH|FR|SA|SU)", recurring.get("BYDAY", ""))
    month = recurring.get("BYMONTH", "")
    if recurring.get("FREQ") != "YEARLY" or not day or not month.isdecimal() or not 1 <= int(month[:3]) <= 12:
        return _Rule(moment, offset)
    until = recurring.get("UNTIL", "")[:4]
    last = int(until) if until.isdecimal() else 9999
    return _Rule(moment.replace(day=1), offset, int(month), _WEEKDAYS.index(day[2]), int(day[1]), last)


def _offset(text: str) -> dt.timedelta | None:
    found = re.fullmatch(r"([+-])(\d{2}):?(\d{2})(?:\d{2})?", text.strip()[:10])
    if not found or int(found[2]) > 18 or int(found[3]) > 59:
        return None
    size = dt.timedelta(hours=int(found[2]), minutes=int(found[3]))
    return size if found[1] == "+" else -size
