"""Finds misspelled names of the interview: letters swapped, missing or added, accents and capitals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from drafts.domain.proofread import is_available, is_word
from drafts.domain.tokens import Word, fold, without_s, words_of
from drafts.domain.vocabulary import is_in_vocabulary
from drafts.domain.words import words
from drafts.review import lexicon
from drafts.review.findings import Finding, Part, found
from drafts.review.material import Material
from drafts.review.namebook import Name, forms_of
from drafts.review.reading import Span, begins_sentence
from drafts.review.thresholds import (
    LONG_NAME,
    NEAR_EDITS,
    NEAR_EDITS_GREETED,
    NEAR_EDITS_LONG,
    SHORTEST_NAME,
    SHORTEST_PHRASE,
)


def name_spelling(material: Material) -> Iterator[Finding]:
    """A misspelling of a known name; a missing accent is only advice."""
    reading = material.reading
    greeted = near_greeting(material)
    if greeted:
        span, right = greeted
        yield _near(material, Part.BODY, span.start, span.end, right)
    for part in (Part.SUBJECT, Part.BODY):
        text, there = material.text(part), material.words(part)
        names_at, usual = _names_at(material, part), lexicon.usual()
        taken = _greeting_spans(material, greeted) if part is Part.BODY else []
        for start, end, right in company_misses(material, part):
            taken.append(Span(start, end))
            yield _near(material, part, start, end, right)
        for at, word in enumerate(there):
            if word.text in usual and word.text.isalpha() and not names_at.intersection((at - 1, at, at + 1)):
                # A common word with no name next to it. Skip it early, because the closer check takes most of this
                # rule's time.
                continue
            start, end = word.start, word.start + len(without_s(text[word.start : word.end]))
            if any(span.meets(start, end) for span in taken) or fold(word.text) in words().titles:
                continue
            if fold(text[start : word.end]) in material.names.by_fold:
                # A name that ends in 's ("McDonald's").
                end = word.end
            if part is Part.BODY and reading.is_in_link(start, end):
                continue
            finding = _miss(material, part, text, there, at, start, end)
            if finding:
                yield finding


def _greeting_spans(material: Material, greeted: tuple[Span, str] | None) -> list[Span]:
    """Spans to skip: the name already found in the greeting, and every salutation."""
    # Otherwise "Hi" could be reported as a misspelling of "Hui".
    salutations = [Span(whole.start, name.start) for whole, name in material.greetings]
    return [greeted[0], *salutations] if greeted else salutations


def _near(material: Material, part: Part, start: int, end: int, right: str) -> Finding:
    text = material.text(part)[start:end]
    return found(
        "name_spelling",
        "near",
        start,
        end,
        part=part,
        suggestions=(_in_the_same_case(text, right),),
        found=text,
        right=right,
    )


def _in_the_same_case(written: str, right: str) -> str:
    return (
        right.upper()
        if len(written) > 2 and written == written.upper() and written != written.lower()
        else right
    )


def _miss(
    material: Material, part: Part, text: str, there: tuple[Word, ...], at: int, start: int, end: int
) -> Finding | None:
    """What is wrong with one word as somebody's name; None if nothing is."""
    book = material.names
    written = text[start:end]
    key = fold(written)
    if len(key) < 2 or unicodedata.normalize("NFC", written).replace("’", "'") in book.exact:
        return None
    name = book.by_fold.get(key)
    if name is not None:
        return _other_writing(material, part, written, name, start, end)
    near = nearest(material, key)
    if near is None or book.is_known(written) or book.is_noted(written):
        return None
    beside = _stands_beside(material, text, there, at, near)
    if not beside and len(fold(near.text)) < SHORTEST_NAME + 1:
        return None
    if not beside and (is_word(key) or (not is_available() and begins_sentence(text, start))):
        return None
    if not beside and not written[:1].isupper() and (is_word(key.removesuffix("s")) or len(key) < 4):
        return None
    if not beside and is_word(written):
        # Another name that people have ("Marie" for Maria), or a place.
        if key in lexicon.entries("names", "calendar"):
            return None
        return found(
            "name_spelling",
            "perhaps",
            start,
            end,
            part=part,
            suggestions=(near.text,),
            found=written,
            right=near.text,
        )
    return _near(material, part, start, end, near.text)


def _names_at(material: Material, part: Part) -> set[int]:
    """The indexes of words that belong to a name, and of titles."""
    known = material.names.by_fold.keys() | words().titles
    places = material.folded(part).places
    return {at for key in known & places.keys() for at in places[key]}


def _other_writing(
    material: Material, part: Part, written: str, name: Name, start: int, end: int
) -> Finding | None:
    """The right name without its accents or its capitals."""
    if _composed(written) != _composed(name.text):
        if not written[:1].isupper() and is_word(written.casefold()):
            return None
        right = _in_the_same_case(written, name.text)
        return found(
            "name_spelling", "accent", start, end, part=part, suggestions=(right,), found=written, right=right
        )
    shouted = written == written.upper() and len(written) > 1
    if name.text in (name.text.upper(), name.text.lower()) or len(written) != len(name.text):
        # The name was entered all in one case, or this is another spelling of it ("Gross" for Groß).
        return None
    if name.text[:1].isupper() and not shouted and not (written[:1].islower() and is_word(fold(written))):
        if name.owner == "company" and is_in_vocabulary(fold(written)):
            return None
        return found(
            "name_spelling",
            "capital",
            start,
            end,
            part=part,
            suggestions=(name.text,),
            found=written,
            right=name.text,
        )
    return None


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().replace("’", "'")


def nearest(material: Material, key: str) -> Name | None:
    """The name that this folded word is a misspelling of."""
    names = material.names.by_fold
    best: tuple[int, str] | None = None
    for candidate, distance, _ in extract(
        key, names.keys(), scorer=OSA.distance, score_cutoff=NEAR_EDITS_LONG, limit=3, processor=None
    ):
        if distance <= _edits_allowed(candidate) and (best is None or distance < best[0]):
            best = (int(distance), candidate)
    return names[best[1]] if best else None


def _stands_beside(material: Material, text: str, there: tuple[Word, ...], at: int, near: Name) -> bool:
    """Whether the word next to it is another word of the same name ("Pryia Nair"), or a title ("Ms Niar")."""
    whole = {fold(word.text) for word in words_of(near.whole)} - {fold(near.text)}
    for neighbour in (at - 1, at + 1):
        if not 0 <= neighbour < len(there):
            continue
        word, other = there[at], there[neighbour]
        between = text[min(word.end, other.end) : max(word.start, other.start)]
        key = fold(without_s(text[other.start : other.end]))
        # A full stop separates sentences, except after "Dr." and "J."
        is_short = len(key) == 1 or key in words().titles
        if between.strip(" .-" if is_short and neighbour < at else " -") or "\n" in between:
            continue
        if key in whole or (neighbour < at and key in words().titles):
            return text[word.start].isupper()
    return False


def company_misses(material: Material, part: Part) -> list[tuple[int, int, str]]:
    """Misspellings of a name of several words as a whole: "Lumen Heath", "LumenHealth"."""
    if part not in material.company_misses:
        material.company_misses[part] = _company_misses(material, part)
    return material.company_misses[part]


def _company_misses(material: Material, part: Part) -> list[tuple[int, int, str]]:
    text, there = material.text(part), material.words(part)
    book = material.names
    right = book.company
    parts = words_of(right)
    if len(parts) < 2:
        return []
    # The text from the first word to the last; a full stop after it may belong to the sentence.
    right = right[parts[0].start : parts[-1].end]
    key = _joined(right)
    if len(key) < SHORTEST_PHRASE:
        return []
    wanted = [word.text for word in parts]
    capitals = sum(word[:1].isupper() for word in right.split())
    least = capitals if all(is_word(word) for word in wanted) else capitals - 1
    misses: list[tuple[int, int, str]] = []
    taken: list[Span] = []
    begins = [at for at, word in enumerate(there) if text[word.start].isupper() or word.text == wanted[0]]
    for size in (len(parts), len(parts) - 1, len(parts) + 1):
        for at in (at for at in begins if at + size <= len(there)):
            start, end = there[at].start, there[at + size - 1].end
            if abs(end - start - len(right)) > 4:
                continue
            written = without_s(text[start:end])
            if [without_s(word.text) for word in there[at : at + size]] == wanted or fold(written) == fold(
                right
            ):
                taken.append(Span(start, end))
                continue
            if sum(word[:1].isupper() for word in written.split()) < least:
                continue
            shape = _joined(written)
            if abs(len(shape) - len(key)) > 1 or re.search(r"[;:!?\n]|\.\s", written.replace(right, "")):
                continue
            if OSA.distance(shape, key, score_cutoff=1) <= 1 and not any(
                span.meets(start, end) for span in taken
            ):
                taken.append(Span(start, end))
                misses.append((start, start + len(written), right))
    return misses


def _joined(text: str) -> str:
    return "".join(word.text for word in words_of(fold(text)))


def without_title(name: str) -> str:
    """A name without the titles before it."""
    parts = name.split()
    while len(parts) > 1 and fold(parts[0]).strip(".") in words().titles:
        parts = parts[1:]
    return " ".join(parts)


def near_greeting(material: Material) -> tuple[Span, str] | None:
    """A greeting that misspells this person's name: (where, the right name)."""
    reading, book = material.reading, material.names
    name = reading.greeted
    reader = book.facts.reader
    if name is None or name.start == name.end or reader is None:
        return None
    text = reading.body[name.start : name.end]
    bare = without_title(text)
    key = fold(bare).rstrip(".")
    others = {
        fold(form)
        for person in book.facts.panel.interviewers
        if person is not reader
        for form in forms_of(person)
    }
    if not key or key in {form.rstrip(".") for form in book.own_forms} or key in others:
        return None
    best: tuple[int, str] | None = None
    for form in filter(None, [book.reader_greeted, *forms_of(reader)]):
        distance = OSA.distance(key, fold(form), score_cutoff=NEAR_EDITS_GREETED)
        if distance <= _edits_in_greeting(key, fold(form)) and (best is None or distance < best[0]):
            best = (distance, form)
    if best is None:
        return None
    return _narrowed(reading.body, name, bare, best[1])


def _narrowed(text: str, name: Span, bare: str, right: str) -> tuple[Span, str]:
    """The span and fix of the only wrong word of a name, if only one is wrong; titles before it are kept."""
    parts = list(re.finditer(r"\S+", text[name.start : name.end]))[-len(bare.split()) :]
    span = Span(name.start + parts[0].start(), name.end)
    wanted = right.split()
    if len(parts) != len(wanted):
        return span, right
    wrong = [at for at, part in enumerate(parts) if fold(part.group()) != fold(wanted[at])]
    if len(wrong) != 1:
        return span, right
    part = parts[wrong[0]]
    return Span(name.start + part.start(), name.start + part.end()), wanted[wrong[0]]


def _edits_in_greeting(written: str, name: str) -> int:
    """The allowed edits, as for any name; one more if the beginning is the same ("Katherine" for Kathryn)."""
    if (
        written[:3] == name[:3]
        and len(name) > LONG_NAME - 2
        and not (written.startswith(name) or name.startswith(written))
    ):
        return NEAR_EDITS_GREETED
    return _edits_allowed(name)


def _edits_allowed(name: str) -> int:
    """The number of edits up to which a word counts as a misspelling of a name."""
    return NEAR_EDITS_LONG if len(name) >= LONG_NAME else NEAR_EDITS
