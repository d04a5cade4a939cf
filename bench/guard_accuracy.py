"""Measures how many planted faults the guard rejects in a rewritten letter, and how many faithful sentences.

The letters and the rewritten sentences are in tests/data: guard_letters.toml is by the person who wrote the rules,
guard_strangers.toml by somebody who had not seen them. Each sentence is put into its letter alone.
`python -m bench.guard_accuracy` prints the figures and names the misses.
"""

from __future__ import annotations

import datetime as dt
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from drafts.domain.facts import Correction, Interview, Interviewer, Panel, Sender
from drafts.guard import Block, State, compare
from drafts.guard.parts import sentences_of

DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
OWN, STRANGERS = "guard_letters.toml", "guard_strangers.toml"
FAITHFUL = "ok"
SOFT = frozenset({"feeling"})
ENDED_AT = dt.datetime(2026, 11, 26, 15, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Sentence:
    """A rewrite: `text` replaces the sentences `old` in the letter `body`. `kind` is the planted fault, or FAITHFUL."""

    kind: str
    panel: Panel
    body: str
    old: tuple[str, ...]
    text: str
    is_development: bool

    @property
    def blocks(self) -> list[Block]:
        """The blocks of the letter that the rewrite changed."""
        rewritten = self.body.replace(self.old[0], self.text, 1)
        for gone in self.old[1:]:
            rewritten = rewritten.replace(gone, "", 1)
        blocks = compare(self.panel, 0, self.body, rewritten)
        return [block for block in blocks if block.state is not State.SAME]


@dataclass
class Count:
    tried: int = 0
    refused: int = 0
    asked: int = 0
    refusals: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """The share that was rejected, from 0 to 1."""
        return self.refused / self.tried

    def add(self, kind: str, text: str, blocks: list[Block]) -> None:
        states = {block.state for block in blocks}
        remarks = ", ".join(f"{one.kind} {one.what}".strip() for block in blocks for one in block.remarks)
        self.tried += 1
        self.refused += State.REFUSED in states
        self.asked += State.ASK in states and State.REFUSED not in states
        (self.refusals if State.REFUSED in states else self.misses).append(f"{kind}: {text} ({remarks})")


@cache
def sentences(file: str) -> tuple[Sentence, ...]:
    data = tomllib.loads((DATA / file).read_text(encoding="utf-8"))
    return tuple(one for letter in data["letter"] for one in _sentences(letter))


def panel_of(letter: dict[str, Any]) -> Panel:
    notes = dict(letter["notes"])
    notes["strengths"] = tuple(notes.get("strengths", ()))
    notes["correction"] = Correction(**notes.get("correction", {}))
    return Panel(
        Sender(letter["sender"]),
        Interview(letter["company"], letter["position"], "Europe/Dublin", ENDED_AT),
        (Interviewer(letter["person"], job_title=letter["job_title"], **notes),),
    )


def _sentences(letter: dict[str, Any]) -> Iterator[Sentence]:
    body, panel = letter["body"].strip(), panel_of(letter)
    originals = sentences_of(body)
    for line in letter["rewrites"].strip().splitlines():
        kind, numbers, text = line.split(" ", 2)
        old = tuple(originals[int(number)].text for number in numbers.split(","))
        yield Sentence(kind, panel, body, old, text, letter["development"])


@cache
def measured(file: str, *, development: bool) -> dict[str, Count]:
    """The counts by kind of fault, including FAITHFUL, of the letters in `file` that did or did not guide the rules."""
    counts: dict[str, Count] = {}
    for one in sentences(file):
        if one.is_development is development:
            counts.setdefault(one.kind, Count()).add(one.kind, one.text, one.blocks)
    return counts


def total(counts: dict[str, Count]) -> Count:
    """The sum over all kinds of faults that must be rejected."""
    found = Count()
    for kind, count in counts.items():
        if kind not in SOFT | {FAITHFUL}:
            found.tried += count.tried
            found.refused += count.refused
            found.asked += count.asked
            found.misses += count.misses
    return found


def main() -> None:
    for file in (OWN, STRANGERS):
        for development in (True, False):
            sys.stdout.write(f"{file}, {'development' if development else 'other'} letters\n")
            _write(measured(file, development=development))


def _write(counts: dict[str, Count]) -> None:
    write = sys.stdout.write
    for kind, count in counts.items():
        write(f"    {kind}: {count.refused} of {count.tried} refused, {count.asked} asked about\n")
    hard, faithful = total(counts), counts[FAITHFUL]
    write(
        f"hard faults refused: {hard.refused} of {hard.tried} ({hard.share:.1%}), {hard.asked} asked about\n"
    )
    write(
        f"faithful sentences refused: {faithful.refused} of {faithful.tried} ({faithful.share:.1%}), "
        f"{faithful.asked} asked about\n"
    )
    for line in hard.misses:
        write(f"    not refused: {line}\n")
    for line in faithful.refusals:
        write(f"    refused: {line}\n")


if __name__ == "__main__":
    main()
