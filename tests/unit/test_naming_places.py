"""Positions and companies as people type them, and the articles before them."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest
from hypothesis import given, settings

from drafts.domain.naming import indefinite, tidy_company, tidy_position, with_article
from drafts.domain.naming.lists import LISTS
from tests.unit.naming_strategies import TYPED, none_invented

# The first call reads the lists, which takes a while on a busy machine.
UNHURRIED = settings(deadline=None, max_examples=300)

POSITIONS = [
    ("Senior Engineer", "Senior Engineer"),
    ("the Senior Engineer role", "Senior Engineer"),
    ("Senior Engineer position.", "Senior Engineer"),
    ("a nurse job", "nurse"),
    ("Sales job opening", "Sales"),
    ("Role", "Role"),
    ("the job", "job"),
    ("Nurse (Req #12345)", "Nurse"),
    ("Nurse (#12345)", "Nurse"),
    ("Nurse #12345", "Nurse"),
    ("Nurse - Req ID: R-12345", "Nurse"),
    ("Nurse, Ref CB/26/114", "Nurse"),
    ("Req 1234 - Nurse", "Nurse"),
    ("Req #1234: Nurse", "Nurse"),
    ("JR-12345 Data Engineer", "Data Engineer"),
    ("[R12345] Data Engineer", "Data Engineer"),
    ("204881 - Line Cook", "Line Cook"),
    ("Job ID 204881 | Line Cook", "Line Cook"),
    ("Job: Line Cook", "Line Cook"),
    ("Position: Line Cook", "Line Cook"),
    ("Job title - Line Cook", "Line Cook"),
    ("Interview for: Line Cook", "Line Cook"),
    ("Data Engineer | Remote | Berlin", "Data Engineer"),
    ("Data Engineer | UK", "Data Engineer"),
    ("Data Engineer - Remote (US)", "Data Engineer"),
    ("Data Engineer – Contract", "Data Engineer"),
    ("Data Engineer - Full time", "Data Engineer"),
    ("Data Engineer - full-time, hybrid", "Data Engineer"),
    ("Data Engineer [Hybrid]", "Data Engineer"),
    ("Data Engineer (100% remote)", "Data Engineer"),
    ("Data Engineer - San Francisco, CA", "Data Engineer"),
    ("Data Engineer - New York City or Remote", "Data Engineer"),
    ("Data Engineer, London", "Data Engineer"),
    ("Remote - Data Engineer", "Data Engineer"),
    ("Data Engineer remote", "Data Engineer"),
    ("Barista, part-time", "Barista"),
    ("part-time barista", "part-time barista"),
    ("C++ Developer (m/f/d)", "C++ Developer"),
    ("Entwickler (m/w/d)", "Entwickler"),
    ("Entwickler m/w/d", "Entwickler"),
    ("Koch (all genders)", "Koch"),
    ("HR Generalist (m/f/x) - Brussels", "HR Generalist"),
    ("Management Accountant (12m FTC, maternity cover)", "Management Accountant"),
    ("Account Executive, Mid-Market (Remote - US East)", "Account Executive, Mid-Market"),
    # words that describe the work are kept
    ("RN - Night Shift", "RN - Night Shift"),
    ("Sr. Software Engineer II", "Sr. Software Engineer II"),
    ("Senior Care Assistant - Nights", "Senior Care Assistant - Nights"),
    ("Laboratory Technician (Histology) Band 4", "Laboratory Technician (Histology) Band 4"),
    ("Project Manager (Residential, Dublin West)", "Project Manager (Residential, Dublin West)"),
    ("Account Executive - French Market", "Account Executive - French Market"),
    ("Sales Manager - EMEA", "Sales Manager - EMEA"),
    ("Country Manager, Germany", "Country Manager, Germany"),
    ("Head of Remote", "Head of Remote"),
    ("Director, Product Design", "Director, Product Design"),
    ("2nd Line Support", "2nd Line Support"),
    ("911 Dispatcher", "911 Dispatcher"),
    ("3D Artist", "3D Artist"),
    ("Summer Intern 2026", "Summer Intern 2026"),
    ("Ruby on Rails Developer", "Ruby on Rails Developer"),
    ("Contract Manager", "Contract Manager"),
    (".NET Developer", ".NET Developer"),
    ("Post Office Clerk", "Post Office Clerk"),
    ("Job Coach", "Job Coach"),
    ("看護師", "看護師"),
    # capitals
    ("REGISTERED NURSE", "Registered Nurse"),
    ("HEAD OF HR", "Head of HR"),
    ("SENIOR C# / .NET DEVELOPER", "Senior C# / .NET Developer"),
    ("CHILDREN'S NURSE (RN)", "Children's Nurse (RN)"),
    ("K-12 TEACHER", "K-12 Teacher"),
    ("BUS DRIVER", "Bus Driver"),
    ("SR. IT MANAGER III", "Sr. IT Manager III"),
    ("HVAC TECH", "HVAC Tech"),
    ("FRONT-END DEVELOPER", "Front-End Developer"),
    ("RN", "RN"),
    ("NURSE", "Nurse"),
    ("line cook", "line cook"),
    ("hr manager", "HR manager"),
    ("Hr manager", "HR manager"),
    ("ux designer", "UX designer"),
    ("senior ux/ui designer", "senior UX/UI designer"),
    ("it support", "IT support"),
    ("english teacher", "English teacher"),
    ("devops engineer ii", "DevOps engineer II"),
    ("journeyman electrician - commercial", "journeyman electrician - commercial"),
    ("  line   cook ", "line cook"),
    # nothing left
    ("(m/w/d)", "(m/w/d)"),
    ("Remote", "Remote"),
    ("#12345", "#12345"),
    ("???", "???"),
    ("A Level Maths Teacher", "A Level Maths Teacher"),
    ("Post-16 Tutor", "Post-16 Tutor"),
    ("AS400 Developer", "AS400 Developer"),
    ("D365 Consultant", "D365 Consultant"),
    ("Auditor ISO 27001", "Auditor ISO 27001"),
    ("Operator No 2", "Operator No 2"),
    ("Nurse - ICU - Full Time - Days", "Nurse - ICU"),
    ("Contract - Remote - Data Engineer", "Data Engineer"),
    ("Data Engineer @ Acme", "Data Engineer"),
    ("CHEF DE PARTIE", "Chef de Partie"),
    ("IOS DEVELOPER", "iOS Developer"),
]


@pytest.mark.parametrize(("typed", "expected"), POSITIONS)
def test_a_position_is_what_the_work_is(typed, expected):
    assert tidy_position(typed) == expected


COMPANIES = [
    ("ACME, Inc.", "ACME"),
    ("Acme Inc", "Acme"),
    ("acme inc", "Acme"),
    ("Acme, LLC", "Acme"),
    ("Acme Ltd.", "Acme"),
    ("Acme Limited", "Acme"),
    ("Acme GmbH", "Acme"),
    ("Acme GmbH & Co. KG", "Acme"),
    ("Acme Co., Ltd.", "Acme"),
    ("Acme Pvt. Ltd.", "Acme"),
    ("Acme (Pty) Ltd", "Acme"),
    ("Acme (UK) Ltd", "Acme"),
    ("Acme Sp. z o.o.", "Acme"),
    ("Acme S.r.l.", "Acme"),
    ("Nestlé S.A.", "Nestlé"),
    ("Volvo AB", "Volvo"),
    ("Siemens AG", "Siemens"),
    ("Novo Nordisk A/S", "Novo Nordisk"),
    ("Fietskoers B.V.", "Fietskoers"),
    ("Clyde Biologics plc", "Clyde Biologics"),
    ("Harcourt & Bloom Foods Inc.", "Harcourt & Bloom Foods"),
    ("Acme (formerly Foo)", "Acme"),
    ("Tiffany & Co.", "Tiffany & Co."),
    ("Ford Motor Company", "Ford Motor Company"),
    ("The Limited", "The Limited"),
    ("Mountain Spa", "Mountain Spa"),
    ("Inc.", "Inc."),
    ("Limited Brands", "Limited Brands"),
    ("www.acme.com", "Acme"),
    ("https://www.acme-labs.co.uk/jobs", "Acme Labs"),
    ("careers.acme.io", "Acme"),
    ("acme.com", "Acme"),
    ("booking.com", "booking.com"),
    ("Booking.com", "Booking.com"),
    ("Acme (acme.com)", "Acme (acme.com)"),
    ("zylker", "Zylker"),
    ("Zylker", "Zylker"),
    ("eBay", "eBay"),
    ("iFixit", "iFixit"),
    ("npm", "npm"),
    ("nhs", "NHS"),
    ("jpmorgan", "JPMorgan"),
    ("st marys hospital", "St Marys Hospital"),
    ("university of leeds", "University of Leeds"),
    ("l'oréal", "L'Oréal"),
    ("sainsbury's", "Sainsbury's"),
    ("mcdonald's", "McDonald's"),
    ("3m", "3m"),
    ("at&t", "AT&T"),
    ("ACME", "ACME"),
    ("BMW GROUP", "BMW Group"),
    ("NORTHGATE PATHOLOGY SERVICES", "Northgate Pathology Services"),
    ("BANK OF SCOTLAND", "Bank of Scotland"),
    ("Yahoo!", "Yahoo!"),
    ("腾讯", "腾讯"),
    ("Яндекс", "Яндекс"),
    ("?!", "?!"),
    ("Jones & Co. Ltd", "Jones & Co."),
    ("Acme S.A. de C.V.", "Acme"),
    ("dbt labs", "dbt Labs"),
    ("TESCO STORES LTD", "Tesco Stores"),
]


@pytest.mark.parametrize(("typed", "expected"), COMPANIES)
def test_a_company_is_called_by_its_short_name(typed, expected):
    assert tidy_company(typed) == expected


# ------------------------------------------------------------ articles

TAKE_THE = """
    University of Leeds; University of California, Berkeley; City of Boston; Ministry of Health; Port of
    Seattle; State of Ohio; Bank of England; Church of England; Museum of Modern Art; Massachusetts Institute of
    Technology; US Department of Energy; London School of Economics; Children's Hospital of Philadelphia; Center
    for Disease Control; Hospital for Special Surgery; NHS; BBC; UN; EU; WHO; RAF; FBI; V&A; Red Cross; British
    Red Cross; Royal Free Hospital; Royal Society; American Chemical Society; Gates Foundation; Alan Turing
    Institute; British Museum; Wellcome Trust; Smith Group; British Council; Environment Agency; US Army;
    Salvation Army; World Bank; New York Times; Open University; Scottish Government; Marlowe Hotel, Dubai
    Marina; London Symphony Orchestra; university of leeds
"""
TAKE_NONE = """
    Zylker; IBM; NASA; Bank of America; Bank of Ireland; House of Fraser; The Trade Desk; the Guardian; St
    Mary's Hospital; Boston College; Imperial College London; Leeds City Council; Leeds Teaching Hospitals NHS
    Trust; NHS England; BBC Studios; Lloyds Banking Group; Royal Mail; American Airlines; National Grid; Teach
    for America; Doctors Without Borders; Brightwater Housing Association; Goldman Sachs; Oxford University
    Press; Harvard Business School; Foundation; Institute; King's College; Who; Un; Ohio State University;
    School of Rock; 腾讯
"""


def listed(text):
    return [" ".join(entry.split()) for entry in text.split(";")]


@pytest.mark.parametrize("company", listed(TAKE_THE))
def test_some_companies_take_the(company):
    assert with_article(company) == f"the {company}"


@pytest.mark.parametrize("company", [*listed(TAKE_NONE), ""])
def test_plain_names_take_no_article(company):
    assert with_article(company) == company


def test_a_capital_the_becomes_lowercase_unless_it_is_a_brand():
    assert [with_article(name) for name in ("The University of Leeds", "The Trade Desk")] == [
        "the University of Leeds",
        "The Trade Desk",
    ]


AN = """
    usher; Usher; Uber driver; umbrella; Ubuntu maintainer; urban planner; underwriter; undergraduate;
    ultrasound technician; unpaid intern; hour; hourly role; heir; heiress; honest answer; honorary member; HR
    manager; MRI technician; 8-person team; 11-person team; 18-month plan; 80% stake; 800-bed hospital; 8th
    grade teacher; 11th hour; $8 million budget; 18,000-seat arena; NHS trust; SRE; FBI agent; X-ray technician;
    LVN; LPN; RN; MBA; MSc; SQL developer; SEO specialist; L2 engineer; M1 chip; F1 team; R developer; R&D
    engineer; FP&A analyst; A&E nurse; M&A lawyer; HVAC technician; HGV driver; EU citizen; iOS engineer;
    e-commerce manager; eBay seller; OSHA inspector; AI lab; ER nurse; ICU nurse; EMT; ESL teacher; LLM; LLMs;
    MVP; NGO; NDA; SDET; Engineering Manager; Élève; Über-fan; actuary; electrician; inspector; old friend;
    "A-level" tutor; MLOps engineer; S3 bucket; H-1B visa; 8; 11; Xbox; upper school teacher
"""
A = """
    UX designer; UI designer; user; Uni; university; unique chance; unit test; union; uniform; United fan; UK
    team; US citizen; UN agency; USB port; URL; unicorn; European lead; Euro; eulogy; one-person team; one-off;
    once-a-week call; U-turn; Ukrainian; Ugandan; Utah native; UNICEF officer; UEFA coach; useful talk; utility;
    1-on-1; 10-year plan; 100-bed hospital; 110-person team; 1,100-seat hall; 180-day plan; 7th grade teacher;
    401k; $1 million budget; 2nd Line role; 3D artist; 5G network; B2B seller; C++ developer; C# developer; PhD;
    BSc; CEO; CTO; CNA; PA; QA lead; VP; Q&A; BBC studio; DBA; GP; PM; TA; TV; T-shirt; NASA engineer; SaaS
    engineer; NoSQL engineer; NICU nurse; LAN party; STEM teacher; nurse; teacher; history teacher; hotel
    manager; historic site; .NET developer; year; yoga teacher; JavaScript developer; Python developer; #1 fan
"""


@pytest.mark.parametrize("noun", listed(AN))
def test_an_before_a_vowel_sound(noun):
    assert indefinite(noun) == "an"


@pytest.mark.parametrize("noun", [*listed(A), ""])
def test_a_before_a_consonant_sound(noun):
    assert indefinite(noun) == "a"


# ------------------------------------------------------------ whatever is typed


@given(TYPED)
@UNHURRIED
def test_tidying_a_position_twice_changes_nothing(text):
    text = text.replace("İ", "I")  # "Aİ" is the Turkish uppercase of "ai", which is "AI" in English
    position = tidy_position(text)
    assert bool(position) == bool(text.strip())
    assert none_invented(position, text)
    assert tidy_position(position) == position


@given(TYPED)
@UNHURRIED
def test_tidying_a_company_twice_changes_nothing(text):
    company = tidy_company(text)
    assert bool(company) == bool(text.strip())
    assert none_invented(company, text)
    assert tidy_company(company) == company


@given(TYPED)
@UNHURRIED
def test_the_is_said_once(text):
    once = with_article(text)
    assert with_article(once) == once
    assert once.removeprefix("the ") in (" ".join(text.split()), " ".join(text.split()).removeprefix("the "))


@given(TYPED)
@UNHURRIED
def test_every_noun_has_an_article(text):
    assert indefinite(text) in ("a", "an")


def test_no_word_list_has_duplicates():
    tables = tomllib.loads(LISTS.read_text(encoding="utf-8"))
    lists = {
        f"{table}.{key}": entries
        for table, keys in tables.items()
        for key, entries in keys.items()
        if isinstance(entries, list)
    }
    assert {
        name: [entry for entry, count in Counter(entries).items() if count > 1]
        for name, entries in lists.items()
    } == {name: [] for name in lists}
    spelled = [
        word.lower() for word in tables["positions"]["spelled"] + tables["positions"]["spelled_in_capitals"]
    ]
    assert len(spelled) == len(set(spelled))
