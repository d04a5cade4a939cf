"""Which variant each letter of a panel uses, so that no two letters sound alike."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from drafts.domain.facts import Role, Tone
from drafts.domain.phrasebook import Phrasebook

BEST = 4  # variants of a group to start with; each list of the phrasebook has its most natural ones first


@dataclass(frozen=True, slots=True)
class Member:
    """What the choice of variants for one letter depends on. None of it changes while notes are being typed.

    `again` identifies a later letter to the same person; empty for the first.
    """

    role: Role
    tone: Tone
    seed: str
    again: str = ""


@lru_cache(maxsize=4096)  # enough for the letters of about fifty panels
def preference(book: Phrasebook, slot: str, member: Member) -> tuple[str, ...]:
    """The variants this member may use, those for the role first. Of each group, which of the best comes first differs
    per member."""
    ordered: list[str] = []
    for group in book.groups(slot, member.role, member.tone):
        best = group[:BEST]
        if best:
            start = _number(f"{slot}\0{member.seed}")
            if member.again:
                # Not the variant that the first letter probably used.
                start += 1 + _number(member.again) % max(1, len(best) - 1)
            start %= len(best)
            ordered += best[start:] + best[:start] + group[BEST:]
    return tuple(dict.fromkeys(ordered))


def _number(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def choose(choices: Sequence[Sequence[str]]) -> list[str]:
    """Picks one choice per member: an unused one first, then the least used, then the least recently used."""
    used: dict[str, list[int]] = {}
    chosen = []
    for index, options in enumerate(choices):
        if not options:
            # This member's role never uses the slot.
            chosen.append("")
            continue
        best = min(
            range(len(options)),
            key=lambda place: (
                len(used.get(options[place], ())),
                used.get(options[place], (-1,))[-1],
                place,
            ),
        )
        used.setdefault(options[best], []).append(index)
        chosen.append(options[best])
    return chosen
