"""Letters and all of their versions."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from drafts.domain.facts import Kind, Reason, Tone
from drafts.domain.kinds import letter_kinds
from drafts.models.candidates import TONE_CHOICES
from drafts.models.choices import choices, one_of
from drafts.models.interviews import Interviewer
from drafts.web.links import link


class DraftQuerySet(models.QuerySet["Draft"]):
    def for_candidate(self, candidate: Any) -> DraftQuerySet:
        if not candidate.is_authenticated:
            return self.none()
        return self.filter(
            interviewer__interview__candidate=candidate, interviewer__interview__deleted_at__isnull=True
        )


KIND_CHOICES = choices(Kind, {kind: _(one.label) for kind, one in letter_kinds().items()})


class Draft(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    interviewer = models.ForeignKey(Interviewer, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES, default=Kind.THANK_YOU)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("letter"), max_length=20_000, blank=True)
    tone = models.CharField(_("tone"), max_length=10, choices=TONE_CHOICES, default=Tone.WARM)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Digest of what the text was composed from (services.facts_digest); a different digest means the notes have
    # changed.
    facts_digest = models.CharField(max_length=64, blank=True, editable=False)
    left_out = models.JSONField(default=list, blank=True, editable=False)
    # Keys of notes that the composer could not use, wholly or in part, and that need the candidate's own sentence.
    unsure = models.JSONField(default=list, blank=True, editable=False, db_default=[])
    # For a follow-up: the candidate's answers by prompt key.
    answers = models.JSONField(default=dict, blank=True, editable=False, db_default={})
    # Keys of findings that the candidate dismissed (review.Finding.key); if the words change, so does the key.
    dismissed = models.JSONField(default=list, blank=True, editable=False)
    # What a language model made of the letter when it was last asked (services.rewriting.Rewrite).
    rewrite = models.JSONField(null=True, blank=True, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    # When the candidate said they would send it, or their mail program would.
    planned_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("interviewer", "kind"), name="draft_one_of_a_kind"),
            models.CheckConstraint(condition=one_of("tone", Tone), name="draft_tone_known"),
            models.CheckConstraint(condition=one_of("kind", Kind), name="draft_kind_known"),
        )

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return link("draft_copy" if self.sent_at else "draft_edit", self.id)

    @property
    def waiting(self) -> list[str]:
        """The notes that keep the letter from being ready. None once the letter is edited: it is in the candidate's own
        words."""
        return [] if self.edited_at or self.sent_at else self.unsure

    @property
    def unused(self) -> list[str]:
        """The notes that an edited letter may lack. The candidate may have added them by hand."""
        return self.unsure if self.edited_at and not self.sent_at else []


REASON_CHOICES = choices(
    Reason,
    {
        Reason.COMPOSED: _("Written from your notes"),
        Reason.EDITED: _("Your edit"),
        Reason.RECOMPOSED: _("Rewritten from changed notes"),
        Reason.RESTORED: _("Earlier version restored"),
        Reason.TYPED: _("Saved while you were typing"),
        Reason.ASIDE: _("Typed in another tab or on another device"),
    },
)


class DraftRevision(models.Model):
    """A version of a draft. Rows are only added, except that autosaving overwrites its own latest one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(max_length=20_000, blank=True)
    tone = models.CharField(max_length=10, choices=TONE_CHOICES)
    reason = models.CharField(max_length=12, choices=REASON_CHOICES)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=("draft", "version"), name="revision_once_per_version"),
        )

    def __str__(self) -> str:
        return f"version {self.version}"
