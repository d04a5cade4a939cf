"""Three routes to someone whose address is unknown: short enough, nothing invented, all different within a panel."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafts.domain.compose import CEILING, compose_letter, compose_panel, count_words
from drafts.domain.facts import (
    MAX_LENGTH,
    MAX_WORDS,
    Interviewer,
    Kind,
    Panel,
    Role,
    Sender,
    Tone,
    is_noted,
)
from drafts.domain.facts_json import parse_panel
from drafts.domain.kinds import letter_kind
from drafts.domain.naming import greeting_name
from drafts.domain.notes.points import context_of
from drafts.domain.readings import read_person
from drafts.domain.routes import (
    LINKEDIN_LIMIT,
    NOTE_LINE,
    REQUEST_LIMIT,
    code_units,
    compose_route,
    recruiter_of,
    route_book,
)
from drafts.domain.similarity import likeness
from drafts.domain.tokens import fold
from tests.unit.facts_strategies import TOLD, documents
from tests.unit.test_compose import panel_of, typed

LAX = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
TONES = st.sampled_from(list(Tone))
ROUTE_KINDS = [kind for kind in Kind if kind.is_route]
KINDS = st.sampled_from(ROUTE_KINDS)

PRIYA = {
    "full_name": "Priya Nair",
    "role": "hiring_manager",
    "mentioned": "the move of the payments ledger to Kafka",
    "enjoyed": "how the team runs reviews",
    "strengths": ["Kubernetes", "Go"],
    "goal": "cut the deploy time in half",
    "callback": "Good luck with the half marathon.",
}
DANA = {"full_name": "Dana O'Brien", "role": "recruiter", "email": "dana@zylker.example"}


def routes(panel, kind, tone=Tone.WARM):
    return [compose_route(panel, index, kind, tone) for index in range(len(panel.interviewers))]


def above_the_note(letter):
    return letter.body.split(f"\n\n{NOTE_LINE}\n\n", 1)[0]


# ---------------------------------------------------------------- properties, whatever is entered


@pytest.mark.slow
@given(documents(most=8), TONES)
@LAX
def test_linkedin_message_never_passes_the_limit(document, tone):
    for letter in routes(parse_panel(document), Kind.LINKEDIN, tone):
        assert code_units(letter.body) <= LINKEDIN_LIMIT
        assert (letter.subject, letter.subject_options) == ("", ())
        assert letter.body.endswith("\nJordan Álvarez")
        assert letter.body.startswith(f"{letter.greeting}\n\n")


@pytest.mark.slow
@given(documents(most=6), TONES, KINDS)
@LAX
def test_route_says_nothing_that_was_not_entered(document, tone, kind):
    panel = parse_panel(document)
    entered = typed(panel)
    for letter in routes(panel, kind, tone):
        said = letter.body.replace(NOTE_LINE, "")
        for text in (letter.subject, said):
            for placeholder in re.findall(r"\{\w*\}", text):
                assert placeholder.lower() in entered.lower()
            for mark in ("[", "]", "None", "___", ".."):
                assert mark not in text or mark in entered
            assert "  " not in text
        for number in re.findall(r"\d+", said):
            assert number in entered
        for word in re.findall(r"(?<=[a-z,] )([A-Z]\w+)", said):
            assert fold(word) in fold(entered)
        assert not re.search(r"\n\n\n|\A\s|\s\Z| \n|\n ", letter.body)
        assert letter.words == count_words(letter.body)


@pytest.mark.slow
@given(documents(most=4), TONES, KINDS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_same_facts_give_the_same_route(document, tone, kind):
    panel = parse_panel(document)
    again = parse_panel(json.loads(json.dumps(document)))
    assert routes(panel, kind, tone) == routes(again, kind, tone)


@pytest.mark.slow
@given(documents(most=8), TONES)
@LAX
def test_request_and_note_keep_to_their_limits(document, tone):
    panel = parse_panel(document)
    notes = routes(panel, Kind.FORWARD, tone)
    for note, letter in zip(notes, routes(panel, Kind.RECRUITER, tone), strict=True):
        assert note.words <= CEILING
        request = above_the_note(letter)
        assert letter.body == f"{request}\n\n{NOTE_LINE}\n\n{note.body}"
        assert count_words(request) <= REQUEST_LIMIT
        assert letter.left_out == note.left_out


@pytest.mark.slow
@given(documents(), TONES)
@LAX
def test_request_subjects_are_short_and_name_the_person(document, tone):
    panel = parse_panel(document)
    for person, letter in zip(panel.interviewers, routes(panel, Kind.RECRUITER, tone), strict=True):
        assert letter.subject == letter.subject_options[0]
        assert len(set(letter.subject_options)) == len(letter.subject_options) >= 3
        greeted = greeting_name(person.full_name, person.greet_as, formal=False)
        named = [person.full_name.split()[0], greeted[:30]]
        for subject in letter.subject_options:
            assert len(subject) <= 60
            assert any(name in subject for name in named)


@pytest.mark.slow
@given(documents(most=6), TONES)
@LAX
def test_linkedin_message_says_a_fact_whole_or_tells_that_it_left_it_out(document, tone):
    panel = parse_panel(document)
    for index, letter in enumerate(routes(panel, Kind.LINKEDIN, tone)):
        person = panel.interviewers[index]
        readings = read_person(person, context_of(panel, index))
        said = fold(letter.body)
        for key in ("mentioned", "enjoyed", "callback"):
            if key not in letter.left_out and is_noted(person, key) and not person.own_sentence(key):
                assert all(fold(point.text) in said for point in readings.points(key))
        if "strengths" not in letter.left_out:
            assert all(skill in letter.body for skill in readings.strengths.skills)
        for key, text in person.say:
            if is_noted(person, key):
                assert key in letter.left_out or text.strip() in letter.body


# ---------------------------------------------------------------- the longest that may be entered


def longest_name(letter, words):
    """The longest name that MAX_LENGTH and MAX_WORDS allow, with `words` words."""
    size = (MAX_LENGTH["full_name"] - words + 1) // words
    return " ".join([letter * size] * words)


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("letter", ["W", "é", "王", "𝒲"])
@pytest.mark.parametrize("words", [1, MAX_WORDS["full_name"]])
def test_longest_names_leave_room_for_everyone(letter, words, tone):
    name = longest_name(letter, words)
    base = panel_of(PRIYA)
    interview = replace(base.interview, company=name, position=name)
    person = Interviewer(name, greet_as=letter * MAX_LENGTH["greet_as"], mentioned="the ledger")
    recruiter = Interviewer(name, role=Role.RECRUITER)
    panel = Panel(Sender(name), interview, (person, recruiter))
    message = compose_route(panel, 0, Kind.LINKEDIN, tone)
    assert code_units(message.body) <= LINKEDIN_LIMIT
    assert message.body.endswith(name)
    request = compose_route(panel, 0, Kind.RECRUITER, tone)
    assert count_words(above_the_note(request)) <= REQUEST_LIMIT
    assert all(len(subject) <= 60 for subject in request.subject_options)
    assert compose_route(panel, 0, Kind.FORWARD, tone).words <= CEILING


def test_a_long_position_makes_room_for_the_name_before_it_is_left_out():
    position = "Principal Software Engineer, " + "Developer Experience and Platform " * 2
    sender = "Jordan " + "Á" * 80
    panel = panel_of({"full_name": "Priya Nair"}, position=position.strip())
    panel = replace(panel, sender=Sender(sender))
    body = compose_route(panel, 0, Kind.LINKEDIN).body
    assert "Principal Software Engineer" in body
    assert body.startswith("Hi Priya,")
    assert body.endswith(sender)


@pytest.mark.parametrize("text", ["a", "é", "王", "🎉", "👩🏽‍💻", "e\u0301", "\ud800"])
def test_code_units_are_counted_as_a_browser_does(text):
    assert code_units(text) == len(text) + sum(ord(character) > 0xFFFF for character in text)


# ---------------------------------------------------------------- the request


@pytest.mark.parametrize(
    ("people", "index", "expected"),
    [
        ([PRIYA, DANA], 0, 1),
        ([PRIYA, DANA], 1, None),
        ([PRIYA], 0, None),
        ([PRIYA, {**DANA, "email": ""}], 0, 1),
        ([PRIYA, {**DANA, "email": ""}, {**DANA, "full_name": "Eve Li"}], 0, 2),
        ([PRIYA, {**DANA, "full_name": "Eve Li"}, DANA], 2, 1),
        ([PRIYA, {"full_name": "Eve Li", "job_title": "Talent Partner"}], 0, 1),
        ([PRIYA, {"full_name": "Eve Li", "job_title": "Talent Partner", "role": "peer"}], 0, None),
    ],
)
def test_recruiter_of(people, index, expected):
    assert recruiter_of(panel_of(*people), index) == expected


@pytest.mark.parametrize(
    ("tone", "recruiter", "greeting"),
    [
        (Tone.WARM, DANA, "Hi Dana,"),
        (Tone.FORMAL, DANA | {"greet_as": "Ms. O'Brien"}, "Dear Ms. O'Brien,"),
        (Tone.BRIEF, DANA, "Hi Dana,"),
        (Tone.WARM, {"full_name": "Tomasz Wójcik", "role": "peer"}, "Hello,"),
    ],
)
def test_request_greets_the_recruiter_or_nobody(tone, recruiter, greeting):
    letter = compose_route(panel_of(PRIYA, recruiter), 0, Kind.RECRUITER, tone)
    assert letter.greeting == greeting
    assert letter.body.startswith(f"{greeting}\n\n")


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("company", ["Zylker", "Halden & Voss"])
def test_request_names_the_interview_and_the_person_and_is_short(company, tone):
    panel = panel_of(*({**PRIYA, "full_name": f"Priya{n} Nair"} for n in range(8)), DANA, company=company)
    for index in range(8):
        request = above_the_note(compose_route(panel, index, Kind.RECRUITER, tone))
        assert company in request
        assert "Senior Platform Engineer" in request
        assert request.count(f"Priya{index} Nair") == 1
        assert 35 <= count_words(request) <= 70
        assert request.count("?") + request.count("please send") + request.count("I would ask you") <= 2


def test_request_closes_with_other_words_than_the_note():
    for tone in Tone:
        for letter in routes(panel_of(PRIYA, DANA), Kind.RECRUITER, tone):
            request, note = letter.body.split(NOTE_LINE)
            assert request.split("\n\n")[-2].split("\n")[0] not in note


# ---------------------------------------------------------------- the note


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("role", list(Role))
def test_note_says_what_the_letter_says_and_counts_on_no_reply(role, tone):
    panel = panel_of({**PRIYA, "role": role.value})
    note, letter = compose_route(panel, 0, Kind.FORWARD, tone), compose_letter(panel, 0, tone)
    assert note.greeting == letter.greeting
    assert note.subject_options == letter.subject_options
    assert note.left_out == letter.left_out == ()
    for fact in ("payments ledger to Kafka", "how the team runs reviews", "Kubernetes", "half marathon"):
        assert fact in note.body
    for asks in ("let me know", "tell me", "just ask", "just say", "?", "hearing from you", "hear from you"):
        assert asks not in note.body.casefold()
    assert note.body != letter.body


@pytest.mark.parametrize("tone", list(Tone))
def test_note_is_nobody_elses_letter(tone):
    people = [{"full_name": f"Person{n} Lund", "role": role} for n, role in enumerate([*Role, *Role])]
    panel = panel_of(*people)
    letters = compose_panel(panel, tone)
    for index, note in enumerate(routes(panel, Kind.FORWARD, tone)):
        for other, letter in enumerate(letters):
            if other != index:
                assert likeness(note.body, letter.body) <= 0.25


def test_note_is_signed_with_name_and_signature():
    panel = replace(panel_of(PRIYA), sender=Sender("Jordan Álvarez", "+1 555 0100\nhttps://jordan.example"))
    body = compose_route(panel, 0, Kind.FORWARD).body
    assert "\nJordan Álvarez\n+1 555 0100\nhttps://jordan.example" in body


# ---------------------------------------------------------------- the LinkedIn message

SKILLS = ["Kubernetes", "Terraform", "PostgreSQL", "Kafka", "incident response", "capacity planning"]
SKILLS += ["technical documentation", "release management", "performance testing", "network security"]
SKILLS += ["database administration", "vendor negotiation", "accessibility testing", "customer communication"]
LONG = (
    "that the communications department of your international headquarters recommends the standardization of"
    " administrative responsibilities throughout every regional manufacturing organization in the northern hemisphere"
)


@pytest.mark.parametrize(
    ("notes", "said", "left_out"),
    [
        ({"mentioned": "the move to Kafka"}, "the move to Kafka", ()),
        ({"mentioned": "the move", "enjoyed": "the story"}, "the move", ("enjoyed",)),
        ({"mentioned": LONG, "enjoyed": "the story"}, "the story", ("mentioned",)),
        ({"mentioned": LONG, "callback": "Good luck on Sunday."}, "Good luck on Sunday.", ("mentioned",)),
        ({"mentioned": LONG, "strengths": ["Go", "Kubernetes"]}, "Go and Kubernetes", ("mentioned",)),
        (
            {"mentioned": LONG, "strengths": ["Go", "Kubernetes", "I love long walks"]},
            "Go and Kubernetes",
            ("mentioned", "strengths"),
        ),
        (
            {"strengths": SKILLS},
            " Kubernetes",
            ("strengths",),
        ),
        ({"mentioned": LONG}, "Thank you", ("mentioned",)),
        # Two remarks, of which one is used, and one that has to be asked about.
        ({"mentioned": "the move to Kafka\nthat you hire in May"}, "the move to Kafka", ("mentioned",)),
        ({"mentioned": "the move to Kafka. he owns it"}, "the move to Kafka", ("mentioned",)),
        ({"mentioned": LONG, "say": {"mentioned": "You run two ledgers."}}, "You run two ledgers.", ()),
        ({"goal": "cut costs"}, "Thank you", ("goal",)),
    ],
)
def test_linkedin_message_carries_the_first_fact_that_fits(notes, said, left_out):
    panel = panel_of({"full_name": "Priya Nair", **notes})
    letter = compose_route(panel, 0, Kind.LINKEDIN)
    assert (said in letter.body, letter.left_out) == (True, left_out)
    assert "standardization" not in letter.body


@pytest.mark.parametrize("tone", list(Tone))
def test_linkedin_message_whole(tone):
    wanted = {
        Tone.WARM: "Hi Priya,",
        Tone.FORMAL: "Dear Priya Nair,",
        Tone.BRIEF: "Hi Priya,",
    }
    paragraphs = compose_route(panel_of(PRIYA), 0, Kind.LINKEDIN, tone).body.split("\n\n")
    assert paragraphs[0] == wanted[tone]
    assert "Senior Platform Engineer" in paragraphs[1]
    assert "the move of the payments ledger to Kafka." in paragraphs[1]
    assert paragraphs[2].endswith(",\nJordan Álvarez")
    assert len(paragraphs) == 3


def test_linkedin_message_closes_with_the_callback():
    panel = panel_of({"full_name": "Priya Nair", "callback": "good luck with the half marathon"})
    said = compose_route(panel, 0, Kind.LINKEDIN).body.split("\n\n")[1]
    assert said.endswith(". Good luck with the half marathon.")
    assert "P.S." not in said


# ---------------------------------------------------------------- a panel's apart


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("kind", ROUTE_KINDS)
@pytest.mark.parametrize("thin", [True, False])
def test_panel_of_eight_stays_apart(kind, tone, thin):
    notes = [{} if thin else {"mentioned": told} for told in TOLD]
    people = [{"full_name": f"Person{n} Lund", **note} for n, note in enumerate(notes)]
    letters = routes(panel_of(*people), kind, tone)
    openings = [letter.body.split("\n\n")[1] for letter in letters]
    closings = [letter.body.rsplit("\n\n", 1)[1] for letter in letters]
    assert len(set(openings)) == len(set(closings)) == 8
    if kind is not Kind.LINKEDIN:
        assert len({letter.subject for letter in letters}) == 8
        # The interview's facts and names may be shared; at most a quarter of the rest may be.
        worst = max(likeness(one.body, other.body) for one, other in itertools.combinations(letters, 2))
        assert worst <= 0.25


def test_linkedin_messages_differ_within_a_large_panel():
    people = [
        {"full_name": f"Person{n} Lund", "mentioned": f"that you hire {n + 2} people a year"}
        for n in range(20)
    ]
    for tone in Tone:
        letters = routes(panel_of(*people), Kind.LINKEDIN, tone)
        assert len({letter.body.split("\n\n")[1] for letter in letters}) == 20


def test_thank_you_is_the_letter():
    panel = panel_of(PRIYA, DANA)
    tones = [Tone.FORMAL, Tone.BRIEF]
    assert [compose_route(panel, n, Kind.THANK_YOU, tones) for n in (0, 1)] == compose_panel(panel, tones)


def test_each_tone_of_a_panel_counts():
    panel = panel_of(PRIYA, DANA)
    letter = compose_route(panel, 0, Kind.LINKEDIN, [Tone.FORMAL, Tone.BRIEF])
    assert letter.greeting == "Dear Priya Nair,"


# ---------------------------------------------------------------- the words

PLACEHOLDERS = {
    "next_steps": set(),
    "request_thanks": {"position", "company"},
    "request_ask": {"person"},
    "request_easy": set(),
    "request_greeting": set(),
    "request_subject": {"person", "first", "position"},
    "request_unnamed": set(),
    "request_job": {"job"},
    "request_place": {"place"},
    "linkedin_thanks": {"position"},
    "linkedin_thanks_bare": set(),
    "linkedin_strengths": {"strengths"},
    "linkedin_interest": {"company"},
}
ALONE = {"request_greeting", "request_unnamed", "request_job", "request_place", "linkedin_thanks_bare"}


def test_every_slot_holds_its_placeholders_and_eight_variants_for_each_tone():
    book = route_book()
    assert {slot for slot, _, _ in book.variants} == set(PLACEHOLDERS)
    for (slot, role, tone), texts in book.variants.items():
        assert (role, tone) in itertools.product(["any"], [*Tone, "any"])
        for text in texts:
            found = set(re.findall(r"\{(\w*)\}", text))
            if slot == "request_subject":
                assert found <= PLACEHOLDERS[slot]
                assert found & {"person", "first"}
            else:
                assert (slot, text, found) == (slot, text, PLACEHOLDERS[slot])
            assert text == " ".join(text.split())
    for slot in PLACEHOLDERS.keys() - ALONE:
        for tone in Tone:
            assert len(set(book.within_reach(slot, Role.PEER, tone))) >= 8


def test_formal_words_have_no_contractions():
    for (_slot, _, tone), texts in route_book().variants.items():
        if tone in (Tone.FORMAL, "any"):
            assert not [text for text in texts if re.search(r"\b\w+'(?:s|m|d|ve|re|ll|t)\b", text)]


def test_about_tells_the_disagreement_on_linkedin():
    text = letter_kind(Kind.LINKEDIN).text
    assert "Opinions differ" in text
    assert "300 characters" in text


STILTED = re.compile(
    r"by way of|obliged|I thank you for it|hand on|through others|these lines|should be (?:glad|grateful)|might I"
    r"|should this|as a rule|on your side|no harm done|my thanks (?:come|are also due)|goes on\b",
    re.IGNORECASE,
)


def test_nobody_is_asked_to_forward_anything_in_stilted_words():
    said = [text for texts in route_book().variants.values() for text in texts]
    assert len(said) > 80
    assert [text for text in said if STILTED.search(text)] == []
    assert STILTED.search("I should be obliged if you would hand on these lines.")
