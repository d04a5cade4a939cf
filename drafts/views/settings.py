"""What a candidate always uses, and everything they have: to take along, to bring in, to delete."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, BinaryIO, cast

from allauth.account.adapter import get_adapter
from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from drafts import services
from drafts.accounts.browser import VISITOR, forget_in_browser, owners_here, waiting_guest
from drafts.accounts.forms import DeleteForm
from drafts.errors import Gone
from drafts.exchange.account import AccountFault, read_account_zip
from drafts.forms import SettingsForm
from drafts.forms.fields import UuidOrNothing
from drafts.pages import archive, history, language_model, queries
from drafts.translation import translated
from drafts.views.access import check_owner, dialect_of, signed_in_or_guest
from drafts.web import limits
from drafts.web.languages import choose_language, chosen_here
from drafts.web.uploads import MEGABYTE, account_limit

MARK = "<!-- steps -->"  # where the steps of an import stand in its page
MOST_LEFT_OUT = 10  # sentences on what could not come in
logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    reminders = _reminders(request.user)
    if request.method != "POST":
        form = (
            SettingsForm.for_candidate(
                request.user, offers_reminders=reminders == "offered", language=chosen_here(request)
            )
            if request.user.is_authenticated
            else SettingsForm(initial={"dialect": dialect_of(request), "language": chosen_here(request)})
        )
        return _page(request, form, reminders=reminders)
    check_owner(request)
    if "withdraw_model" in request.POST:
        if request.user.is_authenticated:
            services.withdraw(request.user)
        messages.success(request, _("You’ll be asked again before anything is sent to the language model."))
        return redirect("settings")
    form = SettingsForm(request.POST, offers_reminders=reminders == "offered")
    if not form.is_valid():
        return _page(request, form, status=422, reminders=reminders)
    services.save_settings(signed_in_or_guest(request), form.cleaned_data)
    if "language" in form.cleaned_data:
        choose_language(request, form.cleaned_data["language"])
    messages.success(request, _("Saved."))
    return redirect("settings")


def _reminders(candidate: Any) -> str:
    """ "offered", or why the page does not offer them: "no mail", "no account", or "unconfirmed"."""
    if not django_settings.MAIL_WORKS:
        return "no mail"
    if not candidate.is_authenticated or candidate.is_guest:
        return "no account"
    return "offered" if services.confirmed_address(candidate) else "unconfirmed"


def _page(request: HttpRequest, form: SettingsForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "waiting": waiting_guest(request),
        "has_deleted": queries.has_deleted(request.user),
        "room": _room(request.user),
        "model": language_model.agreed(request.user),
        **more,
    }
    return render(request, "drafts/settings.html", context, status=status)


def _room(candidate: Any) -> dict[str, Any]:
    """How much is kept, and how much may be, in interviews and in megabytes."""
    used, most = services.usage_of(candidate), services.quota_of(candidate)
    return {
        "interviews": used.interviews,
        "most_interviews": most.interviews,
        "megabytes": used.bytes / MEGABYTE,
        "most_megabytes": most.bytes // MEGABYTE,
    }


@require_safe
def account_export(request: HttpRequest) -> HttpResponseBase:
    """Everything, as one ZIP file that is sent while it is written."""
    if not request.user.is_authenticated:
        raise Http404
    if "download" not in request.GET:
        context = {"interviews": history.count(request.user)}
        return render(request, "drafts/account_export.html", context)
    limits.spend(request, "download")
    now = timezone.now()
    response = StreamingHttpResponse(archive.account_zip(request.user, now), content_type="application/zip")
    name = f"afterword-{now:%Y-%m-%d}.zip"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Expected-Size"] = str(archive.expected_size(request.user))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def account_import(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return render(request, "drafts/account_import.html", {"error": ""})
    check_owner(request)
    limits.spend(request, "import")
    file = request.FILES.get("archive")
    if file is None:
        too_large = bool(getattr(request, "skipped_files", []))
        too_large_words = _("The file is too large. The limit is %(most)s MB.") % {"most": account_limit()}
        error = too_large_words if too_large else _("Choose the file first.")
        return render(request, "drafts/account_import.html", {"error": error}, status=422)
    try:
        account, source = read_account_zip(cast(BinaryIO, file))
        # All of it is read before anything is stored: a damaged file changes nothing.
        for one in (
            file for interview in account.interviews for person in interview.people for file in person.files
        ):
            source.read(one)
    except AccountFault as fault:
        return render(
            request, "drafts/account_import.html", {"error": translated(fault.faults[0])}, status=422
        )
    steps = services.import_account(signed_in_or_guest(request), account, source.read)
    total = len(account.interviews)
    if total > services.MOST_INTERVIEWS:
        # Written now: what comes after this is too late for cookies.
        page = render_to_string("drafts/account_import_running.html", {"mark": MARK}, request)
        return StreamingHttpResponse(_running(page, steps, total), headers={"X-Accel-Buffering": "no"})
    *_steps, done = steps
    if done.stopped:
        messages.error(request, done.stopped)
    if done.added or done.known or not done.stopped:
        messages.success(request, _came_in(done))
    for words in done.left_out[:MOST_LEFT_OUT]:
        messages.warning(request, words)
    return redirect("interview_list")


def _running(page: str, steps: Iterator[services.Imported], total: int) -> Iterator[str]:
    """The page in pieces, one for each step of the import: it shows how far that is without a script."""
    done, problem = services.Imported(), ""
    head, _mark, tail = page.partition(MARK)
    yield head
    try:
        for done in steps:
            place = done.added + done.known
            step = {"place": place, "total": total, "is_done": False}
            yield render_to_string("drafts/_import_step.html", step)
        problem = done.stopped
    except Exception:
        # The answer has begun; what failed can only be said in it.
        logger.exception("an import stopped")
        problem = _("Then the import stopped. Choose the file again; nothing is added twice.")
    context = {
        "is_done": True,
        "came_in": _came_in(done),
        "problem": problem,
        "left_out": done.left_out[:MOST_LEFT_OUT],
    }
    yield render_to_string("drafts/_import_step.html", context)
    yield tail


def _came_in(done: services.Imported) -> str:
    added = ngettext("%(count)s interview was imported.", "%(count)s interviews were imported.", done.added)
    known = ngettext("%(count)s was already here.", "%(count)s were already here.", done.known)
    parts = [added % {"count": done.added}] if done.added or not done.known else []
    parts += [known % {"count": done.known}] if done.known else []
    return " ".join(parts)


@require_http_methods(["GET", "HEAD", "POST"])
def account_delete(request: HttpRequest) -> HttpResponse:
    """Deletes the account, or all of a guest's work, at once and for good."""
    if not request.user.is_authenticated:
        owner = UuidOrNothing().clean(request.POST.get("owner"))
        if request.method == "POST" and queries.is_deleted(owner):
            # Pressed twice: the first time did it.
            return _deleted(request, [str(owner), VISITOR])
        raise Http404
    if request.method == "POST":
        # It asks for the password, which nobody may try again and again.
        limits.spend(request, "delete")
    form = DeleteForm(request.POST or None, candidate=request.user)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "counts": queries.everything(request.user)}
        return render(
            request, "drafts/account_delete.html", context, status=422 if request.method == "POST" else 200
        )
    owners = owners_here(request)
    with suppress(Gone):
        services.delete_candidate(request.user)
    # Only now: a guest whom it could not delete has no way back in.
    if request.user.is_guest:
        logout(request)
    else:
        # Whoever's work waits behind the account gets it back.
        get_adapter().logout(request)
    return _deleted(request, owners)


def _deleted(request: HttpRequest, owners: list[str]) -> HttpResponse:
    messages.success(request, _("Everything was deleted."))
    response = redirect("home")
    # What a guest typed whose work waited behind the account is not this account's to take away.
    forget_in_browser(response, owners, '"cache"' if request.user.is_authenticated else '"cache", "storage"')
    return response
