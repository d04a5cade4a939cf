"""Recently sent letters, and unsent letters to people outside the panel, for the home page and the calendar."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, CharField, F, Max, Min, Q, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Concat, Right

from drafts.compiled import Compiled, Given
from drafts.domain.facts import Kind, Role
from drafts.models import Draft, Interview, Interviewer
from drafts.pages.queries import MINE, NOBODY, SHOWN_WHEN_DUE

# Whom to ask for news: they know it first.
ASKED_FIRST = (Role.RECRUITER.value, Role.HIRING_MANAGER.value)


@dataclass
class Lately:
    """One interview: the last moment that a letter of each kind went out, the letters to people outside the panel
    that did not go yet, and whom to ask for news among the people who were thanked."""

    interview: Interview
    sent: dict[Kind, dt.datetime] = field(default_factory=dict)
    to_thank: list[Draft] = field(default_factory=list)
    to_ask: Interviewer | None = None


def sent_lately(candidate: Any, since: dt.datetime) -> list[Lately]:
    """The interviews that ended after `since` of which a letter went out, or one to somebody outside the panel is to
    go. One query, of None too."""
    if candidate is not None and not candidate.is_authenticated:
        return []
    found: dict[uuid.UUID, Lately] = {}
    width = len(_WITH_OUTCOME)
    for row in _SENT_LATELY(candidate=candidate.pk if candidate else NOBODY, since=since):
        values, (kind, thanks_id, sent_at, *thanks, first) = row[:width], row[width:]
        if values[0] not in found:
            found[values[0]] = Lately(Interview.from_db(DEFAULT_DB_ALIAS, _WITH_OUTCOME, values))
            # Known already: not read once more.
            found[values[0]].interview.candidate = candidate
        of_this = found[values[0]]
        if thanks_id:
            of_this.to_thank.append(_to_thank(thanks_id, kind, *thanks))
            continue
        of_this.sent[Kind(kind)] = sent_at
        if kind == Kind.THANK_YOU:
            of_this.to_ask = _person(of_this.interview, first)
    return list(found.values())


def _person(interview: Interview, ranked: str) -> Interviewer:
    """From what `_RANKED` gives."""
    _rank, _order, key, name = ranked.split(":", 3)
    return Interviewer(id=uuid.UUID(key), interview_id=interview.id, full_name=name)


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
# Text whose minimum is the first person to ask, as a join for one person would need one more query.
_RANKED = Concat(
    Case(
        *(When(interviewer__role=role, then=Value(f"{rank}:")) for rank, role in enumerate(ASKED_FIRST)),
        default=Value(f"{len(ASKED_FIRST)}:"),
    ),
    # With zeros in front. For `LPad`, SQLite would call a Python function for each row.
    Right(Concat(Value("0" * 10), Cast("interviewer__order", CharField())), 10),
    Value(":"),
    Cast("interviewer_id", CharField()),
    Value(":"),
    F("interviewer__full_name"),
    output_field=CharField(),
)
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
            first=Min(_RANKED),
        )
    )
)
