"""Work samples that are files. They are stored under generated names, outside of what the web server serves."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Sequence
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max, QuerySet

from drafts.errors import TooManyFiles
from drafts.exchange.files import CheckedFile, FileFault, check_room
from drafts.models import Interviewer, WorkSample
from drafts.services.letters import recompose_untouched
from drafts.services.locks import lock_interview, lock_person, write
from drafts.services.quotas import check_quota
from drafts.services.whole import read_whole

logger = logging.getLogger(__name__)


@write
def add_files(person: Interviewer, files: Sequence[tuple[CheckedFile, bytes]]) -> None:
    """Stores files to attach to the letter to this person, all or none. Raises TooManyFiles and OverQuota.

    A file that is already there, chosen again or sent twice, is stored once.
    """
    stored = lock_person(person)
    there = list(stored.work_samples.exclude(file=""))
    files = [(checked, content) for checked, content in files if not is_there(checked, content, there)]
    sizes = [sample.size for sample in there]
    for checked, _content in files:
        try:
            check_room(checked.name, checked.size, sizes)
        except FileFault as fault:
            raise TooManyFiles from fault
        sizes.append(checked.size)
    order = stored.work_samples.aggregate(last=Max("order"))["last"] or 0
    written: list[WorkSample] = []
    try:
        for place, (checked, content) in enumerate(files, order + 1):
            sample = WorkSample(
                id=uuid.uuid4(),
                interviewer=stored,
                order=place,
                file_name=checked.name,
                content_type=checked.content_type,
                size=checked.size,
            )
            sample.file.save(checked.name, ContentFile(content), save=False)
            written.append(sample)
            sample.save(force_insert=True)
        check_quota(stored.interview.candidate)
        recompose_untouched(read_whole(stored.interview))
    except Exception:
        # Rolling back removes the rows, but not the files.
        for sample in written:
            sample.file.delete(save=False)
        raise


@write
def remove_file(sample: WorkSample) -> None:
    interview = lock_interview(sample.interviewer.interview)
    delete_files_on_commit([sample])
    sample.delete()
    recompose_untouched(read_whole(interview))


def is_there(checked: CheckedFile, content: bytes, samples: Iterable[WorkSample]) -> bool:
    """Whether one of these samples has the same name and content as this file."""
    named = (one for one in samples if (one.file_name, one.size) == (checked.name, checked.size))
    return any(content_of(one) == content for one in named)


def content_of(sample: WorkSample) -> bytes | None:
    """The content of a work sample's file; None if it is not a file, or the file is missing."""
    if not sample.file:
        return None
    try:
        with sample.file.open("rb") as file:
            content: bytes = file.read()
            return content
    except FileNotFoundError:
        return None


def delete_files_on_commit(samples: QuerySet[WorkSample] | Iterable[WorkSample]) -> None:
    """Deletes these samples' files after the transaction that deletes their rows has committed."""
    names = [sample.file.name for sample in samples if sample.file.name]
    if names:
        transaction.on_commit(partial(_delete_files, names))


def _delete_files(names: Iterable[str]) -> None:
    """Deletes each file, then raises OSError if one could not be deleted. Such files are logged."""
    failed = None
    for name in names:
        try:
            default_storage.delete(name)
        except OSError as error:
            failed = error
            logger.error("The file %s could not be removed, and belongs to nothing any more", name)
    if failed:
        raise failed
