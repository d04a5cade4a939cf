"""What was read from an invitation or a confirmation email, as plain values with their sources for the page."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from drafts.forms.fields import MOST_ROWS
from drafts.invite import ASKS_WHO, Invitation, Invitee, Reading


@dataclass(frozen=True)
class Confirmation:
    """One event to confirm. `fields` and `people` are initial values of the forms, by field name.

    `sources` says of a field, in words, where it was read from; each of `people` has its own under `source`.
    `asks_who`: one of `people` may be the user, which is to be asked first. `choices` are other values it may mean, by
    field name, and `others` are people it names who are not in `people`: the page offers them.
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
    asks_who: bool = False
    choices: dict[str, list[str]] = field(default_factory=dict)
    others: list[dict[str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def when_words(self) -> str:
        """When it ends, where it takes place; empty where that is not known."""
        if not self.fields["ended_at"]:
            return ""
        wall = dt.datetime.fromisoformat(self.fields["ended_at"])
        return date_format(wall, "l, F j, Y, g:i A")


def confirmation(invitation: Invitation) -> Confirmation:
    ended_at = invitation.ended_at
    fields = {
        "company": invitation.company.value,
        "position": invitation.position.value,
        "ended_at": ended_at.replace(tzinfo=None).isoformat(timespec="minutes") if ended_at else "",
        "time_zone": invitation.time_zone.value,
        "stage": str(invitation.stage or ""),
    }
    readings = {
        "company": invitation.company,
        "position": invitation.position,
        "time_zone": invitation.time_zone,
    }
    sources = {name: _told(reading) for name, reading in readings.items() if reading.value}
    if ended_at:
        sources["ended_at"] = _("We read this from its date and time.")
    return Confirmation(
        title=invitation.title,
        uid=invitation.uid[:255],
        sequence=invitation.sequence,
        is_cancelled=invitation.is_cancelled,
        sender_name=invitation.sender_name,
        fields=fields,
        sources=sources,
        people=[_person(one) for one in invitation.people],
        left_out=[[one.name, one.email, one.reason] for one in invitation.left_out],
        warnings=[text for text in invitation.warnings if text != ASKS_WHO],
        asks_who=invitation.asks_who,
        choices={"company": list(invitation.companies), "position": list(invitation.positions)},
        others=[_person(one) for one in invitation.others],
    )


def _person(person: Invitee) -> dict[str, str]:
    return {
        "full_name": person.full_name,
        "email": person.email,
        "job_title": person.job_title,
        "role": str(person.role or ""),
        "greet_as": "",
        "source": _told(Reading(person.full_name, person.source, person.is_guess)),
    }


def with_other(rows: list[dict[str, Any]], read: Confirmation, place: str) -> list[dict[str, Any]]:
    """The panel's rows with the person at this place of `others`, in the row that is still empty if there is one."""
    if not (place.isascii() and place.isdigit() and int(place[:3]) < len(read.others)):
        return rows
    kept = [row for row in rows if row.get("full_name") or row.get("email")]
    person = {**read.others[int(place[:3])], "role": None, "id": uuid.uuid4()}
    return [*kept, person][:MOST_ROWS]


def with_user(read: Confirmation, place: str) -> Confirmation:
    """The same without the person at this place of `people`, who is the user; "none": the user is not among them."""
    if not (place.isascii() and place.isdigit() and int(place[:3]) < len(read.people)):
        return replace(read, asks_who=place != "none")
    user = read.people[int(place[:3])]
    marks = [text for text in (user["full_name"], user["email"]) if text]
    return replace(
        read,
        asks_who=False,
        sender_name=user["full_name"],
        people=[person for person in read.people if person is not user],
        left_out=[*read.left_out, [user["full_name"], user["email"], _("this is you")]],
        warnings=[text for text in read.warnings if not any(mark in text for mark in marks)],
    )


def _told(reading: Reading) -> str:
    if reading.is_guess:
        return _("We guessed this from %(source)s. Please check it.") % {"source": reading.source}
    return _("We read this from %(source)s.") % {"source": reading.source}
