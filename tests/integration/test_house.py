"""Conventions of the project that do not belong to a single feature."""

import hashlib
import os
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
    for name in ("run", "s3", "model", "small-model", "dev"):
        text = (ROOT / "requirements" / f"{name}.txt").read_text()
        assert "://" not in text
        for entry in re.split(r"\n(?=\w)", text):
            assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_the_user_model_is_candidate():
    from django.contrib.auth import get_user_model

    assert get_user_model() is Candidate


def test_phrasebook_is_loaded_at_the_start():
    assert phrasebook.cache_info().currsize == 1


def listening(host: str, port: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "config.listening"],
        cwd=ROOT,
        env={**os.environ, "HOST": host, "PORT": str(port)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_run_says_that_a_port_is_taken():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = listening("127.0.0.1", port)
    assert process.returncode == 2
    assert process.stderr.startswith(f"PORT={port} is taken by another program.")
    assert "make run" in process.stderr
    assert listening("127.0.0.1", port).stdout == f"http://127.0.0.1:{port}\n"


def test_makes_that_prepare_things_wait_for_each_other(tmp_path):
    steps = tmp_path / "steps"
    script = f"echo begins >> {steps}; sleep 0.5; echo ends >> {steps}"
    command = [sys.executable, ROOT / "config" / "make" / "alone.py", "sh", "-c", script]
    first = subprocess.Popen(command)  # noqa: S603 - our own interpreter and script
    subprocess.run(command, check=True)  # noqa: S603 - the same
    assert first.wait() == 0
    assert steps.read_text() == "begins\nends\n" * 2


def test_run_says_that_an_address_is_another_machines():
    process = listening("192.0.2.1", 8000)
    assert process.returncode == 2
    assert process.stderr.startswith("HOST=192.0.2.1 is not an address of this machine.")
