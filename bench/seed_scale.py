"""Fills a database with 100,000 candidates and 1,000,000 interviews, to measure what becomes slower.

`DATABASE_URL=... python -m bench.seed_scale [--candidates 100000]`, after `manage.py migrate`. It works in batches,
several per transaction; run again, it continues after the last stored one. Every database gets the same rows, except
for dates, which are relative to now. Every account signs in with PASSWORD. Exit status 2 if the database has other
candidates.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import random
import sys
import time
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from allauth.account.models import EmailAddress  # noqa: E402 - after the settings
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from tqdm import tqdm  # noqa: E402

from bench import scale_texts  # noqa: E402
from drafts.domain.facts import Reason  # noqa: E402
from drafts.models import Candidate, Draft, DraftRevision, Interview, Interviewer, WorkSample  # noqa: E402

PASSWORD = "lantern orchard 57"  # noqa: S105 - accounts exist only during one benchmark
BATCH = 100  # candidates
PER_BATCH = 1000  # interviews
# Batches per transaction, because SQLite writes each page of an index once per transaction.
AT_ONCE = 20
# The first candidate of every this many batches has as many interviews as a quota allows, on top of PER_BATCH.
LARGE_EVERY, LARGE = 200, 1000
DAYS = 900  # before today in which interviews ended
HUNT = 120  # days that one job search takes
# How many people a panel has, and how many versions a letter has; later entries are rarer.
PANELS = (1,) * 12 + (2,) * 4 + (3, 3, 4, 6)
VERSIONS = (1, 1, 1, 1, 2, 2, 2, 4)


class Table:
    """Rows of a model to be stored in bulk. Columns named here are given with each row; all others have defaults."""

    def __init__(self, model: type[models.Model], *names: str) -> None:
        blank = model()
        stored = {field.attname: field for field in model._meta.concrete_fields}
        rest = [
            field
            for name, field in stored.items()
            if name not in names and not isinstance(field, models.AutoField)
        ]
        columns = [stored[name].column for name in names] + [field.column for field in rest]
        quote = connection.ops.quote_name
        self.name = quote(model._meta.db_table)
        self.columns = ", ".join(quote(str(column)) for column in columns)
        self.defaults = [
            field.get_db_prep_save(getattr(blank, field.attname), connection=connection) for field in rest
        ]
        self.rows: list[Sequence[Any]] = []

    def add(self, *values: str | int | None) -> None:
        """Adds a row of texts and numbers; moments and ids are texts that both databases can read."""
        self.rows.append((*values, *self.defaults))

    def store(self) -> None:
        rows, self.rows = self.rows, []
        if not rows:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.name} ({self.columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(rows[0]))
                insert = f"INSERT INTO {self.name} ({self.columns}) VALUES ({marks})"  # noqa: S608 - our own names
                cursor.executemany(insert, rows)


class Seeder:
    def __init__(self, now: dt.datetime) -> None:
        self.now = now.replace(microsecond=0, tzinfo=None)
        self.password = make_password(PASSWORD)
        self.texts = scale_texts.interviews()
        self.candidates = Table(
            Candidate,
            *("id", "email", "is_guest", "full_name", "signature", "password", "kept_until", "created_at"),
        )
        self.addresses = Table(EmailAddress, "user_id", "email", "verified", "primary")
        self.interviews = Table(
            Interview,
            *("id", "candidate_id", "company", "position", "field", "team", "stage", "time_zone", "country"),
            *("search_text", "ended_at", "created_at", "updated_at", "calendar_changed_at", "deleted_at"),
        )
        self.people = Table(
            Interviewer,
            *("id", "interview_id", "order", "full_name", "greet_as", "email", "job_title", "role"),
            *scale_texts.NOTES,
        )
        self.samples = Table(WorkSample, "id", "interviewer_id", "label", "url")
        self.drafts = Table(
            Draft,
            *("id", "interviewer_id", "kind", "subject", "body", "version"),
            *("edited_at", "sent_at", "created_at", "updated_at"),
        )
        self.revisions = Table(
            DraftRevision, "id", "draft_id", "version", "subject", "body", "tone", "reason", "created_at"
        )

    @property
    def tables(self) -> Iterable[Table]:
        """The tables, in the order of their foreign keys."""
        return (table for table in vars(self).values() if isinstance(table, Table))

    def batch(self, number: int) -> None:
        """Creates and stores the candidates of one batch with everything they have."""
        self.random = random.Random(number)  # noqa: S311 - for the same rows each time
        for place, size in enumerate(self._sizes(is_large=number % LARGE_EVERY == 0)):
            self._candidate(number, place, size)
        for table in self.tables:
            table.store()

    def _sizes(self, *, is_large: bool) -> list[int]:
        """The number of interviews of each candidate: half have six or fewer, a few have a hundred or more."""
        draw = self.random
        sizes = [min(int(draw.lognormvariate(1.8, 1.0)), 300) for _ in range(BATCH)]
        while left := PER_BATCH - sum(sizes):
            place = draw.randrange(BATCH)
            sizes[place] = max(0, sizes[place] + (1 if left > 0 else -1))
        return [LARGE, *sizes[1:]] if is_large else sizes

    def _candidate(self, batch: int, place: int, size: int) -> None:
        draw, key = self.random, self._key()
        # The first candidate of a batch shows that the batch is stored.
        is_guest = place > 0 and size < 60 and draw.random() < 0.3
        first, last = draw.choice(scale_texts.FIRST), draw.choice(scale_texts.LAST)
        name = f"{first} {last}"
        email = None if is_guest else address(batch, place)
        kept = str((self.now + dt.timedelta(days=draw.randint(5, 60))).date()) if is_guest else None
        password = "!" if is_guest else self.password
        begins = 0 if size == LARGE else draw.randrange(DAYS - HUNT)
        span = DAYS if size == LARGE else HUNT
        came = str(self.now - dt.timedelta(days=begins + span, minutes=place))
        self.candidates.add(key, email, is_guest, name, f"{name}\n+1 415 555 0137", password, kept, came)
        if email:
            self.addresses.add(key, email, True, True)
        for _ in range(size):
            self._interview(key, name, begins + draw.random() * span)

    def _interview(self, candidate: str, sender: str, days_ago: float) -> None:
        draw, key = self.random, self._key()
        text = draw.choice(self.texts)
        ended = self.now - dt.timedelta(minutes=int(days_ago * 24 * 60))
        company = f"{draw.choice(scale_texts.LAST)} {text.company}"
        people = [
            (f"{draw.choice(scale_texts.FIRST)} {draw.choice(scale_texts.LAST)}", draw.choice(text.people))
            for _ in range(draw.choice(PANELS))
        ]
        search = "\n".join([company, text.position, *(name for name, _ in people)]).lower()
        deleted = str(self.now - dt.timedelta(days=draw.random() * 29)) if draw.random() < 0.01 else None
        fixed = (text.position, text.field, text.team, text.stage, text.time_zone, text.country)
        moments = (str(ended), *(str(ended + dt.timedelta(hours=1)),) * 3, deleted)
        self.interviews.add(key, candidate, company, *fixed, search, *moments)
        for order, (name, person) in enumerate(people):
            self._person(key, order, name, person.renamed(name, sender, text.company, company), ended)

    def _person(
        self, interview: str, order: int, name: str, person: scale_texts.Person, ended: dt.datetime
    ) -> None:
        draw, key = self.random, self._key()
        email = f"{name.replace(' ', '.').lower()}@example.com"
        self.people.add(
            key, interview, order, name, person.greet_as, email, person.job_title, person.role, *person.notes
        )
        if draw.random() < 0.03:
            self.samples.add(self._key(), key, "Talk on streaming", "https://example.com/talk")
        if draw.random() < 0.88:
            self._draft(key, "thank_you", person, ended)
        if draw.random() < 0.02:
            self._draft(key, "linkedin", person, ended)

    def _draft(self, person: str, kind: str, text: scale_texts.Person, ended: dt.datetime) -> None:
        draw, key = self.random, self._key()
        versions = draw.choice(VERSIONS)
        at = ended + dt.timedelta(minutes=90)
        body = text.body
        for version in range(1, versions + 1):
            reason = Reason.COMPOSED if version == 1 else Reason.EDITED
            if version > 1:
                body += f"\n\nP.S. I wrote down {version} questions for next time."
            written = str(at + dt.timedelta(minutes=version))
            self.revisions.add(self._key(), key, version, text.subject, body, "warm", reason.value, written)
        is_sent = draw.random() < (0.9 if (self.now - ended).days > 2 else 0.3)
        last = str(at + dt.timedelta(minutes=versions))
        edited, sent = last if versions > 1 else None, last if is_sent else None
        self.drafts.add(key, person, kind, text.subject, body, versions, edited, sent, str(at), last)

    def _key(self) -> str:
        return uuid.UUID(int=self.random.getrandbits(128), version=4).hex


def address(batch: int, place: int) -> str:
    return f"candidate{place}@batch{batch:05}.example"


def batches_there() -> int:
    """The number of stored batches. Raises SystemExit if the database has other candidates."""
    ours = Candidate.objects.filter(email__endswith=".example", email__contains="@batch")
    firsts = ours.filter(email__startswith="candidate0@").count()
    if not firsts and Candidate.objects.exists():
        print("DATABASE_URL: this database holds candidates already; take an empty one.", file=sys.stderr)
        raise SystemExit(2)
    return firsts


def prepare_connection() -> None:
    """Trades safety for speed on this connection: a benchmark's database can be recreated."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET synchronous_commit = off")
        else:
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -1000000")  # KiB
            cursor.execute("PRAGMA foreign_keys = OFF")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--candidates", type=int, default=100_000, help=f"in steps of {BATCH}")
    wanted = -(-arguments.parse_args().candidates // BATCH)
    there = batches_there()
    start = time.monotonic(), time.process_time()
    prepare_connection()
    seeder = Seeder(dt.datetime.now(dt.UTC))
    todo = range(there, wanted)
    with tqdm(total=wanted * BATCH, initial=there * BATCH, unit=" candidates", mininterval=1) as bar:
        for first in todo[::AT_ONCE]:
            with transaction.atomic():
                for number in range(first, min(first + AT_ONCE, wanted)):
                    seeder.batch(number)
                    bar.update(BATCH)
    if todo and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    counts = {model._meta.verbose_name_plural: model._default_manager.count() for model in COUNTED}
    print(", ".join(f"{count:,} {name}" for name, count in counts.items()))
    seconds, busy = time.monotonic() - start[0], time.process_time() - start[1]
    print(
        f"{len(todo)} of {wanted} batches made in {seconds:.0f} s, of which this program worked {busy:.0f} s"
    )


COUNTED: tuple[type[models.Model], ...] = (Candidate, Interview, Interviewer, Draft, DraftRevision)


if __name__ == "__main__":
    main()
