"""The occupational family of a position, and the examples shown to people in it.

The words are in phrasebook/trades.toml, whose header explains the lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cache

from drafts.domain.facts import Role
from drafts.domain.files import PHRASEBOOK_DIR, read_toml
from drafts.domain.tokens import fold, without_s, words_of

TRADES = PHRASEBOOK_DIR / "trades.toml"
# The notes that have an example; every family has one for each.
EXAMPLE_KEYS = (
    "mentioned",
    "enjoyed",
    "strengths",
    "experience",
    "goal",
    "forgot",
    "topic",
    "answer",
    "callback",
    "ask",
)
_SEPARATORS = re.compile(r"[,;:|/()\[\]•·–—]|\s-\s")
_ANY = "any"


class Family(StrEnum):
    SOFTWARE = "software"
    DATA = "data"
    DESIGN = "design"
    HEALTH = "health"
    EDUCATION = "education"
    SALES_SERVICE = "sales_service"
    OFFICE = "office"
    LAW_FINANCE = "law_finance"
    TRADES_LOGISTICS = "trades_logistics"
    RESEARCH = "research"
    LEADERSHIP = "leadership"
    NEUTRAL = "neutral"


class _Kind(IntEnum):
    """How strongly a phrase indicates an occupation; the greater wins."""

    GENERIC = 0
    INDUSTRY = 1
    AREA = 2
    TRADE = 3


@dataclass(frozen=True, slots=True)
class _Entry:
    """`families`: for a generic title, all it can belong to, the usual one first; else just one."""

    kind: _Kind
    families: tuple[Family, ...]


@dataclass(frozen=True, slots=True, order=True)
class _Match:
    """A phrase found in a text. Matches are ordered by strength; the greatest wins.

    `part` counts down from 0, so that a match before "of" or a comma outranks one after it.
    """

    kind: _Kind
    part: int
    end: int
    length: int
    families: tuple[Family, ...]


@dataclass(frozen=True, slots=True)
class _Trades:
    entries: dict[tuple[str, ...], _Entry]
    longest: int  # words
    separators: frozenset[str]
    examples: dict[Family, dict[str, str]]
    by_role: dict[Role, dict[str, str]]


def family_of(position: str, field: str = "") -> Family:
    """The family of a position; the field of work decides if the position is ambiguous."""
    titles = [*_matches(position), *_matches(_turned(position))]
    if title := _best(match for match in titles if match.kind > _Kind.INDUSTRY):
        return title.families[0]
    industry = _best(match for match in _matches(field) if match.kind > _Kind.GENERIC)
    generic = _best(match for match in titles if match.kind == _Kind.GENERIC)
    if generic is None:
        return industry.families[0] if industry else Family.NEUTRAL
    if industry and industry.families[0] in generic.families:
        return industry.families[0]
    return generic.families[0]


def examples_for(family: Family, role: Role) -> dict[str, str]:
    """An example for each of EXAMPLE_KEYS; `strengths` is a comma-separated list."""
    trades = _trades()
    return trades.examples[family] | trades.by_role.get(role, {})


def _turned(title: str) -> str:
    """ "Engineer, petroleum" as "petroleum Engineer"; empty for a title without a comma."""
    first, _, second = title.partition(",")
    return f"{second} {first}" if second else ""


def _best(matches: Iterable[_Match]) -> _Match | None:
    return max(matches, default=None)


def _matches(text: str) -> Iterator[_Match]:
    trades = _trades()
    parted = _parted(text, trades.separators)
    words = [word for word, _ in parted]
    for start, (_, part) in enumerate(parted):
        for end in range(start + 1, min(start + trades.longest, len(words)) + 1):
            *before, last = words[start:end]
            if entry := trades.entries.get((*before, last)) or trades.entries.get((*before, _singular(last))):
                yield _Match(entry.kind, part, end, end - start, entry.families)


def _parted(text: str, separators: frozenset[str]) -> list[tuple[str, int]]:
    """Each word of a text with the number of its part: 0, -1, -2 ..."""
    parted = []
    part = 0
    for piece in _SEPARATORS.split(text):
        for word in _words(piece):
            part -= word in separators
            parted.append((word, part))
        part -= 1
    return parted


def _words(text: str) -> list[str]:
    return [fold(without_s(word.text)) for word in words_of(text.replace("&", " and "))]


def _singular(word: str) -> str:
    return word.removesuffix("s")


@cache
def _trades() -> _Trades:
    data = read_toml(TRADES)
    entries: dict[tuple[str, ...], _Entry] = {}
    for phrase, entry in (*_phrases(data["words"]), *_generic(data["generic"])):
        words = tuple(_words(phrase))
        if words in entries:
            raise ValueError(f"{TRADES.name}: {phrase!r} stands twice.")
        entries[words] = entry
    return _Trades(
        entries=entries,
        longest=max(map(len, entries)),
        separators=frozenset(data["separators"]),
        examples={Family(name): table for name, table in data["examples"].items()},
        by_role={Role(name): table for name, table in data["roles"].items()},
    )


def _phrases(tables: dict[str, dict[str, list[str]]]) -> Iterator[tuple[str, _Entry]]:
    kinds = {"trades": _Kind.TRADE, "areas": _Kind.AREA, "industries": _Kind.INDUSTRY}
    for name, table in tables.items():
        for list_name, phrases in table.items():
            entry = _Entry(kinds[list_name], (Family(name),))
            for phrase in phrases:
                yield phrase, entry


def _generic(table: dict[str, list[str]]) -> Iterator[tuple[str, _Entry]]:
    for phrase, names in table.items():
        named = tuple(Family(name) for name in names if name != _ANY)
        rest = tuple(family for family in Family if family not in named) if _ANY in names else ()
        yield phrase, _Entry(_Kind.GENERIC, named + rest)
