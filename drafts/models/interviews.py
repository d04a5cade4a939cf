"""Interviews, interviewers, and the work samples for the letters to them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from drafts.domain.facts import MAX_LENGTH, Outcome, Reaction, Role, Stage, member_of
from drafts.domain.window import CLOSES, OPENS
from drafts.models.candidates import Candidate
from drafts.models.choices import choices, one_of
from drafts.web.links import link

STAGE_CHOICES = choices(
    Stage,
    {
        Stage.PHONE_SCREEN: _("Phone screen"),
        Stage.TECHNICAL: _("Technical interview"),
        Stage.PANEL: _("Panel interview"),
        Stage.HIRING_MANAGER: _("Hiring manager interview"),
        Stage.CULTURE: _("Team interview"),
        Stage.FINAL: _("Final round"),
    },
)
ROLE_CHOICES = choices(
    Role,
    {
        Role.HIRING_MANAGER: _("Hiring manager"),
        Role.PEER: _("Future colleague"),
        Role.RECRUITER: _("Recruiter"),
        Role.LEADER: _("Senior leader"),
    },
)
OUTCOME_CHOICES = choices(
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
REACTION_CHOICES = choices(
    Reaction,
    {
        Reaction.WORK_ON: _("I’d like to work on that"),
        Reaction.GOOD_TO_KNOW: _("That’s good to know"),
    },
)


# How long a deleted interview can be restored.
DELETED_KEPT = dt.timedelta(days=30)


class InterviewQuerySet(models.QuerySet["Interview"]):
    def for_candidate(self, candidate: Any) -> InterviewQuerySet:
        """Only what this candidate owns; nothing for a visitor."""
        if not candidate.is_authenticated:
            return self.none()
        return self.filter(candidate=candidate, deleted_at__isnull=True)

    def deleted_by(self, candidate: Any) -> InterviewQuerySet:
        """What this candidate deleted and can still restore."""
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
    # The day the candidate was told the outcome, if known.
    outcome_on = models.DateField(_("heard on"), null=True, blank=True)
    # When the readers are at work: local hours, and the days as digits from 0 (Monday) to 6 (Sunday).
    work_opens = models.TimeField(_("work starts at"), default=OPENS)
    work_closes = models.TimeField(_("work ends at"), default=CLOSES)
    work_days = models.CharField(_("working days"), max_length=7, default="01234")
    # The candidate's own send time, which overrides the recommended one.
    chosen_send_at = models.DateTimeField(_("own time to send"), null=True, blank=True)
    # The calendar invitation this was read from, so that an update of it finds this interview.
    invitation_uid = models.CharField(max_length=255, blank=True, editable=False)
    invitation_sequence = models.PositiveIntegerField(default=0, editable=False)
    # Incremented whenever what calendars show of this interview changes: calendars use the event with the highest
    # number.
    calendar_sequence = models.PositiveIntegerField(default=0, editable=False)
    calendar_changed_at = models.DateTimeField(default=timezone.now, editable=False)
    # Company, position and interviewers for searching, without case and accents (kept up to date by services).
    search_text = models.TextField(editable=False, default="")
    # The candidate's name or signature has changed, so the letters get the new one when they are next opened.
    sender_changed = models.BooleanField(default=False, db_default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    # If set, the interview is only shown in the list of deleted ones, and is deleted for good after DELETED_KEPT.
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ("-ended_at", "-created_at", "id")
        indexes = (
            models.Index(fields=("candidate", "-ended_at"), name="interview_candidate_ended"),
            models.Index(fields=("candidate", "invitation_uid"), name="interview_candidate_invitation"),
            # For the housekeeping and the admin list.
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
                condition=one_of("stage", Stage, blank=True), name="interview_stage_known"
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
        """The outcome; None if there is none, or if it is an unknown value from an imported account file."""
        return member_of(Outcome, self.outcome)


class InterviewerQuerySet(models.QuerySet["Interviewer"]):
    def for_candidate(self, candidate: Any) -> InterviewerQuerySet:
        """Like InterviewQuerySet.for_candidate."""
        if not candidate.is_authenticated:
            return self.none()
        return self.filter(interview__candidate=candidate, interview__deleted_at__isnull=True)


class PanelManager(models.Manager.from_queryset(InterviewerQuerySet)):  # type: ignore[misc] # built at run time
    """People who were at interviews. Use `everyone` to also find people outside the panel."""

    def get_queryset(self) -> InterviewerQuerySet:
        found: InterviewerQuerySet = super().get_queryset().filter(is_outside=False)
        return found


class Interviewer(models.Model):
    """A member of the panel or, if `is_outside`, someone who helped and is thanked by letter."""

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
    # db_default, because during a rollout the old version still inserts people without these columns.
    ask = models.TextField(max_length=MAX_LENGTH["ask"], blank=True, default="", db_default="")
    relates = models.BooleanField(null=True, blank=True)
    reaction = models.CharField(
        max_length=20, choices=REACTION_CHOICES, blank=True, default="", db_default=""
    )
    # The candidate's own sentences by the key of the note each replaces (OWN_SENTENCE_KEYS).
    own_sentences = models.JSONField(default=dict, blank=True, db_default={})
    # What was typed into the box for everything and not sorted into notes yet.
    everything = models.TextField(
        max_length=MAX_LENGTH["everything"], blank=True, default="", db_default="", editable=False
    )
    # Whether the candidate had spoken with them before; None until the candidate answers.
    met_before = models.BooleanField(null=True, blank=True)
    # Not of the panel: referred or introduced the candidate, or told them about the work.
    is_outside = models.BooleanField(default=False, db_default=False, editable=False)
    skipped_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PanelManager()
    everyone = InterviewerQuerySet.as_manager()

    class Meta:
        ordering = ("order", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(full_name=""), name="interviewer_full_name_given"),
            models.CheckConstraint(condition=one_of("role", Role, blank=True), name="interviewer_role_known"),
            models.CheckConstraint(
                condition=one_of("reaction", Reaction, blank=True), name="interviewer_reaction_known"
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    def files(self) -> list[WorkSample]:
        """The work samples that are files."""
        return [sample for sample in self.work_samples.all() if sample.file]


def upload_place(sample: WorkSample, file_name: str) -> str:
    """The path of a work sample's file. It contains no user input."""
    return f"{sample.interviewer.interview.candidate_id}/{sample.id}"


class WorkSample(models.Model):
    """A link, or a file with the name its reader will see; its type is detected from its content."""

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
