"""Rate limits, so that nobody can fill the disk or slow the site down."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest

from drafts.errors import TooOften


def spend(request: HttpRequest, action: str) -> None:
    """Counts one request for `action`, a key of ACCOUNT_RATE_LIMITS. Raises TooOften."""
    if not ratelimit.consume(request, action=action):
        raise TooOften
