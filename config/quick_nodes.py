"""Template nodes with the results of Django's own and a faster implementation for the usual values."""

from __future__ import annotations

from html import escape
from types import MethodType
from typing import Any, cast

from django.template import Context
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    Template,
    TextNode,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import CycleNode, IfChangedNode, TemplateLiteral
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.utils.safestring import SafeString


class QuickNodeList(NodeList):
    """Skips what Django does for each node to show developers where a template failed."""

    def render(self, context: Context) -> SafeString:
        return SafeString(
            "".join([node.s if type(node) is TextNode else node.render(context) for node in self])
        )


class QuickVariable(Variable):
    """Looks up plain keys, attributes and methods itself, and leaves all other values and every failure to Django."""

    def __init__(self, var: str) -> None:
        super().__init__(var)
        self.first, *self.others = self.lookups or ()

    def resolve(self, context: Context) -> Any:  # type: ignore[override]  # templates only resolve in a Context
        try:
            for values in reversed(context.dicts):
                if self.first in values:
                    current = values[self.first]
                    break
            else:
                return super().resolve(context)
            if callable(current):
                current = _called(current)
            for name in self.others:
                if hasattr(type(current), "__getitem__"):
                    try:
                        current = current[name]
                    except (TypeError, AttributeError, KeyError, ValueError, IndexError):
                        current = getattr(current, name)
                else:
                    current = getattr(current, name)
                if callable(current):
                    current = _called(current)
        except Exception:
            return super().resolve(context)
        return current


def _called(method: Any) -> Any:
    """Raises TypeError for anything that is not a method, or that templates may not call."""
    if type(method) is not MethodType or getattr(method, "alters_data", False):
        raise TypeError
    return method if getattr(method, "do_not_call_in_templates", False) else method()


class QuickExpression(FilterExpression):
    """A variable without filters."""

    __slots__ = ()

    def resolve(self, context: Context, ignore_failures: bool = False) -> Any:
        try:
            return self.var.resolve(context)
        except VariableDoesNotExist:
            return super().resolve(context, ignore_failures)


def quicken(expression: FilterExpression) -> None:
    """Makes an expression and the arguments of its filters look up their variables faster."""
    expression.var = _quick(expression.var)
    if type(expression.var) is QuickVariable and not expression.filters:
        # In place, because the node that has this expression is not known here.
        expression.__class__ = QuickExpression
    expression.filters = [
        (function, [(is_variable, _quick(value)) for is_variable, value in arguments])
        for function, arguments in expression.filters
    ]


def _quick(variable: Any) -> Any:
    is_plain = type(variable) is Variable and variable.lookups is not None and not variable.translate
    return QuickVariable(variable.var) if is_plain else variable


class QuickVariableNode(VariableNode):
    """Skips the checks for dates and numbers if the value is a plain string, as most are."""

    def __init__(self, expression: FilterExpression) -> None:
        super().__init__(expression)
        quicken(expression)

    def render(self, context: Context) -> str:
        value = self.filter_expression.resolve(context)
        if type(value) is str:
            return escape(value) if context.autoescape else value
        return str(render_value_in_context(value, context))


class QuickAssignNode(Node):
    """Sets a variable to a constant."""

    child_nodelists = ()

    def __init__(self, name: str, value: Any) -> None:
        self.name, self.value = name, value

    def render(self, context: Context) -> str:
        context[self.name] = self.value
        return ""


def quicken_condition(condition: Any) -> None:
    """The same for everything that a condition of `if` is made of."""
    if isinstance(condition, TemplateLiteral):
        quicken(condition.value)  # type: ignore[arg-type]  # wrong in django-stubs
        return
    for part in (getattr(condition, "first", None), getattr(condition, "second", None)):
        if part is not None:
            quicken_condition(part)


# These nodes keep state for the template that contains them.
KEEPERS = (BlockNode, ExtendsNode, CycleNode, IfChangedNode)


class QuickIncludeNode(IncludeNode):
    """Renders the nodes of an included template as if they were inlined, if the result is the same."""

    nodes: NodeList | None
    is_plain: bool

    @classmethod
    def of(cls, node: IncludeNode) -> QuickIncludeNode:
        quick = cls(node.template, extra_context=node.extra_context, isolated_context=node.isolated_context)
        for value in node.extra_context.values():
            quicken(value)
        quick.nodes = None
        return quick

    def render(self, context: Context) -> SafeString:
        if self.nodes is None:
            engine = cast(Template, context.template).engine
            nodes = engine.get_template(self.template.resolve(context)).nodelist
            self.is_plain = not any(nodes.get_nodes_by_type(kind) for kind in KEEPERS)
            # Set it last, because another thread may read it meanwhile.
            self.nodes = nodes
        if not self.is_plain:
            return super().render(context)
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if not self.isolated_context:
            with context.push(**values):
                return self.nodes.render(context)
        around = context.dicts
        # The first ones are True, False and None.
        context.dicts = [around[0], values]
        try:
            return self.nodes.render(context)
        finally:
            context.dicts = around
