"""What changed between two texts, word by word."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.domain.changes import MOST, Change, Part, changes

SAME, REMOVED, ADDED = Change.SAME, Change.REMOVED, Change.ADDED
TEXTS = st.text(alphabet="ab.\n ", max_size=60)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("", "", ()),
        ("the same", "the same", ((SAME, "the same", "the same"),)),
        ("", "all new", ((ADDED, "all new"),)),
        ("all gone", "", ((REMOVED, "all gone"),)),
        ("Hi Ann, hi", "Hi Bo, hi", ((SAME, "Hi ", "Hi "), (REMOVED, "Ann, "), (ADDED, "Bo, "), (SAME, "hi", "hi"))),
        ("one two", "one  two", ((SAME, "one  two", "one two"),)),
        ("one two", "one\n\ntwo", ((SAME, "one\n\ntwo", "one two"),)),
        ("a <b>c</b>", "a <b>d</b>", ((SAME, "a ", "a "), (REMOVED, "<b>c</b> "), (ADDED, "<b>d</b>"))),
    ],
)  # fmt: skip
def test_words_that_changed(old, new, parts):
    assert changes(old, new) == tuple(Part(*part) for part in parts)


@given(TEXTS, TEXTS)
def test_the_new_text_is_there_exactly_and_the_old_one_word_by_word(old, new):
    parts = changes(old, new)
    assert "".join(part.text for part in parts if part.change != REMOVED) == new
    assert "".join(part.before or part.text for part in parts if part.change != ADDED).split() == old.split()


def test_a_long_text_is_compared_by_lines():
    lines = [f"line {number} of a long letter" for number in range(MOST // 4)]
    new = [*lines[:100], "line 100 is another one", *lines[101:]]
    found = changes("\n".join(lines), "\n".join(new))
    assert [part for part in found if part.change != SAME] == [
        Part(REMOVED, "line 100 of a long letter\n"),
        Part(ADDED, "line 100 is another one\n"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 10_000, "b " * 10_000),
        ("a\n" * 10_000, "a\nb\n" * 5_000),
        ("a b " * (MOST // 2), "b a a " * (MOST // 3)),
        (" ".join(map(str, range(MOST))), " ".join(map(str, reversed(range(MOST))))),
    ],
)
def test_the_longest_texts_take_no_time(old, new):
    start = time.perf_counter()
    changes(old, new)
    assert time.perf_counter() - start < 1
