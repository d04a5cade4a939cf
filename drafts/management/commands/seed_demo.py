"""`manage.py seed_demo`: creates a demo account with realistic data; run again, it recreates the data."""

from __future__ import annotations

import datetime as dt
import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from drafts import services
from drafts.domain.facts import Kind, Stage
from drafts.domain.files import DATA_DIR, read_toml
from drafts.domain.moments import local_moment
from drafts.models import Candidate, Draft, Interview, Interviewer

DEMO = DATA_DIR / "demo.toml"
EMAIL = "demo@afterword.example"


class Command(BaseCommand):
    help = "Makes the account demo@afterword.example with twelve interviews, or makes its data anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", help="the account's password; without it one is made and printed")

    def handle(self, *args: Any, password: str | None = None, **options: Any) -> None:
        password = password or secrets.token_urlsafe(9)
        demo = read_toml(DEMO)
        with transaction.atomic():
            candidate = _account(password)
            for values in demo["interviews"]:
                _interview(candidate, values, demo["full_name"], demo["signature"])
        self.stdout.write(
            f"{len(demo['interviews'])} interviews are ready. Sign in as {EMAIL}, password {password}"
        )


def _account(password: str) -> Candidate:
    candidate = Candidate.objects.filter(email=EMAIL).first() or Candidate.objects.create_user(EMAIL)
    candidate.set_password(password)
    candidate.save()
    candidate.interviews.all().delete()
    return candidate


def _interview(candidate: Candidate, values: dict[str, Any], full_name: str, signature: str) -> None:
    ended_at = _ended_at(values)
    kept = {name: values.get(name, "") for name in services.INTERVIEW_FIELDS}
    kept |= {"ended_at": ended_at, "stage": Stage(values["stage"])}
    interview = services.create_interview(candidate, kept, full_name=full_name, signature=signature)
    rows = [
        {"id": None, "DELETE": False} | {name: person.get(name, "") for name in services.PERSON_FIELDS}
        for person in values["people"]
    ]
    services.save_panel(interview, rows, None)
    stored = Interview.objects.get(pk=interview.pk)
    people = stored.interviewers.select_related("interview__candidate")
    for place, (person, facts) in enumerate(zip(people, values["people"], strict=True)):
        # As if all letters were written in one afternoon, ten minutes each.
        _conversation(person, facts, min(ended_at + dt.timedelta(minutes=90 + 10 * place), timezone.now()))
    Interview.objects.filter(pk=interview.pk).update(created_at=ended_at + dt.timedelta(hours=1))


def _ended_at(values: dict[str, Any]) -> dt.datetime:
    day = timezone.now().date() - dt.timedelta(days=values["days_ago"])
    day -= dt.timedelta(days=max(0, day.weekday() - 4))
    return local_moment(dt.datetime.combine(day, dt.time.fromisoformat(values["at"])), values["time_zone"])


def _conversation(person: Interviewer, facts: dict[str, Any], at: dt.datetime) -> None:
    state = facts["state"]
    if state == "skipped":
        services.skip_interviewer(person)
    if state in ("nothing", "skipped"):
        return
    correction = facts.get("correction", {})
    notes = {name: facts[name] for name in services.NOTE_FIELDS if name in facts} | {
        "strengths": facts.get("strengths", []),
        "correction_topic": correction.get("topic", ""),
        "correction_answer": correction.get("answer", ""),
        "own_sentences": facts.get("say", {}),
    }
    services.save_conversation(person, notes, facts.get("work_samples", []), None)
    draft = person.drafts.get(kind=Kind.THANK_YOU)
    if "edit" in facts:
        greeting, thanks, *rest = draft.body.split("\n\n")
        body = "\n\n".join([greeting, f"{thanks} {facts['edit']}", *rest])
        draft = services.save_draft(draft, draft.subject, body, None)
    if state == "sent":
        services.mark_sent(draft)
    _date(draft, at, sent=state == "sent")


def _date(draft: Draft, at: dt.datetime, *, sent: bool) -> None:
    """Changes the draft's times as if it had been written at `at`; services always use the current time."""
    later = at + dt.timedelta(minutes=4)
    times: dict[str, Any] = {"created_at": at}
    if draft.edited_at:
        times["edited_at"] = later
    if sent:
        times["sent_at"] = later
    Draft.objects.filter(pk=draft.pk).update(**times)
    draft.revisions.update(created_at=at)
    draft.revisions.filter(version__gt=1).update(created_at=later)
