"""Finds placeholders left from a template: in brackets, as words, or as a program's output for a missing value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafts.domain.tokens import fold
from drafts.review.findings import Finding, Part, found
from drafts.review.leftovers import TAG
from drafts.review.lexicon import entries, phrases
from drafts.review.material import Material

_BLANK = re.compile(
    r"""
    \[(?!\s*(?:sic|\d{1,2})\s*\])[^\[\]\n]{0,300}\]      # [skill]
    | \{\{?[^{}\n]{0,80}\}?\}                             # {x}, {{name}}
    | \$\{?[A-Za-z_]{3,}\}?                               # $NAME, ${name}
    | %\(?[A-Za-z_]{2,}\)?s?%                             # %NAME%
    | %\([A-Za-z_]+\)s                                    # %(name)s
    | <(?!https?://|mailto:|www\.)[A-Za-z][^<>@\n]{0,60}> # <name>
    | (?<![\w_])_{2,}(?![\w_])                            # ___
    | \b(?:TODO|TBD|TBC|FIXME|TKTK|X{2,})\b[:]?
    | \bLorem\b(?:\s+ipsum\b)?(?:\s+dolor\b)?(?:\s+sit\b)?(?:\s+amet\b)?
    | \b(?:INSERT|Insert|insert)\s+(?:YOUR\s+|your\s+|THE\s+|the\s+)?[\w]+\s+(?:HERE|here)\b
    | \bINSERT(?:\s+[A-Z]+){1,3}\b
    | \b(?:YOUR|COMPANY|INTERVIEWER'?S?|RECRUITER|MANAGER|POSITION|JOB|FIRST|LAST|FULL|ROLE|HIRING\sMANAGER)
      \s(?:NAME|TITLE|COMPANY|NAME\sHERE|POSITION|ROLE)\b
    | «[^«»\n]{1,30}»                                      # a word processor's merge field
    | \*\|[A-Za-z0-9_:]{2,30}\|\*                          # *|FNAME|*
    | %%[A-Za-z0-9_\ ]{2,30}%%                             # %%FirstName%%
    | (?<![\w%])%[sd](?!\w)                               # %s
    | \$\$[A-Za-z_]{2,30}\$\$
    | …{2,}|(?:\.[ ]?){6,}                                 # a line of dots
    """,
    re.X | re.I,
)
_SHOUTED_BLANK = re.compile(
    r"\A(?:INSERT|YOUR|COMPANY|INTERVIEWER|RECRUITER|MANAGER|POSITION|JOB|FIRST|LAST|FULL|ROLE|HIRING)\b"
)


def placeholder(material: Material) -> Iterator[Finding]:
    """The article: a template's placeholder was left in. Ignores the user's own names that contain such marks."""
    for part in (Part.SUBJECT, Part.BODY):
        text = material.text(part)
        taken: list[tuple[int, int]] = []
        for match in [*_BLANK.finditer(text), *_halves(text)]:
            blank = match.group().strip()
            if not blank or _is_meant(material, part, match.start(), match.end(), blank):
                continue
            start = match.start() + match.group().index(blank[0])
            taken.append((start, start + len(blank)))
            yield found("placeholder", "blank", start, start + len(blank), part=part, found=blank)
        for start, end in [*_named_blanks(material, part), *_no_values(material, part)]:
            if not any(first < end and start < last for first, last in taken):
                taken.append((start, end))
                yield found("placeholder", "blank", start, end, part=part, found=text[start:end])


_PAIR = re.compile(r"\[[^\[\]\n]{0,300}\]|\{\{?[^{}\n]{0,80}\}\}?")
_SMILEY = re.compile(r"[:;=]-?[\[\]{}]")


def _halves(text: str) -> Iterator[re.Match[str]]:
    """Unmatched brackets and braces."""
    rest = text
    for pattern in (_PAIR, _SMILEY):
        rest = pattern.sub(lambda match: " " * len(match.group()), rest)
    yield from re.finditer(r"[\[\]{}]", rest)


_WORDS_BY_CASE = ("todo", "tbd", "tbc", "fixme", "tktk")


def _is_meant(material: Material, part: Part, start: int, end: int, blank: str) -> bool:
    low = blank.lower().rstrip(":")
    if any(
        one.start <= start and end <= one.end and one.part is part
        for one in material.so_far.get("leftovers", ())
    ):
        # A Markdown link is not a placeholder.
        return True
    if blank[0] == "<" and TAG.fullmatch(blank):
        # Markup is left to `leftovers`, which knows when it is only mentioned.
        return True
    if low in _WORDS_BY_CASE and blank != blank.upper():
        return True
    if set(low) == {"x"} and (blank != blank.upper() and len(blank) < 4):
        return True
    if re.match(
        r"(?:your|company|interviewer|recruiter|manager|position|job|first|last|full|role|hiring)\b", low
    ) and not (_SHOUTED_BLANK.match(blank)):
        return True
    if low.startswith("insert") and " here" not in low and not blank.startswith("INSERT"):
        return True
    if blank.startswith("$") and not (blank.startswith("${") or blank[1:].isupper()):
        return True
    if part is Part.BODY and material.reading.is_in_link(start, end):
        return True
    return material.names.is_known(blank) or any(
        fold(blank) in fold(text) for text in material.names.plain_names
    )


# ---------------------------------------------------------------- blanks in words

_DOTS = re.compile(
    r"\b(?:at|the|a|an|as|your|my|about|with|join|joining|dear|hi|hello)[ \t]+(…|\.{3,5})"
    r"(?=[ \t]+(?:role|position|job|team|opening|and|for|as|because|is|was)\b|,)",
    re.I,
)


def _named_blanks(material: Material, part: Part) -> Iterator[tuple[int, int]]:
    """ "Your Name" under the letter, "at company name", "Dear Interviewer Name"; and "the … role"."""
    text, words = material.text(part), material.words(part)
    for match in _DOTS.finditer(text):
        yield match.span(1)
    for first, last in phrases("placeholder", "blanks").find(words):
        start, end = words[first].start, words[last - 1].end
        if any(span.holds(start, end) for span in material.entered_spans(part)):
            continue
        if _stands_alone(text, start, end) or _is_titled(text, start, end, last - first):
            yield start, end
        elif first and words[first - 1].text in entries("placeholder", "before_a_name"):
            said = " ".join(word.text for word in words[first:last])
            between = text[words[first - 1].end : start]
            if (
                said not in entries("placeholder", "also_said")
                and not between.strip(" \t")
                and _needs_a_name(words[first - 1].text, said, text[end:])
            ):
                yield start, end


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the line has nothing else."""
    line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    return line.strip(" \t,.*_:") == text[start:end] and len(text) > len(line)


def _is_titled(text: str, start: int, end: int, count: int) -> bool:
    """ "Company Name" with both capitals, inside a sentence that has none otherwise."""
    written = text[start:end]
    parts = re.findall(r"[^\W\d_]+", written)
    said = " ".join(parts).lower()
    if (
        count < 2
        or not all(part[0].isupper() for part in parts)
        or said in entries("placeholder", "also_said")
    ):
        return False
    before = text[:start].split()
    return not (before and before[-1].lower() in ("called", "entitled", "field", "column", "column:"))


def _needs_a_name(before: str, said: str, rest: str) -> bool:
    """ "At company name" is a placeholder, "a company name" is not: names have no article."""
    if before in ("the", "a", "an"):
        return bool(re.match(r"[ \t]+(?:role|position|job|team)\b", rest, re.I))
    if before in ("at", "join", "joining", "dear", "hi", "hello", "hey", "as"):
        return True
    return (
        before in ("with", "for", "from", "thanks", "you")
        and said.endswith("name")
        and not said.startswith("your")
    )


# ---------------------------------------------------------------- values that were none

# Every such value contains one of these.
_VALUES = ("null", "undefined", "None", "NaN", "nil", "/A", "/a", "#", "[object")
_NO_VALUE = re.compile(
    r"(?P<before>^|[\w’']+[ \t]+|,[ \t]*)"
    r"(?P<value>null|undefined|None|NaN|nil|N/A|n/a|#N/A|#REF!|#NAME\?|\[object Object\])"
    r"(?P<after>[ \t]*$|[ \t]+\w+|[.,;:!?])",
    re.M,
)


def _no_values(material: Material, part: Part) -> Iterator[tuple[int, int]]:
    """ "Hi null,", "the undefined role", "working at None.": what a program writes for a missing value."""
    text, things = material.text(part), entries("placeholder", "things")
    if not any(value in text for value in _VALUES):
        return
    for match in _NO_VALUE.finditer(text):
        before = match["before"].strip(" \t,").lower()
        after = match["after"].strip().lower()
        start, end = match.span("value")
        if any(span.holds(start, end) for span in material.entered_spans(part)) or _is_spoken_of(
            material, part, start
        ):
            continue
        if any(one.start < end and start < one.end for one in material.so_far.get("composition", ())):
            continue
        is_answer = "/" in match["value"] or match["value"].startswith(("#", "["))
        closes = not after or not after[0].isalnum()
        if (
            is_answer
            or (before in entries("placeholder", "named_after") and (closes or after in things))
            or (before in ("the", "a", "an", "your", "this") and after in things)
            or (not before and closes)
        ):
            yield start, end


def _is_spoken_of(material: Material, part: Part, start: int) -> bool:
    """ "The field that was marked N/A"."""
    words = material.words(part)
    at = next((place for place, word in enumerate(words) if word.end > start), len(words))
    shortly_before = {word.text for word in words[max(0, at - 4) : at]}
    return bool(shortly_before & entries("placeholder", "speaks_of_values")) or any(
        words[first].start <= start < words[last - 1].end
        for first, last in phrases("placeholder", "not_values").find(words)
    )
