"""The secret key of a single-machine installation: created on first use, and stored in a file that only its owner can
read."""

import os
import secrets
from pathlib import Path


def read_or_create(path: Path) -> str:
    """The key in `path`; the first caller creates it. Workers that start at the same time all get the same one."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            # A hard link is atomic, and never replaces a key that another process has just created.
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
