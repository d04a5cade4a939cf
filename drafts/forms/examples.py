"""The examples for each note, by trade and role."""

from __future__ import annotations

from django.utils.translation import gettext

from drafts.domain.facts import Role
from drafts.domain.trades import examples_for, family_of


def examples(position: str, field: str, role: Role) -> dict[str, str]:
    """An example for each note (trades.EXAMPLE_KEYS) in a letter about this position to someone in this role."""
    family = family_of(position, field)
    return {key: gettext(text) for key, text in examples_for(family, role).items()}
