"""Reads all notes about one person; how one note is read stands in `drafts/domain/notes`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from drafts.domain.facts import Interviewer
from drafts.domain.notes.clean import corrected_spelling, says_nothing
from drafts.domain.notes.lists import note_patterns
from drafts.domain.notes.points import Asked, Context, Point, Reading, sentence_of
from drafts.domain.notes.products import with_products
from drafts.domain.notes.reading import read_note
from drafts.domain.notes.soundness import shows_slip
from drafts.domain.notes.strengths import Strengths, read_strengths
from drafts.domain.notes.topics import read_topic

# The most points per note, before any shortening. A letter is not the minutes of the conversation.
MOST_POINTS = {
    "mentioned": 3,
    "enjoyed": 2,
    "experience": 4,
    "goal": 2,
    "forgot": 2,
    "answer": 4,
    "callback": 2,
    "ask": 1,
}


@dataclass(frozen=True, slots=True)
class Readings:
    """All notes about one person, read."""

    notes: dict[str, Reading]
    strengths: Strengths
    topic: str

    def points(self, key: str) -> list[Point]:
        """The points that belong to a field, whichever box they were typed into, up to the field's maximum."""
        found = [point for reading in self.notes.values() for point in reading.points if point.key == key]
        return found[: MOST_POINTS[key]]


@lru_cache(maxsize=512)
def read_person(person: Interviewer, context: Context) -> Readings:
    """Reads every note of a person that has no sentence of the candidate's own."""
    own = dict(person.say)
    texts = {
        "mentioned": person.mentioned,
        "enjoyed": person.enjoyed,
        "experience": person.experience,
        "goal": person.goal,
        "forgot": person.forgot,
        "answer": person.correction.answer,
        "callback": person.callback,
        "ask": person.ask,
    }
    notes = {
        key: read_note(key, "" if own.get("correction" if key == "answer" else key) else text, context)
        for key, text in texts.items()
    }
    strengths = read_strengths(() if own.get("strengths") else person.strengths, context)
    if any(_has_slip(reading, context) for reading in notes.values()):
        # Where one remark has a slip, others have some that nothing here can tell (docs/decisions/0013).
        notes = {key: _all_asked(reading, "check") for key, reading in notes.items()}
        strengths = strengths.all_asked()
    if notes["goal"].asked:
        # Half an aim often means something else: "keep Donna's patients", without "who are nervous".
        notes["goal"] = _all_asked(notes["goal"], "grammar")
    topic = read_topic(person.correction.topic, context)
    if not topic and not says_nothing(person.correction.topic):
        # "I said cream" corrects nothing without its topic.
        notes["answer"] = _all_asked(notes["answer"], "grammar")
    return _with_products(Readings(notes, strengths, topic), context)


def _has_slip(reading: Reading, context: Context) -> bool:
    remarks = [*(item.typed for item in reading.asked), *(point.typed for point in reading.points)]
    return any(item.reason == "grammar" for item in reading.asked) or any(
        note_patterns().second_language.search(remark) or shows_slip(corrected_spelling(remark, context))
        for remark in remarks
    )


def _with_products(readings: Readings, context: Context) -> Readings:
    """The readings with technologies written right. Only after the reading: a capital may be taken for a subject."""

    def right(text: str) -> str:
        return with_products(text, context.known)

    def all_right(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(right, texts))

    notes = {
        key: replace(
            reading,
            points=tuple(replace(point, text=right(point.text)) for point in reading.points),
            asked=tuple(replace(item, suggestion=right(item.suggestion)) for item in reading.asked),
        )
        for key, reading in readings.notes.items()
    }
    read = readings.strengths
    strengths = replace(
        read, skills=all_right(read.skills), traits=all_right(read.traits), acts=all_right(read.acts)
    )
    return Readings(notes, strengths, right(readings.topic))


def _all_asked(reading: Reading, reason: str) -> Reading:
    """The reading with questions in place of its points; `reason` is an id of reasons.toml."""
    asked = tuple(
        Asked(point.typed, sentence_of(point.key, point.form, point.text), reason) for point in reading.points
    )
    return replace(reading, points=(), asked=(*reading.asked, *asked))
