"""django-allauth's views, adapted to guests."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account import views as account
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from drafts import services
from drafts.accounts.adapter import is_asked_for_here
from drafts.accounts.browser import (
    BROUGHT,
    GUEST_COOKIE,
    AccountRequest,
    forget_in_browser,
    owners_here,
    signed_in,
    waiting_guest,
)
from drafts.errors import Gone
from drafts.pages import history

View = Callable[..., HttpResponse]


def checked(view: Any, **options: Any) -> View:
    """One of allauth's form views, answering invalid input with 422 like all of our forms."""

    class Checked(view):
        def form_invalid(self, form: Any) -> HttpResponse:
            response: HttpResponse = super().form_invalid(form)
            if response.status_code == 200:
                response.status_code = 422
            return response

    Checked.__name__ = view.__name__
    answer: View = Checked.as_view(**options)
    return answer


def for_accounts(view: View) -> View:
    """Redirects visitors to sign in, and guests to sign up."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_guest:
            return redirect("account_signup")
        return view(request, *args, **kwargs)

    return login_required(guarded)


def for_others(view: View) -> View:
    """For signing in and up: redirects a user who is already signed in to where they were going."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not request.user.is_guest:
            return HttpResponseRedirect(_onward(request))
        return view(request, *args, **kwargs)

    return guarded


def from_outside(view: View) -> View:
    """For the steps of signing in: treats a guest as a visitor, and remembers who they were."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_guest:
            cast(AccountRequest, request).coming_guest = request.user
            request.user = AnonymousUser()
        return view(request, *args, **kwargs)

    return guarded


def with_mail(view: View) -> View:
    """404 on sites that cannot send email, for pages about an email that was sent."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.MAIL_WORKS:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def forgetting(view: View) -> View:
    """For signing out: clears what the browser kept of the user."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        owners = owners_here(request)
        response = view(request, *args, **kwargs)
        if request.method == "POST":
            forget_in_browser(response, owners)
        return response

    return guarded


class ConfirmEmail(account.ConfirmEmailView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        is_here = self.object and is_asked_for_here(self.request, self.object.email_address)
        return {**context, "is_here": is_here}

    def logout_other_user(self, confirmation: Any) -> None:
        """Keeps another user of this browser signed in: the link proves an address, it does not sign anyone in."""


class ChangeEmail(account.EmailView):
    """Without email, which could confirm it, the new address is used at once."""

    def form_valid(self, form: Any) -> HttpResponse:
        if settings.MAIL_WORKS:
            response: HttpResponse = super().form_valid(form)
            return response
        if not services.set_address(self.request.user, form.cleaned_data["email"]):
            form.add_error(
                "email", _("Another account already uses this email address. Enter a different one.")
            )
            invalid: HttpResponse = self.form_invalid(form)
            return invalid
        messages.success(self.request, _("From now on, sign in with your new email address."))
        return redirect("settings")


@for_accounts
@require_http_methods(["GET", "HEAD", "POST"])
def guest_bring(request: HttpRequest) -> HttpResponse:
    """Asks whether to move a guest's work in this browser to the account."""
    guest = waiting_guest(request)
    onward = _onward(request)
    if guest is None:
        return HttpResponseRedirect(onward)
    if request.method != "POST":
        context = {"interviews": history.interviews(guest)[:10], "next": onward, "guest": guest}
        return render(request, "drafts/guest_bring.html", context)
    if "bring" in request.POST:
        guest_id = str(guest.pk)
        try:
            count = services.bring_guest(guest, signed_in(request))
        except Gone:
            # A double click: the work was already moved.
            return HttpResponseRedirect(onward)
        request.session[BROUGHT] = [*request.session.get(BROUGHT, []), guest_id][-10:]
        messages.success(request, _("%(count)s added to your account.") % {"count": _interviews(count)})
        response = HttpResponseRedirect(onward)
        response.delete_cookie(GUEST_COOKIE, samesite="Lax")
        return response
    messages.info(
        request, _("We kept it separate. You’ll find it here again after you sign out in this browser.")
    )
    return HttpResponseRedirect(onward)


def _onward(request: HttpRequest) -> str:
    """The page the user was going to, if it is one of ours, else the start page."""
    return get_next_redirect_url(request) or reverse("home")


def _interviews(count: int) -> str:
    return _("One interview") if count == 1 else _("%(count)s interviews") % {"count": count}
