"""The django-allauth adapter. Guests are candidates too, and they lose no work when they sign in or out."""

from __future__ import annotations

import ipaddress
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from drafts import services
from drafts.accounts.browser import AccountRequest, bind_guest, set_guest_cookie, waiting_guest
from drafts.models import Candidate
from drafts.pages import queries

# Session key: the candidate who has to confirm an address before this browser is signed in.
CLAIMED = "claimed"
UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - a placeholder, never bound to


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account is turned off. Contact this site’s administrator."),
        "duplicate_email": gettext_lazy("That’s already your email address. Enter a different one."),
        "email_password_mismatch": gettext_lazy(
            "The email address or the password is wrong. Check both and try again."
        ),
        "enter_current_password": gettext_lazy(
            "That password is wrong. Enter the password you sign in with."
        ),
        "incorrect_code": gettext_lazy("That code is wrong or has expired. Enter the newest one."),
        "incorrect_password": gettext_lazy("That password is wrong. Enter the password you sign in with."),
        "invalid_password_reset": gettext_lazy("This link no longer works. Request a new one."),
        "rate_limited": gettext_lazy("Too many attempts. Wait a few minutes, then try again."),
        "too_many_login_attempts": gettext_lazy(
            "Too many wrong attempts. Wait five minutes, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return settings.SIGNUP_OPEN

    def is_safe_url(self, url: str) -> bool:
        """Allows only paths on this site, without a host name."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that rate limits count by: the client's, or that of the first proxy that is not ours."""
        address = request.META.get("REMOTE_ADDR", "")
        if settings.ALLAUTH_TRUSTED_PROXY_COUNT:
            passed = request.headers.get("X-Forwarded-For", "").split(",")
            if len(passed) >= settings.ALLAUTH_TRUSTED_PROXY_COUNT:
                address = passed[-settings.ALLAUTH_TRUSTED_PROXY_COUNT].strip()
        try:
            return str(ipaddress.ip_address(address))
        except ValueError:
            return UNKNOWN_ADDRESS

    def login(self, request: HttpRequest, user: Any) -> None:
        """Signs in. If a guest with work was using this browser, remembers them, so that the work can be moved to the
        account."""
        before: Candidate | AnonymousUser = getattr(request, "coming_guest", request.user)
        super().login(request, user)
        if before.is_authenticated and before.pk != user.pk and before.is_guest and queries.has_work(before):
            cast(AccountRequest, request).guest_to_wait = before

    def logout(self, request: HttpRequest) -> None:
        """Signs out. Does nothing for a guest, who could not sign in again. A guest with work in this browser is signed
        in again."""
        if request.user.is_authenticated and request.user.is_guest:
            return
        guest = waiting_guest(request)
        super().logout(request)
        if guest:
            bind_guest(request, guest)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        guest = getattr(request, "guest_to_wait", None)
        if guest and isinstance(response, HttpResponseRedirect):
            response = HttpResponseRedirect(f"{reverse('guest_bring')}?{urlencode({'next': response.url})}")
            set_guest_cookie(response, guest)
        return response

    def respond_email_verification_sent(self, request: HttpRequest, user: Any) -> HttpResponse:
        if user:
            request.session[CLAIMED] = str(user.pk)
        response: HttpResponse = super().respond_email_verification_sent(request, user)
        return response

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirms the address; a guest who claimed their work with it becomes an account."""
        is_here = is_asked_for_here(request, email_address)
        if not email_address.can_set_verified() or not services.finish_claim(
            email_address.user, email_address.email, is_here=is_here
        ):
            self.add_message(
                request,
                messages.ERROR,
                "account/messages/email_confirmation_failed.txt",
                {"email": email_address.email},
            )
            return False
        cast(AccountRequest, request).needs_password = not is_here
        return bool(super().confirm_email(request, email_address))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Makes links in emails point to SITE_URL. Django builds them from the Host header, which the client can
        forge."""
        links = {
            name: settings.SITE_URL + urlsplit(url).path
            for name, url in context.items()
            if name.endswith("_url")
        }
        super().send_mail(template_prefix, email, {**context, **links, "site_url": settings.SITE_URL})

    def send_notification_mail(self, template_prefix: str, user: Any, *args: Any, **kwargs: Any) -> None:
        """A password reset by email also revokes the private calendar address, because whoever knew the password may
        know it."""
        if template_prefix == "account/email/password_reset":
            services.drop_calendar_token(user)
        super().send_notification_mail(template_prefix, user, *args, **kwargs)

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """The next page if this browser requested the confirmation, else the page to choose a new password."""
        user = email_address.user
        if getattr(self.request, "needs_password", False):
            key = PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
            return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
        return reverse("home" if self.request.user.pk == user.pk else "account_login")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Counts wrong passwords by email and IP address together, so that nobody can lock an owner out."""
        return f"{credentials.get('email', '').lower()} {get_ip(request)}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("settings")


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": gettext_lazy(
            "Turn off two-step verification before you change your email address."
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "You can’t remove this one yet. Remove the others first."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Add an authenticator app or a passkey first."),
        "incorrect_code": gettext_lazy("That code is wrong or has expired. Enter the newest one."),
        "unverified_email": gettext_lazy(
            "Confirm your email address first: open the link in the email we sent you, or keep your old address."
        ),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """The default name of a new passkey."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey") if not count else _("Passkey %(number)s") % {"number": count + 1}


def is_asked_for_here(request: HttpRequest, email_address: EmailAddress) -> bool:
    """Whether the user claimed the address in this browser, or signed in here and was asked to confirm it."""
    known = (str(request.user.pk), request.session.get(CLAIMED))
    return str(email_address.user_id) in known
