from __future__ import annotations

import email
import re
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafts.domain.addresses import is_address
from drafts.exchange.cleaning import line_feeds, one_line, whole_characters
from drafts.exchange.file_names import safe_file_name, unique_names
from drafts.exchange.message import Attachment, OutgoingLetter, draft_message
from tests.unit.exchange_strategies import SURROGATES, TEXTS

PDF = Attachment("résumé 2026.pdf", "application/pdf", b"%PDF-1.7\r\n\x00\xff")


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=default)


def body_of(content: bytes) -> str:
    part = read(content).get_body()
    assert part is not None
    return part.get_content().replace("\r\n", "\n")


def ended(text: str) -> str:
    """A body as it is read back: line breaks as LF, with one at the end."""
    text = line_feeds(text)
    return text if text.endswith("\n") else text + "\n"


def recipients(content: bytes) -> list[tuple[str, str]]:
    """Decodes strictly by RFC 2047, because Python 3.11's newer parser puts a space between two encoded words of a
    name."""
    values = email.message_from_bytes(content).get_all("To", [])
    return [(str(make_header(decode_header(name))), address) for name, address in getaddresses(values)]


def test_draft_as_written():
    letter = OutgoingLetter(
        "Ann Lee", "ann@zylker.example", "Thank you", "Hi Ann,\n\nThank you = thanks.\n-- \nMe"
    )

    assert draft_message(letter) == (
        b"X-Unsent: 1\r\n"
        b"To: Ann Lee <ann@zylker.example>\r\n"
        b"Subject: Thank you\r\n"
        b"MIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=utf-8\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n"
        b"\r\n"
        b"Hi Ann,\r\n\r\nThank you =3D thanks.\r\n--=20\r\nMe\r\n"
    )


def test_attachments_come_after_the_text():
    note = Attachment("note.txt", "text/plain", "für später\n".encode())
    content = draft_message(OutgoingLetter("", "", "Hi", "Grüße", (PDF, note)))

    message = read(content)
    assert [
        (part.get_content_type(), part.get_filename(), part.get_payload(decode=True))
        for part in message.iter_parts()
    ] == [
        ("text/plain", None, "Grüße\r\n".encode()),
        ("application/pdf", "résumé 2026.pdf", PDF.content),
        ("text/plain", "note.txt", note.content),
    ]
    assert message.keys() == ["X-Unsent", "Subject", "MIME-Version", "Content-Type"]


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "pdf",
        "text/plain\r\nX-Evil: 1",
        'text/plain; name="x"',
        "message/rfc822",
        "multipart/mixed",
        "a/b/c",
    ],
)
def test_an_odd_content_type_becomes_octet_stream(content_type: str):
    content = draft_message(OutgoingLetter("", "", "", "", (Attachment("x", content_type, b"x"),)))

    (part,) = read(content).iter_attachments()
    assert part.items() == [
        ("Content-Type", "application/octet-stream"),
        ("Content-Transfer-Encoding", "base64"),
        ("Content-Disposition", 'attachment; filename="x"'),
    ]


def test_attachments_with_equal_names_are_numbered():
    content = draft_message(OutgoingLetter("", "", "", "", (PDF, PDF)))

    assert [part.get_filename() for part in read(content).iter_attachments()] == [
        "résumé 2026.pdf",
        "résumé 2026 (2).pdf",
    ]


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("ann@zylker.example", b"ann@zylker.example"),
        ("ann+jobs@zylker.example", b"ann+jobs@zylker.example"),
        ("o'neil@localhost", b"o'neil@localhost"),
        ('"ann lee"@zylker.example', b'"ann lee"@zylker.example'),
        ('"a@b"@zylker.example', b'"a@b"@zylker.example'),
        ("ann@[192.0.2.1]", b"ann@[192.0.2.1]"),
        ("ann@bücher.example", b"ann@xn--bcher-kva.example"),
        ("ann@straße.example", "ann@straße.example".encode()),
        ("jörg@zylker.example", "jörg@zylker.example".encode()),
    ],
)
def test_address_is_written(address: str, written: bytes):
    content = draft_message(OutgoingLetter("", address, "Hi", "Hi"))

    assert content.startswith(b"X-Unsent: 1\r\nTo: " + written + b"\r\nSubject: Hi\r\n")
    assert is_address(address)


@pytest.mark.parametrize(
    "address",
    [
        " ",
        "ann",
        "@zylker.example",
        "ann@",
        "ann@zylker..example",
        "ann@-zylker.example",
        "a b@zylker.example",
        "ann@zylker.example, eve@evil.example",
        "ann@zylker.example\nBcc: eve@evil.example",
        '"ann\n"@zylker.example',
        "Ann <ann@zylker.example>",
        "<ann@zylker.example>",
        "ann@eve@zylker.example",
        "=?utf-8?q?eve=40evil.example?=@zylker.example",
        "ann\u202e@zylker.example",
        "ann\ud800@zylker.example",
        "a" * 320 + "@zylker.example",
    ],
)
def test_an_invalid_address_is_rejected(address: str):
    with pytest.raises(ValueError, match="not an email address"):
        draft_message(OutgoingLetter("Ann", address, "Hi", "Hi"))
    assert not is_address(address)


@pytest.mark.parametrize(
    "body",
    [
        "From here\n>From there\n>>From afar\nFrom",
        "From " + "x" * 71 + "\n>From " + "word " * 100,
        "\n\n",
        "",
        ".",
        "trailing \t \nend ",
        "x" * 5000,
        "--=_afterword_part--\n--=_afterword_part",
        "a\r\nb\rc\nd",
        "漢字" * 500,
        "\x0b\x0c\x1c\x85\u2028\u2029\x00",
    ],
)
def test_body_comes_back(body: str):
    content = draft_message(OutgoingLetter("", "", "", body, (PDF,)))

    assert body_of(content) == ended(body)


@pytest.mark.parametrize(
    ("content", "charset"), [("für".encode(), "utf-8"), (b"f\xfcr", None), (b"plain", "utf-8")]
)
def test_text_files_say_their_charset_where_it_is_known(content: bytes, charset: str | None):
    file = Attachment("note.txt", "text/plain", content)
    (part,) = read(draft_message(OutgoingLetter("", "", "", "", (file,)))).iter_attachments()

    assert (part.get_param("charset"), part.get_payload(decode=True)) == (charset, content)


@given(body=TEXTS, files=st.booleans())
def test_any_body_comes_back(body: str, files: bool):
    content = draft_message(OutgoingLetter("", "", "", body, (PDF,) if files else ()))

    assert body_of(content) == ended(body)


@given(name=TEXTS, subject=TEXTS)
def test_any_name_and_subject_come_back_and_add_no_header(name: str, subject: str):
    content = draft_message(OutgoingLetter(name, "ann@zylker.example", subject, "Hi"))

    message = read(content)
    assert message.keys() == [
        "X-Unsent",
        "To",
        "Subject",
        "MIME-Version",
        "Content-Type",
        "Content-Transfer-Encoding",
    ]
    assert message["Subject"] == one_line(subject)
    assert recipients(content) == [(one_line(name), "ann@zylker.example")]


@given(letter=st.builds(OutgoingLetter, TEXTS, st.just("ann@zylker.example"), TEXTS, TEXTS, st.just((PDF,))))
def test_lines_are_short_ascii_and_end_in_cr_lf(letter: OutgoingLetter):
    content = draft_message(letter)

    assert content.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
    assert max(map(len, content.split(b"\r\n"))) <= 78
    assert not re.search(rb"^>*From ", content, re.MULTILINE)


@given(names=st.lists(TEXTS, min_size=1, max_size=4))
def test_any_file_name_comes_back(names: list[str]):
    files = tuple(Attachment(name, "application/pdf", b"x") for name in names)
    content = draft_message(OutgoingLetter("", "", "", "", files))

    assert [part.get_filename() for part in read(content).iter_attachments()] == unique_names(
        names, "attachment"
    )


@given(text=SURROGATES)
def test_lone_surrogates_are_replaced(text: str):
    content = draft_message(
        OutgoingLetter(text, "ann@zylker.example", text, text, (Attachment(text, "", b""),))
    )

    assert read(content)["Subject"] == one_line(whole_characters(text))
    assert body_of(content) == ended(whole_characters(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Report.pdf", "Report.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\temp\\x.txt", "C--temp-x.txt"),
        ("con", "_con"),
        ("NUL.tar.gz", "_NUL.tar.gz"),
        ("com¹.txt", "_com¹.txt"),
        ("console.txt", "console.txt"),
        (".htaccess", "htaccess"),
        ("name. . ", "name"),
        ("-rf", "rf"),
        ("a\nb\tc", "a b c"),
        ("gpj.\u202eexe", "gpj.exe"),
        ('Who <me>? "Yes*"', "Who me Yes"),
        ("Łukasz Żak – 履歴書.pdf", "Łukasz Żak – 履歴書.pdf"),
        ("cafe\u0301", "café"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩‍💻.png", "👩‍💻.png"),
        ("x" * 300 + ".pdf", "x" * 75 + ".pdf"),
        ("漢" * 300 + ".pdf", "漢" * 65 + ".pdf"),
        ("", "letter"),
        ("...", "letter"),
        ("///", "letter"),
        ("\ud800", "letter"),
    ],
)
def test_safe_file_name(text: str, name: str):
    assert safe_file_name(text, "letter") == name


@pytest.mark.parametrize(
    ("fallback", "name"), [("a/b", "a-b"), ("", "file"), ("..", "file"), ("nul", "_nul")]
)
def test_fallback_is_made_safe_too(fallback: str, name: str):
    assert safe_file_name("", fallback) == name


def test_cutting_keeps_characters_whole():
    assert safe_file_name("a" * 78 + "q\u0323\u0307", "x") == "a" * 78
    assert safe_file_name("\u0301" * 300, "x") == "x"


def test_unique_names_on_systems_that_do_not_tell_capitals():
    assert unique_names(["A.pdf", "a.PDF", "a (2).pdf", "", "letter", "x" * 90, "x" * 91], "letter") == [
        "A.pdf",
        "a (2).PDF",
        "a (2) (2).pdf",
        "letter",
        "letter (2)",
        "x" * 79,
        "x" * 75 + " (2)",
    ]


@given(texts=st.lists(st.one_of(TEXTS, SURROGATES, st.sampled_from(["nul", "NUL .x", "a.b."])), max_size=5))
def test_any_name_is_safe(texts: list[str]):
    names = unique_names(texts, "letter")

    assert len({name.casefold() for name in names}) == len(texts)
    for name in names:
        assert 0 < len(name) <= 80
        assert len(name.encode()) <= 200
        assert not re.search(r'[/\\:|<>"?*\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|^[ .~-]|[ .]$', name)
        assert not re.match(r"(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)", name, re.IGNORECASE)
