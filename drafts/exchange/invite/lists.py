"""The lists of data/invitations.toml, read once; accents do not matter in them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from drafts.domain.review.lexicon import entries
from drafts.domain.tokens import fold

LISTS = Path(__file__).resolve().parent.parent.parent / "data" / "invitations.toml"
CITIES = LISTS.with_name("cities.toml")


@dataclass(frozen=True, slots=True)
class Lists:
    free_mail: frozenset[str]
    schedulers: frozenset[str]
    note_takers: frozenset[str]
    note_taker_names: frozenset[str]
    resource_domains: frozenset[str]
    role_address: frozenset[str]
    weak_role_address: frozenset[str]
    group_names: frozenset[str]
    room_starts: frozenset[str]
    room_words: frozenset[str]
    titles: frozenset[str]
    credentials: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    address_extras: frozenset[str]
    occupations: frozenset[str]
    heads: frozenset[str]
    occupation_endings: frozenset[str]
    labels: frozenset[str]
    technical_titles: frozenset[str]
    levels: frozenset[str]
    stage_ends: frozenset[str]
    stage_starts: frozenset[str]
    generic: frozenset[str]
    in_companies: frozenset[str]
    header_words: frozenset[str]
    stages: dict[str, list[str]]
    zones: dict[str, str]
    renamed_zones: dict[str, str]
    zone_order: tuple[str, ...]


@cache
def lists() -> Lists:
    data = tomllib.loads(LISTS.read_text(encoding="utf-8"))
    stages, zones, renamed = data.pop("stages"), data.pop("zones"), data.pop("renamed_zones")
    order = data.pop("zone_order")["zones"]
    sets = {key: frozenset(fold(value) for value in values) for key, values in data.items()}
    sets["free_mail"] |= entries("recipient", "private")
    return Lists(**sets, stages=stages, zones=zones, renamed_zones=renamed, zone_order=tuple(order))


def is_of(domain: str, domains: frozenset[str]) -> bool:
    """Whether a domain is one of these, or below one of them."""
    labels = domain.lower().split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))
