"""Who asks; and loading for one candidate: what is not theirs does not exist for them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import login
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy

from drafts import limits, queries, services
from drafts.accounts import GUEST_BACKEND
from drafts.domain.facts import Dialect
from drafts.models import Draft, Interview, Interviewer

OWN_TIME_GONE = gettext_lazy(
    "Your own time to send was before the interview’s new end, so the recommendation counts again."
)

DIALECTS = {
    "en-us": Dialect.AMERICAN,
    "en-gb": Dialect.BRITISH,
    "en-ie": Dialect.BRITISH,
    "en-za": Dialect.BRITISH,
    "en-au": Dialect.AUSTRALIAN,
    "en-nz": Dialect.AUSTRALIAN,
    "en-ca": Dialect.CANADIAN,
    "en-in": Dialect.INDIAN,
}


def become_guest(request: HttpRequest) -> None:
    """Binds a new guest to this browser's session.

    Signing in renews the token against forged requests. A guest gains no rights by it, and pages opened
    before (Back, a second tab) must still be able to save: so the token stays. Raises TooOften.
    """
    limits.spend(request, "guest")
    token = request.META.get("CSRF_COOKIE")
    login(request, services.create_guest(dialect_of(request)), backend=GUEST_BACKEND)
    request.META["CSRF_COOKIE"] = token


def dialect_of(request: HttpRequest) -> Dialect:
    """The English of the browser's languages, in the order preferred; American where none says which."""
    for language in request.headers.get("Accept-Language", "").lower().replace(" ", "").split(","):
        tag = language.partition(";")[0]
        if tag in DIALECTS:
            return DIALECTS[tag]
    return Dialect.AMERICAN


def known_sender(request: HttpRequest) -> Any:
    """The POST; the name and signature of someone known stand in where the form did not ask for them."""
    data = request.POST.copy()
    if request.user.is_authenticated:
        for name in ("full_name", "signature"):
            if name not in data:
                data[name] = getattr(request.user, name)
    return data


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
