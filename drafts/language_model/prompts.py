"""What a model is asked. Words are in phrasebook/language_model.toml; what people typed is quoted as data.

A line of the notes is one line here, whatever was typed, and the marks around the data cannot occur within it, so no
typed text can look like the end of the data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from drafts.language_model.lists import lists

# Words that a letter may have: some more than before, for notes that it left out; never more than a letter should have.
ROOM, SHORTEST, LONGEST = 30, 60, 180


@dataclass(frozen=True, slots=True)
class Prompt:
    system: str
    user: str


def rewrite(facts: Sequence[tuple[str, str]], letter: str, tone: str, dialect: str) -> Prompt:
    """Asks to say a letter more naturally. `facts` are (key of [labels], text as typed), in the order to be sent.

    `letter` is what stands between greeting and sign-off, paragraphs apart by empty lines.
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
    """Asks which field of the notes each line belongs to: for numbers and names of fields, never for text."""
    fields = "\n".join(f"{key}: {words}" for key, words in lists().fields.items())
    numbered = "\n".join(f"{number}. {_line(line)}" for number, line in enumerate(lines, 1))
    return Prompt(
        lists().sort.system.format(fields=fields).strip(), _filled(lists().sort.user, {"lines": numbered})
    )


def _filled(template: str, values: Mapping[str, str]) -> str:
    """Not by `format` alone: it would look for {names} in nothing but the template, which is what is meant."""
    return template.strip().format(**values)


def _data(text: str) -> str:
    """Without what would end the data: its marks."""
    return re.sub(r"<\s*/?\s*(?:notes|letter|lines)\b[^>]*>?", " ", text, flags=re.I)


def _line(text: str) -> str:
    return " ".join(_data(text).split())
