"""A sentence of the candidate's own is proposed as a careful typist would have typed it."""

from __future__ import annotations

import pytest

from drafts.domain.notes.polishing import polished, with_places


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("im fast at shaping and i never come late.", "I'm fast at shaping and I never come late."),
        (
            "I'll send you the recipe so yours wont be soggy!",
            "I'll send you the recipe so yours won't be soggy!",
        ),
        ("You still get them on weds.", "You still get them on Wednesday."),
        (
            "You do a free clinic every sept for foster kids.",
            "You do a free clinic every September for foster kids.",
        ),
        ("I fixed the roof at temple meads.", "I fixed the roof at Temple Meads."),
        ("I fixed the church roof in clevedon.", "I fixed the church roof in Clevedon."),
        ("I ran the line 3 yrs & trained the new ones.", "I ran the line 3 years and trained the new ones."),
        ("I work there since 4 years.", "I have worked there for 4 years."),
        ("I’m quick and dont get rattled.", "I’m quick and don’t get rattled."),
    ],
)
def test_an_own_sentence_is_put_right(typed, better):
    assert polished(typed) == better


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "I’m quick, and I don’t get rattled.",
        "It’s great…",
        "I ran the line for three years.",
        "I wrote it in python with pytest.",
        "First I stop.\n\nThen I call you.",
        "🎉",
    ],
)
def test_a_careful_sentence_stays(typed):
    assert polished(typed) == typed


def test_unknown_words_are_capitalized_only_after_a_preposition_of_place():
    assert with_places("a layher tower in the clevedon yard") == "a layher tower in the Clevedon yard"
