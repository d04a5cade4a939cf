"""The start page, by itself: all other views are imported when they are first requested."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from drafts.pages import follow_ups, months


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    recent, shown = months.recent(request.user, now)
    listed = follow_ups.start_page(request.user, now) if recent else {"due": None, "today": None}
    return render(request, "drafts/home.html", {"recent": recent, **listed, "months": shown})
