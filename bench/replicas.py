"""Runs two servers of the product on one PostgreSQL and one Valkey behind a proxy, and kills each while guests save.

`python -m bench.replicas [--rounds 4]`; Exit status 1 if a confirmed save is missing, or if nobody could save while one
of the two was down. In all rounds except the first, the cache is stopped for a while too.
"""

from __future__ import annotations

import argparse
import http.client
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bench import guests, serving
from bench.guests import Guest, Record
from bench.kill import Writer, new_writer
from bench.serving import Product, Serving
from bench.stored import Faults, check, numbered_letter, numbered_note, read_stored
from tests import servers

WRITERS = 4
ENOUGH = 12  # confirmed saves before the next step
# 0 and 502: the server handling the request is gone. 503: the proxy has no healthy server yet.
RIGHT = {0, 200, 204, 302, 409, 429, 502, 503}
METRICS_TOKEN = "of-benches-alone-0123456789"  # noqa: S105 - servers exist only during one benchmark


@dataclass
class Site:
    """Two replicas, each with its own folder as on its own machine, and what they share."""

    product: Product
    machines: list[Product]
    cache: servers.Server
    replicas: list[Serving]
    proxy: servers.Server
    record: Record  # of all guests

    def kill(self, number: int) -> None:
        self.replicas[number].kill()

    def start(self, number: int) -> None:
        self.replicas[number] = serving.serve(self.machines[number], self.replicas[number].port)


@contextmanager
def site(folder: Path, static_root: Path | None = None) -> Iterator[Site]:
    """A site in `folder`. Everything is stopped on exit except the database, which `serving.close` stops."""
    product = serving.prepare(folder, "postgres", static_root)
    with ExitStack() as stack:
        cache = servers.cache(folder / "cache")
        stack.callback(cache.stop)
        machines = []
        for number in (1, 2):
            place = folder / f"machine-{number}"
            place.mkdir()
            more = {
                "VAR_DIR": str(place),
                "HOME": str(place),
                "CACHE_URL": f"redis://127.0.0.1:{cache.port}/0",
                "TRUSTED_PROXIES": "1",
                "WORKERS": "1",
                "METRICS_TOKEN": METRICS_TOKEN,
                "LOG_FORMAT": "json",
            }
            machines.append(replace(product, folder=place, environment=product.environment | more))
        replicas: list[Serving] = []
        stack.callback(_stop, replicas)
        for machine in machines:
            replicas.append(serving.serve(machine))
        proxy = servers.proxy(folder / "proxy", [replica.port for replica in replicas])
        stack.callback(proxy.stop)
        yield Site(product, machines, cache, replicas, proxy, Record())


def _stop(replicas: list[Serving]) -> None:
    for replica in replicas:
        replica.stop()


@dataclass
class Result:
    faults: Faults = field(default_factory=Faults)
    answered: Counter[str] = field(default_factory=Counter)
    by_one_alone: list[int] = field(
        default_factory=list
    )  # saves confirmed while the other was down, by round
    unanswered: int = 0


def run(
    folder: Path,
    rounds: int = 4,
    *,
    static_root: Path | None = None,
    look: Callable[[Site], object] = lambda site: None,
    say: Callable[[str], object] = lambda line: None,
) -> Result:
    """Kills and restarts one replica after the other while guests save through the proxy.

    `look` is called with the site at the end, when both are running.
    """
    result = Result()
    with site(folder, static_root) as one:
        record = one.record
        writers = [new_writer(f"w{n}", Guest(one.proxy.port, record), "replicas") for n in range(WRITERS)]
        for number in range(rounds):
            alone = _round(one, writers, record, number % 2, cache_too=number > 0)
            result.by_one_alone.append(alone)
            if alone < ENOUGH:
                result.faults.odd.append(f"round {number + 1}: {alone} saves while one server was gone")
            say(f"round {number + 1}: {alone} saves answered by the other server")
        result.faults.odd += _seen_by_each(one, writers)
        wrong = Counter((each.kind, each.status) for each in record.requests if each.status not in RIGHT)
        result.faults.odd += [f"{kind} answered {status}, {n} times" for (kind, status), n in wrong.items()]
        look(one)
    result.faults.add(check(record.saves, read_stored(one.product)))
    result.answered = Counter(save.what for save in record.saves if save.answered)
    result.unanswered = sum(not save.answered for save in record.saves)
    serving.close(one.product, keep=bool(result.faults.all()))
    return result


def _round(one: Site, writers: list[Writer], record: Record, number: int, *, cache_too: bool) -> int:
    """Kills replica `number` while everybody saves. Returns the number of saves that were confirmed while it was
    down."""
    over = threading.Event()
    with ThreadPoolExecutor(len(writers)) as pool:
        under_way = [pool.submit(_write, writer, over) for writer in writers]
        try:
            _wait_for_saves(record)
            one.kill(number)
            alone = _wait_for_saves(record)
            if cache_too:
                one.cache.stop()
                alone += _wait_for_saves(record)
                one.cache.start()
            one.start(number)
            _wait_for_saves(record)
        finally:
            over.set()
    for each in under_way:
        each.result()
    return alone


def _wait_for_saves(record: Record) -> int:
    """Waits until enough new saves are confirmed, or it takes too long. Returns their number."""
    first, until = len(record.saves), time.monotonic() + serving.PATIENCE_S
    while (
        count := sum(save.answered for save in record.saves[first:])
    ) < ENOUGH and time.monotonic() < until:
        time.sleep(0.05)
    return count


def _write(writer: Writer, over: threading.Event) -> None:
    """Saves letters and notes in turn until the end."""
    letter = writer.letters[0]
    while not over.is_set():
        text = numbered_letter(writer.serial(), writer.chance)
        note = numbered_note(writer.serial(), writer.chance)
        try:
            if writer.chance.random() < 0.8:
                status = guests.save_draft(writer.guest, letter, text)
            else:
                status = guests.save_notes(writer.guest, letter, note)
            if status != 302:
                # An interrupted save may be stored, so continue from the current state, like a reloaded page.
                for path, name in ((letter.edit_path, "version"), (letter.notes_path, "notes_version")):
                    shown = guests.fields_of(writer.guest.get("page", path).text)
                    setattr(letter, name, int(shown.get("version", getattr(letter, name))))
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)


def _seen_by_each(one: Site, writers: list[Writer]) -> list[str]:
    """Differences between the two servers' pages for the same browsers."""
    found = []
    for writer in writers:
        path, pages = writer.letters[0].edit_path, []
        for replica in one.replicas:
            writer.guest.port = replica.port
            answer = writer.guest.get("page", path)
            shown = guests.fields_of(answer.text)
            pages.append((answer.status, *(shown.get(name) for name in ("version", "subject", "body"))))
        if pages[0] != pages[1] or pages[0][0] != 200:
            found.append(f"{path} is {pages[0]} here and {pages[1]} there")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4)
    asked = parser.parse_args()
    if why := servers.missing():
        sys.stdout.write(f"Not run: it {why}\n")
        return 0
    folder = Path(tempfile.mkdtemp(prefix="afterword-replicas-"))
    result = run(folder, asked.rounds, say=lambda line: sys.stdout.write(f"{line}\n"))
    kinds = ", ".join(f"{count} {what}" for what, count in result.answered.most_common())
    sys.stdout.write(
        f"{asked.rounds} rounds: {result.answered.total()} saves answered ({kinds}),"
        f" {sum(result.by_one_alone)} of them by one server alone; {len(result.faults.lost)} lost,"
        f" {len(result.faults.half)} half texts, {len(result.faults.odd)} other faults;"
        f" {result.unanswered} saves cut off or refused\n"
    )
    for fault in result.faults.all():
        sys.stdout.write(f"  {fault}\n")
    if result.faults.all():
        sys.stdout.write(f"Everything is kept in {folder}\n")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
