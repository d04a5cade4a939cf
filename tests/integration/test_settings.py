"""The settings as a fresh process sees them, for one environment after another."""

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import Environment

KEY = "a key for these tests alone " * 3
ROOT = Path(__file__).resolve().parent.parent.parent
SHOW = """
import json, django
from django.conf import settings
django.setup()
print(json.dumps({name: getattr(settings, name) for name in dir(settings) if name.isupper()}, default=str))
"""


def start(folder, script=SHOW, **environment):
    """A process with these settings, and nothing else in its environment."""
    return subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ENV_FILE": os.devnull,
            "VAR_DIR": str(folder / "var"),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def read(folder, **environment):
    process = start(folder, **environment)
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


def test_settings_are_safe_without_any_environment(tmp_path):
    settings = read(tmp_path)
    assert settings["DEBUG"] is False
    assert settings["ADMIN_ENABLED"] is False
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings["GUEST_DAYS"] == 90
    assert settings["SESSION_COOKIE_AGE"] == 90 * 24 * 60 * 60
    assert settings["SESSION_ENGINE"] == "drafts.sessions"
    assert settings["SECURE_HSTS_SECONDS"] == 0
    database = settings["DATABASES"]["default"]
    assert database["NAME"] == str(tmp_path / "var" / "afterword.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_settings_keep_one_secret_key_in_a_file_for_its_owner_alone(tmp_path):
    first, second = read(tmp_path), read(tmp_path)
    path = tmp_path / "var" / "secret_key"
    assert first["SECRET_KEY"] == second["SECRET_KEY"] == path.read_text()
    assert len(first["SECRET_KEY"]) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(path.parent) == ["secret_key"]


def test_settings_accept_the_key_that_an_interrupted_restore_left_in_the_second_line(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret_key").write_text(f"{KEY}\n{KEY[::-1]}")
    settings = read(tmp_path)
    assert (settings["SECRET_KEY"], settings["SECRET_KEY_FALLBACKS"]) == (KEY, [KEY[::-1]])


def test_settings_ask_for_a_secret_key_where_machines_may_share_the_work(tmp_path):
    process = start(tmp_path, DATABASE_URL="postgresql://db.example/afterword")
    assert process.returncode == 2
    assert process.stderr.startswith("SECRET_KEY is not set")
    assert not (tmp_path / "var").exists()


def test_settings_for_many_replicas(tmp_path):
    settings = read(
        tmp_path,
        SECRET_KEY=KEY,
        DATABASE_URL="postgresql://me:word@db.example:5433/afterword",
        CACHE_URL="valkey://cache.example:6379/1",
        UPLOADS_URL="s3://letters/files/of/ours/?endpoint=https://s3.example:9000&region=eu-central-1",
        ALLOWED_HOSTS="afterword.example",
        CSRF_TRUSTED_ORIGINS="https://afterword.example",
        HTTPS="on",
        GUEST_DAYS="30",
    )
    database = settings["DATABASES"]["default"]
    assert (database["ENGINE"], database["HOST"], database["PORT"]) == (
        "django.db.backends.postgresql",
        "db.example",
        5433,
    )
    assert settings["DATABASE_POOL"] is True
    for name in ("default", "sessions"):
        assert settings["CACHES"][name]["LOCATION"] == "redis://cache.example:6379/1"
    assert settings["STORAGES"]["default"] == {
        "BACKEND": "config.bucket.Bucket",
        "OPTIONS": {
            "bucket_name": "letters",
            "location": "files/of/ours",
            "endpoint_url": "https://s3.example:9000",
            "region_name": "eu-central-1",
        },
    }
    assert settings["SESSION_ENGINE"] == "django.contrib.sessions.backends.cached_db"
    assert settings["ALLOWED_HOSTS"] == ["afterword.example"]
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://afterword.example"]
    assert settings["SESSION_COOKIE_SECURE"] is settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SECURE_HSTS_SECONDS"] > 0
    assert settings["SESSION_COOKIE_AGE"] == 30 * 24 * 60 * 60


@pytest.mark.parametrize(
    ("host", "allowed"),
    [("192.168.1.7", True), ("0.0.0.0", False)],  # noqa: S104 - compared, not bound to
)
def test_settings_allow_the_host_served_on(tmp_path, host, allowed):
    assert (host in read(tmp_path, HOST=host)["ALLOWED_HOSTS"]) is allowed


def test_what_is_served_everywhere_is_asked_from_inside(tmp_path):
    settings = read(tmp_path, HOST="0.0.0.0", ALLOWED_HOSTS="afterword.example")  # noqa: S104 - not bound to
    assert settings["ALLOWED_HOSTS"] == ["afterword.example", "127.0.0.1"]


@pytest.mark.parametrize(
    ("environment", "site", "more_hosts"),
    [
        ({}, "http://127.0.0.1:8000", []),
        ({"HOST": "192.168.1.7", "PORT": "80"}, "http://192.168.1.7:80", ["192.168.1.7"]),
        ({"HOST": "::1"}, "http://[::1]:8000", []),
        ({"HOST": "0.0.0.0"}, "http://localhost:8000", []),  # noqa: S104 - not bound to
        ({"SITE_URL": "https://a.example/"}, "https://a.example", ["a.example"]),
        ({"SITE_URL": "https://a.example:8443"}, "https://a.example:8443", ["a.example"]),
        ({"HTTPS": "on"}, "http://127.0.0.1:8000", []),
    ],
)
def test_links_in_mails_lead_to_the_site(tmp_path, environment, site, more_hosts):
    settings = read(tmp_path, **environment)
    assert settings["SITE_URL"] == site
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]", *more_hosts]


def test_settings_read_a_file_of_settings(tmp_path):
    (tmp_path / "env").write_text("GUEST_DAYS=7\n")
    assert read(tmp_path, ENV_FILE=str(tmp_path / "env"))["GUEST_DAYS"] == 7


def test_an_empty_setting_counts_as_not_set(tmp_path):
    # As compose.yaml passes on variables that are not set.
    settings = read(tmp_path, EMAIL_URL="", SITE_URL="", GUEST_DAYS=" ", SECRET_KEY="")
    assert (settings["MAIL_WORKS"], settings["GUEST_DAYS"]) == (False, 90)
    assert (tmp_path / "var" / "secret_key").read_text() == settings["SECRET_KEY"]


def test_every_setting_is_documented_in_the_readme():
    text = (ROOT / "README.md").read_text()
    table = text[text.index("| Setting |") : text.index("`docker compose")]
    named = re.findall(
        r"`([A-Z_]+)`", "".join(line.split("|")[1] for line in table.splitlines() if "|" in line)
    )
    assert {*named} == {*Environment.model_fields}


def test_every_page_forbids_what_is_not_our_own(client, db):
    response = client.get("/")
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert policy["frame-ancestors"] == "'none'"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_engines_are_loaded_before_workers_fork_and_left_alone_by_collections(tmp_path):
    script = (
        "import gc; from config import serving; serving.on_reload(None); serving.pre_fork(None, None);"
        "from drafts.domain import proofread; from drafts.domain.notes import parser;"
        "print(proofread._engine.cache_info().currsize, parser._engine.cache_info().currsize);"
        "print(gc.get_freeze_count() > 100_000)"
    )
    process = start(tmp_path, script)
    # A linter and a spelling linter in each of the five dialects; a parser; the number of frozen objects.
    assert (process.returncode, process.stdout) == (0, "6 1\nTrue\n"), process.stderr
