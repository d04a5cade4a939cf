"""Fixes the case of names typed all in capitals or all in lowercase."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from drafts.domain.naming.lists import entries, plain, spelling

_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?|[^\W\d_]")
_SHOUTED_MC = re.compile(r"Ma?c[A-Z]{3,}")
_VOWELS = frozenset("aeiouy")
_APOSTROPHES = re.compile(r"(['’ʼ])")


@lru_cache(maxsize=2048)
def _is_latin_letter(character: str) -> bool:
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN ")


def is_latin(text: str) -> bool:
    """Whether the text has a Latin letter."""
    return any(map(_is_latin_letter, text))


def has_other_script(text: str) -> bool:
    """Whether the text has a letter of another script; marks and ordinals (ʻ, ª) do not count."""
    return any(
        unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lo") and not _is_latin_letter(character)
        for character in text
        if character not in "ªº"
    )


def is_initials(word: str) -> bool:
    """ "J", "J." or "J.R.R."."""
    return bool(_INITIALS.fullmatch(word))


def is_shouted(word: str) -> bool:
    """Whether a word of two letters or more is in capitals; "McDONALD" counts."""
    letters = [character for character in word if character.isalpha()]
    return (len(letters) > 1 and word.isupper() and not is_initials(word)) or bool(
        _SHOUTED_MC.fullmatch(word)
    )


def is_spelled_out(word: str) -> bool:
    """Whether a short word in capitals is a name pronounced letter by letter: TJ, JD."""
    low = plain(word)
    if low in entries("people", "initials"):
        return True
    return 1 < len(low) < 4 and low not in entries("people", "without_vowel") and not _VOWELS & set(low)


def put_right(words: Sequence[str]) -> list[str]:
    """The words of a whole name in the usual case, unless the name was already typed in mixed case.

    In such a name only words in capitals change: "Maria GONZALEZ".
    """
    careless = _is_careless(words)
    return [
        _in_name(word, words, at) if careless or is_surname_in_capitals(word) else word
        for at, word in enumerate(words)
    ]


def _is_careless(words: Sequence[str]) -> bool:
    """Whether the case of a name carries no information: "SARAH CHEN", "sarah CHEN", "Sarah chen", "sARAH cHEN"."""
    cased = [word for word in words if not is_initials(word) and word.lower() != word.upper()]
    named = [word for word in cased if plain(word) not in entries("people", "small_particles")] or cased
    if all(word == word.lower() or is_shouted(word) for word in named):
        return True
    if all(map(_is_inverted, named)):
        return True
    # Phones capitalize only the first word.
    first, *others = cased
    return bool(others) and first == words[0] and _is_capitalised(first) and _are_small(others)


def _is_inverted(word: str) -> bool:
    """ "sARAH": typed with Caps Lock on."""
    return len(word) > 2 and word[:1].islower() and word[1:].isupper()


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and word[1:] == word[1:].lower()


def _are_small(words: Sequence[str]) -> bool:
    return all(word == word.lower() for word in words)


def is_surname_in_capitals(word: str) -> bool:
    """Whether a word is in capitals to mark the family name, in a name that is not all in capitals."""
    return is_shouted(word) and not is_spelled_out(word) and not any(map(str.isdigit, word))


def _in_name(word: str, words: Sequence[str], at: int) -> str:
    low = plain(word)
    if not is_latin(word):
        return word
    if is_initials(word) and not (low == "y" and 0 < at < len(words) - 1):  # "Ortega y Gasset"
        return word.upper() if len(word.upper()) == len(word) else word
    if 0 < at < len(words) - 1 and _is_small(low, words, at):
        return word.lower()
    if low in entries("people", "initials") or (word.isupper() and is_spelled_out(word)):
        return word.upper()
    return capitalised(word.replace("I", "ı") if _is_turkish(words) else word)


def _is_turkish(words: Sequence[str]) -> bool:
    """Whether "I" is the Turkish dotless letter, as in "AYŞE YILDIZ", which is Ayşe Yıldız."""
    return any("İ" in word for word in words)


def _is_small(low: str, words: Sequence[str], at: int) -> bool:
    if plain(words[0]) in entries("family_first", "vietnamese"):
        return False  # "Van" is a middle name there
    if low in entries("people", "not_names"):
        return True
    before = plain(words[at - 1])
    return low in entries("people", "small_particles") or (
        low in ("la", "las", "los", "lo") and before == "de"
    )


def capitalised(word: str) -> str:
    """One word of a name: Jean-Luc, O'Brien, McDonald, D'Angelo."""
    first, *others = word.split("-")
    pieces = [_piece(first)]
    for piece in others:
        pieces.append(piece.lower() if plain(piece) in entries("people", "honorifics") else _piece(piece))
    return "-".join(pieces)


def _piece(piece: str) -> str:
    parts = _APOSTROPHES.split(piece)
    starts = plain(parts[0]) in entries("people", "apostrophe_starts") or not parts[0]
    done = [_upper_first(parts[0])]
    for part in parts[1:]:
        # A "t" or "s" after an apostrophe is an ending ("Sainsbury's").
        done.append(_upper_first(part) if starts and len(part) > 1 else _lower(part))
    return "".join(done)


def _upper_first(text: str) -> str:
    low = _lower(text)
    at = next((at for at, character in enumerate(low) if character.isalpha()), None)
    if at is None:
        return low
    key = plain(low)
    head = low[:at] + _upper(text[at])
    rest = low[at + 1 :]
    if key.startswith("mc") and len(key) > 4:
        return head + rest[:1] + _upper(rest[1:2]) + rest[2:]
    if key in entries("people", "mac_names"):
        return head + rest[:2] + _upper(rest[2:3]) + rest[3:]
    return head + rest


def _lower(text: str) -> str:
    """Lowercase with the same number of characters; Python turns "İ" into two."""
    return "".join("i" if character == "İ" else character.lower()[:1] for character in text)


def _upper(text: str) -> str:
    return "".join(high if len(high := character.upper()) == 1 else character for character in text)


def as_spelled(chunk: str, table: str, *keys: str) -> str | None:
    """How a list spells this word, if it has it; a full stop after the word may be part of it or of the sentence."""
    low = chunk.lower()
    for key in keys:
        known = spelling(table, key)
        if low in known:
            return known[low]
        bare = low.rstrip(".")
        if bare and bare in known:
            return known[bare] + chunk[len(bare) :]
    return None
