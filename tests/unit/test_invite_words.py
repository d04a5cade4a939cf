"""What an invitation's text reveals: the company, the position, who takes part, and how long it takes."""

from __future__ import annotations

import datetime as dt

import pytest

from drafts.invite import read_invitations, read_people
from drafts.invite.companies import fits_label
from tests.unit.invite_samples import MAYA, calendar, read, read_mail

DAY = "Your interview is on Tuesday, December 8, 2026 at 2:00 PM."


def people(found):
    return [(one.full_name, one.email) for one in found.people]


@pytest.mark.parametrize(
    ("name", "label", "fits"),
    [
        ("Elm Street Credit Union", "elmstreetcu", False),
        ("Fundación Hospital Santa Brígida", "hsantabrigida", False),
        ("Marsh & Fell Bakeries", "marshandfell", True),
        ("Procter & Gable", "pg", True),
        ("Elm Street Credit Union", "elmwood", False),
        ("Ana Ruiz", "zylkerdata", False),
        ("Zylker Data", "anaruiz", False),
    ],
)
def test_a_domain_holds_a_companys_name_with_or_without_and(name, label, fits):
    assert fits_label(name, label) is fits


@pytest.mark.parametrize(
    "lines",
    [
        ["Kind regards", "Grace Ito", "Office Manager", "Birch and Loom"],
        ["Herzliche Grüße aus dem Haus", "Grace Ito", "Birch and Loom"],
        ["Cheers", "Grace", "Birch and Loom"],
        ["Best,", "Grace Ito", "Recruiter, Birch and Loom"],
    ],
)
def test_the_company_below_the_writers_name_is_a_guess(lines):
    found = read_mail("Hi Maya,", DAY, "", *lines)
    assert (found.company.value, found.company.is_guess) == ("Birch and Loom", True)
    assert any(text.startswith("The company, Birch and Loom, is a guess") for text in found.warnings)


def test_a_company_that_is_signed_and_said_is_sure():
    found = read_mail(
        "Hi Maya,",
        DAY,
        "We look forward to showing you Birch and Loom.",
        "",
        "Best,",
        "Grace Ito",
        "Birch and Loom",
    )
    assert (found.company.value, found.company.is_guess) == ("Birch and Loom", False)


def test_a_program_that_is_called_like_the_company_makes_it_sure():
    robot = 'ORGANIZER;CN="Prairie Lakes Mutual Careers":mailto:prairie@talent.icims.com'
    found = read("SUMMARY:Interview with Prairie Lakes Mutual: Claims Adjuster", MAYA, robot)
    assert (found.company.value, found.company.is_guess) == ("Prairie Lakes Mutual", False)


def test_the_before_a_company_goes_where_it_is_also_called_without():
    found = read(
        "SUMMARY:Phone Interview with Zylker Labs",
        MAYA,
        r"DESCRIPTION:We are glad to talk at Zylker Labs.\n\nThanks\,\nThe Zylker Labs Recruiting Team",
    )
    assert found.company.value == "Zylker Labs"


@pytest.mark.parametrize(
    ("text", "position", "is_guess"),
    [
        ("Your interview with Zylker for Data Analyst is confirmed.", "Data Analyst", False),
        ("Thank you for applying to be a Customer Advisor at Zylker.", "Customer Advisor", False),
        ("We talk about your portfolio and the Junior Architect position.", "Junior Architect", False),
        ("An interview for the post of School Bursar at Zylker in the boardroom.", "School Bursar", False),
        ("We meet in the lobby for Data Analyst talks.", "", False),
    ],
)
def test_how_a_sentence_names_the_position(text, position, is_guess):
    found = read("SUMMARY:Zylker", MAYA, f"DESCRIPTION:{text}".replace(",", r"\,")).position
    assert (found.value, found.is_guess) == (position, is_guess)


def test_an_occupation_that_no_sentence_calls_the_position_is_offered():
    found = read("SUMMARY:Zylker", MAYA, "DESCRIPTION:Before that comes the Engineering Manager interview.")
    assert (found.position.value, found.positions) == ("", ("Engineering Manager",))


def test_a_job_title_of_somebody_named_is_not_offered_as_the_position():
    found = read("SUMMARY:Zylker", MAYA, r"DESCRIPTION:Interviewer: Ana Ruiz\, Staff Engineer")
    assert (found.position.value, found.positions) == ("", ())


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("It will be about half an hour.", 30),
        ("It should take a couple of hours.", 120),
        ("It takes an hour and a half.", 90),
        ("Please come half an hour early. It takes 45 minutes.", 45),
    ],
)
def test_durations_in_words(words, minutes):
    found = read_mail("Hi Maya,", f"{DAY} {words}")
    assert found.ended_at - found.starts_at == dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("lines", "zone"),
    [
        (["Time:", "10:30 a.m. - 12:00 p.m.", "(Central Time)"], "America/Chicago"),
        (["at 10:30 German time"], "Europe/Berlin"),
        (["10:30 - 11:00", "Ana Ruiz"], "Europe/London"),
    ],
)
def test_the_zone_may_stand_below_the_time(lines, zone):
    found = read_mail("Hi Maya,", "Your interview is on December 8, 2026", *lines)
    assert found.time_zone.value == zone


@pytest.mark.parametrize(
    "words",
    [
        "You will meet with Omar Haddad and me.",
        "I'll meet you at the branch. Omar Haddad will sit in.",
        "Omar Haddad, our treasurer, and I will be on the panel.",
    ],
)
def test_a_writer_who_takes_part_is_on_the_panel(words):
    found = read_mail("From: Grace Ito <grace@zylker.com>", "Subject: Interview", "", "Hi Maya,", DAY, words)
    assert sorted(people(found)) == [("Grace Ito", "grace@zylker.com"), ("Omar Haddad", "")]


@pytest.mark.parametrize(
    "words",
    [
        "Let me know if that works, and I will be happy to help.",
        "Please confirm with me know-how of the tools.",
        "I will call you back early next week.",
        "Thank you for speaking with me.",
        "Reply to me with your number.",
    ],
)
def test_a_writer_who_only_arranges_it_is_offered(words):
    found = read_mail(
        "From: Grace Ito <grace@zylker.com>",
        "Subject: Interview",
        "",
        "Hi Maya,",
        DAY,
        "You will meet Omar Haddad.",
        words,
    )
    assert people(found) == [("Omar Haddad", "")]
    assert [one.full_name for one in found.others] == ["Grace Ito"]


def test_a_writer_is_known_by_the_signature_and_its_address():
    found = read_mail(
        "Hi Maya,", DAY, "I'll call you.", "", "Regards", "Grace Ito", "Studio Manager", "grace@zylker.com"
    )
    assert people(found) == [("Grace Ito", "grace@zylker.com")]


def test_an_address_in_the_text_goes_to_whose_name_it_is_made_of():
    found = read_mail(
        "Hi Maya,",
        DAY,
        "Panel: Omar Haddad and Ana Ruiz",
        "",
        "Questions? jobs@zylker.com, gito@zylker.com, oh@zylker.com or aruiz@zylker.com",
    )
    assert people(found) == [("Omar Haddad", ""), ("Ana Ruiz", "aruiz@zylker.com")]


def test_an_address_that_two_of_the_panel_may_have_goes_to_neither():
    found = read_mail("Hi Maya,", DAY, "Panel: Omar Haddad and Omar Ruiz", "", "Questions? omar@zylker.com")
    assert people(found) == [("Omar Haddad", ""), ("Omar Ruiz", "")]


def test_people_in_a_table_are_offered_and_its_times_are_read():
    html = (
        "<html><body><p>Dear Maya,</p><p>Your interview is scheduled.</p><table>"
        "<tr><th>Interviewer</th><th>Date</th><th>Start Time</th><th>End Time</th><th>Place</th></tr>"
        "<tr><td>Ana Ruiz</td><td>01/14/2027</td><td>9:30 AM</td><td>10:00 AM</td><td>Science Hall</td></tr>"
        "<tr><td>Omar Haddad</td><td>01/14/2027</td><td>10:45 AM</td><td>11:15 AM</td><td>Science Hall</td></tr>"
        "</table></body></html>"
    )
    found = read_mail(html)
    assert people(found) == []
    assert [one.full_name for one in found.others] == ["Ana Ruiz", "Omar Haddad"]
    assert (found.starts_at.hour, found.starts_at.minute) == (9, 30)
    assert (found.ended_at.hour, found.ended_at.minute) == (11, 15)


def test_a_colleague_one_line_below_is_one_too():
    found = read_mail(
        "Hi Maya,",
        DAY,
        "Interview with:",
        "Ana Ruiz (she/her), Design Director",
        "Omar Haddad, PMM Lead EMEA",
    )
    assert people(found) == [("Ana Ruiz", ""), ("Omar Haddad", "")]


def test_an_address_below_a_colleague_is_not_a_person():
    found = read_mail(
        "Hi Maya,", DAY, "Interviewer: Ana Ruiz, Design Director", "Endereço: Praça da Boa Vista, piso três"
    )
    assert people(found) == [("Ana Ruiz", "")]


@pytest.mark.parametrize("address", ["m.lind@post.example", "maya.lind.design@post.example"])
def test_an_address_that_tells_no_whole_name_gives_none(address):
    [found] = read_invitations(calendar("SUMMARY:Interview"), me=(address,))
    assert found.sender_name == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "10:00 - 10:45 Ana Ruiz, Staff Engineer\n10:45 am: Omar Haddad",
            [("Ana Ruiz", "", "Staff Engineer"), ("Omar Haddad", "", "")],
        ),
        (
            "Ana Ruiz\nDirector of Nursing\nana@zylker.com\n\nOmar Haddad\nCharge Nurse",
            [("Ana Ruiz", "ana@zylker.com", "Director of Nursing"), ("Omar Haddad", "", "Charge Nurse")],
        ),
        (
            "Ana Ruiz\ngrace.ito@zylker.com",
            [("Ana Ruiz", "", ""), ("Grace Ito", "grace.ito@zylker.com", "")],
        ),
        ("Ana Ruiz\nlinkedin.com/in/anaruiz", [("Ana Ruiz", "", "")]),
        (
            "Ana Ruiz / Omar Haddad + Grace Ito",
            [("Ana Ruiz", "", ""), ("Omar Haddad", "", ""), ("Grace Ito", "", "")],
        ),
        ("System design: Ana Ruiz\nValues: Omar Haddad", [("Ana Ruiz", "", ""), ("Omar Haddad", "", "")]),
        (
            "Ana Ruiz (she/her) - Product Manager\nOmar Haddad (he/him), Design Lead",
            [("Ana Ruiz", "", "Product Manager"), ("Omar Haddad", "", "Design Lead")],
        ),
    ],
)
def test_a_pasted_list_keeps_one_person_with_what_is_theirs(text, expected):
    assert [(one.full_name, one.email, one.job_title) for one in read_people(text)] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Your interviewers are Ana Ruiz and Omar Haddad.", ["Ana Ruiz", "Omar Haddad"]),
        (
            "Ihre Gesprächspartner sind Frau Ana Ruiz (Teamleiterin) und Herr Omar Haddad (Personal).",
            ["Frau Ana Ruiz", "Herr Omar Haddad"],
        ),
        ("Required: Ana Ruiz <ana@zylker.com>; Omar Haddad <omar@zylker.com>; maya.lind@post.example", []),
        (
            "The panel will consist of Assistant Principal Ana Ruiz and Omar Haddad.",
            ["Ana Ruiz", "Omar Haddad"],
        ),
        ("Interview with Marcus Bell at Zylker", ["Marcus Bell"]),
        ("Interview with Talent Acquisition at Zylker", []),
        ("Interviewer: Ana Ruiz, RN, MSN - Nurse Manager", ["Ana Ruiz"]),
        ("Ana Ruiz, RN, MSN - Nurse Manager", []),
        ("9:00 AM - 9:45 AM | Hiring Manager | Ana Ruiz, Director of Data", ["Ana Ruiz"]),
    ],
)
def test_whom_a_line_names(line, expected):
    assert [one.full_name for one in read_mail("Hi Maya,", DAY, line).people] == expected


def test_a_job_before_or_behind_letters_is_the_job():
    [ana] = read_mail("Hi Maya,", DAY, "You will meet Assistant Principal Ana Ruiz.").people
    assert ana.job_title == "Assistant Principal"
    [ana] = read_mail("Hi Maya,", DAY, "Interviewer: Ana Ruiz, RN, MSN - Nurse Manager").people
    assert ana.job_title == "Nurse Manager"


@pytest.mark.parametrize(
    ("line", "position"),
    [
        ("An interview for the Registered Nurse - Night Shift position.", "Registered Nurse - Night Shift"),
        ("Position: Deputy Manager - Surveying", "Deputy Manager - Surveying"),
        (
            "An interview for the position of Deputy Manager - Surveying, you are asked to come.",
            "Deputy Manager - Surveying",
        ),
    ],
)
def test_a_position_with_such_words_in_its_name_is_kept(line, position):
    assert read_mail("Hi Maya,", DAY, line).position.value == position


def test_a_first_name_above_the_company_hides_it_not():
    found = read_mail(
        "Hi Maya,", DAY, "We are glad to see you at Maple and Birch.", "", "Thanks", "Bee", "Maple and Birch"
    )
    assert (found.company.value, found.company.is_guess) == ("Maple and Birch", False)


def test_no_chip_is_half_a_word_or_a_label():
    found = read_mail("Hi Maya,", DAY, "Event Date/Time: soon", "Ihre Gesprächspartner")
    assert found.others == ()


STAFF = (
    "Your interview for Shift Manager is on Monday, December 7, 2026, 09:00 to 10:30.\n\n"
    "You will meet:\nMarcus Webb, Shift Manager\nPriya Shah - {department} Lead\nChloe ({department})\n\n"
    "Kind regards,\nChloe\n{company}\n"
)


@pytest.mark.parametrize(
    "department", ["Health and Safety", "Health & Safety", "Quality Assurance", "Human Resources"]
)
def test_a_department_is_no_company(department):
    [found] = read_invitations(STAFF.format(department=department, company="Brightline Logistics"))
    assert found.company.value == "Brightline Logistics"
    assert department not in found.companies
    [found] = read_invitations(STAFF.format(department=department, company=""))
    assert department not in (found.company.value, *found.companies)


def test_a_company_that_is_called_like_one_and_more_still_is_one():
    [found] = read_invitations(STAFF.format(department="Operations", company="Health and Safety Partners"))
    assert found.company.value == "Health and Safety Partners"


def test_one_may_go_on_with_a_first_name_alone():
    [found] = read_invitations(STAFF.format(department="Operations", company="Brightline Logistics"))
    assert any("Chloe" in text and "go on without it" in text for text in found.warnings)
    assert not any("complete it" in text for text in found.warnings)
