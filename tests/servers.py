"""Runs the system's Valkey (or Redis) and Caddy for a test. config/make/servers.sh installs them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

PATIENCE_S = 30
CACHE = shutil.which("valkey-server") or shutil.which("redis-server")
PROXY = shutil.which("caddy")
# The health check detects a stopped machine; until then, refused connections are retried on the other one.
CADDYFILE = """
{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    bind 127.0.0.1
    reverse_proxy {replicas} {{
        lb_policy round_robin
        lb_try_duration 10s
        lb_try_interval 100ms
        fail_duration 1s
        health_uri /livez
        health_interval 500ms
        header_up X-Request-ID {{http.request.uuid}}
        transport http {{
            keepalive off
        }}
    }}
}}
"""


def missing() -> str:
    """Why tests of several machines cannot run here, or "". Under `make test` the servers must be installed."""
    names = [name for name, path in (("Valkey or Redis", CACHE), ("Caddy", PROXY)) if not path]
    if names and os.environ.get("CI_SERVERS") == "1":
        raise RuntimeError(f"{' and '.join(names)} was to be here")
    return f"needs {' and '.join(names)} (config/make/servers.sh)" if names else ""


@dataclass
class Server:
    command: list[str]
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> Server:
        """Starts the server and returns once it listens. Raises RuntimeError with its log if it does not."""
        log = self.folder / "log"
        with log.open("ab") as out:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                self.command,
                cwd=self.folder,
                env={"HOME": str(self.folder), "PATH": os.environ["PATH"]},
                stdout=out,
                stderr=out,
            )
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until and self.process.poll() is None:
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"{self.command[0]} did not start:\n{log.read_text(errors='replace')}")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def cache(folder: Path) -> Server:
    """Starts a cache server that stores nothing on disk."""
    folder.mkdir()
    port = free_port()
    options = {"bind": "127.0.0.1", "port": str(port), "save": "", "appendonly": "no"}
    command = [CACHE or "", *(word for name, value in options.items() for word in (f"--{name}", value))]
    return Server(command, folder, port).start()


def proxy(folder: Path, ports: Sequence[int]) -> Server:
    """Starts a proxy that distributes requests to the servers on these ports of this machine."""
    folder.mkdir()
    port = free_port()
    replicas = " ".join(f"127.0.0.1:{port}" for port in ports)
    (folder / "Caddyfile").write_text(CADDYFILE.format(port=port, replicas=replicas))
    return Server(
        [PROXY or "", "run", "--config", "Caddyfile", "--adapter", "caddyfile"], folder, port
    ).start()
