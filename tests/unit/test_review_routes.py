"""The review of the three routes: what each needs, and that our own texts pass."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafts.domain.facts import Interviewer, Kind, Role, Tone
from drafts.domain.facts_json import parse_panel
from drafts.domain.phrasebook import fill
from drafts.domain.routes import compose_route, route_book
from drafts.review import LetterText, OtherDraft, Part, ReviewFacts, Severity, review
from tests.unit.facts_strategies import documents
from tests.unit.review_cases import base_facts, letter
from tests.unit.test_compose import typed
from tests.unit.test_review import AT
from tests.unit.test_review import panel_of as panel_of_eight

ROUTE_KINDS = [kind for kind in Kind if kind.is_route]
NOTE = letter().body
REQUEST = (
    "Hi Dana,\n\nThank you for your help with my interview for the Senior Platform Engineer role at Zylker.\n\n"
    "Could you pass the note below on to Priya Nair?\n\nBest wishes,\nJordan Álvarez\n\n---\n\n" + NOTE
)
MESSAGE = (
    "Hi Priya,\n\nThank you for talking with me about the Senior Platform Engineer role. I keep thinking about"
    " something you mentioned: the move of the payments ledger to Kafka.\n\nBest wishes,\nJordan Álvarez"
)


def facts_of(kind, **person):
    return replace(base_facts(person), kind=kind)


def without_recruiter(facts):
    people = tuple(person for person in facts.panel.interviewers if person.role is not Role.RECRUITER)
    return replace(facts, panel=replace(facts.panel, interviewers=people))


def cases_of(body, facts, subject="A note for Priya Nair", others=(), at=AT):
    found = review(LetterText(subject, body), facts, others, at).findings
    return [(one.rule, one.case) for one in found]


# ---------------------------------------------------------------- what we write ourselves


def reviewed(panel, kind, tone, **facts):
    """Each person's route with its findings, compared with the others of its kind."""
    people = panel.interviewers
    drafts = [compose_route(panel, index, kind, tone) for index in range(len(people))]
    for index, draft in enumerate(drafts):
        others = tuple(
            OtherDraft(people[n].full_name, other.body) for n, other in enumerate(drafts) if n != index
        )
        text = LetterText(draft.subject, draft.body)
        result = review(text, ReviewFacts(panel, index, kind=kind, **facts), others, AT)
        yield draft, result.findings


@pytest.mark.parametrize("dialect", ["american", "british", None])
@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("kind", ROUTE_KINDS)
@pytest.mark.parametrize("size", [1, 3, 8])
def test_our_own_routes_leave_nothing_to_consider(size, kind, tone, dialect):
    panel = panel_of_eight(size)
    for draft, findings in reviewed(panel, kind, tone, dialect=dialect, other_companies=("Fjord",)):
        kept = [one for one in findings if one.severity is not Severity.OK]
        assert (draft.body, kept) == (draft.body, [])


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("kind", ROUTE_KINDS)
@pytest.mark.parametrize("size", [2, 8])
@pytest.mark.parametrize("recruiter", [True, False])
def test_routes_from_thin_notes_say_only_that_they_are_not_personal(recruiter, size, kind, tone):
    base = panel_of_eight(8)
    people = tuple(
        Interviewer(person.full_name, email=person.email, role=Role.PEER) for person in base.interviewers
    )[: size - recruiter]
    if recruiter:
        people += (Interviewer("Rosa Lind", email="rosa@lumen.example", role=Role.RECRUITER),)
    panel = replace(base, interviewers=people)
    for draft, findings in reviewed(panel, kind, tone):
        kept = [(one.rule, one.case) for one in findings if one.severity is not Severity.OK]
        assert (draft.body, kept) == (draft.body, [("personal", "thin")])


FILLED = {
    "position": "Senior Platform Engineer",
    "company": "Zylker",
    "person": "Priya Nair",
    "first": "Priya",
    "strengths": "Kubernetes and Terraform",
}
OF_THE_UNNAMED = ("request_unnamed", "request_job", "request_place")  # they stand in for a name
PHRASES = sorted(
    (slot, text)
    for (slot, _, _), texts in route_book().variants.items()
    for text in texts
    if slot not in ("request_greeting", *OF_THE_UNNAMED)
)


@pytest.mark.parametrize(("slot", "text"), PHRASES)
def test_every_phrase_of_ours_reads_well(slot, text):
    said = fill(text, FILLED)
    if slot == "request_subject":
        assert cases_of(REQUEST, facts_of(Kind.RECRUITER), said) == []
    elif slot.startswith("request"):
        body = REQUEST if said in REQUEST else REQUEST.replace("Could you pass", f"{said} Could you pass")
        assert cases_of(body, facts_of(Kind.RECRUITER)) == []
    elif slot.startswith("linkedin"):
        body = MESSAGE if said in MESSAGE else MESSAGE.replace("\n\nBest", f" {said}\n\nBest")
        assert cases_of(body, facts_of(Kind.LINKEDIN), "") in ([], [("length", "characters")])
    else:
        assert cases_of(letter(next_steps=said).body, facts_of(Kind.FORWARD)) == []


# Mistakes in the user's own words are reported in every kind of draft.
OF_THE_FACTS = {
    "spelling",
    "placeholder",
    "name_spelling",
    "wrong_name",
    "recipient",
    "copy_paste",
    "leftovers",
    "composition",
}


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents(most=3), st.sampled_from(list(Tone)), st.sampled_from(ROUTE_KINDS))
def test_routes_from_any_facts_need_no_mending_but_of_the_facts(document, tone, kind):
    panel = parse_panel(document)
    files = tuple(sample.file for person in panel.interviewers for sample in person.work_samples)
    entered = typed(panel).casefold()
    for draft, findings in reviewed(panel, kind, tone, attachments=files):
        for one in findings:
            if one.severity is Severity.FIX:
                said = LetterText(draft.subject, draft.body).excerpt(one)
                assert (one.rule, said, one.rule in OF_THE_FACTS) == (one.rule, said, True)
                assert one.rule in ("copy_paste", "composition") or said.casefold() in entered


# ---------------------------------------------------------------- LinkedIn


@pytest.mark.parametrize(("size", "over"), [(300, 0), (301, 1), (340, 40), (5000, 4700)])
def test_linkedin_length_is_counted_in_characters(size, over):
    body = MESSAGE + "x" * (size - len(MESSAGE))
    facts = facts_of(Kind.LINKEDIN)
    found = [one for one in review(LetterText("", body), facts).findings if one.rule == "length"]
    lengths = [one for one in found if one.case == "characters"]
    assert [one.severity for one in lengths] == ([Severity.FIX] if over else [])
    if over:
        assert f": {over} too many." in lengths[0].message
        assert (lengths[0].start, lengths[0].end) == (300, min(size, 4000))


def test_linkedin_counts_emoji_as_two_and_no_line_break_at_the_end():
    body = MESSAGE + "🎉" * ((300 - len(MESSAGE)) // 2)
    assert ("length", "characters") not in cases_of(body + "\n\n", facts_of(Kind.LINKEDIN), "")
    found = review(LetterText("", body + "🎉🎉"), facts_of(Kind.LINKEDIN)).findings
    length = next(one for one in found if one.rule == "length")
    assert length.start in (len(body), len(body) + 1)
    assert length.end == len(body) + 2


def test_linkedin_asks_for_no_subject_no_length_and_no_next_steps():
    assert cases_of(MESSAGE, facts_of(Kind.LINKEDIN, email=""), "") == []
    as_letter = cases_of(MESSAGE, facts_of(Kind.THANK_YOU, email=""), "")
    assert {rule for rule, _ in as_letter} == {"subject", "length", "interest", "next_steps", "recipient"}


def test_linkedin_still_minds_names_thanks_and_asking_twice():
    body = MESSAGE.replace("Hi Priya", "Hi Tomek").replace("Thank you for talking", "We were talking")
    body = body.replace(
        "\n\nBest", " I look forward to hearing from you. Please let me know the next steps.\n\nBest"
    )
    assert cases_of(body, facts_of(Kind.LINKEDIN), "") == [
        ("greeting", "someone_else"),
        ("wrong_name", "panel"),
        ("gratitude", "absent"),
        ("next_steps", "twice"),
    ]


def test_linkedin_carries_no_files():
    body = MESSAGE.replace("\n\nBest", " I have attached my talk.\n\nBest")
    with_file = replace(facts_of(Kind.LINKEDIN), attachments=("talk.pdf",))
    assert cases_of(body, with_file, "") == [("attachment", "missing")]
    assert ("attachment", "missing") not in cases_of(body, replace(with_file, kind=Kind.FORWARD))


# ---------------------------------------------------------------- the request to the recruiter


def test_a_request_with_its_note_is_read_as_one_mail():
    assert cases_of(REQUEST, facts_of(Kind.RECRUITER, email="")) == []


@pytest.mark.parametrize(
    ("greeting", "wanted"),
    [
        ("Hi Dana,", []),
        ("Hello,", []),
        ("Dear Ms. O'Brien,", []),
        ("Hi Priya,", [("greeting", "someone_else")]),
        ("Hi Tomek,", [("greeting", "someone_else"), ("wrong_name", "panel")]),
        ("Hi Dnaa,", [("name_spelling", "near")]),
        ("Hi there,", [("greeting", "nobody")]),
    ],
)
def test_a_request_greets_the_recruiter(greeting, wanted):
    assert cases_of(REQUEST.replace("Hi Dana,", greeting), facts_of(Kind.RECRUITER)) == wanted


@pytest.mark.parametrize(
    ("greeting", "wanted"),
    [
        ("Hello,", []),
        ("Hi there,", []),
        ("Hi Robin,", []),
        ("Hi Priya,", [("greeting", "not_recruiter")]),
        ("Dear Ms. Nair,", [("greeting", "not_recruiter")]),
        ("Hi Tomek,", [("wrong_name", "panel")]),
    ],
)
def test_a_request_to_nobody_on_the_panel_may_greet_anyone_else(greeting, wanted):
    facts = without_recruiter(facts_of(Kind.RECRUITER))
    found = cases_of(REQUEST.replace("Hi Dana,", greeting), facts)
    assert found == [*wanted, ("recipient", "no_recruiter")]


@pytest.mark.parametrize(
    ("greeting", "wanted"),
    [
        ("Hi Pryia,", [("name_spelling", "near")]),
        ("Hallo Priya,", []),
        ("Hi Tomek,", [("wrong_name", "panel")]),
    ],
)
def test_the_greeting_of_the_note_below_is_read_too(greeting, wanted):
    assert cases_of(REQUEST.replace("Hi Priya,", greeting), facts_of(Kind.RECRUITER)) == wanted


def test_how_a_note_below_begins_is_no_misspelled_name():
    facts = facts_of(Kind.RECRUITER, full_name="van der Berg")
    body = REQUEST.replace("Hi Priya,", "Dear van der Berg,").replace("Priya Nair", "van der Berg")
    assert cases_of(body, facts) == []


def test_a_request_without_a_greeting_is_reported():
    body = REQUEST.removeprefix("Hi Dana,\n\n")
    assert cases_of(body, facts_of(Kind.RECRUITER))[0] == ("greeting", "absent")
    assert ("greeting", "no_greeting") in cases_of(body, without_recruiter(facts_of(Kind.RECRUITER)))


@pytest.mark.parametrize(
    ("line", "asked", "noted", "wanted"),
    [
        ("---", 90, 190, ["long"]),
        ("---", 90, 140, []),
        ("———", 90, 140, []),
        ("---", 110, 140, ["request"]),
        ("---", 110, 195, ["with_request"]),
        ("", 90, 155, []),
        ("", 90, 175, ["long"]),
        ("", 90, 215, ["with_request"]),
    ],
)
def test_a_request_and_its_note_have_limits_of_their_own(line, asked, noted, wanted):
    asks = "Hi Dana,\n\n" + "word " * (asked - 2)
    note = "Hi Priya,\n\n" + "word " * (noted - 2)
    found = cases_of(f"{asks}\n\n{line}\n\n{note}", facts_of(Kind.RECRUITER))
    assert [case for rule, case in found if rule == "length"] == wanted


def test_asking_to_pass_something_on_is_nothing_personal():
    note = letter(heard="", interest="I remain very interested in joining Zylker.").body
    body = REQUEST.replace(NOTE, note)
    assert cases_of(body, facts_of(Kind.RECRUITER)) == [("personal", "unused")]


@pytest.mark.parametrize(
    ("recruiter", "wanted"),
    [
        ({}, []),
        ({"email": ""}, [("recipient", "recruiter")]),
        ({"email": "dana@zylker"}, [("recipient", "malformed")]),
        ({"email": "priya.nair@zylker.example"}, [("recipient", "shared")]),
        ({"email": "dana@initech.example"}, [("recipient", "domain")]),
        ({"email": "dana@gmail.com"}, [("recipient", "private")]),
    ],
)
def test_the_address_of_a_request_is_the_recruiters(recruiter, wanted):
    facts = facts_of(Kind.RECRUITER)
    people = facts.panel.interviewers
    people = (*people[:2], replace(people[2], **recruiter))
    assert cases_of(REQUEST, replace(facts, panel=replace(facts.panel, interviewers=people))) == wanted


def test_the_recruiters_name_is_a_wrong_name_in_other_kinds():
    body = letter(extra="Dana told me about the offices.").body
    assert ("wrong_name", "panel") in cases_of(body, facts_of(Kind.FORWARD))
    assert ("wrong_name", "panel") not in cases_of(REQUEST + "\n\nThanks, Dana.", facts_of(Kind.RECRUITER))


# ---------------------------------------------------------------- the note to be forwarded, and every kind


def test_a_note_to_be_forwarded_needs_no_address():
    subject = letter().subject
    assert cases_of(NOTE, facts_of(Kind.FORWARD, email=""), subject) == []
    assert cases_of(NOTE, facts_of(Kind.THANK_YOU, email=""), subject) == [("recipient", "absent")]


@pytest.mark.parametrize("kind", [Kind.THANK_YOU, *ROUTE_KINDS])
def test_the_hour_counts_whatever_the_way(kind):
    body = {Kind.LINKEDIN: MESSAGE, Kind.RECRUITER: REQUEST}.get(kind, NOTE)
    late = AT.replace(day=21)
    found = review(LetterText("A note for Priya Nair", body), facts_of(kind), (), late).findings
    assert [(one.rule, one.part) for one in found if one.rule == "timing"] == [("timing", Part.SENDING)]


@pytest.mark.parametrize("kind", ROUTE_KINDS)
def test_copies_are_found_in_every_kind_of_draft(kind):
    body = {Kind.LINKEDIN: MESSAGE, Kind.RECRUITER: REQUEST}.get(kind, NOTE)
    found = cases_of(body, facts_of(kind), others=(OtherDraft("Tomasz Wójcik", body),))
    assert ("copy_paste", "letter") in found


def test_a_recruiter_is_not_told_to_ask_a_recruiter():
    facts = facts_of(Kind.THANK_YOU, email="", role=Role.RECRUITER)
    found = [
        one
        for one in review(LetterText("Thank you", NOTE), facts, (), AT).findings
        if one.rule == "recipient"
    ]
    assert [one.case for one in found] == ["themselves"]
    assert "recruiter" not in found[0].message
