"""Checks nouns and the articles and numbers before them."""

from __future__ import annotations

import re

from drafts.domain.notes.lists import note_lists, word_sets
from drafts.domain.notes.parser import Parse, Token, parse
from drafts.domain.notes.reader import is_mass
from drafts.domain.proofread import is_word_anywhere

_BEFORE_NOUNS = ("det", "poss", "nummod", "predet", "quantmod", "nmod")
_DETERMINERS = ("DT", "PRP$", "WP$", "CD", "PDT", "POS")


def is_plural_number(word: str) -> bool:
    """Whether a word or figure is a number above one; a year (2019) is not."""
    if word in word_sets().numbers:
        return True
    figure = re.fullmatch(r"\d{1,3}(?:,\d{3})*|\d+", word)
    return bool(figure) and word != "1" and not re.fullmatch(r"(?:19|20)\d\d", word)


def lacks_article(found: Parse, token: Token) -> bool:
    """Whether a singular countable noun lacks an article ("open safe", "microtome is broken")."""
    if (
        token.tag not in ("NN", "NNP")
        or not token.text.islower()
        or not token.text.isalpha()
        or len(token.text) < 3
    ):
        return False
    if token.dep not in ("nsubj", "nsubjpass", "dobj", "attr", "pobj") or not is_bare(found, token):
        return False
    if not is_word_anywhere(token.text):
        # A name or a technical term, which may or may not be countable.
        return False
    if (
        (token.lower in note_lists().bare_nouns and token.dep == "pobj")
        or (token.lower in note_lists().bare_after_verbs and token.dep == "dobj")
        or is_mass(token.lower)
        or token.lower.endswith("ing")
    ):
        return False
    if any(child.dep in ("conj", "cc") for child in found.children(token)) and token.dep != "nsubj":
        return False
    if _is_joined(found, token):
        return False
    head = found.head(token)
    if token.dep == "pobj" and (head.lower in ("by", "per", "via", "than") or found.head(head).pos == "ADP"):
        # "by hand", "per shift", "out of scope"
        return False
    if token.dep == "pobj" and head.lower == "of" and found.head(head).lemma in word_sets().periods:
        # "six years of python"
        return False
    following = found.tokens[token.index + 1 : token.index + 2]
    if following and following[0].lower == "of":
        return token.lower not in note_lists().article_idioms
    return True


def _is_joined(found: Parse, token: Token) -> bool:
    """Whether a noun is part of a compound, a quotation or a list, where an article may be missing."""
    previous = found.tokens[token.index - 1] if token.index else found.tokens[-1]
    if previous.text in ("-", "/", '"', "'") or previous.tag == "HYPH":
        return True
    following = found.tokens[token.index + 1 : token.index + 2]
    return bool(following) and following[0].text in ("-", "/", '"', "and", "or")


def is_bare(found: Parse, noun: Token) -> bool:
    """Whether a noun has no determiner or other word before it that makes an article unnecessary."""
    if any(child.dep in _BEFORE_NOUNS or child.tag in _DETERMINERS for child in found.children(noun)):
        return False
    if noun.dep == "conj" and not is_bare(found, found.head(noun)):
        return False
    before = _word_before(found, noun)
    if before is None or (before.lower == "that" and before.dep != "det"):
        return True
    return before.tag not in _DETERMINERS and before.lower not in word_sets().determining


def _word_before(found: Parse, noun: Token) -> Token | None:
    """The word before a noun phrase by position, because "10 minute huddle" may be parsed in pieces."""
    start = noun.index
    while start:
        previous = found.tokens[start - 1]
        if previous.pos not in ("ADJ", "NOUN", "PROPN", "ADV", "NUM") and previous.text != "-":
            return previous
        start -= 1
    return None


MOST_WORDS = 14  # of a noun phrase that is used without asking


def is_plain_phrase(text: str) -> bool:
    """Whether a noun phrase, or the name of an activity, can follow "about" as it is.

    Verbs are allowed in a relative clause ("the board where you write down ..."), before a noun, and once after it
    ("the audit coming in May"); "down from 22 to 9" and percentages make a headline, not a phrase.
    """
    found = parse(text)
    if found is None or "%" in text or "," in text:
        return False
    words = [token for token in found.tokens if token.pos not in ("PUNCT", "SPACE")]
    if not words or len(words) > MOST_WORDS or words[0].lower == "own":
        return False
    if words[0].tag == "CD" and words[-1].lemma in word_sets().periods:
        # "40 minutes" of what?
        return False
    if (
        len(words) > 2
        and words[-1].lemma in word_sets().periods
        and words[-2].tag == "CD"
        and words[-3].pos == "NOUN"
    ):
        # "the wait for scans 14 weeks"
        return False
    if words[0].tag == "VBG":
        return not any(found.subject(word) for word in words)
    last = words[-1]
    is_thing = last.pos in ("NOUN", "PROPN", "NUM", "PRON") or last.tag == "VBG"
    if not is_thing and not _in_relative_clause(found, last):
        return False
    has_clause = any(word.dep == "relcl" for word in words)
    return all(_belongs_to_phrase(found, word, has_clause=has_clause) for word in words)


def _belongs_to_phrase(found: Parse, word: Token, *, has_clause: bool) -> bool:
    if _in_relative_clause(found, word) or word is found.tokens[0]:
        return word.pos != "CCONJ"
    if word.tag == "VBG" and word.dep == "acl":
        return not has_clause
    if word.tag in ("VBG", "VBN"):
        return word.dep in ("amod", "compound", "pcomp")
    if word.lower == "to":
        # The parser takes the "to" of "the move to streaming" for an auxiliary.
        return True
    if word.lower in ("up", "down"):
        # "the walk down to the ward", but not "the numbers down from 22"
        return word.tag != "IN" and word.dep != "advmod"
    return word.pos not in ("VERB", "AUX", "ADV", "SCONJ", "INTJ", "SYM", "X")


def _in_relative_clause(found: Parse, word: Token) -> bool:
    while word.dep != "relcl" and word.head != word.index:
        word = found.head(word)
    return word.dep == "relcl" and found.subject(word) is not None


def miscounted(found: Parse, number: Token) -> Token | None:
    """The singular noun directly after a number above one that counts it ("two microtome"); None if there is none."""
    following = found.tokens[number.index + 1 : number.index + 3]
    if number.tag != "CD" or not is_plural_number(number.lower) or not following:
        return None
    noun = following[0]
    if (
        noun.tag != "NN"
        or noun.index != number.head
        or noun.dep == "compound"
        or not (noun.text.isalpha() and noun.text.islower())
        or len(noun.text) < 4
        or noun.lower in word_sets().never_plural
        # "a 0300 huddle": a time.
        or number.text.startswith("0")
    ):
        return None
    before = found.tokens[number.index - 1] if number.index else None
    if before and (before.lower in ("a", "an", "one") or before.tag in ("NN", "NNP") or before.text in "$£€"):
        # "a 12 bed unit", "the year 3 team", "the £500 rule"
        return None
    after = following[1:]
    if is_mass(noun.lower) or (
        after and (after[0].text in ("-", "/") or after[0].pos in ("NOUN", "PROPN", "ADJ", "VERB"))
    ):
        # "3 self managed clusters"
        return None
    return noun
