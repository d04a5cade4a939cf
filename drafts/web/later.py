"""Views that are imported when they are first requested, so that the first page after a start does not wait for
them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

View = Callable[..., HttpResponse]

_loaders: list[Callable[[], View]] = []


def later(name: str, wrap: Callable[[Any], View] | None = None) -> View:
    """The view of this name ("drafts.views.calendar.calendar"), wrapped once it is imported."""

    @cache
    def load() -> View:
        found: View = import_string(name)
        return wrap(found) if wrap else found

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return load()(request, *args, **kwargs)

    _loaders.append(load)
    return view


def load_all() -> None:
    """Imports all of them now. Raises ImportError if a name does not exist."""
    for load in _loaders:
        load()
