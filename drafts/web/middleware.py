"""What holds for every request."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.translation import gettext as _

from drafts.errors import DomainError, Gone, TooOften
from drafts.views import pages
from drafts.web.uploads import is_far_too_large, posted

SENT = re.compile(r"[0-9a-z-]{8,60}")
# Content types of the files that a page loads.
PARTS_OF_PAGES = ("text/css", "text/javascript", "image/", "application/manifest")
Handler = Callable[[HttpRequest], HttpResponse]


class HeadersMiddleware:
    """Headers that Django does not send: what a page may load and ask of the browser, and who may embed it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Content-Security-Policy"] = settings.CONTENT_SECURITY_POLICY
        if not response.get("Content-Type", "").startswith(PARTS_OF_PAGES):
            # Browsers read it with pages only, and it is half as long as a script of ours.
            response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if "immutable" in response.get("Cache-Control", ""):
            # A file that never changes under its name does not need to be revalidated.
            del response["ETag"], response["Last-Modified"]
        return response


class CompressionMiddleware(GZipMiddleware):
    """Sends texts packed, by Django's middleware: with random bytes against BREACH, which tells secrets by lengths.

    Not what is streamed, which arrives piece by piece for a reason, nor what is packed already.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if response.streaming or not response.get("Content-Type", "").startswith(
            ("text/", "application/manifest")
        ):
            return response
        return super().process_response(request, response)


class RequestMiddleware:
    """Takes requests as UTF-8, and turns away what is far larger than any form of ours before a byte is read.

    What is only too large is read all the same (drafts.web.uploads), so that the notes beside the file are kept.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "charset" in (request.content_params or {}):
            # Our forms are sent so; Django takes any codec for a charset, "base64" as well, and then fails.
            request.encoding = "utf-8"
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 302:
            # Tells the page this leads to which form was stored, so that what was kept of it can be forgotten.
            sent = posted(request).get("sent", "")
            if SENT.fullmatch(sent):
                response.set_cookie(f"stored-{sent}", "1", max_age=300, secure=settings.HTTPS, samesite="Lax")
        return response

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        if not is_far_too_large(request):
            return None
        problem = _("That’s too much to send at once. Nothing was saved. Go back and choose a smaller file.")
        return render(request, "drafts/problem.html", {"problem": problem}, status=413)


class DomainErrorMiddleware:
    """An error we foresaw but no view handled becomes a page that says what to do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        if isinstance(error, Gone):
            return pages.not_found(request, error)
        response = pages.problem(request, str(error), 429 if isinstance(error, TooOften) else 409)
        if isinstance(error, TooOften):
            response["Retry-After"] = "120"
        return response
