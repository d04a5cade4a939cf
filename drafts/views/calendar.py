"""Send times for the candidate's own calendar: a file per interview, and a private feed of all."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import activate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from drafts import services
from drafts.pages import calendars, follow_ups, outgoing, queries
from drafts.translation import language_of
from drafts.views.access import load_interview


@require_safe
def interview_calendar(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    whole = services.read_whole(load_interview(request, interview_id))
    return outgoing.download(*calendars.interview_calendar(whole, queries.cards(whole), _base(request)))


def _base(request: HttpRequest) -> str:
    """The address of this site, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Shows the feed's address; POST creates a new one and revokes the old one."""
    if request.method != "POST":
        return render(request, "drafts/calendar.html", _addresses(request))
    if not request.user.is_authenticated:
        messages.error(
            request, _("Add an interview first. Then you can add its send times to your calendar.")
        )
        return redirect("interview_new")
    had_one = request.user.calendar_token
    services.renew_calendar_token(request.user)
    if had_one:
        messages.success(request, _("You have a new address. The old one no longer works."))
    return redirect("calendar")


def _addresses(request: HttpRequest) -> dict[str, str]:
    token = getattr(request.user, "calendar_token", None)
    if not token:
        return {"feed": "", "webcal": ""}
    feed = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
    return {"feed": feed, "webcal": "webcal://" + feed.partition("://")[2]}


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The feed that calendar programs read. Anyone who knows the address can, without signing in.

    A wrong address does the same work as that of a candidate without interviews, so that timing reveals nothing.
    """
    candidate = queries.candidate_of_calendar(token)
    if candidate is not None:
        activate(language_of(candidate))
    entries = [
        calendars.calendar_entry(interview, cards, _base(request))
        for interview, cards in queries.unsent(candidate, queries.calendar_start())
    ]
    steps = follow_ups.today(candidate, timezone.now()).after
    later = [calendars.follow_up_entry(step, _base(request)) for step in steps]
    content = calendars.calendar_feed(entries, later, _base(request))
    if candidate is None:
        raise Http404
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    return response
