"""CACHE_URL with a real server: what it shares, and how the product works while it is unavailable."""

import logging
import socket
import time
from contextlib import closing

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client

from config.cache import COPY_LIVES_S, CountingCache, SessionCache, SharedCache
from config.environment import Environment
from tests import servers
from tests.conftest import GUEST_BACKEND
from tests.factories import DraftFactory

pytestmark = pytest.mark.skipif(bool(servers.missing()), reason=servers.missing())


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = servers.cache(tmp_path_factory.mktemp("shared") / "cache")
    yield server
    server.stop()


def point(settings, port):
    url = Environment(CACHE_URL=f"valkey://127.0.0.1:{port}/1").CACHE_URL
    kinds = {"default": "CountingCache", "kept": "SharedCache", "sessions": "SessionCache"}
    settings.CACHES = {name: {**url, "BACKEND": f"config.cache.{kind}"} for name, kind in kinds.items()}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    SharedCache._away_until = 0.0
    CountingCache.meanwhile.clear()


@pytest.fixture(autouse=True)
def shared(server, settings):
    point(settings, server.port)
    caches["default"].clear()
    yield
    SharedCache._away_until = 0.0


@pytest.fixture
def away(settings):
    """A cache URL where nothing listens."""
    point(settings, 1)


def client_of(candidate):
    client = Client()
    client.force_login(candidate, GUEST_BACKEND)
    return client


def keys():
    return [key.decode() for key in caches["default"]._cache.get_client().scan_iter()]


def statuses(client, times):
    return [client.post("/account/delete/").status_code for _ in range(times)]


# ---------------------------------------------------------------- there


def test_limits_are_counted_where_all_machines_see_them(candidate):
    assert statuses(client_of(candidate), 10) == [422] * 10
    CountingCache.meanwhile.clear()  # as on another machine
    assert statuses(client_of(candidate), 1) == [429]


def test_a_session_is_read_from_the_cache_and_its_copy_lives_for_minutes(
    candidate, django_assert_num_queries
):
    client = client_of(candidate)
    client.get("/settings/")
    (key,) = [key for key in keys() if "cached_db" in key]
    assert 0 < caches["sessions"]._cache.get_client().ttl(key) <= COPY_LIVES_S == 300
    with django_assert_num_queries(0):
        assert client.session["_auth_user_id"] == str(candidate.pk)


def test_signing_out_ends_the_session_and_its_copy(candidate):
    client = client_of(candidate)
    cookie = client.cookies["sessionid"].value
    client.post("/sign-out/")
    assert not [key for key in keys() if cookie in key]
    client.cookies["sessionid"] = cookie
    assert "_auth_user_id" not in client.session


# ---------------------------------------------------------------- away


@pytest.mark.usefixtures("away")
def test_without_its_cache_people_sign_in_and_save(candidate, client):
    sent = {"login": candidate.email, "password": "correct horse"}
    assert client.post("/sign-in/", sent).status_code == 302
    draft = DraftFactory(interviewer__interview__candidate=candidate)
    sent = {"subject": "Hello", "body": "Dear Rosa", "version": draft.version}
    assert client.post(draft.get_absolute_url(), sent).status_code == 302
    assert "Dear Rosa" in client.get(draft.get_absolute_url()).content.decode()


@pytest.mark.usefixtures("away")
def test_without_its_cache_limits_are_counted_in_the_process(candidate):
    assert statuses(client_of(candidate), 11) == [422] * 10 + [429]


@pytest.mark.usefixtures("away")
def test_without_its_cache_a_session_that_ended_has_ended(candidate):
    client = client_of(candidate)
    client.get("/settings/")
    Session.objects.all().delete()
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("away")
def test_an_unavailable_cache_is_logged_once_and_not_used_for_a_while(client, db, caplog):
    for _ in range(3):
        assert caches["default"].get("a", "nothing") == "nothing"
    told = [record for record in caplog.records if record.name == "config.cache"]
    assert [(record.levelno, record.getMessage()) for record in told] == [
        (logging.WARNING, "The cache of CACHE_URL is away (ConnectionError); going on without it")
    ]
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["cache"]) == (200, "away")


def test_it_is_asked_again_when_the_pause_is_over(server, client, db):
    server.stop()
    caches["default"].set("a", 1)
    assert caches["default"].get("a") == 1  # in the process
    server.start()
    SharedCache._away_until = time.monotonic()
    assert caches["default"].get("a") is None
    caches["default"].set("a", 2)
    assert [key for key in keys() if key.endswith(":a")]
    assert client.get("/readyz").json()["cache"] == "there"


def test_deleting_works_right_after_the_cache_was_unavailable():
    caches["sessions"].set("a", 1, 60)
    SharedCache._away_until = time.monotonic() + 60
    caches["sessions"].delete("a")
    SharedCache._away_until = 0.0
    assert caches["sessions"].get("a") is None


def test_a_cache_that_does_not_respond_counts_as_unavailable(settings):
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        point(settings, silent.getsockname()[1])
        assert caches["default"].get("a", "nothing") == "nothing"
        assert caches["default"].is_away()


def test_no_copy_of_a_session_is_kept_while_the_cache_is_unavailable():
    SharedCache._away_until = time.monotonic() + 60
    caches["sessions"].set("a", 1, 60)
    assert caches["sessions"].get("a") is None
    assert isinstance(caches["sessions"], SessionCache)
