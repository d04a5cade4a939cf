"""Pages are compressed if the browser supports it; compressed and streamed responses are left alone."""

import gzip

import pytest
from django.core.files.base import ContentFile

from config.static import OurStaticFilesStorage
from tests.factories import DraftFactory

PACKED = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


def test_a_compressed_page_is_the_same_page(client, db):
    plain = client.get("/")
    packed = client.get("/", **PACKED)
    assert (plain.has_header("Content-Encoding"), packed["Content-Encoding"]) == (False, "gzip")
    assert "Accept-Encoding" in plain["Vary"]
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2


def test_the_length_of_a_page_tells_nothing(client, db):
    """Random bytes are added, so that lengths reveal no secrets to an attacker who triggers requests (BREACH)."""
    assert len({len(client.get("/", **PACKED).content) for _ in range(10)}) > 1


@pytest.mark.parametrize("address", ["/healthz", "/names/?name=Ada%20Lovelace"])
def test_a_tiny_answer_is_sent_as_it_is(client, db, address):
    answer = client.get(address, **PACKED)
    assert (answer.status_code, answer.has_header("Content-Encoding")) == (200, False)


@pytest.mark.parametrize("address", ["/interviews/{}/letters.zip", "/sent.mbox"])
def test_files_are_not_compressed_again(signed_in, candidate, address):
    draft = DraftFactory(interviewer__interview__candidate=candidate, body="Thank you. " * 100)
    answer = signed_in.get(address.format(draft.interviewer.interview_id), **PACKED)
    assert (answer.status_code, answer.has_header("Content-Encoding")) == (200, False)


def test_streamed_responses_arrive_in_pieces(signed_in):
    answer = signed_in.get("/account/download/?download=1", **PACKED)
    assert (answer.status_code, answer.streaming, answer.has_header("Content-Encoding")) == (200, True, False)
    assert b"".join(answer.streaming_content).startswith(b"PK")


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("js/a.js", "// Why.\nconst a = `x  ${ 1 }`;\n", "const a=`x  ${ 1 }`;"),
        ("css/a.css", "/* Why. */\na {\n  top: calc(1px + 2px);\n}\n", "a{top:calc(1px + 2px)}"),
        ("css/a.min.css", "/*! License */\na { top: 0 }\n", "/*! License */\na { top: 0 }\n"),
        ("admin/js/a.js", "// License\nconst a = 1;\n", "// License\nconst a = 1;\n"),
    ],
)
def test_our_styles_and_scripts_are_served_without_comments(tmp_path, name, text, kept):
    """Third-party files are unchanged, with their licenses."""
    storage = OurStaticFilesStorage(location=tmp_path)
    with storage.open(storage.save(name, ContentFile(text.encode()))) as saved:
        assert saved.read().decode().strip() == kept.strip()
