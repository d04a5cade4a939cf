"""Checks the form of a letter: its length, its subject and its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafts.domain.facts import has_notes
from drafts.domain.kinds import Length
from drafts.domain.routes import code_units
from drafts.domain.tokens import fold
from drafts.review.findings import Finding, Part, found
from drafts.review.lexicon import entries
from drafts.review.material import Material
from drafts.review.thresholds import (
    BLOCK_WORDS,
    COMFORTABLE_WORDS,
    FEWEST_WORDS,
    MOST_CHARACTERS,
    MOST_WORDS,
    REQUEST_WORDS,
    SENTENCE_WORDS,
    SUBJECT_CHARACTERS,
)


def length(material: Material) -> Iterator[Finding]:
    """The article: at most 200 words. The span is the text beyond that."""
    by_length = {Length.CHARACTERS: _length_in_characters, Length.REQUEST: _length_of_request}
    yield from by_length.get(material.facts.about.length, _length_of_letter)(material)
    if material.reading.is_cut:
        yield found("length", "cut")


def _length_of_letter(material: Material) -> Iterator[Finding]:
    count = material.reading.word_count
    if count > MOST_WORDS:
        start = _place_of_word(material.reading.body, MOST_WORDS)
        yield found("length", "too_long", start, len(material.reading.body.rstrip()), words=str(count))
    elif count > COMFORTABLE_WORDS:
        yield found("length", "long", words=str(count))
    elif count < FEWEST_WORDS and has_notes(material.facts.person) and not material.facts.kind.is_follow_up:
        # Without any notes, `personal` reports the one thing to add.
        yield found("length", "short", field="mentioned", words=str(count))


def _length_in_characters(material: Material) -> Iterator[Finding]:
    """LinkedIn allows 300 characters, counted in UTF-16 code units; few words are fine there."""
    text = material.reading.whole_body.rstrip()
    count = code_units(text)
    if count > MOST_CHARACTERS:
        start = _place_of_code_unit(material.reading.body, MOST_CHARACTERS)
        end = len(material.reading.body.rstrip())
        over = str(count - MOST_CHARACTERS)
        yield found("length", "characters", min(start, end), end, characters=str(count), over=over)


def _length_of_request(material: Material) -> Iterator[Finding]:
    """The limits of a letter for the note, plus room above it for the request."""
    reading = material.reading
    count, asked = reading.word_count, len(reading.body[: material.note_at].split())
    if count > MOST_WORDS + REQUEST_WORDS:
        start = _place_of_word(reading.body, MOST_WORDS + REQUEST_WORDS)
        yield found("length", "with_request", start, len(reading.body.rstrip()), words=str(count))
    elif material.note_at and asked > REQUEST_WORDS:
        start = _place_of_word(reading.body, REQUEST_WORDS)
        yield found("length", "request", start, material.note_at, words=str(asked))
    elif count - asked > COMFORTABLE_WORDS + (0 if material.note_at else REQUEST_WORDS):
        yield found("length", "long", words=str(count - asked))


def _place_of_code_unit(text: str, number: int) -> int:
    """The offset of the first character that does not fit into `number` code units."""
    taken = 0
    for place, character in enumerate(text):
        taken += code_units(character)
        if taken > number:
            return place
    return len(text)


def _place_of_word(text: str, number: int) -> int:
    """The offset of the word after the first `number` words."""
    for count, match in enumerate(re.finditer(r"\S+", text)):
        if count == number:
            return match.start()
    return len(text)


def subject(material: Material) -> Iterator[Finding]:
    """The article: short, naming the person or the position."""
    reading, name = material.reading, material.names.greet_as
    unnamed = "_unnamed" if material.names.is_unnamed else ""
    text = reading.whole_subject.strip()
    if not text:
        yield found("subject", f"missing{unnamed}", part=Part.SUBJECT, name=name)
        return
    start = len(reading.subject) - len(reading.subject.lstrip())
    if len(_without_reply_mark(text, material)) > SUBJECT_CHARACTERS:
        yield found(
            "subject",
            "long",
            start,
            min(start + len(text), len(reading.subject)),
            part=Part.SUBJECT,
            characters=str(len(text)),
        )
    own = {word for form in material.names.own_forms for word in form.split()}
    if all(
        word.text in entries("subject", "generic")
        # "An" may be somebody's name.
        and not (fold(word.text) in own and reading.subject[word.start].isupper())
        for word in reading.subject_words
    ):
        yield found(
            "subject",
            f"generic{unnamed}",
            start,
            min(start + len(text), len(reading.subject)),
            part=Part.SUBJECT,
            name=name,
        )


def _without_reply_mark(text: str, material: Material) -> str:
    """A reply keeps the original subject; "Re:" does not count toward its length."""
    return re.sub(r"^re:\s*", "", text, flags=re.IGNORECASE) if material.facts.kind.is_follow_up else text


def readability(material: Material) -> Iterator[Finding]:
    """Plainer mail gets more replies (Boomerang's email study). Finds one long paragraph, or a sentence that is too
    long."""
    reading = material.reading
    blocks = [
        span for span in reading.content if not any(ps.start == span.start for ps in reading.postscripts)
    ]
    if len(blocks) == 1 and len(reading.body[blocks[0].start : blocks[0].end].split()) > BLOCK_WORDS:
        yield found("readability", "block", blocks[0].start, blocks[0].end)
    for sentence in reading.sentences:
        count = len(sentence.text.split())
        if count > SENTENCE_WORDS:
            yield found("readability", "sentence", sentence.start, sentence.end, words=str(count))
