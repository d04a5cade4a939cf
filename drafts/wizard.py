"""The order of the steps and how far one is; every step edits what is stored, at an ordinary URL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from drafts.models import Interview
from drafts.queries import Card


@dataclass
class Step:
    label: str
    url: str
    state: str  # done, current, todo, skipped
    kind: str  # interview, panel, person


def steps(interview: Interview | None, cards: Sequence[Card], current: str) -> list[Step]:
    """`current` is "interview", "panel" or a person's id as text."""
    if interview is None:
        return [
            Step(_("The interview"), "", "current", "interview"),
            Step(_("The panel"), "", "todo", "panel"),
            Step(_("The conversation"), "", "todo", "person"),
        ]
    found = [
        Step(_("The interview"), reverse("interview_edit", args=[interview.id]), "done", "interview"),
        Step(
            _("The panel"), reverse("panel_edit", args=[interview.id]), "done" if cards else "todo", "panel"
        ),
    ]
    if not cards:
        found.append(Step(_("The conversation"), "", "todo", "person"))
    for card in cards:
        state = "done" if card.state != "nothing" else "skipped" if card.person.skipped_at else "todo"
        url = reverse("conversation_edit", args=[interview.id, card.person.id])
        found.append(Step(card.person.full_name, url, state, "person"))
        if current == str(card.person.id):
            found[-1].state = "current"
    if current in ("interview", "panel"):
        found[current == "panel"].state = "current"
    return found


def after_panel(interview: Interview, cards: Sequence[Card]) -> str:
    """The first conversation that is still to be noted, else the interview's page."""
    for card in cards:
        if card.state == "nothing" and not card.person.skipped_at:
            return reverse("conversation_edit", args=[interview.id, card.person.id])
    return interview.get_absolute_url()


def after_person(interview: Interview, cards: Sequence[Card], person_id: object) -> str:
    """The next person's conversation in the panel's order; after the last, the interview's page."""
    ids = [card.person.id for card in cards]
    place = ids.index(person_id) + 1 if person_id in ids else len(ids)
    if place < len(ids):
        return reverse("conversation_edit", args=[interview.id, ids[place]])
    return interview.get_absolute_url()
