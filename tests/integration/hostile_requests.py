"""Hostile requests, generated from the product's own URLs and forms; the same for the same seed and pages."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from random import Random
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

from django.urls import Resolver404, resolve

from drafts.domain.facts import Kind
from tests.integration.hostile_contents import MARK, PAYLOADS, UPLOAD_MARK
from tests.integration.hostile_discovery import Form, Route, forms_of, routes
from tests.integration.hostile_files import CALENDARS, json_bombs, mutated, zip_bombs
from tests.integration.hostile_kinds import KINDS, NAMES, UUID, Request, Target, Upload, Value

# Valid values by field name or type; "x" for all others.
LIKELY = {
    "time_zone": "Berlin",
    "datetime-local": "2026-03-03T15:30",
    "email": "a@h0stile.test",
    "password": "correct horse",
    "textarea": "x y z",
    "select": "",
    "hidden": "",
}
# Parts of names that differ between rows or objects.
NUMBERS = re.compile(rf"{UUID.pattern}|[0-9]+")
ACTION = re.compile(rb'<form[^>]* action="([^"]*)"')
LINK = re.compile(rb'<a [^>]*href="(/[^"/?#][^"?#]*\?[^"#]+|\?[^"#]+)"')


@dataclass
class Maker:
    """Generates the requests. `ids` are the ids by URL parameter, of owner, guest and other; `words` are other people's
    secrets, such as their address."""

    seed: int
    ids: dict[str, dict[str, str]]
    words: tuple[str, ...] = ()
    routes: list[Route] = field(default_factory=lambda: sorted(routes(), key=lambda route: route.form))
    forms: dict[str, dict[tuple[str, ...], Form]] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=dict)
    downloads: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def learn(self, who: str, path: str, page: bytes) -> None:
        """Remembers the forms of a page for later requests; updates the values of known forms.

        Also remembers links with a query string.
        """
        links = {urljoin(path, unescape(link.decode("utf-8", "replace"))) for link in LINK.findall(page)}
        self.links.setdefault(who, set()).update(link for link in links if len(link) < 300)
        for form in forms_of(page.decode("utf-8", "replace"), path):
            names = {NUMBERS.sub("", name) for name, _kind, _value in form.fields}
            if form.action.startswith("/") and not form.action.startswith("//"):
                key = (NUMBERS.sub("", urlsplit(form.action).path), form.method, *sorted(names))
                self.forms.setdefault(who, {})[key] = form

    def knows(self, who: str, path: str, page: bytes) -> bool:
        """Whether every form of a page has the URL of a known form."""
        known = {key[0] for key in self.forms.get(who, {})}
        actions = (urlsplit(urljoin(path, unescape(one.decode()))).path for one in ACTION.findall(page))
        return all(NUMBERS.sub("", action) in known for action in actions)

    def request(self, number: int) -> Request:
        rng = Random(f"{self.seed}:{number}")  # noqa: S311 - must be reproducible by seed
        kind = rng.choices([*KINDS], [weight for weight, _make in KINDS.values()])[0]
        who = rng.choices(["owner", "guest", "nobody", "entering"], [12, 4, 3, 1])[0]
        target = self.target(rng, who, kind)
        return KINDS[kind][1](self, rng, target, Request(kind, who, target.method, target.path))

    # --- Targets

    def target(self, rng: Random, who: str, kind: str) -> Target:
        forms = list(self.forms.get(who, {}).values())
        fits = [form for form in forms if (form.is_filled_by_script if kind == "json" else form.has_file)]
        is_choosy = kind in ("zip", "calendar", "json") and bool(fits)
        forms = fits if is_choosy else forms
        if forms and rng.random() < (0.9 if is_choosy else 0.7):
            # A form with many variants is not used more often than others.
            action = rng.choice(sorted({NUMBERS.sub("", urlsplit(form.action).path) for form in forms}))
            shapes = [form for form in forms if NUMBERS.sub("", urlsplit(form.action).path) == action]
            return self._filled(rng, rng.choice(shapes))
        if self.links.get(who) and rng.random() < 0.1:
            path, _mark, query = rng.choice(sorted(self.links[who])).partition("?")
            return Target("GET", path, [*parse_qsl(query, keep_blank_values=True)])
        names = rng.sample(NAMES, rng.randint(0, 12))
        path = self.path(rng, rng.choice(self.routes), who if who in self.ids else "owner")
        return Target(rng.choice(["GET", "POST"]), path, [(name, self.plain(rng)) for name in names])

    def _filled(self, rng: Random, form: Form) -> Target:
        fields: list[tuple[Any, Value]] = []
        # Half of the forms are filled in correctly, so that they can only be refused for their hostile parts.
        is_whole = rng.random() < 0.5
        for name, kind, value in form.fields:
            if kind == "file":
                if rng.random() < 0.5:
                    fields.append((name, self.upload(rng, name)))
            elif kind == "unchecked":
                if rng.random() < 0.3:
                    fields.append((name, value))
            elif UUID.fullmatch(value) and rng.random() < 0.08:
                fields.append((name, rng.choice([*self.ids["other"].values()])))
            elif is_whole:
                fields.append((name, value or LIKELY.get(name) or LIKELY.get(kind, "x")))
            else:
                fields.append((name, value or (self.plain(rng) if rng.random() < 0.3 else "")))
        path = form.action
        if form.buttons and rng.random() < 0.8:
            name, value, action = rng.choice(form.buttons)
            path = urljoin(path, action)
            fields += [(name, value)] if name else []
        return Target(form.method, path, fields)

    def path(self, rng: Random, route: Route, who: str) -> str:
        whose = rng.choices([who, "other", "mixed"], [85, 8, 7])[0]
        for _attempt in range(4):
            given = {}
            for name, converter in route.converters.items():
                given[name] = quote(self._part(rng, name, converter, who, whose), safe="")
            path = route.form % given
            try:
                resolve(unquote(path))
            except Resolver404:
                continue
            return path
        return path

    def _part(self, rng: Random, name: str, converter: str, who: str, whose: str) -> str:
        if whose == "mixed":
            if converter == "UUIDConverter" and rng.random() < 0.5:
                return str(uuid.UUID(int=rng.getrandbits(128)))
            whose = rng.choice([who, "other"])
        ids = self.ids[whose]
        if name in ids and (converter == "UUIDConverter" or rng.random() < 0.6):
            return ids[name]
        if converter == "UUIDConverter":
            return ids["interview_id"]
        if converter == "IntConverter":
            return rng.choice(["0", "1", "7", "4294967296", "9" * 30])
        if converter == "SlugConverter":
            return rng.choice([*Kind, "-", "_" * 200, "None", "0"])
        parts = ["0" * 43, "1-abc", "MTox:abc-def", "..", "%00", "a" * 500, "set-password", "e", "0", MARK]
        return rng.choice([*parts, *self.ids["other"].values()])

    # --- Values

    def plain(self, rng: Random) -> str:
        own = [*self.ids["owner"].values()]
        words = ["x", "on", "1", "", "0", "a b", "new", "keep", "warm", "2026-03-03T15:30", "Berlin"]
        words += self.words
        return rng.choice([*words, rng.choice(own), rng.choice([*self.ids["other"].values()])])

    def upload(self, rng: Random, field_name: str = "") -> Upload:
        names = ["case.txt", "a.pdf", "a.zip", "invite.ics", "account.json", "x", "", *PAYLOADS["traversal"]]
        name = rng.choice([*names, *PAYLOADS["xss"], *PAYLOADS["header"], "é" * 200, "a" * 300 + ".txt"])
        kept = [content for _key, content in sorted(self.downloads.items())]
        made: list[Callable[[], bytes]] = [
            lambda: UPLOAD_MARK + b" plain text\n",
            lambda: b"<html><script>h0stile(1)</script>" + UPLOAD_MARK,
            lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='h0stile(1)'/>" + UPLOAD_MARK,
            lambda: b"%PDF-1.7\n" + UPLOAD_MARK + rng.randbytes(300) + b"\n%%EOF",
            lambda: b"\x89PNG\r\n\x1a\n" + UPLOAD_MARK + rng.randbytes(300),
            lambda: b"",
            lambda: rng.randbytes(2000),
            lambda: rng.choice(CALENDARS)(rng),
            lambda: rng.choice(zip_bombs()),
            lambda: rng.choice(json_bombs()),
        ]
        made += [lambda: mutated(rng, rng.choice(kept))] * (2 if kept else 0)
        # For a field that expects an archive, usually send one that is still readable.
        made += [lambda: self.broken_archive(rng)] * (30 if "archive" in field_name else 2)
        kinds = ["text/html", "image/svg+xml", "text/plain", "application/zip", "application/json", "x", ""]
        return Upload(name, rng.choice(made)(), rng.choice(kinds))

    def broken_archive(self, rng: Random) -> bytes:
        """A corrupted archive of the product's own, once there is one."""
        kept = [
            content
            for (route, kind), content in sorted(self.downloads.items())
            if "zip" in kind and (route == "account_export" or rng.random() < 0.3)
        ]
        return mutated(rng, rng.choice(kept)) if kept else rng.choice(zip_bombs())

    def keep(self, route: str, content_type: str, content: bytes) -> None:
        """Remembers a file made by the product, to send it back corrupted."""
        if len(content) < 300_000:
            self.downloads[(route, content_type)] = content
