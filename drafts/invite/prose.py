"""When an interview is, from the words of a mail: "Tuesday, November 24, 2026, 2:00 - 3:30 PM (EST)"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import ZoneInfo

from drafts.domain.naming.lists import any_of
from drafts.domain.tokens import fold
from drafts.invite.around import above_quoted, says
from drafts.invite.lists import listed, numbers
from drafts.invite.model import Reading
from drafts.invite.times import When
from drafts.invite.zones import zone_named

NEARBY = 6  # lines below a date that may hold its clock times
_CLOCK = (
    r"(?:noon|midday|(?:[01]?\d|2[0-4])(?:[:h]\d\d|\.\d\d(?=\s?(?:uhr|uur|hrs?\b|h\b|[ap]\.?m|-|–))"
    r"|(?:(?<=\bore \d\d)|(?<=\bat \d\d)|(?<=\bom \d\d)|(?<=\bum \d\d)|(?<=\bat \d))\.[0-5]\d"
    r"|(?=\s?(?:[ap]\.?m\b|uhr|h\b|-|–|to\b|bis\b|and\b|a\b))))(?::\d\d)?"
)
_HALF = r"(?:\s?(?P<{}>[ap])\.?m\b\.?|\s?uhr\b|\s?uur\b|\s?hrs?\b|\s?h\b)?"
_BRACKET = r"(?:\s\(?[a-z]{2,5}\)?)?"
_TIMES = re.compile(
    rf"(?<![\w.,:/$€£-])(?P<start>{_CLOCK}){_HALF.format('first')}"
    rf"(?:{_BRACKET}\s?(?:-|–|—|\||to|until|till|and|bis|a|alle|as|ate|tot)\s?(?P<end>{_CLOCK}){_HALF.format('second')})?"
)
_SAYS_CLOCK = r"\d[:.h]\d\d|noon|midday|\d\s?(?:uhr|h)\b"
_LENGTH = re.compile(
    r"(?<![\d:.])(?:(?P<hours>\d(?:[.,]\d)?|half(?:\san?)?|an?|one|two|three|four|a couple of)[\s-]?"
    r"(?:hours?|hrs?|(?<=[1-3])h|stunden?|heures?|horas?|ore|ora|uur)\b)?"
    r"(?:\s?(?:and|und|et|y|e)?\s?(?P<minutes>\d{1,3}(?:\s?-\s?\d{1,3})?)[\s-]?"
    r"(?:minutes?|mins?|min|minuten|minutos|minuti|m)\b)?"
)
_NOT_A_LENGTH = re.compile(
    r"\s*(?:early|earlier|before|prior|in advance|ahead|vorher|avant|antes|prima|break)"
)
_WORDS = {
    "half": 0.5,
    "half a": 0.5,
    "half an": 0.5,
    "a couple of": 2.0,
    "a": 1.0,
    "an": 1.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
}
_ZONE_LABEL = re.compile(
    r"\b(?:(?:your )?time ?zone|zeitzone|fuseau horaire|(?:all times|times are)(?: are)?(?: shown)?(?: in)?)\b"
    r"\s*:?\s*(.+)",
    re.I,
)
_ZONE = re.compile(
    r"\b((?:UTC|GMT)\s?[+−-]\s?\d{1,2}(?::?\d\d)?|[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?"
    r"|[A-Z]{2,5}(?: time)?(?![A-Za-z])|(?:Eastern|Central|Mountain|Pacific)(?: (?:Standard|Daylight))?(?: [Tt]ime)?"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,3} [Tt]ime)\b"
    r"|\b(?:horário|hora|heure|ora) (?:de|di) ([A-Z][^\W\d_]+)"
)
_FINISH = re.compile(
    rf"\b(?:finish\w*|ends?|ending|conclud\w*)\s(?:at|by|around|about|approx\.?)\s(?P<clock>{_CLOCK}){_HALF.format('half')}"
)


@dataclass(frozen=True, slots=True)
class _Day:
    """A date as the text has it: `year` is 0 and `weekday` -1 where it does not say them.

    `is_unsure`: it can be read as another day as well.
    """

    line: int
    end: int
    year: int
    month: int
    day: int
    weekday: int = -1
    is_unsure: bool = False


def when_in(lines: Sequence[str], default_zone: str, today: dt.date | None) -> When:
    """The interview's times; what the words do not say stays None, and a warning asks for it."""
    zone = _zone(lines, default_zone)
    own = above_quoted(lines)
    found = _when_in(lines if own is None else own, lines, zone, today)
    if says(lines if own is None else own, "put_off"):
        found = replace(found, warnings=(_PUT_OFF, *found.warnings))
        if not says(lines, "put_off_to"):
            return replace(found, starts_at=None, ended_at=None)
    if own is not None and found.starts_at is None and any(_days([fold(line) for line in lines], False)):
        found = replace(found, warnings=(*found.warnings, _QUOTED))
    if says(lines, "provisional"):
        found = replace(found, warnings=(*found.warnings, _PROVISIONAL))
    return found


_PUT_OFF = "The mail says that an interview was postponed or cancelled; check before you write."
_QUOTED = "A day stands only in a mail that is quoted; take the one that was agreed on."
_PROVISIONAL = (
    "The mail says that something is not settled yet; check when the interview was and who was there."
)


def names_when(lines: Sequence[str]) -> bool:
    """Whether the words name a day or a time, however vaguely: "Thursday at 3"."""
    text = " ".join(map(fold, lines))
    return bool(re.search(rf"\b(?:{any_of(numbers('weekdays', 0))})\b", text)) or any(
        pattern.search(text) for pattern in _patterns()
    )


def _when_in(lines: Sequence[str], all_lines: Sequence[str], zone: Reading, today: dt.date | None) -> When:
    folded = [fold(line) for line in lines]
    month_first = zone.value.startswith("America/") or (
        not zone.value and bool(re.search(r"\d [AP]M\b", "\n".join(lines)))
    )
    timed = [(day, times) for day in _days(folded, month_first) if (times := _times_of(folded, day))]
    days = [day for day, _ in timed] or list(_days(folded, month_first))
    warnings = [] if zone.value and not zone.is_guess else [_ask_for_zone(zone)]
    if not days:
        return When(
            None,
            None,
            zone,
            (*warnings, "The mail does not say on which day it is; fill in the date and time."),
        )
    date, remark = _date(days[0], today)
    warnings += remark
    if date is None or not timed:
        return When(
            None,
            None,
            zone,
            (*warnings, "The mail does not say at what time it is; fill in the date and time."),
        )
    if len({(day.month, day.day) for day in days}) > 1:
        warnings.append(f"The mail names several days; {date:%-d %B} was taken. Please check it.")
    first = timed[0][0]
    times = timed[0][1] + [
        one
        for day, more in timed[1:]
        for one in more
        if (day.month, day.day) == (first.month, first.day) and one.end
    ]
    start, end, remark = _span(times, _length([fold(line) for line in all_lines]), _finish(folded))
    info = ZoneInfo(zone.value or "UTC")
    midnight = dt.datetime.combine(date, dt.time(), info)
    starts_at, ended_at = ((midnight + length).astimezone(dt.UTC).astimezone(info) for length in (start, end))
    return When(starts_at, ended_at, zone, (*warnings, *remark))


def _ask_for_zone(zone: Reading) -> str:
    if zone.value:
        return f"The mail does not name a time zone; {zone.value} was taken. Please check it."
    return "The mail does not name a time zone; fill in the one it means."


# ------------------------------------------------------------ days


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    months, weekdays = any_of(numbers("months", 1)), any_of(numbers("weekdays", 0))
    week = rf"(?:\b(?P<weekday>{weekdays})\b[.,]?\s*(?:(?:the|den|dem|le|el|il|dia)\s+)?)?"
    year = r"(?:(?:,|\.|-|\s+(?:de|del|of))?\s*(?P<year>20\d\d)\b)?"
    return (
        # "Montag, den 14.12."
        re.compile(
            rf"\b(?P<weekday>{weekdays})\b[.,]?\s*(?:(?:den|dem|am)\s+)?(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?!\d)(?P<year>)"
        ),
        re.compile(rf"{week}\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"),
        re.compile(
            rf"{week}(?<![\d:])(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|[.ºo])?\s*(?:of\s+|de\s+|-)?(?P<name>{months})\b{year}"
        ),
        re.compile(rf"{week}\b(?P<name>{months})\b\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!:){year}"),
        re.compile(
            rf"{week}(?<![\d/.])(?P<day>[0-3]?\d)(?P<mark>[./-])(?P<month>[0-3]?\d)(?P=mark)(?P<year>(?:20)?\d\d)\b"
        ),
    )


def _days(lines: Sequence[str], month_first: bool) -> Iterator[_Day]:
    """The days that can be the interview's, in the order of the text."""
    for place, line in enumerate(lines):
        found = [match for pattern in _patterns() for match in pattern.finditer(line)]
        for match in sorted(found, key=lambda match: match.start()):
            if not any(other in line[: match.start()] for other in listed("other_days")):
                day = _day(match, place, month_first)
                if day:
                    yield day


def _day(match: re.Match[str], place: int, month_first: bool) -> _Day | None:
    given = match.groupdict()
    month = numbers("months", 1)[given["name"]] if given.get("name") else int(given["month"])
    day, year = int(given["day"]), int(given["year"] or 0)
    year += 2000 if 0 < year < 100 else 0
    weekday = numbers("weekdays", 0).get(given["weekday"] or "", -1)
    unsure = False
    if given.get("mark") and given["mark"] != ".":
        # 11/24 is a month first; 3/4 can be either, and the weekday or the clock tells.
        turned = _exists(year, day, month) and (
            not _exists(year, month, day) or _weekday(year, day, month) == weekday
        )
        unsure = not turned and day <= 12 and day != month and _weekday(year, month, day) != weekday
        if turned or (unsure and month_first):
            day, month = month, day
    if not _exists(year or 2024, month, day):
        return None
    return _Day(place, match.end(), year, month, day, weekday, unsure)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        return bool(dt.date(year, month, day))
    except ValueError:
        return False


def _weekday(year: int, month: int, day: int) -> int:
    return dt.date(year, month, day).weekday() if _exists(year, month, day) else -2


def _date(day: _Day, today: dt.date | None) -> tuple[dt.date | None, list[str]]:
    if day.year:
        date = dt.date(day.year, day.month, day.day)
        if day.is_unsure and today and date < today and _exists(day.year, day.day, day.month):
            # "12/08/2026" in a mail of November is in December.
            turned = dt.date(day.year, day.day, day.month)
            date = turned if turned >= today else date
        if day.weekday not in (-1, date.weekday()):
            return date, [
                f"{date:%-d %B %Y} is a {date:%A}, and the mail names another weekday. Please check the date."
            ]
        remark = f"The date can be read in two ways; {date:%-d %B %Y} was taken. Please check it."
        return date, [remark] if day.is_unsure else []
    if today is None:
        return None, ["The mail does not name the year."]
    years = [year for year in range(today.year - 1, today.year + 2) if _exists(year, day.month, day.day)]
    near = sorted((dt.date(year, day.month, day.day) for year in years), key=lambda date: abs(date - today))
    fitting = [date for date in near if date.weekday() == day.weekday]
    if fitting and fitting[0] == near[0]:
        return fitting[0], []
    date = (fitting or near)[0]
    return date, [f"The mail does not name the year; {date.year} was taken. Please check it."]


# ------------------------------------------------------------ clock times


@dataclass(frozen=True, slots=True)
class _Times:
    line: int
    start: dt.timedelta
    end: dt.timedelta | None
    leads: bool  # stands at the start of its line


def _times_of(lines: Sequence[str], day: _Day) -> list[_Times]:
    """The clock times beside a day, else in the lines below it; a timetable has several."""
    rest = lines[day.line][day.end :]
    found = list(_clocks(rest, day.line))[:1] or list(_clocks(_without_days(lines[day.line]), day.line))[:1]
    last = day.line
    for place in range(day.line + 1, len(lines)):
        if any(pattern.search(lines[place]) for pattern in _patterns()) or place > last + NEARBY:
            break
        if any(other in lines[place] for other in listed("other_days")):
            continue
        # Of a timetable each line begins with its time, or has a span.
        ends = re.search(
            r"\b(?:to|until|bis|ende|fin|fine|hasta|ends?(?: time)?|end(?:ing)?(?: time)?)\W*(?=\d)",
            lines[place],
        )
        if ends and found and found[-1].end is None:
            end = next((one.start for one in _clocks(lines[place][ends.end() :], place)), None)
            found[-1] = replace(found[-1], end=end)
            continue
        here = [one for one in _clocks(lines[place], place) if not found or one.end is not None or one.leads][
            :1
        ]
        last = place if here else last
        found += here
    above = range(max(day.line - 2, 0), day.line)
    return found or [one for place in above for one in _clocks(_without_days(lines[place]), place)][:1]


def _without_days(line: str) -> str:
    for pattern in _patterns():
        line = pattern.sub(" ; ", line)
    return line


def _clocks(line: str, place: int) -> Iterator[_Times]:
    for match in _TIMES.finditer(line):
        first, second = match["first"], match["second"]
        if not (match["end"] or first or re.search(_SAYS_CLOCK, match[0])):
            continue
        if match["end"] and not (first or second or re.search(_SAYS_CLOCK, match[0])):
            continue
        end = _clock(match["end"], second) if match["end"] else None
        start = _clock(match["start"], first or second)
        if not first and second and end is not None and start > end:
            start -= dt.timedelta(hours=12)  # "11-1pm"
        if start < dt.timedelta(hours=24):
            yield _Times(place, start, end, match.start() < 4)


def _clock(text: str, half: str | None) -> dt.timedelta:
    if text[0] in "nm":
        return dt.timedelta(hours=12)
    hour, minute = ([int(part) for part in re.split(r"[:.h]", text) if part] + [0])[:2]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return dt.timedelta(hours=hour, minutes=min(minute, 59))


def _finish(lines: Sequence[str]) -> dt.timedelta | None:
    found = next((match for line in lines if (match := _FINISH.search(line))), None)
    return _clock(found["clock"], found["half"]) if found else None


def _span(
    times: list[_Times], length: dt.timedelta | None, finish: dt.timedelta | None
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
        ["The mail does not say when it ends; an hour was taken. Please set when the interview ended."],
    )


def _length(lines: Sequence[str]) -> dt.timedelta | None:
    for line in lines:
        for match in _LENGTH.finditer(line):
            hours, minutes = match["hours"] or "", match["minutes"] or ""
            if not (hours or minutes) or _NOT_A_LENGTH.match(line[match.end() :]):
                continue
            size = _WORDS.get(hours) or float(hours.replace(",", ".") or 0)
            size += (
                0.5 if re.match(r"\s*(?:and a half|et demie|y media|e mezza)\b", line[match.end() :]) else 0
            )
            return dt.timedelta(hours=size, minutes=int(re.split(r"\D+", minutes)[-1] or 0))
    return None


# ------------------------------------------------------------ zones


def _zone(lines: Sequence[str], default: str) -> Reading:
    """The zone the words name: in a line of its own, by its IANA name, or beside a time."""
    for line in lines:
        label = _ZONE_LABEL.search(line)
        if label and (name := _zone_in(label[1]) or zone_named(label[1].strip(" .()"))):
            return Reading(name, "the mail's text")
    iana = [one for line in lines for one in re.findall(r"\b[A-Z][a-z]+/[A-Z][A-Za-z_]+", line)]
    named = next(filter(None, map(zone_named, iana)), "")
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        clock = None if named else _TIMES.search(fold(line))
        if clock:
            below = below.strip(" ()")
            named = _zone_in(line[clock.start() :]) or (_zone_in(below) if _ZONE.fullmatch(below) else "")
    if named:
        return Reading(named, "the mail's text")
    return Reading(default, "your own time zone" if default else "", bool(default))


def _zone_in(text: str) -> str:
    # "CET (Stockholm)" means the city's.
    cities = [
        zone for inside in re.findall(r"\(([^()]{4,60})\)", text) if "/" in (zone := zone_named(inside))
    ]
    if cities:
        return cities[0]
    for match in _ZONE.finditer(text):
        name = (match[1] or match[2]).removesuffix(" time")
        if name not in ("AM", "PM", "A", "P"):
            # By GMT people mean London's time, and programs UTC.
            zone = "Europe/London" if name == "GMT" else zone_named(name) or zone_named(match[0].strip("( "))
            if zone:
                return zone
    return ""
