"""Technologies and given names typed in lowercase letters."""

from __future__ import annotations

import pytest

from drafts.domain.compose import compose_letter
from drafts.domain.facts import Kind, Tone
from drafts.domain.facts_json import parse_panel
from drafts.domain.follow_ups import answers_of, compose_follow_up
from drafts.domain.follow_ups.letters import Before
from drafts.domain.notes.products import with_products


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("moved opera pms and kafka to aws", "moved Opera PMS and Kafka to AWS"),
        ("python, sql and node.js.", "Python, SQL and Node.js."),
        ("c++ and c# in ci/cd pipelines", "C++ and C# in CI/CD pipelines"),
        ("a power bi dashboard, the kafka's lag", "a Power BI dashboard, the Kafka's lag"),
        # Ordinary words are not guessed at.
        ("go and react and excel", "go and react and excel"),
        ("the core data we hold in the app store", "the core data we hold in the app store"),
        ("opera on Sundays", "opera on Sundays"),
        # Neither are parts of addresses and compounds.
        ("https://kafka.example/sql josh@php.net", "https://kafka.example/sql josh@php.net"),
        ("sql-based, aws/gcp", "sql-based, aws/gcp"),
        # What is written some other way is the user's own choice.
        ("Python and PYTHON", "Python and PYTHON"),
    ],
)
def test_a_technology_is_written_as_the_list_writes_it(typed, written):
    assert with_products(typed, frozenset()) == written


def test_words_of_the_interviews_names_stay():
    assert with_products("kafka", {"kafka"}) == "kafka"


def panel(**notes):
    return parse_panel(
        {
            "sender": {"full_name": "Robin Meyer"},
            "interview": {
                "company": "Zylker",
                "position": "Backend Engineer",
                "ended_at": "2026-11-19T15:10",
                "time_zone": "America/New_York",
            },
            "interviewers": [{"full_name": "Deb Kaplan", **notes}],
        }
    )


def test_a_letter_has_technologies_as_they_are_written():
    notes = {"experience": "wrote python jobs with sql", "goal": "help move opera pms to kubernetes"}
    body = compose_letter(panel(**notes), 0, Tone.WARM).body
    assert "Python jobs with SQL" in body
    assert "move Opera PMS to Kubernetes" in body


@pytest.mark.parametrize(
    ("kind", "answers", "said"),
    [
        (
            Kind.INTRODUCTION_THANKS,
            {"did": "introducing me to josh Keller"},
            "introducing me to Josh Keller.",
        ),
        (Kind.INTRODUCTION_THANKS, {"did": "your help", "came": "i met priya Nair"}, "I met Priya Nair."),
        (
            Kind.TALK_THANKS,
            {"told": "she said to talk to josh Keller"},
            "You told me to talk to Josh Keller.",
        ),
        (
            Kind.AFTER_REJECTION,
            {"liked": "deb told me about the kafka move"},
            "You told me about the Kafka move.",
        ),
        (Kind.NUDGE, {"new": "finished the python course"}, "I finished the Python course."),
    ],
)
def test_a_follow_up_has_names_with_capitals(kind, answers, said):
    body = compose_follow_up(panel(), 0, kind, answers_of(kind, answers), Before()).body
    assert said in body
