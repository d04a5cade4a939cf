"""The rules that keep a letter from being "ready to send", beyond their tables: readers, order and suggestions."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest

from drafts.domain.facts import Kind
from drafts.domain.proofread import proofread
from drafts.domain.tokens import words_of
from drafts.review import PROOFREADING, LetterText, Part, Severity, review
from drafts.review.lexicon import phrases
from tests.unit.review_cases import DATA, base_facts, letter, local, panel_facts, panels

SENTENCES = tomllib.loads((DATA / "rule_tables_sentences.toml").read_text("utf-8"))
GATES = {
    "composition",
    "unsigned",
    "leftovers",
    "wrong_company",
    "wrong_position",
    "placeholder",
}


def rules_of(text, facts, *, only=Severity.FIX):
    found = review(text, facts, leave_out=PROOFREADING).findings
    return {one.rule for one in found if only is None or one.severity is only}


def in_a_letter(panel, sentence):
    return letter(panels()[panel]["slots"], extra=sentence)


@pytest.mark.parametrize(("panel", "sentence"), SENTENCES["good"])
def test_an_honest_sentence_is_not_stopped(panel, sentence):
    assert rules_of(in_a_letter(panel, sentence), panel_facts(panel)) & GATES == set()


@pytest.mark.parametrize(("panel", "sentence", "rule"), SENTENCES["bad"])
def test_a_sentence_that_would_embarrass_is_stopped(panel, sentence, rule):
    assert rule in rules_of(in_a_letter(panel, sentence), panel_facts(panel), only=None)


# ---------------------------------------------------------------- who reads

REQUEST = (
    "Hi Dana,\n\nThank you for arranging the interview for the Senior Platform Engineer role at Zylker.\n\n"
    "Could you pass the note below on to Priya Nair? {request}\n\nBest wishes,\nJordan Álvarez\n\n---\n\n"
    "Hi Priya,\n\nThank you for your time on Tuesday. {note}\n\nI look forward to the next steps.\n\n"
    "Best wishes,\nJordan Álvarez"
)


@pytest.mark.parametrize(
    ("request_says", "note_says", "is_stopped"),
    [
        ("She asked me for it.", "You told me about the ledger.", False),
        ("Priya said she would like it.", "You told me about the ledger.", False),
        ("Dana said it would be no trouble.", "You told me about the ledger.", True),
        ("It is short.", "Priya told me about the ledger.", True),
        ("It is short.", "She told me about the ledger.", True),
        ("It is short.", "Dana told me that she would pass this on.", False),
    ],
)
def test_each_part_of_a_request_has_its_own_reader(request_says, note_says, is_stopped):
    body = REQUEST.format(request=request_says, note=note_says)
    facts = replace(base_facts(), kind=Kind.RECRUITER)
    assert ("composition" in rules_of(LetterText("A note for Priya Nair", body), facts)) is is_stopped


@pytest.mark.parametrize("name", ["Jordan", "J. Álvarez", "Alvarez", "JÁ", "Jordan Á.", "Jord"])
def test_every_way_to_write_the_senders_name_signs(name):
    assert "unsigned" not in rules_of(letter(signature=name), base_facts())


@pytest.mark.parametrize(
    "name", ["Priya", "Priya Nair", "Tomek", "Sam Miller", "Your Name", "First Last", ""]
)
def test_no_other_name_signs(name):
    assert "unsigned" in rules_of(letter(signature=name), base_facts())


def test_a_line_of_the_senders_own_signature_signs():
    facts = base_facts()
    sender = replace(facts.panel.sender, full_name="Robert Lee", signature="Chip\n+1 555 0100")
    facts = replace(facts, panel=replace(facts.panel, sender=sender))
    assert "unsigned" not in rules_of(letter(signature="Chip\n+1 555 0100"), facts)
    assert "unsigned" not in rules_of(letter(signature="Bob"), facts)
    assert "unsigned" in rules_of(letter(signature="Skip"), facts)


# ---------------------------------------------------------------- what the user typed


@pytest.mark.parametrize(
    ("said", "person", "interview"),
    [
        (
            "I would love to join Lumora.",
            {"say": {"mentioned": "Lumora is the team that owns the ledger."}},
            {},
        ),
        ("I would love to join Lumora.", {"ask": "when the Lumora team will decide"}, {}),
        ("I would love to join the Lumora team.", {}, {"team": "Lumora"}),
        ("I would love to join Lumora.", {"email": "priya@lumora.example"}, {}),
        ("I would love to work for ZLK.", {}, {"company": "Zylker Ledger Kompany"}),
        ("I would love to work at Google.", {}, {"company": "Alphabet"}),
    ],
)
def test_a_name_that_the_user_typed_is_not_another_company(said, person, interview):
    text = letter(interest=said)
    assert "wrong_company" not in rules_of(text, base_facts(person, interview))


def test_names_that_nobody_typed_are():
    for said in ("join Lumora", "join the Lumora team", "work for Lumora", "work at Google"):
        assert {"wrong_company", "wrong_name"} & rules_of(
            letter(interest=f"I would love to {said}."), base_facts()
        ), said


def test_a_company_of_the_users_history_is_reported_once():
    text = letter(interest="I remain very interested in the role at Initech.")
    found = review(text, base_facts(), leave_out=PROOFREADING).findings
    assert [(one.rule, text.excerpt(one)) for one in found if one.severity is Severity.FIX] == [
        ("wrong_name", "Initech")
    ]


# ---------------------------------------------------------------- the order of a page


def test_the_moment_to_send_comes_after_everything_in_the_letter():
    text = letter(heard="You mentioned that she told me about the ledger.")
    facts = base_facts({"email": "priya@zylker"})
    result = review(text, facts, (), local("2026-11-21T11:00", "America/New_York"))
    assert [(one.rule, one.part) for one in result.shown if one.severity is not Severity.OK] == [
        ("recipient", Part.SENDING),
        ("composition", Part.BODY),
        ("timing", Part.SENDING),
    ]
    assert sorted(map(repr, result.shown)) == sorted(map(repr, result.findings))
    assert [one.rule for one in result.findings] == ["composition", "recipient", "timing"]


# ---------------------------------------------------------------- suggestions


@pytest.mark.parametrize(
    "typed", ["shfit", "niger", "cuntinue", "retarted", "peneses", "analsis", "sexretary"]
)
def test_no_suggestion_is_offensive(typed):
    offensive = phrases("spelling", "offensive")
    text = letter(extra=f"We planned every {typed} together.")
    found = [one for one in review(text, base_facts()).findings if text.excerpt(one) == typed]
    assert found
    assert not any(offensive.are_in(words_of(word)) for one in found for word in one.suggestions)


def test_the_engine_does_propose_such_words():
    # Otherwise the test above could not fail.
    remarks = proofread("We planned every shfit together.", "american")
    assert any("shit" in one.replacements for one in remarks)
