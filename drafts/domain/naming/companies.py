"""A company's name as people write it in a sentence."""

from __future__ import annotations

import re
from functools import cache

from drafts.domain.naming.case import as_spelled, capitalised, is_latin
from drafts.domain.naming.lists import any_of, as_typed, entries, plain
from drafts.domain.words import words

_ADDRESS = re.compile(r"(?P<start>https?://)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,8})(?:[/?#]\S*)?", re.I)
_END_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*\Z")
_TRIMMED = " \t,;:|"
LONGEST_ACRONYM = 6  # letters
_CHUNK = re.compile(r"[^\W_][\w.'’+-]*(?:&[\w]+)*|&")


def tidy_company(text: str) -> str:
    """The name without its legal form, capitalized if it was typed in lowercase; never empty."""
    name, before = " ".join(text.split()), ""
    while name != before:
        before = name
        for step in (_without_note, _without_legal_form, _of_address):
            shorter = step(name).strip(_TRIMMED)
            name = shorter if any(map(str.isalnum, shorter)) else name
    return _in_case(name)


# ------------------------------------------------------------ addresses


def _of_address(text: str) -> str:
    """ "acme" for "www.acme.com"; empty if the text is not a web address, or is also the company's name
    ("booking.com")."""
    match = _ADDRESS.fullmatch(text)
    if not match:
        return ""
    host = match["host"].lower()
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in entries("companies", "domain_starts"):
        labels = labels[1:]
    begun = bool(match["start"]) or len(labels) < host.count(".") + 1
    # "Booking.com", "monday.com": capitalized like a name, or known as one.
    if not begun and (text != host or host in as_typed("companies", "called_by_address")):
        return ""
    if labels[-1] not in entries("companies", "domain_ends") or ".".join(labels) in as_typed(
        "companies", "called_by_address"
    ):
        return ".".join(labels) if begun else ""
    ends = 2 if len(labels) > 2 and labels[-2] in entries("companies", "domain_seconds") else 1
    return labels[-1 - ends].replace("-", " ").strip()


# ------------------------------------------------------------ legal forms


def _without_legal_form(name: str) -> str:
    """Removes "Inc.", "GmbH & Co. KG" and "(UK) Ltd"; "Tiffany & Co." is left unchanged."""
    parts = re.sub(r",(?=\s|\Z)", " ,", name).split()
    end = len(parts)
    small = name == name.lower()
    while end > 1 and (parts[end - 1] == "," or _is_legal(parts[end - 1], small)):
        end -= 1
    if not any(_is_legal(part, small) for part in parts[end:]):
        return name
    end = _without_company(parts, end, small)
    short = _without_region(" ".join(parts[:end]).replace(" ,", ","))
    # "The Limited" is a company's full name.
    return name if plain(short) in ("", "the") else short


def _without_company(parts: list[str], end: int, small: bool) -> int:
    """The index where the name ends: before the "Co." of "Acme Co., Ltd.", but after the "& Co." of "Jones & Co.
    Ltd"."""
    beside = end
    while beside > 1 and plain(parts[beside - 1]) in entries("companies", "legal_beside"):
        beside -= 1
    joined = beside < end and parts[beside] in ("&", "and")
    if joined and not _is_legal(parts[beside - 1], small):
        return end
    while beside > 1 and (parts[beside - 1] == "," or _is_legal(parts[beside - 1], small)):
        beside -= 1
    return beside


def _is_legal(part: str, small: bool) -> bool:
    bare = part.rstrip(".,")
    key = plain(bare)
    if key in entries("companies", "legal"):
        return True
    return bare in as_typed("companies", "legal_as_typed") or (
        small and "." in bare and bare in {form.lower() for form in as_typed("companies", "legal_as_typed")}
    )


def _without_region(name: str) -> str:
    match = _END_BRACKET.search(name)
    if match and plain(match[1]) in entries("companies", "bracket_regions"):
        return name[: match.start()]
    return name


def _without_note(name: str) -> str:
    """Removes "(formerly X)"."""
    match = _END_BRACKET.search(name)
    return name[: match.start()] if match and _note().match(match[1]) else name


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{any_of(as_typed('companies', 'bracket_starts'))})(?!\w)", re.I)


# ------------------------------------------------------------ capitals


def _in_case(name: str) -> str:
    if not is_latin(name):
        return name
    if name == name.lower():
        return _CHUNK.sub(_from_small, name)
    several = [plain(word) for word in name.split()]
    # Several words in capitals, one of them too long for an acronym, are a name typed with Caps Lock on.
    shouted = any(len(word) >= LONGEST_ACRONYM for word in several) or entries("companies", "words") & set(
        several
    )
    if name == name.upper() and len(several) > 1 and shouted:
        return _CHUNK.sub(_from_capitals, name)
    return name


def _from_small(match: re.Match[str]) -> str:
    chunk = match[0]
    known = as_spelled(chunk, "companies", "spelled")
    stays = chunk in as_typed("companies", "small_names") | words().small_names
    if known or stays or any(map(str.isdigit, chunk)) or "." in chunk.rstrip("."):
        return known or chunk
    if match.start() and chunk in as_typed("companies", "small"):
        return chunk
    return capitalised(chunk)


def _from_capitals(match: re.Match[str]) -> str:
    chunk = match[0]
    low = plain(chunk)
    if match.start() and chunk.lower() in as_typed("companies", "small"):
        return chunk.lower()
    known = as_spelled(chunk, "companies", "spelled")
    is_word = len(low) > 4 or low in entries("companies", "short_words") | entries("companies", "words")
    if known or not is_word or any(map(str.isdigit, chunk)):
        return known or chunk
    return capitalised(chunk)
