"""People outside the panel who helped with an interview and are thanked for it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from drafts.domain.facts import MAX_OUTSIDE
from drafts.errors import TooManyPeople
from drafts.models import Candidate, Interview, Interviewer
from drafts.services.interviews import PERSON_TEXTS, create_interview
from drafts.services.letters import recompose_untouched
from drafts.services.locks import lock_interview, lock_person, write
from drafts.services.quotas import check_quota
from drafts.services.whole import CHANGED_FIELDS, read_whole, record_change
from drafts.services.writes import add


@write
def add_outsider(
    interview: Interview, values: Mapping[str, Any], key: uuid.UUID | None = None
) -> Interviewer:
    """Adds a person with `values` (PERSON_TEXTS) and id `key`. Returns the existing one if it was sent twice.

    Raises TooManyPeople, OverQuota and Gone.
    """
    stored = lock_interview(interview)
    there = {one.pk: one for one in Interviewer.everyone.filter(interview=stored)}
    if key in there and there[key].is_outside:
        return there[key]
    outside = [one for one in there.values() if one.is_outside]
    if len(outside) >= MAX_OUTSIDE:
        raise TooManyPeople(MAX_OUTSIDE)
    is_taken = key is None or Interviewer.everyone.filter(pk=key).exists()
    person = Interviewer(
        id=uuid.uuid4() if is_taken else key,
        interview=stored,
        order=len(outside),
        is_outside=True,
        **{name: values[name] for name in PERSON_TEXTS},
    )
    add([person])
    _note(stored, [*there.values(), person])
    check_quota(stored.candidate)
    return person


@write
def thank_somebody(
    candidate: Candidate,
    about: Mapping[str, Any],
    person: Mapping[str, Any],
    *,
    full_name: str,
    signature: str,
    key: uuid.UUID | None = None,
    person_key: uuid.UUID | None = None,
) -> Interviewer:
    """Adds somebody who helped before there was an interview, with a new interview without a panel.

    `about` has its company, position and time_zone. Raises as add_outsider.
    """
    mine = Interview.objects.for_candidate(candidate).filter(pk=key).first() if key else None
    if mine is None:
        blank = {"field": "", "team": "", "stage": "", "country": "", "ended_at": timezone.now()}
        mine = create_interview(
            candidate, {**blank, **about}, full_name=full_name, signature=signature, key=key
        )
    return add_outsider(mine, person, person_key)


@write
def update_outsider(person: Interviewer, values: Mapping[str, Any]) -> Interviewer:
    """Raises Gone. The last save wins; such a small form is not checked for concurrent changes."""
    stored = lock_person(person)
    for name in PERSON_TEXTS:
        setattr(stored, name, values[name])
    stored.save(update_fields=PERSON_TEXTS)
    whole = read_whole(stored.interview)
    _note(stored.interview, whole.everyone)
    recompose_untouched(whole)
    return stored


@write
def remove_outsider(person: Interviewer) -> None:
    """Deletes the person with their letters. Raises Gone."""
    stored = lock_person(person)
    interview = stored.interview
    stored.delete()
    _note(interview, Interviewer.everyone.filter(interview=interview))


def _note(interview: Interview, people: Any) -> None:
    record_change(interview, [one.full_name for one in people])
    interview.save(update_fields=CHANGED_FIELDS)
