"""Two servers with one PostgreSQL and one Valkey behind a proxy, one of them killed during saves."""

from __future__ import annotations

import http.client
import json
import os
import random
import time
from collections import Counter
from contextlib import closing

import pytest

from bench import guests, replicas, serving
from bench.guests import Guest
from bench.stored import numbered_note
from tests import servers

pytestmark = [
    pytest.mark.skipif(bool(servers.missing()), reason=servers.missing()),
    pytest.mark.skipif(
        os.environ.get("TEST_DATABASE") != "postgres", reason="brings a PostgreSQL of its own; once is enough"
    ),
]


def ask(port, path, **headers):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as server:
        server.request("GET", path, headers={"Connection": "close", **headers})
        answer = server.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def ready(port):
    """What /readyz says once the parser and the proofreader are loaded."""
    until = time.monotonic() + serving.PATIENCE_S
    while (answer := ask(port, "/readyz"))[0] != 200 and time.monotonic() < until:
        time.sleep(0.2)
    return answer[::2]


def look(site):
    """Observations of a running site."""
    # Wait until the final workers have replaced the first ones, shortly after the start.
    both = [ready(replica.port) for replica in site.replicas]
    guest = Guest(site.proxy.port, site.record)
    # Creating an interview creates the guest.
    assert guests.new_interview(guest, "limits", numbered_note("limits", random.Random(1))), (  # noqa: S311
        site.record.requests[-5:]
    )
    limits = []
    for number in range(11):
        guest.port = site.replicas[number % 2].port
        limits.append(guest.ask("delete", "POST", "/account/delete/", {}).status)
    token = {"Authorization": f"Bearer {replicas.METRICS_TOKEN}"}
    _status, headers, _text = ask(site.proxy.port, "/livez", **{"X-Request-ID": "of-the-client"})
    return {
        "limits": limits,
        "ready": both,
        "metrics": [ask(replica.port, "/metrics", **token)[2] for replica in site.replicas],
        "strangers": ask(site.proxy.port, "/metrics")[0],
        "request_id": headers["X-Request-ID"],
        "logs": [machine.log_text().splitlines() for machine in site.machines],
    }


@pytest.fixture(scope="module")
def seen(tmp_path_factory, static_root):
    found = {}
    folder = tmp_path_factory.mktemp("replicas")
    result = replicas.run(
        folder, rounds=2, static_root=static_root, look=lambda site: found.update(look(site))
    )
    return {"result": result, **found}


def test_nothing_that_was_acknowledged_is_lost_and_sessions_go_on_at_the_other(seen):
    result = seen["result"]
    assert result.faults.all() == []
    assert len(result.by_one_alone) == 2
    assert min(result.by_one_alone) >= replicas.ENOUGH
    assert result.answered["draft"] > 0 < result.answered["notes"]


def test_a_limit_is_one_for_both(seen):
    assert seen["limits"] == [422] * 10 + [429]


def test_both_are_ready(seen):
    for status, text in seen["ready"]:
        assert (status, json.loads(text)["ready"], json.loads(text)["cache"]) == (200, True, "there")


def test_each_counts_for_itself_and_strangers_are_refused(seen):
    for text in seen["metrics"]:
        assert "afterword_requests_total{" in text
        assert "afterword_request_seconds_bucket" in text
    # A server that was just restarted may not have saved a letter yet.
    saved = 'afterword_requests_total{method="POST",status="302",view="draft_edit"}'
    assert any(saved in text for text in seen["metrics"])
    assert seen["strangers"] == 403


def test_a_request_has_the_id_that_the_proxy_gave_it(seen):
    assert len(seen["request_id"]) == 36
    assert seen["request_id"] != "of-the-client"


def test_every_line_of_the_log_is_json_and_has_its_request(seen):
    for lines in seen["logs"]:
        told = [json.loads(line) for line in lines]
        levels = Counter(line["level"] for line in told)
        assert levels["INFO"] > 0
        assert {"time", "level", "logger", "request_id", "message"} <= told[0].keys()
        assert any(line["logger"] == "django.request" and len(line["request_id"]) >= 32 for line in told)
