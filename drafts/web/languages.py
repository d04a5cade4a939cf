"""The language of a page: the one chosen in this browser, else the first of the browser's own that there is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import activate, get_language, get_language_from_request

from drafts.translation import dates_for, english_dates

PARAMETER = "lang"
YEAR = 365 * 24 * 60 * 60  # seconds


class LanguageMiddleware:
    """Activates the language and remembers the choice in a cookie.

    `?lang=de` chooses one, on any page and without a script. The choice in an account's settings counts on every
    device: the first page there that reads the account copies it into the cookie, so that no page needs a query for it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        # Most addresses have no query, which need not be parsed.
        asked = request.GET.get(PARAMETER, "") if request.META.get("QUERY_STRING") else ""
        if asked in dict(settings.LANGUAGES):
            choose_language(request, asked)
        else:
            _activate(request, get_language_from_request(request))
        with dates_for(partial(_english_dates, request)):
            response = self.get_response(request)
        if "Content-Language" not in response.headers:
            response["Content-Language"] = get_language() or settings.LANGUAGE_CODE
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        chosen = getattr(request, "chosen_language", None)
        if chosen is None:
            chosen = _of_account(request) or kept
        if chosen != kept:
            _remember(response, chosen)
        return response


def chosen_here(request: HttpRequest) -> str:
    """The language chosen in this browser; empty if there is none."""
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return kept if kept in dict(settings.LANGUAGES) else ""


def choose_language(request: HttpRequest, language: str) -> None:
    """Uses the language from now on; an empty one is the browser's own."""
    request.chosen_language = language  # type: ignore[attr-defined]
    if not language:
        language = language_of_browser(request)
    _activate(request, language)


def _of_account(request: HttpRequest) -> str:
    """The choice in the account's settings; empty if there is none, or if nothing has read the account yet."""
    return getattr(_account(request), "language", "")


def _account(request: HttpRequest) -> Any:
    """The account; None if nothing has read it yet."""
    user = request.__dict__.get("user")
    if isinstance(user, SimpleLazyObject):
        # Set by Django when the account is read.
        return getattr(request, "_cached_user", None)
    return user


def _english_dates(request: HttpRequest) -> str:
    dialect = getattr(_account(request), "dialect", "")
    return english_dates(request.headers.get("Accept-Language", ""), dialect)


def language_of_browser(request: HttpRequest) -> str:
    """The browser's own, whatever was chosen."""
    request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
    return get_language_from_request(request)


def _activate(request: HttpRequest, language: str) -> None:
    activate(language)
    request.LANGUAGE_CODE = language


def _remember(response: HttpResponse, language: str) -> None:
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=YEAR,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
