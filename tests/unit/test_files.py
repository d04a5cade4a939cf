"""Files attached to a letter: type detection by content, safe names, and refusals that say what to do."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from drafts.domain.facts import MAX_FILES, MAX_FILES_BYTES, MAX_LENGTH
from drafts.domain.facts_json import parse_panel
from drafts.exchange.files import (
    FALLBACK_NAME,
    MAX_PARTS,
    CheckedFile,
    FileFault,
    FileProblem,
    check_file,
    check_room,
)

OPEN_XML = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def packed(*parts, compression=zipfile.ZIP_DEFLATED):
    """A ZIP file of names, or of names with their content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for part in parts:
            name, content = (part, "x") if isinstance(part, str) else part
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return buffer.getvalue()


def office(main, *parts):
    types = f'<Types><Override PartName="/main.xml" ContentType="application/{main}"/></Types>'
    return packed(("[Content_Types].xml", types), "_rels/.rels", "main.xml", *parts)


def open_office(kind, *parts):
    return packed(("mimetype", f"{OPEN_DOCUMENT}{kind}"), "content.xml", *parts)


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(30)
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(30)
GIF = b"GIF89a" + bytes(30)
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(30)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
RTF = rb"{\rtf1\ansi Hello.}"
DOCX = office("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")
XLSX = office("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")
PPTX = office("vnd.openxmlformats-officedocument.presentationml.presentation.main+xml")
PPSX = office("vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml")
ZIP = packed("work/main.py", "work/notes.txt")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("case study.pdf", PDF, "application/pdf"),
        ("PLAN.PDF", PDF, "application/pdf"),
        ("chart.png", PNG, "image/png"),
        ("photo.jpg", JPEG, "image/jpeg"),
        ("photo.JPEG", b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00", "image/jpeg"),
        ("move.gif", GIF, "image/gif"),
        ("tiny.gif", b"GIF87a\x01\x00\x01\x00", "image/gif"),
        ("photo.webp", WEBP, "image/webp"),
        ("report.docx", DOCX, f"{OPEN_XML}wordprocessingml.document"),
        ("costs.xlsx", XLSX, f"{OPEN_XML}spreadsheetml.sheet"),
        ("talk.pptx", PPTX, f"{OPEN_XML}presentationml.presentation"),
        ("talk.ppsx", PPSX, f"{OPEN_XML}presentationml.slideshow"),
        ("report.odt", open_office("text"), f"{OPEN_DOCUMENT}text"),
        ("costs.ods", open_office("spreadsheet"), f"{OPEN_DOCUMENT}spreadsheet"),
        ("talk.odp", open_office("presentation"), f"{OPEN_DOCUMENT}presentation"),
        ("plan.odg", open_office("graphics"), f"{OPEN_DOCUMENT}graphics"),
        ("letter.rtf", RTF, "application/rtf"),
        ("work.zip", ZIP, "application/zip"),
        ("notes.txt", b"Short notes.\r\n\tWith a tab.\x0c", "text/plain"),
        ("notes.txt", "Zürich, 王伟 🎉".encode(), "text/plain"),
        ("notes.txt", "With a mark.".encode("utf-8-sig"), "text/plain"),
        ("notes.txt", "Zürich, 王伟 🎉".encode("utf-16"), "text/plain"),
        ("notes.txt", b"\xfe\xff" + "Zürich".encode("utf-16-be"), "text/plain"),
        ("table.csv", b"a,b\n1,2\n", "text/csv"),
        ("data.json", b'{"a": 1}', "text/plain"),
        ("README.md", b'<h1 align="center">Ledger</h1>\n', "text/plain"),
        ("deploy.sh", b"#!/bin/sh\necho hi\n", "text/plain"),
        ("Ledger.java", b"class Ledger {}\n", "text/plain"),
        # ASCII letters that some binary formats begin with.
        ("notes.txt", b"MZ are the initials of my co-author.", "text/plain"),
        ("notes.txt", b"BM25 is how we rank.", "text/plain"),
        ("notes.txt", b"PK is short for primary key.", "text/plain"),
        ("query.sql", b"-- <html> is not in here\nselect 1;", "text/plain"),
    ],
)
def test_content_tells_the_type(name, content, content_type):
    assert check_file(name, content) == CheckedFile(name, content_type, len(content))


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("notes.txt", b"", FileProblem.EMPTY),
        ("notes.txt", b" \r\n\t", FileProblem.EMPTY),
        ("notes.txt", b"\xef\xbb\xbf", FileProblem.EMPTY),
        ("work.zip", packed(), FileProblem.EMPTY),
        ("work.zip", packed("folder/"), FileProblem.EMPTY),
        ("film.pdf", PDF + bytes(MAX_FILES_BYTES), FileProblem.TOO_LARGE),
        ("setup.exe", b"MZ\x90\x00" + bytes(60), FileProblem.BLOCKED),
        ("setup.EXE. ", PDF, FileProblem.BLOCKED),
        ("invoice\u202efdp.exe", PDF, FileProblem.BLOCKED),
        ("app.js", b"let a = 1;", FileProblem.BLOCKED),
        ("run.bat", b"echo hi", FileProblem.BLOCKED),
        ("run.ps1", b"Get-Item", FileProblem.BLOCKED),
        ("site.url", b"[InternetShortcut]", FileProblem.BLOCKED),
        ("run.vbs", b"x = 1", FileProblem.BLOCKED),
        ("folder/cv.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(20), FileProblem.BLOCKED),
        ("setup.pdf", b"MZ\x90\x00" + bytes(60), FileProblem.UNUSUAL),
        ("tool", b"\x7fELF\x02\x01\x01" + bytes(60), FileProblem.UNUSUAL),
        ("tool.png", b"\xcf\xfa\xed\xfe\x07\x00\x00\x01", FileProblem.UNUSUAL),
        ("tool.png", b"\xfe\xed\xfa\xce\x00\x00\x00\x12", FileProblem.UNUSUAL),
        ("tool", b"\xca\xfe\xba\xbe\x00\x00\x00\x02", FileProblem.UNUSUAL),
        ("cv.pdf", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(20), FileProblem.UNUSUAL),
        ("page.html", b"Hello", FileProblem.UNUSUAL),
        ("drawing.svg", PNG, FileProblem.UNUSUAL),
        ("notes.txt", b"<!DOCTYPE html><p>Hello", FileProblem.UNUSUAL),
        ("notes.txt", b"\xef\xbb\xbf \n<HTML>", FileProblem.UNUSUAL),
        ("logo.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>', FileProblem.UNUSUAL),
        ("logo.xml", b"<?xml version='1.0'?>\n<!-- a --><!-- b -->\n<svg:svg/>", FileProblem.UNUSUAL),
        ("logo.xml", b"<?xml version='1.0'?><!DOCTYPE svg PUBLIC ''>", FileProblem.UNUSUAL),
        ("notes.md", "<script>alert(1)</script>".encode("utf-16"), FileProblem.UNUSUAL),
        (
            "report.docx",
            office("vnd.ms-word.document.macroEnabled.main+xml"),
            FileProblem.ACTIVE,
        ),
        (
            "report.docx",
            office(
                "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "word/vbaProject.bin"
            ),
            FileProblem.ACTIVE,
        ),
        (
            "costs.xlsx",
            office("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", "xl/macrosheets/s1.xml"),
            FileProblem.ACTIVE,
        ),
        ("report.odt", open_office("text", "Basic/Standard/Module1.xml"), FileProblem.ACTIVE),
        ("letter.rtf", rb"{\rtf1 {\object\objemb{\*\objdata 0105}}}", FileProblem.ACTIVE),
        ("work.zip", packed("a.txt", "deep/er/Setup.EXE"), FileProblem.BLOCKED),
        ("work.zip", packed("src/app.js"), FileProblem.BLOCKED),
        ("work.zip", packed("META-INF/MANIFEST.MF", "Main.class"), FileProblem.BLOCKED),
        ("work.zip", ZIP[: len(ZIP) // 2], FileProblem.UNREADABLE),
        ("work.zip", b"PK\x03\x04", FileProblem.UNREADABLE),
        ("report.docx", DOCX[:-30], FileProblem.UNREADABLE),
        ("template.docx", office("x.wordprocessingml.template.main+xml"), FileProblem.UNUSUAL),
        ("book.epub", packed(("mimetype", "application/epub+zip"), "book.xhtml"), FileProblem.UNUSUAL),
        ("talk.key", packed("Index/Document.iwa"), FileProblem.UNUSUAL),
        ("report.doc", OLE, FileProblem.UNUSUAL),
        ("report.docx", OLE, FileProblem.UNUSUAL),
        ("photo.heic", b"\x00\x00\x00\x18ftypheic" + bytes(20), FileProblem.UNUSUAL),
        ("photo.tif", b"II*\x00" + bytes(20), FileProblem.UNUSUAL),
        ("work.rar", b"Rar!\x1a\x07\x00" + bytes(20), FileProblem.UNUSUAL),
        ("work.7z", b"7z\xbc\xaf'\x1c" + bytes(20), FileProblem.UNUSUAL),
        ("work.tgz", b"\x1f\x8b\x08\x00" + bytes(20), FileProblem.UNUSUAL),
        ("talk.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(20), FileProblem.UNUSUAL),
        ("talk.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", FileProblem.UNUSUAL),
        ("notes.txt", "Zürich".encode("latin-1"), FileProblem.UNUSUAL),
        ("log.txt", b"\x1b[31mred\x1b[0m", FileProblem.UNUSUAL),
        ("table.csv", "a,b".encode("utf-16-le"), FileProblem.UNUSUAL),
        ("notes.txt", b"\xff\xfe" + bytes(range(128, 256)) * 8, FileProblem.UNUSUAL),
        ("thing", b"\x00", FileProblem.UNUSUAL),
        ("report.pdf", b"\n%PDF-1.7\x00", FileProblem.UNUSUAL),
        ("chart.png", PNG[1:], FileProblem.UNUSUAL),
        ("base.db", b"SQLite format 3\x00" + bytes(90), FileProblem.UNUSUAL),
    ],
)
def test_a_file_that_cannot_be_attached_is_rejected(name, content, problem):
    with pytest.raises(FileFault) as raised:
        check_file(name, content)
    assert raised.value.problem is problem


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("setup.exe", PDF, "files that end in .exe, as “setup.exe” does; add a link to “setup.exe” instead."),
        (
            "work.zip",
            packed("a/B.EXE"),
            "files that end in .exe, as “B.EXE” does; add a link to “work.zip” instead.",
        ),
    ],
)
def test_the_message_names_a_blocked_file(name, content, said):
    with pytest.raises(FileFault) as raised:
        check_file(name, content)
    assert str(raised.value) == f"Mail programs turn away {said}"


def locked_zip():
    """Sets the encryption flag in the local header and in the central directory."""
    content = bytearray(packed("notes.txt", compression=zipfile.ZIP_STORED))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def test_an_encrypted_zip_is_rejected():
    with pytest.raises(FileFault) as raised:
        check_file("work.zip", locked_zip())
    assert raised.value.problem is FileProblem.UNREADABLE


def test_a_zip_with_very_many_parts_is_rejected_unread():
    content = b"PK\x03\x04" + b"PK\x01\x02" * (MAX_PARTS + 1)
    with pytest.raises(FileFault) as raised:
        check_file("work.zip", content)
    assert raised.value.problem is FileProblem.TOO_LARGE


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("chart.pdf", PNG, "“chart.pdf” is a PNG image, so it goes as “chart.png”."),
        ("chart.jpg", PNG, "“chart.jpg” is a PNG image, so it goes as “chart.png”."),
        ("report.docx", ZIP, "“report.docx” is a ZIP file, so it goes as “report.zip”."),
        ("report.zip", DOCX, "“report.zip” is a Word document, so it goes as “report.docx”."),
        ("report.pdf", b"Hello", "“report.pdf” is plain text, so it goes as “report.txt”."),
        ("Makefile", b"all:\n", "“Makefile” is plain text, so it goes as “Makefile.txt”."),
        ("plan v1.2", PDF, "“plan v1.2” is a PDF, so it goes as “plan v1.2.pdf”."),
        ("query.kql", b"T | take 1", "“query.kql” is plain text, so it goes as “query.kql.txt”."),
        ("chart.csv", PNG, "“chart.csv” is a PNG image, so it goes as “chart.png”."),
        ("setup.exe.txt", PDF, "“setup.exe.txt” is a PDF, so it goes as “setup.exe.pdf”."),
    ],
)
def test_a_wrong_extension_is_replaced_with_a_note(name, content, expected):
    checked = check_file(name, content)
    assert checked.note == expected
    assert expected.endswith(f"“{checked.name}”.")


@pytest.mark.parametrize("name", ["ledger.py", "ledger.pl"])
def test_source_code_that_outlook_hides_goes_with_a_word_about_it(name):
    checked = check_file(name, b"print(1)\n")
    assert (checked.name, checked.content_type) == (name, "text/plain")
    assert "Outlook" in checked.note


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("C:\\Users\\jo\\cv.pdf", "cv.pdf"),
        ("../../etc/cv.pdf", "cv.pdf"),
        ("a\r\nBcc: x.pdf", "a Bcc- x.pdf"),
        ("cv\u202efdp.pdf", "cvfdp.pdf"),
        ("con.pdf", "_con.pdf"),
        ("résumé 王伟.pdf", "résumé 王伟.pdf"),
        ("x" * 300 + ".pdf", "x" * 75 + ".pdf"),
        ("", f"{FALLBACK_NAME}.pdf"),
        ("folder/", f"{FALLBACK_NAME}.pdf"),
        ("...", f"{FALLBACK_NAME}.pdf"),
        (".pdf", "pdf.pdf"),
    ],
)
def test_name_is_made_safe(name, expected):
    assert check_file(name, PDF).name == expected


EVIL = st.sampled_from(
    ["..", "/", "\\", "\u202e", "\x00", "\ud800", "\r\n", ".pdf", ".exe", ".", " ", "é", "{name}", "%s", "王"]
)
NAMES = st.text(max_size=120) | st.lists(EVIL | st.text(max_size=4), max_size=12).map("".join)
BEGINNINGS = st.sampled_from(
    [
        PNG,
        JPEG,
        GIF,
        WEBP,
        PDF,
        RTF,
        DOCX,
        PPTX,
        ZIP,
        OLE,
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"MZ",
        b"\xff\xfe",
        b"RIFF",
        b"",
    ]
)
CONTENTS = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.builds(
        lambda start, rest, cut: (start + rest)[: cut or None],
        BEGINNINGS,
        st.binary(max_size=80),
        st.integers(0, 400),
    ),
    st.builds(
        lambda start, places: bytes(
            byte ^ (1 << (places.get(place, 8))) & 255 for place, byte in enumerate(start)
        ),
        BEGINNINGS,
        st.dictionaries(st.integers(0, 500), st.integers(0, 7), max_size=6),
    ),
)


def looked_at(name, content):
    try:
        return check_file(name, content)
    except FileFault as fault:
        return fault


@given(NAMES, CONTENTS)
@example("x.pdf", b"%PDF-")
@example("{name}.pdf", PNG)
@settings(max_examples=600, deadline=None)
def test_any_name_and_content_is_let_through_safely_or_refused_with_a_message(name, content):
    checked = looked_at(name, content)
    if isinstance(checked, FileFault):
        assert re.fullmatch(r"[^\n]+\.", str(checked))
        return
    assert checked.size == len(content)
    assert 0 < len(checked.name) <= MAX_LENGTH["file"]
    assert not any(
        unicodedata.category(one) in ("Cc", "Cs") or one in "/\\\u202a\u202e\u2066" for one in checked.name
    )
    # A second check changes nothing more, and the facts document accepts the name.
    again = check_file(checked.name, content)
    assert (again.name, again.content_type) == (checked.name, checked.content_type)
    assert parse_panel(panel_with(checked.name)).interviewers[0].work_samples[0].file == checked.name


def panel_with(file_name):
    return {
        "sender": {"full_name": "Jordan Álvarez"},
        "interview": {
            "company": "Zylker",
            "position": "SRE",
            "ended_at": "2026-11-19T15:10",
            "time_zone": "America/New_York",
        },
        "interviewers": [{"full_name": "Priya Nair", "work_samples": [{"file": file_name}]}],
    }


@given(st.text(min_size=1, max_size=60).filter(lambda text: text.isprintable() and text.strip()))
@settings(max_examples=200, deadline=None)
def test_printable_text_is_text_unless_it_is_a_page_or_a_format(text):
    content = ("Note: " + text).encode()
    assert check_file("notes.txt", content) == CheckedFile("notes.txt", "text/plain", len(content))


@pytest.mark.parametrize("problem", list(FileProblem))
def test_every_fault_is_one_sentence_or_two_that_say_what_to_do(problem):
    message = str(FileFault(problem, name="{x}.pdf", inside="a.exe"))
    assert message.endswith(".")
    assert any(word in message for word in ("choose", "add a link", "save", "Save", "take", "Make", "pack"))


@pytest.mark.parametrize(
    ("sizes", "size", "problem"),
    [
        ([1] * MAX_FILES, 1, FileProblem.TOO_MANY),
        ([MAX_FILES_BYTES], 1, FileProblem.TOO_LARGE),
        ([], MAX_FILES_BYTES + 1, FileProblem.TOO_LARGE),
    ],
)
def test_no_room_for_more_is_reported(sizes, size, problem):
    with pytest.raises(FileFault) as raised:
        check_room("cv.pdf", size, sizes)
    assert raised.value.problem is problem


def test_room_is_used_up_to_the_last_byte():
    sizes = [1] * (MAX_FILES - 1)
    assert check_room("cv.pdf", MAX_FILES_BYTES - sum(sizes), sizes) is None
    content = PDF + bytes(MAX_FILES_BYTES - len(PDF))
    assert check_file("cv.pdf", content).size == MAX_FILES_BYTES


def test_a_text_of_only_comments_is_not_slow():
    """If the pattern tried every way of splitting these, it would never end."""
    content = b"<!---->" * 580 + b"!"
    assert check_file("notes.md", content).content_type == "text/plain"


def test_a_small_file_that_unpacks_to_a_huge_one_is_not_unpacked(monkeypatch):
    flood = packed(("mimetype", b"a" * 50_000_000))
    read = []
    whole = zipfile.ZipExtFile.read

    def counted(self, n=-1):
        found = whole(self, n)
        read.append(len(found))
        return found

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    with pytest.raises(FileFault):
        check_file("work.odt", flood)
    assert sum(read) <= 256 * 1024
