"""Maps stored rows to the domain's facts. Nothing else does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from drafts import models
from drafts.domain import facts, time_zones
from drafts.domain.compose import effective_role
from drafts.domain.facts_json import dump_panel
from drafts.domain.moments import known_zones
from drafts.domain.naming import printed_name
from drafts.domain.phrasebook import ONLY_FOR
from drafts.domain.routes import recruiter_of
from drafts.domain.window import WorkingWeek


def own_zone(interview: models.Interview) -> ZoneInfo:
    """The candidate's time zone; the interview's if theirs is not known."""
    own = interview.candidate.time_zone
    return time_zones.zone(own if own in known_zones() else interview.time_zone)


def own_sentences(given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The nonempty sentences for the keys that may have one, in the order of those keys."""
    stripped = ((key, given.get(key, "").strip()) for key in facts.OWN_SENTENCE_KEYS)
    return tuple((key, sentence) for key, sentence in stripped if sentence)


def interviewer_facts(
    person: models.Interviewer, samples: list[models.WorkSample] | None = None
) -> facts.Interviewer:
    """The facts of one person; `samples` replaces the stored work samples if a form has others."""
    stored = list(person.work_samples.all()) if samples is None else samples
    return facts.Interviewer(
        full_name=person.full_name,
        greet_as=person.greet_as,
        email=person.email,
        job_title=person.job_title,
        role=facts.Role(person.role) if person.role else None,
        mentioned=person.mentioned,
        enjoyed=person.enjoyed,
        strengths=tuple(person.strengths),
        experience=person.experience,
        goal=person.goal,
        forgot=person.forgot,
        correction=facts.Correction(person.correction_topic, person.correction_answer),
        callback=person.callback,
        ask=person.ask,
        relates=person.relates,
        reaction=facts.Reaction(person.reaction) if person.reaction else None,
        say=own_sentences(person.own_sentences),
        met_before=person.met_before,
        work_samples=tuple(facts.WorkSample(sample.label, sample.url, sample.file_name) for sample in stored),
    )


def panel_facts(interview: models.Interview, people: list[facts.Interviewer]) -> facts.Panel:
    sender = interview.candidate
    return facts.Panel(
        sender=facts.Sender(sender.full_name, sender.signature),
        interview=facts.Interview(
            company=interview.company,
            position=interview.position,
            ended_at=interview.ended_at.astimezone(time_zones.zone(interview.time_zone)),
            time_zone=interview.time_zone,
            field=interview.field,
            stage=facts.Stage(interview.stage) if interview.stage else None,
            country=interview.country,
            team=interview.team,
            decision_known=True if interview.decision_expected_on else None,
        ),
        interviewers=tuple(people),
    )


def working_week(interview: models.Interview) -> WorkingWeek:
    """When the people of this interview are at work."""
    days = frozenset(int(day) for day in interview.work_days)
    return WorkingWeek(interview.work_opens, interview.work_closes, days, interview.country)


def _as_read(person: facts.Interviewer) -> facts.Interviewer:
    """The person with only what a letter shows of their work: the role, and the job of somebody without a name."""
    job_title = "" if printed_name(person.full_name, person.greet_as) else person.job_title
    return replace(person, role=effective_role(person), job_title=job_title)


def follow_up_digest(
    panel: facts.Panel, index: int, kind: facts.Kind, *rest: object, is_former: bool = False
) -> str:
    """A digest of what a follow-up was composed from; notes on the conversation do not count.

    `rest` is everything else it depends on, as values that are fully described by their repr.
    """
    one, interview = panel.interviewers[index], panel.interview
    one = one if is_former else _as_read(one)
    about = (interview.company, interview.position, interview.stage, interview.ended_at.date().isoformat())
    person = (one.full_name, one.greet_as, one.job_title, one.role)
    text = repr((kind.value, panel.sender, about, person, rest))
    return hashlib.sha256(text.encode()).hexdigest()


def facts_digest(
    panel: facts.Panel,
    index: int,
    tone: facts.Tone,
    kind: facts.Kind = facts.Kind.THANK_YOU,
    *,
    is_former: bool = False,
) -> str:
    """A digest of what one letter was composed from, without the rest of the panel.

    `is_former`: as of letters that were composed when a job title counted even where the letter does not show it.
    """
    person = panel.interviewers[index]
    one = facts.Panel(panel.sender, panel.interview, (person if is_former else _as_read(person),))
    document = dump_panel(one)
    # Facts that the letter does not use cannot make it stale.
    for key in ("ended_at", "time_zone", "country"):
        document["interview"].pop(key, None)
    document["interviewers"][0].pop("email", None)
    if effective_role(panel.interviewers[index]) not in ONLY_FOR["next_steps"]:
        # Only these are asked when they will decide.
        document["interview"].pop("decision_known", None)
    if not panel.interviewers[index].met_before:
        # Only a yes changes the letter.
        document["interviewers"][0].pop("met_before", None)
    if kind is facts.Kind.RECRUITER:
        asked = recruiter_of(panel, index)
        document["recruiter"] = asked is not None and [
            panel.interviewers[asked].full_name,
            panel.interviewers[asked].greet_as,
        ]
    text = json.dumps([document, tone.value], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
