"""Removes what people type into a name field besides the name: company, job, degrees, pronouns, an email address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from drafts.domain.naming.case import has_other_script, is_latin
from drafts.domain.naming.lists import any_of, as_typed, entries, plain, titles
from drafts.domain.words import words

_ADDRESS = re.compile(r"[^\s<>@,;()]+@[^\s<>@,;()]+\.[^\s<>@,;()]+")
_USER_NAME = re.compile(r"[a-z]+[._][a-z]{2,}\d*")
_IN_ANGLES = re.compile(r"<[^<>]*>")
_NUMBERED = re.compile(r"\A(?:\d{1,2}[.)]\s+|[-*•·–—#:,;.]+\s*)")
_BRACKETS = re.compile(r"\(([^()]*)\)?|\[([^\[\]]*)\]?|\{([^{}]*)\}?")
# Matches double quotation marks anywhere, and single ones only around a word.
_QUOTED = re.compile(r"[\"“”„«»]([^\"“”„«»]*)[\"“”„«»]|(?<!\S)['‘‚]([^\W\d_][^'’‘\s]*)['’](?!\S)")
_VAN_DER = re.compile(r"\bv\.\s?d\.\s?(?=[A-Z])")
# "Dr Priya N-something", "Mrs Pugh I think"
_UNSURE = re.compile(r"[\s,-]*\b(?:\S*-?something|i think|i believe|or so)(?=[\s?!.]*\Z)", re.I)
_MARKS = re.compile(r"\s+[-–—/]+\s+|\s*[|•·—]\s*|\s+@\s*|\s+[-–—]+\Z")
_SPACED_DEGREE = re.compile(r"\b(Ph)\.\s+(D)\b\.?", re.I)
# "PharmD" ends in a capital; "CEng" and "MRCPsych" begin with several. Names do neither.
_DEGREE_CASE = re.compile(r"[A-Z].*[a-z][A-Z]|(?![OD][A-Z][a-z])[A-Z]{2,}[a-z]+")


@dataclass(frozen=True, slots=True)
class CleanedName:
    """`family` is the part before a comma. `unsure`: something that was removed may have been part of the name."""

    name: str
    family: str = ""
    nickname: str = ""
    unsure: bool = False


def clean(text: str) -> CleanedName:
    """The name alone; it may be empty."""
    text, address = _without_addresses(text)
    if not _has_letters(text) and address:
        return CleanedName(_name_of_address(address), unsure=True)
    if _USER_NAME.fullmatch(text):
        return CleanedName(_name_of_address(text), unsure=True)
    text = _VAN_DER.sub("van der ", text)
    text, before = _UNSURE.sub("", _SPACED_DEGREE.sub(r"\1\2", text)).strip(" ,"), ""
    nickname, unsure = "", False
    while text != before:
        before = text
        text, called, is_guess = _without_brackets(_without_start(text))
        nickname, unsure = (nickname, unsure) if nickname else (called, is_guess)
        text = _without_tail(text)
    reading = _around_comma(text)
    return CleanedName(reading.name, reading.family, nickname, unsure or reading.unsure)


def _has_letters(text: str) -> bool:
    return any(map(str.isalnum, text))


def _without_addresses(text: str) -> tuple[str, str]:
    """The text without email addresses, and the first of them."""
    found = _ADDRESS.search(text)
    bare = _ADDRESS.sub(" ", _IN_ANGLES.sub(_kept_in_angles, text))
    return " ".join(bare.split()), found[0] if found else ""


def _kept_in_angles(match: re.Match[str]) -> str:
    return " " if "@" in match[0] else match[0]


def _name_of_address(address: str) -> str:
    local = address.partition("@")[0].partition("+")[0].strip("'\"")
    pieces = [piece.strip("0123456789") for piece in re.split(r"[._-]+", local)]
    return " ".join(piece for piece in pieces if piece)


def _without_start(text: str) -> str:
    """Removes a bullet, a label ("Name: ...") and a salutation, unless there is nothing else."""
    while True:
        rest = _first_pattern().sub("", _NUMBERED.sub("", text.strip()), count=1).strip()
        if rest == text or not _has_letters(rest):
            return text
        text = rest


@cache
def _first_pattern() -> re.Pattern[str]:
    labels, hellos = entries("people", "labels"), words().salutations | as_typed("people", "salutations")
    return re.compile(rf"\A(?:(?:{any_of(labels)})\s*[:=]\s*|(?:{any_of(hellos)})[\s,]+)", re.I)


# ------------------------------------------------------------ brackets and quotation marks


def _without_brackets(text: str) -> tuple[str, str, bool]:
    """(text, nickname, whether the nickname is a guess): the text without bracketed and quoted parts."""
    quoted = _QUOTED.fullmatch(text)
    if quoted:
        text = (quoted[1] or quoted[2] or "").strip() or text
    latin = _latin_name_in_brackets(text)
    if latin:
        return latin, "", False
    nickname, unsure = "", False
    for pattern in (_BRACKETS, _QUOTED):
        for match in pattern.finditer(text):
            if not nickname:
                nickname, unsure = _nickname_in(text, match)
        shorter = " ".join(pattern.sub(" ", text).split())
        if _has_letters(shorter):
            text = shorter.replace(" ,", ",")
    return text, "" if nickname == text else nickname, unsure


def _inside(match: re.Match[str]) -> str:
    return " ".join(next((group for group in match.groups() if group is not None), "").split())


def _outside(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _latin_name_in_brackets(text: str) -> str:
    """ "Lily Chen" from "陈丽 (Lily Chen)", because the letter is in English."""
    for match in _BRACKETS.finditer(text):
        inside, outside = _inside(match), _outside(text, match)
        if has_other_script(outside) and not is_latin(outside) and is_latin(inside) and " " in inside:
            return inside
    return ""


def _nickname_in(text: str, match: re.Match[str]) -> tuple[str, bool]:
    """(the nickname in these brackets or quotation marks, whether it could also be a company's name)."""
    inside, outside = _inside(match), _outside(text, match)
    quoted = match.re is _QUOTED
    called = _nickname(inside, shouting=quoted or outside == outside.upper())
    at_end = not _has_letters(text[match.end() :])
    if not called or not _has_letters(text[: match.start()]):
        return "", False
    # "Mr Patel (headteacher)" has a job in brackets.
    if at_end and called == called.lower() and is_latin(called):
        return "", False
    # "Liu Mengyao (Michelle)" is a nickname, "Priya Nair (Zylker)" is not.
    return called, at_end and not quoted and inside == called


def _nickname(inner: str, *, shouting: bool) -> str:
    """The text if it is a nickname; empty for pronouns, a job, a maiden name or several words.

    `shouting`: the whole name is in capitals, so "BOB" can be a nickname. Otherwise a word in capitals is treated as a
    department ("HR").
    """
    named = _called_pattern().match(inner)
    if named:
        return " ".join(inner[named.end() :].split()).strip("\"'“”‘’:,. ")
    inner = inner.strip("\"'“”‘’")
    parts = inner.split()
    if len(parts) != 1 or not is_latin(inner) or not all(c.isalpha() or c in "-'’." for c in inner):
        return ""
    shouted = inner.isupper() and len(inner) > 1 and plain(inner) not in entries("people", "initials")
    if (
        (shouted and not shouting)
        or plain(inner) in titles()
        or _is_job(inner)
        or _is_credential(inner)
        or plain(inner) in entries("people", "pronouns")
    ):
        return ""
    return inner


@cache
def _called_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(as_typed('people', 'called'))})(?:\s+as)?[\s:]+(?=\S)", re.I)


# ------------------------------------------------------------ after the name


def _without_tail(text: str) -> str:
    """Removes the part after a dash, a bar or a word like "at": "Kim Lee - HR", "Tom Hill at Acme"."""
    pieces = [piece.strip(" -–—|/,;:") for piece in _MARKS.split(text)]
    pieces = [piece for piece in pieces if _has_letters(piece)]
    if not pieces:
        return text
    names = [piece for piece in pieces if not _all_jobs(piece)]
    return _without_parted((names or pieces)[0])


def _without_parted(text: str) -> str:
    parts = text.split()
    for at, word in enumerate(parts):
        if at and word in as_typed("people", "parting"):
            return " ".join(parts[:at])
    return text


def is_function(text: str) -> bool:
    """Whether this is a job or a team and not a name: "Hiring Manager", "HR Team"."""
    return " " in text and _all_jobs(text)


def _all_jobs(text: str) -> bool:
    return all(
        plain(word) in entries("people", "jobs") for word in re.split(r"[\s/&-]+", text) if plain(word)
    )


def _is_job(text: str) -> bool:
    return any(plain(word) in entries("people", "jobs") for word in re.split(r"[\s/&-]+", text))


def _around_comma(text: str) -> CleanedName:
    """Splits "Chen, Sarah" into given and family name, and removes the degree from "Sarah Chen, RN"."""
    first, *others = [part.strip() for part in text.split(",") if _has_letters(part)] or [text]
    tail = [part for part in others if not _is_no_name(part, first)]
    generations = [part for part in tail if plain(part) in entries("people", "suffixes")]
    tail = [part for part in tail if part not in generations]
    behind = " ".join(["", *generations])
    if not tail:
        return CleanedName(first + behind)
    jobs = entries("people", "jobs") | entries("descriptions", "jobs")
    if plain(first) in jobs and plain(tail[0].split()[0]) in titles():
        # "Governor, Mrs Pugh"
        return CleanedName(tail[0] + behind)
    if _is_family_name(first, tail[0]):
        return CleanedName(tail[0] + behind, family=first)
    return CleanedName(first + behind, unsure=True)


def _is_no_name(part: str, first: str) -> bool:
    """Whether the part after a comma is a job, pronouns or degrees. After a single word, "MA" can be a name."""
    alone = len(_bare(first)) < 2
    several = part.split()
    credentials = all(
        _is_credential(word) or (not alone and _is_weak_credential(word)) or plain(word) in ("the", "of")
        for word in several
    )
    return credentials or (len(several) > 1 and _is_job(part)) or _all_jobs(part) or is_pronouns(part)


def _bare(name: str) -> list[str]:
    """The words of a name without titles and particles."""
    return [
        word
        for word in name.split()
        if plain(word) not in titles()
        and plain(word) not in entries("people", "suffixes")
        and plain(word) not in entries("people", "small_particles") | entries("people", "large_particles")
    ]


def _is_family_name(first: str, second: str) -> bool:
    """Whether `first` is a family name, as in "García López, Ana" but not in "Sarah Chen, Acme"."""
    bare = _bare(first)
    if len(bare) < 2:
        return True
    known = entries("family_pairs", "hispanic").union(
        *(entries("family_first", culture) for culture in ("chinese", "korean", "vietnamese"))
    )
    capitals = first.isupper() and not second.isupper()
    initial = len(second.replace(".", "").replace(" ", "")) == 1
    return (plain(bare[0]) in known or capitals or initial) and len(second.split()) < 3


# ------------------------------------------------------------ degrees


def _is_credential(word: str) -> bool:
    if _DEGREE_CASE.fullmatch(word) and len(word) < 9:
        return True
    pieces = [plain(piece) for piece in word.split("/")]
    if not all(piece in entries("people", "credentials") for piece in pieces):
        return False
    # "Cfa" could be a name; "Rn" could not, because it has no vowel.
    like_a_name = (
        word[1:] != word[1:].upper() and word != word.lower() and bool(set("aeiou") & set(pieces[0]))
    )
    return not (like_a_name and word[1:] == word[1:].lower()) or pieces[0] in entries("people", "any_case")


def _is_weak_credential(word: str) -> bool:
    return word.isupper() and all(
        plain(piece) in entries("people", "weak_credentials") | entries("people", "credentials")
        for piece in word.split("/")
    )


def is_pronouns(text: str) -> bool:
    """ "she/her"."""
    pieces = [plain(piece) for piece in re.split(r"\s*/\s*", text)]
    return len(pieces) > 1 and all(piece in entries("people", "pronouns") for piece in pieces)


def is_no_part_of_name(word: str, names: list[str], *, shouting: bool) -> bool:
    """Whether the last word is a degree, a pronoun or a job; `names` are the words before it.

    `shouting`: the whole text is in capitals, so "MA" is as likely a name.
    """
    if not names:
        return False
    if _is_credential(word) or is_pronouns(word):
        return True
    if plain(word) in entries("people", "trailing_jobs") and (word.isupper() or word.islower()):
        return True
    bare = [name for name in names if plain(name) not in entries("people", "small_particles")]
    with_stops = "." in word[:-1]  # "B.A."
    return len(bare) > 1 and (with_stops or not shouting) and _is_weak_credential(word)
