"""Words of a text with their places, and finding phrases among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

# Letters and digits, with accents written as marks of their own (U+0300 to U+036F).
_LETTERS = r"[^\W_][^\W_\u0300-\u036f]*(?:[\u0300-\u036f]+[^\W_]*)*"
_WORD = re.compile(rf"{_LETTERS}(?:['’]{_LETTERS})*")


@dataclass(frozen=True, slots=True)
class Word:
    """`text` is case-folded, with straight apostrophes; `start` and `end` are characters of the text."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=128)
def words_of(text: str) -> tuple[Word, ...]:
    """Every word of a text, in order. Hyphens part words, apostrophes do not."""
    return tuple(
        Word(match.group().casefold().replace("’", "'"), match.start(), match.end())
        for match in _WORD.finditer(text)
    )


def fold(text: str) -> str:
    """For comparing and searching: case, accents and the kind of apostrophe do not matter."""
    if text.isascii():
        return text.lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return bare.casefold().translate(_UNDECOMPOSED)


# These have no decomposition.
_UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th", "’": "'"}
)


class Phrases:
    """Phrases to look for among words. A `*` ends a word that may go on: "appreciat*" finds "appreciated"."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._whole: dict[str, list[tuple[str, ...]]] = {}
        self._begun: dict[str, list[tuple[str, ...]]] = {}
        for entry in entries:
            parts = tuple(_parts(entry))
            if not parts:
                continue
            if parts[0].endswith("*"):
                self._begun.setdefault(parts[0][:2], []).append(parts)
            else:
                self._whole.setdefault(parts[0], []).append(parts)

    def find(self, words: Sequence[Word]) -> Iterator[tuple[int, int]]:
        """Each place where a phrase stands, as (first word, word after the last); the longest one per place."""
        for at, word in enumerate(words):
            candidates = self._whole.get(word.text, ())
            begun = self._begun.get(word.text[:2], ()) if self._begun else ()
            longest = 0
            for parts in (*candidates, *begun) if begun else candidates:
                if len(parts) > longest and _stands(parts, words, at):
                    longest = len(parts)
            if longest:
                yield at, at + longest

    def are_in(self, words: Sequence[Word]) -> bool:
        return next(self.find(words), None) is not None


def _parts(entry: str) -> list[str]:
    return [part.casefold().replace("’", "'") for part in re.findall(r"[^\W_]+(?:['’][^\W_]+)*\*?", entry)]


def _stands(parts: tuple[str, ...], words: Sequence[Word], at: int) -> bool:
    if at + len(parts) > len(words):
        return False
    for offset, part in enumerate(parts):
        word = words[at + offset].text
        if part[-1] == "*":
            if not word.startswith(part[:-1]):
                return False
        elif word != part:
            return False
    return True
