"""Interviews: the history, the first step, an interview's page, and deleting it."""

from __future__ import annotations

import uuid
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from drafts import services
from drafts.domain import time_zones
from drafts.errors import Conflict, Gone, OverQuota
from drafts.forms import FirstPersonForm, InterviewForm
from drafts.forms.fields import UuidOrNothing, with_version
from drafts.forms.interview import wall_time
from drafts.forms.panel import suggested_role
from drafts.models import DELETED_KEPT, OUTCOME_CHOICES, Interview
from drafts.pages import company as companies
from drafts.pages import follow_ups, history, plans, queries, reviews, steps
from drafts.pages.versions import or_same, with_changes
from drafts.translation import city_of, zone_label
from drafts.views import autosave
from drafts.views.access import (
    OWN_TIME_GONE,
    check_owner,
    known_sender,
    load_interview,
    or_404,
    own_values,
    signed_in_or_guest,
)
from drafts.views.panel import say_guesses

PER_PAGE = 12


@require_safe
def interview_list(request: HttpRequest) -> HttpResponse:
    q = request.GET.get("q", "").replace("\x00", "")[:200]
    state = request.GET.get("state", "")
    state = state if state in history.STATES else ""
    total = history.count(request.user, q, state)
    page = Paginator(range(total), PER_PAGE).get_page(request.GET.get("page"))
    first = (page.number - 1) * PER_PAGE
    just_deleted = UuidOrNothing().clean(request.GET.get("deleted"))
    rows = history.rows(request.user, first, first + PER_PAGE, q, state)
    context = {
        "page": page,
        "rows": rows,
        "with_rounds": companies.with_rounds(rows),
        "q": q,
        "state": state,
        "outcomes": OUTCOME_CHOICES,
        "total": total,
        "just_deleted": queries.deleted_interview_of(request.user, just_deleted),
        "has_deleted": queries.has_deleted(request.user),
    }
    return render(request, "drafts/interview_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def interview_new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _blank_page(request)
    check_owner(request)
    form, first = InterviewForm(known_sender(request)), FirstPersonForm(request.POST)
    typing = autosave.is_typing(request)
    if not (form.is_valid() & first.is_valid()):
        if typing:
            return autosave.not_yet(form, first)
        return _interview_page(request, form, None, first, status=422)
    candidate = signed_in_or_guest(request)
    try:
        interview = services.create_interview(
            candidate,
            form.cleaned_data,
            full_name=form.cleaned_data["full_name"],
            signature=form.cleaned_data["signature"],
            key=form.cleaned_data["id"],
            version=form.cleaned_data["version"],
            person=_first_person(request, form, first, typing),
            typing=typing,
        )
    except Conflict as conflict:
        return _conflict(request, form, conflict.stored, first)
    except OverQuota as error:
        form.add_error(None, str(error))
        return autosave.not_yet(form) if typing else _interview_page(request, form, None, first, status=422)
    if typing:
        return autosave.stored(interview.version)
    return _after_creating(request, interview, first)


def _blank_page(request: HttpRequest) -> HttpResponse:
    # The page's script puts the new interview's id into the URL, so that Back after the first save finds it.
    key = UuidOrNothing().clean(request.GET.get("id"))
    if key and queries.interview_of(request.user, key):
        return redirect("interview_edit", key)
    initial = {"id": key or uuid.uuid4(), **own_values(request), **_of_the_round_before(request)}
    first = FirstPersonForm(initial={"id": uuid.uuid4()})
    return _interview_page(request, InterviewForm(initial=initial), None, first)


def _after_creating(request: HttpRequest, interview: Interview, first: FirstPersonForm) -> HttpResponse:
    _note_future(request, interview)
    if not first.row():
        return redirect("panel_edit", interview.id)
    say_guesses(request, [first])
    if "more_people" in request.POST:
        return redirect(f"{reverse('panel_edit', args=[interview.id])}?add=1")
    return redirect(steps.after_panel(interview, queries.cards(services.read_whole(interview))))


def _of_the_round_before(request: HttpRequest) -> dict[str, Any]:
    """Initial values that the next round shares with the interview whose page led here."""
    key = UuidOrNothing().clean(request.GET.get("after"))
    before = queries.interview_of(request.user, key) if key else None
    if before is None:
        return {}
    same = {name: getattr(before, name) for name in ("company", "position", "field", "team", "country")}
    return {**same, "time_zone": zone_label(before.time_zone)}


def _first_person(
    request: HttpRequest, form: InterviewForm, first: FirstPersonForm, typing: bool
) -> dict[str, Any] | None:
    """The interviewer as a row of the panel. Without JavaScript, this is where a phone screen suggests the role of
    recruiter."""
    row = first.row()
    if typing:
        # Nobody is removed without an explicit request.
        return row
    if row is None:
        return {"id": UuidOrNothing().clean(first["id"].data), "full_name": "", "DELETE": True}
    suggested = suggested_role(form.cleaned_data["stage"])
    if suggested and first["role"].data is None:
        row["role"] = suggested["role"]
        messages.info(
            request,
            _(
                "Phone screens are usually with a recruiter, so we wrote the letter to %(name)s for a recruiter. "
                "If that’s wrong, change their role in the step before."
            )
            % {"name": row["full_name"]},
        )
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def interview_edit(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    interview = load_interview(request, interview_id)
    if request.method != "POST":
        return _interview_page(request, InterviewForm(initial=_initial(interview)), interview)
    form = InterviewForm(known_sender(request), stored=interview)
    typing = autosave.is_typing(request)
    if not form.is_valid():
        return autosave.not_yet(form) if typing else _interview_page(request, form, interview, status=422)
    values = form.cleaned_data
    sender = {"full_name": values["full_name"], "signature": values["signature"]}
    chosen_send_at = interview.chosen_send_at
    try:
        interview = services.update_interview(
            interview, values, **sender, version=values["version"], typing=typing
        )
    except Conflict as conflict:
        return _conflict(request, form, conflict.stored)
    if typing:
        return autosave.stored(interview.version)
    _note_future(request, interview)
    if chosen_send_at and not interview.chosen_send_at:
        messages.info(request, OWN_TIME_GONE)
    if not services.read_whole(interview).people:
        return redirect("panel_edit", interview.id)
    messages.success(request, _("The interview is saved."))
    return redirect("interview_detail", interview.id)


def _initial(interview: Interview) -> dict[str, Any]:
    return {
        **{name: getattr(interview, name) for name in services.INTERVIEW_FIELDS},
        "id": interview.id,
        "version": interview.version,
        "full_name": interview.candidate.full_name,
        "signature": interview.candidate.signature,
        "ended_at": wall_time(interview),
        "time_zone": zone_label(interview.time_zone),
    }


def _note_future(request: HttpRequest, interview: Interview) -> None:
    if interview.ended_at > timezone.now():
        messages.info(
            request,
            _("According to this time, the interview hasn’t ended yet. If that’s what you meant, carry on."),
        )


def _interview_page(
    request: HttpRequest,
    form: InterviewForm,
    interview: Interview | None,
    first: FirstPersonForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    cards = queries.cards(services.read_whole(interview)) if interview else []
    context = {
        "form": form,
        "first": first,
        "interview": interview,
        "steps": steps.steps(interview, cards, "interview"),
        "conflict": None,
        "more_people": "more_people" in request.POST,
        **more,
    }
    return render(request, "drafts/interview_form.html", context, status=status)


def _differences(form: InterviewForm, stored: Interview, first: FirstPersonForm | None) -> dict[Any, Any]:
    """The stored values that differ from the input, by label."""
    now = _initial(stored)
    conflict = {
        form[name].label: with_changes(form.fields[name], now[name], typed)
        for name in (*services.INTERVIEW_FIELDS, "full_name", "signature")
        if now[name] != (typed := form.data.get(name, "").strip().replace("\r\n", "\n"))
    }
    people = ", ".join(person.full_name for person in services.read_whole(stored).people) if first else ""
    if first and people and people != (first["full_name"].data or "").strip():
        conflict[_("Who was there")] = people
    return or_same(conflict)


def _conflict(
    request: HttpRequest, form: InterviewForm, stored: Interview, first: FirstPersonForm | None = None
) -> HttpResponse:
    """The form with the input, and beside it what was saved elsewhere; saving again overwrites that."""
    conflict = _differences(form, stored, first)
    if autosave.is_typing(request):
        return autosave.in_conflict(request, stored.version, conflict=conflict)
    with_version(form, stored.version)
    return _interview_page(request, form, stored, first, status=409, conflict=conflict)


@require_safe
def interview_detail(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    interview = load_interview(request, interview_id, with_companies=True)
    whole = services.read_whole(interview)
    now = timezone.now()
    cards = queries.cards(whole, reviews.readiness(whole, now))
    likeness = reviews.likeness_rows(whole)
    sent = {card.person.id for card in cards if card.state == "sent"}
    context = {
        "interview": interview,
        "likeness": likeness,
        "alike": reviews.alike(likeness, sent),
        "all_differ": not reviews.any_alike(likeness),
        # Naive, so that the template shows the local time there instead of the server's.
        "ended_at": time_zones.wall_clock(interview.ended_at, interview.time_zone),
        "city": city_of(interview.time_zone),
        "cards": cards,
        "next_card": queries.next_card(cards),
        "sent": len(sent),
        "timing": plans.timing(interview, now),
        "planned_words": plans.planned_words(interview, cards),
        "promise": follow_ups.promise(whole, now),
        "after": follow_ups.after(whole, now),
        "outside": follow_ups.outsiders(whole, now),
        "outcomes": OUTCOME_CHOICES,
    }
    return render(request, "drafts/interview_detail.html", context)


@require_safe
def company(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    """All rounds at the company of this interview."""
    interview = load_interview(request, interview_id)
    context = {"interview": interview, "rounds": companies.rounds(interview)}
    return render(request, "drafts/company.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def interview_delete(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    if request.method != "POST":
        interview = load_interview(request, interview_id)
        context = {"interview": interview, "counts": queries.counts(interview)}
        return render(request, "drafts/interview_confirm_delete.html", context)
    # If it is already deleted, by a double click or in another tab, that is fine.
    deleted = queries.deleted_interview_of(request.user, interview_id)
    interview = deleted or load_interview(request, interview_id)
    services.delete_interview(interview)
    return redirect(f"{reverse('interview_list')}?deleted={interview.id}")


@require_safe
def interview_deleted(request: HttpRequest) -> HttpResponse:
    """Lists what was deleted in the last days and can still be restored."""
    rows = [
        (interview, interview.deleted_at + DELETED_KEPT)
        for interview in queries.deleted_interviews(request.user)
        if interview.deleted_at
    ]
    return render(request, "drafts/interview_deleted.html", {"rows": rows, "days": DELETED_KEPT.days})


@require_POST
def interview_bring_back(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    interview = or_404(queries.deleted_interview_of(request.user, interview_id))
    services.bring_back_interview(interview)
    messages.success(request, _("The interview was restored, with everything in it."))
    return redirect("interview_detail", interview.id)


@require_POST
def interview_forget(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    """Deletes for good before the days are over."""
    interview = or_404(queries.deleted_interview_of(request.user, interview_id))
    name = str(interview)
    with suppress(Gone):  # already done in another tab
        services.purge_interview(interview)
    messages.success(request, _("Deleted for good: %(name)s.") % {"name": name})
    return redirect("interview_deleted")
