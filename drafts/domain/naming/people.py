"""Parses a person's name as typed: its parts, and the form to use after "Hi" or "Dear"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from drafts.domain.naming import cleaning
from drafts.domain.naming.case import capitalised, has_other_script, is_initials, is_latin, put_right
from drafts.domain.naming.descriptions import given_names, is_description, nouns_in
from drafts.domain.naming.lists import entries, plain, spelling, titles
from drafts.domain.naming.order import Order, before_comma, in_order
from drafts.domain.tokens import fold
from drafts.domain.words import words

_MARKS = ',;:!?"“”„«»()[]{}<>|/\\-–—#@*_'
_GLUED_TITLE = re.compile(r"([^\W\d_]{2,5}\.)(?=[^\W\d_]{2})")


@dataclass(frozen=True, slots=True)
class PersonName:
    """`full` is the whole name for print: with title and generation, without degrees and nickname.

    `order_unsure`: the page should ask what to call this person; the given name is a guess.
    `is_description`: this is no name ("the manager", "not sure"), and no letter uses `full` and `given`.
    """

    full: str
    title: str = ""
    given: str = ""
    middle: str = ""
    family: str = ""
    nickname: str = ""
    suffix: str = ""
    family_first: bool = False
    order_unsure: bool = False
    is_description: bool = False


LONGEST_NAME = 300  # characters


@lru_cache(maxsize=1024)
def parse_name(text: str) -> PersonName:
    """The parts of a name; never fails, and `full` is empty only when the text is blank.

    A text of over LONGEST_NAME characters, which no form or document accepts as a name, is cut off, because the
    patterns for addresses and brackets take quadratic time.
    """
    whole = " ".join(text.split())[:LONGEST_NAME]
    cleaned = cleaning.clean(whole)
    if described := _description(whole, cleaned):
        return PersonName(described, given=described, is_description=True)
    if not is_latin(cleaned.name):
        name = cleaned.name if any(map(str.isalpha, cleaned.name)) else whole
        return PersonName(name, given=name, nickname=cleaned.nickname)
    if _are_several(cleaned.name):
        several = " ".join(_titles_put_right(put_right(cleaned.name.split())))
        return PersonName(several, given=several, order_unsure=True)
    if cleaning.is_function(cleaned.name) and not cleaned.family:
        return PersonName(cleaned.name, given=cleaned.name, order_unsure=True)
    parsed = _parse(cleaned)
    return replace(parsed, order_unsure=parsed.order_unsure or cleaned.unsure)


def greeting_name(full_name: str, greet_as: str, *, formal: bool) -> str:
    """The name to use after "Hi" or "Dear": the user's choice, else the title and a name, else the given name.

    Without a title, a formal letter uses the given and family name, because Mr. or Ms. is unknown. Empty if the name is
    unknown: there is no choice, and `full_name` is a description.
    """
    if asked := _as_asked(greet_as):
        return asked
    name = parse_name(full_name)
    return "" if name.is_description else _greeted(name, formal) or " ".join(full_name.split())


def called(full_name: str, greet_as: str) -> str:
    """What to call this person on a page: like greeting_name, else the description as typed."""
    return greeting_name(full_name, greet_as, formal=False) or " ".join(full_name.split())


def printed_name(full_name: str, greet_as: str) -> str:
    """The full name as typed, for others to read. Instead of a description, the user's choice, which may be empty."""
    return _as_asked(greet_as) if parse_name(full_name).is_description else " ".join(full_name.split())


def names_of(full_name: str, greet_as: str) -> tuple[str, str]:
    """Both texts as typed, with "" instead of a description, whose words are not names."""
    return "" if parse_name(full_name).is_description else full_name, greet_as


def called_in_notes(full_name: str, greet_as: str) -> tuple[str, str]:
    """Like names_of, with the nouns of a description, because notes call a person by them."""
    name, asked = names_of(full_name, greet_as)
    return name or nouns_in(full_name), asked


def is_titled(full_name: str) -> bool:
    """Whether the name has a title, so that "Dear" suits it better than "Hi"."""
    name = parse_name(full_name)
    return not name.is_description and (bool(name.title) or _starts_with_title(name.full.split()))


def with_title_in(full_name: str, notes: Sequence[str]) -> str:
    """The name with the title that the notes give it ("Mrs Verity told me"); as it is if it has one, or they don't."""
    name = parse_name(full_name)
    if name.is_description or not name.family or not name.given or is_titled(full_name):
        return full_name
    before = re.findall(rf"\b([A-Z]\w*\.?) {re.escape(name.family)}\b", "\n".join(notes))
    found = [word for word in before if titles().get(plain(word), ("", ""))[1] in ("family", "courtesy")]
    return f"{found[0]} {full_name}" if found else full_name


# ------------------------------------------------------------ parts


def _description(whole: str, cleaned: cleaning.CleanedName) -> str:
    """The text that is a description and not a name, with or without what surrounds it; else empty."""
    if cleaned.nickname and (not cleaned.unsure or plain(cleaned.nickname) in given_names()):
        # "the manager (Sarah)"
        return ""
    texts = [whole] if cleaned.family else [whole, cleaned.name]
    return next(filter(is_description, texts), "")


def _parse(cleaned: cleaning.CleanedName) -> PersonName:
    parts = _parted(cleaned.name)
    if not cleaned.family and _has_both_scripts(parts):
        parts = [word for word in parts if is_latin(word)]
    title, parts = _without_title(parts, alone=bool(cleaned.family))
    before, family = _without_title(_parted(cleaned.family))
    parts, suffix = _without_end(parts)
    family, family_suffix = _without_end(family)
    title, suffix = title or before, suffix or family_suffix
    written = put_right([*parts, *family])
    if family:
        order = before_comma(written[len(parts) :], written[: len(parts)])
    else:
        order = in_order(parts, written, titled=bool(title))
    order = _fit_title(order, title)
    return PersonName(
        full=" ".join([word for word in (title, *written, suffix) if word]),
        title=title,
        given=order.given,
        middle=order.middle,
        family=order.family,
        nickname=" ".join(put_right(cleaned.nickname.split())),
        suffix=suffix,
        family_first=order.family_first,
        order_unsure=order.unsure,
    )


def _parted(name: str) -> list[str]:
    """The words of a name; "Dr.Patel" is two, and a word without letters is dropped."""
    parts: list[str] = []
    for word in name.split():
        while (
            plain(word) not in titles()
            and (glued := _GLUED_TITLE.match(word))
            and plain(glued[1]) in titles()
        ):
            parts.append(glued[1])
            word = word[glued.end() :]
        parts.append(word.rstrip(_MARKS).lstrip(f"{_MARKS}."))
    return [word for word in parts if any(map(str.isalnum, word))]


def _has_both_scripts(parts: Sequence[str]) -> bool:
    return any(map(is_latin, parts)) and any(has_other_script(word) and not is_latin(word) for word in parts)


def _are_several(name: str) -> bool:
    """ "Sarah and Tom"."""
    parts = [plain(word) for word in name.split()]
    return any(word in entries("people", "joining") for word in parts[1:-1])


def _without_title(parts: list[str], *, alone: bool = False) -> tuple[str, list[str]]:
    """The title to greet with and the words after all titles. If there are no other words, a title counts as a name,
    unless `alone`."""
    found: list[tuple[str, str]] = []
    while parts:
        size = next((size for size in (2, 1) if size < len(parts) + 1 and _is_title(parts[:size])), 0)
        if not size or (size == len(parts) and not alone):
            break
        found.append(_title(parts[:size]))
        parts = parts[size:]
        while len(parts) > 1 and parts[0][-1:] == "." and plain(parts[0]) in entries("titles", "after"):
            parts = parts[1:]
    return next((title for title, kind in found if kind != "courtesy"), found[0][0] if found else ""), parts


def _is_title(parts: Sequence[str]) -> bool:
    key = plain(" ".join(parts))
    return key in titles() and (key not in entries("titles", "dotted") or parts[-1].endswith("."))


def _title(parts: Sequence[str]) -> tuple[str, str]:
    """(spelling, kind). The spelling is the user's if only a full stop or an accent differs ("Dr Patel")."""
    title = " ".join(parts)
    written, kind = titles()[plain(title)]
    if title.rstrip(".") == written.rstrip("."):
        return title, kind
    return (
        written
        if fold(title) == title.casefold() and fold(written) == written.lower()
        else capitalised(title)
    ), kind


def _kind(title: str) -> str:
    return titles()[plain(title)][1] if plain(title) in titles() else ""


def _starts_with_title(parts: list[str]) -> bool:
    return len(parts) > 1 and (_is_title(parts[:1]) or _is_title(parts[:2]))


def _titles_put_right(parts: list[str]) -> list[str]:
    return [_title([word])[0] if _is_title([word]) and len(parts) > 1 else word for word in parts]


def _without_end(parts: list[str]) -> tuple[list[str], str]:
    """The words without degrees, pronouns and generation, and the generation's spelling."""
    suffix = ""
    shouting = all(word == word.upper() for word in parts)
    while len(parts) > 1:
        last = parts[-1]
        if plain(last) in entries("people", "suffixes"):
            suffix = suffix or _suffix(last)
        elif not cleaning.is_no_part_of_name(last, parts[:-1], shouting=shouting):
            break
        parts = parts[:-1]
    return parts, suffix


def _suffix(word: str) -> str:
    forms = {key.rstrip("."): form for key, form in spelling("people", "suffixes").items()}
    form = forms.get(word.rstrip(".").lower(), word)
    return word if word.rstrip(".") == form.rstrip(".") else form


def _fit_title(order: Order, title: str) -> Order:
    """Whether the word after a title is a family name ("Dr. Patel") or a given name ("Chef Marco")."""
    if title and _kind(title) in ("family", "courtesy") and order.given and not order.family:
        if all(map(is_initials, order.given.split())):
            return order
        return replace(order, given="", family=order.given)
    return order


# ------------------------------------------------------------ greeting


@cache
def _hellos() -> frozenset[str]:
    return frozenset(words().salutations | entries("people", "salutations"))


def _as_asked(greet_as: str) -> str:
    """The user's greeting without its salutation."""
    name = " ".join(greet_as.split()).strip(" ,;:")
    hellos = _hellos()
    parts = name.split()
    for size in (2, 1):
        if plain(" ".join(parts[:size])) in hellos and " ".join(parts[:size]):
            rest = parts[size:]
            # "Hi there" is a greeting; "Hi" alone has no name.
            parts = parts if rest and plain(rest[0]) in entries("people", "not_names") else rest
            return _put_greeting_right(parts)
    return _put_greeting_right(parts) if any(map(str.isalnum, name)) else ""


def _put_greeting_right(parts: list[str]) -> str:
    if not parts or not all(is_latin(word) or not word.isalpha() for word in parts):
        return " ".join(parts)
    if all(plain(word) in entries("people", "not_names") for word in parts):
        return " ".join(parts)
    text = " ".join(parts)
    if text not in (text.lower(), text.upper()):
        return text
    count = 1 if _starts_with_title(parts) else 0
    named = [_title(parts[:1])[0]] if count else []
    return " ".join([*named, *put_right(parts[count:])])


def _greeted(name: PersonName, formal: bool) -> str:
    called = name.nickname or _spoken(name.given)
    if _kind(name.title) == "whole":
        return _untitled(name)
    if name.title:
        return f"{name.title} {_titled(name, called)}"
    if not name.given and not name.nickname:
        return _untitled(name)
    if not formal and called:
        return called
    if name.nickname and not is_latin(name.given):
        return name.nickname
    if is_initials(name.family):
        return name.given if called else _untitled(name)
    if not called or name.family_first or (name.given and is_initials(name.given.split()[0])):
        return _untitled(name)
    return " ".join(part for part in (name.given, name.family) if part)


def _titled(name: PersonName, called: str) -> str:
    by_given = _kind(name.title) == "given" or plain(name.family.split(" ")[0]) in entries(
        "people", "patronymic"
    )
    if by_given:
        return called or " ".join(part for part in (name.given, name.family) if part)
    # An initial is not a family name: "Dr. Sarah K.".
    if name.family and not all(map(is_initials, name.family.split())):
        return name.family
    return name.given or name.family


def _untitled(name: PersonName) -> str:
    """The whole name in its usual order, without title and generation."""
    end = len(name.full) - len(name.suffix) if name.suffix else len(name.full)
    return name.full[len(name.title) : end].strip()


def _spoken(given: str) -> str:
    """A given name without leading initials; empty if there is nothing else."""
    parts = given.split()
    while parts and is_initials(parts[0]):
        parts = parts[1:]
    return " ".join(parts)
