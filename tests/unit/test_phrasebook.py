from __future__ import annotations

import re

import pytest

from drafts.domain.facts import Role, Tone
from drafts.domain.phrasebook import ALWAYS, PHRASEBOOK, PhrasebookError, load, phrasebook

SOURCE = PHRASEBOOK.read_text(encoding="utf-8")


@pytest.mark.parametrize("slot", ALWAYS)
@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("tone", list(Tone))
def test_eight_variants_within_reach(slot, role, tone):
    reach = phrasebook().within_reach(slot, role, tone)
    assert len(set(reach)) >= 8


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("about the {position} role.", "about the {positon} role.", "{positon} is not known in thanks"),
        ('"Thank you, {greet_as}"', '"Thank you"', "one of company, greet_as, position is missing"),
        ('"I enjoyed hearing {enjoyed}."', '"I enjoyed hearing that."', "{enjoyed} is missing"),
        ("[goal.any]", "[gaol.any]", "no slot is called gaol"),
        ("[matters.peer]", "[matters.pear]", "no role is called pear"),
        ('"Best,", "Thanks,"', '"", "Thanks,"', "a variant is empty"),
        (
            "I would like to help the team {goal}.",
            "I would like  to help the team {goal}.",
            "has spaces too many",
        ),
        (
            "I would like to help the team {goal}.",
            "I would like {to help the team {goal}.",
            "a brace is left open",
        ),
    ],
)
def test_load_names_the_line_of_a_fault(old, new, complaint):
    assert old in SOURCE
    broken = SOURCE.replace(old, new, 1)
    line = next(number for number, text in enumerate(broken.splitlines(), 1) if new in text)
    with pytest.raises(PhrasebookError) as raised:
        load(broken, "en.toml")
    assert any(complaint in problem for problem in raised.value.problems)
    if new != '"", "Thanks,"':
        assert any(f"line {line}" in problem for problem in raised.value.problems)


def test_load_misses_variants():
    fewer = re.sub(r"\[sign_off\.any\]\nwarm = \[[^\]]*\]", '[sign_off.any]\nwarm = ["Best wishes,"]', SOURCE)
    with pytest.raises(PhrasebookError, match="sign_off has 1 variants for peer, warm; 8 are needed"):
        load(fewer)


def test_load_refuses_what_is_not_toml():
    with pytest.raises(PhrasebookError, match="Expected"):
        load("nonsense")


def every_variant():
    return sorted({text for texts in phrasebook().variants.values() for text in texts})


CLICHES = re.compile(
    r"I am writing to|hit the ground running|team player|passionate|perfect fit|best fit|dream job|honou?red|humbl|"
    r"pick your brain|reach out|touch base|synerg|leverage|amazing|awesome|incredible|truly|today|"
    r"yesterday|sorry|apolog",
    re.I,
)


@pytest.mark.parametrize("text", every_variant())
def test_variant_is_plain_english(text):
    assert not CLICHES.search(text)
    assert not re.search(r"\d|!", text)


@pytest.mark.parametrize("tone", ["formal", "any"])
def test_only_warm_and_brief_contract(tone):
    texts = [text for (_, _, of), group in phrasebook().variants.items() if of == tone for text in group]
    assert [text for text in texts if re.search(r"\w'(?:m|d|s|re|ve|ll|t)\b", text)] == []
