"""Measures pages, writes, memory, startup and transfer of the product, relative to a floor measured in turn in the same
run.

`python -m bench.standing [--rounds 4] [--seconds 2] [--json FILE] [--keep]`; docs/bench.md says what the figures mean.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import psutil

from bench import figures, serving
from bench.client import Asked, Job
from bench.figures import Figure
from bench.floor.fill import CONNECTIONS
from bench.guests import Guest, Record
from bench.pair import DEMO, Afterword, Floor, add_guests, cookie_line, prepare_floor, prepare_product
from bench.serving import ROOT, Product, Serving
from bench.visits import Browser

PAGES = {  # name: the goal, as a share of the floor's throughput
    "home": 0.6,
    "interviews": 0.6,
    "interview": 0.6,
    "letter": 0.6,
    "send": 0.6,
    "notes": 0.5,
    "new interview": 0.5,
    "settings": 0.5,
}
QUERIES = {"home": 5, "interviews": 5, "interview": 5, "letter": 5, "notes": 6}
# First a visitor's pages, who opens the start page and begins an interview; then a candidate's.
VISITOR_KB = {"home": (40, 4), "new interview": (40, 10)}
CANDIDATE_KB = {"interviews": (None, 5), "letter": (None, 8)}
# The two workers, plus the parser of notes once.
MEMORY_MIB = 260 + 120
START = 1.6
REVIEW = 1.3
WARM_S = 0.5


# --- Load


@dataclass
class Site:
    server: Serving

    def processes(self) -> list[psutil.Process]:
        master = psutil.Process(self.server.process.pid)
        return [master, *master.children(recursive=True)]

    def cpu_s(self) -> float:
        return sum(sum(one.cpu_times()[:2]) for one in self.processes())

    def wait_until_ready(self) -> None:
        """Waits until the engines are loaded, which happens after the first pages are served."""
        guest, until = Guest(self.server.port, Record()), time.monotonic() + serving.PATIENCE_S
        # Versions without this URL load everything before they respond.
        while (status := guest.get("ready", "/readyz").status) not in (200, 404):
            if time.monotonic() > until:
                raise RuntimeError(f"The server does not become ready: {status}")
            time.sleep(0.02)


@dataclass
class Load:
    """The load generator's process."""

    process: subprocess.Popen[str]

    def run(self, site: Site, status: int, asked: list[Asked], seconds: float) -> tuple[float, float]:
        """Returns responses per second, and the server's processor seconds for each. Raises RuntimeError for a wrong
        status."""
        given, answered = self.process.stdin, self.process.stdout
        if given is None or answered is None:
            raise RuntimeError("The client has no pipes")
        before = site.cpu_s()
        job = Job(site.server.port, seconds, status, asked)
        given.write(json.dumps(asdict(job)) + "\n")
        given.flush()
        outcome = json.loads(answered.readline())
        if outcome["wrong"]:
            raise RuntimeError(f"{asked[0].path} answered {outcome['wrong']}, not {status}")
        answers = outcome["answers"]
        return answers / outcome["seconds"], (site.cpu_s() - before) / answers


@contextmanager
def load() -> Iterator[Load]:
    command = [sys.executable, "-m", "bench.client"]
    with subprocess.Popen(  # noqa: S603 - our own command
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Load(process)


@dataclass
class Race:
    """One request of the product, and the floor's request that it is compared with."""

    name: str
    status: int
    asked: list[Asked]
    goal: float | None
    against: list[Asked]
    against_status: int = 200
    # The goal as a multiple of the floor's time, instead of a share of its throughput.
    as_times: bool = False


def pages(afterword: Afterword, floor: Floor) -> list[Race]:
    page = floor.page()
    compressed = afterword.page("letter", **{"Accept-Encoding": "gzip"})
    return [
        *(Race(f"{name}, x floor", 200, afterword.page(name), goal, page) for name, goal in PAGES.items()),
        # As browsers request it. The floor does not compress.
        Race("letter compressed, x floor", 200, compressed, None, page),
    ]


def writes(afterword: Afterword, floor: Floor) -> list[Race]:
    """The writes, and what is computed again while people type."""
    write, proofread = floor.write(), floor.proofread(afterword.letters)
    return [
        Race("autosave, x floor's write", 204, afterword.save(typing=True), 0.8, write, 204),
        Race("saving a letter, x floor's write", 302, afterword.save(typing=False), 0.8, write, 204),
        Race("creating an interview, x floor's write", 302, afterword.create(), 0.8, write, 204),
        Race("live preview, x floor", 200, afterword.preview(), 0.5, floor.page()),
        Race(
            "live review, times the proofreader alone",
            200,
            afterword.check(),
            REVIEW,
            proofread,
            204,
            as_times=True,
        ),
    ]


def race(
    running: list[Race], ours: Site, floors: Site, rounds: int, seconds: float, say: Callable[[str], object]
) -> list[Figure]:
    with load() as client:
        for one in running:
            client.run(floors, one.against_status, one.against, WARM_S)
            client.run(ours, one.status, one.asked, WARM_S)
        measured: dict[str, list[tuple[float, float]]] = {one.name: [] for one in running}
        for number in range(rounds):
            for one in running:
                turns = [(floors, one.against_status, one.against), (ours, one.status, one.asked)]
                # Alternate the order.
                order = turns if number % 2 == 0 else turns[::-1]
                answers = {id(turn[0]): client.run(*turn, seconds) for turn in order}
                (floor_rate, floor_cpu), (rate, cpu) = answers[id(floors)], answers[id(ours)]
                measured[one.name].append((rate / floor_rate, floor_cpu / cpu))
                rates, times = (
                    f"{rate:.0f} to {floor_rate:.0f}",
                    f"{cpu * 1000:.1f} to {floor_cpu * 1000:.1f}",
                )
                say(f"{one.name}: {rates} a second; {times} ms")
    return [_figure(one, measured[one.name]) for one in running]


def _figure(one: Race, ratios: list[tuple[float, float]]) -> Figure:
    rates, cpus = (list(column) for column in zip(*ratios, strict=True))
    if one.as_times:
        rates, cpus = [1 / rate for rate in rates], [1 / cpu for cpu in cpus]
    return Figure(one.name, median(rates), one.goal, not one.as_times, median(cpus), rates)


# --- Memory, start, transfer, queries


def pss_mib(processes: list[psutil.Process]) -> float:
    """The memory of these processes; shared memory is divided among the processes that share it."""
    kib = 0
    for process in processes:
        rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii")
        kib += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return kib / 1024


def memory(site: Site, whose: str, goal: float | None = None) -> list[Figure]:
    """PSS: shared memory is divided among the processes that share it. The goal excludes the master, which serves no
    requests."""
    _master, *workers = site.processes()
    return [
        Figure(f"memory of two workers, MiB: {whose}", pss_mib(workers), goal, more=False),
        Figure(f"memory with their master, MiB: {whose}", pss_mib(site.processes()), more=False),
    ]


def start(product: Product, cookies: str) -> tuple[float, float]:
    """Seconds from the start until a page is served, and until the engines are ready."""
    began = time.perf_counter()
    server = serving.serve(product)
    try:
        guest = Guest(server.port, Record(), dict(part.split("=", 1) for part in cookies.split("; ")))
        if guest.get("first", "/").status != 200:
            raise RuntimeError("No page is answered after the start")
        first_s = time.perf_counter() - began
        Site(server).wait_until_ready()
        return first_s, time.perf_counter() - began
    finally:
        server.stop()


def starts(afterword: Afterword, floor: Floor, rounds: int) -> list[Figure]:
    firsts, readies = [], []
    for _ in range(rounds):
        floor_s, _ready = start(floor.product, floor.cookies)
        first_s, ready_s = start(afterword.product, cookie_line(afterword.cookies))
        firsts.append(first_s / floor_s)
        readies.append(ready_s / floor_s)
    return [
        Figure("start to the first answer, x floor", median(firsts), START, more=False, rounds=firsts),
        Figure("start to the engines ready, x floor", median(readies), more=False, rounds=readies),
    ]


def visits(afterword: Afterword, port: int) -> list[Figure]:
    found = []
    for goals, cookies in ((VISITOR_KB, {}), (CANDIDATE_KB, afterword.cookies)):
        browser = Browser(Guest(port, Record(), dict(cookies)))
        for name, (first_goal, repeat_goal) in goals.items():
            first, again = (browser.visit(afterword.pages[name]) / 1000 for _ in range(2))
            found += [
                Figure(f"first visit, kB: {name}", first, first_goal, more=False),
                Figure(f"repeat visit, kB: {name}", again, repeat_goal, more=False),
            ]
    return found


def queries(afterword: Afterword) -> list[Figure]:
    paths = {afterword.pages[name]: name for name in PAGES}
    counts = json.loads(serving.run(afterword.product, "-m", "bench.queries", DEMO, *paths))
    return [
        Figure(f"queries: {name}", counts[path], QUERIES.get(name), more=False)
        for path, name in paths.items()
    ]


# --- All of it


def measure(folder: Path, rounds: int, seconds: float, say: Callable[[str], object]) -> list[Figure]:
    product = prepare_product(folder / "product")
    floor = prepare_floor(folder / "floor", product)
    ours, floors = Site(serving.serve(product)), Site(serving.serve(floor.product))
    try:
        ours.wait_until_ready()
        say("People are writing their first letters ...")
        afterword = add_guests(product, ours.server.port)
        found = race(pages(afterword, floor), ours, floors, rounds, seconds, say)
        memories = [*memory(ours, "after pages", MEMORY_MIB), memory(floors, "the floor")[0]]
        found += race(writes(afterword, floor), ours, floors, rounds, seconds, say)
        found += [*memories, *memory(ours, "after writes")]
        found += visits(afterword, ours.server.port)
        found += queries(afterword)
    finally:
        ours.server.stop()
        floors.server.stop()
    return found + starts(afterword, floor, rounds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--json", type=Path, default=ROOT / "var" / "bench" / "standing.json")
    parser.add_argument("--keep", action="store_true", help="make this the table of docs/bench.md")
    asked = parser.parse_args()
    folder, start = Path(tempfile.mkdtemp(prefix="afterword-standing-")), time.monotonic()

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    try:
        found = measure(folder, asked.rounds, asked.seconds, say)
    finally:
        shutil.rmtree(folder)
    last = figures.read_last()
    print(f"Measured {figures.measured_on()}, in {time.monotonic() - start:.0f} s\n")
    print(figures.table(found, last), *figures.remarks(found, last), sep="\n")
    notes = {"rounds": asked.rounds, "seconds": asked.seconds, "connections": CONNECTIONS}
    figures.write_json(asked.json, found, notes)
    if asked.keep:
        figures.keep(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
