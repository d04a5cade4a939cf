"""People whom only the words of an invitation name: "You will be meeting with Ana Ruiz, Engineering Manager"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from drafts.domain.facts import Role
from drafts.exchange.invite.companies import company_label, fits_label
from drafts.exchange.invite.model import Invitee
from drafts.exchange.invite.names import (
    is_occupation,
    looks_like_name,
    may_be_address_of,
    name_key,
    person_name,
)
from drafts.exchange.invite.people import Guests, role_of
from drafts.exchange.invite.texts import ADDRESS, fit, is_address

MAX_DESCRIBED = 100

_WHO = r"""(?:your\ |the\ |our\ |today's\ |ihre?\ )?(?:
      interviewers? | interview\ (?:panel|team|partners?) | panel(?:l?ists?)?(?:\ members?)? | interviewed\ by
    | hiring\ managers? | recruiters? | hosts? | meeting\ with | participants
    | who\ you(?:['’]ll|\ will)\ meet | you(?:['’]ll|\ will)\ (?:be\ )?meet(?:ing)?(?:\ with)?
    | who(?:\ is\ joining)? | with
    | gesprächspartner(?:in|innen)? | entrevistador(?:a|es|as)? | entrevistado\ por | intervieweurs? | intervistator[ei]
    )"""
_HEADING = re.compile(
    rf"\W*(?P<what>{_WHO})(?:\(s\))?\s*(?:\([^()]*\)\s*)?(?::|[-–—]\s|=)\s*(?P<rest>.*)\Z", re.I | re.X
)
_BARE_HEADING = re.compile(rf"\W*(?P<what>{_WHO})(?P<rest>)\s*\Z", re.I | re.X)
_SENTENCE = re.compile(
    r"""\b(?:
      you(?:['’]?(?:ll|re)|\ will|\ are|\ would)?\s+(?:be\s+)?(?:scheduled\ to\s+|going\ to\s+)?
      (?:meet(?:ing)?|speak(?:ing)?|talk(?:ing)?|chat(?:ting)?|interview(?:ing|ed)?)\s*(?:with|to|by)?
    | (?:interview|conversation|call|chat|meeting|session)(?:\ will\ be)?\ with | interviewed\ by | joined\ by
    | introduce\ you\ to )\s+(?P<rest>.+)\Z""",
    re.I | re.X,
)
_CLOCK = r"(?<![\d.])\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?(?!\w))?"
_SURE_CLOCK = r"(?<![\d.])\d{1,2}(?:[:.h]\d{2}\s*(?:[ap]\.?m\.?(?!\w))?|\s*[ap]\.?m\.?(?!\w))"
_ZONE = r"(?:\s+(?-i:[A-Z]{2,4})\b)?"
_TIME = re.compile(
    rf"\(?{_CLOCK}{_ZONE}\s*(?:-|–|—|to|until)\s*{_CLOCK}{_ZONE}\)?|\(?{_SURE_CLOCK}{_ZONE}\)?|\(?\b\d{{1,3}}\s*min(?:ute)?s?\b\)?",
    re.I,
)
_BULLET = re.compile(r"\A(?:[-*•·–—‣▪o]\s+|\(?\d{1,2}[.)]\s+)")
_ENDS_SENTENCE = re.compile(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)(?<!\b[A-Z])[.!?](?=\s|\Z)"
    r"|\s(?:on|at|from|about|for|to discuss|who|via|over|in|regarding)\s"
)
_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,100})[)\]]")
_AND = re.compile(r"\s+(?:and|&|und)\s+|\s*;\s*|\s+(?:as well as|along with)\s+", re.I)
_SPLIT = re.compile(r"\s*\|\s*|\s+[-–—·•/]\s+|\s*:\s+|\s+with\s+", re.I)


@dataclass(frozen=True, slots=True)
class Described:
    name: str
    job_title: str = ""
    email: str = ""
    role: Role | None = None


def described_people(lines: Iterable[str]) -> list[Described]:
    """Everybody the lines name as one the user meets, in order, each once."""
    found: list[Described] = []
    role: Role | None = None
    listing, fresh = False, False
    for line in lines:
        if not line:
            # One blank line may follow a heading; the next ends the list.
            listing, fresh = listing and fresh, False
            continue
        if len(found) >= MAX_DESCRIBED:
            break
        bare = _BULLET.sub("", line)
        head = _HEADING.match(bare) or _BARE_HEADING.match(bare)
        if head:
            role, listing = _role(head["what"]), not head["rest"]
            fresh = listing
            alone = not re.search(r"(?:s|n|en|es)\Z", head["what"].strip(), re.I)
            found += named_in(head["rest"], role, single=True, alone=alone)
            continue
        if listing:
            people = named_in(_TIME.sub(" ", bare), role, single=True, alone=True) or _scheduled(bare)
            if people or ADDRESS.fullmatch(bare):
                found, fresh = found + people, False
                continue
            listing = False
        people = _scheduled(bare) if _TIME.match(bare.lstrip("([ ")) else []
        if not people:
            sentence = _SENTENCE.search(bare)
            people = _in_sentence(sentence["rest"]) if sentence else []
        found += people
    return _once(found)


def _role(what: str) -> Role | None:
    low = what.lower()
    if "hiring manager" in low:
        return Role.HIRING_MANAGER
    return Role.RECRUITER if "recruiter" in low else None


def named_in(
    text: str, role: Role | None = None, *, single: bool = False, alone: bool = False
) -> list[Described]:
    """A list such as "Priya Nair (Staff Engineer), Tomasz Wójcik and Ana Ruiz, Engineering Manager".

    `single`: a name of one word counts too. `alone`: the line is about one person, so that what follows a full name
    and is none is the job title, whatever it says.
    """
    found: list[Described] = []
    for chunk in _AND.split(_outside_brackets(text)):
        for piece in chunk.split(","):
            piece = piece.replace("\0", ",").strip(" .:-–—|")
            if not piece:
                continue
            one = _one(piece, role, least=1 if single else 2)
            full = one is not None and len(one.name.split()) > 1
            if found and not full and (is_occupation(piece) or (alone and _may_be_title(found[-1], piece))):
                if not found[-1].job_title:
                    found[-1] = replace(found[-1], job_title=piece)
            elif one:
                found.append(one)
    return found


def _may_be_title(person: Described, piece: str) -> bool:
    return len(person.name.split()) > 1 and 3 < len(piece) < 60 and not re.search(r"[\d@:/]", piece)


def _outside_brackets(text: str) -> str:
    """Commas inside brackets are set aside, so that "(Staff Engineer, Payments)" stays whole."""
    depth, kept = 0, []
    for character in text:
        depth = max(0, depth + (character in "(<[") - (character in ")>]"))
        kept.append("\0" if character == "," and depth else character)
    return "".join(kept)


def _one(piece: str, role: Role | None, *, least: int) -> Described | None:
    address = ADDRESS.search(piece)
    email = address[0].strip(".'") if address and is_address(address[0].strip(".'")) else ""
    name, title = person_name(piece.replace("|", " - ") if "|" in piece else piece)
    if not looks_like_name(name, least=least):
        return None
    inside = _BRACKET.search(piece)
    if (
        inside
        and not title
        and not re.search(r"[\d@:/]|\A(?:remote|video|online|optional|he|she|they)\b", inside[1], re.I)
    ):
        title = inside[1].strip()
    return Described(name, title, email, role)


def _in_sentence(rest: str) -> list[Described]:
    """Names at the start of what follows "meeting with", as far as they go."""
    end = _ENDS_SENTENCE.search(rest)
    text = rest[: end.start()] if end else rest
    text = re.sub(r"\A(?:our|your|the|my)\s+", "", text, flags=re.I)
    found = named_in(text)
    if found:
        return found
    # "our Engineering Manager Ana Ruiz", "our recruiter, Dana Cole"
    words = text.split()
    for count in range(1, min(len(words), 6)):
        title, name = " ".join(words[:count]).strip(","), " ".join(words[count : count + 3]).strip(",. ")
        if is_occupation(title):
            for length in (3, 2):
                short = " ".join(name.split()[:length]).strip(",")
                if looks_like_name(short):
                    return [Described(short, title)]
    return []


def _scheduled(line: str) -> list[Described]:
    """The people of one line of a loop's timetable: "13:00-13:45 System design with Priya Nair (Staff Engineer)"."""
    text = _TIME.sub(" ", line).strip(" -–—:|,.")
    found: list[Described] = []
    for segment in _SPLIT.split(text):
        segment = segment.strip(" -–—:|,.")
        whole = named_in(segment, alone=True)
        if whole:
            found += whole
        elif found and is_occupation(segment) and not found[-1].job_title:
            found[-1] = replace(found[-1], job_title=segment)
    if not found:
        # "Coding (Ana Ruiz)"
        found = [one for inside in re.findall(r"\(([^()]{3,80})\)", text) for one in named_in(inside)]
    return found


def _once(found: list[Described]) -> list[Described]:
    kept: dict[str, Described] = {}
    for one in found:
        key = name_key(one.name)
        if key in kept:
            known = kept[key]
            kept[key] = replace(
                known,
                job_title=known.job_title or one.job_title,
                email=known.email or one.email,
                role=known.role or one.role,
            )
        else:
            kept[key] = one
    return list(kept.values())


def with_described(guests: Guests, people: list[Described], user_name: str) -> None:
    """Adds whom the words name; somebody there already gains what is missing, and the left out stay out."""
    out = {name_key(name) for name in (*guests.absent, user_name) if name}
    label = company_label(guests.domains)
    left = [one.email for one in guests.left_out if one.email]
    user = guests.user.email if guests.user else ""
    for one in people:
        title = "" if label and fits_label(one.job_title, label) else fit("job_title", one.job_title)[0]
        one = replace(one, name=fit("full_name", one.name)[0], job_title=title)
        key = name_key(one.name)
        place = _place(guests.panel, one)
        if place is not None:
            guests.panel[place] = _completed(guests.panel[place], one, guests.warnings)
            continue
        is_first_name = len(key.split()) == 1 and any(name.split()[0] == key for name in out if name)
        if (
            not key
            or key in out
            or is_first_name
            or (one.email and one.email.lower() in map(str.lower, left))
        ):
            continue
        if user and may_be_address_of(one.name, user):
            continue
        guests.panel.append(
            Invitee(
                one.name,
                one.email,
                one.job_title,
                one.role or role_of(one.job_title),
                "the description",
                True,
            )
        )
        if not one.email:
            guests.warnings.append(
                f"{one.name} is named in the description only; add an address before you send."
            )


def _place(panel: list[Invitee], one: Described) -> int | None:
    key = name_key(one.name)
    tests: tuple[Callable[[Invitee], bool], ...] = (
        lambda person: bool(one.email) and one.email.lower() == person.email.lower(),
        lambda person: name_key(person.full_name) == key,
        lambda person: person.is_guess and bool(person.email) and may_be_address_of(one.name, person.email),
        lambda person: len(key.split()) == 1 and name_key(person.full_name).split()[:1] == [key],
        lambda person: _short_form(name_key(person.full_name), key),
    )
    for test in tests:
        places = [place for place, person in enumerate(panel) if test(person)]
        if len(places) == 1:
            return places[0]
    return None


def _short_form(name: str, other: str) -> bool:
    """ "Priya R. Nair" and "Priya Nair"."""
    parts, others = name.split(), other.split()
    return len(parts) > 1 and len(others) > 1 and (parts[0], parts[-1]) == (others[0], others[-1])


def _completed(person: Invitee, one: Described, warnings: list[str]) -> Invitee:
    title = person.job_title or one.job_title
    name = person.full_name
    if person.source == "the address" and len(one.name.split()) > 1:
        warnings[:] = [
            text for text in warnings if not text.startswith(f"{name} is all that {person.email} ")
        ]
        name = one.name
    return replace(
        person,
        full_name=name,
        email=person.email or one.email,
        job_title=title,
        role=person.role or one.role or role_of(title),
    )
