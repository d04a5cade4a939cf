"""The people a calendar event invites: attendees and organizer, without the user, rooms, bots and shared mailboxes."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from drafts.domain.facts import MAX_LENGTH
from drafts.domain.grammar import role_from_title
from drafts.domain.messages import Message
from drafts.domain.tokens import fold
from drafts.invite.lines import Component, Property
from drafts.invite.lists import is_of, listed
from drafts.invite.model import MAX_ATTENDEES, Invitee, LeftOut
from drafts.invite.names import name_from_address, name_key, person_name
from drafts.invite.texts import address_of, fit, tidy

INVITED = Message("was invited")
ORGANIZED = Message("organized the event")
PROGRAM = Message("an address of a scheduling or recruiting program")


@dataclass(slots=True)
class Guest:
    """One attendee or organiser as the calendar has them."""

    written: str
    name: str
    email: str
    job_title: str = ""
    kind: str = ""
    answer: str = ""
    is_organiser: bool = False
    is_named: bool = False  # whether the title names the company of this address

    @property
    def domain(self) -> str:
        return self.email.rpartition("@")[2].lower()


@dataclass(slots=True)
class Guests:
    """Everybody invited, parted; `domains` are those that speak for the company, the people's own first."""

    user: Guest | None = None
    people: list[Invitee] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    domains: list[str] = field(default_factory=list)
    other_domains: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)  # names that nobody of the panel has
    mine: list[str] = field(default_factory=list)  # the user's own addresses
    callers: list[str] = field(default_factory=list)  # what programs and shared addresses call themselves


def invited(event: Component) -> tuple[list[Guest], list[str]]:
    """Attendees in order, an organiser who is none of them before them; an address once."""
    properties = event.all("ATTENDEE", MAX_ATTENDEES + 1)
    warnings: list[str] = []
    if len(properties) > MAX_ATTENDEES:
        warnings.append(
            Message("The event has more than {most} people; the first {most} were read.", most=MAX_ATTENDEES)
        )
    organiser = event.first("ORGANIZER")
    guests: list[Guest] = []
    for given in (*properties[:MAX_ATTENDEES], *([organiser] if organiser else [])):
        guest = _guest(given)
        known = _same(guests, guest)
        if known is None:
            guests.insert(0 if given is organiser else len(guests), guest)
        else:
            known.name, known.written = known.name or guest.name, known.written or guest.written
        (known or guest).is_organiser |= given is organiser
    return [one for one in guests if one.name or one.email or one.written], warnings


def _guest(given: Property) -> Guest:
    # Apple puts a relay into the value, and the address into EMAIL.
    email = address_of(given.parameters.get("EMAIL", "")) or address_of(given.value)
    written = tidy(given.parameters.get("CN", ""))[: MAX_LENGTH["full_name"] * 3]
    name, title = person_name(written)
    email = email or address_of(written)
    return Guest(
        written,
        fit("full_name", name)[0],
        email,
        fit("job_title", title)[0],
        given.parameters.get("CUTYPE", "").upper(),
        given.parameters.get("PARTSTAT", "").upper(),
    )


def _same(guests: list[Guest], guest: Guest) -> Guest | None:
    for one in guests:
        if one.email and one.email.lower() == guest.email.lower():
            return one
        if not (one.email and guest.email) and one.name and name_key(one.name) == name_key(guest.name):
            return one
    return None


def bare(address: str) -> str:
    """The user's own address for comparing: without case and "+tag"."""
    local, _, domain = address.lower().strip().partition("@")
    return f"{local.partition('+')[0]}@{domain}"


def the_user(
    guests: list[Guest], me: Collection[str], to_email: str, called: str, *, is_reply: bool = False
) -> tuple[Guest | None, str]:
    """Who of them the user is, and why: an address or a name that is known, the mail's own, else by elimination.

    `called` is what the text calls its reader: "Hi Maya". A reason that ends with "(a guess)" is one.
    """
    mine = {bare(address_of(address) or address) for address in me}
    names = {name_key(name) for name in me if "@" not in name}
    known = [one for one in guests if one.email and bare(one.email) in mine]
    known = known or [one for one in guests if one.name and name_key(one.name) in names]
    if known:
        return known[0], Message("this is you")
    free = [one for one in guests if is_of(one.domain, listed("free_mail"))]
    addressed = [one for one in guests if to_email and one.email and bare(one.email) == bare(to_email)]
    # A reply of the user's own goes to the organiser.
    if addressed and not (
        is_reply and addressed[0].is_organiser and len(free) == 1 and free[0] is not addressed[0]
    ):
        return addressed[0], Message("this is you: the message went to this address")
    key = name_key(called)
    greeted = [one for one in guests if key and f"{name_key(one.name)} ".startswith(f"{key} ")]
    if len(greeted) == 1:
        return greeted[0], Message("this is you: the text is addressed to {called}", called=called)
    if len(free) == 1:
        return free[0], Message("probably you: the only private address (a guess)")
    host = next((one.domain for one in guests if one.is_organiser), "")
    outside = [one for one in guests if one.domain not in ("", host) and not reason_to_leave_out(one)]
    outside = [one for one in outside if not one.is_named]
    if len(outside) == 1 and host and not is_of(host, listed("free_mail")):
        return outside[0], Message("probably you: the only one from outside (a guess)")
    return None, ""


def reason_to_leave_out(guest: Guest) -> str:
    """Why someone is not of the panel; empty when they are."""
    if (
        guest.kind in ("ROOM", "RESOURCE")
        or is_of(guest.domain, listed("resource_domains"))
        or _is_room(guest)
    ):
        return Message("a room or another resource, not a person")
    if guest.kind == "GROUP":
        return Message("a group, not a person")
    if guest.answer == "DECLINED":
        return Message("declined the invitation")
    words = fold(guest.written)
    if is_of(guest.domain, listed("note_takers")) or any(one in words for one in listed("note_taker_names")):
        return Message("a program that takes notes")
    if is_of(guest.domain, listed("schedulers")):
        return PROGRAM
    if guest.email and is_role_address(guest.email):
        return Message("a shared address, not a person's")
    if _is_group_name(guest.name or guest.written):
        return Message("a team or a shared calendar, not a person")
    if not guest.email and not guest.name:
        return "neither a name nor an address that can be used"
    return ""


def _is_room(guest: Guest) -> bool:
    words = " ".join(re.sub(r"[^\w\s]", " ", fold(guest.written)).split())
    if any(one in words for one in listed("room_words")):
        return True
    starts = any(words == one or words.startswith(f"{one} ") for one in listed("room_starts"))
    local = re.split(r"[._\d-]", guest.email.lower())[0]
    return starts or local in listed("room_addresses")


def is_role_address(address: str) -> bool:
    local, _, domain = address.lower().partition("@")
    names = set(re.split(r"[.-]", domain.rpartition(".")[0]))
    parts = [part for part in re.split(r"[._\d-]+", local.partition("+")[0]) if part]
    known = listed("role_address")
    said = (known - listed("weak_role_address")).intersection(parts)
    return not parts or "".join(parts) in known or (bool(said) and known.union(names).issuperset(parts))


def _is_group_name(name: str) -> bool:
    words = fold(name).split()
    ends = {" ".join(words[-count:]) for count in (1, 2)}
    return bool(words) and (
        words[0] in listed("group_starts")
        or " ".join(words) in listed("departments")
        or not listed("group_names").isdisjoint(ends)
    )


def part_guests(guests: list[Guest], user: Guest | None, why: str) -> Guests:
    """The people in the calendar's order, before it is known which of them are interviewers."""
    found = Guests(user, mine=[user.email] if user else [])
    if user and why.endswith("(a guess)"):
        shown = f"{user.name} ({user.email})" if user.name else user.email
        found.warnings.append(
            Message("{shown} was taken to be you; if that is somebody else, add them.", shown=shown)
        )
    for guest in guests:
        shown = guest.name or (tidy(guest.written) if "@" not in guest.written else "")
        reason = why if guest is user else reason_to_leave_out(guest)
        if reason:
            found.left_out.append(LeftOut(fit("full_name", shown)[0], guest.email, reason))
            # What a program or a team is called is no person's name: it may be the company's.
            found.absent += (
                [guest.name] if guest.name and (guest is user or guest.answer == "DECLINED") else []
            )
            found.callers += (
                [guest.name or shown] if guest is not user and guest.kind not in ("ROOM", "RESOURCE") else []
            )
            if guest is not user:
                found.other_domains.append(guest.domain)
            continue
        name = guest.name or fit("full_name", name_from_address(guest.email))[0]
        source = ORGANIZED if guest.is_organiser else INVITED
        role = role_from_title(guest.job_title)
        found.people.append(Invitee(name, guest.email, guest.job_title, role, source, not guest.name))
        found.domains.append(guest.domain)
    return found
