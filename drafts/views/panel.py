"""The second step: who was there."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from drafts import queries, services, wizard
from drafts.errors import Conflict
from drafts.forms import PanelFormSet
from drafts.models import Interview
from drafts.views.access import load_interview

ROWS_AT_FIRST = 1
MOST_ROWS = 100


@require_http_methods(["GET", "HEAD", "POST"])
def panel_edit(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    interview = load_interview(request, interview_id)
    whole = services.read_whole(interview)
    cards = queries.cards(whole)
    if request.method != "POST":
        initial = [
            {"id": person.id, **{name: getattr(person, name) for name in services.PERSON_FIELDS}}
            for person in whole.people
        ]
        formset = PanelFormSet(initial=initial or [{} for _row in range(ROWS_AT_FIRST)], prefix="panel")
        return _page(request, interview, cards, formset)
    if "add_row" in request.POST or "remove_row" in request.POST:
        return _page(request, interview, cards, PanelFormSet(_with_rows_changed(request.POST), prefix="panel"))
    formset = PanelFormSet(request.POST, prefix="panel")
    if not formset.is_valid():
        return _page(request, interview, cards, formset, status=422)
    rows = formset.rows()
    losses = _losses(rows, cards)
    if losses and "confirm_remove" not in request.POST:
        return _page(request, interview, cards, formset, status=422, losses=losses)
    version = request.POST.get("version", "")
    try:
        services.save_panel(interview, rows, int(version) if version.isdecimal() and len(version) < 10 else None)
    except Conflict as conflict:
        stored = conflict.stored
        return _page(request, stored, cards, formset, status=409, conflict={_("Saved now"): _names(cards)})
    return redirect(wizard.after_panel(interview, queries.cards(services.read_whole(interview))))


def _losses(rows: list[dict[str, Any]], cards: list[queries.Card]) -> list[str]:
    """The people to be removed whose notes or letter would go with them."""
    gone = {row["id"] for row in rows if row["DELETE"]}
    return [card.person.full_name for card in cards if card.person.id in gone and card.state != "nothing"]


def _names(cards: list[queries.Card]) -> str:
    return ", ".join(card.person.full_name for card in cards)


def _with_rows_changed(post: QueryDict) -> QueryDict:
    """The rows as typed, with one more at the end or one marked as removed: what the script does, without it."""
    data = post.copy()
    total = data.get("panel-TOTAL_FORMS", "")
    count = min(int(total), MOST_ROWS) if total.isdecimal() and len(total) < 5 else 0
    if "add_row" in data:
        data[f"panel-{count}-id"] = str(uuid.uuid4())
        count = min(count + 1, MOST_ROWS)
    elif data["remove_row"].isdecimal() and int(data["remove_row"][:4]) < count:
        data[f"panel-{int(data['remove_row'][:4])}-DELETE"] = "on"
    data["panel-TOTAL_FORMS"] = str(count)
    data.setdefault("panel-INITIAL_FORMS", "0")
    return data


def _page(
    request: HttpRequest,
    interview: Interview,
    cards: list[queries.Card],
    formset: Any,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "interview": interview,
        "formset": formset,
        "show_errors": status == 422,
        "steps": wizard.steps(interview, cards, "panel"),
        "conflict": None,
        "losses": [],
        **more,
    }
    return render(request, "drafts/panel_form.html", context, status=status)
