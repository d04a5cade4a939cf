"""The files beside the code: the texts of the phrasebook, and lists of words."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent.parent
PHRASEBOOK_DIR, DATA_DIR = _HERE / "phrasebook", _HERE / "data"


def read_toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def read_entries(name: str) -> Iterator[str]:
    """The entries of a list in data/, several on a line; a line that starts with # is a comment."""
    for line in (DATA_DIR / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield from (entry.strip() for entry in line.split(", ") if entry.strip())
