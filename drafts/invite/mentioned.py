"""People whom a text names without saying that they interview; the page offers them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import dropwhile, islice

from drafts.domain.naming import is_titled
from drafts.domain.time_zones import of_city
from drafts.domain.tokens import fold
from drafts.invite.companies import STREET, fits_label
from drafts.invite.lists import listed
from drafts.invite.model import Invitee
from drafts.invite.names import (
    are_plain_words,
    is_like_person,
    is_occupation,
    is_one_of,
    is_plain_word,
    person_name,
    says_company,
    without_lead,
)

MOST_LOOKED_AT = 100  # names
MOST_IN_TEXT = 10
_CAPITAL = r"[^\W\d_a-z][\w'’-]+"
_TITLE = r"(?:Dr|Mr|Mrs|Ms|Miss|Mx|Prof|Professor|Dame|Sir|Fr|Rev|Canon|Chef|Sister|Sra|Lt|Col|Capt)\b\.?\s"
# "J. Everett Moorhead III", "T. K. Subramaniam", "Gwilym ap Rhys", "Fatima Zahra El Idrissi"
_PARTICLE = r"(?:(?:de|van|von|der|den|la|ap|bin|bint|al|El|Al|De|Van|Mac|Ní|Te)\s){0,2}"
_FULL_NAME = re.compile(
    rf"(?<![\w@./-])(?:(?:{_TITLE})+(?:[A-Z]\.?\s){{0,2}}{_CAPITAL}(?:\s{_PARTICLE}{_CAPITAL}){{0,2}}"
    rf"|(?:[A-Z]\.\s?){{1,2}}{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}"
    rf"|{_CAPITAL}(?:(?:\s[A-Z]\.)?(?:\s{_PARTICLE}{_CAPITAL}){{1,2}}|\s[A-Z]\.(?=[\s,;)(]|\Z)))(?![\w@/])"
)


@cache
def _not_names() -> frozenset[str]:
    """Words that a capital makes look like a first name: "Hello Ana", "Text Ana", "Kind Regards"."""
    return listed("greetings") | {words.split()[0] for words in listed("closings")} | listed("before_names")


def named_in(lines: Iterable[str], where: str, known: Sequence[str], company: str) -> list[Invitee]:
    """People whose full name is in the lines and who are not in `known`, each once, with `where` as their source."""
    named = list(known)
    found: list[Invitee] = []
    for name in islice((name for line in lines for name in _names(line, company)), MOST_LOOKED_AT):
        if not is_one_of(name, named):
            named.append(name)
            found.append(Invitee(name, "", "", None, where, True))
    return found[:MOST_IN_TEXT]


def _names(line: str, company: str) -> Iterator[str]:
    # "i. A. Miriam Pfaff" signs for somebody else.
    line = re.sub(r"\A(?:i\.\s?[AV]\.|ppa\.|p\.p\.)\s", "", line)
    for match in list(_FULL_NAME.finditer(line))[:10]:
        words = list(dropwhile(lambda word: fold(word) in _not_names(), match[0].split()))
        name = person_name(without_lead(" ".join(words)))[0].removesuffix("'s").removesuffix("’s")
        # "300 Collins St Melbourne", "Schenectady NY"
        is_place = of_city(name) or fits_label(name, company) or STREET.search(name)
        is_place = is_place or re.search(r"(?<![:.\d])\d{1,5}\s\Z", line[: match.start()])
        is_place = is_place or re.search(r"\s[A-Z]{2}\Z", match[0])
        if not listed("no_name_words").isdisjoint(fold(name).split()):
            continue
        is_name = is_titled(name) or is_like_person(name)
        # "Chantelle Obi, Recruitment Advisor"
        job = re.match(r",\s([^,.;]{3,60})|\s\(([^()]{3,60})\)", line[match.end() :])
        is_name = is_name or bool(job and is_occupation(job[1] or job[2]) and not says_company(name))
        # "Solveig N."
        is_name = is_name or (bool(re.search(r"\A\w+ [A-Z]\.?\Z", name)) and not is_plain_word(words[0]))
        if is_name and not is_place and not is_occupation(name) and not are_plain_words(name, line):
            yield name
