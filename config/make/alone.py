"""alone.py COMMAND...: runs a command of `make` that prepares this folder, after any other that does so by now.

For Python's standard library alone: it runs before anything is installed.
"""

import fcntl
import os
import sys

# The system gives the lock back when the command, which inherits it, has ended in whatever way.
lock = os.open(__file__, os.O_RDONLY)
os.set_inheritable(lock, True)
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("Waiting for another make that is preparing things here ...", flush=True)
    fcntl.flock(lock, fcntl.LOCK_EX)
os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - our own command, without a shell
