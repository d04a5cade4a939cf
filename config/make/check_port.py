"""Says in plain words why the server could not listen at HOST PORT; silent when it can."""

import contextlib
import errno
import socket
import sys


def fault(host: str, port: str) -> str | None:
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return f"PORT={port} is not a port; give a number from 1 to 65535, such as PORT=8001 make run"
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with contextlib.closing(socket.socket(family, kind, protocol)) as probe:
            # As the server does: a port that was in use a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror:
        return f"HOST={host} is not an address of this machine; leave it out to serve this machine alone"
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = int(port) % 65535 + 1
            return f"Port {port} is taken by another program. Choose another one: PORT={other} make run"
        if error.errno == errno.EACCES:
            return f"Port {port} is reserved for the system. Choose one from 1024 on: PORT=8001 make run"
        return f"Cannot listen at {host}:{port}: {error.strerror}"
    return None


if __name__ == "__main__":
    sys.exit(fault(sys.argv[1], sys.argv[2]))
