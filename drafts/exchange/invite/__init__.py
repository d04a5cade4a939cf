"""Calendar invitations in: bytes or pasted text of an .ics file or of the mail that carried it -> Invitation values.

Whatever the bytes are, the answer is invitations or one InviteError that says what to do next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from drafts.domain.facts import MAX_INTERVIEWERS
from drafts.exchange.cleaning import whole_characters
from drafts.exchange.invite.companies import company_label, find_company
from drafts.exchange.invite.described import described_people, with_described
from drafts.exchange.invite.lines import Component, too_many_events
from drafts.exchange.invite.mail import Found, found_calendars
from drafts.exchange.invite.model import (
    MAX_BYTES,
    MAX_EVENTS,
    Invitation,
    Invitee,
    InviteError,
    LeftOut,
    Reading,
)
from drafts.exchange.invite.names import name_from_address
from drafts.exchange.invite.pasted import read_people
from drafts.exchange.invite.people import Guests, invited, part_guests, the_user
from drafts.exchange.invite.positions import find_position
from drafts.exchange.invite.texts import address_of, fit, plain_lines, tidy
from drafts.exchange.invite.times import NoTime, When, calendar_zones, when
from drafts.exchange.invite.titles import Said, clean_title, find_stage, titles_in

__all__ = [
    "Invitation",
    "InviteError",
    "Invitee",
    "LeftOut",
    "Reading",
    "facts_document",
    "read_invitations",
    "read_people",
]

MAX_TITLE = 200  # characters
MAX_WARNINGS = 30


@dataclass(frozen=True, slots=True)
class _Event:
    """One VEVENT with what stands around it."""

    component: Component
    found: Found
    uid: str
    recurrence: str
    sequence: int
    stamp: str

    @property
    def method(self) -> str:
        return tidy(self.found.calendar.text("METHOD")).upper()


def read_invitations(
    data: bytes | str, *, me: Collection[str] = (), default_zone: str = ""
) -> tuple[Invitation, ...]:
    """Every event in order of start, at least one. `me` are the user's addresses; `default_zone` is IANA.

    Raises InviteError when there is none that can be read, or more than is sensible.
    """
    raw = whole_characters(data).encode("utf-8") if isinstance(data, str) else data
    if len(raw) > MAX_BYTES:
        raise InviteError("The file is larger than 1 MB; export only the interview's event and try again.")
    events = _events(found_calendars(raw))
    if len(events) > MAX_EVENTS:
        raise InviteError(too_many_events())
    invitations = []
    for event in events:
        try:
            at = when(event.component, calendar_zones(event.found.calendar, default_zone))
        except NoTime:
            continue
        invitations.append(_invitation(event, at, me))
    if not invitations:
        raise InviteError(
            "The event does not say when it begins; export it from the calendar again, or fill in the page by hand."
        )
    return tuple(sorted(invitations, key=lambda one: one.starts_at))


def _events(found: Iterable[Found]) -> list[_Event]:
    """The events, each once: of doubles the highest SEQUENCE, then the latest DTSTAMP, then the first read."""
    newest: dict[tuple[str, str], _Event] = {}
    nameless: list[_Event] = []
    for one in found:
        for component in (part for part in one.calendar.parts if part.name == "VEVENT"):
            uid, recurrence = tidy(component.text("UID"))[:500], tidy(component.text("RECURRENCE-ID"))[:60]
            event = _Event(
                component,
                one,
                uid,
                recurrence,
                _number(component.text("SEQUENCE")),
                tidy(component.text("DTSTAMP"))[:20],
            )
            if not uid:
                nameless.append(event)
                continue
            known = newest.get((uid, recurrence))
            if known is None or (event.sequence, event.stamp) > (known.sequence, known.stamp):
                newest[uid, recurrence] = event
    return [event for event in newest.values() if not _is_replaced(event, newest)] + nameless


def _is_replaced(event: _Event, events: dict[tuple[str, str], _Event]) -> bool:
    """Whether this is a series whose first occurrence an exception replaces, so that only that one counts."""
    if event.recurrence:
        return False
    start = _digits(event.component.text("DTSTART"))
    return any(
        uid == event.uid
        and recurrence
        and start
        and _digits(recurrence)[: len(start)] == start[: len(_digits(recurrence))]
        for uid, recurrence in events
    )


def _digits(text: str) -> str:
    return "".join(character for character in text[:40] if character.isascii() and character.isdigit())[:12]


def _number(text: str) -> int:
    digits = tidy(text)[:9]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def _invitation(event: _Event, at: When, me: Collection[str]) -> Invitation:
    component = event.component
    warnings = list(at.warnings)
    lines = plain_lines(component.text("DESCRIPTION"))
    if not any(lines):
        lines = plain_lines(component.text("X-ALT-DESC"))
    body = plain_lines(event.found.body)
    guests = _guests(event, me, warnings)
    user_name = _sender_name(guests, event.found, warnings)
    with_described(guests, described_people(lines), user_name)
    if not guests.panel:
        with_described(guests, described_people(body), user_name)
    warnings += guests.warnings
    if len(guests.panel) > MAX_INTERVIEWERS:
        warnings.append(f"{len(guests.panel)} people were invited; the first {MAX_INTERVIEWERS} were taken.")
    panel = guests.panel[:MAX_INTERVIEWERS]
    said = _said(event, lines, body)
    names = [*(one.full_name for one in guests.panel), *guests.absent, user_name]
    domains = guests.domains if company_label(guests.domains) else guests.other_domains
    company = _fitted("company", find_company(said, domains, names, guests.callers), warnings)
    found = find_position(said, company.value, names, user_is_known=bool(user_name))
    position = _fitted("position", found, warnings)
    warnings += _missing(company, position, panel)
    cancelled = event.method == "CANCEL" or tidy(component.text("STATUS")).upper() == "CANCELLED"
    if cancelled:
        warnings.insert(0, "This interview was cancelled; check before you write.")
    if component.text("RRULE"):
        warnings.append("The event repeats; its first date was taken. Please check when the interview was.")
    return Invitation(
        uid=event.uid,
        recurrence=event.recurrence,
        sequence=event.sequence,
        title=_short(next((text for text, _ in said.titles), ""), MAX_TITLE),
        is_cancelled=cancelled,
        starts_at=at.starts_at,
        ended_at=at.ended_at,
        time_zone=at.zone,
        company=company,
        position=position,
        stage=find_stage(said, position.value),
        sender_name=user_name,
        people=tuple(panel),
        left_out=tuple(guests.left_out),
        warnings=tuple(dict.fromkeys(tidy(text) for text in warnings))[:MAX_WARNINGS],
    )


def _said(event: _Event, lines: list[str], body: list[str]) -> Said:
    """The event's own words first, then those of the mail around it."""
    titles = (
        (clean_title(event.component.text("SUMMARY")), "the event's title"),
        (clean_title(event.found.subject), "the mail's subject"),
        *((title, "the description") for title in titles_in(lines)),
    )
    texts = (
        *((line, "the description") for line in lines),
        *((line, "the mail's text") for line in body),
    )
    return Said(tuple(one for one in titles if one[0]), tuple(one for one in texts if one[0]))


def _guests(event: _Event, me: Collection[str], warnings: list[str]) -> Guests:
    guests, remarks = invited(event.component)
    warnings += remarks
    # Google's export of a whole calendar is called by its owner's address.
    owner = address_of(event.found.calendar.text("X-WR-CALNAME"))
    is_reply = event.method in ("REPLY", "COUNTER")
    user, why = the_user(guests, me, event.found.to_email or owner, is_reply=is_reply)
    return part_guests(guests, user, why)


def _sender_name(guests: Guests, found: Found, warnings: list[str]) -> str:
    """The user's own name: as the calendar or the mail has it, else a guess from an address of two words."""
    user = guests.user
    if user and user.name:
        return user.name
    if (
        found.to_name
        and "@" not in found.to_name
        and (not user or user.email.lower() == found.to_email.lower())
    ):
        return fit("full_name", found.to_name)[0]
    guessed = name_from_address(user.email) if user else ""
    if len(guessed.split()) > 1:
        warnings.append(f"Your name was guessed from your address as {guessed}; please check it.")
        return fit("full_name", guessed)[0]
    return ""


def _fitted(key: str, reading: Reading, warnings: list[str]) -> Reading:
    value, was_cut = fit(key, reading.value)
    if was_cut:
        warnings.append(f"The {key} was too long and was cut; please check it.")
    return Reading(value, reading.source, reading.is_guess)


def _missing(company: Reading, position: Reading, panel: list[Invitee]) -> list[str]:
    found = []
    if not company.value:
        found.append("The invitation does not name the company; fill it in.")
    if not position.value:
        found.append("The invitation does not name the position; fill it in.")
    if not panel:
        found.append("The invitation names nobody of the panel; add who interviewed you.")
    return found


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit + 1].rpartition(" ")[0] or text[:limit]


def facts_document(invitation: Invitation) -> dict[str, Any]:
    """The facts document of an invitation (docs/facts-document.md), with `warnings`.

    A required value that is not known is an empty text; an optional one is left out.
    """
    warnings = list(invitation.warnings)
    if not invitation.sender_name:
        warnings.append("The invitation does not give your name; fill in sender.full_name.")
    interview: dict[str, Any] = {
        "company": invitation.company.value,
        "position": invitation.position.value,
        "ended_at": invitation.ended_at.replace(tzinfo=None).isoformat(timespec="seconds"),
        "time_zone": invitation.time_zone.value,
    }
    if invitation.stage:
        interview["stage"] = invitation.stage.value
    return {
        "sender": {"full_name": invitation.sender_name},
        "interview": interview,
        "interviewers": [
            {
                key: value
                for key, value in (
                    ("full_name", one.full_name),
                    ("email", one.email),
                    ("job_title", one.job_title),
                    ("role", one.role.value if one.role else ""),
                )
                if value or key == "full_name"
            }
            for one in invitation.people
        ],
        "warnings": warnings,
    }
