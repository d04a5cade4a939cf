"""Only certain values are filled in: who was there, what is a name, and when."""

from __future__ import annotations

import pytest

from drafts.invite import InviteError, facts_document, read_invitations, read_people
from tests.unit.invite_samples import MAYA, ME, everybody, read, read_mail

GRACE = "ORGANIZER;CN=Grace Ito:mailto:grace@zylker.com"


def names(found):
    return [one.full_name for one in found.people]


def test_whom_no_word_calls_an_interviewer_is_offered_with_where_they_stand():
    found = read("SUMMARY:Interview", GRACE, MAYA, "ATTENDEE;CN=Omar Haddad:mailto:omar@zylker.com")
    assert names(found) == []
    assert [(one.full_name, one.email, one.source) for one in found.others] == [
        ("Grace Ito", "grace@zylker.com", "organized the event"),
        ("Omar Haddad", "omar@zylker.com", "was invited"),
    ]
    assert "The invitation does not say who interviews; choose who was there." in found.warnings


def test_a_sender_whom_the_text_names_as_interviewer_stays():
    found = read("SUMMARY:Interview", GRACE, MAYA, r"DESCRIPTION:Panel: Grace Ito\, Omar Haddad")
    assert names(found) == ["Grace Ito", "Omar Haddad"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (r"8.30am Arrival\n9.15am Lesson Observation\n10.00am Written Task", []),
        (
            r"Interviewers: Ana Ruiz\, AVP Financial Planning\, and Omar Haddad",
            ["Ana Ruiz", "Omar Haddad"],
        ),
        (r"You will be meeting with Mark Hill.", ["Mark Hill"]),
        (r"Met vriendelijke groeten\nSanne", []),
        (r"le confermiamo il colloquio con la dott.ssa Chiara Lodi.", ["Chiara Lodi"]),
        (r"Questions? Text Ana Ruiz\, Recruiting Coordinator\, 303-555-0172", []),
        (r"Interviewer: Ana Ruiz und Omar Haddad", ["Ana Ruiz", "Omar Haddad"]),
        (r"Our manager\, Mr. Omar Haddad\, will call you.", ["Mr. Omar Haddad"]),
    ],
)
def test_texts_that_are_not_names_are_nobody(text, people):
    assert names(read("SUMMARY:Interview", MAYA, f"DESCRIPTION:{text}")) == people


def test_whoever_stands_below_the_end_of_a_list_is_offered():
    text = r"Panel:\n• Ana Ruiz\nChief Curator\n\n• Omar Haddad\nTrustee"
    found = read("SUMMARY:Interview", MAYA, f"DESCRIPTION:{text}")
    people, others = ([one.full_name for one in some] for some in (found.people, found.others))
    assert (people, others) == (["Ana Ruiz"], ["Omar Haddad"])


def test_one_person_written_in_two_ways_is_one():
    found = read(
        "SUMMARY:Colloquio",
        MAYA,
        "ATTENDEE:mailto:c.lodi@ferrante.it",
        "DESCRIPTION:con la dott.ssa Chiara Lodi.",
    )
    assert names(found) == ["Chiara Lodi"]


def test_names_of_notes_end_at_the_slash_and_a_secretariat_is_nobody():
    found = read(
        "SUMMARY:Interview",
        MAYA,
        "ATTENDEE;CN=Bram Verhulst/HR/VDK:mailto:bram@vdk.be",
        "ATTENDEE;CN=Segreteria Studio Lodi:mailto:studio@vdk.be",
    )
    assert [one.full_name for one in everybody(found)] == ["Bram Verhulst"]


def test_last_name_first_is_turned_in_a_pasted_list():
    people = read_people("Duarte, Anabela - Plant Manager\nKowalski, Greg - Operations Manager")
    assert [(one.full_name, one.job_title) for one in people] == [
        ("Anabela Duarte", "Plant Manager"),
        ("Greg Kowalski", "Operations Manager"),
    ]


@pytest.mark.parametrize(
    ("domain", "signature", "company"),
    [
        ("southerncrossfreight.com", "Omar\\nSouthern Cross Freight", "Southern Cross Freight"),
        ("lakelandpump.com", "HR Generalist\\, Lakeland Pump & Motor", "Lakeland Pump & Motor"),
        ("casadesaudesaomamede.pt", "Omar", ""),
    ],
)
def test_a_squeezed_domain_is_written_as_the_text_has_it_or_not_at_all(domain, signature, company):
    found = read(
        "SUMMARY:Interview", MAYA, f"ATTENDEE;CN=Omar Haddad:mailto:omar@{domain}", f"DESCRIPTION:{signature}"
    )
    assert found.company.value == company


def test_two_people_are_no_position():
    found = read(
        "SUMMARY:Candidate call: Maya Lind & Omar Haddad (Zylker Partners)",
        MAYA,
        "ATTENDEE;CN=Omar Haddad:mailto:omar@zylker.com",
    )
    assert found.position.value == ""


def test_events_of_one_day_are_one_interview():
    def event(hour, name, person):
        return (
            f"BEGIN:VEVENT\nUID:{hour}\nDTSTART:20261214T{hour}0000Z\nDTEND:20261214T{hour}4500Z\n"
            f"SUMMARY:{name} | Zylker\n"
            f"DESCRIPTION:Position: Data Engineer\\nInterviewer: {person}\n{MAYA}\nEND:VEVENT\n"
        )

    events = event(10, "System design", "Omar Haddad") + event(13, "Values", "Leila Haddad")
    [found] = read_invitations(f"BEGIN:VCALENDAR\n{events}END:VCALENDAR", me=ME)
    assert (found.ended_at.hour, found.ended_at.minute) == (13, 45)
    assert names(found) == ["Omar Haddad", "Leila Haddad"]
    assert found.warnings[0].startswith("2 events of this day were taken as one interview")


def test_a_vague_day_is_no_error_and_no_guess():
    found = read_mail("Hi Maya,", "Can you come in Thursday at 3 for a chat?", "Cheers", "Nell")
    assert (found.starts_at, found.ended_at) == (None, None)
    assert any("fill in the date and time" in text for text in found.warnings)
    with pytest.raises(InviteError):
        read_mail("Our office is closed on Thursday.")


def test_a_postponed_interview_has_no_time():
    found = read_mail(
        "Dear Maya,",
        "we have to postpone your interview for the Teller position on Monday, November 30th at 9:30 a.m.",
    )
    assert found.starts_at is None
    assert (
        found.warnings[0]
        == "The mail says that an interview was postponed or cancelled; check before you write."
    )


def test_a_day_of_a_quoted_mail_is_not_taken():
    found = read_mail(
        "Option 2 works great for the interview, I will meet you at the branch then.",
        "> On Nov 24, 2026, at 1:02 PM, Maya Lind wrote:",
        "> 1) Wednesday Dec 2 at 8:00 am",
        "> 2) Friday Dec 4 at 3:30 pm",
    )
    assert found.starts_at is None
    assert "A day stands only in a mail that is quoted; take the one that was agreed on." in found.warnings


def test_unsettled_values_are_reported():
    found = read_mail(
        "Interview for the role of Designer", "Wed 2 December 2026, 12:30pm", "Interviewer to be confirmed"
    )
    assert any("not settled yet" in text for text in found.warnings)


# --- what is left to choose -----------------------------------------------------------------------------------------


def others(found):
    return [(one.full_name, one.email) for one in found.others]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            r"Questions? Text Ana Ruiz\, Recruiting Coordinator.\nYour notes go to Dr. Leila Haddad",
            ["Ana Ruiz", "Dr. Leila Haddad"],
        ),
        (r"Hello Ana Ruiz\, see you in New York at Zylker. Best Regards", []),
        (r"Lesson Observation\, then Written Task", []),
        (r"Panel: Omar Haddad\nAlso there: Patrick MORVAN", ["Patrick Morvan"]),
        (r"https://zylker.com/Ana Ruiz/x ana.ruiz@Zylker Ruiz", []),
    ],
)
def test_people_who_are_only_named_are_offered_and_not_taken(text, named):
    found = read("SUMMARY:Interview at Zylker", MAYA, f"DESCRIPTION:{text}")
    assert [name for name, _ in others(found)] == named
    assert not set(named) & set(names(found))


def test_whoever_only_sent_the_invitation_is_offered_with_their_address():
    found = read("SUMMARY:Interview", GRACE, MAYA, "ATTENDEE;CN=Omar Haddad:mailto:omar@zylker.com")
    assert others(found) == [("Grace Ito", "grace@zylker.com"), ("Omar Haddad", "omar@zylker.com")]
    assert (
        "The invitation also names Grace Ito (organized the event), Omar Haddad (was invited); "
        "add anyone else who interviewed you."
    ) in facts_document(found)["warnings"]


def test_the_user_and_the_panel_are_offered_to_nobody():
    found = read(
        "SUMMARY:Interview", MAYA, r"DESCRIPTION:Maya Lind meets Omar Haddad.\nInterviewer: Omar Haddad"
    )
    assert others(found) == []


def test_of_two_companies_none_is_taken_and_both_are_offered():
    found = read_mail(
        "Interview for the Nurse role: Cardiology | Northwind",
        "Cardiology is on the third floor. Northwind looks forward to seeing you.",
        "Wed 2 December 2026, 12:30pm - 1pm",
    )
    assert found.company.value == ""
    assert set(found.companies) >= {"Cardiology", "Northwind"}
    assert "The invitation does not clearly name the company; fill it in." in found.warnings


def test_a_company_that_is_borne_out_leaves_nothing_to_choose():
    found = read("SUMMARY:Interview at Zylker", MAYA, "ATTENDEE;CN=Omar Haddad:mailto:omar@zylker.com")
    assert (found.company.is_guess, found.companies) == (False, ())


@pytest.mark.parametrize(
    ("title", "company", "is_guess"),
    [
        ("Candidate call (Zylker Talent Partners)", "", False),
        ("Call with Omar Haddad of Zylker Landscapes", "Zylker Landscapes", False),
    ],
)
def test_an_agency_is_not_taken_and_a_person_is_no_part_of_a_company(title, company, is_guess):
    found = read(f"SUMMARY:{title}", MAYA, "ATTENDEE;CN=Omar Haddad:mailto:omar@zylker.com")
    assert (found.company.value, found.company.is_guess) == (company, is_guess)
