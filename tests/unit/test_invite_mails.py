"""Confirmation mails without a calendar, pasted as text (tests/data/mails.toml)."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest

from drafts.invite import InviteError, facts_document, read_invitations

MAILS = tomllib.loads((Path(__file__).resolve().parent.parent / "data" / "mails.toml").read_text("utf-8"))[
    "mail"
]
TODAY = dt.date(2026, 11, 27)


def read(text, **more):
    [found] = read_invitations(text, today=TODAY, **more)
    return found


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail["name"])
def test_a_confirmation_mail_is_read_as_a_careful_person_reads_it(mail):
    document = facts_document(read(mail["text"]))

    keys = ("company", "position", "ended_at", "time_zone")
    found = {key: document["interview"][key] for key in keys} | {"sender": document["sender"]["full_name"]}
    people = [
        [one["full_name"], one.get("email", ""), one.get("job_title", "")] for one in document["interviewers"]
    ]
    assert found | {"people": people} == {key: mail[key] for key in (*found, "people")}


INTERVIEW = "Your interview for the Data Engineer role at Zylker: "


@pytest.mark.parametrize(
    ("when", "ended", "zone", "asked"),
    [
        ("Tuesday, December 1, 2026, 2:00 PM - 3:30 PM EST", "2026-12-01T15:30", "America/New_York", ""),
        ("1 December 2026, 14:00-15:30 (Berlin)", "2026-12-01T15:30", "Europe/Berlin", ""),
        ("2026-12-01 14:00 to 15:30 UTC+1", "2026-12-01T15:30", "", "does not name a time zone; fill in"),
        ("December 1st, 2026 from 11-1pm PT", "2026-12-01T13:00", "America/Los_Angeles", ""),
        (
            "December 1st, 2026 at noon GMT for half a day, 90 minutes",
            "2026-12-01T13:30",
            "Europe/London",
            "",
        ),
        (
            "1.12.2026 um 14 Uhr CET, Dauer 1,5 Stunden",
            "2026-12-01T15:30",
            "Europe/Berlin",
            "a guess from “CET”",
        ),
        ("December 1, 2026 at 2pm ET", "2026-12-01T15:00", "America/New_York", "does not say when it ends"),
        ("December 1, 2026, 2-3pm", "2026-12-01T15:00", "", "does not name a time zone; fill in"),
        ("Tuesday, December 1, 2-3pm ET", "2026-12-01T15:00", "America/New_York", ""),
        (
            "March 3, 2-3pm ET",
            "2027-03-03T15:00",
            "America/New_York",
            "does not name the year; 2027 was taken",
        ),
        ("12/1/2026, 2-3pm ET", "2026-12-01T15:00", "America/New_York", "can be read in two ways"),
        ("1/12/2026, 2-3pm GMT", "2026-12-01T15:00", "Europe/London", "can be read in two ways"),
        ("13/12/2026, 2-3pm GMT", "2026-12-13T15:00", "Europe/London", ""),
        (
            "Monday, December 1, 2026, 2-3pm ET",
            "",
            "America/New_York",
            "names another weekday",
        ),
        (
            "December 1, 2026, 2-3pm ET or December 2, 2026, 4pm ET",
            "",
            "America/New_York",
            "several times",
        ),
        ("December 1, 2026 at 2pm or 4pm ET", "", "America/New_York", "several times"),
        ("moved from 2pm to 4pm ET on December 1, 2026", "", "America/New_York", "several times"),
        (
            "moved from December 1, 2026, 2pm ET to December 3, 2026, 3pm ET",
            "",
            "America/New_York",
            "several times",
        ),
        ("Tuesday, March 2, 2-3pm ET", "2027-03-02T15:00", "America/New_York", ""),
        ("Monday, December 2, 2-3pm ET", "", "America/New_York", "is not the weekday"),
        ("December 1, 2026", "", "", "does not say at what time"),
        ("tomorrow at 2pm ET", "", "America/New_York", "does not say on which day"),
    ],
)
def test_details_missing_from_the_text_are_asked_for(when, ended, zone, asked):
    found = read(INTERVIEW + when)

    ended_at = found.ended_at.replace(tzinfo=None).isoformat(timespec="minutes") if found.ended_at else ""
    assert (ended_at, found.time_zone.value) == (ended, zone)
    times = [text for text in found.warnings if "name an interviewer" not in text]
    assert any(asked in text for text in times) if asked else times == []


def test_the_callers_zone_is_a_marked_guess():
    found = read(f"{INTERVIEW}December 1, 2026, 2-3pm", default_zone="Europe/Berlin")

    assert (found.time_zone.value, found.time_zone.is_guess) == ("Europe/Berlin", True)
    assert "The mail does not name a time zone; Europe/Berlin was taken. Please check it." in found.warnings


def test_deadlines_and_old_times_are_not_the_interviews():
    found = read(
        f"{INTERVIEW}\nPlease confirm by November 30, 2026 at 5pm.\nOriginally planned for December 1, 2026, 9am."
        "\nNew time: December 3, 2026, 2-3pm ET"
    )
    assert found.ended_at is not None
    assert found.ended_at.isoformat() == "2026-12-03T15:00:00-05:00"


def test_a_forwarded_mail_says_who_the_user_is_and_who_wrote_it():
    found = read(
        "FYI\n\n---------- Forwarded message ---------\nFrom: Dana Cole <dana@zylker.com>\n"
        "Date: Fri, Nov 27, 2026 at 9:12 AM\nSubject: Interview\nTo: Maya Lind <maya@lind.example>\n\n"
        f"{INTERVIEW}December 1, 2026, 2-3pm ET. You will meet Maya Lind and Ana Ruiz."
    )
    assert found.sender_name == "Maya Lind"
    assert [one.full_name for one in found.people] == ["Ana Ruiz"]
    assert [(one.full_name, one.email, one.source) for one in found.others] == [
        ("Dana Cole", "dana@zylker.com", "sent the mail")
    ]
    assert found.ended_at is not None
    assert f"{found.ended_at:%m-%d}" == "12-01"


@pytest.mark.parametrize(
    "text",
    [
        "Hello, see you on Tuesday!",
        "Dear diary, today I had an interview at Zylker. It went well.",
        "Dinner on December 1, 2026 at 7pm",
        "14 new jobs for you. Interview tips inside.",
    ],
)
def test_text_without_an_interview_is_rejected(text):
    with pytest.raises(InviteError, match="No invitation was found"):
        read(text)
