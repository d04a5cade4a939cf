"""Metrics for Prometheus, if METRICS_TOKEN is set: requests, their duration, and rejected saves.

Labels are our own names (pages, methods, kinds of letters) and status codes, never user data.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, HttpResponseNotFound
from django.views.decorators.http import require_safe

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # where prometheus-client stores the counts of all processes of a server
METHODS = {"GET", "HEAD", "POST", "OPTIONS"}
REFUSED = {409, 413, 422, 429, 503}
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


_LOCK = threading.Lock()  # two threads must not create the same counter


def _counters() -> dict[str, Any]:
    with _LOCK:
        return _create_counters()


@cache
def _create_counters() -> dict[str, Any]:
    from prometheus_client import Counter, Histogram

    labels = ("view", "method", "status")
    return {
        "requests": Counter("afterword_requests", "Requests answered", labels),
        "seconds": Histogram(
            "afterword_request_seconds", "Seconds until the answer began", ("view", "method"), buckets=SECONDS
        ),
        "refused": Counter("afterword_saves_refused", "Forms sent that were refused", ("view", "status")),
        "composed": Counter("afterword_letters_composed", "Letters composed", ("kind",)),
    }


def count(name: str, **labels: str) -> None:
    """Counts one of `name`, a key of `_counters`."""
    if settings.METRICS_TOKEN:
        _counters()[name].labels(**labels).inc()


class MetricsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        # Only pages: unknown URLs must not create labels, and static files and probes are of no interest.
        view = (match and match.view_name) or "other"
        method = request.method if request.method in METHODS else "OTHER"
        status = str(response.status_code)
        count("requests", view=view, method=method, status=status)
        _counters()["seconds"].labels(view=view, method=method).observe(time.perf_counter() - begun)
        if method == "POST" and response.status_code in REFUSED:
            count("refused", view=view, status=status)
        return response


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The metrics of all processes of this server, for requests with the token."""
    if not settings.METRICS_TOKEN:
        return HttpResponseNotFound()
    given = request.headers.get("Authorization", "")
    if not secrets.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        return HttpResponseForbidden()
    from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = REGISTRY
    if FOLDER in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the only untyped call in the package
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def begin() -> None:
    """Creates the folder for the counts, before anything is counted and before the fork."""
    # It exists already if the server is reloading its settings.
    if FOLDER not in os.environ:
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="afterword-metrics-")


def end() -> None:
    if settings.METRICS_TOKEN:
        shutil.rmtree(os.environ[FOLDER], ignore_errors=True)
