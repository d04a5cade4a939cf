"""The word lists of phrasebook/naming.toml and descriptions.toml, read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from drafts.domain import time_zones
from drafts.domain.files import PHRASEBOOK_DIR, read_toml
from drafts.domain.tokens import fold

LISTS = PHRASEBOOK_DIR / "naming.toml"
DESCRIPTIONS = PHRASEBOOK_DIR / "descriptions.toml"


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return {**read_toml(LISTS), "descriptions": read_toml(DESCRIPTIONS)}


def plain(word: str) -> str:
    """The word for comparing, without case, accents, full stops and kinds of apostrophe."""
    return fold(word).replace(".", "").strip(" ,;:")


@cache
def entries(table: str, key: str) -> frozenset[str]:
    """One list, with `plain` applied to each word."""
    return frozenset(plain(word) for word in _tables()[table][key])


@cache
def as_typed(table: str, key: str) -> frozenset[str]:
    """One list, unchanged, for words whose case and full stops matter."""
    return frozenset(_tables()[table][key])


@cache
def spelling(table: str, key: str) -> dict[str, str]:
    """The spelling of each word of a list, by the word in lowercase."""
    return {word.lower(): word for word in _tables()[table][key]}


@cache
def titles() -> dict[str, tuple[str, str]]:
    """Each title's (spelling, kind), by the title as `plain` returns it."""
    kinds = _tables()["titles"]
    found = {plain(title): (title, kind) for kind in _TITLE_KINDS for title in kinds[kind]}
    return found | {short: (title, "family") for short, title in kinds["short"].items()}


_TITLE_KINDS = ("family", "courtesy", "given", "whole")


@cache
def cultures() -> dict[str, frozenset[str]]:
    """Common family names that are said before the given name, by culture."""
    names = ("chinese", "korean", "vietnamese", "japanese", "hungarian")
    return {culture: entries("family_first", culture) for culture in names}


@cache
def cities() -> frozenset[str]:
    ours = {plain(city) for named in time_zones.cities().values() for city in named}
    return frozenset(ours) | entries("positions", "cities")


def any_of(words: Iterable[str]) -> str:
    """A pattern that finds any of these words or phrases, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
