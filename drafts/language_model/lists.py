"""Loads phrasebook/language_model.toml once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from drafts.domain.files import PHRASEBOOK_DIR, read_toml

FILE = PHRASEBOOK_DIR / "language_model.toml"


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt with {names} to be replaced."""

    system: str
    user: str


def _template(texts: dict[str, str]) -> Template:
    """Joins lines that are only wrapped in the file."""
    return Template(
        *(re.sub(r"(?<=[^\n])\n(?=[^\n<{-])", " ", texts[name].strip()) for name in ("system", "user"))
    )


@dataclass(frozen=True, slots=True)
class Lists:
    rewrite: Template
    sort: Template
    labels: dict[str, str]
    tones: dict[str, str]
    dialects: dict[str, str]
    fields: dict[str, str]
    before: str
    after: str
    declines: str
    tags: str
    injections: str
    english: frozenset[str]


@cache
def lists() -> Lists:
    data = read_toml(FILE)
    patterns = {name: "|".join(data[name]) for name in ("before", "after", "declines", "tags", "injections")}
    return Lists(
        rewrite=_template(data["rewrite"]),
        sort=_template(data["sort"]),
        labels=data["labels"],
        tones=data["tones"],
        dialects=data["dialects"],
        fields=data["fields"],
        before=patterns["before"],
        after=patterns["after"],
        declines=patterns["declines"],
        tags=patterns["tags"],
        injections=patterns["injections"],
        english=frozenset(data["english"]),
    )
