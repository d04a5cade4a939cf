"""Form fields as HTML, written by functions: Django's templates for widgets take ten times as long.

The renderer that the setting FORM_RENDERER names. `{{ form.company.as_field_group }}` in a template gives a label, the
widget, errors and help text, tied together for screen readers, with Bootstrap's classes; `{{ form.company }}` gives
the widget alone. Django marks what these functions return as safe, so each of them escapes whatever it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _

from drafts.domain.mistyped import suggested_address


class FieldRenderer(DjangoTemplates):
    """Writes what is in WRITERS, and leaves everything else to Django's templates."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        write = WRITERS.get(template_name)
        return write(context) if write else super().render(template_name, context, request)


def _escaped(value: Any) -> str:
    """As conditional_escape, which takes three times as long for the plain strings that most values are."""
    return escape(value) if type(value) is str else conditional_escape(value)


def _attributes(attrs: Mapping[str, Any]) -> str:
    return "".join(
        f" {name}" if value is True else f' {name}="{_escaped(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _input(context: Mapping[str, Any]) -> str:
    widget = context["widget"]
    value = widget["value"]
    shown = "" if value is None else f' value="{_escaped(value)}"'
    return f'<input type="{widget["type"]}" name="{widget["name"]}"{shown}{_attributes(widget["attrs"])}>'


def _option_input(context: Mapping[str, Any]) -> str:
    """One radio button or checkbox of several, in its label where Django asks for it."""
    widget = context["widget"]
    if not widget.get("wrap_label"):
        return _input(context)
    id_ = widget["attrs"].get("id")
    target = f' for="{id_}"' if id_ else ""
    return f"<label{target}>{_input(context)} {_escaped(widget['label'])}</label>"


def _textarea(context: Mapping[str, Any]) -> str:
    widget = context["widget"]
    text = _escaped(widget["value"] or "")
    return f'<textarea name="{widget["name"]}"{_attributes(widget["attrs"])}>\n{text}</textarea>'


def _select(context: Mapping[str, Any]) -> str:
    widget = context["widget"]
    groups = "".join(_option_group(name, options) for name, options, _index in widget["optgroups"])
    return f'<select name="{widget["name"]}"{_attributes(widget["attrs"])}>{groups}</select>'


def _option_group(name: str | None, options: Iterable[Mapping[str, Any]]) -> str:
    html = "".join(
        f'<option value="{_escaped(option["value"])}"{_attributes(option["attrs"])}>'
        f"{_escaped(option['label'])}</option>"
        for option in options
    )
    return f'<optgroup label="{_escaped(name)}">{html}</optgroup>' if name else html


# ---------------------------------------------------------------- a field with its label, errors and help text


def _field_group(context: Mapping[str, Any]) -> str:
    field = context["field"]
    if field.is_hidden:
        return str(field)
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return f'<div class="mb-3">{_div(field, "form-check", _checkbox(field))}</div>'
    if widget.use_fieldset:
        return _div(field, "mb-3", _fieldset(field))
    # The help comes first: below a field that is filled in, it would come too late.
    html = f'<label for="{field.id_for_label}" class="form-label">{_label(field)}</label>' + _help(field)
    look = "form-select" if isinstance(widget, forms.Select) else "form-control"
    return _div(field, "mb-3", html + _widget(field, look) + _errors(field) + _address_question(field))


def _div(field: forms.BoundField, look: str, html: str) -> str:
    return f'<div id="div_{field.auto_id}" class="{look}">{html}</div>'


def _checkbox(field: forms.BoundField) -> str:
    label = f'<label for="{field.id_for_label}" class="form-check-label">{_label(field)}</label>'
    return _widget(field, "form-check-input") + label + _errors(field) + _help(field)


def _fieldset(field: forms.BoundField) -> str:
    described = f' aria-describedby="{field.aria_describedby}"' if field.aria_describedby else ""
    invalid = " is-invalid" if field.errors else ""
    html = "".join(
        f'<div class="form-check"><input type="{one.data["type"]}" class="form-check-input{invalid}" '
        f'name="{field.html_name}" value="{_escaped(one.data["value"])}"{_attributes(one.data["attrs"])}>'
        f'<label for="{one.id_for_label}" class="form-check-label">{_escaped(one.choice_label)}</label></div>'
        for one in field.subwidgets
    )
    legend = f'<legend class="form-label fs-6">{_label(field)}</legend>'
    return (
        f'<fieldset id="{field.auto_id}" tabindex="-1"{described}>'
        f"{legend}{_help(field)}<div>{html}{_errors(field)}</div></fieldset>"
    )


def _label(field: forms.BoundField) -> str:
    star = '<span class="asteriskField">*</span>' if field.field.required else ""
    return _escaped(field.label) + star


def _widget(field: forms.BoundField, look: str) -> str:
    return str(field.as_widget(attrs={"class": f"{look} is-invalid" if field.errors else look}))


def _errors(field: forms.BoundField) -> str:
    if not field.errors:
        return ""
    html = "".join(f"<p>{_escaped(str(error))}</p>" for error in field.errors)
    return f'<div id="{field.auto_id}_error" class="invalid-feedback d-block">{html}</div>'


def _address_question(field: forms.BoundField) -> str:
    """The place under an email field for "Did you mean ...?"; the address itself is never changed."""
    widget = field.field.widget
    if "email" not in (widget.attrs.get("inputmode"), getattr(widget, "input_type", "")):
        return ""
    question = _escaped(address_question(str(field.value() or "")))
    return f'<div class="form-text" role="status" data-address-question>{question}</div>'


def address_question(address: str) -> str:
    """What to ask about an address that looks mistyped; empty for any other."""
    meant = suggested_address(address)
    return _("Did you mean %(address)s?") % {"address": meant} if meant else ""


def _help(field: forms.BoundField) -> str:
    if not field.help_text:
        return ""
    return f'<div id="{field.auto_id}_helptext" class="form-text">{_escaped(field.help_text)}</div>'


Writer = Callable[[Mapping[str, Any]], str]
INPUTS = ("checkbox", "date", "datetime", "email", "hidden", "number", "password", "text", "time", "url")
WRITERS: dict[str, Writer] = {
    "django/forms/field.html": _field_group,
    **{f"django/forms/widgets/{name}.html": _input for name in INPUTS},
    "django/forms/widgets/checkbox_option.html": _option_input,
    "django/forms/widgets/radio_option.html": _option_input,
    "django/forms/widgets/select.html": _select,
    "django/forms/widgets/textarea.html": _textarea,
}
