"""The result of composing: a letter, and what happened to every note."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Use(StrEnum):
    """What happened to a note."""

    USED = "used"  # it is in the letter
    ASK = "ask"  # the candidate has to put it into a sentence
    SET_ASIDE = "set_aside"  # better left out: a secret, grief, pay, gossip
    NOTHING = "nothing"  # "n/a", "idk": there is nothing to say
    NO_ROOM = "no_room"  # the letter would be too long


@dataclass(frozen=True, slots=True)
class NoteUse:
    """What happened to the note under `key` (one of NOTE_KEYS).

    `sentence` is the letter's sentence for it; for ASK, the best suggestion, possibly empty. `reason` is an id of
    phrasebook/reasons.toml: why the note, or a part of a used one, is asked about, or why the note is set aside.
    `missing` are the remarks of a used note that the letter leaves out, unchanged; `aside` are the remarks of any note
    that are better left out, unchanged. `suggestion`: for a note of which a part is asked about, sentences for all of
    it, which the candidate may take instead; for an answer (follow_ups) that is asked about without a `sentence`, words
    that still need correcting.
    """

    key: str
    use: Use
    sentence: str = ""
    reason: str = ""
    missing: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """`left_out` has the keys of facts that the letter leaves out, wholly or in part.

    `notes` says what happened to each note. `unsure` are the keys that still need the candidate's own sentence.
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

    @property
    def suggestions(self) -> dict[str, str]:
        """The suggested sentences for the notes that are asked about, by their keys."""
        return {
            note.key: sentence
            for note in self.notes
            if note.key in self.asked_about
            and (sentence := note.sentence if note.use is Use.ASK else note.suggestion)
        }

    @property
    def asked_about(self) -> tuple[str, ...]:
        """`unsure`, and the keys of notes of which only a part needs the candidate's own sentence."""
        return tuple(
            note.key
            for note in self.notes
            if note.use is Use.ASK or (note.reason and note.use is not Use.SET_ASIDE)
        )
