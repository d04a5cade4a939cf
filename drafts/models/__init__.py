"""The database models. Every query starts from the candidate: `Interview.objects.for_candidate(user)`."""

from drafts.models.candidates import DIALECT_CHOICES, TONE_CHOICES, Candidate, CandidateManager
from drafts.models.drafts import KIND_CHOICES, REASON_CHOICES, Draft, DraftQuerySet, DraftRevision
from drafts.models.housekeeping import TidiedDay
from drafts.models.interviews import (
    DELETED_KEPT,
    OUTCOME_CHOICES,
    REACTION_CHOICES,
    ROLE_CHOICES,
    STAGE_CHOICES,
    Interview,
    Interviewer,
    InterviewerQuerySet,
    InterviewQuerySet,
    WorkSample,
    upload_place,
)
from drafts.models.language_model import ModelUse
from drafts.models.reminders import ReminderSchedule

__all__ = [
    "DELETED_KEPT",
    "DIALECT_CHOICES",
    "KIND_CHOICES",
    "OUTCOME_CHOICES",
    "REACTION_CHOICES",
    "REASON_CHOICES",
    "ROLE_CHOICES",
    "STAGE_CHOICES",
    "TONE_CHOICES",
    "Candidate",
    "CandidateManager",
    "Draft",
    "DraftQuerySet",
    "DraftRevision",
    "Interview",
    "InterviewQuerySet",
    "Interviewer",
    "InterviewerQuerySet",
    "ModelUse",
    "ReminderSchedule",
    "TidiedDay",
    "WorkSample",
    "upload_place",
]
