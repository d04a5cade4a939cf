"""Measures how long `/healthz` takes while slow clients hold connections, on a server of its own.

`python -m bench.slow [--connections 50]`; Exit status 1 if a response took a second or longer. To measure another of
gunicorn's workers: `GUNICORN_CMD_ARGS="--worker-class gthread" python -m bench.slow`.
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from bench.serving import close, prepare, serve

BAR_S = 1.0
PATIENCE_S = 10.0
# What each client sends before it stops; the last one does not read responses either.
HEAD = b"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\n"
KINDS = {
    "silent": b"",
    "half a header": b"GET / HTTP/1.1\r\nHost: local",
    "half a body": HEAD + b"Content-Type: text/plain\r\nContent-Length: 1000\r\n\r\nhalf",
    "unread answers": b"GET /static/css/afterword.css HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20,
}


@contextmanager
def slow_clients(port: int, sent: bytes, connections: int) -> Iterator[None]:
    """Opens connections and sends `sent` on each, and nothing after it."""
    with ExitStack() as stack:
        for _ in range(connections):
            client = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            client.setblocking(False)
            if sent:
                client.send(sent)
        yield


def health_seconds(port: int) -> float:
    """How long `/healthz` takes to respond; PATIENCE_S if there is no response in that time."""
    start = time.perf_counter()
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)) as server:
            server.request("GET", "/healthz")
            server.getresponse().read()
    except TimeoutError:
        return PATIENCE_S
    return time.perf_counter() - start


def slowest(port: int, kind: str, connections: int, asked: int = 10) -> float:
    """The longest of several response times, in seconds."""
    with slow_clients(port, KINDS[kind], connections):
        time.sleep(0.2)
        return max(health_seconds(port) for _ in range(asked))


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--connections", type=int, default=50)
    connections = arguments.parse_args().connections
    is_fine = True
    with tempfile.TemporaryDirectory() as folder:
        product = prepare(Path(folder))
        if "GUNICORN_CMD_ARGS" in os.environ:
            product.environment["GUNICORN_CMD_ARGS"] = os.environ["GUNICORN_CMD_ARGS"]
        try:
            for kind in KINDS:
                # A new server each time, so that one kind of client does not affect the next.
                server = serve(product)
                try:
                    longest = slowest(server.port, kind, connections, asked=3)
                finally:
                    server.kill()
                is_fine &= longest < BAR_S
                print(f"{connections} clients, {kind}: {longest:.3f} s")
        finally:
            close(product)
    return 0 if is_fine else 1


if __name__ == "__main__":
    raise SystemExit(main())
