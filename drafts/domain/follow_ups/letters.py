"""One letter after the thank-you, from what is stored and what the candidate answered. Nothing else is said."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from drafts.domain import grammar
from drafts.domain.assign import preference
from drafts.domain.compose import SUBJECT_OPTIONS, Addressed, PanelWords, count_words, each_tone
from drafts.domain.facts import Dialect, Kind, Panel, Tone
from drafts.domain.follow_ups.helped import thanks_for, told_sentences
from drafts.domain.follow_ups.mending import is_piece, mended, with_names
from drafts.domain.follow_ups.sentences import phrase, quoted, sentences
from drafts.domain.kinds import LetterKind, Prompt, PromptKind, letter_kind
from drafts.domain.letter import Letter, NoteUse, Use
from drafts.domain.naming import indefinite, names_of
from drafts.domain.naming.lists import titles
from drafts.domain.notes import clean
from drafts.domain.notes.points import Context, context_of
from drafts.domain.phrasebook import fill, phrasebook, placeholders
from drafts.domain.subjects import SUBJECT_LIMIT
from drafts.domain.tokens import words_of
from drafts.domain.words import words

REPLY = "Re: "
_REPLY = re.compile(r"(?:re\s*:\s*)+", re.IGNORECASE)
# What a closing and the sentence before it must not both say.
_STEMS = re.compile(r"\b(?:thank|best|wish|warm|respect|sincere)")
# Questions that say themselves that they are asked.
_LEADS = re.compile(r"(?:if|may|might|could|can|would|please|do you mind)\b", re.I)
_STIFF = frozenset({"Respectfully,"})
_SLIPS = 3  # letters
_POINTS = ("point_1", "point_2", "point_3")


@dataclass(frozen=True, slots=True)
class Before:
    """What went before: the subject of the last letter sent to this person, on what day it went, when they were asked
    the first time, and by when one was to hear. Days are those of the reader's zone."""

    subject: str = ""
    sent_on: dt.date | None = None
    nudged_on: dt.date | None = None
    decision_expected_on: dt.date | None = None
    dialect: Dialect = Dialect.AMERICAN


def compose_follow_up(
    panel: Panel,
    index: int,
    kind: Kind,
    answers: Mapping[str, str],
    before: Before,
    tones: Tone | Sequence[Tone] = Tone.WARM,
) -> Letter:
    """`answers` by the kind's prompt keys, as `answers_of` gives them.

    Where a required answer is missing, or one cannot be put into a sentence for sure, its sentence is left out, and
    its key is in the letter's `unsure`.
    """
    return _Writer(
        PanelWords(panel, each_tone(tones, panel)), index, letter_kind(kind), answers, before
    ).letter()


def answers_of(kind: Kind, given: Mapping[str, str]) -> dict[str, str]:
    """The answers that the kind asks for and that say something, tidied; anything else is dropped."""
    tidied = {prompt.key: _tidied(prompt, given.get(prompt.key, "")) for prompt in letter_kind(kind).prompts}
    return {key: text for key, text in tidied.items() if text}


def _tidied(prompt: Prompt, typed: str) -> str:
    text = " ".join(typed.split())
    if prompt.kind is PromptKind.YES:
        return "yes" if text == "yes" else ""
    if prompt.kind is PromptKind.DATE:
        return text if _is_date(text) else ""
    if prompt.kind in (PromptKind.DID, PromptKind.TOLD, PromptKind.SENTENCES):
        return "" if clean.says_nothing(text) else text
    text = grammar.trim(text)
    first, space, rest = text.partition(" ")
    return first.lower() + space + rest if first.lower() in words().phrase_openers else text


def _is_date(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


class _Writer(Addressed):
    def __init__(
        self,
        shared: PanelWords,
        index: int,
        about: LetterKind,
        answers: Mapping[str, str],
        before: Before,
    ) -> None:
        super().__init__(shared, index)
        self.about, self.answers, self.before = about, answers, before
        self.values = self._values()

    def letter(self) -> Letter:
        subjects = self._subjects()
        body = self._body()
        missing = [
            one.key
            for one in self.about.prompts
            if one.key not in self.values and (one.required or one.key in self.answers)
        ]
        return Letter(
            greeting=self._greeting(),
            subject=subjects[0],
            subject_options=tuple(subjects),
            body=body,
            left_out=(),
            words=count_words(body),
            notes=tuple(NoteUse(key, Use.ASK) for key in missing),
        )

    def _body(self) -> str:
        paragraphs: dict[int, list[str]] = {}
        for number, say in enumerate(self.about.say):
            # Where a required answer is missing, so is its sentence.
            options = [text for text in say.options(self.member.tone) if self._may_fill(text)]
            if options and say.needs <= self.values.keys() and not say.without & self.values.keys():
                text = fill(options[self._place(number) % len(options)], self.values)
                paragraphs.setdefault(say.paragraph, []).append(text)
        middle = [" ".join(paragraphs[key]) for key in sorted(paragraphs)]
        return "\n\n".join([self._greeting(), *middle, self._closing(middle)])

    def _closing(self, middle: Sequence[str]) -> str:
        """The sign-off, in other words than the paragraph above it: no "all the best" below "all the best", and no
        thanks where the letter has given them."""
        usual = self._sign_off(self.signature)
        said, _line, below = usual.partition("\n")
        taken = set(_STEMS.findall("".join(middle[-1:]).lower()))
        taken |= {"thank"} if "thank" in " ".join(middle).lower() else set()
        options = [said, *preference(phrasebook(), "sign_off", self.member)]
        fresh = (one for one in options if one not in _STIFF and not taken & set(_STEMS.findall(one.lower())))
        return f"{next(fresh, said)}\n{below}"

    def _place(self, number: int) -> int:
        """Where to begin among a sentence's variants: people of one panel get different ones in turn."""
        seed = hashlib.sha256(f"{self.about.kind}\0{number}\0{self.shared.members[0].seed}".encode()).digest()
        return seed[0] + self.index

    def _subjects(self) -> list[str]:
        fitting = [fill(text, self.values) for text in self.about.subjects if self._may_fill(text)]
        fitting = [text for text in fitting if len(text) <= SUBJECT_LIMIT] or [self.about.title]
        start = self._place(-1) % len(fitting)
        turned = fitting[start:] + fitting[:start]
        if self.about.is_reply and self.before.subject:
            turned.insert(0, REPLY + _REPLY.sub("", self.before.subject.strip(), count=1))
        return list(dict.fromkeys(turned))[:SUBJECT_OPTIONS]

    def _may_fill(self, text: str) -> bool:
        return placeholders(text) <= self.values.keys()

    def _values(self) -> dict[str, str]:
        """What sentences may name; what is not known is not there."""
        before = self.before
        days = {
            "day": self.panel.interview.ended_at.date(),
            "decision": before.decision_expected_on,
            "sent": before.sent_on,
            "nudged": before.nudged_on,
        }
        values = {key: self._date(day) for key, day in days.items() if day}
        values |= _of_the_job(self)
        for prompt in self.about.prompts:
            typed = self.answers.get(prompt.key, "")
            if typed and (text := self._put(prompt, typed)):
                values[prompt.key] = text
        if points := [values[key] for key in _POINTS if key in values]:
            values["points"] = grammar.join_list(points)
        return values | self._told_of(values)

    def _told_of(self, values: Mapping[str, str]) -> dict[str, str]:
        """What the answers are about, where it decides between sentences."""
        told = {}
        question = values.get("question", "")
        if question.count("?") == 1 and question.endswith("?") and not _LEADS.match(question):
            told["bare_question"] = "yes"
        if "wrong" in values and "right" in values and self._is_the_reader(values["right"]):
            told["own_name"] = "yes"
            is_slip = OSA.distance(values["wrong"].casefold(), values["right"].casefold()) <= _SLIPS
            told["misspelled" if is_slip else "misnamed"] = "yes"
        return told

    def _is_the_reader(self, text: str) -> bool:
        """Whether the text is the reader's name, or a part of it with or without a title."""
        named = {word.text for word in words_of(text)}
        texts = names_of(self.person.full_name, self.person.greet_as)
        full = {word.text for text in texts for word in words_of(text)}
        return (
            bool(named & full)
            and named - full <= titles().keys()
            and bool(named & context_of(self.panel, self.index).reader)
        )

    def _put(self, prompt: Prompt, typed: str) -> str:
        """An answer in the form its sentence needs; empty if uncertain."""
        context = context_of(self.panel, self.index)
        match prompt.kind:
            case PromptKind.DATE:
                return self._date(dt.date.fromisoformat(typed))
            case PromptKind.SENTENCES:
                return sentences(typed, context, self.member.tone, prompt.leads)
            case PromptKind.DID:
                return thanks_for(typed, context)
            case PromptKind.TOLD:
                return "" if is_piece(typed) else self._told(typed, context)
            case PromptKind.PHRASE:
                return quoted(typed) if prompt.quoted else phrase(typed, context, prompt.article)
        return typed

    def _told(self, typed: str, context: Context) -> str:
        return " ".join(
            told_sentences(
                self.person, with_names(mended(typed), context.known, context.names[0]), self._say, context
            )
        )

    def _date(self, day: dt.date) -> str:
        """ "Friday, November 20", in other Englishes "Friday 20 November"; with the year where it is another one."""
        is_american = self.before.dialect is Dialect.AMERICAN
        said = f"{day:%A}, {day:%B} {day.day}" if is_american else f"{day:%A} {day.day} {day:%B}"
        if day.year == self.panel.interview.ended_at.year:
            return said
        return f"{said}{',' if is_american else ''} {day.year}"


def _of_the_job(letter: Addressed) -> dict[str, str]:
    return {
        "position": letter.position,
        "a_position": f"{indefinite(letter.position)} {letter.position}",
        "company": letter.company,
    }


def unfit(kind: Kind, panel: Panel, index: int, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of answers that can't safely be put into a sentence."""
    unsure = compose_follow_up(panel, index, kind, answers_of(kind, answers), Before()).unsure
    return tuple(key for key in unsure if answers.get(key))


def starting_answer(prompt: Prompt, panel: Panel, index: int) -> str:
    """What stands in a prompt's box at first."""
    if not prompt.starts:
        return ""
    return fill(prompt.starts, _of_the_job(Addressed(PanelWords(panel, each_tone(Tone.WARM, panel)), index)))
