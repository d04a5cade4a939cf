"""Small changes to phrases that every field needs: the first letter, the article, the "and" of a list."""

from __future__ import annotations

import re

from drafts.domain.notes.lists import note_lists, word_sets
from drafts.domain.notes.parser import Parse, Token, parse
from drafts.domain.notes.points import Context
from drafts.domain.notes.reader import is_mass, said_to_reader
from drafts.domain.notes.shapes import Shape, shape_of
from drafts.domain.proofread import is_word_anywhere


def lower_first(text: str, context: Context) -> str:
    """The text with a lowercase first letter, unless the first word is a name, an acronym or "I"."""
    match = re.match(r"[^\s,.;:!?]+", text)
    word = match.group() if match else ""
    if not word or not word[0].isupper() or word[1:] != word[1:].lower() or re.match(r"I(?:'|\Z)", word):
        return text
    bare = re.sub(r"'s\Z", "", word)
    if any(bare in name.split() for name in context.names) or bare.lower() in note_lists().written_large:
        return text
    if not is_word_anywhere(bare.lower()):
        return text
    return text if _is_numbered_name(text) else word[0].lower() + text[1:]


def _is_numbered_name(text: str) -> bool:
    """ "Empower 3", "Year 2": a name with a number."""
    found = parse(text)
    if found is None or len(found.tokens) < 2:
        return False
    return found.tokens[0].pos in ("PROPN", "NOUN") and found.tokens[1].tag == "CD"


def clause(text: str, context: Context, *, we_is_us: bool = False) -> tuple[str, bool, Parse | None, Shape]:
    """The text addressed to the reader, whether its pronouns were clear, and the parse and shape of the original.

    Without a parser the text is returned unchanged, as not clear, without a parse. `we_is_us`: see `said_to_reader`.
    """
    found = parse(text)
    if found is None:
        return text, False, None, Shape.OTHER
    shape = shape_of(found)
    said = said_to_reader(found, context.reader, we_is_us=we_is_us)
    return said.text, said.sure, found, shape


def subject_word(found: Parse) -> str:
    """The subject of the main clause in lower case; empty without one."""
    subject = found.subject(found.roots[0])
    return subject.lower if subject is not None else ""


def with_article(found: Parse, text: str) -> str:
    """ "new MRI" -> "the new MRI": a noun phrase in the singular that begins with nothing gets "the"."""
    first = found.tokens[0]
    head = found.roots[0]
    if head.pos == "VERB":
        # "sourdough starter called Clint": the participle was taken for the verb.
        head = found.subject(head) or head
    opened = first.tag in ("DT", "PRP$", "CD", "WDT", "PRP", "PDT") or first.lower in word_sets().quantifiers
    if head.pos not in ("NOUN", "PROPN") or opened:
        return text
    if head.tag in ("NNS", "NNPS", "NNP") or _has_dependent(found, head, ("det", "poss", "nummod")):
        return text
    return text if is_mass(head.lower) and len(found.tokens) == 1 else f"the {text}"


def _has_dependent(found: Parse, noun: Token, kinds: tuple[str, ...]) -> bool:
    return any(child.dep in kinds for child in found.children(noun))


def with_subject_article(text: str) -> str:
    """ "rota is earlies and lates" -> "the rota is ...": a clause that begins with a bare countable noun."""
    found = parse(text)
    if found is None or not found.tokens:
        return text
    first = found.tokens[0]
    subject = found.subject(found.roots[0])
    if subject is None or not _is_bare_subject(found, subject):
        return text
    plain = first.tag in ("NN", "JJ", "NNP") and (first.text.islower() or first.text.isupper())
    starts = min(token.index for token in found.subtree(subject)) == 0
    return f"the {text}" if plain and starts else text


def _is_bare_subject(found: Parse, subject: Token) -> bool:
    """Whether a subject is a singular countable noun without an article or another determiner."""
    return (
        subject.tag == "NN"
        and subject.pos == "NOUN"
        and subject.text.islower()
        and not _has_dependent(found, subject, ("det", "poss", "nummod", "cc", "conj"))
        and not is_mass(subject.lower)
        and subject.lower not in note_lists().bare_nouns
        and subject.lower not in word_sets().indefinite
    )


def holds_clause(found: Parse) -> bool:
    """Whether a supposed noun phrase is a list of several things, one of them a clause."""
    root = found.roots[0]
    if len(found.roots) > 1:
        return True
    return any(
        child.dep in ("conj", "appos", "parataxis", "ccomp", "advcl", "dep")
        and child.pos in ("VERB", "AUX")
        and child.tag != "VBG"
        and found.subject(child) is not None
        for child in found.children(root)
    )


def listed(text: str) -> str:
    """ "Zendesk, Jira, Looker" -> "Zendesk, Jira and Looker": short items with commas alone get their "and"."""
    items = text.split(", ")
    if len(items) < 2 or any(len(item.split()) > 4 for item in items) or re.search(r"\b(?:and|or|&)\b", text):
        return text
    return f"{', '.join(items[:-1])} and {items[-1]}"
