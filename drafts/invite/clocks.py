"""Clock times and lengths in the words of a mail: "2:00 - 3:30 PM", "um 14 Uhr", "about an hour"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from drafts.domain.messages import Message
from drafts.domain.naming.lists import any_of
from drafts.invite.dates import Day, day_patterns, without_days
from drafts.invite.lists import one_of, says_of, tables

NEARBY = 6  # lines below a date that may hold its clock times
CLOCK = (
    r"(?:noon|midday|(?:[01]?\d|2[0-4])(?:[:h]\d\d|\.\d\d(?=\s?(?:uhr|uur|hrs?\b|h\b|o.clock|[ap]\.?m|-|–))"
    r"|(?:(?<=\bore \d\d)|(?<=\bat \d\d)|(?<=\bom \d\d)|(?<=\bum \d\d)|(?<=\bat \d)|(?<=\bby \d))\.[0-5]\d"
    r"|(?=\s?(?:[ap]\.?m\b|uhr|h\b|-|–|to\b|bis\b|and\b|a\b|[ecmp]t\b))))(?::\d\d)?"
)
_HALF = r"(?:\s?(?P<{}>[ap])\.?m\b\.?|\s?uhr\b|\s?uur\b|\s?hrs?\b|\s?h\b)?"
_BRACKET = r"(?:\s\(?[a-z]{2,5}\)?)?"
TIMES = re.compile(
    rf"(?<![\w.,:/$€£-])(?P<start>{CLOCK}){_HALF.format('first')}"
    rf"(?:{_BRACKET}\s?(?:-|–|—|\||to|until|till|and|bis|a|alle|as|ate|tot|do)\s?(?:ore\s|las\s|godz\.\s)?(?P<end>{CLOCK}|\d\d?\.[0-5]\d){_HALF.format('second')})?"
)
_EARLY = re.compile(r"[1-5](?![\d])")
_BARE = re.compile(r"\bat (\d{1,2})(?=\s(?:or|w|with|on|for|in)\b|\s?[.,;?!](?!\d)|\Z)")
_SAYS_CLOCK = r"\d[:.h]\d\d|noon|midday|\d\s?(?:uhr|h)\b"
_LENGTH = re.compile(
    r"(?<![\d:.])(?:(?P<hours>\d(?:[.,]\d)?|half(?:\san?)?|an?|one|two|three|four|a couple of)[\s-]?"
    r"(?:hours?|hrs?|(?<=[1-3])h|stunden?|heures?|horas?|ore|ora|uur)\b)?"
    r"(?:\s?(?:and|und|et|y|e)?\s?(?P<minutes>\d{1,3}(?:\s?-\s?\d{1,3})?)[\s-]?"
    r"(?:minutes?|mins?|min|minuten|minutos|minuti|minut|m)\b)?"
)
_NOT_A_LENGTH = re.compile(
    r"[\s)]*(?:early|earlier|before|prior|in advance|ahead|vorher|avant|antes|prima|break)"
)
_FINISH = re.compile(
    rf"(?:\b(?:{one_of('finishes')})|\A(?:to|until|bis|fin|fine|hasta))(?: time)?"
    rf"(?:\W*(?=\d)|\s(?:at|by|around|about|approx\.?)\s)(?P<clock>{CLOCK}){_HALF.format('half')}"
)
OR = re.compile(r"\d\s?(?:[ap]\.?m\.?)?(?:\s[a-z]{2,4})?\s(?:or|oder|ou|o)\s(?:at\s|um\s)?\d")


@dataclass(frozen=True, slots=True)
class Times:
    line: int
    start: dt.timedelta
    end: dt.timedelta | None
    leads: bool  # stands at the start of its line


def times_of(lines: Sequence[str], day: Day) -> list[Times]:
    """The clock times beside a day, else in the lines below it; a timetable has several."""
    rest = lines[day.line][day.end :]
    found = (
        _bare(rest, day.line)
        or list(_clocks(rest, day.line))
        or list(_clocks(without_days(lines[day.line]), day.line))
    )
    found = found if OR.search(lines[day.line]) else found[:1]
    last = day.line
    for place in range(day.line + 1, len(lines)):
        if any(pattern.search(lines[place]) for pattern in day_patterns()) or place > last + NEARBY:
            break
        last += not lines[place]
        if says_of("other_days").search(lines[place]) or _FINISH.search(lines[place]):
            continue
        # Of a timetable each line begins with its time, or has a span.
        here = [one for one in _clocks(lines[place], place) if not found or one.end is not None or one.leads][
            :1
        ]
        last = place if here else last
        found += here
    return found


def _bare(line: str, place: int) -> list[Times]:
    """ "on Tuesday at 2", before any time that says more."""
    match = _BARE.search(line)
    return list(_clocks(f"{match[1]}:00", place)) if match and not TIMES.search(line[: match.end()]) else []


def _clocks(line: str, place: int) -> Iterator[Times]:
    line = re.sub(r"(?<=:\d\d)([ap])\b", r"\1m", line)  # "1:30p"
    line = re.sub(r"\b12\s(?=noon|midday)", "", line)
    line = re.sub(r"\b(\d\d?)\sh\s(\d\d)\b", r"\1:\2", line)  # "13 h 30"
    for match in TIMES.finditer(line):
        first, second = match["first"], match["second"]
        if not (match["end"] or first or re.search(_SAYS_CLOCK, match[0])):
            continue
        is_zoned = re.match(r"\s?\(?[ecmp][sd]?t\b", line[match.end() :])  # "11-12 ET"
        if match["end"] and not (first or second or is_zoned or re.search(_SAYS_CLOCK, match[0])):
            continue
        end = clock_time(match["end"], second) if match["end"] else None
        start = clock_time(match["start"], first or second)
        if not first and second and end is not None and start > end:
            start -= dt.timedelta(hours=12)  # "11-1pm"
        if not (first or second) and _EARLY.match(match["start"]) and "h" not in match[0]:
            # Nobody interviews at night.
            start, end = start + dt.timedelta(hours=12), end and end + dt.timedelta(hours=12)
        if start < dt.timedelta(hours=24):
            yield Times(place, start, end, match.start() < 4)


def clock_time(text: str, half: str | None) -> dt.timedelta:
    if text[0] in "nm":
        return dt.timedelta(hours=12)
    hour, minute = ([int(part) for part in re.split(r"[:.h]", text) if part] + [0])[:2]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return dt.timedelta(hours=hour, minutes=min(minute, 59))


def finish_said(lines: Sequence[str]) -> dt.timedelta | None:
    found = next((match for line in lines if (match := _FINISH.search(line))), None)
    return clock_time(found["clock"], found["half"]) if found else None


def span_of(
    times: list[Times], length: dt.timedelta | None, finish: dt.timedelta | None
) -> tuple[dt.timedelta, dt.timedelta, list[str]]:
    """From the first time to the last of a timetable, or as long as the words say."""
    start = times[0].start
    ends = [one.end for one in times if one.end is not None and one.end > start]
    if ends or (finish and finish > start):
        return start, max([*ends, *([finish] if finish else [])]), []
    if length:
        return start, max(start + length, max(one.start for one in times)), []
    return (
        start,
        max(one.start for one in times) + dt.timedelta(hours=1),
        [
            Message(
                "The mail does not say when it ends; an hour was taken. Please set when the interview ended."
            )
        ],
    )


def length_said(lines: Sequence[str]) -> dt.timedelta | None:
    """The first length in the lines; the sum where one follows another: "10 minutes, followed by 20 minutes"."""
    for line in lines:
        line = _in_words().sub(lambda match: f"{tables()['lengths'][match[0]]} minutes", line)
        found = list(_lengths(line))
        for (size, _, end), (more, start, _) in pairwise(found):
            if re.search(rf"\b(?:{one_of('then')})\b", line[end:start]):
                return size + more
        if found:
            return found[0][0]
    return None


@cache
def _in_words() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(tables()['lengths'])})\b")


def _lengths(line: str) -> Iterator[tuple[dt.timedelta, int, int]]:
    """Each length with where it begins and ends."""
    for match in _LENGTH.finditer(line):
        hours, minutes = match["hours"] or "", match["minutes"] or ""
        rest = line[match.end() :]
        if not (hours or minutes) or _NOT_A_LENGTH.match(rest):
            continue
        size = tables()["number_words"].get(hours) or float(hours.replace(",", ".") or 0)
        size += 0.5 if re.match(r"\s*(?:and a half|et demie|y media|e mezza)\b", rest) else 0
        length = dt.timedelta(hours=size, minutes=int(re.split(r"\D+", minutes)[-1] or 0))
        yield length, match.start(), match.end()
