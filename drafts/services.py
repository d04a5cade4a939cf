"""Every write, each one transaction. A `version` of None means: do not check for changes made elsewhere."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from drafts.domain.compose import Letter, compose_letter, compose_panel
from drafts.domain.facts import Dialect, Panel, Tone, has_notes
from drafts.domain.tokens import fold
from drafts.errors import Conflict, Gone, TooManyWords
from drafts.mapping import facts_digest, interviewer_facts, panel_facts
from drafts.models import Candidate, Draft, DraftRevision, Interview, Interviewer, WorkSample

INTERVIEW_FIELDS = ("company", "position", "field", "team", "stage", "ended_at", "time_zone", "country")
PERSON_FIELDS = ("full_name", "greet_as", "email", "job_title", "role")
NOTE_FIELDS = (
    "mentioned",
    "enjoyed",
    "strengths",
    "experience",
    "goal",
    "forgot",
    "correction_topic",
    "correction_answer",
    "callback",
)


MOST_DISMISSED = 200
MOST_OWN_WORDS = 1000
TEXT_FIELDS = ("subject", "body", "tone", "left_out", "facts_digest", "edited_at")


@dataclass
class Whole:
    """An interview with everything its letters depend on, read at once."""

    interview: Interview
    people: list[Interviewer]
    drafts: dict[uuid.UUID, Draft]
    panel: Panel

    def tones(self, changed: Mapping[uuid.UUID, Tone] | None = None) -> list[Tone]:
        changed = changed or {}
        return [
            changed.get(person.id)
            or (Tone(self.drafts[person.id].tone) if person.id in self.drafts else Tone.WARM)
            for person in self.people
        ]

    def index(self, person: Interviewer) -> int:
        return [one.id for one in self.people].index(person.id)

    def letter(self, person: Interviewer, tone: Tone | None = None) -> Letter:
        changed = {person.id: tone} if tone else None
        return compose_letter(self.panel, self.index(person), self.tones(changed))

    def digest(self, person: Interviewer, tone: Tone | None = None) -> str:
        index = self.index(person)
        return facts_digest(self.panel, index, tone or self.tones()[index])

    def is_stale(self, person: Interviewer) -> bool:
        """Whether the notes changed since this person's draft was composed."""
        draft = self.drafts.get(person.id)
        return bool(draft and draft.facts_digest and draft.facts_digest != self.digest(person))


def read_whole(interview: Interview, *, to_write: bool = False) -> Whole:
    """Three queries, however large the panel. `to_write` locks the drafts until the transaction ends."""
    people = list(interview.interviewers.prefetch_related("work_samples"))
    drafts = Draft.objects.select_for_update(of=("self",)) if to_write else Draft.objects.all()
    drafts = {
        draft.interviewer_id: draft
        for draft in drafts.filter(interviewer__interview=interview, kind=Draft.Kind.THANK_YOU)
    }
    return Whole(
        interview, people, drafts, panel_facts(interview, [interviewer_facts(person) for person in people])
    )


def _refresh_search(interview: Interview) -> None:
    names = interview.interviewers.values_list("full_name", flat=True)
    interview.search_text = fold("\n".join([interview.company, interview.position, *names]))
    interview.save(update_fields=["search_text", "updated_at"])


def _locked(rows: Any, row: Any) -> Any:
    """The row as stored now, locked until the transaction ends. Raises Gone when there is none any more."""
    try:
        return rows.select_for_update().get(pk=row.pk)
    except ObjectDoesNotExist as error:
        raise Gone from error


def _lock(interview: Interview, version: int | None) -> Interview:
    """The interview as stored now, locked. Raises Conflict when it moved on since `version`."""
    stored = _locked(Interview.objects, interview)
    stored.candidate = interview.candidate
    if version is not None and version != stored.version:
        raise Conflict(stored)
    return stored


def create_guest(dialect: Dialect = Dialect.AMERICAN) -> Candidate:
    """A candidate known by the browser's session only; claiming it with an address fills the same row."""
    return Candidate.objects.create_guest(dialect)


def set_sender(candidate: Candidate, full_name: str, signature: str) -> None:
    candidate.full_name, candidate.signature = full_name, signature
    candidate.save(update_fields=["full_name", "signature"])


@transaction.atomic
def create_interview(
    candidate: Candidate,
    values: Mapping[str, Any],
    *,
    full_name: str,
    signature: str,
    key: uuid.UUID | None = None,
) -> Interview:
    """A new interview under `key`; sent twice, the same interview again."""
    set_sender(candidate, full_name, signature)
    if key:
        mine = Interview.objects.for_candidate(candidate).filter(pk=key).first()
        if mine:
            return update_interview(mine, values, full_name=full_name, signature=signature, version=None)
        if Interview.objects.filter(pk=key).exists():
            key = None
    interview = Interview(
        id=key or uuid.uuid4(), candidate=candidate, **{k: values[k] for k in INTERVIEW_FIELDS}
    )
    interview.save(force_insert=True)
    _refresh_search(interview)
    return interview


@transaction.atomic
def update_interview(
    interview: Interview, values: Mapping[str, Any], *, full_name: str, signature: str, version: int | None
) -> Interview:
    stored = _lock(interview, version)
    set_sender(stored.candidate, full_name, signature)
    for name in INTERVIEW_FIELDS:
        setattr(stored, name, values[name])
    stored.version += 1
    stored.save(update_fields=[*INTERVIEW_FIELDS, "version", "updated_at"])
    _refresh_search(stored)
    _recompose_untouched(read_whole(stored, to_write=True))
    return stored


@transaction.atomic
def delete_interview(interview: Interview) -> None:
    interview.delete()


@transaction.atomic
def save_panel(interview: Interview, rows: Sequence[Mapping[str, Any]], version: int | None) -> None:
    """Stores the panel in the order of `rows`. People not named stay, at the end; only `DELETE` removes."""
    stored = _lock(interview, version)
    there = {person.id: person for person in stored.interviewers.all()}
    by_name = {person.full_name.casefold(): person for person in there.values()}
    seen: set[uuid.UUID] = set()
    order = 0
    for row in rows:
        person = there.get(row["id"]) if row["id"] else by_name.get(row["full_name"].casefold())
        if person and person.id in seen:
            person = None
        if row["DELETE"]:
            if person:
                del there[person.id]
                by_name = {name: other for name, other in by_name.items() if other is not person}
                person.delete()
            continue
        if person is None:
            taken = row["id"] and Interviewer.objects.filter(pk=row["id"]).exists()
            person = Interviewer(id=uuid.uuid4() if taken or not row["id"] else row["id"], interview=stored)
        for name in PERSON_FIELDS:
            setattr(person, name, row[name])
        person.order = order
        order += 1
        adding = person._state.adding
        person.save(force_insert=adding, update_fields=None if adding else [*PERSON_FIELDS, "order"])
        seen.add(person.id)
    for person in there.values():
        if person.id not in seen:
            person.order = order
            order += 1
            person.save(update_fields=["order"])
    stored.version += 1
    stored.save(update_fields=["version", "updated_at"])
    _refresh_search(stored)
    _recompose_untouched(read_whole(stored, to_write=True))


@transaction.atomic
def save_conversation(
    person: Interviewer, notes: Mapping[str, Any], samples: Sequence[Mapping[str, str]], version: int | None
) -> None:
    """Stores the notes, and composes the draft or, where nobody touched it, composes it anew."""
    # All letters of a panel are chosen together, so they are written one save at a time.
    _locked(Interview.objects, person.interview)
    stored = _locked(Interviewer.objects, person)
    if version is not None and version != stored.version:
        raise Conflict(stored)
    for name in NOTE_FIELDS:
        setattr(stored, name, notes[name])
    stored.version += 1
    stored.skipped_at = None
    stored.save(update_fields=[*NOTE_FIELDS, "version", "skipped_at"])
    before = [(sample.label, sample.url) for sample in stored.work_samples.all()]
    after = [(sample["label"], sample["url"]) for sample in samples]
    if before != after:
        stored.work_samples.all().delete()
        WorkSample.objects.bulk_create(
            WorkSample(interviewer=stored, order=order, label=label, url=url)
            for order, (label, url) in enumerate(after)
        )
    whole = read_whole(person.interview, to_write=True)
    if stored.id not in whole.drafts and has_notes(whole.panel.interviewers[whole.index(stored)]):
        _compose(whole, stored)
    _recompose_untouched(whole)


@transaction.atomic
def skip_interviewer(person: Interviewer) -> None:
    stored = _locked(Interviewer.objects, person)
    stored.skipped_at = timezone.now()
    stored.save(update_fields=["skipped_at"])


@transaction.atomic
def create_draft(person: Interviewer) -> Draft:
    """The draft to this person, composed now if there was none, even where nothing was noted."""
    _locked(Interviewer.objects, person)
    whole = read_whole(person.interview)
    return whole.drafts.get(person.id) or _compose(whole, person)


def _compose(whole: Whole, person: Interviewer) -> Draft:
    letter = whole.letter(person)
    draft = Draft.objects.create(
        interviewer=person,
        subject=letter.subject,
        body=letter.body,
        facts_digest=whole.digest(person),
        left_out=list(letter.left_out),
    )
    _revise(draft, DraftRevision.Reason.COMPOSED)
    whole.drafts[person.id] = draft
    return draft


def _revise(draft: Draft, reason: DraftRevision.Reason) -> None:
    DraftRevision.objects.create(
        draft=draft,
        version=draft.version,
        subject=draft.subject,
        body=draft.body,
        tone=draft.tone,
        reason=reason,
    )


def _recompose_untouched(whole: Whole) -> None:
    """Composes anew what nobody edited or sent, where it would read otherwise now.

    All of the panel, not only who the new notes are on: letters choose their words so as to stay apart.
    """
    for person, letter in zip(whole.people, compose_panel(whole.panel, whole.tones()), strict=True):
        draft = whole.drafts.get(person.id)
        if draft is None or draft.edited_at or draft.sent_at:
            continue
        if (draft.subject, draft.body) != (letter.subject, letter.body):
            _rewrite(whole, person, letter, Tone(draft.tone), DraftRevision.Reason.RECOMPOSED)
        elif whole.is_stale(person):
            draft.facts_digest = whole.digest(person)
            draft.save(update_fields=["facts_digest", "updated_at"])


def _rewrite(
    whole: Whole, person: Interviewer, letter: Letter, tone: Tone, reason: DraftRevision.Reason
) -> Draft:
    draft = whole.drafts[person.id]
    draft.subject, draft.body, draft.tone = letter.subject, letter.body, tone
    draft.left_out, draft.facts_digest = list(letter.left_out), whole.digest(person, tone)
    draft.edited_at = None
    _store_text(draft, reason)
    return draft


def _store_text(draft: Draft, reason: DraftRevision.Reason) -> None:
    draft.version = 1 + (draft.revisions.aggregate(last=Max("version"))["last"] or 0)
    draft.save(update_fields=[*TEXT_FIELDS, "version", "updated_at"])
    _revise(draft, reason)


def _locked_draft(draft: Draft) -> Draft:
    stored: Draft = _locked(Draft.objects, draft)
    return stored


@transaction.atomic
def save_draft(draft: Draft, subject: str, body: str, version: int | None) -> Draft:
    """Stores an edit as a new version; text that is the same makes none. Raises Conflict."""
    stored = _locked_draft(draft)
    if (subject, body) == (stored.subject, stored.body):
        return stored
    if version is not None and version != stored.version:
        stored.interviewer = draft.interviewer
        raise Conflict(stored)
    stored.subject, stored.body, stored.edited_at = subject, body, timezone.now()
    _store_text(stored, DraftRevision.Reason.EDITED)
    return stored


@transaction.atomic
def change_tone(draft: Draft, tone: Tone) -> bool:
    """Writes the letter anew in another tone. Once edited or sent it stays as it is: then False."""
    stored = _locked_draft(draft)
    if stored.edited_at or stored.sent_at:
        return False
    if stored.tone != tone:
        _rewrite_stored(stored, draft.interviewer, tone)
    return True


def _rewrite_stored(stored: Draft, person: Interviewer, tone: Tone) -> Draft:
    whole = read_whole(person.interview)
    whole.drafts[person.id] = stored
    return _rewrite(whole, person, whole.letter(person, tone), tone, DraftRevision.Reason.RECOMPOSED)


@transaction.atomic
def recompose_draft(draft: Draft, tone: Tone) -> Draft:
    """The letter written anew from the notes as they are; the text before stays in the history."""
    return _rewrite_stored(_locked_draft(draft), draft.interviewer, tone)


@transaction.atomic
def keep_draft(draft: Draft) -> None:
    """The text stays although the notes changed; not asked about again until they change once more."""
    stored = _locked_draft(draft)
    person = draft.interviewer
    stored.facts_digest = read_whole(person.interview).digest(person, Tone(stored.tone))
    stored.save(update_fields=["facts_digest", "updated_at"])


@transaction.atomic
def restore_revision(draft: Draft, revision: DraftRevision) -> Draft:
    """An earlier version's text as the newest version; the one before stays in the history too."""
    stored = _locked_draft(draft)
    stored.subject, stored.body, stored.tone = revision.subject, revision.body, revision.tone
    stored.edited_at = timezone.now()
    _store_text(stored, DraftRevision.Reason.RESTORED)
    return stored


@transaction.atomic
def dismiss_finding(draft: Draft, key: str) -> None:
    """The finding with this key is not shown again for this draft, as long as the words it is about stay."""
    stored = _locked_draft(draft)
    if key not in stored.dismissed:
        stored.dismissed = [*stored.dismissed, key][-MOST_DISMISSED:]
        stored.save(update_fields=["dismissed", "updated_at"])
    draft.dismissed = stored.dismissed


@transaction.atomic
def restore_findings(draft: Draft) -> None:
    """Everything that was dismissed for this draft is shown again."""
    stored = _locked_draft(draft)
    stored.dismissed = draft.dismissed = []
    stored.save(update_fields=["dismissed", "updated_at"])


@transaction.atomic
def add_own_word(candidate: Candidate, word: str) -> None:
    """From now on this word is no misspelling in any of the candidate's letters. Raises TooManyWords."""
    stored = _locked(Candidate.objects, candidate)
    word = " ".join(word.split())
    if word and fold(word) not in {fold(one) for one in stored.own_words}:
        if len(stored.own_words) >= MOST_OWN_WORDS:
            raise TooManyWords
        stored.own_words = [*stored.own_words, word]
        stored.save(update_fields=["own_words"])
    candidate.own_words = stored.own_words


@transaction.atomic
def remove_own_word(candidate: Candidate, word: str) -> None:
    stored = _locked(Candidate.objects, candidate)
    stored.own_words = [one for one in stored.own_words if fold(one) != fold(word)]
    stored.save(update_fields=["own_words"])
    candidate.own_words = stored.own_words


@transaction.atomic
def mark_sent(draft: Draft) -> None:
    stored = _locked_draft(draft)
    if stored.sent_at is None:
        stored.sent_at = timezone.now()
        stored.save(update_fields=["sent_at", "updated_at"])


@transaction.atomic
def mark_unsent(draft: Draft) -> None:
    stored = _locked_draft(draft)
    stored.sent_at = None
    stored.save(update_fields=["sent_at", "updated_at"])
