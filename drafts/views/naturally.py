"""A letter said more naturally by the language model that the operator named; its sentences go through the guard.

Nothing is sent by opening a page: only by a press, the first time on a page that says where the text goes. What came
back is kept with the letter, so reloading asks nobody again.
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
from drafts.pages.language_model import TROUBLE
from drafts.services import Rewrite, Whole
from drafts.views import rewording
from drafts.views.access import load_draft
from drafts.web import limits

RELOAD_S = 3
OTHER_UNDER_WAY = gettext_lazy(
    "The language model is still working on another of your letters. Try again in a moment."
)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_naturally(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    endpoint = services.model_endpoint()
    if endpoint is None:
        raise Http404
    draft = load_draft(request, draft_id)
    if not can_be_reworded(draft):
        raise Http404
    if request.method == "POST":
        return press(request, draft, endpoint)
    use = services.model_use(request.user)
    if services.is_busy(use, draft.pk):
        return _working(request, draft)
    rewrite = services.rewrite_of(draft)
    whole = services.read_whole(draft.interviewer.interview).of_kind(Kind(draft.kind))
    # Pressed without having agreed, perhaps not any more: the question comes before what was kept.
    asks = "agree" in request.GET and not services.has_agreed(use, endpoint)
    if rewrite and rewrite.text and not asks:
        return _comparison(request, whole, draft, rewrite)
    return _question(request, whole, draft, endpoint, use, rewrite)


def can_be_reworded(draft: Draft) -> bool:
    """The comparison goes by the notes on a conversation, which later letters do not use."""
    return not draft.sent_at and not Kind(draft.kind).is_follow_up


def press(request: HttpRequest, draft: Draft, endpoint: Endpoint) -> HttpResponse:
    """The button was pressed: asks the model where the candidate agreed to it, and always ends at the page above."""
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
    if services.has_orders(draft) or not services.reworded_part(draft):
        return page
    limits.spend(request, "model")
    whole = services.read_whole(draft.interviewer.interview).of_kind(Kind(draft.kind))
    was_asked = services.ask_for_rewrite(whole, draft, endpoint)
    if not was_asked and not services.is_busy(services.model_use(candidate), draft.pk):
        messages.info(request, OTHER_UNDER_WAY)
    return page


def _working(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A page that looks again by itself."""
    context = {"back": draft.get_absolute_url(), "seconds": RELOAD_S}
    return render(request, "drafts/model_working.html", context)


def _comparison(request: HttpRequest, whole: Whole, draft: Draft, rewrite: Rewrite) -> HttpResponse:
    """What came back beside the letter as it is now, which may have changed since."""
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
    """Where the letter would go and what would be sent; nothing is sent yet."""
    context: dict[str, Any] = {
        "draft": draft,
        "person": draft.interviewer,
        "trouble": TROUBLE.get(rewrite.trouble, "") if rewrite else "",
        "prompt": services.rewrite_prompt(whole, draft),
        "has_orders": services.has_orders(draft),
        "has_text": bool(services.reworded_part(draft)),
        **language_model.about(endpoint, use),
    }
    return render(request, "drafts/draft_naturally.html", context)
