"""Kinds of invitations by real hiring tools that were once read wrongly, each with our own examples."""

from __future__ import annotations

import pytest

from drafts.invite import InviteError, read_invitations
from tests.unit.invite_samples import MAYA, everybody, read


@pytest.mark.parametrize("line", ["FILENAME:interview", "CATEGORY-LIST;X=1:a,b", "STYLE:plain"])
def test_an_unknown_property_is_a_separate_line(line):
    begin = "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"
    end = "SUMMARY:Interview: Nurse at Zylker\nEND:VEVENT\nEND:VCALENDAR"
    times = ("DTSTART:20261124T140000Z", "DTEND:20261124T153000Z")
    for lines in ([line, *times], [times[0], line, times[1]], [*times, line]):
        [found] = read_invitations(begin + "\n".join(lines) + "\n" + end)
        assert (found.ended_at.hour, found.ended_at.minute, found.company.value) == (15, 30, "Zylker")


@pytest.mark.parametrize(
    ("title", "company", "position", "people"),
    [
        # A person in a title is not the company.
        ("Interview with Tomasz Nowak", "", "", ["Tomasz Nowak"]),
        ("Interview with Tomasz Nowak (CTO)", "", "", ["Tomasz Nowak"]),
        ("Interview with Zylker", "Zylker", "", []),
        ("Entretien avec Camille Lefèvre", "", "", ["Camille Lefèvre"]),
        ("Entrevista con Lucía Ferrer", "", "", ["Lucía Ferrer"]),
        ("Entrevista com Rafael Moura", "", "", ["Rafael Moura"]),
        ("Colloquio con Giulia Conti", "", "", ["Giulia Conti"]),
        ("Gesprek met Sanne Visser", "", "", ["Sanne Visser"]),
        ("Gespräch mit Jonas Kehlmann", "", "", ["Jonas Kehlmann"]),
        # Lengths, zones and notices are neither position nor company.
        ("Zylker interview (4 hours)", "Zylker", "", []),
        ("Zylker interview (90 min)", "Zylker", "", []),
        ("Zylker interview (EST)", "Zylker", "", []),
        ("Zylker interview (Eastern Time)", "Zylker", "", []),
        ("Cancellation: Interview at Zylker", "Zylker", "", []),
        ("Interview for Staff Nurse (Band 5) - Zylker", "Zylker", "Staff Nurse", []),
        # Legal forms keep their dot.
        (r"Interview: Zylker\, Inc. - Data Engineer", "Zylker, Inc.", "Data Engineer", []),
        ("Interview at Zylker Ltd.", "Zylker Ltd.", "", []),
        ("Colloquio presso Ferrando S.p.A.", "Ferrando S.p.A.", "", []),
        # Other languages.
        ("Entretien d'embauche : Chef de projet chez Zylker", "Zylker", "Chef de projet", []),
        (
            "Entrevista de trabajo - Ingeniero de Datos - Grupo Almena",
            "Grupo Almena",
            "Ingeniero de Datos",
            [],
        ),
        ("Sollicitatiegesprek Projectleider bij Waterkant BV", "Waterkant BV", "Projectleider", []),
    ],
)
def test_titles_of_real_tools(title, company, position, people):
    found = read(f"SUMMARY:{title}")

    assert (found.company.value, found.position.value) == (company, position)
    assert [one.full_name for one in found.people] == people


@pytest.mark.parametrize(
    ("title", "text", "company", "position", "people"),
    [
        ("Interview at Zylker Bakery", "Your interview with Zylker Bakery.", "Zylker Bakery", "", []),
        ("Interview", "Interview with Maya Lind for Data Engineer at Zylker.", "Zylker", "Data Engineer", []),
        ("Interview — Maya Lind for Nurse", "Candidate: Maya Lind", "", "Nurse", []),
        (
            "Interview at Zylker",
            "Contact: Grace Ito\\, Email: grace@zylker.com\\, Phone: 555 0100",
            "Zylker",
            "",
            [("Grace Ito", "grace@zylker.com")],
        ),
        (
            "Interview at Zylker",
            "Interviewer: omar.haddad@zylker.com",
            "Zylker",
            "",
            [("Omar Haddad", "omar.haddad@zylker.com")],
        ),
        ("Bewerbungsgespräch bei Zylker GmbH", "Bewerbung als Köchin", "Zylker GmbH", "Köchin", []),
        (
            "Entretien",
            "Entretien pour le poste de Développeur Web chez Zylker",
            "Zylker",
            "Développeur Web",
            [],
        ),
        ("Entrevista", "Entrevista para el puesto de Contable en Zylker", "Zylker", "Contable", []),
        ("Entrevista", "Entrevista para a vaga de Analista na Zylker", "Zylker", "Analista", []),
        ("Colloquio", "Colloquio per la posizione di Contabile presso Zylker", "Zylker", "Contabile", []),
        ("Gesprek", "Gesprek voor de functie van Kok bij Zylker", "Zylker", "Kok", []),
    ],
)
def test_descriptions_of_real_tools(title, text, company, position, people):
    found = read(f"SUMMARY:{title}", f"DESCRIPTION:{text}")

    assert (found.company.value, found.position.value) == (company, position)
    assert [(one.full_name, one.email) for one in everybody(found)] == people


def test_labels_are_not_names():
    found = read(
        "SUMMARY:Technical interview",
        "ATTENDEE;CN=Candidate:mailto:maya.lind@post.example",
        "ATTENDEE;CN=Interviewer:mailto:omar.haddad@zylker.com",
    )
    assert (found.sender_name, [one.full_name for one in everybody(found)]) == ("Maya Lind", ["Omar Haddad"])


def test_whom_the_title_names_is_on_the_panel_and_the_organizer_is_offered():
    found = read(
        "SUMMARY:Interview with Tomasz Nowak", "ORGANIZER;CN=Grace Ito:mailto:grace@zylker.com", MAYA
    )
    assert [one.full_name for one in found.people] == ["Tomasz Nowak"]
    assert [(one.full_name, one.source) for one in found.others] == [("Grace Ito", "organized the event")]


GRACE = "ATTENDEE;CN=Grace Ito:mailto:grace@zylker.com"
OMAR = "ORGANIZER;CN=Omar Haddad:mailto:omar@zylker.com"
OWN = "ATTENDEE;CN=Maya Lind:mailto:maya@lind.example"


@pytest.mark.parametrize(
    ("lines", "me", "sender", "is_offered"),
    [
        ([OMAR, OWN, GRACE], (), "Maya Lind", False),
        ([OMAR, OWN, GRACE], ("Maya Lind",), "Maya Lind", False),
        ([OWN, GRACE], (), "", True),
        ([OWN, GRACE, "DESCRIPTION:Hi Maya\\,\\nsee you soon"], (), "Maya Lind", False),
        ([OWN, GRACE, "DESCRIPTION:Candidate: Maya Lind"], (), "Maya Lind", False),
        (
            ["ATTENDEE;CN=Ann Lee:mailto:ann@gmail.com", "ATTENDEE;CN=Maya Lind:mailto:maya@gmail.com"],
            (),
            "",
            True,
        ),
        ([OMAR, GRACE], (), "", False),
        ([OWN], (), "", True),
    ],
)
def test_the_user_is_known_or_only_offered(lines, me, sender, is_offered):
    found = read("SUMMARY:Interview", *lines, me=me)

    assert (found.sender_name, found.people) == (sender, ())
    assert ("Maya Lind" in [one.full_name for one in found.others]) is is_offered


@pytest.mark.parametrize(
    ("inside", "head", "words"),
    [
        ("BEGIN:VTODO\nSUMMARY:Send thank-you\nEND:VTODO", "", "holds no event, only tasks;"),
        ("BEGIN:VJOURNAL\nSUMMARY:x\nEND:VJOURNAL", "", "holds no event, only journal notes;"),
        ("BEGIN:VFREEBUSY\nEND:VFREEBUSY", "", "holds no event, only free and busy times;"),
        ("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", "METHOD:REPLY", "an answer to an invitation"),
        ("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", "METHOD:CANCEL", "cancels an event without saying when"),
        ("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT", "", "does not say when it begins"),
    ],
)
def test_the_message_for_a_file_without_an_event_says_what_it_contains(inside, head, words):
    with pytest.raises(InviteError, match=words):
        read_invitations(f"BEGIN:VCALENDAR\n{head}\n{inside}\nEND:VCALENDAR\n")


def test_zones_by_the_numbers_of_exchange():
    zone = "BEGIN:VTIMEZONE\nTZID:Own\nX-MICROSOFT-CDO-TZID:13\nEND:VTIMEZONE"
    found = read("SUMMARY:Interview", head=zone, times="DTSTART;TZID=Own:20261124T140000\nDURATION:PT1H")
    assert found.time_zone.value == "America/Los_Angeles"


def test_a_zone_that_a_file_only_defines_by_its_offsets_is_asked_about_each_time():
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Office\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0500\n"
        "TZOFFSETTO:-0500\nEND:STANDARD\nEND:VTIMEZONE"
    )
    times = "DTSTART;TZID=Office:20261124T140000\nDURATION:PT1H"
    assert read("SUMMARY:Interview", head=zone, times=times).time_zone.value == ""
    assert read("SUMMARY:Interview", times=times).time_zone.value == ""


def test_an_address_in_a_text_does_not_cut_the_text():
    found = read(
        "SUMMARY:Interview", r"DESCRIPTION:Position: Data Engineer\nQuestions: mailto:grace@zylker.com"
    )
    assert found.position.value == "Data Engineer"
