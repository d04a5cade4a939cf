"""The user model."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from drafts.compiled import Compiled, Given
from drafts.domain.facts import MAX_LENGTH, Dialect, Tone
from drafts.models.choices import choices, one_of

DIALECT_CHOICES = choices(
    Dialect,
    {
        Dialect.AMERICAN: _("American English"),
        Dialect.BRITISH: _("British English"),
        Dialect.CANADIAN: _("Canadian English"),
        Dialect.AUSTRALIAN: _("Australian English"),
        Dialect.INDIAN: _("Indian English"),
    },
)


TONE_CHOICES = choices(Tone, {Tone.WARM: _("Warm"), Tone.FORMAL: _("Formal"), Tone.BRIEF: _("Brief")})


class CandidateManager(BaseUserManager["Candidate"]):
    def get(self, *args: Any, **kwargs: Any) -> Candidate:
        """Uses SQL that was built once if called with only the primary key, as every request does to find its user."""
        if args or kwargs.keys() != {"pk"}:
            return super().get(*args, **kwargs)
        candidate = _CANDIDATE.first(id=kwargs["pk"])
        if candidate is None:
            raise Candidate.DoesNotExist
        return candidate

    def create_user(self, email: str | None, password: str | None = None, **extra: Any) -> Candidate:
        candidate = self.model(email=self.normalize_email(email).lower() if email else None, **extra)
        candidate.set_password(password)
        candidate.save(using=self._db)
        if candidate.email:
            # Accounts created by a maintainer count as confirmed.
            candidate.emailaddress_set.create(email=candidate.email, verified=True, primary=True)
        return candidate

    def create_guest(self, dialect: Dialect, kept_until: dt.date) -> Candidate:
        """A candidate known only by a browser session, until they claim their work with an email address."""
        return self.create_user(None, None, is_guest=True, dialect=dialect, kept_until=kept_until)

    def create_superuser(self, email: str, password: str | None = None, **extra: Any) -> Candidate:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)


class Candidate(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("email address"), unique=True, null=True, blank=True)
    is_guest = models.BooleanField(_("guest"), default=False)
    full_name = models.CharField(_("full name"), max_length=MAX_LENGTH["full_name"], blank=True)
    signature = models.TextField(_("signature"), max_length=MAX_LENGTH["signature"], blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    dialect = models.CharField(_("dialect"), max_length=16, choices=DIALECT_CHOICES, default=Dialect.AMERICAN)
    strengths = models.JSONField(_("strengths to reuse"), default=list, blank=True)
    # The candidate's own dictionary: words that are never misspellings.
    own_words = models.JSONField(_("own words"), default=list, blank=True)
    usual_tone = models.CharField(_("usual tone"), max_length=10, choices=TONE_CHOICES, default=Tone.WARM)
    # How the candidate sent the last letter (exchange.channels.Channel), which is offered first the next time.
    usual_channel = models.CharField(_("usual way to send"), max_length=20, blank=True)
    # The language of the pages that the candidate chose; empty for the browser's.
    language = models.CharField(_("language"), max_length=16, blank=True, default="", db_default="")
    # The language of the pages last visited, for emails and calendars if none is chosen.
    seen_language = models.CharField(max_length=16, blank=True, default="", db_default="", editable=False)
    # The hour, in `time_zone`, of the daily email about what is due; None if the candidate gets none.
    reminder_hour = models.PositiveSmallIntegerField(_("reminder hour"), null=True, blank=True)
    # Anyone who knows it can read the candidate's send times, so it is as hard to guess as a session key.
    calendar_token = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # The date until which the pages promised to keep a guest's work; nothing deletes it earlier.
    kept_until = models.DateField(_("kept until"), null=True, blank=True)

    # The reverse of EmailAddress.user; Any because allauth has no type hints.
    emailaddress_set: Any

    objects = CandidateManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        # For the housekeeping and the admin list.
        indexes = (
            models.Index(fields=("kept_until",), condition=Q(is_guest=True), name="candidate_guest_kept"),
            models.Index(fields=("-created_at",), name="candidate_created"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(is_guest=True, email__isnull=True) | Q(is_guest=False, email__isnull=False),
                name="candidate_guest_xor_email",
            ),
            models.CheckConstraint(condition=one_of("usual_tone", Tone), name="candidate_usual_tone_known"),
            models.CheckConstraint(condition=Q(reminder_hour__lte=23), name="candidate_reminder_hour_exists"),
        )

    def __str__(self) -> str:
        return self.email or f"guest {str(self.id)[:8]}"


_CANDIDATE = Compiled(lambda: Candidate.objects.filter(pk=Given(Candidate, "id")))
