"""Technical and occupational terms that are in no dictionary but are not misspellings."""

from __future__ import annotations

from functools import cache

from drafts.domain.files import read_entries
from drafts.domain.tokens import fold

FILES = ("technology.txt", "trades.txt")


@cache
def vocabulary(name: str) -> frozenset[str]:
    """The entries of one list, folded."""
    return frozenset(map(fold, read_entries(name)))


def is_in_vocabulary(word: str) -> bool:
    """Whether a folded word is a technical or occupational term, in any capitalization."""
    return any(word in vocabulary(name) for name in FILES)
