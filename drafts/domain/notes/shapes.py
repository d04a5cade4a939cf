"""The grammatical form of a remark, from its parse."""

from __future__ import annotations

from enum import StrEnum

from drafts.domain.notes.lists import word_sets
from drafts.domain.notes.parser import SUBJECTS, Parse, Token

QUESTION_WORDS = frozenset({"how", "why", "what", "where", "when", "who", "which", "whether", "whose", "if"})


class Shape(StrEnum):
    CLAUSE = "clause"  # we use Kafka: subject and finite verb
    CONTENT = "content"  # how you train the carers: a clause that begins with a question word
    NOUN = "noun"  # the move to Kafka
    PAST = "past"  # ran the line for three years
    BASE = "base"  # cut the deploy time
    GERUND = "gerund"  # cutting a batch
    THIRD = "third"  # needs people who can run conduit
    ADJECTIVE = "adjective"  # good with people
    QUESTION = "question"  # when do you decide?
    OTHER = "other"


def shape_of(parse: Parse) -> Shape:
    """The shape of one remark."""
    words = [token for token in parse.tokens if token.pos not in ("PUNCT", "SPACE")]
    if not words:
        return Shape.OTHER
    first = words[0]
    if is_question(parse, words):
        return Shape.QUESTION
    root = parse.roots[0]
    if first.lower in QUESTION_WORDS and len(words) > 2 and parse.has_subject:
        return Shape.CONTENT
    subject = parse.subject(root)
    if subject is not None and _is_finite(parse, root):
        return Shape.CLAUSE
    if root.pos in ("VERB", "AUX"):
        return _verb_shape(parse, root, words)
    if first.tag in ("VBD", "VBN") and first.dep in ("ROOT", "advcl", "ccomp"):
        return Shape.PAST
    if first.tag == "VBG" and first.dep not in ("amod", "compound"):
        return Shape.GERUND
    if root.pos in ("NOUN", "PROPN", "PRON") or root.tag in ("CD",):
        return Shape.NOUN
    if root.pos == "ADJ":
        return Shape.ADJECTIVE
    return Shape.OTHER


def _is_finite(parse: Parse, verb: Token) -> bool:
    return parse.finite(verb).tag in ("VBZ", "VBP", "VBD", "MD")


def _verb_shape(parse: Parse, root: Token, words: list[Token]) -> Shape:
    leading = parse.finite(root)
    first = words[0]
    if leading.tag == "VBG":
        return Shape.GERUND
    if first.tag in ("VBD", "VBN"):
        return Shape.PAST
    if leading.tag in ("VBD", "VBN"):
        return Shape.PAST if leading is first or first.pos == "ADV" else Shape.NOUN
    if leading.tag == "VBZ":
        return Shape.THIRD
    if leading.tag in ("VB", "VBP", "MD"):
        return Shape.BASE
    return Shape.OTHER


def is_question(parse: Parse, words: list[Token]) -> bool:
    """Whether the remark is a direct question: it starts with an auxiliary before its subject, or with a question
    word."""
    first = words[0]
    if parse.text.endswith("?") and (first.lower in QUESTION_WORDS or first.lower in word_sets().auxiliaries):
        return not _is_content_order(words) or first.lower in word_sets().auxiliaries
    if (
        first.lower in word_sets().auxiliaries
        and len(words) > 2
        and words[1].pos in ("PRON", "DET", "NOUN", "PROPN")
        and words[1].dep in (*SUBJECTS, "det", "poss")
    ):
        return True
    if first.lower in QUESTION_WORDS - {"if", "whether"}:
        subject = next((token.index for token in words if token.dep in SUBJECTS), None)
        if subject is not None and subject != first.index:
            verbs = [
                token.index
                for token in words
                if token.index < subject and token.lower in word_sets().auxiliaries
            ]
            if verbs:
                return True
    return (
        first.lower in QUESTION_WORDS - {"if", "whether"}
        and len(words) > 2
        and words[1].lower in word_sets().auxiliaries
        and words[1].dep in ("aux", "ROOT")
        and first.dep not in SUBJECTS
    )


def _is_content_order(words: list[Token]) -> bool:
    """ "when they decide": the subject stands before every verb."""
    for token in words[1:]:
        if token.dep in SUBJECTS:
            return True
        if token.pos in ("AUX", "VERB"):
            return False
    return False
