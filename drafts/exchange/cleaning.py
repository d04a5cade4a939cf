"""Cleans text for files and links: valid characters, one kind of line break, or a single line."""

from __future__ import annotations

import re

_LINE_BREAK = re.compile(r"\r\n|\r")
# Line boundaries of `str.splitlines` besides CR and LF, which other programs interpret differently.
_RARE_LINE_BREAK = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029]")


# The control characters of Unicode except line feed and tab.
_CONTROLS = {code: " " for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


def whole_characters(text: str) -> str:
    """The text with surrogate pairs joined and lone surrogates replaced by U+FFFD, so that it can always be encoded."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def line_feeds(text: str) -> str:
    """The text with whole characters and CR LF or CR as LF; nothing else changes."""
    return _LINE_BREAK.sub("\n", whole_characters(text))


def several_lines(text: str) -> str:
    """Like `line_feeds`, also with rarer line breaks as LF, and other control characters except tab as spaces."""
    return _RARE_LINE_BREAK.sub("\n", line_feeds(text)).translate(_CONTROLS)


def one_line(text: str) -> str:
    """The text on one line: line breaks and control characters become spaces, and repeated spaces are collapsed."""
    return " ".join(several_lines(text).split())
