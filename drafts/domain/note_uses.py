"""What happened to every note: used, asked about, set aside, or dropped for length."""

from __future__ import annotations

from drafts.domain.facts import Interviewer
from drafts.domain.letter import NoteUse, Use
from drafts.domain.notes.points import Asked
from drafts.domain.sentences import MOST_SKILLS, Readings


def note_uses(
    person: Interviewer, readings: Readings, said: dict[str, list[str]], noted: tuple[str, ...]
) -> tuple[NoteUse, ...]:
    """What happened to every note. `said`: the letter's sentences by key. `noted`: the keys that have a note."""
    return tuple(_note_use(person, readings, said, key) for key in noted)


def _note_use(person: Interviewer, readings: Readings, said: dict[str, list[str]], key: str) -> NoteUse:
    if key == "work_samples":
        return NoteUse(key, Use.USED if key in said else Use.NO_ROOM)
    sentence = " ".join(said.get(key, ()))
    if person.own_sentence(key):
        return NoteUse(key, Use.USED if sentence else Use.NO_ROOM, sentence)
    if key == "strengths":
        read = readings.strengths
        asked, aside, points = read.asked, read.aside, bool(read.skills or read.traits or read.acts)
        beyond = read.skills[MOST_SKILLS:]
    else:
        note = readings.notes["answer" if key == "correction" else key]
        asked, aside, points = note.asked, note.aside, bool(note.points)
        beyond = tuple(point.text for point in note.points if point not in readings.points(point.key))
        elsewhere = {point.key for point in note.points} - {key, "answer"}
        if elsewhere and not sentence:
            sentence = " ".join(text for other in elsewhere for text in said.get(other, ()))
    hushed = tuple(item for item, _ in aside)
    missing = (*(item.typed for item in asked), *hushed, *beyond)
    if points:
        use = Use.USED if sentence else Use.NO_ROOM
        reason = asked[0].reason if asked else ""
        return NoteUse(key, use, sentence, reason, missing=tuple(dict.fromkeys(missing)), aside=hushed)
    if asked:
        return NoteUse(key, Use.ASK, _suggestion(asked), asked[0].reason, aside=hushed)
    if aside:
        return NoteUse(key, Use.SET_ASIDE, reason=aside[0][1], aside=hushed)
    return NoteUse(key, Use.NOTHING)


def _suggestion(asked: tuple[Asked, ...]) -> str:
    """The sentences suggested for the first two remarks; more would be too long."""
    return " ".join(item.suggestion for item in asked[:2] if item.suggestion)
