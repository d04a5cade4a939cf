"""Lets many guests save and read at once, then checks that everything saved is stored.

`python -m bench.load [--seconds 60] [--writers 16] [--readers 16] [--database sqlite|postgres]`; Exit status 1 if a
page failed or a save was lost. Half of the writers share a letter with another one, like two open tabs. Times are only
informative.
"""

from __future__ import annotations

import argparse
import http.client
import random
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench import guests, serving
from bench.guests import Guest, Letter, Record, Request
from bench.kill import Writer, begin_interview, do_rare_action, new_writer
from bench.stored import Faults, check, numbered_letter, numbered_note, read_stored

READ, SAVED = {200, 429}, {204, 302, 409, 429}
READS = {"new interview page", "notes", "session", "home", "list", "interview", "draft", "history"}


@dataclass
class Result:
    faults: Faults
    requests: list[Request]
    seconds: float
    answered: Counter[str]
    conflicts: int


def run(
    folder: Path,
    database: str = "sqlite",
    seconds: float = 60,
    writers: int = 16,
    readers: int = 16,
    *,
    seed: int = 1,
    static_root: Path | None = None,
) -> Result:
    """Runs the load on a new server in `folder` for `seconds`, then checks the database."""
    product, record = serving.prepare(folder, database, static_root), Record()
    server = serving.serve(product)
    try:
        crew, barriers = _make_writers(Guest(server.port, record), writers, seed)
        first_request, start = len(record.requests), time.monotonic()
        until = start + seconds
        with ThreadPoolExecutor(writers + readers) as pool:
            under_way = [
                pool.submit(_write, writer, until, barrier)
                for writer, barrier in zip(crew, barriers, strict=True)
            ]
            under_way += [pool.submit(_read, crew, f"{seed} {n}", until) for n in range(readers)]
        for each in under_way:
            each.result()
        took = time.monotonic() - start
    finally:
        server.stop()
    faults = check(record.saves, read_stored(product))
    faults.odd += _wrong_statuses(record.requests)
    conflicts = sum(one.status == 409 for one in record.requests)
    if any(barriers) and not conflicts:
        faults.odd.append("two guests saved over the same version, and neither was told")
    log = product.log_text()
    for words in ("database is locked", "after a deadlock", "Traceback"):
        if count := log.count(words):
            faults.odd.append(f"the server's log says “{words}” {count} times")
    serving.close(product, keep=bool(faults.all()))
    answered = Counter(save.what for save in record.saves if save.answered)
    return Result(faults, record.requests[first_request:], took, answered, conflicts)


def _make_writers(first: Guest, count: int, seed: int) -> tuple[list[Writer], list[threading.Barrier | None]]:
    """The writers. In the first half, every two share a guest, a letter and a barrier."""
    crew: list[Writer] = []
    barriers: list[threading.Barrier | None] = []
    for number in range(count):
        shares = number % 2 == 1 and number < count // 4 * 2
        if not shares:
            guest = Guest(first.port, first.record)
            has_account = number >= count // 4 * 2
            crew.append(new_writer(f"w{number}", guest, str(seed), has_account=has_account))
            barriers.append(None)
            continue
        other = crew[-1]
        guest = Guest(first.port, first.record, dict(other.guest.cookies))
        letters = [Letter(**vars(letter)) for letter in other.letters]
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - a reproducible choice, no secret
        crew.append(Writer(f"w{number}", guest, chance, letters))
        barriers[-1] = threading.Barrier(2, timeout=serving.PATIENCE_S)
        barriers.append(barriers[-1])
    return crew, barriers


def _write(writer: Writer, until: float, barrier: threading.Barrier | None) -> None:
    """Opens pages and saves them like a browser; after a conflict, opens the page again."""
    letter = writer.letters[0]
    while time.monotonic() < until:
        with suppress(OSError, http.client.HTTPException):  # counted: a request with status 0
            action = writer.chance.choices(["draft", "notes", "interview", "rare"], [52, 16, 8, 24])[0]
            if barrier or action == "draft":
                # The first time, both of a pair open the same page before either saves.
                status = _edit_draft(writer, letter, barrier)
                barrier = None
            elif action == "notes":
                status = _edit_notes(writer, letter)
            elif action == "rare":
                status = do_rare_action(writer)
            else:
                status = 302 if begin_interview(writer) else 429
            if status == 429:
                time.sleep(0.5)


def _edit_draft(writer: Writer, letter: Letter, barrier: threading.Barrier | None) -> int:
    text, status = numbered_letter(writer.serial(), writer.chance), 409
    while status == 409:
        page = writer.guest.get("draft", letter.edit_path)
        if page.status != 200:
            return page.status
        letter.version = int(guests.fields_of(page.text)["version"])
        if barrier:
            with suppress(threading.BrokenBarrierError):  # the other one could not open the page
                barrier.wait()
            barrier = None
        status = guests.save_draft(writer.guest, letter, text)
    return status


def _edit_notes(writer: Writer, letter: Letter) -> int:
    note, status = numbered_note(writer.serial(), writer.chance), 409
    while status == 409:
        page = writer.guest.get("notes", letter.notes_path)
        if page.status != 200:
            return page.status
        letter.notes_version = int(guests.fields_of(page.text)["version"])
        status = guests.save_notes(writer.guest, letter, note)
    return status


def _read(crew: list[Writer], seed: str, until: float) -> None:
    """Opens the pages of one guest after another."""
    chance = random.Random(seed)  # noqa: S311 - a reproducible choice, no secret
    while time.monotonic() < until:
        writer = chance.choice(crew)
        guest = Guest(writer.guest.port, writer.guest.record, dict(writer.guest.cookies))
        letter = writer.letters[0]
        pages = {
            "home": "/",
            "list": "/interviews/",
            "interview": f"/interviews/{letter.interview_id}/",
            "draft": letter.edit_path,
            "history": f"{letter.path}history/",
        }
        kind = chance.choice(list(pages))
        with suppress(OSError, http.client.HTTPException):
            if guest.get(kind, pages[kind]).status == 429:
                time.sleep(0.5)


def _wrong_statuses(requests: list[Request]) -> list[str]:
    wrong = Counter(
        (one.kind, one.status) for one in requests if one.status not in (READ if one.kind in READS else SAVED)
    )
    return [
        f"{kind} answered {status or 'nothing'}, {times} times" for (kind, status), times in wrong.items()
    ]


def table(requests: list[Request]) -> list[str]:
    """Per kind of request: the number, the latency in milliseconds, the statuses."""
    lines = [f"{'':20}{'requests':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'most':>9}  statuses"]
    for kind in sorted({one.kind for one in requests}):
        mine = [one for one in requests if one.kind == kind]
        times = sorted(one.seconds * 1000 for one in mine)
        shares = "".join(f"{times[int(share * (len(times) - 1))]:9.0f}" for share in (0.5, 0.95, 0.99, 1))
        statuses = ", ".join(f"{s} x {n}" for s, n in sorted(Counter(one.status for one in mine).items()))
        lines.append(f"{kind:20}{len(mine):9}{shares}  {statuses}")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--readers", type=int, default=16)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="afterword-load-"))
    result = run(folder, asked.database, asked.seconds, asked.writers, asked.readers)
    faults = result.faults
    kinds = ", ".join(f"{count} {what}" for what, count in result.answered.most_common())
    lines = [
        f"{result.seconds:.0f} s on {asked.database}, {asked.writers} writers, {asked.readers} readers:"
        f" {len(result.requests)} requests, {len(result.requests) / result.seconds:.1f} a second",
        *table(result.requests),
        f"{result.answered.total()} saves answered ({kinds}), {result.conflicts} conflicts;"
        f" {len(faults.lost)} lost, {len(faults.half)} half texts, {len(faults.odd)} other faults",
        *(f"  {fault}" for fault in faults.all()),
    ]
    if faults.all():
        lines.append(f"Everything is kept in {folder}")
    else:
        shutil.rmtree(folder)
    sys.stdout.write("\n".join(lines) + "\n")
    return 1 if faults.all() else 0


if __name__ == "__main__":
    sys.exit(main())
