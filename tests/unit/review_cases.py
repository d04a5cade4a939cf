"""Builds letters and facts from the cases under tests/data."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from drafts.domain.facts import Kind
from drafts.domain.facts_json import parse_panel
from drafts.review import LetterText, OtherDraft, ReviewFacts

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


def letter(base: dict[str, str] = BASE, /, **slots: str) -> LetterText:
    """The base letter with some of its slots replaced."""
    parts = {**dict.fromkeys(BASE, ""), **base, **slots}
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
    # parse_panel rejects an invalid address, but a draft's facts may have one.
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


@cache
def panels() -> dict[str, dict[str, Any]]:
    """The panels of ten trades, each with its facts and the slots of its letter."""
    tables: dict[str, dict[str, Any]] = tomllib.loads((DATA / "rule_tables_panels.toml").read_text("utf-8"))
    return tables["panels"]


def panel_facts(name: str) -> ReviewFacts:
    document = {key: value for key, value in panels()[name].items() if key != "slots"}
    return ReviewFacts(parse_panel(document), 0, dialect=None)


def cases(name: str) -> list[Case]:
    tables = tomllib.loads((DATA / name).read_text(encoding="utf-8"))["case"]
    return [_case(table) for table in tables]


def _case(table: dict[str, Any]) -> Case:
    slots = dict(table.get("also", {}))
    if "place" in table:
        slots[table["place"]] = table["text"].strip("\n")
    panel = table.get("panel", "")
    facts = panel_facts(panel) if panel else base_facts(table.get("facts"), table.get("interview"))
    facts = replace(facts, kind=Kind(table.get("kind", facts.kind)))
    if table.get("panel_emails") is False:
        people = facts.panel.interviewers
        others = tuple(replace(one, email="") for one in people[1:])
        facts = replace(facts, panel=replace(facts.panel, interviewers=(people[0], *others)))
    other = table.get("other")
    return Case(
        rule=table["rule"],
        trips=table["trips"],
        marks=table.get("marks", ""),
        suggests=table.get("suggests", ""),
        letter=letter(panels()[panel]["slots"] if panel else BASE, **slots),
        facts=facts,
        others=(OtherDraft(other["to"], other["body"]),) if other else (),
        missed=table.get("missed", False),
        at=local(table.get("at", "2026-11-19T16:30"), facts.panel.interview.time_zone),
    )
