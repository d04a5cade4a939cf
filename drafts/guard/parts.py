"""Splits a letter into sentences with their paragraphs, and aligns two letters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drafts.guard.content import Content, content_of, shared
from drafts.review.reading import Reading

MOST_SENTENCES = 60  # compared; a longer text is not a letter
LARGEST_BLOCK = 3  # sentences that may correspond to one of the other letter
ALONE = 0.75  # the cost of a sentence without a counterpart in the other letter


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence. `paragraph` is the number of its paragraph; greeting, sign-off and signature belong to none."""

    text: str
    paragraph: int


def sentences_of(body: str) -> tuple[Said, ...]:
    reading = Reading("", body)
    found = []
    for sentence in reading.sentences[:MOST_SENTENCES]:
        number = next(n for n, span in enumerate(reading.content) if span.holds(sentence.start, sentence.end))
        found.append(Said(" ".join(sentence.text.split()), number))
    return tuple(found)


def around(body: str) -> tuple[str, str]:
    """The parts before and after the content: the greeting, and the sign-off with the signature."""
    reading = Reading("", body)
    said = [span for span in reading.content if not any(ps.start == span.start for ps in reading.postscripts)]
    if not said:
        return body.strip(), ""
    return body[: said[0].start].strip(), _without_postscripts(body, reading, said[-1].end)


def _without_postscripts(body: str, reading: Reading, start: int) -> str:
    kept, at = "", start
    for postscript in reading.postscripts:
        if postscript.start >= start:
            kept, at = kept + body[at : postscript.start], postscript.end
    return re.sub(r"\n{3,}", "\n\n", kept + body[at:]).strip()


def side_by_side(old: Sequence[Said], new: Sequence[Said]) -> list[tuple[slice, slice]]:
    """Which sentences of the two letters correspond to each other, in order: the alignment with the lowest cost.

    Up to LARGEST_BLOCK sentences of one letter may correspond to one or two of the other, and some to none.
    """
    olds, news = [content_of(one.text) for one in old], [content_of(one.text) for one in new]
    steps = [(0, 1), (1, 0), (1, 1)]
    steps += [(1, n) for n in range(2, LARGEST_BLOCK + 1)] + [(n, 1) for n in range(2, LARGEST_BLOCK + 1)]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(old) + 1):
        for j in range(len(new) + 1):
            for di, dj in steps:
                if i >= di and j >= dj and (i - di, j - dj) in best:
                    cost = best[i - di, j - dj][0] + _cost(olds[i - di : i], news[j - dj : j])
                    if (i, j) not in best or cost < best[i, j][0] - 1e-9:
                        best[i, j] = (cost, (di, dj))
    blocks, i, j = [], len(old), len(new)
    while i or j:
        di, dj = best[i, j][1]
        blocks.append((slice(i - di, i), slice(j - dj, j)))
        i, j = i - di, j - dj
    return blocks[::-1]


def _cost(old: Sequence[Content], new: Sequence[Content]) -> float:
    if not old or not new:
        return ALONE * max(len(old), len(new))
    return (1 - shared(old, new)) * max(len(old), len(new)) + 0.1 * (len(old) + len(new) - 2)
