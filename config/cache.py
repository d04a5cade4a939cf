"""Redis or Valkey, shared by all processes and machines. If it is unavailable, the product works without it."""

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

PATIENCE_S = 1  # for connecting, and for a response
# A session that ended while the cache, which has a copy of it, was unreachable ends everywhere after this long.
COPY_LIVES_S = 300
PAUSE_S = 5  # before an unavailable cache is tried again
# Retry once immediately, because the first attempt may have used a connection that the cache had closed.
OPTIONS = {
    "socket_connect_timeout": PATIENCE_S,
    "socket_timeout": PATIENCE_S,
    "retry": Retry(NoBackoff(), 1),
}
logger = logging.getLogger(__name__)


def _or_fallback(name: str) -> Callable[..., Any]:
    """RedisCache's method of this name, or the fallback cache's method if Redis is unavailable."""

    def method(self: SharedCache, *args: Any, **kwargs: Any) -> Any:
        # Deleted entries must not come back, so deleting is always tried.
        if name == "delete" or not self.is_away():
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except RedisError as error:
                self.note_away(error)
        return getattr(self.meanwhile, name)(*args, **kwargs)

    return method


class SharedCache(RedisCache):
    """While Redis is unavailable, nothing is cached, so results are computed again."""

    meanwhile: BaseCache = DummyCache("", {})
    # Per process, because each thread has its own cache object.
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
        """Whether the cache responds now."""
        try:
            return bool(self._cache.get_client().ping())
        except RedisError:
            return False

    get, set, add = _or_fallback("get"), _or_fallback("set"), _or_fallback("add")
    delete, touch, incr = _or_fallback("delete"), _or_fallback("touch"), _or_fallback("incr")
    get_many, set_many = _or_fallback("get_many"), _or_fallback("set_many")
    delete_many, has_key, clear = (
        _or_fallback("delete_many"),
        _or_fallback("has_key"),
        _or_fallback("clear"),
    )


class CountingCache(SharedCache):
    """While Redis is unavailable, each process counts by itself, so that rate limits neither vanish nor lock everybody
    out."""

    meanwhile = LocMemCache("meanwhile", {"OPTIONS": {"MAX_ENTRIES": 20_000}})


class SessionCache(SharedCache):
    """Copies of sessions; the database has the originals."""

    def set(
        self, key: str, value: Any, timeout: float | None = COPY_LIVES_S, version: int | None = None
    ) -> None:
        super().set(key, value, COPY_LIVES_S if timeout is None else min(timeout, COPY_LIVES_S), version)
