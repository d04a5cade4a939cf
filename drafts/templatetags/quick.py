"""What every template has without loading it: `{% icon %}`, and `{% url %}` in place of Django's own."""

from __future__ import annotations

import uuid
from html import escape
from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as djangos_url
from heroicons.templatetags.heroicons import heroicon_outline

from drafts.web.links import link

register = template.Library()


@register.simple_tag
def icon(name: str, size: int) -> str:
    """An outline of heroicons, `size` pixels wide and high, as SVG that says nothing to a screen reader."""
    return heroicon_outline(name, size=size, aria_hidden="true")


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
