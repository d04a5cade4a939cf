"""What a page says outside of letters and notes, to find texts that are left in English."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style", "datalist", "path", "rect", "line"}
SPOKEN = {"alt", "aria-label", "content", "placeholder", "title"}


class _Reader(HTMLParser):
    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.open: list[tuple[str, bool]] = []  # tags, and whether what is in them counts
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        counts = self.counts and tag not in UNSEEN
        if "lang" in given:
            counts = given["lang"] == self.language
        if tag not in VOID:
            self.open.append((tag, counts))
        if counts:
            self.found += [
                value or ""
                for name, value in attrs
                if name in SPOKEN
                or (
                    name.startswith("data-")
                    and name not in ("data-connectors", "data-words")
                    and " " in (value or "")
                )
            ]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.counts:
            self.found.append(data)

    @property
    def counts(self) -> bool:
        return self.open[-1][1] if self.open else True


def visible(html: str, language: str) -> Iterator[str]:
    """The texts of a page in its language, attributes that are read included."""
    reader = _Reader(language)
    reader.feed(html)
    yield from filter(None, (" ".join(text.split()) for text in reader.found))


# English words that are no words in German, Spanish and French.
ENGLISH = re.compile(
    r"\b(the|and|you|your|with|this|for|are|they|their|it’s|don’t|from|when|what|how|have|yet)\b", re.I
)
# Notes and letters that a sentence quotes are in English.
QUOTED = re.compile("„[^“]*“|“[^”]*”|«[^»]*»")


def left_in_english(texts: Iterable[str], known: Collection[str], typed: Iterable[str]) -> set[str]:
    """Those of the texts that are in English: one of the interface's `known` texts, or one with an English word.

    `typed` is what users typed, which may be in English.
    """
    typed = sorted(filter(None, typed), key=len, reverse=True)
    found = set()
    for text in texts:
        rest = text
        for one in typed:
            rest = rest.replace(" ".join(one.split()), "")
        if rest.strip() in known or ENGLISH.search(QUOTED.sub("", rest)):
            found.add(text)
    return found
