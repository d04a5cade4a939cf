"""What a letter is held against."""

from __future__ import annotations

from dataclasses import dataclass

from drafts.domain.facts import Dialect, Interviewer, Kind, Panel
from drafts.domain.routes import recruiter_of
from drafts.domain.window import MONDAY_TO_FRIDAY, WorkingWeek


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """The panel, and which of it (`index`) the letter goes to.

    `dialect` None accepts what is right in any; `own_words` are the candidate's dictionary, `other_companies` those
    of their other interviews, `attachments` the names of files that go with the letter, `week` when the panel is at
    work (without a country of its own, in the interview's), `kind` what the draft is.
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
    def person(self) -> Interviewer:
        return self.panel.interviewers[self.index]

    @property
    def reader(self) -> Interviewer | None:
        """Whom the draft greets: the person, or for a request the recruiter, None where the panel has none."""
        if self.kind is not Kind.RECRUITER:
            return self.person
        recruiter = recruiter_of(self.panel, self.index)
        return None if recruiter is None else self.panel.interviewers[recruiter]


@dataclass(frozen=True, slots=True)
class OtherDraft:
    """Another draft of the same panel and kind; `full_name` is whom it is for."""

    full_name: str
    body: str
