"""The kinds of letters, each defined by one file in phrasebook/kinds (see its README.md)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from drafts.domain.facts import Kind, Outcome, Tone
from drafts.domain.files import PHRASEBOOK_DIR
from drafts.domain.phrasebook import ANY, placeholders

KINDS = PHRASEBOOK_DIR / "kinds"
# Placeholders that a sentence may use besides the answers; letters.py fills them in.
ALWAYS_KNOWN = frozenset({"position", "a_position", "company", "company_name", "day"})
# `bare_question`: a question without words that lead to it; `own_name`: the reader's name was wrong, which was
# `misspelled` or another one's (`misnamed`).
_TOLD_OF_ANSWERS = {"bare_question", "own_name", "misspelled", "misnamed"}
SOMETIMES_KNOWN = frozenset({"decision", "sent", "nudged", "points", *_TOLD_OF_ANSWERS})


class KindError(ValueError):
    """A file of phrasebook/kinds is invalid; the message says which kind and why."""


class Writer(StrEnum):
    """What composes a letter: from notes on a conversation (`compose`, `routes`), or from answers (`follow_ups`)."""

    LETTER = "letter"
    REQUEST = "request"
    NOTE = "note"
    LINKEDIN = "linkedin"
    ANSWERS = "answers"


class Moment(StrEnum):
    """When to send it: after the interview, after silence (twice), after news has arrived, after somebody helped, or at
    any time (domain/window.py, follow_ups/moments.py)."""

    INTERVIEW = "interview"
    SILENCE = "silence"
    SILENCE_AGAIN = "silence_again"
    HEARD = "heard"
    HELPED = "helped"
    ANY = "any"


class Length(StrEnum):
    """Which length limits apply: a letter's words, the words of a request above its note, or LinkedIn's characters."""

    LETTER = "letter"
    REQUEST = "request"
    CHARACTERS = "characters"


class PromptKind(StrEnum):
    """The type of an answer: whole sentences, words that complete a sentence of ours, a date, or a checkbox; and, for
    somebody outside the panel, what they did (completes a sentence of thanks) and what they said."""

    SENTENCES = "sentences"
    PHRASE = "phrase"
    DATE = "date"
    YES = "yes"
    DID = "did"
    TOLD = "told"


# What may complete a sentence where whole sentences are asked for: "the tour", "how you train", "showing me the unit",
# "to see the unit", "sign up for the course".
LEADS = frozenset({"thing", "clause", "doing", "to", "do"})
# What a phrase must be: one thing to talk about, what was agreed, an amount, days and times (follow_ups/terms.py).
FORMS = frozenset({"point", "terms", "pay", "times"})
# Longest answers, in characters.
MAX_ANSWER = {
    PromptKind.SENTENCES: 500,
    PromptKind.PHRASE: 120,
    PromptKind.DATE: 10,
    PromptKind.YES: 3,
    PromptKind.DID: 200,
    PromptKind.TOLD: 500,
}
MAX_OWN = max(MAX_ANSWER.values())

_TITLE = re.compile(r"\b(Dr|Mr|Mrs|Ms|Prof|St|No|vs|approx)\.\s+", re.IGNORECASE)
_SEVERAL = re.compile(r"[.!?]\s+\S")
_SENTENCE = re.compile(r"(?:i|i'm|i’m|i'd|i’d|we)\s", re.IGNORECASE)


def completes(phrase: str) -> bool:
    """Whether these words fit into a sentence of the letter, rather than being a sentence or several."""
    text = _TITLE.sub(r"\1 ", phrase.strip())
    return not _SEVERAL.search(text) and not _SENTENCE.match(text)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question to the candidate. `blank` is the sentence a phrase completes, with "…" where it goes;
    `starts` what stands in the box at first, with placeholders as in a sentence; `past`: a date not to come;
    `article`: "the" or "a" before a thing, "on" before a day of the week; `quoted`: words of a letter; `leads`: the
    sentences that words of some forms complete, with "…" where they go (follow_ups/leads.py); `form`: what a phrase
    must be (one of FORMS); `about_reader`: the answer is about the reader, whom "he" or "she" means in it."""

    key: str
    kind: PromptKind
    label: str
    hint: str = ""
    example: str = ""
    blank: str = ""
    starts: str = ""
    required: bool = False
    past: bool = False
    article: str = ""
    quoted: bool = False
    leads: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    about_reader: bool = False

    @property
    def is_words(self) -> bool:
        """Whether it is answered in words, which may be asked about."""
        return not self.quoted and self.kind not in (PromptKind.DATE, PromptKind.YES)


# "I'm free" says "I am free" too.
_AGAIN = {"i": r"I", "am": r"(?:am|'?m|’m)"}


@dataclass(frozen=True, slots=True)
class Say:
    """One sentence, or a few that belong together: its paragraph, when it stands, and its variants by tone."""

    paragraph: int
    needs: frozenset[str]
    without: frozenset[str]
    variants: Mapping[str, tuple[str, ...]]

    def options(self, tone: Tone) -> tuple[str, ...]:
        """The variants for this tone, or else those for any tone."""
        return self.variants.get(tone) or self.variants.get(ANY, ())


@dataclass(frozen=True, slots=True)
class CheckOf:
    """One check of the review that only some kinds have, by its `case` in review.toml.

    A finding for each of the phrases `marks` that is not part of one of `apart`; or one where none of `lacks` is said;
    or what the case's own function finds (review/follow_ups.py).
    """

    case: str
    marks: str = ""
    apart: str = ""
    lacks: str = ""


# Rules about what a thank-you must say and when to send it; they don't apply to letters composed from answers.
_OF_THANK_YOUS = ("gratitude", "interest", "personal", "next_steps", "correction", "timing")
_OF_ROUTES = {Writer.REQUEST, Writer.NOTE, Writer.LINKEDIN}


@dataclass(frozen=True, slots=True)
class LetterKind:
    """The definition of one kind of letter."""

    kind: Kind
    label: str
    title: str
    text: str
    source: str
    writer: Writer
    moment: Moment
    length: Length
    leave_out: frozenset[str]
    checks: tuple[CheckOf, ...]
    outcomes: tuple[Outcome, ...]
    is_reply: bool
    prompts: tuple[Prompt, ...]
    subjects: tuple[str, ...]
    say: tuple[Say, ...]
    words: Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]
    what: str

    @property
    def is_outside(self) -> bool:
        """Whether it goes to somebody outside the panel."""
        return self.kind.is_outside


def letter_kind(kind: Kind) -> LetterKind:
    """Raises KindError if a file is invalid."""
    return letter_kinds()[kind]


def offered_for(outcome: Outcome) -> tuple[LetterKind, ...]:
    """The letters that fit what happened, in the order of `Kind`."""
    return tuple(one for one in letter_kinds().values() if outcome in one.outcomes)


def to_outsiders() -> tuple[LetterKind, ...]:
    """The letters to people outside the panel, in the order of `Kind`."""
    return tuple(one for one in letter_kinds().values() if one.is_outside)


def own_key(key: str) -> str:
    """The key of the candidate's own words for a prompt, which stand in the letter as they are."""
    return f"say_{key}"


def answer_keys() -> frozenset[str]:
    """The keys of all answers to prompts of all kinds, the candidate's own words for them included."""
    prompts = [prompt for one in letter_kinds().values() for prompt in one.prompts]
    return frozenset(
        key for prompt in prompts for key in (prompt.key, *([own_key(prompt.key)] if prompt.is_words else []))
    )


def without_blank(prompt: Prompt, typed: str) -> str:
    """The answer without words of the prompt's sentence that were typed again: "I am free on Monday"."""
    lead = prompt.blank.partition("…")[0].split()
    for start in range(len(lead) - 1):
        words = [_AGAIN.get(word.lower(), re.escape(word)) for word in lead[start:]]
        again = re.match(r"\s*".join(words) + r"\s+(?=\S)", typed, re.IGNORECASE)
        if again:
            return typed[again.end() :]
    return typed


@cache
def letter_kinds() -> dict[Kind, LetterKind]:
    """Every kind, in the order of `Kind`. Raises KindError with one line per fault."""
    found, problems = {}, []
    files = {path.stem: path for path in KINDS.glob("*.toml")}
    problems += [f"{name}: no kind has this name" for name in sorted(files.keys() - set(Kind))]
    for kind in Kind:
        if kind.value not in files:
            problems.append(f"{kind.value}: it has no file")
            continue
        try:
            found[kind] = read_kind(kind, files[kind.value].read_text(encoding="utf-8"))
        except KindError as error:
            problems.append(str(error))
    if problems:
        raise KindError("\n".join(problems))
    return found


def read_kind(kind: Kind, source: str) -> LetterKind:
    """A kind from its file's text. Raises KindError with one line per fault."""
    try:
        one = _kind(kind, tomllib.loads(source))
    except (KeyError, ValueError) as error:
        raise KindError(f"{kind.value}: {error}") from error
    if problems := [f"{kind.value}: {problem}" for problem in _problems(one)]:
        raise KindError("\n".join(problems))
    return one


def _kind(kind: Kind, table: Mapping[str, Any]) -> LetterKind:
    writer = Writer(table["writer"])
    leave_out = _OF_THANK_YOUS if writer is Writer.ANSWERS else ()
    return LetterKind(
        kind=kind,
        label=table["label"],
        title=table["title"],
        text=table["text"],
        source=table["source"],
        writer=writer,
        moment=Moment(table.get("moment", Moment.ANY)),
        length=Length(table.get("length", Length.LETTER)),
        leave_out=frozenset((*leave_out, *table.get("leave_out", ()))),
        checks=tuple(CheckOf(**one) for one in table.get("checks", ())),
        outcomes=tuple(Outcome(one) for one in table.get("outcomes", ())),
        is_reply=table.get("reply", False),
        prompts=tuple(_prompt(one) for one in table.get("prompts", ())),
        subjects=tuple(table.get("subjects", ())),
        say=tuple(_say(one) for one in table.get("say", ())),
        words=table.get("words", {}),
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


def _problems(one: LetterKind) -> Iterator[str]:
    if one.kind.is_route != (one.writer in _OF_ROUTES) or one.kind.is_follow_up != (
        one.writer is Writer.ANSWERS
    ):
        yield "Kind and its writer do not fit"
    if one.kind.is_outside != (one.moment is Moment.HELPED):
        yield "a letter to somebody outside the panel, and no other, goes once they helped"
    if one.writer is Writer.ANSWERS:
        yield from _problems_of_answers(one)


def _problems_of_answers(one: LetterKind) -> Iterator[str]:
    keys = [prompt.key for prompt in one.prompts]
    required = {prompt.key for prompt in one.prompts if prompt.required}
    if len(set(keys)) < len(keys) or set(keys) & (ALWAYS_KNOWN | SOMETIMES_KNOWN):
        yield "each prompt needs a key of its own"
    if len(one.subjects) < 3:
        yield "at least three subjects are needed"
    for prompt in one.prompts:
        if prompt.kind in (PromptKind.PHRASE, PromptKind.DID) and "…" not in prompt.blank:
            yield f"{prompt.key}: a phrase needs a blank with … in it"
        if prompt.form and prompt.form not in FORMS:
            yield f"{prompt.key}: no form is called {prompt.form}"
        if not prompt.leads.keys() <= LEADS or any(text.count("…") != 1 for text in prompt.leads.values()):
            yield f"{prompt.key}: each of its leads needs a known form and one …"
    if one.is_outside and (one.outcomes or not one.what):
        yield "a letter to somebody outside the panel needs `what` they did, and no outcomes"
    sure = ALWAYS_KNOWN | required | ({"points"} if "point_1" in required else set())
    yield from _unknown_in_sentences(one, ALWAYS_KNOWN | SOMETIMES_KNOWN | set(keys), sure)
    for subject in one.subjects:
        if not placeholders(subject) <= sure | {"sent"}:
            yield f"the subject “{subject}” uses a placeholder that may have no value"


def _unknown_in_sentences(one: LetterKind, known: Set[str], sure: Set[str]) -> Iterator[str]:
    """Keys without a prompt, and placeholders that may have no value when the sentence is used."""
    for say in one.say:
        if unknown := (say.needs | say.without) - known:
            yield f"unknown keys: {', '.join(sorted(unknown))}"
        for text in (text for texts in say.variants.values() for text in texts):
            unsure = placeholders(text) - sure - say.needs
            if unsure:
                yield f"“{text}” needs {', '.join(sorted(unsure))} in its `with`"
