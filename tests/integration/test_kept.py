"""The review of a stored letter is cached, can only be read with the letter, and is recomputed when needed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.cache import caches
from django.urls import reverse

from drafts import services
from drafts.domain import proofread
from drafts.domain.facts import Dialect
from drafts.models import Candidate, Draft, Interview, Interviewer, WorkSample
from drafts.services import kept
from tests.factories import DraftFactory, InterviewFactory, NotedInterviewerFactory

LETTER = (
    "Hi Priya,\n\nThank you for yesterday. You showed me the cellar of the archive.\n\nBest,\nRobin Meyer"
)


@pytest.fixture
def draft(candidate):
    interview = InterviewFactory(candidate=candidate, company="Zylker")
    person = NotedInterviewerFactory(interview=interview, full_name="Priya Nair", greet_as="Priya", order=0)
    other = NotedInterviewerFactory(interview=interview, full_name="Ana Lima", greet_as="Ana", order=1)
    DraftFactory(interviewer=other, body=LETTER.replace("Priya", "Ana"))
    return DraftFactory(interviewer=person, subject="Platform Engineer at Zylker", body=LETTER)


@pytest.fixture
def read(monkeypatch):
    """Every text that the proofreader was given."""
    texts = []
    lint = proofread._lint

    def counted(engine, text):
        texts.append(text)
        return lint(engine, text)

    monkeypatch.setattr(proofread, "_lint", counted)
    return texts


def is_read(read, ask):
    """Whether the proofreader runs on the letter when this page is requested."""
    read.clear()
    proofread.forget()
    assert ask().status_code == 200
    return LETTER.split("\n\n")[0] in read


PAGES = {
    "letter": lambda client, draft: client.get(draft.get_absolute_url()),
    "send": lambda client, draft: client.get(reverse("draft_copy", args=[draft.id])),
    "interview": lambda client, draft: client.get(draft.interviewer.interview.get_absolute_url()),
}


@pytest.mark.parametrize("page", PAGES)
def test_an_unchanged_letter_is_not_proofread_again(signed_in, draft, read, page):
    assert is_read(read, lambda: PAGES[page](signed_in, draft))
    for again in PAGES:
        assert not is_read(read, lambda again=again: PAGES[again](signed_in, draft))


def test_what_is_typed_is_read_and_not_kept(signed_in, draft, read):
    url = reverse("draft_check", args=[draft.id])
    typed = {"subject": "Something else", "body": LETTER, "version": 1}
    assert is_read(read, lambda: signed_in.post(url, typed))
    assert is_read(read, lambda: signed_in.post(url, typed))


def _change(model, **values):
    return lambda draft: model.objects.filter(**_mine(draft)[model]).update(**values)


def _mine(draft):
    person = draft.interviewer
    return {
        Candidate: {"pk": person.interview.candidate_id},
        Interview: {"pk": person.interview_id},
        Interviewer: {"pk": person.pk},
        Draft: {"pk": draft.pk},
    }


def _add_file(draft):
    WorkSample.objects.create(interviewer=draft.interviewer, file="a", file_name="plan.pdf", size=1)


CHANGES = {
    "subject": _change(Draft, subject="Yesterday"),
    "the other letter": lambda draft: Draft.objects.exclude(pk=draft.pk).update(body="Dear Ana"),
    "the other's name": lambda draft: Interviewer.objects.exclude(pk=draft.interviewer_id).update(
        full_name="Anna Lima"
    ),
    "another person": lambda draft: NotedInterviewerFactory(interview=draft.interviewer.interview, order=2),
    "another interview": lambda draft: InterviewFactory(
        candidate=draft.interviewer.interview.candidate, company="Zoho"
    ),
    "a file": _add_file,
    "own words": _change(Candidate, own_words=["cellar"]),
    "dialect": _change(Candidate, dialect=Dialect.BRITISH),
    "sender": _change(Candidate, full_name="Robin Maier"),
    "signature": _change(Candidate, signature="+1 555 0100"),
    "company": _change(Interview, company="Zylker Ltd"),
    "position": _change(Interview, position="Designer"),
    "field": _change(Interview, field="databases"),
    "team": _change(Interview, team="Storage"),
    "stage": _change(Interview, stage="final"),
    "country": _change(Interview, country="FR"),
    "name": _change(Interviewer, full_name="Prya Nair"),
    "greeting": _change(Interviewer, greet_as="Prya"),
    "address": _change(Interviewer, email="priya@zylker.example"),
    "title": _change(Interviewer, job_title="Archivist"),
    "role": _change(Interviewer, role="leader"),
    "note": _change(Interviewer, mentioned="the cellar"),
    "strengths": _change(Interviewer, strengths=["digging"]),
    "own sentence": _change(Interviewer, own_sentences={"mentioned": "You have a cellar."}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_any_input_recomputes_it(signed_in, draft, read, change):
    def ask():
        return PAGES["letter"](signed_in, draft)

    is_read(read, ask)
    assert not is_read(read, ask)
    CHANGES[change](draft)
    assert is_read(read, ask)
    assert not is_read(read, ask)


def test_another_text_is_read(signed_in, draft, read):
    is_read(read, lambda: PAGES["letter"](signed_in, draft))
    services.save_draft(draft, draft.subject, LETTER + "\nPS: The cellar!", None)
    is_read(read, lambda: PAGES["letter"](signed_in, draft))
    assert "Best,\nRobin Meyer\nPS: The cellar!" in read


@pytest.mark.parametrize("changed", ["file", "package"])
def test_other_rules_recompute_it(signed_in, draft, read, tmp_path, monkeypatch, changed):
    is_read(read, lambda: PAGES["letter"](signed_in, draft))
    if changed == "file":
        tmp_path.joinpath("domain").mkdir()
        tmp_path.joinpath("domain/rule.py").write_text("another rule")
        monkeypatch.setattr(kept, "HERE", tmp_path)
    else:
        monkeypatch.setattr(kept, "PACKAGES", frozenset())
    kept._secret.cache_clear()
    try:
        assert is_read(read, lambda: PAGES["letter"](signed_in, draft))
    finally:
        kept._secret.cache_clear()


def test_the_moment_is_looked_at_each_time(signed_in, draft, read, time_machine):
    def timing():
        answer = PAGES["letter"](signed_in, draft)
        return [note for note in answer.context["checked"].notes if note.finding.rule == "timing"]

    ended_at = draft.interviewer.interview.ended_at
    time_machine.move_to(ended_at + dt.timedelta(days=3))
    assert [note.finding.case for note in timing()] == ["late"]
    read.clear()
    time_machine.move_to(ended_at + dt.timedelta(minutes=31))
    assert "late" not in [note.finding.case for note in timing()]
    assert not read


def test_nobody_can_read_it_without_the_letter(signed_in, draft):
    PAGES["letter"](signed_in, draft)
    stored = caches["kept"]._cache
    assert stored
    for name, value in stored.items():
        assert not any(
            word in name.encode() + value for word in (b"Priya", b"Zylker", b"cellar", b"personal")
        )


def test_damaged_cache_entries_are_computed_again(signed_in, draft, read):
    PAGES["letter"](signed_in, draft)
    stored = caches["kept"]
    for name in [key.rpartition(":")[2] for key in stored._cache]:
        stored.set(name, stored.get(name)[:-1] + b"?")
    assert is_read(read, lambda: PAGES["letter"](signed_in, draft))
