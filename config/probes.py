"""Endpoints for monitoring: whether the server is alive, and whether it can serve."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import ModuleType

from django.core.cache import caches
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe

from config import engines
from config.metrics import metrics
from drafts.domain import proofread
from drafts.domain.notes import parser


class ProbeMiddleware:
    """Answers these URLs for any Host and without a session, because probes address a machine by IP."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = PROBES.get(request.path_info)
        if view is None:
            return self.get_response(request)
        response = view(request)
        response["Content-Length"] = str(len(response.content))
        return response


@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process responds. It checks nothing else, so that it is not restarted because of another service's
    failure."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Responds as long as the process serves; does not use the database.

    Also says whether the engines are available. Without them letters are still composed, but with more questions.
    """
    lines = ["ok", f"parser: {_state_of(parser)}", f"proofreader: {_state_of(proofread)}"]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether requests should be sent here: 200, or 503, with the state of each part in JSON.

    An unavailable cache is reported but does not count: pages work without it, and otherwise all machines would be
    taken out of service at once.
    """
    database, migrations = _database()
    parts = {
        "database": database,
        "migrations": migrations,
        "cache": _cache(),
        "parser": _state_of(parser),
        "proofreader": _state_of(proofread),
    }
    is_ready = not {"away", "missing", "loading"} & {
        state for name, state in parts.items() if name != "cache"
    }
    response = JsonResponse({"ready": is_ready, **parts}, status=200 if is_ready else 503)
    response["Cache-Control"] = "no-store"
    return response


def _state_of(engine: ModuleType) -> str:
    if engines.are_awaited:
        return "loading"
    try:
        return "loaded" if engine.is_available() else "missing"
    except Exception:
        # The process serves even if an engine fails, with any exception.
        return "missing"


def _database() -> tuple[str, str]:
    """The states of the database and of its migrations."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except (DatabaseError, InterfaceError):
        return "away", "missing"
    # A newer version may have applied more migrations: this one keeps serving during a rollout.
    return "there", "missing" if _migrations() - applied.keys() else "applied"


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """All migrations of this version of the product."""
    return frozenset(MigrationLoader(None).graph.nodes)


def _cache() -> str:
    ping = getattr(caches["default"], "ping", None)  # of config.cache
    if ping is None:
        return "in each process"
    return "there" if ping() else "away"


PROBES = {"/healthz": healthz, "/livez": livez, "/readyz": readyz, "/metrics": metrics}
urlpatterns = [path(address[1:], view, name=view.__name__) for address, view in PROBES.items()]
