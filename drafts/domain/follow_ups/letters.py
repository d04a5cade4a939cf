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
from drafts.domain.follow_ups.doubts import About, Read, checked, slip, suggested
from drafts.domain.follow_ups.helped import suggested_thanks, suggested_told, thanks_for, told_sentences
from drafts.domain.follow_ups.mending import is_piece, mended, with_names
from drafts.domain.follow_ups.phrases import phrase, quoted
from drafts.domain.follow_ups.sentences import (
    looks_whole,
    made_parts,
    sentences,
)
from drafts.domain.follow_ups.terms import agreed, differing, pay, point
from drafts.domain.follow_ups.tidying import with_capitals
from drafts.domain.follow_ups.times import times
from drafts.domain.kinds import LetterKind, Prompt, PromptKind, letter_kind, own_key, without_blank
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
# Where English is written with the day first, whatever dialect the candidate writes.
_DAY_FIRST = frozenset({
    "GB", "IE", "AU", "NZ", "ZA", "IN", "SG", "MT", "HK", "MY", "KE", "NG", "GH", "UG", "TZ", "ZW", "ZM", "BW", "NA",
    "JM", "TT", "BB", "PK", "BD", "LK", "CY", "GI", "IM", "JE", "GG",
})  # fmt: skip
# Said of how it ended: then there is nothing left to promise to tell.
_ENDED = re.compile(
    r"\b(?:offer(?:ed)?(?! to)|hired|got (?:it|in|a start|the (?:job|role|position|post|place))|got me (?:the|a) job"
    r"|(?:didn'?t|did not|don'?t) (?:get|hire|want) (?:it|me|the)|turned (?:me |it )?down|reject(?:ed|ion)"
    r"|said (?:yes|no)|accepted|passed|I start|starting|start (?:on|in|next|monday|the)"
    r"|went (?:to|with) someone else)\b",
    re.I,
)
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
    tidied = {}
    for prompt in letter_kind(kind).prompts:
        tidied[prompt.key] = _tidied(prompt, given.get(prompt.key, ""))
        if prompt.is_words and tidied[prompt.key]:
            tidied[own_key(prompt.key)] = " ".join(given.get(own_key(prompt.key), "").split())
    return {key: text for key, text in tidied.items() if text}


def _tidied(prompt: Prompt, typed: str) -> str:
    text = " ".join(_one_line(prompt, typed).split())
    if prompt.kind is PromptKind.YES:
        return "yes" if text == "yes" else ""
    if prompt.kind is PromptKind.DATE:
        return text if _is_date(text) else ""
    if prompt.kind in (PromptKind.DID, PromptKind.TOLD, PromptKind.SENTENCES):
        return "" if clean.says_nothing(text) else text
    text = grammar.trim(text if prompt.quoted else without_blank(prompt, text))
    first, space, rest = text.partition(" ")
    return first.lower() + space + rest if first.lower() in words().phrase_openers else text


_BULLET = re.compile(r"\s*(?:[-*•–]|\d[.)])\s+")


def _one_line(prompt: Prompt, typed: str) -> str:
    """A list, one item on a line, with commas between its items where they are phrases, else with periods."""
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) < 2 or prompt.quoted:
        return typed
    if prompt.kind is PromptKind.PHRASE:
        return ", ".join(_BULLET.sub("", line, count=1).rstrip(" ,;.") for line in lines)
    if all(_BULLET.match(line) for line in lines):
        return " ".join(grammar.full_stop(_BULLET.sub("", line, count=1)) for line in lines)
    return typed


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
        self.asked: dict[str, Read] = {}
        self.values = self._values()

    def letter(self) -> Letter:
        subjects = self._subjects()
        body = self._body()
        missing = [
            one.key
            for one in self.about.prompts
            if one.key not in self.values
            and (one.required or (one.key in self.answers and one.kind is not PromptKind.YES))
        ]
        return Letter(
            greeting=self._greeting(),
            subject=subjects[0],
            subject_options=tuple(subjects),
            body=body,
            left_out=(),
            words=count_words(body),
            notes=tuple(self._question(key) for key in missing),
        )

    def _question(self, key: str) -> NoteUse:
        read = self.asked.get(key, Read())
        return NoteUse(key, Use.ASK, read.suggestion, read.reason, suggestion=read.rough)

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
            typed, own = self.answers.get(prompt.key, ""), self.answers.get(own_key(prompt.key), "")
            read = Read(_as_typed(prompt, own)) if typed and own else self._put(prompt, typed, values)
            if read.text:
                values[prompt.key] = read.text
            else:
                self.asked[prompt.key] = read
        if _ENDED.search(self.answers.get("came", "")):
            # No promise to tell what is told.
            values.pop("report", None)
        if points := [values[key] for key in _POINTS if key in values]:
            values["points"] = grammar.join_list(points)
        return values | self._told_of(values)

    def _told_of(self, values: Mapping[str, str]) -> dict[str, str]:
        """What the answers are about, where it decides between sentences."""
        told = {}
        question = values.get("question", "")
        if question.count("?") == 1 and question.endswith("?") and not _LEADS.match(question):
            told["bare_question"] = "yes"
        if "wrong" in values and "right" in values:
            told["wrong"], told["right"] = differing(values["wrong"], values["right"])
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

    def _put(self, prompt: Prompt, typed: str, values: Mapping[str, str]) -> Read:
        """An answer in the form its sentence needs, or why it is asked about. `values`: those of the prompts before."""
        context = context_of(self.panel, self.index)
        if not typed:
            return Read()
        match prompt.kind:
            case PromptKind.DATE:
                return Read(self._date(dt.date.fromisoformat(typed)))
            case PromptKind.SENTENCES:
                return self._sentences(prompt, typed, context, self._earlier(prompt, values))
            case PromptKind.DID:
                return _thanked(typed, context)
            case PromptKind.TOLD:
                return self._read_told(typed, context)
            case PromptKind.PHRASE:
                return _completed(prompt, typed, context)
        return Read(typed)

    def _earlier(self, prompt: Prompt, values: Mapping[str, str]) -> str:
        """What the letter says of the answers before this one, which it may refer back to."""
        said = (
            values.get(one.key, "")
            for one in self.about.prompts[: self.about.prompts.index(prompt)]
            if one.is_words
        )
        return " ".join(one for one in said if one)

    def _sentences(self, prompt: Prompt, typed: str, context: Context, earlier: str) -> Read:
        tone, leads = self.member.tone, prompt.leads
        about = About(
            earlier,
            is_of_the_reader=prompt.about_reader,
            is_to_the_panel=not self.about.is_outside,
            is_whole=looks_whole(typed),
        )
        if text := sentences(typed, context, tone, leads):
            return checked(text, context, about)
        parts = made_parts(typed, context, tone, leads)
        if not parts:
            return Read("", "shape")
        read = checked(parts, context, about)
        return Read("", "shape", read.text or read.suggestion, read.rough)

    def _read_told(self, typed: str, context: Context) -> Read:
        text = "" if is_piece(typed) else self._told(typed, context)
        if text:
            return checked(text, context, About(text))
        suggestion, reason = suggested_told(self.person, typed, context)
        is_rough = bool(checked(suggestion, context, About(suggestion, is_whole=True)).reason)
        sound, rough = ("", suggestion) if is_rough else (suggestion, "")
        return Read("", reason or "shape", sound, rough)

    def _told(self, typed: str, context: Context) -> str:
        return " ".join(
            told_sentences(
                self.person,
                with_names(mended(with_capitals(typed, context)), context.known, context.names[0]),
                self._say,
                context,
            )
        )

    def _date(self, day: dt.date) -> str:
        """ "Friday, November 20", in other Englishes and where the reader writes so "Friday 20 November"; with the year
        where it is another one."""
        is_american = (
            self.before.dialect is Dialect.AMERICAN
            and self.panel.interview.country.partition("-")[0] not in _DAY_FIRST
        )
        said = f"{day:%A}, {day:%B} {day.day}" if is_american else f"{day:%A} {day.day} {day:%B}"
        if day.year == self.panel.interview.ended_at.year:
            return said
        return f"{said}{',' if is_american else ''} {day.year}"


def _as_typed(prompt: Prompt, own: str) -> str:
    """The candidate's own words: a sentence gets its end mark, words that complete one lose theirs."""
    is_part = prompt.kind in (PromptKind.PHRASE, PromptKind.DID)
    return grammar.trim(own) if is_part else grammar.full_stop(own)


_INTRO = re.compile(r"\bintro\b")


def _thanked(typed: str, context: Context) -> Read:
    text = thanks_for(typed, context)
    problem = slip(f"Thank you for {_INTRO.sub('introduction', text)}.", context) if text else ""
    if text and not problem:
        return Read(text)
    suggestion = text or suggested_thanks(typed, context)
    if suggestion:
        said = suggested(f"Thank you for {suggestion}", context)
        suggestion = said.removeprefix("Thank you for ")
    return Read("", problem if text else "check", suggestion)


def _completed(prompt: Prompt, typed: str, context: Context) -> Read:
    match prompt.form:
        case "point":
            return point(prompt, typed, context)
        case "terms":
            return agreed(prompt, typed, context)
        case "pay":
            return pay(prompt, typed, context)
        case "times":
            return times(prompt, typed, context)
    return Read(quoted(typed) if prompt.quoted else phrase(typed, context, prompt.article))


def _of_the_job(letter: Addressed) -> dict[str, str]:
    return {
        "position": letter.position,
        "a_position": f"{indefinite(letter.position)} {letter.position}",
        "company": letter.company,
        # At the start of a subject, or after a comma: no "the".
        "company_name": letter.company.removeprefix("the "),
    }


def unfit(kind: Kind, panel: Panel, index: int, answers: Mapping[str, str]) -> tuple[NoteUse, ...]:
    """The answers that can't safely be put into a sentence, each with what to ask."""
    notes = compose_follow_up(panel, index, kind, answers_of(kind, answers), Before()).notes
    return tuple(note for note in notes if note.use is Use.ASK and answers.get(note.key))


def starting_answer(prompt: Prompt, panel: Panel, index: int) -> str:
    """What stands in a prompt's box at first."""
    if not prompt.starts:
        return ""
    return fill(prompt.starts, _of_the_job(Addressed(PanelWords(panel, each_tone(Tone.WARM, panel)), index)))
