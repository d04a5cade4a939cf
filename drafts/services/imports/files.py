"""Checks and stores the files of an account file before the transaction that needs them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from drafts.exchange.account import ArchivedFile, ArchivedInterview
from drafts.exchange.files import CheckedFile, FileFault, check_file
from drafts.models import Candidate, WorkSample
from drafts.services.files import is_there
from drafts.services.imports.rows import other_id

ReadFile = Callable[[ArchivedFile], bytes]


@dataclass(frozen=True)
class StoredFile:
    """`name` is its name in the storage."""

    name: str
    checked: CheckedFile


# By the id in the account file; files that are already there are missing here.
Files = dict[uuid.UUID, StoredFile | FileFault]


def store_files(candidate: Candidate, interviews: Sequence[ArchivedInterview], read: ReadFile) -> Files:
    """Checks and stores the files of these interviews that are not there yet."""
    people = {
        key: person.id
        for interview in interviews
        for person in interview.people
        if person.files
        for key in (person.id, other_id(candidate, person.id))
    }
    samples = WorkSample.objects.filter(interviewer__in=people, interviewer__interview__candidate=candidate)
    there: dict[uuid.UUID, list[WorkSample]] = defaultdict(list)
    for sample in samples.exclude(file=""):
        there[people[sample.interviewer_id]].append(sample)
    files: Files = {}
    for person, known in (both for interview in interviews for both in interview.known_people()):
        for file, name in person.named_files(known):
            content = read(file)
            try:
                checked = check_file(name, content)
            except FileFault as fault:
                files[file.id] = fault
                continue
            if not is_there(checked, content, there[person.id]):
                stored = default_storage.save(f"{candidate.pk}/{uuid.uuid4()}", ContentFile(content))
                files[file.id] = StoredFile(stored, checked)
    return files
