from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.unit.review_cases import PANEL, letter

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def facts(tmp_path):
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(PANEL), encoding="utf-8")
    return str(path)


def body(tmp_path, text):
    path = tmp_path / "body.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def run(capsys, *arguments):
    call_command("review", *arguments)
    return json.loads(capsys.readouterr().out)


def rules(answer):
    return [finding["rule"] for finding in answer["findings"]]


def faults(capsys, *arguments):
    with pytest.raises(SystemExit) as stop:
        call_command("review", *arguments)
    assert stop.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err.splitlines()


def test_missing_values_default_to_what_compose_writes(facts, capsys):
    assert run(capsys, facts, "--interviewer", "Priya Nair") == {"ready": True, "findings": []}


def test_findings_carry_places_suggestions_and_sources(facts, tmp_path, capsys):
    text = letter(greeting="Hi Pryia,").body
    answer = run(capsys, facts, body(tmp_path, text), "--interviewer", "Priya Nair")
    assert answer["ready"] is False
    [finding] = answer["findings"]
    assert set(finding) == {"rule", "severity", "message", "part", "start", "end", "suggestions", "source"}
    assert (finding["rule"], finding["severity"], finding["part"]) == ("name_spelling", "fix", "body")
    assert text[finding["start"] : finding["end"]] == "Pryia"
    assert finding["suggestions"] == ["Priya"]
    assert finding["source"]


@pytest.mark.parametrize("name", ["Tomasz Wójcik", "tomasz wojcik", "Tomek", "tomasz"])
def test_an_interviewer_may_be_named_as_one_would(facts, capsys, name):
    assert run(capsys, facts, "--interviewer", name)["ready"] is True


def test_an_empty_subject_is_a_missing_one(facts, capsys):
    assert rules(run(capsys, facts, "--interviewer", "Priya Nair", "--subject", "")) == ["subject"]


def test_the_moment_is_looked_at_only_when_given(facts, capsys):
    late = run(capsys, facts, "--interviewer", "Priya Nair", "--at", "2026-11-19T21:00")
    assert [(one["rule"], one["message"][:18]) for one in late["findings"]] == [
        ("timing", "It’s 9:00 PM there")
    ]
    assert rules(run(capsys, facts, "--interviewer", "Priya Nair", "--at", "2026-11-19T21:00:00+00:00")) == []


def test_others_are_files_named_after_their_readers(facts, tmp_path, capsys):
    folder = tmp_path / "others"
    folder.mkdir()
    text = letter().body
    (folder / "tomasz-wojcik.txt").write_text(
        f"Subject: Hello\n\n{text.replace('Priya', 'Tomek')}", encoding="utf-8"
    )
    (folder / "Priya Nair.txt").write_text(text, encoding="utf-8")
    (folder / ".hidden").write_bytes(b"\xff")
    answer = run(capsys, facts, body(tmp_path, text), "--interviewer", "Priya Nair", "--others", str(folder))
    assert set(rules(answer)) == {"copy_paste"}
    assert all("Tomasz Wójcik" in finding["message"] for finding in answer["findings"])


def test_the_body_may_come_from_standard_input_and_stand_anywhere(facts):
    text = letter(greeting="Hi Pryia,").body.replace("\n", "\r\n")
    for arguments in (
        ["--interviewer", "Priya Nair", facts, "-"],
        [facts, "--interviewer", "Priya Nair", "-"],
    ):
        process = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, str(ROOT / "manage.py"), "review", *arguments],
            input=text.encode(),
            capture_output=True,
            check=True,
        )
        assert rules(json.loads(process.stdout)) == ["name_spelling"]


def test_faults_are_reported_one_per_line(facts, tmp_path, capsys):
    who = ["--interviewer", "Priya Nair"]
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Grüße".encode("latin-1"))
    assert faults(capsys, facts, "--interviewer", "Bob") == [
        "--interviewer Bob: is not in the facts, or not one alone; "
        "there are Priya Nair, Tomasz Wójcik, Dana O'Brien"
    ]
    assert faults(capsys, facts, "nowhere.txt", *who) == [
        "nowhere.txt: cannot be read (No such file or directory)"
    ]
    assert faults(capsys, facts, str(latin), *who) == [f"{latin}: is not UTF-8 text; save it as UTF-8"]
    assert faults(capsys, facts, *who, "--others", "nowhere") == ["--others nowhere: is not a folder"]
    assert faults(capsys, facts, *who, "--at", "noon") == [
        "--at noon: is not a time; write it as 2026-11-19T16:30"
    ]
    assert faults(capsys, facts, *who, "--at", "2026-03-08T02:30")[0].endswith(
        "where clocks go forward over it"
    )
    assert faults(capsys, "-", "-", *who)[0].startswith("the facts and the body cannot both")
    assert faults(capsys, "nowhere.json", *who) == [
        "nowhere.json: cannot be read (No such file or directory)"
    ]
