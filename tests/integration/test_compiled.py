"""SQL that is built once gives the same results as the queryset."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import F

from drafts.compiled import Compiled, Given
from drafts.models import Draft, Interview
from tests.factories import DraftFactory, InterviewFactory

MINE = Given(Interview, "candidate")


def test_instances_are_those_of_the_queryset(candidate):
    InterviewFactory(candidate=candidate, chosen_send_at=dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC))
    InterviewFactory()
    mine = Compiled(lambda: Interview.objects.filter(candidate=MINE))

    found = mine(candidate=candidate.pk)

    expected = Interview.objects.filter(candidate=candidate)
    assert [vars(one) | {"_state": 0} for one in found] == [vars(one) | {"_state": 0} for one in expected]
    assert not found[0]._state.adding


def test_related_and_annotated_values_are_loaded(db, django_assert_num_queries):
    draft = DraftFactory(left_out=["goal"])
    one = Compiled(
        lambda: (
            Draft.objects.filter(pk=Given(Draft, "id"))
            .annotate(company=F("interviewer__interview__company"))
            .select_related("interviewer__interview")
        )
    )

    with django_assert_num_queries(1):
        found = one.first(id=draft.id)
        assert found.interviewer.interview == draft.interviewer.interview
    assert (found.company, found.left_out) == (draft.interviewer.interview.company, ["goal"])


def test_values_are_tuples_without_ordering_columns(candidate):
    early, late = (
        InterviewFactory(candidate=candidate, ended_at=dt.datetime(2026, 3, day, tzinfo=dt.UTC))
        for day in (3, 4)
    )
    since = Compiled(
        lambda: (
            Interview.objects.filter(ended_at__gte=Given(Interview, "ended_at", "since"))
            .order_by("-ended_at")
            .values_list("id")
            .distinct()
        )
    )

    assert since(since=early.ended_at) == [(late.id,), (early.id,)]
    assert since(since=late.ended_at) == [(late.id,)]
    assert since.first(since=late.ended_at + dt.timedelta(days=1)) is None


def test_the_queryset_is_built_once(candidate):
    built = []

    def build():
        built.append(connection.vendor)
        return Interview.objects.filter(candidate=MINE)

    mine = Compiled(build)
    interview = InterviewFactory(candidate=candidate)
    assert mine(candidate=candidate.pk) == [interview]
    assert mine(candidate=InterviewFactory().candidate_id) != [interview]
    assert built == [connection.vendor]


def test_no_candidate_is_found_by_the_key_of_nobody(candidate, django_user_model):
    assert django_user_model.objects.get(pk=candidate.pk) == candidate
    missing = InterviewFactory.build().id
    with pytest.raises(django_user_model.DoesNotExist):
        django_user_model.objects.get(pk=missing)
