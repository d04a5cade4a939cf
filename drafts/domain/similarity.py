"""Finds the runs of words that two letters share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from drafts.domain.tokens import Phrases, Word, words_of

RUN = 5  # words; what interviewers who compare their letters would notice
Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words that the other text also has; `start` and `end` are character offsets, `words` is their number."""

    start: int
    end: int
    words: int


@dataclass(frozen=True, slots=True)
class Shared:
    """`share`, from 0 to 1, is the share of the shorter text's five-word runs; the passages are in each text's own
    order."""

    share: float
    one: tuple[Passage, ...]
    other: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text prepared for comparing: its words, which of them are ignored, and the five-word runs of the others."""

    words: Sequence[Word]
    left_out: frozenset[int]
    runs: frozenset[Run]


def prepare(words: Sequence[Word], common: Phrases | None = None) -> Prepared:
    """`common` is ignored: words the user entered, which all letters may share."""
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
    """The share of the shorter text's five-word runs that the other also has, with nothing ignored."""
    return compare(prepare(words_of(one)), prepare(words_of(other))).share


def _runs(words: Sequence[Word], left_out: frozenset[int]) -> frozenset[Run]:
    """Every run of five words without an ignored word."""
    found: set[Run] = set()
    texts = [word[0] for word in words]
    begin = 0
    for end in (*sorted(left_out), len(texts)):
        part = texts[begin:end]
        found.update(zip(*(part[shift:] for shift in range(RUN)), strict=False))
        begin = end + 1
    return frozenset(found)


def _passages(text: Prepared, both: frozenset[Run]) -> tuple[Passage, ...]:
    """Shared runs, joined if they touch or if only ignored words are between them."""
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
    """Whether nearly all of `before` is still in `after`: text was added, not deleted or replaced.

    Compares characters in order; up to ten percent may be gone. Added characters do not count.
    """
    return LCSseq.similarity(before, after) >= 0.9 * len(before)
