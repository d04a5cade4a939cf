"""What a letter may say: the notes, the facts of the interview, and the current letter, each by whom it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from drafts.domain.facts import Interviewer, Panel
from drafts.domain.naming import names_of
from drafts.domain.notes import clean
from drafts.domain.notes.lists import note_lists
from drafts.domain.notes.parser import Parse, parse
from drafts.domain.tokens import fold
from drafts.guard.claims import MY, Clause, Side, clauses_of
from drafts.guard.content import Content, content_of, is_neutral, key, missing
from drafts.guard.figures import numbers_of
from drafts.guard.lists import lists
from drafts.guard.parts import Said

# Fields by whom they are about; fields in neither list may be about both.
MINE = ("experience", "goal", "forgot", "answer")
THEIRS = ("mentioned", "enjoyed")


@dataclass(frozen=True)
class Source:
    """A note, split into remarks, or what a sentence of the letter says about one side. `side` is None for both."""

    side: Side | None
    remarks: tuple[str, ...]
    keys: Content
    clauses: tuple[Clause, ...]
    is_aim: bool = False
    is_skill: bool = False
    is_typed: bool = False  # a note of the candidate, not a sentence of the letter

    @cached_property
    def verbs(self) -> Content:
        return frozenset(key(clause.verb) for clause in self.clauses if clause.verb)


@dataclass(frozen=True)
class Sources:
    """`notes` also has the letter's clauses; `job` has the facts of the interview and the panel."""

    notes: tuple[Source, ...]
    job: Source
    known: str  # all facts, folded, for checking names and numbers

    @property
    def all(self) -> tuple[Source, ...]:
        return (*self.notes, self.job)

    def of(self, side: Side, *, with_job: bool = True) -> tuple[Source, ...]:
        """What may be said about one side. Does not include the job: "I am a data analyst" is not true just because the
        job is one."""
        there = self.all if with_job else self.notes
        return tuple(source for source in there if source.side in (side, None))

    @cached_property
    def mine(self) -> Content:
        return frozenset[str]().union(*(source.keys for source in self.all if source.side is Side.ME))

    @cached_property
    def done(self) -> Content:
        """What is said of the candidate as a fact, without aims."""
        return frozenset[str]().union(
            *(one.keys for one in self.all if one.side is Side.ME and not one.is_aim)
        )

    @cached_property
    def aims(self) -> tuple[tuple[Content, frozenset[float]], ...]:
        """The telling words and the numbers of each aim that are nowhere else in the notes."""
        others = self.done | self.theirs | self.both
        numbers = _numbers(one for one in self.all if not one.is_aim)
        return tuple(
            (frozenset(missing(filter(_is_telling, one.keys), others)), _numbers([one]) - numbers)
            for one in self.all
            if one.is_aim
        )

    @cached_property
    def theirs(self) -> Content:
        return frozenset[str]().union(*(source.keys for source in self.all if source.side is Side.YOU))

    @cached_property
    def both(self) -> Content:
        return frozenset[str]().union(*(source.keys for source in self.all if source.side is None))

    @cached_property
    def every(self) -> Content:
        return self.mine | self.theirs | self.both

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(re.findall(r"[^\W_]+", self.known))


def sources_of(panel: Panel, person: Interviewer, letter: tuple[Said, ...]) -> Sources:
    notes = list(_notes(person))
    found = [*notes, *(_as_in_notes(one, notes) for one in _letter(letter))]
    job = _source(None, "\n".join(_around(panel, person)))
    known = fold("\n".join(remark for source in (job, *found) for remark in source.remarks))
    return Sources(tuple(found), job, known)


def _numbers(some: Iterable[Source]) -> frozenset[float]:
    return frozenset(value for one in some for text in one.remarks for value, _, _ in numbers_of(text))


def _is_telling(one: str) -> bool:
    return not is_neutral(one)


def _as_in_notes(clause: Source, notes: list[Source]) -> Source:
    """What the letter says, of the side whose notes say it: who says what is clearer in them than in its grammar."""
    telling = list(filter(_is_telling, clause.keys))
    if not telling:
        return clause
    holding = [note for note in notes if note.side and not missing(telling, note.keys)]
    sides = {note.side for note in holding}
    if len(sides) != 1:
        return clause
    is_aim = all(note.is_aim for note in holding)
    return replace(clause, side=sides.pop(), is_aim=is_aim, is_skill=all(note.is_skill for note in holding))


def _around(panel: Panel, person: Interviewer) -> Iterator[str]:
    interview = panel.interview
    yield from (interview.company, interview.position, interview.field, interview.team)
    yield from (panel.sender.full_name, panel.sender.signature)
    yield from (person.full_name, person.greet_as, person.job_title)
    yield from (f"{sample.label} {sample.url} {sample.file}" for sample in person.work_samples)
    yield from (one.full_name for one in panel.interviewers)


def _side(field: str, text: str, person: Interviewer) -> Side | None:
    """Whom a note is about. None for both: what the reader asked, among the candidate's own facts, or the reverse."""
    if field in MINE:
        full_name, _ = names_of(person.full_name, person.greet_as)
        names = "|".join(map(re.escape, ["s?he", "they", *full_name.split()]))
        return None if re.search(rf"\b(?:{names})\b", text, re.I) else Side.ME
    if field in THEIRS:
        return None if re.search(r"\b(?:let me|my|me)\b", text, re.I) else Side.YOU
    return None


def _notes(person: Interviewer) -> Iterator[Source]:
    notes = {field: getattr(person, field) for field in (*MINE[:3], *THEIRS, "callback", "ask")}
    notes |= {"answer": person.correction.answer, "topic": person.correction.topic}
    for strength in person.strengths:
        yield _source(Side.ME, strength, is_skill=True)
    for field, text in notes.items():
        if text.strip():
            yield _source(_side(field, text, person), text, is_aim=field == "goal")
    for field, text in person.say:
        yield from _clause_sources(parse(text), text, is_aim=field == "goal")


def _source(side: Side | None, text: str, **what: bool) -> Source:
    """A note as typed, and again with its abbreviations spelled out."""
    tidied = [clean.tidy(remark, ()) for remark in clean.remarks(text)]
    clauses = tuple(
        clause
        for found in map(parse, tidied)
        if found is not None
        for clause in clauses_of(found, side or Side.OTHER)
    )
    remarks = (*clean.remarks(text), *tidied, " ".join(_days_and_months(text)))
    # As typed as well: the parser takes "pms" for a plural.
    keys = content_of(text).union(
        *map(content_of, tidied), map(key, re.findall(r"\b[^\W\d_]{3,4}\b", text.lower()))
    )
    return Source(side, remarks, keys, clauses, is_typed=True, **what)


def _days_and_months(text: str) -> Iterator[str]:
    """The days and months abbreviated in a note: "mon-thu" -> Monday, Thursday."""
    for word in re.findall(r"[^\W\d_]+", text.lower()):
        for known in (note_lists().days, note_lists().months, {"sat": "Saturday", "sun": "Sunday"}):
            if word in known:
                yield known[word]


def _letter(letter: tuple[Said, ...]) -> Iterator[Source]:
    for one in letter:
        yield from _clause_sources(parse(one.text), one.text)


def _clause_sources(found: Parse | None, text: str, **what: bool) -> Iterator[Source]:
    """A sentence of a letter by its clauses: "You said that you use Kafka, and I ran it" is about both."""
    if found is None:
        yield Source(None, (text,), content_of(text), ())
        return
    clauses = clauses_of(found)
    reporting = {_about(clause, set()) for clause in clauses if clause.verb in lists().reports | {"thank"}}
    reporting -= {Side.OTHER}
    by_side: dict[Side, list[Clause]] = {}
    for clause in clauses:
        by_side.setdefault(_about(clause, reporting), []).append(clause)
    for side, some in by_side.items():
        is_aim = side is Side.ME and all(clause.is_wish for clause in some if clause.keys)
        yield Source(
            None if side is Side.OTHER else side,
            (text,),
            frozenset[str]().union(*(clause.keys for clause in some)),
            tuple(some),
            is_aim=is_aim or what.get("is_aim", False),
        )


def _about(clause: Clause, reporting: set[Side]) -> Side:
    """Whom a clause is about: what the candidate enjoyed hearing is about the other side; else its subject, speaker or
    owner decides."""
    if clause.side is Side.ME and clause.verb in lists().hearing and not clause.is_wish:
        return Side.YOU
    if clause.side is not Side.OTHER:
        return clause.side
    if clause.verb == "thank":
        return Side.YOU
    owners = {token.lower for token in clause.words}
    if owners & MY:
        return Side.ME
    return next(iter(reporting)) if len(reporting) == 1 else Side.OTHER
