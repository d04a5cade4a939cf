import tomllib
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from drafts.domain.compose import compose_panel
from drafts.domain.trades import Family, family_of
from drafts.management.commands.seed_demo import DEMO
from drafts.models import Candidate, Draft, Interview, Interviewer
from drafts.pages.queries import cards
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


def test_the_demo_account_has_many_trades():
    interviews = tomllib.loads(DEMO.read_text(encoding="utf-8"))["interviews"]
    families = Counter(family_of(one["position"], one["field"]) for one in interviews)
    assert len(families) >= 8
    assert families[Family.NEUTRAL] == 0
    assert max(families.values()) <= 2


def test_seed_demo_shows_what_becomes_of_notes(capsys):
    seed(capsys)
    letters = [letter for one in Interview.objects.all() for letter in compose_panel(read_whole(one).panel)]
    uses = Counter(note.use for letter in letters for note in letter.notes)
    assert (uses["set_aside"], uses["no_room"]) == (1, 0)
    # No note needs the candidate's own words before its letter is ready.
    assert [letter.unsure for letter in letters if letter.unsure] == []
    assert Interviewer.objects.exclude(own_sentences={}).count() == 2
    assert Interviewer.objects.filter(relates=True).exists()
    assert Interviewer.objects.exclude(reaction="").exists()
    # An unsent letter to someone whose address is unknown.
    assert Draft.objects.filter(interviewer__email="", sent_at=None).exists()


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
