"""A letter as a chatbot or a friend rewrote it, held against the notes; what says nothing beyond them can be taken."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from drafts import services
from drafts.domain.facts import Kind
from drafts.errors import Conflict
from drafts.forms import RewordingForm
from drafts.guard import Block, State, compare, merged
from drafts.models import Draft
from drafts.translation import translated
from drafts.views.access import load_draft
from drafts.web import limits


@require_http_methods(["GET", "HEAD", "POST"])
def draft_rewording(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    draft = load_draft(request, draft_id)
    if Kind(draft.kind).is_follow_up:
        # The comparison goes by the notes on a conversation, which such a letter does not use.
        raise Http404
    if request.method != "POST":
        return comparison(request, draft, RewordingForm(initial={"version": draft.version}))
    form = RewordingForm(request.POST)
    # The page of what a language model wrote (drafts.views.naturally) sends its form here.
    rewrite = services.rewrite_of(draft) if "by_model" in request.POST else None
    if not form.is_valid():
        return comparison(request, draft, form, rewrite=rewrite, status=422)
    limits.spend(request, "preview")
    whole = services.read_whole_of(draft)
    panel = services.notes_for_rewrite(whole) if rewrite else whole.panel
    blocks = compare(panel, whole.index(draft.interviewer), draft.body, form.cleaned_data["rewording"])
    if "take" not in request.POST:
        return comparison(request, draft, form, blocks, rewrite=rewrite)
    if form.cleaned_data["version"] != draft.version:
        return comparison(request, draft, form, blocks, rewrite=rewrite, status=409)
    taken = {number for number in range(len(blocks)) if f"block-{number}" in request.POST}
    if not taken:
        form.add_error(None, _("Check the changes you want to use, or go back to the letter."))
        return comparison(request, draft, form, blocks, rewrite=rewrite, status=422)
    try:
        services.save_draft(draft, draft.subject, merged(draft.body, blocks, taken), draft.version)
        if rewrite:
            services.keep_rewrite(draft, None)
    except Conflict:
        return comparison(request, draft, form, blocks, rewrite=rewrite, status=409)
    messages.success(
        request, _("The new sentences are in the letter. The previous version is in the history.")
    )
    return redirect(draft)


def comparison(
    request: HttpRequest,
    draft: Draft,
    form: RewordingForm,
    blocks: Sequence[Block] = (),
    *,
    rewrite: services.Rewrite | None = None,
    status: int = 200,
) -> HttpResponse:
    """The box for the other text, and with `blocks` what became of each sentence. 409: the letter changed meanwhile.

    `rewrite`: where the other text is what a language model made of the letter.
    """
    if rewrite:
        form.fields["rewording"].label = _("The letter, rewritten by the language model")
    ticked = request.POST if "take" in request.POST and status == 422 else None
    rows: list[dict[str, Any]] = [
        {
            "number": number,
            "block": block,
            # Two rules may say the same of the same word.
            "remarks": list(dict.fromkeys(translated(remark.message) for remark in block.remarks)),
            "is_taken": f"block-{number}" in ticked if ticked is not None else block.state is State.FINE,
        }
        for number, block in enumerate(blocks)
        if block.state is not State.SAME
    ]
    context = {
        "draft": draft,
        "person": draft.interviewer,
        "interview": draft.interviewer.interview,
        "form": form,
        "rows": rows,
        "is_compared": bool(blocks),
        "can_take": any(block.state not in (State.SAME, State.REFUSED) for block in blocks),
        "refused": sum(block.state is State.REFUSED for block in blocks),
        "is_in_conflict": status == 409,
        "model": rewrite.model if rewrite else "",
        "is_outdated": rewrite is not None and rewrite.version != draft.version and status != 409,
    }
    return render(request, "drafts/draft_rewording.html", context, status=status)
