"""What an invitation names beside what was taken: the page offers it, and the user chooses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import dropwhile, islice

from drafts.domain.naming import is_titled
from drafts.domain.time_zones import of_city
from drafts.domain.tokens import fold
from drafts.invite.companies import fits_label
from drafts.invite.lists import listed
from drafts.invite.model import Invitee, LeftOut, Reading
from drafts.invite.names import (
    are_plain_words,
    is_like_person,
    is_one_of,
    name_key,
    person_name,
    without_lead,
)

MOST = 6  # people, companies or positions to choose from
MOST_LOOKED_AT = 100  # names

_CAPITAL = r"[^\W\d_a-z][\w'’-]+"
_NAME = re.compile(
    rf"(?<![\w@./-])(?:(?:Dr|Mr|Mrs|Ms|Prof)\b\.?\s{_CAPITAL}(?:\s{_CAPITAL}){{0,2}}|{_CAPITAL}(?:\s{_CAPITAL}){{1,2}})(?![\w@/])"
)


@cache
def _not_names() -> frozenset[str]:
    """Words that a capital makes look like a first name: "Hello Ana", "Text Ana", "Kind Regards"."""
    asks = {
        "ihre",
        "ihr",
        "das",
        "der",
        "die",
        "service",
        "event",
        "text",
        "ring",
        "call",
        "contact",
        "email",
        "ask",
        "see",
        "your",
        "our",
        "her",
        "his",
    }
    return listed("greetings") | {words.split()[0] for words in listed("closings")} | asks


def other_people(
    left_out: Iterable[LeftOut], lines: Iterable[str], known: Sequence[str], company: str
) -> tuple[Invitee, ...]:
    """Whoever sent it or is named in the lines, and is neither on the panel nor known not to be (`known`)."""
    found = [
        Invitee(one.name, one.email, "", None, "the invitation", True)
        for one in left_out
        if "; add them if" in one.reason and _is_person(one.name)
    ]
    named = [*known, *(one.full_name for one in found)]
    firsts = {key.split()[0] for name in known if (key := name_key(name))}
    for name in islice((name for line in lines for name in _names(line, company)), MOST_LOOKED_AT):
        # "Cheers Callum" ends with the first name of somebody known.
        if not is_one_of(name, named) and name_key(name).split()[-1] not in firsts:
            named.append(name)
            found.append(Invitee(name, "", "", None, "the invitation", True))
    return tuple(found[:MOST])


def _is_person(name: str) -> bool:
    return is_titled(name) or is_like_person(name)


def _names(line: str, company: str) -> Iterator[str]:
    for match in list(_NAME.finditer(line))[:10]:
        words = list(dropwhile(lambda word: fold(word) in _not_names(), match[0].split()))
        name = person_name(without_lead(" ".join(words)))[0]
        is_place = of_city(name) or fits_label(name, company)
        if _is_person(name) and not is_place and not are_plain_words(name, line):
            yield name


def other_values(values: Iterable[str], taken: Reading) -> tuple[str, ...]:
    """Each value once that is not the one that was taken; none where what was taken is sure."""
    if taken.value and not taken.is_guess:
        return ()
    found: dict[str, str] = {}
    for value in values:
        found.setdefault(fold(value), value)
    found.pop(fold(taken.value), None)
    return tuple(found.values())[:MOST]
