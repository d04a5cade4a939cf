"""One factory per model, each with the minimum for a realistic row."""

from __future__ import annotations

import datetime as dt

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from drafts.domain.facts import Reason, Role, Stage, Tone
from drafts.models import Candidate, Draft, DraftRevision, Interview, Interviewer, WorkSample


class CandidateFactory(DjangoModelFactory[Candidate]):
    class Meta:
        model = Candidate
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"candidate{n}@example.com")
    full_name = "Robin Meyer"
    signature = "Robin Meyer\n+1 555 0100"
    time_zone = "Europe/Berlin"
    password = factory.django.Password("correct horse")

    @factory.post_generation
    def address(self, create: bool, extracted: object, **kwargs: object) -> None:
        if create:
            self.emailaddress_set.create(email=self.email, verified=True, primary=True)


class GuestFactory(DjangoModelFactory[Candidate]):
    class Meta:
        model = Candidate

    email = None
    is_guest = True
    full_name = "Sam Guest"
    password = factory.django.Password(None)


class InterviewFactory(DjangoModelFactory[Interview]):
    class Meta:
        model = Interview

    candidate = factory.SubFactory(CandidateFactory)
    company = factory.Sequence(lambda n: f"Zylker {n}")
    position = "Platform Engineer"
    field = "logistics software"
    team = "Routing"
    stage = Stage.PANEL
    ended_at = dt.datetime(2026, 3, 3, 15, 30, tzinfo=dt.UTC)
    time_zone = "Europe/Berlin"
    country = "DE"
    search_text = factory.LazyAttribute(lambda row: f"{row.company} {row.position}".casefold())


class InterviewerFactory(DjangoModelFactory[Interviewer]):
    """An interviewer without notes; `NotedInterviewerFactory` has notes."""

    class Meta:
        model = Interviewer

    interview = factory.SubFactory(InterviewFactory)
    order = factory.Sequence(int)
    full_name = factory.Sequence(lambda n: f"Priya Nair{n}")
    greet_as = "Priya"
    email = factory.Sequence(lambda n: f"priya{n}@example.com")
    job_title = "Staff Engineer"
    role = Role.PEER


class NotedInterviewerFactory(InterviewerFactory):
    mentioned = "the move from nightly batches to streaming"
    enjoyed = "how the team reviews each other's designs"
    strengths = factory.LazyFunction(lambda: ["Python", "PostgreSQL"])
    experience = "leading the migration of a billing system"
    goal = "cut the time from order to dispatch"


class OutsiderFactory(InterviewerFactory):
    """Somebody outside the panel, who helped."""

    full_name = factory.Sequence(lambda n: f"Dana Reed{n}")
    greet_as = "Dana"
    email = factory.Sequence(lambda n: f"dana{n}@example.com")
    role = ""
    is_outside = True


class WorkSampleFactory(DjangoModelFactory[WorkSample]):
    class Meta:
        model = WorkSample

    interviewer = factory.SubFactory(InterviewerFactory)
    order = factory.Sequence(int)
    label = "Talk on streaming"
    url = "https://example.com/talk"


class WorkFileFactory(DjangoModelFactory[WorkSample]):
    """A work sample that is a file, which is also created."""

    class Meta:
        model = WorkSample

    interviewer = factory.SubFactory(InterviewerFactory)
    order = factory.Sequence(int)
    file_name = "case-study.txt"
    content_type = "text/plain"
    size = 14
    file = factory.LazyFunction(lambda: ContentFile(b"A case study.\n", name="case-study.txt"))


class DraftFactory(DjangoModelFactory[Draft]):
    class Meta:
        model = Draft

    interviewer = factory.SubFactory(NotedInterviewerFactory)
    subject = "Thank you for the talk about the Platform Engineer position"
    body = "Hi Priya,\n\nThank you for your time today.\n\nBest,\nRobin Meyer"
    tone = Tone.WARM


class DraftRevisionFactory(DjangoModelFactory[DraftRevision]):
    class Meta:
        model = DraftRevision

    draft = factory.SubFactory(DraftFactory)
    version = factory.Sequence(lambda n: n + 1)
    subject = factory.SelfAttribute("draft.subject")
    body = factory.SelfAttribute("draft.body")
    tone = factory.SelfAttribute("draft.tone")
    reason = Reason.COMPOSED
