"""The start page, by itself: all other views are imported when they are first requested."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from drafts.pages import follow_ups, history, months

RECENT = 5


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    recent = history.rows(request.user, 0, RECENT)
    now = timezone.now()
    listed = follow_ups.start_page(request.user, now) if recent else {"due": None, "today": None}
    # With one interview there is nothing to compare.
    shown = months.last_months(request.user, now) if len(recent) > 1 else []
    return render(request, "drafts/home.html", {"recent": recent, **listed, "months": shown})
