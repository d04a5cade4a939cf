import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from drafts.models import Candidate, Interviewer
from tests.factories import CandidateFactory, DraftFactory, DraftRevisionFactory, WorkSampleFactory

pytestmark = pytest.mark.django_db
MODELS = ("candidate", "interview", "interviewer", "draft")


@pytest.fixture
def maintainer(client):
    user = Candidate.objects.create_superuser("maintainer@example.com", "secret")
    client.force_login(user)
    return client


@pytest.mark.parametrize("model", MODELS)
def test_admin_list_takes_as_many_queries_for_thirty_rows_as_for_one(
    maintainer, django_assert_num_queries, django_assert_max_num_queries, model
):
    address = reverse(f"admin:drafts_{model}_changelist")
    DraftFactory()
    maintainer.get(address)  # Content types are read once per process.
    with django_assert_max_num_queries(20) as counted:
        maintainer.get(address)
    DraftFactory.create_batch(29)
    with django_assert_num_queries(len(counted)):
        response = maintainer.get(address)
    assert response.status_code == 200


@pytest.mark.parametrize("model", MODELS)
def test_admin_finds_by_text(maintainer, model):
    draft = DraftFactory(interviewer__interview__candidate=CandidateFactory(email="needle@example.com"))
    person = draft.interviewer
    wanted = {
        "candidate": person.interview.candidate,
        "interview": person.interview,
        "interviewer": person,
        "draft": draft,
    }
    needle = {"candidate": "needle", "interview": "needle"}.get(model, person.full_name)
    DraftFactory()
    response = maintainer.get(reverse(f"admin:drafts_{model}_changelist"), {"q": needle})
    assert list(response.context["cl"].result_list) == [wanted[model]]


@pytest.mark.parametrize("model", MODELS)
def test_admin_shows_one(maintainer, model):
    revision = DraftRevisionFactory()
    draft = revision.draft
    WorkSampleFactory(interviewer=draft.interviewer)
    row = {
        "candidate": draft.interviewer.interview.candidate,
        "interview": draft.interviewer.interview,
        "interviewer": draft.interviewer,
        "draft": draft,
    }[model]
    assert maintainer.get(reverse(f"admin:drafts_{model}_change", args=[row.pk])).status_code == 200


def test_admin_history_of_a_draft_is_for_reading(maintainer):
    revision = DraftRevisionFactory()
    page = maintainer.get(reverse("admin:drafts_draft_change", args=[revision.draft.pk]))
    inline = page.context["inline_admin_formsets"][0]
    assert (inline.has_add_permission, inline.has_change_permission, inline.has_delete_permission) == (
        False,
        False,
        False,
    )


def test_admin_adds_a_candidate_by_address(maintainer):
    response = maintainer.post(
        reverse("admin:drafts_candidate_add"),
        {"email": "new@example.com", "password1": "a long enough one", "password2": "a long enough one"},
    )
    assert response.status_code == 302
    assert Candidate.objects.get(email="new@example.com").is_guest is False


@pytest.mark.parametrize("model", MODELS)
def test_admin_list_counts_no_further_than_it_says(maintainer, monkeypatch, model):
    monkeypatch.setattr("drafts.admin.MOST_COUNTED", 3)
    DraftFactory.create_batch(5)
    with CaptureQueriesContext(connection) as queries:
        response = maintainer.get(reverse(f"admin:drafts_{model}_changelist"))
    assert response.context["cl"].result_count == 3
    counts = [query["sql"] for query in queries if query["sql"].startswith("SELECT COUNT(*)")]
    assert counts
    assert all("LIMIT 3)" in sql for sql in counts)


def test_admin_is_closed_to_candidates(signed_in):
    assert signed_in.get(reverse("admin:index")).status_code == 302
    assert Interviewer.objects.count() == 0
