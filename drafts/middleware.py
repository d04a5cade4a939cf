"""What holds for every request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from drafts.errors import DomainError, Gone

Handler = Callable[[HttpRequest], HttpResponse]


class KeepGuestMiddleware:
    """Counts the days a guest's work is kept from the last visit: renews the session, once a day at most."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Asked in this order: a page that did not look at the session stays cacheable.
        if request.session.accessed and "_auth_user_id" in request.session:
            today = timezone.now().date().isoformat()
            if request.session.get("kept_on") != today:
                request.session["kept_on"] = today
        return response


class DomainErrorMiddleware:
    """An error we foresaw but no view handled becomes a page that says what to do."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DomainError):
            if isinstance(error, Gone):
                return render(request, "404.html", status=404)
            return render(request, "drafts/problem.html", {"problem": str(error)}, status=409)
        return None
