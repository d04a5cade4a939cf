"""The company: from what the text says, else from the domain of those who speak for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from drafts.domain.tokens import fold
from drafts.exchange.invite.lists import is_of, lists
from drafts.exchange.invite.model import Reading
from drafts.exchange.invite.names import is_occupation, looks_like_name, name_key
from drafts.exchange.invite.texts import tidy
from drafts.exchange.invite.titles import Said, pieces, without_stage

_LABELLED = re.compile(
    r"\W*(?:company|employer|organi[sz]ation|client|hiring company|firma|unternehmen|entreprise|empresa)"
    r"(?: name)?\s*[:=]\s*(.+)\Z",
    re.I,
)
_PROPER = r"(?:[A-Z0-9À-ÞĀ-Ž][\w&.'’+-]*|[a-z]{1,3}[A-Z]\w*)"
_RUN = rf"({_PROPER}(?:\s+(?:(?:of|and|&|de|for|the|van)\s+)?{_PROPER}){{0,5}})"
_SENTENCES = (
    (3, re.compile(rf"(?i:\binterview(?:ing|s)?\s+(?:with|at|@)\s+(?:the\s+)?(?:team\s+at\s+)?){_RUN}")),
    (
        3,
        re.compile(
            r"(?i:\b(?:role|position|post|job|opportunity|opening|vacancy|teams?|interest in joining|careers?|join us)"
            rf"\s+(?:here\s+)?(?:at|with)\s+){_RUN}"
        ),
    ),
    (
        2,
        re.compile(
            r"(?i:\b(?:your\s+interest\s+in|interested\s+in\s+joining|apply(?:ing)?\s+(?:to|at)|application\s+(?:to|at|with)"
            rf"|welcome\s+to|on\s+behalf\s+of|here\s+at|joining)\s+){_RUN}"
        ),
    ),
)
_VERB = re.compile(r"\s+(?:is|was|has been|will be|starts?|begins?)(?:\s|\Z)", re.I)
_COMPANY_WORD = re.compile(
    r"\b(?:inc|ltd|limited|llc|llp|plc|gmbh|ag|corp|corporation|labs?|group|partners|health|healthcare|bank|systems|technologies|"
    r"technology|software|solutions|university|college|academy|school|hospital|foundation|holdings|studios?|media|energy|robotics|"
    r"capital|analytics|insurance|pharma|therapeutics|biotech|logistics|airlines|council|trust|institute|museum|company|co|digital|"
    r"ventures|foods|motors|solar)\b",
    re.I,
)
_SECOND_LEVEL = frozenset(
    [
        "co",
        "com",
        "org",
        "net",
        "ac",
        "gov",
        "edu",
        "or",
        "ne",
        "go",
        "gob",
        "gouv",
        "nhs",
        "ltd",
        "plc",
        "govt",
    ]
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """`strength`: 5 a label, 4 "at Acme" in a title, 3 and 2 other plain words; 1 could be something else."""

    text: str
    source: str
    strength: int


def find_company(
    said: Said, domains: Sequence[str], people: Iterable[str], callers: Iterable[str] = ()
) -> Reading:
    """What the text says, the spelling that fits the panel's domain first; else a guess from that domain.

    `callers` are what scheduling programs and shared addresses call themselves: "Zylker Interview Team".
    """
    names = name_keys(people)
    label = company_label(domains)
    found = [one for one in _candidates(said, names, callers) if one.text]
    fitting = [one for one in found if fits_label(one.text, label)]
    if fitting:
        return Reading(fitting[0].text, fitting[0].source)
    best = max((one for one in found if one.strength), key=lambda one: one.strength, default=None)
    if best and (best.strength > 1 or not label):
        # What the panel's addresses do not bear out may be a colleague's name, or an agency's client.
        return Reading(best.text, best.source, best.strength < 2 or bool(label))
    return Reading(label_words(label), "the addresses of the panel", True) if label else Reading("", "")


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
            found.append(_Candidate(_as_company(labelled[1], names), source, 5))
    for title, source in said.titles:
        found += _in_title(title, source, names)
    for line, source in said.lines:
        for strength, pattern in _SENTENCES:
            for match in list(pattern.finditer(line))[:5]:
                run = re.split(r"[.!?]\s|\s+(?:and|for|on|the)\s+(?=[A-Z])", match[1])[0]
                text = _as_company(run, names)
                unsure = " with " in match[0].lower() and looks_like_name(text) and not says_company(text)
                found.append(_Candidate(text, source, 1 if unsure else strength))
    for caller in callers:
        found.append(_Candidate(_as_company(_without_group(caller), names), "the name of the sender", 1))
    return found


def _without_group(caller: str) -> str:
    words = re.split(r"\s+(?:via|by)\s+|\s*[|@]\s*", tidy(caller))[0].split()
    while words and fold(words[-1]) in (lists().group_names | lists().role_address | {"interview"}):
        words.pop()
    text = " ".join(words)
    return (
        "" if fold(text).replace(" ", "") in {domain.split(".")[0] for domain in lists().schedulers} else text
    )


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
        if is_occupation(short) and not says_company(short):
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
        found.append(_Candidate(candidate, source, strength if len(candidate.split()) < 5 else 1))
    known = [one for one in found if one.strength]
    if (
        len(known) == 1
        and len(parts) > 1
        and (says_company(known[0].text) or not looks_like_name(known[0].text))
    ):
        # All else of the title is the stage, the position and people.
        return [_Candidate(one.text, source, max(one.strength, 2) if one.strength else 0) for one in found]
    return found


def says_company(text: str) -> bool:
    return bool(_COMPANY_WORD.search(text))


def _as_company(text: str, names: frozenset[str], *, strip: bool = False) -> str:
    """The text as a company's name; empty when it is a person's, a generic word or no name at all."""
    text = tidy(text).strip(" ,;:!?\"'“”‘’-–—|*_")
    text = re.sub(r"(?<!\b[A-Z])(?<!Inc)(?<!Ltd)(?<!Co)(?<!Corp)\.\Z", "", text)
    if strip:
        text = without_stage(text)
    # "Pomelo Pay is confirmed", "Priya from Zylker".
    text = _VERB.split(text)[0].rpartition(" from ")[2]
    text = re.sub(r"\Athe\s+(?=.)|['’]s\Z|\s+team\Z", "", text)
    words = text.split()
    if (
        not words
        or words[0].lower() in ("our", "your", "my")
        or len(words) > 7
        or name_key(text) in names
        or "@" in text
        or "http" in text.lower()
    ):
        return ""
    is_time = re.match(r"\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm|h)?\b", text, re.I) and len(words) < 3
    if is_time or not re.search(r"[^\W\d_]", text):
        return ""
    low = [fold(word).strip(".,") for word in words]
    generic = [word for word in low if word in lists().generic]
    if len(generic) == len(low) or any(word not in lists().in_companies for word in generic):
        return ""
    return "" if " ".join(low) in lists().labels else text


def fits_label(text: str, label: str) -> bool:
    """Whether a name and a domain's label are the same company's: equal, one inside the other, or its initials."""
    words = [re.sub(r"[^a-z0-9]", "", part) for part in re.split(r"[\s&/-]+", fold(text))]
    words = [part for part in words if part]
    whole, bare = "".join(words), re.sub(r"[^a-z0-9]", "", fold(label))
    if not whole or not bare:
        return False
    if whole == bare or (min(len(whole), len(bare)) > 3 and (whole in bare or bare in whole)):
        return True
    initials = "".join(part[0] for part in words)
    return (len(words) > 1 and initials == bare) or (words[0] == bare and len(bare) > 1)


def company_label(domains: Sequence[str]) -> str:
    """The part of the domain most of them share that is the company's name; empty when nobody has one."""
    nobodys = (lists().free_mail, lists().schedulers, lists().note_takers, lists().resource_domains)
    useful = [
        domain for domain in domains if "." in domain and not any(is_of(domain, known) for known in nobodys)
    ]
    labels = Counter(_registered(domain) for domain in useful)
    return labels.most_common(1)[0][0] if labels else ""


def _registered(domain: str) -> str:
    parts = domain.split(".")
    if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND_LEVEL:
        return parts[-3]
    return parts[-2]


def label_words(label: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in re.split(r"[-_]+", label) if word)
