"""Writes measurements next to their goals and the last results, as a table and as JSON."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import re
import subprocess
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

from bench.serving import ROOT

LAST = ROOT / "docs" / "bench.md"
TOLERANCE = 0.15
HEAD = "| | measured | by processor time | goal | last |\n| --- | --- | --- | --- | --- |"


@dataclass
class Figure:
    """`more` says whether more is better. `by_cpu` is the same ratio measured in processor time of the servers."""

    name: str
    value: float
    goal: float | None = None
    more: bool = True
    by_cpu: float | None = None
    rounds: list[float] = field(default_factory=list)

    @property
    def is_short(self) -> bool:
        shown = float(f"{self.value:.3g}")
        return self.goal is not None and (shown < self.goal if self.more else shown > self.goal)

    def is_worse(self, last: float, last_by_cpu: float | None) -> bool:
        """Whether it is worse than last time by more than TOLERANCE; by both measures if there are two, because a busy
        machine distorts one."""
        pairs = [(self.value, last)]
        if self.by_cpu and last_by_cpu:
            pairs.append((self.by_cpu, last_by_cpu))
        return all(
            now < was * (1 - TOLERANCE) if self.more else now > was * (1 + TOLERANCE) for now, was in pairs
        )


def number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:.2f}" if value < 10 and value != int(value) else f"{value:.0f}"


Last = dict[str, tuple[float, float | None]]


def table(figures: list[Figure], last: Last) -> str:
    rows = [
        f"| {one.name} | {number(one.value)} | {number(one.by_cpu)} | {goal(one)} |"
        f" {' / '.join(filter(None, map(number, last.get(one.name, ()))))} |"
        for one in figures
    ]
    return "\n".join([HEAD, *rows])


def goal(one: Figure) -> str:
    return "" if one.goal is None else f"{'>=' if one.more else '<='} {number(one.goal)}"


def remarks(figures: list[Figure], last: Last) -> list[str]:
    """A line for each figure that misses its goal, and for each that is worse than last time."""
    return [
        *(f"short of its goal: {one.name}, {said(one)} ({goal(one)})" for one in figures if one.is_short),
        *(
            f"worse than last by more than {TOLERANCE:.0%}: {one.name}, {said(one)} (was {number(was[0])})"
            for one in figures
            if (was := last.get(one.name)) and one.is_worse(*was)
        ),
    ]


def said(one: Figure) -> str:
    return f"{number(one.value)}{f', {number(one.by_cpu)} by processor time' if one.by_cpu else ''}"


def read_last() -> Last:
    """The figures in docs/bench.md by name: as measured, and in processor time."""
    row = r"^\| ([^|]+?) \| ([\d.]+) \| ([\d.]*) *\|"
    found = re.findall(row, LAST.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: (float(value), float(by_cpu) if by_cpu else None) for name, value, by_cpu in found}


def keep(figures: list[Figure]) -> None:
    """Replaces the table of last results in docs/bench.md by these."""
    text = LAST.read_text(encoding="utf-8")
    start = text.index("Measured on ")
    LAST.write_text(f"{text[:start]}Measured {measured_on()}:\n\n{table(figures, {})}\n", encoding="utf-8")


def measured_on() -> str:
    memory = psutil.virtual_memory().total / 1024**3
    return (
        f"on {dt.datetime.now(dt.UTC):%Y-%m-%d} at {commit()}, {os.cpu_count()} cores and {memory:.0f} GiB"
        f" ({platform.machine()}), Python {platform.python_version()}"
    )


def commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    try:
        return subprocess.check_output(command, cwd=ROOT, text=True).strip()  # noqa: S603 - our own command
    except (OSError, subprocess.CalledProcessError):
        return "no commit"


def write_json(path: Path, figures: list[Figure], notes: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {"measured": measured_on(), **notes, "figures": [asdict(one) for one in figures]}
    path.write_text(json.dumps(said, indent=1), encoding="utf-8")
