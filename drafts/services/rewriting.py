"""Letters rewritten by the language model: what is sent, and what is stored of the answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import groupby
from operator import attrgetter

from drafts.domain.facts import NOTE_KEYS, Dialect, Panel, Tone
from drafts.domain.letter import Use
from drafts.language_model import (
    Endpoint,
    ModelError,
    Prompt,
    facts_without_injections,
    letter_of,
    prompts,
    without_injections,
)
from drafts.models import Draft
from drafts.services import language_model
from drafts.services.locks import lock_draft, write
from drafts.services.whole import Whole


@dataclass(frozen=True)
class Rewrite:
    """The result of a request: a text or a Trouble. `version` is the draft's version at the time."""

    version: int
    model: str
    text: str = ""
    trouble: str = ""


def rewrite_of(draft: Draft) -> Rewrite | None:
    """The stored result of the last request, if any."""
    return Rewrite(**draft.rewrite) if draft.rewrite else None


def reworded_part(draft: Draft) -> str:
    """The part of the letter that is rewritten: the text between greeting and sign-off, and the postscript."""
    # Imported on first use, to keep the first page after a start fast.
    from drafts.guard import letter_sentences

    paragraphs = groupby(letter_sentences(draft.body), attrgetter("paragraph"))
    return "\n\n".join(" ".join(one.text for one in said) for _, said in paragraphs)


def has_injections(draft: Draft) -> bool:
    """Whether the letter contains a prompt injection. If so, no model is asked: the guard trusts the letter itself."""
    return without_injections(draft.body) != draft.body


def notes_for_rewrite(whole: Whole) -> Panel:
    """The notes with which the guard compares the model's sentences, without prompt injections."""
    return facts_without_injections(whole.panel)


def rewrite_prompt(whole: Whole, draft: Draft) -> Prompt:
    """Everything that is sent: the letter, and the notes about its reader."""
    return prompts.rewrite(
        _facts(whole, draft),
        reworded_part(draft),
        Tone(draft.tone),
        Dialect(whole.interview.candidate.dialect),
    )


# Between the parts of a note that has several.
_BETWEEN = {"correction": ": ", "strengths": "; "}


def _facts(whole: Whole, draft: Draft) -> list[tuple[str, str]]:
    panel = whole.panel
    person, interview = panel.interviewers[whole.index(draft.interviewer)], panel.interview
    facts = [
        ("reader", person.full_name),
        ("job_title", person.job_title),
        ("company", interview.company),
        ("position", interview.position),
    ]
    uses = {note.key: note for note in whole.kept_letter(draft.interviewer).notes}
    for key in NOTE_KEYS:
        note = uses.get(key)
        # What is better left out of a letter (a secret, grief, pay) is not sent either.
        if key == "work_samples" or (note and note.use is Use.SET_ASIDE):
            continue
        typed = (part for part in person.typed(key) if part.strip())
        text = person.own_sentence(key) or _BETWEEN.get(key, "").join(typed)
        facts.append((key, _without(text, note.aside if note else ())))
    return [(key, without_injections(text)) for key, text in facts]


def _without(text: str, aside: Iterable[str]) -> str:
    """The note without the remarks that must not be sent; empty if one of them can't be found in the note."""
    for remark in aside:
        if remark not in text:
            return ""
        text = text.replace(remark, "")
    return text


def ask_for_rewrite(whole: Whole, draft: Draft, endpoint: Endpoint) -> bool:
    """Asks the model and stores the result with the draft, without changing the letter.

    Returns False if nothing was sent, because another request of this candidate is running or they have not agreed to
    this model. Raises Gone if the draft was deleted meanwhile.
    """
    candidate, prompt, before = whole.interview.candidate, rewrite_prompt(whole, draft), reworded_part(draft)
    claim = language_model.claim(candidate, endpoint, draft.pk)
    if claim is None:
        return False
    try:
        try:
            text = letter_of(language_model.ask_model(endpoint, prompt), before)
            kept = Rewrite(draft.version, endpoint.name, text=text)
        except ModelError as error:
            kept = Rewrite(draft.version, endpoint.name, trouble=error.trouble)
        keep_rewrite(draft, kept)
    finally:
        language_model.release(candidate, claim)
    return True


@write
def keep_rewrite(draft: Draft, rewrite: Rewrite | None) -> None:
    """Stores a rewrite with the draft, or removes it (None). Raises Gone."""
    stored = lock_draft(draft)
    stored.rewrite = draft.rewrite = asdict(rewrite) if rewrite else None
    stored.save(update_fields=["rewrite"])
