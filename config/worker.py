"""The worker of gunicorn that slow clients cannot stop."""

from __future__ import annotations

import os
import time
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

from drafts.uploads import MEGABYTE, MOST_BESIDE_FILES, account_limit

PATIENCE_S = 30  # how long a connection may say nothing
MOST_CONNECTIONS = 1000
MOST_WAITING = 1024 * MEGABYTE  # bytes of one answer


class PatientWorker(Worker):
    """Waitress in a process of gunicorn's.

    One loop receives requests and sends answers, however slowly the other side does its part; a request takes one
    of the `threads` only from when it is complete until its answer is. gunicorn's own threaded worker gives a thread
    to every connection that has sent a first byte, and a few such connections use up all of them.
    """

    def run(self) -> None:
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
            self._serve(connections)
        # No new connections from here on; a server's own close() would also end what wakes this loop.
        for listener in [one for one in connections.values() if isinstance(one, BaseWSGIServer)]:
            wasyncore.dispatcher.close(listener)
        until = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < until and any(map(_is_busy, connections.values())):
            self._serve(connections)

    def _serve(self, connections: dict[int, Any]) -> None:
        self.notify()
        wasyncore.loop(timeout=1, use_poll=True, map=connections, count=1)


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
    """Whether a request was received whole, and not all of its answer is sent."""
    return isinstance(connection, HTTPChannel) and bool(connection.requests or connection.total_outbufs_len)
