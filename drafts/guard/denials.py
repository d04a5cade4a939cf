"""What a text denies."""

from __future__ import annotations

from drafts.domain.notes.parser import Parse, Token, parse
from drafts.guard.lists import lists


def denials(text: str) -> int:
    """How often a text denies something, by "not" and the like or by phrases such as "free of"; not counting what was
    only left unmentioned."""
    return len(lists().denying.findall(_without_idle(text))) + negations(text)


def negations(text: str) -> int:
    """The part of `denials` that is said with "not" and the like."""
    found = parse(_without_idle(text))
    return sum(_is_denial(found, token) for token in found.tokens) if found is not None else 0


def _without_idle(text: str) -> str:
    return lists().idle_denials.sub(" ", text)


def _is_denial(found: Parse, token: Token) -> bool:
    if token.lower not in lists().negations:
        return False
    head = found.head(token)
    is_question = found.tokens[-1].text == "?" and token.lower in ("no", "nothing")
    # "I can't say that I enjoyed it"
    is_refusal = head.lemma in ("say", "claim") and any(
        one.lower in ("ca", "can", "could") for one in found.children(head)
    )
    return not is_question and (is_refusal or head.lemma not in lists().left_out)
