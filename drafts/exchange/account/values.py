"""Single values of an account file as they were read: of the right kind and within bounds, or a fault with its path."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from drafts.domain.moments import known_zones
from drafts.domain.texts import TextProblem, text_fault
from drafts.exchange.cleaning import one_line

MAX_FAULTS = 20
FIRST_YEAR, LAST_YEAR = 1970, 2200
LARGEST_NUMBER = 2**31 - 1  # a whole number of the database

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{6})?)?")
# What stands in for a value at fault: nothing of it is ever handed out.
_NO_ID = UUID(int=0)
_NO_MOMENT = dt.datetime(FIRST_YEAR, 1, 1, tzinfo=dt.UTC)
_FACT_WORDS = {
    TextProblem.UNSENDABLE: "holds a character that cannot be sent in an email ({found}); remove it",
    TextProblem.SEVERAL_LINES: "must stay on one line; remove the line breaks",
    TextProblem.TOO_LONG: "is longer than {limit} characters",
    TextProblem.TOO_MANY_WORDS: "is longer than {limit} words",
}

E = TypeVar("E", bound=StrEnum)
D = TypeVar("D")


class AccountFault(ValueError):
    """The file cannot be read in; `faults` are sentences for the user, at most 20, each with the path of its value."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Report:
    """The faults found, and what may be in one account file only once. `add` raises AccountFault when full."""

    faults: list[str] = field(default_factory=list)
    ids: set[UUID] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)

    def add(self, path: str, words: str) -> None:
        self.faults.append(f"{path} {words}")
        if len(self.faults) >= MAX_FAULTS:
            raise AccountFault(*self.faults)

    def done(self) -> None:
        """Raises AccountFault if there are faults."""
        if self.faults:
            raise AccountFault(*self.faults)


@dataclass(frozen=True, slots=True)
class Table:
    """An object of the file. Each method reads one key; for a fault it reports, and answers something that will do."""

    values: dict[str, Any]
    path: str
    report: Report

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def fault(self, key: str, words: str) -> None:
        self.report.add(self.at(key), words)

    def given(self, key: str) -> Any:
        """The value of a key that has to be there; None where it is not."""
        value = self.values.get(key)
        if value is None:
            self.fault(key, "is missing; choose the file as it was downloaded")
        return value

    def table(self, key: str, keys: Collection[str]) -> Table:
        """An object within; an empty one where it is left out."""
        value = self.values.get(key)
        found = open_table({} if value is None else value, self.at(key), keys, self.report)
        return found or Table({}, self.at(key), self.report)

    def tables(self, key: str, keys: Collection[str], most: int) -> Iterator[Table]:
        """The objects of a list, those at fault left out."""
        for place, value in enumerate(self.items(key, most)):
            found = open_table(value, f"{self.at(key)}[{place}]", keys, self.report)
            if found:
                yield found

    def items(self, key: str, most: int) -> list[Any]:
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(key, f"must be a list, not {kind_of(value)}")
            return []
        if len(value) > most:
            self.fault(key, f"has {len(value)} entries; at most {most} can be read in")
        return value[:most]

    def text(self, key: str, most: int) -> str:
        """A text of at most so many characters, as it is; empty where it is left out."""
        value = self.values.get(key)
        words = "" if value is None else _text_words(value, most)
        if words:
            self.fault(key, words)
        return "" if value is None or words else str(value)

    def fact(self, key: str) -> str:
        """A text by the rules of the facts document, without white space at its ends."""
        return self._fact(self.values.get(key), self.at(key), key)

    def facts(self, key: str, rule: str, most: int) -> tuple[str, ...]:
        items = [
            self._fact(value, f"{self.at(key)}[{place}]", rule)
            for place, value in enumerate(self.items(key, most))
        ]
        return tuple(item for item in items if item)

    def _fact(self, value: Any, path: str, rule: str) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self.report.add(path, f"must be text in quotes, not {kind_of(value)}")
            return ""
        fault = text_fault(rule, value)
        if fault:
            self.report.add(path, _FACT_WORDS[fault.problem].format(found=fault.found, limit=fault.limit))
        return value.strip()

    def texts(self, key: str, longest: int, most: int) -> tuple[str, ...]:
        values = self.items(key, most)
        for place, value in enumerate(values):
            if words := _text_words(value, longest) or ("" if value else "is empty; take it out"):
                self.report.add(f"{self.at(key)}[{place}]", words)
        return tuple(values)

    def number(self, key: str, least: int, most: int = LARGEST_NUMBER) -> int:
        """A whole number; the least one where it is left out."""
        value = self.values.get(key)
        if value is None:
            return least
        if type(value) is not int or not least <= value <= most:
            self.fault(key, f"must be a whole number from {least} to {most}")
            return least
        return value

    def zone(self, key: str) -> str:
        value = self.values.get(key)
        if value is None or value == "":
            return ""
        if not isinstance(value, str) or value not in known_zones():
            self.fault(key, "is not a known zone; give an IANA name such as America/New_York")
            return ""
        return value

    def one_of(self, key: str, kind: type[E], default: D) -> E | D:
        value = self.values.get(key)
        if value is None or value == "":
            return default
        try:
            return kind(value)
        except ValueError:
            self.fault(key, f"must be one of {', '.join(kind)}")
            return default

    def moment(self, key: str) -> dt.datetime | None:
        """A moment, in UTC."""
        value = self.values.get(key)
        if value is None:
            return None
        try:
            if not isinstance(value, str):
                raise ValueError
            given = dt.datetime.fromisoformat(value)
        except ValueError:
            given = None
        if given is None or given.tzinfo is None:
            self.fault(key, "must be a moment with its offset, such as 2026-11-19T15:10:00+00:00")
            return None
        return given.astimezone(dt.UTC) if self._is_sane(key, given.year) else None

    def needed_moment(self, key: str) -> dt.datetime:
        return (self.moment(key) if self.given(key) is not None else None) or _NO_MOMENT

    def day(self, key: str) -> dt.date | None:
        value = self.values.get(key)
        if value is None:
            return None
        try:
            if not isinstance(value, str) or not _DAY.fullmatch(value):
                raise ValueError
            given = dt.date.fromisoformat(value)
        except ValueError:
            self.fault(key, "must be a date such as 2026-11-19")
            return None
        return given if self._is_sane(key, given.year) else None

    def _is_sane(self, key: str, year: int) -> bool:
        if FIRST_YEAR <= year <= LAST_YEAR:
            return True
        self.fault(key, f"names the year {year}; give a year from {FIRST_YEAR} to {LAST_YEAR}")
        return False

    def time(self, key: str, default: dt.time) -> dt.time:
        value = self.values.get(key)
        if value is None:
            return default
        try:
            if not isinstance(value, str) or not _TIME.fullmatch(value):
                raise ValueError
            return dt.time.fromisoformat(value)
        except ValueError:
            self.fault(key, "must be a time such as 09:00")
            return default

    def id(self) -> UUID:
        """The object's own id, which nothing else in the file may have."""
        value = self.given("id")
        if value is None:
            return _NO_ID
        if not isinstance(value, str) or not _ID.fullmatch(value):
            self.fault("id", "must be an id such as 123e4567-e89b-42d3-a456-426614174000")
            return _NO_ID
        found = UUID(value)
        if found in self.report.ids:
            self.fault("id", f"is {found}, which something else in the file has already")
        self.report.ids.add(found)
        return found


def open_table(value: Any, path: str, keys: Collection[str], report: Report) -> Table | None:
    """The object, with a fault for each key that is not known; None where it is none."""
    if not isinstance(value, dict):
        report.add(path, f"must be an object with named values, not {kind_of(value)}")
        return None
    table = Table(value, path, report)
    for key in value:
        if key not in keys:
            table.fault(printable(key), "is not a known key; take it out")
    return table


def printable(text: str) -> str:
    """The beginning of a text that may hold anything, to be shown in a message."""
    return one_line(text[:100])


def kind_of(value: Any) -> str:
    if value is None:
        return "nothing (null)"
    if isinstance(value, bool):
        return "true or false"
    kinds = {str: "text", list: "a list", dict: "an object", int: "a number", float: "a number"}
    return kinds.get(type(value), "something else")


def _text_words(value: Any, most: int) -> str:
    """What is wrong with a text; empty where nothing is."""
    if not isinstance(value, str):
        return f"must be text in quotes, not {kind_of(value)}"
    if len(value) > most:
        return f"is longer than {most} characters"
    if "\0" in value:
        return "holds a null character; remove it"
    if _SURROGATE.search(value):
        return "holds half a character (a lone surrogate); remove it"
    return ""
