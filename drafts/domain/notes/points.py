"""The results of reading a note: points for sentences, and what has to be asked about or left out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from drafts.domain.facts import Panel
from drafts.domain.naming import called_in_notes, names_of
from drafts.domain.notes.lists import frame_of, word_sets
from drafts.domain.tokens import words_of


class Form(StrEnum):
    """How a point connects to the phrasebook's words before it."""

    THAT = "that"  # a clause: the kitchen closes at ten
    HOW = "how"  # a clause that begins with a question word: how you train the carers
    ABOUT = "about"  # a noun phrase: the memory boxes
    ITSELF = "itself"  # a noun phrase or -ing form that was itself enjoyed: the tour
    THING = "thing"  # a noun phrase that was liked: your sense of humor
    TALKED = "talked"  # a noun phrase the two talked about
    OWN = "own"  # a complete sentence: I ran the line for three years
    VERB = "verb"  # a verb phrase: cut the deploy time
    PHRASE = "phrase"  # words after a colon
    ASKED = "asked"  # a direct question: when do you decide


# A noun phrase follows the words of these forms.
PHRASES = frozenset({Form.ABOUT, Form.TALKED, Form.ITSELF, Form.THING})


def sentence_of(key: str, form: Form, text: str) -> str:
    """The plainest sentence of a point, with its closing mark."""
    frame = frame_of(key, form)
    said = text if frame[0] != "{" else text[:1].upper() + text[1:]
    if said.endswith((".", "!", "?")) and frame.endswith(("}.", "}?")):
        said = said[:-1] if frame.endswith("?") or said.endswith(".") else said
        return frame[:-1].format(said) if said.endswith(("!", "?")) else frame.format(said)
    return frame.format(said)


@dataclass(frozen=True, slots=True)
class Point:
    """`text` is ready for a sentence: lowercase first letter (except names), no closing punctuation. `typed` is the
    remark."""

    key: str
    form: Form
    text: str
    typed: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A remark that needs the candidate's own words; `suggestion` is a whole sentence, or empty."""

    typed: str
    suggestion: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a note says. `aside` has (remark, reason) for remarks that are better left out."""

    key: str
    points: tuple[Point, ...] = ()
    asked: tuple[Asked, ...] = ()
    aside: tuple[tuple[str, str], ...] = ()

    @property
    def says_nothing(self) -> bool:
        return not (self.points or self.asked or self.aside)


@dataclass(frozen=True, slots=True)
class Context:
    """The context in which a note is read.

    `reader`: the words of the reader's own name, in lower case, or the nouns of a description ("owner"). `names`: all
    names of the panel, as typed. `known`: their words, in lower case, which count as spelled right.
    """

    reader: frozenset[str]
    names: tuple[str, ...]
    known: frozenset[str]


def context_of(panel: Panel, index: int) -> Context:
    """The context of the interviewer at an index of the panel. Raises IndexError if there is none."""
    interview = panel.interview
    person = panel.interviewers[index]
    names = tuple(
        text
        for text in (
            interview.company,
            interview.position,
            interview.team,
            interview.field,
            panel.sender.full_name,
            *(names_of(other.full_name, other.greet_as)[0] for other in panel.interviewers),
            *(other.greet_as for other in panel.interviewers),
        )
        if text
    )
    reader = frozenset(
        word.text
        for text in called_in_notes(person.full_name, person.greet_as)
        for word in words_of(text)
        if len(word.text) > 1 and word.text not in word_sets().no_names
    )
    return Context(reader, names, frozenset(word.text for name in names for word in words_of(name)))
