"""Reading invitations as real senders write them (tests/data/invitations/README.md)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from drafts.invite import InviteError, read_invitations

FOLDER = Path(__file__).resolve().parent.parent / "data" / "invitations"
EXPECTED: list[dict[str, Any]] = tomllib.loads((FOLDER / "expected.toml").read_text("utf-8"))["invitation"]
READABLE = [entry for entry in EXPECTED if "error" not in entry]
UNREADABLE = [entry for entry in EXPECTED if "error" in entry]
LEAST_FILES = 50
SEVERAL = ("company", "position", "full_name", "job_title")


def read(entry):
    data = (FOLDER / entry["file"]).read_bytes()
    return read_invitations(data, me=tuple(entry["me"]), default_zone=entry["default_zone"])


def as_read(invitation):
    """One invitation in the format of expected.toml."""
    zone = invitation.time_zone.value
    event = {
        "company": invitation.company.value,
        "position": invitation.position.value,
        "ended_at": ended_at.astimezone(ZoneInfo(zone or "UTC")).replace(tzinfo=None).isoformat()
        if (ended_at := invitation.ended_at)
        else "",
        "time_zone": zone,
        "cancelled": invitation.is_cancelled,
        "people": [as_person(person) for person in invitation.people],
        "others": [as_person(person) for person in invitation.others],
        "left_out": sorted(left.email.lower() for left in invitation.left_out),
    }
    return event | ({"stage": invitation.stage.value} if invitation.stage else {})


def as_person(person):
    known = {"full_name": person.full_name, "email": person.email.lower()}
    return known | ({"job_title": person.job_title} if person.job_title else {})


def settled(expected, found):
    """`expected` with the value that was found, if several are right."""
    chosen = {key: one_of(value, found.get(key, "")) for key, value in expected.items() if key in SEVERAL}
    whole = {key: value for key, value in (expected | chosen).items() if value or key != "job_title"}
    if "people" not in expected:
        return whole
    people, others = (
        [
            settled(person, found[key][index] if index < len(found[key]) else {})
            for index, person in enumerate(expected[key])
        ]
        for key in ("people", "others")
    )
    left_out = sorted(expected["left_out"]) if "left_out" in expected else found.get("left_out", [])
    return whole | {"people": people, "others": others, "left_out": left_out}


def one_of(value, found):
    if not isinstance(value, list):
        return value
    return found if found in value else value[0]


@pytest.mark.parametrize("entry", READABLE, ids=lambda entry: entry["file"])
def test_invitation_is_read_as_a_careful_person_reads_it(entry):
    found = [as_read(invitation) for invitation in read(entry)]

    expected = [
        settled(event, found[index] if index < len(found) else {"people": [], "others": []})
        for index, event in enumerate(entry["event"])
    ]
    assert found == expected


@pytest.mark.parametrize("entry", UNREADABLE, ids=lambda entry: entry["file"])
def test_input_that_is_not_an_invitation_is_rejected_in_one_line(entry):
    with pytest.raises(InviteError) as raised:
        read(entry)

    message = str(raised.value)
    assert message.strip()
    assert len(message.splitlines()) == 1


def test_corpus_names_each_file_once():
    files = sorted(path.name for path in FOLDER.iterdir() if path.suffix in {".ics", ".eml"})

    assert sorted(entry["file"] for entry in EXPECTED) == files
    assert len(files) >= LEAST_FILES


def test_only_the_crowd_leaves_open_who_was_left_out():
    open_ended = {entry["file"] for entry in READABLE for event in entry["event"] if "left_out" not in event}

    assert open_ended == {"google-many-attendees.ics"}
