from __future__ import annotations

import io
import json
import random
import struct
import tracemalloc
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafts.exchange.account import AccountFault, ArchivedAccount, parse_account, read_account_zip, reading
from tests.unit.account_strategies import CONTENT, PATH, SMALL, changed, written, zipped

JSON = json.dumps(SMALL).encode()
GOOD = zipped({"afterword.json": JSON, PATH: CONTENT})
AGAIN = "download it from Afterword again, and choose it as it is"
DAMAGED = f"The file is damaged or was cut off on its way; {AGAIN}."
NEITHER = (
    "This is neither a ZIP file nor afterword.json; choose the .zip file that you downloaded from Afterword."
)
LOST = (
    "interviews[0].people[0].files[0]: “case study.pdf” for Priya Nair is not in the file; choose the whole"
    " .zip file that you downloaded from Afterword"
)


def read_all(content: bytes) -> tuple[ArchivedAccount, list[bytes]]:
    account, source = read_account_zip(io.BytesIO(content))
    files = [file for one in account.interviews for person in one.people for file in person.files]
    return account, [source.read(file) for file in files]


def faults_of(content: bytes) -> list[str]:
    with pytest.raises(AccountFault) as raised:
        read_all(content)
    return list(raised.value.faults)


def json_faults(text: str | bytes) -> list[str]:
    return faults_of(zipped({"afterword.json": text if isinstance(text, bytes) else text.encode()}))


def without_files() -> dict[str, Any]:
    document = changed(["interviews", 0, "people", 0, "files"], [])
    document["interviews"][0]["facts"]["interviewers"][0]["work_samples"] = []
    return document


def test_a_good_file_is_read_with_its_files():
    assert read_all(GOOD) == (parse_account(SMALL), [CONTENT])


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\n "])
def test_the_json_alone_will_do_where_there_are_no_files(start: bytes):
    document = without_files()
    assert read_all(start + json.dumps(document).encode()) == (parse_account(document), [])


def test_the_json_alone_lacks_the_files_it_names():
    assert faults_of(JSON) == [LOST]


def test_a_file_zipped_again_with_its_folder_is_read():
    again = {
        "my account/afterword.json": JSON,
        "__MACOSX/my account/._afterword.json": b"x",
        f"my account/{PATH}": CONTENT,
        "my account/files/.DS_Store": b"x",
    }
    assert read_all(zipped(again)) == (parse_account(SMALL), [CONTENT])


def test_a_member_with_a_differently_encoded_name_is_found_by_its_folder():
    place = PATH.rpartition("/")[0]
    content = zipped(
        {"afterword.json": JSON, f"{place}/.DS_Store": b"x", f"{place}/Zu\u0308rich.pdf": CONTENT}
    )
    assert read_all(content) == (parse_account(SMALL), [CONTENT])


@pytest.mark.parametrize("content", [b"", b"x", b"%PDF-1.7", b"[]", b"\x1f\x8b", b"Rar!", b"\xff\xfe{\x00"])
def test_the_message_for_other_files_says_what_to_choose(content: bytes):
    assert faults_of(content) == [NEITHER]


@pytest.mark.parametrize("length", [4, 60, len(GOOD) // 2, len(GOOD) - 30, len(GOOD) - 1])
def test_a_truncated_file_is_damaged(length: int):
    assert faults_of(GOOD[:length]) == [DAMAGED]


def test_a_zip_file_of_something_else_has_no_account():
    words = (
        "There is no afterword.json in the ZIP file; choose the .zip file that you downloaded from Afterword."
    )
    others = [{}, {"letter.docx": b"x"}, {"a/b/afterword.json": JSON}, {"afterword.json/": b""}]
    two = {"a/afterword.json": JSON, "b/afterword.json": JSON}
    assert [faults_of(zipped(members)) for members in (*others, two)] == [[words]] * 5


def test_an_encrypted_member_is_reported():
    content = bytearray(GOOD)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    assert faults_of(bytes(content)) == [f"“afterword.json” is locked with a password; {AGAIN}."]


def test_a_compression_method_without_limits_is_not_unpacked():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("afterword.json", JSON)
    assert faults_of(archive.getvalue()) == [
        f"“afterword.json” is packed in a way that cannot be read here; {AGAIN}."
    ]


def test_a_wrong_checksum_is_damage():
    content = zipped({"afterword.json": JSON, PATH: CONTENT})
    crc = struct.pack("<I", zlib.crc32(CONTENT))
    broken = content.replace(crc, b"\x01\x02\x03\x04")
    assert broken != content
    assert faults_of(broken) == [f"“case study.pdf” is damaged; {AGAIN}."]


def test_two_members_of_one_name_are_a_fault():
    # The names have the same length, so that one can replace the other.
    content = zipped({"afterword.json": JSON, "afterwards.txt": b"x"})
    assert faults_of(content.replace(b"afterwards.txt", b"afterword.json")) == [
        f"The ZIP file has two files of the same name; {AGAIN}."
    ]


def test_a_member_without_a_name_is_harmless():
    assert read_all(zipped({"": b"x", "afterword.json": JSON, PATH: CONTENT})) == (
        parse_account(SMALL),
        [CONTENT],
    )


def test_paths_are_only_looked_up():
    for path in ("../../etc/passwd", "/etc/passwd", "C:\\x", "files/../afterword.json", ".", "\\"):
        document = json.dumps(changed(["interviews", 0, "people", 0, "files", 0, "path"], path)).encode()
        assert faults_of(zipped({"afterword.json": document, PATH: CONTENT})) == [LOST]
        if path != "C:\\x":  # zipfile changes such names on systems where they are paths
            assert read_all(zipped({"afterword.json": document, path: CONTENT}))[1] == [CONTENT]


def test_each_missing_file_is_named_with_its_person():
    document = changed(["interviews", 0, "facts", "interviewers", 0, "full_name"], "Zoë")
    interview = document["interviews"][0]
    interview["facts"]["interviewers"][0]["work_samples"].append({"file": "b.pdf"})
    files = interview["people"][0]["files"]
    files.append({**files[0], "id": "00000000-0000-4000-8000-000000000009", "path": "b"})
    words = "is not in the file; choose the whole .zip file that you downloaded from Afterword"
    assert json_faults(json.dumps(document)) == [
        f"interviews[0].people[0].files[0]: “case study.pdf” for Zoë {words}",
        f"interviews[0].people[0].files[1]: “b.pdf” for Zoë {words}",
    ]


def test_a_size_that_differs_is_a_fault():
    assert faults_of(zipped({"afterword.json": JSON, PATH: CONTENT + b"x"})) == [
        "interviews[0].people[0].files[0]: “case study.pdf” for Priya Nair has another size than afterword.json"
        f" says; {AGAIN}"
    ]


def test_files_that_the_account_does_not_have_are_not_read():
    account, source = read_account_zip(io.BytesIO(GOOD))
    file = account.interviews[0].people[0].files[0]
    for other in (replace(file, path="afterword.json"), replace(file, size=1), replace(file, size=99)):
        with pytest.raises(AccountFault):
            source.read(other)


def test_files_all_together_have_a_limit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MAX_ALL_FILES_BYTES", len(CONTENT) - 1)
    assert faults_of(GOOD) == ["The files are larger than 1 GB together; take some out of afterword.json."]


def test_a_zip_bomb_is_not_unpacked_beyond_the_limit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "MAX_JSON_BYTES", 1024 * 1024)
    bomb = zipped({"afterword.json": b" " * 30_000_000})
    tracemalloc.start()
    faults = faults_of(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
    assert faults == [f"“afterword.json” is larger than it may be; {AGAIN}."]
    assert faults_of(b"{" + b" " * 1024 * 1024) == [f"afterword.json is larger than 1 MB; {AGAIN}."]


def test_a_zip_bomb_with_a_wrong_size_counts_as_damaged():
    bomb = zipped({"afterword.json": JSON, PATH: b" " * 30_000_000})
    lying = bomb.replace(struct.pack("<I", 30_000_000), struct.pack("<I", len(CONTENT)))
    assert faults_of(lying) == [f"“case study.pdf” is damaged; {AGAIN}."]


def test_too_many_members_are_not_listed(monkeypatch: pytest.MonkeyPatch):
    words = "The ZIP file holds more than 100 files; choose the one that you downloaded from Afterword."
    monkeypatch.setattr(reading, "MAX_MEMBERS", 100)
    members = {"afterword.json": JSON} | {f"{number}": b"" for number in range(100)}
    assert faults_of(zipped(members)) == [words]

    monkeypatch.setattr(reading, "MAX_LISTING_BYTES", 100)
    assert faults_of(GOOD) == [words]


@pytest.mark.parametrize(
    "facts",
    [
        {"x": "x" * 20_001},
        {"x" * 20_001: 1},
        {"x": [1] * 101},
        dict.fromkeys(map(str, range(101)), 1),
        [[[[[[[[]]]]]]]],
    ],
    ids=["text", "key", "list", "keys", "depth"],
)
def test_facts_beyond_all_measure_are_not_looked_at_one_by_one(facts: Any):
    document = changed(["interviews", 0, "facts", "sender", "full_name"], facts)
    words = "is far larger than a facts document can be; choose the file as it was downloaded"
    assert json_faults(json.dumps(document)) == [f"interviews[0].facts {words}"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "cannot be read from line 1, column 1 on"),
        ('{"format":\n "afterword-account",}', "cannot be read from line 2, column 22 on"),
        ("{} {}", "cannot be read from line 1, column 4 on"),
        (b"\xff\xfe{\x00}\x00", "is not text in UTF-8"),
        (b'{"a": "\xed\xa0\x80"}', "is not text in UTF-8"),
        ('{"a": NaN}', "holds NaN, which is no number"),
        ('{"a": -Infinity}', "holds -Infinity, which is no number"),
        ('{"a": ' + "9" * 5000 + "}", "holds a number of 5000 digits"),
        ('{"a": 1, "b": 2, "a": 3}', "gives “a” twice in one place"),
        ("[" * 100_000, "is nested too deep"),
        ('{"a":' * 100_000, "is nested too deep"),
        ("[" + "0," * 4_000_001 + "0]", "holds more than an account can"),
        ('{"a":0}' * 2_000_001, "holds more than an account can"),
        ("{}" * 500_001, "holds more than an account can"),
        ("[" * 500_001, "holds more than an account can"),
    ],
    ids=lambda value: str(value)[:20].encode("ascii", "replace").decode(),
)
def test_unreadable_json_is_reported(text: str | bytes, words: str):
    assert json_faults(text) == [f"afterword.json {words}; {AGAIN}."]


def outcome(read: Callable[[], ArchivedAccount]) -> str:
    """The outcome; any exception other than AccountFault propagates to the test."""
    try:
        account = read()
    except AccountFault as fault:
        # Encoding fails if a lone surrogate from the file got into the message.
        is_told = 1 <= len(fault.faults) <= 20 and all(one.encode() for one in fault.faults)
        return "told" if is_told else "silent"
    again = parse_account(json.loads(written(account).encode()))
    return "read" if again == account else "changed"


def test_thousands_of_damaged_files_raise_only_account_faults():
    chance = random.Random(20261119)  # noqa: S311 - which bytes are hit is no secret
    outcomes: Counter[str] = Counter()
    for _ in range(4000):
        content = bytearray(GOOD)
        for _ in range(chance.choice((1, 1, 2, 8))):
            place = chance.randrange(len(content))
            match chance.randrange(4):
                case 0:
                    content[place] = chance.randrange(256)
                case 1:
                    content[place] ^= 1 << chance.randrange(8)
                case 2:
                    del content[place : place + chance.randrange(1, 40)]
                case _:
                    content[place:place] = chance.randbytes(chance.randrange(1, 40))
            if not content:
                break
        outcomes[outcome(lambda data=bytes(content): read_all(data)[0])] += 1
    # Some bytes, such as those of dates or permissions, do no harm; most do.
    assert outcomes.keys() == {"read", "told"}
    assert outcomes["told"] > 2000


def test_thousands_of_damaged_documents_raise_only_account_faults():
    chance = random.Random(1119)  # noqa: S311
    pieces = [
        b'"',
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b":",
        b"null",
        b"true",
        b"-1",
        b"1e999",
        b"\\ud800",
        b"\\u0000",
    ]
    text = json.dumps(SMALL, indent=1).encode()
    outcomes: Counter[str] = Counter()
    for _ in range(4000):
        content = bytearray(text)
        for _ in range(chance.choice((1, 1, 2, 4))):
            place = chance.randrange(len(content))
            content[place : place + chance.randrange(12)] = chance.choice(pieces)
        packed = zipped({"afterword.json": bytes(content), PATH: CONTENT})
        outcomes[outcome(lambda data=packed: read_all(data)[0])] += 1
    assert outcomes.keys() == {"read", "told"}
    assert outcomes["told"] > 2000


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=30),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(st.text(st.characters(), max_size=5), inside, max_size=4)
    ),
    max_leaves=8,
)


def _places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inside for place in _places(one, (*path, key)))]


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(_places(SMALL)[1:]), JUNK)
def test_junk_anywhere_in_a_document_is_accepted_or_reported(path: tuple[str | int, ...], junk: Any):
    document = changed(list(path), junk)
    assert outcome(lambda: parse_account(document)) in ("read", "told")


@settings(deadline=None, max_examples=200)
@given(
    st.one_of(JUNK, JUNK.map(lambda junk: {"format": "afterword-account", "version": 1, "interviews": junk}))
)
def test_junk_instead_of_a_document_is_reported(junk: Any):
    with pytest.raises(AccountFault):
        parse_account(junk)


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", b"{", GOOD[:200], GOOD]))
def test_any_bytes_are_read_or_told(content: bytes, start: bytes):
    for data in (start + content, content + start):
        assert outcome(lambda data=data: read_all(data)[0]) in ("read", "told")
