"""What happened to every note: used, asked about, set aside, or dropped for length."""

from __future__ import annotations

from collections.abc import Sequence

from drafts.domain.facts import Interviewer
from drafts.domain.letter import NoteUse, Use
from drafts.domain.notes import clean
from drafts.domain.notes.lists import frame_of
from drafts.domain.notes.points import Asked, Form, sentence_of
from drafts.domain.notes.strengths import items_of
from drafts.domain.notes.suggesting import strengths_sentence
from drafts.domain.readings import Readings
from drafts.domain.sentences import MOST_SKILLS, telling_words

MOST_SUGGESTED = 4
READ_FIELDS = frozenset({"mentioned", "enjoyed", "experience", "goal", "forgot", "ask"})


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
        return NoteUse(
            key, Use.USED if sentence else Use.NO_ROOM, sentence, missing=_added_since(person, key)
        )
    if key == "strengths":
        read = readings.strengths
        asked, aside, points = read.asked, read.aside, bool(read.skills or read.traits or read.acts)
        beyond = read.skills[MOST_SKILLS:]
        read_sentences = [sentence] if sentence else []
    else:
        note = readings.notes["answer" if key == "correction" else key]
        asked, aside, points = note.asked, note.aside, bool(note.points)
        read_sentences = [sentence_of(point.key, point.form, point.text) for point in note.points]
        beyond = tuple(point.text for point in note.points if point not in readings.points(point.key))
        elsewhere = {point.key for point in note.points} - {key, "answer"}
        if elsewhere and not sentence:
            sentence = " ".join(text for other in elsewhere for text in said.get(other, ()))
    hushed = tuple(item for item, _ in aside)
    missing = (*(item.typed for item in asked), *hushed, *beyond)
    if points:
        use = Use.USED if sentence else Use.NO_ROOM
        reason = asked[0].reason if asked else ""
        whole = _joined([*read_sentences, *_suggestions(asked)]) if _suggestions(asked) else ""
        if key == "strengths" and asked:
            whole = _strengths(person, hushed)
        return NoteUse(key, use, sentence, reason, tuple(dict.fromkeys(missing)), hushed, whole)
    if asked:
        suggestion = _strengths(person, hushed) if key == "strengths" else _joined(_suggestions(asked))
        return NoteUse(key, Use.ASK, suggestion, asked[0].reason, aside=hushed)
    if aside:
        return NoteUse(key, Use.SET_ASIDE, reason=aside[0][1], aside=hushed)
    return NoteUse(key, Use.NOTHING)


def _added_since(person: Interviewer, key: str) -> tuple[str, ...]:
    """The remarks of a note of which the candidate's own sentence says nothing, because they were typed later."""
    if key not in READ_FIELDS:
        return ()
    own = telling_words(person.own_sentence(key))
    found = [(remark, telling_words(remark)) for text in person.typed(key) for remark in clean.remarks(text)]
    is_about_it = any(said & own for _, said in found)
    return tuple(remark for remark, said in found if is_about_it and said and not said & own)


def _suggestions(asked: tuple[Asked, ...]) -> list[str]:
    return [item.suggestion for item in asked if item.suggestion]


def _strengths(person: Interviewer, aside: tuple[str, ...]) -> str:
    return strengths_sentence([item for item in items_of(person.strengths) if item not in aside])


def _joined(sentences: Sequence[str]) -> str:
    """The first of the sentences, as many as a reader can check; "You mentioned that" is said once for two."""
    text = ""
    for sentence in sentences[:MOST_SUGGESTED]:
        start = next((start for start in _clause_starts() if sentence.startswith(start)), "")
        if start and text.startswith(start) and text.endswith("."):
            text = f"{text[:-1]}, and that {sentence.removeprefix(start)}"
        else:
            text = f"{text} {sentence}".strip()
    return text


def _clause_starts() -> tuple[str, ...]:
    """ "You mentioned that ", and the beginnings of the other sentences with a clause."""
    return tuple(frame_of(key, Form.THAT).partition("{")[0] for key in ("mentioned", "enjoyed", "forgot"))
