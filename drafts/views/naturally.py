"""The pages of "Say it more naturally": a language model rewrites a letter, and the guard checks each sentence.

Text is only sent by a POST, never by opening a page; the first time, a page asks for agreement and says where the text
goes. The answer is stored with the draft, so that reloading does not ask the model again.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from config.model_address import reach_of
from drafts import services
from drafts.domain.facts import Kind
from drafts.forms import RewordingForm
from drafts.guard import compare
from drafts.language_model import Endpoint
from drafts.models import Draft, ModelUse
from drafts.pages import language_model
from drafts.services import Rewrite, Whole
from drafts.views import rewording
from drafts.views.access import load_draft, or_404
from drafts.web import limits

RELOAD_S = 3
OTHER_UNDER_WAY = gettext_lazy(
    "The language model is still working on another of your letters. Try again in a moment."
)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_naturally(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    endpoint = or_404(services.model_endpoint())
    draft = load_draft(request, draft_id)
    if not can_be_reworded(draft):
        raise Http404
    if request.method == "POST":
        return press(request, draft, endpoint)
    use = services.model_use(request.user)
    if services.is_busy(use, draft.pk):
        return _working(request, draft)
    rewrite = services.rewrite_of(draft)
    whole = services.read_whole_of(draft)
    # The button was pressed without a current agreement: ask for it before showing a stored rewrite.
    asks = "agree" in request.GET and not services.has_agreed(use, endpoint)
    if rewrite and rewrite.text and not asks:
        return _comparison(request, whole, draft, rewrite)
    return _question(request, whole, draft, endpoint, use, rewrite)


def can_be_reworded(draft: Draft) -> bool:
    """Only letters about a conversation, because the guard needs its notes, which later letters do not use."""
    return not draft.sent_at and not Kind(draft.kind).is_follow_up


def press(request: HttpRequest, draft: Draft, endpoint: Endpoint) -> HttpResponse:
    """Handles the button: asks the model if the candidate has agreed, then redirects to `draft_naturally`."""
    candidate, page = draft.interviewer.interview.candidate, redirect("draft_naturally", draft.pk)
    if request.POST.get("agree") == services.consent_key(endpoint):
        services.agree(candidate, endpoint, reach_of(endpoint.url))
    use = services.model_use(candidate)
    if not services.has_agreed(use, endpoint):
        return redirect(f"{page.url}?agree")
    if services.is_busy(use, draft.pk):
        return page
    rewrite = services.rewrite_of(draft)
    is_known = (
        rewrite and rewrite.text and rewrite.version == draft.version and rewrite.model == endpoint.name
    )
    if is_known and "again" not in request.POST:
        return page
    if services.has_injections(draft) or not services.reworded_part(draft):
        return page
    limits.spend(request, "model")
    whole = services.read_whole_of(draft)
    was_asked = services.ask_for_rewrite(whole, draft, endpoint)
    if not was_asked and not services.is_busy(services.model_use(candidate), draft.pk):
        messages.info(request, OTHER_UNDER_WAY)
    return page


def _working(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A page that reloads until the model has answered."""
    context = {"back": draft.get_absolute_url(), "seconds": RELOAD_S}
    return render(request, "drafts/model_working.html", context)


def _comparison(request: HttpRequest, whole: Whole, draft: Draft, rewrite: Rewrite) -> HttpResponse:
    """Compares the rewrite with the current letter, which may have changed since."""
    limits.spend(request, "preview")
    blocks = compare(
        services.notes_for_rewrite(whole), whole.index(draft.interviewer), draft.body, rewrite.text
    )
    form = RewordingForm(initial={"version": draft.version, "rewording": rewrite.text})
    return rewording.comparison(request, draft, form, blocks, rewrite=rewrite)


def _question(
    request: HttpRequest,
    whole: Whole,
    draft: Draft,
    endpoint: Endpoint,
    use: ModelUse,
    rewrite: Rewrite | None,
) -> HttpResponse:
    """Shows what would be sent and where, before anything is sent."""
    context: dict[str, Any] = {
        "draft": draft,
        "person": draft.interviewer,
        "trouble": language_model.TROUBLE.get(rewrite.trouble, "") if rewrite else "",
        "prompt": services.rewrite_prompt(whole, draft),
        "has_injections": services.has_injections(draft),
        "has_text": bool(services.reworded_part(draft)),
        **language_model.about(endpoint, use),
    }
    return render(request, "drafts/draft_naturally.html", context)
