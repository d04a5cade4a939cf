"""Making any text fit for a file or a link: whole characters, one kind of line break, one line where one is due."""

from __future__ import annotations

import re

_LINE_BREAK = re.compile(r"\r\n|\r")
# What `str.splitlines` takes for the end of a line besides CR and LF, and programs take for many things.
_RARE_LINE_BREAK = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029]")


# The control characters of Unicode but line feed and tab.
_CONTROLS = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


def whole_characters(text: str) -> str:
    """The text with surrogate pairs joined and lone surrogates replaced by U+FFFD: it always encodes."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def line_feeds(text: str) -> str:
    """The text with whole characters and CR LF or CR as LF; nothing else changes."""
    return _LINE_BREAK.sub("\n", whole_characters(text))


def several_lines(text: str) -> str:
    """As `line_feeds`, rarer line breaks as LF too, and other control characters but the tab as spaces."""
    return _RARE_LINE_BREAK.sub("\n", line_feeds(text)).translate(_CONTROLS)


def one_line(text: str) -> str:
    """The text on one line: line breaks and control characters are spaces, and spaces stand alone."""
    return " ".join(several_lines(text).split())
