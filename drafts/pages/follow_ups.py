"""What comes after the letters: what happened, which letters fit it, and when the next one is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from drafts.domain import time_zones
from drafts.domain.facts import Kind, Outcome
from drafts.domain.follow_ups import History, NextStep, StepStatus, next_step, promised_day, thanks_step
from drafts.domain.kinds import LetterKind, letter_kind, offered_for, to_outsiders
from drafts.models import Draft, Interview, Interviewer
from drafts.pages import plans
from drafts.pages.lately import ASKED_FIRST, sent_lately
from drafts.pages.plans import day_and_time, own_clock
from drafts.services import Whole
from drafts.services.mapping import working_week
from drafts.translation import city_of, translated
from drafts.web.links import link

LOOK_BACK = dt.timedelta(days=120)  # after an interview nobody is asked about it on the start page
MOST_DUE = 20
MOST_LET_GO = 5
LET_GO_SHOWN = dt.timedelta(days=60)  # after the last letter
QUESTIONS = (Kind.NUDGE, Kind.SECOND_NUDGE)


@dataclass(frozen=True)
class Step:
    """The next letter of one interview, or the letter to somebody outside its panel, in words."""

    interview: Interview
    step: NextStep
    draft: Draft | None = None  # for a person outside the panel
    to_ask: Interviewer | None = None  # for news, if this is the start page's
    now: dt.datetime | None = None  # when this was worked out

    @property
    def is_due(self) -> bool:
        return self.step.status is StepStatus.DUE

    @property
    def is_to_let_go(self) -> bool:
        return self.step.status is StepStatus.LET_GO

    @property
    def title(self) -> str:
        if self.step.kind is None:
            return ""
        title = translated(letter_kind(self.step.kind).title)
        return f"{title} ({self.draft.interviewer.full_name})" if self.draft else title

    @property
    def url(self) -> str:
        """The next page: the letter, or the section of the interview's page on what comes after."""
        return self.draft.get_absolute_url() if self.draft else f"{self.interview.get_absolute_url()}#after"

    @property
    def person(self) -> Interviewer | None:
        """The reader of this letter; None if that is for the candidate to say: whoever wrote to them."""
        if self.draft:
            return self.draft.interviewer
        return self.to_ask if self.step.kind in QUESTIONS else None

    @property
    def write_url(self) -> str:
        """Where this letter is written, or where its reader is chosen."""
        if self.draft or not self.person or not self.step.kind:
            return self.url
        return link("follow_up_edit", self.interview.id, self.person.id, kind=self.step.kind.value)

    @property
    def when(self) -> str:
        """The best moment by the clocks there; empty where there is nothing to send."""
        return day_and_time(self.step.send_at.replace(tzinfo=None)) if self.step.send_at else ""

    @property
    def is_now(self) -> bool:
        """Whether the best moment has come: it is due, and within the readers' working hours."""
        return self.is_due and self.step.send_at == self.now

    @property
    def own_words(self) -> str:
        """The best moment by the candidate's own clocks; empty where they show the same."""
        return own_clock(self.step.send_at, self.interview) if self.step.send_at else ""

    @property
    def at(self) -> dt.datetime:
        """The best moment, of a step with something to send."""
        if self.step.send_at is None:
            raise ValueError("a step without a letter")
        return self.step.send_at

    @property
    def city(self) -> str:
        return city_of(self.interview.time_zone)


@dataclass(frozen=True)
class PossibleLetter:
    """A letter that could go to this person, and the draft of it where there is one."""

    about: LetterKind
    person: Interviewer
    draft: Draft | None

    @property
    def url(self) -> str:
        if self.draft:
            return self.draft.get_absolute_url()
        person = self.person
        return link("follow_up_edit", person.interview_id, person.id, kind=self.about.kind.value)


@dataclass(frozen=True)
class Offer:
    """A letter that fits what happened."""

    about: LetterKind
    letters: tuple[
        PossibleLetter, ...
    ]  # one for each of the panel; a question, only for those who were thanked
    is_next: bool
    is_due: bool = False  # it is the next one, and its moment has come

    @property
    def is_for_one(self) -> bool:
        """Whether several people could get this letter and only one should."""
        return self.about.kind in QUESTIONS and len(self.letters) > 1


@dataclass(frozen=True)
class After:
    """What an interview's page shows once a letter went out."""

    outcome: Outcome | None
    step: Step
    offers: tuple[Offer, ...]

    @property
    def asks_for_day(self) -> bool:
        """Whether to offer to note a day that they gave in their reply."""
        return self.outcome is Outcome.REPLIED and not self.step.is_due


@dataclass(frozen=True)
class Today:
    """Letters that are due or coming up, in the order of the moments to send, and interviews to let go of."""

    after: list[Step]
    let_go: list[Step]

    @property
    def due(self) -> list[Step]:
        return [step for step in self.after if step.is_due]

    @property
    def waiting(self) -> list[Step]:
        return [step for step in self.after if not step.is_due]


@dataclass(frozen=True)
class Outsider:
    """Somebody outside the panel. `step` says when their first unsent letter should go."""

    person: Interviewer
    letters: tuple[PossibleLetter, ...]
    step: Step | None


def outsiders(whole: Whole, now: dt.datetime) -> list[Outsider]:
    """The people outside the panel, in the order they were added."""
    found = []
    for person in whole.outside:
        letters = tuple(_possible_letter(whole, person, about) for about in to_outsiders())
        unsent = next((one.draft for one in letters if one.draft and not one.draft.sent_at), None)
        step = _thanks(whole.interview, unsent, now) if unsent else None
        # The existing letters or, if there are none, all possible ones.
        kept = tuple(one for one in letters if one.draft) or letters
        found.append(Outsider(person, kept, step))
    return found


def _possible_letter(whole: Whole, person: Interviewer, about: LetterKind) -> PossibleLetter:
    return PossibleLetter(about, person, whole.drafts_of.get(about.kind, {}).get(person.id))


def _thanks(interview: Interview, draft: Draft, now: dt.datetime) -> Step | None:
    """When to send this letter; None if it is so late that nobody expects it anymore."""
    zone = time_zones.zone(interview.time_zone)
    said = draft.answers.get("on")
    # Without a day, the day on which the letter was started.
    helped_on = dt.date.fromisoformat(said) if said else draft.created_at.astimezone(zone).date()
    step = Step(
        interview,
        thanks_step(Kind(draft.kind), helped_on, zone, working_week(interview), now),
        draft,
        now=now,
    )
    return None if step.is_to_let_go else step


def _last_sent(drafts: Iterable[Draft]) -> dict[Kind, dt.datetime]:
    """When the last letter of each kind was sent."""
    sent: dict[Kind, dt.datetime] = {}
    for draft in drafts:
        if draft.sent_at:
            kind = Kind(draft.kind)
            sent[kind] = max(draft.sent_at, sent.get(kind, draft.sent_at))
    return sent


def step_of(
    interview: Interview,
    sent: dict[Kind, dt.datetime],
    now: dt.datetime,
    to_ask: Interviewer | None = None,
) -> Step:
    """`sent` says when the last letter of each kind was sent."""
    zone = time_zones.zone(interview.time_zone)
    history = History(sent, interview.decision_expected_on, interview.happened, interview.outcome_on)
    return Step(interview, next_step(history, zone, working_week(interview), now), to_ask=to_ask, now=now)


def after(whole: Whole, now: dt.datetime) -> After | None:
    """None before any letter went out and anything was said of what happened."""
    drafts, outcome = whole.all_drafts, whole.interview.happened
    if outcome is None and not any(draft.sent_at and not Kind(draft.kind).is_outside for draft in drafts):
        return None
    step = step_of(whole.interview, _last_sent(drafts), now)
    offered = offered_for(outcome or Outcome.NO_REPLY)
    if outcome is Outcome.REPLIED and step.step.kind:
        # A question all the same, once the day is over on which they are to decide.
        offered = (letter_kind(step.step.kind), *offered)
    offers = [_offer(whole, about, step) for about in offered]
    return After(outcome, step, tuple(offer for offer in offers if _is_of_use(offer)))


@dataclass(frozen=True)
class Promise:
    """The day by which they want to decide, as somebody's notes have it; to be confirmed by the candidate."""

    day: dt.date
    words: str
    person: Interviewer


def promise(whole: Whole, now: dt.datetime) -> Promise | None:
    """None once the day is set, an answer came, or the day is over."""
    interview = whole.interview
    if interview.decision_expected_on or interview.happened not in (None, Outcome.NO_REPLY):
        return None
    zone = time_zones.zone(interview.time_zone)
    ended_on, today_there = (moment.astimezone(zone).date() for moment in (interview.ended_at, now))
    for person in whole.people:
        found = promised_day(f"{person.mentioned}\n{person.enjoyed}\n{person.everything}", ended_on)
        if found and found[0] >= max(ended_on, today_there):
            return Promise(*found, person)
    return None


def step_for(whole: Whole, draft: Draft, now: dt.datetime) -> Step | None:
    """When to send this letter; None if it is sent, or may go at any time."""
    kind = Kind(draft.kind)
    if draft.sent_at or not kind.is_follow_up:
        return None
    if kind.is_outside:
        return _thanks(whole.interview, draft, now)
    found = after(whole, now)
    return found.step if found and found.step.step.kind is kind else None


def is_one_too_many(whole: Whole, kind: Kind, draft: Draft | None, now: dt.datetime) -> bool:
    """Whether a letter of this kind would ask a third time for news, no matter who on the panel was asked before."""
    if (
        kind not in QUESTIONS
        or (draft and draft.sent_at)
        or whole.interview.happened not in (None, Outcome.NO_REPLY)
    ):
        return False
    found = after(whole, now)
    return found is not None and found.step.is_to_let_go


def _offer(whole: Whole, about: LetterKind, step: Step) -> Offer:
    people = sorted(whole.people, key=_is_to_be_asked)
    letters = [_possible_letter(whole, person, about) for person in people]
    is_next = about.kind is step.step.kind
    if about.kind in QUESTIONS:
        letters = [one for one in letters if one.draft or (is_next and _is_thanked(whole, one.person))]
        # The second question goes to whoever got the first one.
        letters.sort(key=lambda one: not _is_sent(whole, Kind.NUDGE, one.person))
    if about.kind is Kind.TYPO:
        letters = [one for one in letters if one.draft or _has_letter(whole, one.person)]
    return Offer(about, tuple(letters), is_next, is_next and step.is_due)


def _has_letter(whole: Whole, person: Interviewer) -> bool:
    """Whether anything was sent to them."""
    return any(_is_sent(whole, kind, person) for kind in whole.drafts_of)


def _is_thanked(whole: Whole, person: Interviewer) -> bool:
    return _is_sent(whole, Kind.THANK_YOU, person)


def _is_sent(whole: Whole, kind: Kind, person: Interviewer) -> bool:
    draft = whole.drafts_of.get(kind, {}).get(person.id)
    return bool(draft and draft.sent_at)


def _is_to_be_asked(person: Interviewer) -> int:
    """The recruiter first, then the hiring manager: they know."""
    return ASKED_FIRST.index(person.role) if person.role in ASKED_FIRST else len(ASKED_FIRST)


def _is_of_use(offer: Offer) -> bool:
    """No question without anybody to ask, and no correction of what was not sent."""
    return bool(offer.letters) or offer.about.kind not in (*QUESTIONS, Kind.TYPO)


def today(candidate: Any, now: dt.datetime) -> Today:
    """The next steps of recent interviews whose letters went out, and the letters to people outside a panel that did
    not go yet; one query."""
    steps, let_go = [], []
    for one in sent_lately(candidate, now - LOOK_BACK):
        interview = one.interview
        steps.append(following := step_of(interview, one.sent, now, one.to_ask))
        if following.is_to_let_go and interview.happened in (None, Outcome.NO_REPLY):
            let_go.append((max(one.sent.values()), following))
        steps += [step for draft in one.to_thank if (step := _thanks(interview, draft, now))]
    to_send = [step for step in steps if step.step.send_at]
    # What is due comes first, so that nothing of it is cut off; for the same moment, the most recent interview does.
    to_send.sort(key=lambda step: step.interview.ended_at, reverse=True)
    to_send.sort(key=lambda step: (not step.is_due, step.at))
    latest = sorted(let_go, key=itemgetter(0), reverse=True)
    return Today(
        to_send[:MOST_DUE],
        [step for sent_at, step in latest[:MOST_LET_GO] if now - sent_at < LET_GO_SHOWN],
    )


def start_page(candidate: Any, now: dt.datetime) -> dict[str, Any]:
    """What is due and what comes up, as the start page shows it; two queries."""
    due, later = plans.due(candidate, now), today(candidate, now)
    both: list[plans.Due | Step] = [*due.waiting, *later.waiting]
    return {"due": due, "today": later, "coming": sorted(both, key=lambda one: one.at)}
