import re

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from drafts.domain.facts import Role
from drafts.domain.tokens import words_of
from drafts.domain.trades import EXAMPLE_KEYS, Family, examples_for, family_of
from drafts.domain.vocabulary import vocabulary
from drafts.forms.examples import examples

TITLES = {
    Family.SOFTWARE: """
        Software Engineer | Senior Software Engineer II | Software Engineer, Accessibility | SRE
        Site Reliability Engineer | Senior Backend Engineer (Java / Kafka) | Front-End Developer
        Frontend Engineer | Full-Stack Developer | DevOps Engineer | Staff Engineer | Principal Engineer
        Engineering Manager | VP of Engineering | Head of Engineering | CTO | iOS Developer
        Android Engineer | QA Engineer | QA | Sr. QA Automation Analyst | SDET | SDE-2 | SWE Intern
        IT Support Specialist | Help Desk Technician | Systems Administrator | Network Engineer
        Cybersecurity Analyst | Information Security Officer | Cloud Solutions Architect | Scrum Master
        Python Developer (m/f/d) | Game Programmer | Embedded Firmware Engineer | Robotics Software Engineer
        Platform Engineer | Database Administrator | IT Project Manager | Head of IT | Salesforce Developer
        .NET Developer | Web Developer
    """,
    Family.DATA: """
        Data Scientist | Data Engineer | Junior Data Analyst | Machine Learning Engineer | ML Engineer
        BI Analyst | Business Intelligence Developer | Business Analyst | Head of Data
        Director of Analytics | Statistician | Analytics Engineer | Data Governance Manager | AI Engineer
        GIS Analyst | Marketing Data Analyst
    """,
    Family.DESIGN: """
        Product Designer | UX Designer | UX Researcher | UI/UX Designer | Graphic Designer | Head of Design
        Design Director | Interior Designer | Art Director | Motion Designer | Illustrator | Photographer
        Architect | Landscape Architect | Fashion Designer | Product Manager | Senior Product Owner
        Video Editor | 3D Artist | Content Designer | VP Product
    """,
    Family.HEALTH: """
        Registered Nurse | RN | RN - ICU | LPN | CNA (nights) | Staff Nurse, Respiratory Ward
        Research nurse | Head of Nursing | Director of Nursing | Nurse Practitioner | Nurse Manager
        Community Midwife | Band 5 Physiotherapist | Paramedic | EMT | Pharmacist | Pharmacy Technician
        Dental Hygienist | Dentist | GP | Locum GP | Physician Assistant | Medical Assistant | Radiographer
        Phlebotomist | HCA | Healthcare Assistant | Home Health Aide | Care Assistant | Support Worker
        Social Worker | Occupational Therapist | Speech-Language Pathologist | Clinical Psychologist
        Mental Health Counselor | Veterinary Nurse | Vet Tech | Dietitian | Optometrist | Ward Manager
        Consultant Cardiologist | Patient Care Technician | Surgical Tech | Registered Manager (care home)
        School Nurse | Case Manager
    """,
    Family.EDUCATION: """
        Teacher | Year 4 Teacher | Fourth Grade Teacher | Teacher assistant | Teaching Assistant | TA (SEN)
        Maths Teacher | Substitute Teacher | Special Education Teacher | Head of Maths, secondary school
        Headteacher | Assistant Principal | Lecturer in Sociology | Associate Professor of Chemistry
        Adjunct Instructor | ESL Tutor | Early Years Practitioner | Nursery Nurse | Preschool Teacher
        Childcare Worker | Librarian | School Counselor | Instructional Designer | SENCO | Corporate Trainer
        Academic Advisor | Admissions Counselor | Football Coach | Curriculum Developer | Paraprofessional
        Learning Support Assistant | After-School Program Leader
    """,
    Family.SALES_SERVICE: """
        Account Executive | Enterprise AE | SDR | BDR (EMEA) | Sales Engineer | Sales Associate
        Head of Sales | VP Sales | Customer Success Manager | Customer Service Representative
        Call Centre Agent | Retail Assistant | Store Manager | Cashier | Barista | Bartender | Waiter
        Server | Line cook | Sous Chef | Executive Chef | chef de partie (grill) | CDP | Kitchen Porter
        Hotel front desk | Hotel Receptionist | Housekeeper | Concierge | Restaurant Manager
        FOH Supervisor | Flight Attendant | Cabin Crew | Travel Agent | Event Coordinator | Wedding Planner
        Hairdresser | Nail Technician | Real Estate Agent | Marketing Manager | Social Media Manager
        Brand Manager | Digital Marketing Specialist | Copywriter | PR Officer | Fundraiser | Pastry chef
        Baker | Business Development Manager | Key Account Manager | Visual Merchandiser | Beauty Therapist
        Personal Trainer | Chief Marketing Officer
    """,
    Family.OFFICE: """
        Data Entry Clerk | Office Manager | Administrative Assistant | Admin | Receptionist
        Executive Assistant | EA to the CEO | PA to the Managing Director | HR Generalist
        HR Business Partner | HRBP | Human Resources Manager | Head of People | Recruiter
        Technical Recruiter | Recruitment Consultant | Talent Acquisition Partner | Project Coordinator
        Secretary | Office Administrator | Virtual Assistant | Filing clerk | Medical Records Clerk
        Switchboard Operator
    """,
    Family.LAW_FINANCE: """
        Paralegal | Litigation Paralegal | Trainee Solicitor | Attorney | Associate Attorney
        General Counsel | Legal Secretary | Legal Assistant | Law Clerk | Accountant | Staff Accountant
        Bookkeeper | Accounts Payable Clerk | AP/AR Specialist | FP&A Analyst | FP&A Manager
        Financial Analyst | CFO | Financial Controller | Internal Auditor | Tax Associate | Underwriter
        Claims Adjuster | Actuary | Bank Teller | Mortgage Adviser | Investment Banking Analyst
        Compliance Officer | Payroll Specialist | Credit Controller | Risk Manager | Loan Officer
        Conveyancer | Wealth Manager | Finance Director
    """,
    Family.TRADES_LOGISTICS: """
        Electrician | Apprentice Electrician | Plumber | Truck driver | HGV Class 1 Driver | CDL-A Driver
        Bus Driver | Courier | Forklift Operator | Warehouse Operative | Warehouse Lead
        Warehouse Shift Supervisor | Order Picker | Supply Chain Manager | Logistics Coordinator
        Dispatcher | Procurement Specialist | Carpenter | Welder | CNC Machinist | Auto Mechanic
        HVAC Technician | Maintenance Technician | Site Manager | Construction Project Manager
        Civil Engineer | Mechanical Engineer | Manufacturing Engineer | Quality Inspector
        Production Operator | Plant Manager | Field Service Technician | Gardener | Cleaner | Janitor
        Airline Pilot | Train Driver | Quantity Surveyor | Roofer | Painter and Decorator | Delivery Driver
        Inventory Clerk | School Bus Driver | Solar Installer | Farm Worker
    """,
    Family.RESEARCH: """
        Research Assistant | Research Associate | Postdoctoral Researcher | Postdoc | Research Scientist
        PhD Student | Lab Technician | Lab Manager | Chemist | Senior Scientist, R&D
        Research Fellow in Ecology | Clinical Research Coordinator | Microbiologist | Policy Analyst
        Archivist | Epidemiologist
    """,
    Family.LEADERSHIP: """
        CEO | Chief Executive Officer | COO | Managing Director | Chief of Staff | General Manager
        Executive Director | Director | Operations Director | Operations Manager | Program Manager
        Project Manager | Head of Strategy | President
    """,
    Family.NEUTRAL: """
        Intern | Associate | Specialist | Consultant | Engineer | Ninja | Firefighter | Police Officer
        Translator | Volunteer | Musician | Journalist | Graduate Scheme | Management Trainee
    """,
}


def titles() -> list[tuple[str, Family]]:
    return [
        (title.strip(), family)
        for family, lines in TITLES.items()
        for line in lines.strip().splitlines()
        for title in line.split(" | ")
    ]


def test_the_table_has_at_least_two_hundred_positions_each_once():
    names = [title for title, _ in titles()]
    assert len(names) >= 200
    assert len(set(names)) == len(names)


def test_each_position_is_of_its_family():
    wrong = [(title, family_of(title)) for title, family in titles() if family_of(title) != family]
    assert wrong == []


@pytest.mark.parametrize("change", [str.upper, str.lower, "  {}  ".format, "{} (f/m/d)".format, "{}s".format])
def test_case_spaces_and_plurals_do_not_matter(change):
    plain = [
        "Staff Nurse",
        "Line cook",
        "Paralegal",
        "Electrician",
        "Data Engineer",
        "Teacher assistant",
        "Recruiter",
    ]
    assert [family_of(change(title)) for title in plain] == [family_of(title) for title in plain]


# The field decides only where the position leaves it open.
@pytest.mark.parametrize(
    ("position", "field", "family"),
    [
        ("Manager", "", Family.LEADERSHIP),
        ("Manager", "restaurants", Family.SALES_SERVICE),
        ("Project Manager (Residential, Dublin West)", "construction", Family.TRADES_LOGISTICS),
        ("Associate", "law firm", Family.LAW_FINANCE),
        ("Associate", "", Family.NEUTRAL),
        ("Senior Engineer", "rail construction", Family.TRADES_LOGISTICS),
        ("Engineer", "insurance software", Family.SOFTWARE),
        ("Engineer", "restaurants", Family.NEUTRAL),
        ("Director", "health care", Family.LEADERSHIP),
        ("Staff Nurse", "software", Family.HEALTH),
        ("Receptionist", "software", Family.OFFICE),
        ("Software Engineer", "hospital", Family.SOFTWARE),
        ("", "hospital", Family.HEALTH),
        ("Analyst", "software for banks", Family.NEUTRAL),
    ],
)
def test_the_field_decides_where_the_position_does_not(position, field, family):
    assert family_of(position, field) == family


@pytest.mark.parametrize(
    ("position", "family"),
    [
        ("Head of Nursing", Family.HEALTH),
        ("Chief Financial Officer", Family.LAW_FINANCE),
        ("Director, Customer Success", Family.SALES_SERVICE),
        ("VP, Data Science", Family.DATA),
        ("Engineer, petroleum", Family.TRADES_LOGISTICS),
        ("Surveyor, quantity", Family.TRADES_LOGISTICS),
        ("Executive Director, Hospice Care", Family.HEALTH),
    ],
)
def test_the_trade_goes_before_the_rank(position, family):
    assert family_of(position) == family


@given(st.text(), st.text())
def test_every_text_has_a_family(position, field):
    assert family_of(position, field) in Family


# The word each blank follows; it must not be said twice.
BEFORE = {
    "mentioned": "that",
    "enjoyed": "about",
    "strengths": "bring",
    "experience": "I",
    "goal": "help",
    "forgot": "that",
    "topic": "about",
    "answer": "that",
    "ask": "me",
}


@pytest.fixture(params=[(family, role) for family in Family for role in Role], ids=str)
def shown(request):
    return examples_for(*request.param)


def test_there_is_an_example_for_every_blank(shown):
    assert tuple(sorted(shown)) == tuple(sorted(EXAMPLE_KEYS))
    assert all(text == text.strip() and 4 <= len(text) <= 60 for text in shown.values())


def test_the_examples_fit_their_sentences(shown):
    for key, before in BEFORE.items():
        text = shown[key]
        assert text[-1] not in ".!?,;:"
        assert text.split()[0] != before
        assert text[0].islower() or text.split()[0].rstrip(",") in ("I", "SQL", "Go")
    assert re.match(r"(\w+ed|built|kept|led|merged|ran|taught)\b", shown["experience"])
    assert re.match(r"(how|when|what|which|who)\b", shown["ask"])
    assert not shown["goal"].startswith("to ")
    assert len(shown["strengths"].split(", ")) == 3
    assert re.fullmatch(r"[A-Z].*\w\.", shown["callback"])


@pytest.mark.parametrize(
    "family", [family for family in Family if family not in (Family.SOFTWARE, Family.DATA)]
)
def test_nothing_is_technical_outside_technology(family):
    everyday = {"it", "safe", "triage"}
    said = {
        word.text for text in examples_for(family, Role.HIRING_MANAGER).values() for word in words_of(text)
    }
    assert (said & vocabulary("technology.txt")) - everyday == set()


def test_families_differ_and_a_role_changes_little():
    of_families = [examples_for(family, Role.HIRING_MANAGER) for family in Family]
    assert all(len({shown[key] for shown in of_families}) == len(Family) for key in EXAMPLE_KEYS)
    manager, recruiter, peer = (
        examples_for(Family.HEALTH, role) for role in (Role.HIRING_MANAGER, Role.RECRUITER, Role.PEER)
    )
    assert {key for key in EXAMPLE_KEYS if manager[key] != recruiter[key]} == {"mentioned", "enjoyed", "ask"}
    assert {key for key in EXAMPLE_KEYS if manager[key] != peer[key]} == {"enjoyed", "ask"}


def test_the_page_shows_the_examples_of_the_position_in_english_in_every_language():
    # Notes are in English, so their examples are as well.
    expected = examples_for(Family.HEALTH, Role.PEER)
    for language in ("en", "de", "es", "fr"):
        with override(language):
            assert examples("Staff Nurse", "software", Role.PEER) == expected
