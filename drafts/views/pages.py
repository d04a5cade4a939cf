"""Pages that belong to no interview."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers as long as the process serves; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")
