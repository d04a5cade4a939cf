"""Checks the name under the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafts.domain.tokens import fold, words_of
from drafts.domain.words import words
from drafts.review.findings import Finding, found
from drafts.review.lexicon import entries, pairs, phrases
from drafts.review.material import Material
from drafts.review.namebook import forms_of
from drafts.review.reading import Span
from drafts.review.thresholds import SIGNED_LINES, SIGNED_WORDS

_NAME = re.compile(r"[^\W\d_][^\d_@:/?!()+]*\Z")
_SHORTEST_SHORT_FORM = 2  # letters of "Jo" for Jordan


def unsigned(material: Material) -> Iterator[Finding]:
    """A letter must end with its writer's name. Not on LinkedIn, which shows the name next to the message."""
    sender = " ".join(material.facts.panel.sender.full_name.split())
    if not words_of(sender):
        return
    lines = _closing_lines(material)
    if any(_holds_the_name(material, line) for line in lines):
        return
    for line in lines:
        text = material.reading.body[line.start : line.end]
        case = _other_name(material, text)
        if case:
            yield found(
                "unsigned", case, line.start, line.end, suggestions=(sender,), found=text, name=sender
            )
            return
    if not material.facts.has_no_room:
        at = len(material.reading.body.rstrip())
        yield found("unsigned", "absent", at, at, name=sender)


def _closing_lines(material: Material) -> list[Span]:
    """Where the name may be: the lines after the sign-off, else the last lines, without any P.S."""
    reading = material.reading
    start = reading.greeting.end if reading.greeting else 0
    lines = [
        line
        for line in reading.lines
        if line.end > max(start, material.note_at)
        and not any(ps.holds(line.start, line.end) for ps in reading.postscripts)
        and not phrases("leftovers", "devices").are_in(reading.words_in(line.start, line.end))
    ]
    sign_off = reading.sign_off
    if sign_off is None or phrases("leftovers", "devices").are_in(
        reading.words_in(sign_off.start, sign_off.end)
    ):
        return lines[-SIGNED_LINES:]
    after = [line for line in lines if line.start > sign_off.end]
    beside = re.match(r"[\s,.!–—-]*", reading.body[sign_off.end :])
    place = sign_off.end + (beside.end() if beside else 0)
    on_the_line = [Span(place, line.end) for line in lines if line.start <= place < line.end]
    # "Jordan" above "Best regards" is a signature too.
    above = [line for line in lines if line.end <= sign_off.start][-1:]
    return (
        [*on_the_line, *after, *(line for line in above if _is_short(material, line))]
        if (on_the_line or after)
        else above
    )


def _is_short(material: Material, line: Span) -> bool:
    return len(material.reading.body[line.start : line.end].split()) <= SIGNED_WORDS


# ---------------------------------------------------------------- whose name it is


def _holds_the_name(material: Material, line: Span) -> bool:
    """Whether a line has the first name, last name, a short form, initials, or a line of the sender's signature."""
    sender = material.facts.panel.sender
    text = material.reading.body[line.start : line.end]
    signature = {fold(" ".join(one.split())) for one in sender.signature.splitlines() if words_of(one)}
    if fold(" ".join(text.split())) in signature:
        return True
    own = _sender_words(material)
    there = [fold(word.text) for word in words_of(text)]
    if own.intersection(there):
        return True
    short = len(there) <= SIGNED_WORDS
    return short and (
        _is_initials(there, sender.full_name) or any(_is_short_for(one, own) for one in there[:1])
    )


def _sender_words(material: Material) -> set[str]:
    sender = material.facts.panel.sender
    return {
        fold(word.text)
        for text in (sender.full_name, *sender.signature.splitlines()[:1])
        for word in words_of(text)
        if fold(word.text) not in words().titles
    }


def _is_initials(there: list[str], full_name: str) -> bool:
    initials = "".join(fold(word.text)[:1] for word in words_of(full_name))
    said = "".join(there)
    return bool(said) and (said == initials or said == initials[:1])


def _is_short_for(written: str, own: set[str]) -> bool:
    """ "Jo" for Jordan, "Bob" for Robert; also a name in a different script from the one entered."""
    if any(
        len(written) >= _SHORTEST_SHORT_FORM
        and (name.startswith(written) or (len(name) > 2 and written.startswith(name)))
        for name in own
    ):
        return True
    if any(
        {written, name} == {short, whole} for short, whole in pairs("signing", "short_names") for name in own
    ):
        return True
    return written.isascii() and not any(name.isascii() for name in own)


def _other_name(material: Material, text: str) -> str:
    """The rule case for a line in the place of the name: a placeholder, or somebody else's name; empty for neither."""
    key = fold(" ".join(text.split())).strip(" ,.[]{}<>()*_")
    if key in entries("signing", "blanks"):
        return "blank"
    panel = material.facts.panel
    if any(key in {fold(form) for form in forms_of(person)} for person in panel.interviewers):
        return "someone_else"
    parts = text.rstrip(" .,").split()
    looks_like_a_name = (
        0 < len(parts) <= SIGNED_WORDS
        and bool(_NAME.match(text))
        and all(part[0].isupper() or part.lower() in entries("signing", "particles") for part in parts)
    )
    if not looks_like_a_name or _is_another_line(material, text):
        return ""
    return "someone_else"


def _is_another_line(material: Material, text: str) -> bool:
    """Whether a line is a job, a company, a place or closing words, which are near a name but are not one."""
    there = words_of(text)
    return (
        phrases("signing", "no_names").are_in(there)
        or phrases("jobs", "heads").are_in(there)
        or phrases("gratitude", "thanks").are_in(there)
        or text.rstrip(" ,.!").lower() in entries("anatomy", "sign_offs")
        or material.names.entered_phrases.are_in(there)
    )
