"""Pages that belong to no interview."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

# Where what was typed must not be lost, whatever became of the session. None of these forms has a password.
TYPED_INTO = {"draft_edit", "conversation_edit", "interview_edit", "interview_new", "panel_edit"}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers as long as the process serves; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here. What somebody without a session tried to save is handed back to them."""
    typed = _typed(request) if not request.user.is_authenticated else []
    return render(request, "drafts/handed_back.html" if typed else "404.html", {"typed": typed}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page had been open for too long, or cookies are off. What was typed is handed back."""
    typed = _typed(request)
    return render(
        request, "drafts/handed_back.html" if typed else "403_csrf.html", {"typed": typed}, status=403
    )


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The names and values of a form that was sent to be saved."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name not in TYPED_INTO:
        return []
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    typed = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    return typed if any(len(value) > 2 for name, value in typed) else []
