"""Pages that belong to no interview."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from drafts.uploads import posted

# Where what was typed must not be lost, whatever became of the session. None of these forms has a password.
TYPED_INTO = {
    "draft_edit",
    "conversation_edit",
    "interview_edit",
    "interview_new",
    "panel_edit",
    "settings",
    "invitation_confirm",
}
NOT_TYPED = {"csrfmiddlewaretoken", "owner"}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers as long as the process serves; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here. What somebody tried to save is handed back to them."""
    return _handed_back(request, "404.html", status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Typed as somebody else than who is signed in now, or not allowed at all."""
    return _handed_back(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page had been open for too long, or cookies are off. What was typed is handed back."""
    return _handed_back(request, "403_csrf.html", status=403, is_old=True)


def _handed_back(request: HttpRequest, otherwise: str, status: int, *, is_old: bool = False) -> HttpResponse:
    typed = _typed(request)
    if not typed:
        return render(request, otherwise, status=status)
    return render(request, "drafts/handed_back.html", {"typed": typed, "is_old": is_old}, status=status)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The names and values of a form that was sent to be saved."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name not in TYPED_INTO:
        return []
    fields = [(name, value) for name, values in posted(request).lists() for value in values]
    typed = [(name, value) for name, value in fields if name not in NOT_TYPED]
    return typed if any(len(value) > 2 for name, value in typed) else []
