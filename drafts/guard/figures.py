"""Finds numbers, dates, names and links, which can be checked word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from drafts.domain.notes.parser import Token, parse
from drafts.domain.tokens import fold
from drafts.domain.vocabulary import is_in_vocabulary
from drafts.domain.words import words
from drafts.guard.content import Content, keys_of
from drafts.guard.lists import lists
from drafts.review.reading import URL

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_LARGE = {
    "k": 1_000,
    "m": 1_000_000,
    "bn": 1_000_000_000,
    "million": 1_000_000,
    "thousand": 1_000,
    "billion": 1_000_000_000,
}
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
AROUND = 8  # words on either side of a number that show what it counts


# "mwater.co" without https:// before it; "e.g." and "a.m." are too short.
_BARE = re.compile(r"\b[a-z0-9][a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})*\.[a-z]{2,}\b")


def links_of(text: str) -> frozenset[str]:
    bare = frozenset(match[0] for match in _BARE.finditer(text))
    return bare | frozenset(match[0].rstrip(".,;:!?)").lower() for match in URL.finditer(text))


@lru_cache(maxsize=2048)
def numbers_of(text: str) -> tuple[tuple[float, str, Content], ...]:
    """Each number of a text: its value, its spelling, and the keys of the words around it."""
    plain = URL.sub(" ", text)
    found = parse(plain)
    if found is None:
        return tuple((value, written, frozenset()) for written in plain.split() for value in _values(written))
    numbers = []
    fractions = _fractions(found.tokens)
    for token in found.tokens:
        for value in [fractions[token.index]] if token.index in fractions else _values(token.text):
            near = found.tokens[max(0, token.index - AROUND) : token.index + AROUND + 1]
            if not value:
                continue
            value *= _LARGE.get(found.tokens[min(token.index + 1, len(found.tokens) - 1)].lower, 1)
            numbers.append(
                (value, token.text, keys_of(one for one in near if one.lower not in lists().number_words))
            )
    return tuple(numbers)


def _fractions(tokens: tuple[Token, ...]) -> dict[int, float]:
    """The values of "a third", "two-thirds" and "one in three" at the last of their words, and 0 at the others."""
    found: dict[int, float] = {}
    small = lists().number_words
    for before, token, after in zip(tokens, tokens[1:], (*tokens[2:], None), strict=False):
        if token.lower.rstrip("s") in _PARTS and after is not None and after.lower == "of":
            found[token.index] = small.get(before.lower, 1) / _PARTS[token.lower.rstrip("s")]
            found[before.index] = 0 if before.lower in small else found.get(before.index, 0)
        elif token.lower == "in" and after is not None and {before.lower, after.lower} <= small.keys():
            found[before.index], found[after.index] = 0, small[before.lower] / small[after.lower]
    return found


def _values(written: str) -> Iterator[float]:
    low = written.lower()
    if low in lists().number_words:
        yield lists().number_words[low]
    elif "-" in low and low.split("-")[0] in lists().number_words:
        # "forty-two", "nine-hour"
        values = [lists().number_words[part] for part in low.split("-") if part in lists().number_words]
        yield sum(values)
    else:
        for match in _NUMBER.finditer(written):
            text = match[0]
            if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text) or len(re.findall(r"[.,]", text)) > 1:
                text = re.sub(r"\D", "", text)
            value = float(text.replace(",", "."))
            after = re.match(r"(k|m|bn)\b", written[match.end() :].lower())
            yield value * (_LARGE[after[1]] if after else 1)


def dates_of(tokens: tuple[Token, ...]) -> Iterator[str]:
    """Days and months; "May" and "March" only if capitalized."""
    for token in tokens:
        is_date = token.text[0].isupper() or token.lower not in ("may", "march")
        if token.lower in lists().dates and is_date and token.tag not in ("MD", "VB"):
            yield token.text


def names_of(tokens: tuple[Token, ...]) -> Iterator[str]:
    """Words that are capitalized because they are names."""
    for number, token in enumerate(tokens):
        text = token.text
        if (
            not text[0].isupper()
            or token.lower in ("i", "i'm", "p.s", "ps", "p.s.")
            or token.lower in lists().dates
        ):
            continue
        if len(text) < 2:
            continue
        begins = number == 0 or tokens[number - 1].text in (
            ".",
            "!",
            "?",
            ":",
            "“",
            '"',
            "(",
            "—",
            "P.S.",
            "P.S",
        )
        if not begins or (token.tag in ("NNP", "NNPS") and not _is_common(token.lower)):
            yield text


def pairs_of(tokens: tuple[Token, ...]) -> Iterator[str]:
    """Names of two words, such as "Umhlali Logistics", whose single words may both be known."""
    for one, other in pairwise(tokens):
        is_pair = one.tag in ("NNP", "NNPS") and other.tag in ("NNP", "NNPS") and one.space == " "
        is_large = one.text[0].isupper() and other.text[0].isupper()
        is_other = one.lower.rstrip(".") in words().titles or bool({one.lower, other.lower} & lists().dates)
        if is_pair and is_large and not is_other:
            yield f"{one.text} {other.text}"


@cache
def _is_common(word: str) -> bool:
    from drafts.domain.proofread import is_word

    return is_word(word)


def skills_of(tokens: tuple[Token, ...]) -> Iterator[str]:
    """Technical and occupational terms, in any spelling."""
    for token in tokens:
        if is_in_vocabulary(fold(token.text)) and not _is_common(token.lower):
            yield token.text


def titles_of(tokens: tuple[Token, ...]) -> Iterator[str]:
    """Nouns that are job titles."""
    for token in tokens:
        if token.pos in ("NOUN", "PROPN") and fold(token.lemma) in words().position_nouns | lists().jobs:
            yield token.text


def is_said(word: str, known: frozenset[str]) -> bool:
    """Whether all parts of a word are known, at least in the singular."""
    parts = re.findall(r"[^\W_]+", fold(word).removesuffix("'s"))
    return all({part, part.rstrip("s"), f"{part}s"} & known for part in parts)
