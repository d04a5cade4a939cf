"""The facts that a letter is checked against."""

from __future__ import annotations

from dataclasses import dataclass

from drafts.domain.facts import Dialect, Interviewer, Kind, Panel
from drafts.domain.kinds import Length, LetterKind, letter_kind
from drafts.domain.routes import recruiter_of
from drafts.domain.window import MONDAY_TO_FRIDAY, WorkingWeek


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """The panel, and the index of the person the letter is for.

    `dialect` None accepts all dialects; `own_words` are the candidate's dictionary, `other_companies` those of their
    other interviews, `attachments` the names of attached files, `week` when the panel is at work (if it has no country,
    the interview's is used), `kind` what the draft is.
    """

    panel: Panel
    index: int
    dialect: Dialect | None = Dialect.AMERICAN
    own_words: tuple[str, ...] = ()
    other_companies: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    week: WorkingWeek = MONDAY_TO_FRIDAY
    kind: Kind = Kind.THANK_YOU

    @property
    def about(self) -> LetterKind:
        """What there is to a draft of this kind."""
        return letter_kind(self.kind)

    @property
    def has_no_room(self) -> bool:
        """Whether it is a message of so few characters that what a letter must say is not missed in it."""
        return self.about.length is Length.CHARACTERS

    @property
    def person(self) -> Interviewer:
        return self.panel.interviewers[self.index]

    @property
    def reader(self) -> Interviewer | None:
        """The person the draft greets: the interviewer, or for a request the recruiter, or None if the panel has
        none."""
        if self.kind is not Kind.RECRUITER:
            return self.person
        recruiter = recruiter_of(self.panel, self.index)
        return None if recruiter is None else self.panel.interviewers[recruiter]


@dataclass(frozen=True, slots=True)
class OtherDraft:
    """Another draft of the same panel and kind; `full_name` is the name of its recipient."""

    full_name: str
    body: str
