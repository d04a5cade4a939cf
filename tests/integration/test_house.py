"""Promises of the design that no single feature keeps."""

import hashlib
import re
import socket
import subprocess
import sys
from pathlib import Path

from django.contrib.staticfiles import finders

from drafts.domain.phrasebook import phrasebook
from drafts.models import Candidate

ROOT = Path(__file__).resolve().parent.parent.parent
BOOTSTRAP = "d85327d99c7a3ee1f9b5d0500d1370acea3ad2db39c163c2f51f232baedbdede"


def test_bootstrap_is_the_upstream_file_byte_for_byte():
    path = finders.find("css/bootstrap.min.css")
    assert hashlib.sha256(Path(path).read_bytes()).hexdigest() == BOOTSTRAP


def test_views_leave_queries_to_the_layers_below():
    offenders = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in (ROOT / "drafts" / "views").rglob("*.py")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\.objects\b", line)
    ]
    assert offenders == []


def test_locked_requirements_name_no_host_and_carry_hashes():
    for name in ("run", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        assert "://" not in text
        for entry in re.split(r"\n(?=\w)", text):
            assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_user_is_ours():
    from django.contrib.auth import get_user_model

    assert get_user_model() is Candidate


def test_phrasebook_is_loaded_at_the_start():
    assert phrasebook.cache_info().currsize == 1


def check_port(host: str, port: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own interpreter and script
        [sys.executable, ROOT / "config" / "make" / "check_port.py", host, str(port)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_run_says_that_a_port_is_taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = check_port("127.0.0.1", port)
    assert process.returncode == 1
    assert process.stderr.startswith(f"Port {port} is taken by another program.")
    assert "make run" in process.stderr
    assert check_port("127.0.0.1", port).returncode == 0


def test_run_says_what_a_port_is():
    assert check_port("127.0.0.1", "http").stderr.startswith("PORT=http is not a port")
    assert check_port("127.0.0.1", 70000).returncode == 1
