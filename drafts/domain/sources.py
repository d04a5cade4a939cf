"""What a rule rests on, as pages name it: titles and addresses of phrasebook/sources.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from drafts.domain.files import PHRASEBOOK_DIR, read_toml

SOURCES = PHRASEBOOK_DIR / "sources.toml"


@dataclass(frozen=True, slots=True)
class Citation:
    """A source and what it says; `url` is empty where the source has no one address."""

    name: str
    url: str
    says: str


@cache
def entries() -> Mapping[str, Mapping[str, str]]:
    """Every entry of sources.toml by its name."""
    return read_toml(SOURCES)


def publications() -> list[Mapping[str, str]]:
    """The entries with a title of their own, each with its address."""
    return [entry for entry in entries().values() if "title" in entry]


@cache
def citations(source: str) -> tuple[Citation, ...]:
    """The sources of a text like "The article: proofread; Boomerang's email study: be brief".

    Cached: pages ask for the few texts of the phrasebook only. Raises KeyError for an entry that sources.toml lacks.
    """
    return tuple(
        Citation(entries()[name]["name"], entries()[name].get("url", ""), says)
        for name, says in parts(source)
    )


def parts(source: str) -> list[tuple[str, str]]:
    """The name of each entry that such a text cites, and what it says."""
    found: list[tuple[str, str]] = []
    for part in source.split("; "):
        name, _colon, says = part.partition(": ")
        if name not in entries() and found:
            # A "; " within what the one before says.
            entry, before = found.pop()
            found.append((entry, f"{before}; {part}"))
        else:
            found.append((name, says))
    return found
