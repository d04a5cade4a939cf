"""The results of a review: findings, each with a position, a reason and a suggested fix."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from drafts.domain.files import PHRASEBOOK_DIR, read_toml
from drafts.domain.messages import Message

ADVICE = PHRASEBOOK_DIR / "review.toml"


class Severity(StrEnum):
    """`FIX` must be fixed before the letter is ready, `CONSIDER` need not be, `OK` asks for nothing."""

    FIX = "fix"
    CONSIDER = "consider"
    OK = "ok"


class Part(StrEnum):
    """What offsets refer to: the subject, the body, or nothing (for findings about the time of sending or the
    recipient)."""

    SUBJECT = "subject"
    BODY = "body"
    SENDING = "sending"


# Rules whose `fix` cannot be dismissed, because such mistakes can cost the job.
NEVER_DISMISSED = frozenset({"greeting", "wrong_name", "name_spelling", "placeholder"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `start` and `end` are offsets in code points of the part; equal if nothing is marked.

    `field` is the key of the facts document to fix, `about` the other draft in which a copy was found.
    """

    rule: str
    case: str
    severity: Severity
    message: str
    source: str
    part: Part = Part.BODY
    start: int = 0
    end: int = 0
    suggestions: tuple[str, ...] = ()
    field: str = ""
    about: str = ""

    @property
    def may_be_dismissed(self) -> bool:
        return not (self.severity is Severity.FIX and self.rule in NEVER_DISMISSED)

    def key(self, excerpt: str) -> str:
        """The key under which a dismissal is stored. It contains the rule and the words concerned, so that it does not
        apply to other words."""
        parts = "\0".join((self.rule, self.case, self.about, excerpt))
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Rule:
    """The general information on a rule: its title, its reason, and its source."""

    title: str
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class _Case:
    severity: Severity
    message: str


@cache
def rules() -> dict[str, Rule]:
    """Every rule of phrasebook/review.toml by its id, in the file's order."""
    return {name: Rule(table["title"], table["why"], table["source"]) for name, table in _advice().items()}


@cache
def _advice() -> dict[str, Any]:
    return read_toml(ADVICE)


@cache
def _case(rule: str, case: str) -> _Case:
    table = _advice()[rule][case]
    return _Case(Severity(table["severity"]), table["message"])


def wording(rule: str, key: str, **values: str) -> Message:
    """A piece of a message from the rule's table of wordings, filled in."""
    return Message(_advice()[rule]["wording"][key], **values)


def found(
    rule: str,
    case: str,
    start: int = 0,
    end: int = 0,
    *,
    part: Part = Part.BODY,
    suggestions: tuple[str, ...] = (),
    field: str = "",
    about: str = "",
    **values: str,
) -> Finding:
    """A finding with the severity and the words of review.toml; `values` fill its placeholders."""
    said = _case(rule, case)
    return Finding(
        rule=rule,
        case=case,
        severity=said.severity,
        message=Message(said.message, **values),
        source=rules()[rule].source,
        part=part,
        start=start,
        end=end,
        suggestions=suggestions,
        field=field,
        about=about,
    )
