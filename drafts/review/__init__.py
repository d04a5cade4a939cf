"""Reviews a letter by every rule of phrasebook/review.toml.

`review` is pure, and no text makes it raise.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from drafts.review import (
    blanks,
    composition,
    content,
    follow_ups,
    form,
    jobs,
    language,
    leftovers,
    likeness,
    misses,
    names,
    positions,
    sending,
    signing,
    tone,
)
from drafts.review.facts import OtherDraft, ReviewFacts
from drafts.review.findings import Finding, Part, Rule, Severity, rules
from drafts.review.material import Material

Check = Callable[[Material], Iterator[Finding]]

# Every rule by its id; phrasebook/review.toml has its texts.
CHECKS: dict[str, Check] = {
    "greeting": names.greeting,
    "wrong_name": names.wrong_name,
    "name_spelling": misses.name_spelling,
    "wrong_company": jobs.wrong_company,
    "wrong_position": positions.wrong_position,
    "composition": composition.composition,
    "leftovers": leftovers.leftovers,
    "placeholder": blanks.placeholder,
    "unsigned": signing.unsigned,
    "length": form.length,
    "subject": form.subject,
    "gratitude": content.gratitude,
    "interest": content.interest,
    "personal": content.personal,
    "next_steps": content.next_steps,
    "copy_paste": likeness.copy_paste,
    "tone": tone.tone,
    "grammar": language.grammar,
    "spelling": language.spelling,
    "correction": content.correction,
    "follow_up": follow_ups.follow_up,
    "attachment": sending.attachment,
    "readability": form.readability,
    "recipient": sending.recipient,
    "timing": sending.timing,
}
PROOFREADING = frozenset({"spelling", "grammar"})
_ORDER = {Part.SUBJECT: 0, Part.BODY: 1, Part.SENDING: 2}


@dataclass(frozen=True, slots=True)
class LetterText:
    """The text of a draft."""

    subject: str
    body: str

    def excerpt(self, finding: Finding) -> str:
        """The words a finding points at; empty if it points at none."""
        text = {Part.SUBJECT: self.subject, Part.BODY: self.body}.get(finding.part, "")
        return text[finding.start : finding.end]


@dataclass(frozen=True, slots=True)
class Review:
    """Findings in the order of the letter: subject, body, then the time of sending and the recipient."""

    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether no finding has to be fixed before sending."""
        return not any(finding.severity is Severity.FIX for finding in self.findings)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings in a page's order: the recipient, the letter, and last the time of sending."""
        return tuple(sorted(self.findings, key=_place_on_a_page))

    def count(self, severity: Severity) -> int:
        return sum(finding.severity is severity for finding in self.findings)


def _place_on_a_page(finding: Finding) -> int:
    if finding.rule == "timing":
        return 2
    return 0 if finding.part is Part.SENDING else 1


def review(
    letter: LetterText,
    facts: ReviewFacts,
    others: Sequence[OtherDraft] = (),
    at: dt.datetime | None = None,
    *,
    leave_out: frozenset[str] = frozenset(),
) -> Review:
    """Every finding on a letter.

    `others` are the panel's other drafts; `at` is the aware moment of sending (None: timing is not checked);
    `leave_out` names rules that are skipped.
    """
    leave_out |= facts.about.leave_out
    material = Material(letter.subject, letter.body, facts, others, at)
    for rule, check in CHECKS.items():
        if rule not in leave_out:
            material.so_far[rule] = [
                one
                for one in check(material)
                if rule not in _OF_WORDS or not _is_in_a_file_name(one, letter, facts)
            ]
    findings = [finding for group in material.so_far.values() for finding in group]
    return Review(
        tuple(
            sorted(
                findings, key=lambda one: (_ORDER[one.part], one.start, one.end, list(CHECKS).index(one.rule))
            )
        )
    )


# Rules about single words. They skip the names of attached files, which are spelled as they are.
_OF_WORDS = frozenset({"spelling", "grammar", "name_spelling", "wrong_name"})


def _is_in_a_file_name(finding: Finding, letter: LetterText, facts: ReviewFacts) -> bool:
    if finding.part is not Part.BODY:
        return False
    names = {*facts.attachments, *(sample.file for sample in facts.person.work_samples if sample.file)}
    for name in names:
        start = letter.body.rfind(name, 0, finding.start + len(name))
        if 0 <= start <= finding.start and finding.end <= start + len(name):
            return True
    return False


__all__ = [
    "CHECKS",
    "Finding",
    "LetterText",
    "OtherDraft",
    "Part",
    "Review",
    "ReviewFacts",
    "Rule",
    "Severity",
    "review",
    "rules",
]
