"""The last bytes of a backup: a sum over every byte before them, as an empty gzip member that other programs skip.

gzip's own sums are of what a file unpacks to, and some bytes of a gzip file do not change that: the note of the time,
the bits that fill up a block, a reference to one of two places with the same content. Without this sum a backup with
such a byte changed would be taken for whole.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, BinaryIO

_COMMENTED = b"\x1f\x8b\x08\x10" + bytes(5) + b"\xff"  # a gzip header that a comment follows
_NOTHING = b"\0\x03\0" + bytes(8)  # the comment's end; no content, and the sum and size of that


def seal(sha256: Any) -> bytes:
    """What ends a file with this SHA-256 of all bytes before."""
    return _COMMENTED + b"sha256 " + sha256.hexdigest().encode() + _NOTHING


SEAL_BYTES = len(seal(hashlib.sha256()))


@dataclass
class Sealed:
    """Reads a file to its end, and then knows whether the file ends with the sum of the bytes before."""

    file: BinaryIO
    end: bytes = b""
    sha256: Any = field(default_factory=hashlib.sha256)

    def read(self, size: int = -1) -> bytes:
        chunk = self.file.read(size)
        held = self.end + chunk
        self.sha256.update(held[:-SEAL_BYTES])
        self.end = held[-SEAL_BYTES:]
        return chunk

    @property
    def is_whole(self) -> bool:
        return self.end == seal(self.sha256)
