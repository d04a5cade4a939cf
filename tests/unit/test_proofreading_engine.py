import re
import tomllib
from pathlib import Path

import pytest

from drafts.domain import proofread

DATA = Path(__file__).resolve().parent.parent / "data"
LONE_LETTER = re.compile(r"[A-Z]\.?|S\.p\.A\.")


def test_a_renewed_engine_finds_the_same(monkeypatch):
    monkeypatch.setattr(proofread, "RENEWED_AFTER", 1)
    text = "I has a question."
    engine = proofread._Engine("american", spelling_only=False)
    first = engine._linter
    remarks = [[remark.span.start for remark in engine.lint(text)] for _ in range(3)]
    assert remarks[0]
    assert remarks == [remarks[0]] * 3
    assert engine._linter is not first


def letters():
    for path in sorted(DATA.glob("real_letters*.toml")):
        yield from (table["body"] for table in tomllib.loads(path.read_text(encoding="utf-8"))["letter"])


def test_paragraphs_read_by_themselves_get_the_remarks_of_the_whole_letter():
    bodies = list(letters())
    assert len(bodies) > 50
    for body in bodies:
        at_once = proofread.read_whole(body, "american")
        # The engine treats a single letter at the end of a paragraph, as in "as would I.", as an initial if more text
        # follows.
        expected = [one for one in at_once if not LONE_LETTER.fullmatch(body[one.start : one.end])]
        found = proofread.proofread(body, "american")
        assert [one for one in found if not LONE_LETTER.fullmatch(body[one.start : one.end])] == expected


def test_only_paragraphs_that_changed_are_read_again(monkeypatch):
    read = []
    lint = proofread._lint
    monkeypatch.setattr(proofread, "_lint", lambda engine, text: read.append(text) or lint(engine, text))
    proofread.forget()
    proofread.proofread("One thing.\n\nIt was intresting.\n \nThe third.", "american")
    assert read == ["One thing.", "It was intresting.", "The third."]
    read.clear()
    remarks = proofread.proofread("One thing.\n\nIt was intresting.\n\nThe fourth.", "american")
    assert read == ["The fourth."]
    assert [(one.start, one.end) for one in remarks] == [(19, 29)]


def test_a_text_of_very_many_paragraphs_is_read_in_one_piece(monkeypatch):
    read = []
    monkeypatch.setattr(proofread, "_lint", lambda _engine, text: read.append(text) or [])
    proofread.forget()
    text = "A thing.\n\n" * 200
    proofread.proofread(text, "american")
    proofread.forget()
    assert read == [text]


def test_nothing_is_read_of_a_text_without_words(monkeypatch):
    monkeypatch.setattr(proofread, "_lint", lambda *_: pytest.fail("read"))
    assert proofread.proofread(" \n\n ", "american") == ()
