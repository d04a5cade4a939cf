"""Drafts: composed, edited, rewritten, restored, checked, sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from drafts.domain.compose import Letter
from drafts.domain.facts import Kind, Reason, Tone
from drafts.domain.similarity import is_slight_change
from drafts.errors import Conflict
from drafts.models import Draft, DraftRevision, Interviewer
from drafts.services.whole import Whole, change_calendar, locked, read_whole

MOST_DISMISSED = 200
# Texts saved while typing are one version in the history for so long, unless much was taken out.
SLIP = 8  # characters taken back while typing
TYPING_SPAN = dt.timedelta(minutes=10)
_WRITTEN_FOR_YOU = (Reason.COMPOSED, Reason.RECOMPOSED)
TEXT_FIELDS = ("subject", "body", "tone", "left_out", "unsure", "facts_digest", "edited_at")


@transaction.atomic
def create_draft(person: Interviewer, kind: Kind = Kind.THANK_YOU) -> Draft:
    """The draft of this kind to this person, composed now if there was none, even where nothing was noted."""
    locked(Interviewer.objects, person)
    whole = read_whole(person.interview).of_kind(kind)
    return whole.drafts.get(person.id) or compose_missing(whole, person)


def compose_missing(whole: Whole, person: Interviewer) -> Draft:
    letter = whole.letter(person)
    draft = Draft.objects.create(
        interviewer=person,
        kind=whole.kind,
        tone=whole.tones()[whole.index(person)],
        subject=letter.subject,
        body=letter.body,
        facts_digest=whole.digest(person),
        left_out=list(letter.left_out),
        unsure=list(letter.unsure),
    )
    _revise(draft, Reason.COMPOSED)
    whole.drafts[person.id] = draft
    change_calendar(whole.interview)
    return draft


def _revise(draft: Draft, reason: Reason) -> None:
    DraftRevision.objects.create(
        draft_id=draft.pk,
        version=1 + (draft.revisions.aggregate(last=Max("version"))["last"] or 0),
        subject=draft.subject,
        body=draft.body,
        tone=draft.tone,
        reason=reason,
    )


def recompose_untouched(whole: Whole, *, typing: bool = False) -> None:
    """Composes anew what nobody edited or sent, where it would read otherwise now.

    All of the panel, not only who the new notes are on: letters choose their words so as to stay apart.
    While `typing`, what was composed from half a sentence a moment ago is written over.
    """
    for kind in (Kind.THANK_YOU, *(one for one in whole.drafts_of if one is not Kind.THANK_YOU)):
        _recompose_kind(whole.of_kind(kind), typing)


def _recompose_kind(whole: Whole, typing: bool) -> None:
    for person, letter in zip(whole.people, whole.letters(), strict=True):
        draft = whole.drafts.get(person.id)
        if draft is None or letter is None or draft.sent_at:
            continue
        if draft.edited_at:
            _note_unsure(draft, letter)
        elif (draft.subject, draft.body) != (letter.subject, letter.body):
            over = _WRITTEN_FOR_YOU if typing else ()
            _rewrite(whole, person, letter, Tone(draft.tone), Reason.RECOMPOSED, over)
        elif whole.is_stale(person):
            draft.left_out, draft.unsure = list(letter.left_out), list(letter.unsure)
            draft.facts_digest = whole.digest(person)
            draft.save(update_fields=["left_out", "unsure", "facts_digest", "updated_at"])


def _note_unsure(draft: Draft, letter: Letter) -> None:
    """Which notes wait for the candidate's words changes with the notes, whoever wrote the text."""
    if draft.unsure != list(letter.unsure):
        draft.unsure = list(letter.unsure)
        draft.save(update_fields=["unsure", "updated_at"])


def _rewrite(
    whole: Whole,
    person: Interviewer,
    letter: Letter,
    tone: Tone,
    reason: Reason,
    over: Collection[str] = (),
) -> Draft:
    draft = whole.drafts[person.id]
    draft.subject, draft.body, draft.tone = letter.subject, letter.body, tone
    draft.left_out, draft.unsure = list(letter.left_out), list(letter.unsure)
    draft.facts_digest = whole.digest(person, tone)
    draft.edited_at = None
    _store_text(draft, reason, over)
    return draft


def _store_text(draft: Draft, reason: Reason, over: Collection[str] = ()) -> None:
    """Stores the draft's text as a new version; a fresh one for a reason in `over` is written over instead.

    The text that is there already, sent twice by a double click, makes none.
    """
    newest = draft.revisions.first()
    text = (draft.subject, draft.body, draft.tone)
    if newest and newest.reason != Reason.ASIDE and text == (newest.subject, newest.body, newest.tone):
        draft.save(update_fields=[*TEXT_FIELDS, "updated_at"])
        return
    draft.version += 1
    draft.save(update_fields=[*TEXT_FIELDS, "version", "updated_at"])
    if newest and newest.reason in over and _goes_on(newest, draft):
        for name in ("subject", "body", "tone"):
            setattr(newest, name, getattr(draft, name))
        newest.save(update_fields=["subject", "body", "tone"])
    else:
        _revise(draft, reason)


def _goes_on(newest: DraftRevision, draft: Draft) -> bool:
    """Whether the draft's text may take the place of the version before: soon after, with nothing lost by it."""
    if timezone.now() - newest.created_at >= TYPING_SPAN:
        return False
    if newest.reason in _WRITTEN_FOR_YOU:
        return True
    if is_slight_change(newest.body, draft.body) and len(draft.body) >= len(newest.body) - SLIP:
        return True
    # Something was taken out, perhaps bit by bit: unless the version before has it, it stays.
    before = draft.revisions.exclude(pk=newest.pk).first()
    return before is not None and is_slight_change(newest.body, before.body)


@transaction.atomic
def end_typing(draft: Draft) -> None:
    """Leaves the newest version as it is: typing on from here makes another."""
    draft.revisions.filter(reason=Reason.TYPED).update(reason=Reason.EDITED)


def locked_draft(draft: Draft) -> Draft:
    stored: Draft = locked(Draft.objects, draft)
    return stored


@transaction.atomic
def save_draft(draft: Draft, subject: str, body: str, version: int | None, *, typing: bool = False) -> Draft:
    """Stores an edit as a new version; text that is the same makes none. Raises Conflict.

    While `typing`, the version before is written over where it was saved while typing too.
    """
    stored = locked_draft(draft)
    if (subject, body) == (stored.subject, stored.body):
        if not typing:
            end_typing(stored)
        return stored
    if version is not None and version != stored.version:
        stored.interviewer = draft.interviewer
        raise Conflict(stored)
    stored.subject, stored.body, stored.edited_at = subject, body, timezone.now()
    if typing:
        _store_text(stored, Reason.TYPED, (Reason.TYPED,))
    else:
        _store_text(stored, Reason.EDITED)
    return stored


@transaction.atomic
def keep_aside(draft: Draft, subject: str, body: str) -> None:
    """Puts a text that may not replace the draft's into its history, once."""
    stored = locked_draft(draft)
    if not stored.revisions.filter(subject=subject, body=body).exists():
        aside = Draft(pk=stored.pk, subject=subject, body=body, tone=stored.tone)
        _revise(aside, Reason.ASIDE)


@transaction.atomic
def change_tone(draft: Draft, tone: Tone) -> bool:
    """Writes the letter anew in another tone. Once edited or sent it stays as it is: then False."""
    stored = locked_draft(draft)
    if stored.edited_at or stored.sent_at:
        return False
    if stored.tone != tone:
        _rewrite_stored(stored, draft.interviewer, tone)
    return True


def _rewrite_stored(stored: Draft, person: Interviewer, tone: Tone) -> Draft:
    whole = read_whole(person.interview).of_kind(Kind(stored.kind))
    whole.drafts[person.id] = stored
    return _rewrite(whole, person, whole.letter(person, tone), tone, Reason.RECOMPOSED)


@transaction.atomic
def recompose_draft(draft: Draft, tone: Tone) -> Draft:
    """The letter written anew from the notes as they are; the text before stays in the history."""
    return _rewrite_stored(locked_draft(draft), draft.interviewer, tone)


@transaction.atomic
def keep_draft(draft: Draft) -> None:
    """The text stays although the notes changed; not asked about again until they change once more."""
    stored = locked_draft(draft)
    person = draft.interviewer
    stored.facts_digest = (
        read_whole(person.interview).of_kind(Kind(stored.kind)).digest(person, Tone(stored.tone))
    )
    stored.save(update_fields=["facts_digest", "updated_at"])


@transaction.atomic
def restore_revision(draft: Draft, revision: DraftRevision) -> Draft:
    """An earlier version's text as the newest version; the one before stays in the history too."""
    stored = locked_draft(draft)
    stored.subject, stored.body, stored.tone = revision.subject, revision.body, revision.tone
    stored.edited_at = timezone.now()
    _store_text(stored, Reason.RESTORED)
    return stored


@transaction.atomic
def dismiss_finding(draft: Draft, key: str) -> None:
    """The finding with this key is not shown again for this draft, as long as the words it is about stay."""
    stored = locked_draft(draft)
    if key not in stored.dismissed:
        stored.dismissed = [*stored.dismissed, key][-MOST_DISMISSED:]
        stored.save(update_fields=["dismissed", "updated_at"])
    draft.dismissed = stored.dismissed


@transaction.atomic
def restore_findings(draft: Draft) -> None:
    """Everything that was dismissed for this draft is shown again."""
    stored = locked_draft(draft)
    stored.dismissed = draft.dismissed = []
    stored.save(update_fields=["dismissed", "updated_at"])


@transaction.atomic
def mark_sent(draft: Draft) -> None:
    """This draft went out. What went by a route reached the person too: then their letter counts as sent."""
    stored = locked_draft(draft)
    now = timezone.now()
    letters = Draft.objects.filter(interviewer=stored.interviewer_id, kind__in=(stored.kind, Kind.THANK_YOU))
    if letters.filter(sent_at__isnull=True).update(sent_at=now, updated_at=now):
        change_calendar(draft.interviewer.interview)
    # What went out stays in the history, whatever is typed afterwards.
    for letter in Draft.objects.filter(interviewer=stored.interviewer_id):
        end_typing(letter)


@transaction.atomic
def mark_unsent(draft: Draft) -> None:
    """This draft did not go out after all; nor did the letter, where it was this one that carried it."""
    stored = locked_draft(draft)
    mine = Draft.objects.filter(interviewer=stored.interviewer_id)
    others = mine.exclude(kind__in=(stored.kind, Kind.THANK_YOU)).filter(sent_at__isnull=False)
    now = timezone.now()
    if stored.kind != Kind.THANK_YOU and stored.sent_at and not others:
        # Both were marked at one moment by mark_sent; a letter that went by itself has another.
        mine.filter(kind=Kind.THANK_YOU, sent_at=stored.sent_at).update(sent_at=None, updated_at=now)
    mine.filter(pk=stored.pk).update(sent_at=None, updated_at=now)
    change_calendar(draft.interviewer.interview)
