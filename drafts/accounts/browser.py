"""What this browser holds of those who use it: a guest's work that waits, and what to forget when somebody leaves."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.auth import login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from drafts.models import Candidate
from drafts.pages import queries

# A signed cookie with whose work is in this browser. A guest has it from the start: signing in ends the guest's
# session, and an answer that does not arrive, or an account's session that ends by itself, must not end the way back.
GUEST_COOKIE = "waiting_guest"
GUEST_BACKEND = "django.contrib.auth.backends.ModelBackend"
# In the session: the guests whose work was brought along, whose pages may still be open.
BROUGHT = "brought"
# A cookie for scripts: who signed out of this browser, or deleted everything, since its last page.
LEFT_COOKIE = "left"
# Stands for whoever types before anybody is known.
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
    """As whom whoever is signed in typed what this browser may still keep (static/js/kept.js)."""
    if not request.user.is_authenticated:
        return []
    brought = request.session.get(BROUGHT, [])
    return [str(request.user.pk), *brought, *([VISITOR] if request.user.is_guest else [])]


def forget_in_browser(response: HttpResponse, owners: list[str], kinds: str = '"cache"') -> None:
    """Who leaves this browser leaves nothing in it: no page that Back could show, and nothing that was typed.

    `kinds` is what Clear-Site-Data takes away for all who use this browser. What `owners` typed the next page of ours
    takes away, whichever it is: only a script can tell it from what others typed.
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
    """The guest whose work waits in this browser behind an account; None where there is none (any more)."""
    try:
        # Whom it names is needed to check it, and believed once it is checked.
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
    """What the guest's cookie is signed with: like a session it ends with a new password."""
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

    Signing in renews the token against forged requests. A guest gains no rights by it, and pages opened
    before (Back, a second tab) must still be able to save: so the token stays.
    """
    token = request.META.get("CSRF_COOKIE")
    login(request, guest, backend=GUEST_BACKEND)
    if token:
        request.META["CSRF_COOKIE"] = token
