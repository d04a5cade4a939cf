"""Metrics for Prometheus: only with the token, and without any user data."""

import pytest
from django.test import Client
from django.test.utils import override_settings
from prometheus_client.parser import text_string_to_metric_families

from drafts.domain.facts import Kind
from drafts.services import create_draft
from tests.factories import DraftFactory, InterviewerFactory
from tests.integration.test_settings import read

TOKEN = "of-the-tests-0123456789"


@pytest.fixture
def _measured(settings):
    settings.METRICS_TOKEN = TOKEN
    settings.MIDDLEWARE = ["config.metrics.MetricsMiddleware", *settings.MIDDLEWARE]


def numbers():
    """The metrics by name and labels."""
    answer = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def grown(before, name, **labels):
    key = (f"afterword_{name}", frozenset(labels.items()))
    return numbers().get(key, 0) - before.get(key, 0)


def test_strangers_see_no_numbers(client, db):
    assert client.get("/metrics").status_code == 404
    with override_settings(METRICS_TOKEN=TOKEN):
        assert client.get("/metrics").status_code == 403
        for given in ("", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer é"):
            assert client.get("/metrics", headers={"authorization": given}).status_code == 403
        assert client.post("/metrics").status_code == 405


def test_nothing_is_counted_without_the_setting(tmp_path):
    counting = "config.metrics.MetricsMiddleware"
    assert counting not in read(tmp_path)["MIDDLEWARE"]
    assert counting in read(tmp_path, METRICS_TOKEN=TOKEN)["MIDDLEWARE"]


@pytest.mark.usefixtures("_measured")
def test_requests_are_counted_by_page_method_and_status(client, db):
    before = numbers()
    client.get("/")
    client.post("/")
    client.get("/Quetzalcoatl/")
    client.generic("QUETZALCOATL", "/")
    assert grown(before, "requests_total", view="home", method="GET", status="200") == 1
    assert grown(before, "requests_total", view="home", method="POST", status="405") == 1
    assert grown(before, "requests_total", view="other", method="GET", status="404") == 1
    assert grown(before, "requests_total", view="home", method="OTHER", status="405") == 1
    assert grown(before, "request_seconds_count", view="home", method="GET") == 1
    assert "quetzalcoatl" not in f"{numbers()}".lower()


@pytest.mark.usefixtures("_measured")
def test_refused_saves_are_counted(signed_in, candidate):
    draft = DraftFactory(interviewer__interview__candidate=candidate)
    before = numbers()
    assert signed_in.post(draft.get_absolute_url(), {"version": "99", "body": "Dear Rosa"}).status_code == 409
    assert grown(before, "saves_refused_total", view="draft_edit", status="409") == 1


@pytest.mark.usefixtures("_measured")
def test_composed_letters_are_counted(candidate):
    person = InterviewerFactory(interview__candidate=candidate)
    before = numbers()
    create_draft(person, Kind.THANK_YOU)
    create_draft(person, Kind.THANK_YOU)
    assert grown(before, "letters_composed_total", kind="thank_you") == 1
