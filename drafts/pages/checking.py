"""The review of a letter pasted on the public check page. Stores nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from drafts.domain.facts import Interview, Interviewer, Panel, Sender
from drafts.domain.sources import Citation
from drafts.pages.reviews import MOST_NOTES, shown_findings
from drafts.pages.rules import shown_rules
from drafts.review import CHECKS, Finding, LetterText, Part, ReviewFacts, Severity, review
from drafts.review.findings import wording

_ALL_BUT_GREETING = frozenset(CHECKS) - {"greeting"}


@dataclass(frozen=True)
class PastedNote:
    """A finding as the page shows it. `line` counts from 1; 0 if it is not about a place in the body."""

    finding: Finding
    excerpt: str
    title: str
    why: str
    citations: tuple[Citation, ...]
    line: int


@dataclass(frozen=True)
class Group:
    severity: Severity
    notes: tuple[PastedNote, ...]


@dataclass(frozen=True)
class PastedReview:
    """`to` is the name of the person the letter was checked for; `hidden` is how many notes are not shown."""

    to: str
    groups: tuple[Group, ...]
    hidden: int

    @property
    def is_ready(self) -> bool:
        return all(group.severity is not Severity.FIX for group in self.groups)


def check_pasted(
    letter: LetterText,
    names: list[str],
    company: str,
    position: str,
    sender: str,
    ended_at: dt.datetime | None,
    time_zone: str,
    now: dt.datetime,
) -> PastedReview:
    """Review a letter to one of `names`: the person it greets, or else the first.

    Timing is checked only if `ended_at` (aware) is given. Rules that need what only a stored interview has, such as
    the panel's other letters, find nothing.
    """
    panel = Panel(
        Sender(sender),
        Interview(company, position, time_zone or "UTC", ended_at or now),
        tuple(Interviewer(name) for name in names),
    )
    index = _greeted_index(letter, panel)
    # The form asks neither for an email address nor for files.
    leave_out = frozenset({"recipient", "attachment"})
    result = review(letter, ReviewFacts(panel, index), (), now if ended_at else None, leave_out=leave_out)
    shown = shown_findings(result, letter)
    notes = [_note(letter, finding) for finding in shown[:MOST_NOTES]]
    groups = (
        Group(severity, tuple(note for note in notes if note.finding.severity is severity))
        for severity in (Severity.FIX, Severity.CONSIDER, Severity.OK)
    )
    return PastedReview(
        names[index], tuple(group for group in groups if group.notes), len(shown) - len(notes)
    )


def _greeted_index(letter: LetterText, panel: Panel) -> int:
    for index in range(len(panel.interviewers)):
        if not review(letter, ReviewFacts(panel, index), leave_out=_ALL_BUT_GREETING).findings:
            return index
    return 0


def _note(letter: LetterText, finding: Finding) -> PastedNote:
    rule = shown_rules()[finding.rule]
    excerpt = letter.excerpt(finding)
    if (finding.rule, finding.case) == ("wrong_name", "panel"):
        # The usual message asks to explain the name in the notes, which a pasted letter does not have.
        finding = replace(finding, message=wording("wrong_name", "pasted", found=excerpt))
    line = letter.body.count("\n", 0, finding.start) + 1 if finding.part is Part.BODY and excerpt else 0
    return PastedNote(finding, excerpt, rule.title, rule.why, rule.citations, line)
