"""Compares the database with everything that guests sent: finds what was lost, damaged or invented."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bench.guests import Save
from bench.serving import Product

# Characters of one to four bytes, so that a text truncated anywhere is noticed.
WORDS = (
    "plan",
    "naïve",
    "Zürich",
    "café",
    "Łódź",
    "queue",
    "“steady”",
    "東京",
    "launch",
    "🙂",
    "budget",
    "team",
)


_SAVED = ("edited", "typed")  # reasons of versions whose text a guest sent
# What is deleted together with an interview, or with everything.
WRITTEN = ("draft", "notes", "interview", "person", "letter", "sent", "deleted", "back", "brought")


# --- Texts that tell whether they are whole


def numbered_letter(serial: str, chance: random.Random) -> tuple[str, str]:
    """A subject and a body of several hundred characters; both contain `serial`, the body also its own checksum."""
    words = "\n\n".join(" ".join(chance.choices(WORDS, k=chance.randint(15, 40))) for _ in range(3))
    return f"Thank you {serial}", _sealed(f"Thank you {serial}\n\n{words}\n\n")


def numbered_note(serial: str, chance: random.Random) -> str:
    """A note of a few hundred characters, with its own checksum."""
    return _sealed(f"note {serial} on {' '.join(chance.choices(WORDS, k=40))} ")


def _sealed(text: str) -> str:
    """The checksum in digits, because the proofreader, which is not measured here, is slow on random letters."""
    return f"{text}{int(hashlib.sha256(text.encode()).hexdigest(), 16) % 10**16:016}"


def is_whole(text: str) -> bool:
    return text == _sealed(text[:-16])


# --- What is stored


@dataclass
class Stored:
    """What is stored, by id. A revision is its reason, subject and body."""

    drafts: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    revisions: dict[str, dict[int, tuple[str, str, str]]] = field(default_factory=dict)
    people: dict[str, tuple[str, int, str]] = field(default_factory=dict)  # name, version, note
    interviews: dict[str, str] = field(default_factory=dict)  # company
    sent: set[str] = field(default_factory=set)  # drafts
    deleted: set[str] = field(default_factory=set)  # interviews that can be restored
    owners: dict[str, str] = field(default_factory=dict)  # the candidate of each interview
    candidates: set[str] = field(default_factory=set)
    damage: list[str] = field(default_factory=list)  # what the database's own checks report


def read_stored(product: Product) -> Stored:
    """Reads everything, as the server left it; the server must not be running."""
    stored = Stored()
    with _connection(product) as opened:
        stored.damage = _sqlite_damage(opened) if product.on_sqlite else _postgres_damage(opened)
        for key, *values in opened.execute("SELECT id, version, subject, body FROM drafts_draft"):
            stored.drafts[_id(key)] = tuple(values)
        for key, version, *values in opened.execute(
            "SELECT draft_id, version, reason, subject, body FROM drafts_draftrevision"
        ):
            stored.revisions.setdefault(_id(key), {})[version] = tuple(values)
        for key, *values in opened.execute("SELECT id, full_name, version, enjoyed FROM drafts_interviewer"):
            stored.people[_id(key)] = tuple(values)
        for key, owner, company in opened.execute("SELECT id, candidate_id, company FROM drafts_interview"):
            stored.interviews[_id(key)] = company
            stored.owners[_id(key)] = _id(owner)
        for ids, query in (
            (stored.sent, "SELECT id FROM drafts_draft WHERE sent_at IS NOT NULL"),
            (stored.deleted, "SELECT id FROM drafts_interview WHERE deleted_at IS NOT NULL"),
            (stored.candidates, "SELECT id FROM drafts_candidate"),
        ):
            ids.update(_id(key) for (key,) in opened.execute(query))
    return stored


def _id(key: object) -> str:
    """SQLite stores ids without hyphens."""
    return str(uuid.UUID(str(key)))


@contextmanager
def _connection(product: Product) -> Iterator[Any]:
    if product.on_sqlite:
        # A copy, because opening the file itself would recover it from the kill, which is the product's job.
        copy = product.folder / "copy.sqlite3"
        for suffix in ("", "-wal", "-shm"):
            Path(f"{copy}{suffix}").unlink(missing_ok=True)
            with suppress(FileNotFoundError):
                if suffix != "-shm":
                    shutil.copyfile(product.folder / f"afterword.sqlite3{suffix}", f"{copy}{suffix}")
        with closing(sqlite3.connect(copy)) as opened:
            yield opened
        return
    others = (
        "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    with psycopg.connect(product.database_url, autocommit=True) as opened:
        # Queries of a killed server may still be running.
        while opened.execute(others).fetchone():
            time.sleep(0.02)
        yield opened


def _sqlite_damage(opened: Any) -> list[str]:
    said = [row[0] for row in opened.execute("PRAGMA integrity_check")]
    keys = [f"foreign key: {row}" for row in opened.execute("PRAGMA foreign_key_check")]
    return ([] if said == ["ok"] else said) + keys


def _postgres_damage(opened: Any) -> list[str]:
    """Reads every table, whose pages have checksums, and counts its rows again by an index."""
    found = []
    for (table,) in opened.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
        try:
            opened.execute(
                "SET enable_seqscan = on; SET enable_indexonlyscan = off; SET enable_indexscan = off"
            )
            rows = opened.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - the catalogue's name
            opened.execute(
                "SET enable_seqscan = off; SET enable_indexonlyscan = on; SET enable_indexscan = on"
            )
            count = opened.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
        except psycopg.Error as error:
            found.append(f"{table}: {error}")
            continue
        if count != len(rows):
            found.append(f"{table}: {len(rows)} rows, {count} in its index")
    return found


# --- What was sent, beside what is stored


@dataclass
class Faults:
    lost: list[str] = field(default_factory=list)  # confirmed as saved, but missing
    half: list[str] = field(default_factory=list)  # texts whose checksum is wrong
    odd: list[str] = field(default_factory=list)  # everything else that is impossible

    def add(self, more: Faults) -> None:
        """Adds faults that are not known yet, because every later check finds a fault again."""
        for mine, new in ((self.lost, more.lost), (self.half, more.half), (self.odd, more.odd)):
            mine += [fault for fault in new if fault not in mine]

    def all(self) -> list[str]:
        return [*self.lost, *self.half, *self.odd]


def is_stored(save: Save, stored: Stored) -> bool:
    """Whether this save is in the database, or was replaced by later ones."""
    match save.what:
        case "draft":
            texts = stored.revisions.get(save.id, {}).values()
            return any((reason, *save.text) in texts for reason in _SAVED)
        case "notes":
            return _are_notes_stored(save, stored)
        case "person":
            return stored.people.get(save.id, ("",))[0] == save.text[0]
        case "interview":
            return stored.interviews.get(save.id) == save.text[0]
        case "sent":
            return save.id in stored.sent
        case "brought":
            return stored.owners.get(save.id) == save.text[0]
        case "deleted" | "back" | "forgotten" | "everything":
            return _is_deletion_stored(save, stored)
    return save.id in stored.drafts


def _are_notes_stored(save: Save, stored: Stored) -> bool:
    _name, version, note = stored.people.get(save.id, ("", 0, ""))
    return version > save.version + 1 or (version == save.version + 1 and note == save.text[0])


def _is_deletion_stored(save: Save, stored: Stored) -> bool:
    """Whether a deletion (temporary or permanent) or a restore is in the database."""
    match save.what:
        case "deleted":
            return save.id in stored.deleted
        case "back":
            return save.id in stored.interviews and save.id not in stored.deleted
        case "forgotten":
            return save.id not in stored.interviews
    return save.id not in stored.candidates


def check(saves: list[Save], stored: Stored) -> Faults:
    """All faults of the database, given all saves that were ever sent."""
    faults = Faults(odd=list(stored.damage))
    sent: dict[tuple[str, str], list[Save]] = defaultdict(list)
    bases: Counter[tuple[str, str, int]] = Counter()
    undone = _invisible_saves(saves, stored)
    for save in saves:
        sent[save.what, save.id].append(save)
        if save.answered:
            if save.version:
                bases[save.what, save.id, save.version] += 1
            if (save.what, save.id) not in undone and not is_stored(save, stored):
                faults.lost.append(f"{save.what} {save.id} over version {save.version}: {save.text[:1]}")
    faults.lost += [
        f"{count} saves over the same version were answered: {base}"
        for base, count in bases.items()
        if count > 1
    ]
    for key, (version, *text) in stored.drafts.items():
        _check_draft(key, version, text, stored.revisions.get(key, {}), sent["draft", key], faults)
    for key in stored.revisions.keys() - stored.drafts.keys():
        faults.odd.append(f"revisions without their draft {key}")
    for key, (_name, version, note) in stored.people.items():
        if note:
            _check_notes(key, version, note, sent["notes", key], faults)
    return faults


def _invisible_saves(saves: list[Save], stored: Stored) -> set[tuple[str, str]]:
    """Saves, by kind and id, whose result is not visible: deleted since, or a deletion that was undone."""
    undone = {("deleted", save.id) for save in saves if save.what == "back"}
    for save in saves:
        # Deleting everything works in steps, so after a kill interviews may be gone and their candidate still there.
        cut_off = save.what == "everything" and not save.answered
        if cut_off or (save.what in ("forgotten", "everything") and is_stored(save, stored)):
            gone = (save.id, *save.text)
            undone |= {(what, key) for what in WRITTEN for key in gone}
    return undone


def _check_notes(key: str, version: int, note: str, sent: list[Save], faults: Faults) -> None:
    if not is_whole(note):
        faults.half.append(f"notes {key}: {note}")
    elif note not in [save.text[0] for save in sent if save.version + 1 == version]:
        faults.odd.append(f"notes {key} version {version}, which nobody sent: {note}")


def _check_draft(
    key: str,
    version: int,
    text: list[str],
    revisions: dict[int, tuple[str, str, str]],
    sent: list[Save],
    faults: Faults,
) -> None:
    if sorted(revisions) != list(range(1, len(revisions) + 1)):
        faults.odd.append(f"the history of draft {key} has a gap: {sorted(revisions)}")
    by_text = {save.text: save for save in sent}
    newest: tuple[str, ...] = ()
    before: Save | None = None
    # A conflicting text was refused and was never the letter.
    letters = {number: one for number, one in revisions.items() if one[0] != "aside"}
    for number, (reason, *revised) in sorted(letters.items()):
        subject, body = newest = tuple(revised)
        save = by_text.get(newest) if reason in _SAVED else None
        if reason in _SAVED and (not is_whole(body) or not body.startswith(f"{subject}\n")):
            faults.half.append(f"draft {key} version {number}: {subject!r}, {body!r}")
        elif reason in _SAVED and not save:
            faults.odd.append(f"draft {key} version {number}, which nobody sent: {subject}")
        if save and before and save.version != before.version + 1:
            faults.odd.append(
                f"draft {key} version {number} was saved over version {save.version},"
                f" the one before it over version {before.version}"
            )
        before = save
    if tuple(text) != newest:
        faults.odd.append(f"draft {key} differs from the newest version in its history")
    elif before and version != before.version + 1:
        faults.odd.append(f"draft {key} is at version {version}, last saved over version {before.version}")
