"""What composing gives: a letter, and what became of every note."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Use(StrEnum):
    """What became of a note."""

    USED = "used"  # it stands in the letter
    ASK = "ask"  # the candidate has to put it into a sentence
    SET_ASIDE = "set_aside"  # better not written: a secret, grief, pay, gossip
    NOTHING = "nothing"  # "n/a", "idk": there is nothing to say
    NO_ROOM = "no_room"  # the letter would be too long


@dataclass(frozen=True, slots=True)
class NoteUse:
    """What became of the note under `key` (of NOTE_KEYS).

    `sentence` is what the letter says of it; for ASK the best suggestion, possibly empty.
    `reason` is an id of phrasebook/reasons.toml for ASK and SET_ASIDE, else empty.
    `missing` are the remarks of a used note that the letter does not carry, as typed.
    """

    key: str
    use: Use
    sentence: str = ""
    reason: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """`left_out` holds the keys of facts that the letter does not carry, or not in full.

    `notes` says of every note what became of it. `unsure` are the keys that wait for the candidate's own sentence.
    """

    greeting: str
    subject: str
    subject_options: tuple[str, ...]
    body: str
    left_out: tuple[str, ...]
    words: int
    notes: tuple[NoteUse, ...] = ()

    @property
    def unsure(self) -> tuple[str, ...]:
        return tuple(note.key for note in self.notes if note.use is Use.ASK)
