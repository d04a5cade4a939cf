"""Mistakes of writers in a second language: each rule with sentences that change, and correct ones that must not."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.domain.corrections import corrected, corrections, says
from drafts.domain.corrections import sentence as sentences
from drafts.domain.corrections.rules import priorities
from drafts.domain.files import read_toml

CASES = read_toml(Path(__file__).resolve().parent.parent / "data" / "corrections.toml")
CHANGES = [(rule, *pair) for rule, table in CASES.items() for pair in table["changes"] if pair[0] != pair[1]]
SAME = [
    text for table in CASES.values() for text in [*table["same"], *(right for _, right in table["changes"])]
]
WORDS = sorted({word for _, *pair in CHANGES for text in pair for word in text.split()})


@pytest.mark.parametrize(("rule", "wrong", "right"), CHANGES)
def test_it_corrects(rule: str, wrong: str, right: str) -> None:
    assert corrected(wrong) == right
    assert rule in {one.rule for one in corrections(wrong)}


@pytest.mark.parametrize("text", SAME)
def test_it_leaves_correct_english(text: str) -> None:
    assert corrections(text) == ()


def test_each_rule_has_cases_and_a_text() -> None:
    assert set(CASES) == set(priorities())
    assert all(says(rule).endswith(("”.", "”", ".", "?”", "…")) for rule in priorities())


def test_corrections_are_in_order_and_do_not_overlap() -> None:
    text = " ".join(wrong for _, wrong, _ in CHANGES)
    found = corrections(text)
    assert len(found) > len(CHANGES) / 2
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(text[one.start : one.end].strip() for one in found)


@pytest.mark.parametrize(
    "text",
    [
        'She said "I work since 4 years in reception" to me.',
        "She said “he have certificate” to me.",
        "Write to since4years@example.com.",
        "Look at https://example.com/i-have/certificate now.",
    ],
)
def test_quotations_and_addresses_stay(text: str) -> None:
    assert corrected(text) == text


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "?", "a", "{x} <b>", "\u202eabc", "🎉" * 50, "work " * 5000, "٣ سنوات"]
)
def test_odd_texts_stay(text: str) -> None:
    assert corrected(text) == text


def test_half_a_character_stays() -> None:
    assert corrected("I has \ud800 work") == "I has \ud800 work"


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join))
def test_names_and_figures_stay(text: str) -> None:
    result = corrected(text)
    assert set(re.findall(r"\d+", result)) >= {one for one in re.findall(r"\d+", text) if "," not in text}


@pytest.mark.parametrize(("rule", "wrong", "right"), CHANGES)
def test_a_corrected_sentence_stays(rule: str, wrong: str, right: str) -> None:
    assert corrected(corrected(wrong)) == corrected(wrong)


def test_without_the_parser_the_plain_rules_apply(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "parse", lambda text: None)
    assert (
        corrected("I have informations since 17 years, honest!") == "I have information for 17 years, honest!"
    )
