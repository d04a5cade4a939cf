from __future__ import annotations

import json

import pytest
from django.core.management import call_command

from drafts.domain.compose import Letter, NoteUse, Use
from drafts.management.commands import compose as command

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
        },
        {
            "key": "goal",
            "use": "used",
            "sentence": "I would like to help with that.",
            "reason": "",
            "missing": [],
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
