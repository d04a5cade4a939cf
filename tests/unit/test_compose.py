from __future__ import annotations

import itertools
import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafts.domain import grammar
from drafts.domain.compose import CEILING, compose_letter, compose_panel, count_words
from drafts.domain.facts import Role, Tone
from drafts.domain.facts_json import parse_panel
from drafts.domain.similarity import likeness
from drafts.domain.words import words
from tests.unit.facts_strategies import TOPICS, documents

LAX = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
TONES = st.sampled_from(list(Tone))


def panel_of(*people, **interview):
    return parse_panel(
        {
            "sender": {"full_name": "Jordan Álvarez"},
            "interview": {
                "company": "Zylker",
                "position": "Senior Platform Engineer",
                "ended_at": "2026-11-19T15:10",
                "time_zone": "America/New_York",
                **interview,
            },
            "interviewers": list(people),
        }
    )


def typed(panel):
    """Everything the user entered, as one text."""
    parts = []

    def walk(value):
        if isinstance(value, str):
            parts.append(value)
        elif isinstance(value, (tuple, list)):
            for item in value:
                walk(item)
        elif hasattr(value, "__slots__"):
            for key in value.__slots__:
                walk(getattr(value, key))

    walk(panel)
    return " ".join(parts)


def folded(text):
    return " ".join(text.split()).casefold()


@given(documents(), TONES)
@LAX
def test_letter_leaves_no_trace_of_what_is_missing(document, tone):
    panel = parse_panel(document)
    entered = typed(panel)
    for letter in compose_panel(panel, tone):
        for text in (letter.subject, letter.body):
            for mark in ("[", "]", "None", "___", ".."):
                assert mark not in text or mark in entered
            for placeholder in re.findall(r"\{\w*\}", text):
                assert placeholder in entered
            assert "  " not in text
        assert not re.search(r"\n\n\n|\A\s|\s\Z| \n|\n ", letter.body)
        assert letter.words == count_words(letter.body) <= CEILING


@given(documents(), TONES)
@LAX
def test_every_fact_is_in_the_letter_or_told_as_left_out(document, tone):
    panel = parse_panel(document)
    names = (
        panel.interview.company,
        panel.interview.position,
        panel.interview.team,
        *(person.full_name for person in panel.interviewers),
    )
    for person, letter in zip(panel.interviewers, compose_panel(panel, tone), strict=True):
        body = folded(letter.body)
        for key in ("mentioned", "enjoyed", "experience", "goal", "forgot"):
            raw = getattr(person, key)
            found = grammar.fragment(raw, key, names)
            if raw and key not in letter.left_out:
                assert found
                assert (
                    found.text in " ".join(letter.body.split())
                    or grammar.upper_first(found.text) in letter.body
                )
            if not raw:
                assert key not in letter.left_out
        for strength in person.strengths:
            assert "strengths" in letter.left_out or folded(grammar.strengths_list([strength])[0]) in body
        if person.callback and "callback" not in letter.left_out:
            assert folded(grammar.trim(person.callback)) in body
        for sample in person.work_samples:
            assert "work_samples" in letter.left_out or sample.url in letter.body
        assert letter.body.startswith(letter.greeting)
        assert grammar.greeted(person.greet_as, person.full_name) in letter.greeting


@given(documents(), TONES)
@LAX
def test_letter_says_no_number_or_name_that_was_not_entered(document, tone):
    panel = parse_panel(document)
    entered = typed(panel)
    for letter in compose_panel(panel, tone):
        for number in re.findall(r"\d+", letter.body):
            assert number in entered
        # Inside a sentence only what the user entered has a capital (and "I").
        for word in re.findall(r"(?<=[a-z,] )([A-Z]\w+)", letter.body):
            assert word in entered or word in ("I",)


@given(documents(most=6), TONES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_same_facts_give_the_same_letter(document, tone):
    panel = parse_panel(document)
    letters = compose_panel(panel, tone)
    assert letters == compose_panel(parse_panel(json.loads(json.dumps(document))), tone)
    assert letters == [compose_letter(panel, index, tone) for index in range(len(letters))]


def sentences(body):
    return [text for part in body.split("\n\n") for text in re.split(r"(?<=[.?!]) ", part)]


@given(documents(least=2, most=8), TONES)
@LAX
def test_panel_of_eight_shares_no_opening_closing_or_subject(document, tone):
    panel = parse_panel(document)
    letters = compose_panel(panel, tone)
    subjects = [letter.subject.casefold() for letter in letters]
    assert len(set(subjects)) == len(subjects)
    sign_offs = [
        next(line for line in letter.body.splitlines()[::-1] if line in SIGN_OFFS) for letter in letters
    ]
    assert len(set(sign_offs)) == len(sign_offs)
    openings = [letter.body.split("\n\n")[1] for letter in letters]
    assert len(set(openings)) == len(openings)


def _sign_offs():
    from drafts.domain.phrasebook import phrasebook

    book = phrasebook()
    return {line for tone in Tone for line in book.within_reach("sign_off", Role.PEER, tone)}


SIGN_OFFS = _sign_offs()


def person(index, role):
    topic = TOPICS[index]
    return {
        "full_name": f"{['Ana', 'Ben', 'Cem', 'Dov', 'Eva', 'Fay', 'Gus', 'Hal'][index]} Lund",
        "role": role,
        "mentioned": f"the plans for {topic} and how they began",
        "experience": f"looking after {topic} in a small company",
        "goal": f"get more out of {topic}",
        "callback": f"I am still smiling about the story of {topic}.",
    }


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("roles", [[role] * 8 for role in Role] + [[*Role, *Role]])
@pytest.mark.parametrize("thin", [True, False])
@pytest.mark.parametrize(
    "position", ["SRE", "Senior Platform Engineer", "Lead Engineer for Data and Machine Learning Platforms"]
)
def test_panel_of_eight_shares_at_most_a_quarter_of_its_runs(tone, roles, thin, position):
    people = [person(index, role) for index, role in enumerate(roles)]
    if thin:
        people = [{key: someone[key] for key in ("full_name", "role")} for someone in people]
    letters = compose_panel(panel_of(*people, position=position, field="fintech", team="Core"), tone)
    worst = max(likeness(one.body, other.body) for one, other in itertools.combinations(letters, 2))
    assert worst <= 0.25


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("role", list(Role))
def test_panel_of_twenty_repeats_rarely_and_far_apart(tone, role):
    people = [{"full_name": f"Person{index} Lund", "role": role} for index in range(20)]
    letters = compose_panel(panel_of(*people), tone)
    assert len({letter.subject for letter in letters}) == 20
    for slot in (1, 2, 3):
        parts = [letter.body.split("\n\n")[slot].split("\nJordan")[0] for letter in letters]
        for first, second in itertools.combinations(range(20), 2):
            if parts[first] == parts[second]:
                assert second - first >= 8


@given(documents(), TONES)
@LAX
def test_subjects_are_short_and_name_something(document, tone):
    panel = parse_panel(document)
    for someone, letter in zip(panel.interviewers, compose_panel(panel, tone), strict=True):
        assert letter.subject == letter.subject_options[0]
        assert len(set(letter.subject_options)) == len(letter.subject_options) >= 3
        greeted = grammar.greeted(someone.greet_as, someone.full_name)
        position = grammar.position_name(panel.interview.position)
        named = [greeted[:30], position[:10], " ".join(panel.interview.company.split())[:10]]
        for subject in letter.subject_options:
            assert 0 < len(subject) <= 60
            assert any(name in subject for name in named) or greeted.split()[0] in subject


@pytest.mark.parametrize(
    "text",
    [
        "{company}",
        "$x",
        "%s %d",
        "<b>hi</b>",
        "{{ x }}",
        'it\'s "so"',
        "🎉 yes",
        "שלום לכולם",
        "e\u0301te\u0301",
    ],
)
def test_user_text_comes_out_letter_for_letter(text):
    letter = compose_letter(
        panel_of({"full_name": "Priya Nair", "mentioned": f"the {text} plan", "callback": text}), 0
    )
    assert f"the {text} plan." in letter.body
    # A postscript begins with a capital; nothing else of it changes.
    assert f"P.S. {grammar.upper_first(text)}" in letter.body
    assert grammar.upper_first(text)[1:] == text[1:]


def test_ceiling_keeps_the_personal_and_names_what_it_left_out():
    long = "the plan for the coming year, which is a long one and has many parts, " * 3
    letter = compose_letter(
        panel_of(
            {
                "full_name": "Priya Nair",
                "mentioned": long,
                "enjoyed": long,
                "forgot": long,
                "goal": long,
                "experience": long,
                "strengths": ["Go", "Rust"],
                "callback": "Good luck with the marathon.",
            }
        ),
        0,
    )
    assert letter.words <= CEILING
    assert "P.S. Good luck with the marathon." in letter.body
    assert "mentioned" not in letter.left_out
    assert set(letter.left_out) == {"forgot", "goal", "experience"}


def test_many_strengths_are_cut_and_told():
    skills = [
        f"skill number {word} of many"
        for word in ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    ]
    letter = compose_letter(
        panel_of({"full_name": "Priya Nair", "strengths": skills * 2, "mentioned": "the plan " * 50}), 0
    )
    assert "skill number one of many" in letter.body
    assert letter.left_out == ("strengths",)


@pytest.mark.parametrize(
    ("correction", "sentence"),
    [
        ({"topic": "my notice period", "answer": "that it is one month"}, "that it is one month."),
        ({"topic": "my notice period", "answer": "It is one month."}, "that it is one month."),
        ({"topic": "the index", "answer": "a B-tree"}, "a B-tree."),
        ({"answer": "a B-tree"}, "a B-tree."),
    ],
)
def test_correction(correction, sentence):
    letter = compose_letter(panel_of({"full_name": "Priya Nair", "correction": correction}), 0)
    assert sentence in letter.body
    assert "sorry" not in letter.body.lower()
    assert letter.left_out == ()


def test_correction_without_an_answer_is_told_as_left_out():
    letter = compose_letter(panel_of({"full_name": "Priya Nair", "correction": {"topic": "sharding"}}), 0)
    assert "sharding" not in letter.body
    assert letter.left_out == ("correction",)


@pytest.mark.parametrize("tone", list(Tone))
@pytest.mark.parametrize("role", list(Role))
def test_notes_of_ordinary_size_give_60_to_150_words(role, tone):
    letter = compose_letter(panel_of(person(0, role), field="fintech"), 0, tone)
    assert 60 <= letter.words <= 150


def test_signature_gets_the_name_where_it_lacks_it():
    panel = parse_panel(
        {
            "sender": {"full_name": "Jordan Álvarez", "signature": "https://jordan.example\n\n+1 555 0100 "},
            "interview": {
                "company": "Z",
                "position": "SRE",
                "ended_at": "2026-11-19T15:10",
                "time_zone": "UTC",
            },
            "interviewers": [{"full_name": "Priya Nair"}],
        }
    )
    assert compose_letter(panel, 0).body.endswith("\nJordan Álvarez\nhttps://jordan.example\n+1 555 0100")


@pytest.mark.parametrize("stage", [stage for stage in words().occasions if stage != "other"])
def test_stage_names_the_occasion_somewhere(stage):
    people = [{"full_name": f"P{index} Lund"} for index in range(8)]
    letters = compose_panel(panel_of(*people, stage=stage))
    assert any(words().occasions[stage] in letter.body for letter in letters)
