"""The notes on the conversation with each person."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from drafts.domain.facts import has_notes
from drafts.errors import Conflict
from drafts.models import Interviewer, WorkSample
from drafts.services.letters import compose_missing, recompose_untouched
from drafts.services.locks import lock_person, write
from drafts.services.mapping import own_sentences
from drafts.services.whole import read_whole

NOTE_FIELDS = (
    "mentioned",
    "enjoyed",
    "strengths",
    "experience",
    "goal",
    "forgot",
    "correction_topic",
    "correction_answer",
    "callback",
    "ask",
    "relates",
    "reaction",
    "own_sentences",
    "met_before",
)


@write
def save_conversation(
    person: Interviewer,
    notes: Mapping[str, Any],
    samples: Sequence[Mapping[str, str]],
    version: int | None,
    *,
    typing: bool = False,
) -> Interviewer:
    """Stores the notes, and composes the draft, or recomposes it if it was not edited.

    `notes` has values of NOTE_FIELDS; a field that is missing keeps what is stored.
    """
    stored = lock_person(person)
    given = _given_notes(notes)
    links = stored.work_samples.filter(file="")
    before = [(sample.label, sample.url) for sample in links]
    after = [(sample["label"], sample["url"]) for sample in samples]
    if version is not None and version != stored.version:
        if before == after and all(getattr(stored, name) == value for name, value in given.items()):
            # Already saved, by a request whose response was lost.
            return stored
        raise Conflict(stored)
    for name, value in given.items():
        setattr(stored, name, value)
    stored.version += 1
    stored.skipped_at = None
    stored.save(update_fields=[*given, "version", "skipped_at"])
    if before != after:
        links.delete()
        WorkSample.objects.bulk_create(
            WorkSample(interviewer=stored, order=order, label=label, url=url)
            for order, (label, url) in enumerate(after)
        )
    whole = read_whole(stored.interview)
    if stored.id not in whole.drafts and has_notes(whole.panel.interviewers[whole.index(stored)]):
        compose_missing(whole, stored)
    recompose_untouched(whole, typing=typing)
    return stored


def _given_notes(notes: Mapping[str, Any]) -> dict[str, Any]:
    """The notes to store, with own sentences only for the keys that may have one."""
    given = {name: notes[name] for name in NOTE_FIELDS if name in notes}
    if "own_sentences" in given:
        given["own_sentences"] = dict(own_sentences(given["own_sentences"]))
    return given


@write
def skip_interviewer(person: Interviewer) -> None:
    stored = lock_person(person)
    stored.skipped_at = timezone.now()
    stored.save(update_fields=["skipped_at"])


def text_version(text: str) -> int:
    """A number of up to nine digits that stands for this text, to find out whether it was changed elsewhere."""
    return zlib.crc32(text.encode()) % 10**9


@write
def keep_everything(person: Interviewer, text: str, version: int | None) -> None:
    """Stores what was typed into the box for everything. Raises Conflict if `version` is not that of the
    text stored by now.

    It is no note yet, so the person's version and the letters stay as they are.
    """
    stored = lock_person(person)
    before = stored.everything
    if version is not None and before not in ("", text) and version != text_version(before):
        raise Conflict(stored)
    stored.everything = text
    stored.save(update_fields=["everything"])
