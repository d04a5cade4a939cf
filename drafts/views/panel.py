"""The second step: the panel."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from drafts import services
from drafts.domain.facts import MAX_LENGTH
from drafts.errors import Conflict
from drafts.forms import PanelFormSet
from drafts.forms.fields import MOST_ROWS, VersionField, typed_rows, whole_formset
from drafts.forms.panel import PersonForm, suggested_role
from drafts.models import Interview, Interviewer
from drafts.pages import met, queries, steps
from drafts.views import autosave
from drafts.views.access import letter_asked, load_interview

if TYPE_CHECKING:
    from drafts.invite import Invitee

ROW_BUTTONS = ("add_row", "remove_row", "paste_people", "add_met")
MET_LIST = "people-met"  # the id of the page's datalist of names
ROW = ("id", *services.PERSON_FIELDS, "asked", "DELETE")


@require_http_methods(["GET", "HEAD", "POST"])
def panel_edit(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    interview = load_interview(request, interview_id)
    whole = services.read_whole(interview)
    cards = queries.cards(whole)
    if request.method != "POST":
        formset = PanelFormSet(initial=_initial_rows(request, whole), prefix="panel")
        _begin_at_the_first_empty_row(formset)
        return _page(request, interview, cards, formset)
    known = frozenset(str(person.id) for person in whole.people)
    if any(button in request.POST for button in ROW_BUTTONS):
        return _with_button_pressed(request, interview, cards, known)
    formset = PanelFormSet(whole_formset(request.POST, "panel"), prefix="panel", form_kwargs={"known": known})
    typing = autosave.is_typing(request)
    if not formset.is_valid():
        return autosave.not_yet(formset) if typing else _page(request, interview, cards, formset, status=422)
    rows = formset.rows()
    if typing:
        # Nobody is removed or moved without an explicit request.
        people = {person.id: person for person in whole.people}
        rows = [_as_stored(row, people) for row in rows if not row["DELETE"] or row["id"] in people]
    losses = _losses(rows, cards)
    if losses and "confirm_remove" not in request.POST:
        return _page(request, interview, cards, formset, status=422, losses=losses)
    version = VersionField().clean(request.POST.get("version"))
    try:
        interview = services.save_panel(interview, rows, version, typing=typing)
    except Conflict as conflict:
        now = services.read_whole(conflict.stored).people
        stored = {person.full_name: _described(person) for person in now} or {_("Saved version"): _("nobody")}
        if typing:
            return autosave.in_conflict(request, conflict.stored.version, conflict=stored)
        return _page(request, conflict.stored, cards, formset, status=409, conflict=stored)
    if typing:
        return autosave.stored(interview.version)
    say_guesses(request, [form for form in formset.forms if form not in formset.deleted_forms])
    if letter := letter_asked(request, interview):
        messages.success(request, _("Saved."))
        return redirect(letter)
    return redirect(steps.after_panel(interview, queries.cards(services.read_whole(interview))))


def _initial_rows(request: HttpRequest, whole: services.Whole) -> list[dict[str, Any]]:
    """The stored people, plus an empty row if the URL asks for one; a single row for a new panel."""
    rows: list[dict[str, Any]] = [
        {"id": person.id, **{name: getattr(person, name) for name in services.PERSON_FIELDS}}
        for person in whole.people
    ]
    if not rows:
        return [suggested_role(whole.interview.stage)]
    return [*rows, {}] if "add" in request.GET else rows


def _begin_at_the_first_empty_row(formset: Any) -> None:
    """Puts the cursor into its name; nowhere if every person has one."""
    for form in formset.forms:
        if not form["full_name"].value():
            form.fields["full_name"].widget.attrs["autofocus"] = True
            return


def _with_button_pressed(
    request: HttpRequest, interview: Interview, cards: list[queries.Card], known: frozenset[str]
) -> HttpResponse:
    """Shows the page again after a button that adds or removes rows. Stores nothing."""
    rows = with_rows_changed(request.POST, known)
    if "add_met" in request.POST:
        rows = _with_met(rows, met.earlier(interview), request.POST["add_met"])
    people_text = request.POST.get("people", "") if "paste_people" in request.POST else ""
    if people_text.strip() and not _read_people(people_text):
        messages.error(
            request,
            _("We didn’t find any names or email addresses in what you pasted. It’s still below."),
        )
    else:
        people_text = ""
    formset = PanelFormSet(initial=rows, prefix="panel")
    return _page(request, interview, cards, formset, people_text=people_text, is_unsaved=True)


def say_guesses(request: HttpRequest, forms: Iterable[PersonForm]) -> None:
    """Adds a message about greetings that are guesses, or without a name, which the page could not ask about without
    JavaScript."""
    for form in forms:
        if not form.is_unasked:
            continue
        if form.is_unnamed:
            messages.info(
                request,
                _(
                    "“%(name)s” doesn’t look like a name, so the letter says “Hello,”. "
                    "If you find out the name, enter it in the step before."
                )
                % {"name": form["full_name"].value()},
            )
        else:
            messages.info(
                request,
                _(
                    "Which is the first name of %(name)s? The letter says “Hi %(guess)s”; "
                    "to change that, fill in “Goes by” in the step before."
                )
                % {"name": form["full_name"].value(), "guess": form.guessed_greeting},
            )


@require_safe
def name_order(request: HttpRequest) -> HttpResponse:
    """What the page has to ask about this name: `guess` is the name that a letter would greet, if only the user knows
    which is the first name; `is_unnamed` says that this is a description."""
    name = request.GET.get("name", "")[: MAX_LENGTH["full_name"]]
    form = PersonForm(initial={"full_name": name})
    return JsonResponse({"guess": form.guessed_greeting, "is_unnamed": form.is_unnamed})


def _as_stored(row: dict[str, Any], people: dict[uuid.UUID, Interviewer]) -> dict[str, Any]:
    """The row, or the stored values of a person who is marked for removal."""
    if not row["DELETE"]:
        return row
    person = people[row["id"]]
    stored = {name: getattr(person, name) for name in services.PERSON_FIELDS}
    return {**stored, "id": person.id, "DELETE": False}


def _losses(rows: list[dict[str, Any]], cards: list[queries.Card]) -> list[str]:
    """The people to be removed whose notes or letter would be deleted too."""
    gone = {row["id"] for row in rows if row["DELETE"]}
    return [card.person.full_name for card in cards if card.person.id in gone and card.state != "nothing"]


def _described(person: Interviewer) -> str:
    known = (
        person.greet_as,
        person.email,
        person.job_title,
        person.get_role_display() if person.role else "",
    )
    return ", ".join(str(one) for one in known if one) or "—"


def with_rows_changed(post: QueryDict, known: frozenset[str]) -> list[dict[str, Any]]:
    """The rows of input, with one added or removed, or with the people of a pasted list added. Stores nothing."""
    rows: list[dict[str, Any]] = typed_rows(post, "panel", ROW)
    for index, row in enumerate(rows):
        # No chosen role is different from "not sure".
        row["role"] = post.get(f"panel-{index}-role")
    if "paste_people" in post:
        rows = [row for row in rows if any(row[name].strip() for name in services.PERSON_TEXTS)]
        rows += _pasted(post.get("people", ""), rows)
    if "add_row" in post:
        rows.append({})
    place = post.get("remove_row", "")
    if re.fullmatch(r"[0-9]{1,3}", place) and int(place) < len(rows):
        if rows[int(place)]["id"] in known:
            rows[int(place)]["DELETE"] = "on"
        else:
            del rows[int(place)]
    for row in rows:
        row["id"] = row.get("id") or uuid.uuid4()
    return rows[:MOST_ROWS] or [{}]


def _with_met(rows: list[dict[str, Any]], before: list[met.Met], key: str) -> list[dict[str, Any]]:
    """The rows plus a person met before, if there is room; unchanged if nobody has this id."""
    person = next((one.person for one in before if str(one.person.id) == key), None)
    if person is None:
        return rows
    kept = [row for row in rows if any(row.get(name, "").strip() for name in services.PERSON_TEXTS)]
    added = {name: getattr(person, name) for name in services.PERSON_FIELDS}
    return [*kept, {"id": uuid.uuid4(), **added}][:MOST_ROWS]


def _read_people(text: str) -> tuple[Invitee, ...]:
    # Imported lazily: reading invitations takes a tenth of the startup time.
    from drafts.invite import read_people

    return read_people(text)


def _pasted(text: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The people of a pasted list who are not in the rows already."""
    there = {(row["email"].strip() or row["full_name"].strip()).casefold() for row in rows}
    return [
        {
            "full_name": person.full_name,
            "email": person.email,
            "job_title": person.job_title,
            "role": str(person.role) if person.role else None,
        }
        for person in _read_people(text)
        if not {person.email.casefold(), person.full_name.casefold()} & there
    ]


def _page(
    request: HttpRequest,
    interview: Interview,
    cards: list[queries.Card],
    formset: Any,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    there = [(str(form["full_name"].value() or ""), str(form["email"].value() or "")) for form in formset]
    people_met = met.not_among(met.earlier(interview), there)
    if people_met:
        formset.form_kwargs["names"] = MET_LIST
        for form in formset.forms:
            form.fields["full_name"].widget.attrs["list"] = MET_LIST
    context = {
        "interview": interview,
        "people_met": people_met,
        "met_list": MET_LIST,
        "formset": formset,
        "show_errors": status == 422,
        "steps": steps.steps(interview, cards, "panel"),
        "letter": letter_asked(request, interview),
        # Then the interview's page follows, and no conversation.
        "is_told": bool(cards) and steps.after_panel(interview, cards) == interview.get_absolute_url(),
        "conflict": None,
        "losses": [],
        "people_text": "",
        "is_unsaved": False,
        **more,
    }
    return render(request, "drafts/panel_form.html", context, status=status)
