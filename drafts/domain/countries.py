"""Countries by ISO 3166 code, used to pick public holidays."""

from __future__ import annotations

from functools import cache

from drafts.domain.files import DATA_DIR

COUNTRIES = DATA_DIR / "countries.txt"


@cache
def names() -> dict[str, str]:
    """Country names by code, sorted by name."""
    entries = COUNTRIES.read_text(encoding="utf-8").replace("\n", "|").strip("|").split("|")
    return dict(sorted(((entry[:2], entry[3:]) for entry in entries), key=lambda entry: entry[1]))
