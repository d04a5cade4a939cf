"""Renders the constant parts of templates once, when they are loaded, instead of for every page.

Icons, URLs of static files and translated texts are two thirds of the nodes of our templates. Most of the others have
a faster implementation in config/quick_nodes.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Template,
    TextNode,
    Token,
    TokenType,
    VariableNode,
)
from django.template.defaulttags import IfNode, LoadNode, WithNode
from django.template.library import SimpleNode
from django.template.loader_tags import IncludeNode
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode

from config.quick_nodes import (
    QuickAssignNode,
    QuickIncludeNode,
    QuickNodeList,
    QuickVariableNode,
    quicken,
    quicken_condition,
)
from drafts.templatetags.quick import icon


class _Folding(base.Loader):
    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        # With DEBUG on, Django's own nodes show developers where a template failed.
        if not self.engine.debug:
            fold(template.nodelist, Context(autoescape=self.engine.autoescape))
        return template


class Loader(cached.Loader, _Folding):
    """Django's cached loader, which folds templates before caching them."""


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
    if isinstance(node, SimpleNode) and node.func is icon:
        return node.target_var is None and all(map(_is_literal, [*node.args, *node.kwargs.values()]))
    return False


def _is_constant_text(node: TranslateNode) -> bool:
    words = node.filter_expression
    # With more than one language, texts depend on the request.
    is_plain = not (settings.USE_I18N or node.message_context or words.filters)
    return is_plain and words.var.literal is not None


def _is_literal(expression: FilterExpression) -> bool:
    return not expression.filters and (not expression.is_var or expression.var.literal is not None)


# ---------------------------------------------------------------- words with values in them


def _is_plain(node: BlockTranslateNode) -> bool:
    return not (settings.USE_I18N or node.message_context or node.asvar or node.trimmed)


def _words(node: BlockTranslateNode) -> list[Node]:
    """The node as texts and variables, with the singular and the plural as an `if`."""
    values, nodes = dict(node.extra_context), _pieces(node, node.singular)
    if node.plural and node.countervar and node.counter:
        values[node.countervar] = node.counter
        plural = _pieces(node, node.plural)
        is_one: Any = _IsOne(node.countervar)
        nodes = NodeList([_like(node, IfNode([(is_one, nodes), (None, plural)]))])
    for expression in values.values():
        quicken(expression)
    return [_like(node, WithNode(None, None, nodes, values))] if values else list(nodes)


def _pieces(node: Node, tokens: list[Token]) -> NodeList:
    return NodeList(
        [
            _like(
                node,
                TextNode(token.contents)
                if token.token_type == TokenType.TEXT
                # A variable without filters, which alone need a parser.
                else QuickVariableNode(FilterExpression(token.contents, None)),  # type: ignore[arg-type]
            )
            for token in tokens
        ]
    )


class _IsOne:
    """A condition for `if`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def eval(self, context: Context) -> bool:
        return bool(context[self.name] == 1)


def _like(node: Node, other: Node) -> Node:
    """`other` with the position of `node`."""
    other.token, other.origin = node.token, node.origin
    return other
