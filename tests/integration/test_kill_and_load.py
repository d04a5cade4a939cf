"""Saves while the server is killed, and under load, with a real server and its own database. Short versions.

`python -m bench.kill` and `python -m bench.load` run longer.
"""

from __future__ import annotations

import os
import random

from bench import kill, load
from bench.guests import Save
from bench.stored import Faults, Stored, check, numbered_letter, numbered_note

DATABASE = "postgres" if os.environ.get("TEST_DATABASE") == "postgres" else "sqlite"


def test_killed_server_loses_no_save_it_answered(tmp_path, static_root):
    result = kill.run(tmp_path, DATABASE, rounds=3, static_root=static_root)
    assert result.faults == Faults()
    assert result.answered.keys() >= {"draft", "notes", "interview", "person", "letter"}
    # Killed in the middle: some saves were interrupted.
    assert result.unanswered > 0


def test_load_loses_no_save_and_fails_no_page(tmp_path, static_root):
    result = load.run(tmp_path, DATABASE, seconds=4, writers=4, readers=4, static_root=static_root)
    assert result.faults == Faults()
    assert result.answered["draft"] > 0
    # Two saved over the same version, and one of them got a conflict.
    assert result.conflicts > 0


def test_check_finds_nothing_if_everything_is_stored():
    stored, saves = saved()
    assert check(saves, stored) == Faults()


def test_check_finds_a_lost_save():
    stored, saves = saved()
    del stored.revisions["d"][3]
    stored.drafts["d"] = (2, *saves[0].text)
    stored.people["p"] = ("Rosa", 1, "")
    stored.interviews.clear()
    assert [line.split()[0] for line in check(saves, stored).lost] == ["draft", "notes", "interview"]


def test_check_finds_two_answers_over_one_version():
    stored, saves = saved()
    saves.append(Save("notes", "p", ("another",), 1, answered=True))
    assert "2 saves over the same version were answered: ('notes', 'p', 1)" in check(saves, stored).lost


def test_check_finds_a_save_over_another_than_the_one_before():
    stored, saves = saved()
    saves[0].version = 0
    assert check(saves, stored).odd == [
        "draft d version 3 was saved over version 2, the one before it over version 0"
    ]


def test_check_finds_a_text_nobody_sent():
    stored, saves = saved()
    assert check(saves[:2], stored).odd == [f"notes p version 2, which nobody sent: {saves[2].text[0]}"]
    assert check(saves[1:], stored).odd == ["draft d version 2, which nobody sent: Thank you 1"]


def test_check_finds_half_a_text():
    stored, saves = saved()
    _reason, subject, body = stored.revisions["d"][3]
    stored.revisions["d"][3] = ("edited", subject, body[:-1])
    stored.drafts["d"] = (3, subject, body[:-1])
    stored.people["p"] = ("Rosa", 2, stored.people["p"][2][1:])
    assert [line.split(":")[0] for line in check(saves, stored).half] == ["draft d version 3", "notes p"]


def test_check_finds_a_draft_that_differs_from_its_history():
    stored, saves = saved()
    stored.drafts["d"] = (3, *saves[0].text)
    stored.revisions["gone"] = {1: ("composed", "Hello", "Hello")}
    del stored.revisions["d"][1]
    assert check(saves, stored).odd == [
        "the history of draft d has a gap: [2, 3]",
        "draft d differs from the newest version in its history",
        "revisions without their draft gone",
    ]


def test_check_knows_what_was_sent_brought_and_deleted():
    stored, saves = saved()
    stored.owners["i"] = "account"
    saves += [
        Save("brought", "i", ("guest",), answered=True),
        Save("sent", "d", (), answered=True),
        Save("deleted", "i", (), answered=True),
        Save("everything", "c", (), answered=True),
    ]
    stored.candidates.add("c")
    lost = check(saves, stored).lost
    assert [line.split()[0] for line in lost] == ["brought", "sent", "deleted", "everything"]
    stored.owners["i"], stored.sent, stored.deleted, stored.candidates = "guest", {"d"}, {"i"}, set()
    assert check(saves, stored) == Faults()
    # Restored, it is there again.
    saves.append(Save("back", "i", (), answered=True))
    assert [line.split()[0] for line in check(saves, stored).lost] == ["back"]
    stored.deleted.clear()
    assert check(saves, stored) == Faults()


def test_check_misses_nothing_of_what_was_forgotten_for_good():
    _stored, saves = saved()
    assert [line.split()[0] for line in check(saves, Stored()).lost] == [
        "draft",
        "draft",
        "notes",
        "interview",
    ]
    saves.append(Save("forgotten", "i", ("p", "d"), answered=True))
    assert check(saves, Stored()) == Faults()
    stored, _saves = saved()
    assert [line.split()[0] for line in check(saves, stored).lost] == ["forgotten"]


def test_check_knows_that_a_kill_may_cut_deleting_everything_off():
    """Deleting works in steps, so the interviews may be gone while the candidate is still there."""
    stored, saves = saved()
    everything = Save("everything", "c", ("i", "p", "d"))
    saves.append(everything)
    cut_off = Stored(candidates={"c"})
    assert check(saves, cut_off) == Faults()
    assert check(saves, stored) == Faults()
    everything.answered = True
    assert "everything" in [line.split()[0] for line in check(saves, cut_off).lost]


def saved() -> tuple[Stored, list[Save]]:
    """Two saves of a draft, a note and an interview, all confirmed and all stored."""
    chance = random.Random(1)  # noqa: S311 - a reproducible choice, no secret
    first, second = numbered_letter("1", chance), numbered_letter("2", chance)
    note = numbered_note("3", chance)
    saves = [
        Save("draft", "d", first, 1, answered=True),
        Save("draft", "d", second, 2, answered=True),
        Save("notes", "p", (note,), 1, answered=True),
        Save("interview", "i", ("Company 4",), answered=True),
    ]
    stored = Stored(
        drafts={"d": (3, *second)},
        revisions={"d": {1: ("composed", "Hello", "Hello"), 2: ("edited", *first), 3: ("edited", *second)}},
        people={"p": ("Rosa", 2, note)},
        interviews={"i": "Company 4"},
    )
    return stored, saves
