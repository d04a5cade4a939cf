"""The lists of phrasebook/guard.toml, read once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GUARD = Path(__file__).resolve().parent.parent / "phrasebook" / "guard.toml"


@dataclass(frozen=True, slots=True)
class Lists:
    neutral: frozenset[str]
    courtesies: frozenset[str]
    moods: frozenset[str]
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
    same_things: tuple[frozenset[str], ...]
    number_words: dict[str, float]
    leftovers: re.Pattern[str]
    says: dict[str, str]


@cache
def lists() -> Lists:
    data = tomllib.loads(GUARD.read_text(encoding="utf-8"))
    return Lists(
        same=tuple(map(frozenset, data.pop("same"))),
        same_things=tuple(map(frozenset, data.pop("same_things"))),
        endings=tuple(data.pop("endings")),
        number_words=data.pop("number_words"),
        leftovers=re.compile("|".join(data.pop("leftovers")), re.M),
        presumed=re.compile("|".join(data.pop("presumed")), re.I),
        says=data.pop("says"),
        **{key: frozenset(entries) for key, entries in data.items()},
    )
