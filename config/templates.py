"""Renders the constant parts of templates once, when they are loaded, instead of for every page.

Icons, URLs of static files and translated texts are two thirds of the nodes of our templates. Most of the others have
a faster implementation in config/quick_nodes.py. Each language has templates of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.template import Context
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Template,
    TextNode,
    VariableNode,
)
from django.template.defaulttags import IfNode, LoadNode, WithNode
from django.template.library import SimpleNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language, gettext, ngettext

from config.quick_nodes import (
    QuickAssignNode,
    QuickIncludeNode,
    QuickNodeList,
    QuickVariableNode,
    quicken,
    quicken_condition,
)
from drafts.templatetags.quick import CONSTANT


class _Folding(base.Loader):
    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        # With DEBUG on, Django's own nodes show developers where a template failed.
        if not self.engine.debug:
            fold(template.nodelist, Context(autoescape=self.engine.autoescape))
        return template


class Loader(cached.Loader, _Folding):
    """Django's cached loader, which folds templates before caching them, for one language at a time."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        return f"{get_language()} {super().cache_key(template_name, skip)}"


def fold(nodes: NodeList, context: Context) -> None:
    """Renders the constant nodes of a list and of all nested lists, and joins adjacent texts."""
    folded: list[Node] = []
    for node in _written_out(nodes, context):
        if isinstance(node, TextNode) and folded and isinstance(folded[-1], TextNode):
            folded[-1] = _like(node, TextNode(folded[-1].s + node.s))
        else:
            folded.append(node)
    nodes[:] = folded
    # In place, because the node that has this list is not known here.
    nodes.__class__ = QuickNodeList


def _written_out(nodes: NodeList, context: Context) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, LoadNode):
            continue
        if isinstance(node, BlockTranslateNode) and _is_plain(node):
            yield from _words(node)
        elif _is_constant(node):
            yield _like(node, TextNode(node.render(context)))
        elif isinstance(node, TranslateNode) and node.asvar and _is_constant_text(node):
            node.render(context)
            yield _like(node, QuickAssignNode(node.asvar, context[node.asvar]))
        elif type(node) is VariableNode:
            yield _like(node, QuickVariableNode(node.filter_expression))
        elif type(node) is IncludeNode and _is_literal(node.template):
            yield _like(node, QuickIncludeNode.of(node))
        else:
            for inner in _inner_lists(node):
                fold(inner, context)
            _quicken_expressions(node)
            yield node


def _inner_lists(node: Node) -> list[NodeList]:
    if isinstance(node, IfNode):
        return [inner for _condition, inner in node.conditions_nodelists]
    names = node.child_nodelists
    return [inner for name in names if isinstance(inner := getattr(node, name, None), NodeList)]


def _quicken_expressions(node: Node) -> None:
    if isinstance(node, IfNode):
        for condition, _nodes in node.conditions_nodelists:
            quicken_condition(condition)
    for value in vars(node).values():
        several = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
        for one in several:
            if isinstance(one, FilterExpression):
                quicken(one)


def _is_constant(node: Node) -> bool:
    if isinstance(node, TranslateNode):
        return _is_constant_text(node) and not node.asvar
    if isinstance(node, StaticNode):
        return node.varname is None and _is_literal(node.path)
    if isinstance(node, SimpleNode) and node.func in CONSTANT:
        return node.target_var is None and all(map(_is_literal, [*node.args, *node.kwargs.values()]))
    return False


def _is_constant_text(node: TranslateNode) -> bool:
    words = node.filter_expression
    return not (node.message_context or words.filters) and words.var.literal is not None


def _is_literal(expression: FilterExpression) -> bool:
    return not expression.filters and (not expression.is_var or expression.var.literal is not None)


# ---------------------------------------------------------------- words with values in them


def _is_plain(node: BlockTranslateNode) -> bool:
    return not (node.message_context or node.asvar)


def _words(node: BlockTranslateNode) -> list[Node]:
    """The node as translated texts and variables; with a plural, as a node that chooses between them."""
    values = dict(node.extra_context)
    singular, _names = node.render_token_list(node.singular)
    nodes: NodeList
    if node.plural and node.countervar and node.counter:
        values[node.countervar] = node.counter
        plural, _names = node.render_token_list(node.plural)
        nodes = NodeList([_like(node, _PluralNode(node, node.countervar, singular, plural))])
    else:
        nodes = _pieces(node, gettext(singular))
    for expression in values.values():
        quicken(expression)
    return [_like(node, WithNode(None, None, nodes, values))] if values else list(nodes)


class _PluralNode(Node):
    """The text for a number: languages differ in how many there are and when each is used."""

    child_nodelists = ()

    def __init__(self, node: Node, name: str, singular: str, plural: str) -> None:
        self.like, self.name, self.singular, self.plural = node, name, singular, plural
        self.nodes: dict[Any, NodeList] = {}

    def render(self, context: Context) -> str:
        number = context[self.name]
        nodes = self.nodes.get(number)
        if nodes is None:
            nodes = _pieces(self.like, ngettext(self.singular, self.plural, number))
            if len(self.nodes) < MOST_NUMBERS:
                self.nodes[number] = nodes
        return nodes.render(context)


MOST_NUMBERS = 200  # whose text is kept
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def _pieces(node: Node, text: str) -> NodeList:
    """A text of gettext, with %(names)s and %%, as texts and variables."""
    nodes: list[Node] = []
    for place, piece in enumerate(_PLACEHOLDER.split(text)):
        if place % 2:
            # A variable without filters, which alone need a parser.
            nodes.append(_like(node, QuickVariableNode(FilterExpression(piece, None))))  # type: ignore[arg-type]
        elif piece:
            nodes.append(_like(node, TextNode(piece.replace("%%", "%"))))
    return QuickNodeList(nodes)


def _like(node: Node, other: Node) -> Node:
    """`other` with the position of `node`."""
    other.token, other.origin = node.token, node.origin
    return other
