"""What changed from one text to another, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# The most words, or lines, of each text that are compared one by one. Longer texts are compared by lines, and texts
# of more lines than this as wholes, so that no text keeps a worker busy.
MOST = 1_000

_WORD = re.compile(r"\S+\s*|\s+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words. What is the same may differ in its spaces: `text` is the new text's, `before` the old one's."""

    change: Change
    text: str
    before: str = ""


def changes(old: str, new: str) -> tuple[Part, ...]:
    """The parts in reading order; what was removed comes before what was added in its place.

    All parts but the added ones give the words of `old`; all but the removed ones give `new`, letter by letter. Spaces
    and line breaks do not count as a change, and no words run together.
    """
    if old == new:
        return (Part(Change.SAME, new, old),) if new else ()
    before, after = _tokens(old, new)
    # Words that are frequent in a long text do not begin a match (autojunk), which bounds the time.
    matcher = SequenceMatcher(
        a=[" ".join(one.split()) for one in before], b=[" ".join(one.split()) for one in after]
    )
    return tuple(_parts(matcher, before, after))


def _tokens(old: str, new: str) -> tuple[list[str], list[str]]:
    for pattern in (_WORD, _LINE):
        before, after = pattern.findall(old), pattern.findall(new)
        if max(len(before), len(after)) <= MOST:
            return before, after
    return [old], [new]


def _parts(matcher: SequenceMatcher[str], before: list[str], after: list[str]) -> Iterator[Part]:
    written = ""
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        removed, added = "".join(before[old_from:old_to]), "".join(after[new_from:new_to])
        if what == "equal":
            yield Part(Change.SAME, added, removed)
        elif removed:
            yield Part(Change.REMOVED, _apart(written, removed, added))
        if added and what != "equal":
            yield Part(Change.ADDED, added)
        written = added or removed


def _apart(before: str, removed: str, after: str) -> str:
    """The removed words, not run together with those beside them: the last word of a text has no space after it."""
    head = " " if before and not before[-1].isspace() else ""
    tail = " " if after and not removed[-1].isspace() else ""
    return head + removed + tail
