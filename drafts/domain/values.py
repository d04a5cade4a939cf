"""Types for the values of a facts document, used by its dataclasses (`facts`).

pydantic validates and serializes with these types. A fault is a PydanticCustomError, or a PydanticKnownError if
pydantic itself has that kind; `facts_json` and the account file word the faults that have no message here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, make_dataclass
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetPydanticSchema,
    PlainSerializer,
    PlainValidator,
    ValidationInfo,
    WrapValidator,
)
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

from drafts.domain.addresses import is_address
from drafts.domain.moments import known_zones, local_moment
from drafts.domain.texts import is_web_address, text_fault

FIRST_YEAR, LAST_YEAR = 1970, 2200
NOT_GIVEN = object()
# The validation context for stored facts, which may have what a facts document may not: no people in the panel yet,
# a sender without a name, and unusual but valid addresses such as "me@localhost".
STORED = object()
COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?\Z")
# Folder separators, and marks that reverse the writing direction, which can make an .exe file look like a .pdf.
FILE_NAME_NEVER = re.compile(r"[/\\\u200e\u200f\u202a-\u202e\u2066-\u2069]|\A\.+\Z")
EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\".]+\Z")


@dataclass(frozen=True, slots=True)
class Table:
    """Base class for the objects of a document. Keys other than the fields are faults; null counts as not given."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, schema_of: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(cls._without_nulls, schema_of(source))

    @classmethod
    def _without_nulls(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        known = cls.__dataclass_fields__
        # pydantic cannot handle a key that is not text or contains a lone surrogate.
        return {
            key if key in known else str(key).encode(errors="backslashreplace").decode(): one
            for key, one in value.items()
            if one is not None or key not in known
        }


@dataclass(frozen=True, slots=True)
class TooMany:
    """Replaces the entries beyond a list's limit. No type accepts it, so it always becomes a fault."""

    found: int
    most: int


def at_most(most: int) -> BeforeValidator:
    """For a list: more entries than `most` are a fault, and the excess is not validated."""

    def cut(value: Any) -> Any:
        if not isinstance(value, list) or len(value) <= most:
            return value
        return [*value[:most], TooMany(len(value), most)]

    return BeforeValidator(cut)


def text(value: Any, key: str) -> str:
    if not isinstance(value, str):
        raise PydanticKnownError("string_type")
    if fault := text_fault(key, value):
        kind = fault.problem.name.lower()
        raise PydanticCustomError(kind, "{found}", {"found": fault.found, "limit": fault.limit})
    return value.strip()


def needed(value: Any, key: str) -> str:
    found = text(value, key)
    if not found:
        raise PydanticCustomError("empty", "is empty; it is required")
    return found


def sane_year(year: int) -> None:
    """Rejects a year so far away that date arithmetic could fail."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        words = "names the year {year}; give a year from {first} to {last}"
        raise PydanticCustomError("year", words, {"year": year, "first": FIRST_YEAR, "last": LAST_YEAR})


def zone(value: Any) -> str:
    if not isinstance(value, str) or value not in known_zones():
        raise PydanticCustomError("zone", "is not a known zone; give an IANA name such as America/New_York")
    return value


def _sender_name(value: Any, info: ValidationInfo) -> str:
    return "" if value == "" and info.context is STORED else needed(value, "full_name")


def _country(value: Any) -> str:
    if value == "":
        return ""
    if not isinstance(value, str) or not COUNTRY.match(value.strip().upper()):
        words = 'must be a two-letter country code such as "US", or "US-CA" with a state or region'
        raise PydanticCustomError("country", words)
    return value.strip().upper()


def _ended_at(value: Any, info: ValidationInfo) -> dt.datetime:
    """Takes a wall-clock time in the interview's zone, or a time with an offset; returns it in that zone."""
    try:
        if not isinstance(value, str) or len(value.strip()) < len("2026-11-19T15"):
            raise ValueError
        given = dt.datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise PydanticCustomError("time", "must be a date and time such as 2026-11-19T15:10") from error
    sane_year(given.year)
    name = info.data.get("time_zone")
    if name is None:  # the zone is invalid, so the interview is rejected anyway
        return given
    if given.tzinfo is not None:
        return given.astimezone(ZoneInfo(name))
    try:
        return local_moment(given, name)
    except ValueError as error:
        words = "did not exist in {zone} because the clocks went forward; give the time after the change"
        raise PydanticCustomError("gap", words, {"zone": name}) from error


def _email(value: Any, info: ValidationInfo) -> str:
    email = text(value, "email")
    if email and not EMAIL.match(email) and not (info.context is STORED and is_address(email)):
        raise PydanticCustomError("email", "is not an email address; write it like name@company.example")
    return email


def _web_address(value: Any) -> str:
    if value is NOT_GIVEN:
        raise PydanticKnownError("missing")
    url = needed(value, "url")
    if not is_web_address(url):
        raise PydanticCustomError("url", "must be a web address that begins with https:// or http://")
    return url


def _file_name(value: Any) -> str:
    name = needed(value, "file")
    if FILE_NAME_NEVER.search(name):
        words = "must be just a file name, without folders or invisible characters"
        raise PydanticCustomError("file", words)
    return name


def _link_or_file(value: Any, read: Callable[[Any], Any]) -> Any:
    """A work sample has either `url` or `file`; the one that is empty counts as not given."""
    if isinstance(value, dict) and value.get("file", "") in ("", None):
        url = value.get("url")
        value = {**value, "file": None, "url": NOT_GIVEN if url is None else url}
    elif isinstance(value, dict) and value.get("url") == "":
        value = {**value, "url": None}
    sample = read(value)
    if sample.url and sample.file:
        words = "has both url and file; keep one, and give the other an entry of its own"
        raise PydanticCustomError("both", words)
    return sample


def few_of_each(most_links: int, most_files: int) -> AfterValidator:
    """For work samples: links and files each have their own limit."""

    def check(samples: tuple[Any, ...]) -> tuple[Any, ...]:
        files = sum(bool(sample.file) for sample in samples)
        links = len(samples) - files
        if files > most_files:
            words, count = "has {count} files; at most {most} can go with one letter", files
        else:
            words, count = "has {count} {kind}; at most {most} can be used", links
        if files > most_files or links > most_links:
            most = most_files if files > most_files else most_links
            kind = "links" if files else "entries"
            raise PydanticCustomError("too_many", words, {"count": count, "most": most, "kind": kind})
        return samples

    return AfterValidator(check)


def pairs_by(keys: Sequence[str], text_type: Any) -> GetPydanticSchema:
    """For an object with these keys and text values: (key, text) pairs in the order of `keys`, without empty texts."""
    table = make_dataclass("Texts", [(key, text_type, "") for key in keys], bases=(Table,), frozen=True)

    def in_order(texts: Any) -> tuple[tuple[str, str], ...]:
        return tuple((key, getattr(texts, key)) for key in keys if getattr(texts, key))

    pairs: Any = Annotated[table, AfterValidator(in_order), PlainSerializer(dict)]
    return GetPydanticSchema(lambda _source, schema_of: schema_of(pairs))


def _at_least_one(people: tuple[Any, ...], info: ValidationInfo) -> tuple[Any, ...]:
    if not people and info.context is not STORED:
        raise PydanticCustomError("nobody", "is empty; list at least one person")
    return people


def text_for(key: str) -> PlainValidator:
    return PlainValidator(lambda value: text(value, key))


# Text that follows the rules for its key, stripped of surrounding white space.
Text = Annotated[str, PlainValidator(lambda value, info: text(value, info.field_name))]
Needed = Annotated[str, PlainValidator(lambda value, info: needed(value, info.field_name))]
Strength = Annotated[str, text_for("strength")]
OwnSentence = Annotated[str, text_for("say")]
NOT_EMPTY = AfterValidator(lambda items: tuple(item for item in items if item))
SenderName = Annotated[str, PlainValidator(_sender_name)]
EmailAddress = Annotated[str, PlainValidator(_email)]
WebAddress = Annotated[str, PlainValidator(_web_address)]
FileName = Annotated[str, PlainValidator(_file_name)]
Zone = Annotated[str, PlainValidator(zone)]
Country = Annotated[str, PlainValidator(_country)]
EndedAt = Annotated[dt.datetime, PlainValidator(_ended_at), PlainSerializer(dt.datetime.isoformat)]
EMPTY_IS_NONE = BeforeValidator(lambda value: None if value == "" else value)
LINK_OR_FILE = WrapValidator(_link_or_file)
AT_LEAST_ONE = AfterValidator(_at_least_one)
