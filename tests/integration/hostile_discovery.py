"""Finds what an attacker can: all URLs of the product, and the forms of its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

from django.urls import URLResolver, get_resolver
from django.utils.regex_helper import normalize

TOKEN = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Route:
    name: str
    form: str  # the URL with %(name)s for its parameters
    converters: dict[str, str] = field(default_factory=dict)


def routes(
    resolver: Any = None, before: str = "/", around: tuple[tuple[str, str], ...] = ()
) -> Iterator[Route]:
    """All URLs of the product except the admin's, which are Django's."""
    for entry in (resolver or get_resolver()).url_patterns:
        if getattr(entry, "app_name", None) == "admin":
            continue
        form, names = normalize(entry.pattern.regex.pattern)[0]
        known = {name: type(one).__name__ for name, one in entry.pattern.converters.items()}
        inside = (*around, *((name, known.get(name, "RegexPart")) for name in names))
        if isinstance(entry, URLResolver):
            yield from routes(entry, before + form, inside)
        else:
            yield Route(entry.name or before + form, before + form, dict(inside))


@dataclass(frozen=True)
class Form:
    """A form of a page with its fields as (name, type, value); one of its buttons is pressed.

    The type of an unchecked box is "unchecked".
    """

    action: str
    method: str
    fields: tuple[tuple[str, str, str], ...]
    buttons: tuple[tuple[str, str, str], ...]

    @property
    def has_file(self) -> bool:
        return any(kind == "file" for _name, kind, _value in self.fields)

    @property
    def is_filled_by_script(self) -> bool:
        return any(kind == "hidden" and name == "credential" for name, kind, _value in self.fields)


class _Reader(HTMLParser):
    """Collects the forms of a page, including fields and buttons outside of the form that refer to it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.outside: list[tuple[str, str, tuple[str, str, str]]] = []
        self.now: dict[str, Any] | None = None
        self.area: tuple[dict[str, Any], list[str]] | None = None
        self.select: dict[str, Any] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.now = {**given, "fields": [], "buttons": []}
            self.forms.append(self.now)
        elif tag == "textarea":
            self.area = (given, [])
        elif tag == "select":
            self.select = {**given, "value": None}
        elif tag == "option" and self.select is not None:
            if self.select["value"] is None or "selected" in given:
                self.select["value"] = given.get("value", "")
        elif tag == "button":
            action = given.get("formaction") or given.get("hx-post") or ""
            self._add(given, "buttons", (given.get("name", ""), given.get("value", ""), action))
        elif tag == "input" and given.get("name"):
            kind = given.get("type", "text")
            if kind in ("checkbox", "radio") and "checked" not in given:
                kind = "unchecked"
            plain = "on" if kind in ("unchecked", "checkbox", "radio") else ""
            self._add(given, "fields", (given["name"], kind, given.get("value", plain)))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.now = None
        elif tag == "textarea" and self.area:
            given, texts = self.area
            self._add(given, "fields", (given.get("name", ""), "textarea", "".join(texts)))
            self.area = None
        elif tag == "select" and self.select:
            self._add(
                self.select, "fields", (self.select.get("name", ""), "select", self.select["value"] or "")
            )
            self.select = None

    def _add(self, given: dict[str, Any], where: str, what: tuple[str, str, str]) -> None:
        if given.get("form"):
            self.outside.append((given["form"], where, what))
        elif self.now is not None:
            self.now[where].append(what)


def forms_of(page: str, path: str) -> list[Form]:
    """The forms of a page, and copies with the URL that its script sends them to."""
    reader, found = _Reader(page), []
    for form in reader.forms:
        for at, where, what in reader.outside:
            if at == form.get("id"):
                form[where].append(what)
        fields = tuple(one for one in form["fields"] if one[0] and one[0] != TOKEN)
        ways = [(form.get("action", ""), form.get("method", "get").upper())]
        ways += [(form["hx-post"], "POST")] if "hx-post" in form else []
        for action, method in ways:
            found.append(Form(urljoin(path, action), method, fields, tuple(form["buttons"])))
    return found
