"""People's names as calendars write them, made as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafts.domain.tokens import fold
from drafts.exchange.invite.lists import lists
from drafts.exchange.invite.texts import ADDRESS, tidy

MAX_NAME = 300  # characters that are looked at

_BRACKETS = re.compile(r"\s*[(\[{<]([^()\[\]{}<>]*)[)\]}>]\s*")
_DASHES = re.compile(r"\s+[-–—|·•/@]\s+|\s*[|·•]\s*|\s+(?:at|via|from)\s+")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[.'’ʼ·-]+[^\W\d_]+)*[.'’]?\Z")


def person_name(written: str) -> tuple[str, str]:
    """(name, job title) of a CN such as "Nair, Priya (Acme)"; the name is empty when there is none in it."""
    text = tidy(written[:MAX_NAME]).strip("\"' ")
    text = ADDRESS.sub(" ", text) if "@" in text else text
    title = ""
    for inside in _BRACKETS.findall(text)[:5]:
        title = title or (tidy(inside) if is_occupation(inside) else "")
    text = tidy(_BRACKETS.sub(" ", text)).strip("\"',;:<>()[] ")
    pieces = [tidy(piece).strip(" -–—,;:") for piece in _DASHES.split(text)]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return "", title
    if len(pieces) > 1:
        title = title or next((piece for piece in pieces[1:] if is_occupation(piece)), "")
    name, after_comma = _around_comma(pieces[0])
    return _in_order(name), title or after_comma


def _around_comma(text: str) -> tuple[str, str]:
    """ "Nair, Priya" turned; "Priya Nair, PhD" shortened; "Priya Nair, Staff Engineer" parted into name and title."""
    parts = [tidy(part) for part in text.split(",") if tidy(part)]
    title = ""
    kept: list[str] = []
    for part in parts:
        low = fold(part).strip(".")
        if kept and low in lists().suffixes:
            kept[0] = f"{kept[0]} {part}"
        elif kept and low in lists().credentials:
            continue
        elif kept and is_occupation(part):
            title = title or part
        else:
            kept.append(part)
    if len(kept) == 2 and len(kept[0].split()) <= 4 and len(kept[1].split()) <= 4:
        return f"{kept[1]} {kept[0]}", title
    return (kept[0] if kept else ""), title


def _in_order(name: str) -> str:
    """ "WÓJCIK Tomasz" turned, and a name all in capitals or all in small letters written with both."""
    words = name.split()
    cased = [word for word in words if word.upper() != word.lower()]
    if not cased:
        return name
    shouted = [word for word in cased if word.isupper() and len(word.strip(".")) > 1]
    if len(cased) > 1 and (len(shouted) == len(cased) or name == name.lower()):
        if name != name.lower() or name.isascii():
            return " ".join(_capitalised(word) for word in words)
        return name
    count = 0
    while count < len(words) and words[count].isupper() and len(words[count].strip(".")) > 2:
        count += 1
    if count and len(words) > count:
        return " ".join([*words[count:], *(_capitalised(word) for word in words[:count])])
    return " ".join(
        _capitalised(word) if place and word.isupper() and len(word) > 3 and "." not in word else word
        for place, word in enumerate(words)
    )


def _capitalised(word: str) -> str:
    if word.lower() in lists().particles:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda found: found[0][:1].upper() + found[0][1:].lower(), word)


def name_from_address(address: str) -> str:
    """A name guessed from the part before the @: "priya.nair2+x" -> "Priya Nair"."""
    local = address.partition("@")[0].partition("+")[0]
    parts = [re.sub(r"\d+\Z", "", part[:60]) for part in re.split(r"[._=-]+", local)]
    parts = [
        part for part in parts if part and part.lower() not in lists().address_extras and not part.isdigit()
    ]
    written = [
        f"{_capitalised(part)}." if len(part) == 1 and len(parts) > 1 else _capitalised(part)
        for part in parts
    ]
    # A particle begins a name of its own when nothing else does.
    if written and written[0].lower() in lists().particles:
        written[0] = written[0][:1].upper() + written[0][1:]
    return " ".join(written) or _capitalised(local)


def is_occupation(text: str) -> bool:
    """Whether this names a position: its last word is an occupation, or it begins like "Head of"."""
    words = [word.strip(".,()") for word in fold(text[:200]).replace("/", " ").split()]
    words = [word for word in words if word]
    while len(words) > 1 and (words[-1] in lists().levels):
        words.pop()
    if not words or len(words) > 12:
        return False
    if _is_job(words[-1]):
        return True
    start = " ".join(words)
    if any(start.startswith(f"{head} ") for head in lists().heads):
        return True
    # "Engineering Manager, Payments", "Staff Engineer on the platform team"
    first = re.split(r",|\s+[-–—]\s+|\s+(?:on|in|for|of)\s+", fold(text[:200]), maxsplit=1)[0].split()
    while len(first) > 1 and first[-1] in lists().levels:
        first.pop()
    return bool(first) and len(first) < len(words) and _is_job(first[-1])


def _is_job(word: str) -> bool:
    known = lists().occupations
    if word in known or (word.endswith("s") and word[:-1] in known):
        return True
    return word.endswith(tuple(lists().occupation_endings))


def looks_like_name(text: str, *, least: int = 2) -> bool:
    """Whether this can be a person's name: `least` to five words of letters, none of them an interview's or a job's."""
    words = text.split()
    bare = [word for word in words if fold(word).strip(".") not in lists().titles] or words
    if not least <= len(bare) <= 5 or len(text) > 80:
        return False
    for word in bare:
        low = fold(word).strip(".")
        if not _NAME_WORD.match(word) or (
            _is_job(low) and len(low) > 3 and low not in ("baker", "cook", "dean")
        ):
            return False
        if low in lists().generic and low not in ("may", "april", "june", "sun", "mon", "you", "i"):
            return False
        if word[0].islower() and word[0].upper() != word[0] and low not in lists().particles:
            return False
    return any(not word[0].islower() or word[0].upper() == word[0] for word in bare)


def name_key(name: str) -> str:
    """For telling whether two names are one: case, accents, titles and marks aside."""
    words = [word.strip(".") for word in fold(name).replace("-", " ").split()]
    return " ".join(word for word in words if word and word not in lists().titles)


def may_be_address_of(name: str, address: str) -> bool:
    """Whether an address is made the way firms make one from a name: pnair, priyan, priya.nair, nairp, priya."""
    words = [re.sub(r"\W", "", word) for word in name_key(name).split()]
    words = [word for word in words if word]
    if not words:
        return False
    local = re.sub(r"[\W_\d]", "", fold(address.partition("@")[0].partition("+")[0]))
    first, last = words[0], words[-1]
    forms: Iterable[str] = (
        first + last,
        last + first,
        first[0] + last,
        first + last[0],
        last + first[0],
        "".join(words),
        first,
        last,
    )
    return len(local) > 1 and local in forms
