"""Reads that more than one view needs, each with a fixed number of queries."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import F, FilteredRelation, JSONField, OuterRef, Q, Subquery
from django.utils import timezone

from drafts.compiled import Compiled, Given
from drafts.domain.facts import Kind, has_notes
from drafts.domain.naming import called
from drafts.domain.time_zones import wall_clock
from drafts.domain.tokens import fold
from drafts.models import (
    DELETED_KEPT,
    Candidate,
    Draft,
    DraftRevision,
    Interview,
    Interviewer,
    InterviewQuerySet,
    WorkSample,
)
from drafts.services import Whole
from drafts.translation import written
from drafts.web.links import link

MOST_COMPANIES = 200  # searched for in a letter
BEGINNING_WORDS = 28  # of a letter, on its card
NOBODY = uuid.UUID(int=0)


class _Somebody(Given):
    """Stands for the candidate whose rows are asked for."""

    is_authenticated = True


MINE = _Somebody(Interview, "candidate")


# What send plans, lists of what is due and calendars show of an interview.
SHOWN_WHEN_DUE = (
    "company",
    "position",
    "ended_at",
    "time_zone",
    "country",
    "work_opens",
    "work_closes",
    "work_days",
    "chosen_send_at",
    "calendar_sequence",
    "calendar_changed_at",
)


def unsent(candidate: Any, since: dt.datetime) -> list[tuple[Interview, list[Card]]]:
    """Interviews that ended after `since`, with the people whose letter is not sent; one query.

    Also runs for None, with no results, so that a wrong address takes as long as a right one.
    """
    if candidate is not None and not candidate.is_authenticated:
        return []
    people = _UNSENT(candidate=candidate.pk if candidate else NOBODY, since=since)
    for person in people:
        # Known already: not read once more.
        person.interview.candidate = candidate
    panels = groupby(people, key=attrgetter("interview_id"))
    return [
        (panel[0].interview, [_brief_card(person) for person in panel])
        for panel in ([*group] for _, group in panels)
    ]


_BRIEFLY = ("id", "edited_at", "planned_at", "unsure")  # of a letter
_UNSENT = Compiled(
    lambda: (
        Interviewer.objects.for_candidate(MINE)
        .filter(interview__ended_at__gte=Given(Interview, "ended_at", "since"))
        .annotate(letter=FilteredRelation("drafts", condition=Q(drafts__kind=Kind.THANK_YOU)))
        .filter(letter__sent_at=None)
        .annotate(**{f"letter_{name}": F(f"letter__{name}") for name in _BRIEFLY})
        .select_related("interview")
        .only("full_name", "greet_as", *(f"interview__{name}" for name in SHOWN_WHEN_DUE))
        .order_by("-interview__ended_at", "-interview__created_at", "interview_id", "order", "id")
    )
)


def _brief_card(person: Any) -> Card:
    """A card for someone whose letter is not sent, made without reading the notes."""
    known = {name: getattr(person, f"letter_{name}") for name in _BRIEFLY}
    return Card(person, Draft(**known) if known["id"] else None)


@dataclass
class Card:
    """One person of the panel and how far their letter is."""

    person: Interviewer
    draft: Draft | None
    has_notes: bool = False  # only set if there is no letter
    # The number of findings to fix and to consider; None if there was no review.
    readiness: Any = None
    whole: Whole | None = None

    @property
    def state(self) -> str:
        """How far along the letter is: nothing, noted, asked (notes need own words), drafted, edited, planned,
        or sent."""
        if self.draft is None:
            return "noted" if self.has_notes else "nothing"
        if self.draft.sent_at:
            return "sent"
        if self.draft.planned_at:
            return "planned"
        if self.waiting:
            return "asked"
        return "edited" if self.draft.edited_at else "drafted"

    @property
    def waiting(self) -> int:
        """How many notes need the candidate's own words."""
        return len(self.draft.waiting) if self.draft else 0

    @property
    def asks_url(self) -> str:
        """The first box for own words; only if notes wait for them."""
        page = link("conversation_edit", self.person.interview_id, self.person.id)
        return f"{page}#id_say-{self.draft.waiting[0]}" if self.draft and self.waiting else page

    @property
    def planned_words(self) -> str:
        """When the letter is planned to go out, by the readers' clocks."""
        if self.draft is None or self.draft.planned_at is None:
            return ""
        wall = wall_clock(self.draft.planned_at, self.person.interview.time_zone)
        return written(wall, "WEEKDAY_MONTH_DAY_TIME_FORMAT")

    @property
    def is_stale(self) -> bool:
        """Whether the notes changed since the draft was composed; False if the notes were not read."""
        return bool(self.whole and self.whole.is_stale(self.person))

    @property
    def called(self) -> str:
        """The short name of this person."""
        return called(self.person.full_name, self.person.greet_as)

    @property
    def beginning(self) -> str:
        """The first words of the letter."""
        words = self.draft.body.split(maxsplit=BEGINNING_WORDS) if self.draft else []
        start = " ".join(words[:BEGINNING_WORDS])
        return f"{start.rstrip('.,;:!?')}…" if len(words) > BEGINNING_WORDS else start

    @property
    def url(self) -> str:
        """The page to continue with for this person."""
        if self.draft is None:
            return link("conversation_edit", self.person.interview_id, self.person.id)
        return self.draft.get_absolute_url()


def cards(whole: Whole, readiness: Mapping[Any, Any] | None = None) -> list[Card]:
    """One card per person, in the panel's order; `readiness` by person's id, if the page shows it.

    The draft is the letter, or what was sent in its place.
    """
    readiness = readiness or {}
    return [
        Card(
            person,
            whole.sent_route(person) or whole.drafts.get(person.id),
            person.id not in whole.drafts and has_notes(facts),
            readiness.get(person.id),
            whole,
        )
        for person, facts in zip(whole.people, whole.panel.interviewers, strict=True)
    ]


def next_card(found: list[Card], after: Interviewer | None = None) -> Card | None:
    """The next card to work on: the next letter to send in the panel's order, wrapping around, else one to write.

    A planned letter is not work for now.
    """
    place = next((i for i, card in enumerate(found) if after and card.person.id == after.id), -1)
    turned = [
        card for card in found[place + 1 :] + found[: place + 1] if not after or card.person.id != after.id
    ]
    unsent = [card for card in turned if card.draft and card.state not in ("sent", "planned")]
    unwritten = [card for card in turned if card.draft is None and card.person.skipped_at is None]
    return next(iter(unsent + unwritten), None)


def interview_of(candidate: Any, interview_id: Any, *, with_companies: bool = False) -> Interview | None:
    """`with_companies`: for a page with reviews; see `other_companies`."""
    query = _INTERVIEW_WITH_COMPANIES if with_companies else _INTERVIEW
    return _of(candidate, query, id=interview_id)


def interview_of_draft(candidate: Any, draft_id: Any) -> Interview | None:
    """The interview that a draft belongs to, for a page with its review."""
    return _of(candidate, _INTERVIEW_OF_DRAFT, draft=draft_id)


def _of(candidate: Any, query: Compiled[Interview], **key: Any) -> Interview | None:
    found = query.first(candidate=candidate.pk, **key) if candidate.is_authenticated else None
    if found:
        # Known already: not read once more.
        found.candidate = candidate
    return found


def interview_of_invitation(candidate: Any, uid: str) -> Interview | None:
    """The interview that was read from an invitation with this UID."""
    if not uid:
        return None
    return (
        Interview.objects.for_candidate(candidate)
        .filter(invitation_uid=uid)
        .select_related("candidate")
        .first()
    )


class Listed(Subquery):
    """The rows of a subquery with one column, `listed`, as a list."""

    template = "(SELECT COALESCE(jsonb_agg(listed), '[]') FROM (%(subquery)s) AS rows_listed)"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="(SELECT json_group_array(listed) FROM (%(subquery)s))"
        )


_COMPANIES = Listed(
    Interview.objects.filter(candidate=OuterRef("candidate"), deleted_at__isnull=True)
    .exclude(pk=OuterRef("pk"))
    .order_by("company")
    .annotate(listed=F("company"))
    .values("listed")
    .distinct()[:MOST_COMPANIES]
)


def _one_interview(**key: Given) -> InterviewQuerySet:
    return Interview.objects.for_candidate(MINE).filter(**key).order_by()


_INTERVIEW = Compiled(lambda: _one_interview(pk=Given(Interview, "id")))
_INTERVIEW_WITH_COMPANIES = Compiled(
    lambda: _one_interview(pk=Given(Interview, "id")).annotate(companies=_COMPANIES)
)
_INTERVIEW_OF_DRAFT = Compiled(
    lambda: _one_interview(interviewers__drafts=Given(Draft, "id", "draft")).annotate(companies=_COMPANIES)
)


def other_companies(interview: Any) -> tuple[str, ...]:
    """Companies of the candidate's other interviews: their names in this one's letters were pasted.

    Takes one more query if the interview was not read `with_companies`.
    """
    if not hasattr(interview, "companies"):
        interview.companies = Interview.objects.values_list(_COMPANIES, flat=True).get(pk=interview.pk)
    own = fold(interview.company)
    return tuple(name for name in sorted(interview.companies) if fold(name) != own)


def interviewer_of(interview: Interview, interviewer_id: Any) -> Interviewer | None:
    return interview.interviewers.filter(pk=interviewer_id).prefetch_related("work_samples").first()


_DRAFT = Compiled(
    lambda: (
        Draft.objects.for_candidate(MINE)
        .filter(pk=Given(Draft, "id", "draft"))
        .order_by()
        .select_related("interviewer__interview")
    )
)


def draft_of(candidate: Any, draft_id: Any) -> Draft | None:
    draft = _DRAFT.first(candidate=candidate.pk, draft=draft_id) if candidate.is_authenticated else None
    if draft:
        # Known already: not read once more.
        draft.interviewer.interview.candidate = candidate
    return draft


def revisions(draft: Draft) -> list[DraftRevision]:
    return list(draft.revisions.all())


def counts(interview: Interview) -> dict[str, int]:
    """What is deleted together with this interview."""
    drafts = Draft.objects.filter(interviewer__interview=interview)
    return {
        "people": interview.interviewers.count(),
        "drafts": drafts.count(),
        "sent": drafts.filter(sent_at__isnull=False).count(),
        "versions": DraftRevision.objects.filter(draft__in=drafts).count(),
    }


CALENDAR_PAST = dt.timedelta(days=30)


def calendar_start() -> dt.datetime:
    """Interviews that ended before this are in no calendar feed."""
    return timezone.now() - CALENDAR_PAST


def candidate_of_calendar(token: str) -> Candidate | None:
    """The candidate with this private feed. Tokens with other characters are rejected first, because not every database
    accepts them in a query."""
    token = token if token.isascii() and token.isprintable() else ""
    return Candidate.objects.filter(calendar_token=token, is_active=True).first()


def sent_drafts(candidate: Any) -> list[Draft]:
    """The sent drafts, oldest first. A letter sent by a route is represented by the route's draft."""
    # Filtered in Python, because PostgreSQL would scan the letters of all candidates.
    mine = Draft.objects.for_candidate(candidate).filter(sent_at__isnull=False)
    sent = list(mine.select_related("interviewer__interview__candidate").order_by("sent_at", "id"))
    # As Whole.sent_route: a letter that was sent separately has another time.
    routed = {(draft.interviewer_id, draft.sent_at) for draft in sent if Kind(draft.kind).is_route}
    return [
        draft
        for draft in sent
        if draft.kind != Kind.THANK_YOU or (draft.interviewer_id, draft.sent_at) not in routed
    ]


def everything(candidate: Candidate) -> dict[str, int]:
    """What is deleted when this candidate's account is deleted."""
    drafts = Draft.objects.filter(interviewer__interview__candidate=candidate)
    return {
        "interviews": Interview.objects.filter(candidate=candidate).count(),
        "drafts": drafts.count(),
        "files": WorkSample.objects.filter(interviewer__interview__candidate=candidate)
        .exclude(file="")
        .count(),
    }


def is_deleted(candidate_id: Any) -> bool:
    """Whether no candidate has this id; False for no id."""
    return candidate_id is not None and not Candidate.objects.filter(pk=candidate_id).exists()


def has_deleted(candidate: Any) -> bool:
    since = timezone.now() - DELETED_KEPT
    return candidate.is_authenticated and bool(_ANY_DELETED(candidate=candidate.pk, since=since))


_ANY_DELETED = Compiled(
    lambda: (
        Interview.objects.deleted_since(MINE, Given(Interview, "deleted_at", "since"))
        .order_by()
        .values_list("pk")[:1]
    )
)


def has_work(candidate: Candidate) -> bool:
    """Whether the candidate has anything to lose: an interview, or a deleted one that can still be restored."""
    return Interview.objects.filter(candidate=candidate).exists()


def guest_of(guest_id: uuid.UUID) -> Candidate | None:
    return Candidate.objects.filter(pk=guest_id, is_guest=True).first()


def deleted_interviews(candidate: Any) -> list[Interview]:
    """The deleted interviews that can still be restored, the last deleted first."""
    return list(Interview.objects.deleted_by(candidate).order_by("-deleted_at", "id"))


def deleted_interview_of(candidate: Any, interview_id: Any) -> Interview | None:
    if interview_id is None:
        return None
    return Interview.objects.deleted_by(candidate).filter(pk=interview_id).first()
