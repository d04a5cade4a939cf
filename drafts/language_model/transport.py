"""The HTTP transport to a language model: checks addresses, follows no redirects, limits total time and answer size.

HTTP clients apply timeouts to each read, so a slow trickle could take forever. Here every wait is limited to
the time left until one deadline. A host name is resolved once, its addresses are checked, and the connection is made to
a checked address, so that the name cannot resolve to another one in between (DNS rebinding).
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore2
import httpx2

from config import model_address
from drafts.language_model.trouble import ModelError, Trouble

MOST_BYTES = 512 * 1024  # of one answer, as received
# Other headers that client libraries add, such as the operating system, are not sent.
SENT_HEADERS = frozenset(
    {
        *("host", "content-length", "content-type", "accept", "user-agent"),
        *("authorization", "x-api-key", "anthropic-version"),
    }
)
STATUS = {
    401: Trouble.KEY,
    403: Trouble.KEY,
    404: Trouble.NOT_FOUND,
    408: Trouble.SLOW,
    429: Trouble.TOO_MANY,
    504: Trouble.SLOW,
}
USER_AGENT = "Afterword"


class Deadline:
    """A moment `seconds` from now."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until the deadline. Raises ModelError if it has passed."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise ModelError(Trouble.SLOW)
        return left


class Transport(httpx2.BaseTransport):
    """Serves one request. Reads the whole answer; raises ModelError for anything but a success."""

    def __init__(self, deadline: Deadline, *, has_key: bool) -> None:
        self._has_key = has_key
        # The system's certificates, to which operators can add those of their own network.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=ssl.create_default_context(), network_backend=_Backend(deadline)
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        try:
            answer = self._pool.handle_request(self._sent(request))
            body = answer.read()
        except httpcore2.TimeoutException:
            raise ModelError(Trouble.SLOW) from None
        except httpcore2.ConnectError as error:
            raise ModelError(Trouble.UNREACHABLE, type(error.__cause__ or error).__name__) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise ModelError(Trouble.BROKEN, type(error).__name__) from None
        headers = httpx2.Headers(answer.headers)
        _check(answer.status, headers, body)
        return httpx2.Response(answer.status, headers=headers, content=body)

    def _sent(self, request: httpx2.Request) -> httpcore2.Request:
        headers = [
            (name, value)
            for name, value in request.headers.raw
            if name.decode("ascii").lower() in SENT_HEADERS - {"user-agent"}
            and (self._has_key or name.lower() != b"authorization")
        ]
        # No compression: a small answer could decompress to a huge one.
        headers += [(b"User-Agent", USER_AGENT.encode()), (b"Accept-Encoding", b"identity")]
        url = request.url
        return httpcore2.Request(
            request.method,
            httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=headers,
            content=request.read(),
        )

    def close(self) -> None:
        self._pool.close()


def _check(status: int, headers: httpx2.Headers, body: bytes) -> None:
    if 300 <= status < 400:
        raise ModelError(Trouble.REDIRECT, str(status))
    if status != 200:
        trouble = STATUS.get(status, Trouble.SERVER if status >= 500 else Trouble.REFUSED)
        raise ModelError(trouble, str(status))
    if headers.get("content-encoding", "identity") != "identity":
        raise ModelError(Trouble.BROKEN, "compressed")
    if "html" in headers.get("content-type", "") or body.lstrip()[:1] == b"<":
        raise ModelError(Trouble.HTML)


class _Backend(httpcore2.NetworkBackend):
    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            addresses = model_address.resolve(host, port)
            refused = any(map(model_address.is_refused, addresses))
        except (OSError, ValueError):
            raise ModelError(Trouble.UNREACHABLE, "name not resolved") from None
        if refused:
            raise ModelError(Trouble.FORBIDDEN)
        failed: Exception = httpcore2.ConnectError()
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(address, port, timeout=self._deadline.left())
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return _Stream(stream, self._deadline)
        raise failed


class _Stream(httpcore2.NetworkStream):
    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline
        self._read = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._inner.read(max_bytes, timeout=self._deadline.left())
        self._read += len(data)
        if self._read > MOST_BYTES:
            raise ModelError(Trouble.TOO_LONG)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, timeout=self._deadline.left())
        return _Stream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
