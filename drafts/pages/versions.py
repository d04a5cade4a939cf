"""Two versions of a letter or a note, with the changes between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from drafts.domain.changes import Part, changes
from drafts.domain.facts import Reason
from drafts.forms.fields import FactField
from drafts.models import DraftRevision, Interview
from drafts.pages.plans import own_time


class Stored(str):
    """A stored text that is not what was typed; `parts` lead from it to what was typed."""

    __slots__ = ("parts",)

    parts: tuple[Part, ...]

    def __new__(cls, stored: str, typed: str) -> Stored:
        text = super().__new__(cls, stored)
        text.parts = changes(stored, typed)
        return text


def with_changes(field: forms.Field, stored: Any, typed: Any) -> Any:
    """The stored value of a field as a list of differences says it; of a text, with the way from it to what was
    typed."""
    is_text = isinstance(field, FactField) and isinstance(typed, str)
    return Stored(stored, typed) if stored and is_text else stored or "—"


def or_same(differences: dict[Any, Any]) -> dict[Any, Any]:
    """A list of differences, which says so if there are none."""
    return differences or {_("Saved version"): _("the same")}


@dataclass(frozen=True)
class LetterChanges:
    """From one subject and body to another."""

    subject: tuple[Part, ...]
    body: tuple[Part, ...]


def letter_changes(old: tuple[str, str], new: tuple[str, str]) -> LetterChanges:
    """`old` and `new` are a subject and a body each."""
    return LetterChanges(*(changes(before, after) for before, after in zip(old, new, strict=True)))


@dataclass(frozen=True)
class Version:
    """A version in the history, and when it was stored, in words. `changes` lead to it from the version numbered
    `before`; None for the first one."""

    revision: DraftRevision
    when: str
    before: int
    changes: LetterChanges | None


def versions(revisions: Sequence[DraftRevision], interview: Interview) -> list[Version]:
    """`revisions` in their order, newest first; each compared with the letter as it was before."""
    return [
        _version(one, own_time(one.created_at, interview), revisions[place + 1 :])
        for place, one in enumerate(revisions)
    ]


def _version(revision: DraftRevision, when: str, older: Iterable[DraftRevision]) -> Version:
    # A text that was put aside was never the letter.
    before = next((one for one in older if one.reason != Reason.ASIDE), None)
    if before is None:
        return Version(revision, when, 0, None)
    found = letter_changes((before.subject, before.body), (revision.subject, revision.body))
    return Version(revision, when, before.version, found)
