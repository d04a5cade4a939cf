"""The last bytes of a backup: a sum over every byte before them, as an empty gzip member that other programs skip.

gzip's own sums are of what a file unpacks to, and some bytes of a gzip file do not change that: the note of the time,
the bits that fill up a block, a reference to one of two places with the same content. Without this sum a backup with
such a byte changed would be taken for whole.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

_COMMENTED = b"\x1f\x8b\x08\x10" + bytes(5) + b"\xff"  # a gzip header that a comment follows
_NOTHING = b"\0\x03\0" + bytes(8)  # the comment's end; no content, and the sum and size of that
_CHUNK_BYTES = 1024 * 1024


def seal(sha256: Any) -> bytes:
    """What ends a file with this SHA-256 of all bytes before."""
    digest: str = sha256.hexdigest()
    return _COMMENTED + b"sha256 " + digest.encode() + _NOTHING


SEAL_BYTES = len(seal(hashlib.sha256()))


def is_sealed(path: Path) -> bool:
    """Whether the file ends with the sum of the bytes before."""
    sha256, left = hashlib.sha256(), path.stat().st_size - SEAL_BYTES
    with path.open("rb") as file:
        while left > 0 and (chunk := file.read(min(left, _CHUNK_BYTES))):
            sha256.update(chunk)
            left -= len(chunk)
        return file.read() == seal(sha256)
