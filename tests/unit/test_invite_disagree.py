"""Times that contradict each other are asked about, newer mails replace those they quote, and names are read whole."""

from __future__ import annotations

import datetime as dt

import pytest

from drafts.invite import InviteError, read_invitations

TODAY = dt.date(2026, 11, 29)
EVENT = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:1
SUMMARY:Optical Engineer interview
DTSTART:20261210T000000Z
DTEND:20261210T010000Z
DESCRIPTION:{text}
END:VEVENT
END:VCALENDAR
"""


def read(text):
    [found] = read_invitations(text, default_zone="America/New_York", today=TODAY)
    return found


def names(people):
    return [one.full_name for one in people]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("I have you down for Wednesday\\, December 9 at 3:00 pm PT. 60 minutes.", ["17:00", "16:00"]),
        ("I have you down for Wednesday\\, December 9 at 4:00 pm PT. 60 minutes.", []),
        ("See you at 7 pm ET on December 9.", []),
    ],
)
def test_a_time_in_the_text_that_contradicts_the_calendar_is_asked_about(text, ends):
    found = read(EVENT.format(text=text))

    assert [f"{one:%H:%M}" for one in found.ends] == ends
    assert (found.ended_at is None) == bool(ends)


def test_the_zone_that_the_text_names_is_taken_for_a_time_in_utc():
    found = read(EVENT.format(text="Wednesday\\, December 9\\, 4:00 - 5:00 pm PT"))

    assert (found.time_zone.value, f"{found.ended_at:%H:%M}") == ("America/Los_Angeles", "17:00")


@pytest.mark.parametrize(
    ("times", "ends"),
    [
        ("8:30 PM IST ( 8 AM PST )", ["21:30", "22:30"]),
        ("8:30 PM IST ( 7 AM PST )", []),
    ],
)
def test_two_zones_that_are_two_moments_are_asked_about(times, ends):
    found = read(f"Your interview at Orrery Analytics is on Monday 7th Dec, {times}\nDuration 1 hr\n")

    assert [f"{one:%H:%M}" for one in found.ends] == ends


THREAD = """From: Recruitment <recruitment@ribblestone.example>
To: Dami Bakare <dami@mail.example>
Date: Fri, 27 Nov 2026 16:48:12 +0000
Subject: RE: Interview Invite - Management Accountant

Hi Dami,

Keiran is off sick. Fatima Zahra El Idrissi, our Finance Director, will see you instead,
and it will now be Thursday 3rd at 2pm.

Lorraine

From: Recruitment
Sent: 24 November 2026 15:12
To: dami@mail.example
Subject: Interview Invite - Management Accountant

We are pleased to invite you to interview with Keiran Duxbury, Head of Commercial Finance,
on Monday 30 November 2026 at 11:00 (1 hour).
"""


@pytest.mark.parametrize("text", [THREAD, THREAD.replace("\n", "\r\n")], ids=["LF", "CRLF"])
def test_the_newest_mail_replaces_what_it_quotes(text):
    found = read(text)

    assert names(found.people) == ["Fatima Zahra El Idrissi"]
    assert f"{found.ended_at:%d %H:%M}" == "03 15:00"


@pytest.mark.parametrize(
    ("said", "people"),
    [
        (
            "Panel for HS Spanish (0.8 FTE): Dr. Hollis Greenway (principal), Pat D. (parent rep)",
            ["Dr. Hollis Greenway", "Pat D."],
        ),
        (
            "The interview panel will be Mr Dermot Fallon (Headteacher) and Canon Michael Tuohy (Governor). "
            "Dr Simon Peake, the Diocesan adviser, will be present as an observer.",
            ["Mr Dermot Fallon", "Canon Michael Tuohy"],
        ),
        ("CFO Interview (2:30 PM - 3:00 PM)\nJ. Everett Moorhead III", ["J. Everett Moorhead III"]),
        ("16:15 - 16:35 (UK, Ireland, Lisbon Time)", []),
        ("Direct interview with Mr. Ilango sir (CFO)", ["Mr. Ilango"]),
    ],
)
def test_people_are_read_whole(said, people):
    found = read(
        f"Your interview for Teller at Acme Bank is on Tuesday, December 8, 2026, 1:00 PM - 3:00 PM ET.\n\n{said}\n"
    )

    assert names(found.people) == people


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        (
            "Peer Interview (1:45 PM - 2:30 PM)\nBo Lindqvist and Shanelle T. Price",
            ["Bo Lindqvist", "Shanelle T. Price"],
        ),
        ("It will be Ravi D'Souza and me.", ["Ravi D'Souza"]),
    ],
)
def test_people_whom_nothing_calls_interviewers_are_offered_whole(said, offered):
    found = read(
        f"Your interview for Teller at Acme Bank is on Tuesday, December 8, 2026, 1:00 PM - 3:00 PM ET.\n\n{said}\n"
    )

    assert (names(found.people), names(found.others)) == ([], offered)


def test_an_abbreviated_title_ends_no_sentence():
    found = read(
        "Your interview for Teller at Acme Bank is on Tuesday, December 8, 2026, 1:00 PM - 3:00 PM ET.\n\n"
        "You will be interviewed by Sr. Margaret Doyle and Fiona Walsh.\n"
    )

    assert names(found.people) == ["Sr. Margaret Doyle", "Fiona Walsh"]


def test_a_company_called_like_a_person_is_offered_where_the_page_asks():
    found = read(
        "Your interview with Morgan Stanley for Compliance Analyst is on December 8, 2026, 3:00 PM - 3:45 PM EST. "
        "Interviewer: Grant Mills."
    )

    assert (found.company.value, found.companies) == ("", ("Morgan Stanley",))


def test_a_company_called_like_a_person_is_nobody_who_interviews():
    found = read(
        "Subject: Your interview with Morgan Stanley\n\nHi Maya, your interview is on December 15, 2026, "
        "11:00 AM - 11:30 AM ET.\nInterviewer: Alex Kim\n"
    )

    assert names(found.people) == ["Alex Kim"]


@pytest.mark.parametrize("name", ["Mr D. Hathersage", "Professor Gwilym ap Rhys", "Dr T. K. Subramaniam"])
def test_whoever_is_named_is_offered_with_the_whole_name(name):
    found = read(
        f"Your interview at Acme Bank is on December 8, 2026, 1:00 PM ET.\nThe lesson is observed by {name} (Head).\n"
    )

    assert name in names([*found.people, *found.others])


def test_a_deadline_for_a_recording_is_no_interview():
    found = read(
        "Complete an on-demand interview for Nurse with Prairie Lakes Health. You may record at any time before:\n\n"
        "Sunday, December 6, 2026 at 11:59 PM CT\n"
    )

    assert found.ended_at is None
    assert not found.ends


@pytest.mark.parametrize(
    "text",
    [
        "Reminder LATRICE your intvw for LPN is Tue Dec 1 @ 1:30p CST w/ K. Abara RN, Nurse Mgr. Reply C to confirm",
        "Stampede Steel here. Your interview for shop electrician is 12/11 at 2 w Joanne at our office.",
        "We would like to talk to you on Wednesday 9 December, 15:00 - 15:45 CET. There will be Dr. Emeka Okoro.",
    ],
)
def test_short_messages_give_a_page(text):
    assert read(text)


@pytest.mark.parametrize("text", ["Dinner on December 1, 2026 at 7pm", "Today I had an interview at Zylker."])
def test_other_texts_do_not(text):
    with pytest.raises(InviteError):
        read(text)


def test_blank_lines_between_a_heading_and_its_people_do_not_matter():
    found = read(
        "Your interview at Acme Bank is on December 8, 2026, 1:00 PM ET.\n\nMeeting with:\n\n\nAna Ruiz, Controller\n"
    )

    assert names(found.people) == ["Ana Ruiz"]


def test_bold_words_of_a_plain_mail_lose_their_asterisks():
    found = read(
        "Your application for *Registered Nurse* at Acme Hospital: the interview is on December 8, 2026, 1:00 PM ET.\n"
    )

    assert found.position.value == "Registered Nurse"


def test_a_weekday_with_a_short_date_and_hours_before_a_zone():
    found = read(
        "For round 2 of your interviews you'll meet with Tom Eberhardt on Wed 12/2, 11-12 ET, on Zoom.\n"
    )

    assert f"{found.ended_at:%Y-%m-%d %H:%M}" == "2026-12-02 12:00"
