"""What a review says: findings, each with a place, a reason and a repair."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from drafts.domain.phrasebook import fill
from drafts.domain.sources import Citation, citations

ADVICE = Path(__file__).resolve().parent.parent / "phrasebook" / "review.toml"


class Severity(StrEnum):
    """`FIX` stands in the way of "ready to send", `CONSIDER` does not, `OK` asks for nothing."""

    FIX = "fix"
    CONSIDER = "consider"
    OK = "ok"


class Part(StrEnum):
    """Where offsets point: into the subject, into the body, or nowhere (when and to whom it is sent)."""

    SUBJECT = "subject"
    BODY = "body"
    SENDING = "sending"


# Rules whose `fix` nobody can wave away: they cost the job.
NEVER_DISMISSED = frozenset({"greeting", "wrong_name", "name_spelling", "placeholder"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark. `start` and `end` are characters (code points) of the part; equal where nothing is marked.

    `field` is the key of the facts document where the repair begins, `about` the other draft a copy was found in.
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
    def citations(self) -> tuple[Citation, ...]:
        return citations(self.source)

    @property
    def may_be_dismissed(self) -> bool:
        return not (self.severity is Severity.FIX and self.rule in NEVER_DISMISSED)

    def key(self, excerpt: str) -> str:
        """What a dismissal is remembered by: the rule and the words concerned, so that other words count anew."""
        parts = "\0".join((self.rule, self.case, self.about, excerpt))
        return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said of a rule whatever it found: its name for people, why it is there, where it comes from."""

    title: str
    why: str
    source: str

    @property
    def citations(self) -> tuple[Citation, ...]:
        return citations(self.source)


@dataclass(frozen=True, slots=True)
class _Case:
    severity: Severity
    message: str


@cache
def rules() -> dict[str, Rule]:
    """Every rule of phrasebook/review.toml by its id, in the order written there."""
    return {name: Rule(table["title"], table["why"], table["source"]) for name, table in _advice().items()}


@cache
def _advice() -> dict[str, Any]:
    tables: dict[str, Any] = tomllib.loads(ADVICE.read_text(encoding="utf-8"))
    return tables


@cache
def _case(rule: str, case: str) -> _Case:
    table = _advice()[rule][case]
    return _Case(Severity(table["severity"]), table["message"])


def wording(rule: str, key: str, **values: str) -> str:
    """A piece of a message from the rule's table of wordings, filled."""
    return fill(_advice()[rule]["wording"][key], values)


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
        message=fill(said.message, values),
        source=rules()[rule].source,
        part=part,
        start=start,
        end=end,
        suggestions=suggestions,
        field=field,
        about=about,
    )
