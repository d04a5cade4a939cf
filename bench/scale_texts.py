"""The texts with which `bench.seed_scale` fills a database: the demo's interviews with other names, letters composed
once."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import Any

from drafts.domain.compose import compose_panel
from drafts.domain.files import read_toml
from drafts.management.commands.seed_demo import DEMO
from drafts.models import Candidate, Interview, Interviewer
from drafts.services.mapping import interviewer_facts, panel_facts

NOTES = ("mentioned", "enjoyed", "experience", "goal", "forgot", "callback", "ask", "strengths")
INTERVIEW = ("company", "position", "field", "team", "stage", "time_zone", "country")
FIRST = (
    *("Amara", "Björn", "Chen", "Dana", "Elif", "Farid", "Grace", "Hiro", "Ines", "Jonas", "Kofi", "Lena"),
    *("Mateo", "Nadia", "Omar", "Priya", "Quentin", "Rosa", "Siân", "Tomasz", "Uma", "Viktor", "Wei", "Yara"),
)
LAST = (
    *("Adeyemi", "Brandt", "Castillo", "Dubois", "Eriksen", "Fischer", "Gupta", "Haddad", "Ito", "Jansen"),
    *(
        "Kovács",
        "Lindqvist",
        "Moreau",
        "Nakamura",
        "Okafor",
        "Petrov",
        "Quiñones",
        "Rossi",
        "Silva",
        "Tanaka",
    ),
    *("Ueda", "Varga", "Wójcik", "Yilmaz", "Zhang", "Álvarez"),
)


@dataclass(frozen=True)
class Person:
    """A panel member with the letter to them; `notes` in the order of NOTES."""

    full_name: str
    greet_as: str
    job_title: str
    role: str
    notes: tuple[str, ...]
    sender: str
    subject: str
    body: str

    def renamed(self, name: str, sender: str, company: str, new_company: str) -> Person:
        """The letter with a different reader and sender."""
        others = ((self.full_name, name), (self.full_name.split()[0], name.split()[0]))
        subject, body = self.subject, self.body
        for old, new in (*others, (self.sender, sender), (company, new_company)):
            subject, body = subject.replace(old, new), body.replace(old, new)
        return replace(self, full_name=name, greet_as=name.split()[0], subject=subject[:60], body=body)


@dataclass(frozen=True)
class Text:
    """An interview that many candidates had."""

    company: str
    position: str
    field: str
    team: str
    stage: str
    time_zone: str
    country: str
    people: tuple[Person, ...]


def interviews() -> list[Text]:
    demo = read_toml(DEMO)
    sender = Candidate(full_name=demo["full_name"], signature=demo["signature"])
    return [_text(sender, values) for values in demo["interviews"]]


def _text(sender: Candidate, values: dict[str, Any]) -> Text:
    fixed = {name: values.get(name, "") for name in INTERVIEW}
    interview = Interview(candidate=sender, ended_at=dt.datetime(2026, 3, 3, 15, tzinfo=dt.UTC), **fixed)
    names = ("full_name", "job_title", "role", *NOTES)
    people = [
        Interviewer(**{name: person[name] for name in names if name in person}) for person in values["people"]
    ]
    letters = compose_panel(panel_facts(interview, [interviewer_facts(person, []) for person in people]))
    return Text(
        **fixed,
        people=tuple(
            Person(
                full_name=person.full_name,
                greet_as="",
                job_title=person.job_title,
                role=person.role,
                notes=(*(getattr(person, name) for name in NOTES[:-1]), json.dumps(person.strengths)),
                sender=sender.full_name,
                subject=letter.subject,
                body=letter.body,
            )
            for person, letter in zip(people, letters, strict=True)
        ),
    )
