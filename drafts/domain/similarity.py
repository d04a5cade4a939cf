"""What two letters share, in runs of words, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drafts.domain.tokens import Phrases, Word, words_of

RUN = 5  # words; design: what interviewers who compare would notice


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


Runs = dict[tuple[str, ...], list[int]]


def runs(words: Sequence[Word], left_out: frozenset[int] = frozenset()) -> Runs:
    """Every run of five words with the places where it begins; runs over a left-out word do not count."""
    texts = [word.text for word in words]
    found: Runs = {}
    for at in range(len(texts) - RUN + 1):
        if left_out and not left_out.isdisjoint(range(at, at + RUN)):
            continue
        found.setdefault(tuple(texts[at : at + RUN]), []).append(at)
    return found


def covered(words: Sequence[Word], phrases: Phrases | None) -> frozenset[int]:
    """The places of words that lie in one of the phrases."""
    if phrases is None:
        return frozenset()
    return frozenset(at for first, last in phrases.find(words) for at in range(first, last))


def compare(one: Sequence[Word], other: Sequence[Word], common: Phrases | None = None) -> Shared:
    """What two texts share, apart from `common`: what both may say because the user entered it for both."""
    left_one, left_other = covered(one, common), covered(other, common)
    runs_one, runs_other = runs(one, left_one), runs(other, left_other)
    both = runs_one.keys() & runs_other.keys()
    fewer = min(len(runs_one), len(runs_other))
    if not both:
        return Shared(0.0, (), ())
    return Shared(
        len(both) / fewer,
        _passages(one, (at for run in both for at in runs_one[run]), left_one),
        _passages(other, (at for run in both for at in runs_other[run]), left_other),
    )


def _passages(words: Sequence[Word], begins: Iterable[int], left_out: frozenset[int]) -> tuple[Passage, ...]:
    """Shared runs joined where they touch, or where only left-out words stand between them."""
    shared = {begin + offset for begin in begins for offset in range(RUN)}
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


def likeness(one: str, other: str) -> float:
    """The share of the shorter text's five-word runs that the other has too, nothing left out."""
    return compare(words_of(one), words_of(other)).share
