"""Names of products and abbreviations typed in lowercase letters, written as the word lists write them."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache

from drafts.domain import proofread
from drafts.domain.files import read_entries
from drafts.domain.notes.lists import word_sets
from drafts.domain.vocabulary import FILES

# No part of an address, a path, a sum or a compound: "sql-based" stays.
_WORD = re.compile(
    r"(?<![\w'@./$€£#&-])\.?[a-z][a-z0-9]*(?:[./][a-z0-9]+)*[+#]{0,2}(?![\w@/+#&]|\.\w|-\w|://)"
)
_MOST_WORDS = 4
_SHORTEST = 3  # letters; "c#" is told by its mark


def with_products(text: str, known: Container[str]) -> str:
    """ "we use kafka and opera pms" -> "we use Kafka and Opera PMS".

    What is also an ordinary English word ("go", "react", "excel") stays as typed. `known`: words of names in lowercase
    letters, which stay too.
    """
    found = list(_WORD.finditer(text))
    written: list[str] = []
    end = at = 0
    while at < len(found):
        for size in range(min(_MOST_WORDS, len(found) - at), 0, -1):
            first, last = found[at], found[at + size - 1]
            typed = text[first.start() : last.end()]
            if form := _written(typed, known):
                written += [text[end : first.start()], form]
                end = last.end()
                break
        at += size
    return "".join(written) + text[end:]


def _written(typed: str, known: Container[str]) -> str:
    """The listed form of what was typed; empty if there is none, or if it may mean something else."""
    form = _forms().get(typed, "")
    if not form or typed in word_sets().product_names:
        return form
    words = typed.split()
    if all(word in known or (word.isalnum() and proofread.is_word_anywhere(word)) for word in words):
        return ""
    return form


@cache
def _forms() -> dict[str, str]:
    """The entries with capitals, by their lowercase form, unless the lists write one in two ways."""
    found: dict[str, set[str]] = {}
    for name in FILES:
        for entry in read_entries(name):
            found.setdefault(entry.lower(), set()).add(entry)
    return {
        low: form
        for low, (form, *others) in ((low, tuple(forms)) for low, forms in found.items())
        if not others and form != low and "-" not in low and (len(low) >= _SHORTEST or not low.isalnum())
    }
