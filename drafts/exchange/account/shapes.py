"""The contents of an account file, as dataclasses whose types validate each value. Datetimes are aware.

JSON keys are the field names; defaults are those of the database columns.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    BeforeValidator,
    FailFast,
    Field,
    GetPydanticSchema,
    PlainSerializer,
    PlainValidator,
)
from pydantic_core import PydanticCustomError, PydanticKnownError

from drafts.domain.facts import (
    LONGEST_OWN_WORD,
    MAX_FILES,
    MAX_FILES_BYTES,
    MAX_INTERVIEWERS,
    MAX_OUTSIDE,
    MAX_OWN_WORDS,
    MAX_STRENGTHS,
    Dialect,
    Interviewer,
    Kind,
    Panel,
    Reason,
    Tone,
)
from drafts.domain.kinds import MAX_ANSWER, answer_keys
from drafts.domain.values import (
    NOT_EMPTY,
    EmailAddress,
    Needed,
    Table,
    Text,
    at_most,
    pairs_by,
    sane_year,
    text,
    zone,
)
from drafts.domain.window import CLOSES, OPENS
from drafts.exchange.channels import Channel

MAX_VERSION = 1_000_000  # of a draft; far more than anyone reaches
MAX_REVISIONS = 5000  # of one draft
MAX_LISTED = 200  # facts left out of a draft, notes it waits for, or findings dismissed for it
LARGEST_NUMBER = 2**31 - 1  # that fits into a database column
# Facts are checked text by text; these limits, far above any real document, keep that fast for any file.
_MOST_ENTRIES, _MOST_CHARACTERS, _DEEPEST = 100, 20_000, 6

_SURROGATE = re.compile(r"[\ud800-\udfff]")


def _read_by(read: Callable[[Any], Any], words: str, kind: type = str) -> PlainValidator:
    """Converts a value with `read`; one of another type, or for which it raises ValueError, is a fault with `words`."""

    def check(value: Any) -> Any:
        try:
            if type(value) is not kind:
                raise ValueError
            return read(value)
        except ValueError as error:
            raise PydanticCustomError("value", "{words}", {"words": words}) from error

    return PlainValidator(check)


def _matching(pattern: str, read: Callable[[str], Any]) -> Callable[[str], Any]:
    def check(value: str) -> Any:
        if not re.fullmatch(pattern, value):
            raise ValueError
        return read(value)

    return check


def _moment(value: str) -> dt.datetime:
    at = dt.datetime.fromisoformat(value)
    if at.tzinfo is None:
        raise ValueError
    return at


def _in_utc(at: dt.datetime) -> dt.datetime:
    sane_year(at.year)
    return at.astimezone(dt.UTC)


def _with_sane_year(day: dt.date) -> dt.date:
    sane_year(day.year)
    return day


def _work_days(value: str) -> str:
    if not value or sorted(set(value) & set("0123456")) != sorted(value):
        raise ValueError
    return value


def _text(most: int) -> PlainValidator:
    """Text of at most `most` characters, kept unchanged."""

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise PydanticKnownError("string_type")
        if len(value) > most:
            raise PydanticCustomError("too_long", "{limit}", {"limit": most})
        if "\0" in value:
            raise PydanticCustomError("null", "holds a null character; remove it")
        if _SURROGATE.search(value):
            raise PydanticCustomError("surrogate", "holds half a character (a lone surrogate); remove it")
        return value

    return PlainValidator(check)


def _not_empty(value: str) -> str:
    if not value:
        raise PydanticCustomError("empty", "is empty; remove it")
    return value


def _whole(least: int, most: int) -> PlainValidator:
    def read(value: int) -> int:
        if not least <= value <= most:
            raise ValueError
        return value

    return _read_by(read, f"must be a whole number from {least} to {most}", int)


def _content_type(value: str) -> str:
    if value and not re.fullmatch(r"[\w.+-]+/[\w.+-]+", value, re.ASCII):
        raise PydanticCustomError("content_type", "must be a type such as application/pdf")
    return value


def _stored_facts(value: Any) -> Any:
    """A facts document for `facts.Panel`, with empty values for a sender or people that are not stored yet."""
    if not isinstance(value, dict):
        return value
    if _is_bloated(value, 0):
        words = "is far larger than a facts document can be; choose the file as it was downloaded"
        raise PydanticCustomError("bloated", words)
    sender = {} if value.get("sender") is None else value["sender"]
    named = {"full_name": "", **sender} if isinstance(sender, dict) else sender
    people = [] if value.get("interviewers") is None else value["interviewers"]
    return value | {"sender": named, "interviewers": people}


def _is_bloated(value: Any, depth: int) -> bool:
    if isinstance(value, str):
        return len(value) > _MOST_CHARACTERS
    if not isinstance(value, dict | list):
        return False
    if len(value) > _MOST_ENTRIES or depth > _DEEPEST:
        return True
    inside = [*value, *value.values()] if isinstance(value, dict) else value
    return any(_is_bloated(one, depth + 1) for one in inside)


_ID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{6})?)?"
_DAYS = 'must be digits from 0 (Monday) to 6 (Sunday), each once, such as "01234"'

Id = Annotated[
    UUID, _read_by(_matching(_ID, UUID), "must be an id such as 123e4567-e89b-42d3-a456-426614174000")
]
Moment = Annotated[
    dt.datetime,
    _read_by(_moment, "must be a date and time with a UTC offset, such as 2026-11-19T15:10:00+00:00"),
    AfterValidator(_in_utc),
    PlainSerializer(lambda at: at.astimezone(dt.UTC).isoformat(timespec="microseconds")),
]
Day = Annotated[
    dt.date,
    _read_by(_matching(_DAY, dt.date.fromisoformat), "must be a date such as 2026-11-19"),
    AfterValidator(_with_sane_year),
]
Time = Annotated[dt.time, _read_by(_matching(_TIME, dt.time.fromisoformat), "must be a time such as 09:00")]
WorkDays = Annotated[str, _read_by(_work_days, _DAYS)]
StrengthOrNone = Annotated[
    str, PlainValidator(lambda value: "" if value is None else text(value, "strength"))
]
ZoneOrNone = Annotated[str, PlainValidator(lambda value: "" if value == "" else zone(value))]
LanguageOrNone = Annotated[str, _read_by(_matching(r"[a-z]{2}|", str), "must be a language such as de")]
Subject = Annotated[str, _text(200)]
Body = Annotated[str, _text(20_000)]
Key = Annotated[str, _text(64)]
Answer = Annotated[str, _text(max(MAX_ANSWER.values()))]
# FailFast: only the first fault of such a list is reported, because it may have thousands.
Keys = Annotated[tuple[Annotated[Key, AfterValidator(_not_empty)], ...], FailFast(), at_most(MAX_LISTED)]


@dataclass(frozen=True, slots=True)
class ArchivedSettings(Table):
    """`time_zone` is an IANA name, or empty; `language` is empty for the browser's; `reminder_hour` is from 0 to 23,
    None for no reminders."""

    full_name: Text = ""
    signature: Text = ""
    time_zone: ZoneOrNone = ""
    dialect: Dialect = Dialect.AMERICAN
    strengths: Annotated[tuple[StrengthOrNone, ...], at_most(MAX_STRENGTHS), NOT_EMPTY] = ()
    own_words: Annotated[
        tuple[Annotated[str, _text(LONGEST_OWN_WORD), AfterValidator(_not_empty)], ...],
        at_most(MAX_OWN_WORDS),
    ] = ()
    usual_tone: Tone = Tone.WARM
    usual_channel: Annotated[
        Channel | Literal[""], GetPydanticSchema(lambda _source, schema_of: schema_of(Channel))
    ] = ""
    language: LanguageOrNone = ""
    reminder_hour: Annotated[int, _whole(0, 23)] | None = None


@dataclass(frozen=True, slots=True)
class ArchivedRevision(Table):
    id: Id
    version: Annotated[int, _whole(1, MAX_VERSION)]
    tone: Tone
    reason: Reason
    created_at: Moment
    subject: Subject = ""
    body: Body = ""


@dataclass(frozen=True, slots=True)
class ArchivedDraft(Table):
    id: Id
    created_at: Moment
    kind: Kind = Kind.THANK_YOU
    tone: Tone = Tone.WARM
    subject: Subject = ""
    body: Body = ""
    facts_digest: Key = ""
    left_out: Keys = ()
    unsure: Keys = ()
    dismissed: Keys = ()
    # Of a letter after the thank-you: (key of the prompt, the answer), in the order of the keys.
    answers: Annotated[tuple[tuple[str, str], ...], pairs_by(sorted(answer_keys()), Answer)] = ()
    edited_at: Moment | None = None
    sent_at: Moment | None = None
    planned_at: Moment | None = None
    revisions: Annotated[tuple[ArchivedRevision, ...], FailFast(), at_most(MAX_REVISIONS)] = ()


@dataclass(frozen=True, slots=True)
class ArchivedFile(Table):
    """`path` is the file's place in the ZIP file, `size` in bytes; its name is that of the work sample."""

    id: Id
    path: Annotated[str, _text(400)]
    size: Annotated[int, _whole(0, MAX_FILES_BYTES)] = 0
    content_type: Annotated[str, _text(100), AfterValidator(_content_type)] = ""


@dataclass(frozen=True, slots=True)
class ArchivedPerson(Table):
    """`files` has one entry for each work sample of this person that is a file, in the same order."""

    id: Id
    skipped_at: Moment | None = None
    files: Annotated[tuple[ArchivedFile, ...], at_most(MAX_FILES)] = ()
    drafts: Annotated[tuple[ArchivedDraft, ...], at_most(len(Kind))] = ()
    everything: Text = ""

    def named_files(self, facts: Interviewer) -> Iterator[tuple[ArchivedFile, str]]:
        """Each file with its name, which comes from this person's facts."""
        return zip(self.files, (one.file for one in facts.work_samples if one.file), strict=True)


@dataclass(frozen=True, slots=True)
class ArchivedOutsider(Table):
    """Somebody outside the panel, with the letters to them."""

    id: Id
    full_name: Needed
    greet_as: Text = ""
    email: EmailAddress = ""
    job_title: Text = ""
    drafts: Annotated[tuple[ArchivedDraft, ...], at_most(len(Kind))] = ()


@dataclass(frozen=True, slots=True)
class ArchivedInvitation(Table):
    uid: Annotated[str, _text(255)] = ""
    sequence: Annotated[int, _whole(0, LARGEST_NUMBER)] = 0


@dataclass(frozen=True, slots=True)
class ArchivedInterview(Table):
    """`people` has one entry for each of `panel.interviewers`, in the same order.

    The panel may have no people, and its sender no name. Working hours are local; `work_days` holds digits from
    0 (Monday) to 6 (Sunday).
    """

    id: Id
    panel: Annotated[Panel, BeforeValidator(_stored_facts), Field(alias="facts")]
    created_at: Moment
    people: Annotated[tuple[ArchivedPerson, ...], at_most(MAX_INTERVIEWERS)] = ()
    outside: Annotated[tuple[ArchivedOutsider, ...], at_most(MAX_OUTSIDE)] = ()
    notes: Annotated[str, _text(5000)] = ""
    decision_expected_on: Day | None = None
    outcome: Annotated[str, _text(100)] = ""
    outcome_on: Day | None = None
    work_opens: Time = OPENS
    work_closes: Time = CLOSES
    work_days: WorkDays = "01234"
    chosen_send_at: Moment | None = None
    invitation: ArchivedInvitation | None = None
    deleted_at: Moment | None = None

    def known_people(self) -> Iterator[tuple[ArchivedPerson, Interviewer]]:
        """Each person with their facts."""
        return zip(self.people, self.panel.interviewers, strict=True)


@dataclass(frozen=True, slots=True)
class ArchivedAccount(Table):
    settings: ArchivedSettings
    interviews: tuple[ArchivedInterview, ...]
    exported_at: Moment
