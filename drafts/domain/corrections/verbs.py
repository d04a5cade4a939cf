"""Forms of verbs after auxiliaries, and adjectives after verbs."""

from __future__ import annotations

from collections.abc import Iterator

from drafts.domain.corrections import forms
from drafts.domain.corrections.order import is_asked
from drafts.domain.corrections.rules import word_list
from drafts.domain.corrections.sentence import Edit, Sentence
from drafts.domain.notes.parser import Token

_RULE = "verb_form"
_DO = frozenset({"do", "does", "did"})


def edits(sentence: Sentence) -> Iterator[Edit]:
    for token in sentence.tokens:
        yield from _after_do(sentence, token)
        yield from _after_modal(sentence, token)
        yield from _after_have(sentence, token)
        yield from _state(sentence, token)


def _is_inflected(word: str) -> bool:
    """Whether a word can only be the past or the -s form of a verb."""
    base = forms.base(word)
    return bool(base) and base != word and word in (forms.form(base, "VBD"), forms.form(base, "VBZ"))


def _after_do(sentence: Sentence, token: Token) -> Iterator[Edit]:
    """ "she didn't knew", "does the shift starts"."""
    if token.lower not in _DO:
        return
    following, verb = sentence.after(token), sentence.head(token)
    if following is not None and following.lower in ("n't", "not"):
        verb = sentence.after(token, 2) or verb
        if verb.pos not in ("VERB", "AUX"):
            return
    elif token.dep != "aux" or verb.index <= token.index or verb.tag not in ("VBD", "VBZ"):
        return
    elif token.lower == "do" and getattr(sentence.subject(verb), "tag", "") != "PRP":
        # "how do the shift leads plan holidays"
        return
    if (
        _is_inflected(verb.lower)
        and verb.lower != "used"
        and verb.text.islower()
        and not is_asked(sentence, token)
    ):
        yield sentence.replace(_RULE, verb, forms.base(verb.lower))


def _after_modal(sentence: Sentence, token: Token) -> Iterator[Edit]:
    """ "I can helps", "we will started"; "I'd left" may be "I had left"."""
    before = sentence.before(token)
    if (
        token.tag != "MD"
        or token.lower == "'d"
        or before is None
        or before.pos not in ("PRON", "NOUN", "PROPN", "CCONJ")
    ):
        return
    verb = sentence.after(token)
    if verb is not None and verb.lower in ("also", "always", "not", "n't", "really", "easily", "never"):
        verb = sentence.after(verb)
    if (
        verb is None
        or verb.pos not in ("VERB", "AUX")
        or not _is_inflected(verb.lower)
        or verb.text.startswith("'")
    ):
        return
    if sentence.head(token) is verb or sentence.head(verb) is token:
        yield sentence.replace(_RULE, verb, forms.base(verb.lower))


def _after_have(sentence: Sentence, token: Token) -> Iterator[Edit]:
    """ "I have wrote"."""
    if token.lower not in ("have", "has", "'ve", "had") or token.pos != "AUX":
        return
    verb = sentence.after(token)
    while verb is not None and verb.pos in ("ADV", "PART"):
        verb = sentence.after(verb)
    if verb is not None and verb.lower in word_list("wrong_participles") and verb.pos in ("VERB", "AUX"):
        yield sentence.replace(_RULE, verb, forms.form(forms.base(verb.lower), "VBN"))


def _state(sentence: Sentence, token: Token) -> Iterator[Edit]:
    """ "I am knowing", "I am having 5 years' experience"."""
    be = sentence.before(token)
    subject = sentence.before(token, 2)
    if (
        token.tag != "VBG"
        or be is None
        or subject is None
        or be.lower not in ("am", "'m", "is", "are", "'re")
    ):
        return
    base = forms.base(token.lower)
    following = {one.lower for one in sentence.tokens[token.index + 1 : token.index + 5]}
    if subject.tag != "PRP" or not (
        base in word_list("states") or (base == "have" and following & word_list("had_things"))
    ):
        return
    tag = "VBZ" if subject.lower in ("he", "she", "it") else "VBP"
    new = forms.form(base, tag)
    joint = "" if be.text[0] not in "'’" else " "
    yield sentence.replace_from_to(_RULE, be, token, joint + new)
