"""Middleware for every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.translation import gettext as _

from drafts.errors import DomainError, Gone, TooOften
from drafts.views import pages
from drafts.web.uploads import is_far_too_large, mark_stored

# Content types of the files that a page loads.
PARTS_OF_PAGES = ("text/css", "text/javascript", "image/", "application/manifest")
Handler = Callable[[HttpRequest], HttpResponse]


class HeadersMiddleware:
    """Security headers that Django does not send: what a page may load, use and be embedded in."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Content-Security-Policy"] = settings.CONTENT_SECURITY_POLICY
        if not response.get("Content-Type", "").startswith(PARTS_OF_PAGES):
            # Browsers only use it for pages, and it is half as long as one of our scripts.
            response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if "immutable" in response.get("Cache-Control", ""):
            # A file that never changes under its name does not need to be revalidated.
            del response["ETag"], response["Last-Modified"]
        return response


class CompressionMiddleware(GZipMiddleware):
    """Compresses text responses with Django's middleware, which adds random bytes against the BREACH attack.

    Skips streamed responses, which must arrive in pieces, and compressed files.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        if response.streaming or not response.get("Content-Type", "").startswith(
            ("text/", "application/manifest")
        ):
            return response
        return super().process_response(request, response)


class RequestMiddleware:
    """Decodes requests as UTF-8, and rejects a request that is far larger than any of our forms before reading it.

    A request that is only somewhat too large is read (drafts.web.uploads), so that notes sent with the file are kept.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "charset" in (request.content_params or {}):
            # Our forms use UTF-8. Django accepts any codec as a charset, even "base64", and then fails.
            request.encoding = "utf-8"
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 302:
            mark_stored(request, response)
        return response

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        if not is_far_too_large(request):
            return None
        problem = _("That’s too much to send at once. Nothing was saved. Go back and choose a smaller file.")
        return render(request, "drafts/problem.html", {"problem": problem}, status=413)


class DomainErrorMiddleware:
    """Turns a DomainError that no view handled into a page that says what to do."""

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
