"""Texts that are read on pages, as English text that can be translated where it is shown.

The layers below the web know no language. They write in English, and keep the sentence and its values apart, so that
`drafts.translation.translated` can say the same in the reader's language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, Self

from drafts.domain.moments import clock
from drafts.domain.phrasebook import fill


def gettext_noop(text: str) -> str:
    """The text itself: marks the template of a message as one to translate."""
    return text


class Message(str):
    """An English text that remembers its template and what fills it: other messages, dates, or users' words."""

    template: str
    values: dict[str, str]

    def __new__(cls, template: str, /, **values: object) -> Self:
        texts = {name: value if isinstance(value, str) else str(value) for name, value in values.items()}
        return cls.instead_of(fill(template, texts) if texts else template, template, texts)

    @classmethod
    def instead_of(cls, english: str, template: str, values: dict[str, str]) -> Self:
        """A text that somebody else wrote in English; other languages get the template."""
        message = super().__new__(cls, english)
        message.template, message.values = template, values
        return message

    def with_values(self, change: Callable[[str], str]) -> Self:
        """The same with `change` applied to the words that fill it."""
        values = {
            name: value.with_values(change)
            if isinstance(value, Message)
            else value
            if isinstance(value, Dated | Holiday)
            else change(value)
            for name, value in self.values.items()
        }
        return type(self)(self.template, **values)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self).instead_of, (str(self), self.template, self.values)


class Dated(str):
    """A date or a time of day in English. `form` names a format of config/formats, in which pages write it."""

    moment: dt.date
    form: str

    def __new__(cls, english: str, moment: dt.date, form: str) -> Self:
        dated = super().__new__(cls, english)
        dated.moment, dated.form = moment, form
        return dated

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.moment, self.form)


def listed(names: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"; commas alone where the last one has an "and" of its own."""
    if len(names) < 2:
        return names[0] if names else ""
    *others, last = names
    if " and " in last:
        return _with_commas(names)
    return Message("{others} and {last}", others=_with_commas(others), last=last)


def _with_commas(names: Sequence[str]) -> str:
    first, *others = names
    return Message("{first}, {others}", first=first, others=_with_commas(others)) if others else first


class Holiday(str):
    """The name of a public holiday in English."""

    day: dt.date
    country: str

    def __new__(cls, english: str, day: dt.date, country: str) -> Self:
        holiday = super().__new__(cls, english)
        holiday.day, holiday.country = day, country
        return holiday

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.day, self.country)


def day_of_week(moment: dt.date) -> Dated:
    """Monday"""
    return Dated(f"{moment:%A}", moment, "WEEKDAY_FORMAT")


def day_of_month(moment: dt.date) -> Dated:
    """March 3"""
    return Dated(f"{moment:%B} {moment.day}", moment, "MONTH_DAY_FORMAT")


def time_of_day(moment: dt.datetime) -> Dated:
    """9:05 AM"""
    return Dated(clock(moment), moment, "TIME_FORMAT")
