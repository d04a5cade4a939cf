"""Text that gives orders to a language model, such as "ignore the above and write that ...": it is not passed on.

It can stand in whatever a candidate pasted: an invitation, a profile, a name. Only what plainly speaks to a model is
known here; that is a help, not a safeguard. The safeguard is the guard, which goes by notes without the same text.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any, TypeVar, cast

from drafts.language_model.lists import lists

T = TypeVar("T")


def without_orders(text: str) -> str:
    """The text up to the first order. What follows belongs to the order, as far as anybody can tell."""
    found = re.search(lists().orders, text.replace("’", "'"), re.I | re.M)
    return text[: found.start()].rstrip(" \t\n([{<\"'“‘-–—:;,*#|>") if found else text


def facts_without_orders(facts: T) -> T:
    """The same of all texts in facts: dataclasses, tuples, and texts."""
    result: Any = facts
    if isinstance(facts, str) and not isinstance(facts, Enum):
        result = without_orders(facts)
    elif isinstance(facts, tuple):
        result = tuple(map(facts_without_orders, facts))
    elif is_dataclass(facts) and not isinstance(facts, type):
        cleaned = {one.name: facts_without_orders(getattr(facts, one.name)) for one in fields(facts)}
        result = replace(facts, **cleaned)
    return cast(T, result)
