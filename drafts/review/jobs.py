"""Finds another company's name where the letter is about this job: "the role at Hooli", "join Hooli", "the Hooli
team"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from drafts.domain.proofread import is_word
from drafts.domain.tokens import Word, Words, fold, without_s, words_of
from drafts.domain.vocabulary import is_in_vocabulary
from drafts.review.findings import Finding, Part, found
from drafts.review.lexicon import entries, groups, phrases, places
from drafts.review.material import Material
from drafts.review.misses import nearest
from drafts.review.reading import Sentence

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĮİĶĻŁŃŇŌŐŘŚŞŠŢŤŪŮŰŲŹŻŽ"
# A capitalized word. The full stop of "St." and "Booking.com" belongs to it, that of a sentence does not.
_PART = (
    rf"(?:(?:St|Dr|Mr|Mrs|Ms|Prof|Co|Inc|Ltd)\.(?=[ \t])"
    rf"|(?:[{_UPPER}]|\d+[{_UPPER}])[\w&'’+-]*(?:\.\w+)*|[a-z]+[{_UPPER}]\w*)"
)
# Consecutive capitalized words, including "of", "and" and "&" between them.
_NAME = re.compile(
    rf"(?<![\w@/.-]){_PART}(?:[ \t]+(?:(?:of|and|the|de|la|du|von|for|in)[ \t]+|&[ \t]+)?{_PART}){{0,5}}"
)
# Where a sentence ends, roughly.
_SENTENCE_END = re.compile(r"[.!?]\s|:\n|\n\n")
_MOST_BEFORE = 14  # words of the sentence before a name that are checked


@dataclass(frozen=True, slots=True)
class _Mention:
    """A capitalized name in the text, the words around it, and how the letter refers to it."""

    name: str
    start: int
    end: int
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_possessive: bool


def wrong_company(material: Material) -> Iterator[Finding]:
    """Any other company in a place where only this one can be."""
    if not material.names.company:
        return
    for part in (Part.SUBJECT, Part.BODY):
        for mention in _mentions(material, part):
            slot = _slot(material, part, mention)
            if (
                slot is None
                # A name as entered is right, or is another company's, which `wrong_name` reports.
                or any(span.holds(mention.start, mention.end) for span in material.entered_spans(part))
                or not _is_a_company(material, mention, slot)
            ):
                continue
            if _is_said_already(material, part, mention.start, mention.end):
                continue
            company = material.names.company
            yield found(
                "wrong_company",
                "other",
                mention.start,
                mention.end,
                part=part,
                suggestions=(company,),
                found=mention.name,
                company=company,
            )


def _is_said_already(material: Material, part: Part, start: int, end: int) -> bool:
    return any(
        one.part is part and one.start < end and start < one.end
        for rule in ("wrong_name", "name_spelling", "greeting")
        for one in material.so_far.get(rule, ())
    )


# ---------------------------------------------------------------- where names stand


def _mentions(material: Material, part: Part) -> Iterator[_Mention]:
    text, words = material.text(part), material.words(part)
    reading = material.reading
    starts = [word.start for word in words]
    begins = [0, *(match.end() for match in _SENTENCE_END.finditer(text))]
    for match in _NAME.finditer(text):
        start, end = _without_lead(text, match.start(), match.end())
        if start == end:
            continue
        if part is Part.BODY and (reading.is_closing(start, end) or reading.is_in_link(start, end)):
            continue
        raw = text[start:end]
        name = without_s(raw)
        at, last = bisect_left(starts, start), bisect_left(starts, end)
        sentence = begins[bisect_right(begins, start) - 1]
        first = max(at - _MOST_BEFORE, bisect_left(starts, sentence))
        yield _Mention(
            name,
            start,
            start + len(name),
            tuple(word.text for word in words[first:at]),
            tuple(word.text for word in words[last : last + 4]) if _ends_at_space(text, end) else (),
            raw != name,
        )


def _ends_at_space(text: str, end: int) -> bool:
    return text[end : end + 1] in (" ", "\n", "\t")


def _without_lead(text: str, start: int, end: int) -> tuple[int, int]:
    """A run of capitalized words without one that only begins the sentence ("The", "I", "At")."""
    name = text[start:end].rstrip("&'’+-. ")
    lead = words_of(name)[:1]
    if (
        len(words_of(name)) > 1
        and lead[0].text in entries("jobs", "leads")
        and fold(name) not in entries("companies", "famous")
    ):
        start += words_of(name)[1].start
        name = name[words_of(name)[1].start :]
    return start, start + len(name)


# ---------------------------------------------------------------- whether it is spoken of as this job's


class _Slot(StrEnum):
    """What a place in a sentence may contain besides a company.

    STRICT: nothing ("the role at X"). LOOSE: people and things ("interested in X"). BELONGING: teams and tools ("the
    X team"). THE: whatever has a "the" ("join the X").
    """

    STRICT = "strict"
    LOOSE = "loose"
    BELONGING = "belonging"
    THE = "the"


def _slot(material: Material, part: Part, mention: _Mention) -> _Slot | None:
    if part is Part.SUBJECT:
        return _slot_in_subject(mention)
    slot = _slot_of_belonging(material, mention) or _slot_at(mention) or _slot_of_joining(mention)
    if slot is None or _is_remembered(mention) or not _speaks_of_now(material, mention):
        return None
    return slot


def _slot_in_subject(mention: _Mention) -> _Slot | None:
    one = mention.before[-1] if mention.before else ""
    if mention.after and mention.after[0] in entries("jobs", "belongs"):
        return _Slot.BELONGING
    if one == "at":
        return _Slot.STRICT
    return _Slot.LOOSE if one == "with" else None


def _slot_at(mention: _Mention) -> _Slot | None:
    """ "The role at X", "a career with X", "work for X"; with "the" before it, X must clearly be a company."""
    before = mention.before
    if before[-1:] == ("the",):
        slot = _slot_at(replace(mention, before=before[:-1]))
        return _Slot.THE if slot else None
    if mention.is_possessive or len(before) < 2 or before[-1] not in ("at", "with", "for"):
        return None
    one, noun = before[-1], before[-2]
    words = _as_words(before)
    if one == "at" and phrases("jobs", "venues").are_in(words):
        return None
    is_past = phrases("jobs", "past").are_in(_as_words(before[-7:]))
    if noun in ("work", "working"):
        if (
            is_past
            or entries("jobs", "past_work").intersection(before[-5:-2])
            or entries("jobs", "whose_work").intersection(before[-3:-2])
        ):
            return None
        return _Slot.LOOSE if one == "with" else _Slot.STRICT
    if is_past:
        return None
    if one == "at" and (
        noun in entries("jobs", "nouns_at")
        or (phrases("jobs", "heads").are_in(_as_words(before[-2:-1])) and _is_applied_for(words))
    ):
        return _Slot.STRICT
    if one == "with" and noun in entries("jobs", "nouns_with"):
        return _Slot.STRICT
    if one in ("with", "at") and noun in ("interview", "interviewing", "interviewed"):
        return _Slot.STRICT if one == "at" else _Slot.LOOSE
    return None


def _is_applied_for(words: Words) -> bool:
    return phrases("jobs", "as_before").are_in(words)


def _slot_of_joining(mention: _Mention) -> _Slot | None:
    """ "To join X", "be part of X", "contribute to X"; "interested in X"."""
    before = mention.before
    if before[-1:] == ("the",):
        slot = _slot_of_joining(replace(mention, before=before[:-1]))
        return _Slot.THE if slot else None
    if mention.is_possessive or not before:
        return None
    if before[-1] in entries("jobs", "joins"):
        to = before[-2:-1] == ("to",)
        subject = before[-3:-2] if to else before[-2:-1]
        if entries("jobs", "not_joins").intersection(before[-4:-1]) or entries("jobs", "joined_by") & {
            *subject
        }:
            return None
        return _Slot.STRICT if entries("jobs", "wishes_to_join").intersection(before[-8:-1]) else None
    for size in (2, 3):
        said = " ".join(before[-size:])
        if said in entries("jobs", "part_of"):
            return None if phrases("jobs", "past").are_in(_as_words(before[-8:])) else _Slot.STRICT
        if said in entries("jobs", "about_it"):
            return _Slot.LOOSE
    return None


def _slot_of_belonging(material: Material, mention: _Mention) -> _Slot | None:
    """ "The X team", "X's culture". If the sentence also names the right company, X is a part of it."""
    one = mention.before[-1] if mention.before else ""
    after = mention.after[0] if mention.after else ""
    if after not in entries("jobs", "belongs") or not (one == "the" or mention.is_possessive):
        return None
    sentence = _sentence(material, mention)
    if sentence is None or material.names.names_company(sentence.words):
        return None
    return None if phrases("jobs", "past").are_in(_as_words(mention.before[-7:])) else _Slot.BELONGING


def _is_remembered(mention: _Mention) -> bool:
    """Whether the words after the name make it a former employer: "at X I ran", "at X taught me", "at X in 2019"."""
    after = mention.after
    if not after:
        return False
    two = " ".join(after[:2])
    return bool(
        {after[0], two} & entries("jobs", "past_after")
        or re.match(r"in (?:19|20)\d\d|for \w+ (?:years?|months?)", " ".join(after))
    )


def _as_words(texts: tuple[str, ...]) -> Words:
    return Words(Word(text, 0, 0) for text in texts)


def _sentence(material: Material, mention: _Mention) -> Sentence | None:
    return next((one for one in material.reading.sentences if one.start <= mention.start < one.end), None)


def _speaks_of_now(material: Material, mention: _Mention) -> bool:
    """Whether the sentence is a thank-you, a wish, or about the interview."""
    sentence = _sentence(material, mention)
    return sentence is not None and phrases("jobs", "now").are_in(sentence.words)


# ---------------------------------------------------------------- whether it is a company, and not this one


def _is_a_company(material: Material, mention: _Mention, slot: _Slot) -> bool:
    name = mention.name
    parts = [fold(word.text) for word in words_of(name)]
    if not parts or len("".join(parts)) < 2 or _is_this_company(material, name, parts):
        return False
    if _is_of_the_facts(material, name, parts):
        return False
    if _is_famous(name, entries("companies", "tools") if slot is _Slot.LOOSE else frozenset()):
        return True
    none = entries("companies", "no_company")
    if all(part in none or part in places() or part.isdigit() for part in parts):
        return False
    if entries("names", "calendar").intersection(parts) or _is_a_person(mention):
        return False
    kinds = entries("companies", "kinds")
    if slot in (_Slot.BELONGING, _Slot.THE):
        kinds -= entries("companies", "weak_kinds")
    is_kind = len(parts) > 1 and parts[-1] in kinds
    if slot in (_Slot.LOOSE, _Slot.THE):
        return is_kind
    if slot is _Slot.BELONGING:
        return is_kind or any(
            _is_unknown(word) and not is_in_vocabulary(fold(word)) for word in _written(name)
        )
    if len(parts) == 1:
        return not _is_acronym(name) and name[0].isupper()
    return is_kind or any(map(_is_unknown, _written(name))) or not none.intersection(parts)


def _is_acronym(name: str) -> bool:
    """Whether the name is an acronym, which may be a company's or a department's."""
    return name == name.upper()


def _written(name: str) -> list[str]:
    return [name[word.start : word.end] for word in words_of(name)]


def _is_unknown(word: str) -> bool:
    """Whether the name is neither a word nor a place, like invented company names."""
    key = fold(word)
    if len(word) < 3 or _is_acronym(word) or key in places():
        return False
    return not is_word(word) and not is_word(key)


def _is_a_person(mention: _Mention) -> bool:
    before = mention.before[-1] if mention.before else ""
    return before in ("mr", "mrs", "ms", "dr", "prof", "professor", "sir", "dame", "st")


def _is_famous(name: str, but: frozenset[str]) -> bool:
    key = fold(" ".join(name.split())).rstrip(".")
    forms = (key, key.removeprefix("the "), key.removesuffix("'s"))
    return any(form in _famous() and form not in but for form in forms)


@cache
def _famous() -> frozenset[str]:
    return frozenset(fold(entry) for entry in entries("companies", "famous"))


def _is_this_company(material: Material, name: str, parts: list[str]) -> bool:
    """Whether the name is this company's or another form of it: a part, its initials, its email domain, a related
    name."""
    book = material.names
    own = [fold(word.text) for word in words_of(book.company)]
    legal = entries("names", "legal")
    if not (set(parts) - set(own) - legal - entries("companies", "kinds")):
        # "The Hospital", "Harbour General Group".
        return True
    if book.names_company(words_of(name)):
        return True
    joined, whole = "".join(parts), "".join(own)
    if joined in whole or whole in joined:
        return True
    for long, short in ((own, joined), (parts, whole)):
        initials = "".join(part[0] for part in long)
        telling = "".join(part[0] for part in long if part not in legal)
        if len(short) > 1 and short in (initials, telling):
            return True
    if any(
        len(joined) > 2 and (joined in label or (len(label) > 3 and label in joined))
        for label in book.domains
    ):
        return True
    key, company = fold(name), fold(book.company)
    return any(
        key in house and any(f" {one} " in f" {company} " for one in house)
        for house in groups("companies", "families")
    )


def _is_of_the_facts(material: Material, name: str, parts: list[str]) -> bool:
    """Whether the user entered the name anywhere: a team, a product, a place in the notes on this person."""
    book = material.names
    if book.is_noted(name) or all(part in book.known for part in parts):
        return True
    telling = [part for part in parts if not is_word(part) and part not in entries("companies", "kinds")]
    if telling and all(part in book.known or book.is_noted(part) for part in telling):
        return True
    return len(parts) == 1 and nearest(material, parts[0]) is not None and not is_word(parts[0])
