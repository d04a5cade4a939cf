from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, Any]:
    """What every page may say: whether this is a guest, and for how long their work is kept."""
    user = getattr(request, "user", None)
    return {
        "guest_days": settings.GUEST_DAYS,
        "is_guest": bool(user and getattr(user, "is_guest", False)),
        "mail_works": settings.MAIL_WORKS,
        "signup_open": settings.SIGNUP_OPEN,
    }
