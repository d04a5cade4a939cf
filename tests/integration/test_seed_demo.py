from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from drafts.models import Candidate, Draft, Interview, Interviewer
from drafts.queries import cards
from drafts.services import read_whole
from tests.factories import InterviewFactory

pytestmark = pytest.mark.django_db
EMAIL = "demo@afterword.example"


def seed(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    call_command("seed_demo", *args)
    return capsys.readouterr().out


def test_seed_demo_makes_a_believable_account(capsys):
    said = seed(capsys)

    demo = Candidate.objects.get(email=EMAIL)
    assert demo.check_password(said.split()[-1])
    interviews = list(demo.interviews.all())
    assert len(interviews) == 12
    assert all(timezone.now() - timedelta(days=92) < one.ended_at < timezone.now() for one in interviews)
    assert len({one.company for one in interviews}) == 12
    sizes = {one.interviewers.count() for one in interviews}
    assert (min(sizes), max(sizes)) == (1, 8)
    assert set(Interviewer.objects.values_list("role", flat=True)) == {
        "hiring_manager",
        "leader",
        "peer",
        "recruiter",
    }
    states = Counter(card.state for one in interviews for card in cards(read_whole(one)))
    assert set(states) == {"nothing", "drafted", "edited", "sent"}
    assert Interviewer.objects.filter(skipped_at__isnull=False).exists()


def test_seed_demo_leaves_no_draft_stale(capsys):
    seed(capsys)
    assert [
        card.person.full_name
        for one in Interview.objects.all()
        for card in cards(read_whole(one))
        if card.is_stale and card.state == "drafted"
    ] == []


def test_seed_demo_again_replaces_its_own_data_and_nothing_else(capsys):
    other = InterviewFactory()
    seed(capsys)
    first = Candidate.objects.get(email=EMAIL)
    before = (Interview.objects.count(), Draft.objects.count())

    seed(capsys, "--password", "a password of mine")

    again = Candidate.objects.get(email=EMAIL)
    assert again.pk == first.pk
    assert again.check_password("a password of mine")
    assert (Interview.objects.count(), Draft.objects.count()) == before
    assert Interview.objects.filter(pk=other.pk).exists()
