"""Measures how many faults the review finds, and how often it raises false alarms. `make bench` prints it.

Letters are composed for panels invented with Faker; faults are inserted one at a time.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import codespell_lib
from faker import Faker

from drafts.domain.compose import Letter, compose_panel
from drafts.domain.facts import Correction, Interview, Interviewer, Panel, Role, Sender, Stage, Tone
from drafts.domain.files import read_entries
from drafts.domain.tokens import words_of
from drafts.review import Finding, LetterText, OtherDraft, Part, Review, ReviewFacts, review

LOCALES = ["en_US", "en_GB", "de_DE", "pl_PL", "fr_FR", "es_ES", "it_IT", "tr_TR", "cs_CZ", "pt_BR"]
ZONE = "America/New_York"
AT = dt.datetime(2026, 11, 19, 16, 30, tzinfo=ZoneInfo(ZONE))
MENTIONED = [
    "the move of the payments ledger",
    "that references are taken up after the final round",
    "how the team pairs on reviews",
    "the plan to leave the old system by stages",
    "we are hiring six people this year",
]
ENJOYED = ["your Friday demo hour", "how the team runs blameless reviews", "the garden on the roof"]
EXPERIENCE = [
    "running the on-call rotation for a large cluster",
    "with small teams",
    "splitting a large service into six",
]
GOALS = ["cut the waiting time in half", "keep bookings running during the move", "make each release calm"]
CALLBACKS = ["I hope the allotment survives the frost.", "Good luck with the half marathon."]
POSITIONS = [
    "Senior Platform Engineer",
    "UX Designer",
    "Data Engineer",
    "SRE",
    "Head of Nursing",
    "Account Executive",
]


@dataclass(frozen=True)
class Sent:
    """One letter of a panel. All letters of the panel are composed on first use and cached."""

    panel: Panel
    index: int
    tones: tuple[Tone, ...]

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        return tuple(compose_panel(self.panel, self.tones))

    @property
    def letter(self) -> LetterText:
        return LetterText(self.letters[self.index].subject, self.letters[self.index].body)

    @property
    def person(self) -> Interviewer:
        return self.panel.interviewers[self.index]

    def review(self, letter: LetterText, other_companies: tuple[str, ...] = ()) -> Review:
        facts = ReviewFacts(self.panel, self.index, other_companies=other_companies)
        others = tuple(
            OtherDraft(self.panel.interviewers[at].full_name, other.body)
            for at, other in enumerate(self.letters)
            if at != self.index
        )
        return review(letter, facts, others, AT)


@dataclass
class Result:
    tried: int = 0
    hits: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.hits / self.tried

    def add(self, hit: bool, example: str) -> None:
        self.tried += 1
        self.hits += hit
        if not hit:
            self.examples.append(example)


@cache
def technology() -> tuple[str, ...]:
    return tuple(read_entries("technology.txt"))


def sent_letters(seed: int) -> Iterator[Sent]:
    """An endless iterator of letters, the same for the same seed. Later calls reuse letters that were already
    composed."""
    known, more = _kept(seed)
    for number in itertools.count():
        if number == len(known):
            known.append(next(more))
        yield known[number]


@cache
def _kept(seed: int) -> tuple[list[Sent], Iterator[Sent]]:
    return [], _new_letters(seed)


def _new_letters(seed: int) -> Iterator[Sent]:
    chance = random.Random(seed)  # noqa: S311 - a reproducible choice, no secret
    fakers = [Faker(locale) for locale in LOCALES]
    for number, faker in enumerate(fakers):
        faker.seed_instance(seed + number)
    while True:
        faker = chance.choice(fakers)
        people = tuple(
            _person(chance, chance.choice(fakers), at) for at in range(chance.choice([1, 2, 3, 5]))
        )
        interview = Interview(
            company=faker.company(),
            position=chance.choice(POSITIONS),
            ended_at=dt.datetime(2026, 11, 19, 15, 10, tzinfo=ZoneInfo(ZONE)),
            time_zone=ZONE,
            field=chance.choice(["", "fintech", "healthcare"]),
            stage=chance.choice([None, *Stage]),
            country="US",
            team=chance.choice(["", "Core Platform"]),
        )
        panel = Panel(Sender(faker.name()), interview, people)
        tones = tuple(chance.choice(list(Tone)) for _ in people)
        yield Sent(panel, chance.randrange(len(people)), tones)


def _person(chance: random.Random, faker: Faker, number: int) -> Interviewer:
    return Interviewer(
        full_name=faker.name(),
        email=f"person{number}@company.example",
        role=chance.choice([*Role, None]),
        mentioned=chance.choice([*MENTIONED, ""]),
        enjoyed=chance.choice(ENJOYED),
        strengths=tuple(chance.sample(technology(), chance.choice([0, 1, 2]))),
        experience=chance.choice([*EXPERIENCE, ""]),
        goal=chance.choice([*GOALS, "", ""]),
        callback=chance.choice([*CALLBACKS, "", ""]),
        correction=chance.choice(
            [Correction(), Correction("my notice period", "that it is one month, not two")]
        ),
    )


# ---------------------------------------------------------------- misspellings


@cache
def misspellings() -> tuple[str, ...]:
    """The words of codespell's dictionary that have only one correction and only letters a to z."""
    path = Path(codespell_lib.__file__).parent / "data" / "dictionary.txt"
    pairs = [line.partition("->")[::2] for line in path.read_text(encoding="utf-8").splitlines()]
    return tuple(wrong for wrong, right in pairs if wrong.isascii() and wrong.isalpha() and "," not in right)


def found_misspellings(count: int, seed: int = 1) -> Result:
    """Puts each in place of an ordinary word of a letter. It counts as found if there is a finding on it."""
    chance = random.Random(seed)  # noqa: S311
    result = Result()
    for sent, wrong in zip(sent_letters(seed), chance.sample(misspellings(), count), strict=False):
        body = sent.letter.body
        content = [
            word for word in words_of(body)[8:-6] if word.text.isalpha() and body[word.start].islower()
        ]
        word = chance.choice(content)
        typed = replace(sent.letter, body=body[: word.start] + wrong + body[word.end :])
        said = [
            one
            for one in sent.review(typed).findings
            if one.rule in ("spelling", "grammar", "name_spelling")
            and one.part is Part.BODY
            and one.start < word.start + len(wrong)
            and word.start < one.end
        ]
        result.add(bool(said), wrong)
    return result


# ---------------------------------------------------------------- clean letters


def clean_letters(count: int, seed: int = 2) -> Result:
    """Letters without a fault. A hit is a letter without findings, except on its length."""
    result = Result()
    for sent, _ in zip(sent_letters(seed), range(count), strict=False):
        findings = [one for one in sent.review(sent.letter).findings if one.rule != "length"]
        for one in findings:
            result.examples.append(f"{one.rule}: {one.message}")
        result.tried += 1
        result.hits += not findings
    return result


# ---------------------------------------------------------------- names


def found_name_misspellings(count: int, seed: int = 3) -> Result:
    """Makes one edit in the greeting's or the company's name. It counts as found if the first suggestion fixes it."""
    chance = random.Random(seed)  # noqa: S311
    result = Result()
    for sent, number in zip(sent_letters(seed), range(count), strict=False):
        letter = sent.letters[sent.index]
        body = letter.body
        greeted = letter.greeting.split(" ", 1)[1].rstrip(",")
        company = " ".join(sent.panel.interview.company.split())
        # Not every letter contains the company's name.
        name = greeted if number % 2 or company not in body else company
        start = body.index(name)
        wrong = _one_edit(chance, name)
        typed = replace(sent.letter, body=body[:start] + wrong + body[start + len(name) :])
        found = any(
            one.rule == "name_spelling" and _with_first(typed.body, one) == body
            for one in sent.review(typed).findings
        )
        result.add(found, f"{name} -> {wrong}")
    return result


def _with_first(body: str, finding: Finding) -> str:
    return body[: finding.start] + (finding.suggestions or ("",))[0] + body[finding.end :]


def _one_edit(chance: random.Random, name: str) -> str:
    """The text with one typing error: a letter added, missing, wrong, or two swapped."""
    while True:
        at = chance.choice([at for at, character in enumerate(name) if character.isalpha()])
        letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
        kind = chance.randrange(4)
        wrong = [
            name[:at] + letter + name[at:],
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
        ][kind]
        if (
            wrong.casefold() != name.casefold()
            and " ".join(wrong.split()) == wrong
            and wrong[:1].strip(",.' -")
        ):
            return wrong


# ---------------------------------------------------------------- what must never slip through


def found_wrong_greetings(count: int, seed: int = 4) -> Result:
    """Greets another panel member, or somebody unknown."""
    result = Result()
    faker = Faker(LOCALES)
    faker.seed_instance(seed)
    for sent, _ in zip(sent_letters(seed), range(count), strict=False):
        letter = sent.letters[sent.index]
        salutation = letter.greeting.split(" ", 1)[0]
        others = [
            one.greeting
            for at, one in enumerate(sent.letters)
            if at != sent.index and one.greeting != letter.greeting
        ]
        name = others[0].split(" ", 1)[1] if others else f"{faker.first_name()} {faker.last_name()},"
        body = letter.body.replace(letter.greeting, f"{salutation} {name}", 1)
        said = {one.rule for one in sent.review(LetterText(letter.subject, body)).findings}
        result.add("greeting" in said, f"{letter.greeting} -> {name}")
    return result


def found_swapped_companies(count: int, seed: int = 5) -> Result:
    """Replaces the company by that of another interview of the candidate."""
    result = Result()
    letters = sent_letters(seed)
    while result.tried < count:
        sent, other = next(letters), next(letters)
        wrong = " ".join(other.panel.interview.company.split())
        right = " ".join(sent.panel.interview.company.split())
        if right not in sent.letter.body:
            continue
        typed = replace(sent.letter, body=sent.letter.body.replace(right, wrong))
        said = {one.rule for one in sent.review(typed, (wrong,)).findings}
        result.add("wrong_name" in said, f"{right} -> {wrong}")
    return result


def found_brackets(count: int, seed: int = 6) -> Result:
    """Replaces a word by a placeholder."""
    chance = random.Random(seed)  # noqa: S311
    blanks = [
        "[skill]",
        "[Company]",
        "[Interviewer's name]",
        "{position}",
        "___",
        "TODO",
        "XXX",
        "<name>",
        "[specific thing",
        "{{ role }}",
    ]
    result = Result()
    for sent, _ in zip(sent_letters(seed), range(count), strict=False):
        body = sent.letter.body
        word = chance.choice([word for word in words_of(body)[4:-4] if body[word.start].islower()])
        blank = chance.choice(blanks)
        typed = replace(sent.letter, body=body[: word.start] + blank + body[word.end :])
        said = {one.rule for one in sent.review(typed).findings}
        result.add("placeholder" in said, blank)
    return result


def found_copied_paragraphs(count: int, seed: int = 7) -> Result:
    """Puts the paragraphs of another letter of the panel under this one's greeting."""
    result = Result()
    for sent in sent_letters(seed):
        if result.tried == count:
            return result
        others = [at for at in range(len(sent.tones)) if at != sent.index]
        if not others:
            continue
        other = sent.letters[others[0]]
        copied = other.body.removeprefix(other.greeting)
        typed = replace(sent.letter, body=sent.letters[sent.index].greeting + copied)
        said = {one.rule for one in sent.review(typed).findings}
        result.add("copy_paste" in said, copied)
    return result


MEASURES: tuple[tuple[str, Callable[[int], Result], int], ...] = (
    ("misspellings found", found_misspellings, 2000),
    ("clean letters left in peace", clean_letters, 200),
    ("misspelled names put right", found_name_misspellings, 300),
    ("wrong greetings found", found_wrong_greetings, 200),
    ("swapped companies found", found_swapped_companies, 200),
    ("left-over blanks found", found_brackets, 200),
    ("copied paragraphs found", found_copied_paragraphs, 200),
)


def main() -> None:
    for label, measure, count in MEASURES:
        result = measure(count)
        sys.stdout.write(f"{label}: {result.hits} of {result.tried} ({result.share:.1%})\n")
        for example in result.examples[:12]:
            sys.stdout.write(f"    not: {example}\n")


if __name__ == "__main__":
    main()
