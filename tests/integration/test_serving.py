"""A running server: gunicorn with its configuration file, slow clients, and housekeeping."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field

import psutil
import pytest

from bench import slow
from bench.serving import ROOT, close, prepare, serve
from config.worker import MainThread
from tests.mail_server import DUE, DUE_ADDRESSES, MailServer
from tests.servers import free_port

DATABASE = "postgres" if os.environ.get("TEST_DATABASE") == "postgres" else "sqlite"
PATIENCE_S = 30


def shell(product, code):
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    return subprocess.check_output(command, cwd=ROOT, env=product.environment, text=True)  # noqa: S603 - ours


@pytest.fixture(scope="module")
def mail_server():
    server = MailServer(free_port()).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def product(tmp_path_factory, static_root, mail_server):
    """An installation with a guest whose time is over, and reminders that are due."""
    product = prepare(tmp_path_factory.mktemp("serving"), DATABASE, static_root)
    product.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{mail_server.port}"
    shell(product, DUE)
    shell(
        product,
        "import datetime as dt; from drafts.models import Candidate; "
        "Candidate.objects.create_guest('american', dt.date(2020, 1, 1))",
    )
    yield product
    close(product)


@dataclass
class Visitor:
    """Requests one page repeatedly, each time on a new connection, until the final workers are running."""

    port: int
    answers: list[str] = field(default_factory=list)

    def ask(self):
        until = time.monotonic() + PATIENCE_S
        while "proofreader: loaded" not in self.answers[-1:] and time.monotonic() < until:
            with closing(
                http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
            ) as connection:
                try:
                    connection.request("GET", "/healthz")
                    self.answers.append(connection.getresponse().read().decode().splitlines()[-1])
                except (OSError, http.client.HTTPException) as error:
                    self.answers.append(repr(error))


@pytest.fixture(scope="module")
def begun(product):
    """The server, and the responses that visitors got from the first moment on."""
    serving = serve(product)
    visitors = [Visitor(serving.port) for _ in range(3)]
    with ThreadPoolExecutor() as pool:
        list(pool.map(Visitor.ask, visitors))
    yield serving, visitors
    serving.stop()


@pytest.fixture
def server(begun):
    return begun[0]


def test_the_server_answers_before_the_engines_are_loaded_and_loses_nobody_when_they_are(begun):
    _server, visitors = begun
    for visitor in visitors:
        answers = list(dict.fromkeys(visitor.answers))
        assert answers == ["proofreader: loading", "proofreader: loaded"]


def test_the_workers_share_the_engines(server):
    """Otherwise each would have its own copy of most of the memory."""
    workers = psutil.Process(server.process.pid).children()
    until = time.monotonic() + PATIENCE_S
    while len(workers) > 2 and time.monotonic() < until:
        time.sleep(0.1)
        workers = psutil.Process(server.process.pid).children()
    assert len(workers) == 2
    for worker in workers:
        memory = worker.memory_full_info()
        assert memory.uss < memory.rss / 2


@pytest.mark.parametrize("kind", slow.KINDS)
def test_slow_clients_do_not_delay_others(server, kind):
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
    code = (
        "from drafts.models import Candidate, TidiedDay; "
        "print(Candidate.objects.filter(is_guest=True).count(), TidiedDay.objects.count())"
    )
    until = time.monotonic() + PATIENCE_S
    while (counts := shell(product, code)) != "0 1\n" and time.monotonic() < until:
        time.sleep(0.5)
    assert counts == "0 1\n"
    assert "failed" not in product.log_text()


def test_the_server_sends_reminders_by_itself_and_each_once(product, server, mail_server):
    """Each of its processes looks for them when it starts."""
    until = time.monotonic() + PATIENCE_S
    while len(mail_server.inbox.mails) < len(DUE_ADDRESSES) and time.monotonic() < until:
        time.sleep(0.1)
    code = (
        "from drafts.models import ReminderSchedule; print(ReminderSchedule.objects.filter(told=[]).count())"
    )
    assert shell(product, code) == "0\n"
    assert sorted(mail_server.inbox.addresses) == sorted(DUE_ADDRESSES)


def test_submitted_tasks_run_in_the_working_thread():
    main = MainThread()
    answered = []

    def submit():
        answered.append(main.submit(threading.get_ident).result())
        answered.append(main.submit(int, "x").exception().__class__)
        main.shutdown()

    other = threading.Thread(target=submit)
    other.start()
    main.work()
    other.join()
    assert answered == [threading.get_ident(), ValueError]
