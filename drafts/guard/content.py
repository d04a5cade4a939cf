"""The content words of a sentence, stemmed so that "reduced", "reducing" and "reduction" are alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from drafts.domain.notes.parser import Token, parse
from drafts.domain.proofread import is_word
from drafts.domain.tokens import fold
from drafts.guard.lists import lists

TELLING = ("NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "X", "INTJ", "SYM")
SHORTEST = 3  # letters that must be left of a word
ALIKE_FROM = 5  # letters that two words must share to count as alike

Content = frozenset[str]


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """A word without its endings: "reducing" and "reduced" -> "reduc"."""
    word = fold(word).replace("-", "").removesuffix("'s").strip(".,'’")
    for ending in lists().endings:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            word = word[: -len(ending)]
            break
    if len(word) > SHORTEST and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    if len(word) > ALIKE_FROM and word.endswith(("is", "ys")):
        # "organise", "analyse"
        word = f"{word[:-1]}z"
    return word.rstrip("e") if len(word) > SHORTEST else word


@lru_cache(maxsize=1)
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in lists().same:
        keys = frozenset(key(word) for word in group)
        for one in keys:
            found[one] = found.get(one, frozenset()) | keys
    return found


def alike(one: str, other: str) -> bool:
    """Whether two keys are alike: "organiz" and "organ", or synonyms."""
    return other in _groups().get(one, ()) or is_one_word(one, other)


def is_one_word(one: str, other: str) -> bool:
    """Whether two keys are of one word: "organiz" and "organ"."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= ALIKE_FROM and longer.startswith(shorter[: max(ALIKE_FROM, len(shorter) - 1)])


def among(one: str, others: Iterable[str]) -> bool:
    return any(alike(one, other) for other in others)


def missing(content: Iterable[str], source: Content) -> list[str]:
    """The keys for which a source has nothing alike."""
    return [
        one
        for one in content
        if one not in source
        and not among(one, source)
        and not any(_is_short_for(other, one) for other in source)
    ]


@lru_cache(maxsize=8192)
def _is_short_for(short: str, one: str) -> bool:
    """Whether one key is the beginning of the other and no word by itself: "calc" for "calculations"."""
    return SHORTEST <= len(short) < len(one) - 1 and one.startswith(short) and not is_word(short)


def tells(token: Token) -> bool:
    """Whether a word is a content word; numbers are checked separately."""
    return (
        token.pos in TELLING
        and token.lower not in lists().empty | lists().negations
        and token.lemma not in lists().empty
        and any(character.isalpha() for character in token.text)
    )


def keys_of(tokens: Iterable[Token]) -> Content:
    return frozenset(key(part) for token in tokens if tells(token) for part in _parts(token))


def _parts(token: Token) -> list[str]:
    """The lemma of a word; for a hyphenated word, its parts."""
    parts = [part for part in re.split(r"[-–/]", token.lower) if part and part not in lists().empty]
    return parts if len(parts) > 1 else [token.lemma or token.lower]


@lru_cache(maxsize=2048)
def content_of(text: str) -> Content:
    """The keys of a text's content words; without the parser, of all its words."""
    found = parse(text)
    if found is None:
        return frozenset(
            key(word) for word in re.findall(r"[^\W\d_]+", text) if word.lower() not in lists().empty
        )
    return keys_of(found.tokens)


def is_neutral(one: str) -> bool:
    return one in _neutral()


def is_free(token: Token) -> bool:
    """Whether a word of a sentence claims nothing."""
    return (
        is_neutral(key(token.lemma))
        or token.lower in lists().polite
        or token.lemma in lists().polite
        or token.lower in lists().feelings
    )


@lru_cache(maxsize=1)
def _neutral() -> frozenset[str]:
    return frozenset(map(key, lists().neutral))


def shared(old: Sequence[Content], new: Sequence[Content]) -> float:
    """How much two groups of sentences have in common, from 0 to 1 (Dice's coefficient)."""
    one, other = frozenset[str]().union(*old), frozenset[str]().union(*new)
    if not one or not other:
        return 0.0
    common = sum(1 for word in one if among(word, other))
    return 2 * common / (len(one) + len(other)) if common * 2 <= len(one) + len(other) else 1.0
