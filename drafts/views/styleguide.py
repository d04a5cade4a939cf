"""A styleguide with every component in every state, for developers. Only with DEBUG."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from drafts.domain.changes import changes
from drafts.domain.facts import Stage
from drafts.forms.check import CheckForm
from drafts.forms.sending import SendingForm
from drafts.forms.settings import SettingsForm
from drafts.models import Interview
from drafts.pages import plans
from drafts.pages.history import OUTCOMES, Row
from drafts.pages.steps import Step

# The custom properties of static/css/parts/tokens.css that are colors.
COLORS = (
    "ink",
    "ink-strong",
    "desk",
    "sheet",
    "line",
    "text",
    "quiet",
    "warn",
    "warn-back",
    "note",
    "done",
    "done-back",
)
STATES = ("nothing", "noted", "asked", "drafted", "edited", "planned", "sent")
SCENES = ("desk", "search", "basket", "rest")
# A Tuesday, 3:10 PM in Berlin, and how many hours later each picture of the plan is.
ENDED = dt.datetime(2026, 3, 3, 14, 10, tzinfo=dt.UTC)
HOURS = (0.1, 3, 30)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    interview = Interview(
        company="Zylker",
        position="Platform Engineer",
        stage=Stage.PANEL,
        ended_at=ENDED,
        time_zone="Europe/Berlin",
    )
    context = {
        "colors": COLORS,
        "states": STATES,
        "scenes": SCENES,
        "looks": ("btn-primary", "btn-outline-primary", "btn-link", "btn-danger"),
        "remarks": (("fix", "To fix"), ("consider", "To consider"), ("ok", "For your information")),
        "save_states": ("saved", "saving", "offline", "conflict"),
        "statuses": ("waiting", "open", "late"),
        "empty_form": CheckForm(),
        "wrong_form": CheckForm({"to": "", "body": "", "ended_at": "soon", "time_zone": "Nowhere"}),
        "choices_form": SettingsForm(),
        "boxes_form": SendingForm.for_interview(interview),
        "timings": [plans.timing(interview, ENDED + dt.timedelta(hours=hours)) for hours in HOURS],
        "parts": changes("Hi Priya, thank you for this talk.", "Hi Priya, thank you for the talk today."),
        "rows": _rows(interview),
        "steps": _steps(),
    }
    return render(request, "drafts/styleguide.html", context)


def _rows(interview: Interview) -> list[Row]:
    """An interview in a list in each of its states."""
    known = {
        "id": interview.id,
        "company": interview.company,
        "position": interview.position,
        "ended_at": interview.ended_at,
        "time_zone": interview.time_zone,
        "outside": 0,
        "planned_at": interview.ended_at,
    }
    counts = ((0, 0, 0, 0, ""), (3, 3, 1, 0, ""), (3, 3, 1, 2, ""), (3, 3, 3, 0, ""))
    outcomes = tuple((3, 3, 3, 0, outcome) for outcome in OUTCOMES)
    return [
        Row(**known, outcome=outcome, people=people, drafted=drafted, sent=sent, planned=planned)  # type: ignore[arg-type]
        for people, drafted, sent, planned, outcome in (*counts, *outcomes)
    ]


def _steps() -> list[Step]:
    names = {
        "done": "The interview",
        "asked": "Dana Reed",
        "current": "Priya Nair",
        "skipped": "Tomasz Wójcik",
        "todo": "The letter",
    }
    return [Step(label=name, url="#steps", state=state, kind="person") for state, name in names.items()]
