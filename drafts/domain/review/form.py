"""How a letter looks: its length, subject and blocks, and blanks left from a template."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafts.domain.facts import Kind
from drafts.domain.review.findings import Finding, Part, found
from drafts.domain.review.lexicon import entries
from drafts.domain.review.material import Material
from drafts.domain.review.thresholds import (
    BLOCK_WORDS,
    COMFORTABLE_WORDS,
    FEWEST_WORDS,
    MOST_CHARACTERS,
    MOST_WORDS,
    REQUEST_WORDS,
    SENTENCE_WORDS,
    SUBJECT_CHARACTERS,
)
from drafts.domain.routes import code_units
from drafts.domain.tokens import fold


def length(material: Material) -> Iterator[Finding]:
    """The article: 200 words at most. A span is given for what is beyond the ceiling."""
    by_kind = {Kind.LINKEDIN: _length_in_characters, Kind.RECRUITER: _length_of_request}
    yield from by_kind.get(material.facts.kind, _length_of_letter)(material)
    if material.reading.is_cut:
        yield found("length", "cut")


def _length_of_letter(material: Material) -> Iterator[Finding]:
    count = material.reading.word_count
    if count > MOST_WORDS:
        start = _place_of_word(material.reading.body, MOST_WORDS)
        yield found("length", "too_long", start, len(material.reading.body.rstrip()), words=str(count))
    elif count > COMFORTABLE_WORDS:
        yield found("length", "long", words=str(count))
    elif count < FEWEST_WORDS:
        yield found("length", "short", field="mentioned", words=str(count))


def _length_in_characters(material: Material) -> Iterator[Finding]:
    """LinkedIn takes 300 characters, counted as a browser counts them; few words are no fault there."""
    text = material.reading.whole_body.rstrip()
    count = code_units(text)
    if count > MOST_CHARACTERS:
        start = _place_of_code_unit(material.reading.body, MOST_CHARACTERS)
        end = len(material.reading.body.rstrip())
        over = str(count - MOST_CHARACTERS)
        yield found("length", "characters", min(start, end), end, characters=str(count), over=over)


def _length_of_request(material: Material) -> Iterator[Finding]:
    """A letter's limits for the note, and room above it for what is asked."""
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
    """Where the character begins that does not fit in `number` code units any more."""
    taken = 0
    for place, character in enumerate(text):
        taken += code_units(character)
        if taken > number:
            return place
    return len(text)


def _place_of_word(text: str, number: int) -> int:
    """Where the word after `number` words begins."""
    for count, match in enumerate(re.finditer(r"\S+", text)):
        if count == number:
            return match.start()
    return len(text)


def subject(material: Material) -> Iterator[Finding]:
    """The article: short, naming the person or the position."""
    reading, name = material.reading, material.names.greet_as
    if material.facts.kind is Kind.LINKEDIN:
        return
    text = reading.whole_subject.strip()
    if not text:
        yield found("subject", "missing", part=Part.SUBJECT, name=name)
        return
    start = len(reading.subject) - len(reading.subject.lstrip())
    if len(text) > SUBJECT_CHARACTERS:
        yield found(
            "subject",
            "long",
            start,
            min(start + len(text), len(reading.subject)),
            part=Part.SUBJECT,
            characters=str(len(text)),
        )
    if all(word.text in entries("subject", "generic") for word in reading.subject_words):
        yield found(
            "subject",
            "generic",
            start,
            min(start + len(text), len(reading.subject)),
            part=Part.SUBJECT,
            name=name,
        )


def readability(material: Material) -> Iterator[Finding]:
    """field.md: plainer mail gets more replies. One long block, or a sentence too long to follow."""
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


_BLANK = re.compile(
    r"""
    \[(?!\s*(?:sic|\d{1,2})\s*\])[^\[\]\n]{0,80}\]      # [skill]
    | \{\{?[^{}\n]{0,80}\}?\}                             # {x}, {{name}}
    | \$\{?[A-Za-z_]{3,}\}?                               # $NAME, ${name}
    | %\(?[A-Za-z_]{2,}\)?s?%                             # %NAME%
    | %\([A-Za-z_]+\)s                                    # %(name)s
    | <(?!https?://|mailto:|www\.)[A-Za-z][^<>@\n]{0,60}> # <name>
    | (?<![\w_])_{2,}(?![\w_])                            # ___
    | \b(?:TODO|TBD|TBC|FIXME|TKTK|X{2,})\b[:]?
    | \bLorem\b(?:\s+ipsum\b)?(?:\s+dolor\b)?(?:\s+sit\b)?(?:\s+amet\b)?
    | \b(?:INSERT|Insert|insert)\s+(?:YOUR\s+|your\s+|THE\s+|the\s+)?[\w]+\s+(?:HERE|here)\b
    | \bINSERT(?:\s+[A-Z]+){1,3}\b
    | \b(?:YOUR|COMPANY|INTERVIEWER'?S?|RECRUITER|MANAGER|POSITION|JOB|FIRST|LAST|FULL|ROLE|HIRING\sMANAGER)
      \s(?:NAME|TITLE|COMPANY|NAME\sHERE|POSITION|ROLE)\b
    | «[^«»\n]{1,30}»                                      # a word processor's merge field
    """,
    re.X | re.I,
)
_SHOUTED_BLANK = re.compile(
    r"\A(?:INSERT|YOUR|COMPANY|INTERVIEWER|RECRUITER|MANAGER|POSITION|JOB|FIRST|LAST|FULL|ROLE|HIRING)\b"
)


def placeholder(material: Material) -> Iterator[Finding]:
    """The article: a template's blank left in. Never where the user's own names hold such marks."""
    for part in (Part.SUBJECT, Part.BODY):
        text = material.text(part)
        for match in [*_BLANK.finditer(text), *_halves(text)]:
            blank = match.group().strip()
            if not blank or _is_meant(material, part, match.start(), match.end(), blank):
                continue
            start = match.start() + match.group().index(blank[0])
            yield found("placeholder", "blank", start, start + len(blank), part=part, found=blank)


_PAIR = re.compile(r"\[[^\[\]\n]{0,80}\]|\{\{?[^{}\n]{0,80}\}\}?")
_SMILEY = re.compile(r"[:;=]-?[\[\]{}]")


def _halves(text: str) -> Iterator[re.Match[str]]:
    """Brackets and braces whose other half is missing."""
    rest = text
    for pattern in (_PAIR, _SMILEY):
        rest = pattern.sub(lambda match: " " * len(match.group()), rest)
    yield from re.finditer(r"[\[\]{}]", rest)


_WORDS_BY_CASE = ("todo", "tbd", "tbc", "fixme", "tktk")


def _is_meant(material: Material, part: Part, start: int, end: int, blank: str) -> bool:
    low = blank.lower().rstrip(":")
    if low in _WORDS_BY_CASE and blank != blank.upper():
        return True
    if set(low) == {"x"} and (blank != blank.upper() and len(blank) < 4):
        return True
    if re.match(
        r"(?:your|company|interviewer|recruiter|manager|position|job|first|last|full|role|hiring)\b", low
    ) and not (_SHOUTED_BLANK.match(blank)):
        return True
    if low.startswith("insert") and " here" not in low and not blank.startswith("INSERT"):
        return True
    if blank.startswith("$") and not (blank.startswith("${") or blank[1:].isupper()):
        return True
    if part is Part.BODY and material.reading.is_in_link(start, end):
        return True
    return material.names.is_known(blank) or any(
        fold(blank) in fold(text) for text in material.names.plain_names
    )
