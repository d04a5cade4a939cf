"""Calendars and emails shared by the tests of reading invitations."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

from drafts.invite import Invitation, Invitee, read_invitations

ME = ("maya.lind@post.example",)
MAYA = "ATTENDEE;CN=Maya Lind:mailto:maya.lind@post.example"
TODAY = dt.date(2026, 11, 28)
BERLIN_TIMES = "DTSTART;TZID=Europe/Berlin:20261124T140000\nDTEND;TZID=Europe/Berlin:20261124T150000"


def calendar(*lines: str, times: str = BERLIN_TIMES, head: str = "") -> str:
    """A calendar with one event, whose lines these are."""
    inside = "\n".join(["UID:one", times, *lines])
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}\nBEGIN:VEVENT\n{inside}\nEND:VEVENT\nEND:VCALENDAR\n"


def read(*lines: str, me: tuple[str, ...] = ME, **more: str) -> Invitation:
    """The one event of a calendar with these lines, as Maya's."""
    [found] = read_invitations(calendar(*lines, **more), me=me)
    return found


def read_mail(*lines: str) -> Invitation:
    """The interview in a mail to Maya with these lines, pasted in London on TODAY."""
    [found] = read_invitations("\n".join(lines), me=ME, default_zone="Europe/London", today=TODAY)
    return found


def everybody(found: Invitation) -> list[Invitee]:
    """The panel, and whom the page offers besides."""
    return [*found.people, *found.others]


PANEL = (
    "ATTENDEE;CN=Priya Nair:mailto:priya.nair@zylker.com",
    "ATTENDEE;CN=Maya Lind:mailto:maya.lind@gmail.com",
)
VTIMEZONE = """BEGIN:VTIMEZONE
TZID:{name}
{extra}
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""


def mail(
    ics: str, *, to: str = "Maya Lind <maya@lind.example>", subject: str = "Invitation: Interview"
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Dana <dana@zylker.com>", to, subject
    message.set_content("Hello Maya,\nyour interview for the Data Engineer role at Zylker is set.\n")
    message.add_alternative(ics, subtype="calendar", params={"method": "REQUEST"})
    return message.as_bytes()


def event(uid: str, title: str, *more: str, day: int = 24) -> str:
    lines = [
        f"UID:{uid}",
        f"SUMMARY:{title}",
        f"DTSTART;TZID=Europe/Berlin:202611{day}T140000",
        "DURATION:PT1H",
        *more,
    ]
    return "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


PLAIN = calendar(
    "SUMMARY:Zylker - Krankenpfleger für Kinder - Onsite",
    "DESCRIPTION:Role: Kinderärztin\\nInterviewer: Priya Nair",
    *PANEL,
)
