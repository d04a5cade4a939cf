"""What the conversation page shows of each note: its box, what became of it, and the box for one's own sentence."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField

from drafts.domain.facts import NOTE_KEYS, OWN_SENTENCE_KEYS, Interviewer
from drafts.domain.letter import Letter, NoteUse, Use
from drafts.domain.notes.lists import reason_text
from drafts.forms import ConversationForm


@dataclass(frozen=True)
class Fate:
    """What became of a note. `use` is a value of Use, or empty where there is no such note.

    `reads` is the sentence as it will stand, where it is not simply what was typed. `is_own`: the candidate's stands.
    `missing` are the remarks of the note that the letter does not carry.
    """

    key: str
    use: str = ""
    suggestion: str = ""
    reason: str = ""
    reads: str = ""
    is_own: bool = False
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Blank:
    """A field of the form, with the fate of its note where it is the note's last field."""

    field: BoundField
    fate: Fate | None
    say: BoundField | None

    @property
    def is_filled(self) -> bool:
        return bool(self.field.value() or self.field.errors) or self.is_offered

    @property
    def is_open(self) -> bool:
        """Whether the box for one's own sentence is in sight."""
        is_filled = bool(self.say and (self.say.value() or self.say.errors))
        return is_filled or bool(self.fate and self.fate.use == Use.ASK)

    @property
    def is_offered(self) -> bool:
        """Whether there is that box at all, in sight or folded away."""
        return self.is_open or bool(self.fate and (self.fate.use == Use.SET_ASIDE or self.fate.missing))


def fates(letter: Letter, person: Interviewer) -> dict[str, Fate]:
    """By every key of NOTE_KEYS; `person` has the facts that the letter was composed from."""
    uses = {note.key: note for note in letter.notes}
    return {key: _fate(uses.get(key), key, person) for key in NOTE_KEYS}


def is_crowded(letter: Letter) -> bool:
    """Whether something stays out of the letter for want of room, and not because of what it is."""
    notes = {note.key: note for note in letter.notes}
    return any(_has_no_room(notes.get(key)) for key in letter.left_out)


def _has_no_room(note: NoteUse | None) -> bool:
    """Of a key that is left out: whether all or a part of it was too much. None for the signature and the team."""
    return note is None or note.use is Use.NO_ROOM or (note.use is Use.USED and not note.missing)


def _fate(note: NoteUse | None, key: str, person: Interviewer) -> Fate:
    is_own = bool(person.own_sentence(key))
    if note is None:
        return Fate(key, is_own=is_own)
    if note.use in (Use.ASK, Use.SET_ASIDE):
        return Fate(key, note.use, note.sentence, reason_text(note.use, note.reason))
    is_plain = is_own or all(_bare(part) in _bare(note.sentence) for part in _typed(key, person))
    reads = "" if is_plain else note.sentence
    return Fate(key, note.use, reads=reads, is_own=is_own, missing=note.missing)


def _typed(key: str, person: Interviewer) -> tuple[str, ...]:
    """What was typed into the boxes of a note."""
    if key == "correction":
        return (person.correction.topic, person.correction.answer)
    if key == "strengths":
        return person.strengths
    return () if key == "work_samples" else (getattr(person, key),)


def _bare(text: str) -> str:
    """The text without what makes no difference to how it reads."""
    return " ".join(text.split()).casefold().strip(" .,;:!?")


def blanks(form: ConversationForm, found: dict[str, Fate]) -> dict[str, Blank]:
    """By the name of the field, with "_" for "-", so that templates can name it. `found` as from `fates`."""
    shown = {}
    for name in form.fields:
        if name in ("version", "reaction", "relates", "met_before") or name.startswith("say-"):
            continue
        key = "correction" if name == "correction-answer" else name
        say = form[f"say-{key}"] if key in OWN_SENTENCE_KEYS else None
        if say:
            say.field.widget.attrs |= {
                "rows": 1,
                "placeholder": found[key].suggestion or " ",
                "aria-describedby": f"fate-{key}",
            }
        shown[name.replace("-", "_")] = Blank(form[name], found.get(key), say)
    return shown
