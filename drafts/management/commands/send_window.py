"""`manage.py send_window --ended-at T --time-zone Z`: when to send, as JSON. docs/send-window.md has the rule."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.management.base import BaseCommand
from django.utils import timezone

from drafts.domain.facts_json import FactsError, Fault
from drafts.domain.values import COUNTRY
from drafts.domain.window import MONDAY_TO_FRIDAY, WorkingWeek, country_parts, send_plan
from drafts.management.times import HOW, fault, read_moment, read_time, read_zone

DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
HOURS = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*-\s*(\d{1,2})(?::(\d{2}))?\Z", re.ASCII)

T = TypeVar("T")


class Command(BaseCommand):
    help = "Say when to send the letters of an interview (docs/send-window.md)."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--ended-at", help="when it ended, ISO 8601; without an offset in --time-zone")
        parser.add_argument("--time-zone", help="where they will read the mail, such as Europe/Berlin")
        parser.add_argument("--country", default="", help="whose public holidays count: DE, or US-CA")
        parser.add_argument("--now", help="as of when, ISO 8601; without it, now")
        parser.add_argument("--hours", default="9:00-17:00", help="when they work; 9:00-17:00 if not given")
        parser.add_argument("--days", default="mon-fri", help="on which days: mon-fri, sun-thu, mon,tue,sat")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            ended_at, zone, week, now = _read(options, now)
        except FactsError as error:
            for one in error.faults:
                self.stderr.write(str(one))
            sys.exit(2)
        plan = send_plan(ended_at, zone, week, now)
        answer = {
            "recommended_at": plan.recommended_at.isoformat(timespec="seconds"),
            "opens_at": plan.opens_at.isoformat(timespec="seconds"),
            "deadline_at": plan.deadline_at.isoformat(timespec="seconds"),
            "status": plan.status,
            "reason": plan.reason,
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))


def _read(options: dict[str, Any], clock: dt.datetime) -> tuple[dt.datetime, str, WorkingWeek, dt.datetime]:
    """The parsed input, in whole seconds. Raises FactsError with every problem."""
    faults: list[Fault] = []

    def kept(read: Callable[..., T], *values: Any, otherwise: T) -> T:
        try:
            return read(*values)
        except FactsError as error:
            faults.extend(error.faults)
            return otherwise

    zone = kept(_zone, options["time_zone"], otherwise="")
    # Without a valid zone, only the format of a time can be checked.
    ended_at = kept(_ended_at, options["ended_at"], zone, otherwise=clock)
    now = kept(_time, "--now", options["now"], zone, otherwise=clock) if options["now"] is not None else clock
    country = kept(_country, options["country"], otherwise="")
    opens, closes = kept(
        read_hours, options["hours"], otherwise=(MONDAY_TO_FRIDAY.opens, MONDAY_TO_FRIDAY.closes)
    )
    days = kept(read_days, options["days"], otherwise=MONDAY_TO_FRIDAY.days)
    if faults:
        raise FactsError(faults)
    week = WorkingWeek(opens, closes, days, country)
    return ended_at.replace(microsecond=0), zone, week, now.replace(microsecond=0)


def _zone(text: str | None) -> str:
    if text is None:
        raise FactsError([Fault("--time-zone", "is missing; give an IANA name such as America/New_York")])
    return read_zone("--time-zone", text)


def _ended_at(text: str | None, zone: str) -> dt.datetime:
    if text is None:
        raise FactsError([Fault("--ended-at", f"is missing; {HOW}")])
    return _time("--ended-at", text, zone)


def _time(option: str, text: str, zone: str) -> dt.datetime:
    if len(text) < len("20261119T16"):
        raise fault(option, text, f"is not a date with a time; {HOW}")
    return read_moment(option, text, zone) if zone else read_time(option, text)


def _country(text: str) -> str:
    country = text.strip().upper()
    if not country:
        return ""
    code, _, part = country.partition("-")
    parts = country_parts(code) if COUNTRY.match(country) else None
    if parts is None:
        raise fault(
            "--country",
            text,
            "is no country whose holidays are known; write it as DE or US-CA, or leave it out",
        )
    if part and part not in parts:
        known = f"known are {', '.join(parts)}" if parts else f"write {code} alone"
        raise fault("--country", text, f"has no such part with holidays of its own; {known}")
    return country


def read_hours(text: str) -> tuple[dt.time, dt.time]:
    """Parses "9:00-17:00". Raises FactsError with one problem."""
    found = HOURS.match(text.strip())
    try:
        if not found:
            raise ValueError
        numbers = [int(number or 0) for number in found.groups()]
        opens, closes = dt.time(numbers[0], numbers[1]), dt.time(numbers[2], numbers[3])
    except ValueError as error:
        raise fault("--hours", text, "is not a working day; write it as 9:00-17:00") from error
    if opens >= closes:
        raise fault("--hours", text, "ends before it begins; write it as 9:00-17:00")
    return opens, closes


def read_days(text: str) -> frozenset[int]:
    """Parses "mon-fri", "sun-thu" or "mon,tue,sat". Raises FactsError with one problem."""
    found: set[int] = set()
    for piece in text.lower().split(","):
        names = [_day(name.strip()) for name in piece.split("-")]
        if len(names) > 2 or None in names:
            raise fault("--days", text, "is not a list of days; write it as mon-fri, sun-thu or mon,tue,sat")
        first, last = names[0] or 0, names[-1] or 0
        found |= {(first + count) % 7 for count in range((last - first) % 7 + 1)}
    return frozenset(found)


def _day(name: str) -> int | None:
    """The number of a weekday from its first three or more letters."""
    fitting = [number for number, day in enumerate(DAY_NAMES) if len(name) > 2 and day.startswith(name)]
    return fitting[0] if fitting else None
