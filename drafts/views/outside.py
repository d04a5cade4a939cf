"""Pages to thank people outside the panel: who they are and what for."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from drafts import services
from drafts.domain.facts import Kind
from drafts.errors import OverQuota, TooManyPeople
from drafts.forms.outside import HelpedWithForm, OutsiderForm, ThanksForm
from drafts.models import Interview, Interviewer
from drafts.pages import history
from drafts.views.access import (
    check_owner,
    known_sender,
    load_interview,
    load_whole,
    own_values,
    signed_in_or_guest,
)
from drafts.views.follow_ups import back_to

MOST_CHOICES = 5  # of interviews to choose from


@require_http_methods(["GET", "HEAD", "POST"])
def thanks_new(request: HttpRequest) -> HttpResponse:
    """For help before there was an interview. Also links to the latest interviews."""
    if request.method != "POST":
        about = HelpedWithForm(initial={"id": uuid.uuid4(), **own_values(request)})
        return _new_page(request, ThanksForm(initial={"id": uuid.uuid4()}), about)
    check_owner(request)
    form, about = ThanksForm(request.POST), HelpedWithForm(known_sender(request))
    if not (form.is_valid() & about.is_valid()):
        return _new_page(request, form, about, status=422)
    candidate = signed_in_or_guest(request)
    try:
        person = services.thank_somebody(
            candidate,
            {name: about.cleaned_data[name] for name in ("company", "position", "time_zone")},
            form.cleaned_data,
            full_name=about.cleaned_data["full_name"],
            signature=candidate.signature,
            key=about.cleaned_data["id"],
            person_key=form.cleaned_data["id"],
        )
    except (OverQuota, TooManyPeople) as error:
        form.add_error(None, str(error))
        return _new_page(request, form, about, status=422)
    return redirect("follow_up_edit", person.interview_id, person.id, form.cleaned_data["kind"])


def _new_page(
    request: HttpRequest,
    form: ThanksForm,
    about: HelpedWithForm | None = None,
    interview: Interview | None = None,
    status: int = 200,
) -> HttpResponse:
    choices = [] if interview else history.rows(request.user, 0, MOST_CHOICES)
    context = {"form": form, "about": about, "interview": interview, "choices": choices}
    return render(request, "drafts/outside_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def outside_new(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    """Adds somebody who helped with this interview."""
    interview = load_interview(request, interview_id)
    if request.method != "POST":
        return _new_page(request, ThanksForm(initial={"id": uuid.uuid4()}), interview=interview)
    form = ThanksForm(request.POST)
    if not form.is_valid():
        return _new_page(request, form, interview=interview, status=422)
    try:
        person = services.add_outsider(interview, form.cleaned_data, form.cleaned_data["id"])
    except (OverQuota, TooManyPeople) as error:
        form.add_error(None, str(error))
        return _new_page(request, form, interview=interview, status=422)
    return redirect("follow_up_edit", interview.id, person.id, form.cleaned_data["kind"])


@require_http_methods(["GET", "HEAD", "POST"])
def outside_edit(request: HttpRequest, interview_id: uuid.UUID, interviewer_id: uuid.UUID) -> HttpResponse:
    """Edits their name and address, or removes them with their letters."""
    whole, person = load_whole(request, interview_id, interviewer_id, is_outside=True)
    back = back_to(whole.interview, Kind.REFERRAL_THANKS)
    if request.method != "POST":
        initial = {name: getattr(person, name) for name in services.PERSON_TEXTS}
        return _edit_page(request, person, OutsiderForm(initial=initial), back)
    if "remove" in request.POST:
        services.remove_outsider(person)
        messages.success(request, _("%(name)s was removed.") % {"name": person.full_name})
        return redirect(back)
    form = OutsiderForm(request.POST)
    if not form.is_valid():
        return _edit_page(request, person, form, back, status=422)
    services.update_outsider(person, form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect(back)


def _edit_page(
    request: HttpRequest, person: Interviewer, form: OutsiderForm, back: str, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "person": person, "interview": person.interview, "back": back}
    return render(request, "drafts/outside_edit.html", context, status=status)
