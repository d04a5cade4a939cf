from __future__ import annotations

import pytest

from drafts.domain import grammar
from drafts.domain.facts import Role


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("  the   move to Kafka... ", "the   move to Kafka"),
        ("- the plan", "the plan"),
        ("1. the plan;", "the plan"),
        ("What broke?", "What broke"),
        ("new hires, etc.", "new hires, etc."),
        ("the deal with Acme Inc.", "the deal with Acme Inc."),
        ("starting at 9 a.m.", "starting at 9 a.m."),
        ("C#.", "C#"),
        (".NET", ".NET"),
        ("...", ""),
        ("", ""),
    ],
)
def test_trim(typed, said):
    assert grammar.trim(typed) == said


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["Go"], "Go"),
        (["Go", "Rust"], "Go and Rust"),
        (["Go", "Rust", "C"], "Go, Rust and C"),
        (["Go", "research and development"], "Go, research and development"),
        (["Go", "", "C"], "Go and C"),
    ],
)
def test_join_list(items, expected):
    assert grammar.join_list(items) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Good luck", "Good luck."),
        ("Good luck!", "Good luck!"),
        ("Good luck :)", "Good luck :)"),
        ("Good luck 🎉", "Good luck 🎉"),
        ('He said "yes."', 'He said "yes."'),
        ("See the notes (part two)", "See the notes (part two)."),
        ("More later…", "More later…"),
    ],
)
def test_full_stop(text, expected):
    assert grammar.full_stop(text) == expected


@pytest.mark.parametrize(
    ("team", "expected"),
    [
        ("Payments", "the Payments team"),
        ("the Payments Team", "the Payments Team"),
        ("Growth group", "the Growth group"),
        ("", ""),
    ],
)
def test_team_name(team, expected):
    assert grammar.team_name(team) == expected


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Technical Recruiter", Role.RECRUITER),
        ("Head of Talent", Role.RECRUITER),
        ("Engineering Manager", Role.HIRING_MANAGER),
        ("CTO", Role.LEADER),
        ("VP Engineering", Role.LEADER),
        ("Staff Engineer", Role.PEER),
        ("", None),
    ],
)
def test_role_from_title(title, role):
    assert grammar.role_from_title(title) == role
