"""A pasted list of people: "Priya Nair <priya@x.example>, Wójcik, Tomasz; Dr. Ana Ruiz - Staff Engineer".

Lines and semicolons part people. A comma parts them too, unless it stands in "Last, First": two parts of one word each
(the first may begin with a particle: "van der Berg, Jan"), side by side, the second without an address or with one that
holds the first part. Where more than two such words stand in a row without an address they are pairs when their number
is even, and people called by one name when it is odd. A part that names a job belongs to the person before it. In a
paste of several lines what else follows a full name is a company or a team, not somebody called by one name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from drafts.domain.grammar import role_from_title
from drafts.domain.messages import Message
from drafts.domain.naming import is_titled as has_title
from drafts.domain.naming.lists import plain, titles
from drafts.domain.tokens import fold
from drafts.invite.lists import listed
from drafts.invite.model import Invitee
from drafts.invite.names import (
    are_credentials,
    is_label,
    is_like_person,
    is_occupation,
    is_particle,
    looks_like_name,
    may_be_address_of,
    name_from_address,
    name_key,
    person_name,
    says_company,
    without_job,
)
from drafts.invite.texts import ADDRESS, fit, is_address, tidy

MAX_CHARACTERS = 100_000
MAX_PEOPLE = 100
MAX_ROWS = 2000
MAX_PARTS = 500  # of one line, between commas
MAX_ENTRY = 400  # characters

_BULLET = re.compile(r"\A\s*(?:(?:[-*•·–—‣▪◦>]|\[[ xX]?\]|\(?\d{1,3}[.)])\s*)+(?=\D|\Z)")
_LINK = re.compile(r"\[([^\[\]]{0,200})\]\(mailto:([^()\s]{1,300})\)", re.I)
_MAILTO = re.compile(r"<?mailto:([^<>\s?]{1,300})(?:\?[^<>\s]{0,300})?>?", re.I)
_LABEL = re.compile(
    r"\A(?:to|cc|interviewers?|panel|attendees|participants|with|required|optional|organi[sz]er|guests)\s*:\s*",
    re.I,
)
# "Duarte, Anabela - Plant Manager"
_TURNED = re.compile(
    r"\A((?:[a-z]{1,4}\s){0,2}[^\W\d_a-z][\w'’-]+),\s([^\W\d_a-z][\w'’-]+(?:\s[A-Z]\.?)?)\s+([-–—|(]\s?[^\W\d_].*)\Z"
)
PRONOUNS = re.compile(r"\s*\((?:she|he|they)(?:\s?/\s?\w+){1,2}\)", re.I)
_CLOCKS = re.compile(
    r"\A\W*(?:\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:[-–—]\s*)?){1,2}[-–—:|,]?\s*(?=\D)", re.I
)
_AND = re.compile(
    r"\s+(?:and|&|und|[+/])\s+|(?<=\))\s+(?:y|e|et|en)\s+|\A\s*(?:and|&|und|(?-i:y|e|et|en))\s+", re.I
)


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    email: str = ""

    @property
    def is_single(self) -> bool:
        words = self.text.split()
        while len(words) > 1 and is_particle(words[0]):
            words = words[1:]
        return len(words) == 1 and looks_like_name(words[0], least=1)

    @property
    def is_given(self) -> bool:
        """One word, or one with an initial behind it or a title before it."""
        words = [word for word in self.text.split() if plain(word) not in titles()]
        return (
            len(words) in (1, 2)
            and looks_like_name(words[0], least=1)
            and all(len(word.strip(".")) == 1 for word in words[1:])
        )


def read_people(text: str) -> tuple[Invitee, ...]:
    """The people of a pasted list in order, each once, at most MAX_PEOPLE. Whatever it is, this never raises."""
    found: list[Invitee] = []
    text = _MAILTO.sub(r"<\1>", _LINK.sub(r"\1 <\2>", str(text)[:MAX_CHARACTERS]))
    lines = [line for line in re.split(r"[\r\n\v\f\x85\u2028\u2029]+", text) if line.strip()][:MAX_ROWS]
    for line in lines:
        line = PRONOUNS.sub("", _CLOCKS.sub("", line))
        if not (found and _belongs_above(line, found)):
            keep(found, people_of(_without_topic(line), alone=len(lines) > 1))
        if len(found) >= MAX_PEOPLE:
            break
    return tuple(found[:MAX_PEOPLE])


def _belongs_above(line: str, found: list[Invitee]) -> bool:
    """Whether a line only adds to the last person found: a job title or address, which is stored, or a link."""
    last, text = found[-1], tidy(line[:MAX_ENTRY])
    if re.match(r"(?:https?://|www\.|linkedin\.com/)\S+\Z", text, re.I):
        return True
    title = "" if looks_like_name(text.partition(",")[0]) else _title(text)
    if title and not last.job_title:
        found[-1] = replace(last, job_title=title, role=role_from_title(title))
        return True
    if not last.email and is_address(text) and may_be_address_of(last.full_name, text):
        found[-1] = replace(last, email=text)
        return True
    return False


def _without_topic(line: str) -> str:
    """ "System design: Ana Ruiz" without the topic of that conversation."""
    topic, _, rest = line.partition(": ")
    return rest if rest and "@" not in topic and looks_like_name(person_name(rest)[0]) else line


def people_of(line: str, *, alone: bool, is_titled: bool = False) -> list[Invitee]:
    """The people of one line. `alone`: it is about one person; `is_titled`: what follows is the job title."""
    if "\t" in line:
        return _from_cells([tidy(cell[:MAX_ENTRY]) for cell in line.split("\t")[:30]])
    line = _LABEL.sub("", _BULLET.sub("", tidy(line)))
    line = _TURNED.sub(r"\2 \1 \3", line) if alone else line
    people: list[Invitee] = []
    for chunk in _split(line, ";"):
        people += _from_chunk(chunk, alone=alone, is_titled=is_titled)
    return people


def _from_cells(cells: list[str]) -> list[Invitee]:
    """One row of a spreadsheet: names, an address and a job title in any order; a heading row is nobody."""
    cells = [_BULLET.sub("", cell) for cell in cells if cell]
    if cells and all(fold(cell) in listed("header_words") for cell in cells):
        return []
    email = next((address for cell in cells if (address := _address(cell))), "")
    rest = [cell for cell in cells if not _address(cell) or person_name(cell)[0]]
    title = next((cell for cell in rest if is_occupation(cell) and not person_name(cell)[1]), "")
    names = [cell for cell in rest if cell != title and re.search(r"[^\W\d_]", cell)]
    if (
        len(names) > 1
        and looks_like_name(names[0], least=1)
        and len(names[0].split()) == 1
        and len(names[1].split()) == 1
    ):
        name = f"{names[0]} {names[1]}"
    else:
        name = names[0] if names else ""
    one = _person(_Part(name, email), title)
    return [one] if one else []


def _split(text: str, mark: str) -> list[str]:
    """Parted at a mark that stands in no quotation, angle or round bracket; what nobody closes encloses nothing."""
    return re.findall(rf'(?:"[^"]*"|<[^<>]*>|\([^()]*\)|[^{mark}])+', text)


def _from_chunk(chunk: str, *, alone: bool, is_titled: bool) -> list[Invitee]:
    pieces = _split(chunk, ",")[:MAX_PARTS]
    pieces = [piece for place, piece in enumerate(pieces) if not place or not are_credentials(piece)]
    # "Ana Ruiz, RN, MSN - Nurse Manager"
    pieces[1:] = [re.sub(r"\A\s*[A-Z]{2,5}\s[-–—]\s", "", piece) for piece in pieces[1:]]
    people: list[Invitee] = []
    parts = [_parts(piece) for piece in pieces]
    flat = [part for several in parts for part in several][:MAX_PARTS]
    # "Priya, Tomasz and Ana" are people called by one name.
    for part in flat if len(flat) > len(parts) else _paired(flat):
        title = _title(part.text)
        if people and title:
            if not people[-1].job_title:
                email = people[-1].email or part.email
                people[-1] = replace(people[-1], job_title=title, role=role_from_title(title), email=email)
            continue
        if people and not part.email and _is_beside(part.text, people[-1], alone=alone, is_titled=is_titled):
            if is_titled and not people[-1].job_title and re.fullmatch(r"[^\d@:/]{4,60}", part.text):
                people[-1] = replace(people[-1], job_title=part.text)
            continue
        one = _person(part, _behind_dash(part.text) if is_titled else "")
        if one:
            people.append(one)
    return people


def _behind_dash(text: str) -> str:
    """What stands behind a dash or in brackets, whatever it says: "Jonas Keller - Team Lead Grid"."""
    found = re.search(r"(?:\s[-–—|]\s+|[(\[])([^\d@:/()\[\]|]{4,60})", text)
    is_other = (
        not found
        or is_label(found[1])
        or re.match(r"(?:remote|video|online|optional|he|she|they)\b", found[1], re.I)
    )
    return "" if is_other or not found else found[1].strip()


def _title(text: str) -> str:
    """The job title that a part is and nothing else, without the company: "Recruiter at Acme"."""
    if not is_occupation(text) or person_name(text)[1]:
        return ""
    short = re.sub(r"\A(?:our|your|the|an?)\s+", "", re.split(r"\s+(?:at|@)\s+", text)[0], flags=re.I)
    return fit("job_title", short)[0]


def _is_beside(text: str, person: Invitee, *, alone: bool, is_titled: bool) -> bool:
    """Whether what follows this person tells of them, as a company or a team does, and is nobody else."""
    name, title = person_name(text)
    is_full = looks_like_name(name, least=1 if has_title(name) else 2) and not says_company(name)
    if alone and len(person.full_name.split()) > 1:
        return not is_full or not (title or is_titled or is_like_person(name))
    return bool(person.job_title) and " from " not in text and not is_full


def _parts(piece: str) -> list[_Part]:
    """One part between commas; more than one where "and" joins people, or addresses stand side by side."""
    piece = piece[: MAX_ENTRY * 3]
    joined = [text for text in _AND.split(piece) if text.strip()]
    # "AP Specialist & Omar Haddad": the first is the job of whoever stands before it.
    is_led = joined and _title(joined[0]) and all(" " in text.strip() for text in joined[1:])
    people = joined[1:] if is_led else joined
    if len(joined) > 1 and not all(map(_is_someone, people)):
        joined = [piece]
    found: list[_Part] = []
    for text in joined:
        addresses = list(dict.fromkeys(one.strip(".'") for one in ADDRESS.findall(text)))
        start = 0
        if len(addresses) < 2:
            found.append(_part(text))
            continue
        for address in addresses[:MAX_ENTRY]:
            end = text.find(address, start) + len(address)
            found.append(_part(text[start:end], address))
            start = end
    return [part for part in found if part.text or part.email]


def _is_someone(text: str) -> bool:
    return bool(_address(text)) or looks_like_name(without_job(person_name(text)[0])[0], least=1)


def _part(text: str, address: str = "") -> _Part:
    address = address or _address(text)
    words = re.sub(r"<[^<>]*>", " ", ADDRESS.sub(" ", text)) if "@" in text else text
    return _Part(tidy(words).strip("\"'<>[]:,|- ").lstrip("."), address)


def _address(text: str) -> str:
    return next((one for found in ADDRESS.findall(text)[:20] if is_address(one := found.strip(".'"))), "")


def _paired(parts: list[_Part]) -> list[_Part]:
    """ "Last, First" made one; see the head of this module for the rule."""
    found: list[_Part] = []
    run: list[_Part] = []
    for part in parts:
        if part.is_single and not part.email:
            run.append(part)
            continue
        if run and part.is_given:
            last = run[-1].text
            whole = f"{part.text} {last}"
            belongs = may_be_address_of(whole, part.email) or fold(last) in fold(part.email)
            if not part.email or belongs or len(parts) == 2:
                run.pop()
                part = _Part(whole, part.email)
        found += [*_pairs(run), part]
        run = []
    return found + _pairs(run)


def _pairs(run: list[_Part]) -> list[_Part]:
    if len(run) % 2:
        return run
    return [_Part(f"{first.text} {last.text}") for last, first in zip(run[::2], run[1::2], strict=True)]


def _person(part: _Part, job_title: str = "") -> Invitee | None:
    name, title = person_name(part.text[:MAX_ENTRY])
    name, job = without_job(name)
    title = fit("job_title", job or title or job_title)[0]
    # Something of a link or a sentence, not a name.
    if re.search(r"(?i:https?:|www\.)|[{}<>=\\]|@", name) or not re.search(r"[^\W\d_]", name):
        name = ""
    is_guess = not name
    name = fit("full_name", name or (name_from_address(part.email) if part.email else ""))[0]
    source = Message("the person’s address") if is_guess else Message("your list")
    return Invitee(name, part.email, title, role_from_title(title), source, is_guess) if name else None


def keep(found: list[Invitee], people: list[Invitee]) -> None:
    """Adds them; somebody there already gains what was missing."""
    for one in people:
        key = name_key(one.full_name)
        for place, known in enumerate(found):
            same_address = bool(one.email) and one.email.lower() == known.email.lower()
            same_name = name_key(known.full_name) == key and not (one.email and known.email)
            if same_address or same_name:
                named = one if known.is_guess and not one.is_guess else known
                found[place] = replace(
                    named,
                    email=known.email or one.email,
                    job_title=known.job_title or one.job_title,
                    role=known.role or one.role,
                )
                break
        else:
            found.append(one)
