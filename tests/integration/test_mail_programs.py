"""Files that we write, opened in a real mail program: mutt, controlled by keystrokes in a pseudoterminal."""

from __future__ import annotations

import datetime as dt
import os
import pty
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from drafts.exchange.mbox import SentLetter, sent_mbox
from drafts.exchange.message import Attachment, OutgoingLetter, draft_message

SECONDS = 30  # Enough for a busy machine; mutt needs a fraction of a second.
BODY = "Grüße, Łukasz,\n\nFrom here on:\n>From there.\n漢字 = 100 % " + "word " * 40 + "end\n-- \nZoë"
LETTER = OutgoingLetter(
    "Żak, Łukasz",
    "lukasz@zylker.example",
    "Thank you – für das Gespräch über die Stelle als Entwicklerin bei der Zylker GmbH 漢字",
    BODY,
    (Attachment("Lebenslauf Zoë.txt", "text/plain", "höchst persönlich\n".encode()),),
)
RULES = """\
set charset=utf-8 pipe_decode=yes wait_key=no beep=no
set move=no record="" folder="." spoolfile="." mbox="./read" header_cache=""
ignore *
unignore from to subject
hdr_order from to subject
"""


@pytest.fixture(scope="module", autouse=True)
def mutt() -> None:
    if shutil.which("mutt") is None:
        assert os.environ.get("CI_MAIL_PROGRAMS") != "1", "mutt was to be here"
        pytest.skip("mutt is not installed")


def press(keys: str, mailbox: str, folder: Path) -> None:
    """Opens the mailbox in `folder`, read-only, and presses the keys."""
    (folder / "muttrc").write_text(RULES, encoding="utf-8")
    ours, theirs = pty.openpty()
    try:
        process = subprocess.Popen(  # noqa: S603 our own words
            ["mutt", "-n", "-F", "muttrc", "-R", "-f", mailbox, "-e", f'push "{keys}"'],  # noqa: S607 wherever it is
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "TERM": "vt100", "LC_ALL": "C.UTF-8"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        Thread(target=read_away, args=[ours], daemon=True).start()
        try:
            assert process.wait(SECONDS) == 0
        finally:
            process.kill()
            process.wait()
    finally:
        os.close(theirs)


def read_away(terminal: int) -> None:
    """Reads and discards mutt's output; otherwise the terminal's buffer would fill and mutt would block."""
    with suppress(OSError):  # On Linux, this means that the other end is closed.
        while os.read(terminal, 65536):
            pass
    os.close(terminal)


def test_draft_opens(tmp_path: Path):
    for part in ("cur", "new", "tmp"):
        (tmp_path / "drafts" / part).mkdir(parents=True)
    (tmp_path / "drafts" / "new" / "1.1.afterword").write_bytes(draft_message(LETTER))

    press(
        "<pipe-message>cat >read.txt<enter><view-attachments><last-entry><save-entry><enter><exit><exit>",
        "drafts",
        tmp_path,
    )

    head, _, body = (tmp_path / "read.txt").read_text(encoding="utf-8").partition("\n\n")
    assert "To: Żak, Łukasz <lukasz@zylker.example>" in head.replace('"', "").splitlines()
    assert f"Subject: {LETTER.subject}" in head.replace("\n ", " ").replace("\n\t", " ").splitlines()
    assert body.startswith(f"{BODY}\n")
    # mutt suggests the attachment's name, and saves the decoded content.
    assert (tmp_path / "Lebenslauf Zoë.txt").read_bytes() == LETTER.attachments[0].content


def test_mbox_opens(tmp_path: Path):
    sent_at = dt.datetime(2026, 3, 3, 9, 5, tzinfo=dt.UTC)
    second = OutgoingLetter("Ann", "ann@zylker.example", "Thank you", "From me.\n\nFrom you.")
    letters = [SentLetter("Zoë Müller", "zoe@home.example", one, sent_at) for one in (LETTER, second)]
    (tmp_path / "sent.mbox").write_bytes(sent_mbox(letters))

    press(
        "<first-entry><pipe-message>cat >1.txt<enter><last-entry><pipe-message>cat >2.txt<enter><exit>",
        "sent.mbox",
        tmp_path,
    )

    first = (tmp_path / "1.txt").read_text(encoding="utf-8")
    assert f"\n\n{BODY}\n" in first
    assert "From: Zoë Müller <zoe@home.example>" in first.splitlines()
    assert "höchst persönlich" in first
    head, _, body = (tmp_path / "2.txt").read_text(encoding="utf-8").partition("\n\n")
    assert {"To: Ann <ann@zylker.example>", "Subject: Thank you"} <= set(head.splitlines())
    assert body == "From me.\n\nFrom you.\n"
