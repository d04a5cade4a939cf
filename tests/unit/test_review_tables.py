"""Tests every rule on texts that must trip it and on similar ones that must not; the cases are in tests/data."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from drafts.domain.facts import Kind
from drafts.domain.kinds import letter_kinds
from drafts.review import CHECKS, Finding, LetterText, Part, Severity, review, rules
from drafts.review.findings import ADVICE
from tests.unit.review_cases import Case, cases, letter, panel_facts, panels

SOURCES = Path(__file__).resolve().parents[2] / "docs" / "sources.md"
GATES = cases("rule_tables_composition.toml") + cases("rule_tables_gates.toml")
CASES = [
    case for name in ("content", "names", "follow_ups") for case in cases(f"rule_tables_{name}.toml")
] + GATES
# Rules that mark a phrase: readers disagree on where it begins, so their span and ours only have to overlap.
PHRASES = {"grammar", "attachment", "tone", "copy_paste", "composition", "leftovers", "follow_up"}
# Rules that a correct letter must never trip; a near case of one of them must not trip the others either.
NEVER_BY_MISTAKE = {"composition", "unsigned", "leftovers", "wrong_company", "wrong_position", "placeholder"}


def findings(case: Case) -> list[Finding]:
    found = review(case.letter, case.facts, case.others, case.at).findings
    return [one for one in found if one.rule == case.rule and one.severity is not Severity.OK]


def points_at(case: Case, finding: Finding) -> bool:
    text = case.letter.subject if finding.part is Part.SUBJECT else case.letter.body
    marked = text[finding.start : finding.end]
    if case.rule not in PHRASES:
        return bool(marked) and (marked in case.marks or case.marks in marked)
    start = text.find(case.marks)
    while start >= 0:
        if finding.start < start + len(case.marks) and start < finding.end:
            return True
        start = text.find(case.marks, start + 1)
    return False


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=f"{case.rule}-{'trips' if case.trips else 'near'}-{number}",
            marks=pytest.mark.xfail(reason="nothing here can tell this", strict=True) if case.missed else (),
        )
        for number, case in enumerate(CASES)
    ],
)
def test_a_rule_trips_where_it_must_and_nowhere_near(case):
    found = findings(case)
    assert bool(found) == case.trips, [(one.case, case.letter.excerpt(one)) for one in found]
    if case.marks:
        hits = [one for one in found if points_at(case, one)]
        assert hits, [(one.case, case.letter.excerpt(one)) for one in found]
        if case.suggests:
            assert any(one.suggestions[:1] == (case.suggests,) for one in hits), [
                one.suggestions for one in hits
            ]


@pytest.mark.parametrize("case", [case for case in GATES if not case.trips and not case.missed])
def test_a_near_case_trips_no_other_blocking_rule(case):
    found = review(case.letter, case.facts, case.others, case.at).findings
    shut = [one for one in found if one.rule in NEVER_BY_MISTAKE and one.severity is Severity.FIX]
    assert [(one.rule, one.case, case.letter.excerpt(one)) for one in shut] == []


@pytest.mark.parametrize("name", sorted(panels()))
def test_the_letters_of_ten_trades_are_clean(name):
    text = letter(panels()[name]["slots"])
    found = review(text, panel_facts(name)).findings
    assert [(one.rule, one.case, text.excerpt(one)) for one in found] == []


def test_every_rule_has_ten_of_each():
    count = Counter((case.rule, case.trips) for case in CASES if not case.missed)
    assert [(rule, trips) for rule in CHECKS for trips in (True, False) if count[rule, trips] < 10] == []


def test_every_rule_has_its_words_and_every_words_their_rule():
    assert set(rules()) == set(CHECKS)
    assert [rule for rule in rules().values() if not rule.title or not rule.why or not rule.source] == []


def test_every_source_is_in_the_list_of_sources():
    listed = set(re.findall(r"^(?:## |- \*\*)([^*\n]+)", SOURCES.read_text(encoding="utf-8"), re.MULTILINE))
    named = {said.split(":")[0] for rule in rules().values() for said in rule.source.split("; ")}
    assert named - listed == set()


def test_the_base_letter_is_clean():
    case = CASES[0]
    base = letter()
    assert review(LetterText(base.subject, base.body), case.facts, (), case.at).findings == ()


# ---------------------------------------------------------------- each check of the letters after the thank-you

_CHECKS_FILE = Path(__file__).resolve().parents[1] / "data" / "follow_up_checks.toml"
OF_FOLLOW_UPS = tomllib.loads(_CHECKS_FILE.read_text(encoding="utf-8"))
_FILLER = [
    "We",
    "talked",
    "about",
    "the",
    "ledger",
    "and",
    "about",
    "how",
    "the",
    "team",
    "could",
    "go",
    "on",
    "from",
    "here,",
    "and",
    "I",
    "liked",
    "it.",
]


def _of_follow_up(case: str, text: str) -> set[str]:
    """The checks that a letter of the table's kind trips; "@125" means a letter of that many words."""
    if text.startswith("@"):
        words = int(text[1:]) - len(
            ["Hi", "Priya,", "Is", "there", "any", "news?", "Kind", "regards,", "Jordan", "Álvarez"]
        )
        text = " ".join((_FILLER * 20)[: max(words, 0)]) + " Is there any news?"
    body = f"Hi Priya,\n\n{text}\n\nKind regards,\nJordan Álvarez"
    facts = replace(CASES[0].facts, kind=Kind(OF_FOLLOW_UPS[case]["kind"]))
    found = review(LetterText("Thank you", body), facts).findings
    return {one.case for one in found if one.rule == "follow_up"}


@pytest.mark.parametrize(
    ("case", "text", "trips"),
    [
        (case, text, trips)
        for case, table in OF_FOLLOW_UPS.items()
        for trips in (True, False)
        for text in table["trips" if trips else "near"]
    ],
)
def test_a_check_of_a_later_letter_trips_where_it_must_and_nowhere_near(case, text, trips):
    assert (case in _of_follow_up(case, text)) == trips


def test_every_check_of_a_later_letter_has_ten_of_each():
    table = tomllib.loads(ADVICE.read_text(encoding="utf-8"))["follow_up"]
    listed = {name for name, value in table.items() if isinstance(value, dict)}
    assert set(OF_FOLLOW_UPS) == listed
    few = [case for case, table in OF_FOLLOW_UPS.items() if min(len(table["trips"]), len(table["near"])) < 10]
    assert few == []


def test_every_kind_of_later_letter_has_checks_or_a_reason_for_none():
    # A correction has the mistake and the right answer: both are required, and it has nothing else.
    checked = {kind for kind, one in letter_kinds().items() if one.checks}
    unchecked = {kind for kind in Kind if kind.is_follow_up} - checked
    assert unchecked == {Kind.TYPO}
