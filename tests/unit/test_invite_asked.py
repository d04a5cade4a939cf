"""What an invitation leaves open is asked or marked; nothing wrong stands unmarked (data/invitations_asked.toml)."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path

import pytest
from django.utils import translation

from drafts.invite import facts_document, read_invitations
from drafts.invite.names import name_key
from drafts.translation import translated

DATA = Path(__file__).resolve().parent.parent / "data" / "invitations_asked.toml"
ENTRIES = tomllib.loads(DATA.read_text("utf-8"))["invitation"]
TODAY = dt.date(2026, 11, 27)
KEYS = ("company", "position", "ended_at", "time_zone")
MOST_ASKED = 3  # of the entries, for something that a careful person reads from them


def read(entry):
    text = entry["text"].strip() + "\n"
    [found] = read_invitations(text, me=entry.get("me", ()), default_zone=entry.get("zone", ""), today=TODAY)
    return found


def right(value):
    return value if isinstance(value, list) else [value]


def keys(people):
    return {name_key(one if isinstance(one, str) else one.full_name) for one in people}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["name"])
def test_nothing_wrong_stands_there_unmarked(entry):
    found = read(entry)
    document = facts_document(found)

    for key in KEYS:
        value = (
            document["interview"][key].removesuffix(":00")
            if key == "ended_at"
            else document["interview"][key]
        )
        assert value in {*right(entry[key]), ""}, key
    assert keys(found.people) <= keys(entry["people"])
    assert keys(entry["people"]) | keys(entry["offered"]) <= keys(found.people) | keys(found.others)


@pytest.mark.parametrize(
    ("entry", "key"),
    [(entry, key) for entry in ENTRIES for key in entry.get("unsure", ())],
    ids=lambda value: value if isinstance(value, str) else value["name"],
)
def test_unsure_values_are_marked_or_asked_about(entry, key):
    found = read(entry)
    if key == "ended_at":
        assert found.is_end_guess
        return
    reading = getattr(found, key)
    assert reading.is_guess or not reading.value


@pytest.mark.parametrize(
    "entry", [one for one in ENTRIES if one.get("nobody_else")], ids=lambda entry: entry["name"]
)
def test_places_and_departments_are_not_offered_as_people(entry):
    assert keys(read(entry).others) == keys(entry["offered"])


def test_few_of_them_are_asked_about():
    asked = [
        entry["name"]
        for entry in ENTRIES
        for found in [read(entry)]
        for document in [facts_document(found)["interview"]]
        if keys(found.people) != keys(entry["people"])
        or any(not document[key] and "" not in right(entry[key]) for key in KEYS)
    ]
    assert len(asked) <= MOST_ASKED, asked


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_where_people_stand_is_said_in_the_language_of_the_page(language):
    """Of an interviewer it follows "We read this from"; of anybody else it follows their name."""
    found = [read(entry) for entry in ENTRIES]
    read_from = {one.source for invitation in found for one in invitation.people}
    did = {one.source for invitation in found for one in invitation.others}
    assert not read_from & did
    assert {
        "was invited",
        "sent the mail",
        "is named in the text",
        "is named in the description",
    } <= did
    with translation.override(language):
        assert [text for text in (*read_from, *did) if translated(text) == text] == []
