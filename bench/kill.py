"""Repeatedly kills the server while guests save, and checks that everything it had confirmed is stored.

`python -m bench.kill [--database sqlite|postgres] [--rounds 30]`; Exit status 1 if anything is missing or damaged. On
PostgreSQL, every third round kills the database server too.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench import guest_actions, guests, serving
from bench.guests import Guest, Letter, Record, Request, Save
from bench.serving import Product, Serving
from bench.stored import Faults, Stored, check, is_stored, numbered_letter, numbered_note, read_stored

WRITERS = 6
LETTERS = 3  # that one guest edits in turn
RARE_THINGS = ("send", "send", "route", "delete", "delete", "bring")


# --- PostgreSQL, killed


def kill_postgres(product: Product) -> list[psutil.Process]:
    """Kills all processes of the PostgreSQL server at once. Returns them."""
    postmaster = serving.postgres_of(product).get_postmaster_info().process
    # Stop it first, so that it cannot start processes that are not in the list: each has its own process group.
    postmaster.suspend()
    processes = [*postmaster.children(recursive=True), postmaster]
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    return processes


def restart_postgres(product: Product, killed: list[psutil.Process]) -> None:
    """Restarts PostgreSQL on its data once the killed processes are gone; it recovers by itself."""
    _gone, there = psutil.wait_procs(killed, timeout=serving.PATIENCE_S)
    if there:
        raise RuntimeError(f"PostgreSQL does not end: {there}")
    serving.postgres_of(product).ensure_postgres_running()


# --- The rounds


@dataclass
class Writer:
    name: str
    guest: Guest
    chance: random.Random
    letters: list[Letter] = field(default_factory=list)
    account: guest_actions.Account | None = None
    number: Iterator[int] = field(default_factory=itertools.count)

    def serial(self) -> str:
        return f"{self.name}-{next(self.number):05}"


def new_writer(name: str, guest: Guest, seed: str, *, has_account: bool = False) -> Writer:
    """A writer with a letter; waits if the server's rate limit requires it."""
    writer = Writer(name, guest, random.Random(f"{seed} {name}"))  # noqa: S311 - a reproducible choice, no secret
    until = time.monotonic() + serving.PATIENCE_S
    while time.monotonic() < until:
        if letter := begin_interview(writer):
            writer.letters.append(letter)
            if has_account:
                writer.account = guest_actions.sign_up(guest)
            return writer
        time.sleep(1)
    raise RuntimeError(f"No guest could be made: {guest.record.requests[-5:]}")


def begin_interview(writer: Writer, guest: Guest | None = None) -> Letter | None:
    """Starts an interview of the writer's, or of a `guest` in another browser."""
    serial = writer.serial()
    return guests.new_interview(guest or writer.guest, serial, numbered_note(serial, writer.chance))


def do_rare_action(writer: Writer) -> int:
    """Sends, adds a route, deletes, restores or moves work to an account. Returns the last status."""
    letter, what = writer.chance.choice(writer.letters), writer.chance.choice(RARE_THINGS)
    if what == "send":
        return guest_actions.send(writer.guest, letter)
    if what == "route":
        return guest_actions.write_route(writer.guest, letter)
    guest = writer.guest if what == "delete" else guest_actions.new_browser(writer.guest)
    begun = begin_interview(writer, guest)
    if begun is None:
        return 429
    if what == "delete":
        status = guest_actions.delete(guest, begun)
        then = writer.chance.choice([None, guest_actions.restore, guest_actions.purge])
        return then(guest, begun) if then and status == 302 else status
    if what == "bring" and writer.account:
        return guest_actions.move_to_account(writer.account, guest, begun)
    return guest_actions.delete_everything(guest, begun)


def write(writer: Writer) -> None:
    """Saves one thing after the other until the server is gone."""
    with suppress(OSError, http.client.HTTPException):
        while True:
            action = writer.chance.choices(["draft", "notes", "interview", "rare"], [52, 12, 8, 28])[0]
            letter = writer.chance.choice(writer.letters)
            if action == "draft":
                status = guests.save_draft(
                    writer.guest, letter, numbered_letter(writer.serial(), writer.chance)
                )
            elif action == "notes":
                status = guests.save_notes(
                    writer.guest, letter, numbered_note(writer.serial(), writer.chance)
                )
            elif action == "rare":
                status = do_rare_action(writer)
            elif begun := begin_interview(writer):
                writer.letters = [*writer.letters, begun][-LETTERS:]
                continue
            else:
                status = 0
            if status == 409:
                # New notes recomposed a letter that was not edited.
                page = writer.guest.get("page", letter.edit_path)
                letter.version = int(guests.fields_of(page.text).get("version", letter.version))
            elif status != 302:
                # Rate limited, or the database became unavailable.
                time.sleep(0.1)


def seen_by_server(writers: list[Writer], stored: Stored) -> list[str]:
    """Differences between the restarted server's pages and the database. Also updates the known versions."""
    found = []
    for writer in writers:
        for letter in writer.letters:
            if letter.id not in stored.drafts or letter.person_id not in stored.people:
                # Already reported as lost.
                continue
            version, subject, body = stored.drafts[letter.id]
            _name, notes_version, note = stored.people[letter.person_id]
            letter.version, letter.notes_version = version, notes_version
            for path, expected in (
                (letter.edit_path, {"version": str(version), "subject": subject, "body": body}),
                (letter.notes_path, {"version": str(notes_version), "enjoyed": note}),
            ):
                answer = writer.guest.get("page", path)
                shown = guests.fields_of(answer.text)
                if answer.status != 200 or {name: shown.get(name) for name in expected} != expected:
                    found.append(f"{path} ({answer.status}) does not show version {expected['version']}")
    return found


def save_then_kill(
    product: Product, server: Serving, writers: list[Writer], seconds: float, *, both: bool
) -> list[str]:
    """Lets everybody save for `seconds`, then kills the server, and PostgreSQL before it if `both`.

    Returns what went wrong before the kill.
    """
    killed: list[psutil.Process] = []
    with ThreadPoolExecutor(len(writers)) as pool:
        under_way = [pool.submit(write, writer) for writer in writers]
        try:
            time.sleep(seconds)
            early = sum(each.done() for each in under_way)
            if both:
                # The product runs for a moment without its database.
                killed = kill_postgres(product)
                time.sleep(0.1)
        finally:
            server.kill()
    for each in under_way:
        each.result()
    if both:
        restart_postgres(product, killed)
    return [f"{early} writers got no answer while the server was well"] if early else []


@dataclass
class Result:
    faults: Faults
    rounds: int
    answered: Counter[str]  # saves, by what was saved
    unanswered: int  # saves that were cut off or refused
    unanswered_stored: int


def run(
    folder: Path,
    database: str = "sqlite",
    rounds: int = 30,
    *,
    seed: int = 1,
    static_root: Path | None = None,
    say: Callable[[str], object] = lambda line: None,
) -> Result:
    """Kills the server `rounds` times, with the same database in `folder`."""
    chance = random.Random(seed)  # noqa: S311 - a reproducible choice, no secret
    product, record, faults = serving.prepare(folder, database, static_root), Record(), Faults()
    unanswered = unanswered_stored = 0
    server = serving.serve(product)
    try:
        writers = [
            new_writer(f"w{n}", Guest(server.port, record), str(seed), has_account=n % 2 == 0)
            for n in range(WRITERS)
        ]
        for number in range(1, rounds + 1):
            first_save, first_request = len(record.saves), len(record.requests)
            both = not product.on_sqlite and number % 3 == 0
            early = save_then_kill(product, server, writers, chance.uniform(0.3, 1.5), both=both)
            stored = read_stored(product)
            found = check(record.saves, stored)
            found.odd += early + _wrong_statuses(record.requests[first_request:], may_fail=both)
            server = serving.serve(product)
            for writer in writers:
                writer.guest.port = server.port
            found.odd += seen_by_server(writers, stored)
            faults.add(found)
            # Count them now: notes saved later would hide whether these were stored.
            cut_off = [save for save in record.saves[first_save:] if not save.answered]
            unanswered += len(cut_off)
            unanswered_stored += sum(is_stored(save, stored) for save in cut_off)
            killed = "server and PostgreSQL" if both else "server"
            say(f"round {number:2}, killed {killed}: {_counts(record.saves[first_save:], stored, found)}")
    finally:
        server.stop()
    faults.add(check(record.saves, read_stored(product)))
    if locked := product.log_text().count("database is locked"):
        faults.odd.append(f"the server's log says {locked} times that the database is locked")
    serving.close(product, keep=bool(faults.all()))
    answered = Counter(save.what for save in record.saves if save.answered)
    return Result(faults, rounds, answered, unanswered, unanswered_stored)


def _wrong_statuses(requests: list[Request], *, may_fail: bool) -> list[str]:
    right = {0, 200, 204, 302, 409, 429} | ({503} if may_fail else set())
    wrong = Counter((one.kind, one.status) for one in requests if one.status not in right)
    return [f"{kind} answered {status}, {times} times" for (kind, status), times in wrong.items()]


def _counts(saves: list[Save], stored: Stored, faults: Faults) -> str:
    unanswered = [save for save in saves if not save.answered]
    return (
        f"{len(saves) - len(unanswered)} saves answered, {len(unanswered)} cut off or refused"
        f" ({sum(is_stored(save, stored) for save in unanswered)} of them stored), {len(faults.lost)} lost,"
        f" {len(faults.half)} half, {len(faults.odd)} other faults; {len(stored.drafts)} drafts,"
        f" {sum(map(len, stored.revisions.values()))} versions"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres"], default="sqlite")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="afterword-kill-"))

    def say(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    result = run(folder, asked.database, asked.rounds, seed=asked.seed, say=say)
    faults = result.faults
    kinds = ", ".join(f"{count} {what}" for what, count in result.answered.most_common())
    say(
        f"{result.rounds} rounds on {asked.database}: {result.answered.total()} saves answered ({kinds}),"
        f" {len(faults.lost)} lost, {len(faults.half)} half texts, {len(faults.odd)} other faults;"
        f" {result.unanswered} saves cut off or refused, {result.unanswered_stored} of them stored"
    )
    for fault in faults.all():
        say(f"  {fault}")
    if faults.all():
        say(f"Everything is kept in {folder}")
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
