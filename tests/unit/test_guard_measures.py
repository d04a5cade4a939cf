"""Checks the figures of bench/guard_accuracy.py, and tests the guard on a small model's rewrites of the same
letters."""

import tomllib

import pytest

from bench.guard_accuracy import DATA, FAITHFUL, OWN, STRANGERS, Count, measured, panel_of, total
from drafts.guard import State, compare

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("file", "tried", "faithful", "floor", "refusals"),
    [(OWN, 455, 208, 446, 2), (STRANGERS, 323, 178, 317, 3)],
)
def test_planted_faults_are_refused_and_faithful_sentences_are_not(file, tried, faithful, floor, refusals):
    halves = [measured(file, development=development) for development in (True, False)]
    faults = [total(counts) for counts in halves]
    misses = [miss for count in faults for miss in count.misses]
    assert sum(count.tried for count in faults) == tried
    assert sum(count.refused for count in faults) >= floor, misses
    kept: list[Count] = [counts[FAITHFUL] for counts in halves]
    assert sum(count.tried for count in kept) == faithful
    assert sum(count.refused for count in kept) <= refusals, [count.refusals for count in kept]


@pytest.mark.parametrize("file", [OWN, STRANGERS])
@pytest.mark.parametrize("kind", ["number", "date", "name", "company", "skill", "link", "lost", "have"])
def test_wrong_numbers_dates_names_and_links_are_always_refused(file, kind):
    for development in (True, False):
        count = measured(file, development=development)[kind]
        assert count.refused >= count.tried - (kind == "have"), count.misses


def test_feelings_are_asked_about():
    for development in (True, False):
        count = measured(OWN, development=development)["feeling"]
        assert count.refused + count.asked == count.tried, count.misses


def test_most_of_what_a_small_model_writes_is_refused_or_asked_about():
    letters = tomllib.loads((DATA / "guard_letters.toml").read_text(encoding="utf-8"))["letter"]
    rewrites = tomllib.loads((DATA / "guard_recorded.toml").read_text(encoding="utf-8"))["rewrites"]
    states = [
        block.state
        for letter, rewrite in zip(letters, rewrites, strict=True)
        for block in compare(panel_of(letter), 0, letter["body"].strip(), rewrite)
    ]
    assert states.count(State.REFUSED) >= 85
    assert states.count(State.FINE) <= 40
