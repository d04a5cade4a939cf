"""What a letter after the thank-you should and should not say, by its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from drafts.domain.facts import Kind
from drafts.domain.kinds import CheckOf, letter_kind
from drafts.review.content import free_of
from drafts.review.findings import Finding, found
from drafts.review.lexicon import phrases
from drafts.review.material import Material
from drafts.review.thresholds import MOST_POINTS, NUDGE_WORDS

_DIGIT = re.compile(r"\d")
Check = Callable[[Material], Iterator[Finding]]


def follow_up(material: Material) -> Iterator[Finding]:
    """The rules of the kind; nothing for a thank-you."""
    for check in _checks(material.facts.kind):
        yield from check(material)


def _marked(case: str, table: str, apart: str = "nothing") -> Check:
    """A finding for each phrase of a list, except where it is part of one of the list `apart`."""

    def check(material: Material) -> Iterator[Finding]:
        words, body = material.reading.words, material.reading.body
        for first, last in free_of(words, phrases("follow_up", table), phrases("follow_up", apart)):
            start, end = words[first].start, words[last - 1].end
            yield found("follow_up", case, start, end, found=body[start:end])

    return check


def _lacks(case: str, table: str) -> Check:
    """One finding where nothing of a list is said."""

    def check(material: Material) -> Iterator[Finding]:
        if not phrases("follow_up", table).are_in(material.reading.words):
            yield found("follow_up", case)

    return check


def _is_long(material: Material) -> Iterator[Finding]:
    count = material.reading.word_count
    if count > NUDGE_WORDS:
        yield found("follow_up", "nudge_long", words=str(count))


def _asks_nothing(material: Material) -> Iterator[Finding]:
    if "?" not in material.reading.body and not phrases("follow_up", "asks").are_in(material.reading.words):
        yield found("follow_up", "asks_nothing")


def _asks_much(material: Material) -> Iterator[Finding]:
    if material.reading.body.count("?") > 1:
        yield found("follow_up", "asks_much")


def _names_no_day(material: Material) -> Iterator[Finding]:
    body = material.reading.body
    if not _DIGIT.search(body) and not phrases("follow_up", "days").are_in(material.reading.words):
        yield found("follow_up", "no_day")


def _many_points(material: Material) -> Iterator[Finding]:
    """A list with marks or numbers, one point a line."""
    points = re.findall(r"^\s*(?:[-*•–]|\d+[.)])\s+\S", material.reading.body, re.MULTILINE)
    if len(points) > MOST_POINTS:
        yield found("follow_up", "many_points", points=str(len(points)))


def _names_no_pay(material: Material) -> Iterator[Finding]:
    """An acceptance says what was agreed on pay, in words or as a sum of money."""
    is_sum = re.search(r"[$€£¥₹]\s?\d", material.reading.body)
    if not is_sum and not phrases("follow_up", "pay").are_in(material.reading.words):
        yield found("follow_up", "no_pay")


# The checks that no list of phrases can make, by their case.
_BY_CASE: dict[str, Check] = {
    "nudge_long": _is_long,
    "asks_nothing": _asks_nothing,
    "asks_much": _asks_much,
    "no_day": _names_no_day,
    "many_points": _many_points,
    "no_pay": _names_no_pay,
}


@cache
def _checks(kind: Kind) -> tuple[Check, ...]:
    """Those that the kind's file names."""
    return tuple(map(_check, letter_kind(kind).checks))


def _check(one: CheckOf) -> Check:
    if one.marks:
        return _marked(one.case, one.marks, one.apart or "nothing")
    return _lacks(one.case, one.lacks) if one.lacks else _BY_CASE[one.case]
