"""What a letter is held against."""

from __future__ import annotations

from dataclasses import dataclass

from drafts.domain.facts import Dialect, Interviewer, Panel


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """The panel, and which of it (`index`) the letter goes to.

    `dialect` None accepts what is right in any; `own_words` are the candidate's dictionary, `other_companies` those
    of their other interviews, `attachments` the names of files that go with the letter.
    """

    panel: Panel
    index: int
    dialect: Dialect | None = Dialect.AMERICAN
    own_words: tuple[str, ...] = ()
    other_companies: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()

    @property
    def person(self) -> Interviewer:
        return self.panel.interviewers[self.index]


@dataclass(frozen=True, slots=True)
class OtherDraft:
    """Another draft of the same panel; `full_name` is whom it goes to."""

    full_name: str
    body: str
