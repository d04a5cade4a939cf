"""The word lists of phrasebook/words.toml, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).resolve().parent.parent / "phrasebook" / "words.toml"


@dataclass(frozen=True, slots=True)
class Words:
    titles: frozenset[str]
    abbreviations: frozenset[str]
    small_names: frozenset[str]
    spoken_acronyms: frozenset[str]
    takes_an: frozenset[str]
    takes_a: frozenset[str]
    position_nouns: frozenset[str]
    team_nouns: frozenset[str]
    salutations: frozenset[str]
    formal_countries: frozenset[str]
    phrase_openers: frozenset[str]


@cache
def words() -> Words:
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return Words(**{key: frozenset(values) for key, values in data.items()})
