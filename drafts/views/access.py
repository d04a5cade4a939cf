"""Loads objects for the current candidate; answers 404 for other people's objects."""

from __future__ import annotations

import uuid
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy

from drafts import services
from drafts.accounts.browser import BROUGHT, bind_guest, signed_in
from drafts.domain.facts import Dialect, Kind
from drafts.models import Candidate, Draft, Interview, Interviewer
from drafts.pages import queries
from drafts.services import Whole
from drafts.translation import zone_label
from drafts.web import limits

T = TypeVar("T")
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


def own_values(request: HttpRequest) -> dict[str, str]:
    """The current user's name, signature and time zone, as initial values of a form; none for a visitor."""
    user = request.user
    if not user.is_authenticated:
        return {}
    zone = zone_label(user.time_zone) if user.time_zone else ""
    return {"full_name": user.full_name, "signature": user.signature, "time_zone": zone}


def or_404(found: T | None) -> T:
    if found is None:
        raise Http404
    return found


def load_interview(request: HttpRequest, interview_id: Any, *, with_companies: bool = False) -> Interview:
    """`with_companies`: for a page with reviews."""
    interview = or_404(queries.interview_of(request.user, interview_id, with_companies=with_companies))
    _sign_anew(request, interview)
    return interview


def _sign_anew(request: HttpRequest, interview: Interview) -> bool:
    """Updates an outdated name or signature in the letters that a page is about to show. Returns whether it did.

    Only for GET and HEAD: a submitted form refers to the text that its page showed.
    """
    if request.method not in ("GET", "HEAD") or not interview.sender_changed:
        return False
    services.update_signatures(interview)
    return True


def load_person(request: HttpRequest, interview_id: Any, interviewer_id: Any) -> Interviewer:
    interview = load_interview(request, interview_id)
    person = or_404(queries.interviewer_of(interview, interviewer_id))
    person.interview = interview
    return person


def load_whole(
    request: HttpRequest, interview_id: Any, interviewer_id: Any, *, is_outside: bool = False
) -> tuple[Whole, Interviewer]:
    """The interview with everything its letters depend on, and one of its panel, or of those outside it."""
    whole = services.read_whole(load_interview(request, interview_id))
    people = whole.outside if is_outside else whole.people
    person = or_404(next((one for one in people if one.id == interviewer_id), None))
    return whole.around(person), person


def load_whole_of(request: HttpRequest, draft_id: Any) -> tuple[Whole, Draft]:
    """The interview with everything that a draft's page shows, with drafts of that kind selected, and the draft."""
    interview = or_404(queries.interview_of_draft(request.user, draft_id))
    _sign_anew(request, interview)
    whole = services.read_whole(interview)
    draft = or_404(next((one for one in whole.all_drafts if one.id == draft_id), None))
    if draft.sent_at and not whole.went_out(draft):
        # Another letter was sent in its place. Not stored: the lists of what to send count people.
        draft.sent_at = None
    return whole.around(draft.interviewer).of_kind(Kind(draft.kind)), draft


def load_draft(request: HttpRequest, draft_id: Any) -> Draft:
    draft = or_404(queries.draft_of(request.user, draft_id))
    if _sign_anew(request, draft.interviewer.interview):
        draft = or_404(queries.draft_of(request.user, draft_id))
    return draft


def letter_asked(request: HttpRequest, interview: Interview) -> Draft | None:
    """The letter of this interview that the URL says to go back to."""
    try:
        asked = uuid.UUID(request.GET.get("letter", ""))
    except ValueError:
        return None
    draft = queries.draft_of(request.user, asked)
    return draft if draft and draft.interviewer.interview_id == interview.pk else None
