"""What a browser keeps about its users: the guest cookie, and what to clear when somebody signs out."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from drafts.models import Candidate
from drafts.pages import queries

# A signed cookie that names the guest whose work is in this browser. Guests have it from the start, because signing
# in ends the guest's session, and they must be able to return even if a response is lost or the account's session
# expires.
GUEST_COOKIE = "waiting_guest"
GUEST_BACKEND = "django.contrib.auth.backends.ModelBackend"
# Session key: the guests whose work was moved to this account, whose pages may still be open.
BROUGHT = "brought"
# A cookie that scripts read: who signed out of this browser, or deleted their account, since the last page.
LEFT_COOKIE = "left"
# The owner of text typed before there is a guest or an account.
VISITOR = "visitor"


class AccountRequest(HttpRequest):
    """Attributes that our account views and adapter set on a request. Read them with `getattr`: any may be absent."""

    coming_guest: Candidate  # who was using this browser when the sign-in page was opened
    guest_to_wait: Candidate  # whose work stays in this browser while an account is signed in
    needs_password: bool  # the address was confirmed in another browser, which ended the password


def signed_in(request: HttpRequest) -> Candidate:
    """The candidate who is signed in, guests included. Raises PermissionDenied for a visitor."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def owners_here(request: HttpRequest) -> list[str]:
    """The owners under which this browser may have kept the current user's text (static/js/kept.js)."""
    if not request.user.is_authenticated:
        return []
    brought = request.session.get(BROUGHT, [])
    return [str(request.user.pk), *brought, *([VISITOR] if request.user.is_guest else [])]


def forget_in_browser(response: HttpResponse, owners: list[str], kinds: str = '"cache"') -> None:
    """Clears what a user leaves in the browser: cached pages that Back could show, and typed text.

    `kinds` is the value of Clear-Site-Data, which affects all users of the browser. Text typed by `owners` is removed
    by a script on the next page, because only a script can tell whose text it is.
    """
    response["Clear-Site-Data"] = kinds
    if owners:
        response.set_cookie(
            LEFT_COOKIE,
            ".".join(owners),
            max_age=settings.SESSION_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )


def waiting_guest(request: HttpRequest) -> Candidate | None:
    """The guest whose work is in this browser while an account is signed in; None if there is none."""
    try:
        # The id is needed to verify the signature, and is trusted only after that.
        guest_id = uuid.UUID(request.COOKIES.get(GUEST_COOKIE, "").partition(":")[0])
    except ValueError:
        return None
    guest = queries.guest_of(guest_id) if guest_id != request.user.pk else None
    if guest is None or not request.get_signed_cookie(
        GUEST_COOKIE, default="", salt=_salt(guest), max_age=settings.SESSION_COOKIE_AGE
    ):
        return None
    return guest if queries.has_work(guest) else None


def _salt(guest: Candidate) -> str:
    """The salt of the guest cookie's signature, which changes with the password, as sessions do."""
    return f"{GUEST_COOKIE} {guest.get_session_auth_hash()}"


def set_guest_cookie(response: HttpResponse, guest: Candidate) -> None:
    response.set_signed_cookie(
        GUEST_COOKIE,
        str(guest.pk),
        salt=_salt(guest),
        max_age=settings.SESSION_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def bind_guest(request: HttpRequest, guest: Candidate) -> None:
    """Binds a guest to this browser's session.

    Signing in would rotate the CSRF token. A guest gains no rights, and pages that are already open (Back, a second
    tab) must still be able to save, so the token is kept.
    """
    token = request.META.get("CSRF_COOKIE")
    login(request, guest, backend=GUEST_BACKEND)
    if token:
        request.META["CSRF_COOKIE"] = token
