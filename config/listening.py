"""Checks whether the server can listen on its address: `python -m config.listening` prints the address, or why not."""

import contextlib
import errno
import socket

from config.environment import environment, stop


def fault(host: str, port: int) -> str | None:
    """Why the server cannot listen there, in plain words; None if it can."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with contextlib.closing(socket.socket(family, kind, protocol)) as probe:
            # Like the server, so that a port that was in use a moment ago counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = port % 65535 + 1
            return f"PORT={port} is taken by another program. Choose another one: PORT={other} make run"
        if error.errno == errno.EACCES:
            return f"PORT={port} is reserved for the system. Choose one from 1024 on: PORT=8001 make run"
        return f"HOST={host} is not an address of this machine. To serve this machine alone: HOST=127.0.0.1"
    return None


def check() -> None:
    """Exits with the message, if there is one."""
    if problem := fault(environment.HOST, environment.PORT):
        stop(problem)


if __name__ == "__main__":
    check()
    print(f"http://{environment.address}")
