"""What two letters share, in runs of words."""

from __future__ import annotations

import re

RUN = 5  # words; design: what interviewers who compare would notice
_WORD = re.compile(r"[\w'’]+")


def runs(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of five words in a text, case aside."""
    found = [word.lower() for word in _WORD.findall(text)]
    return frozenset(tuple(found[i : i + RUN]) for i in range(len(found) - RUN + 1))


def likeness(one: str, other: str) -> float:
    """The share, from 0 to 1, of the shorter text's five-word runs that the other has too."""
    a, b = runs(one), runs(other)
    fewer = min(len(a), len(b))
    return len(a & b) / fewer if fewer else 0.0
