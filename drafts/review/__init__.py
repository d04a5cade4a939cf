"""The second pair of eyes: a letter reviewed by every rule of phrasebook/review.toml.

`review` is pure and total: the same arguments give the same findings, and no text raises.
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

# Every rule by its id; phrasebook/review.toml has its words.
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
# What a thank-you must say, and when it goes: not asked of the letters after it.
OF_THANK_YOUS = frozenset({"gratitude", "interest", "personal", "next_steps", "correction", "timing"})
PROOFREADING = frozenset({"spelling", "grammar"})
_ORDER = {Part.SUBJECT: 0, Part.BODY: 1, Part.SENDING: 2}


@dataclass(frozen=True, slots=True)
class LetterText:
    """A draft as it stands, whoever wrote it."""

    subject: str
    body: str

    def excerpt(self, finding: Finding) -> str:
        """The words a finding points at; empty where it points at none."""
        text = {Part.SUBJECT: self.subject, Part.BODY: self.body}.get(finding.part, "")
        return text[finding.start : finding.end]


@dataclass(frozen=True, slots=True)
class Review:
    """Findings in the order of the letter: subject, body, then when and to whom it is sent."""

    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Nothing stands in the way of sending."""
        return not any(finding.severity is Severity.FIX for finding in self.findings)

    @property
    def shown(self) -> tuple[Finding, ...]:
        """In the order of a page: the address, the letter, and the moment last, for a letter to be mended can wait."""
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

    `others` are the panel's other drafts; `at` is the aware moment it would be sent (None: timing is not looked at);
    `leave_out` names rules that are not run.
    """
    if facts.kind.is_follow_up:
        leave_out |= OF_THANK_YOUS
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


# Rules about single words. The name of a file that goes along is written as the file is called.
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
