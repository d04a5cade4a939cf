"""The facts of an interview: plain values that the rest of the domain works with.

The field names are the keys of the facts document (docs/facts-document.md). Their types validate the values when a
document is read (`facts_json`); forms validate their own input.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import StrictBool

from drafts.domain.texts import MAX_LENGTH as MAX_LENGTH
from drafts.domain.texts import MAX_WORDS as MAX_WORDS
from drafts.domain.values import (
    AT_LEAST_ONE,
    EMPTY_IS_NONE,
    LINK_OR_FILE,
    NOT_EMPTY,
    Country,
    EmailAddress,
    EndedAt,
    FileName,
    Needed,
    OwnSentence,
    SenderName,
    Strength,
    Table,
    Text,
    WebAddress,
    Zone,
    at_most,
    few_of_each,
    pairs_by,
)

MAX_INTERVIEWERS = 20
MAX_OUTSIDE = 20  # people outside the panel, per interview
MAX_OWN_WORDS = 1000
LONGEST_OWN_WORD = 60  # characters
MAX_STRENGTHS = 20
MAX_WORK_SAMPLES = 5  # links, per interviewer
# Files attached to one letter, and their total size in bytes.
MAX_FILES = 5
MAX_FILES_BYTES = 10 * 1024 * 1024

# The notes about the conversation with one interviewer, in the order of the facts document.
NOTE_KEYS = (
    "mentioned",
    "enjoyed",
    "strengths",
    "experience",
    "goal",
    "forgot",
    "correction",
    "callback",
    "ask",
    "work_samples",
)
# Notes that the candidate can replace with a sentence of their own, which the letter then uses unchanged.
OWN_SENTENCE_KEYS = tuple(key for key in NOTE_KEYS if key != "work_samples")


E = TypeVar("E", bound=StrEnum)


def member_of(enum: type[E], value: str | None) -> E | None:
    """The member of this enum with this value; None if there is none."""
    return next((member for member in enum if member.value == value), None)


class Role(StrEnum):
    HIRING_MANAGER = "hiring_manager"
    RECRUITER = "recruiter"
    PEER = "peer"
    LEADER = "leader"


class Reaction(StrEnum):
    """How the candidate reacts to something they were told."""

    WORK_ON = "work_on"
    GOOD_TO_KNOW = "good_to_know"


class Stage(StrEnum):
    PHONE_SCREEN = "phone_screen"
    TECHNICAL = "technical"
    PANEL = "panel"
    HIRING_MANAGER = "hiring_manager"
    CULTURE = "culture"
    FINAL = "final"


class Tone(StrEnum):
    WARM = "warm"
    FORMAL = "formal"
    BRIEF = "brief"


class Kind(StrEnum):
    """The kind of a draft: the thank-you, a route to someone whose address is unknown, or a follow-up."""

    THANK_YOU = "thank_you"
    RECRUITER = "to_recruiter"
    FORWARD = "to_forward"
    LINKEDIN = "linkedin"
    NUDGE = "nudge"
    SECOND_NUDGE = "second_nudge"
    AFTER_REJECTION = "after_rejection"
    OFFER_THANKS = "offer_thanks"
    MORE_TIME = "more_time"
    NEGOTIATE = "negotiate"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    TYPO = "typo"
    REFERRAL_THANKS = "referral_thanks"
    INTRODUCTION_THANKS = "introduction_thanks"
    TALK_THANKS = "talk_thanks"

    @property
    def is_route(self) -> bool:
        """Whether it is the thank-you sent through another person or channel."""
        return self in (Kind.RECRUITER, Kind.FORWARD, Kind.LINKEDIN)

    @property
    def is_follow_up(self) -> bool:
        """Whether it is composed from answers (`drafts.domain.follow_ups`) and not from notes on a conversation."""
        return self is not Kind.THANK_YOU and not self.is_route

    @property
    def is_outside(self) -> bool:
        """Whether it goes to somebody outside the panel, who helped on the way to the interview."""
        return self in (Kind.REFERRAL_THANKS, Kind.INTRODUCTION_THANKS, Kind.TALK_THANKS)


class Outcome(StrEnum):
    """What happened after the letters went out."""

    NO_REPLY = "no_reply"
    REPLIED = "replied"
    ANOTHER_ROUND = "another_round"
    REJECTED = "rejected"
    OFFER = "offer"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why a draft's text changed."""

    COMPOSED = "composed"
    EDITED = "edited"
    RECOMPOSED = "recomposed"
    RESTORED = "restored"
    # Autosaved while the candidate was typing.
    TYPED = "typed"
    # Typed in another tab at the same time: kept in the history, but never the current letter.
    ASIDE = "aside"


class Dialect(StrEnum):
    """The candidate's dialect of English."""

    AMERICAN = "american"
    BRITISH = "british"
    CANADIAN = "canadian"
    AUSTRALIAN = "australian"
    INDIAN = "indian"


@dataclass(frozen=True, slots=True)
class Sender(Table):
    full_name: SenderName
    signature: Text = ""


@dataclass(frozen=True, slots=True)
class Interview(Table):
    """`ended_at` is aware, in `time_zone` (an IANA name), the zone of the people who will read the mail."""

    company: Needed
    position: Needed
    # Declared before `ended_at`, which is read in this zone.
    time_zone: Zone
    ended_at: EndedAt
    field: Text = ""
    stage: Annotated[Stage | None, EMPTY_IS_NONE] = None
    country: Country = ""
    team: Text = ""
    # Whether the sender has been told when they will decide, so that no letter asks.
    decision_known: StrictBool | None = None


@dataclass(frozen=True, slots=True)
class WorkSample(Table):
    """A link, or a file attached to the letter: exactly one of `url` and `file` is given.

    `file` is the file's name as the recipient will see it.
    """

    label: Text = ""
    url: WebAddress = ""
    file: FileName = ""


@dataclass(frozen=True, slots=True)
class Correction(Table):
    topic: Text = ""
    answer: Text = ""


@dataclass(frozen=True, slots=True)
class Interviewer(Table):
    """An interviewer and the notes about the conversation with them.

    `relates`: whether `experience` is about what was `mentioned`; None when the candidate did not say.
    `met_before`: whether they had spoken before this interview; None when the candidate did not say.
    `say`: (key of OWN_SENTENCE_KEYS, the candidate's own sentence for that note), in the order of those keys.
    """

    full_name: Needed
    greet_as: Text = ""
    email: EmailAddress = ""
    job_title: Text = ""
    role: Annotated[Role | None, EMPTY_IS_NONE] = None
    mentioned: Text = ""
    enjoyed: Text = ""
    strengths: Annotated[tuple[Strength, ...], at_most(MAX_STRENGTHS), NOT_EMPTY] = ()
    experience: Text = ""
    goal: Text = ""
    forgot: Text = ""
    correction: Correction = Correction()
    callback: Text = ""
    ask: Text = ""
    work_samples: Annotated[
        tuple[Annotated[WorkSample, LINK_OR_FILE], ...], few_of_each(MAX_WORK_SAMPLES, MAX_FILES)
    ] = ()
    relates: StrictBool | None = None
    reaction: Annotated[Reaction | None, EMPTY_IS_NONE] = None
    say: Annotated[tuple[tuple[str, str], ...], pairs_by(OWN_SENTENCE_KEYS, OwnSentence)] = ()
    met_before: StrictBool | None = None

    def typed(self, key: str) -> tuple[str, ...]:
        """What was typed for a note; of a correction, its topic and its answer. Not for work samples."""
        if key == "correction":
            return (self.correction.topic, self.correction.answer)
        return self.strengths if key == "strengths" else (getattr(self, key),)

    def own_sentence(self, key: str) -> str:
        """The candidate's own sentence for a note; empty when there is none."""
        return dict(self.say).get(key, "")


@dataclass(frozen=True, slots=True)
class Panel(Table):
    """One whole facts document: the sender, the interview, and the interviewers in order."""

    sender: Sender
    interview: Interview
    interviewers: Annotated[tuple[Interviewer, ...], at_most(MAX_INTERVIEWERS), AT_LEAST_ONE]


def has_notes(interviewer: Interviewer) -> bool:
    """Whether there are any notes about the conversation with this person."""
    return any(is_noted(interviewer, key) for key in NOTE_KEYS)


def is_noted(interviewer: Interviewer, key: str) -> bool:
    """Whether the user entered anything under this key of NOTE_KEYS."""
    if key == "correction":
        return bool(interviewer.correction.topic.strip() or interviewer.correction.answer.strip())
    return bool(getattr(interviewer, key))
