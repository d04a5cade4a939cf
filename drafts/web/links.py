"""A faster `reverse` for URLs that contain ids, because a page has up to a hundred links."""

from __future__ import annotations

import uuid
from functools import cache

from django.urls import get_script_prefix, reverse


def link(name: str, *keys: uuid.UUID, kind: str = "") -> str:
    """The result of `reverse(name, args=keys)` in a twentieth of the time; `kind` is the last argument if there is
    one, of which there are few. Raises NoReverseMatch."""
    return _shape(name, len(keys), kind, get_script_prefix()) % keys


@cache
def _shape(name: str, count: int, kind: str, prefix: str) -> str:
    """The URL with `%s` in place of each id. `prefix` is the script prefix, which the result of `reverse` depends
    on."""
    places = [uuid.UUID(int=place) for place in range(count)]
    shape = reverse(name, args=[*places, kind] if kind else places).replace("%", "%%")
    for place in places:
        shape = shape.replace(str(place), "%s")
    return shape
