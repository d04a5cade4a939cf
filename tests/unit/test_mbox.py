from __future__ import annotations

import datetime as dt
import mailbox
from email.utils import parsedate_to_datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.exchange.cleaning import line_feeds
from drafts.exchange.mbox import SentLetter, sent_mbox
from drafts.exchange.message import Attachment, OutgoingLetter
from tests.unit.exchange_strategies import TEXTS

SENT_AT = dt.datetime(2026, 3, 3, 9, 5, tzinfo=ZoneInfo("America/New_York"))
LETTER = OutgoingLetter("Ann", "ann@zylker.example", "Thank you", "Hi Ann,\n\nFrom here on.\n>From there.")


def bodies(content: bytes) -> list[bytes]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sent.mbox"
        path.write_bytes(content)
        box = mailbox.mbox(path, create=False)
        try:
            return [next(iter(one.walk())).get_payload(decode=True) for one in box]
        finally:
            box.close()


def test_mbox_as_written():
    letters = [
        SentLetter("Me Myself", "me@home.example", LETTER, SENT_AT),
        SentLetter("Me", "", LETTER, SENT_AT),
    ]
    rest = (
        b"Date: Tue, 03 Mar 2026 09:05:00 -0500\n"
        b"To: Ann <ann@zylker.example>\n"
        b"Subject: Thank you\n"
        b"MIME-Version: 1.0\n"
        b"Content-Type: text/plain; charset=utf-8\n"
        b"Content-Transfer-Encoding: quoted-printable\n"
        b"\n"
        b"Hi Ann,\n\n=46rom here on.\n>=46rom there.\n"
        b"\n"
    )

    assert sent_mbox(letters) == (
        b"From me@home.example Tue Mar  3 14:05:00 2026\nFrom: Me Myself <me@home.example>\n"
        + rest
        + b"From MAILER-DAEMON Tue Mar  3 14:05:00 2026\n"
        + rest
    )


def test_no_letters():
    assert sent_mbox([]) == b""


def test_address_with_a_space_stays_out_of_the_separator():
    content = sent_mbox([SentLetter("", '"me 1"@home.example', LETTER, SENT_AT)])

    assert content.startswith(b'From MAILER-DAEMON Tue Mar  3 14:05:00 2026\nFrom: "me 1"@home.example\n')


@pytest.mark.parametrize(
    "sent",
    [
        SentLetter("Me", "me@home.example", LETTER, dt.datetime(2026, 3, 3, 9, 5)),
        SentLetter("Me", "me", LETTER, SENT_AT),
        SentLetter("Me", "me@home.example\nBcc: x@y.example", LETTER, SENT_AT),
    ],
)
def test_invalid_letters_are_rejected(sent: SentLetter):
    with pytest.raises(ValueError, match=r"not an email address|must be aware"):
        sent_mbox([sent])


def test_dates_and_attachments_come_back(tmp_path: Path):
    letter = OutgoingLetter("", "", "Hi", "From me", (Attachment("ü.bin", "", b"From \n\nFrom x\n"),))
    (tmp_path / "sent.mbox").write_bytes(sent_mbox([SentLetter("", "", letter, SENT_AT)] * 2))
    box = mailbox.mbox(tmp_path / "sent.mbox", create=False)
    found = [
        (parsedate_to_datetime(one["Date"]), [part.get_payload(decode=True) for part in one.get_payload()])
        for one in box
    ]
    box.close()

    assert found == [(SENT_AT, [b"From me\n", b"From \n\nFrom x\n"])] * 2


@given(texts=st.lists(TEXTS, max_size=4), name=TEXTS)
def test_any_bodies_come_back(texts: list[str], name: str):
    letters = [
        SentLetter(name, "me@home.example", OutgoingLetter(name, "ann@zylker.example", text, text), SENT_AT)
        for text in texts
    ]
    expected = [
        line_feeds(text) if line_feeds(text).endswith("\n") else line_feeds(text) + "\n" for text in texts
    ]

    assert bodies(sent_mbox(letters)) == [text.encode() for text in expected]
