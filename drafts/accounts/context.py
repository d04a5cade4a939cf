from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from drafts.accounts.browser import BROUGHT
from drafts.translation import date_format_language
from drafts.web.uploads import posted


def product(request: HttpRequest) -> dict[str, Any]:
    """Variables for every template: whether the user is a guest, how long their work is kept, and so on."""
    user = getattr(request, "user", None)
    return {
        "guest_days": settings.GUEST_DAYS,
        "is_guest": bool(user and getattr(user, "is_guest", False)),
        # For the page's script: whom the page was made for, and which form, if any, it answers.
        "owner": str(user.pk) if user and user.is_authenticated else "",
        "brought": " ".join(request.session.get(BROUGHT, [])) if user and user.is_authenticated else "",
        "sent": posted(request).get("sent", "")[:60],
        # For times that the page's script writes.
        "time_language": date_format_language(),
        "languages": settings.LANGUAGES,
        "mail_works": settings.MAIL_WORKS,
        "signup_open": settings.SIGNUP_OPEN,
        # Empty where the operator named no language model; then no page mentions one.
        "model_name": settings.MODEL_NAME if settings.MODEL_URL else "",
        "model_host": urlsplit(settings.MODEL_URL).netloc if settings.MODEL_URL else "",
    }
