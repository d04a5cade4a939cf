"""The facts document of one interview in an account file.

What is stored may have less than a facts document must: no people yet, a sender without a name, and addresses of a
rare but right form. Something else stands in for these while `parse_panel` checks the rest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from drafts.domain.addresses import is_address
from drafts.domain.facts import Panel
from drafts.domain.facts_json import EMAIL, FactsError, parse_panel
from drafts.domain.texts import text_fault
from drafts.exchange.account.values import Report, kind_of

_NAME, _EMAIL = "Stand In", "stand-in@afterword.example"
# `parse_panel` looks at whatever it gets, and these bounds, far above a real document, keep that short.
_MOST_ENTRIES, _MOST_CHARACTERS, _DEEPEST = 100, 20_000, 6


def read_panel(value: Any, path: str, report: Report) -> Panel | None:
    """The panel; None where it is at fault, which is reported."""
    if not isinstance(value, dict):
        report.add(path, f"must be an object with named values, not {kind_of(value)}")
        return None
    if _is_bloated(value, 0):
        report.add(path, "holds far more than a facts document can; choose the file as it was downloaded")
        return None
    document = dict(value)
    sender = {} if value.get("sender") is None else value["sender"]
    people = [] if value.get("interviewers") is None else value["interviewers"]
    is_nameless = isinstance(sender, dict) and sender.get("full_name") in (None, "")
    if is_nameless:
        document["sender"] = {**sender, "full_name": _NAME}
    rare = _rare_addresses(people)
    if people == []:
        document["interviewers"] = [{"full_name": _NAME}]
    elif rare:
        document["interviewers"] = [
            {**person, "email": _EMAIL} if place in rare else person for place, person in enumerate(people)
        ]
    try:
        panel = parse_panel(document)
    except FactsError as error:
        for fault in error.faults:
            report.add(f"{path}.{fault.path}", fault.message)
        return None
    return Panel(
        sender=replace(panel.sender, full_name="") if is_nameless else panel.sender,
        interview=panel.interview,
        interviewers=()
        if people == []
        else tuple(
            replace(person, email=rare.get(place, person.email))
            for place, person in enumerate(panel.interviewers)
        ),
    )


def _rare_addresses(people: Any) -> dict[int, str]:
    """By the place in the panel: addresses that a form takes and a letter can go to, such as "me@localhost"."""
    if not isinstance(people, list):
        return {}
    found = {
        place: person["email"].strip()
        for place, person in enumerate(people)
        if isinstance(person, dict) and isinstance(person.get("email"), str)
    }
    return {
        place: email
        for place, email in found.items()
        if not EMAIL.match(email) and is_address(email) and not text_fault("email", email)
    }


def _is_bloated(value: Any, depth: int) -> bool:
    if isinstance(value, str):
        return len(value) > _MOST_CHARACTERS
    if not isinstance(value, dict | list):
        return False
    if len(value) > _MOST_ENTRIES or depth > _DEEPEST:
        return True
    inside = [*value, *value.values()] if isinstance(value, dict) else value
    return any(_is_bloated(one, depth + 1) for one in inside)
