"""When an interview is, from the words of a mail: "Tuesday, November 24, 2026, 2:00 - 3:30 PM (EST)"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from drafts.domain.messages import Message
from drafts.domain.tokens import fold
from drafts.invite.around import above_quoted, says, sentences
from drafts.invite.dates import Day, date_of, day_patterns, days_in, without_days, without_year
from drafts.invite.lists import listed, one_of, tables
from drafts.invite.model import Reading
from drafts.invite.times import When, zone_named

MOST_ENDS = 6  # times to choose from
NEARBY = 6  # lines below a date that may hold its clock times
CLOCK = (
    r"(?:noon|midday|(?:[01]?\d|2[0-4])(?:[:h]\d\d|\.\d\d(?=\s?(?:uhr|uur|hrs?\b|h\b|o.clock|[ap]\.?m|-|–))"
    r"|(?:(?<=\bore \d\d)|(?<=\bat \d\d)|(?<=\bom \d\d)|(?<=\bum \d\d)|(?<=\bat \d)|(?<=\bby \d))\.[0-5]\d"
    r"|(?=\s?(?:[ap]\.?m\b|uhr|h\b|-|–|to\b|bis\b|and\b|a\b|[ecmp]t\b))))(?::\d\d)?"
)
_HALF = r"(?:\s?(?P<{}>[ap])\.?m\b\.?|\s?uhr\b|\s?uur\b|\s?hrs?\b|\s?h\b)?"
_BRACKET = r"(?:\s\(?[a-z]{2,5}\)?)?"
_TIMES = re.compile(
    rf"(?<![\w.,:/$€£-])(?P<start>{CLOCK}){_HALF.format('first')}"
    rf"(?:{_BRACKET}\s?(?:-|–|—|\||to|until|till|and|bis|a|alle|as|ate|tot)\s?(?P<end>{CLOCK}|\d\d?\.[0-5]\d){_HALF.format('second')})?"
)
_EARLY = re.compile(r"[1-5](?![\d])")
_BARE = re.compile(r"\bat (\d{1,2})(?=\s(?:or|w|with|on|for|in)\b|\s?[.,;?!](?!\d)|\Z)")
_SAYS_CLOCK = r"\d[:.h]\d\d|noon|midday|\d\s?(?:uhr|h)\b"
_LENGTH = re.compile(
    r"(?<![\d:.])(?:(?P<hours>\d(?:[.,]\d)?|half(?:\san?)?|an?|one|two|three|four|a couple of)[\s-]?"
    r"(?:hours?|hrs?|(?<=[1-3])h|stunden?|heures?|horas?|ore|ora|uur)\b)?"
    r"(?:\s?(?:and|und|et|y|e)?\s?(?P<minutes>\d{1,3}(?:\s?-\s?\d{1,3})?)[\s-]?"
    r"(?:minutes?|mins?|min|minuten|minutos|minuti|m)\b)?"
)
_NOT_A_LENGTH = re.compile(
    r"[\s)]*(?:early|earlier|before|prior|in advance|ahead|vorher|avant|antes|prima|break)"
)
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
_FINISH = re.compile(
    rf"(?:\b(?:{one_of('finishes')})|\A(?:to|until|bis|fin|fine|hasta))(?: time)?"
    rf"(?:\W*(?=\d)|\s(?:at|by|around|about|approx\.?)\s)(?P<clock>{CLOCK}){_HALF.format('half')}"
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
    timed = [(day, times) for day in days if (times := _times_of(folded, day))]
    warnings = [] if zone.value and not zone.is_guess else [_ask_for_zone(zone)]
    if not days:
        return When(
            None,
            None,
            zone,
            (*warnings, Message("The mail does not say on which day it is; fill in the date and time.")),
        )
    dated: list[tuple[dt.date, list[_Times]]] = []
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
    dated: Sequence[tuple[dt.date, list[_Times]]], lines: Sequence[str], zone: Reading, warnings: list[str]
) -> When:
    """The time named in the text. If there are several, none, with their ends to choose from."""
    by_date: dict[dt.date, list[_Times]] = {}
    for date, times in dated:
        # Where a day is named again, only what has an end counts: "Please arrive on 3 December by 9:00".
        more = [one for one in times if one.end] if date in by_date else times
        by_date[date] = [*by_date.get(date, []), *more]
    length, finish = _length(lines), _finish(lines)
    spans: list[tuple[dt.date, dt.timedelta, dt.timedelta]] = []
    remarks: list[str] = []
    for date, times in by_date.items():
        for some in _apart(times, lines):
            start, end, remark = _span(some, length, finish)
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


_OR = re.compile(r"\d\s?(?:[ap]\.?m\.?)?(?:\s[a-z]{2,4})?\s(?:or|oder|ou|o)\s(?:at\s|um\s)?\d")
_MOVES = re.compile(r"\b(?:moved|rescheduled|changed|pushed|brought forward)\b.{0,60}\bfrom\b")


def _apart(times: list[_Times], lines: Sequence[str]) -> list[list[_Times]]:
    """The times of a day as one timetable, or each alone: "at 10 or at 11", "moved from 2pm to 3pm"."""
    texts = [lines[place] for place in {one.line for one in times} if place < len(lines)]
    if any(map(_MOVES.search, texts)):
        starts = [start for one in times for start in (one.start, one.end) if start is not None]
        return [[replace(times[0], start=start, end=None)] for start in dict.fromkeys(starts)]
    return [[one] for one in times] if any(map(_OR.search, texts)) else [times]


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


# ------------------------------------------------------------ clock times


@dataclass(frozen=True, slots=True)
class _Times:
    line: int
    start: dt.timedelta
    end: dt.timedelta | None
    leads: bool  # stands at the start of its line


def _times_of(lines: Sequence[str], day: Day) -> list[_Times]:
    """The clock times beside a day, else in the lines below it; a timetable has several."""
    rest = lines[day.line][day.end :]
    found = (
        _bare(rest, day.line)
        or list(_clocks(rest, day.line))
        or list(_clocks(without_days(lines[day.line]), day.line))
    )
    found = found if _OR.search(lines[day.line]) else found[:1]
    last = day.line
    for place in range(day.line + 1, len(lines)):
        if any(pattern.search(lines[place]) for pattern in day_patterns()) or place > last + NEARBY:
            break
        last += not lines[place]
        if any(other in lines[place] for other in listed("other_days")) or _FINISH.search(lines[place]):
            continue
        # Of a timetable each line begins with its time, or has a span.
        here = [one for one in _clocks(lines[place], place) if not found or one.end is not None or one.leads][
            :1
        ]
        last = place if here else last
        found += here
    return found


def _bare(line: str, place: int) -> list[_Times]:
    """ "on Tuesday at 2", before any time that says more."""
    match = _BARE.search(line)
    return list(_clocks(f"{match[1]}:00", place)) if match and not _TIMES.search(line[: match.end()]) else []


def _clocks(line: str, place: int) -> Iterator[_Times]:
    line = re.sub(r"(?<=:\d\d)([ap])\b", r"\1m", line)  # "1:30p"
    for match in _TIMES.finditer(line):
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
            yield _Times(place, start, end, match.start() < 4)


def clock_time(text: str, half: str | None) -> dt.timedelta:
    if text[0] in "nm":
        return dt.timedelta(hours=12)
    hour, minute = ([int(part) for part in re.split(r"[:.h]", text) if part] + [0])[:2]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return dt.timedelta(hours=hour, minutes=min(minute, 59))


def _finish(lines: Sequence[str]) -> dt.timedelta | None:
    found = next((match for line in lines if (match := _FINISH.search(line))), None)
    return clock_time(found["clock"], found["half"]) if found else None


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
        [
            Message(
                "The mail does not say when it ends; an hour was taken. Please set when the interview ended."
            )
        ],
    )


def _length(lines: Sequence[str]) -> dt.timedelta | None:
    for line in lines:
        for match in _LENGTH.finditer(line):
            hours, minutes = match["hours"] or "", match["minutes"] or ""
            if not (hours or minutes) or _NOT_A_LENGTH.match(line[match.end() :]):
                continue
            size = tables()["number_words"].get(hours) or float(hours.replace(",", ".") or 0)
            size += (
                0.5 if re.match(r"\s*(?:and a half|et demie|y media|e mezza)\b", line[match.end() :]) else 0
            )
            return dt.timedelta(hours=size, minutes=int(re.split(r"\D+", minutes)[-1] or 0))
    return None


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
        clock = None if found.value else _TIMES.search(fold(line))
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
