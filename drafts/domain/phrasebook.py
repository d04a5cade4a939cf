"""Loads and validates the phrasebook: slot x role x tone -> variants. The head of en.toml explains its form."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from drafts.domain.facts import Role, Tone
from drafts.domain.files import PHRASEBOOK_DIR

PHRASEBOOK = PHRASEBOOK_DIR / "en.toml"
ANY = "any"
# The fewest variants per role and tone for a slot that every letter has, so that a panel of eight gets eight
# wordings.
ENOUGH = 8

# For each slot: the placeholders it must have, and those it may also have.
SLOTS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    slot: (frozenset(must.split()), frozenset(may.split()))
    for slot, must, may in (
        ("greeting", "greet_as", ""),
        ("greeting_dear", "greet_as", ""),
        ("greeting_unnamed", "", ""),
        ("thanks", "", "position"),
        ("thanks_again", "", "position"),
        ("thanks_that", "told", "position"),
        ("thanks_how", "told", "position"),
        ("thanks_about", "told", "position"),
        ("told_that", "told", ""),
        ("told_also", "told", ""),
        ("told_how", "told", ""),
        ("told_about", "told", ""),
        ("told_about_also", "told", ""),
        ("talked_about", "told", ""),
        ("work_on", "", ""),
        ("good_to_know", "", ""),
        ("liked_that", "liked", ""),
        ("liked_also", "liked", ""),
        ("liked_how", "liked", ""),
        ("liked_about", "liked", ""),
        ("liked_about_also", "liked", ""),
        ("liked_itself", "liked", ""),
        ("liked_thing", "liked", ""),
        ("liked_talking", "liked", ""),
        ("hinge", "did", ""),
        ("strengths", "strengths", ""),
        ("strength", "strengths", ""),
        ("aim_verb", "aim", ""),
        ("aim_also", "aim", ""),
        ("aim_about", "aim", ""),
        ("aim_about_also", "aim", ""),
        ("forgot_that", "forgot", ""),
        ("forgot_about", "forgot", ""),
        ("correction_that", "topic answer", ""),
        ("correction_own", "topic answer", ""),
        ("correction_phrase", "topic answer", ""),
        ("correction_that_alone", "answer", ""),
        ("correction_own_alone", "answer", ""),
        ("correction_lead", "", ""),
        ("correction_phrase_alone", "answer", ""),
        ("close", "", "place company_team"),
        ("interest", "", "place company_team"),
        ("ask_how", "ask", ""),
        ("ask_about", "ask", ""),
        ("ask_direct", "ask", ""),
        ("next_steps", "", ""),
        ("ps_that", "callback", ""),
        ("ps_how", "callback", ""),
        ("ps_about", "callback", ""),
        ("ps_talked", "callback", ""),
        ("work_samples", "", ""),
        ("sign_off", "", ""),
        ("subject_topic", "topic", "greet_as position company"),
        ("subject_correction", "topic", "greet_as position company"),
        ("subject", "", "greet_as position company"),
        ("subject_unnamed", "", ""),
    )
}
# Every variant of a subject must have at least one of these, so that it names something.
ONE_OF = {
    "subject": frozenset({"greet_as", "position", "company"}),
}
ALWAYS = ("thanks", "thanks_again", "close", "interest", "sign_off", "subject")
# Only readers who could answer are asked this.
ONLY_FOR = {"next_steps": frozenset({Role.RECRUITER, Role.HIRING_MANAGER})}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class PhrasebookError(ValueError):
    """The phrasebook is invalid; `problems` names each line and what is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, eq=False)
class Phrasebook:
    """Variants by slot, role and tone; `within_reach` returns those that a letter may use."""

    variants: dict[tuple[str, str, str], tuple[str, ...]]

    def groups(self, slot: str, role: Role, tone: Tone) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The variants written for this role, and those for any role."""
        own = self.variants.get((slot, role, tone), ()) + self.variants.get((slot, role, ANY), ())
        shared = self.variants.get((slot, ANY, tone), ()) + self.variants.get((slot, ANY, ANY), ())
        return own, shared

    def within_reach(self, slot: str, role: Role, tone: Tone) -> tuple[str, ...]:
        own, shared = self.groups(slot, role, tone)
        return own + shared


@cache
def phrasebook() -> Phrasebook:
    """The English phrasebook. Raises PhrasebookError if it is inconsistent."""
    return load(PHRASEBOOK.read_text(encoding="utf-8"), PHRASEBOOK.name)


def load(source: str, name: str = "phrasebook") -> Phrasebook:
    """Reads and validates. Raises PhrasebookError with one line per problem: file, line, what is wrong."""
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise PhrasebookError([f"{name}: {error}"]) from error
    lines = source.splitlines()

    def at(text: str) -> str:
        number = next((n for n, line in enumerate(lines, 1) if text in line), 0)
        return f"{name}, line {number}"

    problems: list[str] = []
    book = Phrasebook({})
    for slot, roles in data.items():
        if slot not in SLOTS:
            problems.append(f"{at('[' + slot)}: no slot is called {slot}; known are {', '.join(SLOTS)}")
            continue
        for role, tones in roles.items():
            if role not in (*Role, ANY):
                problems.append(f"{at(f'[{slot}.{role}]')}: no role is called {role}")
            if not isinstance(tones, dict):
                problems.append(
                    f"{at(slot)}: variants stand under a role and a tone, as [{slot}.any] any = [...]"
                )
                continue
            for tone, texts in tones.items():
                problems += _add_variants(book, (slot, role, tone), texts, at)
    problems += _too_few(book, at)
    if problems:
        raise PhrasebookError(problems)
    return book


def _add_variants(
    book: Phrasebook, key: tuple[str, str, str], texts: object, at: Callable[[str], str]
) -> Iterator[str]:
    """Adds the variants of a slot, role, and tone to the book; yields what is wrong with them."""
    slot, role, tone = key
    heading = f"[{slot}.{role}]"
    if tone not in (*Tone, ANY):
        yield f"{at(heading)}: no tone is called {tone}"
    if not isinstance(texts, list) or not texts:
        yield f"{at(heading)}: {tone} is empty; write at least one variant"
        return
    for text in texts:
        for problem in _problems(slot, text):
            yield f"{at(json.dumps(text, ensure_ascii=False))}: {problem}"
    book.variants[key] = tuple(str(text) for text in texts)


def _problems(slot: str, text: object) -> list[str]:
    if not isinstance(text, str) or not text.strip():
        return ["a variant is empty; write it or remove it"]
    must, may = SLOTS[slot]
    found = placeholders(text)
    problems = [f"{{{unknown}}} is not known in {slot}" for unknown in sorted(found - must - may)]
    problems += [f"{{{missing}}} is missing" for missing in sorted(must - found)]
    if slot in ONE_OF and not found & ONE_OF[slot]:
        problems.append(f"one of {', '.join(sorted(ONE_OF[slot]))} is missing")
    if "{" in _PLACEHOLDER.sub("", text) or "}" in _PLACEHOLDER.sub("", text):
        problems.append("a brace is left open")
    if text != " ".join(text.split()):
        problems.append("has spaces too many, or a line break")
    return problems


def _too_few(book: Phrasebook, at: object) -> list[str]:
    problems = []
    for slot in SLOTS:
        least = ENOUGH if slot in ALWAYS else 1
        for role in ONLY_FOR.get(slot, frozenset(Role)):
            for tone in Tone:
                reach = book.within_reach(slot, role, tone)
                if len(set(reach)) < least:
                    where = at(f"[{slot}.") if callable(at) else slot
                    problems.append(
                        f"{where}: {slot} has {len(set(reach))} variants for {role}, {tone}; {least} are needed"
                    )
    return problems


def fill(template: str, values: Mapping[str, str]) -> str:
    """The variant with its placeholders replaced, in one pass, so that user input is never read as a template."""
    parts = _parts(template)
    out = parts[0]
    for name, after in zip(parts[1::2], parts[2::2], strict=True):
        value = values[name]
        if after.startswith(".") and value.endswith((".", "!", "?", "…")):
            after = after[1:]
        out += value + after
    return out


def placeholders(template: str) -> frozenset[str]:
    """The names of the placeholders in a variant."""
    return frozenset(_parts(template)[1::2])


@lru_cache(maxsize=4096)
def _parts(template: str) -> tuple[str, ...]:
    """The literal texts of a variant and, between them, the names of its placeholders."""
    return tuple(_PLACEHOLDER.split(template))
