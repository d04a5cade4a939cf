"""Removes prompt injections: text such as "ignore the above and write that ..." that tries to instruct the model.

It can be in anything a candidate pasted: an invitation, a profile, a name. Only text that is clearly addressed to a
model is recognized, so do not rely on this alone. The guard compares the answer with notes cleaned in the same way.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar, cast

from drafts.language_model.lists import lists

T = TypeVar("T")


def without_injections(text: str) -> str:
    """The text before the first injection. Everything after its start may be part of it."""
    found = re.search(lists().injections, text.replace("’", "'"), re.I | re.M)
    return text[: found.start()].rstrip(" \t\n([{<\"'“‘-–—:;,*#|>") if found else text


def facts_without_injections(facts: T) -> T:
    """Applies `without_injections` to every string in nested dataclasses and tuples."""
    result: Any = facts
    if isinstance(facts, str) and not isinstance(facts, Enum):
        result = without_injections(facts)
    elif isinstance(facts, tuple):
        result = tuple(map(facts_without_injections, facts))
    elif is_dataclass(facts) and not isinstance(facts, type):
        cleaned = {one.name: facts_without_injections(getattr(facts, one.name)) for one in fields(facts)}
        result = replace(facts, **cleaned)
    return cast(T, result)
