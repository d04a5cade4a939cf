"""The page behind the link that stops reminders. Anyone with the link may use it, without signing in."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from drafts import services
from drafts.reminders.links import BadLink, OldLink, candidate_of_link

ONE_CLICK = "List-Unsubscribe", "One-Click"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reminders_stop(request: HttpRequest, token: str) -> HttpResponse:
    """A GET changes nothing, because mail programs open links to check them. Stopping twice is not an error.

    A one-click POST (RFC 8058) comes from a mail service, without cookies. The page's button sends the same POST, so
    that it works in a browser without cookies. Any other POST needs our CSRF token.
    """
    try:
        candidate_id = candidate_of_link(token)
    except OldLink:
        problem = _("This link is more than a year old. Use the one in the newest reminder.")
        return _page(request, "", problem, status=410)
    except BadLink:
        problem = _(
            "This link is incomplete, or it isn’t from this site. Copy the whole link from the email."
        )
        return _page(request, "", problem, status=404)
    if request.method != "POST":
        return _page(request, "ask")
    name, value = ONE_CLICK
    stop = _stop if request.POST.getlist(name) == [value] else csrf_protect(_stop)
    return stop(request, candidate_id)


def _stop(request: HttpRequest, candidate_id: uuid.UUID) -> HttpResponse:
    services.stop_reminders(candidate_id)
    return _page(request, "stopped")


def _page(request: HttpRequest, state: str, problem: str = "", status: int = 200) -> HttpResponse:
    response = render(
        request, "drafts/reminders_stop.html", {"state": state, "problem": problem}, status=status
    )
    response["X-Robots-Tag"] = "noindex"
    return response
