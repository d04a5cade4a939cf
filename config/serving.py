"""The gunicorn configuration for `make run` and the container: `gunicorn --config config/serving.py`.

The first workers serve at once, without the parser of notes and the proofreader. Meanwhile the master loads these, and
then forks the final workers, which share them (docs/decisions/0021-shared-by-the-workers.md).
"""

import gc
import os
import signal
from typing import Any

from gunicorn.glogging import Logger

from config import engines, listening, logs, metrics
from config.environment import environment


class ServerLogger(Logger):
    """Formats gunicorn's own log lines as JSON if all others are."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        if environment.LOG_FORMAT == "json":
            for handler in self.error_log.handlers:
                handler.setFormatter(logs.JsonFormatter())


# As recommended in Python's documentation of gc.freeze(): a collection in a worker would write to all shared memory.
# It also speeds up the start, because collections find nothing while modules are imported.
gc.disable()

logger_class = ServerLogger

wsgi_app = "config.wsgi:application"
bind = environment.address
workers = environment.WORKERS
worker_class = "config.worker.PatientWorker"
threads = 4
# Loads the pages' code once, for all workers.
preload_app = True
control_socket_disable = True
if environment.METRICS_TOKEN:
    metrics.begin()


def on_starting(server: Any) -> None:
    """Exits with a one-line message if the start cannot succeed."""
    from config import database

    database.check()
    # Not if the socket was passed on by systemd or by the gunicorn that this one replaces.
    if server.cfg.bind == [bind] and not server.systemd and not server.master_pid:
        listening.check()


def when_ready(server: Any) -> None:
    """Replaces the first workers by ones that share the engines."""
    engines.are_awaited = True
    os.kill(os.getpid(), signal.SIGHUP)


def on_reload(server: Any) -> None:
    gc.unfreeze()
    engines.load()
    engines.are_awaited = False


def pre_fork(server: Any, worker: Any) -> None:
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    gc.enable()


def post_worker_init(worker: Any) -> None:
    from config import database, housekeeping

    database.use_pool(worker.cfg.threads)
    housekeeping.start()


def on_exit(server: Any) -> None:
    # Not if a newer gunicorn has taken over and continues counting.
    if not server.reexec_pid:
        metrics.end()
