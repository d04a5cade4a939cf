"""The kinds of letters after the thank-you, as phrasebook/follow_ups.toml describes them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from drafts.domain.facts import Kind, Outcome, Tone
from drafts.domain.phrasebook import ANY, placeholders
from drafts.domain.sources import Citation, citations

FOLLOW_UPS = Path(__file__).resolve().parents[2] / "phrasebook" / "follow_ups.toml"
# What a sentence may name besides the answers; letters.py fills them in.
ALWAYS_KNOWN = frozenset({"position", "a_position", "company", "day"})
SOMETIMES_KNOWN = frozenset({"decision", "sent", "nudged", "points"})


class FollowUpError(ValueError):
    """follow_ups.toml does not hold together; the message names the kind and what is wrong with it."""


class PromptKind(StrEnum):
    """What is asked: whole sentences, words that complete a sentence of ours, a date, or a box to tick; and, of
    somebody outside the panel, what they did (completes a sentence of thanks) and what they told."""

    SENTENCES = "sentences"
    PHRASE = "phrase"
    DATE = "date"
    YES = "yes"
    DID = "did"
    TOLD = "told"


# Longest answers, in characters.
MAX_ANSWER = {
    PromptKind.SENTENCES: 500,
    PromptKind.PHRASE: 120,
    PromptKind.DATE: 10,
    PromptKind.YES: 3,
    PromptKind.DID: 200,
    PromptKind.TOLD: 500,
}


_SEVERAL = re.compile(r"[.!?]\s+\S")
_SENTENCE = re.compile(r"(?:i|i'm|i’m|i'd|i’d|we)\s", re.IGNORECASE)


def completes(phrase: str) -> bool:
    """Whether these words fit into a sentence of the letter, rather than being a sentence or several."""
    text = phrase.strip()
    return not _SEVERAL.search(text) and not _SENTENCE.match(text)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question to the candidate. `blank` is the sentence a phrase completes, with "…" where it goes;
    `starts` what stands in the box at first, with placeholders as in a sentence; `past`: a date not to come."""

    key: str
    kind: PromptKind
    label: str
    hint: str = ""
    example: str = ""
    blank: str = ""
    starts: str = ""
    required: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence, or a few that belong together: its paragraph, when it stands, and its variants by tone."""

    paragraph: int
    needs: frozenset[str]
    without: frozenset[str]
    variants: Mapping[str, tuple[str, ...]]

    def options(self, tone: Tone) -> tuple[str, ...]:
        """The variants written for this tone, else those for any."""
        return self.variants.get(tone) or self.variants.get(ANY, ())


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One kind of letter after the thank-you."""

    kind: Kind
    title: str
    text: str
    source: str
    outcomes: tuple[Outcome, ...]
    is_reply: bool
    prompts: tuple[Prompt, ...]
    subjects: tuple[str, ...]
    say: tuple[Say, ...]
    what: str = ""

    @property
    def citations(self) -> tuple[Citation, ...]:
        return citations(self.source)

    @property
    def is_outside(self) -> bool:
        """Whether it goes to somebody outside the panel."""
        return self.kind.is_outside


def follow_up(kind: Kind) -> FollowUp:
    """Raises KeyError for a kind that is no follow-up, FollowUpError where the file cannot be used."""
    return _kinds()[kind]


def offered_for(outcome: Outcome) -> tuple[FollowUp, ...]:
    """The letters that fit what happened, in the file's order."""
    return tuple(one for one in _kinds().values() if outcome in one.outcomes)


def to_outsiders() -> tuple[FollowUp, ...]:
    """The letters to people outside the panel, in the file's order."""
    return tuple(one for one in _kinds().values() if one.is_outside)


def prompt_keys() -> frozenset[str]:
    """The keys of all prompts of all kinds."""
    return frozenset(prompt.key for one in _kinds().values() for prompt in one.prompts)


@cache
def _kinds() -> dict[Kind, FollowUp]:
    found = load(FOLLOW_UPS.read_text(encoding="utf-8"))
    missing = [kind for kind in Kind if kind.is_follow_up and kind not in found]
    if missing:
        raise FollowUpError(f"{FOLLOW_UPS.name} has no table for {', '.join(missing)}")
    return found


def load(source: str) -> dict[Kind, FollowUp]:
    """The kinds of a file's text. Raises FollowUpError with one line per fault."""
    kinds, problems = {}, []
    for name, table in tomllib.loads(source).items():
        if name not in [kind.value for kind in Kind if kind.is_follow_up]:
            problems.append(f"{name}: no kind of follow-up has this name")
            continue
        one = _kind(Kind(name), table)
        kinds[one.kind] = one
        problems += [f"{name}: {problem}" for problem in _problems(one)]
    if problems:
        raise FollowUpError("\n".join(problems))
    return kinds


def _kind(kind: Kind, table: Mapping[str, Any]) -> FollowUp:
    return FollowUp(
        kind=kind,
        title=table["title"],
        text=table["text"],
        source=table["source"],
        outcomes=tuple(Outcome(one) for one in table.get("outcomes", ())),
        is_reply=table.get("reply", False),
        prompts=tuple(_prompt(one) for one in table["prompts"]),
        subjects=tuple(table["subjects"]),
        say=tuple(_say(one) for one in table["say"]),
        what=table.get("what", ""),
    )


def _prompt(table: Mapping[str, Any]) -> Prompt:
    more = {key: value for key, value in table.items() if key not in ("key", "is", "label")}
    return Prompt(table["key"], PromptKind(table["is"]), table["label"], **more)


def _say(table: Mapping[str, Any]) -> Say:
    variants = {
        key: tuple(texts) for key, texts in table.items() if key in (ANY, *[tone.value for tone in Tone])
    }
    return Say(table["p"], frozenset(table.get("with", ())), frozenset(table.get("without", ())), variants)


def _problems(one: FollowUp) -> Iterator[str]:
    keys = [prompt.key for prompt in one.prompts]
    required = {prompt.key for prompt in one.prompts if prompt.required}
    if len(set(keys)) < len(keys) or set(keys) & (ALWAYS_KNOWN | SOMETIMES_KNOWN):
        yield "each prompt needs a key of its own"
    if len(one.subjects) < 3:
        yield "at least three subjects are needed"
    for prompt in one.prompts:
        if prompt.kind in (PromptKind.PHRASE, PromptKind.DID) and "…" not in prompt.blank:
            yield f"{prompt.key}: a phrase needs a blank with … in it"
    if one.is_outside and (one.outcomes or not one.what):
        yield "a letter to somebody outside the panel needs `what` they did, and no outcomes"
    sure = ALWAYS_KNOWN | required | ({"points"} if "point_1" in required else set())
    yield from _unknown_in_sentences(one, ALWAYS_KNOWN | SOMETIMES_KNOWN | set(keys), sure)
    for subject in one.subjects:
        if not placeholders(subject) <= sure | {"sent"}:
            yield f"the subject “{subject}” uses a placeholder that may have no value"


def _unknown_in_sentences(one: FollowUp, known: Set[str], sure: Set[str]) -> Iterator[str]:
    """Keys that no prompt asks for, and placeholders that may have no value when the sentence is used."""
    for say in one.say:
        if unknown := (say.needs | say.without) - known:
            yield f"unknown keys: {', '.join(sorted(unknown))}"
        for text in (text for texts in say.variants.values() for text in texts):
            unsure = placeholders(text) - sure - say.needs
            if unsure:
                yield f"“{text}” needs {', '.join(sorted(unsure))} in its `with`"
