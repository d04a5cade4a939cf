"""The lists of data/invitations.toml and invitation_zones.toml, read once; case and accents do not matter in them."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from drafts.domain.naming.lists import any_of
from drafts.domain.tokens import fold
from drafts.review.lexicon import entries

DATA = Path(__file__).resolve().parent.parent / "data"


@cache
def tables() -> dict[str, Any]:
    return {
        name: value
        for file in ("invitations.toml", "invitation_zones.toml")
        for name, value in tomllib.loads((DATA / file).read_text(encoding="utf-8")).items()
    }


@cache
def listed(key: str) -> frozenset[str]:
    """One list, folded."""
    private = entries("recipient", "private") if key == "free_mail" else frozenset[str]()
    return frozenset(map(fold, tables()[key])) | private


@cache
def given_names() -> frozenset[str]:
    """Common first names, casefolded: the most frequent in the 1990 US census, and some from other languages."""
    return frozenset((DATA / "given_names.txt").read_text(encoding="utf-8").split())


def table(key: str) -> dict[str, str]:
    found: dict[str, str] = tables()[key]
    return found


@cache
def one_of(key: str) -> str:
    """A pattern that finds any word of a list as it is written there, the longest first."""
    return any_of(tables()[key])


@cache
def says_of(key: str) -> re.Pattern[str]:
    """A pattern that finds any word of a list in a folded text, as a word of its own."""
    return re.compile(rf"(?<!\w)(?:{any_of(listed(key))})(?!\w)")


@cache
def numbers(key: str, first: int) -> dict[str, int]:
    """The number of each name in a list of months or days, whose rows hold the names of one of them."""
    return {name: number for number, names in enumerate(tables()[key], first) for name in names.split()}


def is_of(domain: str, domains: frozenset[str]) -> bool:
    """Whether a domain is one of these, or below one of them."""
    labels = domain.lower().split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))
