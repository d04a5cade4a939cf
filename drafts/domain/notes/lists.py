"""The lists of phrasebook/notes.toml, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from drafts.domain.tokens import Phrases

NOTES = Path(__file__).resolve().parent.parent.parent / "phrasebook" / "notes.toml"
REASONS = NOTES.with_name("reasons.toml")


@dataclass(frozen=True, slots=True)
class SetAside:
    """Phrases by which a remark that is better not written is known."""

    reason: str
    whole: bool
    phrases: Phrases


@dataclass(frozen=True, slots=True)
class NoteLists:
    spelled_out: dict[str, str]
    days: dict[str, str]
    written_large: frozenset[str]
    nothing: frozenset[str]
    nothing_starts: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    people: frozenset[str]
    enjoyable: frozenset[str]
    articles_before_of: frozenset[str]
    bare_nouns: frozenset[str]
    article_idioms: frozenset[str]
    mass: frozenset[str]
    done: frozenset[str]
    theirs_ing: frozenset[str]
    mine: frozenset[str]
    left_open: frozenset[str]
    personal: frozenset[str]


@cache
def note_lists() -> NoteLists:
    data = tomllib.loads(NOTES.read_text(encoding="utf-8"))
    return NoteLists(
        spelled_out=data["spelled_out"],
        days=data["days"],
        written_large=frozenset(data["written_large"]["words"]),
        nothing=frozenset(data["nothing"]["whole"]),
        nothing_starts=tuple(data["nothing"]["starts"]),
        set_aside=tuple(
            SetAside(reason, bool(table.get("whole")), Phrases(table["phrases"]))
            for reason, table in data["set_aside"].items()
        ),
        people=frozenset(data["people"]["singular"]),
        enjoyable=frozenset(data["enjoyable"]["nouns"]),
        articles_before_of=frozenset(data["articles"]["before_of"]),
        bare_nouns=frozenset(data["articles"]["bare"]),
        article_idioms=frozenset(data["articles"]["idioms"]),
        mass=frozenset(data["articles"]["mass"]),
        done=frozenset(data["verbs"]["done"]),
        theirs_ing=frozenset(data["verbs"]["theirs_ing"]),
        mine=frozenset(data["verbs"]["mine"]),
        left_open=frozenset(data["verbs"]["left_open"]),
        personal=frozenset(data["personal"]["words"]),
    )


@cache
def _reasons() -> dict[str, Any]:
    tables: dict[str, Any] = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    return tables


def reason_text(use: str, reason: str) -> str:
    """What the page says of a note that is asked about or set aside; empty for a reason that is not known."""
    text: str = _reasons().get(use, {}).get(reason, "")
    return text
