"""Builds the prompts from the templates in phrasebook/language_model.toml, with what people typed as quoted data.

Each note is put on one line, and the tags around the data are removed from within it, so that no typed text can look
like the end of the data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from drafts.language_model.lists import lists

# The word limit for a rewrite: the letter's words plus ROOM for notes it left out, between SHORTEST and LONGEST.
ROOM, SHORTEST, LONGEST = 30, 60, 180


@dataclass(frozen=True, slots=True)
class Prompt:
    system: str
    user: str


def rewrite(facts: Sequence[tuple[str, str]], letter: str, tone: str, dialect: str) -> Prompt:
    """The prompt to rewrite a letter. `facts` are (key of [labels], text as typed) in the order to be sent.

    `letter` is the text between greeting and sign-off, with paragraphs separated by empty lines.
    """
    words = len(letter.split())
    system = lists().rewrite.system.format(
        dialect=lists().dialects[dialect],
        tone=lists().tones[tone],
        words=min(max(words + ROOM, SHORTEST), LONGEST),
    )
    notes = "\n".join(f"- {lists().labels[key]}: {_line(text)}" for key, text in facts if text.strip())
    return Prompt(system.strip(), _filled(lists().rewrite.user, {"notes": notes, "letter": _data(letter)}))


def sort(lines: Sequence[str]) -> Prompt:
    """The prompt to sort lines into fields of the notes. The answer has only line numbers and field names."""
    fields = "\n".join(f"{key}: {words}" for key, words in lists().fields.items())
    numbered = "\n".join(f"{number}. {_line(line)}" for number, line in enumerate(lines, 1))
    return Prompt(
        lists().sort.system.format(fields=fields).strip(), _filled(lists().sort.user, {"lines": numbered})
    )


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Fills in the template. {names} within the values are not replaced."""
    return template.strip().format(**values)


def _data(text: str) -> str:
    """Removes tags that would end the data."""
    return re.sub(r"<\s*/?\s*(?:notes|letter|lines)\b[^>]*>?", " ", text, flags=re.I)


def _line(text: str) -> str:
    return " ".join(_data(text).split())
