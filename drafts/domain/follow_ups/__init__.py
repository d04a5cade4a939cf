"""The letters after the thank-you, and when each is due. phrasebook/follow_ups.toml holds the kinds and their words."""

from drafts.domain.follow_ups.days import named_day
from drafts.domain.follow_ups.document import parse_follow_up
from drafts.domain.follow_ups.kinds import (
    MAX_ANSWER,
    FollowUp,
    FollowUpError,
    Prompt,
    PromptKind,
    completes,
    follow_up,
    offered_for,
    prompt_keys,
    to_outsiders,
)
from drafts.domain.follow_ups.letters import Before, answers_of, compose_follow_up, starting_answer, unfit
from drafts.domain.follow_ups.moments import History, NextStep, StepStatus, next_step, thanks_step

__all__ = [
    "MAX_ANSWER",
    "Before",
    "FollowUp",
    "FollowUpError",
    "History",
    "NextStep",
    "Prompt",
    "PromptKind",
    "StepStatus",
    "answers_of",
    "completes",
    "compose_follow_up",
    "follow_up",
    "named_day",
    "next_step",
    "offered_for",
    "parse_follow_up",
    "prompt_keys",
    "starting_answer",
    "thanks_step",
    "to_outsiders",
    "unfit",
]
