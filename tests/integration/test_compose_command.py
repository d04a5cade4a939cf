from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from drafts.domain.compose import Letter, NoteUse, Use
from drafts.domain.facts import Kind
from drafts.domain.facts_json import parse_panel
from drafts.domain.kinds import letter_kind
from drafts.management.commands import compose as command
from drafts.review import LetterText, ReviewFacts, Severity, review

FACTS = {
    "sender": {"full_name": "Jordan Álvarez"},
    "interview": {
        "company": "Zylker",
        "position": "SRE",
        "ended_at": "2026-11-19T15:10",
        "time_zone": "America/New_York",
    },
    "interviewers": [
        {"full_name": "Priya Nair", "email": "priya@zylker.example", "mentioned": "The move to Kafka 🎉."},
        {"full_name": "Tomasz Wójcik", "greet_as": "Tomek"},
    ],
}


def compose(tmp_path, document, *options):
    path = tmp_path / "facts.json"
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    call_command("compose", str(path), *options)


def test_compose_prints_one_draft_per_interviewer(tmp_path, capsys):
    compose(tmp_path, FACTS)
    drafts = json.loads(capsys.readouterr().out)["drafts"]
    assert [(draft["interviewer"], draft["to"]) for draft in drafts] == [
        ("Priya Nair", "priya@zylker.example"),
        ("Tomasz Wójcik", ""),
    ]
    assert set(drafts[0]) == {
        *("interviewer", "to", "subject", "subject_options", "body"),
        *("left_out", "unsure", "notes"),
    }
    assert "the move to Kafka" in drafts[0]["body"]
    assert drafts[1]["body"].startswith("Hi Tomek,\n")


def test_compose_takes_a_description_and_says_hello(tmp_path, capsys):
    people = [
        {"full_name": "Lady from the governors (Mrs Shah?)"},
        {"full_name": "the manager", "greet_as": "Kaz"},
    ]
    compose(tmp_path, {**FACTS, "interviewers": people})
    drafts = json.loads(capsys.readouterr().out)["drafts"]
    assert [(draft["interviewer"], draft["body"].split("\n")[0]) for draft in drafts] == [
        ("Lady from the governors (Mrs Shah?)", "Hello,"),
        ("the manager", "Hi Kaz,"),
    ]
    assert "Lady" not in " ".join([drafts[0]["body"], *drafts[0]["subject_options"]])


def test_compose_says_what_became_of_each_note(tmp_path, capsys, monkeypatch):
    notes = (
        NoteUse("mentioned", Use.ASK, "You are moving to Kafka.", "grammar"),
        NoteUse("goal", Use.USED, "I would like to help with that."),
    )
    letter = Letter("Hi,", "Thank you", (), "Thank you.", (), 2, notes)
    monkeypatch.setattr(command, "compose_panel", lambda panel, tone: (letter, letter))
    compose(tmp_path, FACTS)
    draft = json.loads(capsys.readouterr().out)["drafts"][0]
    assert draft["unsure"] == ["mentioned"]
    assert draft["notes"] == [
        {
            "key": "mentioned",
            "use": "ask",
            "sentence": "You are moving to Kafka.",
            "reason": "grammar",
            "missing": [],
            "aside": [],
            "suggestion": "",
        },
        {
            "key": "goal",
            "use": "used",
            "sentence": "I would like to help with that.",
            "reason": "",
            "missing": [],
            "aside": [],
            "suggestion": "",
        },
    ]


def test_compose_takes_a_tone(tmp_path, capsys):
    compose(tmp_path, FACTS, "--tone", "formal")
    assert json.loads(capsys.readouterr().out)["drafts"][1]["body"].startswith("Dear Tomek,\n")


@pytest.mark.parametrize(
    ("document", "lines"),
    [
        ("{", 1),
        ("[1, 2", 1),
        ("null", 1),
        ("NaN", 1),
        ('{"sender": "\\ud800"}', 3),
        ({**FACTS, "interviewers": [{"full_name": "A"}, {}]}, 1),
        ({**FACTS, "sender": {}, "extra": 1}, 2),
        ("[" * 100_000, 1),
    ],
)
def test_compose_tells_every_fault_on_a_line_and_exits_with_2(tmp_path, capsys, document, lines):
    with pytest.raises(SystemExit) as raised:
        compose(tmp_path, document)
    told = capsys.readouterr()
    assert raised.value.code == 2
    assert told.out == ""
    assert len(told.err.strip().splitlines()) == lines


def test_compose_names_the_path_of_a_fault(tmp_path, capsys):
    with pytest.raises(SystemExit):
        compose(tmp_path, {**FACTS, "interviewers": [{"full_name": "A"}, {"full_name": 3}]})
    assert capsys.readouterr().err == "interviewers[1].full_name: must be text in quotes, not a number\n"


def test_compose_says_when_the_file_is_not_there(capsys):
    with pytest.raises(SystemExit) as raised:
        call_command("compose", "nowhere.json")
    assert raised.value.code == 2
    assert capsys.readouterr().err == "nowhere.json: cannot be read (No such file or directory)\n"


# ---------------------------------------------------------------- --kind

DOCUMENTATION = Path(__file__).parents[2] / "docs" / "facts-document.md"
ANSWERS = {
    Kind.NUDGE: {"new": "Since we spoke I passed the Kubernetes exam."},
    Kind.SECOND_NUDGE: {"new": "I passed the renewal exam on Monday."},
    Kind.AFTER_REJECTION: {"question": "Is there one thing I should work on?", "stay_open": True},
    Kind.OFFER_THANKS: {"answer_by": "2026-11-30"},
    Kind.MORE_TIME: {"until": "2026-12-04", "reason": "I would like to talk it over at home."},
    Kind.NEGOTIATE: {"point_1": "the base pay", "point_2": "the start date"},
    Kind.ACCEPT: {"title": "an SRE", "start": "2026-12-07", "pay": "$95,000 a year"},
    Kind.DECLINE: {"reason": "I have accepted a position closer to home.", "stay_open": False},
    Kind.WITHDRAW: {},
    Kind.TYPO: {"wrong": "the Leads office", "right": "the Leeds office"},
    Kind.REFERRAL_THANKS: {"did": "passed my resume to her boss", "on": "2026-11-20"},
    Kind.INTRODUCTION_THANKS: {"did": "introduced me to Ana Ruiz", "report": True},
    Kind.TALK_THANKS: {"told": "the on-call rota has six people", "back": "If I can help with Go, call me."},
}
FOLLOW_UPS = [kind for kind in Kind if kind.is_follow_up]


def drafts_of_kind(tmp_path, capsys, kind, **more):
    compose(tmp_path, {**FACTS, **more}, "--kind", kind.value)
    return json.loads(capsys.readouterr().out)["drafts"]


@pytest.mark.parametrize("kind", FOLLOW_UPS)
def test_every_kind_is_composed_and_nothing_is_in_it_that_was_not_entered(tmp_path, capsys, kind):
    answers = ANSWERS[kind]
    found = drafts_of_kind(tmp_path, capsys, kind, answers=answers, before={"subject": "Thank you"})
    assert found == drafts_of_kind(tmp_path, capsys, kind, answers=answers, before={"subject": "Thank you"})
    panel = parse_panel(FACTS)
    for index, draft in enumerate(found):
        assert draft["unsure"] == []
        assert draft["subject"] == "Re: Thank you" or not letter_kind(kind).is_reply
        facts = ReviewFacts(panel, index, kind=kind)
        findings = review(LetterText(draft["subject"], draft["body"]), facts, [], None).findings
        fixes = {one.rule for one in findings if one.severity is Severity.FIX}
        # One of the two has no address.
        assert fixes <= {"recipient"}, (draft["body"], fixes)
        entered = json.dumps([FACTS, answers], ensure_ascii=False)
        said = re.findall(r"\d+", draft["body"])
        assert all(number.lstrip("0") in entered for number in said), draft["body"]


@pytest.mark.parametrize("kind", [Kind.RECRUITER, Kind.FORWARD, Kind.LINKEDIN])
def test_routes_are_composed_from_the_same_document(tmp_path, capsys, kind):
    assert [draft["interviewer"] for draft in drafts_of_kind(tmp_path, capsys, kind)] == [
        "Priya Nair",
        "Tomasz Wójcik",
    ]


def test_an_answer_that_gives_no_sentence_is_left_out_and_named(tmp_path, capsys):
    [draft, _other] = drafts_of_kind(tmp_path, capsys, Kind.REFERRAL_THANKS, answers={"did": "Dr. Patel"})
    assert draft["unsure"] == ["did"]
    assert "Patel" not in draft["body"]


def test_without_a_kind_the_document_composes_as_before(tmp_path, capsys):
    compose(tmp_path, FACTS)
    assert json.loads(capsys.readouterr().out)["drafts"] == drafts_of_kind(tmp_path, capsys, Kind.THANK_YOU)


@pytest.mark.parametrize(
    ("kind", "more", "paths"),
    [
        (Kind.ACCEPT, {}, ["answers.title", "answers.start", "answers.pay"]),
        (Kind.ACCEPT, {"answers": []}, ["answers", "answers.title", "answers.start", "answers.pay"]),
        (
            Kind.ACCEPT,
            {"answers": {"title": "a Nurse", "start": "next May", "pay": 3, "reason": "x"}},
            ["answers.reason", "answers.start", "answers.pay"],
        ),
        (Kind.MORE_TIME, {"answers": {"until": "2026-12-4"}}, ["answers.until"]),
        (Kind.NEGOTIATE, {"answers": {"point_1": "I want more. Now"}}, ["answers.point_1"]),
        (Kind.NEGOTIATE, {"answers": {"point_1": "x" * 121}}, ["answers.point_1"]),
        (
            Kind.DECLINE,
            {"answers": {"stay_open": "perhaps", "reason": "a\0b"}},
            ["answers.reason", "answers.stay_open"],
        ),
        (
            Kind.NUDGE,
            {"before": {"sent_on": 3, "subject": "a\nb", "when": ""}},
            ["before.when", "before.subject", "before.sent_on"],
        ),
        (Kind.NUDGE, {"before": "yesterday"}, ["before"]),
        (Kind.NUDGE, {"interviewers": [], "answers": {"x": 1}}, ["interviewers", "answers.x"]),
        (Kind.THANK_YOU, {"answers": {}}, ["answers"]),
    ],
)
def test_wrong_and_missing_keys_of_a_kind_are_reported_with_their_path(tmp_path, capsys, kind, more, paths):
    with pytest.raises(SystemExit) as raised:
        compose(tmp_path, {**FACTS, **more}, "--kind", kind.value)
    told = capsys.readouterr()
    assert (raised.value.code, told.out) == (2, "")
    assert [line.split(":")[0] for line in told.err.splitlines()] == paths


def test_the_keys_of_every_kind_are_documented():
    text = DOCUMENTATION.read_text(encoding="utf-8")
    for kind in FOLLOW_UPS:
        row = next(line for line in text.splitlines() if line.startswith(f"| `{kind.value}` |"))
        for prompt in letter_kind(kind).prompts:
            assert f"`{prompt.key}`{'*' if prompt.required else ''} (" in row
