"""What is known of an interview: plain values that every other part of the domain works on.

The keys are those of the facts document (docs/facts-document.md). Everything is checked on its way in
(`facts_json`, or the forms); these classes only carry it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

MAX_INTERVIEWERS = 20
MAX_OWN_WORDS = 1000
LONGEST_OWN_WORD = 60  # characters
MAX_STRENGTHS = 20
MAX_WORK_SAMPLES = 5  # links, per interviewer
# Files that go with one letter, and their size in bytes, all together.
MAX_FILES = 5
MAX_FILES_BYTES = 10 * 1024 * 1024

# What is noted of the conversation with one interviewer, in the order of the facts document.
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
# Notes that the candidate can put into a sentence of their own, which then stands in the letter as typed.
OWN_SENTENCE_KEYS = tuple(key for key in NOTE_KEYS if key != "work_samples")

# Longest accepted text per key, in characters. Generous for real use; beyond it, it is a paste gone wrong.
MAX_LENGTH = {
    "full_name": 100,
    "signature": 500,
    "company": 100,
    "position": 100,
    "field": 80,
    "team": 80,
    "greet_as": 40,
    "email": 254,
    "job_title": 100,
    "mentioned": 1000,
    "enjoyed": 1000,
    "strength": 160,
    "experience": 1000,
    "goal": 1000,
    "forgot": 1000,
    "topic": 300,
    "answer": 1000,
    "callback": 1000,
    "ask": 1000,
    "say": 1000,
    "everything": 5000,
    "label": 100,
    "url": 500,
    "file": 80,
}

# Most words per key that every letter must carry, so that the ceiling of 200 words can always be kept.
MAX_WORDS = {"full_name": 15, "greet_as": 8, "company": 15, "position": 15, "field": 12, "team": 12}


class Role(StrEnum):
    HIRING_MANAGER = "hiring_manager"
    RECRUITER = "recruiter"
    PEER = "peer"
    LEADER = "leader"


class Reaction(StrEnum):
    """What the candidate wants to add to something they were told."""

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
    """What a draft is: the thank-you, a route to someone whose address is not known, or a later letter."""

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

    @property
    def is_route(self) -> bool:
        """Whether it is the thank-you, sent by way of somebody or something else."""
        return self in (Kind.RECRUITER, Kind.FORWARD, Kind.LINKEDIN)

    @property
    def is_follow_up(self) -> bool:
        """Whether it is a letter after the thank-you, composed from answers (`drafts.domain.follow_ups`)."""
        return self is not Kind.THANK_YOU and not self.is_route


class Outcome(StrEnum):
    """What happened after the letters went out."""

    NO_REPLY = "no_reply"
    REPLIED = "replied"
    ANOTHER_ROUND = "another_round"
    REJECTED = "rejected"
    OFFER = "offer"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why a draft got another text."""

    COMPOSED = "composed"
    EDITED = "edited"
    RECOMPOSED = "recomposed"
    RESTORED = "restored"
    # Saved while one was typing.
    TYPED = "typed"
    # Typed elsewhere at the same time: never the letter, and not lost.
    ASIDE = "aside"


class Dialect(StrEnum):
    """Of English, as the candidate writes it."""

    AMERICAN = "american"
    BRITISH = "british"
    CANADIAN = "canadian"
    AUSTRALIAN = "australian"
    INDIAN = "indian"


@dataclass(frozen=True, slots=True)
class Sender:
    full_name: str
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Interview:
    """`ended_at` is aware, in `time_zone` (an IANA name), the zone of the people who will read the mail."""

    company: str
    position: str
    ended_at: dt.datetime
    time_zone: str
    field: str = ""
    stage: Stage | None = None
    country: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class WorkSample:
    """A link, or a file that goes with the letter: exactly one of `url` and `file` is given.

    `file` is the file's name as its reader will see it.
    """

    label: str
    url: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    topic: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Interviewer:
    """Who was there and what was noted of the conversation with them.

    `relates`: whether `experience` is about what was `mentioned`; None when the candidate did not say.
    `say`: (key of OWN_SENTENCE_KEYS, the candidate's own sentence for that note), in the order of those keys.
    """

    full_name: str
    greet_as: str = ""
    email: str = ""
    job_title: str = ""
    role: Role | None = None
    mentioned: str = ""
    enjoyed: str = ""
    strengths: tuple[str, ...] = ()
    experience: str = ""
    goal: str = ""
    forgot: str = ""
    correction: Correction = Correction()
    callback: str = ""
    ask: str = ""
    relates: bool | None = None
    reaction: Reaction | None = None
    say: tuple[tuple[str, str], ...] = ()
    work_samples: tuple[WorkSample, ...] = ()

    def own_sentence(self, key: str) -> str:
        """The candidate's own sentence for a note; empty when there is none."""
        return dict(self.say).get(key, "")


@dataclass(frozen=True, slots=True)
class Panel:
    """One whole facts document: who writes, about which interview, to whom (in order)."""

    sender: Sender
    interview: Interview
    interviewers: tuple[Interviewer, ...]


def has_notes(interviewer: Interviewer) -> bool:
    """Whether anything of the conversation with this person was noted."""
    return any(is_noted(interviewer, key) for key in NOTE_KEYS)


def is_noted(interviewer: Interviewer, key: str) -> bool:
    """Whether the user entered anything under this key of NOTE_KEYS."""
    if key == "correction":
        return bool(interviewer.correction.topic.strip() or interviewer.correction.answer.strip())
    return bool(getattr(interviewer, key))
