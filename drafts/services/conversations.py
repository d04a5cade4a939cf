"""What was said, with each person of the panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from drafts.domain.facts import has_notes
from drafts.errors import Conflict
from drafts.models import Interview, Interviewer, WorkSample
from drafts.services.letters import compose_missing, recompose_untouched
from drafts.services.whole import locked, read_whole

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
)


@transaction.atomic
def save_conversation(
    person: Interviewer,
    notes: Mapping[str, Any],
    samples: Sequence[Mapping[str, str]],
    version: int | None,
    *,
    typing: bool = False,
) -> Interviewer:
    """Stores the notes, and composes the draft or, where nobody touched it, composes it anew."""
    # All letters of a panel are chosen together, so they are written one save at a time.
    locked(Interview.objects, person.interview)
    stored: Interviewer = locked(Interviewer.objects, person)
    links = stored.work_samples.filter(file="")
    before = [(sample.label, sample.url) for sample in links]
    after = [(sample["label"], sample["url"]) for sample in samples]
    if version is not None and version != stored.version:
        if before == after and all(getattr(stored, name) == notes[name] for name in NOTE_FIELDS):
            # Saved already, by a request whose answer did not arrive.
            return stored
        raise Conflict(stored)
    for name in NOTE_FIELDS:
        setattr(stored, name, notes[name])
    stored.version += 1
    stored.skipped_at = None
    stored.save(update_fields=[*NOTE_FIELDS, "version", "skipped_at"])
    if before != after:
        links.delete()
        WorkSample.objects.bulk_create(
            WorkSample(interviewer=stored, order=order, label=label, url=url)
            for order, (label, url) in enumerate(after)
        )
    whole = read_whole(person.interview, to_write=True)
    if stored.id not in whole.drafts and has_notes(whole.panel.interviewers[whole.index(stored)]):
        compose_missing(whole, stored)
    recompose_untouched(whole, typing=typing)
    return stored


@transaction.atomic
def skip_interviewer(person: Interviewer) -> None:
    stored = locked(Interviewer.objects, person)
    stored.skipped_at = timezone.now()
    stored.save(update_fields=["skipped_at"])
