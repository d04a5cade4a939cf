"""Addresses of ours with nothing but ids in them, quickly: a page has up to a hundred."""

from __future__ import annotations

import uuid
from functools import cache

from django.urls import get_script_prefix, reverse


def link(name: str, *keys: uuid.UUID) -> str:
    """What `reverse(name, args=keys)` answers, in a twentieth of its time. Raises NoReverseMatch."""
    return _shape(name, len(keys), get_script_prefix()) % keys


@cache
def _shape(name: str, count: int, prefix: str) -> str:
    """The address with `%s` in place of each id. `prefix`: where the product is served, which reverse goes by."""
    places = [uuid.UUID(int=place) for place in range(count)]
    shape = reverse(name, args=places).replace("%", "%%")
    for place in places:
        shape = shape.replace(str(place), "%s")
    return shape
