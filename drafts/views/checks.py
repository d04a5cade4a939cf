"""The review of a letter while typing, actions on its findings, and two drafts side by side."""

from __future__ import annotations

import re
import uuid
from copy import copy
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import normalize_newlines
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from drafts import services
from drafts.domain.facts import LONGEST_OWN_WORD, Kind, Role
from drafts.domain.kinds import letter_kind
from drafts.domain.letter import Use
from drafts.domain.naming import called
from drafts.domain.notes.lists import reason_text
from drafts.errors import TooManyWords
from drafts.forms import ConversationForm, DraftForm
from drafts.models import Draft
from drafts.pages import outgoing, reviews
from drafts.review import LetterText
from drafts.services import Whole
from drafts.translation import together, translated
from drafts.views.access import load_interview, load_whole_of
from drafts.web import limits

ACTIONS = ("check", "apply", "dismiss", "restore", "add_word", "remove_word")
KEY = re.compile(r"[0-9a-f]{16}")


@require_POST
def draft_check(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The findings on the letter as typed; the letter itself is not stored."""
    whole, draft = load_whole_of(request, draft_id)
    limits.spend(request, "preview")
    said = act(draft, request.POST)
    context = {"draft": draft, "said": said, **around_letter(whole, draft, letter_of(request.POST))}
    return render(request, "drafts/_checked.html", context)


def around_letter(whole: Whole, draft: Draft, typed: LetterText) -> dict[str, Any]:
    """The context around the letter as typed: findings, channels to send it, and what to add to it."""
    checked = reviews.check(whole, draft, typed, timezone.now())
    leaving = draft
    if len(typed.body) <= DraftForm.MOST["body"]:
        leaving = copy(draft)
        leaving.subject, leaving.body = typed.subject, typed.body
    return {
        "checked": checked,
        "departure": outgoing.send_options(whole, leaving),
        "asks": _asks(draft, checked),
        **_left_out(whole, draft),
    }


def _asks(draft: Draft, checked: reviews.Checked) -> dict[str, Any]:
    """What to ask the candidate to add: their own sentence for a note, or something from the conversation."""
    if draft.sent_at:
        return {}
    person, kind = draft.interviewer, Kind(draft.kind)
    if kind.is_follow_up:
        labels = {prompt.key: translated(prompt.label) for prompt in letter_kind(kind).prompts}
        notes = reverse("follow_up_edit", args=[person.interview_id, person.id, kind])
        field = draft.unsure[0] if draft.unsure else ""
    else:
        labels = fact_labels()
        notes = reverse("conversation_edit", args=[person.interview_id, person.id]) + "?then=letter"
        field = f"say-{draft.unsure[0]}" if draft.unsure else "mentioned"
    return {
        "waiting": checked.waiting,
        "names": [labels.get(key, key) for key in draft.unsure],
        "is_thin": checked.is_thin and kind is Kind.THANK_YOU,
        "called": called(person.full_name, person.greet_as),
        "url": f"{notes}#id_{field}",
        "notes": notes,
    }


def _left_out(whole: Whole, draft: Draft) -> dict[str, Any]:
    """The names of facts that the letter has no room for, and the notes that are better left out, with the reason.
    Nothing for an edited letter, which may have them."""
    if draft.edited_at:
        return {"left_out": [], "set_aside": [], "has_other_notes": False}
    letter = whole.kept_letter(draft.interviewer)
    labels, uses = fact_labels(), {note.key: note.use for note in letter.notes}
    elsewhere = {key for key, use in uses.items() if use in (Use.SET_ASIDE, Use.NOTHING)} | {*draft.unsure}
    left_out = [labels.get(key, key) for key in draft.left_out if key not in elsewhere]
    # A LinkedIn message has room for one thing; the letter has the rest.
    is_one_thing = draft.kind == Kind.LINKEDIN
    return {
        "left_out": [] if is_one_thing else left_out,
        "has_other_notes": is_one_thing and bool(left_out),
        "set_aside": [
            (labels.get(note.key, note.key), translated(reason_text(note.use, note.reason)))
            for note in letter.notes
            if note.use is Use.SET_ASIDE
        ],
    }


def fact_labels() -> dict[str, str]:
    """Names for the facts that a letter leaves out: the labels of their form fields."""
    return _labels(get_language())


@cache
def _labels(_language: str | None) -> dict[str, str]:
    form = ConversationForm(role=Role.PEER)
    labels = {name: str(field.label).strip("… ") for name, field in form.fields.items()}
    return labels | {
        "correction": _("the corrected answer"),
        "work_samples": _("the links to your work"),
        "strengths": _("some of your strengths"),
        "field": _("the industry or technology"),
        "team": _("the team"),
        "signature": _("the lines below your name"),
    }


def letter_of(data: QueryDict) -> LetterText:
    """The letter in a POST. Its line breaks are the stored ones, so that offsets fit what the page shows."""
    return LetterText(normalize_newlines(data.get("subject", "")), normalize_newlines(data.get("body", "")))


def act(draft: Draft, data: QueryDict) -> dict[str, str]:
    """Performs the action of a finding's button. Returns a message, and the added word so that it can be removed
    again."""
    candidate = draft.interviewer.interview.candidate
    if KEY.fullmatch(key := data.get("dismiss", "")):
        services.dismiss_finding(draft, key)
    elif "restore" in data:
        services.restore_findings(draft)
    elif "add_word" in data:
        word = "".join(character for character in data.get("add_word", "") if character.isprintable()).strip()
        word = word[:LONGEST_OWN_WORD]
        if not any(character.isalpha() for character in word):
            return {}
        try:
            services.add_own_word(candidate, word)
        except TooManyWords as error:
            return {"text": str(error)}
        return {"text": _("“%(word)s” was added to your words.") % {"word": word}, "word": word}
    elif "remove_word" in data:
        services.remove_own_word(candidate, data.get("remove_word", ""))
    return {}


def apply_suggestion(data: QueryDict) -> None:
    """Applies a finding's suggestion to the letter in the POST data.

    `apply` is part:start:end: followed by the old words and the new ones. If the text was edited since, replaces the
    nearest occurrence of the old words, or does nothing if there is none.
    """
    part, start, end, words = [*data.get("apply", "").split(":", 3), "", "", ""][:4]
    if part not in ("subject", "body") or not (start.isdecimal() and end.isdecimal() and len(end) < 9):
        return
    text, at = normalize_newlines(data.get(part, "")), int(start)
    length = int(end) - at
    if length <= 0:
        return
    words = normalize_newlines(words)
    old, new = words[:length], words[length:]
    places = [match.start() for match in re.finditer(re.escape(old), text)] if len(old) == length else []
    if places:
        nearest = min(places, key=lambda place: abs(place - at))
        data[part] = text[:nearest] + new + text[nearest + length :]


@require_safe
def likeness(
    request: HttpRequest, interview_id: uuid.UUID, interviewer_id: uuid.UUID, other_id: uuid.UUID
) -> HttpResponse:
    """Two drafts of a panel side by side, with the passages that they share marked."""
    interview = load_interview(request, interview_id)
    whole = services.read_whole(interview)
    people = {person.id: person for person in whole.people if person.id in whole.drafts}
    if interviewer_id == other_id or not {interviewer_id, other_id} <= people.keys():
        raise Http404
    shared, one, other = reviews.side_by_side(whole, people[interviewer_id], people[other_id])
    context = {
        "interview": interview,
        "sides": (one, other),
        "names": together(one.person.full_name, other.person.full_name),
        "percent": round(shared.share * 100),
        "passages": len(shared.one),
    }
    return render(request, "drafts/likeness.html", context)
