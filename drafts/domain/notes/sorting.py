"""Everything typed in one box, sorted into the fields. The candidate confirms every line, so a plain guess is enough."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafts.domain.facts import Panel
from drafts.domain.notes import clean
from drafts.domain.notes.lists import note_lists
from drafts.domain.notes.openings import Opening, without_saying
from drafts.domain.notes.parser import parse
from drafts.domain.notes.points import Context, context_of
from drafts.domain.notes.sensitive import reason_to_leave_out
from drafts.domain.notes.shapes import Shape, shape_of
from drafts.domain.tokens import words_of


@dataclass(frozen=True, slots=True)
class SortedLine:
    """One remark out of a box of everything, and the key of the facts document it seems to belong to.

    `key` is one of NOTE_KEYS without `work_samples` ("correction" means its answer), or "" for nothing to use.
    """

    text: str
    key: str


# Tried in this order; the first that matches the beginning of a remark decides.
_BEGINNINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "callback",
        re.compile(
            r"p\.?\s?s\.?\b|good luck|congrat|happy (?:birthday|holidays)|enjoy your|say hi|hope (?:the|your|you|his|her|their)\b",
            re.I,
        ),
    ),
    (
        "forgot",
        re.compile(
            r"(?:i )?(?:forgot|forget|should have (?:mentioned|said)|didn'?t (?:mention|say|tell)|never mentioned|meant to say)\b",
            re.I,
        ),
    ),
    (
        "correction",
        re.compile(
            r"(?:i )?(?:said|answered|told (?:him|her|them)) .*\b(?:should|actually|wrong|but it)|my answer|better answer|wrong answer|i got .* wrong",
            re.I,
        ),
    ),
    (
        "ask",
        re.compile(
            r"(?:i )?(?:want(?:ed)? to|would like to|need to|forgot to) (?:ask|know)|ask (?:about|when|if|how)|when (?:do|will|would)|i wonder",
            re.I,
        ),
    ),
    (
        "strengths",
        re.compile(
            r"(?:my )?strengths?\b|(?:i'?m |i am )?(?:good|great|strong|quick|patient|reliable) (?:at|with|in|on|and)\b",
            re.I,
        ),
    ),
    (
        "goal",
        re.compile(
            r"(?:i|i'd|i could|i would|i want)\b.{0,20}\bhelp\b|(?:could|would|want to|i'd|i'll) (?:help|fix|improve|set up|build|cut|reduce)\b|help (?:them|him|her|the team)\b",
            re.I,
        ),
    ),
    (
        "enjoyed",
        re.compile(
            r"(?:i )?(?:really |so |also )?(?:liked|loved|enjoyed|like|love)\b|(?:it was )?(?:great|nice|lovely|cool|fun|interesting) (?:to hear|that|how|story)\b|(?:his|her|their) story\b",
            re.I,
        ),
    ),
    (
        "experience",
        re.compile(
            r"(?:my experience|i (?:have|had|did|ran|led|worked|managed|built|used|was|spent|taught|sold|cooked)\b|at my (?:last|old|previous|current)|in my (?:last|old|previous|current)|\d+\+? ?(?:years|yrs)\b|worked\b|ran\b|managed\b|led\b|did\b)",
            re.I,
        ),
    ),
)


def sort_notes(text: str, panel: Panel, index: int) -> tuple[SortedLine, ...]:
    """Sorts what was typed about one interviewer, remark by remark. Pure and total."""
    context = context_of(panel, index)
    found = [SortedLine(remark, _key(remark, context)) for remark in clean.remarks(text)]
    return tuple(line for line in found if re.search(r"\w", line.text))


def _key(remark: str, context: Context) -> str:
    if clean.says_nothing(remark) or reason_to_leave_out(remark)[0]:
        return ""
    tidied = clean.tidy(remark, context.names)
    opening = without_saying(tidied, context.reader).opening
    personal = any(word.text in note_lists().personal for word in words_of(tidied))
    if opening is Opening.ASKED:
        return "mentioned"
    if opening in (Opening.SAID, Opening.ABOUT) and not personal:
        return "mentioned"
    found = parse(tidied)
    if found is not None and shape_of(found) is Shape.QUESTION:
        return "ask"
    for key, beginning in _BEGINNINGS:
        if beginning.match(tidied):
            return key
    return "callback" if personal else "mentioned"
