"""Copies a database to a file and back: SQLite by its backup API, PostgreSQL by its own programs."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterable
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from drafts.backups.errors import BackupError, printable
from drafts.backups.manifest import DATABASES, Migrations

# How long to wait for a locked database.
WAIT_SECONDS = 30

# The line with which a table's rows start in pg_restore's output.
_COPY = re.compile(r'COPY (?:\w+\.)?"?(\w+)"? \((.*)\) FROM stdin;\n')


def check_supported(connection: Any) -> None:
    """Raises BackupError for a database that cannot be backed up or restored at all."""
    if connection.vendor not in DATABASES:
        raise BackupError("Backups are for SQLite and PostgreSQL. Use the tools of your database instead.")
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        raise BackupError(
            "The database is kept in memory alone. Set DATABASE_URL to one that is kept on disk."
        )


def check_present(connection: Any) -> None:
    """Raises BackupError when there is nothing to back up."""
    check_supported(connection)
    # Check before connecting, which would create an empty file.
    if connection.vendor == "sqlite" and not _sqlite_file(connection).is_file():
        raise BackupError(f"There is no database at {_sqlite_file(connection)}. Run manage.py migrate first.")
    if not applied_migrations(connection):
        raise BackupError("The database is empty. Run manage.py migrate first.")


def applied_migrations(connection: Any) -> Migrations:
    return tuple(sorted(MigrationRecorder(connection).applied_migrations()))


def known_migrations() -> set[tuple[str, str]]:
    """Every migration of this code, including those that were squashed into others."""
    migrations = MigrationLoader(None).disk_migrations
    return {*migrations, *(one for migration in migrations.values() for one in migration.replaces)}


def copy(connection: Any, target: Path) -> None:
    """Copies a consistent snapshot of the whole database to a new file."""
    if connection.vendor == "postgresql":
        _run_on(connection, "pg_dump", "--format=custom", "--encoding=UTF8", f"--file={target}")
        return
    with closing(_open(_sqlite_file(connection), "rw")) as source, closing(_open(target, "rwc")) as copied:
        _copy_pages(source, copied)
        # A single file, without a write-ahead log.
        copied.execute("PRAGMA journal_mode=DELETE")


def check(copied: Path, engine: str, migrations: Migrations) -> None:
    """Raises BackupError unless this copy of a database is complete and matches the manifest."""
    columns = _columns_postgresql(copied) if engine == "postgresql" else _columns_sqlite(copied, migrations)
    missing = sorted(_needed_columns(migrations).difference(columns))
    if missing:
        table, column = missing[0]
        raise BackupError(
            f"The backup's copy of the database is incomplete: its table {table} has no {column}."
        )


def replace(connection: Any, copied: Path) -> None:
    """Replaces everything in the database by a checked copy, completely or not at all."""
    if connection.vendor == "postgresql":
        names = ", ".join(map(connection.ops.quote_name, connection.introspection.table_names()))
        connection.close()
        # `pg_restore --clean` alone fails if tables newer than the backup reference its tables.
        drop = f"DROP TABLE {names} CASCADE" if names else ""
        wait = f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"
        psql = ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=on", "--single-transaction"]
        _run_on(connection, *psql, f"--command={wait}", f"--command={drop}", f"--file={_script(copied)}")
        return
    path = _sqlite_file(connection)
    try:
        _replace_sqlite(path, copied)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        # Too damaged to be opened. Remove its log first, or it would be applied to the new file.
        for name in (f"{path}-wal", f"{path}-shm", f"{path}"):
            if os.path.exists(name):
                os.replace(name, f"{name}.broken")
        _replace_sqlite(path, copied)


def _replace_sqlite(path: Path, copied: Path) -> None:
    """Overwrites the content of the file, so that open connections see the new content with their next query."""
    with closing(_open(copied, "ro")) as source, closing(_open(path, "rwc")) as target:
        _copy_pages(source, target)


@lru_cache(maxsize=1)
def _needed_columns(migrations: Migrations) -> frozenset[tuple[str, str]]:
    """Every (table, column) that exists after these migrations."""
    loader = MigrationLoader(None)
    state = loader.project_state([migration for migration in migrations if migration in loader.graph.nodes])
    return frozenset(
        (model._meta.db_table, field.column)
        for model in state.apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in model._meta.local_concrete_fields
        if field.column
    )


def _sqlite_file(connection: Any) -> Path:
    return Path(connection.settings_dict["NAME"]).absolute()


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, timeout=1)


def _copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copies atomically: readers and writers see the state before or after it. Gives up after WAIT_SECONDS."""
    give_up_at = time.monotonic() + WAIT_SECONDS

    def watch(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > give_up_at:
            raise BackupError("The database is in use without a pause. Stop the server, then try again.")

    source.backup(target, progress=watch)


def _columns_sqlite(copied: Path, migrations: Migrations) -> Iterable[tuple[str, str]]:
    """Every (table, column) of a copy. Raises BackupError if it is damaged or does not match the manifest."""
    try:
        with closing(_open(copied, "ro")) as database:
            (first,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            applied = sorted(database.execute("SELECT app, name FROM django_migrations"))
            columns = database.execute(
                "SELECT made.name, found.name FROM sqlite_schema AS made, pragma_table_info(made.name) AS found"
            ).fetchall()
    except sqlite3.Error as error:
        first = error
    if first != "ok":
        raise BackupError(f"The backup's copy of the database is damaged: {printable(first)}.")
    if applied != sorted(migrations):
        raise BackupError("The backup's copy of the database is not the one that its manifest speaks of.")
    return columns


def _columns_postgresql(dump: Path) -> Iterable[tuple[str, str]]:
    """Every (table, column) of a dump, which is unpacked next to it."""
    with _script(dump).open(encoding="utf-8") as lines:
        tables = [match.groups() for line in lines if (match := _COPY.fullmatch(line))]
    return [(table, column.strip('"')) for table, columns in tables for column in columns.split(", ")]


def _script(dump: Path) -> Path:
    """Writes the dump as SQL to a file next to it."""
    script = dump.with_suffix(".sql")
    if not script.exists():
        _run(["pg_restore", "--clean", "--if-exists", "--no-owner", f"--file={script}", str(dump)])
    return script


def _run_on(connection: Any, program: str, *options: str) -> None:
    """Runs one of PostgreSQL's programs on the database that Django reaches."""
    parameters = connection.get_connection_params()
    password = str(parameters.pop("password", ""))
    quoted = {
        name: re.sub(r"(['\\])", r"\\\1", str(value))
        for name, value in parameters.items()
        # The other options are psycopg's. Other users can read command lines, so no password is passed there.
        if type(value) in (str, int) and name != "prepare_threshold" and "password" not in name
    }
    database = " ".join(f"{name}='{value}'" for name, value in quoted.items())
    _run([program, "--no-password", *options, f"--dbname={database}"], password)


def _run(command: list[str], password: str = "") -> None:
    program = shutil.which(command[0], path=settings.PG_BIN)
    if not program:
        raise BackupError(
            f"{command[0]} was not found. Install PostgreSQL's client programs, or set PG_BIN to their folder."
        )
    environment = {**os.environ, "PGPASSWORD": password} if password else None
    process = subprocess.run(  # noqa: S603 - no shell, and a program found by its name
        [program, *command[1:]], env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if process.returncode:
        said = printable(process.stderr.decode(errors="replace")).rstrip(".")
        raise BackupError(f"{said or command[0] + ' failed'}.")
