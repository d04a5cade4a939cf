"""Fixes grammar slips that can only be fixed in one way."""

from __future__ import annotations

import re

from drafts.domain.notes.lists import note_lists, note_patterns, word_sets
from drafts.domain.notes.nouns import is_bare, lacks_article, miscounted
from drafts.domain.notes.parser import Parse, Token, parse
from drafts.domain.notes.reader import inflected

# "I have 6 years python"
_YEARS_WITHOUT_OF = re.compile(
    r"(\bI (?:have|had) \d+ years) (?=[\w+#.]+[.,]?\Z)(?!(?:ago|experience|now|there|here|left|behind)\b)"
)


def mended(text: str) -> str:
    """The text with agreement, numbers and a few articles fixed, if there is only one way to do it.

    Without a parser only the rules of slips.toml apply.
    """
    for wrong, right in note_patterns().mending:
        text = wrong.sub(right, text)
    text = re.sub(r"\benjoyed to (\w+)", lambda match: f"enjoyed {inflected(match[1], 'VBG')}", text)
    text = _YEARS_WITHOUT_OF.sub(r"\1 of ", text)
    if _begins_in_the_past(parse(text)):
        text = note_patterns().unlinked_years.sub(r" for \1", text)
    found = parse(text)
    return _mended(found) if found else text


def _begins_in_the_past(found: Parse | None) -> bool:
    """ "I drove ...": what somebody did, which may say for how long."""
    return found is not None and [token.tag for token in found.tokens[:2]] == ["PRP", "VBD"]


def _mended(found: Parse) -> str:
    edits: dict[int, str] = {}
    for token in found.tokens:
        if token.tag == "CD":
            edits.update(_pluralised(found, token))
        elif token.dep in ("nsubj", "nsubjpass") and token.tag == "NN" and not token.text.isupper():
            edits.update(_agreed(found, token))
            edits.update(_with_article(found, token, edits))
        elif token.tag == "NN" and _lacks_the_before_of(found, token):
            edits[token.index] = f"the {token.text}"
    return "".join(edits.get(token.index, token.text) + token.space for token in found.tokens).strip()


def _with_article(found: Parse, subject: Token, edits: dict[int, str]) -> dict[int, str]:
    """ "microtome is broken" -> "the microtome is broken": a subject of a finite verb that lacks its article."""
    finite = found.finite(found.head(subject)).tag in ("VBZ", "VBD", "VBP", "MD")
    if not finite or not lacks_article(found, subject):
        return {}
    first = min(part.index for part in found.subtree(subject) if part.index <= subject.index)
    word = found.tokens[first].text
    return {first: f"the {edits.get(first, word)}"} if word.islower() else {}


def _lacks_the_before_of(found: Parse, noun: Token) -> bool:
    """ "at start of": one of a few nouns between a preposition and "of"."""
    following = found.tokens[noun.index + 1 : noun.index + 2]
    return (
        bool(following)
        and following[0].lower == "of"
        and noun.index > 0
        and found.tokens[noun.index - 1].pos == "ADP"
        and noun.lower in note_lists().articles_before_of
        and is_bare(found, noun)
    )


def _pluralised(found: Parse, number: Token) -> dict[int, str]:
    noun = miscounted(found, number)
    return {noun.index: inflected(noun.lemma, "NNS")} if noun else {}


def _agreed(found: Parse, subject: Token) -> dict[int, str]:
    """ "the new employee have" -> "has": a singular noun with an article and a plural verb next to it.

    Only of have, do and be: another word may be a participle ("a team of nine split over two time zones").
    """
    finite = found.finite(found.head(subject))
    children = found.children(subject)
    if subject.lower in word_sets().collective or finite.tag != "VBP" or finite.index != subject.index + 1:
        return {}
    is_one = any(child.lower in word_sets().singling for child in children)
    if not is_one or any(child.dep in ("conj", "appos", "relcl") for child in children):
        return {}
    changed = {"are": "is", "have": "has", "do": "does"}.get(finite.lower)
    return {finite.index: changed} if changed else {}
