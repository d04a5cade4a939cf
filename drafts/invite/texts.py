"""Texts made fit for the product's fields, HTML made plain, and what is an address."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

from drafts.domain.addresses import is_usual_address
from drafts.domain.facts import MAX_LENGTH, MAX_WORDS
from drafts.exchange.cleaning import several_lines

MAX_TEXT = 200_000  # characters of a description that are looked at as HTML
MAX_LINES = 400  # of a description, of MAX_LINE characters each
MAX_LINE = 500

# Invisible marks that turn the direction of writing, or have no width; they hide in what people copy.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,15}(?:\s[^<>]{0,4000})?/?>")
_IS_HTML = re.compile(
    r"<(?:!doctype|html|body|br|p|div|span|a|b|strong|ul|li|table|font)\b[^<>@]{0,4000}>", re.I
)
_BREAK_TAG = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/ul|/ol|/table|p|li|tr|div)\b[^<>@]{0,4000}>", re.I)
_LONG_ENTITY = re.compile(r"&#[xX]?[0-9a-fA-F]{8,}")
ADDRESS = re.compile(r"(?<![\w.+%'-])[\w.+%'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")


_LABEL_CELL = re.compile(r"\A\s*([^\W\d_][^\t\d:|]{1,30}?):?\s*\t\s*([^\t]+?)\s*\Z")


def tidy(text: str) -> str:
    """On one line, with single spaces, without control characters and invisible marks."""
    text = _INVISIBLE.sub("", several_lines(text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def fit(key: str, text: str) -> tuple[str, bool]:
    """The text tidied and within the limits of `key` (facts.py), and whether it was cut, at a word, for that."""
    text = tidy(text)
    parts = text.split()
    most = MAX_WORDS.get(key, len(parts))
    short = " ".join(parts[:most])
    limit = MAX_LENGTH[key]
    if len(short) > limit:
        head = short[: limit + 1].rpartition(" ")[0]
        short = head or short[:limit]
    return short, short != text


def plain_lines(text: str) -> list[str]:
    """The lines of a description: HTML as plain text, tidied, at most MAX_LINES of MAX_LINE characters.

    A tab stays as two spaces would not: it parts columns, and is kept as " | ".
    """
    text = text[:MAX_TEXT]
    if _IS_HTML.search(text):
        text = from_html(text)
    # A row of two cells is a label and its value.
    lines = [_LABEL_CELL.sub(r"\1: \2", line[: 4 * MAX_LINE]) for line in several_lines(text).split("\n")]
    rows = [tidy(line.replace("\t", " | "))[:MAX_LINE] for line in lines]
    return _unwrapped(rows[:MAX_LINES])


QUOTED = "wrote:"  # on its own line where a quoted email begins
_GOES_ON = re.compile(r"\s(?:on|at|with|and|the|an?|for|of|in|to|from|or|by|our|your|is|be|will|you)\Z")


def _unwrapped(rows: list[str]) -> list[str]:
    """Joins lines that an email program wrapped in the middle of a sentence, at about 72 characters."""
    found: list[str] = []
    width = 0  # of the last line as it was written
    for row in rows:
        is_inside = row[:1].islower() or (found and _GOES_ON.search(found[-1]))
        if (
            is_inside
            and row != QUOTED
            and row[:1].isalpha()
            and 62 <= width <= 90
            and len(found[-1]) < 2 * MAX_LINE
        ):
            found[-1] += f" {row}"
        else:
            found.append(row)
        width = len(row)
    return found


def from_html(text: str) -> str:
    for name in ("style", "script", "head"):
        text = _without_element(text, name)
    text = _BREAK_TAG.sub("\n", re.sub("</t[dh]>", "\t", text, flags=re.I))
    text = _LONG_ENTITY.sub("", _TAG.sub("", text))
    return html.unescape(text)


def _without_element(text: str, name: str) -> str:
    lower = text.lower()
    if len(lower) != len(text):
        return text
    kept: list[str] = []
    place = 0
    while True:
        start = lower.find(f"<{name}", place)
        end = lower.find(f"</{name}>", start) if start >= 0 else -1
        if end < 0:
            return "".join([*kept, text[place:]])
        kept.append(text[place:start])
        place = end + len(name) + 3


def address_of(value: str) -> str:
    """A calendar address without `mailto:`; empty when it is not an address that mail can go to."""
    text = tidy(value).strip("<>\"' ")
    if text[:7].lower() == "mailto:":
        text = text[7:].lstrip("/ ").partition("?")[0]
    if "%" in text:
        text = tidy(unquote(text))
    return text if is_address(text) else ""


def is_address(text: str) -> bool:
    """An address that the product's forms accept, in ASCII and with a dot in its domain."""
    return text.isascii() and len(text) <= MAX_LENGTH["email"] and is_usual_address(text)
