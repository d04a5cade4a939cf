"""A gunicorn worker that slow clients cannot block."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

from drafts.domain import proofread
from drafts.web.uploads import MEGABYTE, MOST_BESIDE_FILES, account_limit

PATIENCE_S = 30  # how long a connection may be idle
COMING_S = 1  # how long a stopping worker waits for the next part of a request
# How often the main thread checks for signals, because gunicorn makes them not interrupt waiting.
SIGNALS_S = 0.5
MOST_CONNECTIONS = 1000
MOST_WAITING = 1024 * MEGABYTE  # bytes of one response


class PatientWorker(Worker):
    """Runs Waitress in a gunicorn process.

    One loop receives requests and sends responses, however slow the client is. A request only occupies one of the
    `threads` from when it was received completely until its response is ready. gunicorn's own threaded worker assigns a
    thread to every connection that has sent a first byte, so a few slow connections use up all of them.

    The main thread proofreads for all other threads. This way the 45 MB that the engine keeps per thread exist once, in
    the thread that loaded it before the fork, and are shared by all workers.
    """

    def run(self) -> None:
        main = MainThread()
        proofread.run_in(main)
        threading.Thread(target=self._serve_then, args=(main.shutdown,), daemon=True).start()
        main.work()

    def _serve_then(self, end: Callable[[], None]) -> None:
        try:
            self._serve()
        finally:
            end()

    def _serve(self) -> None:
        connections: dict[int, Any] = {}
        create_server(
            _without_body_for_head(self.wsgi),
            map=connections,
            sockets=[listener.sock for listener in self.sockets],
            threads=self.cfg.threads,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=PATIENCE_S,
            cleanup_interval=PATIENCE_S // 3,
            # Responses to slow clients wait in files instead of blocking a thread.
            outbuf_high_watermark=MOST_WAITING,
            max_request_body_size=account_limit() * MEGABYTE + MOST_BESIDE_FILES,
            asyncore_use_poll=True,
            # Django's settings say which of them to trust.
            clear_untrusted_proxy_headers=False,
            ident=None,
        )
        while self.alive and self.ppid == os.getppid():
            self._go_round(connections)
        # Stop accepting connections. The server's own close() would also close the trigger that wakes this loop.
        for listener in [one for one in connections.values() if isinstance(one, BaseWSGIServer)]:
            wasyncore.dispatcher.close(listener)
        until = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < until and any(map(_is_busy, connections.values())):
            self._go_round(connections)

    def _go_round(self, connections: dict[int, Any]) -> None:
        self.notify()
        wasyncore.loop(timeout=1, use_poll=True, map=connections, count=1)


class MainThread(Executor):
    """An executor whose tasks run in the thread that called `work`."""

    def __init__(self) -> None:
        self._submitted: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._submitted.put((future, partial(call, *args, **kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._submitted.put(None)

    def work(self) -> None:
        """Runs tasks until `shutdown`."""
        while True:
            try:
                submitted = self._submitted.get(timeout=SIGNALS_S)
            except Empty:
                continue
            if submitted is None:
                return
            future, call = submitted
            try:
                future.set_result(call())
            except Exception as error:
                future.set_exception(error)


def _without_body_for_head(application: Any) -> Any:
    """Wraps the application to answer HEAD without a body, because waitress sends any body it is given."""

    def answer(environ: Any, start_response: Any) -> Any:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if hasattr(body, "close"):
            body.close()
        return []

    return answer


def _is_busy(connection: Any) -> bool:
    """Whether a request was received whose response is not completely sent, or a request has just started to arrive."""
    if not isinstance(connection, HTTPChannel):
        return False
    is_new = connection.last_activity == connection.creation_time
    is_coming = (is_new or connection.request) and time.time() - connection.last_activity < COMING_S
    return bool(connection.requests or connection.total_outbufs_len or is_coming)
