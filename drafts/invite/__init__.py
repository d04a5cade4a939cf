"""Calendar invitations in: bytes or pasted text of an .ics file or of the mail that carried it -> Invitation values.

Whatever the bytes are, the answer is invitations or one InviteError that says what to do next.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from drafts.domain.facts import MAX_INTERVIEWERS
from drafts.domain.messages import Message
from drafts.domain.tokens import fold
from drafts.exchange.cleaning import whole_characters
from drafts.invite.around import above_quoted, own_lines, reader_name, says_interview
from drafts.invite.companies import company_label, find_company
from drafts.invite.dates import names_when
from drafts.invite.days import one_a_day
from drafts.invite.described import described_people, people_in_titles, takes_part, writer_of
from drafts.invite.document import facts_document
from drafts.invite.lines import Component, has_calendar, too_many_events
from drafts.invite.lists import given_names
from drafts.invite.mail import Found, found_calendars, found_text, missing
from drafts.invite.mentioned import named_in
from drafts.invite.model import (
    MAX_BYTES,
    MAX_EVENTS,
    Invitation,
    Invitee,
    InviteError,
    LeftOut,
    Reading,
)
from drafts.invite.names import is_like_person, is_one_of, name_from_address, name_key, person_name
from drafts.invite.panel import WRITER, panel_of, place_of, with_addresses
from drafts.invite.pasted import keep, read_people
from drafts.invite.people import (
    ORGANIZED,
    PROGRAM,
    Guest,
    Guests,
    bare,
    invited,
    is_role_address,
    part_guests,
    reason_to_leave_out,
    the_user,
)
from drafts.invite.positions import LABELLED, find_position
from drafts.invite.prose import beside_words, when_in, with_other_zones
from drafts.invite.remarks import fitted, missing_facts, tidied, unsure
from drafts.invite.texts import address_of, fit, plain_lines, tidy
from drafts.invite.times import NoTime, When, calendar_zones, when
from drafts.invite.titles import Said, clean_title, find_stage, titles_in

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

    @property
    def method(self) -> str:
        return tidy(self.found.calendar.text("METHOD")).upper()

    @property
    def sequence(self) -> int:
        digits = tidy(self.component.text("SEQUENCE"))[:9]
        return int(digits) if digits.isascii() and digits.isdigit() else 0

    @property
    def version(self) -> tuple[int, str]:
        return self.sequence, tidy(self.component.text("DTSTAMP"))[:20]


def read_invitations(
    data: bytes | str, *, me: Collection[str] = (), default_zone: str = "", today: dt.date | None = None
) -> tuple[Invitation, ...]:
    """Every event in order of start, at least one; a mail without a calendar is one event.

    `me` are the user's addresses and names, `default_zone` is IANA, and a date without its year is near to the day the
    mail was sent on, or to `today`. Raises InviteError when none can be read, or when there are too many.
    """
    raw = whole_characters(data).encode("utf-8") if isinstance(data, str) else data
    if len(raw) > MAX_BYTES:
        raise InviteError(
            Message("The file is larger than 1 MB; export only the interview's event and try again.")
        )
    found = found_calendars(raw)
    events = _events(found)
    if not events:
        return (_written(raw, me, default_zone, today),)
    if len(events) > MAX_EVENTS:
        raise InviteError(too_many_events())
    invitations = []
    for event in events:
        try:
            lines = plain_lines(event.component.text("SUMMARY") + "\n" + event.component.text("DESCRIPTION"))
            at = when(event.component, calendar_zones(event.found.calendar, default_zone))
        except NoTime:
            continue
        at = beside_words(at, [*lines, *plain_lines(event.found.body)])
        invitations.append(_invitation(event, at, me))
    if not invitations:
        raise InviteError(_NO_TIME.get(events[0].method, _NO_TIME["REQUEST"]))
    return one_a_day(sorted(invitations, key=lambda one: one.starts_at or dt.datetime.max))


_NO_TIME = {
    "REQUEST": Message(
        "The event does not say when it begins; export it from the calendar again, or fill in the page by hand."
    ),
    "REPLY": Message(
        "This is an answer to an invitation and does not say when it begins; choose the invitation itself."
    ),
    "CANCEL": Message("This cancels an event without saying when it was; choose the invitation itself."),
}


def _written(raw: bytes, me: Collection[str], default_zone: str, today: dt.date | None) -> Invitation:
    """What a mail says in words. Raises InviteError where that is no interview."""
    if has_calendar(raw):
        raise InviteError(missing(raw))
    mail = own_lines(found_text(raw), me)
    lines = [mail.subject, *plain_lines(mail.body)]
    day = mail.sent_on or today or dt.datetime.now(dt.UTC).date()
    at = with_other_zones(when_in(lines, default_zone, day), above_quoted(lines) or lines)
    invitation = _invitation(_Event(Component("VEVENT"), mail, "", ""), at, me)
    is_timed = bool(invitation.starts_at or invitation.ends)
    company = invitation.company.value or invitation.companies
    says_job = bool(company and invitation.position.value) and not invitation.position.is_guess
    says_when = is_timed or names_when(lines)
    who = company or invitation.people or invitation.others
    is_interview = says_interview(lines) or (who and says_when)
    if not is_interview or not (says_when or says_job):
        raise InviteError(missing(raw))
    return invitation


def _events(found: Iterable[Found]) -> list[_Event]:
    """The events, each once: of doubles the highest SEQUENCE, then the latest DTSTAMP, then the first read."""
    newest: dict[tuple[str, str], _Event] = {}
    nameless: list[_Event] = []
    for one in found:
        for component in (part for part in one.calendar.parts if part.name == "VEVENT"):
            uid, recurrence = tidy(component.text("UID"))[:500], tidy(component.text("RECURRENCE-ID"))[:60]
            event = _Event(component, one, uid, recurrence)
            if not uid:
                nameless.append(event)
                continue
            known = newest.get((uid, recurrence))
            if known is None or event.version > known.version:
                newest[uid, recurrence] = event
    return [event for event in newest.values() if not _is_replaced(event, newest)] + nameless


def _is_replaced(event: _Event, events: dict[tuple[str, str], _Event]) -> bool:
    """Whether this is a series whose first occurrence an exception replaces, so that only that one counts."""
    start = _digits(event.component.text("DTSTART"))[:8]
    return not event.recurrence and any(
        uid == event.uid and start and _digits(recurrence)[:8] == start for uid, recurrence in events
    )


def _digits(text: str) -> str:
    return "".join(character for character in text[:40] if character.isascii() and character.isdigit())[:12]


def _invitation(event: _Event, at: When, me: Collection[str]) -> Invitation:
    component = event.component
    lines = plain_lines(component.text("DESCRIPTION"))
    if not any(lines):
        lines = plain_lines(component.text("X-ALT-DESC"))
    body = plain_lines(event.found.body)
    said = _said(event, lines, body)
    called = reader_name([*lines, *body], event.found.from_name)
    guests = _guests(event, me, called)
    warnings = [*at.warnings, *guests.warnings]
    user_name = _sender_name(guests, event.found, _whole_name(called, said), warnings)
    guests.absent += [name for name in (user_name, called) if name]
    told = _interviewers(event, said, lines, body, guests)
    names = [one.full_name for one in (*told, *guests.people) if not one.is_guess]
    names += [*guests.absent, *map(name_from_address, guests.mine)]
    writer = writer_of(event.found.from_name, event.found.from_email, [])
    is_firm = is_role_address(event.found.from_email) and " via " not in event.found.from_name
    names += [
        one.full_name
        for one in writer
        if is_like_person(one.full_name)
        and not (is_firm and fold(one.full_name.split()[0]) not in given_names())
    ]
    jobs = [match[1] for line, _ in said.lines if (match := LABELLED.match(line))]
    domains = guests.domains if company_label(guests.domains) else guests.other_domains
    of_panel = [
        one.email.rpartition("@")[2].lower() for one in guests.people if place_of(told, one) is not None
    ]
    domains = of_panel if company_label(of_panel) else domains
    company, companies = find_company(said, domains, [*names, *jobs], guests.callers)
    company = fitted("company", company, warnings)
    label = company.value or company_label(domains)
    named = _named(event.found, lines, body, guests, label)
    is_sure = bool(company.value) and not company.is_guess
    panel, remarks = panel_of(told, named, guests.absent, label, is_sure=is_sure)
    panel = with_addresses(panel, [*lines, *body])[:MAX_INTERVIEWERS]
    warnings += remarks
    position, positions = find_position(said, company.value, names)
    position = fitted("position", position, warnings)
    others = [one for one in named if place_of(panel, one) is None and one.full_name not in position.value]
    others = with_addresses(others, [*lines, *body])[:MAX_INTERVIEWERS]
    of_people = {one.job_title for one in (*panel, *others)}
    positions = tuple(name for name in positions if name not in of_people)
    warnings += unsure(company, position, at.zone, warnings)
    warnings += missing_facts(company, position, panel, others)
    cancelled = event.method == "CANCEL" or tidy(component.text("STATUS")).upper() == "CANCELLED"
    if cancelled:
        warnings.insert(0, Message("This interview was cancelled; check before you write."))
    if component.text("RRULE"):
        warnings.append(
            Message("The event repeats; its first date was taken. Please check when the interview was.")
        )
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
        warnings=tuple(dict.fromkeys(tidied(text) for text in warnings))[:MAX_WARNINGS],
        companies=companies,
        positions=positions,
        ends=at.ends,
        is_end_guess=bool(at.warnings),
        others=tuple(others),
    )


def _interviewers(
    event: _Event, said: Said, lines: list[str], body: list[str], guests: Guests
) -> list[Invitee]:
    """The people whom the text names as interviewers, each with where it says so."""
    found: list[Invitee] = []
    writer = writer_of(event.found.from_name, event.found.from_email, [*lines, *body])
    writer = writer or [one for one in guests.people if one.source == ORGANIZED]
    mine = [*guests.absent, *(["you"] if event.found.body else [])]
    # Who sends from "no-reply" is a company: "Your interview with Tilde Labs".
    shared = [(one.name, one.email) for one in guests.left_out]
    shared.append((event.found.from_name, event.found.from_email))
    firms = {name_key(name) for name, email in shared if email and is_role_address(email)}
    firms -= {name_key(one.full_name) for one in guests.people}
    for people, where in (
        (described_people(lines), Message("the description")),
        # A newer mail replaces whom the one that it quotes names.
        (described_people(above_quoted(["", *body]) or body), Message("the text")),
        (people_in_titles((title for title, _ in said.titles), mine), Message("the title")),
        (writer if takes_part([*lines, *body]) else [], WRITER),
    ):
        keep(found, [replace(one, source=where) for one in people if name_key(one.full_name) not in firms])
    return found


def _named(mail: Found, lines: list[str], body: list[str], guests: Guests, company: str) -> list[Invitee]:
    """Everybody else: calendar guests, the email's sender, people copied on it, and names in the text."""
    found = list(guests.people)
    heads = [(Message("sent the mail"), mail.from_name, mail.from_email)]
    heads += [(Message("was copied"), name, address) for name, address in mail.copied]
    mine = [*guests.absent, *map(name_from_address, guests.mine)]
    for source, name, address in heads:
        reason = reason_to_leave_out(Guest(name, person_name(name)[0], address))
        if not reason and bare(address) not in map(bare, guests.mine) and not is_one_of(name, mine):
            whole = writer_of(name, address, [])
            name = whole[0].full_name if whole else name_from_address(address)
            if not name or not (address or is_like_person(name)):
                continue
            keep(found, [Invitee(fit("full_name", name)[0], address, "", None, source, not whole)])
    # A program's address may have the name of the person who sends by it.
    gone = [
        *mine,
        *(one.name for one in guests.left_out if one.reason != PROGRAM or not is_like_person(one.name)),
    ]
    for texts, where in (
        (lines, Message("is named in the description")),
        (body, Message("is named in the text")),
    ):
        for one in named_in(
            texts, where, [*gone, *(one.full_name for one in found if not one.is_guess)], company
        ):
            if place_of(found, one) is None:
                found.append(one)
    return found


def _said(event: _Event, lines: list[str], body: list[str]) -> Said:
    """The event's own words first, then those of the mail around it."""
    titles = (
        (clean_title(event.component.text("SUMMARY")), Message("the event's title")),
        (clean_title(event.found.subject), Message("the mail's subject")),
        *((title, Message("the description")) for title in titles_in(lines)),
        *((title, Message("the text")) for title in titles_in(body)),
    )
    texts = (
        *((line, Message("the description")) for line in lines),
        *((line, Message("the text")) for line in body),
        (tidy(event.component.text("LOCATION")[:500].replace("\n", ", ")), Message("the place")),
    )
    return Said(tuple(one for one in titles if one[0]), tuple(one for one in texts if one[0]))


def _guests(event: _Event, me: Collection[str], called: str) -> Guests:
    guests, remarks = invited(event.component)
    # Google's export of a whole calendar is called by its owner's address.
    owner = address_of(event.found.calendar.text("X-WR-CALNAME"))
    is_reply = event.method in ("REPLY", "COUNTER")
    title = re.sub(r"\W", "", fold(f"{event.component.text('SUMMARY')} {event.found.subject}"[:MAX_TITLE]))
    for guest in guests:
        label = re.sub(r"\W", "", company_label([guest.domain]))
        guest.is_named = bool(label) and label in title and label not in re.sub(r"\W", "", fold(guest.name))
    user, why = the_user(guests, me, event.found.to_email or owner, called, is_reply=is_reply)
    found = part_guests(guests, user, why)
    found.warnings += remarks
    found.mine += [address for address in (*me, event.found.to_email) if "@" in address]
    if event.found.from_email and bare(event.found.from_email) not in map(bare, found.mine):
        found.other_domains.append(event.found.from_email.rpartition("@")[2].lower())
        found.callers.append(event.found.from_name)
    return found


def _sender_name(guests: Guests, found: Found, called: str, warnings: list[str]) -> str:
    """The user's own name: as the calendar or the mail has it, else a guess from an address of two words."""
    user = guests.user
    if user and user.name:
        return user.name
    is_named = found.to_name and "@" not in found.to_name
    if is_named and (not user or user.email.lower() == found.to_email.lower()):
        return fit("full_name", found.to_name)[0]
    if len(name_key(called).split()) > 1:
        return fit("full_name", called)[0]
    guessed = name_from_address(guests.mine[0]) if guests.mine else ""
    # "m.lind" is less than a full name, and "maya.lind.design" is more than one; the page asks for the name instead.
    if len(guessed.split()) == 2 and "." not in guessed:
        warnings.append(
            Message("Your name was guessed from your address as {guessed}; please check it.", guessed=guessed)
        )
        return fit("full_name", guessed)[0]
    return ""


def _whole_name(called: str, said: Said) -> str:
    """The user's full name from the title, if the text only has the first: "Maya Lind - Interview", "Hi Maya"."""
    found = {
        match[0]
        for title, _ in said.titles
        for match in re.finditer(
            rf"\b{re.escape(called)}(?:\s(?:De|Di|El|La|Le|Mac|Te|Van)\b)*\s[A-Z][\w'’-]+", title
        )
    }
    return found.pop() if called and len(found) == 1 and is_like_person(min(found)) else called


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit + 1].rpartition(" ")[0] or text[:limit]
