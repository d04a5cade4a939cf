"""Checks the figures of bench/guard_accuracy.py, and tests the guard on a small model's rewrites of the same
letters."""

import tomllib

import pytest

from bench.guard_accuracy import DATA, FAITHFUL, Count, measured, panel_of, total
from drafts.guard import State, compare

pytestmark = pytest.mark.slow


def test_planted_faults_are_refused_and_faithful_sentences_are_not():
    halves = [measured(development=development) for development in (True, False)]
    faults = [total(counts) for counts in halves]
    assert [count.tried for count in faults] == [227, 228]
    misses = [miss for count in faults for miss in count.misses]
    assert sum(count.refused for count in faults) >= 0.94 * 455, misses
    faithful: list[Count] = [counts[FAITHFUL] for counts in halves]
    assert [count.tried for count in faithful] == [104, 104]
    assert sum(count.refused for count in faithful) <= 0.03 * 208, [count.refusals for count in faithful]


@pytest.mark.parametrize("kind", ["number", "date", "name", "company", "skill", "link", "lost", "have"])
def test_wrong_numbers_dates_names_and_links_are_always_refused(kind):
    for development in (True, False):
        count = measured(development=development)[kind]
        assert count.refused >= count.tried - (kind == "have"), count.misses


def test_feelings_are_asked_about():
    for development in (True, False):
        count = measured(development=development)["feeling"]
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
