"""The examples for each note, by trade and role. They are in English, like the notes."""

from __future__ import annotations

from drafts.domain.facts import Role
from drafts.domain.trades import examples_for, family_of


def examples(position: str, field: str, role: Role) -> dict[str, str]:
    """An example for each note (trades.EXAMPLE_KEYS) in a letter about this position to someone in this role."""
    return examples_for(family_of(position, field), role)
