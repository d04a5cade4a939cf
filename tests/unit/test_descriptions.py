"""Descriptions in the field for a name ("the manager", "lady from HR") and real names, which never count as one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.domain.compose import compose_panel
from drafts.domain.facts import Kind, Role, Tone
from drafts.domain.facts_json import parse_panel
from drafts.domain.follow_ups.letters import Before, compose_follow_up
from drafts.domain.kinds import letter_kinds
from drafts.domain.naming import called, greeting_name, is_titled, names_of, parse_name, printed_name
from drafts.domain.naming.descriptions import given_names, is_description, job_said, place_said
from drafts.domain.naming.lists import cultures
from drafts.domain.routes import compose_route
from drafts.domain.tokens import words_of
from drafts.review import LetterText, OtherDraft, ReviewFacts, review
from tests.unit.naming_strategies import TYPED

AT = dt.datetime(2026, 11, 19, 21, 30, tzinfo=dt.UTC)
# Reading the lists takes a while on a busy machine.
UNHURRIED = settings(deadline=None, max_examples=300)

DESCRIPTIONS = [
    # what the fault was reported with
    "Lady from the governors (Mrs Shah?)", "the manager", "guy with the beard", "someone from HR", "HR lady",
    "the owner", "Panel member 2", "not sure", "??", "her boss",
    # one of two first names, and nobody knows which
    "Kenny or Kenji", "Bev? Viv?", "Ailsa (Eilidh?)", "Jo or Joe? the owner",
    # as phones capitalize them
    "The Manager", "Guy With The Beard", "Someone From HR", "Hr Lady", "The Owner", "PANEL MEMBER 2", "Not Sure",
    # with "the", "my", "some"
    "the guy", "the tall one", "the one with glasses", "the other one", "some guy", "another manager",
    "my interviewer",
    "our recruiter", "their boss", "an older gentleman", "a man from IT", "the deputy head", "the head of year",
    "the ward sister", "the chef", "the nurse", "the principal", "the redheaded lady", "the dean", "The Head",
    "the woman who interviewed me first", "the interviewer from London", "the two ladies", "one of the managers",
    "Priya's boss", "the owner's son", "the hiring team",
    # a noun and what is said of it
    "somebody in IT", "woman in the red jacket", "man from finance", "person who asked about SQL",
    "lady at the front desk",
    "Guy from accounting", "guy at reception", "girl at reception", "Man with glasses", "lady w/ glasses",
    "guy on the left",
    "HR guy with beard", "manager of the store", "Director of Nursing", "Head of Engineering", "chair of governors",
    "Dean of Students", "nurse from ward 4", "Miss from HR", "Recruiter from LinkedIn", "person in charge",
    "two ladies from HR", "3 people from the team",
    # jobs and parts of a company
    "Hiring Manager", "HR Team", "Human Resources", "Talent Acquisition", "store manager", "School Governor",
    "team lead",
    "head chef", "Senior Engineer", "Principal Engineer", "VP of Sales", "CTO", "Director", "Manager", "hr",
    "Owner / Manager",
    "Co-founder", "vice-president", "HR-lady", "HR rep", "IT guy", "tall guy", "older man", "young man", "nice lady",
    "2nd interviewer", "second interviewer", "Interviewer 1", "interviewer #2", "Person 3", "Guy 2", "Interviewer A",
    "woman, 50s", "HR lady (blonde)", "Manager (didn't catch the name)", "Head of HR, not sure of name",
    "Hiring Manager (Zylker)",
    # nothing known
    "n/a", "tbd", "unknown", "don't know", "can't remember her name", "forgot", "no name given", "I don't remember",
    "unknown woman", "???", "-", "...", "🌟", "123", "Mr ?",
    # labels, bullets and addresses around them
    "Interviewer: the manager", "1. the manager", "- HR lady", "hr@acme.example", "recruiting@acme.example",
    # as users of the other languages of the pages type them
    "die Chefin", "der Chef", "jemand aus HR", "keine Ahnung", "weiß nicht", "Frau mit Brille",
    "die Frau aus der Personalabteilung", "la directrice", "le patron", "un monsieur du conseil", "la jefa",
    "alguien de RRHH", "no sé", "la señora de RRHH", "jefe de ventas",
]  # fmt: skip

NAMES = [
    "Tom Belshaw or Bellshaw", "Sue (manager?)", "Or Cohen", "Anouk de Wit / Witte", "Auntie Shireen", "Ann (Annie)",
    # names that are also nouns, titles or beginnings of descriptions
    "Guy Martin", "Guy", "Guy Ritchie", "Buddy Guy", "Guy de Maupassant", "Chef Robbie Lennox", "Chef Marco",
    "Chef De Souza",
    "Sister Mary", "Lady Hale", "Lady Cook", "Lady Black", "Dean Smith", "Dean", "Dean Head", "Baron",
    "Baron Cohen", "Browny",
    "Major Tom", "Judge Judy", "Nurse Cook", "Nurse de Souza", "Doctor Driver", "Principal Cook", "Officer Krupke",
    "President Obama", "Father Ted", "Dame Judi Dench", "Frau Vogel", "Frau von der Leyen", "Frau von Stein",
    "Señora de la Cruz", "Señor de los Santos", "Antony Head", "Anne Page", "Thomas Mann", "Hugo Boss",
    "Farokh Engineer",
    "Mr. Contractor", "Charlotte Church", "Sally Field", "Michael Kitchen", "Tom Ward", "Tyra Banks", "Sam Owner",
    "Dan White",
    "Young Man Kim", "Young-man", "Rich Black", "Little Richard", "Junior Cook", "Junior", "Ginger", "Sunny",
    "Prince", "Angel",
    "Son Heung-min", "Baker Mayfield", "Dr. Who", "Boy George", "Chico de Souza", "The Hon. Katrin Vogel",
    "The Honourable Mary Head", "Charity", "Ward", "Una Cook", "Una Young", "Both Roelf", "Les Cook", "Van Driver",
    # a name with something beside it
    "Ciara from HR", "Dean from admissions", "Bob from HR", "bob the manager", "Dean the manager", "Sarah the HR lady",
    "Sarah, HR lady", "Sarah? (HR lady)", "Karen (HR lady)", "the manager (Sarah)", "HR lady (Karen)",
    "HR lady (goes by Kaz)",
    "Dana Cole (Hiring Manager)", "HR - Dana Cole", "Manager - Dana Cole", "Dean, manager", "Guy, owner",
    "Guy (HR)", "Guy at Acme",
    "Cook, Dean", "Page, Guy", "Guest, Anna", "Mrs Shah?", "Sarah?", "Sarah and Tom", "Interviewer: Sarah Chen",
    # other cultures
    "The Anh Nguyen", "An Nguyen", "An Cook", "My Nguyen", "Le Van Nam", "Le Man", "Her Pao", "Su Man", "Mi Young",
    "Do Young",
    "Man To Wong", "Chan Tai Man", "Man", "No Se-young", "Na", "Kim Young", "Xi", "La Toya Jackson", "El Hassan",
    "Ma Theresa",
    "Das Gupta", "Mr. Mit Patel", "Mr Con Murphy", "Madame Qui Tran", "Mr. That Ton", "Some Kabore", "Sein Win",
    "Abdul Rahman",
    "Ngozi Okonkwo", "Björk", "Oğuz", "Siobhán Ní Bhriain", "王伟", "Екатерина Иванова", "محمد علي", "प्रिया नायर",
    # short names and initials
    "X", "J", "JJ", "Bo", "O", "Mo", "A. Cook", "A. Head", "A Young", "Doc", "Coach", "Chef", "Dr",
]  # fmt: skip


@pytest.mark.parametrize("typed", DESCRIPTIONS)
def test_a_description_is_nobodys_name(typed):
    assert parse_name(typed).is_description
    assert not parse_name(typed).order_unsure
    assert [greeting_name(typed, "", formal=formal) for formal in (False, True)] == ["", ""]
    assert (is_titled(typed), printed_name(typed, ""), names_of(typed, "")) == (False, "", ("", ""))
    assert called(typed, "") == typed


@pytest.mark.parametrize("typed", DESCRIPTIONS)
def test_a_description_does_not_matter_where_the_user_said_what_they_go_by(typed):
    assert greeting_name(typed, "hi kaz", formal=True) == called(typed, "Kaz") == "Kaz"
    assert (printed_name(typed, "Dear Kaz,"), names_of(typed, "Kaz")) == ("Kaz", ("", "Kaz"))


@pytest.mark.parametrize("typed", NAMES)
def test_a_name_is_no_description(typed):
    assert not parse_name(typed).is_description
    assert greeting_name(typed, "", formal=False)
    assert (printed_name(typed, ""), names_of(typed, "")) == (typed, (typed, ""))


FAMILY_NAMES = (
    "Smith Cook Head Page Field Church Ward Young Black White Driver Guest Porter Baker Mann Nguyen Okafor"
)
AROUND = (
    "{}", "{}?", "Chef {}", "Lady {}", "Sister {}", "Nurse {}", "Dr {} Cook", "Mrs {}", "An {}", "My {}", "A. {}",
    "{} (HR)",
    "{}, HR manager", "{} the manager", "{} - HR lady", "{} at Acme", "{} and Tom", "{} from HR", "{} with HR", "{} A",
)  # fmt: skip


@pytest.mark.parametrize("around", [*AROUND, *(f"{{}} {name}" for name in FAMILY_NAMES.split())])
def test_no_given_name_makes_a_description(around):
    found = {name for name in given_names() if is_description(around.format(name.title()))}
    # Whoever is called Guy is asked about.
    assert found == ({"guy"} if around in ("{} from HR", "{} with HR") else set())


def test_no_family_name_of_a_culture_makes_a_description():
    names = sorted(frozenset().union(*cultures().values()))
    around = ("{}", "{} Wei", "{} Minh", "An {}", "Man {}", "Mr {}", "{}, Anna", "The Anh {}", "Young {}")
    assert [one.format(name) for name in names for one in around if is_description(one.format(name))] == []


@given(st.one_of(st.text(max_size=60), TYPED))
@UNHURRIED
def test_any_text_can_be_asked_about(text):
    assert is_description(text) == is_description(f"  {text}  ")
    job_said(text), place_said(text)


# ------------------------------------------------------------ in letters

PRIYA = {
    "full_name": "Priya Nair",
    "email": "priya@zylker.example",
    "role": "recruiter",
    "mentioned": "the audit in May",
}
REPORTED = DESCRIPTIONS[:10]


def panel_of(*people, **interview):
    return parse_panel(
        {
            "sender": {"full_name": "Jordan Álvarez"},
            "interview": {
                "company": "Zylker", "position": "Senior Platform Engineer", "ended_at": "2026-11-19T15:10",
                "time_zone": "America/New_York", "country": "US", **interview,
            },
            "interviewers": list(people),
        }
    )  # fmt: skip


def described(full_name, **more):
    return {
        "full_name": full_name,
        "email": "p@zylker.example",
        "role": "peer",
        "mentioned": "how the payments ledger moved to Kafka",
        "goal": "cut the deploy time in half",
        "experience": "running the on-call rotation for a 200-node cluster",
        **more,
    }


def uses(typed, text):
    """Whether a text names a person by the words of a description that are not usual in letters."""
    usual = words_of("the from her with not sure member panel person someone hr manager owner 2 interviewer")
    telling = {word.text for word in words_of(typed)} - {word.text for word in usual}
    return telling & {word.text for word in words_of(text)}


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("typed", REPORTED)
def test_the_letter_to_somebody_described_says_hello(typed, tone):
    panel = panel_of(described(typed), PRIYA)
    letters = compose_panel(panel, tone)
    letter = letters[0]
    assert letter.greeting == "Hello,"
    assert letter.body.startswith("Hello,\n\n")
    assert len(letter.subject_options) == 5
    assert not uses(typed, " ".join([letter.body, *letter.subject_options]))
    assert letters[1].greeting in ("Hi Priya,", "Dear Priya Nair,")
    findings = review(
        LetterText(letter.subject, letter.body),
        ReviewFacts(panel, 0),
        [OtherDraft("Priya Nair", letters[1].body)],
        AT,
        leave_out=frozenset({"length", "copy_paste"}),
    ).findings
    assert [(one.rule, one.case, one.severity.value) for one in findings] == [
        ("greeting", "unnamed", "consider")
    ]


@pytest.mark.parametrize("typed", REPORTED)
def test_the_user_s_own_name_for_them_is_used_as_before(typed):
    letter = compose_panel(panel_of(described(typed, greet_as="Kaz")))[0]
    assert letter.greeting == "Hi Kaz,"
    assert any("Kaz" in subject for subject in letter.subject_options)


@pytest.mark.parametrize("role", [Role.LEADER, Role.HIRING_MANAGER])
def test_hello_stays_where_others_are_greeted_with_dear(role):
    panel = panel_of(described("Lady from the governors", role=role.value), stage="final", country="DE")
    assert compose_panel(panel, Tone.FORMAL)[0].greeting == "Hello,"


def test_a_panel_of_descriptions_gets_different_letters():
    panel = panel_of(*(described(f"Panel member {number}") for number in range(1, 9)))
    letters = compose_panel(panel)
    assert len({letter.subject for letter in letters}) == 8
    assert len({letter.body for letter in letters}) == 8


def test_a_long_position_and_company_leave_a_subject():
    long = "Principal Interdisciplinary Infrastructure Reliability and Resilience Engineering Programme Lead"
    letter = compose_panel(panel_of(described("the manager"), position=long, company=long[:90]))[0]
    assert len(letter.subject_options) >= 3
    assert all(len(subject) <= 60 for subject in letter.subject_options)


# ------------------------------------------------------------ ways round and follow-ups


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize(
    ("person", "said"),
    [
        ({"full_name": "Lady from the governors (Mrs Shah?)"}, "the person from the governors I spoke with"),
        ({"full_name": "the manager"}, "the manager I spoke with"),
        ({"full_name": "Hiring Manager"}, "the hiring manager I spoke with"),
        ({"full_name": "guy with the beard"}, "the person I spoke with"),
        ({"full_name": "someone from HR"}, "the person from HR I spoke with"),
        ({"full_name": "HR lady"}, "the person I spoke with"),
        ({"full_name": "Panel member 2"}, "the person I spoke with"),
        ({"full_name": "??"}, "the person I spoke with"),
        ({"full_name": "her boss"}, "the person I spoke with"),
        ({"full_name": "guy with the beard", "job_title": "Ward Manager"}, "the ward manager I spoke with"),
        ({"full_name": "not sure", "job_title": "Wizard"}, "the person I spoke with"),
        ({"full_name": "HR lady", "greet_as": "Kaz"}, "Kaz"),
    ],
)
def test_the_recruiter_is_asked_about_the_person_by_what_is_known_of_their_work(person, said, tone):
    panel = panel_of(described(**person), PRIYA)
    letter = compose_route(panel, 0, Kind.RECRUITER, tone)
    request = letter.body.split("-----")[0]
    assert said in request
    assert len(letter.subject_options) >= 3
    assert all(said in subject or "the person I spoke with" in subject for subject in letter.subject_options)
    assert not uses(person["full_name"], " ".join([request, *letter.subject_options]).replace(said, ""))
    note = letter.body.split(f"{'-' * 10}\n\n")[1]
    assert note.startswith("Hello,\n") is ("greet_as" not in person)
    text = LetterText(letter.subject, letter.body)
    leave_out = frozenset({"length", "timing"})
    assert (
        review(text, ReviewFacts(panel, 0, kind=Kind.RECRUITER), (), AT, leave_out=leave_out).findings == ()
    )


@pytest.mark.parametrize("kind", [Kind.FORWARD, Kind.LINKEDIN])
@pytest.mark.parametrize("typed", REPORTED)
def test_the_other_ways_say_hello_too(typed, kind):
    letter = compose_route(panel_of(described(typed), PRIYA), 0, kind)
    assert letter.body.startswith("Hello,\n")
    assert not uses(typed, letter.body + letter.subject)


def test_a_described_recruiter_is_asked_without_a_name():
    panel = panel_of(described("guy with the beard"), {**PRIYA, "full_name": "HR lady"})
    letter = compose_route(panel, 0, Kind.RECRUITER)
    assert letter.body.startswith("Hello,\n")
    text = LetterText(letter.subject, letter.body)
    leave_out = frozenset({"length", "timing"})
    assert (
        review(text, ReviewFacts(panel, 0, kind=Kind.RECRUITER), (), AT, leave_out=leave_out).findings == ()
    )


@pytest.mark.parametrize(
    "kind", [one for one, about in letter_kinds().items() if one.is_follow_up and about.say]
)
@pytest.mark.parametrize("typed", REPORTED)
def test_follow_ups_say_hello_too(typed, kind):
    answers = {"wrong": "the manager", "right": typed}
    letter = compose_follow_up(panel_of(described(typed)), 0, kind, answers, Before())
    assert letter.greeting == "Hello,"
    assert not uses(typed, " ".join(letter.subject_options))
    assert "your name" not in letter.body


def test_notes_still_say_you_for_what_they_call_the_person():
    letter = compose_panel(
        panel_of(described("the owner", mentioned="owner said they open a second store in May"))
    )[0]
    assert "you open a second store in May" in letter.body


# ------------------------------------------------------------ in the review

BODY = (
    "Thank you for talking with me about the Senior Platform Engineer role. You told me how the payments ledger moved"
    " to Kafka, and I would like to cut the deploy time in half.\n\nI am very interested in the role and look forward"
    " to the next steps.\n\nKind regards,\nJordan Álvarez"
)
SUBJECT = "Senior Platform Engineer interview: thank you"


def found(typed, body, subject=SUBJECT, kind=Kind.THANK_YOU, **more):
    facts = ReviewFacts(panel_of(described(typed, **more), PRIYA), 0, kind=kind)
    letter = LetterText(subject, body)
    result = review(letter, facts, (), AT, leave_out=frozenset({"length"}))
    return [(one.rule, one.case, letter.excerpt(one), one.suggestions) for one in result.findings]


@pytest.mark.parametrize(
    ("typed", "greeting", "expected"),
    [
        ("the manager", "Hello,", [("greeting", "unnamed", "Hello", ())]),
        ("the manager", "Hi there,", [("greeting", "unnamed", "Hi there", ())]),
        ("the manager", "Good morning,", [("greeting", "unnamed", "Good morning", ())]),
        ("the manager", "Dear Sir or Madam,", [("greeting", "unnamed", "Dear Sir or Madam", ())]),
        ("the manager", "", [("greeting", "absent_unnamed", "", ())]),
        # as the letter was before
        ("Lady from the governors (Mrs Shah?)", "Hi Lady,", [("greeting", "description", "Hi Lady", ("Hello",))]),
        ("the manager", "Hi The,", [("greeting", "description", "Hi The", ("Hello",))]),
        ("guy with the beard", "Hi Guy,", [("greeting", "description", "Hi Guy", ("Hello",))]),
        ("HR lady", "Dear HR Lady,", [("greeting", "description", "Dear HR Lady", ("Hello",))]),
        # a name that was found out
        ("the manager", "Hi Sabrina,", []),
        ("Lady from the governors (Mrs Shah?)", "Dear Mrs Shah,", []),
        ("the manager", "Hi Priya,", [("wrong_name", "panel", "Priya", ())]),
    ],
)  # fmt: skip
def test_the_greeting_of_somebody_described(typed, greeting, expected):
    assert found(typed, f"{greeting}\n\n{BODY}".lstrip()) == expected


def test_a_greeting_to_what_they_go_by_is_checked_as_before():
    assert found("HR lady", f"Hi Kaz,\n\n{BODY}", greet_as="Kaz") == []
    assert found("HR lady", f"Hello,\n\n{BODY}", greet_as="Kaz")[0][:2] == ("greeting", "nobody")


@pytest.mark.parametrize("typed", ["the manager", "Lady from the governors", "guy with the beard", "HR lady"])
def test_the_words_of_a_description_are_no_names(typed):
    said = "The governors, the lady at the desk, your manager, HR, and a guy from IT were kind. The Manager told me so."
    body = BODY.replace("\n\nI am", f" {said}\n\nI am")
    assert [
        one for one in found(typed, f"Hello,\n\n{body}") if one[0] in ("wrong_name", "name_spelling")
    ] == []
    panel = panel_of(PRIYA, described(typed))
    result = review(LetterText(SUBJECT, f"Hi Priya,\n\n{body}"), ReviewFacts(panel, 0), (), AT)
    rules = {one.rule for one in result.findings}
    assert not rules & {"wrong_name", "name_spelling", "greeting"}


def test_a_subject_is_not_asked_to_name_somebody_described():
    [_, missing] = found("the manager", f"Hello,\n\n{BODY}", subject="")[::-1][:2]
    assert missing[:2] == ("subject", "missing_unnamed")
    assert ("subject", "generic_unnamed", "Thank you", ()) in found(
        "the manager", f"Hello,\n\n{BODY}", subject="Thank you"
    )
