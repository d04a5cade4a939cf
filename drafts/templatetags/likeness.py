"""The cells of the table of likeness: a panel of eight has 56 of them, which take a template 2 ms."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from drafts.pages.reviews import Pair, Row
from drafts.translation import together

register = template.Library()


@register.simple_tag
def likeness_cells(row: Row) -> str:
    return format_html("<td>{}</td>" * len(row.cells), *(_cell(row, pair) for pair in row.cells))


def _cell(row: Row, pair: Pair | None) -> str:
    if pair is None:
        return format_html('<span aria-hidden="true">{}</span>', "·")
    names = together(row.person.full_name, pair.other.full_name)
    return format_html(
        '<a class="{}" href="{}" aria-label="{}">{}</a>',
        "alike alike-much" if pair.is_much else "alike",
        pair.url,
        _("%(names)s: %(percent)s percent similar") % {"names": names, "percent": pair.percent},
        _("%(percent)s%%") % {"percent": pair.percent},
    )
