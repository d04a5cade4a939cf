"""The last bytes of a backup: a checksum of all bytes before them, in an empty gzip member that other programs skip.

gzip's own checksums cover the decompressed content, which some bytes of a gzip file do not affect: the timestamp,
padding bits, a back reference to one of two places with the same content. Without this checksum, a backup in which such
a byte was changed would count as intact.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

_COMMENTED = b"\x1f\x8b\x08\x10" + bytes(5) + b"\xff"  # a gzip header with a comment
_NOTHING = b"\0\x03\0" + bytes(8)  # the end of the comment, then empty content with its checksum and size
_CHUNK_BYTES = 1024 * 1024


def seal(sha256: Any) -> bytes:
    """The bytes that end a file with this SHA-256 of all bytes before."""
    digest: str = sha256.hexdigest()
    return _COMMENTED + b"sha256 " + digest.encode() + _NOTHING


SEAL_BYTES = len(seal(hashlib.sha256()))


def is_sealed(path: Path) -> bool:
    """Whether the file ends with a valid checksum of the bytes before it."""
    sha256, left = hashlib.sha256(), path.stat().st_size - SEAL_BYTES
    with path.open("rb") as file:
        while left > 0 and (chunk := file.read(min(left, _CHUNK_BYTES))):
            sha256.update(chunk)
            left -= len(chunk)
        return file.read() == seal(sha256)
