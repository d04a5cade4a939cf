"""What was read from a calendar invitation, as the page confirms it: plain values with where each comes from."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from drafts.exchange.invite import Invitation, Reading


@dataclass(frozen=True)
class Confirmation:
    """One event to confirm. `fields` and `people` are initial values of the forms, by field name.

    `sources` says of a field, in words, where it was read from; each of `people` has its own under `source`.
    """

    title: str
    uid: str
    sequence: int
    is_cancelled: bool
    sender_name: str
    fields: dict[str, str]
    sources: dict[str, str]
    people: list[dict[str, str]]
    left_out: list[list[str]]
    warnings: list[str]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def when_words(self) -> str:
        """When it ends, where it takes place."""
        wall = dt.datetime.fromisoformat(self.fields["ended_at"])
        return date_format(wall, "l j F Y, G:i")


def confirmation(invitation: Invitation) -> Confirmation:
    fields = {
        "company": invitation.company.value,
        "position": invitation.position.value,
        "ended_at": invitation.ended_at.replace(tzinfo=None).isoformat(timespec="minutes"),
        "time_zone": invitation.time_zone.value,
        "stage": str(invitation.stage or ""),
    }
    readings = {
        "company": invitation.company,
        "position": invitation.position,
        "time_zone": invitation.time_zone,
    }
    sources = {name: _told(reading) for name, reading in readings.items() if reading.value}
    sources["ended_at"] = _("Read from the event's time.")
    return Confirmation(
        title=invitation.title,
        uid=invitation.uid[:255],
        sequence=invitation.sequence,
        is_cancelled=invitation.is_cancelled,
        sender_name=invitation.sender_name,
        fields=fields,
        sources=sources,
        people=[
            {
                "full_name": person.full_name,
                "email": person.email,
                "job_title": person.job_title,
                "role": str(person.role or ""),
                "greet_as": "",
                "source": _told(Reading(person.full_name, person.source, person.is_guess)),
            }
            for person in invitation.people
        ],
        left_out=[[one.name, one.email, one.reason] for one in invitation.left_out],
        warnings=list(invitation.warnings),
    )


def _told(reading: Reading) -> str:
    if reading.is_guess:
        return _("A guess from %(source)s. Please check it.") % {"source": reading.source}
    return _("Read from %(source)s.") % {"source": reading.source}
