"""Tells what somebody was ("the manager", "lady from HR", "not sure") from what they are called.

Names of all cultures must not be taken for descriptions, so a word that could be a name never proves anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from drafts.domain.files import read_entries
from drafts.domain.naming.case import as_spelled, has_other_script
from drafts.domain.naming.lists import entries, plain, titles
from drafts.domain.tokens import fold, without_s

_PARTED = re.compile(r"[()\[\]{}<>|,;:/\"“”„…]+|\s[-–—]+\s|[–—]")
_WITH = re.compile(r"\bw/\s?", re.I)
_POSSESSIVE = re.compile(r"\s*[^\W\d_]+['’]s\s")
_WORD = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+|[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_NUMBER = re.compile(r"\d+|one|two|three|four|five|six|[a-f]|no|nr|number")
_LOOKED_THROUGH = 4  # words after "the", for "the red-headed scary lady"


def is_description(text: str) -> bool:
    """Whether this says who somebody was, or that their name is unknown. Blank text does not."""
    whole = _WITH.sub("with ", " ".join(text.split()))
    if not any(map(str.isalpha, whole)):
        return bool(whole)
    if has_other_script(whole):
        return False
    first, *others = _pieces(whole)
    return (
        _is_either(whole)
        or _says_nothing(whole)
        or _begins_like_one(first)
        or ((_is_one(first) or _says_nothing(first)) and all(map(_may_follow, others)))
        or ("?" in whole and all(word in titles() for word in _words(first)))
    )


# "Kenny or Kenji", "Bev? Viv?", "Ailsa (Eilidh?)"
_EITHER = re.compile(
    r"([^\W\d_]+)(?:\?? or |\?,? (?=[^\W\d_]+\?)| ?/ ?(?=[^\W\d_]+\?)| \((?=[^\W\d_]+ ?\?+\)))([^\W\d_]+)"
)


def _is_either(whole: str) -> bool:
    """Whether two first names are given because nobody is sure which is right."""
    found = _EITHER.match(whole)
    return found is not None and not any(
        plain(word) in _nouns() or plain(word) in titles() for word in found.groups()
    )


@cache
def given_names() -> frozenset[str]:
    return frozenset(plain(name) for name in read_entries("given_names.txt"))


# ------------------------------------------------------------ the words


def _listed(key: str) -> frozenset[str]:
    return entries("descriptions", key)


@cache
def _jobs() -> frozenset[str]:
    return _listed("jobs") | entries("people", "jobs")


@cache
def _nouns() -> frozenset[str]:
    return _listed("people") | _jobs() | _listed("parts")


@cache
def _sure() -> frozenset[str]:
    """The nouns that are nobody's name."""
    return _nouns() - _listed("may_be_names") - given_names() - (_sure_titles() - _listed("people"))


@cache
def _sure_titles() -> frozenset[str]:
    """The titles that are nobody's name."""
    return frozenset(titles()) - entries("titles", "dotted") - given_names()


@cache
def _known() -> frozenset[str]:
    return _nouns() | _listed("describing") | _listed("alone")


def _says_nothing(whole: str) -> bool:
    text = " ".join(re.sub(r"[^\w\s/']", " ", fold(whole)).split())
    return text in _listed("nothing") or any(
        f"{text} ".startswith(f"{start} ") for start in _listed("nothing_starts")
    )


def _pieces(whole: str) -> list[str]:
    """The parts between brackets, commas and dashes, without later ones that are only a guess: "(Mrs. Shah?)"."""
    first, *others = [piece for piece in _PARTED.split(whole) if any(map(str.isalpha, piece))]
    return [first, *(piece for piece in others if "?" not in piece and not piece.strip()[0].isdigit())]


def _words(piece: str) -> list[str]:
    """The words in the form of the lists; hyphens separate words, but not "Young-man" and "co-founder"."""
    found = _WORD.findall(fold(piece))
    while len(found) > 1 and found[0].isdigit():
        found = found[1:]
    if len(found) == 1 and plain(found[0].split("-")[0]) not in _sure():
        return [plain(found[0])]
    return [_word(word) for one in found for word in one.split("-")] or [""]


def _word(typed: str) -> str:
    """A word without possessive 's and the plural of jobs."""
    word = without_s(plain(typed))
    if len(typed) == 2 and typed[1] == ".":
        return typed  # "A. Cook" has an initial, not an article.
    return word[:-1] if word not in _nouns() and word[-1:] == "s" and word[:-1] in _jobs() else word


# ------------------------------------------------------------ whole descriptions


def _is_one(piece: str) -> bool:
    """Whether all words of a piece belong to a description: "HR lady", "panel member 2"."""
    words = _words(piece)
    if _begins_like_one(piece):
        return True
    named = _without_number(words)
    if not named:
        return False
    if len(named) == 1:
        is_counted = words[-1].isdigit() and named[0] in _listed("people")
        return named[0] in _listed("alone") or (named != words and named[0] in _sure()) or is_counted
    return _is_phrase(named)


def _may_follow(piece: str) -> bool:
    """Whether a piece after a comma or in brackets goes with a description: "HR lady (blonde)"."""
    return (
        _is_one(piece)
        or _says_nothing(piece)
        or set(_words(piece)) <= (_sure() | _listed("describing")) - given_names()
    )


def _without_number(words: list[str]) -> list[str]:
    while len(words) > 1 and _NUMBER.fullmatch(words[-1]):
        words = words[:-1]
    return words


def _is_phrase(words: Sequence[str]) -> bool:
    """Whether this is a noun with words that describe it, and not a title with a name ("Nurse Cook")."""
    if " ".join(words) in _listed("whole"):
        return True
    if words[-1] not in _nouns() or _known_run(words) != [*words]:
        return False
    if len(words) == 2 and words[0] in _sure_titles() and words[1] not in _sure():
        return False
    return not _sure().isdisjoint(words) or _is_described(words)


def _known_run(words: Sequence[str]) -> list[str]:
    """The words that belong to a description, up to the first other one; "the" only inside ("head of the kitchen")."""
    between = _listed("between")
    allowed = _known() | between
    run = [""]
    for word in words:
        if word not in allowed and not (run[-1] in between and word in ("the", "a")):
            break
        run.append(word)
    return run[1:]


def _is_described(words: Sequence[str]) -> bool:
    """ "tall guy"."""
    return (
        words[-1] in _listed("people")
        and len(words) > 1
        and words[-2] in (_listed("describing") | _listed("parts")) - given_names()
    )


# ------------------------------------------------------------ descriptions by their beginning


def _begins_like_one(piece: str) -> bool:
    """Whether a text is a description whatever comes later: "someone ...", "the manager ...", "lady from ..."."""
    words = _words(piece)
    first, rest = words[0], words[1:]
    if first in _listed("pronouns"):
        return True
    if rest and _POSSESSIVE.match(piece) and _known_run(rest) == rest:
        # "Priya's boss"
        return rest[-1] in _nouns()
    if first in _listed("determiners") or first in _listed("small_determiners"):
        return bool(rest) and _is_after(first, rest)
    run = list(takewhile(_known().__contains__, words)) or [
        word for word in words[:1] if word in _sure_titles()
    ]
    return bool(run) and len(run) < len(words) and _goes_on(run, words[len(run) :])


def _is_after(determiner: str, rest: Sequence[str]) -> bool:
    """Whether the words after "the" or "my" are a noun; not "The Honourable ...", "An Nguyen"."""
    if plain(f"{determiner} {rest[0]}") in titles():
        return False
    run = _known_run(rest)
    after = rest[len(run) :]
    if not _sure().isdisjoint(run) or (run and run[-1] in _listed("people") and _is_clear(after)):
        return True
    if determiner in _listed("small_determiners"):
        return False
    if run and (not after or after[0] in _listed("links") or run[-1] in _listed("links_of_jobs")):
        return True
    return not _sure().isdisjoint(rest[:_LOOKED_THROUGH])


def _goes_on(run: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether the words after a noun say who was meant."""
    noun, link = run[-1], rest[0]
    if len(run) > 1 and _is_phrase(run):
        return link in _listed("links") | _listed("links_of_jobs")
    if len(run) > 1:
        return False
    if noun in _sure() or noun in _listed("alone"):
        return link in _listed("links") or (link in _listed("links_of_jobs") and noun in _jobs())
    if noun in _listed("people") and link in _listed("links_of_people"):
        return True
    if noun in _listed("people") or noun in _sure_titles():
        return _is_clear(rest)
    return link == "of" and noun in _jobs()


def _is_clear(rest: Sequence[str]) -> bool:
    """Whether words can't be the rest of a name: "with the beard", "in accounts"; not "at Acme", "de la Cruz"."""
    if len(rest) < 2:
        return False  # "Dr. Who"
    places = _sure() | _listed("determiners") | _listed("worn") | {"a"}
    return rest[0] in _listed("clear_links") or (
        rest[0] in _listed("links") | _listed("links_of_jobs") and rest[1] in places
    )


# ------------------------------------------------------------ what notes and letters may say of them


def nouns_in(text: str) -> str:
    """The nouns for a person, by which notes may call the one who was described: "owner said they are growing"."""
    return " ".join(word for word in _words(text) if word in _listed("people") | _listed("jobs"))


def job_said(text: str) -> str:
    """ "manager" from "the manager", in the case of a sentence; empty if the text says more than what somebody does."""
    words = _words_typed(text)
    job, _, _ = " ".join(words).partition(" of ")
    if not words or job.split()[-1] not in _listed("said_of_jobs"):
        return ""
    known = _listed("said_of_jobs") | _listed("said_of_places") | _listed("between")
    return _cased(words) if all(word in known or word == "the" for word in words) else ""


def place_said(text: str) -> str:
    """ "the governors" from "lady from the governors (Mrs. Shah?)"; empty if the text does not say where they work."""
    _, found, place = " ".join(_words_typed(text)).partition(" from ")
    words = place.split()
    known = _listed("said_of_places")
    return _cased(words) if found and words and set(words) - {"the"} and set(words) <= known | {"the"} else ""


def _words_typed(text: str) -> list[str]:
    """The words before any brackets or comma, without "the" in front."""
    pieces = [piece for piece in _PARTED.split(text) if any(map(str.isalpha, piece))]
    words = [plain(word) for word in _WORD.findall(fold(pieces[0]))] if pieces else []
    return words[1:] if words[:1] == ["the"] else words


def _cased(words: Sequence[str]) -> str:
    return " ".join(as_spelled(word, "positions", "spelled") or word for word in words)
