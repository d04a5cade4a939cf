"""Several events of one day for one job are one interview."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from drafts.domain.facts import MAX_INTERVIEWERS
from drafts.domain.messages import Message
from drafts.domain.tokens import fold
from drafts.invite.companies import MOST_CHOICES
from drafts.invite.model import Invitation, Invitee, Reading
from drafts.invite.panel import place_of
from drafts.invite.pasted import keep


def one_a_day(invitations: Iterable[Invitation]) -> tuple[Invitation, ...]:
    """Invitations in order of start, those of one day, one zone and one position or company made one."""
    found: list[Invitation] = []
    for _, group in groupby(invitations, key=_day):
        days = list(group)
        found += [_joined(days)] if len(days) > 1 and _is_one_job(days) else days
    return tuple(found)


def _day(one: Invitation) -> tuple[object, ...]:
    return one.starts_at and one.starts_at.date(), one.time_zone.value, one.is_cancelled


def _is_one_job(days: list[Invitation]) -> bool:
    return any(
        all(fold(one.value) == fold(values[0].value) and one.value for one in values)
        for values in ([one.position for one in days], [one.company for one in days])
    )


def _joined(days: list[Invitation]) -> Invitation:
    first = days[0]
    people: list[Invitee] = []
    others: list[Invitee] = []
    for one in days:
        keep(people, list(one.people))
        keep(others, list(one.others))
    is_one = len({fold(one.company.value) for one in days}) == 1
    named = dict.fromkeys(name for one in days for name in (one.company.value, *one.companies) if name)
    remark = Message(
        "{count} events of this day were taken as one interview, until the end of the last; please check it.",
        count=len(days),
    )
    warnings = [
        text for one in days for text in one.warnings if is_one or not text.startswith("The company, ")
    ]
    warnings += [] if is_one else [Message("The invitation does not clearly name the company; fill it in.")]
    return replace(
        first,
        ended_at=max((one.ended_at for one in days if one.ended_at), default=None),
        company=first.company if is_one else Reading("", ""),
        companies=first.companies if is_one else tuple(named)[:MOST_CHOICES],
        people=tuple(people[:MAX_INTERVIEWERS]),
        others=tuple(one for one in others if place_of(people, one) is None),
        left_out=tuple(dict.fromkeys(gone for one in days for gone in one.left_out)),
        warnings=tuple(dict.fromkeys([remark, *warnings]))[:30],
    )
