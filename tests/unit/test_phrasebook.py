from __future__ import annotations

import itertools
import re
from difflib import SequenceMatcher

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
        ('"I enjoyed hearing {liked}."', '"I enjoyed hearing that."', "{liked} is missing"),
        ("[aim_verb.any]", "[aim_verbs.any]", "no slot is called aim_verbs"),
        ("[next_steps.recruiter]", "[next_steps.recruiters]", "no role is called recruiters"),
        ('"Best,", "Thanks,"', '"", "Thanks,"', "a variant is empty"),
        ("I would like to {aim}.", "I would like  to {aim}.", "has spaces too many"),
        ("I would like to {aim}.", "I would like {to {aim}.", "a brace is left open"),
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


@pytest.mark.parametrize("slot", ["thanks", "thanks_that", "thanks_about", "thanks_how", "close", "interest"])
@pytest.mark.parametrize("tone", list(Tone))
def test_no_two_variants_say_the_same_at_length(slot, tone):
    reach = sorted(set(phrasebook().within_reach(slot, Role.PEER, tone)))
    for one, other in itertools.combinations(reach, 2):
        assert shared_words(one, other) < 8, (one, other)


def shared_words(one, other):
    """The longest run of words that both have; a placeholder counts as one word."""
    first, second = (re.findall(r"[\w']+", text.lower()) for text in (one, other))
    match = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return match.size


# A slot used in every third letter: a number of variants divisible by three would repeat immediately.
@pytest.mark.parametrize("slot", ["thanks_that", "thanks_about", "thanks_how"])
def test_thanks_that_lead_to_what_was_told_do_not_repeat_every_third_letter(slot):
    for tone in Tone:
        assert len(phrasebook().within_reach(slot, Role.PEER, tone)) % 3


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
