"""What a review does not do, because nothing comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drafts.domain import proofread
from drafts.domain.corrections import sentence
from drafts.domain.facts_json import parse_panel
from drafts.domain.tokens import Phrases, words_of
from drafts.review import LetterText, ReviewFacts, likeness, review
from drafts.review.content import free_of
from tests.unit.review_cases import PANEL

FACTS = ReviewFacts(parse_panel(PANEL), 0)
# Unlike any other test's, so that nothing of it was read before.
BODY = """Hello Priya,

It was a pleasure to see all 77 looms at work. She have shown me the dye vats.

Warm regards from Lowell,
Jordan Álvarez
+1 415 555 0177

P.S. He have the swatches."""


def counted(monkeypatch: pytest.MonkeyPatch, where: Any, name: str) -> list[str]:
    """The first argument of each call from now on."""
    calls: list[str] = []
    real: Callable[..., Any] = getattr(where, name)

    def count(first: str, *others: Any) -> Any:
        calls.append(first)
        return real(first, *others)

    monkeypatch.setattr(where, name, count)
    return calls


def findings() -> list[tuple[str, str]]:
    letter = LetterText("Thank you", BODY)
    return [(one.rule, letter.excerpt(one)) for one in review(letter, FACTS).findings]


def test_greeting_and_signature_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = counted(monkeypatch, sentence, "parse")
    assert [words for rule, words in findings() if rule == "grammar"] == ["have", "have"]
    assert [text for text in parsed if text in BODY and text != "P.S."] == [
        "It was a pleasure to see all 77 looms at work.",
        "She have shown me the dye vats.",
        "He have the swatches.",
    ]


def test_subject_and_body_are_proofread_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = counted(monkeypatch, proofread, "proofread")
    findings()
    assert (read.count("Thank you"), read.count(BODY)) == (1, 1)


def test_a_letter_without_others_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = counted(monkeypatch, likeness, "prepare")
    findings()
    assert not compared


def test_exceptions_to_words_that_are_not_there_are_not_searched() -> None:
    class Refused(Phrases):
        def find(self, words: Any) -> Any:
            raise AssertionError("there is nothing to except")

    assert not list(free_of(words_of("Thank you"), Phrases(["darn"]), Refused([])))
