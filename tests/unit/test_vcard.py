from __future__ import annotations

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from drafts.exchange.cleaning import one_line, several_lines
from drafts.exchange.vcard import ContactCard, panel_vcards
from tests.unit.exchange_strategies import SURROGATES, TEXTS


def test_cards_as_written():
    people = [
        ContactCard(
            "Ann van Lee", "ann@zylker.example", "VP, Product; Design", "Zylker\\Co", "Met Tuesday,\nat 3"
        ),
        ContactCard("Prince"),
    ]

    assert panel_vcards(people) == (
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann van Lee\r\nN:Lee;Ann van;;;\r\n"
        b"EMAIL;TYPE=INTERNET:ann@zylker.example\r\nTITLE:VP\\, Product\\; Design\r\nORG:Zylker\\\\Co\r\n"
        b"NOTE:Met Tuesday\\,\\nat 3\r\nEND:VCARD\r\n"
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Prince\r\nN:;Prince;;;\r\nEND:VCARD\r\n"
    )


def test_no_people():
    assert panel_vcards([]) == b""


@pytest.mark.parametrize("note", ["x" * 300, "漢" * 200, "a" + "🎉" * 100, "\\" * 200])
def test_lines_are_folded_at_75_octets_between_characters(note: str):
    content = panel_vcards([ContactCard("Ann", note=note)])

    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines] == content.decode().split("\r\n")
    assert vobject.readOne(content.decode()).note.value == note


@given(people=st.lists(st.builds(ContactCard, *[TEXTS] * 5), max_size=3))
def test_any_person_comes_back(people: list[ContactCard]):
    read = list(vobject.readComponents(panel_vcards(people).decode()))

    assert [_read_back(card) for card in read] == [
        (
            one_line(person.full_name),
            one_line(person.full_name).split(),
            one_line(person.email),
            one_line(person.job_title),
            one_line(person.company),
            several_lines(person.note).strip(),
        )
        for person in people
    ]


def _read_back(card: vobject.base.Component) -> tuple[str, list[str], str, str, str, str]:
    known = {"version", "fn", "n", "email", "title", "org", "note"}
    assert set(card.contents) <= known
    assert all(len(lines) == 1 for lines in card.contents.values())
    (organisation,) = card.org.value if "org" in card.contents else [""]
    return (
        card.fn.value,
        f"{card.n.value.given} {card.n.value.family}".split(),
        card.email.value if "email" in card.contents else "",
        card.title.value if "title" in card.contents else "",
        organisation,
        card.note.value if "note" in card.contents else "",
    )


@given(text=SURROGATES)
def test_lone_surrogates_are_harmless(text: str):
    content = panel_vcards([ContactCard(text, text, text, text, text)]).decode()

    assert vobject.readOne(content).fn.value == one_line(text)
