"""Keeps guests signed in, and keeps pages of signed-in users out of the browser's cache."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from allauth.usersessions.models import UserSession
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from drafts import services
from drafts.accounts.browser import GUEST_COOKIE, bind_guest, set_guest_cookie, waiting_guest
from drafts.models import Candidate
from drafts.translation import ENGLISH

Handler = Callable[[HttpRequest], HttpResponse]


class KeepGuestMiddleware:
    """Renews a guest's session and the time their work is kept, at most once a day.

    Also updates when each signed-in session was last used.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if GUEST_COOKIE in request.COOKIES and not request.user.is_authenticated:
            # The account's session expired, so the guest whose work is in this browser is signed in again.
            guest = waiting_guest(request)
            if guest:
                bind_guest(request, guest)
        response = self.get_response(request)
        # In this order, because a page that did not access the session stays cacheable.
        if request.session.accessed and "_auth_user_id" in request.session:
            # The next person at this computer must find no page in the browser's cache.
            response["Cache-Control"] = "no-store, private"
            today = timezone.now().date().isoformat()
            if request.session.get("kept_on") != today and request.user.is_authenticated:
                # If this fails, the next page tries again; this page should not fail because of it.
                with suppress(DatabaseError):
                    self._count_visit(request, request.user, response)
                    request.session["kept_on"] = today
        return response

    def _count_visit(self, request: HttpRequest, candidate: Candidate, response: HttpResponse) -> None:
        if candidate.is_guest:
            services.keep_guest(candidate)
            set_guest_cookie(response, candidate)
        services.see_language(candidate, get_language() or ENGLISH)
        UserSession.objects.create_from_request(request)
