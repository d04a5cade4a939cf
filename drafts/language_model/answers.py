"""Parses a model's answer: extracts the text from the JSON, and the letter from the text. Uses no network."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from drafts.language_model.lists import lists
from drafts.language_model.trouble import ModelError, Trouble

MOST_CHARACTERS = 20_000  # the longest letter allowed
LONGER = 3  # an answer more than this many times as long as the letter is refused
SHORTEST_LIMIT = 1500  # characters allowed in any case, since a short letter may grow more
ENGLISH_FROM = 12  # words; shorter texts are not checked for common English words
ENGLISH = 0.12  # minimum share of common English words
LATIN = 0.7  # minimum share of Latin letters among all letters


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    is_cut_off: bool = False


def openai_answer(content: bytes) -> Answer:
    """Parses a response of OpenAI's chat completions API. Raises ModelError."""
    try:
        choice = json.loads(content)["choices"][0]
        return Answer(_text_of(choice["message"]["content"]), choice.get("finish_reason") == "length")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ModelError(Trouble.BROKEN, "not a chat completion") from None


def anthropic_answer(content: bytes) -> Answer:
    """Parses a response of Anthropic's Messages API. Raises ModelError."""
    try:
        answer = json.loads(content)
        return Answer(_text_of(answer["content"]), answer.get("stop_reason") == "max_tokens")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ModelError(Trouble.BROKEN, "not a message") from None


def _text_of(content: Any) -> str:
    """The text of a message's content, which is a string, a list of parts of which some are text, or None."""
    if isinstance(content, list):
        content = "".join(part.get("text") or "" for part in content if part.get("type") == "text")
    if content is None:
        return ""
    if not isinstance(content, str):
        raise TypeError
    # The database cannot store lone surrogates or NUL.
    return content.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def letter_of(text: str, before: str) -> str:
    """The letter in what a model answered when asked to reword the letter `before`. Raises ModelError.

    Removes what models put around a text: code fences, "Here is ...", remarks at the end, Markdown. A greeting and a
    sign-off may remain; the guard ignores them.
    """
    text = re.sub(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", "", text, flags=re.S | re.I)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    text = _without_fence(text)
    text = re.sub(r"</?(?:letter|notes)>", "", text).strip()
    if re.search(lists().tags, text) and not re.search(lists().tags, before):
        raise ModelError(Trouble.HTML)
    text = _without_remarks(text)
    text = _without_markdown(text).strip()
    _check(text, before)
    return text


def _without_fence(text: str) -> str:
    found = re.search(r"^```[^\n]*\n(.*?)(?:^```|\Z)", text, re.S | re.M)
    return found[1].strip() if found else text


def _without_remarks(text: str) -> str:
    """Removes the model's remarks before and after the letter."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    while paragraphs and (found := _opening(lists().before, paragraphs[0])):
        paragraphs[0] = paragraphs[0][found.end() :].strip()
        if not paragraphs[0]:
            del paragraphs[0]
    kept: list[str] = []
    for paragraph in paragraphs:
        if kept and (_opening(lists().after, paragraph) or re.fullmatch(r"[-*_=]{3,}", paragraph)):
            break
        if not re.fullmatch(r"[-*_=]{3,}", paragraph):
            kept.append(paragraph)
    return "\n\n".join(kept)


def _opening(pattern: str, text: str) -> re.Match[str] | None:
    """Matches at the start of the text, treating curly apostrophes as straight ones. Offsets refer to the text."""
    return re.match(pattern, text.replace("’", "'"), re.I | re.M)


def _without_markdown(text: str) -> str:
    lines = [re.sub(r"^(?:>\s?|#{1,6}\s+)", "", line).rstrip() for line in text.split("\n")]
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", "\n".join(lines))
    if len(text) > 1 and text[0] + text[-1] in ('""', "“”", "''") and text[0] not in text[1:-1]:
        text = text[1:-1]
    return text


def _check(text: str, before: str) -> None:
    if not text:
        raise ModelError(Trouble.EMPTY)
    if _opening(lists().declines, text):
        raise ModelError(Trouble.DECLINED)
    if not is_english(text):
        raise ModelError(Trouble.LANGUAGE)
    if len(text) > min(MOST_CHARACTERS, max(LONGER * len(before), SHORTEST_LIMIT)):
        raise ModelError(Trouble.TOO_LONG)


def is_english(text: str) -> bool:
    """Whether a text is in Latin letters and, if it is long enough to tell, has enough common English words."""
    letters = [character for character in text if character.isalpha()]
    if letters and sum(character < "\u0250" for character in letters) < LATIN * len(letters):
        return False
    words = re.findall(r"[^\W\d_]+", text.lower())
    return len(words) < ENGLISH_FROM or sum(word in lists().english for word in words) >= ENGLISH * len(words)


def numbers_of(text: str, lines: int, keys: frozenset[str]) -> dict[int, str]:
    """Parses the field that a model assigned to each line, by the line's number from 1 to `lines`. Ignores all else.

    If a line is assigned twice, the first key counts.
    """
    found: dict[int, str] = {}
    for number, key in re.findall(r"^\W*(\d{1,3})\W{1,6}([a-z_]+)\b", text.lower(), re.M):
        if 1 <= int(number) <= lines and key in keys:
            found.setdefault(int(number), key)
    return found
