"""Loading for one candidate; what is not theirs does not exist for them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from drafts import queries
from drafts.models import Draft, Interview, Interviewer


def load_interview(request: HttpRequest, interview_id: Any) -> Interview:
    interview = queries.interview_of(request.user, interview_id)
    if interview is None:
        raise Http404
    return interview


def load_person(request: HttpRequest, interview_id: Any, interviewer_id: Any) -> Interviewer:
    interview = load_interview(request, interview_id)
    person = queries.interviewer_of(interview, interviewer_id)
    if person is None:
        raise Http404
    person.interview = interview
    return person


def load_draft(request: HttpRequest, draft_id: Any) -> Draft:
    draft = queries.draft_of(request.user, draft_id)
    if draft is None:
        raise Http404
    return draft
