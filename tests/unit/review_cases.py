"""The cases under tests/data, put together as letters and facts."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from drafts.domain.facts_json import parse_panel
from drafts.domain.review import LetterText, OtherDraft, ReviewFacts

DATA = Path(__file__).resolve().parent.parent / "data"

BASE = {
    "subject": "Senior Platform Engineer at Zylker: thank you",
    "greeting": "Hi Priya,",
    "thanks": "Thank you for taking the time to talk with me about the Senior Platform Engineer role.",
    "heard": "During the interview, you mentioned the move of the payments ledger to Kafka. That is work I would like"
    " to have a hand in.",
    "interest": "I remain very interested in joining Zylker. My experience running the on-call rotation for a 200-node"
    " cluster would help the team cut the deploy time in half.",
    "extra": "",
    "next_steps": "I look forward to hearing about the next steps.",
    "sign_off": "Kind regards,",
    "signature": "Jordan Álvarez",
    "ps": "",
}
PANEL: dict[str, Any] = {
    "sender": {"full_name": "Jordan Álvarez"},
    "interview": {
        "company": "Zylker",
        "position": "Senior Platform Engineer",
        "field": "fintech",
        "ended_at": "2026-11-19T15:10",
        "time_zone": "America/New_York",
        "country": "US",
    },
    "interviewers": [
        {
            "full_name": "Priya Nair",
            "email": "priya.nair@zylker.example",
            "role": "hiring_manager",
            "mentioned": "the move of the payments ledger to Kafka",
            "strengths": ["Kubernetes", "Terraform"],
            "experience": "running the on-call rotation for a 200-node cluster",
            "goal": "cut the deploy time in half",
        },
        {"full_name": "Tomasz Wójcik", "greet_as": "Tomek", "email": "tomasz@zylker.example", "role": "peer"},
        {"full_name": "Dana O'Brien", "email": "dana.obrien@zylker.example", "role": "recruiter"},
    ],
}
HISTORY = ("Initech", "Lumen Health", "Norddeutsche Bank AG", "Apple")


@dataclass(frozen=True)
class Case:
    rule: str
    trips: bool
    marks: str
    suggests: str
    letter: LetterText
    facts: ReviewFacts
    others: tuple[OtherDraft, ...]
    at: dt.datetime
    missed: bool


def letter(**slots: str) -> LetterText:
    """The base letter with some of its slots replaced."""
    parts = {**BASE, **slots}
    if "body" in slots:
        return LetterText(parts["subject"], slots["body"].lstrip("\n"))
    first = " ".join(part for part in (parts["thanks"], parts["heard"]) if part)
    end = "\n".join(part for part in (parts["sign_off"], parts["signature"]) if part)
    paragraphs = [
        parts["greeting"],
        first,
        parts["interest"],
        parts["extra"],
        parts["next_steps"],
        end,
        parts["ps"],
    ]
    return LetterText(parts["subject"], "\n\n".join(part for part in paragraphs if part))


def base_facts(person: dict[str, Any] | None = None, interview: dict[str, Any] | None = None) -> ReviewFacts:
    person = dict(person or {})
    attachments = tuple(person.pop("attachments", ()))
    # The reader of facts refuses a broken address; a draft's facts may hold one all the same.
    email = person.pop("email", None)
    first = {**PANEL["interviewers"][0], **person}
    document = {
        "sender": PANEL["sender"],
        "interview": {**PANEL["interview"], **(interview or {})},
        "interviewers": [first, *PANEL["interviewers"][1:]],
    }
    panel = parse_panel(document)
    if email is not None:
        panel = _with_email(panel, email)
    return ReviewFacts(panel, 0, other_companies=HISTORY, attachments=attachments)


def _with_email(panel: Any, email: str) -> Any:
    first, *others = panel.interviewers
    return replace(panel, interviewers=(replace(first, email=email), *others))


def local(wall: str, zone: str) -> dt.datetime:
    return dt.datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone))


def cases(name: str) -> list[Case]:
    tables = tomllib.loads((DATA / name).read_text(encoding="utf-8"))["case"]
    return [_case(table) for table in tables]


def _case(table: dict[str, Any]) -> Case:
    slots = dict(table.get("also", {}))
    if "place" in table:
        slots[table["place"]] = table["text"]
    facts = base_facts(table.get("facts"), table.get("interview"))
    if table.get("panel_emails") is False:
        people = facts.panel.interviewers
        panel = replace(
            facts.panel, interviewers=(people[0], *(replace(one, email="") for one in people[1:]))
        )
        facts = replace(facts, panel=panel)
    other = table.get("other")
    return Case(
        rule=table["rule"],
        trips=table["trips"],
        marks=table.get("marks", ""),
        suggests=table.get("suggests", ""),
        letter=letter(**slots),
        facts=facts,
        others=(OtherDraft(other["to"], other["body"]),) if other else (),
        missed=table.get("missed", False),
        at=local(table.get("at", "2026-11-19T16:30"), facts.panel.interview.time_zone),
    )
