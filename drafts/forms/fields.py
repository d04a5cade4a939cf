"""Fields and checks that several forms share."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import normalize_newlines
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from drafts.domain import countries, time_zones
from drafts.domain.facts import MAX_STRENGTHS
from drafts.domain.moments import local_moment
from drafts.domain.texts import SEVERAL_LINES, TextProblem, text_fault
from drafts.domain.tokens import fold
from drafts.translation import ENGLISH, city_named, city_of, translated

MOST_ROWS = 100
# An ISO 3166 code, with or without a part of the country.
COUNTRY = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")


TEXT_MESSAGES = {
    TextProblem.UNSENDABLE: gettext_lazy("Remove the character that can’t be sent in an email (%(found)s)."),
    TextProblem.SEVERAL_LINES: gettext_lazy("Keep this on one line: remove the line breaks."),
    TextProblem.TOO_LONG: gettext_lazy("Shorten this to %(limit)s characters. It has %(found)s."),
    TextProblem.TOO_MANY_WORDS: gettext_lazy("Shorten this to %(limit)s words. It has %(found)s."),
}


def check_text(key: str, text: str) -> str:
    """The text as it may be stored. Raises ValidationError with an instruction."""
    text = normalize_newlines(text)
    fault = text_fault(key, text)
    if fault:
        raise forms.ValidationError(
            TEXT_MESSAGES[fault.problem] % {"found": fault.found, "limit": fault.limit}
        )
    return text.strip()


class FactField(forms.CharField):
    """A text of the facts document; its rules are the domain's. Required if there is a `missing` message."""

    def __init__(self, key: str, *, missing: Any = None, **kwargs: Any) -> None:
        self.key = key
        if key in SEVERAL_LINES and "widget" not in kwargs:
            kwargs["widget"] = forms.Textarea(attrs={"rows": 2})
        super().__init__(strip=False, required=missing is not None, **kwargs)
        if missing is not None:
            self.error_messages["required"] = missing
        # check_text reports the null character like other unsendable ones.
        self.validators = []

    def clean(self, value: Any) -> str:
        text = super().clean(value) if isinstance(value, str) or value is None else super().clean(str(value))
        text = check_text(self.key, text)
        if self.required and not text:
            raise forms.ValidationError(self.error_messages["required"])
        return text


class CountrySelect(forms.Select):
    """A select of countries by name. The HTML of its 249 options is cached."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        code = str(value or "")
        return format_html(
            '<select name="{}"{}><option value="">{}</option>{}</select>',
            name,
            flatatt(self.build_attrs(self.attrs, attrs)),
            _("Not specified"),
            _country_options(code if COUNTRY.fullmatch(code) else "", get_language()),
        )


@lru_cache(maxsize=64)
def _country_options(chosen: str, language: str) -> SafeString:
    """`language` is the page's, because the result is cached."""
    names = {code: translated(name) for code, name in countries.names().items()}
    if language != ENGLISH:
        names = dict(sorted(names.items(), key=lambda entry: fold(entry[1])))
    if "-" in chosen:
        # A part of a country, which only an imported file can have.
        names = {chosen: chosen, **names}
    options = ((code, " selected" if code == chosen else "", name) for code, name in names.items())
    return format_html_join("", '<option value="{}"{}>{}</option>', options)


def clean_strengths(text: str) -> list[str]:
    """The strengths in a text, separated by commas or line breaks. Raises ValidationError with an instruction."""
    items = [" ".join(item.split()) for item in re.split(r"[,;\n\r]+", text)]
    # Duplicates are dropped, ignoring case.
    once: dict[str, str] = {}
    for item in items:
        if item:
            once.setdefault(item.casefold(), check_text("strength", item))
    items = list(once.values())
    if len(items) > MAX_STRENGTHS:
        raise forms.ValidationError(
            _("Enter at most %(most)s strengths. You entered %(count)s.")
            % {"most": MAX_STRENGTHS, "count": len(items)}
        )
    return items


def company_field() -> FactField:
    return FactField(
        "company",
        missing=gettext_lazy("Enter the company’s name."),
        label=gettext_lazy("Company"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "words"}),
    )


def position_field(help_text: Any = "") -> FactField:
    return FactField(
        "position",
        missing=gettext_lazy("Enter the position you interviewed for."),
        label=gettext_lazy("Position"),
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def own_name_field(help_text: Any = "", *, missing: Any = None) -> FactField:
    """The candidate's name; required if there is a `missing` message."""
    return FactField(
        "full_name",
        missing=missing,
        label=gettext_lazy("Your name"),
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "name", "autocapitalize": "words"}),
    )


class EndField(forms.CharField):
    """When an interview ended: naive unless the user gave an offset, None if left empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("When did it end?"),
            widget=forms.TextInput(attrs={"type": "datetime-local", "autocomplete": "off"}),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            given = dt.datetime.fromisoformat(text)
        except ValueError as error:
            raise forms.ValidationError(_("Enter the date and time like this: 2026-11-19T15:10.")) from error
        if not 1970 <= given.year <= 2200:
            raise forms.ValidationError(_("Check the year."))
        return given


def end_in_zone(given: dt.datetime, zone: str) -> dt.datetime:
    """An EndField's value as an aware moment in this zone. Raises ValidationError if the clocks skipped that time."""
    try:
        return given if given.tzinfo else local_moment(given, zone)
    except ValueError as error:
        raise forms.ValidationError(
            _(
                "That time didn’t exist in %(city)s because the clocks went forward. "
                "Enter the time after the change."
            )
            % {"city": city_of(zone)}
        ) from error


class TimeZoneField(forms.CharField):
    """A city, cleaned to the IANA name of its time zone; empty if left empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Time zone of the people you met"))
        kwargs.setdefault("help_text", gettext_lazy("Type a city, such as Chicago or Bangalore."))
        attrs = {
            "list": "zones",
            "autocomplete": "off",
            "spellcheck": "false",
            # Said by the page's script once a city is typed.
            "data-there": gettext_lazy("{zone}. It’s {time} there now."),
        }
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        return _zone(text) if text else ""


def _zone(text: str) -> str:
    """The IANA name of a city's time zone. Raises ValidationError with an instruction."""
    try:
        return time_zones.resolve(check_text("company", text))
    except time_zones.UnknownZone as error:
        if error.suggestions:
            near = ", ".join(map(city_named, error.suggestions))
            raise forms.ValidationError(
                _("We don’t know that city. Did you mean %(near)s?") % {"near": near}
            ) from error
        raise forms.ValidationError(
            _("We don’t know that city. Enter a large city in the same time zone.")
        ) from error


class HiddenField(forms.CharField):
    """A value that the page carries and nobody types, so it is never required and never shows an error."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class UuidOrNothing(HiddenField):
    """An id; None if it is not a UUID."""

    def clean(self, value: Any) -> Any:
        try:
            return uuid.UUID(str(value))
        except ValueError:
            return None


class VersionField(HiddenField):
    """The version of a row when the page was opened; None if it is not a number of up to nine digits."""

    def clean(self, value: Any) -> Any:
        return int(value) if re.fullmatch(r"[0-9]{1,9}", str(value or "")) else None


def whole_formset(data: QueryDict, prefix: str) -> QueryDict:
    """The data with a management form that matches its rows, replacing any that was sent."""
    data = data.copy()
    row = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,3}})-")
    rows = max((int(found[1]) + 1 for found in map(row.match, data) if found), default=0)
    sent = data.get(f"{prefix}-TOTAL_FORMS", "")
    total = max(rows, int(sent) if re.fullmatch(r"[0-9]{1,3}", sent) else 0)
    data[f"{prefix}-TOTAL_FORMS"] = str(min(total, MOST_ROWS))
    # Every row may be blank: rows are matched to stored ones by id, not by position.
    data[f"{prefix}-INITIAL_FORMS"] = "0"
    return data


def typed_rows(data: QueryDict, prefix: str, names: Iterable[str]) -> list[dict[str, str]]:
    """The unvalidated input of each row, to show the same rows again."""
    data = whole_formset(data, prefix)
    return [
        {name: data.get(f"{prefix}-{index}-{name}", "") for name in names}
        for index in range(int(data.get(f"{prefix}-TOTAL_FORMS", "0")))
    ]


def with_version(form: forms.Form, version: int) -> None:
    """Puts the stored version into the form, so that saving again overwrites it."""
    if isinstance(form.data, QueryDict):
        data = form.data.copy()
        data[form.add_prefix("version")] = str(version)
        form.data = data
