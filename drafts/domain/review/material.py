"""All that the checks look at, worked out once per review."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property

from drafts.domain.review.facts import OtherDraft, ReviewFacts
from drafts.domain.review.findings import Finding, Part
from drafts.domain.review.namebook import NameBook, namebook
from drafts.domain.review.reading import Reading
from drafts.domain.tokens import Word, Words, fold, without_s


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
        # What the checks before found, by rule: the proofreader need not say again what is said of names.
        self.so_far: dict[str, list[Finding]] = {}

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
        """The words without accents and without an 's, to look for names among."""
        return self._folded[part]

    @cached_property
    def noted_sentences(self) -> frozenset[int]:
        """The starts of sentences that carry the user's own notes on this person, as noted."""
        notes = self.names.note_phrases
        return frozenset(
            sentence.start
            for sentence in self.reading.sentences
            if any(last - first >= 3 for first, last in notes.find(sentence.words))
        )
