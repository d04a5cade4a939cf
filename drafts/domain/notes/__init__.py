"""From notes as people type them to sentences said to the reader.

`sort_notes` sorts everything that was typed in one box into the fields.
"""

from __future__ import annotations

from dataclasses import dataclass

from drafts.domain.facts import Panel


@dataclass(frozen=True, slots=True)
class SortedLine:
    """One remark out of a box of everything, and the key of the facts document it seems to belong to.

    `key` is one of NOTE_KEYS without `work_samples` ("correction" means its answer), or "" for nothing to use.
    """

    text: str
    key: str


def sort_notes(text: str, panel: Panel, index: int) -> tuple[SortedLine, ...]:
    """Sorts what was typed about one interviewer. Pure; the candidate confirms every line."""
    lines = [line.strip() for line in text.splitlines()]
    return tuple(SortedLine(line, "mentioned") for line in lines if line)
