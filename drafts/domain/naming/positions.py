"""Turns a pasted job title into a position's name as a sentence uses it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from drafts.domain.naming.case import as_spelled, capitalised
from drafts.domain.naming.lists import any_of, as_typed, cities, entries, plain
from drafts.domain.tokens import fold
from drafts.domain.words import words

_BRACKETS = re.compile(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\]|\{([^{}]*)\})")
# Separators between a position and its location or terms; a comma is the weakest.
_MARK = re.compile(r"\s*[|•·]\s*|\s+[-–—/]+\s+|\s*,\s+")
# "#12", "R-12345", "CB/26/114", but not "Post-16".
_NUMBER = r"(?:#\s*\d|(?=\S*\d\S?\d\S?\d)[A-Za-z]{0,4}[-/]?[A-Za-z]{0,4}[-/]?\d)[\w/.-]*"
_EMPLOYER = re.compile(r"\s+@\s*[^\W\d_].*\Z")
_GENDERS = re.compile(r"\s+\w{1,3}(?:\s?[/|*]\s?\w{1,3}){1,4}\Z")
_AMOUNT = re.compile(r"\d[\d.,]*(?:k|m|mo|months?|h|hrs?|hours?|%|x)?")
_CHUNK = re.compile(r"[.]?[^\W_][\w+#.'’&-]*")
_TRIMMED = " \t,;:|•·–—-/"


def tidy_position(text: str) -> str:
    """The position without job numbers, places, terms of employment, "the" and "role"; empty only if the text is."""
    typed = " ".join(text.split())
    short = typed
    before = ""
    while short != before:
        before = short
        for step in (_without_label, _without_number, _without_brackets, _without_terms, _bare):
            shorter = " ".join(step(short).split()).strip(_TRIMMED)
            short = shorter if re.search(r"[^\W\d_]", shorter) else short
    return _in_case(short)


# ------------------------------------------------------------ labels and numbers


@cache
def _label() -> re.Pattern[str]:
    labels = any_of(as_typed("positions", "labels"))
    return re.compile(rf"\A[\s*•·–-]*(?:{labels})(?:\s*[:=]\s*|\s+[-–—]\s+)(?=\S)", re.I)


@cache
def _named_number() -> str:
    """ "Req 1234", "#1234", "JR-12345": a number with a label."""
    said, prefixes = (any_of(as_typed("positions", key)) for key in ("references", "number_prefixes"))
    return rf"(?:(?:\b(?:{said})\b[\s.:#]*)+{_NUMBER}|#\s*\d[\w-]*|\b(?:{prefixes})-?\d{{4,}}(?:-\d+)?\b)"


@cache
def _number_in_front() -> re.Pattern[str]:
    mark = r"(?:\s*[-–—:|]+\s*|\s+)"
    return re.compile(
        rf"\A\s*(?:\[?{_named_number()}\]?{mark}|\(?{_named_number()}\)?{mark}|\d{{5,}}\s*[-–—:|]\s*)(?=\S)",
        re.I,
    )


@cache
def _number_behind() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[\s,;|–—-]*[\[(]?\s*{_named_number()}|(?:\s+[-–—|]\s+|\s*[\[(,]\s*)\d{{5,}})\s*[\])]?\Z", re.I
    )


def _without_label(text: str) -> str:
    return _label().sub("", text)


def _without_number(text: str) -> str:
    return _number_behind().sub("", _number_in_front().sub("", _EMPLOYER.sub("", text)))


# ------------------------------------------------------------ terms of work and places


def _without_brackets(text: str) -> str:
    """Without brackets that contain only terms, places or a number; others stay: (Histology)."""
    return _BRACKETS.sub(_kept_brackets, text)


def _kept_brackets(match: re.Match[str]) -> str:
    inside = next(group for group in match.groups() if group is not None)
    number = _number_behind().sub("", f" {inside}").strip()
    return " " if not number or _has_only_terms(inside) else match[0]


def _without_terms(text: str) -> str:
    """Without terms and places before or after a separator: "Remote | Data Engineer", "RN - Austin, TX"."""
    for match in _MARK.finditer(text):
        if text.count("(", 0, match.start()) > text.count(")", 0, match.start()):
            continue  # inside brackets that are kept
        mark, rest = match[0].strip(), text[match.end() :]
        if _has_only_terms(rest, alone=mark in ("|", "•", "·")):
            return text[: match.start()]
    for match in _MARK.finditer(text):
        if match[0].strip() != "," and _has_only_terms(text[: match.start()]):
            return text[match.end() :]
    return _without_loose_terms(_GENDERS.sub(_kept_genders, text))


def _kept_genders(match: re.Match[str]) -> str:
    return "" if _is_gender_marker(match[0]) else match[0]


def _without_loose_terms(text: str) -> str:
    """ "Data Engineer remote"; but "Head of Remote" stays."""
    low = text.lower()
    for term in sorted(as_typed("positions", "loose_terms")):
        head = text[: -len(term)].rstrip()
        if low.endswith(f" {term}") and head.split()[-1:] and _is_closed(head):
            return head
    return text


def _is_closed(head: str) -> bool:
    return plain(head.split()[-1]) not in entries("positions", "open_ends")


def _is_gender_marker(text: str) -> bool:
    """ "m/f/d"."""
    pieces = [plain(piece) for piece in re.split(r"[/|*,]", text)]
    return len(pieces) > 1 and all(piece in entries("positions", "genders") for piece in pieces)


@cache
def _terms() -> re.Pattern[str]:
    known = {*_spoken(entries("positions", "terms")), *cities()}
    return re.compile(rf"(?<!\w)(?:{any_of(known)})(?!\w)")


@cache
def _regions() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of(entries('positions', 'regions'))})(?!\w)")


def _spoken(terms: frozenset[str]) -> frozenset[str]:
    return frozenset(term.replace("-", " ") for term in terms)


def _has_only_terms(text: str, *, alone: bool = False) -> bool:
    """Whether a text has only terms of employment and places; unless `alone`, a region may be a sales territory and
    stays."""
    if _is_gender_marker(text):
        return True
    low = re.sub(r"[\s–—-]+", " ", fold(text).replace(".", ""))
    rest, terms = _terms().subn(" ", low)
    rest, regions = _regions().subn(" ", rest)
    left = [word for word in re.split(r"[\s,;:/|&+()]+", rest) if word]
    beside = entries("positions", "beside")
    if not all(word in beside or _AMOUNT.fullmatch(word) for word in left):
        return False
    return terms > 0 or (alone and regions > 0)


# ------------------------------------------------------------ the bare name


def _bare(text: str) -> str:
    """Without "the" before and "role" after it, because sentences add these."""
    parts = text.rstrip(".!?").split() if not text.lower().endswith(("sr.", "jr.")) else text.split()
    while (
        len(parts) > 1 and parts[0].lower() in as_typed("positions", "articles") and not _starts_a_term(parts)
    ):
        parts = parts[1:]
    while len(parts) > 1 and plain(parts[-1]) in words().position_nouns and _is_closed(" ".join(parts[:-1])):
        parts = parts[:-1]
    return " ".join(parts)


def _starts_a_term(parts: list[str]) -> bool:
    """ "A Level Maths Teacher"."""
    return " ".join(parts[:2]).lower() in as_typed("positions", "with_article")


def _in_case(text: str) -> str:
    """Fixes the case: of text all in capitals, every word; of lowercase text, only acronyms and names."""
    letters = [character for character in text if character.isalpha()]
    if len(letters) > 1 and text == text.upper() and text != text.lower():
        return _CHUNK.sub(_from_capitals, text)
    # Phones capitalize the first word of lowercase text.
    if text[1:] == text[1:].lower():
        return _CHUNK.sub(_from_small, text)
    return text


def _from_small(match: re.Match[str]) -> str:
    return _by_pieces(match[0], lambda piece: as_spelled(piece, "positions", "spelled") or piece)


def _from_capitals(match: re.Match[str]) -> str:
    if match.start() and match[0].lower() in as_typed("positions", "small"):
        return match[0].lower()
    return _by_pieces(match[0], _piece_from_capitals)


def _by_pieces(chunk: str, change: Callable[[str], str]) -> str:
    """The chunk as a list spells it, else with each hyphenated part changed."""
    known = as_spelled(chunk, "positions", "spelled")
    return known or "-".join(change(piece) for piece in chunk.split("-"))


def _piece_from_capitals(piece: str) -> str:
    known = as_spelled(piece, "positions", "spelled", "spelled_in_capitals")
    low = plain(piece)
    is_acronym = len(low) < 4 and not set("aeiouy") & set(low)
    if known or is_acronym or any(map(str.isdigit, piece)) or "&" in piece:
        return known or piece
    return capitalised(piece)
