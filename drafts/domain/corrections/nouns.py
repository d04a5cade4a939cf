"""Numbers and articles of nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafts.domain import proofread
from drafts.domain.corrections import forms
from drafts.domain.corrections.rules import word_list
from drafts.domain.corrections.sentence import Edit, Sentence
from drafts.domain.naming import indefinite
from drafts.domain.notes.lists import word_sets
from drafts.domain.notes.nouns import miscounted
from drafts.domain.notes.parser import Token
from drafts.domain.notes.reader import inflected, is_adjective, is_mass, is_verb_only

_RULE = "number"


def edits(sentence: Sentence) -> Iterator[Edit]:
    for token in sentence.tokens:
        yield from _counted(sentence, token)
        yield from _one_of(sentence, token)
        yield from _most_of(sentence, token)
        yield from _a_or_an(sentence, token)
        yield from _so_big(sentence, token)


def _plural(sentence: Sentence, noun: Token) -> Iterator[Edit]:
    new = inflected(noun.lower, "NNS")
    if new != noun.lower:
        yield sentence.replace(_RULE, noun, new)


def _counted(sentence: Sentence, token: Token) -> Iterator[Edit]:
    """ "two year", "many old customer", "all my question"."""
    if token.tag == "CD" and sentence.parse is not None:
        noun = miscounted(sentence.parse, token)
        after = sentence.after(noun) if noun else None
        if noun is not None and _is_counted(noun) and not _is(after, "by"):
            yield from _plural(sentence, noun)
        return
    is_all = token.lower in ("my", "your", "his", "her", "the") and _is(sentence.before(token), "all")
    if token.lower not in word_list("many") and not is_all:
        return
    noun = _noun_after(sentence, token)
    if _is(sentence.before(token), "what", "how"):
        # "what these share"
        return
    if noun is None or (is_all and (noun.lower not in word_list("counted") or token.lower == "the")):
        return
    if not is_mass(noun.lower) and not _is(sentence.after(token), "a"):
        yield from _plural(sentence, noun)


def _is_counted(noun: Token) -> bool:
    is_noun = proofread.is_word_anywhere(noun.lower) and not is_verb_only(noun.lower)
    return is_noun and noun.lower not in word_list("months")


def _is(token: Token | None, *words: str) -> bool:
    return token is not None and token.lower in words


def _noun_after(sentence: Sentence, token: Token) -> Token | None:
    """The singular noun at the end of a plain phrase that begins after this word."""
    noun = sentence.after(token)
    if noun is not None and noun.pos == "ADJ":
        noun = sentence.after(noun)
    if (
        noun is None
        or noun.tag != "NN"
        or not (noun.text.islower() and noun.text.isalpha())
        or len(noun.text) < 4
    ):
        return None
    after = sentence.after(noun)
    if after is not None and (after.pos in ("NOUN", "PROPN", "ADJ", "NUM", "PART") or after.text in "-/'’"):
        return None
    return (
        noun if noun.lower not in word_sets().collective and proofread.is_word_anywhere(noun.lower) else None
    )


def _one_of(sentence: Sentence, token: Token) -> Iterator[Edit]:
    """ "one of the waiter"."""
    if token.lower not in ("one", "some", "many", "most") or not _is(sentence.after(token), "of"):
        return
    the = sentence.after(token, 2)
    if the is None or the.lower not in ("the", "your", "my", "our", "their", "his", "her", "these", "those"):
        return
    noun = _noun_after(sentence, the)
    if noun is None or is_mass(noun.lower) or is_adjective(noun.lower):
        return
    if token.lower == "one" or noun.lower in word_list("occupations") | word_list("counted"):
        yield from _plural(sentence, noun)


def _most_of(sentence: Sentence, token: Token) -> Iterator[Edit]:
    """ "most of customers"."""
    of, noun = sentence.after(token), sentence.after(token, 2)
    if token.lower not in ("most", "some", "none") or not _is(of, "of") or noun is None or of is None:
        return
    if (noun.tag == "NNS" and noun.text.islower() and noun.lower not in ("these", "those")) or _is(
        noun, "time"
    ):
        yield sentence.replace("most_of", of, "of the")


def _a_or_an(sentence: Sentence, token: Token) -> Iterator[Edit]:
    following = sentence.after(token)
    if (
        token.lower not in ("a", "an")
        or following is None
        or token.dep != "det"
        or (token.text == "A" and token.index)
    ):
        return
    word = following.text
    if not (word.isalpha() and word.islower() and len(word) > 2) or not proofread.is_word_anywhere(word):
        return
    right = indefinite(word)
    if right != token.lower and not re.match(r"h[ieo]|u|eu|one", word):
        yield sentence.replace("a_an", token, right if token.text.islower() else right.capitalize())
    elif token.lower == "a" and re.match(r"hour|honest|honou?r|heir", word):
        yield sentence.replace("a_an", token, "an" if token.text.islower() else "An")


def _so_big(sentence: Sentence, token: Token) -> Iterator[Edit]:
    """ "so big kitchen" -> "such a big kitchen"."""
    adjective, noun = sentence.after(token), sentence.after(token, 2)
    if token.lower != "so" or adjective is None or noun is None or adjective.tag != "JJ" or noun.tag != "NN":
        return
    before, after = sentence.before(token), sentence.after(noun)
    if after is not None and after.pos in ("NOUN", "VERB", "AUX", "PROPN"):
        return
    if (
        not adjective.text.islower()
        or is_mass(noun.lower)
        or not noun.text.islower()
        or noun.lower in ("today", "thank")
    ):
        return
    if before is not None and before.lower in (
        "see",
        "saw",
        "in",
        "with",
        "have",
        "had",
        "find",
        "found",
        "is",
        "was",
        "a",
    ):
        first = before if before.lower == "a" else token
        yield sentence.replace_from_to(
            "article", first, adjective, f"such {forms.with_article(adjective.text)}"
        )
