from __future__ import annotations

import datetime as dt
import email
import io
import zipfile
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.exchange.archive import ArchivedLetter, letters_zip
from drafts.exchange.cleaning import one_line, several_lines
from drafts.exchange.message import Attachment, OutgoingLetter
from tests.unit.exchange_strategies import SURROGATES, TEXTS

MADE_AT = dt.datetime(2026, 3, 3, 9, 5, 8, tzinfo=dt.UTC)
LETTER = OutgoingLetter(
    "Ann", "ann@zylker.example", "Thank\nyou", "Hi Ann,\n\nGrüße", (Attachment("a.bin", "", b"1"),)
)


def opened(content: bytes) -> zipfile.ZipFile:
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive


def test_a_letter_is_two_files():
    archive = opened(
        letters_zip([ArchivedLetter("Zoë, thank-you", LETTER, False, "Zylker: Engineer")], MADE_AT)
    )

    assert archive.namelist() == [
        "Zylker- Engineer/Zoë, thank-you.eml",
        "Zylker- Engineer/Zoë, thank-you.txt",
    ]
    assert archive.read(archive.namelist()[1]) == "Thank you\r\n\r\nHi Ann,\r\n\r\nGrüße\r\n".encode()
    assert [
        (one.date_time, one.flag_bits & 0x800, one.external_attr >> 16) for one in archive.infolist()
    ] == [((2026, 3, 3, 9, 5, 8), 0x800, 0o100644)] * 2


@pytest.mark.parametrize(("is_sent", "draft"), [(False, "1"), (True, None)])
def test_only_what_is_not_sent_opens_as_a_draft(is_sent: bool, draft: str | None):
    archive = opened(letters_zip([ArchivedLetter("x", LETTER, is_sent)], MADE_AT))

    message = email.message_from_bytes(archive.read("x.eml"), policy=default)
    assert (message["X-Unsent"], message["Subject"], message["To"]) == (
        draft,
        "Thank you",
        "Ann <ann@zylker.example>",
    )
    assert [part.get_filename() for part in message.iter_attachments()] == ["a.bin"]


def test_equal_names_are_numbered():
    names = [
        ("Ann", ""),
        ("ann", ""),
        ("", ""),
        ("Ann", "Zylker"),
        ("ann", "zylker"),
        ("v1.5", ""),
        ("v1.5", ""),
    ]
    archive = opened(
        letters_zip([ArchivedLetter(name, LETTER, False, folder) for name, folder in names], MADE_AT)
    )

    assert archive.namelist()[::2] == [
        "Ann.eml",
        "ann (2).eml",
        "letter.eml",
        "Zylker/Ann.eml",
        "Zylker/ann (2).eml",
        "v1.5.eml",
        "v1.5 (2).eml",
    ]


def test_same_entries_same_bytes():
    entries = [ArchivedLetter("Ann", LETTER, False)]

    assert letters_zip(entries, MADE_AT) == letters_zip(entries, MADE_AT)


@pytest.mark.parametrize(("year", "dated"), [(1970, 1980), (2026, 2026), (2200, 2107)])
def test_years_that_zip_cannot_represent_are_clamped(year: int, dated: int):
    archive = opened(letters_zip([ArchivedLetter("x", LETTER, False)], MADE_AT.replace(year=year)))

    assert archive.infolist()[0].date_time == (dated, 3, 3, 9, 5, 8)


def test_nothing_to_archive():
    assert opened(letters_zip([], MADE_AT)).namelist() == []


ENTRIES = st.tuples(st.one_of(TEXTS, SURROGATES), st.one_of(TEXTS, st.just("a")), TEXTS, TEXTS)


@given(entries=st.lists(ENTRIES, max_size=4))
def test_any_letters_are_kept_under_safe_names(entries: list[tuple[str, str, str, str]]):
    archived = [
        ArchivedLetter(name, OutgoingLetter("", "", subject, body), False, folder)
        for name, folder, subject, body in entries
    ]
    archive = opened(letters_zip(archived, MADE_AT))
    paths = archive.namelist()

    assert len({path.casefold() for path in paths}) == 2 * len(entries)
    assert all(path.count("/") <= 1 and ".." not in path.split("/") and path[0] not in "/." for path in paths)
    assert [archive.read(path).decode() for path in paths[1::2]] == [
        f"{one_line(subject)}\n\n{several_lines(body)}".rstrip("\n").replace("\n", "\r\n") + "\r\n"
        for _, _, subject, body in entries
    ]
