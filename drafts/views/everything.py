"""One box for everything, which is sorted into notes as a proposal that the candidate confirms line by line."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.model_address import reach_of
from drafts import services
from drafts.domain.notes import SortedLine, sort_notes
from drafts.errors import Conflict
from drafts.forms import EverythingForm, LineFormSet
from drafts.forms.fields import MOST_ROWS, whole_formset, with_version
from drafts.language_model import Endpoint
from drafts.models import Interviewer
from drafts.pages import language_model
from drafts.pages.notes import links_of
from drafts.pages.versions import with_changes
from drafts.views import autosave
from drafts.views.access import load_person
from drafts.web import limits
from drafts.web.uploads import mark_stored


@require_http_methods(["GET", "HEAD", "POST"])
def conversation_everything(
    request: HttpRequest, interview_id: uuid.UUID, interviewer_id: uuid.UUID
) -> HttpResponse:
    person = load_person(request, interview_id, interviewer_id)
    if request.method != "POST":
        stored = {"everything": person.everything, "version": services.text_version(person.everything)}
        form = EverythingForm(initial=stored)
        form.fields["everything"].widget.attrs["autofocus"] = True
        return _page(request, person, form)
    if autosave.is_typing(request):
        return _save_typed(request, person)
    form = EverythingForm(request.POST)
    if "confirm" in request.POST:
        return _confirm(request, person, form)
    if not form.is_valid():
        return _page(request, person, form, status=422)
    try:
        if form.cleaned_data["everything"] != person.everything:
            _keep(person, form)
    except Conflict as conflict:
        with_version(form, services.text_version(conflict.stored.everything))
        return _page(request, person, form, conflict=_differences(form, conflict.stored), status=409)
    with_version(form, services.text_version(form.cleaned_data["everything"]))
    response = _sort(request, person, form)
    # The text is stored, although no other page follows.
    mark_stored(request, response)
    return response


def _save_typed(request: HttpRequest, person: Interviewer) -> HttpResponse:
    form = EverythingForm(request.POST, typing=True)
    if not form.is_valid():
        return autosave.not_yet(form)
    try:
        _keep(person, form)
    except Conflict as conflict:
        version = services.text_version(conflict.stored.everything)
        return autosave.in_conflict(request, version, conflict=_differences(form, conflict.stored))
    return autosave.stored(services.text_version(form.cleaned_data["everything"]))


def _keep(person: Interviewer, form: EverythingForm) -> None:
    services.keep_everything(person, form.cleaned_data["everything"], form.cleaned_data["version"])


def _differences(form: EverythingForm, stored: Interviewer) -> dict[Any, Any]:
    field = form["everything"]
    return {field.label: with_changes(field.field, stored.everything, form.cleaned_data["everything"])}


def _sort(request: HttpRequest, person: Interviewer, form: EverythingForm) -> HttpResponse:
    limits.spend(request, "preview")
    whole = services.read_whole(person.interview)
    lines = sort_notes(form.cleaned_data["everything"], whole.panel, whole.index(person))
    if len(lines) > MOST_ROWS:
        error = _("Sort at most %(most)s lines at a time. You entered %(count)s. Do the rest afterward.")
        form.add_error("everything", error % {"most": MOST_ROWS, "count": len(lines)})
        return _page(request, person, form, status=422)
    endpoint = services.model_endpoint() if "by_model" in request.POST else None
    if endpoint:
        return _by_model(request, person, form, lines, endpoint)
    return _page(request, person, form, _rows(lines))


def _rows(lines: Sequence[SortedLine]) -> Any:
    return LineFormSet(initial=[{"text": line.text, "key": line.key} for line in lines], prefix="lines")


def _by_model(
    request: HttpRequest,
    person: Interviewer,
    form: EverythingForm,
    lines: Sequence[SortedLine],
    endpoint: Endpoint,
) -> HttpResponse:
    """The proposal with the places that the language model says, once the candidate has agreed to it."""
    candidate = person.interview.candidate
    if request.POST.get("agree") == services.consent_key(endpoint):
        services.agree(candidate, endpoint, reach_of(endpoint.url))
    use = services.model_use(candidate)
    if not services.has_agreed(use, endpoint):
        context = {
            "everything": form.cleaned_data["everything"],
            "version": form["version"].value(),
            "prompt": services.sort_prompt(lines),
            **language_model.about(endpoint, use),
        }
        return render(request, "drafts/everything_model.html", context)
    limits.spend(request, "model")
    sorted_lines, trouble = services.sort_by_model(person, lines, endpoint)
    return _page(
        request, person, form, _rows(sorted_lines), trouble=language_model.TROUBLE[trouble] if trouble else ""
    )


def _confirm(request: HttpRequest, person: Interviewer, form: EverythingForm) -> HttpResponse:
    rows = LineFormSet(whole_formset(request.POST, "lines"), prefix="lines")
    notes = rows.add_to(person) if rows.is_valid() else {}
    if rows.total_error_count():
        return _page(request, person, form, rows, status=422)
    if notes:
        try:
            services.save_conversation(person, notes, links_of(person), person.version)
        except Conflict:
            return _page(request, person, form, rows, status=409)
        messages.success(request, _("Your notes were added. Check that they’re in the right places."))
    if form.is_valid():
        # What was typed in another tab meanwhile stays.
        with suppress(Conflict):
            services.keep_everything(person, "", services.text_version(form.cleaned_data["everything"]))
    page = reverse("conversation_edit", args=[person.interview_id, person.id])
    return redirect(f"{page}?{request.GET.urlencode()}".rstrip("?"))


def _page(
    request: HttpRequest,
    person: Interviewer,
    form: EverythingForm,
    rows: Any = None,
    *,
    trouble: object = "",
    conflict: dict[Any, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with the box, or with `rows` the proposal and the box folded."""
    context = {
        "person": person,
        "interview": person.interview,
        "form": form,
        "rows": rows,
        "conflict": conflict,
        "is_in_conflict": status == 409 and not conflict,
        "trouble": trouble,
    }
    return render(request, "drafts/everything.html", context, status=status)
