"""The facts document (JSON) to and from the domain's values.

Every fault is reported, each with the path of the value (`interviewers[1].full_name`) and what to do about it.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import sys
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from drafts.domain.facts import (
    MAX_FILES,
    MAX_INTERVIEWERS,
    MAX_STRENGTHS,
    MAX_WORK_SAMPLES,
    NOTE_KEYS,
    OWN_SENTENCE_KEYS,
    Correction,
    Interview,
    Interviewer,
    Panel,
    Reaction,
    Role,
    Sender,
    Stage,
    WorkSample,
)
from drafts.domain.moments import known_zones, local_moment
from drafts.domain.texts import TextProblem, is_web_address, text_fault

SENDER_KEYS = ("full_name", "signature")
INTERVIEW_KEYS = ("company", "position", "field", "stage", "ended_at", "time_zone", "country", "team")
INTERVIEWER_KEYS = (
    *("full_name", "greet_as", "email", "job_title", "role"),
    *NOTE_KEYS,
    *("relates", "reaction", "say"),
)

COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?\Z")
# Folders, and the marks that turn the direction of writing, which can make "exe.pdf" look like another name.
FILE_NAME_NEVER = re.compile(r"[/\\\u200e\u200f\u202a-\u202e\u2066-\u2069]|\A\.+\Z")
EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+\.[^\s@<>()\[\],;:\\\".]+\Z")


@dataclass(frozen=True, slots=True)
class Fault:
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class FactsError(ValueError):
    """The document cannot be used; `faults` says why, one entry per fault."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


_TEXT_MESSAGES = {
    TextProblem.UNSENDABLE: "holds a character that cannot be sent in an email ({found}); remove it",
    TextProblem.SEVERAL_LINES: "must stay on one line; remove the line breaks",
    TextProblem.TOO_LONG: "is {found} characters long; shorten it to {limit} at most",
    TextProblem.TOO_MANY_WORDS: "is {found} words long; shorten it to {limit} at most",
}

E = TypeVar("E", bound=StrEnum)


class _Reader:
    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, path: str, message: str) -> None:
        self.faults.append(Fault(path, message))

    def table(self, value: Any, path: str, keys: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            self.fault(path, f"must be an object with named values, not {_kind(value)}")
            return {}
        for key in value:
            if key not in keys:
                near = difflib.get_close_matches(str(key), keys, n=1)
                hint = f"; did you mean {near[0]}?" if near else f"; known are {', '.join(keys)}"
                self.fault(_join(path, _printable(key)), f"is not a known key{hint}")
        return value

    def text(
        self, table: dict[str, Any], key: str, path: str, *, limit: str = "", required: bool = False
    ) -> str:
        value = table.get(key)
        where = _join(path, key)
        if value is None:
            if required:
                self.fault(where, "is missing; it is required")
            return ""
        if not isinstance(value, str):
            self.fault(where, f"must be text in quotes, not {_kind(value)}")
            return ""
        return self.checked(value, where, limit or key, required=required)

    def checked(self, value: str, where: str, key: str, *, required: bool = False) -> str:
        fault = text_fault(key, value)
        if fault:
            self.fault(where, _TEXT_MESSAGES[fault.problem].format(found=fault.found, limit=fault.limit))
            return ""
        if required and not value.strip():
            self.fault(where, "is empty; it is required")
        return value.strip()

    def items(self, table: dict[str, Any], key: str, path: str, most: int) -> list[Any]:
        value = table.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(_join(path, key), f"must be a list, not {_kind(value)}")
            return []
        if len(value) > most:
            self.fault(_join(path, key), f"has {len(value)} entries; at most {most} can be used")
        return value[:most]

    def enum(self, table: dict[str, Any], key: str, path: str, kind: type[E]) -> E | None:
        value = table.get(key)
        if value is None or value == "":
            return None
        try:
            return kind(value)
        except ValueError:
            self.fault(_join(path, key), f"must be one of {', '.join(kind)}")
            return None

    def flag(self, table: dict[str, Any], key: str, path: str) -> bool | None:
        value = table.get(key)
        if value is None or isinstance(value, bool):
            return value
        self.fault(_join(path, key), f"must be true or false, not {_kind(value)}")
        return None


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _printable(key: Any) -> str:
    return str(key)[:60].encode("ascii", "backslashreplace").decode()


def _kind(value: Any) -> str:
    if value is None:
        return "nothing (null)"
    names = {
        bool: "true or false",
        int: "a number",
        float: "a number",
        str: "text",
        list: "a list",
        dict: "an object",
    }
    return names.get(type(value), type(value).__name__)


def parse_panel(document: Any) -> Panel:
    """The facts of a whole document. Raises FactsError naming every fault with its path."""
    read = _Reader()
    if not isinstance(document, dict):
        raise FactsError(
            [Fault("", f"the document must be an object with named values, not {_kind(document)}")]
        )
    read.table(document, "", ("sender", "interview", "interviewers"))
    sender = _sender(read, document)
    interview = _interview(read, document)
    people = document.get("interviewers")
    if people is None:
        read.fault("interviewers", "is missing; list at least one person")
    elif people == []:
        read.fault("interviewers", "is empty; list at least one person")
    interviewers = tuple(
        _interviewer(read, value, f"interviewers[{index}]")
        for index, value in enumerate(read.items(document, "interviewers", "", MAX_INTERVIEWERS))
    )
    if read.faults or interview is None:
        raise FactsError(read.faults)
    return Panel(sender, interview, interviewers)


def _section(read: _Reader, document: dict[str, Any], key: str, keys: Any) -> dict[str, Any] | None:
    if document.get(key) is None:
        read.fault(key, "is missing; it is required")
        return None
    table = read.table(document[key], key, keys)
    return table if isinstance(document[key], dict) else None


def _sender(read: _Reader, document: dict[str, Any]) -> Sender:
    table = _section(read, document, "sender", SENDER_KEYS)
    if table is None:
        return Sender("")
    return Sender(
        full_name=read.text(table, "full_name", "sender", required=True),
        signature=read.text(table, "signature", "sender"),
    )


def _interview(read: _Reader, document: dict[str, Any]) -> Interview | None:
    path = "interview"
    table = _section(read, document, path, INTERVIEW_KEYS)
    if table is None:
        return None
    zone = table.get("time_zone")
    if zone is None:
        read.fault("interview.time_zone", "is missing; it is required")
    elif not isinstance(zone, str) or zone not in known_zones():
        read.fault("interview.time_zone", "is not a known zone; give an IANA name such as America/New_York")
        zone = None
    country = read_country(read, table)
    ended_at = _ended_at(read, table, zone)
    company = read.text(table, "company", path, required=True)
    position = read.text(table, "position", path, required=True)
    field, team = read.text(table, "field", path), read.text(table, "team", path)
    stage = read.enum(table, "stage", path, Stage)
    if ended_at is None or zone is None:
        return None
    return Interview(company, position, ended_at, zone, field=field, stage=stage, country=country, team=team)


def read_country(read: _Reader, table: dict[str, Any]) -> str:
    value = table.get("country")
    if value is None or value == "":
        return ""
    if not isinstance(value, str) or not COUNTRY.match(value.strip().upper()):
        read.fault(
            "interview.country",
            'must be a two-letter country code such as "US", or "US-CA" with a part of it',
        )
        return ""
    return value.strip().upper()


def _ended_at(read: _Reader, table: dict[str, Any], zone: str | None) -> dt.datetime | None:
    path = "interview.ended_at"
    value = table.get("ended_at")
    if value is None:
        read.fault(path, "is missing; it is required")
        return None
    try:
        if not isinstance(value, str) or len(value.strip()) < len("2026-11-19T15"):
            raise ValueError
        given = dt.datetime.fromisoformat(value.strip())
    except ValueError:
        read.fault(path, "must be a date and time such as 2026-11-19T15:10")
        return None
    if not 1970 <= given.year <= 2200:
        read.fault(path, f"names the year {given.year}; give a year from 1970 to 2200")
        return None
    if zone is None:
        return None
    if given.tzinfo is not None:
        return given.astimezone(ZoneInfo(zone))
    try:
        return local_moment(given, zone)
    except ValueError:
        read.fault(
            path, f"did not exist in {zone}: clocks went forward over it; give the time after the change"
        )
        return None


def _interviewer(read: _Reader, value: Any, path: str) -> Interviewer:
    table = read.table(value, path, INTERVIEWER_KEYS)
    if not isinstance(value, dict):
        return Interviewer("")
    email = read.text(table, "email", path)
    if email and not EMAIL.match(email):
        read.fault(f"{path}.email", "is not an email address; write it like name@company.example")
    strengths = []
    for index, item in enumerate(read.items(table, "strengths", path, MAX_STRENGTHS)):
        where = f"{path}.strengths[{index}]"
        if isinstance(item, str):
            strengths.append(read.checked(item, where, "strength"))
        else:
            read.fault(where, f"must be text in quotes, not {_kind(item)}")
    return Interviewer(
        full_name=read.text(table, "full_name", path, required=True),
        greet_as=read.text(table, "greet_as", path),
        email=email,
        job_title=read.text(table, "job_title", path),
        role=read.enum(table, "role", path, Role),
        mentioned=read.text(table, "mentioned", path),
        enjoyed=read.text(table, "enjoyed", path),
        strengths=tuple(item for item in strengths if item),
        experience=read.text(table, "experience", path),
        goal=read.text(table, "goal", path),
        forgot=read.text(table, "forgot", path),
        correction=_correction(read, table, path),
        callback=read.text(table, "callback", path),
        ask=read.text(table, "ask", path),
        relates=read.flag(table, "relates", path),
        reaction=read.enum(table, "reaction", path, Reaction),
        say=_say(read, table, path),
        work_samples=_work_samples(read, table, path),
    )


def _correction(read: _Reader, table: dict[str, Any], path: str) -> Correction:
    value = table.get("correction")
    if value is None:
        return Correction()
    path = f"{path}.correction"
    inner = read.table(value, path, ("topic", "answer"))
    return Correction(topic=read.text(inner, "topic", path), answer=read.text(inner, "answer", path))


def _say(read: _Reader, table: dict[str, Any], path: str) -> tuple[tuple[str, str], ...]:
    """The candidate's own sentences, in the order of their keys whatever order they were given in."""
    value = table.get("say")
    if value is None:
        return ()
    path = f"{path}.say"
    inner = read.table(value, path, OWN_SENTENCE_KEYS)
    sentences = [(key, read.text(inner, key, path, limit="say")) for key in OWN_SENTENCE_KEYS]
    return tuple((key, sentence) for key, sentence in sentences if sentence)


def _work_samples(read: _Reader, table: dict[str, Any], path: str) -> tuple[WorkSample, ...]:
    """Links and files in the order given; each kind has a limit of its own, beyond which nothing is read."""
    entries = list(enumerate(read.items(table, "work_samples", path, sys.maxsize)))
    path = f"{path}.work_samples"
    files = [entry for entry in entries if _is_file(entry[1])]
    links = [entry for entry in entries if not _is_file(entry[1])]
    if len(files) > MAX_FILES:
        read.fault(path, f"has {len(files)} files; at most {MAX_FILES} can go with one letter")
    if len(links) > MAX_WORK_SAMPLES:
        kind = "links" if files else "entries"
        read.fault(path, f"has {len(links)} {kind}; at most {MAX_WORK_SAMPLES} can be used")
    samples = [
        _work_sample(read, value, f"{path}[{index}]")
        for index, value in sorted(files[:MAX_FILES] + links[:MAX_WORK_SAMPLES], key=itemgetter(0))
    ]
    return tuple(sample for sample in samples if sample)


def _is_file(value: Any) -> bool:
    return isinstance(value, dict) and value.get("file") not in (None, "")


def _work_sample(read: _Reader, value: Any, path: str) -> WorkSample | None:
    table = read.table(value, path, ("label", "url", "file"))
    if not isinstance(value, dict):
        return None
    label = read.text(table, "label", path)
    if not _is_file(value):
        if table.get("url") is None:
            read.fault(f"{path}.url", "is missing; give a web address, or the name of a file under file")
        url = read.text(table, "url", path, required=table.get("url") is not None)
        if url and not is_web_address(url):
            read.fault(f"{path}.url", "must be a web address that begins with https:// or http://")
        return WorkSample(label, url=url)
    if table.get("url") not in (None, ""):
        read.fault(path, "has both url and file; keep one, and give the other an entry of its own")
        return None
    name = read.text(table, "file", path, required=True)
    if FILE_NAME_NEVER.search(name):
        read.fault(f"{path}.file", "must be the name of a file alone, without folders or invisible marks")
    return WorkSample(label, file=name)


def dump_panel(panel: Panel) -> dict[str, Any]:
    """The facts document of a panel: keys without a value are left out; `parse_panel` reads it back."""
    interview = panel.interview
    return {
        "sender": _given({"full_name": panel.sender.full_name, "signature": panel.sender.signature}),
        "interview": _given(
            {
                "company": interview.company,
                "position": interview.position,
                "field": interview.field,
                "stage": interview.stage.value if interview.stage else "",
                "ended_at": interview.ended_at.isoformat(),
                "time_zone": interview.time_zone,
                "country": interview.country,
                "team": interview.team,
            }
        ),
        "interviewers": [_dump_interviewer(person) for person in panel.interviewers],
    }


def _dump_interviewer(person: Interviewer) -> dict[str, Any]:
    return _given(
        {
            **{key: getattr(person, key) for key in INTERVIEWER_KEYS},
            "role": person.role.value if person.role else "",
            "strengths": list(person.strengths),
            "reaction": person.reaction.value if person.reaction else "",
            "say": dict(person.say),
            "correction": _given({"topic": person.correction.topic, "answer": person.correction.answer}),
            "work_samples": [
                _given({"label": sample.label, "url": sample.url, "file": sample.file})
                for sample in person.work_samples
            ],
        }
    )


def _given(table: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if value not in ("", [], {}, None)}
