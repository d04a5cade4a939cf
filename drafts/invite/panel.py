"""Builds the panel: interviewers named in the text, matched with the people in the calendar and the email."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from drafts.domain.grammar import role_from_title
from drafts.domain.messages import Message
from drafts.domain.tokens import fold
from drafts.invite.companies import fits_label, without_company
from drafts.invite.model import Invitee
from drafts.invite.names import is_called, may_be_address_of, name_key
from drafts.invite.people import is_role_address
from drafts.invite.texts import ADDRESS, is_address

WRITER = Message("what the writer says of themselves")  # the source of a sender who writes "with Ana and me"
NAMED_IN = "is named in"  # how the source begins for people who are only named in the text
MAX_ADDRESSES = 50  # in a text, to be matched with people


def panel_of(
    said: Iterable[Invitee], named: list[Invitee], absent: Sequence[str], company: str, *, is_sure: bool
) -> tuple[list[Invitee], list[str]]:
    """(the panel, what to check of it). Whoever of `named` is on the panel is taken out of that list.

    `is_sure`: the company is, so that whoever "interview with" names is a person.
    `absent` are names that nobody of the panel has: the user's, and those of people who declined.
    """
    panel: list[Invitee] = []
    warnings: list[str] = []
    for one in said:
        title = without_company(one.job_title, company)
        one = replace(one, job_title="" if fold(title) == fold(company) else title)
        if place_of(panel, one) is not None or is_called(one.full_name, absent):
            continue
        place = place_of(named, one)
        known = named[place] if place is not None else None
        # Whom only the same text names is no proof that "interview with Norrland Energi" names a person.
        is_backed = known is not None and not known.source.startswith(NAMED_IN)
        if not is_backed and (
            fits_label(one.full_name, company) or (one.is_guess and not (is_sure and " " in one.full_name))
        ):
            continue
        if known:
            named.remove(known)
            if not is_backed and len(known.full_name.split()) > len(one.full_name.split()) == 1:
                warnings.append(
                    Message(
                        "{name} was taken to be {full_name}; please check it.",
                        name=one.full_name,
                        full_name=known.full_name,
                    )
                )
        panel.append(
            _completed(known, one) if known else replace(one, role=one.role or role_from_title(one.job_title))
        )
    return panel, [*warnings, *(text for one in panel for text in _remarks(one))]


def _remarks(one: Invitee) -> Iterator[str]:
    if one.source == WRITER:
        yield Message(
            "{name}, who wrote the invitation, seems to take part; please check.", name=one.full_name
        )
    if len(one.full_name.split()) < 2:
        yield Message(
            "There is only the name {name}. You can add the rest if you know it; if not, go on without it.",
            name=one.full_name,
        )
    elif one.is_guess:
        yield Message(
            "The name {name} is a guess from {source}; please check it.",
            name=one.full_name,
            source=one.email or one.source,
        )


def with_addresses(people: list[Invitee], lines: Iterable[str]) -> list[Invitee]:
    """Fills in missing email addresses from the lines, if one fits only that person's name."""
    known = {one.email.lower() for one in people}
    there = dict.fromkeys(address for line in lines for address in ADDRESS.findall(line)[:20])
    free = [
        one for one in there if one.lower() not in known and is_address(one) and not is_role_address(one)
    ][:MAX_ADDRESSES]
    for address in free:
        fitting = [one for one in people if may_be_address_of(one.full_name, address)]
        if len(fitting) == 1 and not fitting[0].email:
            people = [replace(one, email=address) if one is fitting[0] else one for one in people]
    return people


def place_of(people: Sequence[Invitee], one: Invitee) -> int | None:
    """The index of the only one of `people` who may be this person; None if there is none, or several."""
    key = name_key(one.full_name)
    tests: tuple[Callable[[Invitee], bool], ...] = (
        lambda person: bool(one.email) and one.email.lower() == person.email.lower(),
        lambda person: name_key(person.full_name) == key,
        lambda person: (
            person.is_guess and bool(person.email) and may_be_address_of(one.full_name, person.email)
        ),
        lambda person: len(key.split()) == 1 and name_key(person.full_name).split()[:1] == [key],
        lambda person: _short_form(name_key(person.full_name), key),
    )
    fitting = ([place for place, person in enumerate(people) if test(person)] for test in tests)
    places = next(filter(None, fitting), [])
    return places[0] if len(places) == 1 else None


def _short_form(name: str, other: str) -> bool:
    """ "Priya R. Nair" and "Priya Nair", "P. Nair", or "Priya Nair Costa"."""
    parts, others = sorted((name.split(), other.split()), key=len)
    if len(parts) < 2 or parts[0][0] != others[0][0]:
        return False
    is_same = parts[0] == others[0]
    ends = parts[-1] == others[-1]
    return (ends and (is_same or 1 in (len(parts[0]), len(others[0])))) or (
        is_same and parts == others[: len(parts)]
    )


def _completed(known: Invitee, one: Invitee) -> Invitee:
    """A known person, completed with what the text says about them as an interviewer."""
    title = known.job_title or one.job_title
    named = known.is_guess and len(one.full_name.split()) > 1
    is_text = known.source.startswith(NAMED_IN)
    return replace(
        known,
        full_name=one.full_name if named else known.full_name,
        is_guess=one.is_guess if is_text else known.is_guess and not named,
        source=one.source,
        email=known.email or one.email,
        job_title=title,
        role=known.role or one.role or role_from_title(title),
    )
