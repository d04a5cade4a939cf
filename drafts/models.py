"""What is stored. Every query starts from the candidate: `Interview.objects.for_candidate(user)`."""

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
from drafts.domain.facts import MAX_LENGTH, Dialect, Kind, Outcome, Reaction, Reason, Role, Stage, Tone
from drafts.domain.window import CLOSES, OPENS
from drafts.web.links import link


def _one_of(field: str, values: Any, *, blank: bool = False) -> Q:
    return Q(**{f"{field}__in": [*[str(value) for value in values], *([""] if blank else [])]})


def _choices(enum: Any, labels: dict[Any, Any]) -> list[tuple[str, Any]]:
    """Choices for a domain StrEnum; a member without a label fails at import."""
    return [(member.value, labels[member]) for member in enum]


DIALECT_CHOICES = _choices(
    Dialect,
    {
        Dialect.AMERICAN: _("American English"),
        Dialect.BRITISH: _("British English"),
        Dialect.CANADIAN: _("Canadian English"),
        Dialect.AUSTRALIAN: _("Australian English"),
        Dialect.INDIAN: _("Indian English"),
    },
)


TONE_CHOICES = _choices(Tone, {Tone.WARM: _("Warm"), Tone.FORMAL: _("Formal"), Tone.BRIEF: _("Brief")})


class CandidateManager(BaseUserManager["Candidate"]):
    def get(self, *args: Any, **kwargs: Any) -> Candidate:
        """By the key alone, as every request asks who is signed in, with SQL that was built once."""
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
            # Whoever makes accounts by hand answers for their addresses.
            candidate.emailaddress_set.create(email=candidate.email, verified=True, primary=True)
        return candidate

    def create_guest(self, dialect: Dialect, kept_until: dt.date) -> Candidate:
        """A candidate known only by the browser's session, until they claim the work with an address."""
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
    # Words of the candidate's own that are never misspellings.
    own_words = models.JSONField(_("own words"), default=list, blank=True)
    usual_tone = models.CharField(_("usual tone"), max_length=10, choices=TONE_CHOICES, default=Tone.WARM)
    # How the candidate sent the last letter (exchange.channels.Channel): offered first the next time.
    usual_channel = models.CharField(_("usual way to send"), max_length=20, blank=True)
    # Whoever knows it reads the candidate's send times, so it is as hard to guess as a session key.
    calendar_token = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("staff"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # Until when the pages promised a guest to keep their work; nothing removes it before.
    kept_until = models.DateField(_("kept until"), null=True, blank=True)

    objects = CandidateManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        # For the housekeeping, and for the maintainers' list.
        indexes = (
            models.Index(fields=("kept_until",), condition=Q(is_guest=True), name="candidate_guest_kept"),
            models.Index(fields=("-created_at",), name="candidate_created"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(is_guest=True, email__isnull=True) | Q(is_guest=False, email__isnull=False),
                name="candidate_guest_xor_email",
            ),
            models.CheckConstraint(condition=_one_of("usual_tone", Tone), name="candidate_usual_tone_known"),
        )

    def __str__(self) -> str:
        return self.email or f"guest {str(self.id)[:8]}"


_CANDIDATE = Compiled(lambda: Candidate.objects.filter(pk=Given(Candidate, "id")))


STAGE_CHOICES = _choices(
    Stage,
    {
        Stage.PHONE_SCREEN: _("Phone screen"),
        Stage.TECHNICAL: _("Technical interview"),
        Stage.PANEL: _("Panel interview"),
        Stage.HIRING_MANAGER: _("Talk with the hiring manager"),
        Stage.CULTURE: _("Meeting the team"),
        Stage.FINAL: _("Final round"),
    },
)
ROLE_CHOICES = _choices(
    Role,
    {
        Role.HIRING_MANAGER: _("Hiring manager"),
        Role.PEER: _("Future colleague"),
        Role.RECRUITER: _("Recruiter"),
        Role.LEADER: _("Senior leader"),
    },
)
OUTCOME_CHOICES = _choices(
    Outcome,
    {
        Outcome.NO_REPLY: _("No reply yet"),
        Outcome.REPLIED: _("They replied"),
        Outcome.ANOTHER_ROUND: _("Another round"),
        Outcome.REJECTED: _("A rejection"),
        Outcome.OFFER: _("An offer"),
        Outcome.WITHDRAWN: _("I withdrew"),
    },
)
REACTION_CHOICES = _choices(
    Reaction,
    {
        Reaction.WORK_ON: _("I would like to work on that"),
        Reaction.GOOD_TO_KNOW: _("That is good to know"),
    },
)


# For so long a deleted interview can be brought back.
DELETED_KEPT = dt.timedelta(days=30)


class InterviewQuerySet(models.QuerySet["Interview"]):
    def for_candidate(self, candidate: Any) -> InterviewQuerySet:
        """Only what this candidate owns; nothing for someone without a session."""
        if not candidate.is_authenticated:
            return self.none()
        return self.filter(candidate=candidate, deleted_at__isnull=True)

    def deleted_by(self, candidate: Any) -> InterviewQuerySet:
        """What this candidate deleted and can still bring back."""
        if not candidate.is_authenticated:
            return self.none()
        return self.deleted_since(candidate, timezone.now() - DELETED_KEPT)

    def deleted_since(self, candidate: Any, since: Any) -> InterviewQuerySet:
        return self.filter(candidate=candidate, deleted_at__gt=since)


class Interview(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="interviews")
    company = models.CharField(_("company"), max_length=MAX_LENGTH["company"])
    position = models.CharField(_("position"), max_length=MAX_LENGTH["position"])
    field = models.CharField(_("industry or technology"), max_length=MAX_LENGTH["field"], blank=True)
    team = models.CharField(_("team"), max_length=MAX_LENGTH["team"], blank=True)
    stage = models.CharField(_("stage"), max_length=20, choices=STAGE_CHOICES, blank=True)
    ended_at = models.DateTimeField(_("ended at"))
    time_zone = models.CharField(_("time zone"), max_length=64)
    country = models.CharField(_("country"), max_length=8, blank=True)
    notes = models.TextField(_("private notes"), max_length=5000, blank=True)
    decision_expected_on = models.DateField(_("decision expected on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=100, blank=True)
    # The day they were told, where it was said.
    outcome_on = models.DateField(_("heard on"), null=True, blank=True)
    # When people there are at work: local hours, and the days as digits from Monday, 0, to Sunday, 6.
    work_opens = models.TimeField(_("work starts at"), default=OPENS)
    work_closes = models.TimeField(_("work ends at"), default=CLOSES)
    work_days = models.CharField(_("working days"), max_length=7, default="01234")
    # The candidate's own moment to send, which stands above the recommended one.
    chosen_send_at = models.DateTimeField(_("own time to send"), null=True, blank=True)
    # The calendar invitation this was read from, so that an update of it finds its way here.
    invitation_uid = models.CharField(max_length=255, blank=True, editable=False)
    invitation_sequence = models.PositiveIntegerField(default=0, editable=False)
    # Grows with whatever calendars show of this interview: a calendar takes the event with the higher number.
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    calendar_changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # Company, position and interviewers, folded for search (services keep it); case and accents do not matter.
    search_text = models.TextField(editable=False, default="")
    # The candidate's name or signature changed since: the letters are signed anew when they are next opened.
    sender_changed = models.BooleanField(default=False, db_default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # Set: the interview is nowhere to be seen but in the list of deleted ones, and goes after DELETED_KEPT.
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ("-ended_at", "-created_at", "id")
        indexes = (
            models.Index(fields=("candidate", "-ended_at"), name="interview_candidate_ended"),
            models.Index(fields=("candidate", "invitation_uid"), name="interview_candidate_invitation"),
            # For the housekeeping, and for the maintainers' list.
            models.Index(
                fields=("deleted_at",), condition=Q(deleted_at__isnull=False), name="interview_deleted"
            ),
            models.Index(fields=("-ended_at",), name="interview_ended"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(company=""), name="interview_company_given"),
            models.CheckConstraint(condition=~Q(position=""), name="interview_position_given"),
            models.CheckConstraint(condition=~Q(time_zone=""), name="interview_time_zone_given"),
            models.CheckConstraint(
                condition=_one_of("stage", Stage, blank=True), name="interview_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(work_opens__lt=models.F("work_closes")),
                name="interview_work_opens_before_it_closes",
            ),
            models.CheckConstraint(condition=~Q(work_days=""), name="interview_work_days_given"),
        )

    def __str__(self) -> str:
        return f"{self.position}, {self.company}"

    def get_absolute_url(self) -> str:
        return link("interview_detail", self.id)

    @property
    def happened(self) -> Outcome | None:
        """What happened after the letters; None for nothing, and for words of an account file from elsewhere."""
        return Outcome(self.outcome) if self.outcome in [one.value for one in Outcome] else None


class InterviewerQuerySet(models.QuerySet["Interviewer"]):
    def for_candidate(self, candidate: Any) -> InterviewerQuerySet:
        """As for interviews."""
        if not candidate.is_authenticated:
            return self.none()
        return self.filter(interview__candidate=candidate, interview__deleted_at__isnull=True)


class Interviewer(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="interviewers")
    order = models.PositiveSmallIntegerField(_("order"))
    full_name = models.CharField(_("full name"), max_length=MAX_LENGTH["full_name"])
    greet_as = models.CharField(_("greeted as"), max_length=MAX_LENGTH["greet_as"], blank=True)
    email = models.EmailField(_("email"), max_length=MAX_LENGTH["email"], blank=True)
    job_title = models.CharField(_("job title"), max_length=MAX_LENGTH["job_title"], blank=True)
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES, blank=True)
    mentioned = models.TextField(max_length=MAX_LENGTH["mentioned"], blank=True)
    enjoyed = models.TextField(max_length=MAX_LENGTH["enjoyed"], blank=True)
    strengths = models.JSONField(default=list, blank=True)
    experience = models.TextField(max_length=MAX_LENGTH["experience"], blank=True)
    goal = models.TextField(max_length=MAX_LENGTH["goal"], blank=True)
    forgot = models.TextField(max_length=MAX_LENGTH["forgot"], blank=True)
    correction_topic = models.TextField(max_length=MAX_LENGTH["topic"], blank=True)
    correction_answer = models.TextField(max_length=MAX_LENGTH["answer"], blank=True)
    callback = models.TextField(max_length=MAX_LENGTH["callback"], blank=True)
    # db_default: while a new version is rolled out, the old one adds people without naming these columns.
    ask = models.TextField(max_length=MAX_LENGTH["ask"], blank=True, default="", db_default="")
    relates = models.BooleanField(null=True, blank=True)
    reaction = models.CharField(
        max_length=20, choices=REACTION_CHOICES, blank=True, default="", db_default=""
    )
    # The candidate's own sentence by the key of the note it stands for (OWN_SENTENCE_KEYS).
    own_sentences = models.JSONField(default=dict, blank=True, db_default={})
    skipped_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = InterviewerQuerySet.as_manager()

    class Meta:
        ordering = ("order", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(full_name=""), name="interviewer_full_name_given"),
            models.CheckConstraint(
                condition=_one_of("role", Role, blank=True), name="interviewer_role_known"
            ),
            models.CheckConstraint(
                condition=_one_of("reaction", Reaction, blank=True), name="interviewer_reaction_known"
            ),
        )

    def __str__(self) -> str:
        return self.full_name


def upload_place(sample: WorkSample, file_name: str) -> str:
    """Where a work sample's file lies: under names of our own, none that was typed."""
    return f"{sample.interviewer.interview.candidate_id}/{sample.id}"


class WorkSample(models.Model):
    """A link, or a file with the name its reader will see; the type is told by its content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    interviewer = models.ForeignKey(Interviewer, on_delete=models.CASCADE, related_name="work_samples")
    order = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(_("label"), max_length=MAX_LENGTH["label"], blank=True)
    url = models.URLField(_("link"), max_length=MAX_LENGTH["url"], blank=True)
    file = models.FileField(_("file"), upload_to=upload_place, max_length=100, blank=True)
    file_name = models.CharField(_("file name"), max_length=100, blank=True)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), default=0, editable=False)

    class Meta:
        ordering = ("order", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(file="", file_name="") & ~Q(url="") | Q(url="") & ~Q(file="") & ~Q(file_name=""),
                name="work_sample_link_xor_file",
            ),
        )

    def __str__(self) -> str:
        return self.label or self.file_name or self.url


class DraftQuerySet(models.QuerySet["Draft"]):
    def for_candidate(self, candidate: Any) -> DraftQuerySet:
        if not candidate.is_authenticated:
            return self.none()
        return self.filter(
            interviewer__interview__candidate=candidate, interviewer__interview__deleted_at__isnull=True
        )


KIND_CHOICES = _choices(
    Kind,
    {
        Kind.THANK_YOU: _("Thank-you"),
        Kind.RECRUITER: _("Mail to the recruiter"),
        Kind.FORWARD: _("Note to be forwarded"),
        Kind.LINKEDIN: _("LinkedIn message"),
        Kind.NUDGE: _("Question about news"),
        Kind.SECOND_NUDGE: _("Second question about news"),
        Kind.AFTER_REJECTION: _("Answer to a rejection"),
        Kind.OFFER_THANKS: _("Thanks for the offer"),
        Kind.MORE_TIME: _("Request for more time"),
        Kind.NEGOTIATE: _("Questions about the offer"),
        Kind.ACCEPT: _("Acceptance"),
        Kind.DECLINE: _("Declining the offer"),
        Kind.WITHDRAW: _("Withdrawal"),
        Kind.TYPO: _("Correction"),
    },
)


class Draft(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    interviewer = models.ForeignKey(Interviewer, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES, default=Kind.THANK_YOU)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("letter"), max_length=20_000, blank=True)
    tone = models.CharField(_("tone"), max_length=10, choices=TONE_CHOICES, default=Tone.WARM)
    version = models.PositiveIntegerField(default=1, editable=False)
    # What the text was composed from (services.facts_digest); another digest now means the notes changed since.
    facts_digest = models.CharField(max_length=64, blank=True, editable=False)
    left_out = models.JSONField(default=list, blank=True, editable=False)
    # Keys of notes that the composer could not fit and that wait for the candidate's own sentence.
    unsure = models.JSONField(default=list, blank=True, editable=False, db_default=[])
    # Of a letter after the thank-you: what the candidate answered, by the keys of its prompts.
    answers = models.JSONField(default=dict, blank=True, editable=False, db_default={})
    # Keys of findings the candidate waved away (domain.review.Finding.key); other words have another key.
    dismissed = models.JSONField(default=list, blank=True, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("interviewer", "kind"), name="draft_one_of_a_kind"),
            models.CheckConstraint(condition=_one_of("tone", Tone), name="draft_tone_known"),
            models.CheckConstraint(condition=_one_of("kind", Kind), name="draft_kind_known"),
        )

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return link("draft_edit", self.id)

    @property
    def waiting(self) -> list[str]:
        """The notes that keep the letter from being ready. Once edited, the candidate has put it in their own words."""
        return [] if self.edited_at or self.sent_at else self.unsure


REASON_CHOICES = _choices(
    Reason,
    {
        Reason.COMPOSED: _("Written from your notes"),
        Reason.EDITED: _("Your edit"),
        Reason.RECOMPOSED: _("Rewritten from changed notes"),
        Reason.RESTORED: _("An earlier version brought back"),
        Reason.TYPED: _("Saved while you were typing"),
        Reason.ASIDE: _("Typed in another tab or on another device"),
    },
)


class DraftRevision(models.Model):
    """Every text a draft ever had. Rows are added; only the one being typed into is written over, while it is."""

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


class TidiedDay(models.Model):
    """A day (UTC) whose housekeeping one of all processes and machines has claimed."""

    day = models.DateField(primary_key=True)

    def __str__(self) -> str:
        return str(self.day)
