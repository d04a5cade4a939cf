"""What the conversation page shows for each note: its field, what happened to it, and a box for an own sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.forms import BoundField

from drafts.domain.corrections import corrected
from drafts.domain.facts import NOTE_KEYS, OWN_SENTENCE_KEYS, Interviewer
from drafts.domain.letter import Letter, NoteUse, Use
from drafts.domain.notes.lists import reason_text, stem_of
from drafts.domain.notes.polishing import polished
from drafts.forms import ConversationForm
from drafts.translation import translated

_OF_STRUCTURE = frozenset({"shape", "parts", "long", "grammar"})


@dataclass(frozen=True)
class Fate:
    """What happened to a note. `use` is a value of Use, or empty if there is no such note.

    `reads` is the sentence in the letter, if it differs from what was typed. `is_own`: it is the candidate's own
    sentence. `missing` are the remarks of the note that the letter leaves out. `better` is what was typed without its
    mistakes, if there are any, and `better_field` the name of its field.
    """

    key: str
    use: str = ""
    suggestion: str = ""
    reason: str = ""
    reads: str = ""
    is_own: bool = False
    missing: tuple[str, ...] = ()
    better: str = ""
    better_field: str = ""


@dataclass(frozen=True)
class Blank:
    """A field of the form. The last field of a note also has the note's fate."""

    field: BoundField
    fate: Fate | None
    say: BoundField | None

    @property
    def is_filled(self) -> bool:
        return bool(self.field.value() or self.field.errors) or self.is_offered

    @property
    def is_open(self) -> bool:
        """Whether the box for an own sentence is open."""
        is_filled = bool(self.say and (self.say.value() or self.say.errors))
        return is_filled or bool(self.fate and self.fate.use == Use.ASK)

    @property
    def is_offered(self) -> bool:
        """Whether there is such a box, open or folded."""
        return self.is_open or bool(self.fate and (self.fate.use == Use.SET_ASIDE or self.fate.missing))


def fates(letter: Letter, person: Interviewer) -> dict[str, Fate]:
    """What happened to each note, by every key of NOTE_KEYS; `person` has the facts that the letter was composed
    from."""
    uses = {note.key: note for note in letter.notes}
    return {key: _with_better(_fate(uses.get(key), key, person), person) for key in NOTE_KEYS}


def _with_better(fate: Fate, person: Interviewer) -> Fate:
    """Corrects the own sentence if there is one, else the note; a list of strengths has no sentences."""
    if fate.key not in OWN_SENTENCE_KEYS or fate.use == Use.SET_ASIDE:
        return fate
    typed, field = person.own_sentence(fate.key), f"say-{fate.key}"
    if not typed and fate.key != "strengths":
        typed = person.typed(fate.key)[-1]
        field = "correction-answer" if fate.key == "correction" else fate.key
    better = polished(typed) if field.startswith("say-") else corrected(typed)
    return replace(fate, better=better, better_field=field) if better != typed else fate


def is_crowded(letter: Letter) -> bool:
    """Whether anything is left out of the letter only because there is no room."""
    notes = {note.key: note for note in letter.notes}
    return any(_has_no_room(notes.get(key)) for key in letter.left_out)


def _has_no_room(note: NoteUse | None) -> bool:
    """For a key that is left out: whether all or part of it had no room. None for the signature and the team."""
    return note is None or note.use is Use.NO_ROOM or (note.use is Use.USED and not note.missing)


def _fate(note: NoteUse | None, key: str, person: Interviewer) -> Fate:
    is_own = bool(person.own_sentence(key))
    if note is None:
        return Fate(key, is_own=is_own)
    if note.use in (Use.ASK, Use.SET_ASIDE):
        # With a sentence to check, the reason why it was not used at once only confuses.
        reason = "check" if note.sentence and note.reason in _OF_STRUCTURE else note.reason
        return Fate(key, note.use, note.sentence, translated(reason_text(note.use, reason)))
    typed = person.typed(key) if key in OWN_SENTENCE_KEYS else ()
    is_plain = is_own or all(_bare(part) in _bare(note.sentence) for part in typed)
    reads = "" if is_plain else note.sentence
    return Fate(key, note.use, note.suggestion, reads=reads, is_own=is_own, missing=note.missing)


def _bare(text: str) -> str:
    """The text for comparing, without differences that do not matter to a reader."""
    return " ".join(text.split()).casefold().strip(" .,;:!?")


def blanks(form: ConversationForm, found: dict[str, Fate]) -> dict[str, Blank]:
    """By field name, with "_" instead of "-", so that templates can use it. `found` as from `fates`."""
    shown = {}
    for name in form.fields:
        if name in ("version", "reaction", "relates", "met_before") or name.startswith("say-"):
            continue
        key = "correction" if name == "correction-answer" else name
        say = form[f"say-{key}"] if key in OWN_SENTENCE_KEYS else None
        if say:
            say.field.widget.attrs |= {
                "rows": 1,
                "placeholder": found[key].suggestion or stem_of(key),
                "data-stem": stem_of(key),
                "aria-describedby": f"fate-{key}",
            }
        shown[name.replace("-", "_")] = Blank(form[name], found.get(key), say)
    return shown
