"""Invalid settings: one line that names the setting, the problem and an example; exit status 2."""

import os
import re
import subprocess
import sys

import pytest

from config.environment import Environment, read
from tests.integration.test_settings import KEY, ROOT

SEVERAL = "sqlite:// or postgresql:// or postgres://"
NO_HOST = "which is not the name of a host (no https://, no port, no path)"
NO_ORIGIN = "which is not https:// and the name of a host, without a path"
NO_URL = "is not a URL: look at its port, and write / ? # @ in a password as %2F %3F %23 %40"
GUESSED = "is easily guessed: it needs 50 characters, 5 different ones at least"
DATABASE = "DATABASE_URL=postgresql://user:password@host:5432/name"
MAIL = "EMAIL_URL=smtp+tls://user:password@host:587"
BUCKET = "is not s3:// and the name of a bucket (keys: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)"
UPLOADS = "UPLOADS_URL=s3://bucket?endpoint=https://storage.example&region=eu-central-1"
MODEL = "MODEL_URL=http://localhost:11434/v1"
SITE = "is not https:// (or http://) and the name of a host, without a path"

# Setting, invalid value, message, example. Values that may contain a password are not quoted.
JUNK = [
    *(
        (name, junk, f"{name}={junk} is neither on nor off", f"{name}={default}")
        for name, default in [
            ("DEBUG", "off"),
            ("HTTPS", "off"),
            ("HSTS_SUBDOMAINS", "off"),
            ("SIGNUP_OPEN", "on"),
            ("ADMIN_ENABLED", "off"),
            ("DATABASE_POOL", "on"),
        ]
        for junk in ("maybe", "2", "-1", "onn")
    ),
    ("GUEST_DAYS", "-3", "GUEST_DAYS=-3 is below 1", "GUEST_DAYS=90"),
    ("GUEST_DAYS", "0", "GUEST_DAYS=0 is below 1", "GUEST_DAYS=90"),
    ("GUEST_DAYS", "ten", "GUEST_DAYS=ten is not a whole number", "GUEST_DAYS=90"),
    ("GUEST_DAYS", "1.5", "GUEST_DAYS=1.5 is not a whole number", "GUEST_DAYS=90"),
    ("GUEST_DAYS", "9" * 20, f"GUEST_DAYS={'9' * 20} is above 3650", "GUEST_DAYS=90"),
    ("GUEST_DAYS", "9" * 5000, f"GUEST_DAYS={'9' * 100} is too large", "GUEST_DAYS=90"),
    ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES=-1 is below 0", "TRUSTED_PROXIES=0"),
    ("TRUSTED_PROXIES", "one", "TRUSTED_PROXIES=one is not a whole number", "TRUSTED_PROXIES=0"),
    ("WORKERS", "0", "WORKERS=0 is below 1", "WORKERS=2"),
    ("WORKERS", "many", "WORKERS=many is not a whole number", "WORKERS=2"),
    ("PORT", "http", "PORT=http is not a whole number", "PORT=8000"),
    ("PORT", "0", "PORT=0 is below 1", "PORT=8000"),
    ("PORT", "70000", "PORT=70000 is above 65535", "PORT=8000"),
    ("HOST", "http://x", "HOST=http://x is not an address of this machine", "HOST=127.0.0.1"),
    ("HOST", "a b", "HOST=a b is not an address of this machine", "HOST=127.0.0.1"),
    (
        "LOG_LEVEL",
        "loud",
        "LOG_LEVEL=loud is not 'DEBUG', 'INFO', 'WARNING', 'ERROR' or 'CRITICAL'",
        "LOG_LEVEL=INFO",
    ),
    ("SECRET_KEY", "short", f"SECRET_KEY {GUESSED}", "SECRET_KEY=$(python3 -c "),
    ("SECRET_KEY", "ab" * 40, f"SECRET_KEY {GUESSED}", "SECRET_KEY=$(python3 -c "),
    ("DATABASE_URL", "junk", f"DATABASE_URL does not begin with {SEVERAL}", DATABASE),
    ("DATABASE_URL", "mysql://u:hidden@h/n", f"DATABASE_URL does not begin with {SEVERAL}", DATABASE),
    ("DATABASE_URL", "postgresql://u:hidden@h:port/n", f"DATABASE_URL {NO_URL}", DATABASE),
    ("DATABASE_URL", "postgresql://u:hid/den@h:1/n", f"DATABASE_URL {NO_URL}", DATABASE),
    ("DATABASE_URL", "postgresql://[::1/n", f"DATABASE_URL {NO_URL}", DATABASE),
    ("DATABASE_URL", "postgresql://h", "DATABASE_URL does not name a database", DATABASE),
    ("DATABASE_URL", "postgresql://h:0/n", "DATABASE_URL has the port 0", DATABASE),
    ("DATABASE_URL", "sqlite://", "DATABASE_URL does not name a database", DATABASE),
    *(
        (
            "DATABASE_URL",
            junk,
            "DATABASE_URL is in memory, where every process would have its own and nothing would be kept",
            DATABASE,
        )
        for junk in ("sqlite://:memory:", "sqlite:///:memory:")
    ),
    (
        "CACHE_URL",
        "memcache://h",
        "CACHE_URL does not begin with redis:// or rediss://",
        "CACHE_URL=redis://host:6379/0",
    ),
    ("CACHE_URL", "valkey://", "CACHE_URL does not name a host", "CACHE_URL=redis://host:6379/0"),
    *(
        ("UPLOADS_URL", junk, f"UPLOADS_URL {BUCKET}", UPLOADS)
        for junk in ("bucket", "https://bucket", "s3://", "s3://key:hidden@bucket", "s3://B_", "s3://b:9/x")
    ),
    *(
        ("UPLOADS_URL", junk, "UPLOADS_URL has an endpoint or a region that is none", UPLOADS)
        for junk in ("s3://bucket?endpoint=", "s3://bucket?endpoint=https://h/path", "s3://bucket?region=a_b")
    ),
    (
        "UPLOADS_URL",
        "s3://bucket?secret=hidden",
        "UPLOADS_URL asks for secret, and can ask for endpoint and region alone",
        UPLOADS,
    ),
    (
        "METRICS_TOKEN",
        "hidden",
        "METRICS_TOKEN is easily guessed: it needs 20 letters and digits at least",
        "METRICS_TOKEN=$(python3 -c ",
    ),
    *(
        ("MODEL_URL", junk, "MODEL_URL does not begin with http:// or https://", MODEL)
        for junk in ("localhost:11434", "ftp://h/v1", "file:///etc/passwd", "unix:///run/model.sock")
    ),
    *(
        ("MODEL_URL", junk, "MODEL_URL is not a valid URL; check its host and port", MODEL)
        for junk in (
            "http://",
            "http:///v1",
            "http://h:port/v1",
            "http://h:0",
            "http://h:99999",
            "http://[::1/v1",
        )
    ),
    *(
        (
            "MODEL_URL",
            junk,
            "MODEL_URL contains a user name or password; put the key in MODEL_KEY instead",
            MODEL,
        )
        for junk in ("https://me:hidden@h/v1", "https://hidden@h/v1")
    ),
    *(
        (
            "MODEL_URL",
            junk,
            "MODEL_URL must end with its path; remove spaces and everything from ? or #",
            MODEL,
        )
        for junk in ("https://h/v1?key=hidden", "https://h/v1#a", "https://h/v 1", "https://h/v1\\x")
    ),
    *(
        (
            "MODEL_URL",
            junk,
            "MODEL_URL is not allowed: it is a link-local or unspecified address, or a cloud's metadata service",
            MODEL,
        )
        for junk in (
            "http://169.254.169.254/latest",
            "http://2852039166/",
            "http://0xa9fea9fe",
            "http://0.0.0.0:11434/v1",
            "http://0:11434",
            "http://[::]:11434",
            "http://[fe80::1]:11434",
            "http://[::ffff:169.254.169.254]",
            "http://[64:ff9b::a9fe:a9fe]",
            "http://[fd00:ec2::254]",
            "http://100.100.100.200",
            "http://metadata.google.internal/",
        )
    ),
    (
        "MODEL_KEY",
        "two hidden",
        "MODEL_KEY is not a valid key; it may only contain letters, digits and punctuation, without spaces",
        "MODEL_KEY=sk-...",
    ),
    (
        "MODEL_NAME",
        "x" * 201,
        f"MODEL_NAME={'x' * 100} is not a valid model name; it must be one line of at most 200 characters",
        "MODEL_NAME=llama3.1",
    ),
    ("MODEL_KIND", "gemini", "MODEL_KIND=gemini is not 'openai' or 'anthropic'", "MODEL_KIND=openai"),
    ("LOG_FORMAT", "xml", "LOG_FORMAT=xml is not 'text' or 'json'", "LOG_FORMAT=text"),
    ("CACHE_URL", "redis://", "CACHE_URL does not name a host", "CACHE_URL=redis://host:6379/0"),
    ("CACHE_URL", "redis://h:x", f"CACHE_URL {NO_URL}", "CACHE_URL=redis://host:6379/0"),
    (
        "EMAIL_URL",
        "mail.example",
        "EMAIL_URL does not begin with "
        "smtp:// or smtps:// or smtp+tls:// or smtp+ssl:// or consolemail:// or dummymail://",
        MAIL,
    ),
    ("EMAIL_URL", "smtp://", "EMAIL_URL does not name a host", MAIL),
    ("EMAIL_URL", "smtp://u:hidden@h:99999", f"EMAIL_URL {NO_URL}", MAIL),
    (
        "MAIL_FROM",
        "nobody",
        "MAIL_FROM=nobody has no mail address",
        "MAIL_FROM=Afterword <afterword@localhost>",
    ),
    *(
        ("SITE_URL", junk, f"SITE_URL={junk} {SITE}", "SITE_URL=https://afterword.example")
        for junk in (
            "afterword.example",
            "ftp://a.example",
            "https://a.example/b",
            "https://u@a.example",
            "https://*.a.example",
            "https://a.example:99999",
            "https://",
        )
    ),
    *(
        (
            "ALLOWED_HOSTS",
            junk,
            f"ALLOWED_HOSTS={junk} has {junk!r}, {NO_HOST}",
            "ALLOWED_HOSTS=localhost,127.0.0.1,[::1]",
        )
        for junk in ("https://a.example", "a.example:80", "a b", "[nine]")
    ),
    *(
        (
            "CSRF_TRUSTED_ORIGINS",
            junk,
            f"CSRF_TRUSTED_ORIGINS={junk} has {junk!r}, {NO_ORIGIN}",
            "CSRF_TRUSTED_ORIGINS=https://afterword.example",
        )
        for junk in ("a.example", "https://a.example/b", "https://a b")
    ),
    *(
        (
            "ADMIN_PATH",
            junk,
            f"ADMIN_PATH={junk} is not a path of letters, digits, - and _",
            "ADMIN_PATH=admin",
        )
        for junk in ("..", "a b", "/", "<x>")
    ),
    ("PG_BIN", "/nowhere", "PG_BIN=/nowhere is not a folder", "PG_BIN=/usr/lib/postgresql/17/bin"),
    ("VAR_DIR", "/dev/null/x", "VAR_DIR=/dev/null/x cannot be used: Not a directory", "VAR_DIR=/"),
]


@pytest.mark.parametrize(("name", "junk", "fault", "example"), JUNK)
def test_an_invalid_setting_gives_one_line(tmp_path, capsys, name, junk, fault, example):
    with pytest.raises(SystemExit) as stopped:
        read({"VAR_DIR": str(tmp_path / "var"), name: junk})
    assert stopped.value.code == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{fault}. Example: {example}")
    assert "hidden" not in line
    assert not (tmp_path / "var").exists()


def test_each_of_several_faults_has_its_line(capsys):
    with pytest.raises(SystemExit):
        read({"DEBUG": "maybe", "GUEST_DAYS": "0"})
    assert [line.split("=")[0] for line in capsys.readouterr().err.splitlines()] == ["GUEST_DAYS", "DEBUG"]


@pytest.mark.parametrize("more", [{"HTTPS": "on"}, {"HOST": "0.0.0.0"}])  # noqa: S104 - not bound to
def test_mail_of_a_site_for_others_needs_its_address(capsys, tmp_path, more):
    given = {"VAR_DIR": str(tmp_path), "EMAIL_URL": "smtp://mail.example", **more}
    with pytest.raises(SystemExit):
        read(given)
    assert capsys.readouterr().err == (
        "SITE_URL is not set, and the links in mails need it. Example: SITE_URL=https://afterword.example\n"
    )
    assert read({**given, "SITE_URL": "https://a.example"}).site == "https://a.example"


def test_examples_are_no_junk(tmp_path):
    for name, field in Environment.model_fields.items():
        for example in field.examples or []:
            if name not in ("SECRET_KEY", "PG_BIN", "METRICS_TOKEN"):
                given = {"VAR_DIR": str(tmp_path), "SECRET_KEY": KEY, "MODEL_NAME": "llama3.1", name: example}
                assert read(given)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:11434/v1",
        "http://192.168.1.20:8080",
        "http://10.0.0.7/v1",
        "http://[::1]:8000/v1",
        "http://[fd12:3456::1]/v1",
        "http://ollama:11434/v1",
        "http://llm_box.lan/v1/",
        "https://api.anthropic.com",
    ],
)
def test_a_model_may_be_anywhere_in_the_operators_network(tmp_path, url):
    given = {"VAR_DIR": str(tmp_path), "SECRET_KEY": KEY, "MODEL_URL": url, "MODEL_NAME": "m"}
    taken = read(given).MODEL_URL
    assert taken == url.rstrip("/")


def test_a_model_needs_its_name(capsys, tmp_path):
    with pytest.raises(SystemExit):
        read({"VAR_DIR": str(tmp_path), "MODEL_URL": "http://localhost:11434/v1"})
    assert capsys.readouterr().err == (
        "MODEL_NAME is not set, and MODEL_URL needs it. Example: MODEL_NAME=llama3.1\n"
    )


def test_a_model_needs_its_packages(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("config.model_address.find_spec", lambda name: None)
    with pytest.raises(SystemExit):
        read({"VAR_DIR": str(tmp_path), "MODEL_URL": "http://localhost:11434/v1", "MODEL_NAME": "m"})
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("MODEL_URL needs packages that are not installed. Example: ")
    assert "requirements/model.txt" in line


def run(folder, command, **environment):
    return subprocess.run(  # noqa: S603 - our own command
        command,
        cwd=ROOT,
        env={
            "PATH": f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}",
            "ENV_FILE": os.devnull,
            "VAR_DIR": str(folder / "var"),
            "STATIC_ROOT": str(folder),
            # Where opening the database fails: no second of waiting.
            "PGCONNECT_TIMEOUT": "2",
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


MANAGE = [sys.executable, "manage.py"]
COMMANDS = {
    "migrate": [*MANAGE, "migrate"],
    "tidy": [*MANAGE, "tidy"],
    "housekeep": [*MANAGE, "housekeep"],
    "seed_demo": [*MANAGE, "seed_demo"],
    "gunicorn": [sys.executable, "-m", "gunicorn", "--config", "config/serving.py"],
    "gunicorn by name": [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "config/serving.py",
        "config.wsgi:application",
        "--bind",
        "127.0.0.1:0",
    ],
    "make run": ["sh", "config/make/run.sh"],
}


def check_one_line(process, begins):
    assert process.returncode == 2, process.stderr
    (line,) = [line for line in process.stderr.splitlines() if not re.match(r"\[\d{4}-", line)]
    assert line.startswith(begins)
    assert "Example: " in line


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_way_in_says_which_setting_is_junk(tmp_path, command):
    check_one_line(run(tmp_path, command, GUEST_DAYS="-1"), "GUEST_DAYS=-1 is below 1. ")


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_way_in_says_that_the_database_cannot_be_opened(tmp_path, command):
    # It is a folder, not a file.
    process = run(tmp_path, command, DATABASE_URL=f"sqlite:///{tmp_path}", PORT="8765")
    check_one_line(process, "DATABASE_URL: the database cannot be opened (unable to open database file).")


def test_a_file_that_is_not_a_database_is_rejected(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Rosa, " * 200)
    process = run(tmp_path, COMMANDS["migrate"], DATABASE_URL=f"sqlite:///{tmp_path / 'letter.txt'}")
    check_one_line(process, "DATABASE_URL: the database cannot be opened (file is not a database).")


def test_an_unavailable_database_server_is_named_without_the_password(tmp_path):
    url = "postgresql://maya:hidden@127.0.0.1:1/afterword"
    process = run(tmp_path, COMMANDS["gunicorn by name"], DATABASE_URL=url, SECRET_KEY=KEY)
    check_one_line(process, "DATABASE_URL: the database cannot be opened (connection failed: ")
    assert "hidden" not in process.stderr


@pytest.mark.parametrize(("content", "why"), [("", GUESSED), ("short", GUESSED), (None, "Is a directory")])
def test_an_invalid_stored_key_is_named(tmp_path, content, why):
    key = tmp_path / "var" / "secret_key"
    key.parent.mkdir()
    key.mkdir() if content is None else key.write_text(content)
    process = run(tmp_path, [*MANAGE, "check"])
    check_one_line(process, f"SECRET_KEY is not set, and the one in {key} cannot be used: {why}.")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "cannot be read: No such file or directory"),
        (b"\xff\xfeGUEST_DAYS=7", "is not text in UTF-8"),
        (b"GUEST_DAYS=x", ""),
    ],
)
def test_an_invalid_settings_file_is_named(tmp_path, content, why):
    path = tmp_path / "env"
    if content is not None:
        path.write_bytes(content)
    process = run(tmp_path, [*MANAGE, "check"], ENV_FILE=str(path))
    check_one_line(process, f"ENV_FILE={path} {why}." if why else "GUEST_DAYS=x is not a whole number.")
