"""Facts to letters: deterministic, nothing said that was not entered, nothing dropped without saying so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property

from drafts.domain import grammar
from drafts.domain.assign import Member, choose, preference
from drafts.domain.facts import NOTE_KEYS, Interviewer, Panel, Role, Tone, WorkSample, is_noted
from drafts.domain.grammar import Fragment, Shape
from drafts.domain.phrasebook import Phrasebook, fill, phrasebook
from drafts.domain.subjects import choose_subjects
from drafts.domain.words import words

CEILING = 200  # words, the article's most
COMFORTABLE = 150  # words; beyond it nothing is added that is not a fact
SUBJECT_OPTIONS = 5

# What is kept when the facts are too many: the most personal first.
_PERSONAL_FIRST = ("signature", "mentioned", "callback", "enjoyed", "correction", "forgot")
_MATCH = {
    Role.HIRING_MANAGER: ("strengths", "experience", "goal"),
    Role.PEER: ("experience", "goal", "strengths"),
    Role.RECRUITER: ("strengths", "experience", "goal"),
    Role.LEADER: ("goal", "experience", "strengths"),
}
_LAST = ("work_samples", "team", "field", "matters")
FACT_KEYS = ("signature", "field", "team", *NOTE_KEYS)
_FEWER_STRENGTHS = (5, 3)
_FILES = "…"  # stands for attached files in the work samples' phrases; en.toml explains it


class Use(StrEnum):
    """What became of a note."""

    USED = "used"  # it stands in the letter
    ASK = "ask"  # the candidate has to put it into a sentence
    SET_ASIDE = "set_aside"  # better not written: a secret, grief, pay, gossip
    NOTHING = "nothing"  # "n/a", "idk": there is nothing to say
    NO_ROOM = "no_room"  # the letter would be too long


@dataclass(frozen=True, slots=True)
class NoteUse:
    """What became of the note under `key` (of NOTE_KEYS).

    `sentence` is what the letter says of it; for ASK and SET_ASIDE the best suggestion, possibly empty.
    `reason` is an id of phrasebook/reasons.toml for ASK and SET_ASIDE, else empty.
    """

    key: str
    use: Use
    sentence: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """`left_out` holds the keys of facts that the letter does not carry, or not in full.

    `notes` says of every note what became of it. `unsure` are the keys that wait for the candidate's own sentence.
    """

    greeting: str
    subject: str
    subject_options: tuple[str, ...]
    body: str
    left_out: tuple[str, ...]
    words: int
    notes: tuple[NoteUse, ...] = ()

    @property
    def unsure(self) -> tuple[str, ...]:
        return tuple(note.key for note in self.notes if note.use is Use.ASK)


def count_words(text: str) -> int:
    return len(text.split())


def effective_role(person: Interviewer) -> Role:
    """The role entered, else the one the job title suggests, else a peer's."""
    return person.role or grammar.role_from_title(person.job_title) or Role.PEER


def compose_letter(panel: Panel, index: int, tones: Tone | Sequence[Tone] = Tone.WARM) -> Letter:
    """The letter to one interviewer, apart from those to the others. `tones`: one for all, or one each."""
    return PanelWords(panel, each_tone(tones, panel)).letter(index)


def compose_panel(panel: Panel, tones: Tone | Sequence[Tone] = Tone.WARM) -> list[Letter]:
    """A letter to each interviewer, in the panel's order."""
    shared = PanelWords(panel, each_tone(tones, panel))
    return [shared.letter(index) for index in range(len(panel.interviewers))]


def each_tone(tones: Tone | Sequence[Tone], panel: Panel) -> tuple[Tone, ...]:
    if isinstance(tones, Tone):
        return (tones,) * len(panel.interviewers)
    return tuple(tones)


class PanelWords:
    """The variants a panel's letters use; worked out once for all of them, slot by slot as needed."""

    def __init__(self, panel: Panel, tones: tuple[Tone, ...]) -> None:
        self.panel = panel
        self.members = [
            Member(
                effective_role(person),
                tone,
                f"{panel.interview.company}\0{panel.interview.position}\0{person.full_name}",
            )
            for person, tone in zip(panel.interviewers, tones, strict=True)
        ]
        self._chosen: dict[str, list[str]] = {}

    def variant(self, slot: str, index: int) -> str:
        if slot not in self._chosen:
            self._chosen[slot] = self._choose(phrasebook(), slot)
        return self._chosen[slot][index]

    def sample_variant(self, kind: str, index: int) -> str:
        """As `variant`, of the work samples' phrases of one kind."""
        key = f"work_samples {kind}"
        if key not in self._chosen:
            self._chosen[key] = self._choose(_sample_book(kind), "work_samples")
        return self._chosen[key][index]

    def _choose(self, book: Phrasebook, slot: str) -> list[str]:
        return choose([preference(book, slot, member) for member in self.members])

    @cached_property
    def subjects(self) -> list[list[str]]:
        return choose_subjects(self.panel, self.members)

    def letter(self, index: int) -> Letter:
        return Writer(self, index).letter()


class Writer:
    """One letter: what can be said to this person, and how much of it fits."""

    def __init__(self, shared: PanelWords, index: int) -> None:
        self.shared, self.index = shared, index
        self.panel = shared.panel
        self.person = shared.panel.interviewers[index]
        self.member = shared.members[index]
        interview = self.panel.interview
        self.company = " ".join(interview.company.split())
        self.position = grammar.position_name(interview.position)
        self.names = tuple(
            name
            for name in (
                self.company,
                interview.position,
                interview.team,
                *(person.full_name for person in self.panel.interviewers),
            )
            if name
        )
        self.fragments = {
            key: found
            for key in ("mentioned", "enjoyed", "experience", "goal", "forgot")
            if (found := grammar.fragment(getattr(self.person, key), key, self.names))
        }
        self.topic = grammar.fragment(self.person.correction.topic, "topic", self.names)
        self.answer = grammar.fragment(self.person.correction.answer, "answer", self.names)
        self.strengths = grammar.strengths_list(self.person.strengths, self.names)
        self.field = grammar.fragment(interview.field, "field", self.names)
        self.team = grammar.team_name(interview.team)
        self.links = [_sample_line(sample) for sample in self.person.work_samples if sample.url]
        self.files = [_file_called(sample) for sample in self.person.work_samples if sample.file]
        self.callback = _callback(self.person.callback)
        self.signature = _signature(self.panel)

    # ------------------------------------------------------------ what fits

    def letter(self) -> Letter:
        strengths = self.strengths
        included: frozenset[str] = frozenset()
        for key in (*_PERSONAL_FIRST, *_MATCH[self.member.role], *_LAST):
            if not self._sayable(key):
                continue
            limit = COMFORTABLE if key == "matters" else CEILING
            if key != "strengths":
                if count_words(self._body(included | {key})) <= limit:
                    included |= {key}
                continue
            for count in (len(strengths), *_FEWER_STRENGTHS):
                self.strengths = strengths[:count]
                if count_words(self._body(included | {key})) <= limit:
                    included |= {key}
                    break
        complete = included if self.strengths == strengths else included - {"strengths"}
        body = self._body(included)
        subjects = self.shared.subjects[self.index][:SUBJECT_OPTIONS]
        return Letter(
            greeting=self._greeting(),
            subject=subjects[0],
            subject_options=tuple(subjects),
            body=body,
            left_out=tuple(key for key in FACT_KEYS if self._given(key) and key not in complete),
            words=count_words(body),
        )

    def _given(self, key: str) -> bool:
        """Whether the user entered anything under this key."""
        if key == "signature":
            return bool(self.panel.sender.signature.strip())
        if key in ("field", "team"):
            return bool(getattr(self.panel.interview, key).strip())
        return is_noted(self.person, key)

    def _sayable(self, key: str) -> bool:
        """Whether there is something under this key that a sentence can carry."""
        return bool(
            {
                "signature": self.signature,
                "callback": self.callback,
                "strengths": self.strengths,
                "work_samples": self.links or self.files,
                "field": self.field,
                "team": self.team,
                "correction": self.answer,
                "matters": "mentioned" in self.fragments and self.member.tone is not Tone.BRIEF,
            }.get(key, key in self.fragments)
        )

    # ------------------------------------------------------------ what it reads like

    def _body(self, included: frozenset[str]) -> str:
        return "\n\n".join(
            part
            for part in (
                self._greeting(),
                " ".join([self._thanks(), *self._heard(included)]),
                " ".join([*self._interest(included), *self._match(included)]),
                " ".join([*self._forgot(included), *self._correction(included)]),
                self._work_samples(included),
                self._say("next_steps"),
                self._sign_off(included),
                self.callback if "callback" in included else "",
            )
            if part
        )

    def _say(self, slot: str, **values: str) -> str:
        return fill(self.shared.variant(slot, self.index), values)

    def _greeting(self) -> str:
        return self._say("greeting", greet_as=grammar.greeted(self.person.greet_as, self.person.full_name))

    def _thanks(self) -> str:
        stage = self.panel.interview.stage
        return self._say(
            "thanks",
            position=self.position,
            a_position=f"{grammar.indefinite(self.position)} {self.position}",
            occasion=words().occasions[stage or "other"],
        )

    def _heard(self, included: frozenset[str]) -> list[str]:
        mentioned, enjoyed = [], []
        if "mentioned" in included:
            mentioned = [self._say("mentioned", mentioned=with_that(self.fragments["mentioned"]))]
            if "matters" in included:
                mentioned.append(self._say("matters"))
        if "enjoyed" in included:
            found = self.fragments["enjoyed"]
            that = found.shape in (Shape.THAT, Shape.CLAUSE)
            enjoyed = [self._say("enjoyed_that" if that else "enjoyed", enjoyed=with_that(found))]
        return enjoyed + mentioned if self.member.role is Role.PEER else mentioned + enjoyed

    def _interest(self, included: frozenset[str]) -> list[str]:
        team = self.team if "team" in included else ""
        sentences = [
            self._say(
                "interest",
                place=f"on {team} at {self.company}" if team else f"at {self.company}",
                company_team=f"{team} at {self.company}" if team else self.company,
            )
        ]
        if "field" in included and self.field:
            sentences.append(self._say("field", field=self.field.text))
        return sentences

    def _match(self, included: frozenset[str]) -> list[str]:
        strengths = []
        if "strengths" in included:
            strengths = [self._say("strengths", strengths=grammar.join_list(self.strengths))]
        rest = self._experience_and_goal(included)
        first = _MATCH[self.member.role][0]
        return strengths + rest if first == "strengths" else rest + strengths

    def _experience_and_goal(self, included: frozenset[str]) -> list[str]:
        experience = self.fragments["experience"] if "experience" in included else None
        goal = grammar.goal_shape(self.fragments["goal"]) if "goal" in included else None
        sentences = []
        if experience and (experience.shape is Shape.CLAUSE):
            sentences.append(grammar.full_stop(grammar.upper_first(experience.text)))
        elif experience:
            after = grammar.experience_shape(experience)
            if goal and not experience.many:
                return [self._say("experience_goal", experience=after.text, goal=goal.text)]
            sentences.append(self._say("experience", experience=after.text))
        if goal:
            sentences.append(self._say("goal", goal=goal.text))
        return sentences

    def _forgot(self, included: frozenset[str]) -> list[str]:
        if "forgot" not in included:
            return []
        return [self._say("forgot", forgot=with_that(self.fragments["forgot"]))]

    def _correction(self, included: frozenset[str]) -> list[str]:
        if "correction" not in included or not self.answer:
            return []
        if not self.topic:
            return [self._say("correction_answer", answer=self.answer.text)]
        if self.answer.shape in (Shape.THAT, Shape.CLAUSE):
            return [self._say("correction_that", topic=self.topic.text, answer=with_that(self.answer))]
        return [self._say("correction", topic=self.topic.text, answer=self.answer.text)]

    def _work_samples(self, included: frozenset[str]) -> str:
        if "work_samples" not in included:
            return ""
        if not self.files:
            return "\n".join([self.shared.sample_variant("links", self.index), *self.links])
        attached = self.shared.sample_variant("files", self.index).removesuffix(_FILES)
        attached = grammar.full_stop(attached + grammar.join_list(self.files))
        if not self.links:
            return attached
        more = self.shared.sample_variant("more", self.index).removeprefix(_FILES)
        return "\n".join([attached + more, *self.links])

    def _sign_off(self, included: frozenset[str]) -> str:
        name = " ".join(self.panel.sender.full_name.split())
        return "\n".join([self._say("sign_off"), self.signature if "signature" in included else name])


def with_that(found: Fragment) -> str:
    return f"that {found.text}" if found.shape is Shape.CLAUSE else found.text


def _sample_line(sample: WorkSample) -> str:
    label = grammar.trim(" ".join(sample.label.split()))
    return f"{label}: {sample.url}" if label else sample.url


def _file_called(sample: WorkSample) -> str:
    """The label as typed, else the file's name."""
    return grammar.trim(" ".join(sample.label.split())) or " ".join(sample.file.split())


@cache
def _sample_book(kind: str) -> Phrasebook:
    """The phrasebook's work samples of one kind alone: above "links", for "files", or for "more" after files."""
    return Phrasebook(
        {
            key: kept
            for key, texts in phrasebook().variants.items()
            if key[0] == "work_samples" and (kept := tuple(text for text in texts if _kind(text) == kind))
        }
    )


def _kind(text: str) -> str:
    if text.endswith(_FILES):
        return "files"
    return "more" if text.startswith(_FILES) else "links"


def _callback(text: str) -> str:
    body = grammar.without_prompt(" ".join(text.split()), "callback").strip()
    if not re.search(r"\w|[^\x00-\x7f]", body):
        return ""
    return f"P.S. {grammar.full_stop(grammar.upper_first(body))}"


def _signature(panel: Panel) -> str:
    """The signature's lines, under the name where it does not hold it."""
    lines = [" ".join(line.split()) for line in panel.sender.signature.splitlines()]
    lines = [line for line in lines if line]
    if not lines:
        return ""
    name = " ".join(panel.sender.full_name.split())
    first = grammar.greet_name(name)
    signed = any(first.casefold() in line.casefold() and "://" not in line for line in lines)
    return "\n".join(lines if signed else [name, *lines])
