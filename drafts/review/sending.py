"""Checks attachments, the recipient, and the time of sending."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

from drafts.domain import window
from drafts.domain.addresses import is_usual_address, registered_domain
from drafts.domain.facts import Interviewer, Kind, Role
from drafts.domain.messages import day_of_week, time_of_day
from drafts.review.content import free_of
from drafts.review.findings import Finding, Part, found, wording
from drafts.review.lexicon import entries, phrases
from drafts.review.material import Material


def attachment(material: Material) -> Iterator[Finding]:
    """The article: add examples of your work. A promise needs a file, or a link in the letter."""
    reading = material.reading
    words = reading.content_words
    links = [url for url in reading.urls if any(span.meets(url.start, url.end) for span in reading.content)]
    links = [url for url in links if "@" not in reading.body[url.start : url.end]]
    has_file = bool(material.facts.attachments) and not material.facts.has_no_room
    again = {
        at for first, last in phrases("attachment", "but_attached").find(words) for at in range(first, last)
    }
    promises = [
        (first, last, "attached")
        for first, last in free_of(
            words, phrases("attachment", "attached"), phrases("attachment", "not_attached")
        )
    ]
    promises += [
        (first, first + 1, "attached")
        for first, last in phrases("attachment", "attached").find(words)
        if again.issuperset(range(first, last))
    ]
    promises += [(first, last, "linked") for first, last in phrases("attachment", "linked").find(words)]
    told: set[int] = set()
    for first, last, kind in sorted(promises):
        kept = links if kind == "linked" else has_file or links
        if (
            kept
            or told & set(range(first, last))
            or reading.body[words[first].start - 1 : words[first].start] == "-"
        ):
            continue
        told |= set(range(first, last))
        if _is_quoted(reading.body, words[first].start):
            continue
        start, end = words[first].start, words[last - 1].end
        yield found("attachment", "missing", start, end, found=reading.body[start:end], field="work_samples")


def _is_quoted(text: str, place: int) -> bool:
    """Whether a position is inside quotation marks on its line."""
    before = text[text.rfind("\n", 0, place) + 1 : place]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def _unaddressed(kind: Kind, person: Interviewer) -> str:
    if kind is Kind.RECRUITER:
        return "recruiter"
    if kind.is_outside:
        return "outside"
    # A recruiter cannot be asked to forward a letter to themselves.
    return "themselves" if person.role is Role.RECRUITER else "absent"


def recipient(material: Material) -> Iterator[Finding]:
    """The recipient has no address, an invalid one, or one at another domain than the panel's."""
    kind = material.facts.kind
    person = material.facts.reader
    if person is None:
        yield found("recipient", "no_recruiter", part=Part.SENDING)
        return
    address = person.email.strip()
    if not address:
        case = _unaddressed(kind, person)
        name = material.names.reader_called
        yield found("recipient", case, part=Part.SENDING, field="email", name=name)
        return
    if not is_usual_address(address):
        yield found("recipient", "malformed", part=Part.SENDING, field="email", address=address)
        return
    others = [one for one in material.facts.panel.interviewers if one is not person]
    for other in others:
        if other.email.strip().lower() == address.lower():
            yield found(
                "recipient",
                "shared",
                part=Part.SENDING,
                field="email",
                address=address,
                other=other.full_name,
            )
            return
    domain = address.rpartition("@")[2].lower()
    if domain in entries("recipient", "private"):
        yield found("recipient", "private", part=Part.SENDING, field="email", domain=domain)
        return
    theirs = Counter(
        registered_domain(one.email.strip().rpartition("@")[2].lower())
        for one in others
        if is_usual_address(one.email.strip())
    )
    if theirs and registered_domain(domain) not in theirs:
        usual = theirs.most_common(1)[0][0]
        yield found("recipient", "domain", part=Part.SENDING, field="email", domain=domain, usual=usual)


def timing(material: Material) -> Iterator[Finding]:
    """The article: within 24 hours and in working hours; the advice is the send plan's (`window`).

    No finding without a moment, in working time before the deadline, or at a moment that the plan recommends.
    """
    if material.at is None:
        return
    interview = material.facts.panel.interview
    week = material.facts.week
    week = week if week.country else replace(week, country=interview.country)
    zone = ZoneInfo(interview.time_zone)
    local = material.at.astimezone(zone)
    plan = window.send_plan(interview.ended_at, zone, week, local)
    is_now = plan.recommended_at.timestamp() == local.timestamp()
    when = window.moment_words(plan.recommended_at, local)
    if plan.status is window.Status.LATE:
        advice = wording("timing", "now" if is_now else "working", when=when)
        yield found("timing", "late", part=Part.SENDING, next=advice)
        return
    if window.is_working_time(local, week) or (is_now and not _is_second_best(plan, zone, week)):
        return
    if is_now:
        advice = wording("timing", "hurry", when=window.moment_words(plan.deadline_at, local))
    else:
        advice = wording("timing", "wait", when=when)
    holiday = window.holiday_name(local.date(), week.country)
    if local.weekday() not in week.days:
        yield found("timing", "weekend", part=Part.SENDING, day=day_of_week(local), next=advice)
    elif holiday:
        yield found("timing", "holiday", part=Part.SENDING, holiday=holiday, next=advice)
    else:
        yield found("timing", "hours", part=Part.SENDING, time=time_of_day(local), next=advice)


def _is_second_best(plan: window.SendPlan, zone: ZoneInfo, week: window.WorkingWeek) -> bool:
    """Whether the moment is on a day off that the plan did not recommend, because a better day was missed."""
    if plan.situation is not window.Situation.DAY_OFF:
        return False
    just_before = plan.recommended_at.astimezone(dt.UTC) - dt.timedelta(seconds=1)
    named = [
        window.send_plan(plan.ended_at, zone, week, now).recommended_at
        for now in (just_before, plan.ended_at)
    ]
    return named[0] != plan.recommended_at and named[1].date() != plan.recommended_at.date()
