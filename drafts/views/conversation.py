"""The third step, once per person: the notes, with a live preview of the letter."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from drafts import services
from drafts.domain.facts import OWN_SENTENCE_KEYS, Kind, member_of
from drafts.errors import Conflict, OverQuota
from drafts.exchange.files import CheckedFile
from drafts.forms.fields import MOST_ROWS, whole_formset, with_version
from drafts.forms.files import read_files
from drafts.models import Interviewer, WorkSample
from drafts.pages import met, outgoing, queries, steps
from drafts.pages.blanks import blanks, fates, is_crowded
from drafts.pages.notes import Notes, notes_of
from drafts.services import Whole
from drafts.views import autosave
from drafts.views.access import load_person, load_whole, or_404
from drafts.web import limits

# The fields in which a correction can be accepted.
_CORRECTED = (*OWN_SENTENCE_KEYS, "correction-answer", *(f"say-{key}" for key in OWN_SENTENCE_KEYS))
# Buttons that only show the page again with something added, without storing anything.
SHOWS = ("preview", "add_sample", "add_strength", "use_all")


@require_http_methods(["GET", "HEAD", "POST"])
def conversation_edit(
    request: HttpRequest, interview_id: uuid.UUID, interviewer_id: uuid.UUID
) -> HttpResponse:
    whole, person = load_whole(request, interview_id, interviewer_id)
    if request.method != "POST":
        return _page_as_stored(request, whole, person)
    notes = notes_of(whole, person, _with_additions(request.POST))
    if "use_all" in request.POST and not autosave.is_typing(request):
        notes = notes_of(whole, person, _with_all_suggestions(_with_additions(request.POST), notes))
    valid = notes.is_valid()
    if autosave.is_typing(request):
        return _save_typed(request, notes)
    if request.FILES:
        limits.spend(request, "upload")
    files, file_errors = read_files(request, person.files())
    is_shown = any(button in request.POST for button in SHOWS) or _suggestions(request.POST)
    if is_shown or not valid or file_errors:
        return _page(
            request,
            notes,
            status=200 if is_shown else 422,
            file_errors=(not is_shown and file_errors) or _not_kept(request),
        )
    try:
        _save(notes)
    except Conflict as conflict:
        return _conflict_page(request, notes, conflict.stored)
    if _change_files(request, person, files):
        return redirect(f"{request.get_full_path()}#files")
    return _onward(request, whole, person)


def _page_as_stored(request: HttpRequest, whole: Whole, person: Interviewer) -> HttpResponse:
    before = met.earlier_with(whole.interview, person)
    if before and person.met_before is None:
        # Assume yes until the candidate says otherwise.
        person.met_before = True
        whole = whole.with_facts_of(person)
    return _page(request, notes_of(whole, person), before=before)


def _save(notes: Notes, *, typing: bool = False) -> Interviewer:
    form, samples = notes.form, notes.samples
    return services.save_conversation(
        notes.person, form.notes(), samples.samples(), form.cleaned_data["version"], typing=typing
    )


def _change_files(request: HttpRequest, person: Interviewer, files: list[tuple[CheckedFile, bytes]]) -> bool:
    """Stores uploaded files and removes the one whose button was pressed. Returns whether to show the files next."""
    try:
        if files:
            services.add_files(person, files)
    except OverQuota as error:
        messages.error(request, str(error))
        messages.info(request, _("Your notes are saved, but your files aren’t."))
        return True
    gone = _file(person, request.POST.get("remove_file"))
    if gone:
        services.remove_file(gone)
    for checked, _content in files:
        if checked.note:
            messages.info(request, checked.note)
    is_about_files = "remove_file" in request.POST or "upload" in request.POST
    if is_about_files and (gone or files):
        messages.success(request, _("Saved."))
    return is_about_files


def _onward(request: HttpRequest, whole: Whole, person: Interviewer) -> HttpResponse:
    """The next page after saving, depending on the button."""
    if request.POST.get("onward") == "everything":
        everything = reverse("conversation_everything", args=[person.interview_id, person.id])
        return redirect(f"{everything}?{request.GET.urlencode()}".rstrip("?"))
    cards = queries.cards(whole)
    if "skip" in request.POST:
        services.skip_interviewer(person)
    if "later" in request.POST:
        messages.success(request, _("Your notes about %(name)s are saved.") % {"name": person.full_name})
        return redirect("interview_detail", person.interview_id)
    return redirect(
        steps.after_person(person.interview, cards, person.id, to_letter=_is_from_letter(request))
    )


def _is_from_letter(request: HttpRequest) -> bool:
    """Whether the notes were opened from the letter, so that saving returns to it."""
    return request.GET.get("then") == "letter"


def _save_typed(request: HttpRequest, notes: Notes) -> HttpResponse:
    if not notes.is_valid():
        return autosave.not_yet(notes.form, notes.samples)
    try:
        saved = _save(notes, typing=True)
    except Conflict as conflict:
        stored = conflict.stored
        return autosave.in_conflict(request, stored.version, conflict=notes.differences(stored))
    return autosave.stored(saved.version)


def _not_kept(request: HttpRequest) -> list[str]:
    """A message about files that came with a form that was not saved, because a page cannot put them back into the
    field."""
    return [_("Choose your files again before you save.")] if request.FILES else []


def _file(person: Interviewer, sample_id: str | None) -> WorkSample | None:
    """The file of this person's with this id, if there is one."""
    return next((one for one in person.files() if str(one.id) == sample_id), None)


@require_safe
def file_download(
    request: HttpRequest, interview_id: uuid.UUID, interviewer_id: uuid.UUID, sample_id: uuid.UUID
) -> HttpResponse:
    """Downloads a work sample's file; the browser never displays it."""
    found = or_404(_file(load_person(request, interview_id, interviewer_id), str(sample_id)))
    content = or_404(services.content_of(found))
    return outgoing.download(content, found.content_type, found.file_name)


@require_POST
def conversation_preview(
    request: HttpRequest, interview_id: uuid.UUID, interviewer_id: uuid.UUID
) -> HttpResponse:
    """A preview of the letter from the notes as typed; stores nothing."""
    whole, person = load_whole(request, interview_id, interviewer_id)
    limits.spend(request, "preview")
    typed = notes_of(whole, person, _with_additions(request.POST)).whole_as_typed()
    letter = typed.letter(person)
    context = {
        "letter": letter,
        "is_crowded": is_crowded(letter),
        "fates": fates(letter, typed.panel.interviewers[whole.index(person)]).values(),
    }
    return render(request, "drafts/_conversation_preview.html", context)


@require_POST
def conversation_skip(
    request: HttpRequest, interview_id: uuid.UUID, interviewer_id: uuid.UUID
) -> HttpResponse:
    person = load_person(request, interview_id, interviewer_id)
    services.skip_interviewer(person)
    messages.info(request, _("You skipped %(name)s for now.") % {"name": person.full_name})
    cards = queries.cards(services.read_whole(person.interview))
    return redirect(steps.after_person(person.interview, cards, person.id))


@require_POST
def draft_create(
    request: HttpRequest, interview_id: uuid.UUID, interviewer_id: uuid.UUID, kind: str = Kind.THANK_YOU
) -> HttpResponse:
    """Opens the letter, or a route to someone whose address is unknown, and composes it first if needed."""
    person = load_person(request, interview_id, interviewer_id)
    known = or_404(member_of(Kind, kind))
    if known.is_follow_up:
        return redirect("follow_up_edit", interview_id, interviewer_id, kind)
    draft = services.create_draft(person, known)
    return redirect("draft_edit", draft.id)


def _suggestions(post: QueryDict) -> dict[str, str]:
    """The suggested sentences and corrections that were accepted, by the name of the field they go into."""
    taken = {
        f"say-{name.removeprefix('use-')}": post.get(name, "")
        for name in post
        if name.startswith("use-") and post.get(name)
    }
    return taken | {name: sentence for name in _CORRECTED if (sentence := post.get(f"fix-{name}", ""))}


def _with_additions(post: QueryDict) -> QueryDict:
    """The POST data with the right number of link rows, and with what a button adds: a row, a usual strength, a
    suggestion."""
    data = whole_formset(post, "work_samples")
    if data.get("add_strength"):
        data["strengths"] = ", ".join(
            one
            for one in (data.get("strengths", "").strip().rstrip(","), data.get("add_strength", ""))
            if one
        )
    if "add_sample" in data:
        rows = int(data.get("work_samples-TOTAL_FORMS", "0"))
        data["work_samples-TOTAL_FORMS"] = str(min(rows + 1, MOST_ROWS))
    for name, sentence in _suggestions(data).items():
        data[name] = sentence
    return data


def _with_all_suggestions(data: QueryDict, notes: Notes) -> QueryDict:
    """The data with the suggested sentence in each box for an own sentence that is still empty."""
    for key, sentence in notes.whole_as_typed().letter(notes.person).suggestions.items():
        if not data.get(f"say-{key}", "").strip():
            data[f"say-{key}"] = sentence
    return data


def _conflict_page(request: HttpRequest, notes: Notes, stored: Interviewer) -> HttpResponse:
    """The form with the input, and beside it what was saved elsewhere; saving again overwrites that."""
    conflict = notes.differences(stored)
    with_version(notes.form, stored.version)
    stored.interview = notes.whole.interview
    return _page(
        request,
        replace(notes, person=stored),
        conflict=conflict,
        file_errors=_not_kept(request),
        status=409,
    )


def _still_to_offer(usual: list[str], typed: str | None) -> list[str]:
    there = {one.strip().casefold() for one in re.split(r"[,;\n\r]", typed or "")}
    return [one for one in usual if one.casefold() not in there]


def _is_sample_shown(row: Any) -> bool:
    """Whether to show this row for a link: it has input, or the user added it."""
    return bool(row.errors or row.has_changed()) if row.is_bound else bool(row.initial)


def _page(
    request: HttpRequest,
    notes: Notes,
    *,
    status: int = 200,
    conflict: dict[Any, Any] | None = None,
    file_errors: Sequence[str] = (),
    before: Sequence[met.Met] | None = None,
) -> HttpResponse:
    """The letter beside the notes, and what became of each, are those of the input if there is any. `before` is the
    earlier rounds with this person, loaded if not given."""
    whole, person, form, samples = notes.whole, notes.person, notes.form, notes.samples
    if before is None:
        before = met.earlier_with(whole.interview, person)
    cards = queries.cards(whole)
    index = whole.index(person)
    typed = notes.whole_as_typed() if form.is_bound else whole
    letter = typed.letter(person) if form.is_bound else whole.kept_letter(person)
    found = fates(letter, typed.panel.interviewers[index])
    shown = blanks(form, found)
    files = person.files()
    has_samples = bool(
        files or file_errors or "add_sample" in request.POST or any(map(_is_sample_shown, samples.forms))
    )
    rare = (shown["forgot"], shown["correction_topic"], shown["correction_answer"])
    context = {
        "interview": person.interview,
        "person": person,
        "form": form,
        "samples": samples,
        "files": files,
        "file_errors": file_errors,
        "letter": letter,
        "is_crowded": is_crowded(letter),
        "fates": found,
        "blanks": shown,
        "rare_open": has_samples or any(blank.is_filled for blank in rare),
        "asked_before": [card for card in cards if card.state == "asked" and card.person.id != person.id],
        "steps": steps.steps(person.interview, cards, str(person.id)),
        "is_last": _is_from_letter(request) or (bool(cards) and cards[-1].person.id == person.id),
        "draft": whole.drafts.get(person.id),
        "usual_strengths": _still_to_offer(person.interview.candidate.strengths, form["strengths"].value()),
        "conflict": conflict,
        "before": before,
    }
    return render(request, "drafts/conversation.html", context, status=status)
