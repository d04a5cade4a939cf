"""Everything that the checks use, computed once per review."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cached_property

from drafts.domain.facts import Kind
from drafts.domain.proofread import Remark
from drafts.domain.tokens import Word, Words, fold, without_s
from drafts.review.facts import OtherDraft, ReviewFacts
from drafts.review.findings import Finding, Part
from drafts.review.namebook import NameBook, namebook
from drafts.review.reading import Reading, Span

# A line of dashes only, used as a separator.
_LINE = re.compile(r"^[ \t]*[-–—_=*~]{3,}[ \t]*$", re.M)


class Material:
    def __init__(
        self,
        subject: str,
        body: str,
        facts: ReviewFacts,
        others: Sequence[OtherDraft],
        at: dt.datetime | None,
    ) -> None:
        self.reading = Reading(subject, body)
        self.facts = facts
        self.others = others
        self.at = at
        self.names: NameBook = namebook(facts)
        # Findings of earlier checks by rule, so that the proofreader does not repeat findings on names.
        self.so_far: dict[str, list[Finding]] = {}
        # Cached by review.misses for the two rules that need it: (start, end, the company's right name).
        self.company_misses: dict[Part, list[tuple[int, int, str]]] = {}
        # Cached by review.language for the two rules that need them: the proofreader's remarks, and technical terms.
        self.remarks: dict[Part, list[Remark]] = {}
        self.terms: dict[Part, list[Span]] = {}

    def text(self, part: Part) -> str:
        return self.reading.subject if part is Part.SUBJECT else self.reading.body

    def words(self, part: Part) -> Words:
        return self.reading.subject_words if part is Part.SUBJECT else self.reading.words

    @cached_property
    def _folded(self) -> dict[Part, Words]:
        return {
            part: Words([Word(without_s(fold(word[0])), word[1], word[2]) for word in self.words(part)])
            for part in (Part.SUBJECT, Part.BODY)
        }

    def folded(self, part: Part) -> Words:
        """The words without accents and possessive 's, for finding names."""
        return self._folded[part]

    def folded_words(self, words: Words) -> Words:
        """The words of a span of the body, as in `folded`."""
        if not words:
            return words
        place = self._places[words[0].start]
        return Words(self.folded(Part.BODY)[place : place + len(words)])

    @cached_property
    def _places(self) -> dict[int, int]:
        return {word.start: place for place, word in enumerate(self.reading.words)}

    @cached_property
    def _entered_spans(self) -> dict[Part, tuple[Span, ...]]:
        return {
            part: tuple(
                Span(self.words(part)[first].start, self.words(part)[last - 1].end)
                for first, last in self.names.entered_phrases.find(self.words(part))
            )
            for part in (Part.SUBJECT, Part.BODY)
        }

    def entered_spans(self, part: Part) -> tuple[Span, ...]:
        """Where names occur exactly as entered."""
        return self._entered_spans[part]

    @cached_property
    def note_at(self) -> int:
        """Where the note below a request begins, directly after the separator line; 0 if there is no such line."""
        if self.facts.kind is not Kind.RECRUITER:
            return 0
        line = _LINE.search(self.reading.body)
        return line.end() if line else 0

    @cached_property
    def greetings(self) -> tuple[tuple[Span, Span], ...]:
        """The greeting of the draft, and of a note below a request: the whole greeting, and the name in it."""
        note = Reading("", self.reading.body[self.note_at :]) if self.note_at else self.reading
        found = []
        for reading, at in {self.reading: 0, note: self.note_at}.items():
            if reading.greeting and reading.greeted:
                whole, name = reading.greeting, reading.greeted
                found.append((Span(whole.start + at, whole.end + at), Span(name.start + at, name.end + at)))
        return tuple(found)

    @cached_property
    def noted_sentences(self) -> frozenset[int]:
        """The starts of sentences that contain the user's notes on this person unchanged."""
        notes = self.names.note_phrases
        return frozenset(
            sentence.start
            for sentence in self.reading.sentences
            if any(last - first >= 3 for first, last in notes.find(sentence.words))
        )
