"""Turns a field's text into points addressed to the reader. What does not fit with confidence is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache

from drafts.domain.notes import clean
from drafts.domain.notes.closing import callbacks, questions
from drafts.domain.notes.fitting import REFERS_BACK, Candidate, fitted
from drafts.domain.notes.lists import note_patterns, word_sets
from drafts.domain.notes.mine import aims, answers, experiences, forgotten
from drafts.domain.notes.parser import parse
from drafts.domain.notes.points import PHRASES, Asked, Context, Form, Point, Reading, sentence_of
from drafts.domain.notes.sensitive import reason_to_leave_out
from drafts.domain.notes.shapes import Shape, shape_of
from drafts.domain.notes.theirs import liked, told
from drafts.domain.proofread import is_word
from drafts.domain.tokens import without_s, words_of

SHORT_SENTENCE = 5  # words; a shorter sentence later in a note says little by itself

Maker = Callable[[str, Context], list[Candidate]]

MAKERS: dict[str, Maker] = {
    "mentioned": told,
    "enjoyed": liked,
    "experience": experiences,
    "goal": aims,
    "forgot": forgotten,
    "answer": answers,
    "callback": callbacks,
    "ask": questions,
}


@lru_cache(maxsize=4096)
def read_note(key: str, text: str, context: Context) -> Reading:
    """The points of a note under `key` (one of MAKERS); pure and total."""
    if not text.strip() or clean.says_nothing(text):
        return Reading(key)
    reason, whole = reason_to_leave_out(text)
    if whole:
        return Reading(key, aside=((" ".join(text.split()), reason),))
    if clean.looks_foreign(text):
        return Reading(key, asked=(Asked(" ".join(text.split()), "", "language"),))
    return _without_half_correction(_read_remarks(key, text, context))


def _read_remarks(key: str, text: str, context: Context) -> Reading:
    """Reads the remarks of a note one by one: into points, into questions, or left out with a reason."""
    points: list[Point] = []
    asked: list[Asked] = []
    aside: list[tuple[str, str]] = []
    gap = False
    mixed = _speaks_of_two(text, context)
    for number, remark in enumerate(clean.remarks(text)):
        if clean.says_nothing(remark):
            continue
        reason = _reason_for_aside(remark)
        if reason:
            aside.append((remark, reason))
            gap = True
            continue
        if clean.is_unsettled(remark):
            asked.append(Asked(remark, "", "shape"))
            gap = True
            continue
        is_unclear = mixed and bool(_HE.search(remark) or _SHE.search(remark))
        outcome = _read_remark(key, remark, context)
        if outcome is None:
            continue
        if is_unclear and isinstance(outcome, Asked):
            outcome = replace(outcome, suggestion="")
        if isinstance(outcome, Point) and _names_reader(key, outcome, context):
            outcome = Asked(outcome.typed, "", "third_person")
        if isinstance(outcome, Point) and note_patterns().blunt.search(outcome.text):
            outcome = replace(_as_asked(outcome), reason="blunt")
        if isinstance(outcome, Point) and not (
            is_unclear or _leans(key, outcome, after_gap=gap, later=number > 0)
        ):
            points.append(outcome)
        else:
            asked.append(_as_asked(outcome))
            gap = True
    return Reading(key, tuple(points), tuple(asked), tuple(aside))


def _names_reader(key: str, point: Point, context: Context) -> bool:
    """Whether a point speaks of the reader by name, as "Rajan asked about it" does in a letter to Rajan."""
    names = {word for word in re.findall(r"[A-Z][\w'’-]+", point.text) if word.lower() in context.reader}
    # "Will" and "Mark" may be words, and a P.S. may call somebody by name.
    return key != "callback" and any(not is_word(name.lower()) for name in names)


def _without_half_correction(reading: Reading) -> Reading:
    """Asks about the whole correction if only half of it was read, because that may only repeat the wrong answer."""
    points = reading.points
    if (
        reading.key == "answer"
        and points
        and (reading.asked or reading.aside or not _gives_right_answer(points))
    ):
        return replace(reading, points=(), asked=(*map(_as_asked, points), *reading.asked))
    return reading


def _reason_for_aside(remark: str) -> str:
    reason, _ = reason_to_leave_out(remark)
    return reason or ("private" if re.fullmatch(r"\(.*\)\.?", remark) else "")


_PUT_RIGHT = re.compile(r"[;:]|\b(?:but|should|actually|not)\b")
_WRONG_ANSWER = re.compile(r"I (?:only )?(?:said|told|answered|talked|could not|couldn't)\b")
# If a note has both, one of them is not the interviewer.
_HE = re.compile(r"\b(?:he|him|his)\b", re.I)
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Chef|Sister)\.? ([A-Z]\w+)")
_SHE = re.compile(r"\b(?:she|her|hers)\b", re.I)
_NAMED = re.compile(r"(?:the|a|an|your|my|our|this|that|those|these)\b", re.I)


def _gives_right_answer(points: Sequence[Point]) -> bool:
    """Whether any point says more than the wrong answer."""
    return any(not _WRONG_ANSWER.match(point.text) or _PUT_RIGHT.search(point.text) for point in points)


def _speaks_of_two(text: str, context: Context) -> bool:
    """Whether "he" or "she" in a note may be somebody other than the interviewer."""
    if any(name.lower() not in context.reader for name in _TITLED.findall(text)):
        return True
    he, she = len(_HE.findall(text)), len(_SHE.findall(text))
    relatives = any(without_s(word.text).rstrip("s") in word_sets().relatives for word in words_of(text))
    return bool(he and she) or (he + she > 1 and relatives)


# What I did is told in order: a later sentence needs the ones before it.
_TOLD_IN_ORDER = frozenset({"experience", "forgot", "answer"})


def _leans(key: str, point: Point, *, after_gap: bool, later: bool) -> bool:
    """Whether a point makes no sense without a remark before it, which may not be in the letter."""
    if after_gap and (key in _TOLD_IN_ORDER or REFERS_BACK.search(point.text)):
        return True
    short = point.form is Form.OWN and len(point.text.split()) < SHORT_SENTENCE and key != "answer"
    return later and (short or _is_loose_phrase(point))


def _is_loose_phrase(point: Point) -> bool:
    """Whether a later remark is just a noun phrase without an article, and so may belong to the one before."""
    return point.form in PHRASES and not _NAMED.match(
        re.sub(r"\A(?:also|and|plus|then)\s+", "", point.typed, flags=re.I)
    )


def _as_asked(outcome: Point | Asked) -> Asked:
    if isinstance(outcome, Asked):
        return outcome
    return Asked(outcome.typed, sentence_of(outcome.key, outcome.form, outcome.text), "shape")


_INVERTED = re.compile(
    r"(?:would|do|does|did|can|could|is|are|will|should|have|has|am) (?:I|you|they|he|she|it|we|there)\b",
    re.I,
)
# A direct question in one of these was typed into the wrong field.
_NO_QUESTIONS = frozenset({"mentioned", "enjoyed", "experience", "goal", "forgot"})


# Says nothing besides the remark before it.
_LIKED_THAT = re.compile(
    r"I (?:really |also )*(?:liked|loved|enjoyed|appreciated) (?:that|it|this)(?: a lot)?[.!]?", re.I
)


def _read_remark(key: str, remark: str, context: Context) -> Point | Asked | None:
    tidied = clean.corrected_spelling(remark, context)
    if not re.search(r"[^\W_]", tidied) or (key == "enjoyed" and _LIKED_THAT.fullmatch(tidied)):
        return None
    found = parse(tidied)
    if key in _NO_QUESTIONS and (
        _INVERTED.match(tidied)
        or (tidied.endswith("?") and found is not None and shape_of(found) is Shape.QUESTION)
    ):
        key = "ask"
    return fitted(key, tidied, remark, context, MAKERS[key])


__all__ = ["MAKERS", "read_note"]
