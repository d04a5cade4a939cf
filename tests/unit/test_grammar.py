from __future__ import annotations

import pytest

from drafts.domain import grammar
from drafts.domain.facts import Role
from drafts.domain.grammar import Shape


@pytest.mark.parametrize(
    ("noun", "article"),
    [
        ("SRE", "an"),
        ("UX designer", "a"),
        ("UI engineer", "a"),
        ("hour", "an"),
        ("hourly job", "an"),
        ("EU policy lead", "an"),
        ("MLOps engineer", "an"),
        ("8-person team", "an"),
        ("11th hire", "an"),
        ("18-month contract", "an"),
        ("80-person firm", "an"),
        ("110-person firm", "a"),
        ("1,000-node cluster", "a"),
        ("11,000-node cluster", "an"),
        ("7-person team", "a"),
        ("iOS developer", "an"),
        ("Android developer", "an"),
        ("university role", "a"),
        ("European lead", "a"),
        ("one-person team", "a"),
        ("SQL developer", "an"),
        ("URL", "a"),
        ("LLM engineer", "an"),
        ("NASA engineer", "a"),
        ("SaaS engineer", "a"),
        ("QA lead", "a"),
        ("R&D engineer", "an"),
        ("HR manager", "an"),
        ("NoSQL engineer", "a"),
        ("Ubuntu maintainer", "an"),
        ("FPGA engineer", "an"),
        ("MVP", "an"),
        ("US citizen", "a"),
        ("Senior Platform Engineer", "a"),
        ("Engineering Manager", "an"),
        ("honest answer", "an"),
        ("unit test", "a"),
        ("Élève", "an"),
    ],
)
def test_indefinite_follows_the_sound(noun, article):
    assert grammar.indefinite(noun) == article


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Zylker", "Zylker's"),
        ("Atlassian's", "Atlassian's"),
        ("Jones", "Jones's"),
        ("H&M", "H&M's"),
        ("Wójcik", "Wójcik's"),
        ("Levi’s", "Levi’s"),
        ("Sainsbury's", "Sainsbury's"),
        ("3M", "3M's"),
    ],
)
def test_possessive(name, expected):
    assert grammar.possessive(name) == expected


FRAGMENTS = [
    # key, typed, said, shape
    ("mentioned", "the move to Kafka", "the move to Kafka", Shape.PHRASE),
    ("mentioned", "The move to Kafka.", "the move to Kafka", Shape.PHRASE),
    ("mentioned", "  The   move to Kafka...  ", "the move to Kafka", Shape.PHRASE),
    ("mentioned", "You mentioned the move to Kafka", "the move to Kafka", Shape.PHRASE),
    ("mentioned", "You mentioned that the offer takes a week.", "that the offer takes a week", Shape.THAT),
    ("mentioned", "During the interview, you mentioned how you hire", "how you hire", Shape.QUESTION),
    ("mentioned", "you mentioned you mentioned the plan", "the plan", Shape.PHRASE),
    ("mentioned", "You mentioned: the plan!", "the plan", Shape.PHRASE),
    ("mentioned", "That the team is hiring", "that the team is hiring", Shape.THAT),
    ("mentioned", "We use Kafka", "we use Kafka", Shape.CLAUSE),
    ("mentioned", "I should learn Rust", "I should learn Rust", Shape.CLAUSE),
    ("mentioned", "I'd meet the team", "I'd meet the team", Shape.CLAUSE),
    ("mentioned", "They're moving offices.", "they're moving offices", Shape.CLAUSE),
    ("mentioned", "Kafka migrations", "Kafka migrations", Shape.PHRASE),
    ("mentioned", "AWS costs", "AWS costs", Shape.PHRASE),
    ("mentioned", "iOS and gRPC", "iOS and gRPC", Shape.PHRASE),
    ("mentioned", "gRPC everywhere.", "gRPC everywhere", Shape.PHRASE),
    ("mentioned", "Spring Boot", "Spring Boot", Shape.PHRASE),
    ("mentioned", "Boeing's orders", "Boeing's orders", Shape.PHRASE),
    ("mentioned", "Migrating the ledger", "migrating the ledger", Shape.PHRASE),
    ("mentioned", "Open Policy Agent", "Open Policy Agent", Shape.PHRASE),
    ("mentioned", "Machine Learning at scale", "Machine Learning at scale", Shape.PHRASE),
    ("mentioned", "The Kubernetes move", "the Kubernetes move", Shape.PHRASE),
    ("mentioned", "A new office", "a new office", Shape.PHRASE),
    ("mentioned", "Why you left Zylker?", "why you left Zylker", Shape.QUESTION),
    ("mentioned", "new hires, etc.", "new hires, etc.", Shape.PHRASE),
    ("mentioned", "the deal with Acme Inc.", "the deal with Acme Inc.", Shape.PHRASE),
    ("mentioned", "starting at 9 a.m.", "starting at 9 a.m.", Shape.PHRASE),
    ("mentioned", "- the plan", "the plan", Shape.PHRASE),
    ("mentioned", "- the plan\n- the budget", "the plan and the budget", Shape.PHRASE),
    ("mentioned", "1. The plan\n2. The budget\n3. Hiring", "the plan, the budget and hiring", Shape.PHRASE),
    ("mentioned", "the plan\nthe budget", "the plan and the budget", Shape.PHRASE),
    (
        "mentioned",
        "the move of the payments\nledger to Kafka",
        "the move of the payments ledger to Kafka",
        Shape.PHRASE,
    ),
    ("mentioned", "the plan\r\n\r\n", "the plan", Shape.PHRASE),
    ("mentioned", "Éric's talk", "Éric's talk", Shape.PHRASE),
    ("mentioned", "C++", "C++", Shape.PHRASE),
    ("mentioned", "C#.", "C#", Shape.PHRASE),
    ("mentioned", ".NET", ".NET", Shape.PHRASE),
    ("mentioned", "the <b>bold</b> {plan}", "the <b>bold</b> {plan}", Shape.PHRASE),
    ("mentioned", "{{ x }} and $x %s", "{{ x }} and $x %s", Shape.PHRASE),
    ("mentioned", "שלום לכולם", "שלום לכולם", Shape.PHRASE),
    ("mentioned", "the demo 🎉", "the demo 🎉", Shape.PHRASE),
    ("mentioned", "cafe\u0301 culture", "cafe\u0301 culture", Shape.PHRASE),
    ("mentioned", 'the "no heroes" rule', 'the "no heroes" rule', Shape.PHRASE),
    ("mentioned", "THE MOVE", "THE MOVE", Shape.PHRASE),
    ("mentioned", "Zylker Pay's launch", "Zylker Pay's launch", Shape.PHRASE),
    ("enjoyed", "I enjoyed hearing about how you work.", "how you work", Shape.QUESTION),
    ("enjoyed", "Hearing about the launch", "the launch", Shape.PHRASE),
    ("enjoyed", "about the launch", "the launch", Shape.PHRASE),
    ("enjoyed", "I enjoyed hearing that you ship weekly", "that you ship weekly", Shape.THAT),
    ("enjoyed", "Your story of the outage", "your story of the outage", Shape.PHRASE),
    ("experience", "My experience leading a team", "leading a team", Shape.PHRASE),
    ("experience", "Leading a team of five.", "leading a team of five", Shape.PHRASE),
    ("experience", "I led a team of five", "I led a team of five", Shape.CLAUSE),
    ("experience", "experience with Go", "with Go", Shape.PHRASE),
    ("experience", "experience design work", "experience design work", Shape.PHRASE),
    ("goal", "would help the team cut costs", "cut costs", Shape.PHRASE),
    ("goal", "To cut costs.", "cut costs", Shape.PHRASE),
    ("goal", "Cut the deploy time in half", "cut the deploy time in half", Shape.PHRASE),
    ("goal", "help the team to ship", "ship", Shape.PHRASE),
    ("goal", "Total the bill", "Total the bill", Shape.PHRASE),
    ("forgot", "One thing I forgot to mention is my work on Go.", "my work on Go", Shape.PHRASE),
    ("forgot", "I forgot to mention that I know Go", "that I know Go", Shape.THAT),
    ("forgot", "I also know Go", "I also know Go", Shape.CLAUSE),
    ("topic", "When we spoke about my notice period,", "my notice period", Shape.PHRASE),
    ("topic", "how to shard", "how to shard", Shape.QUESTION),
    ("answer", "A better answer is that it is one month", "that it is one month", Shape.THAT),
    ("answer", "It is one month.", "it is one month", Shape.CLAUSE),
]


@pytest.mark.parametrize(("key", "typed", "said", "shape"), FRAGMENTS)
def test_fragment_fits_a_sentence(key, typed, said, shape):
    assert grammar.fragment(typed, key) == grammar.Fragment(said, shape)


@pytest.mark.parametrize("typed", ["", "   ", "...", "-", "?!", "\n\n", "You mentioned", "“”"])
def test_fragment_of_nothing_is_none(typed):
    found = grammar.fragment(typed, "mentioned")
    assert found is None or found.text == "“”"


def test_fragment_keeps_the_first_word_of_a_known_name():
    assert grammar.fragment("Open House's plan", "mentioned", ["Open House"]).text == "Open House's plan"


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("the plan", False),
        ("the plan. It is big", True),
        ("Node.js and Vue.js", False),
        ("the launch! Great stuff", True),
    ],
)
def test_fragment_knows_several_sentences(text, many):
    assert grammar.Fragment(text, Shape.PHRASE).many is many


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["Go"], "Go"),
        (["Go", "Rust"], "Go and Rust"),
        (["Go", "Rust", "C"], "Go, Rust and C"),
        (["Go", "research and development"], "Go, research and development"),
        (["Go", "", "C"], "Go and C"),
    ],
)
def test_join_list(items, expected):
    assert grammar.join_list(items) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["Kubernetes", " Terraform.", "and Go"], ["Kubernetes", "Terraform", "Go"]),
        (["Incident response", "incident response"], ["incident response"]),
        (["C++", "C#", ".NET"], ["C++", "C#", ".NET"]),
        (["  ", "-"], []),
        (["Leading people"], ["leading people"]),
    ],
)
def test_strengths_list(typed, expected):
    assert grammar.strengths_list(typed) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("leading a team", "leading a team"),
        ("with large React codebases", "with large React codebases"),
        ("the on-call rotation", "with the on-call rotation"),
        ("ten years of Go", "of ten years of Go"),
        ("10+ years in fintech", "of 10+ years in fintech"),
        ("React", "with React"),
        ("in payments", "in payments"),
        ("Spring Boot services", "with Spring Boot services"),
    ],
)
def test_experience_follows_my_experience(typed, said):
    assert grammar.experience_shape(grammar.fragment(typed, "experience")).text == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("cut the deploy time", "cut the deploy time"),
        ("faster deploys", "with faster deploys"),
        ("the migration", "with the migration"),
        ("reaching its goals", "with reaching its goals"),
        ("bring order", "bring order"),
    ],
)
def test_goal_follows_help_the_team(typed, said):
    assert grammar.goal_shape(grammar.fragment(typed, "goal")).text == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Good luck", "Good luck."),
        ("Good luck!", "Good luck!"),
        ("Good luck :)", "Good luck :)"),
        ("Good luck 🎉", "Good luck 🎉"),
        ('He said "yes."', 'He said "yes."'),
        ("See the notes (part two)", "See the notes (part two)."),
        ("More later…", "More later…"),
    ],
)
def test_full_stop(text, expected):
    assert grammar.full_stop(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("i led it", "I led it"),
        ("iOS is fun", "iOS is fun"),
        ("npm is slow", "npm is slow"),
        ("éclairs", "Éclairs"),
        ("ß", "ß"),
    ],
)
def test_upper_first(text, expected):
    assert grammar.upper_first(text) == expected


@pytest.mark.parametrize(
    ("full_name", "expected"),
    [
        ("Priya Nair", "Priya"),
        ("Dr. Jane Smith", "Jane"),
        ("Prof. Dr. Jane Smith", "Jane"),
        ("Nair, Priya", "Priya"),
        ("Wójcik, Tomasz Jan", "Tomasz"),
        ("J. R. Smith", "J. R. Smith"),
        ("van der Berg", "van der Berg"),
        ("Jean-Luc Picard", "Jean-Luc"),
        ("王伟", "王伟"),
        ("Madonna", "Madonna"),
        ("Mr Smith", "Smith"),
        ("D'Angelo Russell", "D'Angelo"),
        ("Li Wei", "Li"),
    ],
)
def test_greet_name(full_name, expected):
    assert grammar.greet_name(full_name) == expected


@pytest.mark.parametrize(
    ("greet_as", "expected"),
    [("Tomek", "Tomek"), ("Hi Tomek,", "Tomek"), ("", "Tomasz"), ("Ms. Nair", "Ms. Nair")],
)
def test_greeted(greet_as, expected):
    assert grammar.greeted(greet_as, "Tomasz Wójcik") == expected


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        ("Senior Engineer", "Senior Engineer"),
        ("the Senior Engineer role", "Senior Engineer"),
        ("Senior Engineer position.", "Senior Engineer"),
        ("Role", "Role"),
        ("C++ Developer (m/f/d)", "C++ Developer (m/f/d)"),
    ],
)
def test_position_name(position, expected):
    assert grammar.position_name(position) == expected


@pytest.mark.parametrize(
    ("team", "expected"),
    [
        ("Payments", "the Payments team"),
        ("the Payments Team", "the Payments Team"),
        ("Growth group", "the Growth group"),
        ("", ""),
    ],
)
def test_team_name(team, expected):
    assert grammar.team_name(team) == expected


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Technical Recruiter", Role.RECRUITER),
        ("Head of Talent", Role.RECRUITER),
        ("Engineering Manager", Role.HIRING_MANAGER),
        ("CTO", Role.LEADER),
        ("VP Engineering", Role.LEADER),
        ("Staff Engineer", Role.PEER),
        ("", None),
    ],
)
def test_role_from_title(title, role):
    assert grammar.role_from_title(title) == role
