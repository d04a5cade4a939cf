"""One draft: editing, rewriting, and its history."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from drafts import services
from drafts.domain.compose import count_words
from drafts.domain.facts import Kind, Reason, Tone, member_of
from drafts.domain.kinds import letter_kind
from drafts.domain.routes import LINKEDIN_LIMIT
from drafts.errors import Conflict
from drafts.forms import ChoiceForm, DraftForm, ToneForm
from drafts.forms.fields import with_version
from drafts.models import TONE_CHOICES, Draft
from drafts.pages import follow_ups, outgoing, plans, queries
from drafts.pages.versions import LetterChanges, letter_changes, versions
from drafts.review import LetterText
from drafts.services import Whole
from drafts.translation import translated
from drafts.views import autosave, checks
from drafts.views.access import load_draft, load_whole_of, or_404
from drafts.web.links import link


@require_http_methods(["GET", "HEAD", "POST"])
def draft_edit(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    if request.method != "POST":
        whole, draft = load_whole_of(request, draft_id)
        # A sent letter opens read-only unless the URL asks to edit it.
        if draft.sent_at and "edit" not in request.GET:
            return redirect("draft_copy", draft.id)
        return _page(request, draft, DraftForm.for_draft(draft), whole=whole)
    draft = load_draft(request, draft_id)
    data = request.POST.copy()
    if "use_subject" in data:
        data["subject"] = data.get("use_subject", "")
        data.setdefault("body", draft.body)
    if any(action in data for action in checks.ACTIONS):
        return _checked_page(request, draft, data)
    form = DraftForm(data)
    typing = autosave.is_typing(request)
    if not form.is_valid():
        return autosave.not_yet(form) if typing else _page(request, draft, form, status=422)
    values = form.cleaned_data
    try:
        saved = services.save_draft(
            draft, values["subject"], values["body"], values["version"], typing=typing
        )
    except Conflict as conflict:
        stored = conflict.stored
        if typing:
            services.keep_aside(draft, values["subject"], values["body"])
            return autosave.in_conflict(
                request, stored.version, letter=stored, changes=_changes(stored, values)
            )
        with_version(form, stored.version)
        return _page(request, stored, form, status=409, conflict=stored, changes=_changes(stored, values))
    if typing:
        return autosave.stored(saved.version)
    return _after_saving(request, data, draft, saved)


def _after_saving(request: HttpRequest, data: QueryDict, draft: Draft, saved: Draft) -> HttpResponse:
    if "naturally" in data and (endpoint := services.model_endpoint()):
        # Imported on first use, to keep the first page after a start fast.
        from drafts.views import naturally

        if naturally.can_be_reworded(saved):
            return naturally.press(request, saved, endpoint)
    if saved.version != draft.version:
        messages.success(request, _("Saved."))
    return redirect("draft_copy" if "copy" in data else "draft_edit", draft.id)


def _changes(stored: Draft, typed: dict[str, Any]) -> LetterChanges:
    """From what is stored to what was typed."""
    return letter_changes((stored.subject, stored.body), (typed["subject"], typed["body"]))


def _checked_page(request: HttpRequest, draft: Draft, data: QueryDict) -> HttpResponse:
    """Without JavaScript: the letter as typed with the findings on it; stores nothing."""
    checks.apply_suggestion(data)
    said = checks.act(draft, data)
    letter = checks.letter_of(data)
    form = DraftForm(initial={"subject": letter.subject, "body": letter.body, "version": data.get("version")})
    is_unsaved = (letter.subject, letter.body) != (draft.subject, draft.body)
    return _page(request, draft, form, said=said, is_unsaved=is_unsaved)


def _page(
    request: HttpRequest,
    draft: Draft,
    form: DraftForm,
    status: int = 200,
    conflict: Draft | None = None,
    whole: Whole | None = None,
    **more: Any,
) -> HttpResponse:
    person, whole = draft.interviewer, whole or services.read_whole_of(draft)
    whole.drafts[person.id] = draft
    thank_you = whole.of_kind(Kind.THANK_YOU).drafts.get(person.id)
    letter = whole.kept_letter(person)
    typed = LetterText(*(normalize_newlines(form[name].value() or "") for name in ("subject", "body")))
    context = {
        **letter_page(whole, draft),
        "form": form,
        "subject_options": letter.subject_options,
        "words": count_words(typed.body),
        "characters": outgoing.character_count(typed.body),
        "limit": LINKEDIN_LIMIT,
        **checks.around_letter(whole, draft, typed),
        "tones": TONE_CHOICES,
        "reader": outgoing.reader(whole, draft),
        "letter_url": thank_you.get_absolute_url() if thank_you else "",
        "conflict": conflict,
        "said": {},
        "is_unsaved": False,
        **more,
    }
    return render(request, "drafts/draft_form.html", context, status=status)


def letter_page(whole: Whole, draft: Draft) -> dict[str, Any]:
    """What both pages of a letter have, to edit it and to send it."""
    person, kind = draft.interviewer, whole.kind
    cards = queries.cards(whole.of_kind(Kind.THANK_YOU))
    return {
        "draft": draft,
        "person": person,
        "interview": person.interview,
        "cards": cards,
        # After a follow-up, the interview's page says what comes next.
        "next_card": None if kind.is_follow_up else queries.next_card(cards, after=person),
        "kind": kind,
        "follow_up_title": translated(letter_kind(kind).title) if kind.is_follow_up else "",
        "is_stale": whole.is_stale(person),
        "panel_url": f"{link('panel_edit', person.interview_id)}?letter={draft.id}",
        "routes": outgoing.routes(whole, person),
        "characters": outgoing.character_count(draft.body),
        "timing": plans.timing(person.interview, timezone.now()),
        "planned_words": plans.there(draft.planned_at, person.interview)
        if draft.planned_at and not draft.sent_at
        else "",
        "step": follow_ups.step_for(whole, draft, timezone.now()),
    }


@require_POST
def draft_tone(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Changes the tone: rewrites the letter at once if it was not edited, else shows both texts first."""
    draft = load_draft(request, draft_id)
    form = ToneForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["tone"][0]))
        return _page(request, draft, DraftForm.for_draft(draft), status=422)
    tone = Tone(form.cleaned_data["tone"])
    if not services.change_tone(draft, tone):
        return redirect(f"{reverse('draft_recompose', args=[draft.id])}?tone={tone}")
    messages.success(request, _("The letter was rewritten. The previous version is in the history."))
    return redirect("draft_edit", draft.id)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_recompose(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    draft = load_draft(request, draft_id)
    if request.method != "POST":
        return _both_texts(request, draft, request.GET.get("tone"))
    data = request.POST.copy()
    data.setdefault("tone", draft.tone)
    form = ChoiceForm(data)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return _both_texts(request, draft, request.POST.get("tone"), status=422)
    if form.cleaned_data["choice"] == "keep":
        services.keep_draft(draft)
        messages.info(request, _("Your letter hasn’t changed."))
    else:
        services.recompose_draft(draft, Tone(form.cleaned_data["tone"]))
        messages.success(request, _("The letter was rewritten. The previous version is in the history."))
    return redirect("draft_edit", draft.id)


def _both_texts(
    request: HttpRequest, draft: Draft, tone_asked: str | None, status: int = 200
) -> HttpResponse:
    """The current text beside the one composed from the current notes."""
    tone = member_of(Tone, tone_asked) or Tone(draft.tone)
    letter = services.read_whole_of(draft).letter(draft.interviewer, tone)
    context = {
        "draft": draft,
        "person": draft.interviewer,
        "interview": draft.interviewer.interview,
        "letter": letter,
        "changes": letter_changes((draft.subject, draft.body), (letter.subject, letter.body)),
        "tone": tone,
    }
    return render(request, "drafts/draft_recompose.html", context, status=status)


@require_safe
def draft_history(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    draft = load_draft(request, draft_id)
    person = draft.interviewer
    revisions = queries.revisions(draft)
    # A conflicting text is in the history but was never the letter.
    current = next((one for one in revisions if one.reason != Reason.ASIDE), None)
    context = {
        "draft": draft,
        "person": person,
        "interview": person.interview,
        "versions": versions(revisions, person.interview),
        "is_marked": request.GET.get("marks") != "off",
        "current": current,
    }
    return render(request, "drafts/draft_history.html", context)


@require_POST
def draft_restore(request: HttpRequest, draft_id: uuid.UUID, revision_id: uuid.UUID) -> HttpResponse:
    draft = load_draft(request, draft_id)
    revision = or_404(next((one for one in queries.revisions(draft) if one.id == revision_id), None))
    services.restore_revision(draft, revision)
    messages.success(request, _("Version %(number)s was restored.") % {"number": revision.version})
    return redirect("draft_edit", draft.id)
