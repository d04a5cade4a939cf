"""Drafts: composing, editing, rewriting, restoring, dismissing findings, marking as sent."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from config.metrics import count
from drafts.compiled import Compiled, Given
from drafts.domain.facts import Kind, Reason, Tone
from drafts.domain.letter import Letter
from drafts.domain.similarity import is_slight_change
from drafts.errors import Conflict
from drafts.models import Draft, DraftRevision, Interview, Interviewer
from drafts.services.locks import lock_draft, lock_interview, lock_person, write
from drafts.services.quotas import has_room
from drafts.services.whole import Whole, change_calendar, read_whole, read_whole_of
from drafts.services.writes import add, remove, store

Row = TypeVar("Row", Draft, DraftRevision)
MOST_DISMISSED = 200
MOST_VERSIONS = 200  # in the history of one draft; account files may have more
# Autosaved texts share one version in the history for this long, unless much was deleted.
SLIP = 8  # characters that may be deleted while typing
TYPING_SPAN = dt.timedelta(minutes=10)
_WRITTEN_FOR_YOU = (Reason.COMPOSED, Reason.RECOMPOSED)
TEXT_FIELDS = ("subject", "body", "tone", "left_out", "unsure", "facts_digest", "edited_at")


@write
def create_draft(person: Interviewer, kind: Kind = Kind.THANK_YOU) -> Draft:
    """The draft of this kind to this person, composed now if there is none, even without notes."""
    stored = lock_person(person)
    whole = read_whole(stored.interview).around(stored).of_kind(Kind(kind))
    return whole.drafts.get(stored.id) or compose_missing(whole, stored)


def compose_missing(whole: Whole, person: Interviewer) -> Draft:
    letter = whole.letter(person)
    answered = whole.drafts.get(person.id)
    draft = Draft(
        answers=answered.answers if answered else {},
        interviewer=person,
        kind=whole.kind,
        tone=whole.tones()[whole.index(person)],
        subject=letter.subject,
        body=letter.body,
        facts_digest=whole.digest(person),
        left_out=list(letter.left_out),
        unsure=list(letter.asked_about),
    )
    add([draft])
    _add_revisions([_revision(draft, Reason.COMPOSED, 1)])
    count("composed", kind=draft.kind)
    whole.drafts[person.id] = draft
    change_calendar(whole.interview)
    return draft


@write
def save_follow_up(person: Interviewer, kind: Kind, answers: Mapping[str, str]) -> Draft:
    """Stores the answers for a letter of this kind to this person, and composes it.

    A letter that was edited or sent keeps its text; its page then shows both versions.
    """
    stored = lock_person(person)
    whole = read_whole(stored.interview).around(stored).of_kind(kind)
    draft = whole.drafts.get(stored.id)
    if draft is None:
        tone = stored.interview.candidate.usual_tone
        whole.drafts[stored.id] = Draft(interviewer=stored, kind=kind, tone=tone, answers=dict(answers))
        return compose_missing(whole, stored)
    draft.answers = dict(answers)
    _update([draft], "answers")
    if not draft.edited_at and not draft.sent_at:
        tone = Tone(draft.tone)
        _store_texts([_compose_into(draft, whole, stored, whole.letter(stored), tone)], Reason.RECOMPOSED)
    return draft


def _revision(draft: Draft, reason: Reason, version: int) -> DraftRevision:
    """The draft's text as a version for its history. Does not save."""
    return DraftRevision(
        draft=draft, version=version, subject=draft.subject, body=draft.body, tone=draft.tone, reason=reason
    )


def _add_revisions(revisions: Sequence[DraftRevision]) -> None:
    """Adds versions, each of a different draft; deletes the oldest if a history is full."""
    if not revisions:
        return
    add(revisions)
    full = [one for one in revisions if one.version > MOST_VERSIONS]
    # Histories that are full do not grow, so there is nothing to count for them.
    if len(full) < len(revisions) and not has_room(revisions[0].draft.interviewer.interview.candidate):
        full = list(revisions)
    if len(full) == 1:
        (oldest,) = _OLDEST(draft=full[0].draft_id)[0]
        if oldest != full[0].pk:
            remove(DraftRevision, oldest)
    elif full:
        first = DraftRevision.objects.filter(draft=OuterRef("draft")).order_by("version").values("pk")[:1]
        there = DraftRevision.objects.filter(draft__in=[one.draft for one in full], pk__in=Subquery(first))
        there.exclude(pk__in=[one.pk for one in revisions]).delete()


_OLDEST = Compiled(
    lambda: (
        DraftRevision.objects.filter(draft=Given(DraftRevision, "draft"))
        .order_by("version")
        .values_list("pk")[:1]
    )
)


def recompose_untouched(whole: Whole, *, typing: bool = False) -> None:
    """Recomposes the drafts that are neither edited nor sent, if the result differs.

    Does so for the whole panel, because letters choose their variants so as to differ from each other. While `typing`,
    overwrites the version composed a moment ago instead of adding one.
    """
    rewritten: list[Draft] = []
    noted: list[Draft] = []
    for kind in (Kind.THANK_YOU, *(one for one in whole.drafts_of if one is not Kind.THANK_YOU)):
        _recompose_kind(whole.of_kind(kind), rewritten, noted)
    for person in whole.outside:
        for kind in (kind for kind in whole.drafts_of if kind.is_outside):
            _recompose_kind(whole.around(person).of_kind(kind), rewritten, noted)
    _store_texts(rewritten, Reason.RECOMPOSED, _WRITTEN_FOR_YOU if typing else ())
    _update(noted, "left_out", "unsure", "facts_digest")
    if whole.interview.sender_changed:
        whole.interview.sender_changed = False
        whole.interview.save(update_fields=["sender_changed"])


def _recompose_kind(whole: Whole, rewritten: list[Draft], noted: list[Draft]) -> None:
    """Appends to the two lists: drafts whose text changed, and drafts of which only something else changed."""
    if all(draft.sent_at for draft in whole.drafts.values()):
        return
    for person, letter in zip(whole.people, whole.letters(), strict=True):
        draft = whole.drafts.get(person.id)
        if draft is None or letter is None or draft.sent_at:
            continue
        if draft.edited_at:
            # Which notes need the candidate's own words depends on the notes, even if the text was edited.
            if draft.unsure != list(letter.asked_about):
                draft.unsure = list(letter.asked_about)
                noted.append(draft)
        elif (draft.subject, draft.body) != (letter.subject, letter.body):
            rewritten.append(_compose_into(draft, whole, person, letter, Tone(draft.tone)))
        elif whole.is_stale(person):
            noted.append(_compose_into(draft, whole, person, letter, Tone(draft.tone)))


def _compose_into(draft: Draft, whole: Whole, person: Interviewer, letter: Letter, tone: Tone) -> Draft:
    """Sets this letter as the draft's text. Does not save."""
    draft.subject, draft.body, draft.tone = letter.subject, letter.body, tone
    draft.left_out, draft.unsure = list(letter.left_out), list(letter.asked_about)
    draft.facts_digest = whole.digest(person, tone)
    draft.edited_at = None
    return draft


def _update(drafts: Sequence[Draft], *fields: str) -> None:
    now = timezone.now()
    for draft in drafts:
        draft.updated_at = now
    _update_rows(drafts, [*fields, "updated_at"])


def _update_rows(rows: Sequence[Row], fields: Sequence[str]) -> None:
    """Updates the rows in one query. Building bulk_update's SQL takes longer than running it, so a single row, as when
    typing, is updated by `store`."""
    if len(rows) == 1:
        store(rows[0], *fields)
    elif rows:
        type(rows[0])._default_manager.bulk_update(rows, fields)


def _store_texts(drafts: Sequence[Draft], reason: Reason, over: Collection[str] = ()) -> None:
    """Stores each draft's text as a new version, or overwrites the latest one if it is recent and its reason is in
    `over`.

    An unchanged text, as after a double click, adds no version.
    """
    if not drafts:
        return
    newest = _newest_two(drafts)
    added, replaced = [], []
    for draft in drafts:
        last, before = newest[draft.pk]
        text = (draft.subject, draft.body, draft.tone)
        if last and last.reason != Reason.ASIDE and text == (last.subject, last.body, last.tone):
            continue
        draft.version += 1
        if last and last.reason in over and _may_overwrite(draft, last, before):
            last.subject, last.body, last.tone = text
            replaced.append(last)
        else:
            added.append(_revision(draft, reason, last.version + 1 if last else 1))
    _update(drafts, *TEXT_FIELDS, "version")
    _update_rows(replaced, ["subject", "body", "tone"])
    _add_revisions(added)


_NEWEST = Compiled(
    lambda: DraftRevision.objects.filter(draft=Given(DraftRevision, "draft")).order_by("-version")[:2]
)


def _newest_two(
    drafts: Sequence[Draft],
) -> dict[uuid.UUID, tuple[DraftRevision | None, DraftRevision | None]]:
    """The two newest versions of each draft, by the draft's id; one query."""
    if len(drafts) == 1:
        found = {drafts[0].pk: _NEWEST(draft=drafts[0].pk)}
    else:
        two = DraftRevision.objects.filter(draft=OuterRef("draft")).order_by("-version").values("pk")[:2]
        found = {draft.pk: [] for draft in drafts}
        for one in DraftRevision.objects.filter(draft__in=drafts, pk__in=Subquery(two)):
            found[one.draft_id].append(one)
    return {
        key: (versions[0] if versions else None, versions[1] if len(versions) > 1 else None)
        for key, versions in found.items()
    }


def _may_overwrite(draft: Draft, newest: DraftRevision, before: DraftRevision | None) -> bool:
    """Whether the draft's text may overwrite the version before: it is recent, and nothing of it is lost."""
    if timezone.now() - newest.created_at >= TYPING_SPAN:
        return False
    if newest.reason in _WRITTEN_FOR_YOU:
        return True
    if is_slight_change(newest.body, draft.body) and len(draft.body) >= len(newest.body) - SLIP:
        return True
    # Something was deleted, perhaps bit by bit. Keep this version unless the one before also has that text.
    return before is not None and is_slight_change(newest.body, before.body)


@write
def update_signatures(interview: Interview) -> None:
    """Gives letters that are neither edited nor sent the current name and signature. Raises Gone."""
    recompose_untouched(read_whole(lock_interview(interview, may_be_deleted=True)))


@write
def end_typing(draft: Draft) -> None:
    """Ends autosaving into the newest version, so that the next save adds another."""
    _end_typing([lock_draft(draft)])


def _end_typing(drafts: Iterable[Draft]) -> None:
    typed = DraftRevision.objects.filter(draft__in=drafts, reason=Reason.TYPED)
    typed.update(reason=Reason.EDITED)


@write
def save_draft(draft: Draft, subject: str, body: str, version: int | None, *, typing: bool = False) -> Draft:
    """Stores an edit as a new version; an unchanged text adds none. Raises Conflict.

    While `typing`, overwrites the version before if that was also autosaved.
    """
    stored = lock_draft(draft)
    if (subject, body) == (stored.subject, stored.body):
        if not typing:
            _end_typing([stored])
        return stored
    if version is not None and version != stored.version:
        raise Conflict(stored)
    stored.subject, stored.body, stored.edited_at = subject, body, timezone.now()
    if typing:
        _store_texts([stored], Reason.TYPED, (Reason.TYPED,))
    else:
        _store_texts([stored], Reason.EDITED)
    return stored


@write
def keep_aside(draft: Draft, subject: str, body: str) -> None:
    """Adds a conflicting text to the draft's history, once, without changing the draft."""
    stored = lock_draft(draft)
    if not stored.revisions.filter(subject=subject, body=body).exists():
        last, _before = _newest_two([stored])[stored.pk]
        stored.subject, stored.body = subject, body
        _add_revisions([_revision(stored, Reason.ASIDE, last.version + 1 if last else 1)])


@write
def change_tone(draft: Draft, tone: Tone) -> bool:
    """Rewrites the letter in another tone. Returns False, without a change, if it was edited or sent."""
    stored = lock_draft(draft)
    if stored.edited_at or stored.sent_at:
        return False
    if stored.tone != tone:
        _rewrite_stored(stored, tone)
    return True


def _rewrite_stored(stored: Draft, tone: Tone) -> Draft:
    person, whole = stored.interviewer, read_whole_of(stored)
    whole.drafts[person.id] = stored
    _compose_into(stored, whole, person, whole.letter(person, tone), tone)
    _store_texts([stored], Reason.RECOMPOSED)
    return stored


@write
def recompose_draft(draft: Draft, tone: Tone) -> Draft:
    """Recomposes the letter from the current notes; the old text stays in the history."""
    return _rewrite_stored(lock_draft(draft), tone)


@write
def keep_draft(draft: Draft) -> None:
    """Keeps the text although the notes changed, and does not ask again until they change once more."""
    stored = lock_draft(draft)
    stored.facts_digest = read_whole_of(stored).digest(stored.interviewer, Tone(stored.tone))
    stored.save(update_fields=["facts_digest", "updated_at"])


@write
def restore_revision(draft: Draft, revision: DraftRevision) -> Draft:
    """Stores an earlier version's text as the newest version; all versions stay in the history."""
    stored = lock_draft(draft)
    stored.subject, stored.body, stored.tone = revision.subject, revision.body, revision.tone
    stored.edited_at = timezone.now()
    _store_texts([stored], Reason.RESTORED)
    return stored


@write
def dismiss_finding(draft: Draft, key: str) -> None:
    """Hides the finding with this key for this draft, until the words that it is about change."""
    stored = lock_draft(draft)
    if key not in stored.dismissed:
        stored.dismissed = [*stored.dismissed, key][-MOST_DISMISSED:]
        stored.save(update_fields=["dismissed", "updated_at"])
    draft.dismissed = stored.dismissed


@write
def restore_findings(draft: Draft) -> None:
    """Shows all dismissed findings of this draft again."""
    stored = lock_draft(draft)
    stored.dismissed = draft.dismissed = []
    stored.save(update_fields=["dismissed", "updated_at"])


_ROUTES = [kind for kind in Kind if kind.is_route]


def _counts_with(draft: Draft) -> tuple[str, ...]:
    """The kinds of letter to this person that go out with this one."""
    return (draft.kind, Kind.THANK_YOU) if Kind(draft.kind).is_route else (draft.kind,)


@write
def plan_sending(draft: Draft, at: dt.datetime | None) -> None:
    """Stores when the candidate or their mail program will send this letter; None if that is off."""
    stored = lock_draft(draft)
    mine = Draft.objects.filter(interviewer=stored.interviewer_id, kind__in=_counts_with(stored))
    if mine.filter(sent_at__isnull=True).update(planned_at=at, updated_at=timezone.now()):
        change_calendar(stored.interviewer.interview)


@write
def mark_sent(draft: Draft, at: dt.datetime | None = None) -> None:
    """Marks the draft as sent, at the time `at` if it was not now, which also corrects the time of a sent one.

    If it is a route, the person's letter counts as sent too, at the same time.
    """
    stored = lock_draft(draft)
    now = timezone.now()
    mine = Draft.objects.filter(interviewer=stored.interviewer_id)
    letters = mine.filter(kind__in=_counts_with(stored))
    going = Q(sent_at__isnull=True)
    if at and stored.sent_at:
        going |= Q(sent_at=stored.sent_at)
    elif stored.sent_at and mine.filter(kind__in=_ROUTES, sent_at=stored.sent_at).exclude(pk=stored.pk):
        # It only counted as sent; now it is.
        going |= Q(pk=stored.pk)
    if letters.filter(going).update(sent_at=at or now, planned_at=None, updated_at=now):
        change_calendar(stored.interviewer.interview)
    # The sent text stays in the history, even if it is edited afterward.
    _end_typing(mine)


@write
def mark_unsent(draft: Draft) -> None:
    """Marks the draft as not sent, and the person's letter too if this route had marked it."""
    stored = lock_draft(draft)
    mine = Draft.objects.filter(interviewer=stored.interviewer_id)
    others = mine.filter(kind__in=_ROUTES, sent_at__isnull=False).exclude(pk=stored.pk)
    now = timezone.now()
    if Kind(stored.kind).is_route and stored.sent_at and not others:
        # mark_sent gave both the same time; a letter that was sent separately has a different one.
        mine.filter(kind=Kind.THANK_YOU, sent_at=stored.sent_at).update(sent_at=None, updated_at=now)
    mine.filter(pk=stored.pk).update(sent_at=None, updated_at=now)
    change_calendar(stored.interviewer.interview)
