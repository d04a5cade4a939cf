"""What an account file holds. Moments are aware; the defaults are those of what is stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from drafts.domain.facts import Dialect, Kind, Panel, Reason, Tone
from drafts.domain.window import CLOSES, OPENS

WORK_DAYS = "01234"


@dataclass(frozen=True, slots=True)
class ArchivedSettings:
    """`time_zone` is an IANA name, `usual_channel` a value of channels.Channel; both may be empty."""

    full_name: str = ""
    signature: str = ""
    time_zone: str = ""
    dialect: Dialect = Dialect.AMERICAN
    strengths: tuple[str, ...] = ()
    own_words: tuple[str, ...] = ()
    usual_tone: Tone = Tone.WARM
    usual_channel: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedRevision:
    id: UUID
    version: int
    tone: Tone
    reason: Reason
    created_at: dt.datetime
    subject: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedDraft:
    id: UUID
    created_at: dt.datetime
    kind: Kind = Kind.THANK_YOU
    tone: Tone = Tone.WARM
    subject: str = ""
    body: str = ""
    facts_digest: str = ""
    left_out: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    dismissed: tuple[str, ...] = ()
    # Of a letter after the thank-you: (key of the prompt, the answer), in the order of the keys.
    answers: tuple[tuple[str, str], ...] = ()
    edited_at: dt.datetime | None = None
    sent_at: dt.datetime | None = None
    revisions: tuple[ArchivedRevision, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """`path` is the file's place in the ZIP file, `size` in bytes; its name is that of the work sample."""

    id: UUID
    path: str
    size: int
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class ArchivedPerson:
    """`files` has one entry for each work sample of this person that is a file, in the same order."""

    id: UUID
    skipped_at: dt.datetime | None = None
    files: tuple[ArchivedFile, ...] = ()
    drafts: tuple[ArchivedDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class ArchivedInterview:
    """`people` has one entry for each of `panel.interviewers`, in the same order.

    The panel may be without people, and its sender without a name. Working hours are local; `work_days` are digits
    from Monday, 0, to Sunday, 6. Without an invitation its uid is empty.
    """

    id: UUID
    panel: Panel
    created_at: dt.datetime
    people: tuple[ArchivedPerson, ...] = ()
    notes: str = ""
    decision_expected_on: dt.date | None = None
    outcome: str = ""
    outcome_on: dt.date | None = None
    work_opens: dt.time = OPENS
    work_closes: dt.time = CLOSES
    work_days: str = WORK_DAYS
    chosen_send_at: dt.datetime | None = None
    invitation_uid: str = ""
    invitation_sequence: int = 0
    deleted_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class ArchivedAccount:
    settings: ArchivedSettings
    interviews: tuple[ArchivedInterview, ...]
    exported_at: dt.datetime
