"""The database models. Every query starts from the candidate: `Interview.objects.for_candidate(user)`."""

from drafts.models.candidates import DIALECT_CHOICES, TONE_CHOICES, Candidate
from drafts.models.drafts import Draft, DraftRevision
from drafts.models.housekeeping import TidiedDay
from drafts.models.interviews import (
    DELETED_KEPT,
    OUTCOME_CHOICES,
    REACTION_CHOICES,
    STAGE_CHOICES,
    Interview,
    Interviewer,
    InterviewQuerySet,
    WorkSample,
    upload_place,
)
from drafts.models.language_model import ModelUse
from drafts.models.reminders import ReminderSchedule

__all__ = [
    "DELETED_KEPT",
    "DIALECT_CHOICES",
    "OUTCOME_CHOICES",
    "REACTION_CHOICES",
    "STAGE_CHOICES",
    "TONE_CHOICES",
    "Candidate",
    "Draft",
    "DraftRevision",
    "Interview",
    "InterviewQuerySet",
    "Interviewer",
    "ModelUse",
    "ReminderSchedule",
    "TidiedDay",
    "WorkSample",
    "upload_place",
]
