"""The subject of each letter of a panel: short, specific, and no two the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from drafts.domain.assign import Member, preference
from drafts.domain.facts import Interview, Interviewer, Panel, Role
from drafts.domain.naming import greeting_name, tidy_position
from drafts.domain.notes.points import Context, Form, Point, context_of
from drafts.domain.phrasebook import fill, phrasebook, placeholders
from drafts.domain.readings import read_person
from drafts.domain.sentences import capital

SUBJECT_LIMIT = 60  # characters; phones cut off longer ones
TOPIC_LIMIT = 34  # characters
SUBJECT_NAME_LIMIT = 31  # characters of a name, so that several subjects fit it


def choose_subjects(panel: Panel, members: Sequence[Member]) -> list[list[str]]:
    """For each member, every subject that fits, the chosen one first. No two members' chosen subjects are the same."""
    fitting = [_fitting(panel, index, member) for index, member in enumerate(members)]
    templates: dict[str, list[int]] = {}
    taken: set[str] = set()
    for index, options in enumerate(fitting):
        best = min(
            range(len(options)),
            key=lambda place: (
                options[place][1].casefold() in taken,
                len(templates.get(options[place][0], ())),
                templates.get(options[place][0], (-1,))[-1],
                place,
            ),
        )
        options.insert(0, options.pop(best))
        templates.setdefault(options[0][0], []).append(index)
        taken.add(options[0][1].casefold())
    return [_unused_first(options, taken) for options in fitting]


def _fitting(panel: Panel, index: int, member: Member) -> list[tuple[str, str]]:
    return list(_subjects(panel.interview, panel.interviewers[index], context_of(panel, index), member))


@lru_cache(maxsize=512)  # While one person's notes are being typed, the others' stay the same.
def _subjects(
    interview: Interview, person: Interviewer, context: Context, member: Member
) -> tuple[tuple[str, str], ...]:
    """Every (variant, subject) within the limit: a correction first, then a topic of the conversation, then the
    rest."""
    values = {
        "greet_as": short_name(greeting_name(person.full_name, person.greet_as, formal=False)),
        "position": short_position(tidy_position(interview.position)),
        "company": " ".join(interview.company.split()),
    }
    readings = read_person(person, context)
    slots = [("subject", "")] if values["greet_as"] else [("subject", ""), ("subject_unnamed", "")]
    if topic := _topic(readings.points("enjoyed") + readings.points("mentioned")):
        slots.insert(0, ("subject_topic", topic))
    if readings.topic and (readings.points("answer") or person.own_sentence("correction")):
        # The recruiter has to act on it; to others it is offered.
        slots.insert(
            0 if member.role is Role.RECRUITER else len(slots), ("subject_correction", readings.topic)
        )
    rendered = [
        (template, capital(fill(template, {**values, "topic": topic})))
        for slot, topic in slots
        for template in preference(phrasebook(), slot, member)
        if values["greet_as"] or "greet_as" not in placeholders(template)
    ]
    return tuple((template, text) for template, text in rendered if len(text) <= SUBJECT_LIMIT)


def _topic(points: Sequence[Point]) -> str:
    """Something they talked about, short enough for a subject, and without "you" or "me"."""
    for point in points:
        if point.form not in (Form.ABOUT, Form.TALKED) or len(point.text) > TOPIC_LIMIT:
            continue
        if not re.search(r"\b(?:you|your|i|my|we|our|it|this|that|who|which)\b|[,;:?!\d]", point.text, re.I):
            return point.text
    return ""


def _unused_first(options: list[tuple[str, str]], taken: set[str]) -> list[str]:
    """The chosen subject, then those that nobody else on the panel has, then the rest."""
    chosen, *others = (text for _, text in options)
    free = [text for text in others if text.casefold() not in taken]
    return list(dict.fromkeys([chosen, *free, *(others if len(free) < 2 else [])]))


def short_position(position: str, *, always: bool = False) -> str:
    """A position without the part after a comma, dash or bracket, if it is long or `always` is set."""
    if len(position) <= SUBJECT_LIMIT // 2 and not always:
        return position
    return re.split(r"\s*[,(\[|]\s*|\s+[-–—/]\s+", position)[0] or position


def short_company(company: str) -> str:
    """A company's name as spoken, without a branch or place after a comma or in brackets."""
    return re.split(r",\s+|\s+\(|\s+[-–—|]\s+", company)[0] or company


def short_name(name: str) -> str:
    if len(name) <= SUBJECT_NAME_LIMIT:
        return name
    cut = name[: SUBJECT_NAME_LIMIT + 1].rsplit(" ", 1)[0]
    return cut if len(cut) <= SUBJECT_NAME_LIMIT else cut[: SUBJECT_NAME_LIMIT - 1] + "…"
