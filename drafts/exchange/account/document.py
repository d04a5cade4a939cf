"""Writes and reads the JSON of an account file, `afterword.json`.

`shapes` has every key. The value of each `facts` key is a facts document (docs/facts-document.md).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from drafts.domain.facts import MAX_FILES_BYTES
from drafts.domain.facts_json import WORDS, fault_in_words, fault_of, kind_of
from drafts.domain.messages import Message
from drafts.domain.values import STORED
from drafts.exchange.account.shapes import (
    ArchivedAccount,
    ArchivedDraft,
    ArchivedInterview,
    ArchivedPerson,
    ArchivedSettings,
)
from drafts.exchange.cleaning import one_line, whole_characters
from drafts.exchange.file_names import safe_file_name
from drafts.exchange.files import FALLBACK_NAME

FORMAT, VERSION = "afterword-account", 1
JSON_NAME = "afterword.json"
MAX_INTERVIEWS = 2000
MAX_FAULTS = 20

_DAMAGED = "choose the file as it was downloaded"
# The facts document's messages, with some reworded for account files.
_WORDS = WORDS | {
    "missing": f"is missing; {_DAMAGED}",
    "missing.facts": WORDS["dataclass_type"].format(kind=kind_of(None)),
    "beyond": "has {found} entries; at most {most} can be imported",
    "unexpected_keyword_argument": "is not a known key; remove it",
    "too_long": "is longer than {limit} characters",
    "too_many_words": "is longer than {limit} words",
}


class AccountFault(ValueError):
    """The file cannot be imported; `faults` are messages for the user, at most 20, each with the path of its value."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Report:
    """Collects faults. `add` raises AccountFault at the 20th fault, `raise_if_any` if there are any."""

    faults: list[str] = field(default_factory=list)

    def add(self, path: str, words: str) -> None:
        self.faults.append(f"{path} {words}")
        if len(self.faults) >= MAX_FAULTS:
            self.raise_if_any()

    def raise_if_any(self) -> None:
        if self.faults:
            raise AccountFault(*self.faults)


def file_path(file_id: UUID, file_name: str) -> str:
    """The path of a work sample's content in the ZIP file."""
    return f"files/{file_id}/{safe_file_name(file_name, FALLBACK_NAME)}"


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def account_json(
    settings: ArchivedSettings, interviews: Iterable[ArchivedInterview], exported_at: dt.datetime
) -> Iterator[str]:
    """Yields the JSON in pieces, one interview at a time, so that memory use is bounded. All pieces can be encoded as
    UTF-8.

    Null and empty values are left out.
    """
    head = _written(ArchivedAccount(settings, (), exported_at))
    for key, value in {"format": FORMAT, "version": VERSION, **head}.items():
        yield f"{'{' if key == 'format' else ','}\n{_json(key)}: {_json(value)}"
    yield ',\n"interviews": ['
    separator = "\n"
    for interview in interviews:
        yield separator + _json(_written(interview))
        separator = ",\n"
    yield "\n]\n}\n"


def _written(value: Any) -> Any:
    # Database rows have plain strings and lists where the types say enums and tuples; both serialize alike.
    shape: Any = type(value)
    return _without_empty(
        _adapter(shape).dump_python(value, mode="json", by_alias=True, exclude_none=True, warnings=False)
    )


def _without_empty(value: Any) -> Any:
    """The value without the keys that hold an empty text, list or object."""
    if isinstance(value, dict):
        return {key: inside for key, one in value.items() if (inside := _without_empty(one)) or inside == 0}
    return [_without_empty(one) for one in value] if isinstance(value, list) else value


def _json(value: Any) -> str:
    return whole_characters(json.dumps(value, ensure_ascii=False, indent=1))


def parse_account(data: Any) -> ArchivedAccount:
    """Read an account from decoded JSON. Raises AccountFault with up to 20 faults.

    Values that contradict each other are reported only once every single value is valid.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise AccountFault(
            Message(
                "This is not an account from Afterword; choose the .zip file that you downloaded from Afterword."
            )
        )
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise AccountFault(f"version must be a whole number of 1 or more; {_DAMAGED}")
    if version > VERSION:
        raise AccountFault(
            Message(
                "The file comes from a newer version of Afterword; "
                "bring this one up to date, and choose the file again."
            )
        )
    report = Report()
    head = {key: value for key, value in data.items() if key not in ("format", "version")}
    head["settings"] = {} if head.get("settings") is None else head["settings"]
    account: ArchivedAccount = _read(ArchivedAccount, head | {"interviews": []}, (), report)
    interviews = tuple(
        _read(ArchivedInterview, value, ("interviews", place), report)
        for place, value in enumerate(_interviews_in(data.get("interviews"), report))
    )
    report.raise_if_any()
    account = replace(account, interviews=interviews)
    for path, words in _conflicts(account):
        report.add(path, words)
    report.raise_if_any()
    return account


def _interviews_in(interviews: Any, report: Report) -> list[Any]:
    if interviews is None:
        return []
    if not isinstance(interviews, list):
        report.add("interviews", _WORDS["tuple_type"].format(kind=kind_of(interviews)))
        return []
    if len(interviews) > MAX_INTERVIEWS:
        report.add("interviews", _WORDS["beyond"].format(found=len(interviews), most=MAX_INTERVIEWS))
    return interviews[:MAX_INTERVIEWS]


def _read(shape: type, value: Any, place: tuple[str | int, ...], report: Report) -> Any:
    """The value as a `shape`; None after its faults are reported."""
    try:
        return _adapter(shape).validate_python(value, context=STORED)
    except ValidationError as error:
        for one in error.errors():
            is_within_facts = one["loc"][:1] == ("facts",) != one["loc"]
            one["loc"] = (*place, *one["loc"])
            fault = fault_of(one) if is_within_facts else fault_in_words(one, _WORDS, printable)
            report.add(fault.path, fault.message)
        return None


def _conflicts(account: ArchivedAccount) -> Iterator[tuple[str, str]]:
    """Values that contradict each other, as (path, message)."""
    ids: set[UUID] = set()
    for path, one in _entries(account):
        if one.id in ids:
            yield f"{path}.id", f"is {one.id}, which is already used elsewhere in the file"
        ids.add(one.id)
    paths: set[str] = set()
    for place, interview in enumerate(account.interviews):
        where, known = f"interviews[{place}]", interview.panel.interviewers
        if interview.work_opens >= interview.work_closes:
            yield f"{where}.work_closes", "must be later than work_opens"
        for row, outsider in enumerate(interview.outside):
            yield from _conflicts_of_drafts(outsider.drafts, f"{where}.outside[{row}]")
        if len(interview.people) != len(known):
            words = f"has {len(interview.people)} entries, but facts has {len(known)} people; {_DAMAGED}"
            yield f"{where}.people", words
            continue
        for row, (person, facts) in enumerate(zip(interview.people, known, strict=True)):
            named = sum(bool(sample.file) for sample in facts.work_samples)
            yield from _conflicts_of(person, f"{where}.people[{row}]", named, paths)


def _conflicts_of(
    person: ArchivedPerson, where: str, named: int, paths: set[str]
) -> Iterator[tuple[str, str]]:
    """The same for one person. `named` is how many files the facts name; `paths` are already used, and are added to."""
    for number, file in enumerate(person.files):
        if file.path in paths:
            yield f"{where}.files[{number}].path", "is already used by another file; give each its own"
        paths.add(file.path)
    if len(person.files) != named:
        yield f"{where}.files", f"has {len(person.files)} entries, but facts has {named} files; {_DAMAGED}"
    if sum(file.size for file in person.files) > MAX_FILES_BYTES:
        words = f"are larger than {MAX_FILES_BYTES // 1024**2} MB in total; remove one"
        yield f"{where}.files", words
    yield from _conflicts_of_drafts(person.drafts, where)


def _conflicts_of_drafts(drafts: Sequence[ArchivedDraft], where: str) -> Iterator[tuple[str, str]]:
    for number, draft in enumerate(drafts):
        if len({one.version for one in draft.revisions}) < len(draft.revisions):
            words = "has two with the same version; give each its own number"
            yield f"{where}.drafts[{number}].revisions", words
    if len({draft.kind for draft in drafts}) < len(drafts):
        yield f"{where}.drafts", "has two of the same kind; remove one"


def _entries(account: ArchivedAccount) -> Iterator[tuple[str, Any]]:
    """Everything that has an id, with its path."""
    levels = ("people", "outside", "files", "drafts", "revisions")

    def within(one: Any, path: str) -> Iterator[tuple[str, Any]]:
        yield path, one
        for level in levels:
            for place, inner in enumerate(getattr(one, level, ())):
                yield from within(inner, f"{path}.{level}[{place}]")

    for place, interview in enumerate(account.interviews):
        yield from within(interview, f"interviews[{place}]")


def printable(text: str) -> str:
    """The beginning of an untrusted text, safe to show in a message."""
    return one_line(text[:100])
