"""Reviews stored letters, and turns findings into what a page shows. Stores nothing."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Set
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from drafts.domain.facts import Dialect, Kind
from drafts.domain.similarity import Passage, Shared
from drafts.domain.sources import Citation
from drafts.models import Draft, Interviewer
from drafts.pages import met, queries
from drafts.pages.rules import shown_rules
from drafts.review import (
    CHECKS,
    Finding,
    LetterText,
    OtherDraft,
    Review,
    ReviewFacts,
    Severity,
    review,
)
from drafts.review.likeness import compare_drafts, compare_panel
from drafts.review.thresholds import LIKE_RUN_WORDS, LIKE_SHARE
from drafts.services import Whole
from drafts.services.kept import kept
from drafts.services.mapping import working_week
from drafts.translation import together
from drafts.web.links import link

MOST_NOTES = 40  # shown at once; with more, the text is not a letter yet


@dataclass(frozen=True)
class Note:
    """A finding as the page shows it: `key` identifies it when it is dismissed, `url` leads to where it can be
    fixed."""

    finding: Finding
    key: str
    excerpt: str
    title: str
    why: str
    citations: tuple[Citation, ...]
    url: str
    link: str

    @property
    def may_be_added(self) -> bool:
        """Whether the word can be added to the candidate's dictionary."""
        return self.finding.rule == "spelling" and bool(self.excerpt)


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """What the candidate should still do before sending a draft.

    `fix` and `consider` count the findings of each severity. `waiting` counts the notes on the conversation that need
    a sentence in the candidate's own words; `unused` counts those of an edited letter, which may have them by now.
    `is_thin`: nothing in the letter is about this conversation.
    """

    fix: int
    consider: int
    waiting: int
    unused: int
    is_thin: bool

    @property
    def ready(self) -> bool:
        return self.fix == 0 and self.waiting == 0


@dataclass(frozen=True, kw_only=True)
class Checked(Readiness):
    """The review of one draft: its readiness, the notes to show, and how many are dismissed or too many to show."""

    notes: tuple[Note, ...]
    dismissed: int
    hidden: int


def check(whole: Whole, draft: Draft, letter: LetterText, at: dt.datetime) -> Checked:
    """The review of a letter as it is now, without the findings that the candidate dismissed for this draft."""
    person = draft.interviewer
    facts = facts_for(whole, person, queries.other_companies(whole.interview))
    others = others_for(whole, person)
    if letter == LetterText(draft.subject, draft.body):
        result = _with_timing(kept(review, letter, facts, others), draft, letter, facts, at)
    else:
        # Not kept, so everything can be reviewed at once.
        result = review(letter, facts, others, at if _has_timing(draft) else None)
    if draft.sent_at:
        result = _without_recipient(result)
    shown = shown_findings(result, letter, draft.dismissed)
    notes = tuple(_note(whole, person, letter, finding) for finding in shown[:MOST_NOTES])
    return Checked(
        **_counts(draft, shown),
        notes=notes,
        dismissed=sum(_is_dismissed(finding, letter, draft.dismissed) for finding in result.findings),
        hidden=len(shown) - len(notes),
    )


def _counts(draft: Draft, shown: list[Finding]) -> dict[str, Any]:
    """The values of a Readiness."""
    return {
        "fix": sum(finding.severity is Severity.FIX for finding in shown),
        "consider": sum(finding.severity is Severity.CONSIDER for finding in shown),
        "waiting": len(draft.waiting),
        "unused": len(draft.unused),
        "is_thin": any(finding.rule == "personal" for finding in shown),
    }


_ALL_BUT_TIMING = frozenset(CHECKS) - {"timing"}


def _has_timing(draft: Draft) -> bool:
    """Whether its time of sending is reviewed: not of a sent letter, nor of a planned one, whose time is chosen."""
    return not draft.sent_at and not draft.planned_at


def _with_timing(
    result: Review, draft: Draft, letter: LetterText, facts: ReviewFacts, at: dt.datetime
) -> Review:
    """Adds the finding about the time of sending last. It depends on the clock, so it is never cached."""
    if not _has_timing(draft):
        return result
    timing = review(letter, facts, (), at, leave_out=_ALL_BUT_TIMING)
    return Review(result.findings + timing.findings)


def _without_recipient(result: Review) -> Review:
    return Review(tuple(finding for finding in result.findings if finding.rule != "recipient"))


def _is_dismissed(finding: Finding, letter: LetterText, dismissed: Collection[str]) -> bool:
    return finding.may_be_dismissed and finding.key(letter.excerpt(finding)) in dismissed


def shown_findings(result: Review, letter: LetterText, dismissed: Collection[str] = ()) -> list[Finding]:
    """The findings to show: without dismissed ones, and only one if a wrong greeting is also a wrong name."""
    greeted = {(one.start, one.end) for one in result.findings if one.rule == "greeting"}
    return [
        finding
        for finding in result.shown
        if not _is_dismissed(finding, letter, dismissed)
        and not (finding.rule == "wrong_name" and (finding.start, finding.end) in greeted)
    ]


def facts_for(whole: Whole, person: Interviewer, other_companies: tuple[str, ...]) -> ReviewFacts:
    candidate = whole.interview.candidate
    return ReviewFacts(
        panel=whole.panel,
        index=whole.index(person),
        dialect=Dialect(candidate.dialect),
        own_words=tuple(candidate.own_words),
        other_companies=other_companies,
        attachments=whole.file_names(person),
        week=working_week(whole.interview),
        kind=whole.kind,
    )


def others_for(whole: Whole, person: Interviewer) -> tuple[OtherDraft, ...]:
    panel = tuple(
        OtherDraft(other.full_name, whole.drafts[other.id].body)
        for other in whole.people
        if other.id != person.id and other.id in whole.drafts
    )
    return panel + _earlier_letters(whole, person)


def _earlier_letters(whole: Whole, person: Interviewer) -> tuple[OtherDraft, ...]:
    """The letters to this person from earlier rounds. Queries only if they were met before."""
    if not person.met_before or whole.kind is not Kind.THANK_YOU:
        return ()
    return tuple(
        OtherDraft(
            _("%(name)s after the %(day)s interview") % {"name": person.full_name, "day": one.on},
            one.letter.body,
        )
        for one in met.earlier_with(whole.interview, person)
        if one.letter and one.letter.body
    )


def _note(whole: Whole, person: Interviewer, letter: LetterText, finding: Finding) -> Note:
    rule = shown_rules()[finding.rule]
    excerpt = letter.excerpt(finding)
    url, link = _repair(whole, person, finding)
    return Note(finding, finding.key(excerpt), excerpt, rule.title, rule.why, rule.citations, url, link)


def _repair(whole: Whole, person: Interviewer, finding: Finding) -> tuple[str, str]:
    """Where a finding can be fixed outside of the letter: (URL, link text)."""
    interview = whole.interview
    if finding.rule == "copy_paste":
        other = next(
            (one for one in whole.people if one.full_name == finding.about and one.id != person.id), None
        )
        if other:
            return link("likeness", interview.id, person.id, other.id), _("See both letters")
    if finding.field in ("email", "full_name"):
        is_outside = person.is_outside
        draft = whole.drafts.get(person.id)
        panel = f"{link('panel_edit', interview.id)}{f'?letter={draft.id}' if draft else ''}"
        url = link("outside_edit", interview.id, person.id) if is_outside else panel
        return url, _("Go to name and address")
    if finding.field:
        notes = link("conversation_edit", interview.id, person.id)
        return f"{notes}?then=letter#id_{finding.field}", _("Go to your notes")
    return "", ""


# ---------------------------------------------------------------- the panel


def readiness(whole: Whole, at: dt.datetime, only: Interviewer | None = None) -> dict[uuid.UUID, Readiness]:
    """How far each unsent draft of the panel (or `only` one person's) is from being ready, by person."""
    is_reviewed = any(draft.sent_at is None for draft in whole.drafts.values())
    companies = queries.other_companies(whole.interview) if is_reviewed else ()
    found = {}
    for person in whole.people:
        draft = whole.drafts.get(person.id)
        if draft is None or draft.sent_at or (only and person.id != only.id):
            continue
        letter = LetterText(draft.subject, draft.body)
        facts = facts_for(whole, person, companies)
        result = kept(review, letter, facts, others_for(whole, person))
        result = _with_timing(result, draft, letter, facts, at)
        found[person.id] = Readiness(**_counts(draft, shown_findings(result, letter, draft.dismissed)))
    return found


@dataclass(frozen=True)
class Pair:
    """How alike two drafts are; `percent` of the shorter one's five-word runs are in both.

    `is_much`: the review of either would report it, because of the share or of a copied sentence.
    """

    other: Interviewer
    percent: int
    is_much: bool
    url: str


@dataclass(frozen=True)
class Row:
    person: Interviewer
    cells: tuple[Pair | None, ...]


def likeness_rows(whole: Whole) -> tuple[Row, ...]:
    """A matrix of the panel's drafts; None on the diagonal. Empty if there are fewer than two drafts."""
    people = [person for person in whole.people if person.id in whole.drafts]
    if len(people) < 2:
        return ()
    bodies = tuple(whole.drafts[person.id].body for person in people)
    found: dict[tuple[uuid.UUID, uuid.UUID], Shared] = {}
    for first, second, shared in kept(compare_panel, whole.panel, bodies):
        one, other = people[first].id, people[second].id
        found[one, other] = found[other, one] = shared
    return tuple(
        Row(person, tuple(_pair(whole, person, other, found.get((person.id, other.id))) for other in people))
        for person in people
    )


def any_alike(rows: tuple[Row, ...]) -> bool:
    """Whether any two letters are too similar, sent or not."""
    return any(pair is not None and pair.is_much for row in rows for pair in row.cells)


def alike(rows: tuple[Row, ...], sent: Set[uuid.UUID] = frozenset()) -> list[tuple[str, Pair]]:
    """Each pair of letters that are too similar, once, with both names. Without pairs whose readers are both in
    `sent`: those can't be reworded anymore."""
    return [
        (together(row.person.full_name, pair.other.full_name), pair)
        for number, row in enumerate(rows)
        for pair in row.cells[number + 1 :]
        if pair is not None and pair.is_much and not {row.person.id, pair.other.id} <= sent
    ]


def _pair(whole: Whole, person: Interviewer, other: Interviewer, shared: Shared | None) -> Pair | None:
    if shared is None:
        return None
    url = link("likeness", whole.interview.id, person.id, other.id)
    is_copied = any(passage.words >= LIKE_RUN_WORDS for passage in shared.one)
    return Pair(other, round(shared.share * 100), shared.share > LIKE_SHARE or is_copied, url)


@dataclass(frozen=True)
class Piece:
    """A piece of a letter's text, and whether the other letter has it too."""

    text: str
    is_shared: bool


@dataclass(frozen=True)
class Side:
    person: Interviewer
    draft: Draft
    pieces: tuple[Piece, ...]


def side_by_side(whole: Whole, one: Interviewer, other: Interviewer) -> tuple[Shared, Side, Side]:
    """Two drafts with what they share marked in both."""
    shared = compare_drafts(whole.panel, whole.drafts[one.id].body, whole.drafts[other.id].body)
    return (
        shared,
        Side(one, whole.drafts[one.id], pieces(whole.drafts[one.id].body, shared.one)),
        Side(other, whole.drafts[other.id], pieces(whole.drafts[other.id].body, shared.other)),
    )


def pieces(text: str, passages: tuple[Passage, ...]) -> tuple[Piece, ...]:
    found, at = [], 0
    for passage in passages:
        found.append(Piece(text[at : passage.start], False))
        found.append(Piece(text[passage.start : passage.end], True))
        at = passage.end
    found.append(Piece(text[at:], False))
    return tuple(piece for piece in found if piece.text)
