"""Letters composed from realistic notes pass our own review; the same letters with a pasted note do not."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re
import tomllib
from dataclasses import replace
from functools import cache

import pytest

from drafts.domain.compose import compose_panel
from drafts.domain.facts import Role, Tone
from drafts.domain.facts_json import parse_panel
from drafts.review import LetterText, OtherDraft, ReviewFacts, Severity, review
from drafts.review.likeness import compare_drafts
from drafts.review.thresholds import LIKE_SHARE
from tests.unit.review_cases import DATA, local

AT = local("2026-11-19T16:30", "America/New_York")
NOTES = tomllib.loads((DATA / "composed_notes.toml").read_text(encoding="utf-8"))
NOTE_KEYS = ("mentioned", "enjoyed", "experience", "goal", "forgot", "callback", "ask", "strengths")
NAMES = [
    "Priya Nair",
    "Dr. Anita Patel",
    "Tomasz Wójcik",
    "Dana O'Brien",
    "Jean-Luc Moreau",
    "Grace Li",
    "Carmen Ortiz",
    "Mark Hope",
    "Aylin Çelik",
    "Sam Okafor",
    "Mrs. Ruth Bell",
    "Nguyen Van An",
]
OTHER_COMPANY = "Initech"
PANELS_OF_A_SIZE = 25
SIZES = (1, 3, 8)


def notes_of_one(chance):
    """Three to six notes, like people take."""
    keys = chance.sample(NOTE_KEYS, chance.randint(3, 6))
    notes = {key: chance.choice(NOTES[key]) for key in keys}
    if chance.random() < 0.2:
        notes["correction"] = chance.choice(NOTES["correction"])
    return notes


def panel_of(size, number):
    chance = random.Random(f"{size} {number}")  # noqa: S311 - a reproducible choice, no secret
    job = NOTES["job"][number % len(NOTES["job"])]
    people = [
        {
            "full_name": name,
            "email": f"person{place}@work.example",
            "role": chance.choice(list(Role)).value,
            **notes_of_one(chance),
        }
        for place, name in enumerate(chance.sample(NAMES, size))
    ]
    return parse_panel(
        {
            "sender": {"full_name": "Jordan Álvarez"},
            "interview": {**job, "ended_at": "2026-11-19T15:10", "time_zone": "America/New_York"},
            "interviewers": people,
        }
    )


@cache
def letters():
    """(panel, index, its drafts) for three hundred letters."""
    found = []
    for size, number in itertools.product(SIZES, range(PANELS_OF_A_SIZE)):
        panel = panel_of(size, number)
        drafts = tuple(compose_panel(panel, list(Tone)[number % len(Tone)]))
        found += [(panel, index, drafts) for index in range(size)]
    return found


COUNT = PANELS_OF_A_SIZE * sum(SIZES)
FAULTS = [(kind, text) for kind, texts in NOTES["faults"].items() for text in texts]


def fixes(panel, index, drafts, body):
    """What has to be fixed in a body: the marked words, and the rule."""
    others = tuple(
        OtherDraft(person.full_name, draft.body)
        for place, (person, draft) in enumerate(zip(panel.interviewers, drafts, strict=True))
        if place != index
    )
    facts = ReviewFacts(panel, index, other_companies=(OTHER_COMPANY,))
    result = review(LetterText(drafts[index].subject, body), facts, others, AT)
    return [finding for finding in result.findings if finding.severity is Severity.FIX]


def test_there_are_three_hundred_letters_of_forty_notes_and_more():
    assert len(letters()) == COUNT == 300
    assert sum(len(NOTES[key]) for key in NOTE_KEYS) >= 40
    assert len(NOTES["job"]) == 12
    # They use the notes: most have three or more sentences from notes.
    said = [sum(note.use == "used" for note in drafts[index].notes) for _, index, drafts in letters()]
    assert sum(count >= 3 for count in said) > len(said) / 2


@pytest.mark.parametrize("number", range(COUNT))
def test_a_composed_letter_has_nothing_to_fix(number):
    panel, index, drafts = letters()[number]
    body = drafts[index].body
    found = fixes(panel, index, drafts, body)
    assert [(one.rule, one.case, body[one.start : one.end], body) for one in found] == []


def second_round(number):
    """A second round in which all three people are met again, and the first round."""
    first, other = panel_of(3, number), panel_of(3, number + PANELS_OF_A_SIZE)
    people = tuple(
        replace(new, full_name=old.full_name, email=old.email, role=old.role, met_before=True)
        for old, new in zip(first.interviewers, other.interviewers, strict=True)
    )
    interview = replace(first.interview, ended_at=first.interview.ended_at + dt.timedelta(days=9))
    return replace(first, interview=interview, interviewers=people), first


@pytest.mark.parametrize("number", range(PANELS_OF_A_SIZE))
def test_a_second_rounds_letter_says_so_and_is_none_of_the_first_rounds(number):
    panel, first = second_round(number)
    tone = list(Tone)[number % len(Tone)]
    before, drafts = compose_panel(first, tone), compose_panel(panel, tone)
    assert drafts == compose_panel(panel, tone)
    openings = set()
    for index, draft in enumerate(drafts):
        said = draft.body.split("\n\n")[1]
        assert re.search(r"\bagain\b|once more", said), draft.body
        openings.add(said)
        assert fixes(panel, index, drafts, draft.body) == []
        shared = compare_drafts(panel, draft.body, before[index].body)
        assert shared.share <= LIKE_SHARE, (draft.body, before[index].body)
        assert not re.search(r"\bagain\b|once more", before[index].body.split("\n\n")[1])
    assert len(openings) == len(drafts)


@pytest.mark.parametrize("number", range(COUNT))
def test_a_letter_with_a_pasted_note_is_refused(number):
    panel, index, drafts = letters()[number]
    kind, text = FAULTS[number % len(FAULTS)]
    text = text.replace("{company}", OTHER_COMPANY)
    greeting, rest = drafts[index].body.split("\n\n", 1)
    first, rest = rest.split("\n\n", 1)
    planted = f"\n\n{text}" if kind == "list" else f" {text}"
    body = f"{greeting}\n\n{first}{planted}\n\n{rest}"
    start = body.index(text)
    marked = [
        one.rule
        for one in fixes(panel, index, drafts, body)
        if one.start < start + len(text) and start < one.end
    ]
    # "n/a" is an unfilled placeholder; another company is a wrong name; the rest is about wording.
    wanted = {"company": {"wrong_name"}, "nothing": {"composition", "placeholder"}}.get(kind, {"composition"})
    assert wanted & set(marked), (text, marked, body)
