"""A database as one file, and one file as the database: SQLite by its backup API, PostgreSQL by its own programs."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterable
from contextlib import ExitStack, closing
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from drafts.backups.errors import BackupError, one_line
from drafts.backups.manifest import DATABASES

# How long others may keep a database locked before we give up.
WAIT_SECONDS = 30

Migrations = tuple[tuple[str, str], ...]


def check_kept(connection: Any) -> None:
    """Raises BackupError for a database that cannot be backed up or restored at all."""
    if connection.vendor not in DATABASES:
        raise BackupError("Backups are for SQLite and PostgreSQL. Use the tools of your database instead.")
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        raise BackupError(
            "The database is kept in memory alone. Set DATABASE_URL to one that is kept on disk."
        )


def check_present(connection: Any) -> None:
    """Raises BackupError when there is nothing to back up."""
    check_kept(connection)
    # Asked before anything connects, which would make an empty file.
    if connection.vendor == "sqlite" and not _sqlite_file(connection).is_file():
        raise BackupError(f"There is no database at {_sqlite_file(connection)}. Run manage.py migrate first.")
    if not applied_migrations(connection):
        raise BackupError("The database is empty. Run manage.py migrate first.")


def applied_migrations(connection: Any) -> Migrations:
    return tuple(sorted(MigrationRecorder(connection).applied_migrations()))


def known_migrations() -> set[tuple[str, str]]:
    """Every migration of this code, and those that were since squashed into one of them."""
    migrations = MigrationLoader(None).disk_migrations
    return {*migrations, *(one for migration in migrations.values() for one in migration.replaces)}


def copy(connection: Any, target: Path) -> None:
    """The whole database as it is at one moment, in a new file that only its owner may read."""
    if connection.vendor == "postgresql":
        database, password = _reach(connection)
        dump = ["--format=custom", "--encoding=UTF8", "--no-password", f"--file={target}"]
        _run([_program("pg_dump"), *dump, f"--dbname={database}"], password)
        target.chmod(0o600)
        return
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(_open(_sqlite_file(connection), "rw")) as source, closing(_open(target, "rw")) as copied:
        _copy_pages(source, copied)
        # One file by itself, without a log of writes beside it.
        copied.execute("PRAGMA journal_mode=DELETE")


def check(copied: Path, engine: str, migrations: Migrations) -> None:
    """Raises BackupError unless this copy of a database is whole and is what the manifest says."""
    if engine == "postgresql":
        _run([_program("pg_restore"), "--list", str(copied)])
        return
    try:
        with closing(_open(copied, "ro")) as database:
            (first,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            applied = sorted(database.execute("SELECT app, name FROM django_migrations"))
            columns = database.execute(
                "SELECT made.name, found.name FROM sqlite_schema AS made, pragma_table_info(made.name) AS found"
            ).fetchall()
    except sqlite3.Error as error:
        raise BackupError(f"The backup's copy of the database is damaged: {one_line(error)}.") from error
    if first != "ok":
        raise BackupError(f"The backup's copy of the database is damaged: {one_line(first)}.")
    if applied != sorted(migrations):
        raise BackupError("The backup's copy of the database is not the one that its manifest speaks of.")
    _check_columns(columns, migrations)


def _check_columns(found: Iterable[tuple[str, str]], migrations: Migrations) -> None:
    """Raises BackupError unless a database with these (table, column) has all that its migrations made."""
    missing = sorted(_columns(migrations).difference(found))
    if missing:
        table, column = missing[0]
        raise BackupError(
            f"The backup's copy of the database is incomplete: its table {table} has no {column}."
        )


@lru_cache(maxsize=1)
def _columns(migrations: Migrations) -> frozenset[tuple[str, str]]:
    """Every (table, column) that is there after these migrations."""
    loader = MigrationLoader(None)
    state = loader.project_state([migration for migration in migrations if migration in loader.graph.nodes])
    return frozenset(
        (model._meta.db_table, field.column)
        for model in state.apps.get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in model._meta.local_concrete_fields
    )


def replace(connection: Any, copied: Path, migrations: Migrations) -> None:
    """Puts a checked copy in the place of everything in the database, all at once or not at all."""
    connection.close()
    if connection.vendor == "postgresql":
        _replace_postgresql(connection, copied, migrations)
    else:
        _replace_sqlite(_sqlite_file(connection), copied)


def _sqlite_file(connection: Any) -> Path:
    return Path(connection.settings_dict["NAME"]).absolute()


def _open(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.as_uri()}?mode={mode}", uri=True, timeout=1)


def _copy_pages(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """In one step: readers and writers of either see the state before or after it. Gives up after WAIT_SECONDS."""
    give_up_at = time.monotonic() + WAIT_SECONDS

    def watch(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > give_up_at:
            raise BackupError("The database is in use without a pause. Stop the server, then try again.")

    source.backup(target, progress=watch)


def _replace_sqlite(path: Path, copied: Path) -> None:
    with ExitStack() as undo:
        if _is_broken(path):
            # It may be why there is a restore; whoever wants to save something from it finds it beside.
            for end in ("", "-wal", "-shm"):
                found, aside = path.with_name(path.name + end), path.with_name(f"{path.name}.broken{end}")
                if found.exists():
                    found.replace(aside)
                    undo.callback(aside.replace, found)
        # Into the file, not in its place: connections that are open see the new content with their next query.
        with closing(_open(copied, "ro")) as source, closing(_open(path, "rwc")) as target:
            target.execute("PRAGMA synchronous=FULL")
            _copy_pages(source, target)
        undo.pop_all()


def _is_broken(path: Path) -> bool:
    try:
        with closing(_open(path, "rw")) as database:
            database.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except sqlite3.Error as error:
        return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
    return False


def _replace_postgresql(connection: Any, copied: Path, migrations: Migrations) -> None:
    """In one transaction of ours. `pg_restore --single-transaction` would fail on tables newer than the backup, which
    refer to those it drops and which it does not know."""
    command = [_program("pg_restore"), "--clean", "--if-exists", "--no-owner", "--file=-", str(copied)]
    try:
        with transaction.atomic(), connection.cursor() as cursor, tempfile.TemporaryFile() as said:
            cursor.execute(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'")
            tables = connection.introspection.table_names(cursor)
            if tables:
                names = ", ".join(connection.ops.quote_name(name) for name in tables)
                cursor.execute(f"DROP TABLE {names} CASCADE")
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as process:  # noqa: S603 - no shell
                _run_script(cursor, process.stdout or ())
            if process.returncode:
                said.seek(0)
                raise BackupError(f"pg_restore failed: {one_line(said.read().decode(errors='replace'))}")
            cursor.execute("SELECT table_name, column_name FROM information_schema.columns")
            _check_columns(cursor.fetchall(), migrations)
    finally:
        # The script left it with settings of its own.
        connection.close()


def _run_script(cursor: Any, lines: IO[bytes] | Iterable[bytes]) -> None:
    """What pg_restore writes: statements, and after each COPY its rows until `\\.`; commands to psql are left out."""
    lines = iter(lines)
    statements: list[str] = []

    def execute() -> None:
        if any(statement.strip() for statement in statements):
            cursor.execute("".join(statements))
        statements.clear()

    for line in lines:
        if line.startswith(b"COPY ") and line.endswith(b" FROM stdin;\n"):
            execute()
            with cursor.copy(line.decode()) as rows:
                for row in lines:
                    if row == b"\\.\n":
                        break
                    rows.write(row)
        elif not line.startswith((b"\\restrict ", b"\\unrestrict ")):
            statements.append(line.decode())
    execute()


def _program(name: str) -> str:
    found = shutil.which(name, path=settings.PG_BIN)
    if not found:
        raise BackupError(
            f"{name} was not found. Install PostgreSQL's client programs, or set PG_BIN to the folder they are in."
        )
    return found


def _reach(connection: Any) -> tuple[str, str]:
    """How Django reaches the database, in libpq's form but without the password, and the password."""
    parameters = connection.get_connection_params()
    password = str(parameters.pop("password", ""))
    quoted = {
        name: re.sub(r"(['\\])", r"\\\1", str(value))
        for name, value in parameters.items()
        # The rest is psycopg's. Others can read a command line, so no password of any kind goes there.
        if type(value) in (str, int) and name != "prepare_threshold" and "password" not in name
    }
    return " ".join(f"{name}='{value}'" for name, value in quoted.items()), password


def _run(command: list[str], password: str = "") -> None:
    environment = {**os.environ, "PGPASSWORD": password} if password else None
    process = subprocess.run(  # noqa: S603 - no shell, and a program found by its name
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if process.returncode:
        said = one_line(process.stderr.decode(errors="replace")).rstrip(".")
        raise BackupError(f"{said or Path(command[0]).name + ' failed'}.")
