"""How gunicorn serves, by `make run` and in the container: `gunicorn --config config/serving.py`."""

from typing import Any

from config import listening
from config.environment import environment

wsgi_app = "config.wsgi:application"
bind = environment.address
workers = environment.WORKERS
worker_class = "config.worker.PatientWorker"
threads = 4
# Loads the parser and the proofreader once, for all workers.
preload_app = True
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Stops a start that cannot succeed, with one line that says why."""
    from config import database

    database.check()
    # Not where the socket is there already, handed over by systemd or by the gunicorn that this one replaces.
    if server.cfg.bind == [bind] and not server.systemd and not server.master_pid:
        listening.check()


def post_worker_init(worker: Any) -> None:
    from config import housekeeping

    housekeeping.start()
