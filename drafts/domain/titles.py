"""Titles that the notes give an interviewer: "Mrs Verity told me" in the notes about Rosemary Verity."""

from __future__ import annotations

from dataclasses import replace

from drafts.domain.facts import Interviewer, Panel
from drafts.domain.naming import with_title_in
from drafts.domain.note_uses import READ_FIELDS


def with_titles(panel: Panel) -> Panel:
    """The panel, in which people have the title that the notes about them use, unless a greeting was chosen."""
    return replace(panel, interviewers=tuple(map(_with_title, panel.interviewers)))


def _with_title(person: Interviewer) -> Interviewer:
    if person.greet_as:
        return person
    notes = [text for key in sorted(READ_FIELDS) for text in person.typed(key)]
    return replace(person, full_name=with_title_in(person.full_name, notes))
