"""What the notes on a person become in their letter, so that the review recognizes it there."""

from __future__ import annotations

from functools import lru_cache

from drafts.domain.facts import Panel
from drafts.domain.notes.points import context_of
from drafts.domain.readings import Readings, read_person


@lru_cache(maxsize=512)
def carried(panel: Panel, index: int) -> tuple[tuple[str, str], ...]:
    """(key, text) of every point of the notes on one person, and of the candidate's own sentences."""
    person = panel.interviewers[index]
    notes = readings(panel, index).notes
    points = [(point.key, point.text) for note in notes.values() for point in note.points]
    return tuple((key, text) for key, text in (*points, *person.say) if text.strip())


def readings(panel: Panel, index: int) -> Readings:
    return read_person(panel.interviewers[index], context_of(panel, index))


def carried_strengths(panel: Panel, index: int) -> tuple[str, ...]:
    """Strengths as the letter lists them."""
    read = readings(panel, index).strengths
    return (*read.skills, *read.traits, *read.acts)
