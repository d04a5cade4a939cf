"""The server as it runs: gunicorn with its own settings file, clients that are slow, and the daily housekeeping."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time

import pytest

from bench import slow
from bench.serving import ROOT, close, prepare, serve

DATABASE = "postgres" if os.environ.get("TEST_DATABASE") == "postgres" else "sqlite"
PATIENCE_S = 30


def shell(product, code):
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    return subprocess.check_output(command, cwd=ROOT, env=product.environment, text=True)  # noqa: S603 - ours


@pytest.fixture(scope="module")
def product(tmp_path_factory, static_root):
    """Where a guest's time was over long ago."""
    product = prepare(tmp_path_factory.mktemp("serving"), DATABASE, static_root)
    shell(
        product,
        "import datetime as dt; from drafts.models import Candidate; "
        "Candidate.objects.create_guest('american', dt.date(2020, 1, 1))",
    )
    yield product
    close(product)


@pytest.fixture(scope="module")
def server(product):
    serving = serve(product)
    yield serving
    serving.stop()


@pytest.mark.parametrize("kind", slow.KINDS)
def test_slow_clients_keep_nobody_waiting(server, kind):
    assert slow.slowest(server.port, kind, connections=50) < slow.BAR_S


@pytest.mark.parametrize("path", ["/healthz", "/", "/nowhere/", "/static/nowhere.css"])
def test_head_is_answered_without_a_body(server, path):
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE_S) as connection:
        connection.sendall(f"HEAD {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    headers, _, body = received.partition(b"\r\n\r\n")
    assert headers.startswith(b"HTTP/1.1 ")
    assert body == b""


def test_the_server_tidies_up_by_itself(product, server):
    code = "from drafts.models import Candidate, TidiedDay; print(Candidate.objects.count(), TidiedDay.objects.count())"
    until = time.monotonic() + PATIENCE_S
    while (counts := shell(product, code)) != "0 1\n" and time.monotonic() < until:
        time.sleep(0.5)
    assert counts == "0 1\n"
    assert "failed" not in product.log_text()
