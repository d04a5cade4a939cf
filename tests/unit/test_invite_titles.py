"""Titles as people write them: the company and the position in them."""

import pytest

from drafts.invite import read_invitations

EVENT = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTART;TZID=Europe/Berlin:20261124T140000",
        "DTEND;TZID=Europe/Berlin:20261124T150000",
        "SUMMARY:{title}",
        "ORGANIZER;CN=Priya Nair:mailto:priya@zylker.example",
        "ATTENDEE;CN=Maya Okafor:mailto:maya.okafor@gmail.com",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
)


@pytest.mark.parametrize(
    ("title", "company", "position"),
    [
        ("Zylker <> Maya Okafor: Panel interview", "Zylker", ""),
        ("Interview with Lumen Health - Registered Nurse", "Lumen Health", "Registered Nurse"),
        ("Maya Okafor / Backend Engineer / Onsite", "Zylker", "Backend Engineer"),
        ("Technical Interview - Data Analyst - Acme Corp", "Acme Corp", "Data Analyst"),
        ("Intro call: Maya x Northwind", "Northwind", ""),
        ("2nd round interview - Marketing Manager", "Zylker", "Marketing Manager"),
        ("Phone screen with Kestrel (SRE)", "Kestrel", "SRE"),
        ("Chat with Priya from Zylker", "Zylker", ""),
        ("Final interview | Head of Operations | Bramble Foods", "Bramble Foods", "Head of Operations"),
        ("Your interview at Pomelo Pay is confirmed", "Pomelo Pay", ""),
        (
            r"Interview Confirmation: Senior Accountant\, Halden & Voss LLP",
            "Halden & Voss LLP",
            "Senior Accountant",
        ),
        ("Interview", "Zylker", ""),
        ("Zylker Interview (Maya Okafor)", "Zylker", ""),
        ("Onsite: Staff Platform Engineer @ Zylker", "Zylker", "Staff Platform Engineer"),
        ("Coffee chat Maya/Priya", "Zylker", ""),
        ("Zylker | Maya Okafor | Hiring Manager Interview", "Zylker", ""),
        ("Senior QA Engineer - Zylker GmbH - 1st interview", "Zylker GmbH", "Senior QA Engineer"),
        ("Vorstellungsgespräch Zylker GmbH", "Zylker GmbH", ""),
        ("Vorstellungsgespräch Teamleiter Logistik", "Zylker", "Teamleiter Logistik"),
    ],
)
def test_a_title_names_company_and_position(title, company, position):
    (read,) = read_invitations(EVENT.format(title=title))
    assert (read.company.value, read.position.value) == (company, position)


def test_a_company_that_no_address_bears_out_is_a_guess():
    (read,) = read_invitations(EVENT.format(title="Interview with Tomasz"))
    assert read.company.is_guess
    (read,) = read_invitations(EVENT.format(title="Interview with Zylker"))
    assert not read.company.is_guess
