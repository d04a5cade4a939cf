"""The review as a whole: it never raises, is deterministic, and accepts our own letters."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.domain import proofread
from drafts.domain.compose import compose_letter, compose_panel
from drafts.domain.facts import Correction, Dialect, Interviewer, Panel, Role, Sender, Tone
from drafts.domain.facts_json import FactsError, parse_panel
from drafts.review import (
    CHECKS,
    LetterText,
    OtherDraft,
    Part,
    ReviewFacts,
    Severity,
    review,
)
from drafts.review.thresholds import READ_CHARACTERS
from tests.unit.facts_strategies import documents
from tests.unit.review_cases import DATA, base_facts, letter, local

AT = dt.datetime(2026, 11, 19, 16, 30, tzinfo=ZoneInfo("America/New_York"))
HOSTILE = st.one_of(
    st.text(max_size=300),
    st.lists(
        st.sampled_from(
            [
                "Hi",
                "Priya",
                ",",
                "\n",
                "\n\n",
                "P.S.",
                "Best,",
                "[",
                "]",
                "{",
                "___",
                "!!!",
                "😀",
                "’s",
                "Zylker",
                "e\u0301",
                "\ud800",
                "\0",
                "https://x.example",
                "a@b.c",
                "Dr.",
                "...",
                "—",
                "Thank you",
                "Kind regards,",
                "\u202e",
                "\r\n",
                "İ",
                "ß",
                "王伟",
                "?",
            ]
        ),
        max_size=40,
    ).map(" ".join),
)


@pytest.mark.slow
@settings(max_examples=250, deadline=None)
@given(subject=HOSTILE, body=HOSTILE, other=HOSTILE)
def test_no_text_raises_and_offsets_lie_in_it(subject, body, other):
    text = LetterText(subject, body)
    result = review(text, base_facts(), (OtherDraft("Tomasz Wójcik", other),), AT)
    for finding in result.findings:
        whole = {Part.SUBJECT: subject, Part.BODY: body}.get(finding.part, "")
        assert 0 <= finding.start <= finding.end <= len(whole)
        assert finding.message
        assert "{" not in finding.message.replace(text.excerpt(finding), "")
        assert finding.key(text.excerpt(finding))
    assert review(text, base_facts(), (OtherDraft("Tomasz Wójcik", other),), AT) == result


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(documents(most=3), st.sampled_from(list(Tone)))
def test_no_facts_raise(document, tone):
    try:
        panel = parse_panel(document)
    except FactsError:
        return
    drafts = compose_panel(panel, tone)
    others = tuple(
        OtherDraft(one.full_name, draft.body) for one, draft in zip(panel.interviewers, drafts, strict=True)
    )
    for index, draft in enumerate(drafts):
        review(
            LetterText(draft.subject, draft.body),
            ReviewFacts(panel, index),
            others[:index] + others[index + 1 :],
            AT,
        )


@pytest.mark.slow
def test_a_paste_of_a_hundred_kilobytes_is_answered():
    for paste in (
        "word " * 20_000,
        "a" * 100_000,
        "[" * 100_000,
        "!" * 100_000,
        "A B " * 25_000,
        "Hi Priya, " * 10_000,
        "\n" * 100_000 + "x",
        "a.b." * 25_000,
        "P.S. " * 20_000,
        "_" * 100_000,
        "<a " * 33_000,
        "{{" * 50_000,
        "'" * 100_000,
        "é" * 100_000,
        "g" + "o" * 99_000 + "_",
        "zzzA" * 25_000,
        "P.S. a\n\n" * 12_000,
        "at A " * 20_000,
        "[ ]" * 33_000,
        "Hi Priya,\n\n" * 9_000,
    ):
        result = review(LetterText("Thanks", paste), base_facts(), (), AT)
        assert any(finding.rule == "length" for finding in result.findings)
        assert all(finding.end <= READ_CHARACTERS for finding in result.findings)


# ---------------------------------------------------------------- what we write ourselves

NOTES = [
    {
        "mentioned": "the move of the payments ledger to Kafka",
        "strengths": ("Kubernetes", "Terraform"),
        "experience": "running an on-call rotation",
        "goal": "cut the deploy time in half",
    },
    {
        "enjoyed": "how the team runs blameless reviews",
        "callback": "I hope the allotment survives the frost.",
        "experience": "with large React codebases",
    },
    {
        "mentioned": "that the offer stage takes about two weeks",
        "correction": Correction("my notice period", "that it is one month, not two"),
    },
    {
        "mentioned": "how the product should reach rural clinics",
        "goal": "make each stage reversible",
        "forgot": "my work on PostgreSQL logical replication",
    },
    {
        "mentioned": "that you pair on every incident",
        "enjoyed": "your Friday demo hour",
        "strengths": ("Go", "gRPC", "tracing"),
    },
    {"callback": "Good luck with the half marathon.", "strengths": ("Figma", "user research")},
    {"enjoyed": "the story of the first release", "goal": "the migration of the old jobs"},
    {"mentioned": "why the data team sits with the product team", "experience": "ten years of on-call work"},
]
NAMES = [
    "Priya Nair",
    "Tomasz Wójcik",
    "Dana O'Brien",
    "Aylin Çelik",
    "Nguyễn Văn An",
    "Jean-Luc Moreau",
    "Uz. Berksay Hançer",
    "Sr. Lorenzo Mendes",
]
ROLES = [*Role, None, *Role]


def panel_of(
    size: int, company: str = "Lumen Health", position: str = "Backend Engineer", team: str = "Core Platform"
) -> Panel:
    base = base_facts().panel
    people = tuple(
        Interviewer(NAMES[n], email=f"a{n}@lumen.example", role=ROLES[n], **NOTES[n]) for n in range(size)
    )
    interview = replace(base.interview, company=company, position=position, team=team, field="healthcare")
    return Panel(Sender("Maya Okafor", "Maya Okafor\n+1 555 0100"), interview, people)


@pytest.mark.parametrize("dialect", [*Dialect, None])
@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("size", [1, 3, 8])
def test_our_own_letters_are_ready_and_leave_nothing_to_consider(size, tone, dialect):
    panel = panel_of(size)
    drafts = compose_panel(panel, tone)
    for index, draft in enumerate(drafts):
        others = tuple(
            OtherDraft(panel.interviewers[n].full_name, other.body)
            for n, other in enumerate(drafts)
            if n != index
        )
        facts = ReviewFacts(panel, index, dialect=dialect, other_companies=("Fjord", "Apple"))
        assert review(LetterText(draft.subject, draft.body), facts, others, AT).findings == ()


@pytest.mark.parametrize(
    "company",
    [
        "H&M",
        "Yahoo!",
        "Müller GmbH & Co. KG",
        "Atlassian's",
        "iRobot",
        "3M",
        "Spotify AB",
        "The Trade Desk",
        "Stripe",
        "X",
    ],
)
@pytest.mark.parametrize(
    "position", ["SRE", "UX Designer", "Nurse (m/f/d)", "VP, Growth", "C++ Developer", "Head of R&D"]
)
def test_our_own_letters_are_ready_whatever_the_company_is_called(company, position):
    panel = panel_of(2, company, position, team="")
    for index, draft in enumerate(compose_panel(panel)):
        result = review(LetterText(draft.subject, draft.body), ReviewFacts(panel, index), (), AT)
        assert [(finding.rule, finding.message) for finding in result.findings] == []


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("role", list(Role))
def test_a_letter_from_thin_notes_says_what_to_add(tone, role):
    panel = panel_of(1)
    person = Interviewer("Priya Nair", email="p@lumen.example", role=role)
    thin = replace(panel, interviewers=(person,))
    draft = compose_letter(thin, 0, tone)
    result = review(LetterText(draft.subject, draft.body), ReviewFacts(thin, 0), (), AT)
    assert result.ready
    assert [(one.rule, one.case, one.field) for one in result.findings] == [("personal", "thin", "mentioned")]


# ---------------------------------------------------------------- real letters


def real_letters(name: str) -> list[tuple[str, set[str], set[str]]]:
    """Each letter of a file: its title, its reader's remarks, and the review's findings."""
    found = []
    for table in tomllib.loads((DATA / name).read_text(encoding="utf-8"))["letter"]:
        document = table["facts"]
        emails = [person.pop("email", "") for person in document["interviewers"]]
        panel = parse_panel(document)
        people = zip(panel.interviewers, emails, strict=True)
        panel = replace(panel, interviewers=tuple(replace(person, email=email) for person, email in people))
        facts = ReviewFacts(panel, table["to"], dialect=None)
        others = tuple(OtherDraft(other["to"], other["body"]) for other in table.get("other", []))
        at = local(table["at"], panel.interview.time_zone)
        result = review(LetterText(table["subject"], table["body"].strip()), facts, others, at)
        said = {finding.rule for finding in result.findings if finding.severity is not Severity.OK}
        found.append((table["title"], set(table["remarks"]), said))
    return found


@pytest.mark.parametrize(
    ("name", "count"), [("real_letters.toml", 20), ("real_letters_2.toml", 20), ("real_letters_3.toml", 15)]
)
def test_real_letters_are_read_as_a_sensible_reader_does(name, count):
    letters = real_letters(name)
    assert len(letters) == count
    remarks = sum(len(wanted) for _, wanted, _ in letters)
    agreed = sum(len(wanted & said) for _, wanted, said in letters)
    waved_away = sum(len(said - wanted) for _, wanted, said in letters)
    differences = [(title, wanted - said, said - wanted) for title, wanted, said in letters if wanted != said]
    assert agreed >= 0.9 * remarks, differences
    assert waved_away <= len(letters) / 3, differences


# ---------------------------------------------------------------- proofreading


def test_without_an_engine_everything_else_is_checked_and_the_review_says_so(monkeypatch):
    monkeypatch.setattr(proofread, "_engine", lambda *_, **__: None)
    proofread.forget()
    try:
        text = letter(greeting="Hi Pryia,", heard="You mentionned the ledger.")
        result = review(text, base_facts(), (), AT)
    finally:
        proofread.forget()
    assert ("spelling", "unchecked", Severity.OK) in [
        (one.rule, one.case, one.severity) for one in result.findings
    ]
    assert "name_spelling" in [one.rule for one in result.findings]
    assert not any(one.case == "word" for one in result.findings)


@pytest.mark.parametrize(
    ("dialect", "word", "wrong"),
    [
        (Dialect.AMERICAN, "colour", True),
        (Dialect.BRITISH, "colour", False),
        (Dialect.BRITISH, "color", True),
        (None, "colour", False),
        (None, "color", False),
    ],
)
def test_spelling_goes_by_the_dialect(dialect, word, wrong):
    text = letter(heard=f"During the interview, you mentioned the {word} of the payments ledger.")
    found = [
        one for one in review(text, replace(base_facts(), dialect=dialect)).findings if one.rule == "spelling"
    ]
    assert [text.excerpt(one) for one in found] == ([word] if wrong else [])


def test_own_words_are_right_in_any_case_and_with_an_s():
    text = letter(heard="You mentioned zorbing, Zorbing's future and the ZORBING team.")
    facts = base_facts()
    assert [text.excerpt(one) for one in review(text, facts).findings if one.rule == "spelling"] != []
    known = replace(facts, own_words=("Zorbing",))
    assert [text.excerpt(one) for one in review(text, known).findings if one.rule == "spelling"] == []


@pytest.mark.parametrize(
    "word",
    [
        "kubernetes",
        "Kubernetes's",
        "POSTGRESQL",
        "GitOps",
        "grpc",
        "Node.js",
        "scikit-learn",
        "C++",
        "OAuth2",
        "SDET",
    ],
)
def test_technology_words_are_right_in_any_case(word):
    text = letter(heard=f"You mentioned the move of the ledger to {word} and what it took.")
    assert [one for one in review(text, base_facts()).findings if one.rule in ("spelling", "grammar")] == []


def test_the_engine_prints_nothing(capfd):
    for table in tomllib.loads((DATA / "real_letters.toml").read_text(encoding="utf-8"))["letter"]:
        proofread.proofread(table["body"] + " ", "american")
    assert capfd.readouterr().out == ""


def test_a_long_link_begins_no_sentence_and_moves_no_place():
    link = "https://example.com/" + "a" * 60
    text = letter(heard=f"You mentioned the ledger, as in {link} and what followed. It was intresting.")
    found = [one for one in review(text, base_facts()).findings if one.rule in ("spelling", "grammar")]
    assert [text.excerpt(one) for one in found] == ["intresting"]


def test_a_subject_of_spaces_alone_raises_nothing():
    result = review(LetterText(" " * 301 + "Thanks", "Hi"), base_facts(), (), AT)
    assert "subject" in [one.rule for one in result.findings]


def test_threads_may_proofread_at_once():
    from concurrent.futures import ThreadPoolExecutor

    texts = [f"Thank you for your time, number {n}. I was intrested in the job." for n in range(40)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: proofread.proofread(text, "american"), texts))
    assert all(
        "intrested" in text[one.start : one.end]
        for text, remarks in zip(texts, found, strict=True)
        for one in remarks
    )
    assert all(remarks for remarks in found)


# ---------------------------------------------------------------- what may be dismissed


def test_names_and_blanks_to_fix_cannot_be_dismissed():
    text = letter(greeting="Hi Tomek,", heard="You mentioned [topic] and Zyker and Initech and the leger.")
    result = review(text, base_facts(), (), AT)
    may = {one.rule: one.may_be_dismissed for one in result.findings}
    assert may["greeting"] is may["placeholder"] is may["name_spelling"] is may["wrong_name"] is False
    assert may["spelling"] is True


def test_the_question_of_the_notes_asks_about_the_next_steps():
    """It used to count as a remark of theirs, so that the page asked to close with a question."""
    facts = base_facts({"ask": "when you hope to decide"})
    written = letter(next_steps="Could you tell me when you hope to decide?")
    assert [one for one in review(written, facts).findings if one.rule == "next_steps"] == []


def test_every_check_may_be_left_out():
    text = letter(greeting="", heard="")
    assert review(text, base_facts(), (), AT, leave_out=frozenset(CHECKS)).findings == ()
