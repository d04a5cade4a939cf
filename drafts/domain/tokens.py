"""The words of a text with their offsets, and searching them for phrases."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, KeysView, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

# Letters and digits, including combining accents (U+0300 to U+036F).
_LETTERS = r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*"
_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*")
_PLAIN_WORD = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")
LONGEST_CACHED = 60  # words; searches in longer texts are not cached
HEAD = 2  # letters; phrases that begin with a prefix ("appreciat*") are looked up by them


class Word(NamedTuple):
    """`text` is case-folded, with straight apostrophes; `start` and `end` are character offsets."""

    text: str
    start: int
    end: int


class Texts(tuple[str, ...]):
    """The texts of consecutive words, with indexes that rule out most phrases quickly."""

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The indexes at which each word occurs."""
        found: dict[str, list[int]] = {}
        for at, text in enumerate(self):
            found.setdefault(text, []).append(at)
        return found

    @cached_property
    def heads(self) -> dict[str, list[str]]:
        """The words by their first letters."""
        found: dict[str, list[str]] = {}
        for text in self.places:
            found.setdefault(text[:HEAD], []).append(text)
        return found


class Words(tuple[Word, ...]):
    """Consecutive words."""

    @cached_property
    def in_order(self) -> Texts:
        return Texts(word[0] for word in self)

    @property
    def places(self) -> dict[str, list[int]]:
        return self.in_order.places

    @property
    def texts(self) -> KeysView[str]:
        return self.in_order.places.keys()


@lru_cache(maxsize=256)
def words_of(text: str) -> Words:
    """Every word of a text, in order. Hyphens separate words, apostrophes do not."""
    if text.isascii():
        return Words(
            [Word(match[0].lower(), match.start(), match.end()) for match in _PLAIN_WORD.finditer(text)]
        )
    return Words(
        [
            Word(match[0].casefold().replace("’", "'"), match.start(), match.end())
            for match in _WORD.finditer(text)
        ]
    )


def fold(text: str) -> str:
    """The text for comparing and searching, without case, accents and kinds of apostrophe."""
    if text.isascii():
        return text.lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.casefold().translate(_UNDECOMPOSED)


# These have no decomposition.
_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "’": "'"}
)


def without_s(word: str) -> str:
    """A word without the ending of a possessive: 's, or the apostrophe."""
    if word[-2:] in ("'s", "’s"):
        return word[:-2]
    return word[:-1] if word[-1:] in ("'", "’") else word


class Phrases:
    """Phrases to search for in words. A `*` at the end of a word makes it a prefix: "appreciat*" finds
    "appreciated"."""

    def __init__(self, entries: Iterable[str]) -> None:
        # By the first and second word; "" for phrases of one word, "*" if the second word is a prefix.
        self._whole: dict[str, dict[str, list[tuple[str, ...]]]] = {}
        self._begun: dict[str, list[tuple[str, ...]]] = {}
        for entry in entries:
            parts = tuple(_parts(entry))
            if not parts:
                continue
            if parts[0].endswith("*"):
                self._begun.setdefault(parts[0][:HEAD], []).append(parts)
            else:
                second = parts[1] if len(parts) > 1 else ""
                key = "*" if second.endswith("*") else second
                self._whole.setdefault(parts[0], {}).setdefault(key, []).append(parts)

    def find(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Each match, as (index of the first word, index after the last); the longest one per start."""
        texts = words.in_order if isinstance(words, Words) else Texts(word[0] for word in words)
        return iter(_found(self, texts) if len(texts) <= LONGEST_CACHED else self.find_in(texts))

    def find_in(self, there: Texts) -> list[tuple[int, int]]:
        longest: dict[int, int] = {}
        for text in self._whole.keys() & there.places.keys():
            by_second = self._whole[text]
            for at in there.places[text]:
                after = there[at + 1] if at + 1 < len(there) else ""
                for key in {after, "", "*"}:
                    _note_longest(by_second.get(key, ()), there, at, longest)
        for head in self._begun.keys() & there.heads.keys() if self._begun else ():
            for text in there.heads[head]:
                for at in there.places[text]:
                    _note_longest(self._begun[head], there, at, longest)
        return [(at, at + longest[at]) for at in sorted(longest)]

    def are_in(self, words: Sequence[Word]) -> bool:
        return next(self.find(words), None) is not None


# Cached by sentence: while a letter is being typed, only one of its sentences changes at a time.
@lru_cache(maxsize=16384)
def _found(phrases: Phrases, texts: Texts) -> tuple[tuple[int, int], ...]:
    return tuple(phrases.find_in(texts))


def _parts(entry: str) -> list[str]:
    return [
        part.casefold().replace("’", "'") for part in re.findall(rf"{_LETTERS}(?:['’]{_LETTERS})*\*?", entry)
    ]


def _note_longest(
    candidates: Sequence[tuple[str, ...]], texts: Texts, at: int, longest: dict[int, int]
) -> None:
    for parts in candidates:
        if len(parts) > longest.get(at, 0) and _stands(parts, texts, at):
            longest[at] = len(parts)


def _stands(parts: tuple[str, ...], texts: Texts, at: int) -> bool:
    if at + len(parts) > len(texts):
        return False
    for offset, part in enumerate(parts):
        word = texts[at + offset]
        if part[-1] == "*":
            if not word.startswith(part[:-1]):
                return False
        elif word != part:
            return False
    return True
