from __future__ import annotations

import pytest

from drafts.domain.similarity import likeness

TEN = "one two three four five six seven eight nine ten"


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        (TEN, TEN, 1.0),
        (TEN, TEN.upper(), 1.0),
        (TEN, "", 0.0),
        ("a b c d", "a b c d", 0.0),
        (TEN, "one two three four six five", 0.0),
        (TEN, "one two three four five and then some other words here", 1 / 6),
    ],
)
def test_likeness_is_the_share_of_five_word_runs(one, other, share):
    assert likeness(one, other) == pytest.approx(share)
