"""A server that speaks like a language model's, by a script: what it was asked is kept, what it answers is given."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]


@dataclass
class Reply:
    """`pieces` are sent one after the other, `pause_s` apart. `length` tells another length than theirs."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    pieces: tuple[bytes, ...] = ()
    pause_s: float = 0.0
    length: int | None = None


def openai_reply(text: str | None, reason: str = "stop") -> Reply:
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": reason}
    return Reply(body=json.dumps({"id": "1", "object": "chat.completion", "choices": [choice]}).encode())


def anthropic_reply(text: str, reason: str = "end_turn") -> Reply:
    content = [{"type": "text", "text": text}]
    return Reply(body=json.dumps({"type": "message", "content": content, "stop_reason": reason}).encode())


class ModelServer:
    """Answers with `reply`, or with what `reply` makes of the question."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port = server.server_address[1]
        self.asked: list[Asked] = []
        self.reply: Reply | Callable[[Asked], Reply] = openai_reply("Thank you.")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        return self.reply(asked) if callable(self.reply) else self.reply


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        model = self.server.model  # type: ignore[attr-defined] # set below
        reply = model.answer(
            Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(body))
        )
        self.send_response_only(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        pieces = reply.pieces or (reply.body,)
        self.send_header("Content-Length", str(reply.length or sum(map(len, pieces))))
        self.end_headers()
        self.close_connection = True
        try:
            for piece in pieces:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(reply.pause_s)
        except OSError:
            pass  # whoever asked has gone

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def model_server() -> Iterator[ModelServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.model = ModelServer(server)  # type: ignore[attr-defined] # read by the handler
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.model  # type: ignore[attr-defined] # the same
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
