"""Sends a prompt to a language model and returns plain text. Its packages are imported only when a model is asked."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from drafts.language_model.answers import Answer, anthropic_answer, openai_answer
from drafts.language_model.prompts import Prompt
from drafts.language_model.trouble import ModelError, Trouble

PATIENCE_S = 30.0  # from the start of a request to the end of its answer
MOST_TOKENS = 2000  # of an answer; a letter of 200 words is about 300
# OpenAI's own models count their hidden reasoning toward the limit, and accept it only under another name.
OPENAI_HOST, MOST_TOKENS_THOUGHT = "api.openai.com", 8000
ANTHROPIC_VERSION = "2023-06-01"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A language model's address, name, key and protocol."""

    url: str
    name: str
    key: str = field(default="", repr=False)
    kind: Literal["openai", "anthropic"] = "openai"

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc

    @property
    def is_encrypted(self) -> bool:
        return self.url.startswith("https://")


def ask(endpoint: Endpoint, prompt: Prompt) -> str:
    """The model's answer, unchanged. Sends one request, never retried. Takes up to PATIENCE_S. Raises ModelError."""
    try:
        answer = _ANSWER[endpoint.kind](endpoint, prompt)
        if answer.is_cut_off:
            raise ModelError(Trouble.CUT_OFF)
        if not answer.text.strip():
            raise ModelError(Trouble.EMPTY)
    except ModelError as error:
        # Never log the prompt or the answer: both contain the letter.
        logger.warning("the language model gave no text: %s", error)
        raise
    return answer.text


def _client(endpoint: Endpoint) -> Any:
    import httpx2

    from drafts.language_model.transport import Deadline, Transport

    transport = Transport(Deadline(PATIENCE_S), has_key=bool(endpoint.key))
    return httpx2.Client(transport=transport, follow_redirects=False, trust_env=False)


def _openai(endpoint: Endpoint, prompt: Prompt) -> Answer:
    import openai

    limit: dict[str, Any] = {"max_tokens": MOST_TOKENS}
    if endpoint.host == OPENAI_HOST:
        limit = {"max_completion_tokens": MOST_TOKENS_THOUGHT}
    with (
        _client(endpoint) as http,
        openai.OpenAI(
            base_url=endpoint.url,
            # The client requires a key; the transport sends it only if there is one.
            api_key=endpoint.key or "none",
            max_retries=0,
            timeout=PATIENCE_S,
            http_client=http,
        ) as client,
    ):
        raw = client.chat.completions.with_raw_response.create(
            model=endpoint.name,
            messages=[
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            **limit,
        )
        return openai_answer(raw.content)


def _anthropic(endpoint: Endpoint, prompt: Prompt) -> Answer:
    headers = {"anthropic-version": ANTHROPIC_VERSION}
    if endpoint.key:
        headers["x-api-key"] = endpoint.key
    asked = {
        "model": endpoint.name,
        "max_tokens": MOST_TOKENS,
        "system": prompt.system,
        "messages": [{"role": "user", "content": prompt.user}],
    }
    with _client(endpoint) as http:
        answer = http.post(f"{endpoint.url.removesuffix('/v1')}/v1/messages", json=asked, headers=headers)
        return anthropic_answer(answer.content)


_ANSWER = {"openai": _openai, "anthropic": _anthropic}
