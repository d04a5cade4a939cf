"""Damaged, incompatible or malicious backups are refused without changing anything."""

import contextlib
import gzip
import hashlib
import io
import json
import os
import sqlite3
import tarfile
import zlib

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from drafts.backups import checking, databases
from drafts.backups.seal import SEAL_BYTES, seal
from tests.integration.test_backup import (
    DATABASE,
    FIRST_KEY,
    OTHER_KEY,
    POSTGRES,
    back_up,
    lose_everything,
    on_postgres,
    on_sqlite,
    read,
    refusal,
    restore,
    stored,
    var,
)

__all__ = ["var"]  # A fixture that pytest looks up by name in this module.

pytestmark = pytest.mark.django_db(transaction=True)
OTHER_DATABASE = "database.sqlite3" if POSTGRES else "database.dump"
OURS = "This is not a backup of Afterword, or it is damaged: "


def sums(content):
    return {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}


def header(name, size=0, **values):
    info = tarfile.TarInfo(name)
    info.size = size
    for field, value in values.items():
        setattr(info, field, value)
    return info


def pack(path, manifest, members):
    """A backup with this manifest and these members as (header, content), even if they do not match."""
    if isinstance(manifest, dict):
        manifest = json.dumps(manifest).encode()
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as tar:
        for info, content in [(header("manifest.json", len(manifest)), manifest), *members]:
            tar.addfile(info, io.BytesIO(content))
    packed = path.read_bytes()
    path.write_bytes(packed + seal(hashlib.sha256(packed)))
    return path


@pytest.fixture
def made(tmp_path):
    return back_up(tmp_path)


@pytest.fixture
def parts(made):
    manifest, members = read(made)
    return made, manifest, members


def add(parts, name, content=b"", listed=True, **values):
    """Adds a member to a backup. Returns why it is refused."""
    path, manifest, members = parts
    if listed:
        manifest["members"][name] = sums(content)
    pack(path, manifest, [*members, (header(name, len(content), **values), content)])
    return refusal(path)


def test_one_packed_otherwise_is_restored(parts):
    before = stored()
    restore(pack(*parts))
    assert stored() == before


def test_a_truncated_backup_is_rejected(made, settings):
    lose_everything(settings)
    whole = made.read_bytes()
    ends = (len(whole) - SEAL_BYTES, len(whole) - 1)
    for place in (0, 1, 10, 100, *range(500, len(whole), len(whole) // 20), *ends):
        made.write_bytes(whole[:place])
        assert refusal(made).startswith(OURS), place


def unpacked(packed):
    try:
        return gzip.decompress(packed)
    except (OSError, EOFError, zlib.error):
        return None


def test_a_flipped_byte_that_does_not_change_the_content_is_rejected(made):
    whole = made.read_bytes()
    content = gzip.decompress(whole)
    changed = (
        (place, whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        for place in range(len(whole))
    )
    alike = [(place, packed) for place, packed in changed if unpacked(packed) == content]
    # Includes gzip's timestamps, and bits that deflate can encode in several ways.
    assert {4, 5, 6, 7} < {place for place, _ in alike} != set(range(4, 10))
    for place, packed in alike:
        made.write_bytes(packed)
        assert refusal(made) == f"{OURS}its bytes are not those that were written.", place


def test_a_backup_of_the_version_before_seals_is_restored(parts):
    before = stored()
    path, manifest, members = parts
    pack(path, manifest | {"version": 1}, members)
    path.write_bytes(path.read_bytes()[:-SEAL_BYTES])
    restore(path)
    assert stored() == before


def test_one_flipped_byte_is_refused(tmp_path, settings):
    # This file makes up most of the backup, so that most steps hit it.
    (settings.MEDIA_ROOT / "noise").write_bytes(os.urandom(100_000))
    made = back_up(tmp_path)
    lose_everything(settings)
    whole = made.read_bytes()
    for place in (0, 2, 200, *range(len(whole) - 80_000, len(whole), 4_000), len(whole) - 5, len(whole) - 1):
        made.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        assert refusal(made).startswith(OURS), place


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 9999, b"garbage", gzip.compress(b""), gzip.compress(b"x" * 9999)],
    ids=["empty", "zeros", "word", "nothing compressed", "text compressed"],
)
def test_garbage_is_rejected(tmp_path, content):
    (tmp_path / "garbage").write_bytes(content)
    assert refusal(tmp_path / "garbage").startswith(OURS)


def test_a_missing_file_or_a_folder_is_rejected(tmp_path):
    assert refusal(tmp_path / "none").startswith("The backup could not be read: ")
    assert refusal(tmp_path).startswith("The backup could not be read: ")


def nested(depth):
    content = []
    for _level in range(depth):
        content = [content]
    return content


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": 3}, "comes from a newer version of Afterword (its format is 3, this one reads up to 2)"),
        ({"version": True}, "its manifest has no version."),
        ({"format": "zip"}, "its manifest is another program's."),
        ({"engine": "oracle"}, "its manifest is incomplete."),
        ({"made_at": "2026-03-03T10:00"}, "its manifest is incomplete."),
        ({"made_at": "0001-01-01T00:00+14:00"}, "its manifest is incomplete."),
        ({"migrations": [["drafts"]]}, "its manifest is incomplete."),
        ({"migrations": [["drafts", nested(900)]]}, "its manifest is incomplete."),
        ({"migrations": [["drafts", "9999_later"]]}, "comes from a newer version of Afterword (its migration drafts"),
        ({"members": []}, "its manifest is incomplete."),
        ({"members": {}}, "there is no database in it."),
        ({"members": {DATABASE: {"sha256": "0" * 64, "size": -1}}}, "its manifest is incomplete."),
        ({"members": {DATABASE: {"sha256": None, "size": 1}}}, "its manifest is incomplete."),
        ({"members": {DATABASE: {"sha256": "0" * 64, "size": 10**15}}}, "takes 1,000,000,000,000,000 bytes"),
    ],
)  # fmt: skip
def test_invalid_manifests(parts, change, said):
    path, manifest, members = parts
    pack(path, manifest | change, members)
    assert said in refusal(path)


@pytest.mark.parametrize("raw", [b"", b"no JSON", b"[" * 100_000, b"\xff", b"3", b"{}", b'{"format": NaN}'])
def test_a_manifest_that_cannot_be_read_is_refused(parts, raw):
    path, _manifest, members = parts
    pack(path, raw, members)
    assert refusal(path).startswith(OURS + "its manifest ")


def test_another_database_engine_is_refused(parts):
    path, manifest, members = parts
    manifest["engine"] = "sqlite" if POSTGRES else "postgresql"
    manifest["members"][OTHER_DATABASE] = manifest["members"].pop(DATABASE)
    for info, _content in members:
        info.name = OTHER_DATABASE if info.name == DATABASE else info.name
    pack(path, manifest, members)
    said = refusal(path)
    assert said.startswith("This backup holds a ")
    assert "DATABASE_URL" in said


@pytest.mark.parametrize(
    "name",
    [
        "uploads/../../evil",
        "uploads/..",
        "/tmp/evil",  # noqa: S108 - not written to
        "uploads//evil",
        "uploads/./evil",
        "evil",
        "uploads",
        "../evil",
        "uploads/a\0b",
        "manifest.json",
        OTHER_DATABASE,
    ],
)
def test_a_member_with_a_path_elsewhere_is_rejected(parts, tmp_path, name):
    assert add(parts, name, b"evil") == f"{OURS}{name.replace(chr(0), '?')} does not belong in it."
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize("name", ["uploads/evil", "uploads/../../evil", "./uploads/evil", DATABASE])
def test_a_member_that_the_manifest_does_not_name_is_refused(parts, tmp_path, name):
    assert add(parts, name, b"evil", listed=False) == f"{OURS}{name} does not belong in it."
    assert not list(tmp_path.rglob("evil"))


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE]
)
def test_a_member_that_is_not_a_file_is_refused(parts, kind):
    said = add(parts, "uploads/evil", type=kind, linkname="/etc/passwd")
    assert said == f"{OURS}uploads/evil is not a plain file."


def test_a_member_in_too_many_folders_is_refused(parts):
    assert add(parts, "uploads/" + "a/" * 1500 + "a", b"").endswith(" lies in too many folders.")


def test_endless_headers_are_rejected(parts):
    path, manifest, members = parts
    # Each header refers to the next one.
    extended = [(header("x", 9, type=tarfile.XHDTYPE), b"9 a=b\n   ")] * 2000
    pack(path, manifest, [*extended, *members])
    assert refusal(path).startswith(OURS)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "too short",
        "two\nlines of enough characters " * 3,
        "\ufffd" * 10,
        "\0" * 50,
        "a" * 60,
        "ab cde\0" * 9,
    ],
)
def test_a_text_that_is_no_key_is_refused(parts, key):
    path, manifest, members = parts
    content = key.encode()
    manifest["members"]["secret_key"] = sums(content)
    members = [(info, kept) for info, kept in members if info.name != "secret_key"]
    pack(path, manifest, [*members, (header("secret_key", len(content)), content)])
    assert refusal(path).startswith(f"{OURS}its secret key is not one. ")


def test_a_file_within_a_file_is_refused(parts):
    path, manifest, members = parts
    for name in ("uploads/a", "uploads/a/b"):
        manifest["members"][name] = sums(b"")
        members.append((header(name), b""))
    pack(path, manifest, members)
    assert refusal(path).startswith("The backup could not be read: ")


def test_a_member_larger_than_the_manifest_says_is_not_unpacked(parts):
    path, manifest, members = parts
    manifest["members"]["uploads/bomb"] = sums(b"small")
    pack(path, manifest, [*members, (header("uploads/bomb", 50_000_000), bytes(50_000_000))])
    assert refusal(path) == f"{OURS}uploads/bomb is not of the size that its manifest says."


def test_no_more_is_unpacked_than_the_manifest_says(parts, monkeypatch):
    path, manifest, members = parts
    looked_at = []
    # In the headers of a member, which are read before the member can be checked.
    members[0][0].pax_headers = {"comment": "x" * 50_000_000}
    pack(path, manifest, members)
    whole = checking._Limited.read

    def counted(self, size):
        chunk = whole(self, size)
        looked_at.append(len(chunk))
        return chunk

    monkeypatch.setattr(checking._Limited, "read", counted)
    assert refusal(path) == f"{OURS}there is more in it than its manifest says."
    assert sum(looked_at) < 5_000_000


def test_another_content_of_the_same_size_is_refused(parts):
    path, manifest, members = parts
    (place,) = [place for place, (info, _) in enumerate(members) if info.name.startswith("uploads/")]
    info, content = members[place]
    members[place] = (info, content.replace(b"A", b"B"))
    pack(path, manifest, members)
    assert refusal(path) == f"{OURS}{info.name} is not what was backed up."


def test_a_missing_member_is_refused(parts):
    path, manifest, members = parts
    pack(path, manifest, members[1:])
    assert refusal(path) == f"{OURS}{members[0][0].name} is missing from it."


def with_database(parts, content):
    path, manifest, members = parts
    manifest["members"][DATABASE] = sums(content)
    members = [
        (header(DATABASE, len(content)), content) if info.name == DATABASE else (info, kept)
        for info, kept in members
    ]
    return pack(path, manifest, members)


def test_a_database_that_is_damaged_is_refused(parts):
    said = refusal(with_database(parts, b"no database" * 999))
    assert ("input file" if POSTGRES else "copy of the database is damaged") in said


@on_sqlite
def test_a_damaged_or_outdated_database_is_rejected(parts, tmp_path):
    (content,) = [content for info, content in parts[2] if info.name == DATABASE]
    broken = bytearray(content)
    broken[4096 * 2 : 4096 * 6] = os.urandom(4096 * 4)
    assert "copy of the database is damaged" in refusal(with_database(parts, bytes(broken)))
    other = tmp_path / "other.sqlite3"
    other.write_bytes(content)
    with contextlib.closing(sqlite3.connect(other)) as database, database:
        database.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('drafts', '9999_x', '')")
    assert "not the one that its manifest speaks of" in refusal(with_database(parts, other.read_bytes()))


@on_sqlite
@pytest.mark.parametrize("change", ["ALTER TABLE drafts_draft DROP COLUMN body", "DROP TABLE drafts_draft"])
def test_a_database_without_what_its_migrations_made_is_refused(parts, tmp_path, change):
    (content,) = [content for info, content in parts[2] if info.name == DATABASE]
    other = tmp_path / "other.sqlite3"
    other.write_bytes(content)
    with contextlib.closing(sqlite3.connect(other)) as database, database:
        database.execute(change)
    said = refusal(with_database(parts, other.read_bytes()))
    assert said.startswith("The backup's copy of the database is incomplete: its table drafts_draft has no ")


@on_postgres
def test_a_dump_without_what_its_migrations_made_is_refused(tmp_path, settings, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE drafts_draft RENAME COLUMN body TO text")
    try:
        with pytest.raises(CommandError, match="its table drafts_draft has no body"):
            back_up(tmp_path)
        with monkeypatch.context() as patched:
            patched.setattr(databases, "check", lambda *_arguments: None)
            made = back_up(tmp_path)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE drafts_draft RENAME COLUMN text TO body")
    lose_everything(settings)
    said = refusal(made)
    assert said == "The backup's copy of the database is incomplete: its table drafts_draft has no body."


def test_a_late_failure_is_rolled_back(made, settings, monkeypatch):
    lose_everything(settings)
    (settings.MEDIA_ROOT / "folder").mkdir()

    def fail(*_arguments):
        assert (settings.VAR_DIR / "secret_key").read_text() == f"{FIRST_KEY}\n{OTHER_KEY}"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(databases, "replace", fail)
    assert refusal(made) == "The backup could not be put in place: No space left on device."
    assert (settings.MEDIA_ROOT / "folder").is_dir()


@contextlib.contextmanager
def database_at(name):
    connections.close_all()
    kept = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(name)
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = kept


@on_sqlite
def test_a_damaged_database_is_set_aside_and_replaced(made, tmp_path):
    before = stored()
    with database_at(tmp_path / "broken.sqlite3"):
        (tmp_path / "broken.sqlite3").write_bytes(b"not a database" * 999)
        with pytest.raises(CommandError, match="not a database"):
            back_up(tmp_path, "more.tar.gz")
        restore(made)
        assert stored() == before
    assert (tmp_path / "broken.sqlite3.broken").read_bytes() == b"not a database" * 999


@on_sqlite
def test_only_a_restore_creates_a_missing_database(made, tmp_path):
    before = stored()
    with database_at(tmp_path / "none.sqlite3"):
        with pytest.raises(CommandError, match=r"There is no database at .* migrate first"):
            back_up(tmp_path, "more.tar.gz")
        assert sorted(tmp_path.glob("none*")) == []
        restore(made)
        assert stored() == before


@on_sqlite
def test_a_database_in_memory_is_refused(made):
    with database_at(":memory:"):
        for command, arguments in (("backup", []), ("restore", [str(made)])):
            with pytest.raises(CommandError, match="kept in memory alone") as caught:
                call_command(command, *arguments)
            assert caught.value.returncode == 2


@on_postgres
def test_a_password_is_not_on_a_command_line(tmp_path, monkeypatch):
    calls = []
    run = databases.subprocess.run

    def recorded(command, **options):
        calls.append((command, options["env"]))
        return run(command, **options)

    monkeypatch.setattr(databases.subprocess, "run", recorded)
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "hush 'hush\\")
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "application_name", "it's \\ quoted")
    connections.close_all()
    restore(back_up(tmp_path))
    connections.close_all()
    (dump, environment), *_checks = calls
    assert environment["PGPASSWORD"] == "hush 'hush\\"
    assert r"application_name='it\'s \\ quoted'" in dump[-1]
    assert not [word for command, _ in calls for word in command if "hush" in word]


@on_postgres
def test_programs_that_are_not_there_are_named(made, tmp_path, settings):
    settings.PG_BIN = tmp_path
    with pytest.raises(CommandError, match=r"pg_dump was not found.* PG_BIN"):
        back_up(tmp_path)
    assert refusal(made).startswith("pg_restore was not found.")


@on_postgres
def test_a_dump_that_ends_half_way_is_refused(parts, settings):
    (content,) = [content for info, content in parts[2] if info.name == DATABASE]
    path = with_database(parts, content[:-2000])
    lose_everything(settings)
    assert refusal(path).startswith("pg_restore: error: ")


@on_postgres
def test_a_dump_that_fails_half_way_changes_nothing(made, settings, monkeypatch):
    lose_everything(settings)
    script = databases._script

    def spoiled(dump):
        path = script(dump)
        path.write_text(f"{path.read_text()}\nSELECT 1/0;\n")
        return path

    monkeypatch.setattr(databases, "_script", spoiled)
    assert "division by zero" in refusal(made)
