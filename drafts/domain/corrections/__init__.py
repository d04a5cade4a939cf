"""Finds the mistakes that writers make in English as a second language, and says what they meant.

Correct English must stay as it is, however informal, and what is not sure is left alone. Without the parser only the
rules that are regular expressions apply (phrasebook/corrections.toml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from drafts.domain.corrections import agreement, nouns, order, tenses, verbs
from drafts.domain.corrections.rules import plain_edits, priorities, says
from drafts.domain.corrections.sentence import Edit, Sentence, pieces

__all__ = ["Correction", "corrected", "corrections", "says"]

MOST_ROUNDS = (
    3  # one correction may make room for another: "many informations", "many information", "a lot of ..."
)
LONGEST_TEXT = 20_000  # characters; nothing longer is read
_PARSED = (tenses.edits, agreement.edits, verbs.edits, nouns.edits, order.edits)
# A lone surrogate, which the parser cannot read.
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
_PARTS = re.compile(r"\s+|\S+")
# Rules that are meant to change figures.
_OF_FIGURES = frozenset({"decimal"})
_NO_NAMES = re.compile(
    r"I|I['’]\w+|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August"
    r"|September|October|November|December"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """`replacement` for the characters from `start` to `end` of a text. `rule`: an id of corrections.toml."""

    start: int
    end: int
    replacement: str
    rule: str


def corrections(text: str) -> tuple[Correction, ...]:
    """The corrections of a text, in order; none overlap."""
    if len(text) > LONGEST_TEXT or _HALF_A_CHARACTER.search(text):
        return ()
    return tuple(
        replace(one, start=one.start + at, end=one.end + at)
        for at, sentence in pieces(text)
        for one in _corrections(sentence)
    )


@lru_cache(maxsize=2048)
def corrected(text: str) -> str:
    """The text with all corrections."""
    for _ in range(MOST_ROUNDS):
        found = corrections(text)
        if not found:
            break
        for one in reversed(found):
            text = text[: one.start] + one.replacement + text[one.end :]
    return text


@lru_cache(maxsize=4096)
def _corrections(text: str) -> tuple[Correction, ...]:
    sentence = Sentence(text)
    order_of = priorities()
    edits = sorted(_edits(sentence), key=lambda edit: (order_of[edit.rule], edit.start))
    kept: list[tuple[Edit, Correction]] = []
    for edit in edits:
        one = _trimmed(sentence, edit)
        if one and not any(_meet(edit, one, *other) for other in kept):
            kept.append((edit, one))
    return tuple(sorted((one for _, one in kept), key=lambda one: one.start))


def _meet(edit: Edit, one: Correction, other_edit: Edit, other: Correction) -> bool:
    """Whether two corrections overlap; of the same rule, also if only the words that they go by do."""
    if edit.rule == other_edit.rule and edit.start < other_edit.end and other_edit.start < edit.end:
        return True
    return one.start < other.end and other.start < one.end


def _edits(sentence: Sentence) -> Iterator[Edit]:
    yield from plain_edits(sentence)
    if sentence.tokens:
        for edits in _PARSED:
            yield from edits(sentence)


def _trimmed(sentence: Sentence, edit: Edit) -> Correction | None:
    """The edit without words that stay the same at its ends; None if it changes nothing, or something that it must not.

    At least one word is always part of it, so that there is something to mark.
    """
    text = sentence.text
    start, end = edit.start, edit.end
    old, new = _PARTS.findall(text[start:end]), _PARTS.findall(edit.new)
    if text[start:end] == edit.new:
        return None
    front: list[str] = []
    while old and new and old[0] == new[0]:
        front.append(old.pop(0))
        new.pop(0)
    back: list[str] = []
    while old and new and old[-1] == new[-1]:
        back.insert(0, old.pop())
        new.pop()
    if not "".join(old).strip() or not "".join(new).strip():
        taken = _taken(front, back)
        if taken is None:
            return _widened(sentence, edit)
        front, back, old, new = _with_taken(front, back, old, new, taken)
    start += sum(map(len, front))
    end -= sum(map(len, back))
    one = Correction(start, end, "".join(new), edit.rule)
    return one if _is_allowed(sentence, one) else None


def _taken(front: list[str], back: list[str]) -> str | None:
    """From which end a word has to be taken back."""
    if any(part.strip() for part in back):
        return "back"
    return "front" if any(part.strip() for part in front) else None


def _with_taken(
    front: list[str], back: list[str], old: list[str], new: list[str], taken: str
) -> tuple[list[str], list[str], list[str], list[str]]:
    if taken == "back":
        count = next(at for at, part in enumerate(back) if part.strip()) + 1
        return front, back[count:], old + back[:count], new + back[:count]
    count = next(at for at, part in enumerate(reversed(front)) if part.strip()) + 1
    return front[:-count], back, front[-count:] + old, front[-count:] + new


def _widened(sentence: Sentence, edit: Edit) -> Correction | None:
    """An edit that takes out or adds words only, with the next word of the sentence."""
    after = re.match(r"\s*\S+", sentence.text[edit.end :])
    if after is None:
        return None
    one = Correction(edit.start, edit.end + after.end(), (edit.new + after.group()).lstrip(), edit.rule)
    return one if _is_allowed(sentence, one) else None


def _is_allowed(sentence: Sentence, one: Correction) -> bool:
    """Whether a correction keeps all names and figures, and is in no quotation or address."""
    if any(start < one.end and one.start < end for start, end in sentence.protected):
        return False
    old = sentence.text[one.start : one.end]
    if sentence.text[one.end : one.end + 1] in ("-", "/", "_") or sentence.text[: one.start][-1:] in (
        "-",
        "/",
        "_",
    ):
        # A part of a longer word: "follow-the-sun".
        return False
    if one.rule not in _OF_FIGURES and not _within(re.findall(r"\d+", old), one.replacement):
        return False
    names = [
        match.group()
        for match in re.finditer(r"\b[A-Z][\w'’]*", old)
        if not _NO_NAMES.fullmatch(match.group()) and not _begins(sentence.text, one.start + match.start())
    ]
    return _within(names, one.replacement)


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins here."""
    before = text[:at].rstrip(" \"'“‘(-–•*")
    return not before or before[-1] in ".!?:"


def _within(words: list[str], text: str) -> bool:
    return all(word in text for word in words)
