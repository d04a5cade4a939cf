"""Recently sent letters, and unsent letters to people outside the panel, for the home page and the calendar."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, Max, Q, When
from django.db.models.fields.json import KT

from drafts.compiled import Compiled, Given
from drafts.domain.facts import Kind
from drafts.models import Draft, Interview, Interviewer
from drafts.pages.queries import MINE, NOBODY, SHOWN_WHEN_DUE

Lately = tuple[Interview, dict[Kind, dt.datetime], list[Draft]]


def sent_lately(candidate: Any, since: dt.datetime) -> list[Lately]:
    """Of interviews that ended after `since`: the last moment that a letter of each kind went out, and the letters to
    people outside the panel that did not go yet; where there is either. One query, of None too."""
    if candidate is not None and not candidate.is_authenticated:
        return []
    found: dict[uuid.UUID, Lately] = {}
    width = len(_WITH_OUTCOME)
    for row in _SENT_LATELY(candidate=candidate.pk if candidate else NOBODY, since=since):
        values, (kind, thanks_id, sent_at, *thanks) = row[:width], row[width:]
        if values[0] not in found:
            found[values[0]] = Interview.from_db(DEFAULT_DB_ALIAS, _WITH_OUTCOME, values), {}, []
        if thanks_id:
            found[values[0]][2].append(_to_thank(thanks_id, kind, *thanks))
        else:
            found[values[0]][1][Kind(kind)] = sent_at
    return list(found.values())


def _to_thank(
    key: uuid.UUID, kind: str, full_name: str, helped_on: str | None, begun_at: dt.datetime
) -> Draft:
    person = Interviewer(full_name=full_name, is_outside=True)
    answers = {"on": helped_on} if helped_on else {}
    return Draft(id=key, kind=kind, interviewer=person, answers=answers, created_at=begun_at)


_WITH_OUTCOME = [
    field.attname
    for field in Interview._meta.concrete_fields  # the order of the columns when instances are created
    if field.attname in {"id", *SHOWN_WHEN_DUE, "outcome", "outcome_on", "decision_expected_on"}
]
_TO_THANK = Q(sent_at__isnull=True, kind__in=[kind for kind in Kind if kind.is_outside])
_SENT_LATELY = Compiled(
    lambda: (
        Draft.objects.for_candidate(MINE)
        .filter(
            Q(sent_at__isnull=False) | _TO_THANK,
            interviewer__interview__ended_at__gte=Given(Interview, "ended_at", "since"),
        )
        .order_by()
        .annotate(thanks_id=Case(When(_TO_THANK, then="id")))
        .values_list(
            *(f"interviewer__interview__{name}" for name in _WITH_OUTCOME),
            "kind",
            "thanks_id",
        )
        .annotate(
            last_sent_at=Max("sent_at"),
            full_name=Max("interviewer__full_name"),
            helped_on=Max(KT("answers__on")),
            begun_at=Max("created_at"),
        )
    )
)
