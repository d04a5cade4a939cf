"""Error pages, which give unsaved input back."""

from __future__ import annotations

import errno
import sys
from contextlib import suppress
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from config.request_ids import request_id
from drafts.web.uploads import posted

# Pages whose input must not be lost, whatever happened to the session. None of their forms has a password.
TYPED_INTO = {
    "check",
    "draft_edit",
    "draft_rewording",
    "conversation_edit",
    "conversation_everything",
    "interview_edit",
    "interview_new",
    "panel_edit",
    "settings",
    "invitation_confirm",
    "invitation_read",
    "interview_sending",
    "interview_outcome",
    "follow_up_edit",
    "outside_new",
    "outside_edit",
    "thanks_new",
}
NOT_TYPED = {"csrfmiddlewaretoken", "owner"}
# Errors of a full or failing disk.
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not found. Input that was being saved is given back."""
    return _give_input_back(request, "404.html", status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Opened by somebody other than the current user, or not allowed at all."""
    return _give_input_back(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open for too long, or cookies are off. Input is given back."""
    return _give_input_back(request, "403_csrf.html", status=403, is_old=True)


def problem(request: HttpRequest, words: str, status: int) -> HttpResponse:
    """Refused, with a message that says what to do."""
    return _give_input_back(request, "drafts/problem.html", status=status, problem=words)


def broken(request: HttpRequest) -> HttpResponse:
    """The database or the disk is unavailable, or there is a bug. Uses neither the database nor the session."""
    error = sys.exc_info()[1]
    is_away = isinstance(error, OperationalError | InterfaceError) or (
        isinstance(error, OSError) and error.errno in FULL
    )
    status = 503 if is_away else 500
    if request.resolver_match is None:
        # It failed before the URL was resolved.
        with suppress(Resolver404):
            request.resolver_match = resolve(request.path_info)
    context = {
        "typed": _typed(request),
        "has_files": bool(posted(request) and request.FILES),
        "address": request.get_full_path(),
        "csrf_token": get_token(request),
        "request_id": request_id.get(),
    }
    response = HttpResponse(render_to_string(f"{status}.html", context), status=status)
    response["Cache-Control"] = "no-store, private"
    if is_away:
        response["Retry-After"] = "30"
    return response


def _give_input_back(request: HttpRequest, otherwise: str, status: int, **context: Any) -> HttpResponse:
    typed = _typed(request)
    context |= {"typed": typed, "address": request.get_full_path()}
    return render(request, "drafts/handed_back.html" if typed else otherwise, context, status=status)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The names and values of a submitted form."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name not in TYPED_INTO:
        return []
    fields = [(name, value) for name, values in posted(request).lists() for value in values]
    typed = [(name, value) for name, value in fields if name not in NOT_TYPED]
    return typed if any(len(value) > 2 for name, value in typed) else []
