"""alone.py COMMAND...: runs a command of `make` that prepares this folder, after any other one that is running.

Uses only Python's standard library, because it runs before anything is installed.
"""

import fcntl
import os
import sys

# The command inherits the lock, and the system releases it when the command ends for any reason.
lock = os.open(__file__, os.O_RDONLY)
os.set_inheritable(lock, True)
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("Waiting for another make that is preparing things here ...", flush=True)
    fcntl.flock(lock, fcntl.LOCK_EX)
os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - our own command, without a shell
