"""Finds notes that were pasted into the letter instead of being rewritten. Broken sentence beginnings are in
`stems`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from drafts.domain.proofread import is_word
from drafts.domain.tokens import fold
from drafts.domain.vocabulary import is_in_vocabulary
from drafts.domain.words import words
from drafts.review.findings import Finding, Part, found
from drafts.review.lexicon import entries
from drafts.review.material import Material
from drafts.review.reading import Span
from drafts.review.stems import stems
from drafts.review.third_person import third_person
from drafts.review.thresholds import MOST_ALIKE


def composition(material: Material) -> Iterator[Finding]:
    """A note that does not fit its sentence, or was left unchanged."""
    # Follow-ups mention other people in reasons: a husband who hears on Thursday.
    persons = [] if material.facts.kind.is_follow_up else list(third_person(material))
    yield from persons
    # One finding per place is enough.
    yield from (
        stem
        for stem in stems(material)
        if not any(person.start < stem.end and stem.start < person.end for person in persons)
    )
    yield from _lists(material)
    yield from _small_beginnings(material)
    yield from _small_i(material)
    yield from _signs(material)
    yield from _said_twice(material)


# ---------------------------------------------------------------- lists

_ITEM = re.compile(r"(?:[-*•·‣▪●◦–—]|\d{1,2}[.)])[ \t]+\S")


def _lists(material: Material) -> Iterator[Finding]:
    """Two or more lines that begin like list items. Links to work samples below "Here they are:" are not such a
    list."""
    for run in _runs(material):
        before = material.reading.body[: run[0].start].rstrip()
        if before.endswith(":") and all(_is_a_sample(material, item) for item in run):
            continue
        yield found("composition", "list", run[0].start, run[-1].end)


def _runs(material: Material) -> Iterator[list[Span]]:
    """Each run of two or more consecutive list items."""
    reading, run = material.reading, []
    for line in reading.lines:
        if _ITEM.match(reading.body, line.start, line.end) and any(
            paragraph.holds(line.start, line.end) for paragraph in reading.content
        ):
            run.append(line)
            continue
        if len(run) > 1:
            yield run
        run = []
    if len(run) > 1:
        yield run


def _is_a_sample(material: Material, item: Span) -> bool:
    if material.reading.is_in_link(item.start, item.end):
        return True
    text = fold(material.reading.body[item.start : item.end])
    samples = material.facts.person.work_samples
    names = [*material.facts.attachments, *(name for one in samples for name in (one.label, one.file))]
    return any(fold(name) in text for name in names if name.strip())


# ---------------------------------------------------------------- small letters

_ENDS = re.compile(r"[.!?][\"'”’)\]]*\Z")


def _small_beginnings(material: Material) -> Iterator[Finding]:
    """Sentences that begin with a lowercase letter, except for names that do ("npm", "van der Berg")."""
    body = material.reading.body
    yielded = 0
    for sentence in material.reading.sentences:
        if not sentence.words or not body[sentence.start].islower():
            continue
        first = sentence.words[0]
        if first.start != sentence.start or first.text.partition("'")[0] == "i":
            continue
        if not _begins_anew(material, sentence.start) or _is_written_small(material, first.start, first.end):
            continue
        written = body[first.start : first.end]
        right = written[0].upper() + written[1:]
        yield found(
            "composition", "small_letter", first.start, first.end, suggestions=(right,), found=written
        )
        yielded += 1
        if yielded == MOST_ALIKE:
            return


def _begins_anew(material: Material, start: int) -> bool:
    """Whether a sentence must begin here: after a full stop that ends one, or at the start of a paragraph."""
    body, greeting = material.reading.body, material.reading.greeting
    before = body[:start].rstrip()
    between = body[len(before) : start]
    if greeting and greeting.end >= len(before.rstrip(",:!-–—")):
        # "Hi Priya, thank you for ...": on one line, the greeting is the sentence's beginning.
        return "\n" in between
    if before.endswith((":", "…", "...")):
        return False
    if between.count("\n") > 1:
        return True
    if not _ENDS.search(before) or before.endswith(tuple("\"'”’)]")):
        return False
    return not _is_abbreviated(material, before)


def _is_abbreviated(material: Material, before: str) -> bool:
    """Whether the full stop is an abbreviation's, or part of a name ("Yahoo!", "Zylker Inc.")."""
    last = fold(before.split()[-1]) if before.split() else ""
    if last.rstrip(".") in entries("composition", "abbreviations") or last in words().abbreviations:
        return True
    at = len(before) - 1
    return any(
        last.endswith(fold(name.split()[-1])) and name[-1:] == before[at]
        for name in material.names.entered_texts
        if name.split()
    )


def _is_written_small(material: Material, start: int, end: int) -> bool:
    """Whether a word always has a lowercase first letter: "iPhone", "npm", "k8s", "de Souza"."""
    body = material.reading.body
    while end < len(body) and not body[end].isspace():
        end += 1
    whole = body[start:end].rstrip(".,;:!?)\"'”’")
    if whole in words().small_names or whole != whole.lower() or re.search(r"[\d._/@#]", whole):
        return True
    key = fold(whole)
    return key in material.names.small_words or (is_in_vocabulary(key) and not is_word(key))


_SMALL_I = re.compile(r"(?<![\w.'’/@&+-])i(?:['’](?:m|ve|ll|d))?(?![\w'’/@&-]|\.\w|\))")


def _small_i(material: Material) -> Iterator[Finding]:
    """ "i speak Portuguese", but not the "i" of a list ("(i)", "phase i")."""
    for part in (Part.SUBJECT, Part.BODY):
        text, yielded = material.text(part), 0
        for match in _SMALL_I.finditer(text):
            start, end = match.span()
            if _is_numbered(text, start, end) or _is_excluded(material, part, start, end):
                continue
            right = "I" + text[start + 1 : end]
            yield found("composition", "small_i", start, end, part=part, suggestions=(right,), found=right)
            yielded += 1
            if yielded == MOST_ALIKE:
                break


def _is_numbered(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 12) : end].lower()
    return text[start - 1 : start] == "(" or any(
        before.endswith(entry) for entry in entries("composition", "not_small_i")
    )


def _is_excluded(material: Material, part: Part, start: int, end: int) -> bool:
    """Whether a place is in a name as entered, in a link or in the signature."""
    reading = material.reading
    if part is Part.BODY and (reading.is_in_link(start, end) or reading.is_in_signature(start, end)):
        return True
    return any(span.holds(start, end) for span in material.entered_spans(part))


# ---------------------------------------------------------------- signs of notes

_SIGNS = re.compile(
    r"""
      (?<![\w/])(?:w/o|b/c|w/i(?=\s)|w/(?=[\sa-z])|h/w|w/e|s/w)(?!\w*/)        # w/o, b/c
    | (?<![\w./])\d+[ \t]?(?:hrs?|mins?|yrs?|wks?|mos?)/(?:wk|week|day|d|mo|month|yr|year|shift)\b
    | (?<![\w./$€£])\d+[ \t]?(?:hrs?|h|x|times|days|shifts)/(?:wk|week|mo|yr)\b  # 2hrs/wk
    | (?<![\w./])\d+(?:yrs|wks|mos)\b(?!/)                                      # 5yrs
    | (?<=\w\w\w)[ \t]=[ \t](?=\w)
    | (?<=[a-z])[ \t]@[ \t](?=\w)
    """,
    re.X,
)
_JOINED = re.compile(r"(?<![\w&'’-])([a-z]+(?:['’-][a-z]+)*)[ \t]+([&+])[ \t]+([a-z]+)(?![\w&])")


# Every sign contains one of these.
_SIGN_MARKS = ("/", "&", "+", "=", "@", "yrs", "wks", "mos")


def _signs(material: Material) -> Iterator[Finding]:
    """Telegraph style: nobody writes "w/o" or "2hrs/wk" in a letter, nor "&" between small words."""
    body, yielded = material.reading.body, 0
    if not any(mark in body for mark in _SIGN_MARKS):
        return
    places = [match.span() for match in _SIGNS.finditer(body)]
    places += [
        match.span(2)
        for match in _JOINED.finditer(body)
        if f"{match[1]} {match[2]} {match[3]}" not in entries("composition", "joined_by_and")
    ]
    for start, end in sorted(places):
        sign = body[start:end].strip()
        at = body.index(sign, start)
        if _is_excluded(material, Part.BODY, at, at + len(sign)) or _is_in_label(material, at):
            continue
        yield found(
            "composition", "sign", at, at + len(sign), suggestions=_in_words().get(sign, ()), found=sign
        )
        yielded += 1
        if yielded == MOST_ALIKE:
            return


@cache
def _in_words() -> dict[str, tuple[str, ...]]:
    pairs = (entry.partition("=") for entry in entries("composition", "signs"))
    return {sign: (said,) for sign, _, said in pairs}


def _is_in_label(material: Material, place: int) -> bool:
    """Whether a place is in the label of a work sample, which is kept as entered."""
    body = material.reading.body
    return any(
        start <= place < start + len(one.label)
        for one in material.facts.person.work_samples
        if one.label and (start := body.find(one.label)) >= 0
    )


# ---------------------------------------------------------------- twice the same

_FEWEST_WORDS = 5  # words; nobody repeats a sentence this long by chance


def _said_twice(material: Material) -> Iterator[Finding]:
    """A sentence that the letter has twice, for example because a note was pasted into two fields."""
    seen: set[tuple[str, ...]] = set()
    for sentence in material.reading.sentences:
        key = tuple(word.text for word in sentence.words)
        if len(key) >= _FEWEST_WORDS and key in seen:
            yield found("composition", "twice", sentence.start, sentence.end)
        seen.add(key)
