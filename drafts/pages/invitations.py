"""What was read from an invitation or a confirmation email, as plain values with their sources for the page."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from drafts.forms.fields import whole_formset
from drafts.invite import Invitation, Invitee, Reading
from drafts.services import PERSON_FIELDS, PERSON_TEXTS
from drafts.translation import translated, written


@dataclass(frozen=True)
class Confirmation:
    """One event to confirm. `fields` and `people` are initial values of the forms, by field name.

    `sources` says of a field, in words, where it was read from; each of `people` has its own under `source`.
    `choices` are other values it may mean, by field name, and `others` are people it names without saying that they
    interview, with where they stand under `source`: the page offers all of these.
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
    choices: dict[str, list[str]] = field(default_factory=dict)
    others: list[dict[str, str]] = field(default_factory=list)

    @property
    def when_words(self) -> str:
        """When it ends, where it takes place; empty where that is not known."""
        return end_words(self.fields["ended_at"] or next(iter(self.choices.get("ended_at", ())), ""))


def end_words(wall: str) -> str:
    """A local time such as 2026-12-04T15:00 in words; empty for none."""
    return written(dt.datetime.fromisoformat(wall), "WEEKDAY_DATETIME_FORMAT") if wall else ""


def confirmation(invitation: Invitation) -> Confirmation:
    ended_at = invitation.ended_at
    fields = {
        "company": invitation.company.value,
        "position": invitation.position.value,
        "ended_at": _wall(ended_at) if ended_at else "",
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
        sources["ended_at"] = (
            _("We worked this out from its date and time. Please check it.")
            if invitation.is_end_guess
            else _("We read this from its date and time.")
        )
    return Confirmation(
        title=invitation.title,
        uid=invitation.uid[:255],
        sequence=invitation.sequence,
        is_cancelled=invitation.is_cancelled,
        sender_name=invitation.sender_name,
        fields=fields,
        sources=sources,
        people=[
            {**_person(one), "source": _told(Reading(one.full_name, one.source, one.is_guess))}
            for one in invitation.people
        ],
        left_out=[[one.name, one.email, translated(one.reason)] for one in invitation.left_out],
        warnings=[translated(text) for text in invitation.warnings],
        choices={
            "company": list(invitation.companies),
            "position": list(invitation.positions),
            "ended_at": [_wall(end) for end in invitation.ends],
        },
        others=[{**_person(one), "source": translated(one.source)} for one in invitation.others],
    )


def _wall(moment: dt.datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")


def _person(person: Invitee) -> dict[str, str]:
    return {
        "full_name": person.full_name,
        "email": person.email,
        "job_title": person.job_title,
        "role": str(person.role or ""),
        "is_role_guessed": "1" if person.role else "",
        "greet_as": "",
    }


def with_chosen(data: QueryDict, read: Confirmation) -> QueryDict:
    """What was sent, with the people chosen of `others` as rows of the panel: first in those still empty."""
    data = whole_formset(data, "panel")
    total = int(str(data["panel-TOTAL_FORMS"]))
    empty = [
        row
        for row in range(total)
        if not any(data.get(f"panel-{row}-{name}", "").strip() for name in PERSON_TEXTS)
    ]
    for place in dict.fromkeys(data.getlist("met")):
        if not (place.isascii() and place.isdigit() and int(place[:3]) < len(read.others)):
            continue
        person = read.others[int(place[:3])]
        row = empty.pop(0) if empty else total
        total = max(total, row + 1)
        data[f"panel-{row}-id"] = data.get(f"panel-{row}-id") or str(uuid.uuid4())
        for name in PERSON_FIELDS:
            data[f"panel-{row}-{name}"] = person[name]
    return whole_formset(data, "panel")


def offered(read: Confirmation, names: Sequence[str]) -> list[tuple[int, Mapping[str, str]]]:
    """Of the people it also names those whose names are none of these, each with their place in `others`."""
    return [(place, one) for place, one in enumerate(read.others) if one["full_name"] not in names]


def _told(reading: Reading) -> str:
    if reading.is_guess:
        return _("We guessed this from %(source)s. Please check it.") % {"source": translated(reading.source)}
    return _("We read this from %(source)s.") % {"source": translated(reading.source)}
