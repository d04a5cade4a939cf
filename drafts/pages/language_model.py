"""What pages say about the language model: which one, where it is, and why a request failed."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config.model_address import Reach, reach_of
from drafts import services
from drafts.language_model import Endpoint, Trouble
from drafts.models import ModelUse

REACH: dict[str, Promise] = {
    Reach.MACHINE: _("on the same server as this site"),
    Reach.NETWORK: _("on this site’s own network"),
    Reach.INTERNET: _("on the internet"),
}
TROUBLE: dict[str, Promise] = {
    Trouble.UNREACHABLE: _("The language model can’t be reached right now. Try again later."),
    Trouble.FORBIDDEN: _(
        "The language model’s address isn’t allowed. Ask this site’s administrator to check the setting."
    ),
    Trouble.SLOW: _("The language model took longer than 30 seconds. Try again later."),
    Trouble.KEY: _("The language model rejected this site’s key. Ask this site’s administrator to check it."),
    Trouble.NOT_FOUND: _(
        "The server doesn’t recognize this language model. Ask this site’s administrator to check its name and address."
    ),
    Trouble.TOO_MANY: _(
        "The language model is getting too many requests. Wait a few minutes, then try again."
    ),
    Trouble.REDIRECT: _(
        "The language model’s server redirected to another address, and we don’t send letters there. "
        "Ask this site’s administrator to check the address."
    ),
    Trouble.REFUSED: _("The language model didn’t accept the request. The letter may be too long for it."),
    Trouble.SERVER: _("The language model’s server had an error. Try again later."),
    Trouble.BROKEN: _("The language model’s answer was incomplete or couldn’t be read. Try again later."),
    Trouble.HTML: _("The language model answered with a web page instead of a letter. Try again later."),
    Trouble.EMPTY: _("The language model’s answer was empty. Try again."),
    Trouble.CUT_OFF: _("The language model’s answer was cut off. Shorten the letter, then try again."),
    Trouble.DECLINED: _("The language model declined to rewrite this letter."),
    Trouble.LANGUAGE: _("The language model answered in another language. Try again."),
    Trouble.TOO_LONG: _("The language model’s answer was far longer than the letter. Try again."),
    Trouble.BUSY: _("The language model is busy with other letters. Wait a minute, then try again."),
}


def agreed(candidate: Any) -> dict[str, Any] | None:
    """For the settings page: when the candidate agreed to the model, and where it was then. None without a model."""
    endpoint = services.model_endpoint()
    if endpoint is None:
        return None
    use = services.model_use(candidate) if candidate.is_authenticated else ModelUse()
    if not services.has_agreed(use, endpoint):
        return {"since": None, "reach_words": ""}
    return {"since": use.agreed_at, "reach_words": REACH.get(use.reach, "")}


def about(endpoint: Endpoint, use: ModelUse) -> dict[str, Any]:
    """For the page that asks for agreement. Resolves the model's address if the candidate has not agreed yet."""
    has_agreed = services.has_agreed(use, endpoint)
    reach = use.reach if has_agreed else reach_of(endpoint.url)
    return {
        "model": endpoint.name,
        "host": endpoint.host,
        "reach": reach,
        "reach_words": REACH.get(reach, ""),
        "is_open": not endpoint.is_encrypted and reach != Reach.MACHINE,
        "has_agreed": has_agreed,
        "agree": services.consent_key(endpoint),
    }
