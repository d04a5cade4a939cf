"""Downloads: an interview's letters and contacts, and all sent letters."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from drafts import services
from drafts.pages import outgoing, queries
from drafts.views.access import load_interview


@require_safe
def interview_letters(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    whole = services.read_whole(load_interview(request, interview_id))
    return outgoing.download(*outgoing.interview_zip(whole, timezone.now()))


@require_safe
def interview_contacts(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    whole = services.read_whole(load_interview(request, interview_id))
    return outgoing.download(*outgoing.contacts(whole))


@require_safe
def sent_letters(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        raise Http404
    drafts = queries.sent_drafts(request.user)
    return outgoing.download(*outgoing.sent_letters(request.user, drafts))
