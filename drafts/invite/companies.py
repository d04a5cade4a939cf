"""Finds the company in the text. If two organizations are named and nothing decides between them, picks neither."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from drafts.domain.addresses import registered_domain
from drafts.domain.messages import Message
from drafts.domain.naming import is_titled
from drafts.domain.time_zones import of_city
from drafts.domain.tokens import fold
from drafts.invite.around import signature
from drafts.invite.lists import given_names, is_of, listed, one_of
from drafts.invite.model import Reading
from drafts.invite.names import (
    is_like_person,
    is_occupation,
    looks_like_name,
    name_key,
    says_company,
    without_job,
)
from drafts.invite.texts import tidy
from drafts.invite.titles import Said, pieces, without_stage

_SENDER = Message("the name of the sender")
_SIGNATURE = Message("the signature")
# An agency that writes for a client may leave the client's name out.
_CLIENT = re.compile(r"\b(?:our|my|the) client\b|\bunser(?:em|en)? kunden\b")
MOST_CHOICES = 6
LABELLED = 5  # the strength of "Company: Zylker"
MAX_LABEL = 14  # letters of a domain that may be one word
_LABELLED = re.compile(rf"\W*(?:{one_of('company_labels')})(?: name)?\s*[:=]\s*(.+)\Z", re.I)
_PROPER = r"(?:(?:St|Mt|Ft)\.\s)?(?:[A-Z0-9À-ÞĀ-Ž][\w&.'’+-]*|[a-z]{1,3}[A-Z]\w*)"
_RUN = (
    rf"({_PROPER}(?:\s+(?:(?:of|and|&|de(?:\s+la)?|del|della|di|du|des|do|da|for|the|van)\s+)?{_PROPER}){{0,5}}"
    r"(?:\sz\s?o\.\s?o\.)?)"
)
_TALK = rf"\b(?:{one_of('talks')})"
# What stands before a company's name, with the strength of a candidate that follows it.
_LEADS = (
    (1, r"\bwith\s+"),
    (4, r"\b(?:our|my)\s+client,?\s+(?:the\s+)?"),
    (2, rf"\b(?:{one_of('talks')})\s+with\s+(?:the\s+)?"),
    (2, rf"\b(?:at(?!\s+Law\b)|{one_of('before_company')})\s+(?:der\s+|dem\s+|the\s+)?"),
    (
        3,
        rf"\b(?:for|as|{one_of('talks')}|\w*gespräch|\w*gesprek|{one_of('foreign_talks')})\b[^.;:!?]{{2,80}}?"
        r"\s(?:at|from|chez|bei|presso|bij|en|na)\s+(?:der\s+|dem\s+|la\s+)?",
    ),
)
_SENTENCES = (
    *((strength, re.compile(rf"(?i:{lead}){_RUN}")) for strength, lead in _LEADS),
    (3, re.compile(rf"(?:\A|[.!,–-]\s){_RUN}\s+(?i:{one_of('invites')})")),
)
_ANY = re.compile(_RUN)
_ENDS_IN_DOT = re.compile(
    r"(?:\b[A-Z]|\b(?:Inc|Ltd|Co|Corp|Bros|Intl|Pty|e\.V|S\.A|S\.L|S\.p\.A|S\.r\.l|B\.V))\.\Z", re.I
)
STREET = re.compile(
    r"\A\d|\b(?:st|street|rd|road|ave|avenue|blvd|lane|drive|floor|suite|room|building|campus|offices?)\Z",
    re.I,
)
_NAME_ALONE = re.compile(rf"{_RUN}\Z")
_VERB = re.compile(r"\s+(?:is|was|has been|will be|starts?|begins?)(?:\s|\Z)", re.I)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """`strength`: 5 a label, 4 "at Acme" in a title, 3 and 2 other plain words, 1 may be something else, 0 a person."""

    text: str
    source: str
    strength: int


@dataclass(slots=True)
class _Organization:
    """One organization, even if named several times. `score`: the strength of its best mention, plus other evidence."""

    name: _Candidate
    score: int
    sources: set[str]


def find_company(
    said: Said, domains: Sequence[str], people: Iterable[str], callers: Iterable[str] = ()
) -> tuple[Reading, tuple[str, ...]]:
    """(company, alternatives). The company is empty if several are named and nothing decides between them.

    `callers` are what scheduling programs and shared addresses call themselves: "Zylker Interview Team".
    """
    names, label = name_keys(people), company_label(domains)
    spoken = "\n".join(text for text, _ in (*said.titles, *said.lines))
    found = _organizations(_candidates(said, names, callers), spoken, label)
    choices = tuple(one.name.text for one in found[:MOST_CHOICES])
    found = [one for one in found if one.score]
    if not found or _is_agency(found[0].name.text):
        return Reading("", ""), choices
    best, second = found[0], found[1].score if len(found) > 1 else 0
    is_labelled = best.name.strength == LABELLED
    is_open = second == best.score if best.score < 2 else second >= 2 and best.score - second < 2
    if is_open and not is_labelled:
        return Reading("", ""), choices
    is_sure = is_labelled or best.score >= (6 if second >= 2 else 4 if len(found) > 1 else 3)
    return Reading(best.name.text, best.name.source, not is_sure), () if is_sure else choices[1:]


def _organizations(candidates: list[_Candidate], spoken: str, label: str) -> list[_Organization]:
    """The most likely first, agencies last. If the text is about a client, the writer's own firm is left out."""
    own: tuple[str, ...] = ()
    low = fold(spoken)
    if _CLIENT.search(low):
        own, label = (_SENDER, _SIGNATURE), ""
    label = "" if any(word in label.replace("research", "") for word in listed("agency_words")) else label
    found: list[_Organization] = []
    for one in sorted(candidates, key=lambda one: -one.strength):
        known = next((other for other in found if are_alike(other.name.text, one.text)), None)
        if known:
            known.sources.add(one.source)
            # "Kite Talent" shortens what is "Kite Mobility" elsewhere.
            is_longer = one.strength > 1 and known.name.strength < 4
            if known.name.source == _SENDER or (is_longer and one.text.startswith(f"{known.name.text} ")):
                known.name = replace(one, strength=known.name.strength)
        elif one.source not in own and not _is_scheduler(one.text):
            found.append(_Organization(one, one.strength, {one.source}))
    for each in found:
        is_company = each.score > 1 or (each.score == 1 and says_company(each.name.text))
        each.score += low.count(fold(each.name.text)) > 1 if is_company else 0
        each.score += 2 * (_SENDER in each.sources and len(each.sources) > 1)
        if fits_label(each.name.text, label):
            each.score = max(each.score, 1) + 3
        each.score = min(each.score, 1) if _is_agency(each.name.text) else each.score
    if label and not any(fits_label(each.name.text, label) for each in found):
        # "Lakeland Pump & Motor" for lakelandpump; no guess at where the words of a long one begin.
        spaced = r"\W{0,3}".join(re.sub(r"\W", "", label))
        written = re.search(rf"(?<![\w@.])(?=[A-Z])(?i:{spaced})\b(?! *@)(?: & \w+)?", spoken)
        is_short = len(max(re.split(r"[-_]", label), key=len)) <= MAX_LABEL
        if written or is_short:
            name = _Candidate(written[0] if written else label_words(label), Message("their addresses"), 1)
            found.append(_Organization(name, 2 if written else 1, set()))
    return sorted(found, key=lambda each: -each.score)


def _is_agency(name: str) -> bool:
    """Whether a firm is called like one that finds people for others, which is seldom the company."""
    return not listed("agency_words").isdisjoint(fold(name).split())


def are_alike(name: str, other: str) -> bool:
    return fold(name) in fold(other) or fold(other) in fold(name)


def name_keys(people: Iterable[str]) -> frozenset[str]:
    """What people may be called in a title: their names, first names, and names turned."""
    keys = {key for name in people if (key := name_key(name))}
    return frozenset(
        keys | {key.split()[0] for key in keys} | {" ".join(reversed(key.split())) for key in keys}
    )


def _candidates(said: Said, names: frozenset[str], callers: Iterable[str]) -> list[_Candidate]:
    found: list[_Candidate] = []
    for line, source in said.lines:
        labelled = _LABELLED.match(line)
        if labelled:
            found.append(_Candidate(_as_company(labelled[1], names), source, LABELLED))
    for title, source in said.titles:
        found += _in_title(title, source, names)
    found += [
        _Candidate(_as_company(_without_group(line), names), source, 2)
        for line, source in said.lines
        if says_company(line) and _NAME_ALONE.match(line)
    ]
    for line, source in said.lines:
        found += _in_line(line, source, names)
    signed = signature(line for line, _ in said.lines)[1:]
    found += [
        _Candidate(_as_company(text, names), _SIGNATURE, 2)
        for line in signed
        # "55 Quarry Loop, Albany NY"
        if not STREET.search(line.partition(",")[0])
        for text in line.split(", ")
        if _NAME_ALONE.match(text) and _without_group(text) == text
        if not is_occupation(text) and not STREET.search(text) and not of_city(text)
    ]
    for caller in callers:
        if is_like_person(caller) and fold(caller.split()[0]) in given_names():
            continue
        found.append(_Candidate(_as_company(_without_group(caller), names), _SENDER, 1))
    return [one for one in found if one.text]


def _in_line(line: str, source: str, names: frozenset[str]) -> list[_Candidate]:
    """The companies that a line names, and names with a company's words in them ("Labs"), which the page offers."""
    found: list[_Candidate] = []
    for strength, pattern in _SENTENCES:
        for match in list(pattern.finditer(line))[:5]:
            run = re.split(r"(?<!\bSt)(?<!\bDr)(?<!\bMt)[.!?]\s|\s+(?:and|for|on|the)\s+(?=[A-Z])", match[1])[
                0
            ]
            text = _as_company(run, names)
            is_job = is_occupation(text) and not says_company(text.split()[-1])
            is_with = bool(re.match(r".*\bwith\s", match[0], re.I | re.S))
            is_person = is_like_person(text) and fold(text.split()[0]) in given_names()
            is_job = is_job or bool(without_job(text)[1])
            if is_titled(text) or STREET.search(text) or is_job:
                continue
            unsure = is_with and looks_like_name(text) and not says_company(text)
            found.append(_Candidate(text, source, 0 if is_with and is_person else 1 if unsure else strength))
    for match in list(_ANY.finditer(line))[:20]:
        if says_company(match[1]) and not is_occupation(match[1]) and not re.search(r"\d", match[1]):
            found.append(_Candidate(_as_company(_without_group(match[1]), names), source, 1))
    return found


def _is_scheduler(text: str) -> bool:
    bare = fold(text).replace(" ", "")
    return bare in listed("programs") or bare in {domain.split(".")[0] for domain in listed("schedulers")}


def _without_group(caller: str) -> str:
    words = re.split(r"\s+(?:via|by)\s+|\s*[|@]\s*", tidy(caller))[0].split()
    while words and fold(words[-1]) in (listed("group_names") | listed("role_address") | {"interview"}) - {
        "group"
    }:
        words.pop()
    text = " ".join(words)
    return "" if _is_scheduler(text) else text


def _in_title(title: str, source: str, names: frozenset[str]) -> list[_Candidate]:
    found = []
    parts = pieces(title, names)
    for place, (word, text) in enumerate(parts):
        if word == "at":
            found.append(_Candidate(_as_company(re.split(r",\s", text)[0], names, strip=True), source, 4))
            continue
        short = without_stage(text)
        if "," in short and is_occupation(short.partition(",")[0]):
            # "Customer Success Manager, Zylker": named only if the domain bears it out, or the name says so.
            rest = short.rpartition(",")[2]
            found.append(_Candidate(_as_company(rest, names), source, 3 if says_company(rest) else 0))
            continue
        if is_occupation(short) and not says_company(short.split()[-1]):
            continue
        candidate = _as_company(short, names)
        # A name has a capital, or no capitals in its script; "join for a talk" has not.
        if not candidate or (candidate == candidate.lower() and candidate.isascii()):
            continue
        # "Ana Ruiz" may be a person whom nothing else names.
        personal = len(candidate.split()) > 1 and looks_like_name(candidate) and not says_company(candidate)
        is_told = short != tidy(text) or (place == 0 and len(parts) > 1)
        if word in ("with", "for"):
            strength = 1 if personal else 2
        else:
            strength = 2 if is_told and (place == 0 or not personal) else int(is_told or not personal)
            strength = max(strength, 2) if says_company(candidate) else strength
        found.append(_Candidate(candidate, source, strength if len(candidate.split()) < 5 else 1))
    known = [one for one in found if one.strength]
    if len(known) == 1 and len(parts) > 1 and not looks_like_name(known[0].text):
        # All else of the title is the stage, the position and people.
        found = [replace(one, strength=max(one.strength, 2)) for one in known]
    return found


def _as_company(text: str, names: frozenset[str], *, strip: bool = False) -> str:
    """The text as a company's name; empty when it is a person's, a generic word or no name at all."""
    text = tidy(text).strip(" ,;:!?\"'“”‘’-–—|*_")
    if text.endswith(".") and not _ENDS_IN_DOT.search(text):
        text = text[:-1]
    if strip:
        text = without_stage(text)
    # "Pomelo Pay is confirmed", "Priya from Zylker".
    text = _VERB.split(text)[0].rpartition(" from ")[2]
    person, _, rest = text.partition(" of ")
    text = rest if name_key(person) in names else text
    text = re.sub(r"\Athe\s+(?=.)|['’]s\Z|\s+team\Z", "", text)
    words = text.split()
    if (
        not words
        or words[0].lower() in ("our", "your", "my")
        or len(words) > 7
        or name_key(text) in names
        or not name_key(text)
        # A requisition's number
        or re.fullmatch(r"[A-Z]{0,6}[-/]?\d{3,}[\w/-]*", text)
        or fold(text) in ("llc", "llp", "ltd", "inc", "gmbh")
        or "@" in text
        or "http" in text.lower()
        or fold(text) in listed("group_starts") | listed("role_address") | listed("company_words")
        or fold(words[0]) in listed("group_starts") - {"office", "team"}
        or fold(text).replace("&", "and").replace(",", "") in listed("departments")
        or any(fold(text).startswith(f"{start} ") for start in listed("room_starts"))
    ):
        return ""
    low = [fold(word).strip(".,") for word in words]
    generic = [word for word in low if word in listed("generic")]
    if len(generic) == len(low) or any(word not in listed("in_companies") for word in generic):
        return ""
    return "" if " ".join(low) in listed("labels") else text


def without_company(text: str, company: str) -> str:
    """A job without its company: "Data Analyst, Zylker", "Director at Zylker", "Zylker Data Analyst"."""
    if not company:
        return text
    own = re.escape(company)
    behind = rf"(?:\s(?:{one_of('behind_jobs')})|,)\s(?:(?:the|der|dem|la)\s)?{own}(?!\w)"
    text = re.split(behind, text, maxsplit=1, flags=re.I)[0]
    rest = re.sub(rf"\A{own}(?:['’]s)?[\s:,–—-]+", "", text, flags=re.I)
    return rest if is_occupation(rest) else text


def fits_label(text: str, label: str) -> bool:
    """Whether a name and a domain's label are the same company's: equal, one inside the other, or its initials."""
    words = [
        re.sub(r"[^a-z0-9]", "", part) for part in re.split(r"[\s/-]+", fold(text).replace("&", " and "))
    ]
    words = [part for part in words if part]
    names = [part for part in words if part != "and"]
    bare = re.sub(r"[^a-z0-9]", "", fold(label))
    if not names or not bare:
        return False
    # "St Anne's C of E Primary School" for stannesprimary.
    long = [part for part in names if part != "of" and len(part) > 1]
    for whole in ("".join(words), "".join(names), "".join(long)):
        if whole == bare or (min(len(whole), len(bare)) > 3 and (whole in bare or bare in whole)):
            return True
    # "General Electric" for ge, "Pine Bend Terminals" for pbterminals.
    initials = [part[0] for part in names]
    made = {"".join(initials[:count] + names[count:]) for count in range(1, len(names) + 1)}
    # "Hogeschool Waterlanden" for hswaterlanden, "Zylker Data" for zylker.
    own = [one for one in names if len(one) > 6 and one not in listed("company_words")]
    is_inside = any(one in bare and len(bare) < len(one) + 4 for one in own)
    return bare in made or is_inside or (words[0] == bare and len(bare) > 1)


def company_label(domains: Sequence[str]) -> str:
    """The part of the domain most of them share that is the company's name; empty when nobody has one."""
    nobodys = (listed("free_mail"), listed("schedulers"), listed("note_takers"), listed("resource_domains"))
    useful = [
        domain for domain in domains if "." in domain and not any(is_of(domain, known) for known in nobodys)
    ]
    labels = Counter(registered_domain(domain).split(".")[0] for domain in useful)
    return labels.most_common(1)[0][0] if labels else ""


def label_words(label: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in re.split(r"[-_]+", label) if word)
