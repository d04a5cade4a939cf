"""Starts an interview from an invitation or a confirmation email: read, choose, confirm. Stores nothing before that."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from drafts import services
from drafts.domain.moments import known_zones
from drafts.forms import InterviewForm, PanelFormSet
from drafts.forms.panel import suggested_role
from drafts.invite import InviteError, read_invitations
from drafts.models import Interview
from drafts.pages import invitations, queries, steps
from drafts.pages.invitations import Confirmation
from drafts.translation import translated, zone_label
from drafts.views.access import OWN_TIME_GONE, check_owner, known_sender, own_values, signed_in_or_guest
from drafts.views.panel import ROW_BUTTONS, say_guesses, with_rows_changed
from drafts.web import limits

MOST_BYTES = 1024 * 1024
SALT = "invitation"
CHOICES = ("company", "position", "ended_at")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_read(request: HttpRequest) -> HttpResponse:
    """A file or pasted text becomes one interview to confirm, several to choose from, or words on what is wrong."""
    if request.method != "POST":
        return render(request, "drafts/invitation.html", {"error": "", "text": ""})
    chosen = _unsigned(request.POST.get("event", ""))
    if chosen:
        return _confirm_page(request, chosen)
    limits.spend(request, "import")
    text = request.POST.get("invitation_text", "")
    try:
        content = _content(request, text)
        zone = request.POST.get("zone", "")
        found = read_invitations(
            content,
            me=_own_names(request),
            default_zone=zone if zone in known_zones() else "",
            today=timezone.now().date(),
        )
    except InviteError as error:
        context = {"error": translated(error.args[0]), "text": text[:MOST_BYTES]}
        return render(request, "drafts/invitation.html", context, status=422)
    events = [invitations.confirmation(one) for one in found]
    if len(events) == 1:
        return _confirm_page(request, events[0])
    choices = [(one, _signed(one)) for one in events]
    return render(request, "drafts/invitation_choose.html", {"events": choices})


def _content(request: HttpRequest, text: str) -> bytes | str:
    file = request.FILES.get("invitation")
    if getattr(request, "skipped_files", None) or (file and (file.size or 0) > MOST_BYTES):
        raise InviteError(
            _("This file is larger than 1 MB. Choose the invitation itself (.ics), or paste its text.")
        )
    if file:
        content: bytes = file.read()
        return content
    if text.strip():
        return text
    raise InviteError(_("Choose the invitation file (.ics or .eml), or paste the text of the email."))


def _own_names(request: HttpRequest) -> tuple[str, ...]:
    """The user's address and name, as far as they are known."""
    known = (getattr(request.user, name, "") for name in ("email", "full_name"))
    return tuple(name for name in known if name)


def _signed(confirmation: Confirmation) -> str:
    return signing.dumps(asdict(confirmation), salt=SALT, compress=True)


def _unsigned(text: str) -> Confirmation | None:
    try:
        return Confirmation(**signing.loads(text, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None


@require_POST
def invitation_confirm(request: HttpRequest) -> HttpResponse:
    """Stores what was read, as it was corrected on the page: a new interview, or an update of a known one."""
    check_owner(request)
    read = _unsigned(request.POST.get("event", ""))
    if read is None:
        context = {"error": _("This page is out of date. Choose the invitation again."), "text": ""}
        return render(request, "drafts/invitation.html", context, status=422)
    existing = queries.interview_of_invitation(request.user, read.uid)
    form = InterviewForm(known_sender(request))
    chosen = {name: request.POST[f"use_{name}"] for name in CHOICES if f"use_{name}" in request.POST}
    data = invitations.with_chosen(request.POST, read)
    if chosen or any(button in request.POST for button in ROW_BUTTONS):
        shown = PanelFormSet(initial=with_rows_changed(data, frozenset()), prefix="panel")
        return _page(request, read, _unbound(form, chosen), shown, existing)
    panel = PanelFormSet(data, prefix="panel", form_kwargs={"known": frozenset()})
    if not (form.is_valid() & panel.is_valid()):
        return _page(request, read, form, panel, existing, status=422)
    candidate = signed_in_or_guest(request)
    updated = existing if "update" in request.POST else None
    interview = services.save_invitation(
        candidate,
        form.cleaned_data,
        panel.rows(),
        uid=read.uid,
        sequence=read.sequence,
        existing=updated,
        key=form.cleaned_data["id"],
    )
    if updated and updated.chosen_send_at and not interview.chosen_send_at:
        messages.info(request, OWN_TIME_GONE)
    say_guesses(request, panel.forms)
    cards = queries.cards(services.read_whole(interview))
    return redirect(interview if updated else steps.after_panel(interview, cards))


def _unbound(form: InterviewForm, chosen: dict[str, str]) -> InterviewForm:
    """The form with what was typed or chosen, and nothing said about it yet."""
    return InterviewForm(initial={name: form[name].value() for name in form.fields} | chosen)


def _confirm_page(request: HttpRequest, read: Confirmation) -> HttpResponse:
    existing = queries.interview_of_invitation(request.user, read.uid)
    initial: dict[str, Any] = {"id": uuid.uuid4(), **own_values(request), **read.fields}
    if existing:
        # What is stored may have been corrected since: all of it stays but the time.
        stored = {name: getattr(existing, name) for name in services.INTERVIEW_FIELDS}
        initial |= {k: v for k, v in stored.items() if v and k not in ("ended_at", "time_zone")}
    initial["full_name"] = initial.get("full_name") or read.sender_name
    initial["time_zone"] = zone_label(initial["time_zone"]) if initial.get("time_zone") else ""
    people: list[dict[str, Any]] = [{**person, "id": uuid.uuid4()} for person in read.people]
    if existing:
        for person, known in zip(people, services.known_people(existing, people), strict=True):
            if known:
                stored = {name: getattr(known, name) for name in services.PERSON_FIELDS}
                person |= {"id": known.id} | {k: v for k, v in stored.items() if v}
    for person in people:
        # Nothing in an invitation says "not sure".
        person["role"] = person.get("role") or None
    if len(people) == 1 and not people[0]["role"]:
        people[0] |= suggested_role(initial.get("stage"))
    # Where nobody is said to interview and some are named, the page asks who was there instead of for names.
    rows = people or ([] if read.others else [{}])
    form, panel = InterviewForm(initial=initial), PanelFormSet(initial=rows, prefix="panel")
    return _page(request, read, form, panel, existing)


def _page(
    request: HttpRequest,
    read: Confirmation,
    form: InterviewForm,
    panel: Any,
    existing: Interview | None,
    status: int = 200,
) -> HttpResponse:
    """Every value with where it was read from beside it."""
    for name, source in read.sources.items():
        if (existing is None or name in ("ended_at", "time_zone")) and form[
            name
        ].value() not in read.choices.get(name, []):
            form[name].help_text = source
    for row, person in zip(panel.forms, read.people, strict=False):
        if row["full_name"].value() == person["full_name"]:
            row["full_name"].help_text = person["source"]
    there = [str(row["full_name"].value()) for row in panel.forms]
    if existing:
        known = services.known_people(existing, read.others)
        there += [one["full_name"] for one, person in zip(read.others, known, strict=True) if person]
    context = {
        "read": read,
        "choices": {
            name: [
                (value, invitations.end_words(value) if name == "ended_at" else value)
                for value in values
                if value != form[name].value()
            ]
            for name, values in read.choices.items()
        },
        "others": invitations.offered(read, there),
        "event": _signed(read),
        "form": form,
        "formset": panel,
        "existing": existing,
        "is_older": bool(existing and existing.invitation_sequence > read.sequence),
        "show_errors": status == 422,
        "steps": steps.steps(None, [], "interview"),
    }
    return render(request, "drafts/invitation_confirm.html", context, status=status)
