"""Accounts to and from the JSON of an account file, `afterword.json`.

`shapes` has every key; `facts` is a facts document (docs/facts-document.md), which the commands read.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from drafts.domain.facts import MAX_FILES_BYTES
from drafts.domain.facts_json import WORDS, fault_in_words, fault_of, kind_of
from drafts.domain.values import STORED
from drafts.exchange.account.shapes import (
    ArchivedAccount,
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
# As for the facts document, but where an account file needs other words.
_WORDS = WORDS | {
    "missing": f"is missing; {_DAMAGED}",
    "missing.facts": WORDS["dataclass_type"].format(kind=kind_of(None)),
    "beyond": "has {found} entries; at most {most} can be read in",
    "unexpected_keyword_argument": "is not a known key; take it out",
    "too_long": "is longer than {limit} characters",
    "too_many_words": "is longer than {limit} words",
}


class AccountFault(ValueError):
    """The file cannot be read in; `faults` are sentences for the user, at most 20, each with the path of its value."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Report:
    """The faults found. `add` raises AccountFault when full, `done` if there are any."""

    faults: list[str] = field(default_factory=list)

    def add(self, path: str, words: str) -> None:
        self.faults.append(f"{path} {words}")
        if len(self.faults) >= MAX_FAULTS:
            self.done()

    def done(self) -> None:
        if self.faults:
            raise AccountFault(*self.faults)


def file_path(file_id: UUID, file_name: str) -> str:
    """Where the content of a work sample lies in the ZIP file."""
    return f"files/{file_id}/{safe_file_name(file_name, FALLBACK_NAME)}"


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def account_json(
    settings: ArchivedSettings, interviews: Iterable[ArchivedInterview], exported_at: dt.datetime
) -> Iterator[str]:
    """The JSON in pieces, an interview at a time, none of which is kept; any of it can be encoded as UTF-8.

    What is null or empty is left out.
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
    # Rows have plain strings and lists where the types say enums and tuples; both are written alike.
    shape: Any = type(value)
    return _given(
        _adapter(shape).dump_python(value, mode="json", by_alias=True, exclude_none=True, warnings=False)
    )


def _given(value: Any) -> Any:
    """The value without the keys that hold an empty text, list or object."""
    if isinstance(value, dict):
        return {key: inside for key, one in value.items() if (inside := _given(one)) or inside == 0}
    return [_given(one) for one in value] if isinstance(value, list) else value


def _json(value: Any) -> str:
    return whole_characters(json.dumps(value, ensure_ascii=False, indent=1))


def parse_account(data: Any) -> ArchivedAccount:
    """The account of a JSON document. Raises AccountFault with what is wrong with it, up to 20 faults.

    Where single values are at fault, those are told, and what does not fit together only once they are right.
    """
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise AccountFault(
            "This is not an account from Afterword; choose the .zip file that you downloaded from Afterword."
        )
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise AccountFault(f"version must be a whole number from 1; {_DAMAGED}")
    if version > VERSION:
        raise AccountFault(
            "The file comes from a newer version of Afterword; bring this one up to date, and choose the file again."
        )
    report = Report()
    head = {key: value for key, value in data.items() if key not in ("format", "version")}
    head["settings"] = {} if head.get("settings") is None else head["settings"]
    account: ArchivedAccount = _read(ArchivedAccount, head | {"interviews": []}, (), report)
    interviews = tuple(
        _read(ArchivedInterview, value, ("interviews", place), report)
        for place, value in enumerate(_listed(data.get("interviews"), report))
    )
    report.done()
    account = replace(account, interviews=interviews)
    for path, words in _conflicts(account):
        report.add(path, words)
    report.done()
    return account


def _listed(interviews: Any, report: Report) -> list[Any]:
    if interviews is None:
        return []
    if not isinstance(interviews, list):
        report.add("interviews", _WORDS["tuple_type"].format(kind=kind_of(interviews)))
        return []
    if len(interviews) > MAX_INTERVIEWS:
        report.add("interviews", _WORDS["beyond"].format(found=len(interviews), most=MAX_INTERVIEWS))
    return interviews[:MAX_INTERVIEWS]


def _read(shape: type, value: Any, place: tuple[str | int, ...], report: Report) -> Any:
    """The value as a `shape`; None where it is at fault, which is reported."""
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
    """What does not fit together: paths, and words."""
    ids: set[UUID] = set()
    for path, one in _entries(account):
        if one.id in ids:
            yield f"{path}.id", f"is {one.id}, which something else in the file has already"
        ids.add(one.id)
    paths: set[str] = set()
    for place, interview in enumerate(account.interviews):
        where, known = f"interviews[{place}]", interview.panel.interviewers
        if interview.work_opens >= interview.work_closes:
            yield f"{where}.work_closes", "must be later than work_opens"
        if len(interview.people) != len(known):
            words = f"has {len(interview.people)} entries, and facts {len(known)} people; {_DAMAGED}"
            yield f"{where}.people", words
            continue
        for row, (person, facts) in enumerate(zip(interview.people, known, strict=True)):
            named = sum(bool(sample.file) for sample in facts.work_samples)
            yield from _conflicts_of(person, f"{where}.people[{row}]", named, paths)


def _conflicts_of(
    person: ArchivedPerson, where: str, named: int, paths: set[str]
) -> Iterator[tuple[str, str]]:
    """What does not fit together of one person; `named` is how many files the facts name, `paths` are taken."""
    for number, file in enumerate(person.files):
        if file.path in paths:
            yield f"{where}.files[{number}].path", "is that of another file as well; give each its own"
        paths.add(file.path)
    if len(person.files) != named:
        yield f"{where}.files", f"has {len(person.files)} entries, and facts {named} files; {_DAMAGED}"
    if sum(file.size for file in person.files) > MAX_FILES_BYTES:
        words = f"are larger than {MAX_FILES_BYTES // 1024**2} MB together; take one out"
        yield f"{where}.files", words
    for number, draft in enumerate(person.drafts):
        if len({one.version for one in draft.revisions}) < len(draft.revisions):
            words = "has two of the same version; give each its own number"
            yield f"{where}.drafts[{number}].revisions", words
    if len({draft.kind for draft in person.drafts}) < len(person.drafts):
        yield f"{where}.drafts", "has two of a kind; take one out"


def _entries(account: ArchivedAccount) -> Iterator[tuple[str, Any]]:
    """All that has an id, with its path."""
    levels = ("people", "files", "drafts", "revisions")

    def within(one: Any, path: str) -> Iterator[tuple[str, Any]]:
        yield path, one
        for level in levels:
            for place, inner in enumerate(getattr(one, level, ())):
                yield from within(inner, f"{path}.{level}[{place}]")

    for place, interview in enumerate(account.interviews):
        yield from within(interview, f"interviews[{place}]")


def printable(text: str) -> str:
    """The beginning of a text that may hold anything, to be shown in a message."""
    return one_line(text[:100])
