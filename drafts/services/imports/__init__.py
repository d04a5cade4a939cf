"""Imports an account file. Adds what is missing, changes nothing that is there, and adds nothing twice."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.core.files.storage import default_storage

from drafts.errors import OverQuota
from drafts.exchange.account import (
    ArchivedAccount,
    ArchivedInterview,
    ArchivedOutsider,
    ArchivedPerson,
    ArchivedSettings,
)
from drafts.models import Candidate, WorkSample
from drafts.services.candidates import SETTINGS, add_settings, changes_signature, mark_signatures_outdated
from drafts.services.imports.files import Files, ReadFile, StoredFile, store_files
from drafts.services.imports.rows import newest
from drafts.services.imports.step import Step, taken_ids
from drafts.services.locks import lock_candidate, write
from drafts.services.quotas import check_quota
from drafts.services.reminders import schedule_reminders

# The most to store in one transaction, so that it takes a fraction of a second.
MOST_INTERVIEWS, MOST_ROWS = 25, 800


@dataclass(frozen=True)
class Imported:
    """How many interviews were added and how many were already there; `left_out` describes what could not be imported.

    `stopped` says why the rest of the file was not imported; empty if all of it was.
    """

    added: int = 0
    known: int = 0
    left_out: tuple[str, ...] = ()
    stopped: str = ""

    def __add__(self, step: Imported) -> Imported:
        left_out = self.left_out + step.left_out
        return Imported(self.added + step.added, self.known + step.known, left_out, step.stopped)


def import_account(candidate: Candidate, account: ArchivedAccount, read: ReadFile) -> Iterator[Imported]:
    """Imports the file in steps. Yields the progress before the first step and after each.

    Each step is its own short transaction, so that other users can save meanwhile, and an import that stopped can be
    repeated. `read` returns a file's content. The caller has already called it for every file, so that a damaged file
    stops the import before anything is stored.
    """
    done, seen = Imported(), set[uuid.UUID]()
    _take_settings(candidate, account.settings)
    yield done
    for interviews in _steps(account.interviews):
        try:
            step = _take_with_files(candidate, interviews, read)
        except OverQuota as error:
            yield replace(done, stopped=str(error))
            return
        # Another part of the same interview is not counted again.
        known = len({one.id for one in interviews} - seen) - step.added
        seen |= {one.id for one in interviews}
        done += replace(step, known=known)
        yield done


def _steps(interviews: Sequence[ArchivedInterview]) -> Iterator[list[ArchivedInterview]]:
    """Groups small interviews into one step, and splits a large one into several, each with some of its people."""
    step: list[ArchivedInterview] = []
    rows = 0
    for interview in interviews:
        people: list[ArchivedPerson | ArchivedOutsider] = [*interview.people, *interview.outside]
        size = 1 + sum(map(_rows, people))
        if step and (len(step) == MOST_INTERVIEWS or rows + size > MOST_ROWS):
            yield step
            step, rows = [], 0
        if size > MOST_ROWS:
            yield from ([part] for part in _parts(interview))
        else:
            step.append(interview)
            rows += size
    if step:
        yield step


def _rows(person: ArchivedPerson | ArchivedOutsider) -> int:
    return 1 + len(person.drafts) + sum(len(newest(draft)) for draft in person.drafts)


def _parts(interview: ArchivedInterview) -> Iterator[ArchivedInterview]:
    people = list(interview.known_people())
    while people:
        count, rows = 1, _rows(people[0][0])
        while count < len(people) and rows + _rows(people[count][0]) <= MOST_ROWS:
            rows += _rows(people[count][0])
            count += 1
        entries, known = zip(*people[:count], strict=True)
        yield replace(interview, people=entries, panel=replace(interview.panel, interviewers=known))
        interview = replace(interview, outside=())
        people = people[count:]


@write
def _take_settings(candidate: Candidate, settings: ArchivedSettings) -> None:
    stored = lock_candidate(candidate)
    is_new = not stored.full_name and not stored.interviews.exists()
    before = (stored.full_name, stored.signature)
    add_settings(stored, settings)
    if is_new:
        stored.dialect, stored.usual_tone = settings.dialect, settings.usual_tone
        if stored.time_zone and settings.reminder_hour is not None:
            stored.reminder_hour = settings.reminder_hour
            schedule_reminders(stored)
    stored.save(update_fields=SETTINGS)
    if changes_signature(stored, *before):
        mark_signatures_outdated(stored)


def _take_with_files(
    candidate: Candidate, interviews: Sequence[ArchivedInterview], read: ReadFile
) -> Imported:
    """Runs one step. Raises OverQuota, with nothing stored, if these interviews do not fit."""
    # Before the transaction, so that no lock is held while files are written.
    files = store_files(candidate, interviews, read)
    unused = {file.name for file in files.values() if isinstance(file, StoredFile)}
    try:
        done, used = _take(candidate, interviews, files)
        unused -= used
        return done
    finally:
        for name in unused:
            default_storage.delete(name)


@write
def _take(
    candidate: Candidate, interviews: Sequence[ArchivedInterview], files: Files
) -> tuple[Imported, set[str]]:
    """Stores the rows of one step. Returns the names of the files that they use."""
    stored = lock_candidate(candidate)
    step = Step(stored, files, taken_ids(interviews))
    step.take(interviews)
    if any(step.rows.values()):
        check_quota(stored)
    done = Imported(added=step.added, left_out=tuple(step.left_out))
    return done, {sample.file.name for sample in step.rows[WorkSample] if sample.file}
