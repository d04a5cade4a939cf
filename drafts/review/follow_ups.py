"""What a letter after the thank-you should and should not say, by its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from drafts.domain.facts import Kind
from drafts.review.content import free_of
from drafts.review.findings import Finding, found
from drafts.review.lexicon import phrases
from drafts.review.material import Material
from drafts.review.thresholds import MOST_POINTS, NUDGE_WORDS

_DIGIT = re.compile(r"\d")
Check = Callable[[Material], Iterator[Finding]]


def follow_up(material: Material) -> Iterator[Finding]:
    """The rules of the kind; nothing for a thank-you."""
    for check in BY_KIND.get(material.facts.kind, ()):
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


def _restates(material: Material) -> Iterator[Finding]:
    """An acceptance says when one starts and what was agreed on pay, with a figure each."""
    words = material.reading.words
    if not phrases("follow_up", "start").are_in(words):
        yield found("follow_up", "no_start")
    if not phrases("follow_up", "pay").are_in(words) and not re.search(
        r"[$€£¥₹]\s?\d", material.reading.body
    ):
        yield found("follow_up", "no_pay")


_NUDGE = (
    _marked("nudge_phrase", "worn", "not_worn"),
    _marked("nudge_pressure", "pressure", "not_pressure"),
    _is_long,
    _asks_nothing,
)
_BEFORE_AN_ANSWER = _marked("answers_already", "answers", "not_answers")
_THANKS = (
    _lacks("no_thanks", "thanks"),
    _marked("asks_favor", "favors"),
    _marked("gushes", "gushing"),
    _marked("counts_on_it", "presumes"),
)
BY_KIND: dict[Kind, tuple[Check, ...]] = {
    Kind.NUDGE: _NUDGE,
    Kind.SECOND_NUDGE: _NUDGE,
    Kind.AFTER_REJECTION: (_marked("argues", "argues"), _asks_much),
    Kind.OFFER_THANKS: (_BEFORE_AN_ANSWER,),
    Kind.MORE_TIME: (_BEFORE_AN_ANSWER, _names_no_day),
    Kind.NEGOTIATE: (
        _BEFORE_AN_ANSWER,
        _marked("own_needs", "needs"),
        _marked("demands", "demands", "not_demands"),
        _many_points,
        _asks_nothing,
    ),
    Kind.ACCEPT: (_restates,),
    Kind.DECLINE: (_lacks("no_decision", "declines"),),
    Kind.WITHDRAW: (_lacks("no_withdrawal", "withdraws"),),
    Kind.REFERRAL_THANKS: _THANKS,
    Kind.INTRODUCTION_THANKS: _THANKS,
    Kind.TALK_THANKS: _THANKS,
}
