"""The order of words: adverbs, and the verb of a question inside a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from drafts.domain.corrections import forms
from drafts.domain.corrections.rules import word_list
from drafts.domain.corrections.sentence import Edit, Sentence
from drafts.domain.notes.parser import Token

_ADVERBS = frozenset({"already", "also", "always"})
_STARTS = frozenset({"DT", "PRP$", "CD", "NNP", "WRB", "JJ", "NN", "NNS"})


def edits(sentence: Sentence) -> Iterator[Edit]:
    for token in sentence.tokens:
        yield from _adverb(sentence, token)
        yield from _indirect(sentence, token)


def _adverb(sentence: Sentence, token: Token) -> Iterator[Edit]:
    """ "I have already the licence", "I can speak also French"."""
    verb, following = sentence.before(token), sentence.after(token)
    if token.lower not in _ADVERBS or verb is None or following is None or following.tag not in _STARTS:
        return
    if (
        forms.base(verb.lower) in ("", "be")
        or verb.tag not in ("VB", "VBP", "VBD", "VBZ")
        or verb.text[0] in "'’"
    ):
        return
    is_object = any(
        child.dep in ("dobj", "ccomp", "xcomp") and child.index > token.index
        for child in sentence.children(verb)
    )
    before = sentence.before(verb)
    is_object = is_object or following.text.istitle()
    if before is None or not is_object or _is_perfect(sentence, verb, following):
        return
    if before.pos in ("PRON", "NOUN", "PROPN", "AUX") or before.lower in ("and", "but", "to"):
        if before.lower == "to":
            return
        yield sentence.replace_from_to("adverb_order", verb, token, f"{token.text} {verb.text}")


def _is_perfect(sentence: Sentence, verb: Token, following: Token) -> bool:
    """ "I have already finished" is in order."""
    return verb.dep in ("aux", "auxpass") or following.tag in ("VBN", "VBD", "VBG")


def _indirect(sentence: Sentence, token: Token) -> Iterator[Edit]:
    """ "tell me when does the course start" -> "when the course starts"."""
    if token.lower not in ("do", "does", "did") or token.dep != "aux":
        return
    verb = sentence.head(token)
    subject = sentence.subject(verb)
    base = forms.base(verb.lower)
    if subject is None or not token.index < subject.index < verb.index or not base:
        return
    if not is_asked(sentence, token) or any(child.dep == "neg" for child in sentence.children(verb)):
        return
    tag = {"do": "VBP", "does": "VBZ", "did": "VBD"}[token.lower]
    following = sentence.after(token)
    if following is None:
        return
    rule = "indirect_question"
    yield sentence.replace_from_to(rule, token, following, following.text)
    yield sentence.replace(rule, verb, forms.form(base, tag))


def is_asked(sentence: Sentence, token: Token) -> bool:
    """Whether a question word, after a verb of asking or telling, comes before this word."""
    for back in (1, 2, 3):
        wh = sentence.before(token, back)
        if wh is None or wh.pos in ("PUNCT", "VERB"):
            return False
        if wh.lower in word_list("question_words"):
            for further in (1, 2, 3):
                verb = sentence.before(wh, further)
                if verb is None or verb.pos == "PUNCT":
                    return False
                if forms.base(verb.lower) in word_list("asking") or verb.lower in ("about", "idea", "sure"):
                    return True
            return False
    return False
