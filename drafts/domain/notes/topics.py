"""Turns the topic of a correction into a phrase that can follow "When we talked about"."""

from __future__ import annotations

import re

from drafts.domain.notes import clean, openings
from drafts.domain.notes.mending import mended
from drafts.domain.notes.parser import parse
from drafts.domain.notes.phrases import lower_first
from drafts.domain.notes.points import Context
from drafts.domain.notes.reader import is_mass, said_to_reader
from drafts.domain.notes.sensitive import reason_to_leave_out
from drafts.domain.notes.shapes import Shape, shape_of
from drafts.domain.notes.soundness import doubt

LONGEST_TOPIC = 14  # words; a longer topic is not used


def read_topic(text: str, context: Context) -> str:
    """ "sepsis question" -> "sepsis"; empty if the topic does not fit in a phrase."""
    if clean.says_nothing(text):
        return ""
    tidied = clean.corrected_spelling(text, context)
    topic = lower_first(openings.without_topic(_without_self_doubt(tidied)), context)
    if topic.endswith("?"):
        return _quoted(topic)
    found = parse(topic)
    if found is None or len(topic.split()) > LONGEST_TOPIC:
        return ""
    shape = shape_of(found)
    if len(found.tokens) == 1 and topic.islower() and topic.isalpha():
        # The parser takes single nouns such as "allergens" for verbs.
        return topic if topic.endswith("s") or is_mass(topic) else f"the {topic}"
    said = said_to_reader(found, context.reader)
    if shape is Shape.QUESTION:
        return _quoted(topic)
    if shape not in (Shape.NOUN, Shape.CONTENT, Shape.GERUND, Shape.OTHER, Shape.ADJECTIVE) or not said.sure:
        return ""
    phrase = re.sub(r"\Aif\b", "whether", mended(said.text))
    head = found.roots[0]
    bare = shape is Shape.NOUN and head.tag == "NN" and head.text.islower() and not is_mass(head.lower)
    if bare and not any(child.dep in ("det", "poss", "nummod") for child in found.children(head)):
        phrase = f"the {phrase}"
    return "" if doubt(f"We talked about {phrase}.", context.known, phrase=True) else phrase


def _without_self_doubt(text: str) -> str:
    """ "how I would handle a late vendor and I rambled" -> "how I would handle a late vendor"."""
    for end in reversed([*_BEFORE_I.finditer(text)]):
        if reason_to_leave_out(text[end.end() :])[0] == "self_doubt":
            return text[: end.start()]
    return text


_BEFORE_I = re.compile(r"[,;.]?\s+(?:(?:and|but|so)\s+)?(?=I\b)")


def _quoted(question: str) -> str:
    return f"“{question[:1].upper() + question[1:].rstrip('?')}?”" if len(question.split()) <= 8 else ""
