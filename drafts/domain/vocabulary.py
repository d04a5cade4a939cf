"""Technical and occupational terms that are in no dictionary but are not misspellings."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from drafts.domain.tokens import fold

FILES = ("technology.txt", "trades.txt")
DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def vocabulary(name: str) -> frozenset[str]:
    """The entries of one list, folded."""
    return frozenset(
        fold(entry.strip())
        for line in (DATA / name).read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
        for entry in line.split(", ")
        if entry.strip()
    )


def is_in_vocabulary(word: str) -> bool:
    """Whether a folded word is a technical or occupational term, in any capitalization."""
    return any(word in vocabulary(name) for name in FILES)
