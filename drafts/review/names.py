"""Checks the greeting, and names that belong in other letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafts.domain.facts import Kind
from drafts.domain.naming import parse_name
from drafts.domain.proofread import is_word
from drafts.domain.tokens import Word, fold, without_s, words_of
from drafts.domain.vocabulary import is_in_vocabulary
from drafts.domain.words import words
from drafts.review import lexicon
from drafts.review.findings import Finding, Part, found
from drafts.review.material import Material
from drafts.review.misses import company_misses, near_greeting, nearest, without_title
from drafts.review.namebook import NameBook, is_ordinary
from drafts.review.reading import Span, begins_sentence

# ---------------------------------------------------------------- greeting


def greeting(material: Material) -> Iterator[Finding]:
    """No greeting, or not this person's."""
    reading, book = material.reading, material.names
    if not book.reader_greeted:
        is_request = material.facts.kind is Kind.RECRUITER
        yield from (_greeting_to_unknown_recruiter if is_request else _greeting_to_unnamed)(material)
        return
    greeted = _own_greeting(material)
    if greeted is None:
        yield found("greeting", "absent", suggestions=(), name=book.reader_greeted)
        return
    name = reading.greeted or greeted
    text = reading.body[name.start : name.end]
    if not text and material.facts.kind is Kind.RECRUITER:
        # "Hello," is enough for somebody who is asked to pass a note on.
        return
    bare = without_title(text)
    if fold(bare) in book.own_forms or fold(text) in book.own_forms:
        return
    if not bare or fold(bare).strip(".") in lexicon.entries("anatomy", "nobody"):
        where = name if text else greeted
        yield found(
            "greeting",
            "nobody",
            where.start,
            where.end,
            suggestions=(book.reader_greeted,) if text else (),
            found=reading.body[where.start : where.end],
            name=book.reader_greeted,
        )
        return
    case = _wrong_name_case(bare, material)
    if case:
        yield found(
            "greeting",
            case,
            name.start,
            name.end,
            suggestions=(book.reader_greeted,),
            found=text,
            name=book.reader_greeted,
        )


def _wrong_name_case(name: str, material: Material) -> str:
    """What is wrong with a greeted name that is not one of the reader's own forms; empty if nothing is."""
    book = material.names
    if any(_is_one_of(name, form) for form in book.own_forms):
        if _greets_several(name):
            return "several"
        return "short_name" if _others_greeted(name, book) and not near_greeting(material) else ""
    if near_greeting(material):
        return ""
    return "short_name" if _is_short_for(name, book) else "someone_else"


def _own_greeting(material: Material) -> Span | None:
    """The draft's own greeting, not that of a note below a request."""
    greeting = material.reading.greeting
    return greeting if greeting and (not material.note_at or greeting.start < material.note_at) else None


def _greeting_to_unknown_recruiter(material: Material) -> Iterator[Finding]:
    """Checks a request to a recruiter whose name is unknown: any greeting is fine except one to the note's reader."""
    reading, book = material.reading, material.names
    greeted = _own_greeting(material)
    if greeted is None:
        yield found("greeting", "no_greeting")
        return
    name = reading.greeted or greeted
    text = reading.body[name.start : name.end]
    if text and {fold(text), fold(without_title(text))} & book.person_forms:
        yield found("greeting", "not_recruiter", name.start, name.end, found=text, name=book.greet_as)


def _greeting_to_unnamed(material: Material) -> Iterator[Finding]:
    """Checks a letter to somebody whose name is unknown: "Hello," is fine, and so is a name that was found out."""
    body, greeted = material.reading.body, _own_greeting(material)
    if greeted is None:
        yield found("greeting", "absent_unnamed")
        return
    name = material.reading.greeted or greeted
    text = fold(body[name.start : name.end])
    bare, whole = without_title(text), body[greeted.start : greeted.end]
    if not bare or {text.strip("."), bare.strip(".")} & lexicon.entries("anatomy", "nobody"):
        yield found("greeting", "unnamed", greeted.start, greeted.end, field="full_name", found=whole)
    elif parse_name(bare).is_description or f"{fold(material.names.reader_called)} ".startswith(f"{bare} "):
        yield found(
            "greeting",
            "description",
            greeted.start,
            greeted.end,
            suggestions=(lexicon.greeting_unnamed(),),
            field="full_name",
            found=body[name.start : name.end],
        )


def _is_one_of(greeted: str, form: str) -> bool:
    """Whether a greeting with more words than the name ("Priya and team", "all, Priya") still greets the person."""
    return form in [word.text for word in words_of(fold(greeted))]


def _others_greeted(greeted: str, book: NameBook) -> bool:
    """Whether there are words next to the name that are neither part of it nor of a greeting to several people."""
    known = {word.text for form in book.own_forms for word in words_of(form)}
    known |= {word.text for one in book.facts.panel.interviewers for word in words_of(fold(one.full_name))}
    usual = lexicon.entries("anatomy", "nobody") | {"and", "dear"} | words().titles
    return any(word.text not in known and word.text not in usual for word in words_of(fold(greeted)))


def _greets_several(greeted: str) -> bool:
    return "&" in greeted or any(word.text == "and" for word in words_of(greeted))


def _is_short_for(greeted: str, book: NameBook) -> bool:
    """ "Tom" for Tomasz."""
    key = fold(greeted)
    return len(key) > 1 and any(
        form.startswith(key) or (len(key) > 3 and key.startswith(form)) for form in book.own_forms
    )


# ---------------------------------------------------------------- names that belong elsewhere


def wrong_name(material: Material) -> Iterator[Finding]:
    """Another panel member's name, or another company's."""
    reading, book = material.reading, material.names
    for part in (Part.SUBJECT, Part.BODY):
        text, there = material.text(part), material.words(part)
        covered: list[Span] = []
        folded = material.folded(part)
        for first, last in book.stranger_phrases.find(folded):
            name, case = book.strangers[" ".join(word.text for word in folded[first:last])]
            start, end = there[first].start, there[last - 1].end
            if any(span.holds(start, end) for span in covered) or not _is_meant(
                name, text, there, first, last, case
            ):
                continue
            if part is Part.BODY and (reading.is_in_signature(start, end) or reading.is_in_link(start, end)):
                continue
            covered.append(Span(start, end))
            shown = without_s(text[start:end])
            yield found(
                "wrong_name",
                case,
                start,
                start + len(shown),
                part=part,
                suggestions=(book.company,) if case == "company" else (),
                found=shown,
                name=book.greet_as,
                company=book.company,
            )
        yield from _unknown_company(material, part, text, there, covered)


def _is_meant(name: str, text: str, there: tuple[Word, ...], first: int, last: int, case: str) -> bool:
    """Whether these words mean the name: an ordinary word must be capitalized like a name."""
    start, end = there[first].start, there[last - 1].end
    written = without_s(text[start:end])
    if last - first > 1 and fold(name) == fold(written):
        return True
    if not is_ordinary(name):
        return case == "panel" or written[:1].isupper() or not is_in_vocabulary(fold(name))
    if not written[:1].isupper() or written == written.upper() != name:
        return False
    return not begins_sentence(text, start)


_AT_COMPANY = re.compile(
    r"\b(?:at|join|joining|joined|(?:work|working) (?:for|with)"
    r"|(?:bring|contribut|add|offer|devot|giv|com)(?:e|es|ing)?\b[^.!?\n]{0,60}?\bto)[ \t]+"
    r"(?P<name>[A-ZÀ-ÖØ-Þ][\w&'’-]*(?:[ \t]+(?:&[ \t]+)?[A-ZÀ-ÖØ-Þ][\w&'’-]*){0,3})"
)
_BRINGING = re.compile(r"\b(?:bring|add|offer|devot|giv)\w*", re.I)
_JOINING = re.compile(
    r"\b(?:join\w*|work\w*|role|position|job|opportunity|interest\w*|interview\w*|team|opening|vacancy|contribut\w*|part|place|colleague\w*|applic\w*|chance|future)\b",
    re.I,
)


def _unknown_company(
    material: Material, part: Part, text: str, there: tuple[Word, ...], covered: list[Span]
) -> Iterator[Finding]:
    """ "I want to join Hooli" in a letter that never names the right company."""
    book = material.names
    if not book.company or book.names_company(there) or any(True for _ in covered):
        return
    misses = [Span(start, end) for start, end, _ in company_misses(material, part)]
    for match in _AT_COMPANY.finditer(text):
        start, end = match.span("name")
        name = without_s(match["name"].rstrip(".,"))
        end = start + len(name)
        sentence = _around(text, start)
        is_brought = match.group().startswith(("bring", "add", "offer", "devot", "giv", "com", "contribut"))
        if not _JOINING.search(sentence) and not (is_brought and _BRINGING.search(sentence)):
            continue
        if part is Part.BODY and material.reading.is_closing(start, end):
            continue
        parts = words_of(name)
        if book.is_noted(name) or all(book.is_known(word.text) or is_word(fold(word.text)) for word in parts):
            continue
        if any(miss.meets(start, end) for miss in misses):
            continue
        if any(nearest(material, fold(word.text)) for word in parts):
            continue
        yield found(
            "wrong_name",
            "unknown_company",
            start,
            end,
            part=part,
            suggestions=(book.company,),
            found=name,
            company=book.company,
        )


def _around(text: str, place: int) -> str:
    """The approximate sentence around a position: between full stops and line breaks."""
    start = max(text.rfind(mark, 0, place) for mark in (". ", "! ", "? ", "\n")) + 1
    ends = [end for mark in (". ", "! ", "? ", "\n") if (end := text.find(mark, place)) >= 0]
    return text[start : min(ends, default=len(text))]
