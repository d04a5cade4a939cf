"""What two letters share, in runs of words, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from drafts.domain.tokens import Phrases, Word, words_of

RUN = 5  # words; design: what interviewers who compare would notice
Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in a row that the other text has too; `start` and `end` are characters, `words` how many."""

    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True)
class Shared:
    """`share`, from 0 to 1, is that of the shorter text's five-word runs; the passages are in either text's order."""

    share: float
    one: tuple[Passage, ...]
    other: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready to be compared: its words, which of them are left out, and the five-word runs of the others."""

    words: Sequence[Word]
    left_out: frozenset[int]
    runs: frozenset[Run]


def prepare(words: Sequence[Word], common: Phrases | None = None) -> Prepared:
    """`common` is left out: what letters may say alike because the user entered it."""
    left_out = (
        frozenset(at for first, last in common.find(words) for at in range(first, last))
        if common
        else frozenset()
    )
    return Prepared(words, left_out, _runs(words, left_out))


def compare(one: Prepared, other: Prepared) -> Shared:
    both = one.runs & other.runs
    if not both:
        return Shared(0.0, (), ())
    share = len(both) / min(len(one.runs), len(other.runs))
    return Shared(share, _passages(one, both), _passages(other, both))


def likeness(one: str, other: str) -> float:
    """The share of the shorter text's five-word runs that the other has too, nothing left out."""
    return compare(prepare(words_of(one)), prepare(words_of(other))).share


def _runs(words: Sequence[Word], left_out: frozenset[int]) -> frozenset[Run]:
    """Every run of five words that holds none of the words left out."""
    found: set[Run] = set()
    texts = [word[0] for word in words]
    begin = 0
    for end in (*sorted(left_out), len(texts)):
        part = texts[begin:end]
        found.update(zip(*(part[shift:] for shift in range(RUN)), strict=False))
        begin = end + 1
    return frozenset(found)


def _passages(text: Prepared, both: frozenset[Run]) -> tuple[Passage, ...]:
    """Shared runs joined where they touch, or where only left-out words stand between them."""
    words, left_out = text.words, text.left_out
    texts = [word[0] for word in words]
    shared = {
        at + offset
        for at in range(len(texts) - RUN + 1)
        if tuple(texts[at : at + RUN]) in both
        for offset in range(RUN)
    }
    found = []
    first = last = -1
    count = 0
    for at in sorted(shared):
        if first >= 0 and all(between in left_out for between in range(last + 1, at)):
            last, count = at, count + 1
            continue
        if first >= 0:
            found.append(Passage(words[first].start, words[last].end, count))
        first, last, count = at, at, 1
    if first >= 0:
        found.append(Passage(words[first].start, words[last].end, count))
    return tuple(found)


def is_slight_change(before: str, after: str) -> bool:
    """Whether nearly all of `before` is still in `after`: it was typed on, not deleted or pasted over.

    Letters are compared in order; ten of a hundred may be gone. What was added does not count.
    """
    return LCSseq.similarity(before, after) >= 0.9 * len(before)
