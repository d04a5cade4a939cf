"""Asking a language model over HTTP: what is sent, and every way in which an answer can fail to come."""

import json
import socket
import subprocess
import sys
import time

import pytest

from config import model_address
from drafts.language_model import Endpoint, ModelError, Prompt, Trouble, ask, client, transport
from tests.model_server import Reply, anthropic_reply, model_server, openai_reply
from tests.servers import free_port

PROMPT = Prompt("Be brief.", "Say it.")
JSON = {"Content-Type": "application/json"}
KINDS = ("openai", "anthropic")


@pytest.fixture
def server():
    with model_server() as running:
        yield running


def endpoint(server, kind="openai", key="sk-1"):
    return Endpoint(server.url, "small", key, kind)


def reply_of(kind, text="Thank you."):
    return openai_reply(text) if kind == "openai" else anthropic_reply(text)


def trouble_of(where):
    with pytest.raises(ModelError) as raised:
        ask(where, PROMPT)
    return raised.value.trouble


def test_the_request_to_an_openai_server(server):
    assert ask(endpoint(server), PROMPT) == "Thank you."
    [asked] = server.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.body == {
        "model": "small",
        "max_tokens": client.MOST_TOKENS,
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Say it."}],
    }
    assert asked.headers == {
        "host": f"127.0.0.1:{server.port}",
        "accept": "application/json",
        "accept-encoding": "identity",
        "authorization": "Bearer sk-1",
        "content-length": asked.headers["content-length"],
        "content-type": "application/json",
        "user-agent": "Afterword",
    }


def test_the_request_to_an_anthropic_server(server):
    server.reply = anthropic_reply("Thank you.")
    assert ask(endpoint(server, "anthropic"), PROMPT) == "Thank you."
    [asked] = server.asked
    assert asked.path == "/v1/messages"
    assert asked.body == {
        "model": "small",
        "max_tokens": client.MOST_TOKENS,
        "system": "Be brief.",
        "messages": [{"role": "user", "content": "Say it."}],
    }
    assert asked.headers == {
        "host": f"127.0.0.1:{server.port}",
        "accept": "*/*",
        "accept-encoding": "identity",
        "anthropic-version": "2023-06-01",
        "content-length": asked.headers["content-length"],
        "content-type": "application/json",
        "user-agent": "Afterword",
        "x-api-key": "sk-1",
    }


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_key_none_is_sent(server, kind):
    server.reply = reply_of(kind)
    ask(endpoint(server, kind, key=""), PROMPT)
    assert not {"authorization", "x-api-key"} & server.asked[0].headers.keys()


def test_openais_own_servers_get_their_own_limit(monkeypatch, server):
    monkeypatch.setattr(client, "OPENAI_HOST", f"127.0.0.1:{server.port}")
    ask(endpoint(server), PROMPT)
    assert server.asked[0].body["max_completion_tokens"] == client.MOST_TOKENS_THOUGHT
    assert "max_tokens" not in server.asked[0].body


REPLIES = {
    "a refused key": (Reply(401, b'{"error": {"message": "sk-1 is no key"}}'), Trouble.KEY),
    "no right": (Reply(403, b"{}"), Trouble.KEY),
    "no such model": (Reply(404, b'{"error": "model not found"}'), Trouble.NOT_FOUND),
    "too many": (Reply(429, b"{}", {**JSON, "Retry-After": "1"}), Trouble.TOO_MANY),
    "a request that is none": (Reply(400, b"{}"), Trouble.REFUSED),
    "an error of the server": (Reply(500, b"{}"), Trouble.SERVER),
    "an error in HTML": (
        Reply(502, b"<html>Bad gateway</html>", {"Content-Type": "text/html"}),
        Trouble.SERVER,
    ),
    "a redirect": (Reply(307, b"", {"Location": "http://127.0.0.1:1/"}), Trouble.REDIRECT),
    "a redirect to metadata": (Reply(302, b"", {"Location": "http://169.254.169.254/"}), Trouble.REDIRECT),
    "a web page": (Reply(200, b"<!doctype html><p>Sign in", {"Content-Type": "text/html"}), Trouble.HTML),
    "a web page as JSON": (Reply(200, b" <html>"), Trouble.HTML),
    "garbage": (Reply(200, b"\x00\xff{{"), Trouble.BROKEN),
    "nothing": (Reply(200, b""), Trouble.BROKEN),
    "another JSON": (Reply(200, b'{"choices": []}'), Trouble.BROKEN),
    "a list": (Reply(200, b"[1]"), Trouble.BROKEN),
    "numbers as text": (
        Reply(200, b'{"choices": [{"message": {"content": 5}}], "content": 5}'),
        Trouble.BROKEN,
    ),
    "deep nesting": (Reply(200, b"[" * 100_000), Trouble.BROKEN),
    "packed": (Reply(200, b"\x1f\x8b", {**JSON, "Content-Encoding": "gzip"}), Trouble.BROKEN),
    "an end midway": (Reply(200, b'{"choices": [', length=5000), Trouble.BROKEN),
    "a huge answer": (Reply(200, b'"' + b"x" * (transport.MOST_BYTES + 1)), Trouble.TOO_LONG),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("reply", "trouble"), REPLIES.values(), ids=REPLIES)
def test_a_failure_is_named_and_nothing_is_asked_twice(server, caplog, kind, reply, trouble):
    server.reply = reply
    assert trouble_of(endpoint(server, kind)) == trouble
    assert len(server.asked) == 1
    assert trouble.value in caplog.text
    assert "sk-1" not in caplog.text
    assert "Say it." not in caplog.text


@pytest.mark.parametrize(
    ("kind", "reply", "trouble"),
    [
        ("openai", openai_reply("Thank you for", "length"), Trouble.CUT_OFF),
        ("openai", openai_reply("", "length"), Trouble.CUT_OFF),
        ("openai", openai_reply(" \n"), Trouble.EMPTY),
        ("openai", openai_reply(None), Trouble.EMPTY),
        ("anthropic", anthropic_reply("Thank you for", "max_tokens"), Trouble.CUT_OFF),
        ("anthropic", anthropic_reply(""), Trouble.EMPTY),
        ("anthropic", Reply(body=b'{"content": [{"type": "tool_use", "id": "1"}]}'), Trouble.EMPTY),
    ],
)
def test_an_answer_without_a_whole_text_is_a_failure(server, kind, reply, trouble):
    server.reply = reply
    assert trouble_of(endpoint(server, kind)) == trouble


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "reply",
    [
        Reply(pieces=(b" " * 10,) * 200, pause_s=0.05),
        Reply(pieces=(b"", b"{}"), pause_s=5),
    ],
    ids=["an answer that drips", "no answer"],
)
def test_one_deadline_holds_for_all_of_it(monkeypatch, server, kind, reply):
    monkeypatch.setattr(client, "PATIENCE_S", 0.6)
    server.reply = reply
    began = time.monotonic()
    assert trouble_of(endpoint(server, kind)) == Trouble.SLOW
    assert 0.5 < time.monotonic() - began < 4


def test_a_server_that_accepts_and_says_nothing_is_slow(monkeypatch):
    monkeypatch.setattr(client, "PATIENCE_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        where = Endpoint(f"http://127.0.0.1:{silent.getsockname()[1]}/v1", "m")
        assert trouble_of(where) == Trouble.SLOW


@pytest.mark.parametrize("kind", KINDS)
def test_no_server_is_said_at_once(kind):
    assert trouble_of(Endpoint(f"http://127.0.0.1:{free_port()}/v1", "m", kind=kind)) == Trouble.UNREACHABLE


def test_a_name_that_nobody_knows_is_no_server():
    assert trouble_of(Endpoint("http://nowhere.invalid/v1", "m")) == Trouble.UNREACHABLE


def test_a_server_without_tls_is_no_server_with_it(server):
    assert trouble_of(Endpoint(f"https://127.0.0.1:{server.port}/v1", "m")) == Trouble.UNREACHABLE
    assert server.asked == []


@pytest.mark.parametrize(
    "addresses", [["169.254.169.254"], ["127.0.0.1", "169.254.169.254"], ["::ffff:a9fe:a9fe"], ["::"]]
)
def test_a_name_that_leads_to_a_forbidden_address_is_not_asked(monkeypatch, server, addresses):
    monkeypatch.setattr(model_address, "resolve", lambda host, port: addresses)
    assert trouble_of(Endpoint(f"http://model.example:{server.port}/v1", "m")) == Trouble.FORBIDDEN
    assert server.asked == []


def test_a_name_is_resolved_once_and_its_number_is_connected_to(monkeypatch, server):
    asked = []
    monkeypatch.setattr(model_address, "resolve", lambda host, port: asked.append(host) or ["127.0.0.1"])
    assert ask(Endpoint(f"http://model.example:{server.port}/v1", "m"), PROMPT) == "Thank you."
    assert asked == ["model.example"]
    assert server.asked[0].headers["host"] == f"model.example:{server.port}"


def test_the_next_address_of_a_name_is_tried(monkeypatch, server):
    monkeypatch.setattr(model_address, "resolve", lambda host, port: ["::1", "127.0.0.1"])
    assert ask(Endpoint(f"http://model.example:{server.port}/v1", "m"), PROMPT) == "Thank you."


def test_proxies_and_keys_of_the_environment_are_not_used(monkeypatch, server):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    assert ask(endpoint(server, key=""), PROMPT) == "Thank you."
    assert "sk-other" not in json.dumps(server.asked[0].headers)
    assert "org-1" not in json.dumps(server.asked[0].headers)


def test_the_packages_are_imported_only_when_a_model_is_asked():
    code = (
        "import sys, drafts.language_model as m; "
        "print(sorted({'openai', 'httpx2', 'httpcore2'} & sys.modules.keys()))"
    )
    run = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


@pytest.mark.parametrize(
    ("addresses", "reach"),
    [
        (["127.0.0.1", "::1"], "machine"),
        (["192.168.1.20"], "network"),
        (["100.64.0.9"], "network"),
        (["fd12::1"], "network"),
        (["127.0.0.1", "93.184.216.34"], "internet"),
        (["2606:4700::1"], "internet"),
        ([], "unknown"),
    ],
)
def test_how_far_away_a_model_is(monkeypatch, addresses, reach):
    monkeypatch.setattr(model_address, "resolve", lambda host, port: addresses)
    assert model_address.reach_of("http://model.example/v1") == reach
    assert model_address.reach_of("http://nowhere.invalid/v1") == reach
