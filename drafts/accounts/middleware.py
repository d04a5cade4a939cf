"""Keeps a guest's work within reach, and the pages of someone known out of the browser's cache."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from allauth.usersessions.models import UserSession
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from drafts import services
from drafts.accounts.browser import GUEST_COOKIE, bind_guest, set_guest_cookie, waiting_guest
from drafts.models import Candidate

Handler = Callable[[HttpRequest], HttpResponse]


class KeepGuestMiddleware:
    """Counts the days a guest's work is kept from the last visit: renews the session, once a day at most.

    At the same pace the list of places where one is signed in learns when each was last used.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if GUEST_COOKIE in request.COOKIES and not request.user.is_authenticated:
            # The account's session ended by itself: the work that waited behind it is in this browser again.
            guest = waiting_guest(request)
            if guest:
                bind_guest(request, guest)
        response = self.get_response(request)
        # Asked in this order: a page that did not look at the session stays cacheable.
        if request.session.accessed and "_auth_user_id" in request.session:
            # Whoever sits at this computer next finds no page in the browser's cache.
            response["Cache-Control"] = "no-store, private"
            today = timezone.now().date().isoformat()
            if request.session.get("kept_on") != today and request.user.is_authenticated:
                # Where it cannot be written down now, the next page does it; this one is not lost for that.
                with suppress(DatabaseError):
                    self._count_visit(request, request.user, response)
                    request.session["kept_on"] = today
        return response

    def _count_visit(self, request: HttpRequest, candidate: Candidate, response: HttpResponse) -> None:
        if candidate.is_guest:
            services.keep_guest(candidate)
            set_guest_cookie(response, candidate)
        UserSession.objects.create_from_request(request)
