"""Loads objects for the current candidate; answers 404 for other people's objects."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy

from drafts import services
from drafts.accounts.browser import BROUGHT, bind_guest, signed_in
from drafts.domain.facts import Dialect, Kind
from drafts.models import Candidate, Draft, Interview, Interviewer
from drafts.pages import queries
from drafts.services import Whole
from drafts.web import limits

OWN_TIME_GONE = gettext_lazy(
    "Your own send time was before the interview’s new end, so we’ve gone back to the recommended time."
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


def signed_in_or_guest(request: HttpRequest) -> Candidate:
    """The candidate who is signed in; a visitor becomes a guest first. Raises TooOften."""
    if not request.user.is_authenticated:
        limits.spend(request, "guest")
        bind_guest(request, services.create_guest(dialect_of(request)))
    return signed_in(request)


def check_owner(request: HttpRequest) -> None:
    """Raises PermissionDenied if a form was opened by somebody other than the current user.

    For pages that store something for the current user, because a tab stays open while people sign out and in. Forms
    carry who opened them. A visitor who has become a guest since, or a guest whose work was moved to this account, is
    the same person.
    """
    told = request.headers.get("X-Owner", request.POST.get("owner"))
    if told is None:
        return
    user = request.user
    if told == (str(user.pk) if user.is_authenticated else ""):
        return
    if user.is_authenticated and (user.is_guest if told == "" else told in request.session.get(BROUGHT, [])):
        return
    raise PermissionDenied


def dialect_of(request: HttpRequest) -> Dialect:
    """The dialect of the browser's first preferred language that implies one, else American."""
    for language in request.headers.get("Accept-Language", "").lower().replace(" ", "").split(","):
        tag = language.partition(";")[0]
        if tag in DIALECTS:
            return DIALECTS[tag]
    return Dialect.AMERICAN


def known_sender(request: HttpRequest) -> Any:
    """The POST data, with the candidate's name and signature if the form did not ask for them."""
    data = request.POST.copy()
    if request.user.is_authenticated:
        for name in ("full_name", "signature"):
            if name not in data:
                data[name] = getattr(request.user, name)
    return data


def load_interview(request: HttpRequest, interview_id: Any, *, with_companies: bool = False) -> Interview:
    """`with_companies`: for a page with reviews."""
    interview = queries.interview_of(request.user, interview_id, with_companies=with_companies)
    if interview is None:
        raise Http404
    if _shows_outdated_signature(request, interview):
        services.update_signatures(interview)
    return interview


def _shows_outdated_signature(request: HttpRequest, interview: Interview) -> bool:
    """Whether a page is about to show letters with an outdated name or signature.

    Only for GET and HEAD: a submitted form refers to the text that its page showed.
    """
    return request.method in ("GET", "HEAD") and interview.sender_changed


def load_person(request: HttpRequest, interview_id: Any, interviewer_id: Any) -> Interviewer:
    interview = load_interview(request, interview_id)
    person = queries.interviewer_of(interview, interviewer_id)
    if person is None:
        raise Http404
    person.interview = interview
    return person


def load_whole(
    request: HttpRequest, interview_id: Any, interviewer_id: Any, *, is_outside: bool = False
) -> tuple[Whole, Interviewer]:
    """The interview with everything its letters depend on, and one of its panel, or of those outside it."""
    whole = services.read_whole(load_interview(request, interview_id))
    people = whole.outside if is_outside else whole.people
    person = next((one for one in people if one.id == interviewer_id), None)
    if person is None:
        raise Http404
    return whole.around(person), person


def load_whole_of(request: HttpRequest, draft_id: Any) -> tuple[Whole, Draft]:
    """The interview with everything that a draft's page shows, with drafts of that kind selected, and the draft."""
    interview = queries.interview_of_draft(request.user, draft_id)
    if interview is None:
        raise Http404
    if _shows_outdated_signature(request, interview):
        services.update_signatures(interview)
    whole = services.read_whole(interview)
    draft = next((one for one in whole.all_drafts if one.id == draft_id), None)
    if draft is None:
        raise Http404
    return whole.around(draft.interviewer).of_kind(Kind(draft.kind)), draft


def load_draft(request: HttpRequest, draft_id: Any) -> Draft:
    draft = queries.draft_of(request.user, draft_id)
    if draft and _shows_outdated_signature(request, draft.interviewer.interview):
        services.update_signatures(draft.interviewer.interview)
        draft = queries.draft_of(request.user, draft_id)
    if draft is None:
        raise Http404
    return draft
