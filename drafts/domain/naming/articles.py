"""Articles: "a" or "an" by the sound of the next word, and "the" before some company names."""

from __future__ import annotations

import re
from functools import lru_cache

from drafts.domain.naming.lists import as_typed, entries, plain
from drafts.domain.tokens import fold
from drafts.domain.words import words

_FIGURES = re.compile(r"[$€£¥]?(\d[\d,]*)")
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")  # "an F", "an S", but "a U"
_LETTER_AND_FIGURE = re.compile(r"[A-Za-z]{1,3}\d")
# Start with a vowel letter but the sound of "y" or "w": user, European, unicorn, one.
_SAID_WITH_CONSONANT = re.compile(
    r"e[uw]|onc?e\b|onetime\b|uni([^nmd]|mo)|unanimous|u[bcfghjkqrt][aeiou]|us|ukr|[bcdgjkpqtuvwyz]\."
)
# Start with a consonant letter but a vowel sound: hour, heir, honest, honor, mpeg, ytterbium, and letter names: m.sc.
_SAID_WITH_VOWEL = re.compile(
    r"hour(?!i)|heir|honest|hono[ur]|euler|mpeg|nth|y(cl|gg|p[ios]|tt)|[aefhilmnorsx]\."
)
_ACCENTED_VOWELS = frozenset("áàâäãåāăąéèêëēęěíìîïīįóòôöõøōőúùûüūůæœ")


@lru_cache(maxsize=1024)
def indefinite(noun: str) -> str:
    """ "a" or "an": an SRE, a UX designer, an 8-person team, an hourly role, a European lead."""
    noun = noun.strip().lstrip("\"'“”‘’«([{")
    figures = _FIGURES.match(noun)
    if figures:
        return "an" if _figures_start_with_vowel(figures[1].replace(",", "")) else "a"
    whole = re.split(r"[\s/]", noun, maxsplit=1)[0].rstrip("\"'“”‘’()[]{}.,:;")
    first = whole.split("-", 1)[0]
    for word in (whole, first):
        known = _as_listed(word)
        if known:
            return known
    return "an" if _starts_with_vowel(first) else "a"


def _figures_start_with_vowel(digits: str) -> bool:
    eleven = digits[:2] in ("11", "18") and len(digits) % 3 == 2
    return digits[0] == "8" or eleven


def _as_listed(word: str) -> str:
    """ "a" or "an" if a list has the word, else empty; a plural ("MVPs") is looked up as the singular."""
    lists = words()
    for low in (plain(word), plain(re.sub(r"['’]?s\Z", "", word))):
        if low in lists.takes_an or low in entries("indefinite", "vowel"):
            return "an"
        if low in lists.takes_a or low in entries("indefinite", "consonant"):
            return "a"
    return ""


def _starts_with_vowel(word: str) -> bool:
    if not word:
        return False
    if not word[0].isascii():
        return word[0].lower() in _ACCENTED_VOWELS
    if not word[0].isalpha():
        return False  # ".NET", "#1", "@"
    if _is_spelled_out(word):
        return word[0].upper() in _VOWEL_LETTERS
    low = word.lower()
    if _SAID_WITH_VOWEL.match(low):
        return True
    return low[0] in "aeiou" and not _SAID_WITH_CONSONANT.match(low)


def _is_spelled_out(word: str) -> bool:
    """Whether a word is pronounced letter by letter: "X", "HR", "LLMs", "FP&A", "L2"."""
    letters = re.sub(r"[^A-Za-z]", "", re.sub(r"(?<=[A-Z]{2})['’]?s\Z", "", word))
    if _LETTER_AND_FIGURE.match(word) or len(letters) == 1:
        return True
    spoken = words().spoken_acronyms | as_typed("indefinite", "words")
    return bool(letters) and letters.isupper() and len(letters) <= 5 and letters not in spoken


# ------------------------------------------------------------ "the"


def with_article(company: str) -> str:
    """The company's name with "the" if English needs it: "the University of Leeds", "the NHS", but "Zylker"."""
    name = " ".join(company.split())
    # "The University of Leeds" is "the University of Leeds" inside a sentence; "The Trade Desk" is a brand.
    bare = re.sub(r"\Athe\s+", "", name, flags=re.I)
    return f"the {bare}" if _takes_the(bare) else name


def _takes_the(name: str) -> bool:
    low = re.sub(r"[’ʼ]", "'", fold(name)).strip(" .!")
    if name in as_typed("articles", "acronyms"):
        return True
    if not low or low in entries("articles", "without"):
        return False
    return low in entries("articles", "takes_the") or _is_of_something(low) or _ends_like_one(low)


def _is_of_something(low: str) -> bool:
    """Whether the name is like "University of X", "Department of X" or "Center for X"."""
    for word, kinds in ((" of ", "before_of"), (" for ", "before_for")):
        before, found, behind = low.partition(word)
        if found and behind and before.split()[-1] in entries("articles", kinds) and "," not in before:
            return True
    return False


def _ends_like_one(low: str) -> bool:
    """Whether the name is like "X Foundation" or "Royal X Hospital"; the part after a comma is a place."""
    low = low.split(",")[0].strip()
    parts = low.split()
    if len(parts) < 2 or any(_ends_in(low, end) for end in entries("articles", "ends_without")):
        return False
    if any(_ends_in(low, end) for end in entries("articles", "ends")):
        return True
    if len(parts) == 2 and any(_ends_in(low, end) for end in entries("articles", "ends_of_pairs")):
        return True
    grand = parts[0] in entries("articles", "grand_starts") and parts[-1] in entries("articles", "grand_ends")
    return grand and parts[-1] not in entries("articles", "grand_ends_without")


def _ends_in(name: str, end: str) -> bool:
    return name.endswith(f" {end}")
