"""Of every URL: strangers get 404, wrong methods 405, visitors without work nothing of anyone's."""

import uuid

import pytest
from django.urls import reverse

from drafts.models import WorkSample
from drafts.urls import urlpatterns
from tests.factories import CandidateFactory, DraftFactory, DraftRevisionFactory, WorkFileFactory

OPEN = {
    "home",
    "due",
    "interview_list",
    "interview_new",
    "invitation_read",
    "invitation_confirm",
    "calendar",
    "calendar_feed",
    "sent_letters",
    "sign_in",
    "sign_out",
    "healthz",
}
OWNED = sorted({pattern.name for pattern in urlpatterns} - OPEN)
READ = {
    "interview_detail",
    "interview_plan",
    "interview_calendar",
    "interview_letters",
    "interview_contacts",
    "file_download",
    "draft_history",
    "draft_copy",
    "draft_eml",
    "likeness",
}
WRITE = {
    "conversation_preview",
    "conversation_skip",
    "draft_create",
    "route_create",
    "draft_channel",
    "draft_check",
    "draft_tone",
    "draft_restore",
    "draft_mark_sent",
    "draft_mark_unsent",
}


@pytest.fixture
def revision(candidate):
    found = DraftRevisionFactory(draft__interviewer__interview__candidate=candidate)
    WorkFileFactory(interviewer=found.draft.interviewer)
    DraftFactory(interviewer__interview=found.draft.interviewer.interview)
    return found


def url(name, revision):
    draft = revision.draft
    known = {
        "interview_id": draft.interviewer.interview_id,
        "interviewer_id": draft.interviewer_id,
        "other_id": draft.interviewer.interview.interviewers.exclude(pk=draft.interviewer_id).get().id,
        "draft_id": draft.id,
        "revision_id": revision.id,
        "kind": "linkedin",
        "sample_id": WorkSample.objects.filter(interviewer=draft.interviewer_id)
        .values_list("id", flat=True)
        .first(),
        "token": "0" * 43,
    }
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    return reverse(name, kwargs={key: known[key] for key in pattern.pattern.converters})


def methods(name):
    return ["get"] if name in READ else ["post"] if name in WRITE else ["get", "post"]


@pytest.mark.parametrize("name", OWNED)
def test_a_stranger_finds_nothing(client, revision, name):
    client.force_login(CandidateFactory())
    for method in methods(name):
        assert getattr(client, method)(url(name, revision)).status_code == 404


@pytest.mark.parametrize("name", OWNED)
def test_a_visitor_without_a_session_finds_nothing(client, revision, name):
    for method in methods(name):
        assert getattr(client, method)(url(name, revision)).status_code == 404


@pytest.mark.parametrize("name", OWNED)
def test_the_owner_finds_it(signed_in, revision, name):
    for method in methods(name):
        assert getattr(signed_in, method)(url(name, revision)).status_code in (200, 302, 422)


@pytest.mark.parametrize("name", sorted(READ | WRITE))
def test_the_wrong_method_is_refused(signed_in, revision, name):
    other = "get" if name in WRITE else "post"
    assert getattr(signed_in, other)(url(name, revision)).status_code == 405


@pytest.mark.parametrize("name", OWNED)
def test_other_methods_are_refused(signed_in, revision, name):
    assert signed_in.put(url(name, revision)).status_code == 405


@pytest.mark.parametrize("name", ["home", "due", "interview_list", "healthz"])
def test_open_pages_are_for_reading(client, db, name):
    assert client.get(reverse(name)).status_code == 200
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", OWNED)
def test_an_id_of_nothing_is_not_found(signed_in, revision, name):
    pattern = next(pattern for pattern in urlpatterns if pattern.name == name)
    nothing = reverse(
        name,
        kwargs={key: "linkedin" if key == "kind" else uuid.uuid4() for key in pattern.pattern.converters},
    )
    for method in methods(name):
        assert getattr(signed_in, method)(nothing).status_code == 404


def test_a_person_is_only_found_in_their_own_interview(signed_in, candidate, revision):
    other = DraftFactory(interviewer__interview__candidate=candidate).interviewer.interview
    address = reverse("conversation_edit", args=[other.id, revision.draft.interviewer_id])
    assert signed_in.get(address).status_code == 404


def test_a_version_is_only_restored_to_its_own_letter(signed_in, candidate, revision):
    other = DraftFactory(interviewer__interview__candidate=candidate)
    assert signed_in.post(reverse("draft_restore", args=[other.id, revision.id])).status_code == 404
