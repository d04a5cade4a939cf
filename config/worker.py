"""The worker of gunicorn that slow clients cannot stop."""

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

PATIENCE_S = 30  # how long a connection may say nothing
COMING_S = 1  # how long a worker that ends waits for the next part of a request
# How often the main thread looks for signals: gunicorn has them interrupt no waiting.
SIGNALS_S = 0.5
MOST_CONNECTIONS = 1000
MOST_WAITING = 1024 * MEGABYTE  # bytes of one answer


class PatientWorker(Worker):
    """Waitress in a process of gunicorn's.

    One loop receives requests and sends answers, however slowly the other side does its part; a request takes one
    of the `threads` only from when it is complete until its answer is. gunicorn's own threaded worker gives a thread
    to every connection that has sent a first byte, and a few such connections use up all of them.

    The main thread proofreads for all others. What the engine keeps for the thread that loaded it, before the fork,
    is shared by all workers that way; every other thread would have 45 MB of its own.
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
            # Answers wait in files for whoever reads them slowly, not in a thread.
            outbuf_high_watermark=MOST_WAITING,
            max_request_body_size=account_limit() * MEGABYTE + MOST_BESIDE_FILES,
            asyncore_use_poll=True,
            # Django's settings say which of them to believe.
            clear_untrusted_proxy_headers=False,
            ident=None,
        )
        while self.alive and self.ppid == os.getppid():
            self._go_round(connections)
        # No new connections from here on; a server's own close() would also end what wakes this loop.
        for listener in [one for one in connections.values() if isinstance(one, BaseWSGIServer)]:
            wasyncore.dispatcher.close(listener)
        until = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < until and any(map(_is_busy, connections.values())):
            self._go_round(connections)

    def _go_round(self, connections: dict[int, Any]) -> None:
        self.notify()
        wasyncore.loop(timeout=1, use_poll=True, map=connections, count=1)


class MainThread(Executor):
    """Has the thread that called `work` do what other threads submit."""

    def __init__(self) -> None:
        self._submitted: SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None] = SimpleQueue()

    def submit(self, call: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self._submitted.put((future, partial(call, *args, **kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._submitted.put(None)

    def work(self) -> None:
        """Works until `shutdown`."""
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
    """The application, answering HEAD with headers alone: waitress sends whatever body it is given."""

    def answer(environ: Any, start_response: Any) -> Any:
        body = application(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return body
        if hasattr(body, "close"):
            body.close()
        return []

    return answer


def _is_busy(connection: Any) -> bool:
    """Whether a request was received whole, and not all of its answer is sent; or one has just begun to come."""
    if not isinstance(connection, HTTPChannel):
        return False
    is_new = connection.last_activity == connection.creation_time
    is_coming = (is_new or connection.request) and time.time() - connection.last_activity < COMING_S
    return bool(connection.requests or connection.total_outbufs_len or is_coming)
