"""Builds calendars of send times from stored interviews."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from drafts.exchange.calendar import FollowUpEntry, SendEntry, send_calendar
from drafts.models import Interview
from drafts.pages import plans
from drafts.pages.follow_ups import Step
from drafts.pages.outgoing import file_name
from drafts.services import Whole


def calendar_entry(interview: Interview, cards: Iterable[Any], base: str) -> SendEntry:
    """What a calendar shows of one interview; `base` is the address of this site, without a slash at its end."""
    send_at, deadline_at = plans.calendar_moments(interview)
    cards = list(cards)
    open_cards = [card for card in cards if card.state != "sent"]
    planned = [card.draft.planned_at for card in open_cards if card.state == "planned"]
    if planned and len(planned) == len(open_cards):
        send_at = min(planned).astimezone(send_at.tzinfo)
    return SendEntry(
        interview_id=interview.id,
        company=interview.company,
        position=interview.position,
        recommended_at=send_at,
        deadline_at=deadline_at,
        sequence=interview.calendar_sequence,
        changed_at=interview.calendar_changed_at,
        url=base + interview.get_absolute_url(),
        links=tuple((card.person.full_name, base + card.url) for card in open_cards),
        is_done=bool(cards) and not open_cards,
        # Translators: the title of an event in a calendar: "Send: Nurse, Zylker"
        send_title=_("Send: {about}"),
        # Translators: the title of an event in a calendar, shortly before the deadline
        deadline_title=_("Last moment: {about}"),
        link_line=_("{name}: {url}"),
    )


def interview_calendar(whole: Whole, cards: Iterable[Any], base: str) -> tuple[bytes, str, str]:
    """The send times of one interview as a calendar file."""
    entry = calendar_entry(whole.interview, cards, base)
    content = send_calendar([entry], name=str(whole.interview), product_url=base, keep_done=True)
    return content, "text/calendar; charset=utf-8; method=PUBLISH", file_name(whole.interview, "ics")


def follow_up_entry(step: Step, base: str) -> FollowUpEntry:
    """When the next letter after the thank-you is due. Raises ValueError if there is none.

    The entry shows `due_at`, which stays the same; `send_at`, the best moment from now on, would move every day.
    """
    interview = step.interview
    if step.step.due_at is None:
        raise ValueError("no letter is due")
    return FollowUpEntry(
        interview_id=interview.id,
        kind=f"{step.step.kind}-{step.draft.id}" if step.draft else str(step.step.kind),
        purpose=step.title,
        title=_("{purpose}: {about}"),
        company=interview.company,
        position=interview.position,
        due_at=step.step.due_at,
        sequence=interview.calendar_sequence,
        changed_at=interview.calendar_changed_at,
        url=base + step.url,
    )


def calendar_feed(entries: Iterable[SendEntry], follow_ups: Iterable[FollowUpEntry], base: str) -> bytes:
    return send_calendar(list(entries), list(follow_ups), name="Afterword", product_url=base, keep_done=False)
