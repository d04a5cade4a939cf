"""Rules for texts that are stored and sent, shared by the facts document and the forms."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import urlsplit

# Longest accepted text per key, in characters. Longer texts are almost certainly pasted by mistake.
MAX_LENGTH = {
    "full_name": 100,
    "signature": 500,
    "company": 100,
    "position": 100,
    "field": 80,
    "team": 80,
    "greet_as": 40,
    "email": 254,
    "job_title": 100,
    "mentioned": 1000,
    "enjoyed": 1000,
    "strength": 160,
    "experience": 1000,
    "goal": 1000,
    "forgot": 1000,
    "topic": 300,
    "answer": 1000,
    "callback": 1000,
    "ask": 1000,
    "say": 1000,
    "everything": 5000,
    "label": 100,
    "url": 500,
    "file": 80,
}

# Most words per key that every letter must include, so that a letter never exceeds 200 words.
MAX_WORDS = {"full_name": 15, "greet_as": 8, "company": 15, "position": 15, "field": 12, "team": 12}

# Texts that may have several lines; every other text is one line.
SEVERAL_LINES = frozenset(
    [
        "signature",
        "mentioned",
        "enjoyed",
        "experience",
        "goal",
        "forgot",
        "topic",
        "answer",
        "callback",
        "ask",
        "say",
        "everything",
        "strength",
    ]
)


class TextProblem(Enum):
    UNSENDABLE = auto()
    SEVERAL_LINES = auto()
    TOO_LONG = auto()
    TOO_MANY_WORDS = auto()


@dataclass(frozen=True, slots=True)
class TextFault:
    """`found` is a count of characters or words, or the code of the character; `limit` is the maximum."""

    problem: TextProblem
    found: int | str = ""
    limit: int = 0


def text_fault(key: str, text: str) -> TextFault | None:
    """What is wrong with a text for `key`; None if nothing is. Surrounding white space does not count."""
    for character in text:
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and not character.isspace()):
            return TextFault(TextProblem.UNSENDABLE, f"U+{ord(character):04X}")
    text = text.strip()
    if key not in SEVERAL_LINES and len(text.splitlines()) > 1:
        return TextFault(TextProblem.SEVERAL_LINES)
    if len(text) > MAX_LENGTH[key]:
        return TextFault(TextProblem.TOO_LONG, len(text), MAX_LENGTH[key])
    most, words = MAX_WORDS.get(key), len(text.split())
    if most and words > most:
        return TextFault(TextProblem.TOO_MANY_WORDS, words, most)
    return None


def is_web_address(url: str) -> bool:
    """Whether this is an http or https address with a host and no white space."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and url.split() == [url]
