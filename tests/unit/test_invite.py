from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from drafts.domain.facts import Stage
from drafts.invite import read_invitations
from drafts.invite.companies import fits_label
from drafts.invite.lines import content_lines
from drafts.invite.times import zone_named
from drafts.invite.titles import clean_title
from tests.unit.invite_samples import BERLIN_TIMES, PANEL, PLAIN, VTIMEZONE, calendar, event, everybody, mail

# --- times ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("times", "head", "default", "ended", "zone", "warned"),
    [
        (BERLIN_TIMES, "", "", "2026-11-24T15:00:00", "Europe/Berlin", False),
        (
            'DTSTART;TZID="W. Europe Standard Time":20261124T140000\nDURATION:PT45M',
            "",
            "",
            "2026-11-24T14:45:00",
            "Europe/Berlin",
            False,
        ),
        (
            "DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Berlin:20261124T140000\nDURATION:PT1H30M",
            "",
            "",
            "2026-11-24T15:30:00",
            "Europe/Berlin",
            False,
        ),
        (
            'DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern":20261124T140000\nDURATION:PT1H',
            "",
            "",
            "2026-11-24T15:00:00",
            "Europe/Berlin",
            False,
        ),
        ("DTSTART;TZID=Europe/Berlin:20261124T140000", "", "", "2026-11-24T15:00:00", "Europe/Berlin", True),
        (
            "DTSTART;TZID=Europe/Berlin:20261124T140000\nDTEND;TZID=Europe/Berlin:20261124T140000",
            "",
            "",
            "2026-11-24T15:00:00",
            "Europe/Berlin",
            True,
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20261124T140000\nDTEND;TZID=America/New_York:20261124T090000",
            "",
            "",
            "2026-11-24T15:00:00",
            "Europe/Berlin",
            False,
        ),
        (
            "DTSTART;TZID=Europe/Berlin:20261124T140000\nDTEND:20261124T150000",
            "",
            "",
            "2026-11-24T15:00:00",
            "Europe/Berlin",
            False,
        ),
        (
            "DTSTART:20261124T140000Z\nDTEND:20261124T150000Z",
            "X-WR-TIMEZONE:Europe/Berlin",
            "Asia/Tokyo",
            "2026-11-24T16:00:00",
            "Europe/Berlin",
            False,
        ),
        (
            "DTSTART:20261124T140000Z\nDTEND:20261124T150000Z",
            VTIMEZONE.format(name="Europe/Berlin", extra=""),
            "Asia/Tokyo",
            "2026-11-24T16:00:00",
            "Europe/Berlin",
            True,
        ),
        (
            "DTSTART:20261124T140000Z\nDTEND:20261124T150000Z",
            "",
            "Asia/Tokyo",
            "2026-11-25T00:00:00",
            "Asia/Tokyo",
            True,
        ),
        ("DTSTART:20261124T140000Z\nDTEND:20261124T150000Z", "", "", "2026-11-24T15:00:00", "UTC", True),
        (
            "DTSTART;TZID=UTC:20261124T140000\nDTEND;TZID=UTC:20261124T150000",
            "X-WR-TIMEZONE:Asia/Kolkata",
            "",
            "2026-11-24T20:30:00",
            "Asia/Kolkata",
            False,
        ),
        (
            "DTSTART:20261124T140000\nDTEND:20261124T150000",
            "X-WR-TIMEZONE:Europe/Berlin",
            "",
            "2026-11-24T15:00:00",
            "Europe/Berlin",
            True,
        ),
        (
            "DTSTART:20261124T140000\nDTEND:20261124T150000",
            "",
            "Asia/Tokyo",
            "2026-11-24T15:00:00",
            "Asia/Tokyo",
            True,
        ),
        (
            "DTSTART;TZID=Nowhere/Land:20261124T140000\nDTEND;TZID=Nowhere/Land:20261124T150000",
            "",
            "Asia/Tokyo",
            "2026-11-24T15:00:00",
            "Asia/Tokyo",
            True,
        ),
        (
            "DTSTART;TZID=My Zone:20260724T140000\nDTEND;TZID=My Zone:20260724T150000",
            VTIMEZONE.format(name="My Zone", extra=""),
            "",
            "2026-07-24T15:00:00",
            "",
            True,
        ),
        (
            "DTSTART;TZID=My Zone:20260724T140000\nDTEND;TZID=My Zone:20260724T150000",
            VTIMEZONE.format(name="My Zone", extra="X-LIC-LOCATION:Europe/Vienna"),
            "",
            "2026-07-24T15:00:00",
            "Europe/Vienna",
            False,
        ),
        # Clocks go forward at 2:00 in Berlin on 29 March 2026.
        (
            "DTSTART;TZID=Europe/Berlin:20260329T013000\nDURATION:PT1H",
            "",
            "",
            "2026-03-29T03:30:00",
            "Europe/Berlin",
            False,
        ),
        (
            "DTSTART;TZID=Europe/Berlin:2026-11-24T14:00:00\nDURATION:P1DT1H",
            "",
            "",
            "2026-11-25T15:00:00",
            "Europe/Berlin",
            False,
        ),
    ],
)
def test_times_end_in_the_zone_of_the_people(times, head, default, ended, zone, warned):
    [found] = read_invitations(
        calendar(
            "SUMMARY:Zylker - Nurse", "DESCRIPTION:Interviewer: Priya Nair", *PANEL, times=times, head=head
        ),
        me=["maya.lind@gmail.com"],
        default_zone=default,
    )
    assert found.ended_at == dt.datetime.fromisoformat(ended).replace(tzinfo=ZoneInfo(zone or "UTC"))
    assert (found.ended_at.replace(tzinfo=None).isoformat(), found.time_zone.value) == (ended, zone)
    assert bool(found.warnings) is warned, found.warnings


@pytest.mark.parametrize(
    ("text", "ended", "offered"),
    [
        ("", "", ["2026-11-25T17:00"]),
        ("Please arrive by 8:45. The interview is from 10:00 to 10:45.", "", ["2026-11-24T17:00"]),
        ("Interviews at 9:00 - 9:30 or 14:00 - 14:30", "", ["2026-11-24T17:00"]),
    ],
)
def test_of_a_day_without_times_the_end_is_asked(text, ended, offered):
    times = "DTSTART;VALUE=DATE:20261124" + ("" if text else "\nDTEND;VALUE=DATE:20261126")
    [found] = read_invitations(
        calendar("SUMMARY:Zylker", f"DESCRIPTION:{text}", times=times), default_zone="Asia/Tokyo"
    )
    ends = [f"{one:%Y-%m-%dT%H:%M}" for one in (found.ended_at, *found.ends) if one]
    assert ends == [*([ended] if ended else []), *offered]
    assert bool(found.ended_at) is bool(ended)
    assert any("lasts all day" in one for one in found.warnings)


def test_a_time_that_names_no_zone_is_asked_for_one():
    [found] = read_invitations(calendar("SUMMARY:Zylker", times="DTSTART:20261124T150000"))
    assert (f"{found.starts_at:%H:%M}", found.time_zone.value) == ("15:00", "")
    assert any("does not name a time zone" in one for one in found.warnings)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("/America/New_York", "America/New_York"),
        ("Eastern", "America/New_York"),
        ("Mountain", "America/Denver"),
        ("Eastern Standard Time 1", "America/New_York"),
        ("europe/berlin", "Europe/Berlin"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("India Standard Time", "Asia/Kolkata"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("(UTC-08:00) Pacific Time (US & Canada)", "America/Los_Angeles"),
        ("(GMT+01:00) Amsterdam, Berlin", "Europe/Berlin"),
        ("/mozilla.org/20050126_1/America/New_York", "America/New_York"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("/x/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ('"Asia/Tokyo"', "Asia/Tokyo"),
        ("GMT Standard Time", "Europe/London"),
        ("UTC", "UTC"),
        ("UTC+05", ""),
        ("CET", "Europe/Berlin"),
        ("Customized Time Zone", ""),
        ("", ""),
    ],
)
def test_zone_named_knows_what_calendars_call_zones(name, zone):
    assert zone_named(name) == zone


# --- company, position, stage ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "company", "position", "stage"),
    [
        ("Interview with Acme", "Acme", "", None),
        ("Interview at Lumen Health", "Lumen Health", "", None),
        ("Acme - Technical interview", "Acme", "", Stage.TECHNICAL),
        ("Acme Interview: Maya Lind", "Acme", "", None),
        ("Acme | Onsite", "Acme", "", Stage.PANEL),
        ("Final round @ Acme", "Acme", "", Stage.FINAL),
        ("Interview with Priya Nair", "Zylker", "", None),
        ("Maya Lind <> Zylker", "Zylker", "", None),
        ("Interview: Data Analyst at Acme", "Acme", "Data Analyst", None),
        ("Acme - Staff Nurse - Technical interview", "Acme", "Staff Nurse", Stage.TECHNICAL),
        ("Technical Program Manager interview", "Zylker", "Technical Program Manager", None),
        (
            "Senior Backend Engineer phone screen with Priya",
            "Zylker",
            "Senior Backend Engineer",
            Stage.PHONE_SCREEN,
        ),
        (
            "Zylker Technical Interview – Senior Platform Engineer",
            "Zylker",
            "Senior Platform Engineer",
            Stage.TECHNICAL,
        ),
        ("Phone Screen: Maya Lind / Acme", "Acme", "", Stage.PHONE_SCREEN),
        ("Hiring manager chat", "Zylker", "", Stage.HIRING_MANAGER),
        (
            "Interview for the Product Designer role at Blue Bottle Coffee",
            "Blue Bottle Coffee",
            "Product Designer",
            None,
        ),
        ("Teacher of Mathematics interview", "Zylker", "Teacher of Mathematics", None),
        ("System design interview (Acme)", "Acme", "", Stage.TECHNICAL),
        ("Head of Design - Acme Labs - final interview", "Acme Labs", "Head of Design", Stage.FINAL),
        ("Meet the team - Northwind", "Northwind", "", Stage.CULTURE),
        (
            "Interview - Software Engineer II, Payments - ZYLKER",
            "ZYLKER",
            "Software Engineer II, Payments",
            None,
        ),
        (
            "FW: Updated invitation: Onsite - Acme @ Tue 24 Nov 2026 3pm - 4pm (CET) (maya@gmail.com)",
            "Acme",
            "",
            Stage.PANEL,
        ),
        ("Technical interview", "Zylker", "", Stage.TECHNICAL),
        ("Google Onsite Interview", "Google", "", Stage.PANEL),
        ("Coffee chat with the Monzo team", "Monzo", "", None),
        ("On-site at our Berlin office", "Zylker", "", Stage.PANEL),
        ("Interview: Ana Ruiz (Data Scientist)", "Zylker", "Data Scientist", None),
        ("Interview: Panel Beater at Acme", "Acme", "Panel Beater", None),
        ("Interview for the Attorney at Law position at Acme", "Acme", "Attorney at Law", None),
        ("Bewerbungsgespräch bei Acme (Stelle: Lagerleiter)", "Acme", "Lagerleiter", None),
        ("", "Zylker", "", None),
    ],
)
def test_titles_tell_company_position_and_stage(title, company, position, stage):
    [found] = read_invitations(calendar(f"SUMMARY:{title}", *PANEL))
    assert (found.company.value, found.position.value, found.stage) == (company, position, stage)


@pytest.mark.parametrize(
    ("text", "company", "position"),
    [
        ("Role: Senior Nurse", "Zylker", "Senior Nurse"),
        ("Your interview with Acme for the position of Data Engineer.", "Acme", "Data Engineer"),
        (
            "Thank you for applying to Acme Robotics. This is for the Staff Accountant role.",
            "Acme Robotics",
            "Staff Accountant",
        ),
        ("Company: Foo Bar GmbH\\nPosition: QA Engineer (m/f/d)", "Foo Bar GmbH", "QA Engineer"),
        ("<p>Job title: <b>R&amp;D Engineer</b></p><p>Company: Ben &amp; Co</p>", "Ben & Co", "R&D Engineer"),
        ("See you soon.", "Zylker", ""),
    ],
)
def test_descriptions_tell_company_and_position(text, company, position):
    [found] = read_invitations(calendar("SUMMARY:Interview", f"DESCRIPTION:{text}", *PANEL))
    assert (found.company.value, found.position.value) == (company, position)


def test_company_of_a_domain_is_a_guess_and_the_title_is_not():
    people = ("ATTENDEE;CN=Ana Ruiz:mailto:ana@lumen-health.example", PANEL[1])
    [guess] = read_invitations(calendar("SUMMARY:Interview", *people))
    [told] = read_invitations(calendar("SUMMARY:Interview at LumenHealth", *people))
    assert (guess.company.value, guess.company.is_guess) == ("Lumen Health", True)
    assert (told.company.value, told.company.is_guess) == ("LumenHealth", False)


@pytest.mark.parametrize(
    ("text", "label", "fits"),
    [
        ("Zylker", "zylker", True),
        ("Lumen Health", "lumen-health", True),
        ("Lumen", "lumen-health", True),
        ("General Electric", "ge", True),
        ("H&M", "hm", True),
        ("Acme", "zylker", False),
        ("", "zylker", False),
    ],
)
def test_fits_label_knows_a_company_by_its_domain(text, label, fits):
    assert fits_label(text, label) is fits


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("FW: Re: [EXT] Invitation: Interview", "Interview"),
        ("Updated invitation: Interview @ Tue 24 Nov 2026 3pm - 4pm (CET) (maya@gmail.com)", "Interview"),
        ("Accepted: Interview", "Interview"),
        ("Canceled: Interview", "Interview"),
        ("Cancellation: Interview", "Interview"),
        ("Annulation : Interview", "Interview"),
        ("Interview (EST)", "Interview"),
        ("Interview (Eastern Time)", "Interview"),
        ("Interview with Kevin Larsson (CTO)", "Interview with Kevin Larsson"),
        ("Interview @ Acme", "Interview @ Acme"),
        ("Interview: Nurse", "Interview: Nurse"),
        ("FW:", "FW:"),
    ],
)
def test_clean_title_takes_off_what_programs_add(title, clean):
    assert clean_title(title) == clean


# --- events ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "titles"),
    [
        ([event("b", "Second", day=25), event("a", "First")], ["First", "Second"]),
        ([event("a", "Old", "SEQUENCE:1"), event("a", "New", "SEQUENCE:2"), event("a", "Older")], ["New"]),
        (
            [event("a", "New", "DTSTAMP:20261102T000000Z"), event("a", "Old", "DTSTAMP:20261101T000000Z")],
            ["New"],
        ),
        ([event("a", "Series", "RRULE:FREQ=SECONDLY;COUNT=999999999")], ["Series"]),
        (
            [
                event("a", "Series", "RRULE:FREQ=DAILY"),
                event("a", "Moved", "RECURRENCE-ID;TZID=Europe/Berlin:20261124T140000", day=26),
            ],
            ["Moved"],
        ),
        (
            [
                event("a", "Series", "RRULE:FREQ=DAILY"),
                event("a", "Moved", "RECURRENCE-ID;TZID=Europe/Berlin:20261125T140000", day=26),
            ],
            ["Series", "Moved"],
        ),
        (
            [
                event("a", "Alarmed", "BEGIN:VALARM\nSUMMARY:Alarm\nEND:VALARM"),
                "BEGIN:VTODO\nUID:t\nSUMMARY:Todo\nDTSTART:20261124T140000\nEND:VTODO",
            ],
            ["Alarmed"],
        ),
        ([event("a", "Good"), event("b", "No time").replace("DTSTART", "X-START")], ["Good"]),
        (
            [event("a", "Lost its end").replace("\nEND:VEVENT", ""), event("b", "Next", day=25)],
            ["Lost its end", "Next"],
        ),
    ],
)
def test_events_are_distinguished(events, titles):
    text = "\n".join(["BEGIN:VCALENDAR", *events, "END:VCALENDAR"])
    assert [found.title for found in read_invitations(text)] == titles


@pytest.mark.parametrize(
    ("head", "line", "cancelled"),
    [
        ("METHOD:CANCEL", "X-A:1", True),
        ("method:cancel", "X-A:1", True),
        ("METHOD:REQUEST", "STATUS:CANCELLED", True),
        ("METHOD:REQUEST", "STATUS:CONFIRMED", False),
        ("METHOD:REPLY", "X-A:1", False),
    ],
)
def test_cancelled_is_said_by_method_or_status(head, line, cancelled):
    [found] = read_invitations(calendar("SUMMARY:Zylker - Nurse", line, *PANEL, head=head))
    assert found.is_cancelled is cancelled
    assert ("This interview was cancelled; check before you write." in found.warnings) is cancelled


# --- forms a file comes in ------------------------------------------------------------------------------------------


def _folded_bytes(text: str, width: int) -> bytes:
    """Folded every few bytes, even inside characters."""
    rows = []
    for line in text.encode().split(b"\n"):
        rows.append(b"\r\n ".join(line[at : at + width] for at in range(0, len(line), width)) or b"")
    return b"\r\n".join(rows)


@pytest.mark.parametrize(
    "data",
    [
        PLAIN,
        PLAIN.encode(),
        b"\xef\xbb\xbf" + PLAIN.encode(),
        PLAIN.encode("utf-16"),
        PLAIN.encode("utf-16-le"),
        PLAIN.encode("utf-16-be"),
        PLAIN.encode("cp1252"),
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace("\n", "\r"),
        PLAIN.replace("\n", "\n\n"),
        PLAIN.replace("\n", "\r\r\n"),
        PLAIN.replace("END:VCALENDAR\n", ""),
        PLAIN.replace("END:VEVENT\nEND:VCALENDAR\n", ""),
        PLAIN.replace("SUMMARY", "summary").replace("ATTENDEE", "Attendee").replace("BEGIN", "begin"),
        PLAIN.replace("mailto:", ""),
        PLAIN.replace("mailto:", "MAILTO:"),
        "\n".join(f"> {line}" for line in PLAIN.splitlines()),
        "\n".join(f"    {line}" for line in PLAIN.splitlines()),
        "Hello, here it is:\n\n" + PLAIN,
        _folded_bytes(PLAIN, 20),
        mail(PLAIN, to="Maya Lind <maya.lind@gmail.com>"),
    ],
)
def test_the_form_of_the_file_does_not_matter(data):
    [found] = read_invitations(data)
    [plain] = read_invitations(PLAIN)
    told = [
        (one.company.value, one.position.value, one.ended_at, one.people, one.stage) for one in (found, plain)
    ]
    assert told[0] == told[1]
    assert (found.position.value, found.people[0].email) == ("Kinderärztin", "priya.nair@zylker.com")


def test_raw_line_breaks_in_a_description_are_read():
    [found] = read_invitations(
        calendar("SUMMARY:Chat", "DESCRIPTION:Hello\nplease note:\nRole: Data Analyst\nBye", *PANEL)
    )
    assert found.position.value == "Data Analyst"


def test_content_lines_begin_at_the_calendar():
    assert content_lines(b"x\nBEGIN:VEVENT\nSUMMARY;X=1:a\n b\nEND:VEVENT") == [
        ("BEGIN", "BEGIN:VEVENT"),
        ("SUMMARY", "SUMMARY;X=1:ab"),
        ("END", "END:VEVENT"),
    ]


def test_mail_tells_the_user_and_what_the_event_does_not():
    ics = calendar(
        "SUMMARY:Interview",
        "ATTENDEE;CN=Priya Nair:mailto:priya.nair@zylker.com",
        "ATTENDEE:mailto:MAYA@lind.example",
    )
    [found] = read_invitations(mail(ics))
    assert (found.sender_name, found.company.value, found.position.value) == (
        "Maya Lind",
        "Zylker",
        "Data Engineer",
    )
    assert [one.email for one in everybody(found)] == ["priya.nair@zylker.com"]


def test_mail_forwarded_tells_whom_the_first_went_to():
    inner = EmailMessage()
    inner["To"], inner["Subject"] = "Maya Lind <maya@lind.example>", "Interview"
    inner.set_content("see the file")
    ics = calendar("SUMMARY:Zylker", "ATTENDEE:mailto:maya@lind.example", PANEL[0])
    inner.add_attachment(ics.encode(), maintype="application", subtype="ics", filename="invite.ics")
    outer = EmailMessage()
    outer["To"], outer["Subject"] = "me@elsewhere.example", "Fwd: Interview"
    outer.set_content("forwarded")
    outer.add_attachment(inner)
    [found] = read_invitations(outer.as_bytes())
    assert found.sender_name == "Maya Lind"
    assert [one.full_name for one in everybody(found)] == ["Priya Nair"]
