from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.domain.facts import Role
from drafts.domain.texts import text_fault
from drafts.domain.values import EMAIL
from drafts.invite import Invitee, LeftOut, read_invitations, read_people
from drafts.invite.described import described_people
from drafts.invite.names import is_occupation, may_be_address_of, name_from_address, person_name
from drafts.invite.people import is_role_address
from drafts.invite.texts import address_of
from tests.unit.invite_samples import everybody


@pytest.mark.parametrize(
    ("written", "name", "title"),
    [
        ("Priya Nair", "Priya Nair", ""),
        ("Nair, Priya", "Priya Nair", ""),
        ("NAIR, Priya", "Priya Nair", ""),
        ("WÓJCIK Tomasz", "Tomasz Wójcik", ""),
        ("Tomasz WÓJCIK", "Tomasz Wójcik", ""),
        ("PRIYA NAIR", "Priya Nair", ""),
        ("priya nair", "Priya Nair", ""),
        ("Priya Nair (Acme)", "Priya Nair", ""),
        ("Nair, Priya (Acme)", "Priya Nair", ""),
        ("Priya Nair | Acme", "Priya Nair", ""),
        ("Priya Nair - Staff Engineer", "Priya Nair", "Staff Engineer"),
        ("Priya Nair (Staff Engineer)", "Priya Nair", "Staff Engineer"),
        ("Ana Ruiz, Engineering Manager", "Ana Ruiz", "Engineering Manager"),
        ("Ana Ruiz, PhD", "Ana Ruiz", ""),
        ("Martin Smith, Jr.", "Martin Smith Jr.", ""),
        ("Dr. Ana Ruiz", "Dr. Ana Ruiz", ""),
        ("Müller-Lüdenscheidt, Prof. Hans", "Prof. Hans Müller-Lüdenscheidt", ""),
        ("O'BRIEN, Siobhán", "Siobhán O'Brien", ""),
        ("van der Berg, Jan", "Jan van der Berg", ""),
        ("JD Smith", "JD Smith", ""),
        ("李小龍", "李小龍", ""),
        ("田中 太郎", "田中 太郎", ""),
        ("Анна Каренина", "Анна Каренина", ""),
        ("محمد علي", "محمد علي", ""),
        ("Priya Nair <priya@x.example>", "Priya Nair", ""),
        ('"Priya Nair"', "Priya Nair", ""),
        ("priya@x.example", "", ""),
        ("", "", ""),
    ],
)
def test_person_name_is_as_people_write_it(written, name, title):
    assert person_name(written) == (name, title)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("priya.nair@x.example", "Priya Nair"),
        ("priya_nair@x.example", "Priya Nair"),
        ("priya-nair2@x.example", "Priya Nair"),
        ("priya.nair+work@x.example", "Priya Nair"),
        ("PRIYA.NAIR@x.example", "Priya Nair"),
        ("p.nair@x.example", "P. Nair"),
        ("pnair@x.example", "Pnair"),
        ("priya.nair.ext@x.example", "Priya Nair"),
        ("1234@x.example", "1234"),
    ],
)
def test_name_from_address_is_a_fair_guess(address, name):
    assert name_from_address(address) == name


@pytest.mark.parametrize(
    ("address", "is_role"),
    [
        ("no-reply@acme.example", True),
        ("noreply@acme.example", True),
        ("interviews@acme.example", True),
        ("recruiting-team@acme.example", True),
        ("talent.acquisition@acme.example", True),
        ("acme-careers@acme.example", True),
        ("hr@acme.example", True),
        ("calendar-notification@google.com", True),
        ("priya.nair@acme.example", False),
        ("hrithik@acme.example", False),
        ("job.cohen@acme.example", False),
        ("us@acme.example", True),
    ],
)
def test_role_addresses_belong_to_nobody(address, is_role):
    assert is_role_address(address) is is_role


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("Senior Platform Engineer", True),
        ("Software Engineer II", True),
        ("Head of Design", True),
        ("VP Engineering", True),
        ("Director of Talent", True),
        ("Engineering Manager, Payments", True),
        ("Registered Nurse", True),
        ("Priya Nair", False),
        ("Acme", False),
        ("", False),
    ],
)
def test_is_occupation_knows_positions(text, job):
    assert is_occupation(text) is job


@pytest.mark.parametrize(
    ("name", "address", "may_be"),
    [
        ("Priya Nair", "pnair@x.example", True),
        ("Priya Nair", "priya.nair@x.example", True),
        ("Priya Nair", "nairp@x.example", True),
        ("Tomasz Wójcik", "twojcik@x.example", True),
        ("Ana Ruiz", "pnair@x.example", False),
    ],
)
def test_may_be_address_of_knows_how_firms_make_addresses(name, address, may_be):
    assert may_be_address_of(name, address) is may_be


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("mailto:a@x.example", "a@x.example"),
        ("MAILTO:a@x.example", "a@x.example"),
        ("a@x.example", "a@x.example"),
        ("mailto:a%40x.example", "a@x.example"),
        ("mailto:a@x.example?subject=hi", "a@x.example"),
        ("invalid:nomail", ""),
        ("mailto:a@x", ""),
        ("mailto:a b@x.example", ""),
        ("mailto:a..b@x.example", ""),
    ],
)
def test_address_of_takes_only_what_mail_can_go_to(written, address):
    assert address_of(written) == address


# --- who is left out ------------------------------------------------------------------------------------------------


def read(*lines: str, me: tuple[str, ...] = (), head: str = "", description: str = ""):
    body = "\n".join([*lines, f"DESCRIPTION:{description}"])
    [found] = read_invitations(
        f"BEGIN:VCALENDAR\n{head}\nBEGIN:VEVENT\nUID:1\nSUMMARY:Zylker - Nurse\n"
        f"DTSTART;TZID=Europe/Berlin:20261124T140000\nDURATION:PT1H\n{body}\nEND:VEVENT\nEND:VCALENDAR\n",
        me=me,
    )
    return found


ANA = "ATTENDEE;CN=Ana Ruiz:mailto:ana.ruiz@zylker.com"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("ATTENDEE;CUTYPE=ROOM;CN=Kandinsky:mailto:k@zylker.com", "a room or another resource, not a person"),
        (
            "ATTENDEE;CUTYPE=RESOURCE;CN=Kandinsky:mailto:k@zylker.com",
            "a room or another resource, not a person",
        ),
        (
            "ATTENDEE;CN=Kandinsky:mailto:c_1@resource.calendar.google.com",
            "a room or another resource, not a person",
        ),
        ("ATTENDEE;CN=Conference room 4:mailto:b1-4@zylker.com", "a room or another resource, not a person"),
        ("ATTENDEE;CUTYPE=GROUP;CN=Platform:mailto:platform@zylker.com", "a group, not a person"),
        ("ATTENDEE;PARTSTAT=DECLINED;CN=Kim Lee:mailto:kim.lee@zylker.com", "declined the invitation"),
        ("ATTENDEE;CN=Otter:mailto:bot@otter.ai", "a program that takes notes"),
        ("ATTENDEE;CN=Fireflies.ai Notetaker:mailto:fred@zylker.com", "a program that takes notes"),
        (
            "ATTENDEE;CN=Zylker via Greenhouse:mailto:x@us.greenhouse-mail.io",
            "an address of a scheduling or recruiting program",
        ),
        ("ATTENDEE:mailto:jo@hire.lever.co", "an address of a scheduling or recruiting program"),
        ("ATTENDEE;CN=Zylker:mailto:recruiting@zylker.com", "a shared address, not a person's"),
        ("ATTENDEE;CN=Platform Team:mailto:platform@zylker.com", "a team or a shared calendar, not a person"),
        (
            "ORGANIZER;CN=Calendly:mailto:notifications@calendly.com",
            "an address of a scheduling or recruiting program",
        ),
    ],
)
def test_who_was_not_in_the_room_is_left_out_with_a_reason(line, reason):
    found = read(ANA, line)
    assert [one.full_name for one in everybody(found)] == ["Ana Ruiz"]
    assert [one.reason for one in found.left_out] == [reason]


@pytest.mark.parametrize(
    ("lines", "me", "head", "sender"),
    [
        (("ATTENDEE;CN=Maya Lind:mailto:maya@lind.example",), ("MAYA@lind.example",), "", "Maya Lind"),
        (("ATTENDEE;CN=Maya Lind:mailto:maya+jobs@lind.example",), ("maya@lind.example",), "", "Maya Lind"),
        (("ATTENDEE;CN=Maya Lind:mailto:maya@gmail.com",), (), "", "Maya Lind"),
        (("ATTENDEE;CN=maya.lind@gmail.com:mailto:maya.lind@gmail.com",), (), "", "Maya Lind"),
        (("ATTENDEE:mailto:mlind@gmail.com",), (), "", ""),
        (("ORGANIZER;CN=Maya Lind:mailto:maya@gmail.com",), (), "", "Maya Lind"),
        (
            ("ATTENDEE;CN=Maya Lind:mailto:maya@lind.example",),
            (),
            "X-WR-CALNAME:maya@lind.example",
            "Maya Lind",
        ),
    ],
)
def test_the_user_is_left_out_and_gives_the_senders_name(lines, me, head, sender):
    found = read(ANA, *lines, me=me, head=head)
    assert found.sender_name == sender
    assert [one.full_name for one in everybody(found)] == ["Ana Ruiz"]
    assert len(found.left_out) == 1


def test_two_private_addresses_leave_nobody_out():
    found = read("ATTENDEE;CN=Maya Lind:mailto:maya@gmail.com", "ATTENDEE;CN=Ana Ruiz:mailto:ana@gmail.com")
    assert ([one.full_name for one in found.others], found.left_out) == (["Maya Lind", "Ana Ruiz"], ())


def test_the_organizer_is_offered_once():
    organizer = "ORGANIZER;CN=Dana Cole:mailto:dana.cole@zylker.com"
    dana = Invitee("Dana Cole", "dana.cole@zylker.com", "", None, "organized the event", False)
    ana = Invitee("Ana Ruiz", "ana.ruiz@zylker.com", "", None, "was invited", False)
    assert (read(organizer).people, read(organizer).others) == ((), (dana,))
    assert read(ANA, organizer).others == (dana, ana)
    both = read(ANA, "ORGANIZER:mailto:ANA.RUIZ@zylker.com")
    assert [(one.full_name, one.source) for one in both.others] == [("Ana Ruiz", "organized the event")]


@pytest.mark.parametrize(
    ("line", "name", "email"),
    [
        ('ATTENDEE;CN="Nair, Priya":mailto:p@zylker.com', "Priya Nair", "p@zylker.com"),
        ("ATTENDEE;CN=Nair, Priya:mailto:p@zylker.com", "Priya Nair", "p@zylker.com"),
        ("ATTENDEE;CN=Nair\\, Priya:mailto:p@zylker.com", "Priya Nair", "p@zylker.com"),
        ("ATTENDEE;CN=Priya ^'Pri^' Nair:mailto:p@zylker.com", 'Priya "Pri" Nair', "p@zylker.com"),
        ('ATTENDEE;CN="Priya Nair;ROLE=X:mailto:p@zylker.com', "Priya Nair", "p@zylker.com"),
        ("ATTENDEE;CN=Priya Nair;EMAIL=p@zylker.com:invalid:nomail", "Priya Nair", "p@zylker.com"),
        ("ATTENDEE;CN=Priya Nair:/O=EXCHANGELABS/CN=PRIYA", "Priya Nair", ""),
        (
            "ATTENDEE;CN=Lead: Priya Nair:mailto:priya.nair@zylker.com",
            "Lead Priya Nair",
            "priya.nair@zylker.com",
        ),
        ("ATTENDEE;CN=p@zylker.com:mailto:priya.nair@zylker.com", "Priya Nair", "priya.nair@zylker.com"),
        ("ATTENDEE:mailto:priya.nair@zylker.com", "Priya Nair", "priya.nair@zylker.com"),
    ],
)
def test_attendees_of_every_form_are_read(line, name, email):
    assert [(one.full_name, one.email) for one in read(ANA, line).others[1:]] == [(name, email)]


# --- people named in the description --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        (
            ["Interviewers: Priya Nair (Staff Engineer), Tomasz Wójcik"],
            [("Priya Nair", "Staff Engineer"), ("Tomasz Wójcik", "")],
        ),
        (["You will be meeting with Ana Ruiz, Engineering Manager."], [("Ana Ruiz", "Engineering Manager")]),
        (["You'll meet with Ana Ruiz and Ken Ito."], [("Ana Ruiz", ""), ("Ken Ito", "")]),
        (
            ["You will speak with our Engineering Manager Ana Ruiz about the team"],
            [("Ana Ruiz", "Engineering Manager")],
        ),
        (
            [
                "Interviewers:",
                "- Ana Ruiz - Engineering Manager",
                "- Ken Ito (Staff Engineer)",
                "",
                "Best, Dana",
            ],
            [("Ana Ruiz", "Engineering Manager"), ("Ken Ito", "Staff Engineer")],
        ),
        (
            [
                "13:00 - 13:45 Priya Nair, Staff Engineer – System design",
                "2:00 PM: Coding with Ana Ruiz (Engineer)",
                "10:00–10:45 | Culture | Ken Ito",
                "12:00 Lunch break",
            ],
            [("Priya Nair", "Staff Engineer"), ("Ana Ruiz", "Engineer"), ("Ken Ito", "")],
        ),
        (["Panel: Priya, Tomasz & Dr. Ana Ruiz"], [("Priya", ""), ("Tomasz", ""), ("Dr. Ana Ruiz", "")]),
        (["Join Zoom Meeting", "Meeting ID: 123", "Best regards"], []),
        (["You will be meeting with the team about our work"], []),
        ([], []),
    ],
)
def test_described_people_are_those_the_words_name(lines, people):
    assert [(one.full_name, one.job_title) for one in described_people(lines)] == people


def test_someone_known_by_address_gains_name_and_title_from_the_description():
    found = read("ATTENDEE:mailto:pnair@zylker.com", description="Interviewers: Priya Nair (Staff Engineer)")
    assert found.people == (
        Invitee("Priya Nair", "pnair@zylker.com", "Staff Engineer", Role.PEER, "the description", False),
    )
    assert found.warnings == ()


def test_the_description_does_not_bring_back_who_was_left_out():
    found = read(
        ANA,
        "ATTENDEE;PARTSTAT=DECLINED;CN=Kim Lee:mailto:kim.lee@zylker.com",
        "ATTENDEE;CN=Maya Lind:mailto:maya@gmail.com",
        description="Interviewers: Kim Lee\\, Ana Ruiz\\, Maya Lind",
    )
    assert [one.full_name for one in found.people] == ["Ana Ruiz"]
    assert found.left_out == (
        LeftOut("Kim Lee", "kim.lee@zylker.com", "declined the invitation"),
        LeftOut("Maya Lind", "maya@gmail.com", "probably you: the only private address (a guess)"),
    )


def test_a_first_name_alone_is_to_be_completed():
    found = read(description="You will meet with Omar.")
    assert (
        "There is only the name Omar. You can add the rest if you know it; if not, go on without it."
        in found.warnings
    )


# --- pasted lists ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Priya Nair <priya@x.example>, Wójcik, Tomasz",
            [("Priya Nair", "priya@x.example", ""), ("Tomasz Wójcik", "", "")],
        ),
        ('"O\'Brien, Siobhán" <s@x.example>', [("Siobhán O'Brien", "s@x.example", "")]),
        ("Dr. Ana Ruiz - Staff Engineer", [("Dr. Ana Ruiz", "", "Staff Engineer")]),
        ("Priya Nair; Tomasz Wójcik", [("Priya Nair", "", ""), ("Tomasz Wójcik", "", "")]),
        ("Priya Nair, Tomasz Wójcik", [("Priya Nair", "", ""), ("Tomasz Wójcik", "", "")]),
        (
            "Nair, Priya; Wójcik, Tomasz; Ruiz, Ana",
            [("Priya Nair", "", ""), ("Tomasz Wójcik", "", ""), ("Ana Ruiz", "", "")],
        ),
        (
            "Nair, Priya <priya.nair@x.example>; Wójcik, Tomasz <tw@x.example>",
            [("Priya Nair", "priya.nair@x.example", ""), ("Tomasz Wójcik", "tw@x.example", "")],
        ),
        ("van der Berg, Jan <jan@x.example>", [("Jan van der Berg", "jan@x.example", "")]),
        ("Priya, Tomasz, Ana", [("Priya", "", ""), ("Tomasz", "", ""), ("Ana", "", "")]),
        (
            "- Priya Nair\n* Tomasz Wójcik\n3) Ana Ruiz\n4. Ken Ito",
            [("Priya Nair", "", ""), ("Tomasz Wójcik", "", ""), ("Ana Ruiz", "", ""), ("Ken Ito", "", "")],
        ),
        ("Priya Nair and Tomasz Wójcik", [("Priya Nair", "", ""), ("Tomasz Wójcik", "", "")]),
        (
            "Priya Nair, Ana Ruiz & Ken Ito",
            [("Priya Nair", "", ""), ("Ana Ruiz", "", ""), ("Ken Ito", "", "")],
        ),
        ("Lena Fox, Head of Sales and Marketing", [("Lena Fox", "", "Head of Sales and Marketing")]),
        (
            "Priya Nair, Staff Engineer, Ana Ruiz, Engineering Manager",
            [("Priya Nair", "", "Staff Engineer"), ("Ana Ruiz", "", "Engineering Manager")],
        ),
        ("Priya Nair (Staff Engineer, Payments)", [("Priya Nair", "", "Staff Engineer, Payments")]),
        ("[Priya Nair](mailto:priya@x.example)", [("Priya Nair", "priya@x.example", "")]),
        ("Priya Nair <mailto:priya@x.example>", [("Priya Nair", "priya@x.example", "")]),
        (
            "Name\tEmail\tTitle\nPriya Nair\tpriya@x.example\tStaff Engineer",
            [("Priya Nair", "priya@x.example", "Staff Engineer")],
        ),
        ("Priya\tNair\tpriya@x.example", [("Priya Nair", "priya@x.example", "")]),
        ("priya.nair@x.example", [("Priya Nair", "priya.nair@x.example", "")]),
        (
            "priya.nair@x.example ana.ruiz@x.example",
            [("Priya Nair", "priya.nair@x.example", ""), ("Ana Ruiz", "ana.ruiz@x.example", "")],
        ),
        ("Interviewers: Priya Nair, Ana Ruiz", [("Priya Nair", "", ""), ("Ana Ruiz", "", "")]),
        ("Priya Nair\nPRIYA NAIR <p@x.example>\npriya nair", [("Priya Nair", "p@x.example", "")]),
        ("p.nair@x.example\nPriya Nair <p.nair@x.example>", [("Priya Nair", "p.nair@x.example", "")]),
        ("李小龍; 田中 太郎", [("李小龍", "", ""), ("田中 太郎", "", "")]),
        ("Ana Ruiz, PhD", [("Ana Ruiz", "", "")]),
        ("https://zoom.us/j/1", []),
        ("", []),
        (" ,;\n\t-", []),
    ],
)
def test_read_people_takes_a_list_apart(text, people):
    assert [(one.full_name, one.email, one.job_title) for one in read_people(text)] == people


def test_read_people_says_what_is_a_guess():
    assert [one.is_guess for one in read_people("Priya Nair <p@x.example>, ana.ruiz@x.example")] == [
        False,
        True,
    ]


def test_read_people_takes_a_hundred_at_most():
    names = [f"Ana {a}{b}z" for a in "BCDFGHKLMNPR" for b in "aeiouxyqsw"]
    assert [one.full_name for one in read_people("\n".join(names))] == names[:100]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=300), st.text(alphabet='Aab@.,;<>"()\t\n &-[]:', max_size=200)))
def test_read_people_gives_only_what_the_forms_accept(text):
    for one in read_people(text):
        assert one.full_name
        assert text_fault("full_name", one.full_name) is None
        assert text_fault("job_title", one.job_title) is None
        assert not one.email or EMAIL.match(one.email)


@pytest.mark.parametrize(
    "text", ["a," * 60_000, "Anab, " * 20_000, '"a' * 50_000, "<" * 100_000, "a@b.co," * 20_000, "[" * 90_000]
)
def test_read_people_survives_a_long_paste(text):
    assert len(read_people(text)) <= 100
