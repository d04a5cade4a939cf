"""Pages that belong to no interview."""

from __future__ import annotations

from types import ModuleType

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from drafts.domain import proofread
from drafts.domain.notes import parser
from drafts.uploads import posted

# Where what was typed must not be lost, whatever became of the session. None of these forms has a password.
TYPED_INTO = {
    "draft_edit",
    "conversation_edit",
    "conversation_everything",
    "interview_edit",
    "interview_new",
    "panel_edit",
    "settings",
    "invitation_confirm",
}
NOT_TYPED = {"csrfmiddlewaretoken", "owner"}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers as long as the process serves; asks nothing of the database.

    Says as well whether the engines are there, without which letters are still written, but with more questions.
    """
    lines = ["ok", f"parser: {_state_of(parser)}", f"proofreader: {_state_of(proofread)}"]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain")


def _state_of(engine: ModuleType) -> str:
    try:
        return "loaded" if engine.is_available() else "missing"
    except Exception:
        # Whatever an engine fails with, the process serves.
        return "missing"


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
