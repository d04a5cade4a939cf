"""Finds references to the reader as "he" or "she", or by name, in a letter to them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from drafts.domain.facts import Interviewer, Kind, Panel
from drafts.domain.naming import names_of
from drafts.domain.proofread import is_word
from drafts.domain.tokens import Phrases, fold, without_s, words_of
from drafts.domain.vocabulary import is_in_vocabulary
from drafts.domain.words import words as word_lists
from drafts.review.findings import Finding, Part, found
from drafts.review.lexicon import entries, phrases, places
from drafts.review.material import Material
from drafts.review.namebook import forms_of, is_ordinary
from drafts.review.reading import Sentence, begins_sentence
from drafts.review.thresholds import REMEMBERED_SENTENCES


@dataclass(frozen=True, slots=True)
class _Zone:
    """A part of the mail with one reader. A request to a recruiter also has a note to somebody else below it."""

    start: int
    end: int
    reader: Interviewer


def third_person(material: Material) -> Iterator[Finding]:
    for zone in _zones(material):
        sentences = [one for one in material.reading.sentences if zone.start <= one.start < zone.end]
        yield from _pronouns(material, zone, sentences)
        yield from _names(material, zone, sentences)


def _zones(material: Material) -> list[_Zone]:
    facts, end = material.facts, len(material.reading.body) + 1
    if facts.kind is not Kind.RECRUITER:
        return [_Zone(0, end, facts.person)]
    zones = [_Zone(material.note_at, end, facts.person)] if material.note_at else []
    if facts.reader:
        zones.insert(0, _Zone(0, material.note_at or end, facts.reader))
    return zones


def _called(material: Material, zone: _Zone) -> str:
    names = material.names
    return names.greet_as if zone.reader is material.facts.person else names.reader_called


# ---------------------------------------------------------------- he and she

_ENDS_LIKE_SOMEBODY = re.compile(r"\w{2}(?:er|or|ist|ian|ant|ee|man|woman|person)\Z")


def _pronouns(material: Material, zone: _Zone, sentences: list[Sentence]) -> Iterator[Finding]:
    """ "He" and "she" must refer to somebody mentioned shortly before; one finding per sentence."""
    pronouns = entries("people", "pronouns")
    if pronouns.isdisjoint(material.reading.words.texts):
        return
    body = material.reading.body
    named = -REMEMBERED_SENTENCES - 1  # the index of the last sentence that mentions somebody
    for number, sentence in enumerate(sentences):
        people = _people(material, zone, sentence)
        nobody = {
            at
            for first, last in phrases("people", "not_pronouns").find(sentence.words)
            for at in range(first, last)
        }
        for at, word in enumerate(sentence.words):
            written = body[word.start : word.end]
            if word.text not in pronouns or at in nobody or _is_a_name(material, word.start, written):
                continue
            if any(person < at for person in people) or number - named <= REMEMBERED_SENTENCES:
                named = number
                continue
            if people and sentence.words[0].text in entries("people", "before_the_name"):
                continue
            if _is_asked_of_anyone(sentence, at):
                continue
            yield found(
                "composition",
                "third_person",
                word.start,
                word.end,
                suggestions=_addressed(sentence, at),
                found=written,
                name=_called(material, zone),
            )
            break
        if people:
            named = number


def _is_asked_of_anyone(sentence: Sentence, at: int) -> bool:
    """ "Can she handle two drips at once?": a question about a person in general."""
    before = sentence.words[at - 1].text if at else ""
    return before in entries("people", "is_doing") and sentence.text.rstrip("\"'”’) ").endswith("?")


def _is_a_name(material: Material, start: int, written: str) -> bool:
    """Whether the pronoun is part of a name or acronym ("Dr. He", "HER2", "SHE manager") or of a quotation."""
    if len(written) > 1 and written == written.upper():
        return True
    body = material.reading.body
    before = body[body.rfind("\n", 0, start) + 1 : start]
    if before.count('"') % 2 or before.count("“") > before.count("”"):
        return True
    return written[0].isupper() and any(
        span.holds(start, start + len(written)) for span in material.entered_spans(Part.BODY)
    )


def _addressed(sentence: Sentence, at: int) -> tuple[str, ...]:
    """ "You" instead of "she", if the following verb does not change."""
    word = sentence.words[at].text
    after = sentence.words[at + 1].text if at + 1 < len(sentence.words) else ""
    if word not in ("he", "she") or after not in entries("people", "speaks") or after.endswith("s"):
        return ()
    return ("You" if sentence.text[sentence.words[at].start - sentence.start].isupper() else "you",)


def _people(material: Material, zone: _Zone, sentence: Sentence) -> list[int]:
    """The words of a sentence that name somebody other than the reader."""
    words, body = sentence.words, material.reading.body
    found_at = [first for first, _ in phrases("people", "alone").find(words)]
    folded = material.folded_words(words)
    found_at += [
        first
        for first, last in phrases("people", "nouns").find(folded)
        if _is_somebody(sentence, first, last)
    ]
    found_at += [
        at
        for at, word in enumerate(folded)
        if body[word.start].islower()
        and _ENDS_LIKE_SOMEBODY.search(word.text)
        and word.text not in entries("people", "not_people")
        and _is_somebody(sentence, at, at + 1)
    ]
    own, others = _name_words(zone.reader), _other_forms(material, zone)
    found_at += [
        at
        for at, word in enumerate(words)
        if body[word.start].isupper() and _names_somebody(material, sentence, at, own, others)
    ]
    return found_at


def _is_somebody(sentence: Sentence, first: int, last: int) -> bool:
    """Whether a noun with "my", "the" or "your former" before it is a person; not "as a nurse" about the writer, nor
    "nurse role"."""
    words = sentence.words
    before = [word.text for word in words[max(0, first - 4) : first]]
    if not entries("people", "shown_by") & {without_s(word) for word in before}:
        return False
    if phrases("people", "said_of_oneself").are_in(words[max(0, first - 4) : first]):
        return False
    after = words[last].text if last < len(words) else ""
    return after not in entries("people", "not_people_before")


def _other_forms(material: Material, zone: _Zone) -> frozenset[str]:
    """Folded words of the names of everybody on the panel except the zone's reader."""
    others = (person for person in material.facts.panel.interviewers if person is not zone.reader)
    return frozenset(word for person in others for word in _name_words(person)) - _name_words(zone.reader)


def _name_words(person: Interviewer) -> frozenset[str]:
    names = " ".join(names_of(person.full_name, person.greet_as))
    return frozenset(fold(word.text) for word in words_of(names))


def _names_somebody(
    material: Material, sentence: Sentence, at: int, own: frozenset[str], others: frozenset[str]
) -> bool:
    """Whether a capitalized word is probably a person's name: not a place, a tool or a word of the facts."""
    body, word = material.reading.body, sentence.words[at]
    written = without_s(body[word.start : word.end])
    key = fold(written)
    if key in own:
        return False
    if key in others or (
        at and sentence.words[at - 1].text in word_lists().titles | entries("people", "titles")
    ):
        return True
    if len(written) < 2 or not written[1:].islower() or key in entries("names", "calendar"):
        return False
    if key.startswith("i'"):
        return False
    before = sentence.words[at - 1].text if at else ""
    if before in ("at", "in"):
        # "At Tranter's".
        return False
    if key in entries("composition", "begins_anew") or key in places() or is_in_vocabulary(key):
        return False
    if is_word(key) and (begins_sentence(body, word.start) or key not in entries("names", "also_words")):
        return False
    return not any(span.holds(word.start, word.end) for span in material.entered_spans(Part.BODY))


# ---------------------------------------------------------------- the reader's name


def _names(material: Material, zone: _Zone, sentences: list[Sentence]) -> Iterator[Finding]:
    """ "Priya told me that ..." in the letter to Priya; addressing her by name ("Thank you, Priya") is fine."""
    wanted = _reader_phrases(material.facts.panel, zone.reader)
    body = material.reading.body
    greeted = [whole for whole, _ in material.greetings]
    for sentence in sentences:
        folded = material.folded_words(sentence.words)
        for first, last in wanted.find(folded):
            start, end = sentence.words[first].start, sentence.words[last - 1].end
            if material.reading.is_in_link(start, end) or any(span.meets(start, end) for span in greeted):
                continue
            if not body[start].isupper() and body[start] != body[start].upper():
                continue
            if _is_spoken_of(body, sentence, first, last):
                yield found("composition", "reader_name", start, end, found=body[start:end])
                break


@lru_cache(maxsize=256)
def _reader_phrases(panel: Panel, reader: Interviewer) -> Phrases:
    """The reader's names, except for words that are also part of the company's, writer's, job's or somebody else's
    name."""
    interview = panel.interview
    texts = [interview.company, interview.position, interview.team, panel.sender.full_name]
    taken = {fold(word.text) for text in texts for word in words_of(text)}
    taken |= {word for person in panel.interviewers if person is not reader for word in _name_words(person)}
    forms = []
    for form in forms_of(reader):
        parts = [fold(word.text) for word in words_of(form)]
        if not taken.issuperset(parts) and len("".join(parts)) > 1:
            forms.append(" ".join(parts))
    return Phrases(dict.fromkeys(forms))


def _is_spoken_of(body: str, sentence: Sentence, first: int, last: int) -> bool:
    words = sentence.words
    start, end = words[first].start, words[last - 1].end
    written = body[start:end]
    at = first
    while at and words[at - 1].text in word_lists().titles:
        at -= 1
    before = words[at - 1].text if at else ""
    if before in entries("people", "namesake"):
        return False
    if without_s(written) != written:
        # "Priya's team". A name that is also a word may be one here ("Grace's").
        return not is_ordinary(without_s(written))
    after_text = body[end : end + 2].lstrip(" ")
    after = words[last].text if last < len(words) else ""
    if after_text[:1].isalnum() or body[end : end + 1] == "\n":
        two = f"{after} {words[last + 1].text}" if last + 1 < len(words) else after
        if {after, two} & entries("people", "speaks") or (
            after in entries("people", "is_doing") and not is_ordinary(written)
        ):
            return _begins_clause(sentence, at)
    is_called = body[: words[at].start].rstrip().endswith((",", ";", ":", "!", ".", "?"))
    return before in entries("people", "met_with") and not is_called and not is_ordinary(written)


def _begins_clause(sentence: Sentence, at: int) -> bool:
    """Whether this word may be the subject of a clause; after "thank you" it is the person being thanked."""
    before = sentence.words[at - 1].text if at else ""
    return before not in ("thanks", "you", "hi", "hello", "dear")
