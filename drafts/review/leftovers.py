"""Finds leftovers of a chatbot, a template or the clipboard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafts.review.findings import Finding, Part, found
from drafts.review.lexicon import phrases
from drafts.review.material import Material

# UTF-8 decoded as Latin-1 or Windows-1252 ("Ã©", "â€™"), and the replacement character.
_SECOND = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(
    rf"(?:\w{{0,30}}(?:Ã[{_SECOND}]|Â[\u0080-\u00bf]|â€[{_SECOND}\s]?|Ð[{_SECOND}]Ñ?|ï»¿)[\w{_SECOND}]{{0,30}})+"
    r"|\w{0,30}[\ufffd\ufffc]+\w*"
    r"|\w{0,30}(?:=[0-9A-F]{2}){2,}\w*"
)
_MARKDOWN = re.compile(
    r"""
      \*\*[^*\n]+\*\*
    | ^[ \t]{0,3}\#{1,6}[ \t]+\S.*$
    | ^```.*$ | ```
    | (?<!\w)__(?:[A-Z][^_\n]*|[^_\n]+[ ][^_\n]+)__(?!\w)
    | (?<!!)\[[^\[\]\n]{1,80}\]\((?:https?://|mailto:|www\.)[^()\s]+\)
    | ^[ \t]*\|.*\|[ \t]*$
    """,
    re.X | re.M,
)
_TAGS = (
    r"br|p|b|i|u|em|strong|div|span|font|a|ul|ol|li|h[1-6]|html|head|body|table|tr|td|th|tbody|img|hr"
    r"|blockquote|pre|code|style|script|center|small|sup|sub|o:p"
)
TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>\n]{{0,200}})?/?>", re.I)
_ENTITY = re.compile(
    r"&(?:amp|nbsp|lt|gt|quot|apos|[lr][sd]quo|[mn]dash|hellip|bull|middot|copy|reg|trade|euro|pound"
    r"|[a-zA-Z](?:acute|grave|circ|uml|tilde|cedil|slash|ring)|szlig|aelig|\#\d{2,5}|\#x[0-9a-fA-F]{2,4});"
)
_ESCAPED = re.compile(r"(?:\\r)?\\n(?:(?:\\r)?\\n)*(?![a-z]{2,}[\\/])|\\[tu](?=[A-Z0-9])")
_PERCENT = re.compile(r"%(?:20|0A|0D|2C|27|3F|C3%[89AB][0-9A-F])")
_HEADER = re.compile(
    r"^[ \t]*[*_#]*(?:subject|subject line|email subject|betreff)[ \t]*[*_]*:.*$", re.I | re.M
)
_CITATION = re.compile(
    r"【[^】\n]{0,60}】|:contentReference\[[^\]\n]*\](?:\{[^}\n]*\})?|oaicite:?\d*|turn\dsearch\d+|utm_source=chatgpt\.com"
)


def leftovers(material: Material) -> Iterator[Finding]:
    """A chatbot's words, "Subject:" in the body, Markdown, HTML and broken characters."""
    for part in (Part.SUBJECT, Part.BODY):
        yield from _patterns(material, part)
    yield from _chatbot_phrases(material)
    yield from _stock(material)


def _patterns(material: Material, part: Part) -> Iterator[Finding]:
    text = material.text(part)
    taken: set[int] = set()
    wanted = [
        (case, pattern)
        for case, pattern, mark in _MARKS
        if any(one in text for one in mark) or (mark == ("",))
    ]
    for case, pattern in wanted:
        if case == "header" and part is Part.SUBJECT:
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if taken.intersection(range(start, end)) or _is_meant(material, part, case, start, end):
                continue
            taken.update(range(start, end))
            shown = " ".join(text[start:end].split())
            yield found(
                "leftovers",
                case,
                start,
                end,
                part=part,
                suggestions=_repaired(case, text[start:end]),
                found=shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…",
            )


_SHOWN = 40  # characters of a match that a message quotes
# Each case with its pattern, and characters of which every match has at least one.
_MARKS: tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...] = (
    ("broken", _MOJIBAKE, ("Ã", "Â", "â", "Ð", "ï", "\ufffd", "\ufffc", "=")),
    ("markdown", _MARKDOWN, ("**", "#", "```", "__", "](", "|")),
    ("html", TAG, ("<",)),
    ("html", _ENTITY, ("&",)),
    ("escaped", _ESCAPED, ("\\",)),
    ("escaped", _PERCENT, ("%",)),
    ("chatbot", _CITATION, ("【", "oaicite", "contentReference", "turn", "chatgpt")),
    ("header", _HEADER, (":",)),
)


def _is_meant(material: Material, part: Part, case: str, start: int, end: int) -> bool:
    """Whether the match is part of a name as entered or of an address, or is only mentioned ("a <div> in a
    <table>")."""
    text = material.text(part)
    if case in ("escaped", "html") and part is Part.BODY and material.reading.is_in_link(start, end):
        return True
    if case == "html" and text[start] == "<":
        before = text[:start].split()
        after = text[end:].split()
        if before and before[-1].lower().strip("\"'“‘") in _DETERMINERS:
            return True
        if after and after[0].lower().strip(".,;:!?") in ("tag", "tags", "element", "elements"):
            return True
    if case == "markdown" and text[start:end].startswith("#") and re.match(r"#+[ \t]*\d", text[start:end]):
        return True
    return any(span.holds(start, end) for span in material.entered_spans(part)) or any(
        text[start:end] in name for name in material.names.plain_names
    )


_DETERMINERS = frozenset(
    {"a", "an", "the", "your", "my", "one", "every", "each", "nested", "no", "of", "empty"}
)


def _repaired(case: str, written: str) -> tuple[str, ...]:
    """The suggested fix, if it is certain."""
    if case == "broken":
        try:
            return (written.encode("cp1252").decode("utf-8"),)
        except UnicodeError:
            return ()
    if case == "markdown" and written[:2] in ("**", "__"):
        return (written[2:-2],)
    if case == "html" and written in ("&amp;", "&nbsp;"):
        return ("&" if written == "&amp;" else " ",)
    if case == "header":
        return ("",)
    return ()


# ---------------------------------------------------------------- a chatbot's words


def _chatbot_phrases(material: Material) -> Iterator[Finding]:
    """What a chatbot says before and after a draft. Only at the start of a sentence, because "as an AI engineer" is a
    job."""
    body, words = material.reading.body, material.reading.words
    for first, last in phrases("leftovers", "chatbot").find(words):
        start, end = words[first].start, words[last - 1].end
        if _begins(body, start) and not material.reading.is_in_link(start, end):
            yield found("leftovers", "chatbot", start, end, found=body[start:end])
    for first, last in phrases("leftovers", "offers").find(words):
        edit = next(phrases("leftovers", "edits").find(words[last : last + 3]), None)
        if edit and edit[0] == 0:
            start, end = words[first].start, words[last + edit[1] - 1].end
            yield found("leftovers", "chatbot", start, end, found=body[start:end])
    for first, last in phrases("leftovers", "chatbot_anywhere").find(words):
        start, end = words[first].start, words[last - 1].end
        yield found("leftovers", "chatbot", start, end, found=body[start:end])


def _begins(body: str, start: int) -> bool:
    before = body[:start].rstrip(' \t"“*#_-')
    return not before or before[-1] in ".!?\n:"


# ---------------------------------------------------------------- stock


def _stock(material: Material) -> Iterator[Finding]:
    """The first line of every template, and the signature that phones add."""
    body, words = material.reading.body, material.reading.words
    for name, case in (("finds_you_well", "stock"), ("devices", "device")):
        for first, last in phrases("leftovers", name).find(words):
            start, end = words[first].start, words[last - 1].end
            yield found("leftovers", case, start, end, found=body[start:end])
