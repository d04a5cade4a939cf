"""Names that are also words, shared, foreign or entered in odd ways are reported only if they are wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from drafts.domain.compose import compose_panel
from drafts.domain.facts import Interviewer, Panel, Tone
from drafts.review import LetterText, OtherDraft, ReviewFacts, Severity, review
from tests.unit.review_cases import base_facts

AT = dt.datetime(2026, 11, 19, 21, 30, tzinfo=dt.UTC)
TEXT = (
    "Thank you for your time today. You mentioned the move of the ledger to Kafka. Will you keep both sides running? "
    "Mark my words, it may work. I hope to join the team, and by the grace of tooling we will zoom ahead; the target "
    "is clear and so is the gap.\n\nI look forward to the next steps.\n\nBest,\nJordan Lee"
)


def panel(names, company, sender="Jordan Lee", mentioned="the move of the ledger to Kafka"):
    base = base_facts().panel
    people = tuple(
        Interviewer(
            name, email=f"p{at}@x.example", mentioned="how the team reviews code" if at else mentioned
        )
        for at, name in enumerate(names)
    )
    interview = replace(base.interview, company=company, position="Data Engineer")
    return Panel(replace(base.sender, full_name=sender), interview, people)


def said(body, names, company="Apple", subject="Data Engineer interview: thank you", **facts):
    about = ReviewFacts(
        panel(names, company, **facts), 0, other_companies=("Zoom", "Notion", "Target", "Gap")
    )
    letter = LetterText(subject, body)
    return [
        (one.rule, letter.excerpt(one), one.suggestions[:1]) for one in review(letter, about, (), AT).findings
    ]


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize(
    ("names", "company"),
    [
        (["Will Smith", "Mark Hope", "Grace May"], "Apple"),
        (["Anna Berg", "Anna Lund"], "Target"),
        (["Jordan Smith", "Lee Park"], "The Trade Desk"),
        (["Wójcik, Tomasz", "van der Berg", "de la Cruz, Ana"], "Box"),
        (["王伟", "李娜"], "腾讯"),
        (["Екатерина Иванова", "محمد علي"], "Яндекс"),
        (["J. R. Smith", "Bo", "Li Na"], "Gap"),
        (["Dr. Jane Smith-Jones", "Prof. O'Neil"], "J.P. Morgan"),
        (["Rose", "Art Bell"], "Linear"),
        (["Mercedes Benz", "Tesla Nikola"], "Mercedes-Benz"),
        (["Sam Square", "Max Notion"], "Square"),
        (["Jean-Luc Picard", "Luc Besson"], "AT&T"),
        (["Priya Nair", "Priya Rao"], "8x8"),
        (["Dana White", "Data Soong"], "eBay"),
        (["April June", "May August"], "monday.com"),
        (["Chris Evans", "Christine Evans"], "Evans & Sons"),
    ],
)
def test_our_letters_to_anyone_from_any_company_are_clean(names, company, tone):
    about = panel(names, company)
    drafts = compose_panel(about, tone)
    for index, draft in enumerate(drafts):
        others = tuple(OtherDraft(names[at], one.body) for at, one in enumerate(drafts) if at != index)
        facts = ReviewFacts(about, index, other_companies=("Zoom", "Notion", "Initech"))
        # With one note each they may be short, which has nothing to do with names.
        result = review(
            LetterText(draft.subject, draft.body), facts, others, AT, leave_out=frozenset({"length"})
        )
        assert (draft.body, result.findings) == (draft.body, ())


@pytest.mark.parametrize(
    "greeting",
    ["Hi Anna,", "Anna -", "Good afternoon Ms. Berg,", "HI ANNA,", "Dear Anna Berg:", "Hello, Anna!"],
)
def test_words_that_are_names_of_others_are_words(greeting):
    names = ["Anna Berg", "Will Smith", "Mark Hope", "Grace May"]
    assert said(f"{greeting}\n\n{TEXT}", names) == []


@pytest.mark.parametrize(
    ("body", "names", "expected"),
    [
        (f"Hi Anna and team,\n\n{TEXT}", ["Anna Berg"], [("greeting", "Anna and team", ("Anna",))]),
        (
            f"Hi Anna,\n\nIt was good of you and Will to explain it.\n\n{TEXT}",
            ["Anna Berg", "Will Smith"],
            [("wrong_name", "Will", ())],
        ),
        (f"Hi Tomek,\n\n{TEXT}", ["Wójcik, Tomasz"], [("greeting", "Tomek", ("Tomasz",))]),
        (
            f"Hi Anna,\n\n{TEXT.replace('Jordan Lee', 'Jordon Lee')}",
            ["Anna Berg"],
            [("name_spelling", "Jordon", ("Jordan",))],
        ),
        (
            f"Dear Mr. Wojcik,\n\n{TEXT}",
            ["Wójcik, Tomasz"],
            [("name_spelling", "Wojcik", ("Wójcik",))],
        ),
    ],
)
def test_what_is_wrong_is_said_once(body, names, expected):
    assert said(body, names) == expected


def test_a_note_with_a_word_does_not_let_the_name_through():
    body = f"Hi Anna,\n\nIt was good of you and Will to explain it.\n\n{TEXT}"
    names = ["Anna Berg", "Will Smith"]
    assert ("wrong_name", "Will", ()) in said(body, names, mentioned="that references will be taken up")
    assert said(body, names, mentioned="that she and Will run the ledger to Kafka") == []


def test_the_subject_is_read_as_well():
    body = f"Hi Anna,\n\n{TEXT}"
    assert said(body, ["Anna Berg"], subject="Thank you, Ana") == [("name_spelling", "Ana", ("Anna",))]
    assert said(body, ["Anna Berg", "Tomasz Wójcik"], subject="Tomasz, thank you") == [
        ("wrong_name", "Tomasz", ())
    ]


def test_a_missing_accent_is_advice():
    about = ReviewFacts(panel(["Tomasz Wójcik"], "Apple"), 0)
    [finding] = review(LetterText("Data Engineer", f"Dear Mr. Wojcik,\n\n{TEXT}"), about, (), AT).findings
    assert (finding.case, finding.severity) == ("accent", Severity.CONSIDER)


@pytest.mark.parametrize("tone", list(Tone))
def test_our_letters_to_twenty_people_with_the_same_notes_are_ready(tone):
    about = panel([f"Person{chr(97 + at)} Lastname{chr(97 + at)}" for at in range(20)], "Fjord")
    drafts = compose_panel(about, tone)
    for index, draft in enumerate(drafts):
        others = tuple(
            OtherDraft(about.interviewers[at].full_name, one.body)
            for at, one in enumerate(drafts)
            if at != index
        )
        result = review(LetterText(draft.subject, draft.body), ReviewFacts(about, index), others, AT)
        assert result.ready, [one.message for one in result.findings]


GOOD = (
    "Thank you for your time. You mentioned the move of the ledger to Kafka. {more} I hope to join you.\n\n"
    "I look forward to the next steps.\n\nBest,\nJordan Lee"
)


def fixes(name, company="Zylker", more="", greeting="Hi {first},", others=("Tomasz Wójcik",), **facts):
    about = panel([name, *others], company)
    about = ReviewFacts(about, 0, **facts)
    body = greeting.format(first=name.split()[0]) + "\n\n" + GOOD.format(more=more)
    letter = LetterText("Data Engineer interview", body)
    found = review(letter, about, (), AT).findings
    return [
        (one.rule, letter.excerpt(one), one.suggestions[:1]) for one in found if one.severity is Severity.FIX
    ]


@pytest.mark.parametrize(
    ("name", "company", "greeting", "more"),
    [
        ("Mo Salah", "Zylker", "Dear Mr Salah,", ""),
        ("My Tran", "Zylker", "Dear Ms Tran,", ""),
        ("Lisa Moore, MSc", "Zylker", "Dear Ms Moore,", ""),
        ("Robert Downey Jr.", "Zylker", "Dear Mr. Downey,", ""),
        ("Grace Yu", "Zylker", "Hi Grace,", "Thank you again, Grace. You made it easy."),
        ("Kevin Ho", "Zylker", "Hi Kevin,", "Good to meet you, Kevin. How you work is clear."),
        ("Priya Nair", "McDonald's", "Hi Priya,", "Joining McDonald's would suit me."),
        ("Priya Nair", "Levi's", "Hi Priya,", "Working at Levi's would suit me."),
        ("Priya Nair", "Trader Joe's", "Hi Priya,", "I want to work at Trader Joe's; a trader told me so."),
        ("Priya Nair", "Gap Inc.", "Hi Priya,", "I could fill the gap in the data team."),
        ("Priya Nair", "Best Buy", "Hi Priya,", "I did my best by asking."),
        ("Priya Nair", "Scale AI", "Hi Priya,", "I like to scale an org."),
        ("Judy Lee", "Zylker", "Hi Judy,", "I can start in July."),
        ("Frances Ray", "Zylker", "Hi Frances,", "I lived in France."),
        ("Priya Nair", "Zylker", "Jordan Lee\nBrooklyn, NY\n\nDear Priya,", ""),
        ("Priya Nair", "Zylker", "November 19, 2026\n\nDear Priya,", ""),
        ("Priya Nair", "Zylker", "Happy Friday, Priya!", ""),
        ("Priya Nair", "Zylker", "Bonjour Priya,", ""),
        ("SARAH JONES", "ZYLKER", "Hi Sarah,", "Zylker would suit me."),
        ("sarah jones", "Zylker", "Dear Ms Jones,", ""),
        ("Jürgen Groß", "Zylker", "Dear Mr Gross,", ""),
        ("Priya Nair", "Zylker", "Hi Priya,", "I know 5S, W-2 forms, pro bono work and São Paulo, per se."),
    ],
)
def test_good_letters_have_no_findings(name, company, greeting, more):
    assert fixes(name, company, more, greeting) == []


def test_a_name_of_nine_words_is_greeted_whole():
    name = "María del Carmen Fernández de la Vega y Sánchez-Ostiz"
    for greeting, is_right in ((f"Dear {name},", True), ("Hi I just wanted to thank you for today,", False)):
        found = review(LetterText("", f"{greeting}\n\nThank you."), base_facts({"full_name": name})).findings
        assert any(one.rule == "greeting" for one in found) is not is_right


def test_a_name_that_is_also_a_small_word_says_something_in_the_subject():
    facts = base_facts({"full_name": "Nguyễn Văn An", "greet_as": "An"})
    for subject, is_generic in (
        ("Thank you for the interview, An", False),
        ("Thank you for an interview", True),
    ):
        found = review(LetterText(subject, "Hi An,"), facts).findings
        assert any(one.rule == "subject" for one in found) is is_generic


def test_a_greeting_below_a_pasted_subject_is_found():
    rules = [rule for rule, *_ in fixes("Priya Nair", "Zylker", "", "Subject: Thank you\n\nDear Priya,")]
    assert rules == ["leftovers"]


def test_a_colleague_whose_name_is_the_companys_or_a_tools_is_no_stranger():
    assert (
        fixes(
            "Priya Nair",
            "John Lewis Partnership",
            "I want to join John Lewis Partnership.",
            others=("John Lewis",),
        )
        == []
    )
    assert (
        fixes("Priya Nair", more="I know Ruby, Julia and Jenkins.", others=("Ruby Spring", "Julia Jenkins"))
        == []
    )


@pytest.mark.parametrize(
    ("greeting", "expected"),
    [
        ("Dear Pryia  Nair,", ("name_spelling", "Pryia", ("Priya",))),
        ("Dear Sarah,", ("greeting", "Sarah", ("Priya",))),
    ],
)
def test_wrong_greetings_are_marked_at_their_words(greeting, expected):
    assert fixes("Priya Nair", greeting=greeting) == [expected]


def test_another_surname_in_the_greeting_is_worth_a_look():
    body = "Dear Priya Sharma,\n\n" + GOOD.format(more="")
    assert said(body, ["Priya Nair"], "Zylker")[1:] == [("greeting", "Priya Sharma", ("Priya",))]
