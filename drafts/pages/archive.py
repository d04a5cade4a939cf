"""Everything a candidate has as one ZIP file, streamed while it is written: the JSON, the letters, the files."""

from __future__ import annotations

import datetime as dt
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from typing import Any, TypeVar

from django.db.models import Sum

from drafts.errors import Gone
from drafts.exchange.account import (
    JSON_NAME,
    ArchivedDraft,
    ArchivedFile,
    ArchivedInterview,
    ArchivedInvitation,
    ArchivedOutsider,
    ArchivedPerson,
    ArchivedRevision,
    ArchivedSettings,
    account_json,
    file_path,
)
from drafts.exchange.archive import add_member, letter_files
from drafts.models import Candidate, Draft, DraftRevision, Interview, Interviewer, WorkSample
from drafts.pages import outgoing
from drafts.services import Whole, content_of, read_wholes, update_signatures
from drafts.services.mapping import interviewer_facts, panel_facts

_AT_ONCE = 50  # interviews in memory
_IN_MEMORY = 1024 * 1024  # bytes of JSON, above which a temporary file is used
_LETTER = 4_000  # bytes of a letter with its history, compressed; an estimate

T = TypeVar("T")


class _Pipe:
    """A file object that a ZIP file is written to and read from in pieces."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is buffered."""

    def taken(self) -> bytes:
        data = b"".join(self.pieces)
        self.pieces.clear()
        return data


def expected_size(candidate: Candidate) -> int:
    """An estimate of the archive's size in bytes, for showing a download's progress."""
    files = WorkSample.objects.filter(interviewer__interview__candidate=candidate).aggregate(all=Sum("size"))
    letters = Draft.objects.filter(interviewer__interview__candidate=candidate).count()
    # Each file is included twice: by itself, and in the letter it is attached to.
    return 2 * (files["all"] or 0) + _LETTER * (letters + 1)


def account_zip(candidate: Candidate, now: dt.datetime) -> Iterator[bytes]:
    """The archive in pieces, one interview at a time; an interview deleted meanwhile is left out completely."""
    pipe = _Pipe()
    with (
        zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive,  # type: ignore[call-overload] # cannot seek
        tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as document,
    ):
        for piece in account_json(
            _archived(ArchivedSettings, candidate), _interviews(candidate, archive, now), now
        ):
            document.write(piece.encode())
            yield pipe.taken()
        document.seek(0)
        with archive.open(JSON_NAME, "w", force_zip64=True) as member:
            while block := document.read(256 * 1024):
                member.write(block)
                yield pipe.taken()
    yield pipe.taken()


def _archived(shape: type[T], row: Any, **others: Any) -> T:
    """An instance of `shape` with the values of `others`; its other fields are read from the row by name."""
    names = {field.name for field in fields(shape)} - others.keys()  # type: ignore[arg-type] # a dataclass
    return shape(**others, **{name: getattr(row, name) for name in names})


def _interviews(
    candidate: Candidate, archive: zipfile.ZipFile, now: dt.datetime
) -> Iterator[ArchivedInterview]:
    """Yields each interview after its letters and files are in the archive."""
    keys = list(Interview.objects.filter(candidate=candidate).values_list("pk", flat=True))
    number = 0
    for start in range(0, len(keys), _AT_ONCE):
        wholes = _read(keys[start : start + _AT_ONCE])
        revisions = _revisions(wholes)
        for whole in wholes:
            number += 1
            # Numbered, so that two with the same company and position get separate folders.
            name = f"{number:03} {whole.interview.company} - {whole.interview.position}"
            for path, content in letter_files(outgoing.archived_letters(whole, name)):
                add_member(archive, f"letters/{path}", content, now)
            yield _interview(whole, [_files(person, archive, now) for person in whole.people], revisions)


def _read(keys: list[Any]) -> list[Whole]:
    """The interviews with these ids, with the candidate's current name and signature in their letters."""
    interviews = list(Interview.objects.filter(pk__in=keys).select_related("candidate"))
    for interview in interviews:
        if interview.sender_changed:
            with suppress(Gone):
                update_signatures(interview)
    return read_wholes(interviews)


def _revisions(wholes: list[Whole]) -> dict[Any, list[DraftRevision]]:
    """The versions of every letter by its draft's id, the oldest first."""
    found: dict[Any, list[DraftRevision]] = defaultdict(list)
    interviews = [whole.interview for whole in wholes]
    for one in DraftRevision.objects.filter(draft__interviewer__interview__in=interviews).order_by("version"):
        found[one.draft_id].append(one)
    return found


def _files(person: Interviewer, archive: zipfile.ZipFile, now: dt.datetime) -> dict[Any, ArchivedFile]:
    """The work samples that are files, by id, after writing them to the archive."""
    found = {}
    for sample in person.work_samples.all():
        content = content_of(sample)
        if content is not None:
            path = file_path(sample.id, sample.file_name)
            add_member(archive, path, content, now)
            found[sample.id] = ArchivedFile(sample.id, path, len(content), sample.content_type)
    return found


def _interview(
    whole: Whole, files: list[dict[Any, ArchivedFile]], revisions: Mapping[Any, list[DraftRevision]]
) -> ArchivedInterview:
    people, facts = [], []
    for person, there in zip(whole.people, files, strict=True):
        # A file that is missing from the storage is left out, and so is its entry.
        samples = [one for one in person.work_samples.all() if not one.file or one.id in there]
        facts.append(interviewer_facts(person, samples))
        named = tuple(there[one.id] for one in samples if one.file)
        drafts = tuple(_drafts(whole, person, revisions))
        people.append(_archived(ArchivedPerson, person, files=named, drafts=drafts))
    interview = whole.interview
    uid, sequence = interview.invitation_uid, interview.invitation_sequence
    return _archived(
        ArchivedInterview,
        interview,
        panel=panel_facts(interview, facts),
        people=tuple(people),
        outside=tuple(
            _archived(ArchivedOutsider, person, drafts=tuple(_drafts(whole, person, revisions)))
            for person in whole.outside
        ),
        invitation=ArchivedInvitation(uid, sequence) if uid or sequence else None,
    )


def _drafts(
    whole: Whole, person: Interviewer, revisions: Mapping[Any, list[DraftRevision]]
) -> Iterator[ArchivedDraft]:
    for draft in whole.drafts_to(person):
        texts = tuple(_archived(ArchivedRevision, one) for one in revisions.get(draft.id, ()))
        answers = tuple(sorted(draft.answers.items()))
        yield _archived(ArchivedDraft, draft, revisions=texts, answers=answers)
