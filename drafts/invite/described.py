"""People whom only the words of an invitation name: "You will be meeting with Ana Ruiz, Engineering Manager"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from drafts.domain.facts import Role
from drafts.domain.naming import is_titled
from drafts.domain.naming.lists import any_of
from drafts.domain.tokens import fold
from drafts.invite.around import QUOTED, is_closing, signature
from drafts.invite.companies import company_label, fits_label
from drafts.invite.lists import listed
from drafts.invite.model import Invitee, Reading
from drafts.invite.names import (
    are_plain_words,
    is_like_person,
    is_occupation,
    is_one_of,
    is_particle,
    looks_like_name,
    may_be_address_of,
    name_key,
    says_company,
    without_lead,
)
from drafts.invite.pasted import PRONOUNS, keep, people_of
from drafts.invite.people import ORGANISER, Guests, is_role_address, role_of
from drafts.invite.texts import ADDRESS, fit, is_address
from drafts.invite.titles import pieces, without_stage

MAX_DESCRIBED = 100
MAX_ADDRESSES = 50  # in a text, to be matched with people

_YOU_MEET = re.compile(
    r"""\b(?:
      you(?:['’]?(?:ll|re)|\ will|\ are|\ would)?\s+(?:be\s+)?(?:scheduled\ to\s+|going\ to\s+|to\s+)?
      (?:meet(?:ing)?|speak(?:ing)?|talk(?:ing)?|chat(?:ting)?|interview(?:ing|ed)?|sitting\ down|see(?:ing)?
        |be(?=\ with))
      \s*(?:with|w/|to|by)?
    | interviewed\ by | joined\ by | introduce\ you\ to )\s+(?P<rest>.+)\Z""",
    re.I | re.X,
)
# What stands here may be a company as well: "your interview with Harbourline Cafe".
_WITH = re.compile(r"\b(?:with|by|meet|avec|mit|con|com|met|par)\s+(?=(?P<rest>\S.+))", re.I)
# "Ana Ruiz (Engineering Manager)", "Ana Ruiz, Engineering Manager", wherever it stands.
_WITH_JOB = re.compile(
    r"(?P<name>(?:[A-Z]\w{0,3}\.\s)?[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w.'’-]*){1,3})(?:\s\((?P<in>[^()]{3,60})\)|,\s(?P<after>[^,.;()]{3,60}))"
)
_TO_ASK = re.compile(
    r"\b(?:contact|email|call|text|ring|message|ask|inform|notify|reach out to|reply to|get in touch with)\s*\Z",
    re.I,
)
# "Mr. Tomeu Rosselló, will call you", "Patty Giordano will sit in"
_WILL = re.compile(
    r"(?P<name>(?:(?:Mr|Mrs|Ms|Dr|Prof)\b\.?\s)?[^\W\d_a-z][\w'’-]+(?:\s[^\W\d_a-z][\w'’-]*){1,3}),?\s"
    r"(?:(?:our|the)\s[^,]{3,60},\s)?(?:and\sI\s)?will\s(?:also\s)?"
    r"(?:call|ring|phone|interview|sit\sin|lead|conduct|meet|be\s(?:calling|interviewing|on\sthe\spanel|meeting))\b"
)
_CLOCK = r"(?<![\d.])\d{1,2}(?:[:.h]\d{2})?\s*(?:[ap]\.?m\.?(?!\w))?"
_SURE_CLOCK = r"(?<![\d.])\d{1,2}(?:[:.h]\d{2}\s*(?:[ap]\.?m\.?(?!\w))?|\s*[ap]\.?m\.?(?!\w))"
_ZONE = r"(?:\s+(?-i:[A-Z]{2,4})\b)?"
_TIME = re.compile(
    rf"\(?{_CLOCK}{_ZONE}\s*(?:-|–|—|to|until)\s*{_CLOCK}{_ZONE}\)?|\(?{_SURE_CLOCK}{_ZONE}\)?|\(?\b\d{{1,3}}\s*min(?:ute)?s?\b\)?",
    re.I,
)
_ENDS_SENTENCE = re.compile(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bProf)(?<!\bDña)(?<!\bDra)(?<!\bSra)(?<!\bIng)(?<!\bLic)(?<!dott)(?<!\bRev)(?<!\b[A-Z])[.!?](?=\s|\Z)"
    r"|\s(?:on|at|from|about|for|to discuss|who|via|over|in|regarding)\s"
)
_SPLIT = re.compile(r"\s*\|\s*|\s+[-–—·•/]\s+|\s*:\s+|\s+with\s+", re.I)


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(listed('meeting_verbs'))})\s+(?P<rest>.+)")


@cache
def _labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """ "Interviewers: ...", and a heading with its people below; the words before are in `what`."""
    who = rf"(?:(?:your|the|our|today['’]s|ihre?|votre|su|suo)\s)?(?P<what>{any_of(listed('panel_labels'))})(?:\(s\))?"
    return (
        re.compile(
            rf"{who}\s*(?:(?:will be|is|are)?\s*(?:\([^()]*\)\s*)?(?:[:=?]|[-–—]\s)"
            r"|(?:will )?(?:consists?|be made up) of\s|(?:will be|is|are|sind|ist|sont|est|sono|zijn)\s)"
            r"\s*(?P<rest>.*)\Z",
            re.I,
        ),
        re.compile(rf"{who}(?P<rest>)\s*\Z", re.I),
    )


def _with_titles(line: str) -> list[Invitee]:
    """People with a job title in a short line without a label."""
    if ":" in line or len(line.split()) >= 9:
        return []
    return [one for one in _named(line, alone=True) if one.job_title and is_like_person(one.full_name)]


def described_people(lines: Iterable[str]) -> list[Invitee]:
    """Everybody the lines name as one the user meets, in order, each once."""
    found: list[Invitee] = []
    role: Role | None = None
    listing = fresh = is_closed = bulleted = is_beside = False
    column = -1
    for line in lines:
        line = PRONOUNS.sub("", line)
        cells = [cell.strip() for cell in line.split(" | ")] if " | " in line else []
        headed = [place for place, cell in enumerate(cells) if fold(cell) in listed("panel_labels")]
        headed = [] if re.search(r"\d", line) else headed
        if headed or (cells and 0 <= column < len(cells)):
            # A table with a column of interviewers.
            keep(found, [] if headed else _named(cells[column], least=1))
            column = headed[0] if headed else column
            continue
        column = -1 if line and not cells else column
        if not line:
            # One blank line may follow a heading; the next ends the list.
            listing, fresh = listing and fresh, False
            continue
        if len(found) >= MAX_DESCRIBED:
            break
        if any(words in fold(line) for words in ("pencilled in", "penciled in")):
            # Another interview than the one that is settled.
            continue
        is_bullet = line[0] in "•*·▪"
        listing = listing or (bulleted and is_bullet)
        bare = re.sub(r"\A(?:\W+|o\s+|\(?\d{1,2}[.)]\s+)", "", line)
        # A reply quotes the mail that it answers below itself.
        is_closed = (is_closed and line != QUOTED) or is_closing(bare)
        head = next((match for label in _labels() if (match := label.match(fold(bare)))), None)
        rest = _rest(head, bare)
        timed = bool(_TIME.match(bare.lstrip("([ ")))
        title = re.match(r"interviewer['’]?s?\s(?:designation|(?:job )?title|role)\s*:\s*(.+)", bare, re.I)
        if title and found:
            found[-1] = replace(found[-1], job_title=found[-1].job_title or fit("job_title", title[1])[0])
            continue
        if head:
            role, listing = _role(head["what"]), not rest
            fresh, is_closed = listing, False
            alone = not re.search(r"(?:s|(?<!i)n|es|panel|committee|team|board)\Z", head["what"], re.I)
            people = _named(rest, role, least=1, alone=alone)
        elif listing and (
            people := _named(_TIME.sub(" ", bare), role, least=1, alone=True) or _scheduled(bare)
        ):
            fresh = False
            bulleted = is_bullet
        else:
            listing = listing and "@" in bare
            people = (_scheduled(bare) if timed else []) or ([] if is_closed else _in_sentence(bare))
            # Directly below "Ana Ruiz, Engineering Manager", a name with any job title is a colleague.
            people = people or (_with_titles(bare) if is_beside else [])
            if not people and not is_closed:
                people = [one for one in _named(bare, alone=True) if is_occupation(one.job_title)]
                people = people if len(people) == 1 and len(bare.split()) < 12 else []
        is_beside = len(people) == 1 and bool(people[0].job_title) and bare.startswith(people[0].full_name)
        keep(found, people)
    return found


_TAKES_PART = re.compile(
    r"""(?<!let\ )(?<!to\ )\b(?:and|with|w/|met|en|mit|avec)\s(?:me|myself|mezelf|mir|moi)\b(?!\ know)
    | (?<!introduce\ )(?<!for\ )\bmyself\b | \bme\ and\s(?:our\s)?[A-Z] | \bconmigo\b | \bour\ interview\b
    | \bI(?:['’]ll|\ will)\s(?:also\s|both\s)?
      (?:meet(?:ing)?\ you|interview|(?:call|ring|phone)\ you|be\s(?:calling|meeting|interviewing|on\ the\ panel))\b
      (?!\s(?:back|early|next|once|again|when|if|to)\b)""",
    re.X,
)


# These sentences are about an earlier conversation or a later question: "Thank you for speaking with me last week."
_NOT_THIS_TIME = re.compile(r"\W*(?:thank|lovely|great|nice|good|it was|i enjoyed|please|questions)", re.I)


def takes_part(lines: Iterable[str]) -> bool:
    """Whether the writer says that the user will meet them too: "with Ana Ruiz and me"."""
    sentences = (sentence for line in lines for sentence in re.split(r"(?<=[.!?])\s", line))
    return any(_TAKES_PART.search(one) and not _NOT_THIS_TIME.match(one) for one in sentences)


def writer_of(name: str, email: str, lines: Iterable[str]) -> list[Invitee]:
    """The mail's writer, from its From header or else its signature; empty if that is not a person's name."""
    names = [name] if name else signature(lines)[:3]
    people = [one for text in names for one in _named(text, least=1, alone=True)]
    people.sort(key=lambda one: len(one.full_name.split()) < 2)
    return [replace(one, email=email) for one in people[:1]]


def _rest(match: re.Match[str] | None, line: str) -> str:
    """What follows in the line as it is written, of a match in the folded line."""
    return line[match.start("rest") :] if match else ""


def _role(what: str) -> Role | None:
    low = what.lower()
    if "hiring manager" in low:
        return Role.HIRING_MANAGER
    return Role.RECRUITER if "recruiter" in low else None


def _named(text: str, role: Role | None = None, *, least: int = 2, alone: bool = False) -> list[Invitee]:
    """A list such as "Priya Nair (Staff Engineer), Tomasz Wójcik and Ana Ruiz, Engineering Manager".

    `least`: how many words a name has. `alone`: the text is about one person, so that what follows a full name is
    the job title, whatever it says.
    """
    people = people_of(text.rstrip(" ."), alone=alone, is_titled=alone)
    people = [replace(one, role=role or one.role, full_name=without_lead(one.full_name)) for one in people]
    return [
        one
        for one in people
        if looks_like_name(one.full_name, least=1 if one.email else least)
        and (one.email or _is_written_as_name(one.full_name, text))
        and not says_company(one.full_name)
        and not (one.is_guess and is_role_address(one.email))
    ]


def _is_written_as_name(name: str, text: str) -> bool:
    """Whether the text writes it with capitals, and one of its words at least is none of English."""
    words = [word for word in re.findall(r"\w+", name) if not is_particle(word)]
    if not all(re.search(rf"(?<!\w){word}", text) or word.upper() in text for word in words):
        return False
    return is_titled(name) or not are_plain_words(name, text)


def _is_person(one: Invitee) -> bool:
    return bool(one.job_title or one.email) or is_titled(one.full_name) or is_like_person(one.full_name)


def people_in_titles(titles: Iterable[str]) -> list[Invitee]:
    """Whom a title names behind "with": "Interview with Kevin Larsson"."""
    found: list[Invitee] = []
    for title in titles:
        for word, text in pieces(title):
            keep(found, [one for one in _named(without_stage(text)) if word == "with" and _is_person(one)])
    return found


def _in_sentence(line: str) -> list[Invitee]:
    """Whom a sentence names: behind "you will meet" or "with", or with a job title."""
    sure = _YOU_MEET.search(line) or _verbs().search(fold(line))
    text = _first_part(_rest(sure, line))
    found = _named(text, least=1)
    for match in list(_WITH.finditer(line))[:5]:
        text = _first_part(match["rest"])
        is_alone = text.endswith(")") and text.count("(") == 1
        # "with Mark Bell at Zylker"
        is_of = bool(re.match(r"\s(?:at|from)\s[A-Z]", match["rest"][len(text) :]))
        people = _named(text, alone=is_alone)
        keep(found, [one for one in people if is_of or _is_person(one)])
    for match in list(_WITH_JOB.finditer(line))[:20]:
        job = match["in"] or match["after"]
        if _TO_ASK.search(line[: match.start()]) or _TO_ASK.match(match["name"].split()[0]):
            continue
        if is_occupation(job) and not re.match(r"(?:our|your|my|the|an?)\s", job, re.I):
            keep(found, _named(f"{match['name']}, {job}", alone=True))
    for match in list(_WILL.finditer(line))[:5]:
        keep(found, [one for one in _named(match["name"]) if _is_person(one)])
    if found:
        return found
    # "our Engineering Manager Ana Ruiz", "our recruiter, Dana Cole"
    words = text.split()
    for count in range(1, min(len(words), 6)):
        title = " ".join(words[:count]).strip(",")
        for length in (3, 2) if is_occupation(title) else ():
            people = _named(" ".join(words[count : count + length]))
            if people and people[0].full_name[0].isupper():
                return [replace(people[0], job_title=title)]
    return []


def _first_part(text: str) -> str:
    """As far as names can go in a sentence."""
    text = re.sub(r",?\s(?:and|und|en|et|y|e)\s(?:me|myself|I|mezelf|ich|mir|moi|yo|io)\b", "", text)
    end = _ENDS_SENTENCE.search(text)
    return re.sub(r"\A(?:our|your|the|my|me,)\s+", "", text[: end.start()] if end else text, flags=re.I)


def _scheduled(line: str) -> list[Invitee]:
    """The people of one line of a loop's timetable: "13:00-13:45 System design with Priya Nair (Staff Engineer)"."""
    text = _TIME.sub(" ", line).strip(" -–—:|,.").removeprefix("with ")
    found: list[Invitee] = []
    for segment in _SPLIT.split(text):
        segment = segment.strip(" -–—:|,.")
        if found and is_occupation(segment) and not found[-1].job_title:
            found[-1] = replace(found[-1], job_title=segment)
        found += _named(segment, alone=True)
    # "Coding (Ana Ruiz)"
    return found or [one for inside in re.findall(r"\(([^()]{3,80})\)", text) for one in _named(inside)]


def with_described(guests: Guests, people: list[Invitee], where: str, spoken: Reading) -> None:
    """Adds whom the words name; somebody there already gains what is missing, and the left out stay out."""
    label, company = company_label(guests.domains), spoken.value
    # What is only guessed to be the company may be the person.
    sure = label or ("" if spoken.is_guess else company)
    left = {one.email.lower() for one in guests.left_out if one.email}
    for one in people:
        behind = re.search(rf"\s(?:of|at|from|@)\s{re.escape(company)}\Z", one.job_title) if company else None
        if behind:
            one = replace(one, job_title=one.job_title[: behind.start()])
        if fold(one.job_title) == fold(company) or (label and fits_label(one.job_title, label)):
            one = replace(one, job_title="")
        place = _place(guests.panel, one)
        if place is not None:
            guests.panel[place] = _completed(guests.panel[place], one, where, guests.warnings)
            continue
        is_company = not one.email and fits_label(one.full_name, sure)
        is_user = any(may_be_address_of(one.full_name, address) for address in guests.mine)
        if is_company or is_user or one.email.lower() in left or is_one_of(one.full_name, guests.absent):
            continue
        guests.panel.append(
            replace(one, role=one.role or role_of(one.job_title), source=where, is_guess=True)
        )
        if not one.email:
            guests.warnings.append(
                f"{one.full_name} is named in {where} only; add an address before you send."
            )


def with_addresses(panel: list[Invitee], lines: Iterable[str]) -> list[Invitee]:
    """The panel with missing addresses filled in: from the lines, if one fits that person's name and nobody else's."""
    known = {one.email.lower() for one in panel}
    there = dict.fromkeys(address for line in lines for address in ADDRESS.findall(line)[:20])
    free = [
        one for one in there if one.lower() not in known and is_address(one) and not is_role_address(one)
    ][:MAX_ADDRESSES]
    fitting = {
        address: [place for place, one in enumerate(panel) if may_be_address_of(one.full_name, address)]
        for address in free
    }
    found = {places[0]: address for address, places in fitting.items() if len(places) == 1}
    return [
        replace(one, email=found[place]) if place in found and not one.email else one
        for place, one in enumerate(panel)
    ]


def _place(panel: list[Invitee], one: Invitee) -> int | None:
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
    for test in tests:
        places = [place for place, person in enumerate(panel) if test(person)]
        if len(places) == 1:
            return places[0]
    return None


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


def _completed(person: Invitee, one: Invitee, where: str, warnings: list[str]) -> Invitee:
    title = person.job_title or one.job_title
    is_guess = person.is_guess
    name = person.full_name
    if person.source == "the address" and len(one.full_name.split()) > 1:
        warnings[:] = [text for text in warnings if person.email not in text]
        name, is_guess = one.full_name, False
    return replace(
        person,
        full_name=name,
        is_guess=is_guess,
        source=where if person.source == ORGANISER else person.source,
        email=person.email or one.email,
        job_title=title,
        role=person.role or one.role or role_of(title),
    )
