"""When an interview is, from the words of a mail: "Tuesday, November 24, 2026, 2:00 - 3:30 PM (EST)"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from drafts.domain.messages import Message
from drafts.domain.tokens import fold
from drafts.invite.around import above_quoted, says, sentences
from drafts.invite.clocks import (
    CLOCK,
    OR,
    TIMES,
    Times,
    clock_time,
    finish_said,
    length_said,
    span_of,
    times_of,
)
from drafts.invite.dates import date_of, days_in, without_year
from drafts.invite.lists import listed
from drafts.invite.model import Reading
from drafts.invite.times import When, zone_named

MOST_ENDS = 6  # times to choose from
_ZONE_LABEL = re.compile(
    r"\b(?:(?:(?:your )?time ?zone|zeitzone|fuseau horaire|(?:all times|times are)(?: are)?(?: shown)?(?: in)?)\b"
    r"\s*:?\s*(.+)|times?\s?\(([^()]{2,40})\))",
    re.I,
)
_ZONE = re.compile(
    r"\b((?:UTC|GMT)\s?[+−-]\s?\d{1,2}(?::?\d\d)?|[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?"
    r"|[A-Z]{2,5}(?: time)?(?![A-Za-z])|[A-Z][a-z]+(?: [A-Z][a-z]+){0,3} [Tt]ime"
    r"|(?:Eastern|Central|Mountain|Pacific)(?: (?:Standard|Daylight))?)\b"
    r"|\b(?:horário|hora|heure|ora) (?:de|di) ([A-Z][^\W\d_]+)"
)
_DIFFERS = Message("The text names another time than the calendar; choose when the interview ended.")
_ZONED = re.compile(
    rf"(?<![\w.,:/$€£-])(?P<start>{CLOCK})\s?(?P<half>[ap])\.?m\b\.?\s?\(?(?P<zone>[a-z]{{2,4}})\b"
)


def when_in(lines: Sequence[str], default_zone: str, today: dt.date) -> When:
    """The interview's times. What the text leaves out or contradicts is None, with a warning that asks for it."""
    zone = zone_said(lines, default_zone)
    own = above_quoted(lines)
    newest = lines if own is None else own
    found = _when_in(newest, lines, zone, today)
    if says(lines, "recorded"):
        return When(None, None, zone, (_RECORDED,))
    is_off = says(newest, "put_off")
    remarks = [_PUT_OFF] if is_off else []
    if own is not None and found.starts_at is None and any(days_in([fold(line) for line in lines], False)):
        remarks.append(_QUOTED)
    remarks += [_MOVED] if found.ended_at and says(lines, "earlier_time") else []
    remarks += [_PROVISIONAL] if says(lines, "provisional") else []
    found = replace(found, warnings=(*remarks, *found.warnings))
    return (
        replace(found, starts_at=None, ended_at=None) if is_off and not says(lines, "put_off_to") else found
    )


ARRIVES = re.compile(r"\b(?:arriv|check.?in|confirm|repl|lunch|tour|deadline)", re.I)
SEVERAL = Message("It names several times; choose when the interview ended.")
_PUT_OFF = Message("The mail says that an interview was postponed or cancelled; check before you write.")
_QUOTED = Message("A day stands only in a mail that is quoted; take the one that was agreed on.")
_RECORDED = Message(
    "This asks for a recording by a deadline, and nobody meets you; fill in when it was only if it counts."
)
_MOVED = Message("The mail names an earlier time as well; please check when the interview was.")
_PROVISIONAL = Message(
    "The mail says that something is not settled yet; check when the interview was and who was there."
)


def _when_in(lines: Sequence[str], all_lines: Sequence[str], zone: Reading, today: dt.date) -> When:
    folded = [fold(line) for line in lines]
    month_first = zone.value.startswith("America/") or (
        not zone.value and bool(re.search(r"\d [AP]M\b", "\n".join(lines)))
    )
    days = list(days_in(folded, month_first))
    timed = [(day, times) for day in days if (times := times_of(folded, day))]
    warnings = [] if zone.value and not zone.is_guess else [_ask_for_zone(zone)]
    if not days:
        return When(
            None,
            None,
            zone,
            (*warnings, Message("The mail does not say on which day it is; fill in the date and time.")),
        )
    dated: list[tuple[dt.date, list[Times]]] = []
    for day, times in timed:
        date, remark = date_of(day, today)
        warnings += [text for text in remark if text not in warnings]
        if date:
            dated.append((date, times))
    if not dated:
        ask = (
            [] if timed else [Message("The mail does not say at what time it is; fill in the date and time.")]
        )
        return When(None, None, zone, (*warnings, *ask))
    if len({(day.month, day.day) for day in days if day.month}) > len({date for date, _ in dated}):
        warnings.append(
            Message(
                "The mail names several days; {date} was taken. Please check it.",
                date=without_year(dated[0][0]),
            )
        )
    return _settled(dated, [fold(line) for line in all_lines], zone, warnings)


def _settled(
    dated: Sequence[tuple[dt.date, list[Times]]], lines: Sequence[str], zone: Reading, warnings: list[str]
) -> When:
    """The time named in the text. If there are several, none, with their ends to choose from."""
    by_date: dict[dt.date, list[Times]] = {}
    for date, times in dated:
        # Where a day is named again, only what has an end counts: "Please arrive on 3 December by 9:00".
        more = [one for one in times if one.end] if date in by_date else times
        by_date[date] = [*by_date.get(date, []), *more]
    length, finish = length_said(lines), finish_said(lines)
    spans: list[tuple[dt.date, dt.timedelta, dt.timedelta]] = []
    remarks: list[str] = []
    for date, times in by_date.items():
        for some in _apart(times, lines):
            start, end, remark = span_of(some, length, finish)
            spans.append((date, start, end))
            remarks += remark
    info = ZoneInfo(zone.value or "UTC")
    moments = [
        tuple(
            (dt.datetime.combine(date, dt.time(), info) + size).astimezone(dt.UTC).astimezone(info)
            for size in sizes
        )
        for date, *sizes in spans
    ]
    if len(moments) > 1:
        ends = tuple(dict.fromkeys(end for _, end in moments))[:MOST_ENDS]
        return When(None, None, zone, (*warnings, SEVERAL), ends)
    [(starts_at, ended_at)] = moments
    return When(starts_at, ended_at, zone, (*warnings, *remarks[:1]))


_MOVES = re.compile(r"\b(?:moved|rescheduled|changed|pushed|brought forward)\b.{0,60}\bfrom\b")


def _apart(times: list[Times], lines: Sequence[str]) -> list[list[Times]]:
    """The times of a day as one timetable, or each alone: "at 10 or at 11", "moved from 2pm to 3pm"."""
    texts = [lines[place] for place in {one.line for one in times} if place < len(lines)]
    if any(map(_MOVES.search, texts)):
        starts = [start for one in times for start in (one.start, one.end) if start is not None]
        return [[replace(times[0], start=start, end=None)] for start in dict.fromkeys(starts)]
    return [[one] for one in times] if any(map(OR.search, texts)) else [times]


def _ask_for_zone(zone: Reading) -> str:
    if zone.value and zone.source != "your own time zone":
        return Message(
            "{zone} is a guess from {source}; please check the time zone.",
            zone=zone.value,
            source=zone.source,
        )
    if zone.value:
        return Message(
            "The mail does not name a time zone; {zone} was taken. Please check it.", zone=zone.value
        )
    return Message("The mail does not name a time zone; fill in the one it means.")


# ------------------------------------------------------------ times that disagree


def beside_words(at: When, lines: Sequence[str]) -> When:
    """The calendar's time; where the words name one other time, the end is to be chosen."""
    start, end = at.starts_at, at.ended_at
    if start is None or end is None:
        return at
    zone = zone_said(lines, "")
    # Of a time in UTC; one that names no zone has a remark.
    if zone.value and at.zone.source == "your own time zone" and not at.warnings:
        start, end = (one.astimezone(ZoneInfo(zone.value)) for one in (start, end))
        at = replace(at, starts_at=start, ended_at=end, zone=zone)
    texts = [text for line in lines for text in sentences(line) if not ARRIVES.search(text)]
    said = when_in(texts, at.zone.value, start.date())
    if (
        not said.starts_at
        or not said.ended_at
        or start <= said.starts_at < end
        or says(lines, "earlier_time")
    ):
        return at
    ends = (end, said.ended_at.astimezone(end.tzinfo))
    return replace(at, ended_at=None, ends=tuple(dict.fromkeys(ends)), warnings=(*at.warnings, _DIFFERS))


def with_other_zones(found: When, lines: Iterable[str]) -> When:
    """Without its end where the same line names a time of another zone that is another moment."""
    if found.starts_at is None or found.ended_at is None:
        return found
    midnight = found.starts_at.replace(hour=0, minute=0, second=0, tzinfo=None)
    for line in map(fold, lines):
        starts = {
            (midnight + clock_time(match["start"], match["half"]))
            .replace(tzinfo=ZoneInfo(zone))
            .astimezone(dt.UTC)
            for match in _ZONED.finditer(line)
            if (zone := zone_named(match["zone"].upper()))
        }
        shifts = {(start - found.starts_at).total_seconds() % 86400 for start in starts}
        if 0 in shifts and len(shifts) > 1:
            ends = [
                found.ended_at + dt.timedelta(seconds=min(one, one - 86400, key=abs))
                for one in sorted(shifts)
            ]
            return replace(
                found, starts_at=None, ended_at=None, ends=tuple(ends), warnings=(*found.warnings, SEVERAL)
            )
    return found


# ------------------------------------------------------------ zones


def zone_said(lines: Sequence[str], default: str) -> Reading:
    """The zone the words name: in a line of its own, by its IANA name, or beside a time."""
    for line in lines:
        label = _ZONE_LABEL.search(line)
        text = (label[1] or label[2]) if label else ""
        found = _zone_in(text)
        if not found.value and (named := zone_named(text.strip(" .()"))):
            found = Reading(named, _TEXT)
        if found.value:
            return found
    found = Reading("", "")
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        clock = None if found.value else TIMES.search(fold(line))
        if clock:
            below = below.strip(" ()")
            found = _zone_in(line[clock.start() :])
            found = _zone_in(below) if not found.value and _ZONE.fullmatch(below) else found
    if found.value:
        return found
    return Reading(default, Message("your own time zone") if default else "", bool(default))


_TEXT = Message("the text")


def _zone_in(text: str) -> Reading:
    """The time zone in a text; a guess if it is an ambiguous abbreviation."""
    # Outlook's: "(UTC-05:00) Eastern Time (US & Canada)"
    outlook = re.search(r"\(UTC[+-]\d\d:\d\d\)\s[A-Z][^.;]*", text)
    if outlook and (zone := zone_named(outlook[0].strip())):
        return Reading(zone, _TEXT)
    # "CET (Stockholm)" means the city's.
    cities = [
        zone
        for inside in re.findall(r"\(([^()]{4,60})\)", text)
        for part in reversed(re.split(r"\s[-–]\s", inside))
        if "/" in (zone := zone_named(part))
    ]
    if cities:
        return Reading(cities[0], _TEXT)
    for match in _ZONE.finditer(text):
        name = (match[1] or match[2]).removesuffix(" time")
        if name not in ("AM", "PM", "A", "P"):
            # By GMT people mean London's time, and programs UTC.
            zone = "Europe/London" if name == "GMT" else zone_named(name) or zone_named(match[0].strip("( "))
            if zone:
                is_shared = fold(name) in listed("shared_zones")
                return Reading(zone, Message("“{name}”", name=name) if is_shared else _TEXT, is_shared)
    return Reading("", "")
