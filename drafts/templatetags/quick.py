"""What every template has without loading it: icons, the language, and `{% url %}` in place of Django's own."""

from __future__ import annotations

import datetime as dt
import uuid
from html import escape
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as djangos_url
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from heroicons.templatetags.heroicons import heroicon_outline

from drafts.translation import ENGLISH, as_english, before_message, translated, written
from drafts.web.links import link

register = template.Library()
SENT_TAG = "sent-"  # before the letter's id, in the tags of a message


@register.simple_tag
def icon(name: str, size: int) -> str:
    """An outline of heroicons, `size` pixels wide and high, as SVG that says nothing to a screen reader."""
    return heroicon_outline(name, size=size, aria_hidden="true")


@register.simple_tag
def page_language() -> str:
    """The language of the page, for the attribute `lang`."""
    return get_language() or ENGLISH


@register.simple_tag
def in_english() -> str:
    """The attribute for letters and notes, which are in English, where the page is not."""
    return "" if page_language() == ENGLISH else SafeString(' lang="en"')


# Tags whose result only depends on their arguments and the language: see config/templates.py
CONSTANT = (icon, page_language, in_english)
register.filter(translated)
register.filter(as_english)
register.filter(before_message)


@register.filter(name="written", expects_localtime=True)
def written_if_any(moment: dt.date | None, form: str) -> str:
    """In place of Django's `date`, which writes "1 décembre" in French."""
    return written(moment, form) if moment else ""


class QuickURLNode(URLNode):
    """Asks Django only for addresses that have more than ids in them."""

    def render(self, context: Context) -> str:
        keys = [argument.resolve(context) for argument in self.args]
        if all(isinstance(key, uuid.UUID) for key in keys):
            return escape(link(self.view_name.var, *keys))
        return super().render(context)


@register.tag
def url(parser: Parser, token: Token) -> Any:
    node = djangos_url(parser, token)
    name = node.view_name.var
    # A namespace depends on the page that asks.
    is_plain = isinstance(name, str) and ":" not in name and not (node.kwargs or node.asvar)
    return QuickURLNode(node.view_name, node.args, {}, None) if is_plain else node


@register.filter
def sent_draft(message: Message) -> str:
    """The id of the letter that was marked as sent, of a message that says so; else empty."""
    words = (message.extra_tags or "").split()
    return next((word.removeprefix(SENT_TAG) for word in words if word.startswith(SENT_TAG)), "")
