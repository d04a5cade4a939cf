"""Measures how long each page takes with 1,000,000 interviews compared with 1,000, for the same candidates.

`python -m bench.scale SMALL BIG [--rounds 10] [--json FILE]`: the URLs of two databases of the same kind, filled by
`bench.seed_scale`, the small one with `--candidates 100`. Pages are requested with Django's client in this process, in
turn on both databases. Times are processor times of this process and of PostgreSQL's for it, so that other programs do
not count; wall-clock times are given too. Writes are rolled back, except for one maintainer.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from environ import Env

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "config.settings",
    "ADMIN_ENABLED": "1",
    "DATABASE_URL": sys.argv[1],
    "QUOTA_INTERVIEWS": "2000",
}
django.setup()

from django.core.management import call_command  # noqa: E402 - after the settings
from django.db import connection, connections, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.scale_pages import addresses, admin_addresses  # noqa: E402
from bench.seed_scale import LARGE, address  # noqa: E402
from drafts import services  # noqa: E402
from drafts.domain.facts import Kind  # noqa: E402
from drafts.models import DELETED_KEPT, Candidate, Draft  # noqa: E402
from drafts.services import housekeeping  # noqa: E402

BAR = 1.2
SIGNED_IN_BY = "django.contrib.auth.backends.ModelBackend"
USUAL = 3  # the number of candidates with a usual number of interviews to measure
Action = Callable[[], object]


class Database:
    """A database that can replace the one in the settings, with a browser for each candidate."""

    def __init__(self, url: str) -> None:
        wanted = {**connections.settings["default"], **Env.db_url_config(url)}
        self.connection = type(connections["default"])(wanted, "default")
        with self.open():
            self.actions = dict(self._all_actions())
            self.backend = 0
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_backend_pid()")
                    self.backend = cursor.fetchone()[0]

    @contextmanager
    def open(self) -> Iterator[None]:
        connections["default"] = self.connection
        yield

    def busy(self) -> float:
        """Processor time so far in seconds, of this process and of the database's process for it."""
        theirs = Path(f"/proc/{self.backend}/schedstat").read_text().split()[0] if self.backend else 0
        return time.process_time() + int(theirs) / 1e9

    def _all_actions(self) -> Iterator[tuple[tuple[str, str], Action]]:
        """The actions, by candidate and page name."""
        large, *usual = _visitors()
        for person, whose in [(large, "1000"), *((one, f"usual {n}") for n, one in enumerate(usual))]:
            client = _browser(person)
            for name, path in addresses(person).items():
                yield (whose, name), _visit(client, path)
            yield from (((whose, name), action) for name, action in _writes(person).items())
        maintainer = Candidate.objects.filter(email="maintainer@example.com").first()
        client = _browser(maintainer or Candidate.objects.create_superuser("maintainer@example.com"))
        yield from ((("admin", name), _visit(client, path)) for name, path in admin_addresses().items())
        yield ("house", "tidy, nothing over"), lambda: housekeeping.tidy(timezone.now())
        yield ("house", "tidy, a guest and 20 interviews over"), _rolled_back(lambda: _tidy(usual[0]))


def _visitors() -> list[Candidate]:
    """The candidate with the most interviews, and the first few with both sent and unsent letters."""
    emails = [address(0, place) for place in range(100)]
    ours = {one.email: one for one in Candidate.objects.filter(email__in=emails)}
    accounts = [ours[email] for email in emails if email in ours]
    for one in accounts:
        services.renew_calendar_token(one)
    usual = [one for one in accounts[1:] if _letters(one).filter(sent_at=None).exists()]
    return [accounts[0], *usual[:USUAL]]


def _letters(candidate: Candidate) -> Any:
    return Draft.objects.for_candidate(candidate).filter(kind=Kind.THANK_YOU).order_by("created_at", "id")


def _browser(candidate: Candidate) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(candidate, SIGNED_IN_BY)
    return client


def _visit(client: Client, path: str) -> Action:
    def visit() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
        answer.getvalue()

    return visit


def _writes(candidate: Candidate) -> dict[str, Action]:
    draft = _letters(candidate).filter(sent_at=None).first()
    interview = draft.interviewer.interview
    values = {name: getattr(interview, name) for name in services.INTERVIEW_FIELDS}
    sender = {"full_name": candidate.full_name, "signature": candidate.signature}
    return {
        "save a letter": _rolled_back(
            lambda: services.save_draft(draft, "Thank you", f"{draft.body} ", None)
        ),
        "save an interview": _rolled_back(lambda: services.create_interview(candidate, values, **sender)),
        "delete an interview": _rolled_back(lambda: services.delete_interview(interview)),
    }


def _rolled_back(action: Action) -> Action:
    def done() -> None:
        with transaction.atomic():
            action()
            transaction.set_rollback(True)

    return done


def _tidy(candidate: Candidate) -> None:
    over = timezone.now() - 2 * DELETED_KEPT
    guest = (
        Candidate.objects.filter(is_guest=True, interviews__candidate__isnull=False).order_by("id").first()
    )
    Candidate.objects.filter(pk=guest.pk).update(kept_until=over.date())
    keys = candidate.interviews.order_by("id").values_list("pk", flat=True)[:20]
    candidate.interviews.filter(pk__in=list(keys)).update(deleted_at=over)
    housekeeping.tidy(timezone.now())


Times = dict[tuple[str, str], list[tuple[float, float]]]


def measure(databases: list[Database], rounds: int) -> list[Times]:
    """Processor and wall-clock seconds of each action and round, by database; the first round is not counted."""
    times: list[Times] = [defaultdict(list) for _ in databases]
    for turn in range(rounds + 1):
        for name in databases[0].actions:
            # Alternate the order, or one of them would always find warm caches.
            for which in (0, 1) if turn % 2 else (1, 0):
                database = databases[which]
                with database.open():
                    start, busy = time.perf_counter(), database.busy()
                    database.actions[name]()
                    spent = database.busy() - busy, time.perf_counter() - start
                if turn:
                    times[which][name].append(spent)
    return times


def p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def table(small: Times, big: Times) -> list[dict[str, Any]]:
    """A row for each page: milliseconds, and the factor by which the big database is slower."""
    groups: dict[tuple[str, str], tuple[list[Any], list[Any]]] = defaultdict(lambda: ([], []))
    for (whose, name), values in small.items():
        found = groups[whose.split()[0], name]
        found[0].extend(values)
        found[1].extend(big[whose, name])
    rows = []
    for (whose, name), (less, more) in groups.items():
        row: dict[str, Any] = {"whose": whose, "page": name}
        for kind, column in (("busy", 0), ("clock", 1)):
            for measure_name, of in (("p50", statistics.median), ("p95", p95)):
                pair = [of([one[column] for one in side]) * 1000 for side in (less, more)]
                row[f"{kind} {measure_name}"] = (
                    *(round(value, 2) for value in pair),
                    round(pair[1] / pair[0], 2),
                )
        rows.append(row)
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("small")
    parser.add_argument("big")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    call_command("collectstatic", interactive=False, verbosity=0)
    rows = table(*measure([Database(asked.small), Database(asked.big)], asked.rounds))
    print(f"Milliseconds of processor time, and the ratio; `1000` has {LARGE} interviews, `usual` about ten.")
    print("| whose | page | p50 small | big | ratio | p95 small | big | ratio | clock p50, p95 |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for row in rows:
        clock = ", ".join(str(row[f"clock {of}"][2]) for of in ("p50", "p95"))
        columns = [row["whose"], row["page"], *row["busy p50"], *row["busy p95"], clock]
        print("|", " | ".join(str(column) for column in columns), "|")
    if asked.json:
        asked.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    slower = [row for row in rows if row["busy p95"][2] > BAR]
    for row in slower:
        print(f"{row['page']} ({row['whose']}): {row['busy p95'][2]} times as long, the bar is {BAR}")
    return int(bool(slower))


if __name__ == "__main__":
    raise SystemExit(main())
