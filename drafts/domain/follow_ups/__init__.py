"""Letters composed from answers, and when each is due. The questions and phrases are in phrasebook/kinds."""

from drafts.domain.follow_ups.days import named_day, promised_day, says_more_time
from drafts.domain.follow_ups.document import parse_follow_up
from drafts.domain.follow_ups.letters import Before, answers_of, compose_follow_up, starting_answer, unfit
from drafts.domain.follow_ups.moments import History, NextStep, StepStatus, next_step, thanks_step

__all__ = [
    "Before",
    "History",
    "NextStep",
    "StepStatus",
    "answers_of",
    "compose_follow_up",
    "named_day",
    "next_step",
    "parse_follow_up",
    "promised_day",
    "says_more_time",
    "starting_answer",
    "thanks_step",
    "unfit",
]
