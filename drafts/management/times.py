"""Parses times given to commands."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from drafts.domain.facts_json import FactsError, Fault
from drafts.domain.moments import known_zones, local_moment

HOW = "write it as 2026-11-19T16:30"


def read_moment(option: str, text: str, zone: str) -> dt.datetime:
    """ISO 8601 as a moment in the zone; without an offset it is local time there. Raises FactsError with one
    problem."""
    wall = read_time(option, text)
    if wall.tzinfo is not None:
        return wall.astimezone(ZoneInfo(zone))
    try:
        return local_moment(wall, zone)
    except ValueError as error:
        raise fault(
            option,
            text,
            f"never was; write a time after the change in {zone}, where clocks go forward over it",
        ) from error


def read_time(option: str, text: str) -> dt.datetime:
    """ISO 8601 with or without an offset, unchanged. Raises FactsError with one problem."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise fault(option, text, f"is not a time; {HOW}") from error
    if not 1970 <= moment.year <= 2200:
        raise fault(option, text, "is too far away; give a year from 1970 to 2200")
    return moment


def read_zone(option: str, text: str) -> str:
    """A zone by its IANA name. Raises FactsError with one problem."""
    if text not in known_zones():
        raise fault(option, text, "is not a known zone; give an IANA name such as America/New_York")
    return text


def fault(option: str, text: str, message: str) -> FactsError:
    """One problem of one option, always on one line."""
    shown = "".join(character if character.isprintable() else "?" for character in text[:60])
    return FactsError([Fault(f"{option} {shown}".rstrip(), message)])
