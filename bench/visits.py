"""Measures what a visit of a page transfers: the page and the files it loads, like a browser over HTTPS."""

from __future__ import annotations

import http.client
import re
from contextlib import closing
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

from bench.guests import Guest
from bench.serving import PATIENCE_S

LOADED = {"stylesheet", "icon", "manifest", "modulepreload", "preload"}
# A script that is imported by import() is only loaded when needed.
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*["']([./][^"']+)["']""")
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)""")


class _Files(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "link" and LOADED & set(given.get("rel", "").split()):
            self.found.append(given["href"])
        elif tag in ("script", "img") and "src" in given:
            self.found.append(given["src"])
        elif "data-load" in given:
            self.found.append(given["data-load"])


@dataclass
class Browser:
    """A browser with the guest's cookies and a cache."""

    guest: Guest
    kept: dict[str, str] = field(default_factory=dict)  # path -> ETag, empty if it need not be revalidated

    def visit(self, path: str) -> int:
        """The bytes of all responses when a page is opened, headers included."""
        seen: set[str] = set()
        waiting, transferred = [path], 0
        while waiting:
            path = waiting.pop()
            if path in seen or not path.startswith("/"):
                continue
            seen.add(path)
            transferred += self._transfer(path)
            waiting += [urljoin(path, other) for other in self._files(path)]
        return transferred

    def _transfer(self, path: str) -> int:
        if self.kept.get(path) == "":
            return 0
        headers = {"Accept-Encoding": "gzip, deflate, br, zstd"}
        if path in self.kept:
            headers["If-None-Match"] = self.kept[path]
        status, answered, body = self.get(path, headers)
        if status not in (200, 304):
            raise RuntimeError(f"{path} answered {status}")
        control = answered.get("Cache-Control", "")
        if re.search(r"max-age=[1-9]", control):
            self.kept[path] = ""
        elif "no-store" not in control and answered.get("ETag"):
            self.kept[path] = answered["ETag"]
        return len(body) + sum(len(f"{name}: {value}\r\n") for name, value in answered.items())

    def _files(self, path: str) -> list[str]:
        _status, headers, body = self.get(path, {})
        kind, text = headers.get("Content-Type", ""), body.decode(errors="replace")
        if "html" in kind:
            files = _Files()
            files.feed(text)
            return files.found
        if "javascript" in kind:
            return IMPORTED.findall(text)
        # An image inside the stylesheet begins with data: and is not a path.
        return IN_STYLES.findall(text) if "css" in kind else []

    def get(self, path: str, headers: dict[str, str]) -> tuple[int, http.client.HTTPMessage, bytes]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.guest.cookies.items())
        with closing(http.client.HTTPConnection("127.0.0.1", self.guest.port, timeout=PATIENCE_S)) as server:
            server.request("GET", path, headers={**headers, "Cookie": cookies, "Connection": "close"})
            response = server.getresponse()
            return response.status, response.headers, response.read()
