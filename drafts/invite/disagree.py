"""Where times disagree: the calendar's with the words', or one of a line with another of it; then the page asks."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from drafts.domain.tokens import fold
from drafts.invite.around import says, sentences
from drafts.invite.prose import ARRIVES, CLOCK, SEVERAL, clock_time, when_in, zone_said
from drafts.invite.times import When
from drafts.invite.zones import zone_named


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


_DIFFERS = "The text names another time than the calendar; choose when the interview ended."
_ZONED = re.compile(
    rf"(?<![\w.,:/$€£-])(?P<start>{CLOCK})\s?(?P<half>[ap])\.?m\b\.?\s?\(?(?P<zone>[a-z]{{2,4}})\b"
)


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
