"""Finds what is better left out of a letter: secrets, grief, health, pay, gossip, blame and self-doubt."""

from __future__ import annotations

from drafts.domain.notes.lists import note_lists
from drafts.domain.tokens import words_of


def reason_to_leave_out(text: str) -> tuple[str, bool]:
    """The reason (an id of reasons.toml, or "") and whether it applies to the whole note, not only to this remark."""
    words = words_of(text)
    for entry in note_lists().set_aside:
        if entry.phrases.are_in(words):
            return entry.reason, entry.whole
    return "", False
