"""Reads a facts document for a letter after the thank-you, which also has `answers` and `before`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from drafts.domain.facts import Kind, Panel
from drafts.domain.facts_json import FactsError, Fault, kind_of, parse_panel
from drafts.domain.follow_ups.letters import Before, answers_of
from drafts.domain.kinds import (
    MAX_ANSWER,
    MAX_OWN,
    Prompt,
    PromptKind,
    completes,
    letter_kind,
    own_key,
    without_blank,
)

MAX_SUBJECT = 200  # characters
_DAYS = ("sent_on", "nudged_on", "decision_expected_on")


def parse_follow_up(kind: Kind, document: Any) -> tuple[Panel, dict[str, str], Before]:
    """The panel, answers, and earlier letters for `compose_follow_up`. Raises FactsError naming every fault's path."""
    faults: list[Fault] = []
    rest, answers, before = document, {}, {}
    if isinstance(document, dict):
        rest = {key: value for key, value in document.items() if key not in ("answers", "before")}
        answers = _table(document.get("answers"), "answers", faults)
        before = _table(document.get("before"), "before", faults)
    given = _answers(kind, answers, faults)
    known = _before(before, faults)
    try:
        panel = parse_panel(rest)
    except FactsError as error:
        raise FactsError(error.faults + faults) from error
    if faults:
        raise FactsError(faults)
    return panel, answers_of(kind, given), known


def _table(value: Any, path: str, faults: list[Fault]) -> dict[str, Any]:
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if one is not None}
    if value is not None:
        faults.append(Fault(path, f"must be an object with named values, not {kind_of(value)}"))
    return {}


def _unknown(table: dict[str, Any], path: str, known: list[str]) -> Iterator[Fault]:
    for key in table.keys() - set(known):
        printable = key[:60].encode("ascii", "backslashreplace").decode()
        yield Fault(f"{path}.{printable}", f"is not a known key; known keys are {', '.join(known) or 'none'}")


def _answers(kind: Kind, table: dict[str, Any], faults: list[Fault]) -> dict[str, str]:
    prompts = letter_kind(kind).prompts
    own = [own_key(prompt.key) for prompt in prompts if prompt.is_words]
    faults += _unknown(table, "answers", [*(prompt.key for prompt in prompts), *own])
    given = {}
    for key, value in table.items():
        if key in own and (problem := _problem_of_own(value)):
            faults.append(Fault(f"answers.{key}", problem))
        elif key in own:
            given[key] = value
    for prompt in prompts:
        value = table.get(prompt.key, "")
        if problem := _problem(prompt, value):
            faults.append(Fault(f"answers.{prompt.key}", problem))
        elif value:
            given[prompt.key] = "yes" if value is True else value
    return given


def _problem(prompt: Prompt, value: Any) -> str:
    """What is wrong with an answer; empty if nothing is."""
    if prompt.kind is PromptKind.YES:
        return (
            "" if isinstance(value, bool) or value == "" else f"must be true or false, not {kind_of(value)}"
        )
    if not isinstance(value, str):
        return f"must be text in quotes, not {kind_of(value)}"
    if not value.strip():
        return "is missing; it is required" if prompt.required else ""
    if prompt.kind is PromptKind.DATE:
        return "" if _day(value) else "must be a date such as 2026-12-04"
    if len(value) > MAX_ANSWER[prompt.kind]:
        return f"is {len(value)} characters long; shorten it to {MAX_ANSWER[prompt.kind]} at most"
    if not value.isprintable() and not value.replace("\n", "").isprintable():
        return "holds a character that cannot be sent in an email; remove it"
    if prompt.kind is PromptKind.PHRASE and not prompt.quoted and not completes(without_blank(prompt, value)):
        return f"must be only the words that complete “{prompt.blank}”, such as “{prompt.example}”"
    return ""


def _problem_of_own(value: Any) -> str:
    """What is wrong with the candidate's own words for a prompt; empty if nothing is."""
    if not isinstance(value, str):
        return f"must be text in quotes, not {kind_of(value)}"
    if len(value) > MAX_OWN:
        return f"is {len(value)} characters long; shorten it to {MAX_OWN} at most"
    return "" if value.isprintable() else "must be one line of text that can be sent in an email"


def _before(table: dict[str, Any], faults: list[Fault]) -> Before:
    faults += _unknown(table, "before", ["subject", *_DAYS])
    subject = table.get("subject", "")
    if not isinstance(subject, str) or len(subject) > MAX_SUBJECT or not subject.isprintable():
        faults.append(Fault("before.subject", f"must be one line of at most {MAX_SUBJECT} characters"))
        subject = ""
    days: dict[str, dt.date | None] = {}
    for key in _DAYS:
        value = table.get(key, "")
        days[key] = _day(value)
        if value != "" and days[key] is None:
            faults.append(Fault(f"before.{key}", "must be a date such as 2026-12-04"))
    return Before(
        subject=subject.strip(),
        sent_on=days["sent_on"],
        nudged_on=days["nudged_on"],
        decision_expected_on=days["decision_expected_on"],
    )


def _day(value: Any) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    # Python also reads 20261204 and 2026-W49-5.
    return day if day.isoformat() == value else None
