"""Sorts a text from one box into the fields. A guess is enough, because the candidate confirms every line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafts.domain.facts import Panel
from drafts.domain.notes import clean
from drafts.domain.notes.lists import note_lists, note_patterns
from drafts.domain.notes.openings import Opening, without_saying
from drafts.domain.notes.parser import parse
from drafts.domain.notes.points import Context, context_of
from drafts.domain.notes.sensitive import reason_to_leave_out
from drafts.domain.notes.shapes import Shape, shape_of
from drafts.domain.tokens import words_of

UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class SortedLine:
    """One remark from that text, and the key of the facts document it seems to belong to.

    `key` is one of NOTE_KEYS without `work_samples` ("correction" means its answer), "" for nothing to use, or
    UNDECIDED where only the candidate can say.
    """

    text: str
    key: str


def sort_notes(text: str, panel: Panel, index: int) -> tuple[SortedLine, ...]:
    """Sorts the remarks about one interviewer. Pure; never raises."""
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
        # What they asked is not what they told. It is to be answered better only if the candidate says so.
        return "correction" if note_patterns().answered_badly.search(tidied) else UNDECIDED
    if opening in (Opening.SAID, Opening.ABOUT) and not personal:
        return "mentioned"
    found = parse(tidied)
    if found is not None and shape_of(found) is Shape.QUESTION:
        return "ask"
    # The first match decides.
    for key, beginning in note_patterns().beginnings:
        if beginning.match(tidied):
            return key
    return "callback" if personal else "mentioned"
