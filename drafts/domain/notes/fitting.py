"""Tries the sentences a remark could become and takes the first sound one; without one, the remark is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from drafts.domain.corrections import corrected
from drafts.domain.notes.lists import note_patterns
from drafts.domain.notes.mending import mended
from drafts.domain.notes.nouns import is_plain_phrase
from drafts.domain.notes.parser import parse
from drafts.domain.notes.points import PHRASES, Asked, Context, Form, Point, sentence_of
from drafts.domain.notes.shapes import Shape, shape_of
from drafts.domain.notes.soundness import doubt
from drafts.domain.notes.suggesting import proposed

# A text that starts with one of these refers to the text before it, which may not be in the letter.
REFERS_BACK = re.compile(
    r"\b(?:it|its|this(?! (?:year|week|month|quarter|summer|winter|spring|autumn|fall|time|role|job))|that's"
    r"|these|those|the one|the other|another|them|they|there|then|same|so)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible wording of a remark: `text` in its form, and whether its pronouns were clear."""

    form: Form
    text: str
    sure: bool = True
    reason: str = ""


# A correction or a P.S. stands by itself, so its sentences may be loose, and begin like the next expression.
STANDS_ALONE = frozenset({"callback", "answer"})
# Any other remark that begins like this depends on something before it.
_HANGING = re.compile(
    r"(?:like|such as|so|because|which|but|than|rather|instead|even|e\.g\.?|i\.e\.?|for example|not|nor|or)\b",
    re.I,
)


_ABOUT_THEM = frozenset({"mentioned", "enjoyed"})
# "The nurses run it here": where they are, it is "there" for the one who writes.
_HERE = re.compile(r"\bhere\b")


SHORT_PHRASE = 2  # words, with the article
_NAMED = re.compile(r"\w\s+\w|\b(?:the|your|his|her|their)\b", re.I)


def _without_small_words(text: str) -> str:
    return re.sub(r"\b(?:[Tt]he|for|of) ", "", text)


# "you said" with nothing after it, or a percentage of something unnamed.
_VAGUE = re.compile(
    r"(?:(?:on|in|at) the interview )?you (?:said|say|told|tell|mentioned|explained)\b"
    r"|(?:about |nearly |over )?\d+(?:[.,]\d+)?% (?!of\b)",
    re.I,
)


_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]|(?<!\w)['‘][^'’]+['’](?!\w)")


def _is_quotation(text: str) -> bool:
    """ "the 'nobody is at a desk' bit": what looks like a clause has its verb in quotation marks."""
    rest = _QUOTED.sub("", text).rstrip(" ,")
    found = parse(rest)
    return rest != text and (found is None or shape_of(found) is not Shape.CLAUSE)


def _lacks_subject(text: str) -> bool:
    """ "got my hazmat back in August should be on there": a clause that begins with its verb."""
    found = parse(text)
    return found is not None and found.tokens[0].tag in ("VBD", "VBZ", "VBP", "MD")


# A whole sentence, typed with a capital letter, a closing mark and at least six words.
_NEAT = re.compile(r"[A-Z][^.!?\n]*(?:[.!?]\w[^.!?\n]*)*(?:\s+\S+){5,}[.!?]")
# Full stops that end no sentence: "Dr. Hamdan", "at 4 p.m. and".
_INNER_STOP = re.compile(r"\b(Dr|Mr|Mrs|Ms|Prof|Sr|St|Capt|No|a\.m|p\.m|e\.g|i\.e|approx|vs)\.(?=\s)")


def _is_loose_list(key: str, candidate: Candidate) -> bool:
    """ "both did the rail trail, he got a puncture": a P.S. of remarks with commas that is no wish."""
    return key == "callback" and "," in candidate.text and not note_patterns().wishes.match(candidate.text)


def is_neat(typed: str) -> bool:
    """Whether a remark was typed as a careful whole sentence, in which commas can be trusted."""
    is_whole = bool(_NEAT.fullmatch(_INNER_STOP.sub(r"\1", typed.strip())))
    return is_whole and not typed.strip().endswith(("!!", "?!", "??"))


def fits(key: str, candidate: Candidate, context: Context, *, neat: bool = False) -> str:
    """Why a candidate cannot be used (an id of reasons.toml); "" if it can. `neat`: see `doubt`."""
    if candidate.reason:
        return candidate.reason
    if not candidate.sure:
        return "third_person"
    sentence = sentence_of(key, candidate.form, candidate.text)
    problem = doubt(
        sentence,
        context.known,
        question=sentence.endswith("?"),
        phrase=candidate.form is Form.PHRASE,
        loose=candidate.form is Form.OWN
        and key in STANDS_ALONE
        and (neat or not _is_loose_list(key, candidate)),
        neat=neat,
    )
    if problem:
        return problem
    if key in _ABOUT_THEM and _HERE.search(candidate.text):
        return "check"
    if candidate.form is Form.VERB and " " not in candidate.text:
        return "shape"
    if candidate.form is Form.THAT and _lacks_subject(candidate.text):
        return "shape"
    if candidate.form in PHRASES:
        return "" if is_plain_phrase(candidate.text) else "shape"
    is_vague = (
        candidate.form is Form.THAT
        and (
            _VAGUE.match(candidate.text)
            or _is_quotation(candidate.text)
            # "300 calls a day" is no clause, whatever the parser says.
            or (candidate.text[:1].isdigit() and not neat)
        )
    )
    return "shape" if is_vague else ""


def _unmarked(text: str) -> str:
    """The text without closing punctuation, except the full stop of an abbreviation."""
    text = text.rstrip("!? ")
    return text if re.search(r"(?:\b[A-Z]|\b(?:Inc|Ltd|Co|etc|a\.m|p\.m))\.\Z", text) else text.rstrip(". ")


def fitted(
    key: str, tidied: str, typed: str, context: Context, maker: Callable[[str, Context], list[Candidate]]
) -> Point | Asked:
    """A remark as the first of its possible sentences that is sound, else as a question.

    The remark is used whole or not at all: a part that makes a sentence often means something else without the rest.
    """
    typed_right = corrected(tidied)
    # What would be corrected is shown before it is used.
    slipped = "" if typed_right == tidied else "grammar"
    candidates = maker(typed_right, context)
    reason, suggestion = "", ""
    hangs = "shape" if _HANGING.match(tidied) and key not in STANDS_ALONE else ""
    for candidate in candidates:
        text = candidate.text if key == "callback" else _unmarked(candidate.text)
        right = mended(text)
        candidate = Candidate(candidate.form, right, candidate.sure, candidate.reason or hangs or slipped)
        problem = fits(key, candidate, context, neat=is_neat(typed))
        if candidate.form in PHRASES and len(right.split()) <= SHORT_PHRASE and not _NAMED.search(tidied):
            # "garage" says too little, and "relativity" may be a product.
            problem = problem or "shape"
        if not problem and _without_small_words(right) != _without_small_words(text):
            # A slip that was mended is shown before it is used, except for a missing small word.
            problem = "grammar"
        if not problem:
            return Point(key, candidate.form, candidate.text, typed)
        reason = reason or problem
        suggestion = suggestion or proposed(key, candidate.form, candidate.text)
    return Asked(typed, suggestion, reason or "shape")
