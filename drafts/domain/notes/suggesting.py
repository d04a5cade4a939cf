"""What the page proposes for a remark that is asked about: the best sentence there is, or nothing if it is broken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from drafts.domain import grammar
from drafts.domain.notes import clean
from drafts.domain.notes.clauses import without_splices
from drafts.domain.notes.lists import frame_of, note_lists, word_sets
from drafts.domain.notes.nouns import is_plain_phrase
from drafts.domain.notes.parser import parse
from drafts.domain.notes.points import PHRASES, Form, sentence_of
from drafts.domain.notes.polishing import with_places
from drafts.domain.notes.shapes import Shape, shape_of
from drafts.domain.notes.strengths import is_trait, lacks_article

SHORTEST_PHRASE = 1  # words
VERB_AT = 3  # the place of the verb in "They want to cut"


def proposed(key: str, form: Form, text: str) -> str:
    """The sentences to propose for a wording of a remark, with clauses told apart that only a comma joins.

    "" if it would be broken English, or still speaks of the reader as "he" or "she". Without a parser, whatever the
    wording makes.
    """
    if key == "experience":
        text = _with_and(text)
    first, *others = without_splices(text)
    if others and key == "mentioned" and form is Form.THAT and _fits(Form.ABOUT, first):
        form = Form.ABOUT
    if not _fits(form, first) or not _fits_field(key, form, text):
        return ""
    said = sentence_of(key, form, first)
    for other in others:
        if key == "mentioned" and form is Form.THAT:
            said = f"{said[:-1]}, and that {other}."
        elif key == "mentioned" and form in PHRASES:
            said = f"{said} {sentence_of(key, Form.THAT, other)}"
        else:
            said = f"{said} {other[:1].upper()}{other[1:]}{'' if other.endswith(('.', '!', '?')) else '.'}"
    found = parse(said)
    is_about_them = found and any(token.lower in word_sets().third_person for token in found.tokens)
    return "" if is_about_them else with_places(said)


# How a sentence about what I did may begin.
_MINE = re.compile(
    r"(?:I|I'm|I've|I'd|My|We|Our|At|In|For|On|When|While|Before|After|As|From|During|With)\b", re.I
)


_EXPERIENCE_WITH = re.compile(r"I have experience with (.+)")


def _fits_field(key: str, form: Form, text: str) -> bool:
    """Whether a wording says what its field is about: what I did, or something to help with."""
    if key == "experience":
        field = _EXPERIENCE_WITH.match(text)
        return bool(_MINE.match(text)) and not (field and not _is_listable(field[1]))
    if key == "goal" and form is Form.VERB and not text.startswith("help you "):
        helped = parse(f"They want to {text.removeprefix('help ')}")
        return helped is None or (len(helped.tokens) > VERB_AT and helped.tokens[VERB_AT].tag == "VB")
    return True


def _is_listable(text: str) -> bool:
    """Whether these are things with commas, and no periods, numbers or sentences among them."""
    items = re.split(r", | and ", text)
    return not re.search(r"\d", text) and all(is_plain_phrase(item) for item in items)


def _with_and(text: str) -> str:
    """ "I taught maths, prepared tests, ran the club" -> "..., and ran the club": past tenses in a row."""
    first, *others = text.split(", ")
    verbs = [found.tokens[1] for part in others if (found := parse(f"I {part}")) and len(found.tokens) > 2]
    if not text.startswith("I ") or len(verbs) < len(others) or not others:
        return text
    if any(verb.tag != "VBD" or verb.index != 1 for verb in verbs):
        return text
    return grammar.join_list([first, *others])


def _fits(form: Form, text: str) -> bool:
    """Whether the first clause of a wording can follow the words of its form."""
    found = parse(text)
    if found is None:
        return True
    if form is Form.THAT:
        is_clause = shape_of(found) is Shape.CLAUSE or (shape_of(found) is Shape.CONTENT and "," in text)
        return is_clause and found.tokens[0].tag not in ("VBG", "VBD", "VBN")
    if form in PHRASES:
        is_named = len(text.split()) > SHORTEST_PHRASE and found.tokens[0].tag != "CD"
        return is_named and is_plain_phrase(text)
    if form is Form.OWN:
        return shape_of(found) in (Shape.CLAUSE, Shape.QUESTION, Shape.BASE) or len(found.roots) > 1
    return True


LONGEST_STRENGTH = 9  # words
_I = re.compile(r"(?:I|I'm|I've) ")
# An item that begins like this is no thing to list.
_NO_THING = re.compile(r"(?:never|always|can|not|very|no)\b", re.I)


def strengths_sentence(items: Sequence[str]) -> str:
    """ "My strengths include wheel building, and I'm good with children.": every item in the sentence that it fits.

    Empty if one of them fits none, or if there is no parser.
    """
    groups: dict[str, list[str]] = {"list": [], "trait": [], "with": [], "at": []}
    whole = []
    for item in items:
        text = re.sub(r"\Agood (?:at|with) ", "", grammar.trim(clean.tidy(item, ())))
        if _I.match(text):
            whole.append(f"{text}.")
        elif group := _group_of(text):
            groups[group].append(text)
        else:
            return ""
    sentences = [
        frame_of("strengths", "skill" if group == "list" and len(texts) == 1 else group).format(
            grammar.join_list(texts)
        )
        for group, texts in groups.items()
        if texts
    ]
    if len(sentences) == 2:
        sentences = [f"{sentences[0].rstrip('.')}, and {sentences[1]}"]
    return " ".join([*sentences, *whole])


def _group_of(text: str) -> str:
    """The sentence that a strength fits; "" if none does."""
    found = parse(text)
    if found is None or not found.tokens or _NO_THING.match(text) or len(text.split()) > LONGEST_STRENGTH:
        return ""
    if found.tokens[0].tag == "VBG" and len(found.tokens) > 1:
        return "at"
    if is_trait(text):
        return "trait"
    head = found.roots[0]
    if shape_of(found) is Shape.CLAUSE or "," in text or lacks_article(found):
        return ""
    return "with" if head.lemma in note_lists().people else "list"


__all__ = ["proposed", "strengths_sentence"]
