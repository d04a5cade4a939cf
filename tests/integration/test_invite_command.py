from __future__ import annotations

import io
import json
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from drafts.domain.facts_json import parse_panel

HEAD = "BEGIN:VCALENDAR\nMETHOD:REQUEST\n"
EVENT = """BEGIN:VEVENT
UID:{uid}
SUMMARY:{title}
DTSTART:202611{day}T140000Z
DTEND:202611{day}T150000Z
STATUS:{status}
ATTENDEE;CN="Nair, Priya":mailto:priya@zylker.com
ATTENDEE;CN=Maya Lind:mailto:maya@lind.example
DESCRIPTION:Interviewers: Priya Nair (Staff Engineer)
END:VEVENT
"""


def event(
    uid: str = "1", title: str = "Zylker - Data Analyst - Onsite", day: int = 24, status: str = "CONFIRMED"
) -> str:
    return EVENT.format(uid=uid, title=title, day=day, status=status)


def invite(tmp_path, text: str, *options: str) -> None:
    path = tmp_path / "invite.ics"
    path.write_text(f"{HEAD}{text}END:VCALENDAR\n", encoding="utf-8")
    call_command("invite", str(path), *options)


def test_invite_prints_a_facts_document_that_compose_takes(tmp_path, capsys):
    invite(tmp_path, event(), "--me", "Maya@lind.example", "--zone", "Europe/Berlin")
    document = json.loads(capsys.readouterr().out)
    assert document == {
        "sender": {"full_name": "Maya Lind"},
        "interview": {
            "company": "Zylker",
            "position": "Data Analyst",
            "ended_at": "2026-11-24T16:00:00",
            "time_zone": "Europe/Berlin",
            "stage": "panel",
        },
        "interviewers": [
            {
                "full_name": "Priya Nair",
                "email": "priya@zylker.com",
                "job_title": "Staff Engineer",
                "role": "peer",
            }
        ],
        "warnings": ["The time zone, Europe/Berlin, is a guess from your own time zone; please check it."],
    }
    del document["warnings"]
    assert parse_panel(document).sender.full_name == "Maya Lind"


def test_invite_reads_standard_input(monkeypatch, capsys):
    text = f"{HEAD}{event()}END:VCALENDAR"
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    call_command("invite", "-", "--me", "maya@lind.example")
    assert json.loads(capsys.readouterr().out)["sender"] == {"full_name": "Maya Lind"}


def test_invite_leaves_unknown_values_empty_and_says_so(tmp_path, capsys):
    invite(tmp_path, "BEGIN:VEVENT\nUID:1\nDTSTART:20261124T140000Z\nDURATION:PT1H\nEND:VEVENT\n")
    assert json.loads(capsys.readouterr().out) == {
        "sender": {"full_name": ""},
        "interview": {"company": "", "position": "", "ended_at": "2026-11-24T15:00:00", "time_zone": "UTC"},
        "interviewers": [],
        "warnings": [
            "The time is given in UTC; choose the time zone of the people who will read your letter.",
            "The invitation does not clearly name the company; fill it in.",
            "The invitation does not clearly name the position; fill it in.",
            "The invitation doesn’t name an interviewer; add who interviewed you.",
            "The invitation does not give your name; fill in sender.full_name.",
        ],
    }


SEVERAL = event("1", "First", 24, "CANCELLED") + event("2", "Second", 25) + event("3", "Third", 26)


@pytest.mark.parametrize(
    ("options", "ended", "warning"),
    [
        (
            (),
            "2026-11-25T15:00:00",
            "This is event 2 of 3; --event N takes another: 1 (First, 2026-11-24 14:00), 3 (Third, 2026-11-26 14:00).",
        ),
        (("--event", "1"), "2026-11-24T15:00:00", "This interview was cancelled; check before you write."),
    ],
)
def test_invite_takes_the_first_event_that_stands_or_the_one_asked_for(
    tmp_path, capsys, options, ended, warning
):
    invite(tmp_path, SEVERAL, *options)
    document = json.loads(capsys.readouterr().out)
    assert document["interview"]["ended_at"] == ended
    assert warning in document["warnings"]


@pytest.mark.parametrize(
    ("text", "options", "line"),
    [
        ("", (), "The calendar holds no event; export the interview's event as an .ics file and try again."),
        (event(), ("--event", "2"), "--event 2: there is no such event; give a number from 1 to 1"),
        (
            event(),
            ("--zone", "Mars"),
            "--zone Mars: is not a known zone; give an IANA name such as Europe/Berlin",
        ),
    ],
)
def test_invite_says_on_one_line_why_it_cannot(tmp_path, capsys, text, options, line):
    with pytest.raises(SystemExit) as raised:
        invite(tmp_path, text, *options)
    assert (raised.value.code, capsys.readouterr().err.strip()) == (2, line)


def test_invite_says_when_there_is_no_such_file(capsys):
    with pytest.raises(SystemExit) as raised:
        call_command("invite", "/nowhere/invite.ics")
    assert (raised.value.code, capsys.readouterr().err.strip()) == (
        2,
        "/nowhere/invite.ics: cannot be read (No such file or directory)",
    )
