"""The order of the steps and the progress; every step edits stored data at an ordinary URL."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from drafts import services
from drafts.models import Interview
from drafts.pages.queries import Card
from drafts.web.links import link


@dataclass
class Step:
    label: str
    url: str
    state: str  # done, asked, current, todo, skipped
    kind: str  # interview, panel, person, letter


def steps(interview: Interview | None, cards: Sequence[Card], current: str) -> list[Step]:
    """`current` is "interview", "panel" or a person's id as text."""
    if interview is None:
        return [
            Step(_("The interview"), "", "current", "interview"),
            Step(_("The conversation"), "", "todo", "person"),
            Step(_("The letter"), "", "todo", "letter"),
        ]
    label = _("The interviewer") if len(cards) == 1 else _("The panel")
    found = [
        Step(_("The interview"), link("interview_edit", interview.id), "done", "interview"),
        Step(label, link("panel_edit", interview.id), "done" if cards else "todo", "panel"),
    ]
    if not cards:
        found.append(Step(_("The conversation"), "", "todo", "person"))
    for card in cards:
        state = "done" if card.state != "nothing" else "skipped" if card.person.skipped_at else "todo"
        if card.state == "asked":
            state = "asked"
        url = link("conversation_edit", interview.id, card.person.id)
        found.append(Step(card.person.full_name, url, state, "person"))
        if current == str(card.person.id):
            found[-1].state = "current"
    if current in ("interview", "panel"):
        found[current == "panel"].state = "current"
    return [*found, _letter_step(cards)]


def _letter_step(cards: Sequence[Card]) -> Step:
    label = _("The letters") if len(cards) > 1 else _("The letter")
    unsent = next((card for card in cards if card.draft and not card.draft.sent_at), None)
    is_done = bool(cards) and all(card.state == "sent" for card in cards)
    return Step(label, unsent.url if unsent else "", "done" if is_done else "todo", "letter")


def after_panel(interview: Interview, cards: Sequence[Card]) -> str:
    """The first conversation without notes, else the interview's page."""
    for card in cards:
        if card.state == "nothing" and not card.person.skipped_at:
            return link("conversation_edit", interview.id, card.person.id)
    return interview.get_absolute_url()


def after_person(
    interview: Interview, cards: Sequence[Card], person_id: uuid.UUID, *, to_letter: bool = False
) -> str:
    """The next person's conversation in the panel's order; after the last, the letters.

    `to_letter`: the notes were opened from this person's letter, so return to it.
    """
    ids = [card.person.id for card in cards]
    place = ids.index(person_id) + 1 if person_id in ids else len(ids)
    if place < len(ids) and not to_letter:
        return link("conversation_edit", interview.id, ids[place])
    return open_letters(interview, person_id if to_letter else None)


def open_letters(interview: Interview, first: uuid.UUID | None = None) -> str:
    """The page of the first letter that is not sent, or of the one to the person with the id `first`.

    If nobody has a letter, creates one for the first person who was not skipped. Returns the interview's page if there
    is nothing to write or send.
    """
    whole = services.read_whole(interview)
    unsent = [
        draft
        for person in whole.people
        if (draft := whole.drafts.get(person.id)) is not None and draft.sent_at is None
    ]
    unsent.sort(key=lambda draft: draft.interviewer_id != first)
    to_write = next((person for person in whole.people if person.skipped_at is None), None)
    if to_write and not whole.drafts:
        unsent = [services.create_draft(to_write)]
    return unsent[0].get_absolute_url() if unsent else interview.get_absolute_url()
