"""The subject of each letter of a panel: short, naming something, and no two the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafts.domain import grammar
from drafts.domain.assign import Member, preference
from drafts.domain.facts import Interviewer, Panel
from drafts.domain.phrasebook import fill, phrasebook

SUBJECT_LIMIT = 60  # characters, design section 5
SUBJECT_NAME_LIMIT = 31  # characters of a name, so that several subjects fit it


def choose_subjects(panel: Panel, members: Sequence[Member]) -> list[list[str]]:
    """For each member every subject that fits, the chosen one first; no two members' chosen ones are the same."""
    fitting = [
        _fitting(panel, person, member) for person, member in zip(panel.interviewers, members, strict=True)
    ]
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
    return [_free_first(options, taken) for options in fitting]


def _fitting(panel: Panel, person: Interviewer, member: Member) -> list[tuple[str, str]]:
    """Every (variant, subject) that keeps to the limit, in the member's order of preference."""
    values = {
        "greet_as": short_name(grammar.greeted(person.greet_as, person.full_name)),
        "position": short_position(grammar.position_name(panel.interview.position)),
        "company": " ".join(panel.interview.company.split()),
    }
    rendered = [
        (template, fill(template, values)) for template in preference(phrasebook(), "subject", member)
    ]
    return [(template, text) for template, text in rendered if len(text) <= SUBJECT_LIMIT]


def _free_first(options: list[tuple[str, str]], taken: set[str]) -> list[str]:
    """The chosen subject, then those nobody else of the panel has, then (for want of others) the rest."""
    chosen, *others = (text for _, text in options)
    free = [text for text in others if text.casefold() not in taken]
    return list(dict.fromkeys([chosen, *free, *(others if len(free) < 2 else [])]))


def short_position(position: str) -> str:
    """A position without what follows a comma, dash or bracket, where it is long."""
    if len(position) <= SUBJECT_LIMIT // 2:
        return position
    return re.split(r"\s*[,(]\s*|\s+[-–—]\s+", position)[0] or position


def short_name(name: str) -> str:
    if len(name) <= SUBJECT_NAME_LIMIT:
        return name
    cut = name[: SUBJECT_NAME_LIMIT + 1].rsplit(" ", 1)[0]
    return cut if len(cut) <= SUBJECT_NAME_LIMIT else cut[: SUBJECT_NAME_LIMIT - 1] + "…"
