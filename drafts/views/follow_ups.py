"""After the letters went out: what happened, and the letters that fit it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from drafts import services
from drafts.domain.facts import Kind, member_of
from drafts.domain.follow_ups import answers_of, starting_answer
from drafts.domain.kinds import letter_kind
from drafts.errors import OverQuota
from drafts.forms.follow_ups import FollowUpForm, OutcomeForm
from drafts.models import Draft, Interview, Interviewer
from drafts.pages import follow_ups
from drafts.services import Whole
from drafts.services.mapping import own_zone
from drafts.translation import cited, written
from drafts.views.access import load_interview, load_whole, or_404


@require_http_methods(["GET", "HEAD", "POST"])
def interview_outcome(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    """What happened, when one was to hear, and notes for oneself."""
    interview = load_interview(request, interview_id)
    if request.method != "POST":
        return _outcome_page(request, interview, OutcomeForm.for_interview(interview))
    form = OutcomeForm(_whole_answer(request, interview), interview=interview)
    if not form.is_valid():
        return _outcome_page(request, interview, form, status=422)
    try:
        stored = services.set_outcome(interview, form.cleaned_data)
    except OverQuota as error:
        form.add_error("notes", str(error))
        return _outcome_page(request, interview, form, status=422)
    has_new_day = stored.decision_expected_on != interview.decision_expected_on
    messages.success(request, _said(stored, has_new_day), extra_tags="after")
    return redirect(f"{interview.get_absolute_url()}#after")


def _whole_answer(request: HttpRequest, interview: Interview) -> dict[str, str]:
    """The form; where the interview's page sent one answer alone, the rest is as it is stored."""
    if "whole" in request.POST:
        return request.POST.dict()
    form = OutcomeForm.for_interview(interview)
    kept = {name: form[name].value() for name in ("decision_expected_on", "notes")}
    if "outcome" not in request.POST:
        kept |= {name: form[name].value() for name in ("outcome", "outcome_on")}
    return {**{name: str(value or "") for name, value in kept.items()}, **request.POST.dict()}


def _said(interview: Interview, has_new_day: bool) -> str:
    day = interview.decision_expected_on
    if has_new_day and day:
        return _("Saved. They said you’d hear by %(day)s.") % {
            "day": written(day, "WEEKDAY_MONTH_DAY_FORMAT")
        }
    return _("Saved.")


def _outcome_page(
    request: HttpRequest, interview: Interview, form: OutcomeForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "interview": interview}
    return render(request, "drafts/interview_outcome.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_edit(
    request: HttpRequest, interview_id: uuid.UUID, interviewer_id: uuid.UUID, kind: str
) -> HttpResponse:
    """The few questions that a letter after the thank-you is written from."""
    known = or_404(member_of(Kind, kind))
    if not known.is_follow_up:
        raise Http404
    whole, person = load_whole(request, interview_id, interviewer_id, is_outside=known.is_outside)
    whole = whole.of_kind(known)
    draft = whole.drafts.get(person.id)
    today = timezone.now().astimezone(own_zone(whole.interview)).date()
    about: dict[str, Any] = {
        "kind": known,
        "panel": whole.panel,
        "index": whole.index(person),
        "today": today,
    }
    if request.method != "POST":
        form = FollowUpForm(**about, initial=_initial(whole, person, draft))
        return _page(request, whole, person, draft, form)
    form = FollowUpForm(request.POST, **about)
    if not form.is_valid():
        return _page(request, whole, person, draft, form, status=422)
    try:
        written = services.save_follow_up(person, whole.kind, answers_of(whole.kind, form.answers()))
    except OverQuota as error:
        form.add_error(None, str(error))
        return _page(request, whole, person, draft, form, status=422)
    return redirect("draft_edit", written.id)


def _initial(whole: Whole, person: Interviewer, draft: Draft | None) -> dict[str, str]:
    if draft:
        return dict(draft.answers)
    index = whole.index(person)
    prompts = letter_kind(whole.kind).prompts
    return {prompt.key: starting_answer(prompt, whole.panel, index) for prompt in prompts}


def back_to(interview: Interview, kind: Kind) -> str:
    """The part of the interview's page that is about letters of this kind."""
    return f"{interview.get_absolute_url()}#{'outside' if kind.is_outside else 'after'}"


def _page(
    request: HttpRequest,
    whole: Whole,
    person: Interviewer,
    draft: Draft | None,
    form: FollowUpForm,
    status: int = 200,
) -> HttpResponse:
    thanks = whole.of_kind(Kind.THANK_YOU).drafts.get(person.id)
    context = {
        "form": form,
        "thanks": thanks if thanks and thanks.sent_at else None,
        "about": letter_kind(whole.kind),
        "citations": cited(letter_kind(whole.kind).source),
        "back": back_to(whole.interview, whole.kind),
        "interview": whole.interview,
        "person": person,
        "draft": draft,
        "is_one_too_many": follow_ups.is_one_too_many(whole, whole.kind, draft, timezone.now()),
    }
    return render(request, "drafts/follow_up_form.html", context, status=status)
