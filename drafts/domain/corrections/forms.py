"""Forms of words: inflection by tag, and the forms that a word may be."""

from __future__ import annotations

from functools import lru_cache

from drafts.domain.naming import indefinite
from drafts.domain.notes.reader import base_forms, inflected, is_adjective, is_verb

_BASES = {
    "am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be", "'m": "be",
    "'s": "be", "'re": "be", "has": "have", "had": "have", "having": "have", "does": "do", "did": "do", "done": "do",
}  # fmt: skip
_BE = {"VBD": "was", "VBN": "been", "VBG": "being", "VBP": "are", "VBZ": "is", "VB": "be"}
# lemminflect's first form is not the usual one.
_FORMS = {
    ("get", "VBN"): "got",
    ("work", "VBD"): "worked",
    ("work", "VBN"): "worked",
    ("leave", "VBD"): "left",
}
_ADVERBS = {"fast": "fast", "hard": "hard", "good": "well", "late": "late", "early": "early"}


@lru_cache(maxsize=4096)
def base(word: str) -> str:
    """The base form of a verb in any form; empty if it is none."""
    word = word.lower().replace("’", "'")
    if word in _BASES:
        return _BASES[word]
    if is_verb(word):
        return word
    found = base_forms(word)
    return next((one for one in found if is_verb(one)), "")


@lru_cache(maxsize=4096)
def form(verb: str, tag: str) -> str:
    """A form of a verb in its base form."""
    if verb == "be":
        return _BE[tag]
    if verb == "have" and tag == "VBP":
        return "have"
    return _FORMS.get((verb, tag)) or inflected(verb, tag)


def is_form(word: str, tag: str) -> bool:
    """Whether a word is this form of a verb, by its letters."""
    verb = base(word)
    return bool(verb) and form(verb, tag) == word.lower()


def like(word: str, verb: str) -> str:
    """Another verb in the form of this one: "did", "make" -> "made"."""
    for tag in ("VB", "VBZ", "VBG", "VBN", "VBD"):
        if is_form(word, tag) and (tag != "VBN" or word.lower() == "done"):
            return form(verb, tag)
    return verb


@lru_cache(maxsize=1024)
def adverb(word: str) -> str:
    """ "clear" -> "clearly"; empty if it is no adjective."""
    if word in _ADVERBS:
        return _ADVERBS[word]
    if not is_adjective(word):
        return ""
    if word.endswith("y"):
        return word[:-1] + "ily"
    if word.endswith("le"):
        return word[:-1] + "y"
    return word + ("ally" if word.endswith("ic") else "ly")


def with_article(words: str) -> str:
    return f"{indefinite(words)} {words}"
