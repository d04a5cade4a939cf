"""A sentence of the candidate's own, as a careful typist would have typed it. It is only ever proposed."""

from __future__ import annotations

import re

from drafts.domain.corrections import corrected
from drafts.domain.notes import clean
from drafts.domain.notes.lists import word_sets

_AFTER_PLACE_WORD = r"\b((?:in|at|from|to|near) )((?:[a-z]+ )?)({})\b"


def polished(typed: str) -> str:
    """The text with abbreviations spelled out, "im" and "i" put right, names capitalized, and slips corrected.

    The same text if nothing but quotation marks and spaces would change. Lines stay lines.
    """
    lines = [_polished_line(line) if line.strip() else line for line in typed.splitlines()]
    better = "\n".join(lines)
    if _bare(better) == _bare(typed):
        return typed
    return re.sub(r"(?<=\w)'(?=\w)", "’", better) if "’" in typed else better


def _polished_line(line: str) -> str:
    end = re.search(r"[.!?…\s]*\Z", line)
    said = line[: end.start()] if end else line
    text = with_places(clean.spelled_out(said.translate(clean.PLAIN), ()))
    return corrected(text[:1].upper() + text[1:] + line[len(said) :])


def with_places(text: str) -> str:
    """ "at temple meads" -> "at Temple Meads": words that no dictionary has, after a preposition of place."""
    _, unknown = clean.spell(text, frozenset())
    for word in {one for one in unknown if one.islower() and one.isalpha() and len(one) >= SHORTEST_PLACE}:
        text = re.sub(_AFTER_PLACE_WORD.format(re.escape(word)), _capitalized, text)
    return text


SHORTEST_PLACE = 4  # letters; shorter unknown words are mostly abbreviations


def _capitalized(match: re.Match[str]) -> str:
    before, middle, word = match.groups()
    is_part = middle.strip() not in word_sets().before_places
    return f"{before}{middle.capitalize() if is_part else middle}{word.capitalize()}"


def _bare(text: str) -> str:
    """The text without differences that are not worth a question, such as the marks that a phone sets by itself."""
    return " ".join(text.translate(clean.PLAIN).split()).rstrip(".")
