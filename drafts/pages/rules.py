"""What the review checks, and why, in the language of the page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language

from drafts.domain.sources import Citation
from drafts.review import rules
from drafts.translation import cited, translated


@dataclass(frozen=True)
class ShownRule:
    title: str
    why: str
    citations: tuple[Citation, ...]


def shown_rules() -> dict[str, ShownRule]:
    """Every rule by its id."""
    return _shown_rules(get_language())


@cache
def _shown_rules(language: str) -> dict[str, ShownRule]:
    return {
        name: ShownRule(translated(rule.title), translated(rule.why), cited(rule.source))
        for name, rule in rules().items()
    }
