"""The lists of phrasebook/guard.toml, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from drafts.domain.files import PHRASEBOOK_DIR, read_toml


@dataclass(frozen=True, slots=True)
class Lists:
    neutral: frozenset[str]
    polite: frozenset[str]
    counted: frozenset[str]
    practicing: frozenset[str]
    producing: frozenset[str]
    touring: frozenset[str]
    visiting: frozenset[str]
    courtesies: frozenset[str]
    moods: frozenset[str]
    memberships: frozenset[str]
    able: frozenset[str]
    abilities: frozenset[str]
    knowing: frozenset[str]
    owned_by_all: frozenset[str]
    wish_nouns: frozenset[str]
    wishes: frozenset[str]
    employers: frozenset[str]
    telling: frozenset[str]
    light: frozenset[str]
    promises: frozenset[str]
    no_promises: frozenset[str]
    negations: frozenset[str]
    feelings: frozenset[str]
    dates: frozenset[str]
    units: frozenset[str]
    reports: frozenset[str]
    hearing: frozenset[str]
    presumed: re.Pattern[str]
    jobs: frozenset[str]
    empty: frozenset[str]
    hard: frozenset[str]
    endings: tuple[str, ...]
    english: frozenset[str]
    same: tuple[frozenset[str], ...]
    idle_denials: re.Pattern[str]
    denying: re.Pattern[str]
    left_out: frozenset[str]
    unsaid: frozenset[str]
    number_words: dict[str, float]
    leftovers: re.Pattern[str]
    says: dict[str, str]


@cache
def lists() -> Lists:
    data = read_toml(PHRASEBOOK_DIR / "guard.toml")
    return Lists(
        same=tuple(_groups("synonyms.toml")),
        idle_denials=re.compile(data.pop("idle_denials"), re.I),
        denying=re.compile(data.pop("denying"), re.I),
        endings=tuple(data.pop("endings")),
        number_words=data.pop("number_words"),
        leftovers=re.compile("|".join(data.pop("leftovers")), re.M),
        presumed=re.compile("|".join(data.pop("presumed")), re.I),
        says=data.pop("says"),
        **{key: frozenset(entries) for key, entries in data.items()},
    )


def _groups(name: str) -> Iterator[frozenset[str]]:
    """The groups of words that say the same, one a line."""
    for rows in read_toml(PHRASEBOOK_DIR / name).values():
        yield from (frozenset(row.split()) for row in rows.split("\n") if row.strip())
