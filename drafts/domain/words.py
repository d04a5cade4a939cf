"""The word lists of phrasebook/words.toml, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from drafts.domain.files import PHRASEBOOK_DIR, read_toml

WORDS = PHRASEBOOK_DIR / "words.toml"


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
    data = read_toml(WORDS)
    return Words(**{key: frozenset(values) for key, values in data.items()})
