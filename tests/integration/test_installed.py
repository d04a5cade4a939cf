"""The manifest, the service worker and the offline page."""

import json

import pytest
from django.contrib.staticfiles import finders

pytestmark = pytest.mark.django_db


def test_the_manifest_names_icons_that_are_there(client):
    answer = client.get("/app.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    content = json.loads(answer.content)
    assert (content["start_url"], content["scope"], content["display"]) == ("/", "/", "standalone")
    assert [icon["sizes"] for icon in content["icons"]] == ["any", "192x192", "512x512", "512x512"]
    for icon in content["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/").split("?")[0])


def test_the_service_worker_is_revalidated_and_controls_the_whole_site(client):
    answer = client.get("/service-worker.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert 'const OFFLINE = "/offline/";' in answer.text
    assert "&" not in answer.text.partition("const FILES")[2].partition("]")[0]


def test_the_offline_page_holds_nothing_of_who_asks(client, signed_in, candidate):
    answer = signed_in.get("/offline/")
    assert answer.content == client.get("/offline/").content
    assert candidate.email not in answer.text
    assert "Cookie" not in answer.get("Vary", "")


def test_pages_lead_to_the_manifest_and_the_worker(client):
    text = client.get("/").text
    assert '<link rel="manifest" href="/app.webmanifest">' in text
    assert 'data-worker="/service-worker.js"' in text
