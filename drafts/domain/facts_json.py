"""The facts document (JSON) to and from the domain's values.

Every fault is reported, each with the path of the value (`interviewers[1].full_name`) and what to do about it.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from drafts.domain.facts import (
    OWN_SENTENCE_KEYS,
    Correction,
    Interview,
    Interviewer,
    Panel,
    Sender,
    WorkSample,
)
from drafts.domain.values import TooMany

# Messages for faults whose pydantic error carries none, by kind of fault, or by kind and key.
WORDS = {
    "dataclass_type": "must be an object with named values, not {kind}",
    "tuple_type": "must be a list, not {kind}",
    "string_type": "must be text in quotes, not {kind}",
    "string_unicode": "holds half a character (a lone surrogate); remove it",
    "bool_type": "must be true or false, not {kind}",
    "enum": "must be one of {choices}",
    "missing": "is missing; it is required",
    "missing.interviewers": "is missing; list at least one person",
    "missing.url": "is missing; give a web address, or the name of a file under file",
    "beyond": "has {found} entries; at most {most} can be used",
    "unexpected_keyword_argument": "is not a known key{hint}",
    "unsendable": "holds a character that cannot be sent in an email ({found}); remove it",
    "several_lines": "must stay on one line; remove the line breaks",
    "too_long": "is {found} characters long; shorten it to {limit} at most",
    "too_many_words": "is {found} words long; shorten it to {limit} at most",
}
# The dataclass behind each key that holds an object. The document itself is a Panel.
TABLES = {
    "sender": Sender,
    "interview": Interview,
    "interviewers": Interviewer,
    "correction": Correction,
    "work_samples": WorkSample,
}
KINDS = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "text",
    list: "a list",
    dict: "an object",
}


@dataclass(frozen=True, slots=True)
class Fault:
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class FactsError(ValueError):
    """The document is invalid; `faults` has one entry per problem."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults


@cache
def _panels() -> TypeAdapter[Panel]:
    return TypeAdapter(Panel)


def parse_panel(document: Any) -> Panel:
    """The facts of a whole document. Raises FactsError naming every fault with its path."""
    if not isinstance(document, dict):
        words = WORDS["dataclass_type"].format(kind=kind_of(document))
        raise FactsError([Fault("", f"the document {words}")])
    try:
        return _panels().validate_python(document)
    except ValidationError as error:
        raise FactsError([fault_of(one) for one in error.errors()]) from error


def dump_panel(panel: Panel) -> dict[str, Any]:
    """The facts document of a panel: keys without a value are left out; `parse_panel` reads it back."""
    document: dict[str, Any] = _panels().dump_python(panel, mode="json", exclude_defaults=True)
    if not panel.sender.full_name:
        del document["sender"]["full_name"]
    return document


def fault_of(error: ErrorDetails) -> Fault:
    """A pydantic error in a facts document as a Fault."""
    return fault_in_words(error, WORDS, lambda key: key[:60].encode("ascii", "backslashreplace").decode())


def fault_in_words(error: ErrorDetails, words: dict[str, str], printable: Callable[[str], str]) -> Fault:
    """A pydantic error as a Fault, with the message that `words` has for its kind, else pydantic's own.

    `printable` makes unknown keys safe to show.
    """
    value, kind, place = error["input"], error["type"], list(error["loc"])
    known = {"kind": kind_of(value), **error.get("ctx", {})}
    if isinstance(value, TooMany):
        kind, known = "beyond", {"found": value.found, "most": value.most}
        place.pop()
    elif kind == "enum":
        known["choices"] = known["expected"].replace("'", "").replace(" or ", ", ")
    elif kind == "unexpected_keyword_argument":
        *place, key = place
        known["hint"] = _hint(str(key), place)
        place.append(printable(str(key)))
    message = words.get(f"{kind}.{place[-1] if place else ''}") or words.get(kind)
    return Fault(path_of(place), message.format(**known) if message else error["msg"])


def path_of(place: Sequence[int | str]) -> str:
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in place).removeprefix(".")


def kind_of(value: Any) -> str:
    return "nothing (null)" if value is None else KINDS.get(type(value), "something else")


def _hint(key: str, place: Sequence[int | str]) -> str:
    """Suggests the key that was probably meant, or lists the known ones."""
    holder = next((name for name in reversed(place) if isinstance(name, str)), "")
    table = TABLES.get(holder, Panel)
    keys = OWN_SENTENCE_KEYS if holder == "say" else [field.name for field in fields(table)]
    near = difflib.get_close_matches(key, keys, n=1)
    return f"; did you mean {near[0]}?" if near else f"; known keys are {', '.join(keys)}"
