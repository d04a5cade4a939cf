"""Responses to autosaving, which uses the same URLs and forms as saving with the button.

204: stored; `X-Version` is the new version. 422: a message about the first error. 409: an HTML fragment with what is
stored instead; `X-Version` is its version. 403 and 404: signed out or deleted; the script asks `session` which.
"""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from drafts.accounts.browser import BROUGHT
from drafts.translation import before_message


def is_typing(request: HttpRequest) -> bool:
    return request.headers.get("X-Autosave") == "1"


def stored(version: int) -> HttpResponse:
    response = HttpResponse(status=204)
    response["X-Version"] = str(version)
    return response


def not_yet(*forms: Any) -> HttpResponse:
    """A message about the first error in these forms."""
    return HttpResponse(_first_fault(forms), status=422, content_type="text/plain; charset=utf-8")


def _first_fault(forms: tuple[Any, ...]) -> str:
    for form in forms:
        if not isinstance(form, BaseForm):
            rows = [str(error) for error in form.non_form_errors()]
            found = next(iter(rows), "") or _first_fault(tuple(form.forms))
            if found:
                return found
            continue
        for name, errors in form.errors.items():
            label = form[name].label if name in form.fields else ""
            return f"{label}{before_message(label)}{errors[0]}" if label else str(errors[0])
    return ""


def in_conflict(request: HttpRequest, version: int, **context: Any) -> HttpResponse:
    """What is stored instead, which the page shows above the form; saving again then overwrites it."""
    response = render(
        request, "drafts/_conflict.html", {"conflict": None, "letter": None, **context}, status=409
    )
    response["X-Version"] = str(version)
    return response


@never_cache
@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """The current user and CSRF token, for a page that was open while they changed."""
    owner = str(request.user.pk) if request.user.is_authenticated else ""
    brought = request.session.get(BROUGHT, []) if owner else []
    return JsonResponse({"owner": owner, "brought": brought, "token": get_token(request)})
