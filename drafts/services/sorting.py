"""Sorts notes with the language model, which only says which line belongs to which field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from drafts.domain.notes import SortedLine
from drafts.language_model import (
    Endpoint,
    ModelError,
    Prompt,
    Trouble,
    lists,
    numbers_of,
    prompts,
    without_injections,
)
from drafts.models import Interviewer
from drafts.services import language_model
from drafts.services.kept import kept

NOWHERE = "none"  # the model's answer for a line that fits no field


def sort_prompt(lines: Sequence[SortedLine]) -> Prompt:
    """Everything that is sent: the lines that our rules assigned to a field. Lines better left out are not sent."""
    return prompts.sort([without_injections(line.text) for line in lines if line.key])


def sort_by_model(
    person: Interviewer, lines: Sequence[SortedLine], endpoint: Endpoint
) -> tuple[list[SortedLine], Trouble | None]:
    """The lines with the fields that the model chose; or, if it failed, unchanged and with the reason.

    Only a line's `key` can change. The answer is kept for a day, encrypted, so the same lines are not sent twice.
    """
    candidate = person.interview.candidate
    claim = language_model.claim(candidate, endpoint, person.pk)
    if claim is None:
        return list(lines), Trouble.BUSY
    try:
        answer = kept(language_model.ask_model, endpoint, sort_prompt(lines))
    except ModelError as error:
        return list(lines), error.trouble
    finally:
        language_model.release(candidate, claim)
    said = numbers_of(answer, len(lines), frozenset(lists().fields))
    if not said:
        return list(lines), Trouble.BROKEN
    return _assigned(lines, said), None


def _assigned(lines: Sequence[SortedLine], said: dict[int, str]) -> list[SortedLine]:
    """Numbers refer to the lines that were sent. "none" keeps our own guess: the model cannot drop a line."""
    result, number = [], 0
    for line in lines:
        number += bool(line.key)
        key = said.get(number, NOWHERE) if line.key else NOWHERE
        result.append(line if key == NOWHERE else replace(line, key=key))
    return result
