"""What a calendar calls a time zone, as an IANA name."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache

from drafts.domain.moments import known_zones
from drafts.domain.time_zones import of_city, zone
from drafts.domain.tokens import fold
from drafts.invite.lines import Component
from drafts.invite.lists import table
from drafts.invite.texts import tidy

_OFFSET = re.compile(r"\(?\s*(?:utc|gmt)?\s*([+-]|\u2212)\s*(\d{1,2})(?::?(\d{2}))?\s*\)?\s*", re.I)


def zone_named(name: str) -> str:
    """The IANA name meant: IANA and Windows names, quoted, prefixed, by city or in words; empty when unknown."""
    # Exchange numbers zones of one name: "Eastern Standard Time 1".
    name = re.sub(r"(?<=Time) \d{1,2}\Z", "", tidy(name).strip("\"'/ ")[:200])
    parts = name.split("/")[:6]
    # "/mozilla.org/20050126_1/Europe/Berlin"
    tails = ["/".join(parts[start:]) for start in range(len(parts) if name else 0)]
    return next(filter(None, map(_known, tails)), "") or _in_words(name)


def _known(name: str) -> str:
    key = fold(name)
    return _by_name().get(key) or _by_name().get(key.replace(" ", "_")) or ""


@cache
def _by_name() -> dict[str, str]:
    own = {fold(name): name for name in known_zones()}
    return {fold(name): zone for name, zone in _of_windows().items()} | own | table("zones")


@cache
def _of_windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # slow to import, and few pages need it

    renamed = table("renamed_zones")
    zones = {name: renamed.get(zone, zone) for name, zone in WINDOWS_TO_OLSON.items()}
    return {name: zone for name, zone in zones.items() if zone in known_zones()}


def _in_words(name: str) -> str:
    """ "(UTC+01:00) Amsterdam, Berlin", "Pacific Time (US & Canada)", "Berlin"."""
    offset = _OFFSET.match(name)
    size = _timedelta(offset) if offset else None
    rest = name[offset.end() :] if offset else name
    cities = [found for text in re.split(r"[,;/]", rest)[:10] if (found := of_city(text))]
    fitting = [one for one in cities if size is None or _standard(one) == size]
    exact = _known(re.sub(r"\([^()]*\)", "", rest).strip())
    if exact or fitting:
        # Of the cities that Windows lists, the one that its own zone is called after.
        return exact or next((one for one in fitting if one in _of_windows().values()), fitting[0])
    return fixed_zone(size) if size is not None and not rest else ""


def _timedelta(offset: re.Match[str]) -> dt.timedelta:
    size = dt.timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return size if offset[1] == "+" else -size


def _standard(name: str) -> dt.timedelta | None:
    """The offset when clocks are not put forward."""
    return min(zone(name).utcoffset(dt.datetime(2026, month, 15)) or dt.timedelta() for month in (1, 7))


def fixed_zone(offset: dt.timedelta) -> str:
    """A zone that always has this offset, for whole hours; empty otherwise. The sign of Etc names is turned."""
    hours, rest = divmod(int(offset.total_seconds()), 3600)
    name = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    return name if not rest and name in known_zones() else ""


def own_zone(component: Component) -> str:
    """The IANA name that a VTIMEZONE says it has; empty where it only defines offsets, so that the page asks."""
    named = zone_named(component.text("X-LIC-LOCATION")) or zone_named(component.text("TZID"))
    return named or table("exchange_zones").get(tidy(component.text("X-MICROSOFT-CDO-TZID")), "")
