"""Notes sorted by the language model: it says which line belongs to which field, and writes nothing itself."""

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
    without_orders,
)
from drafts.models import Interviewer
from drafts.services import language_model
from drafts.services.kept import kept

NOWHERE = "none"  # the model's word for a line that belongs to no field


def sort_prompt(lines: Sequence[SortedLine]) -> Prompt:
    """All that is sent: the lines that our own rules found a place for. What is better not written is not sent."""
    return prompts.sort([without_orders(line.text) for line in lines if line.key])


def sort_by_model(
    person: Interviewer, lines: Sequence[SortedLine], endpoint: Endpoint
) -> tuple[list[SortedLine], Trouble | None]:
    """The same lines with the fields that the model says, or as they were with the reason why it said none.

    Only `key` of a line can change. The same lines are not sent twice within a day: the answer is kept, encrypted.
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
    """Numbers count the lines that were sent. "none" leaves our own guess: no line is dropped for a model's word."""
    result, number = [], 0
    for line in lines:
        number += bool(line.key)
        key = said.get(number, NOWHERE) if line.key else NOWHERE
        result.append(line if key == NOWHERE else replace(line, key=key))
    return result
