"""The rules of phrasebook/corrections.toml: their texts, their lists, and those that are regular expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from drafts.domain.corrections import forms
from drafts.domain.corrections.sentence import Edit, Sentence
from drafts.domain.files import PHRASEBOOK_DIR, read_toml
from drafts.domain.messages import Message
from drafts.domain.notes.reader import inflected, is_adjective, is_verb

CORRECTIONS = PHRASEBOOK_DIR / "corrections.toml"
_LIST = re.compile(r"<<(\w+)>>")
_SLOT = re.compile(r"\\(\d)|\{(\d) ([\w ]+)\}")


@dataclass(frozen=True, slots=True)
class Plain:
    rule: str
    pattern: re.Pattern[str]
    replacement: str


@cache
def _tables() -> dict[str, Any]:
    return read_toml(CORRECTIONS)


@cache
def _maps() -> dict[str, dict[str, str]]:
    maps: dict[str, dict[str, str]] = _tables()["maps"]
    return maps


@cache
def word_list(name: str) -> frozenset[str]:
    return frozenset(_tables()["lists"][name])


@cache
def priorities() -> dict[str, int]:
    """The ids of the rules, each with its place in the file."""
    return {
        rule: place for place, rule in enumerate(name for name in _tables() if name not in ("lists", "maps"))
    }


def says(rule: str) -> Message:
    """What the reader is told about a correction."""
    return Message(_tables()[rule]["says"])


@cache
def _plain() -> tuple[Plain, ...]:
    """A broken expression raises re.error."""
    return tuple(
        Plain(rule, re.compile(_LIST.sub(_alternatives, pattern), re.I), replacement)
        for rule in priorities()
        for pattern, replacement in _tables()[rule].get("replace", ())
    )


def _alternatives(match: re.Match[str]) -> str:
    found = _tables()["lists"].get(match[1]) or _maps()[match[1]]
    return f"(?:{'|'.join(sorted(found, key=len, reverse=True))})"


def plain_edits(sentence: Sentence) -> Iterator[Edit]:
    """The changes of the rules that are regular expressions."""
    text = sentence.text.replace("’", "'")
    for plain in _plain():
        for match in plain.pattern.finditer(text):
            new = _filled(plain.replacement, match)
            if new is None:
                continue
            new = _in_case(match.group(), new, begins=not match.start())
            if new != match.group():
                yield Edit(plain.rule, match.start(), match.end(), new)


def _in_case(old: str, new: str, *, begins: bool) -> str:
    """The replacement with the first letter of what it replaces; a first word that moved gets a small letter."""
    first = re.match(r"[A-Z][a-z']+", old)
    if begins and first and not new.startswith(first[0]) and first[0] != "I'm":
        new = re.sub(rf"\b{first[0]}\b", first[0].lower(), new)
    if old[:1].isupper() and new[:1].islower() and not re.match(r"I\b", old):
        return new[0].upper() + new[1:]
    return new


def _filled(replacement: str, match: re.Match[str]) -> str | None:
    """The replacement with its groups; None if one of them has no such form."""
    missing = False

    def fill(slot: re.Match[str]) -> str:
        nonlocal missing
        if slot[1]:
            return match[int(slot[1])] or ""
        text = match[int(slot[2])] or ""
        for step in _steps(slot[3].split()):
            text = step(text)
        missing = missing or not text
        return text

    filled = _SLOT.sub(fill, replacement)
    return None if missing else filled


def _steps(words: list[str]) -> Iterator[Callable[[str], str]]:
    if words[0] == "as":
        yield lambda text: forms.like(text, words[1])
        return
    for word in words:
        if word in _maps():
            yield lambda text, word=word: _maps()[word].get(text.lower(), "")  # type: ignore[misc]
        else:
            yield _STEPS.get(word) or (lambda text, word=word: _in_form(text, word))  # type: ignore[misc]


def _in_form(text: str, tag: str) -> str:
    """The form of a base form for a tag; empty if the word is no such word."""
    low = text.lower()
    if tag.startswith("VB"):
        return forms.form(low, tag) if is_verb(low) else ""
    if tag.startswith("JJ"):
        return inflected(low, tag) if is_adjective(low) else ""
    return inflected(low, tag)


_STEPS: dict[str, Callable[[str], str]] = {
    "base": forms.base,
    "ly": lambda text: forms.adverb(text.lower()),
    "a": forms.with_article,
    "any": lambda text: "any" + text.lower().removeprefix("no"),
    "be": lambda text: "am" if text.lower() == "i" else "are",
    "well": lambda text: text.replace("good", "well"),
}
