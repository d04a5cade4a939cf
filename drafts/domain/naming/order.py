"""Decides which words of a name are the given name and which are the family name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from drafts.domain.naming.case import is_initials, is_surname_in_capitals
from drafts.domain.naming.lists import any_of, cultures, entries, plain


@dataclass(frozen=True, slots=True)
class Order:
    """The parts of a name. `given` is empty if there is only a family name ("De Smet")."""

    given: str = ""
    middle: str = ""
    family: str = ""
    family_first: bool = False
    unsure: bool = False


def in_order(typed: Sequence[str], written: Sequence[str], *, titled: bool = False) -> Order:
    """The parts of the words in `written`; `typed` are the same words before their case was fixed."""
    span = _in_capitals(typed)
    if span:
        return _around(written, *span)
    if len(written) < 2:
        return Order(given=" ".join(written))
    if all(map(is_initials, written)):
        return Order(given=" ".join(written))
    if is_initials(written[0]):
        return _after_initials(written)
    culture = _said_first(written)
    if _is_english_then_chinese(written):
        return Order(written[0], " ".join(written[2:]), written[1])
    if culture:
        given, middle = given_among(culture, written[1:])
        return Order(given, middle, written[0], True, True)
    if _is_family_alone(written, titled):
        return Order(
            family=" ".join(written), unsure=plain(written[0]) in entries("family_first", "vietnamese")
        )
    given_words = _given_words(written)
    at = max(_family_start(written, given_words), given_words)
    return Order(
        " ".join(written[:given_words]),
        " ".join(written[given_words:at]),
        " ".join(written[at:]),
        unsure=_may_be_turned(written),
    )


def before_comma(family: Sequence[str], others: Sequence[str]) -> Order:
    """The parts of a name like "Nguyen, Thi Lan", which the comma makes certain."""
    given, middle = _given_with(family, others)
    return Order(given, middle, " ".join(family))


# ------------------------------------------------------------ the family name in capitals


def _in_capitals(typed: Sequence[str]) -> tuple[int, int] | None:
    """The start and end of a family name in capitals, if other words are not in capitals."""
    marked = [is_surname_in_capitals(word) for word in typed]
    others = [
        word for word, is_marked in zip(typed, marked, strict=True) if not is_marked and not is_initials(word)
    ]
    spoken = [word for word in others if plain(word) not in entries("people", "small_particles")]
    if not any(marked) or not any(word != word.upper() for word in spoken):
        return None
    start = marked.index(True)
    end = start + 1
    while end < len(typed) and (marked[end] or _is_particle(typed[end])):
        end += 1
    while start and _is_particle(typed[start - 1]) and start > 1:
        start -= 1
    return start, end


def _around(written: Sequence[str], start: int, end: int) -> Order:
    if start:
        end = len(written)
    others = [*written[:start], *written[end:]]
    given, middle = _given_with(written[start:end], others)
    return Order(given, middle, " ".join(written[start:end]), family_first=start == 0)


def _given_with(family: Sequence[str], others: Sequence[str]) -> tuple[str, str]:
    """(given, middle) from the words that are not the family name."""
    if not others or all(map(is_initials, others)):
        return " ".join(others), ""
    found = [culture for culture, names in cultures().items() if family and plain(family[0]) in names]
    if "vietnamese" in found and plain(others[0]) in entries("family_first", "vietnamese_middles"):
        return given_among("vietnamese", others)
    if "chinese" in found or "korean" in found:
        return given_among("chinese", others) if _are_syllables(others) else _first_of(others)
    return _first_of(others)


def given_among(culture: str, words: Sequence[str]) -> tuple[str, str]:
    """(given, middle) from the words after a family name that comes first."""
    if culture == "vietnamese":
        return words[-1], " ".join(words[:-1])
    if culture in ("chinese", "korean"):
        return " ".join(words), ""
    return _first_of(words)


def _first_of(words: Sequence[str]) -> tuple[str, str]:
    count = _given_words([*words, ""])
    return " ".join(words[:count]), " ".join(words[count:])


# ------------------------------------------------------------ family names said first


def _said_first(words: Sequence[str]) -> str:
    """The culture whose names start with the family name, if this name probably does."""
    first, rest = plain(words[0]).split("-")[0], words[1:]
    found = [culture for culture, names in cultures().items() if first in names]
    if not found or len(words) > 4 or _is_shortened(words[0]) or any(map(is_initials, rest)):
        return ""
    if (
        "vietnamese" in found
        and len(rest) > 1
        and plain(rest[0]) in entries("family_first", "vietnamese_middles")
    ):
        return "vietnamese"
    several = len(rest) > 1 or "-" in rest[0]
    if several and _are_syllables(rest) and {"chinese", "korean"} & set(found):
        return "chinese"
    if _is_family_name(words[-1]) or first in entries("family_first", "also_given"):
        return ""
    return found[0]


def _is_english_then_chinese(words: Sequence[str]) -> bool:
    """ "Michelle Liu Mengyao": an English name before the whole Chinese one."""
    if len(words) < 3 or _are_syllables(words[:1]) or not _are_syllables(words[2:]):
        return False
    return _is_family_name(words[1]) and not _said_first(words) and not _is_family_name(words[0])


def _is_family_name(word: str) -> bool:
    """Whether those lists have this as a family name and no list has it as a given name."""
    return plain(word) in frozenset().union(*cultures().values()) - entries("family_first", "also_given")


def _may_be_turned(words: Sequence[str]) -> bool:
    """ "Yang Li", "Kim Minjun": either word may be the family name."""
    if len(words) < 2 or not any(plain(words[0]) in names for names in cultures().values()):
        return False
    if _is_family_name(words[-1]):
        return plain(words[0]) not in entries("family_first", "also_given")
    return len(words) == 2 and _are_syllables(words[1:])


def _are_syllables(words: Sequence[str]) -> bool:
    """Whether these can be syllables of a Chinese, Korean or Vietnamese given name in Latin letters."""
    return all(_syllable_pattern().fullmatch(plain(piece)) for word in words for piece in word.split("-"))


@cache
def _syllable_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(entries('family_first', 'syllables'))}){{1,2}}")


# ------------------------------------------------------------ given names first


def _after_initials(words: Sequence[str]) -> Order:
    """ "J. R. Smith"; "F. Scott Fitzgerald" goes by Scott."""
    at = next(at for at, word in enumerate(words) if not is_initials(word))
    rest = words[at:]
    if len(rest) < 2 or _is_particle(rest[0]):
        return Order(" ".join(words[:at]), "", " ".join(rest))
    start = max(_family_start(rest, 1), 1)
    return Order(" ".join(words[: at + 1]), " ".join(rest[1:start]), " ".join(rest[start:]), unsure=True)


def _is_particle(word: str) -> bool:
    low = plain(word)
    if low in ("e", "y"):
        return word.islower()
    if low in entries("people", "patronymic"):
        return True
    return low in entries("people", "small_particles") or low in entries("people", "large_particles")


def _is_family_alone(words: Sequence[str], titled: bool) -> bool:
    """ "De Smet", "van der Berg"; "Van Morrison" only after a title."""
    first = words[0]
    if not _is_particle(first):
        return False
    never = plain(first) in entries("people", "never_given") or first.islower()
    small = plain(first) in entries("people", "small_particles")
    return never or titled or (small and len(words) > 2 and _is_particle(words[1]))


def _given_words(words: Sequence[str]) -> int:
    """How many words the given name has; at least one is left for the family."""
    low = [plain(word) for word in words]
    if len(words) > 2:
        if _is_joined(words[0]) and not _is_particle(words[1]):
            return 2
        for count in (3, 2):
            if len(words) > count and " ".join(low[:count]) in entries("people", "compound_given"):
                return count
        # "Min Jun Kim"
        if _are_syllables(words[:-1]) and low[-1] in _syllable_families():
            return len(words) - 1
    if len(words) == 2 and (" ".join(low) in entries("people", "compound_given") or _is_shortened(words[0])):
        return 2
    return 1


def _is_joined(word: str) -> bool:
    return plain(word) in entries("people", "joined_given") or _is_shortened(word)


def _is_shortened(word: str) -> bool:
    """ "Md." and "Ma." are short for Muhammad and Maria, and only used in writing."""
    return word.endswith(".") and plain(word) in entries("people", "shortened_given")


@cache
def _syllable_families() -> frozenset[str]:
    return cultures()["korean"] | cultures()["chinese"] | cultures()["vietnamese"]


def _family_start(words: Sequence[str], given: int) -> int:
    """The index of the family name's first word; the `given` words before it are not part of it."""
    pairs = entries("family_pairs", "hispanic")
    for at in range(given, len(words) - 1):
        if _is_particle(words[at]):
            joined = plain(words[at]) in ("y", "e")
            before = at - 1 > given - 1 and (joined or plain(words[at - 1]) in pairs)
            return at - 1 if before else at
    last = len(words) - 1
    while last > given and is_initials(words[last]) and is_initials(words[last - 1]):
        last -= 1
    if last - 1 >= given and plain(words[last - 1]) in pairs and not is_initials(words[last]):
        return last - 1
    return last
