"""What is read from an invitation: plain values, each with where it was read from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from drafts.domain.facts import Role, Stage

MAX_BYTES = 1024 * 1024
MAX_EVENTS = 50
MAX_ATTENDEES = 100  # per event


class InviteError(ValueError):
    """Nothing can be read from it; the message is one sentence that says what to do next."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, and where it was read from in words that follow "read from"; empty where nothing was found."""

    value: str
    source: str
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Invitee:
    """Someone of the panel. `email` is a valid address, or empty.

    `source` is as in Reading. Of somebody who is not said to interview, it is what they did, in words that follow their
    name: "was invited".
    """

    full_name: str
    email: str
    job_title: str
    role: Role | None
    source: str
    is_guess: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Someone who was invited and is not of the panel, with the reason in words."""

    name: str
    email: str
    reason: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """One event. Both moments are aware, in `time_zone` (an IANA name); of a mail without a calendar either may be
    unknown: the moments are None, and the zone is empty (the moments then are in UTC).

    Of `people` the words or the calendar say that they interview. `others` are everybody else it names.
    `companies`, `positions` and `ends` (aware, in `time_zone`) are what else it may mean. Nothing of these was taken:
    the user chooses.

    `recurrence` tells the occurrences of one UID apart (the RECURRENCE-ID as written; empty for a whole event).
    """

    uid: str
    recurrence: str
    sequence: int
    title: str
    is_cancelled: bool
    starts_at: dt.datetime | None
    ended_at: dt.datetime | None
    time_zone: Reading
    company: Reading
    position: Reading
    stage: Stage | None
    sender_name: str
    people: tuple[Invitee, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[str, ...]
    companies: tuple[str, ...] = ()
    positions: tuple[str, ...] = ()
    ends: tuple[dt.datetime, ...] = ()
    is_end_guess: bool = False
    others: tuple[Invitee, ...] = ()
