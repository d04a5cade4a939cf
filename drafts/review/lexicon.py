"""The word lists that checks go by, from phrasebook/review_words.toml, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from drafts.domain import countries, time_zones
from drafts.domain.files import PHRASEBOOK_DIR, read_toml
from drafts.domain.phrasebook import ANY, phrasebook
from drafts.domain.routes import route_book
from drafts.domain.tokens import Phrases, fold, words_of
from drafts.domain.vocabulary import FILES, vocabulary

LISTS = PHRASEBOOK_DIR / "review_words.toml"


@cache
def _lists() -> dict[str, dict[str, Any]]:
    return read_toml(LISTS)


@cache
def phrases(table: str, key: str) -> Phrases:
    """The phrases of one list, ready for searching."""
    return Phrases(_lists()[table][key])


@cache
def entries(table: str, key: str) -> frozenset[str]:
    """One list as a set, with entries unchanged."""
    return frozenset(_lists()[table][key])


@cache
def pairs(table: str, key: str) -> tuple[tuple[str, str], ...]:
    """A list of pairs, in the file's order."""
    return tuple((first, second) for first, second in _lists()[table][key])


@cache
def groups(table: str, key: str) -> tuple[frozenset[str], ...]:
    """A list of lists, as sets of synonyms."""
    return tuple(frozenset(group) for group in _lists()[table][key])


@cache
def greeting_unnamed() -> str:
    """The greeting of somebody whose name is unknown, without its comma."""
    return phrasebook().variants["greeting_unnamed", ANY, ANY][0].rstrip(",")


@cache
def usual() -> frozenset[str]:
    """Words that are common in such letters, including all words of our own phrases."""
    passed_on = (texts for (slot, _, _), texts in route_book().variants.items() if slot == "next_steps")
    ours = {
        word.text
        for texts in (*phrasebook().variants.values(), *passed_on)
        for text in texts
        for word in words_of(re.sub(r"\{\w+\}", " ", text))
    }
    return frozenset(ours) | entries("personal", "common")


@cache
def places() -> frozenset[str]:
    """Folded words of the names of places and languages, including those in the lists of cities and countries."""
    cities = time_zones.cities()
    names = [*entries("names", "places"), *(city for some in cities.values() for city in some)]
    names += [*map(time_zones.city, cities), *countries.names().values()]
    return frozenset(
        fold(word.text)
        for name in names
        for word in words_of(name)
        if word.text not in ("of", "and", "the", "new", "st", "south", "north", "city", "bay")
    )


@cache
def repairs() -> dict[str, str]:
    """Grammar slips with their corrections."""
    return dict(_lists()["grammar"]["slips"])


@dataclass(frozen=True, slots=True)
class Mixup:
    """A word that sounds like another one, and the neighboring words that show that it is the wrong one."""

    wrong: str
    right: str
    after: tuple[tuple[str, ...], ...]
    before: frozenset[str]
    not_before: frozenset[str]


@cache
def mixups() -> tuple[Mixup, ...]:
    return tuple(
        Mixup(
            table["wrong"],
            table["right"],
            tuple(tuple(phrase.split()) for phrase in table.get("after", ())),
            frozenset(table.get("before", ())),
            frozenset(table.get("not_before", ())),
        )
        for table in _lists()["grammar"]["mixups"]
    )


@cache
def slips() -> Phrases:
    return Phrases(repairs())


@cache
def sign_offs() -> frozenset[str]:
    """Closing lines, lowercase and without punctuation: ours and others that people use."""
    ours = {
        text.rstrip(",").lower()
        for (slot, _, _), texts in phrasebook().variants.items()
        if slot == "sign_off"
        for text in texts
    }
    return frozenset(ours) | entries("anatomy", "sign_offs")


@cache
def vocabulary_phrases() -> Phrases:
    """Technical and occupational terms of several words."""
    return Phrases(entry for name in FILES for entry in vocabulary(name) if " " in entry)
