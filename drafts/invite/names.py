"""People's names as calendars write them; what a name is, drafts.domain.naming knows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafts.domain.naming import parse_name
from drafts.domain.naming.case import is_shouted, put_right
from drafts.domain.naming.cleaning import is_no_part_of_name
from drafts.domain.naming.lists import entries, plain, titles
from drafts.domain.proofread import is_word
from drafts.domain.tokens import fold
from drafts.invite.lists import given_names, listed, one_of
from drafts.invite.texts import ADDRESS, tidy

MAX_NAME = 300  # characters that are looked at

_PIECES = re.compile(r"[()\[\]{}<>|·•]|\s+[-–—/@]\s+|\s+(?:at|via|from)\s+")
_NOTES_NAME = re.compile(r"\A([^/=,]*[^\W\d_]\s[^/=,]*[^\s/=,])(?:/[^\s/=][^/=]*){1,5}\Z")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[.'’ʼ·-]+[^\W\d_]+)*[.'’]?\Z")


def person_name(written: str) -> tuple[str, str]:
    """(name, job title) of a CN such as "Nair, Priya (Acme)"; the name is empty when there is none in it."""
    text = tidy(written[:MAX_NAME])
    text = (ADDRESS.sub(" ", text) if "@" in text else text).strip("\"' ,;:<>")
    # Notes puts the unit and the company behind: "Bram Verhulst/HR/VDK".
    text = _NOTES_NAME.sub(r"\1", text)
    # A department's code: "Krämer, Anne-Kathrin /BER-UX".
    text = re.sub(r"\s+/[A-Z0-9-]{2,12}\Z", "", text)
    title = next((piece for piece in _behind_name(text) if is_occupation(piece)), "")
    name = parse_name(text)
    first = text.split()[0] if text else ""
    whole = name.full
    if name.family_first and is_shouted(first) and "," not in text:
        # "WÓJCIK Tomasz" marks the family name, which a letter says last.
        family = name.family[:1].lower() + name.family[1:] if is_particle(first) else name.family
        whole = " ".join(part for part in (name.title, name.given, name.middle, family) if part)
    if name.nickname and '"' in text:
        whole = whole.replace(name.given, f'{name.given} "{name.nickname}"', 1)
    return ("" if is_label(whole) or not re.search(r"[^\W_]", whole) else whole), title


def _behind_name(text: str) -> Iterable[str]:
    first, *others = _PIECES.split(text)
    return [tidy(piece).strip(" ,;:-–—") for piece in (*first.split(",")[1:], *others)]


def is_label(text: str) -> bool:
    """Whether this says what somebody is, as in "Candidate: ...", and is nobody's name."""
    return fold(text) in listed("header_words") | listed("labels")


def is_particle(word: str) -> bool:
    return plain(word) in entries("people", "small_particles") | entries("people", "large_particles")


def are_credentials(text: str) -> bool:
    """ "MD", "RN BSN", "FACS": what stands behind a name and is none."""
    words = text.replace(",", " ").split()
    return not is_occupation(text) and all(
        is_no_part_of_name(word, ["Ana", "Ruiz"], shouting=False)
        or plain(word) in entries("people", "suffixes")
        or (word.isupper() and 2 <= len(word.replace(".", "")) <= 5)
        for word in words
    )


def name_from_address(address: str) -> str:
    """A name guessed from the part before the @: "priya.nair2+x" -> "Priya Nair"."""
    local = address.partition("@")[0].partition("+")[0]
    parts = [re.sub(r"\d+\Z", "", part[:60]).lower() for part in re.split(r"[._=-]+", local)]
    parts = [part for part in parts if part and part not in listed("address_extras")]
    words = [f"{word}." if len(word) == 1 and len(parts) > 1 else word for word in put_right(parts)]
    return " ".join(words) or local.capitalize()


def says_company(text: str) -> bool:
    return not listed("company_words").isdisjoint(re.findall(r"\w+", fold(text)))


def is_plain_word(text: str) -> bool:
    """Whether it is an English word and not a first name."""
    return is_word(fold(text)) and fold(text) not in given_names()


def is_like_person(text: str) -> bool:
    """Whether a name of two or more words is more likely a person's than a company's, by its first or last word."""
    words = [word for word in text.split() if plain(word) not in titles()] or [""]
    is_acronym = words[-1].isupper() and 1 < len(words[-1].strip(".")) < 4 and words[-1].isascii()
    is_acronym = is_acronym and words[-1] not in ("II", "III", "IV")
    is_known = fold(words[0]) in given_names() and len(words) < 4
    # "Shanelle T. Price", "J. Everett Moorhead III"
    is_known = is_known or bool(re.search(r"\w{2} [A-Z]\. \w{2}| I{2,3}\Z", text))
    return (
        looks_like_name(text)
        and not says_company(text)
        and not is_acronym
        and (is_known or not is_word(fold(words[-1])))
    )


def without_lead(name: str) -> str:
    """Without the article or the form of address of other languages in front: "la dott.ssa Chiara Lodi"."""
    words = name.split()
    while len(words) > 2 and fold(words[0]).strip(".") in listed("name_leads"):
        words = words[1:]
    return " ".join(words)


def are_plain_words(name: str, text: str) -> bool:
    """Whether every word of it is one of English or an abbreviation, as in "Lesson Observation"; not "Mark Hill"."""
    words = [word for word in re.findall(r"\w+", name) if not is_particle(word)]
    if len(words) < 2 or fold(words[0]) in given_names():
        return False
    return all(
        is_word(word.lower()) or (len(word) < 5 and re.search(rf"\b{word.upper()}\b", text)) for word in words
    )


def is_occupation(text: str) -> bool:
    """Whether this names a position: its last word is an occupation, or it begins like "Head of"."""
    low = fold(text[:200])
    # "Engineering Manager, Payments", "Staff Engineer on the platform team"
    first = re.split(r",|\s+[-–—(]\s*|\s+(?:on|in|for|of|at)\s+", low, maxsplit=1)[0]
    # "directrice du Service des loisirs", "specjalista ds. logistyki"; but "Dean van der Berg"
    foreign = re.split(rf"\s+(?:{one_of('behind_foreign_jobs')})\s+", low, maxsplit=1)[0]
    first = first if foreign in (low, *listed("surnames_too")) else foreign
    # "Konstruktionsingenieur Getriebetechnik"
    word = low.partition(" ")[0]
    is_long = len(word) > 9 and word.endswith(tuple(listed("occupation_endings")))
    is_head = is_long or any(low.startswith(f"{head} ") for head in listed("heads"))
    return len(low.split()) < 13 and (is_head or _ends_in_job(low) or _ends_in_job(first))


def _ends_in_job(text: str) -> bool:
    words = [word for part in text.replace("/", " ").split() if (word := part.strip(".,()"))]
    while len(words) > 1 and (words[-1] in listed("levels") or re.fullmatch(r"20\d\d", words[-1])):
        words.pop()
    return bool(words) and (_is_job(words[-1]) or " ".join(words[-2:]) in listed("occupations"))


def _is_job(word: str) -> bool:
    known = listed("occupations")
    if word in known or (word.endswith("s") and word[:-1] in known):
        return True
    return word.endswith(tuple(listed("occupation_endings")))


def looks_like_name(text: str, *, least: int = 2) -> bool:
    """Whether this can be a person's name: `least` to five words of letters, none of them an interview's or a job's."""
    words = text.split()
    bare = [word for word in words if plain(word) not in titles()] or words
    if not least <= len(bare) <= 5 or len(text) > 80:
        return False
    for word in bare:
        low = fold(word).strip(".")
        is_job = _is_job(low) and len(low) > 3 and low not in listed("surnames_too")
        if not _NAME_WORD.match(word) or is_job or low in listed("generic") - listed("names_too"):
            return False
        if word[0].islower() and word[0].upper() != word[0] and not is_particle(word):
            return False
    return any(not word[0].islower() or word[0].upper() == word[0] for word in bare)


def without_job(text: str) -> tuple[str, str]:
    """(name, job title) of "Assistant Principal Ana Ruiz"; (text, "") if it is not a job and a name.

    A single word before the name is a form of address, not a job: "Principal Ana Ruiz".
    """
    words = text.split()
    for count in range(min(len(words), 9) - 2, 1, -1):
        job, name = " ".join(words[:count]), " ".join(words[count:])
        if is_occupation(job) and looks_like_name(name) and not name[0].islower():
            return name, job
    return text, ""


def name_key(name: str) -> str:
    """For telling whether two names are one: case, accents, titles and marks aside."""
    words = [word.strip(".") for word in fold(name).replace("-", " ").split()]
    # "M. Luc Verdier"
    words = words[1:] if len(words) > 2 and words[0] == "m" else words
    return " ".join(word for word in words if word and word not in titles())


def may_be_address_of(name: str, address: str) -> bool:
    """Whether an address is made the way firms make one from a name: pnair, priyan, priya.nair, nairp, priya."""
    words = [re.sub(r"\W", "", word) for word in name_key(name).split()]
    words = [word for word in words if word]
    if not words:
        return False
    local = re.sub(r"[\W_\d]", "", fold(address.partition("@")[0].partition("+")[0]))
    first, last = words[0], words[-1]
    forms = {first + last, last + first, first[0] + last, first + last[0], last + first[0], first, last}
    return len(local) > 1 and local in forms | {"".join(words)}


def is_one_of(name: str, others: Iterable[str]) -> bool:
    """Whether `name` is one of `others`, or one of the two is only the first or last name of the other."""
    words = name_key(name).split()
    for other in map(str.split, map(name_key, others)):
        shared = bool(words and other) and (words[0] in other or other[0] in words)
        if words == other or (shared and 1 in (len(words), len(other))):
            return True
    return not words


def is_called(name: str, others: Iterable[str]) -> bool:
    """Whether `name` is one of `others`, or one of these is only its first name."""
    key = name_key(name)
    return any(other and (other == key or other == key.split()[0]) for other in map(name_key, others) if key)
