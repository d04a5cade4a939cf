"""Redis or Valkey, shared by all processes and machines. While it is away the product goes on without it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

PATIENCE_S = 1  # for connecting, and for an answer
# A session that ended while the cache was out of reach with a copy of it ends everywhere after this long.
COPY_LIVES_S = 300
PAUSE_S = 5  # before a cache that was away is asked again
# Once more at once: the first attempt may have met a connection that the cache had closed.
OPTIONS = {
    "socket_connect_timeout": PATIENCE_S,
    "socket_timeout": PATIENCE_S,
    "retry": Retry(NoBackoff(), 1),
}
logger = logging.getLogger(__name__)


def _or_meanwhile(name: str) -> Callable[..., Any]:
    """RedisCache's method of this name, or that of the cache that stands in where Redis is away."""

    def method(self: SharedCache, *args: Any, **kwargs: Any) -> Any:
        # What is deleted must not come back, so deleting is always tried.
        if name == "delete" or not self.is_away():
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except RedisError as error:
                self.note_away(error)
        return getattr(self.meanwhile, name)(*args, **kwargs)

    return method


class SharedCache(RedisCache):
    """Meanwhile nothing is kept; what would be found here is worked out anew."""

    meanwhile: BaseCache = DummyCache("", {})
    # Per process: each thread has a cache object of its own.
    _away_until: ClassVar[float] = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, {**params, "OPTIONS": {**params.get("OPTIONS", {}), **OPTIONS}})

    def is_away(self) -> bool:
        return time.monotonic() < SharedCache._away_until

    def note_away(self, error: RedisError) -> None:
        if not self.is_away():
            logger.warning("The cache of CACHE_URL is away (%s); going on without it", type(error).__name__)
        SharedCache._away_until = time.monotonic() + PAUSE_S

    def ping(self) -> bool:
        """Whether the cache answers now."""
        try:
            return bool(self._cache.get_client().ping())
        except RedisError:
            return False

    get, set, add = _or_meanwhile("get"), _or_meanwhile("set"), _or_meanwhile("add")
    delete, touch, incr = _or_meanwhile("delete"), _or_meanwhile("touch"), _or_meanwhile("incr")
    get_many, set_many = _or_meanwhile("get_many"), _or_meanwhile("set_many")
    delete_many, has_key, clear = (
        _or_meanwhile("delete_many"),
        _or_meanwhile("has_key"),
        _or_meanwhile("clear"),
    )


class CountingCache(SharedCache):
    """Meanwhile each process counts for itself: rate limits neither vanish nor lock everybody out."""

    meanwhile = LocMemCache("meanwhile", {"OPTIONS": {"MAX_ENTRIES": 20_000}})


class SessionCache(SharedCache):
    """Copies of sessions, whose home is the database."""

    def set(self, key: str, value: Any, timeout: float = COPY_LIVES_S, version: int | None = None) -> None:
        super().set(key, value, min(timeout, COPY_LIVES_S), version)
