"""Texts and dates in the language of the page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.utils.dates import MONTHS, MONTHS_3, MONTHS_AP, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import get_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext, override

from drafts.domain import time_zones
from drafts.domain.facts import Dialect
from drafts.domain.messages import Dated, Holiday, Message, listed
from drafts.domain.phrasebook import fill
from drafts.domain.sources import Citation, citations
from drafts.domain.window import holiday_in

ENGLISH = "en"
# Where English is written, dates and times are written in three ways: "November 30, 9:05 AM" in config/formats/en,
# "30 November, 09:05", and "30 November, 9:05 am".
_IN_BRITAIN, _IN_AUSTRALIA = "en-gb", "en-au"
_BY_REGION = dict.fromkeys(("gb", "ie", "za", "mt"), _IN_BRITAIN) | dict.fromkeys(
    ("au", "nz", "in", "sg", "hk", "my", "pk", "ng", "ke", "gh"), _IN_AUSTRALIA
)
_BY_DIALECT = {
    Dialect.BRITISH: _IN_BRITAIN,
    Dialect.AUSTRALIAN: _IN_AUSTRALIA,
    Dialect.INDIAN: _IN_AUSTRALIA,
}
# Answers which of these the reader of the page is used to; empty for the first.
_english_dates: ContextVar[Callable[[], str] | None] = ContextVar("_english_dates", default=None)
_FIRST_OF_MONTH = {"fr": "1er"}


def translated(text: str) -> str:
    """A text of the phrasebook, or a message or date of the layers below, in the language of the page."""
    if isinstance(text, Message):
        # In English, only its dates may have to be written in another way.
        if get_language() == ENGLISH and (date_format_language() == ENGLISH or not _is_dated(text)):
            return str(text)
        values = {name: _value(value) for name, value in text.values.items()}
        return fill(_agreeing(gettext(text.template), values), values)
    return _value(text) if isinstance(text, Dated) else gettext(text) if text else ""


def _is_dated(message: Message) -> bool:
    return any(
        isinstance(value, Dated) or (isinstance(value, Message) and _is_dated(value))
        for value in message.values.values()
    )


@lru_cache(maxsize=100)
def english_dates(languages: str, dialect: str) -> str:
    """How somebody writes dates in English, by the languages of their browser (an Accept-Language header), or else by
    their dialect."""
    for language in languages.lower().replace(" ", "").split(","):
        name, _, region = language.partition(";")[0].partition("-")
        if name == ENGLISH and region in _BY_REGION:
            return _BY_REGION[region]
    return _BY_DIALECT.get(Dialect(dialect), "") if dialect else ""


@contextmanager
def dates_for(choose: Callable[[], str]) -> Iterator[None]:
    """Within it, English dates are written as `choose` (which returns what `english_dates` does) says."""
    token = _english_dates.set(choose)
    try:
        yield
    finally:
        _english_dates.reset(token)


def date_format_language() -> str:
    """The language whose formats of config/formats the page uses: its own, or a variant of English."""
    language, choose = get_language() or ENGLISH, _english_dates.get()
    return (choose() if choose and language == ENGLISH else "") or language


def _value(value: str) -> str:
    if isinstance(value, Dated):
        return written(value.moment, value.form)
    if isinstance(value, Holiday):
        return holiday_in(value, get_language() or ENGLISH)
    return translated(value) if isinstance(value, Message) else value


@dataclass(frozen=True)
class _Before:
    """Words of a Spanish template that become others before a value that begins in a certain way."""

    words: re.Pattern[str]
    value: re.Pattern[str]
    instead: str

    def changed(self, template: str, values: Mapping[str, str]) -> str:
        return self.words.sub(
            lambda found: self.instead if self.value.match(values[found[1]]) else found[0], template
        )


def _before(words: str, value: str, instead: str) -> _Before:
    return _Before(
        re.compile(rf"(?<!\w){words}(?= [“«]?\{{(\w+)\}})"), re.compile(value, re.IGNORECASE), instead
    )


_SPANISH = (
    # "Ana e Inés", but "agua y hielo"; "Ana u Olga".
    _before("y", r"h?[ií](?![aeouáéóú])|y(?![aeiouáéíóú])", "e"),
    _before("o", r"h?[oó]|8", "u"),
    # "a la 1:30", but "a las 13:30".
    _before("a las", r"1:", "a la"),
    _before("son las", r"1:", "es la"),
)


def _agreeing(template: str, values: Mapping[str, str]) -> str:
    """A template with the words that its values call for."""
    if get_language() == "es":
        for one in _SPANISH:
            template = one.changed(template, values)
    return template


def together(*names: str) -> str:
    """ "Ana and Ben", in the language of the page."""
    return translated(listed(names))


def cited(source: str) -> tuple[Citation, ...]:
    """The sources of a text of the phrasebook, in the language of the page."""
    return _cited(source, get_language())


@cache
def _cited(source: str, language: str) -> tuple[Citation, ...]:
    return tuple(Citation(translated(one.name), one.url, translated(one.says)) for one in citations(source))


def as_english(text: str) -> str:
    """Words of a letter within a sentence of the page."""
    return text if get_language() == ENGLISH else format_html('<span lang="en">{}</span>', text)


def in_sentence(template: str, **values: str) -> str:
    """A text of gettext with its %(placeholders)s replaced by plain text, or by what `as_english` returns."""
    if get_language() == ENGLISH:
        return template % values
    pieces = re.split(r"%\((\w+)\)s", template)
    return format_html_join(
        "", "{}", ((values[one] if place % 2 else one,) for place, one in enumerate(pieces))
    )


def before_message(label: object) -> str:
    """What stands between the label of a field and a message about it: no colon after a question."""
    return " " if str(label).endswith("?") else gettext(": ")


def language_of(candidate: Any) -> str:
    """The language in which to write to somebody who is not here: as chosen, else as in the pages visited last."""
    return candidate.language or candidate.seen_language or ENGLISH


def city_of(zone: str) -> str:
    """The city that a time zone is named after, in the language of the page."""
    return time_zones.city(zone, get_language() or ENGLISH)


def city_named(name: str) -> str:
    """A city, given its English name, in the language of the page."""
    return time_zones.name_in(name, get_language() or ENGLISH)


def zone_label(zone: str) -> str:
    """How a field for a time zone shows it, in the language of the page."""
    return time_zones.label(zone, get_language() or ENGLISH)


def written(moment: dt.date, form: str) -> str:
    """A date or a wall-clock time in a format of config/formats: like Django's date filter, but with "1er" in French,
    and ten times faster."""
    return _writer(date_format_language(), form)(moment)


@cache
def _writer(language: str, form: str) -> Callable[[dt.date], str]:
    pattern = get_format(form, language)
    with override(language):
        days, short_days, months, short_months, press_months = (
            [str(name) for name in names.values()]
            for names in (WEEKDAYS, WEEKDAYS_ABBR, MONTHS, MONTHS_3, MONTHS_AP)
        )
    first = _FIRST_OF_MONTH.get(language, "1")
    letters: dict[str, Callable[[dt.datetime], str]] = {
        "l": lambda moment: days[moment.weekday()],
        "D": lambda moment: short_days[moment.weekday()],
        "F": lambda moment: months[moment.month - 1],
        "M": lambda moment: short_months[moment.month - 1].title(),
        "b": lambda moment: short_months[moment.month - 1],
        "N": lambda moment: press_months[moment.month - 1],
        "j": lambda moment: first if moment.day == 1 else str(moment.day),
        "Y": lambda moment: str(moment.year),
        "H": lambda moment: f"{moment.hour:02}",
        "G": lambda moment: str(moment.hour),
        "g": lambda moment: str(moment.hour % 12 or 12),
        "i": lambda moment: f"{moment.minute:02}",
        "A": lambda moment: "AM" if moment.hour < 12 else "PM",
        "a": lambda moment: "am" if moment.hour < 12 else "pm",
        "e": lambda moment: moment.tzname() or "",
    }
    parts: list[str | Callable[[dt.datetime], str]] = []
    characters = iter(pattern)
    for character in characters:
        parts.append(next(characters) if character == "\\" else letters.get(character, character))
    return lambda moment: "".join([part if isinstance(part, str) else part(moment) for part in parts])  # type: ignore[arg-type]  # a format without a time needs none
